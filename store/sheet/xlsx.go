package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"taizhang/model"
)

// workbook is an .xlsx package opened in memory. It is read here and not through
// excelize, which writes sheets over 16 MB as plain text into the temp folder,
// makes a row for each of the million empty lines that a list may end with, and
// doesn't give type and format of a cell together.
type workbook struct {
	name     string
	parts    map[string]*zip.File // by lower-case path
	strings  []richText
	formats  []numberFormat // by style index
	date1904 bool

	cells, filled, kept int // counted over all sheets, before they are kept
}

// openZip tells the kinds of ZIP files apart and reads the sheets of an .xlsx.
func openZip(ctx context.Context, data []byte, name string) ([]grid, error) {
	damaged := model.Errorf("E-SHEET-FORMAT", "“%s”已损坏,打不开;请在 Excel 或 WPS 里打开后另存为 .xlsx,或重新复制一份", name)
	// Each entry costs memory before any is looked at.
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return nil, notTable(name, "压缩包")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged
	}
	w := &workbook{name: name, parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		w.parts[partKey(f.Name)] = f
		if f.Flags&1 != 0 && strings.HasPrefix(partKey(f.Name), "xl/") {
			return nil, locked(name)
		}
	}
	if err := w.otherFormat(); err != nil {
		return nil, err
	}
	grids, err := w.read(ctx)
	var coded *model.Error
	switch {
	case isTooLarge(err):
		return nil, tooLarge(name, err)
	case err == nil || errors.As(err, &coded) || ctx.Err() != nil:
		return grids, err
	}
	return nil, model.Errorf("E-SHEET-FORMAT", "“%s”不是完好的 .xlsx 表格,请用 Excel 或 WPS 打开后另存为 .xlsx 再读入", name)
}

func partKey(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// part opens a part, decoded to UTF-8; nil when there is none. One that unpacks to
// more than may be read is refused by what the package itself says of it: the reader
// gives no more than that.
func (w *workbook) part(key string) (io.Reader, io.Closer, error) {
	f := w.parts[partKey(key)]
	if f == nil {
		return nil, nil, nil
	}
	if f.UncompressedSize64 > maxPart {
		return nil, nil, errTooLarge
	}
	c, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", key, err)
	}
	r, err := decodedPart(c)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("read %s: %w", key, err), c.Close())
	}
	return r, c, nil
}

// each calls fn with every token of a part; fn may read on. A part that is not there
// has none.
func (w *workbook) each(key string, fn func(s *scanner, t token) error) error {
	r, c, err := w.part(key)
	if r == nil || err != nil {
		return err
	}
	s := newScanner(r)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return c.Close()
		}
		if err == nil {
			err = fn(s, t)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("read %s: %w", key, err), c.Close())
		}
	}
}

// sheetPart is a sheet as the workbook names it.
type sheetPart struct {
	name, id string
	hidden   bool
}

func (w *workbook) read(ctx context.Context) ([]grid, error) {
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	if w.parts[partKey(main)] == nil {
		return nil, model.Errorf("E-SHEET-FORMAT", "“%s”不是 Excel 表格,请用 Excel 或 WPS 另存为 .xlsx 再读入", w.name)
	}
	sheets, err := w.sheets(main)
	if err != nil {
		return nil, err
	}
	targets, err := w.targets(main)
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(targets.strings); err != nil {
		return nil, err
	}
	if err := w.readStyles(targets.styles); err != nil {
		return nil, err
	}
	var grids []grid
	for _, s := range sheets {
		key := targets.worksheets[s.id]
		if key == "" || w.parts[partKey(key)] == nil {
			continue
		}
		g, err := w.readSheet(ctx, key)
		if err != nil {
			return nil, err
		}
		g.date1904 = w.date1904
		g.name, g.hidden = s.name, s.hidden
		grids = append(grids, g)
	}
	return grids, nil
}

func (w *workbook) sheets(main string) (sheets []sheetPart, err error) {
	err = w.each(main, func(_ *scanner, t token) error {
		switch t.start {
		case "workbookPr":
			w.date1904 = isTrue(t.attr("date1904"))
		case "sheet":
			state := t.attr("state")
			sheets = append(sheets, sheetPart{t.attr("name"), t.attr("id"), state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	return sheets, err
}

func isTrue(s string) bool { return s == "1" || s == "true" }

func (w *workbook) mainPart() (string, error) {
	main := ""
	err := w.each("_rels/.rels", func(_ *scanner, t token) error {
		if main == "" && t.start == "Relationship" && strings.HasSuffix(t.attr("Type"), "/officeDocument") {
			main = t.attr("Target")
		}
		return nil
	})
	if main == "" {
		main = "xl/workbook.xml"
	}
	return main, err
}

// parts that the workbook refers to.
type bookTargets struct {
	worksheets      map[string]string // by id
	strings, styles string
}

func (w *workbook) targets(main string) (bookTargets, error) {
	main = strings.TrimPrefix(main, "/")
	folder, file := path.Split(main)
	t := bookTargets{worksheets: map[string]string{}, strings: folder + "sharedStrings.xml", styles: folder + "styles.xml"}
	err := w.each(folder+"_rels/"+file+".rels", func(_ *scanner, r token) error {
		if r.start != "Relationship" {
			return nil
		}
		target := r.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, strings.ReplaceAll(target, `\`, "/"))
		}
		switch kind := r.attr("Type"); {
		case strings.HasSuffix(kind, "/worksheet"):
			t.worksheets[r.attr("Id")] = target
		case strings.HasSuffix(kind, "/sharedStrings"):
			t.strings = target
		case strings.HasSuffix(kind, "/styles"):
			t.styles = target
		}
		return nil
	})
	return t, err
}
