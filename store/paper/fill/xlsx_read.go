package fill

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// This file reads of an .xlsx what the library doesn't tell without making cells: which
// cells there are, their styles and formulas, heights, hidden rows.

// rawSheet is a sheet as the file holds it.
type rawSheet struct {
	part       string // xl/worksheets/sheet1.xml
	rows, cols int
	style      map[[2]int]int
	formula    map[[2]int]bool
	shared     map[[2]int]bool // formulas that stand in another cell
	array      map[[2]int]bool
	height     map[int]float64 // rows that have one of their own
	hidden     map[int]bool
}

// readRaw reads all sheets, by name.
func readRaw(data []byte) (map[string]*rawSheet, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	parts, err := sheetParts(z)
	if err != nil {
		return nil, err
	}
	all := map[string]*rawSheet{}
	for name, part := range parts {
		text, err := readPart(z, part)
		if err != nil {
			return nil, err
		}
		if text == nil {
			continue
		}
		if all[name], err = parseSheet(text); err != nil {
			return nil, fmt.Errorf("%s: %w", part, err)
		}
		all[name].part = part
	}
	return all, nil
}

// maxPart is how large an unpacked part may be, in bytes: a form is no database.
const maxPart = 48 << 20

// readPart reads a part of the file, nil where there is none.
func readPart(z *zip.Reader, name string) ([]byte, error) {
	for _, f := range z.File {
		if !strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(io.LimitReader(r, maxPart+1))
		if err == nil && len(text) > maxPart {
			err = fmt.Errorf("part %s is too large", name)
		}
		if closeErr := r.Close(); err == nil {
			err = closeErr
		}
		return text, err
	}
	return nil, nil
}

// relation is one line of a part's relations.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// relationsOf reads the relations of a part; targets are whole paths then.
func relationsOf(z *zip.Reader, part string) ([]relation, error) {
	text, err := readPart(z, relsOf(part))
	if err != nil || text == nil {
		return nil, err
	}
	var list struct {
		All []relation `xml:"Relationship"`
	}
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	for i, r := range list.All {
		if r.Mode == "External" {
			continue
		}
		if strings.HasPrefix(r.Target, "/") {
			list.All[i].Target = strings.TrimPrefix(r.Target, "/")
		} else {
			list.All[i].Target = path.Join(path.Dir(part), r.Target)
		}
	}
	return list.All, nil
}

func relsOf(part string) string { return path.Dir(part) + "/_rels/" + path.Base(part) + ".rels" }

// sheetParts gives the parts of the worksheets, by the sheets' names.
func sheetParts(z *zip.Reader) (map[string]string, error) {
	text, err := readPart(z, "xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			All  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := xml.Unmarshal(text, &book); err != nil {
		return nil, err
	}
	rels, err := relationsOf(z, "xl/workbook.xml")
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for _, s := range book.Sheets {
		for _, a := range s.All {
			for _, r := range rels {
				if a.Name.Local == "id" && a.Value == r.ID && strings.HasSuffix(r.Type, "/worksheet") {
					parts[s.Name] = r.Target
				}
			}
		}
	}
	return parts, nil
}

// xmlSheet is what is read of a sheet.
type xmlSheet struct {
	Cols []struct {
		Min   int `xml:"min,attr"`
		Max   int `xml:"max,attr"`
		Style int `xml:"style,attr"`
	} `xml:"cols>col"`
	Rows []struct {
		R      int     `xml:"r,attr"`
		S      int     `xml:"s,attr"`
		Height float64 `xml:"ht,attr"`
		Hidden string  `xml:"hidden,attr"`
		Cells  []struct {
			R string `xml:"r,attr"`
			S int    `xml:"s,attr"`
			F *struct {
				T string `xml:"t,attr"`
			} `xml:"f"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

func parseSheet(text []byte) (*rawSheet, error) {
	var x xmlSheet
	if err := xml.Unmarshal(text, &x); err != nil {
		return nil, err
	}
	s := &rawSheet{style: map[[2]int]int{}, formula: map[[2]int]bool{}, shared: map[[2]int]bool{}, array: map[[2]int]bool{}, height: map[int]float64{}, hidden: map[int]bool{}}
	next := 0
	for _, row := range x.Rows {
		r := next
		if row.R > 0 {
			r = row.R - 1
		}
		next = r + 1
		if row.Height > 0 {
			s.height[r] = row.Height
		}
		if row.Hidden == "1" || row.Hidden == "true" {
			s.hidden[r] = true
		}
		col := 0
		for _, cell := range row.Cells {
			if cell.R != "" {
				c, _, err := excelize.CellNameToCoordinates(cell.R)
				if err != nil {
					return nil, err
				}
				col = c - 1
			}
			at := [2]int{r, col}
			s.style[at] = cell.S
			if cell.F != nil {
				s.formula[at] = true
				s.shared[at] = cell.F.T == "shared"
				s.array[at] = cell.F.T == "array"
			}
			s.rows, s.cols = max(s.rows, r+1), max(s.cols, col+1)
			col++
		}
	}
	s.plainStyles(x)
	return s, nil
}

// plainStyles gives the cells that the file doesn't hold the style of their row or column.
func (s *rawSheet) plainStyles(x xmlSheet) {
	byCol := map[int]int{}
	for _, c := range x.Cols {
		for i := c.Min; i <= min(c.Max, s.cols) && c.Style > 0; i++ {
			byCol[i-1] = c.Style
		}
	}
	for _, row := range x.Rows {
		for c := range s.cols {
			at := [2]int{row.R - 1, c}
			if _, is := s.style[at]; is || row.R == 0 || row.R > s.rows {
				continue
			}
			if row.S > 0 {
				s.style[at] = row.S
			} else if byCol[c] > 0 {
				s.style[at] = byCol[c]
			}
		}
	}
}
