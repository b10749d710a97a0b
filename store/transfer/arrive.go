package transfer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
)

// Arrival is a package as this ledger would take it in. Nothing is written before Apply.
type Arrival struct {
	From    Organization
	On      model.Date
	Persons []*Arriving
	Notes   []string // what is to be said of the package as a whole

	l     *store.Ledger
	env   *model.Env
	items map[string]Item          // by number
	made  map[string]*model.Record // by number; nil for one that is not taken
	owner map[string]*Arriving     // by number: whose the record is
	refs  map[string]string        // the id that stands for a number
	empty []Emptied
}

// Arriving is one person of a package.
type Arriving struct {
	Name string
	// Take says that the person is to be taken in; Can that this is possible.
	Take, Can bool
	Say       string   // what becomes of the person, or why they can't be taken in
	Warnings  []string // of the rules
	Counts    string   // what comes with the person: 党费 24 条、任职 2 条
	Skipped   []string // what of it does not, and why
	Emptied   []string // what referred to something that stayed at home

	transfer Transfer
	person   *model.Record
	known    *model.Record // as on file here
	move     *model.Record
	rest     []*model.Record
	nos      []string // of rest
}

// Look makes of a package what this ledger would take in on a day. Persons are found by
// ID number, or by name and birth date: one who left before comes back as the same
// person, one who is a member here is a conflict.
//
// Errors: *model.Error E-NOHOME, E-ARRIVAL for a day that can't be, E-TRANSFER-FILE for a
// package whose content is not in order.
func Look(ctx context.Context, l *store.Ledger, p *Package, on model.Date) (*Arrival, error) {
	home, err := homeUnit(l)
	if err != nil {
		return nil, err
	}
	a := &Arrival{From: p.From, On: on, l: l, env: l.Env(ctx), items: map[string]Item{}, made: map[string]*model.Record{},
		owner: map[string]*Arriving{}, refs: map[string]string{}, empty: p.Emptied}
	if err := a.checkDay(p); err != nil {
		return nil, err
	}
	for _, t := range p.Transfers {
		if t.ToCode != "" && t.ToCode != home.Code {
			a.Notes = append(a.Notes, fmt.Sprintf("移交包上写的是转到“%s”,不是本组织,请核对是不是拿错了", model.Clean(t.To, false)))
			break
		}
	}
	if p.From.Code == home.Code {
		a.Notes = append(a.Notes, "这个移交包是本组织自己写的,请核对是不是拿错了")
	}
	if err := a.build(p); err != nil {
		return nil, err
	}
	return a, a.try(ctx)
}

func (a *Arrival) checkDay(p *Package) error {
	begun, err := membership.ReadBegun(a.env)
	if err != nil {
		return err
	}
	switch {
	case !a.On.Valid():
		return model.Errorf("E-ARRIVAL", "转入日期要写成 2026-07-01 这样")
	case a.On > a.env.Today:
		return model.Errorf("E-ARRIVAL", "转入日期 %s 还没有到,请核对", a.On)
	case begun.First != "" && a.On < begun.First.First():
		return model.Errorf("E-ARRIVAL", "转入日期 %s 在建账(%s)以前,请核对", a.On, begun.First.Chinese())
	}
	for _, t := range p.Transfers {
		if a.On < t.Left {
			return model.Errorf("E-ARRIVAL", "转入日期 %s 早于对方转出的日期 %s,请核对", a.On, t.Left)
		}
	}
	return nil
}

// build makes the records, with ids of this ledger.
func (a *Arrival) build(p *Package) error {
	for _, it := range p.Records {
		if a.items[it.No].No != "" || it.No == "" {
			return notPackage()
		}
		a.items[it.No] = it
	}
	for _, t := range p.Transfers {
		if err := a.arriving(t); err != nil {
			return err
		}
	}
	goes := a.l.Kinds().Travelling(personKind)
	for _, it := range p.Records {
		k := a.l.Kinds().Kind(it.Kind)
		switch {
		case it.Kind == personKind && a.owner[it.No] != nil:
		case !slices.Contains(goes, k):
			return notPackage()
		default:
			if err := a.belonging(k, it); err != nil {
				return err
			}
		}
	}
	for _, e := range a.empty {
		if w := a.owner[e.No]; w != nil {
			w.sayEmptied(a.l.Kinds(), a.items[e.No].Kind, e)
		}
	}
	for _, w := range a.Persons {
		w.count(a.l.Kinds())
	}
	return nil
}

// sayEmptied names once for each field what was left behind.
func (w *Arriving) sayEmptied(c *model.Catalog, kind string, e Emptied) {
	f := c.Kind(kind).Field(e.Field)
	if f == nil {
		return
	}
	text := c.Kind(kind).Title + "的" + strings.TrimLeft(f.Label, "0123456789 ") + "(" + model.Clean(e.Names, false) + ")"
	if !slices.Contains(w.Emptied, text) {
		w.Emptied = append(w.Emptied, text)
	}
}

func (w *Arriving) count(c *model.Catalog) {
	n := map[*model.Kind]int{}
	for _, r := range w.rest {
		n[r.Kind]++
	}
	var parts []string
	for _, k := range c.Travelling(personKind) {
		if n[k] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 条", k.Title, n[k]))
		}
	}
	w.Counts = strings.Join(parts, "、")
}

// records gives what is written for those ticked: each person, the movement, then the
// rest, with the number of whose each is.
func (a *Arrival) records() (all []*model.Record, whose []*Arriving) {
	add := func(w *Arriving, r *model.Record) { all, whose = append(all, r), append(whose, w) }
	taken := map[string]bool{}
	for _, w := range a.Persons {
		if w.Take && w.Can {
			taken[w.person.ID] = true
			add(w, w.person.Clone())
		}
	}
	for _, w := range a.Persons {
		if w.Take && w.Can {
			add(w, w.move.Clone())
		}
	}
	for _, w := range a.Persons {
		if !w.Take || !w.Can {
			continue
		}
		for i, r := range w.rest {
			r = r.Clone()
			a.refer(r, w.nos[i], taken)
			add(w, r)
		}
	}
	return all, whose
}

// refer sets what a record refers to beside its person, of what is taken in; the rest is
// named in the note.
func (a *Arrival) refer(r *model.Record, no string, taken map[string]bool) {
	it := a.items[no]
	names := map[string][]string{}
	for _, e := range a.empty {
		if e.No == no {
			names[e.Field] = append(names[e.Field], model.Clean(e.Names, false))
		}
	}
	stands := func(field, no string) string {
		if a.items[no].Kind == personKind && !taken[a.refs[no]] {
			names[field] = append(names[field], model.Clean(a.items[no].Values["name"], false))
			return ""
		}
		return a.refs[no]
	}
	for _, f := range r.Kind.Fields() {
		switch {
		case f.Name == r.Kind.Travels.Field || f.Target == "":
		case f.Type == model.TypeRef && it.Values[f.Name] != "":
			if id := stands(f.Name, it.Values[f.Name]); id != "" {
				r.Set(f.Name, id)
			}
		case f.Type == model.TypeRefs:
			var ids []string
			for _, no := range it.Links[f.Name] {
				if id := stands(f.Name, no); id != "" {
					ids = append(ids, id)
				}
			}
			if len(ids) > 0 {
				r.Set(f.Name, ids)
			}
		}
	}
	note := r.Kind.Field("note")
	if note == nil {
		return
	}
	text := r.Str("note")
	for _, f := range r.Kind.Fields() {
		if len(names[f.Name]) > 0 {
			text = strings.TrimPrefix(text+";转入前的"+strings.TrimLeft(f.Label, "0123456789 ")+":"+strings.Join(names[f.Name], "、"), ";")
		}
	}
	if text != "" {
		r.Set("note", text)
	}
}

// try asks the rules about all that could be taken in. A person who can't be saved is not
// taken; what else can't be is left out and named.
func (a *Arrival) try(ctx context.Context) error {
	recs, whose := a.records()
	if len(recs) == 0 {
		return nil
	}
	tried, err := a.l.Try(ctx, model.AsRecorded, recs...)
	if err != nil {
		return err
	}
	for i, t := range tried {
		w, r := whose[i], recs[i]
		own := r.ID == w.person.ID || r.Kind.Name == moveKind && r.Is("kind", movedIn)
		switch {
		case len(t.Refused) > 0 && own:
			w.Can, w.Take, w.Say = false, false, t.Refused[0].Message
		case len(t.Refused) > 0:
			w.Skipped = append(w.Skipped, r.Kind.Title+" "+r.Day()+":"+t.Refused[0].Message)
			w.leave(r.ID)
		case own:
			for _, f := range t.Warnings {
				if !f.Gap && !slices.Contains(w.Warnings, f.Message) {
					w.Warnings = append(w.Warnings, f.Message)
				}
			}
		}
	}
	for _, w := range a.Persons {
		w.count(a.l.Kinds())
	}
	return nil
}

// leave takes a record out of what comes with a person, with all that belongs to it.
func (w *Arriving) leave(id string) {
	i := slices.IndexFunc(w.rest, func(r *model.Record) bool { return r.ID == id })
	if i < 0 {
		return
	}
	w.rest, w.nos = slices.Delete(w.rest, i, i+1), slices.Delete(w.nos, i, i+1)
	for _, r := range slices.Clone(w.rest) {
		if r.Str(r.Kind.Travels.Field) == id {
			w.leave(r.ID)
		}
	}
}

// Taken counts those who are to be taken in.
func (a *Arrival) Taken() int {
	n := 0
	for _, w := range a.Persons {
		n += model.OneIf(w.Take && w.Can)
	}
	return n
}

// Apply takes those ticked in, with what comes with them: one group of the history, which
// one undo takes back. Errors: E-TRANSFER-NOBODY where nobody is ticked, and what
// Ledger.Save gives; nothing is written then.
func (a *Arrival) Apply(ctx context.Context) (store.Saved, error) {
	recs, whose := a.records()
	if len(recs) == 0 {
		return store.Saved{}, model.Errorf("E-TRANSFER-NOBODY", "没有选中要收的人,没有写入")
	}
	saved, err := a.l.Save(ctx, model.AsRecorded, recs...)
	var refusal *store.Refusal
	if errors.As(err, &refusal) && refusal.Index < len(whose) {
		return saved, model.Errorf("E-TRANSFER-ROW", "%s:%s;整个移交包都没有收入", whose[refusal.Index].Name, refusal.Error())
	}
	return saved, err
}
