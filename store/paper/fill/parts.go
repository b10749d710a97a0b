package fill

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// This file deals records out where a form has several lists of one kind: a table of full
// and one of probationary members, a sheet for each 党小组.

// part tells which of the records a list is for.
type part func(*model.Record) bool

// parts deals the records out to the lists, by sheet and table; nil where there is one
// list. A list of which nothing says what it is for takes what the others leave, and only
// one can.
func (w *writing) parts(records []*model.Record) [][][]*model.Record {
	type list struct {
		sheet, table int
		fits         part
	}
	var all []list
	for i, s := range w.plan.sheets {
		for k, t := range s.tables {
			if t.byRoll {
				return nil
			}
			fits := w.partOf(t.title, records)
			if fits == nil && len(w.plan.sheets) > 1 {
				fits = w.partOf(s.grid.Name, records)
			}
			all = append(all, list{i, k, fits})
		}
	}
	if len(all) < 2 {
		return nil
	}
	rest := slices.IndexFunc(all, func(l list) bool { return l.fits == nil })
	for i, l := range all {
		if l.fits == nil && i != rest {
			s := w.plan.sheets[l.sheet]
			w.result.Left = append(w.result.Left, fmt.Sprintf("%s第 %d 行起的表没有写明填哪些%s,没有填", s.grid.Name, s.tables[l.table].top+1, w.plan.Kind.Title))
		}
	}
	dealt := make([][][]*model.Record, len(w.plan.sheets))
	for i, s := range w.plan.sheets {
		dealt[i] = make([][]*model.Record, len(s.tables))
	}
	over := 0
	for _, r := range records {
		to := slices.IndexFunc(all, func(l list) bool { return l.fits != nil && l.fits(r) })
		if to < 0 {
			to = rest
		}
		if to < 0 {
			over++
			continue
		}
		l := all[to]
		dealt[l.sheet][l.table] = append(dealt[l.sheet][l.table], r)
	}
	if over > 0 {
		w.result.Left = append(w.result.Left, fmt.Sprintf("%d 条%s不属于表里的任何一部分,没有填", over, w.plan.Kind.Title))
		w.result.Records -= over
	}
	return dealt
}

// partOf reads from a title which records a list is for: by one of the kind's views, by a
// choice, or by what a sheet stands for (Kind.SheetField); nil for nothing said.
func (w *writing) partOf(title string, records []*model.Record) part {
	k := w.plan.Kind
	title = dropSpaces.Replace(lastLines(title))
	for _, f := range k.Fields() {
		if f.Type != model.TypeChoice {
			continue
		}
		for _, c := range f.Choices {
			if len([]rune(c)) > 2 && strings.Contains(title, c) || len([]rune(c)) == 1 && strings.Contains(title, c+"党员") {
				return func(r *model.Record) bool { return r.Str(f.Name) == c }
			}
		}
	}
	for _, v := range k.Views {
		for _, n := range viewWords(v.Name) {
			if v.Where != nil && strings.Contains(title, n) {
				conds := v.Conds(w.reading.env.Today)
				return func(r *model.Record) bool { return model.Meets(r, conds) }
			}
		}
	}
	if f := k.Field(k.SheetField); f != nil {
		for _, r := range records {
			id := r.Str(f.Name)
			if label := dropSpaces.Replace(w.reading.label(r, f, id)); label != "" && (strings.Contains(title, label) || len([]rune(title)) > 2 && strings.Contains(label, title)) {
				return func(r *model.Record) bool { return r.Str(f.Name) == id }
			}
		}
	}
	return nil
}

// lastLines gives the title that stands right above a table: what is further up is said
// of all.
func lastLines(title string) string {
	lines := strings.Split(title, "\n")
	return strings.Join(lines[max(0, len(lines)-2):], "\n")
}
