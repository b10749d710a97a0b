package form

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// like is what a new record has taken over from an earlier one.
type like struct {
	label  string // of the earlier one
	taken  []string
	usual  map[string][]model.Mark
	repeat map[string]bool // the fields taken over, of By too
}

// Last gives the last record of the sort of one that holds the values, by the day that
// its kind names, or nil where there is none or the kind repeats nothing. It reads the
// disk, so it runs in a command.
func Last(app *ui.App, kind *model.Kind, values map[string]model.Value) (*model.Record, error) {
	if !kind.Again.Any() {
		return nil, nil
	}
	conds, ok := kind.LastConds(values)
	if !ok {
		return nil, nil
	}
	if home := app.Ledger.Home(); home != nil {
		conds = append(conds, model.Where("org_id", model.Eq, home.ID))
	}
	p, err := app.Ledger.Page(app.Ctx, store.Query{Kind: kind.Name, Conds: conds, Sort: []string{"-" + kind.Again.On}, Limit: 1})
	if err != nil || len(p.Records) == 0 {
		return nil, err
	}
	return p.Records[0], nil
}

// LastDay gives the day of that record, where something of it would be taken over into a
// new one that holds the values; else "".
func LastDay(app *ui.App, kind *model.Kind, values map[string]model.Value) (string, error) {
	last, err := Last(app, kind, values)
	if err != nil || last == nil {
		return "", err
	}
	fresh, err := app.Ledger.New(app.Ctx, kind.Name)
	if err != nil {
		return "", err
	}
	rep := kind.Repeat(last, app.Today(), false)
	for name, v := range rep.Values {
		if _, set := values[name]; set || kind.MustField(name).Equal(fresh.Get(name), v) {
			delete(rep.Values, name)
		}
	}
	if len(rep.Values)+len(rep.Usual) == 0 {
		return "", nil
	}
	return last.Str(kind.Again.On), nil
}

// repeat fills a new record with what it takes over, where nothing was preset. It runs
// in a command.
func (f *Form) repeat(o ui.FormOf, m *loaded) error {
	if o.ID != "" || o.Draft != nil || !o.Again && o.Like == "" {
		return nil
	}
	last, err := f.model(o)
	if err != nil || last == nil {
		return err
	}
	rep := f.kind.Repeat(last, f.app.Today(), o.Like != "")
	if err := f.dropGone(&rep); err != nil {
		return err
	}
	l := &like{label: last.Text(f.kind.Label[0]), usual: rep.Usual, repeat: map[string]bool{}}
	by := map[string]bool{}
	for _, n := range f.kind.Again.By {
		by[n] = true
	}
	for _, field := range f.kind.Fields() {
		v, ok := rep.Values[field.Name]
		if _, set := o.Preset[field.Name]; !ok || set && field.Name != f.kind.Again.Title {
			continue
		}
		same := field.Equal(m.rec.Get(field.Name), v) // its default anyway
		m.rec.Set(field.Name, v)
		l.repeat[field.Name] = true
		if !by[field.Name] && !same {
			l.taken = append(l.taken, field.Label)
		}
	}
	if on := f.kind.Again.On; on != "" && o.Like == "" {
		l.label = last.Text(on)
	}
	if len(l.taken) > 0 || len(l.usual) > 0 {
		m.like = l
	}
	return nil
}

// dropGone takes out what refers to a record that no longer stands in the view that its
// field offers, or in the first one of its kind: a host who has died or moved away.
func (f *Form) dropGone(rep *model.Repeated) error {
	for name, v := range rep.Values {
		field := f.kind.MustField(name)
		id, _ := v.(string)
		if field.Type != model.TypeRef || id == "" {
			continue
		}
		target := f.app.Ledger.Kinds().Kind(field.Target)
		view, _ := target.View(field.TargetView)
		conds := append([]model.Cond{model.Where("id", model.Eq, id)}, view.Conds(f.app.Today())...)
		n, err := f.app.Ledger.Count(f.app.Ctx, store.Query{Kind: target.Name, Conds: conds})
		if err != nil {
			return err
		}
		if n == 0 {
			delete(rep.Values, name)
		}
	}
	return nil
}

// model gives the record from which the new one takes over.
func (f *Form) model(o ui.FormOf) (*model.Record, error) {
	if o.Like != "" {
		return f.app.Ledger.Get(f.app.Ctx, f.kind.Name, o.Like)
	}
	return Last(f.app, f.kind, o.Preset)
}

// settle gives the rolls those who were away last time, and the focus to the field at
// which a form that takes over from another begins.
func (f *Form) settle() {
	if f.like == nil {
		return
	}
	for _, s := range f.slots {
		if u, ok := s.w.(widget.Usual); ok {
			u.Usual(f.like.usual[s.field.Name])
		}
	}
	if f.open.Field != "" {
		return
	}
	if i := f.index(f.kind.Again.First); i >= 0 {
		f.cur = i
		return
	}
	for i, s := range f.slots {
		if s.last.Empty() && !f.like.repeat[s.field.Name] && !s.hidden {
			f.cur = i
			return
		}
	}
}

// likeNotice says what was taken over, and from when.
func (f *Form) likeNotice() string {
	if f.like == nil || f.locked != "" {
		return ""
	}
	head := "照上次(" + f.like.label + ")填好了:"
	if f.open.Like != "" {
		head = "照刚才那一条留下了:"
	}
	text := head + strings.Join(f.like.taken, "、") + "。请核对,不对的改掉。"
	if len(f.like.taken) == 0 {
		text = ""
	}
	for _, s := range f.slots {
		if n := len(f.like.usual[s.field.Name]); n > 0 {
			text += fmt.Sprintf("“%s”按回车后,上次没到的 %d 人先照上次。", s.field.Label, n)
		}
	}
	return text
}
