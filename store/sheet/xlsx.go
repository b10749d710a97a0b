package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"taizhang/model"
)

// errTooLarge ends the reading of a part that unpacks to more than it may.
var errTooLarge = errors.New("part too large")

// workbook is an .xlsx package opened in memory. It is read here and not through
// excelize, which writes sheets over 16 MB as plain text into the temp folder,
// makes a row for each of the million empty lines that a list may end with, and
// doesn't give type and format of a cell together.
type workbook struct {
	name     string
	parts    map[string]*zip.File // by lower-case path
	strings  []string
	formats  []numberFormat // by style index
	date1904 bool
}

// openZip tells the kinds of ZIP files apart and reads the sheets of an .xlsx.
func openZip(ctx context.Context, data []byte, name string) ([]grid, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, model.Errorf("E-SHEET-FORMAT", "“%s”已损坏,打不开;请在 Excel 或 WPS 里打开后另存为 .xlsx,或重新复制一份", name)
	}
	w := &workbook{name: name, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		w.parts[partKey(f.Name)] = f
	}
	switch {
	case w.parts["mimetype"] != nil && w.parts["content.xml"] != nil:
		return nil, saveAs(name, "是 .ods 格式的表格")
	case w.parts["xl/workbook.bin"] != nil:
		return nil, saveAs(name, "是 .xlsb 格式的表格")
	case w.parts["word/document.xml"] != nil:
		return nil, model.Errorf("E-SHEET-FORMAT", "“%s”是 Word 文档,不是表格;请把里面的表格复制到 Excel 里,另存为 .xlsx 再读入", name)
	}
	grids, err := w.read(ctx)
	var coded *model.Error
	switch {
	case errors.Is(err, errTooLarge):
		return nil, tooLarge(name)
	case err == nil || errors.As(err, &coded) || ctx.Err() != nil:
		return grids, err
	}
	return nil, model.Errorf("E-SHEET-FORMAT", "“%s”不是完好的 .xlsx 表格,请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name)
}

func partKey(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// part gives a part's content, decoded; nil when there is none.
func (w *workbook) part(key string) (*xml.Decoder, io.Closer, error) {
	f := w.parts[partKey(key)]
	if f == nil {
		return nil, nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", key, err)
	}
	return xml.NewDecoder(&bounded{r, maxPart}), r, nil
}

// bounded ends with an error, where io.LimitReader would make a cut part look whole.
type bounded struct {
	r    io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// decode reads a whole small part into v; found is false when there is none.
func (w *workbook) decode(key string, v any) (found bool, err error) {
	d, c, err := w.part(key)
	if d == nil || err != nil {
		return false, err
	}
	if err := d.Decode(v); err != nil {
		return true, errors.Join(fmt.Errorf("read %s: %w", key, err), c.Close())
	}
	return true, c.Close()
}

type xmlRels struct {
	Items []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type xmlWorkbook struct {
	Props struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		// The namespace of this attribute differs between the two editions of the
		// format, so all attributes are looked through.
		Attrs []xml.Attr `xml:",any,attr"`
	} `xml:"sheets>sheet"`
}

func (w *workbook) read(ctx context.Context) ([]grid, error) {
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	var book xmlWorkbook
	found, err := w.decode(main, &book)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, model.Errorf("E-SHEET-FORMAT", "“%s”不是 Excel 表格,请用 Excel 或 WPS 另存为 .xlsx 再读入", w.name)
	}
	w.date1904 = book.Props.Date1904 == "1" || book.Props.Date1904 == "true"
	targets, err := w.targets(main)
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(targets); err != nil {
		return nil, err
	}
	if err := w.readStyles(targets); err != nil {
		return nil, err
	}
	var grids []grid
	for _, s := range book.Sheets {
		key := ""
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				key = targets.byID[a.Value]
			}
		}
		if key == "" || !strings.Contains(key, "sheet") || w.parts[partKey(key)] == nil {
			continue
		}
		g, err := w.readSheet(ctx, key)
		if err != nil {
			return nil, err
		}
		g.date1904 = w.date1904
		g.name, g.hidden = s.Name, s.State == "hidden" || s.State == "veryHidden"
		grids = append(grids, g)
	}
	return grids, nil
}

func (w *workbook) mainPart() (string, error) {
	var rels xmlRels
	if _, err := w.decode("_rels/.rels", &rels); err != nil {
		return "", err
	}
	for _, r := range rels.Items {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			return r.Target, nil
		}
	}
	return "xl/workbook.xml", nil
}

// parts that the workbook refers to.
type bookTargets struct {
	byID            map[string]string
	strings, styles string
}

func (w *workbook) targets(main string) (bookTargets, error) {
	main = strings.TrimPrefix(main, "/")
	folder, file := path.Split(main)
	t := bookTargets{byID: map[string]string{}, strings: folder + "sharedStrings.xml", styles: folder + "styles.xml"}
	var rels xmlRels
	if _, err := w.decode(folder+"_rels/"+file+".rels", &rels); err != nil {
		return t, err
	}
	for _, r := range rels.Items {
		target := r.Target
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, strings.ReplaceAll(target, `\`, "/"))
		}
		t.byID[r.ID] = target
		switch {
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			t.strings = target
		case strings.HasSuffix(r.Type, "/styles"):
			t.styles = target
		}
	}
	return t, nil
}

// xmlText is a plain or rich text; phonetic runs (rPh) are no part of it.
type xmlText struct {
	Plain []string `xml:"t"`
	Runs  []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (t *xmlText) String() string {
	if t == nil {
		return ""
	}
	var b strings.Builder
	for _, s := range t.Plain {
		b.WriteString(s)
	}
	for _, r := range t.Runs {
		b.WriteString(r.Text)
	}
	return unescapeText(b.String())
}

func (w *workbook) readStrings(t bookTargets) error {
	return w.each(t.strings, func(d *xml.Decoder, start xml.StartElement) error {
		if start.Name.Local != "si" {
			return nil
		}
		var s xmlText
		if err := d.DecodeElement(&s, &start); err != nil {
			return err
		}
		w.strings = append(w.strings, s.String())
		return nil
	})
}

// each calls fn with every start element of a part; fn may decode the element.
func (w *workbook) each(key string, fn func(d *xml.Decoder, start xml.StartElement) error) error {
	d, c, err := w.part(key)
	if d == nil || err != nil {
		return err
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return c.Close()
		}
		if err == nil {
			if start, ok := t.(xml.StartElement); ok {
				err = fn(d, start)
			}
		}
		if err != nil {
			return errors.Join(fmt.Errorf("read %s: %w", key, err), c.Close())
		}
	}
}
