package fill

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
)

// Stacked says what became of files that were joined.
type Stacked struct {
	Files, Rows int
	// Apart are the rows and files that were not joined, with the reason; Notes what is to
	// be looked at beside them: columns that a file lacks, the same person twice.
	Apart, Notes []string
}

// reader is a document whose cells can be read as numbers and dates.
type reader interface {
	value(g *Grid, row, col int) any
}

var _ reader = (*workbook)(nil)

// maxStacked is how many files can be joined at once.
const maxStacked = 1000

// Stack joins the rows of forms of the same headings into one, in the look of the first;
// a column at its right says from which file each row is. Columns are matched by their
// headings, in whatever order. *model.Error: E-STACK for what can't be joined at all.
func Stack(ctx context.Context, cat *model.Catalog, paths []string, out string) (*Stacked, error) {
	if len(paths) < 2 || len(paths) > maxStacked {
		return nil, model.Errorf("E-STACK", "请写出要合在一起的表格文件,2 个到 %d 个", maxStacked)
	}
	s := &stacking{ctx: ctx, cat: cat, result: &Stacked{Files: len(paths)}, seen: map[string]string{}}
	first, err := s.open(paths[0])
	if err != nil {
		return nil, err
	}
	err = s.join(first, paths, out)
	return s.result, errors.Join(err, first.form.Close())
}

// stacking is the work of joining files.
type stacking struct {
	ctx    context.Context
	cat    *model.Catalog
	kind   *model.Kind
	base   *stackFile
	keys   []string // of the base's columns
	lines  []joined
	result *Stacked
	seen   map[string]string // where a person or record was met first
}

// stackFile is one of the files with the table that is joined.
type stackFile struct {
	form  *Form
	plan  *Plan
	sheet *sheetPlan
	table *table
}

// joined is a row that is to stand in the joined form, by the base's columns.
type joined struct {
	from   string
	values []any
}

func (s *stacking) open(path string) (*stackFile, error) {
	form, err := Open(path)
	if err != nil {
		return nil, err
	}
	p, err := form.Plan(s.cat, s.kind, nil)
	if err == nil {
		for _, sh := range p.sheets {
			if sh.list() {
				return &stackFile{form, p, sh, sh.tables[0]}, nil
			}
		}
		err = model.Errorf("E-STACK", "“%s”里没有一行一条的表", filepath.Base(path))
	}
	return nil, errors.Join(err, form.Close())
}

// join reads all files and writes the joined form.
func (s *stacking) join(first *stackFile, paths []string, out string) error {
	s.base, s.kind = first, first.plan.Kind
	for _, c := range first.table.columns {
		s.keys = append(s.keys, key(c.heading.Text()))
	}
	s.read(first, filepath.Base(paths[0]))
	for _, path := range paths[1:] {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		if err := s.add(path); err != nil {
			return err
		}
	}
	s.result.Rows = len(s.lines)
	if len(s.lines) == 0 {
		return model.Errorf("E-STACK", "这些表里都没有填好的行,没有什么可合")
	}
	return s.write(out)
}

// add reads one more file; one that doesn't fit is named.
func (s *stacking) add(path string) error {
	name := filepath.Base(path)
	from, err := s.open(path)
	var coded *model.Error
	if errors.As(err, &coded) {
		s.result.Apart = append(s.result.Apart, fmt.Sprintf("%s:%s", name, coded.Message))
		return nil
	}
	if err != nil {
		return err
	}
	s.read(from, name)
	return from.form.Close()
}

// read takes the rows of a file's table.
func (s *stacking) read(from *stackFile, name string) {
	t := from.table
	at := make([]int, len(s.keys)) // the file's column for each of the base's, -1 for none
	used := map[int]bool{}
	var missing, more []string
	for i, k := range s.keys {
		at[i] = slices.IndexFunc(t.columns, func(c column) bool { return key(c.heading.Text()) == k && !used[c.at.Left] })
		if at[i] < 0 {
			missing = append(missing, s.base.table.columns[i].heading.Text())
		} else {
			used[t.columns[at[i]].at.Left] = true
		}
	}
	for _, c := range t.columns {
		if !used[c.at.Left] {
			more = append(more, c.heading.Text())
		}
	}
	if len(missing)*2 > len(s.keys) {
		s.result.Apart = append(s.result.Apart, fmt.Sprintf("%s:表头不同,整个没有并入;缺:%s", name, strings.Join(missing, "、")))
		return
	}
	if len(missing) > 0 {
		s.result.Notes = append(s.result.Notes, fmt.Sprintf("%s缺这几列,空着:%s", name, strings.Join(missing, "、")))
	}
	if len(more) > 0 {
		s.result.Notes = append(s.result.Notes, fmt.Sprintf("%s多出这几列,没有并入:%s", name, strings.Join(more, "、")))
	}
	for _, sl := range t.slots() {
		s.row(from, name, sl, at)
	}
}

// row takes one row, or names it as one that doesn't fit.
func (s *stacking) row(from *stackFile, name string, sl slot, at []int) {
	t, g := from.table, from.sheet.grid
	doc, typed := from.form.doc.(reader)
	line := joined{from: name, values: make([]any, len(at))}
	filled, id := 0, ""
	why := ""
	for i, k := range at {
		if k < 0 || !slices.Contains(t.blocks[sl.block], k) {
			continue
		}
		c := t.columns[k]
		text := strings.TrimSpace(g.own(sl.row, c.at.Left))
		if text == "" || g.blank(sl.row, c.at.Left) || c.source == serial {
			continue
		}
		to := s.base.first(i)
		line.values[to] = text
		if typed {
			line.values[to] = doc.value(g, sl.row, c.at.Left)
		}
		filled++
		if why == "" {
			why = misfit(c, text)
		}
		if c.source != nil && (c.source.is(model.TypeIDNumber) || id == "" && from.plan.words.namesRecord(c.source)) {
			id = c.source.Name + key(text)
		}
	}
	place := fmt.Sprintf("%s第 %d 行", name, sl.row+1)
	switch {
	case filled == 0:
		return
	case why == "" && id == "" && t.hasName(from.plan.words):
		why = "没有写是谁或是什么"
	case why == "" && filled == 1 && len(at) > 3:
		why = "只填了一格"
	}
	if why != "" {
		s.result.Apart = append(s.result.Apart, place+":"+why)
		return
	}
	if before, twice := s.seen[id]; twice && id != "" {
		s.result.Notes = append(s.result.Notes, fmt.Sprintf("%s和%s像是同一条,两行都在", place, before))
	} else {
		s.seen[id] = place
	}
	s.lines = append(s.lines, line)
}

// first gives the column of the first block for one of a list that goes on beside itself.
func (f *stackFile) first(column int) int {
	for _, block := range f.table.blocks {
		if k := slices.Index(block, column); k >= 0 {
			return f.table.blocks[0][k]
		}
	}
	return column
}

// misfit tells why a cell can't be what its column asks for, "" where it can.
func misfit(c column, text string) string {
	if c.source == nil || c.source.field == nil || c.source.get != nil {
		return ""
	}
	f := c.source.field
	switch f.Type {
	case model.TypeIDNumber, model.TypeDate, model.TypeInt, model.TypeMoney:
	default:
		return ""
	}
	if _, _, err := f.Type.FromCell(f, model.Cell{Text: text}); err != nil {
		if private(c.source) {
			return c.heading.Text() + "写得不对"
		}
		return fmt.Sprintf("%s“%s”写得不对", c.heading.Text(), model.Clean(text, false))
	}
	return ""
}

// write puts all rows into the first file's form.
func (s *stacking) write(out string) error {
	t, sh, doc := s.base.table, s.base.sheet, s.base.form.doc
	w := &writing{plan: s.base.plan, ctx: s.ctx, result: &Result{}, wrote: map[string]bool{}}
	free, err := w.room(sh, t, t.slots(), len(s.lines))
	if err != nil {
		return err
	}
	origin := sh.grid.cols
	if err := doc.set(sh.grid, t.bottom, origin, "来源文件"); err != nil {
		return err
	}
	for n, line := range s.lines {
		at := free[n]
		for k, i := range t.blocks[at.block] {
			c := t.columns[i]
			if sh.grid.formula[[2]int{at.row, c.at.Left}] {
				continue
			}
			v := line.values[t.blocks[0][k]]
			if c.source == serial {
				v = int64(n + 1)
			}
			if day, is := v.(time.Time); is && !showsDate(sh.grid.format[[2]int{t.body[0], c.at.Left}]) {
				v = day.Format(time.DateOnly)
			}
			if v == nil {
				v = ""
			}
			if err := doc.set(sh.grid, at.row, c.at.Left, v); err != nil {
				return err
			}
		}
		if err := doc.set(sh.grid, at.row, origin, line.from); err != nil {
			return err
		}
	}
	for _, at := range free[len(s.lines):] { // rows that moved up, or don't fit
		for _, i := range t.blocks[at.block] {
			c := t.columns[i]
			if sh.grid.filled(at.row, c.at.Left) == "" || c.source == serial {
				continue
			}
			if err := doc.set(sh.grid, at.row, c.at.Left, ""); err != nil {
				return err
			}
		}
	}
	return doc.save(out)
}
