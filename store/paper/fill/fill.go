package fill

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// maxCopies is how many copies of a form of one record are made at once.
const maxCopies = 100

// Result says what was filled and what was not.
type Result struct {
	Records int      // that stand in the form now
	Added   int      // rows that were added to the form's own
	Copies  int      // sheets that a form of one record has become, 0 for one
	Unbound []string // headings that stayed blank, since the ledger keeps no such thing
	// Kept are the places where the form said something else than the ledger and was
	// left as it was, and rows of whom no record was chosen.
	Kept []string
	// Left are sheets and tables that were not filled, with the reason.
	Left []string
	// Empty are headings that are known and of which no record had a value.
	Empty []string
}

// Fill writes the records into the form and the form to a path; the blank itself isn't
// touched. A form of one record becomes a sheet for each where the document can.
func (p *Plan) Fill(ctx context.Context, env *model.Env, records []*model.Record, out string) (*Result, error) {
	if len(records) == 0 {
		return nil, model.Errorf("E-FILL-EMPTY", "没有选出%s的记录,没有什么可填:请换一个视图或条件", p.Kind.Title)
	}
	if records[0].Kind.Name != p.Kind.Name {
		return nil, fmt.Errorf("fill: records of %s for a form of %s", records[0].Kind.Name, p.Kind.Name)
	}
	w := &writing{plan: p, ctx: ctx, reading: newReading(env, p.Year), result: &Result{Records: len(records), Left: slices.Clone(p.Left)}, wrote: map[string]bool{}}
	var err error
	if len(records) > 1 && (p.OfOne() || p.ByRoll()) {
		err = w.copies(records)
	} else {
		err = w.sheets(records)
	}
	if err != nil {
		return nil, err
	}
	if w.reading.err != nil {
		return nil, w.reading.err
	}
	for _, b := range p.Bindings() {
		switch {
		case b.Sign || b.Formula:
		case b.Source == nil:
			if !slices.Contains(w.result.Unbound, b.Heading) {
				w.result.Unbound = append(w.result.Unbound, b.Heading)
			}
		case !w.wrote[b.Heading] && !slices.Contains(w.result.Empty, b.Heading):
			w.result.Empty = append(w.result.Empty, b.Heading)
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
	wrote   map[string]bool // headings under which something was written
}

// sheets fills all sheets with the same records.
func (w *writing) sheets(records []*model.Record) error {
	parts := w.parts(records)
	for i, s := range w.plan.sheets {
		if err := w.labels(s, records); err != nil {
			return fmt.Errorf("fill %s: %w", s.grid.Name, err)
		}
		for k, t := range s.tables {
			mine := records
			if parts != nil {
				mine = parts[i][k]
			}
			if err := w.table(s, t, mine); err != nil {
				return fmt.Errorf("fill %s: %w", s.grid.Name, err)
			}
		}
	}
	return nil
}

// copies makes a sheet for each record of a form that takes one, of each of its sheets.
func (w *writing) copies(records []*model.Record) error {
	p := w.plan
	doc, can := p.form.doc.(copier)
	if !can || len(records) > maxCopies {
		most := ""
		if can {
			most = fmt.Sprintf("(最多 %d 条)", maxCopies)
		}
		return model.Errorf("E-FILL-ONE", "这张表一次填一条%s%s,选出了 %d 条;请用条件选出一条,例如 --where %s", p.Kind.Title, most, len(records), p.example(records[0]))
	}
	copied := make([][]*Grid, len(p.sheets))
	for k, s := range p.sheets {
		names := make([]string, len(records))
		for i, r := range records {
			if names[i] = w.reading.sheetName(r); len(p.sheets) > 1 {
				names[i] += " " + s.grid.Name
			}
		}
		var err error
		if copied[k], err = doc.multiply(s.grid, names); err != nil {
			return err
		}
	}
	w.result.Copies = len(records)
	for k, s := range p.sheets {
		for i, g := range copied[k] {
			if err := w.ctx.Err(); err != nil {
				return err
			}
			one := s.on(g)
			if err := w.labels(one, records[i:i+1]); err != nil {
				return err
			}
			for _, t := range one.tables {
				if err := w.table(one, t, records[i:i+1]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// on gives the same plan for a copy of the sheet.
func (s *sheetPlan) on(g *Grid) *sheetPlan {
	one := *s
	one.grid = g
	one.tables = make([]*table, len(s.tables))
	for i, t := range s.tables {
		at := *t
		at.body = slices.Clone(t.body)
		one.tables[i] = &at
	}
	return &one
}

// sheetName is what a copy for a record is called: by its name, else its date and title.
func (r *reading) sheetName(rec *model.Record) string {
	var parts []string
	for _, n := range rec.Kind.Label {
		f := rec.Kind.Field(n)
		if t := rec.Text(n); f.Target != "" {
			parts = append(parts, r.label(rec, f, rec.Str(n)))
		} else if t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

func (w *writing) labels(s *sheetPlan, records []*model.Record) error {
	texts := map[Area]string{} // of cells with several blanks
	for _, l := range s.labels {
		if l.source == nil {
			continue
		}
		st := s.grid.styleOf(l.blank.Top, l.blank.Left, l.source, l.hints, s.unit)
		if l.inline != nil {
			if f := frameOf(strings.TrimSpace(l.inline.text)); f != nil && f.layout() != "" {
				st.layout = f.layout()
			}
			v := plain(st.write(l.source, w.reading.raw(l.source, records[0])))
			original := s.grid.own(l.blank.Top, l.blank.Left)
			text, begun := texts[l.blank]
			if !begun {
				text = original
			}
			if filled, ok := l.inline.put(text, text, v); v != "" && ok {
				texts[l.blank] = filled
				w.wrote[l.text] = true
			}
			continue
		}
		v := st.write(l.source, w.reading.raw(l.source, records[0]))
		if err := w.put(s.grid, l.blank.Top, l.blank.Left, l.text, v); err != nil {
			return err
		}
	}
	for a, text := range texts {
		if err := w.plan.form.doc.set(s.grid, a.Top, a.Left, text); err != nil {
			return err
		}
	}
	return nil
}

// put writes a value into a blank, within the frame that is printed there.
func (w *writing) put(g *Grid, row, col int, heading string, v any) error {
	if v == nil {
		return nil
	}
	if f := frameOf(g.own(row, col)); f != nil {
		text, ok := f.put(g.own(row, col), v)
		if !ok {
			return nil // a choice that the form doesn't have
		}
		v = text
	}
	w.wrote[heading] = true
	return w.plan.form.doc.set(g, row, col, v)
}

// row is one line to be written: a record, or one of its roll.
type row struct {
	record *model.Record
	mark   *model.Mark
}

func (w *writing) table(s *sheetPlan, t *table, records []*model.Record) error {
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
	t.styled(s)
	lines, free, err := w.complete(s, t, lines)
	if err != nil {
		return err
	}
	if free, err = w.room(s, t, free, len(lines)); err != nil {
		return err
	}
	for i, line := range lines {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := w.line(s, t, free[i], line); err != nil {
			return err
		}
	}
	return nil
}

// room makes as many rows as are needed beside the free ones.
func (w *writing) room(s *sheetPlan, t *table, free []slot, want int) ([]slot, error) {
	need := want - len(free)
	if need <= 0 {
		return free, nil
	}
	rows := (need + len(t.blocks) - 1) / len(t.blocks)
	doc, g := w.plan.form.doc, s.grid
	switch {
	case t.open:
		first := t.end()
		if a, can := doc.(appender); can && t.cased {
			cols := make([]int, len(t.columns))
			for i, c := range t.columns {
				cols[i] = c.at.Left
			}
			if err := a.put(g, t.bottom, first, rows, cols); err != nil {
				return nil, err
			}
		}
		for i := range rows {
			t.body = append(t.body, first+i)
			for b := range t.blocks {
				free = append(free, slot{row: first + i, block: b, number: len(t.body) * (b + 1), fresh: true})
			}
		}
		return free, nil
	case len(t.body) == 0:
		return nil, model.Errorf("E-FILL-ROOM", "“%s”的表头下面没有空行,填不进去:请在表头下面留一行空行再填", g.Name)
	}
	var err error
	if gr, can := doc.(grower); can {
		err = gr.grow(g, t.body, rows)
	} else {
		err = doc.insert(g, t.body[len(t.body)-1], rows)
	}
	if err != nil {
		return nil, err
	}
	w.result.Added += rows
	at, like := t.body[len(t.body)-1], t.body[max(0, len(t.body)-2)]
	if len(t.body) == 1 {
		at++
	}
	free = t.grown(free, rows)
	for _, other := range s.tables { // all below has moved
		if other != t && other.top > t.top {
			other.move(rows)
		}
	}
	for i := range s.labels {
		if s.labels[i].blank.Top > t.bottom {
			s.labels[i].blank.Top += rows
			s.labels[i].blank.Bottom += rows
		}
	}
	g.moved(at, rows, like)
	return free, nil
}

// line writes a record into a row.
func (w *writing) line(s *sheetPlan, t *table, at slot, line row) error {
	g := s.grid
	w.reading.mark = line.mark
	for _, i := range t.blocks[at.block] {
		c := t.columns[i]
		if c.source == nil || g.formula[[2]int{at.row, c.at.Left}] {
			continue
		}
		if c.source != serial {
			if err := w.put(g, at.row, c.at.Left, c.heading.Text(), c.style.write(c.source, w.reading.raw(c.source, line.record))); err != nil {
				return err
			}
			continue
		}
		w.wrote[c.heading.Text()] = true
		if printed := strings.TrimSpace(g.own(at.row, c.at.Left)); printed != "" && !at.fresh {
			continue
		}
		if err := w.plan.form.doc.set(g, at.row, c.at.Left, int64(at.number)); err != nil {
			return err
		}
	}
	return nil
}
