package fill

import (
	"cmp"
	"path/filepath"
	"slices"
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

// grower is a document that makes rows in the look of several: of rows in two colours by
// turns, and without the thick line below the last.
type grower interface {
	// grow makes n rows among the body of a table, above its last row, or behind it where
	// it is the only one; the body's rows are as they stand before.
	grow(g *Grid, body []int, n int) error
}

// appender is a document that lets a table go on where nothing stands below it: the rows
// get borders like the headings'.
type appender interface {
	put(g *Grid, heading, row, n int, cols []int) error
}

// copier is a document that can hold a sheet several times: a form for each of many.
type copier interface {
	// multiply makes a sheet for each name, the given one for the first, and gives their
	// grids in that order.
	multiply(g *Grid, names []string) ([]*Grid, error)
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
	Kind *model.Kind
	// Year is the year of which a form asks (党费 of 1月…12月, 参加次数); Plan takes it
	// from the form's title, and 0 is the present one.
	Year int
	// Left are the sheets and tables that are not filled, with the reason: they ask for
	// records of another kind.
	Left []string

	form   *Form
	words  *words
	sheets []*sheetPlan
}

// sheetPlan is what of one sheet is filled.
type sheetPlan struct {
	grid   *Grid
	tables []*table // none for a form of one record
	labels []label
	unit   string // what the line above the table says: 单位:万元
}

func (s *sheetPlan) bound() int {
	n := known(s.labels)
	for _, t := range s.tables {
		n += t.matched()
	}
	return n
}

// list tells of a sheet whose rows are records, and not those on the roll of one.
func (s *sheetPlan) list() bool { return len(s.tables) > 0 && !s.tables[0].byRoll }

// Plan binds the form's headings and labels to what is on file of a kind; kind nil
// takes the one that fits best. kept holds the bindings that a person corrected before,
// by heading.
func (f *Form) Plan(cat *model.Catalog, kind *model.Kind, kept map[string]string) (*Plan, error) {
	grids := f.doc.grids()
	var best *Plan
	most := make([]candidate, len(grids)) // the best of each sheet
	for _, k := range cat.Kinds() {
		if kind != nil && k != kind && len(grids) == 1 {
			continue // asked for: no other is compared with it
		}
		p := &Plan{Kind: k, form: f, words: newWords(cat, k)}
		for i, g := range grids {
			s := p.planSheet(g)
			fits := p.fits(s)
			if fits > most[i].fits {
				most[i] = candidate{k, fits}
			}
			if s.bound() > 0 {
				p.sheets = append(p.sheets, s)
			}
		}
		if len(p.sheets) > 0 && (kind == k || kind == nil && (best == nil || p.total() > best.total())) {
			best = p
		}
	}
	if best == nil || kind != nil && best.Kind != kind {
		return nil, model.Errorf("E-FILL-NONE", "“%s”里没有认出能填的表:要有一行表头(姓名、性别……)和下面的空行,或者一格写着名称、旁边一格空着", filepath.Base(f.Path))
	}
	best.keepBest(grids, most)
	best.instruct()
	best.Year = best.findYear()
	best.linesBeside(kept)
	best.Recall(kept)
	return best, nil
}

// candidate is the kind that fits a sheet best.
type candidate struct {
	kind *model.Kind
	fits int
}

// total tells how well a kind fits the form: by its best sheet, then by all.
func (p *Plan) total() int {
	most, all := 0, 0
	for _, s := range p.sheets {
		fits := p.fits(s)
		most, all = max(most, fits), all+fits
	}
	return most*1000 + all
}

// fits tells how well a kind fits a sheet: what is bound, what the kind itself knows
// before what its refs lead to, and what the form is called. A form 后备干部名单 that asks
// for the persons' data alone still wants those of 后备干部.
func (p *Plan) fits(s *sheetPlan) int {
	n, own, usual := 0, 0, 0
	seen := map[string]bool{}
	count := func(src *Source) {
		switch {
		case src == nil || src == serial || seen[src.Name]:
			return
		case p.words.everywhere[src]:
			n += 2
		case src.own():
			n += 6
			own++
		case p.words.usual != nil && src.path[0] == p.words.usual.ref:
			n += 4
			usual++
		default:
			n += 4
		}
		seen[src.Name] = true
	}
	for _, t := range s.tables {
		for _, c := range t.columns {
			count(c.source)
		}
	}
	for _, l := range s.labels {
		count(l.source)
	}
	title := dropSpaces.Replace(s.title() + filepath.Base(p.form.Path))
	called := own > 0 && strings.Contains(title, p.Kind.Title)
	for _, w := range titleWords(p.Kind.Name) {
		called = called || strings.Contains(title, w)
	}
	if own > 1 || called {
		n += usual
	}
	if n > 0 && called {
		n += 8 + len(seen)
	}
	return n
}

// title gives what stands above a sheet's headings, and the sheet's name.
func (s *sheetPlan) title() string {
	to := 1
	if len(s.tables) > 0 {
		to = s.tables[0].top
	}
	return s.grid.Name + "\n" + s.grid.lines(0, min(to, s.grid.rows)) + "\n"
}

// keepBest leaves sheets out on which next to nothing is known beside one on which much
// is (instructions that name a field), and such as ask for another kind's records.
func (p *Plan) keepBest(grids []*Grid, most []candidate) {
	top := 0
	for _, s := range p.sheets {
		top = max(top, p.fits(s))
	}
	var kept []*sheetPlan
	for _, s := range p.sheets {
		i := slices.Index(grids, s.grid)
		fits := p.fits(s)
		switch {
		case fits == top:
		case fits*4 < most[i].fits*3:
			if len(s.tables) > 0 {
				p.Left = append(p.Left, s.grid.Name+"像是“"+most[i].kind.Title+"”的表,没有填;要填请另选记录类别再填一次")
			}
			continue
		case fits*3 < top:
			continue
		}
		kept = append(kept, s)
	}
	p.sheets = kept
}

var (
	unitLine = model.NewPattern(`单位[:\x{FF1A}]`)
	yearLine = model.NewPattern(`((?:19|20)\d{2})\s*年`)
)

// findYear gives the only year that the titles and the file's name speak of, or 0.
func (p *Plan) findYear() int {
	year := 0
	texts := filepath.Base(p.form.Path)
	for _, s := range p.sheets {
		to := 3
		if len(s.tables) > 0 {
			to = s.tables[0].bottom + 1
		}
		texts += "\n" + s.grid.Name + "\n" + s.grid.lines(0, min(to, s.grid.rows))
	}
	for _, m := range yearLine.FindAllStringSubmatch(texts, -1) {
		y := atoi(m[1])
		if year != 0 && y != year {
			return 0
		}
		year = y
	}
	return year
}

// planSheet finds what of a sheet can be filled: a table, the labels of one record, or
// both where the table is the record's roll.
func (p *Plan) planSheet(g *Grid) *sheetPlan {
	s := &sheetPlan{grid: g}
	p.words.look(g)
	tables := findTables(g, p.words, false)
	if p.words.roll != nil {
		if byRoll := findTables(g, p.words, true); len(byRoll) > 0 && (len(tables) == 0 || byRoll[0].matched() >= tables[0].matched()) {
			tables = byRoll[:1]
		}
	}
	most := 0
	for _, t := range tables {
		most = max(most, t.matched())
	}
	switch {
	case len(tables) == 0:
		s.labels = findLabels(g, p.words, nil)
	case tables[0].byRoll:
		s.tables, s.labels = tables, findLabels(g, p.words, tables)
	default:
		// A list with one blank row looks like labels with a blank below each.
		if labels := findLabels(g, p.words, nil); known(labels)*4 > most*5 {
			s.labels = labels
		} else {
			s.tables, s.labels = tables, p.ofOffice(findLabels(g, p.words, tables))
		}
	}
	for _, t := range s.tables {
		for row := range t.top {
			for col := range g.cols {
				if text := g.own(row, col); unitLine.MatchString(text) && !strings.Contains(s.unit, text) {
					s.unit += text
				}
			}
		}
	}
	return s
}

// ofOffice keeps the labels around a list that ask for the organisation itself.
func (p *Plan) ofOffice(labels []label) []label {
	return slices.DeleteFunc(labels, func(l label) bool { return l.source == nil || !p.words.everywhere[l.source] || l.inline != nil })
}

// Recall binds what a person has corrected before: the names of sources by heading.
func (p *Plan) Recall(kept map[string]string) {
	for i, b := range p.Bindings() {
		if name, ok := kept[b.Heading]; ok {
			p.Bind(i, name)
		}
	}
}

// View gives the name of the kind's view that the form's title speaks of, "" for none:
// a form 流动党员登记表 wants those of 流动党员. The longest name counts.
func (p *Plan) View() string {
	texts := filepath.Base(p.form.Path)
	for _, s := range p.sheets {
		texts += "\n" + s.grid.Name
		if len(s.tables) > 0 {
			texts += "\n" + s.grid.lines(0, s.tables[0].top)
		}
	}
	texts = dropSpaces.Replace(texts)
	var found []string
	for _, v := range p.Kind.Views {
		for _, n := range viewWords(v.Name) {
			if v.Where != nil && strings.Contains(texts, n) {
				found = append(found, v.Name)
				break
			}
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}
