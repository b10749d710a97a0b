package many

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// entry is one of the records taken, and what becomes of it.
type entry struct {
	of    *model.Record
	made  *model.Record // what is written for it; nil of a roll
	state string        // on a roll
	note  string        // what changes, where that differs from one to the next
	off   bool          // the person took it off
	why   string        // nothing is written for it, and why
	tried store.Tried
}

// in reports that something is to be written for the entry.
func (e *entry) in() bool { return !e.off && e.why == "" }

// refused reports that what is to be written can't be.
func (e *entry) refused() bool { return e.in() && len(e.tried.Refused) > 0 }

// job is what is to be written: a record for each entry, or one with all on its roll.
type job struct {
	app     *ui.App
	batch   Batch
	kind    *model.Kind // of what is written
	title   string
	common  string // what all of them share
	vary    *model.Field
	roll    *model.Field  // of one record that takes all; nil for a record each
	one     *model.Record // that record
	tried   store.Tried   // of it
	entries []entry
	// said says what was written, of n records of those taken.
	said func(n int) string
}

// takes gives the places of the entries for which something is written.
func (j *job) takes() []int {
	var at []int
	for i := range j.entries {
		if j.entries[i].in() {
			at = append(at, i)
		}
	}
	return at
}

// good counts the entries for which something can be written.
func (j *job) good() int {
	n := 0
	for i := range j.entries {
		n += model.OneIf(j.entries[i].in() && !j.entries[i].refused())
	}
	return n
}

// records gives what is written.
func (j *job) records() []*model.Record {
	at := j.takes()
	if j.roll == nil {
		recs := make([]*model.Record, len(at))
		for i, k := range at {
			recs[i] = j.entries[k].made
		}
		return recs
	}
	if len(at) == 0 {
		return nil
	}
	r := j.one.Clone()
	if j.roll.Type == model.TypeRoll {
		marks := make([]model.Mark, len(at))
		for i, k := range at {
			marks[i] = model.Mark{Target: j.entries[k].of.ID, State: j.entries[k].state}
		}
		r.Set(j.roll.Name, marks)
		return []*model.Record{r}
	}
	ids := make([]string, len(at))
	for i, k := range at {
		ids[i] = j.entries[k].of.ID
	}
	r.Set(j.roll.Name, ids)
	return []*model.Record{r}
}

// try asks the rules about all that is to be written, as a whole. It runs in a command.
func (j *job) try() error {
	recs := j.records()
	if len(recs) == 0 {
		return nil
	}
	tried, err := j.app.Ledger.Try(j.app.Ctx, model.FromForm, recs...)
	if err != nil {
		return err
	}
	for i := range tried {
		tried[i].Warnings = slices.DeleteFunc(tried[i].Warnings, func(f model.Finding) bool { return f.Gap })
	}
	if j.roll != nil {
		j.tried = tried[0]
		return nil
	}
	for i, k := range j.takes() {
		j.entries[k].tried = tried[i]
	}
	return nil
}

// sort puts first what can't be written, then what needn't be, in the table's order
// otherwise.
func (j *job) sort() {
	rank := func(e entry) int {
		switch {
		case e.refused():
			return 0
		case e.why != "":
			return 1
		case len(e.tried.Warnings) > 0:
			return 2
		}
		return 3
	}
	model.Sort(j.entries, func(a, b entry) int { return rank(a) - rank(b) })
}

// build makes what an act writes, from what was filled in once for all.
func (b Batch) build(app *ui.App, a *model.Act, common *model.Record) (*job, error) {
	l, ctx := app.Ledger, app.Ctx
	env := l.Env(ctx)
	kind := l.Kinds().Kind(a.Kind)
	j := &job{app: app, batch: b, kind: kind, title: a.Words, common: shared(common, a.Asks)}
	if a.Vary != "" {
		j.vary = kind.MustField(a.Vary)
	}
	if a.OnRoll(l.Kinds()) {
		j.roll, j.one = kind.MustField(a.Field), common
		for _, r := range b.Records {
			e := entry{of: r}
			if j.vary != nil {
				e.state = j.vary.Choices[0]
			}
			j.entries = append(j.entries, e)
		}
		j.said = func(n int) string {
			return fmt.Sprintf("已记一条%s,名单上 %d %s;按 Ctrl+Z 撤销", kind.Title, n, unit(b.Kind))
		}
	} else {
		for _, r := range b.Records {
			e, err := each(ctx, env, a, r, common)
			if err != nil {
				return nil, err
			}
			j.entries = append(j.entries, e)
		}
		j.said = func(n int) string {
			return fmt.Sprintf("已给 %d %s各记一条%s;按 Ctrl+Z 一起撤销", n, unit(b.Kind), kind.Title)
		}
	}
	if err := j.try(); err != nil {
		return nil, err
	}
	j.sort()
	return j, nil
}

// each makes what an act writes for one record.
func each(ctx context.Context, env *model.Env, a *model.Act, of, common *model.Record) (entry, error) {
	if err := ctx.Err(); err != nil {
		return entry{}, err
	}
	e := entry{of: of, made: common.Clone()}
	e.made.Set(a.Field, of.ID)
	if fill := e.made.Kind.Fill; fill != nil {
		fill(env, e.made, a.Field)
	}
	if a.Each != nil {
		var known *model.Error
		switch err := a.Each(env, of, e.made); {
		case errors.As(err, &known):
			e.why = known.Message
		case err != nil:
			return e, fmt.Errorf("%s of %s: %w", a.Words, of.ID, err)
		}
	}
	e.note = own(a, e.made, common)
	for _, f := range e.made.Kind.LaterFields() {
		if !e.made.Filled(f.Name) {
			e.made.Set(f.Name, model.Pending)
		}
	}
	return e, nil
}

// own says what an act has set for one record alone: 金额 5.00.
func own(a *model.Act, made, common *model.Record) string {
	text := ""
	for _, name := range model.Diff(common, made) {
		if name == a.Field || name == a.Vary {
			continue
		}
		if text != "" {
			text += "  "
		}
		text += made.Kind.MustField(name).Label + " " + made.Text(name)
	}
	return text
}

// sums adds up the money that is written: 金额合计 570.00 元. "" where there is none, and
// of what is only changed.
func (j *job) sums() string {
	text := ""
	for _, f := range j.kind.Fields() {
		if f.Type != model.TypeMoney || j.roll != nil || j.kind == j.batch.Kind {
			continue
		}
		sum := int64(0)
		for i := range j.entries {
			if e := &j.entries[i]; e.in() && !e.refused() {
				sum += e.made.Int(f.Name)
			}
		}
		if sum > 0 {
			text += ";" + f.Label + "合计 " + model.FormatYuan(sum) + " 元"
		}
	}
	return text
}

// shared says what all records will hold: label and value of each field asked.
func shared(r *model.Record, fields []string) string {
	text := ""
	for _, name := range fields {
		f := r.Kind.MustField(name)
		s := r.Text(name)
		if s == "" && f.Later {
			s = model.Pending
		}
		if b, isBool := r.Get(name).(bool); s == "" || isBool && !b {
			continue
		}
		if text != "" {
			text += "  "
		}
		text += f.Label + " " + s
	}
	return text
}
