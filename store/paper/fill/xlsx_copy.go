package fill

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// multiply makes a sheet for each name: the form's parts are copied as they are, with the
// drawings and notes that belong to the sheet, and the file is read anew. The form's own
// sheet gets its name when the file is written.
func (b *workbook) multiply(g *Grid, names []string) ([]*Grid, error) {
	taken := map[string]bool{}
	for _, n := range b.file.GetSheetList() {
		if n != g.Name {
			taken[strings.ToLower(n)] = true
		}
	}
	for _, n := range b.rename {
		taken[strings.ToLower(n)] = true
	}
	final := make([]string, len(names))
	for i, n := range names {
		final[i] = sheetNameFor(n, taken)
	}
	data, err := copySheets(b.data, g.Name, b.raw[g.Name].part, final[1:])
	if err != nil {
		return nil, err
	}
	b.data = data
	if err := b.load(); err != nil {
		return nil, err
	}
	b.rename[g.Name] = final[0]
	all := make([]*Grid, len(final))
	for i, n := range append([]string{g.Name}, final[1:]...) {
		k := slices.IndexFunc(b.all, func(each *Grid) bool { return each.Name == n })
		if k < 0 {
			return nil, fmt.Errorf("copied sheet %s is not there", n)
		}
		all[i] = b.all[k]
	}
	return all, nil
}

// sheetNameFor makes a text the name of a sheet: at most 31 characters, none of those that
// Excel refuses, and no name twice.
func sheetNameFor(text string, taken map[string]bool) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.TrimSpace(text))
	if text == "" {
		text = "表"
	}
	for n := 1; ; n++ {
		tail := ""
		if n > 1 {
			tail = fmt.Sprintf("(%d)", n)
		}
		runes := []rune(text)
		name := string(runes[:min(len(runes), 31-len(tail))]) + tail
		if !taken[strings.ToLower(name)] {
			taken[strings.ToLower(name)] = true
			return name
		}
	}
}

var (
	sheetEntry = model.NewPattern(`<(?:\w+:)?sheet\b[^>]*?/>|<(?:\w+:)?sheet\b[^>]*?>\s*</(?:\w+:)?sheet>`)
	entryName  = model.NewPattern(`\bname="([^"]*)"`)
	entryID    = model.NewPattern(`\bsheetId="(\d+)"`)
	entryRel   = model.NewPattern(`(\b\w+:id=")([^"]*)(")`)
	nameEntry  = model.NewPattern(`(?s)<definedName\b[^>]*?\blocalSheetId="(\d+)"[^>]*>.*?</definedName>`)
	localID    = model.NewPattern(`\blocalSheetId="\d+"`)
	tabChosen  = model.NewPattern(` tabSelected="(1|true)"`)
)

// copies is a file in which a sheet is being copied.
type copies struct {
	z     *zip.Reader
	parts map[string][]byte // changed and new ones
	order []string          // the new ones
	types string            // [Content_Types].xml
}

// copySheets gives the file with copies of a sheet behind the others.
func copySheets(data []byte, sheet, part string, names []string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	c := &copies{z: z, parts: map[string][]byte{}}
	book, err1 := readPart(z, "xl/workbook.xml")
	rels, err2 := readPart(z, "xl/_rels/workbook.xml.rels")
	types, err3 := readPart(z, "[Content_Types].xml")
	text, err4 := readPart(z, part)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	c.types = string(types)
	text = tabChosen.ReplaceAll(text, nil)
	b := bookText{book: string(book), rels: string(rels)}
	for _, name := range names {
		to := c.free(part)
		c.add(to, text)
		if err := c.belongings(part, to); err != nil {
			return nil, err
		}
		if err := b.enter(sheet, name, to); err != nil {
			return nil, err
		}
	}
	c.parts["xl/workbook.xml"], c.parts["xl/_rels/workbook.xml.rels"], c.parts["[Content_Types].xml"] = []byte(b.book), []byte(b.rels), []byte(c.types)
	return c.write()
}

// bookText is the list of sheets of a file and their relations.
type bookText struct{ book, rels string }

// enter puts a copy of a sheet on the list, with the names that hold within the sheet: its
// print area and titles.
func (b *bookText) enter(sheet, name, part string) error {
	entries := sheetEntry.FindAllString(b.book, -1)
	at, top := -1, 0
	for i, e := range entries {
		if m := entryName.FindStringSubmatch(e); m != nil && html.UnescapeString(m[1]) == sheet {
			at = i
		}
		if m := entryID.FindStringSubmatch(e); m != nil {
			top = max(top, atoi(m[1]))
		}
	}
	if at < 0 {
		return fmt.Errorf("sheet %s is not on the list", sheet)
	}
	rel := fmt.Sprintf("rIdCopy%d", len(entries))
	entry := entryName.ReplaceAllLiteralString(entries[at], `name="`+html.EscapeString(name)+`"`)
	entry = entryID.ReplaceAllLiteralString(entry, `sheetId="`+strconv.Itoa(top+1)+`"`)
	entry = entryRel.ReplaceAllString(entry, "${1}"+rel+"${3}")
	last := entries[len(entries)-1]
	b.book = strings.Replace(b.book, last, last+entry, 1)
	for _, m := range nameEntry.FindAllStringSubmatch(b.book, -1) {
		if atoi(m[1]) != at {
			continue
		}
		mine := localID.ReplaceAllString(m[0], `localSheetId="`+strconv.Itoa(len(entries))+`"`)
		for _, old := range []string{"'" + sheet + "'!", sheet + "!"} {
			mine = strings.ReplaceAll(mine, ">"+html.EscapeString(old), ">'"+html.EscapeString(name)+"'!")
			mine = strings.ReplaceAll(mine, ","+html.EscapeString(old), ",'"+html.EscapeString(name)+"'!")
		}
		b.book = strings.Replace(b.book, "</definedNames>", mine+"</definedNames>", 1)
	}
	b.rels = strings.Replace(b.rels, "</Relationships>", `<Relationship Id="`+rel+
		`" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/`+part+`"/></Relationships>`, 1)
	return nil
}

// free gives a part's name that isn't taken yet.
func (c *copies) free(part string) string {
	ext := path.Ext(part)
	stem := strings.TrimRight(strings.TrimSuffix(part, ext), "0123456789")
	for n := 1; ; n++ {
		name := stem + strconv.Itoa(n) + ext
		taken := c.parts[name] != nil || slices.ContainsFunc(c.z.File, func(f *zip.File) bool { return strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) })
		if !taken {
			return name
		}
	}
}

// add puts a new part into the file, of the type that the part has of which it is a copy.
func (c *copies) add(name string, text []byte) {
	c.parts[name] = text
	c.order = append(c.order, name)
}

// typed gives a copy the content type of its original, where that has one of its own.
func (c *copies) typed(from, to string) {
	shape := regexp.MustCompile(`<Override\b[^>]*PartName="/` + regexp.QuoteMeta(from) + `"[^>]*?(?:/>|>\s*</Override>)`)
	if entry := shape.FindString(c.types); entry != "" {
		c.types = strings.Replace(c.types, "</Types>", strings.Replace(entry, "/"+from+`"`, "/"+to+`"`, 1)+"</Types>", 1)
	}
}

// belongings copies what belongs to one sheet alone: its relations, and of those
// drawings, notes and tables, with their own relations.
func (c *copies) belongings(from, to string) error {
	c.typed(from, to)
	text, err := readPart(c.z, relsOf(from))
	if err != nil || text == nil {
		return err
	}
	rels, err := relationsOf(c.z, from)
	if err != nil {
		return err
	}
	out := string(text)
	for _, r := range rels {
		kind := r.Type[strings.LastIndexByte(r.Type, '/')+1:]
		if r.Mode == "External" || !slices.Contains([]string{"drawing", "comments", "vmlDrawing", "threadedComment", "table", "printerSettings", "chart"}, kind) {
			continue
		}
		part, err := readPart(c.z, r.Target)
		if err != nil {
			return err
		}
		if part == nil {
			continue
		}
		name := c.free(r.Target)
		if kind == "table" {
			part = retitle(part, name)
		}
		c.add(name, part)
		if err := c.belongings(r.Target, name); err != nil {
			return err
		}
		shape := regexp.MustCompile(`(<Relationship\b[^>]*?\bId="` + regexp.QuoteMeta(r.ID) + `"[^>]*>)`)
		out = shape.ReplaceAllStringFunc(out, func(entry string) string {
			return regexp.MustCompile(`\bTarget="[^"]*"`).ReplaceAllLiteralString(entry, `Target="/`+name+`"`)
		})
	}
	c.add(relsOf(to), []byte(out))
	return nil
}

var (
	tableID   = model.NewPattern(`(<table\b[^>]*?\bid=")(\d+)(")`)
	tableName = model.NewPattern(`\b(name|displayName)="([^"]*)"`)
)

// retitle gives a copied Excel table a name and number of its own.
func retitle(text []byte, part string) []byte {
	n := strings.TrimLeft(strings.TrimSuffix(path.Base(part), ".xml"), "abcdefghijklmnopqrstuvwxyz")
	text = tableID.ReplaceAll(text, []byte("${1}"+n+"${3}"))
	head, rest, _ := bytes.Cut(text, []byte("<tableColumns"))
	head = tableName.ReplaceAll(head, []byte(`$1="${2}_`+n+`"`))
	return append(append(head, "<tableColumns"...), rest...)
}

// write gives the file with the changed and new parts.
func (c *copies) write() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name string, text []byte) error {
		p, err := w.Create(name)
		if err != nil {
			return err
		}
		_, err = io.Copy(p, bytes.NewReader(text))
		return err
	}
	for _, f := range c.z.File {
		name := strings.TrimPrefix(f.Name, "/")
		var err error
		if text, changed := c.parts[name]; changed {
			err = put(name, text)
		} else {
			err = w.Copy(f)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, name := range c.order {
		if err := put(name, c.parts[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
