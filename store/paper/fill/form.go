package fill

import (
	"path/filepath"
	"regexp"
	"strings"

	"taizhang/model"
)

// document is a form's file: its sheets or tables, and the way to write into them.
type document interface {
	grids() []*Grid
	// insert makes so many rows like the given one above it; all from there on moves
	// down.
	insert(g *Grid, row, n int) error
	set(g *Grid, row, col int, v any) error
	// save writes the file to a path, whole or not at all.
	save(path string) error
	close() error
}

// Form is a blank form that has been opened.
type Form struct {
	Path string
	doc  document
}

// Open reads a form. What isn't .xlsx or .docx is refused with how to save it as one.
func Open(path string) (*Form, error) {
	ext := strings.ToLower(filepath.Ext(path))
	var doc document
	var err error
	switch ext {
	case ".xlsx", ".xlsm":
		doc, err = openXLSX(path)
	case ".docx", ".docm":
		doc, err = openDocx(path)
	case ".xls", ".et", ".csv":
		err = model.Errorf("E-FILL-TYPE", "“%s”是旧格式的表格,请用 Excel 或 WPS 打开它,选“另存为”,类型选 Excel 工作簿(*.xlsx),再来填", filepath.Base(path))
	case ".doc", ".wps", ".rtf":
		err = model.Errorf("E-FILL-TYPE", "“%s”是旧格式的文档,请用 Word 或 WPS 打开它,选“另存为”,类型选 Word 文档(*.docx),再来填", filepath.Base(path))
	default:
		err = model.Errorf("E-FILL-TYPE", "“%s”不是能填的表:能填的是 .xlsx 和 .docx;别的请先用 Excel、Word 或 WPS 另存为 .xlsx 或 .docx", filepath.Base(path))
	}
	if err != nil {
		return nil, err
	}
	return &Form{Path: path, doc: doc}, nil
}

// Close lets the file go.
func (f *Form) Close() error { return f.doc.close() }

// Plan is what of a form is filled with what.
type Plan struct {
	Kind   *model.Kind
	form   *Form
	words  *words
	sheets []*sheetPlan
}

// sheetPlan is what of one sheet is filled.
type sheetPlan struct {
	grid   *Grid
	table  *table // nil for a form of one record
	labels []label
	unit   string // what the line above the table says: 单位:万元
}

func (s *sheetPlan) bound() int {
	n := known(s.labels)
	if s.table != nil {
		n += s.table.matched()
	}
	return n
}

// Plan binds the form's headings and labels to what is on file of a kind; kind nil
// takes the one that fits best. kept holds the bindings that a person corrected before,
// by heading.
func (f *Form) Plan(cat *model.Catalog, kind *model.Kind, kept map[string]string) (*Plan, error) {
	kinds := cat.Kinds()
	if kind != nil {
		kinds = []*model.Kind{kind}
	}
	var best *Plan
	for _, k := range kinds {
		p := &Plan{Kind: k, form: f, words: newWords(cat, k)}
		for _, g := range f.doc.grids() {
			if s := p.planSheet(g, kept); s.bound() > 0 {
				p.sheets = append(p.sheets, s)
			}
		}
		if len(p.sheets) > 0 && (best == nil || p.fits() > best.fits()) {
			best = p
		}
	}
	if best == nil {
		return nil, model.Errorf("E-FILL-NONE", "“%s”里没有认出能填的表:要有一行表头(姓名、性别……)和下面的空行,或者一格写着名称、旁边一格空着", filepath.Base(f.Path))
	}
	best.keepBest()
	best.linesBeside(kept)
	return best, nil
}

// fits tells how well a kind fits the form: what is bound, what the kind itself knows
// before what its refs lead to.
func (p *Plan) fits() int {
	n := 0
	for _, s := range p.sheets {
		count := func(src *Source) {
			if src != nil && src != serial {
				n += 2
				if src.through == nil {
					n++
				}
			}
		}
		if s.table != nil {
			for _, c := range s.table.columns {
				count(c.source)
			}
		}
		for _, l := range s.labels {
			count(l.source)
		}
	}
	return n
}

// keepBest leaves sheets out on which next to nothing is known, beside one on which much
// is: instructions that name a field.
func (p *Plan) keepBest() {
	most := 0
	for _, s := range p.sheets {
		most = max(most, s.bound())
	}
	var kept []*sheetPlan
	for _, s := range p.sheets {
		if s.bound()*3 >= most {
			kept = append(kept, s)
		}
	}
	p.sheets = kept
}

var unitLine = regexp.MustCompile(`单位[::]`)

// planSheet finds what of a sheet can be filled: a table, the labels of one record, or
// both where the table is the record's roll.
func (p *Plan) planSheet(g *Grid, kept map[string]string) *sheetPlan {
	s := &sheetPlan{grid: g}
	t := findTable(g, p.words, false)
	if p.words.roll != nil {
		if byRoll := findTable(g, p.words, true); byRoll != nil && (t == nil || byRoll.matched() > t.matched()) {
			t = byRoll
		}
	}
	var outside *table
	if t != nil && t.byRoll {
		outside = t
	}
	labels := findLabels(g, p.words, outside)
	switch {
	case t == nil:
		s.labels = labels
	case t.byRoll:
		s.table, s.labels = t, labels
	case known(labels) > t.matched():
		s.labels = labels
	default:
		s.table = t
	}
	if s.table != nil {
		for row := range s.table.top {
			for col := range g.cols {
				if text := g.own(row, col); unitLine.MatchString(text) {
					s.unit += text
				}
			}
		}
	}
	p.recall(s, kept)
	return s
}

// recall binds what a person has corrected before.
func (p *Plan) recall(s *sheetPlan, kept map[string]string) {
	if len(kept) == 0 {
		return
	}
	if s.table != nil {
		for i := range s.table.columns {
			c := &s.table.columns[i]
			if name, ok := kept[c.heading.Text()]; ok {
				c.source = p.words.byName(name)
			}
		}
	}
	for i := range s.labels {
		if name, ok := kept[s.labels[i].text]; ok {
			s.labels[i].source = p.words.byName(name)
		}
	}
}
