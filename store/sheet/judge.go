package sheet

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
)

// The states of a draft while rows are judged.
const (
	waiting = iota
	judging
	judged
)

// judge decides on every row, in the sheet's order: repeats within the file, then
// records on file, then names of the same kind, then the rules.
func (r *reader) judge(ctx context.Context) error {
	r.findRepeats()
	for _, d := range r.drafts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.matchOnFile(ctx, d); err != nil {
			return err
		}
	}
	if err := r.labelMatches(ctx); err != nil {
		return err
	}
	if err := r.resolveSelf(ctx); err != nil {
		return err
	}
	for _, d := range r.inTurn() {
		if err := r.settle(ctx, d); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// findRepeats rejects the second row with an ID number that was seen already,
// whatever is to become of duplicates: nobody knows which of the two is right.
func (r *reader) findRepeats() {
	for _, f := range r.kind.Fields() {
		if f.Type != model.TypeIDNumber {
			continue
		}
		seen := map[string]*draft{}
		for _, d := range r.drafts {
			number := d.row.Record.Str(f.Name)
			if number == "" {
				continue
			}
			if first := seen[number]; first != nil {
				r.repeated(d, first, f)
				continue
			}
			seen[number] = d
		}
	}
}

// repeated is for a second row with a number that is one person's. On another sheet of
// the file, with nothing different, it is the same person listed again: under the whole
// branch and under his group.
func (r *reader) repeated(d, first *draft, f *model.Field) {
	if d.list != first.list && len(d.faults) == 0 && r.saysTheSame(d, first) {
		d.again = first
		return
	}
	d.fault("%s的%s与%s(%s)相同,只能登记一个人,请核对是哪一行写错了", d.where(), f.Label,
		first.where(), model.Clean(first.row.Record.Label(), false))
}

// saysTheSame reports whether everything that both rows give is the same.
func (r *reader) saysTheSame(d, other *draft) bool {
	for _, c := range d.given {
		name := c.field
		f := r.kind.Field(name)
		if other.given.has(name) && !f.Equal(d.row.Record.Get(name), other.row.Record.Get(name)) {
			return false
		}
	}
	return true
}

// matchOnFile finds the record on file that a row is the same as.
func (r *reader) matchOnFile(ctx context.Context, d *draft) error {
	rec := d.row.Record
	if rec.ID == "" {
		id, err := r.ledger.Source().NewID()
		if err != nil {
			return fmt.Errorf("id for row %d: %w", d.source.number, err)
		}
		rec.ID = id
	}
	if len(d.faults) > 0 {
		return nil
	}
	same, err := r.same(r.onFile, d)
	if err != nil {
		return fmt.Errorf("match row %d: %w", d.source.number, err)
	}
	switch {
	case len(same) == 0:
		return nil
	case len(same) > 1 && r.plan.onDuplicate == Update:
		return r.severalMatch(ctx, d, same)
	}
	d.match = same[0]
	return nil
}

func (r *reader) severalMatch(ctx context.Context, d *draft, same []*model.Record) error {
	t := newTargets(r.kind)
	var all []*candidate
	for _, s := range same {
		named, err := r.ledger.Get(ctx, r.kind.Name, s.ID)
		if err != nil {
			return fmt.Errorf("match row %d: %w", d.source.number, err)
		}
		c := &candidate{record: named}
		t.add(c)
		all = append(all, c)
	}
	d.fault("台账里有 %d 条与这一行相符:%s,不知道该更新哪一条,请在台账里改", len(same), t.names(all))
	return nil
}

// labelMatches gives the records on file that rows are the same as their labels;
// what rules look up has none.
func (r *reader) labelMatches(ctx context.Context) error {
	var ids []string
	for _, d := range r.drafts {
		if d.match != nil {
			ids = append(ids, d.match.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	labels, err := r.ledger.Labels(ctx, r.kind.Name, ids)
	if err != nil {
		return fmt.Errorf("labels: %w", err)
	}
	r.labels = labels
	return nil
}

// same gives the records that are the same as the row's: by the kind's own Match,
// else by the first Unique set, else those that hold the very same.
func (r *reader) same(env *model.Env, d *draft) ([]*model.Record, error) {
	rec := d.row.Record
	if r.kind.Match != nil {
		return r.kind.Match(env, rec)
	}
	if len(r.kind.Unique) > 0 {
		if conds, ok := uniqueConds(r.kind.Unique[0], rec); ok {
			return env.Look.Find(r.kind.Name, conds...)
		}
	}
	return r.identical(env, d)
}

func uniqueConds(u model.Unique, rec *model.Record) (conds []model.Cond, ok bool) {
	for _, name := range u.Fields {
		f, v := rec.Kind.Field(name), rec.Get(name)
		if v == nil {
			return nil, false
		}
		conds = append(conds, model.Where(name, model.Eq, f.Type.CSV(f, v)))
	}
	if u.Unless != "" {
		if rec.Filled(u.Unless) {
			return nil, false
		}
		conds = append(conds, model.Where(u.Unless, model.Empty))
	}
	if rec.OrgID != "" {
		conds = append(conds, model.Where("org_id", model.Eq, rec.OrgID))
	}
	return conds, true
}

// identical gives the records in which everything that the row says is the same,
// so that a file read in twice is not taken twice.
func (r *reader) identical(env *model.Env, d *draft) ([]*model.Record, error) {
	rec := d.row.Record
	var conds []model.Cond
	for _, f := range r.kind.Fields() {
		if v := rec.Get(f.Name); d.given.has(f.Name) && v != nil && !f.Linked() && f.Type != model.TypeChoices && len(conds) < 3 {
			conds = append(conds, model.Where(f.Name, model.Eq, f.Type.CSV(f, v)))
		}
	}
	if len(conds) == 0 || len(d.self) > 0 {
		return nil, nil
	}
	if rec.OrgID != "" {
		conds = append(conds, model.Where("org_id", model.Eq, rec.OrgID))
	}
	found, err := env.Look.Find(r.kind.Name, conds...)
	if err != nil {
		return nil, err
	}
	var same []*model.Record
	for _, other := range found {
		equal := other.ID != rec.ID
		for _, c := range d.given {
			name := c.field
			if f := r.kind.Field(name); f != nil { // what is only asked for stands elsewhere
				equal = equal && f.Equal(rec.Get(name), other.Get(name))
			}
		}
		if equal {
			same = append(same, other)
		}
	}
	return same[:min(len(same), 1)], nil
}

// resolveSelf reads the cells that refer to records of the same kind, on file or in
// another row of the file.
func (r *reader) resolveSelf(ctx context.Context) error {
	any := false
	for _, d := range r.drafts {
		any = any || len(d.self) > 0
	}
	if !any {
		return nil
	}
	t, err := r.targetsOf(ctx, r.kind.Name)
	if err != nil {
		return err
	}
	for _, d := range r.drafts {
		if d.match == nil {
			t.add(&candidate{record: d.row.Record, draft: d})
		}
	}
	for _, d := range r.drafts {
		for _, s := range d.self {
			if v, ok := r.resolve(ctx, d, s.column, s.field, s.text); ok && v != nil {
				d.row.Record.Set(s.field.Name, v)
				d.given.set(s.field.Name, s.column)
			}
		}
	}
	return r.err
}

// settle gives a row its verdict, after the rows that it refers to.
func (r *reader) settle(ctx context.Context, d *draft) error {
	if d.state != waiting {
		return nil
	}
	d.state = judging
	for _, n := range d.needs {
		if err := r.settle(ctx, n); err != nil {
			return err
		}
		if n.row.Verdict == Reject && n.state == judged {
			d.fault("所指的%s没有收入,请先改好那一行", n.where())
		}
	}
	if err := r.decide(ctx, d); err != nil {
		return fmt.Errorf("row %d: %w", d.source.number, err)
	}
	if len(d.faults) > 0 {
		d.row.Verdict, d.row.Reason = Reject, strings.Join(d.faults, ";")
	}
	if d.row.Verdict == Take || d.row.Verdict == Updated {
		r.plan.save = append(r.plan.save, d.row.Record)
		r.plan.saveRows = append(r.plan.saveRows, d.where())
		for _, m := range d.back {
			r.plan.save = append(r.plan.save, m)
			r.plan.saveRows = append(r.plan.saveRows, d.where())
		}
		r.rowOf[d.row.Record.ID] = d
	}
	d.state = judged
	return nil
}

func (r *reader) decide(ctx context.Context, d *draft) error {
	if len(d.faults) > 0 {
		return nil
	}
	if d.again != nil {
		d.row.Verdict, d.row.Reason, d.row.Warnings, d.row.again = Duplicated, "与"+d.again.where()+"是同一个人", nil, true
		return nil
	}
	if d.match == nil {
		return r.decideNew(d)
	}
	label := model.Clean(r.labels[d.match.ID], false)
	if first := r.matched[d.match.ID]; first != nil {
		d.fault("与%s是台账里的同一条(%s),请只留一行", first.where(), label)
		return nil
	}
	r.matched[d.match.ID] = d
	if back, err := r.comesBack(ctx, d); err != nil || back {
		return err
	}
	if r.plan.onDuplicate != Update {
		d.duplicate("台账里已有:" + label)
		return nil
	}
	full, err := r.ledger.Get(ctx, r.kind.Name, d.match.ID)
	if err != nil {
		return err
	}
	d.match = full
	merged := r.merge(d)
	if len(model.Diff(d.match, merged)) == 0 {
		d.duplicate("与台账里的相同:" + label)
		return nil
	}
	d.row.Record, d.row.Verdict = merged, Updated
	return r.check(d, d.match)
}

// merge lets the filled cells of a row replace what is on file. A date of which the
// sheet has only the month does not replace a day in that month.
func (r *reader) merge(d *draft) *model.Record {
	read, merged := d.row.Record, d.match.Clone()
	merged.Names = map[string]string{}
	for _, names := range []map[string]string{d.match.Names, read.Names} {
		for id, name := range names {
			merged.Names[id] = name
		}
	}
	for _, c := range d.given {
		name := c.field
		if first, rough := d.months[name]; rough && merged.Date(name).Month() == first.Month() {
			delete(d.rough, name)
			continue
		}
		if read.Filled(name) {
			merged.Set(name, read.Get(name))
		}
	}
	if r.kind.Fill != nil {
		for _, f := range r.kind.Fields() {
			if d.given.has(f.Name) {
				r.kind.Fill(r.env, merged, f.Name)
			}
		}
	}
	return merged
}

func (r *reader) decideNew(d *draft) error {
	same, err := r.same(r.env, d)
	if err != nil {
		return err
	}
	if len(same) > 0 && r.rowOf[same[0].ID] != nil {
		first := r.rowOf[same[0].ID].where()
		if r.kind.Match == nil && len(r.kind.Unique) == 0 {
			d.warn("与%s完全相同,请核对是不是写了两遍", first)
		} else {
			d.fault("与%s(%s)重复,请只留一行", first, model.Clean(same[0].Label(), false))
			return nil
		}
	}
	return r.check(d, nil)
}

// check lets the rules judge a row; faults reject it, warnings are kept.
func (r *reader) check(d *draft, old *model.Record) error {
	for f := range r.kind.All() {
		if text, ok := d.rough[f.Name]; ok {
			d.gap(f, text)
		}
	}
	findings, err := model.Check(r.env, d.row.Record, old)
	if err != nil {
		return err
	}
	for _, f := range findings {
		switch {
		case f.Severity == model.Fault:
			d.fault("%s", r.located(d, f))
		case f.Gap:
			d.gap(r.kind.Field(f.Field), f.Message)
		default:
			d.warn("%s", f.Message)
		}
	}
	if len(d.faults) > 0 {
		return nil
	}
	return r.follow(d, old)
}
