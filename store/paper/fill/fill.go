package fill

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// Result says what was filled and what was not.
type Result struct {
	Records int      // that stand in the form now
	Added   int      // rows that were added to the form's own
	Unbound []string // headings that stayed blank, since the ledger keeps no such thing
	// Kept are the places where the form said something else than the ledger and was
	// left as it was, and rows of whom no record was chosen.
	Kept []string
}

// Fill writes the records into the form and the form to a path; the blank itself isn't
// touched. A form of one record takes exactly one.
func (p *Plan) Fill(ctx context.Context, env *model.Env, records []*model.Record, out string) (*Result, error) {
	if len(records) == 0 {
		return nil, model.Errorf("E-FILL-EMPTY", "没有选出%s的记录,没有什么可填:请换一个视图或条件", p.Kind.Title)
	}
	if len(records) > 1 && (p.OfOne() || p.ByRoll()) {
		return nil, model.Errorf("E-FILL-ONE", "这张表一次填一条%s,选出了 %d 条;请用条件选出一条,例如 --where %s", p.Kind.Title, len(records), p.example(records[0]))
	}
	w := &writing{plan: p, ctx: ctx, reading: &reading{env: env, known: map[string]*model.Record{}}, result: &Result{Records: len(records)}}
	for _, s := range p.sheets {
		if err := w.sheet(s, records); err != nil {
			return nil, fmt.Errorf("fill %s: %w", s.grid.Name, err)
		}
	}
	if w.reading.err != nil {
		return nil, w.reading.err
	}
	for _, b := range p.Bindings() {
		if b.Source == nil && !b.Sign && !slices.Contains(w.result.Unbound, b.Heading) {
			w.result.Unbound = append(w.result.Unbound, b.Heading)
		}
	}
	return w.result, p.form.doc.save(out)
}

// example is a condition that a record meets.
func (p *Plan) example(r *model.Record) string {
	for _, name := range p.Kind.Label {
		if t := r.Text(name); t != "" {
			return p.Kind.Field(name).Label + "=" + t
		}
	}
	return "…"
}

// writing is one form being filled.
type writing struct {
	plan    *Plan
	ctx     context.Context
	reading *reading
	result  *Result
}

func (w *writing) sheet(s *sheetPlan, records []*model.Record) error {
	for _, l := range s.labels {
		if l.source == nil {
			continue
		}
		st := s.grid.styleOf(l.blank.Top, l.blank.Left, l.source, []string{l.text}, s.unit)
		if v := st.write(l.source, w.reading.raw(l.source, records[0])); v != nil {
			if err := w.plan.form.doc.set(s.grid, l.blank.Top, l.blank.Left, v); err != nil {
				return err
			}
		}
	}
	if s.table == nil {
		return nil
	}
	return w.table(s, records)
}

// row is one line to be written: a record, or one of its roll.
type row struct {
	record *model.Record
	mark   *model.Mark
}

func (w *writing) table(s *sheetPlan, records []*model.Record) error {
	t, g := s.table, s.grid
	lines := make([]row, 0, len(records))
	for _, r := range records {
		if !t.byRoll {
			lines = append(lines, row{record: r})
			continue
		}
		for _, m := range r.Roll(w.plan.words.roll.ref.Name) {
			lines = append(lines, row{record: r, mark: &m})
		}
	}
	lines, free, err := w.complete(s, lines)
	if err != nil {
		return err
	}
	if need := len(lines) - len(free); need > 0 && t.rows > 0 && !t.open {
		rows := (need + len(t.blocks) - 1) / len(t.blocks)
		if err := w.plan.form.doc.insert(g, t.first+t.rows-1, rows); err != nil {
			return err
		}
		w.result.Added += rows
		free = t.grown(g, free, rows)
	}
	for i := 0; t.open && len(free) < len(lines); i++ {
		free = append(free, slot{row: t.first + t.rows + i, number: t.rows + i + 1})
	}
	styles := t.styles(s)
	for i, line := range lines {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.line(s, styles, free[i], line); err != nil {
			return err
		}
	}
	return nil
}

// slot is a blank row of a block, with its running number.
type slot struct {
	row, block, number int
	fresh              bool // was added: no number is printed in it
}

// slots lists the rows of all blocks, one block after the other.
func (t *table) slots() []slot {
	var all []slot
	for b := range t.blocks {
		for i := range t.rows {
			all = append(all, slot{row: t.first + i, block: b, number: len(all) + 1})
		}
	}
	return all
}

// grown gives the blank rows after rows were added above the last one.
func (t *table) grown(g *Grid, free []slot, added int) []slot {
	taken := map[[2]int]bool{}
	for _, s := range t.slots() {
		taken[[2]int{s.row, s.block}] = true
	}
	for _, s := range free {
		delete(taken, [2]int{s.row, s.block})
	}
	last := t.first + t.rows - 1
	rows := t.rows + added
	var all []slot
	for b := range t.blocks {
		for i := range rows {
			at := t.first + i
			was := at
			fresh := at >= last && at < last+added
			if at >= last+added {
				was = at - added
			}
			if !fresh && taken[[2]int{was, b}] {
				continue
			}
			// Numbers printed in the last row, or in later blocks, no longer fit.
			all = append(all, slot{row: at, block: b, number: b*rows + i + 1, fresh: fresh || b > 0 || at >= last})
		}
	}
	g.rows += added
	return all
}

// styles says how each column is written.
func (t *table) styles(s *sheetPlan) []style {
	all := make([]style, len(t.columns))
	for i, c := range t.columns {
		if c.source != nil {
			all[i] = s.grid.styleOf(t.first, c.at.Left, c.source, c.heading.hints, s.unit)
		}
	}
	return all
}

func (w *writing) line(s *sheetPlan, styles []style, at slot, line row) error {
	t, g := s.table, s.grid
	w.reading.mark = line.mark
	for _, i := range t.blocks[at.block] {
		c := t.columns[i]
		if c.source == nil {
			continue
		}
		var v any
		if c.source == serial {
			if printed := strings.TrimSpace(g.own(at.row, c.at.Left)); printed != "" && !at.fresh {
				continue
			}
			v = int64(at.number)
		} else {
			v = styles[i].write(c.source, w.reading.raw(c.source, line.record))
		}
		if v == nil {
			continue
		}
		if err := w.plan.form.doc.set(g, at.row, c.at.Left, v); err != nil {
			return err
		}
	}
	return nil
}
