package profile

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/form"
	"taizhang/tui/ui"
)

// offer is one sort of record that can be made for a person: by a field that holds them.
type offer struct {
	by   model.Referrer
	used int // how many records of the ledger use the field
}

// offers are what F2 has to choose from, the most used first.
type offers struct {
	p    *profile
	list []offer
	err  error
}

// add asks which record is to be made for the person.
func (p *profile) add() tea.Cmd {
	switch {
	case p.who.rec == nil:
		return nil
	case p.app.Ledger.ReadOnly():
		return p.app.OnlyLooking()
	case !p.writes():
		return ui.Do(ui.Status{Fault: true, Text: "这个人不在本组织的台账里,这里只能看,不能记"})
	}
	app := p.app
	return func() tea.Msg {
		m := offers{p: p}
		m.list, m.err = offered(app)
		return m
	}
}

// offered gives what can be made for a person, the most used first. In a roll stand all
// who were called together: it is no record for one of them.
func offered(app *ui.App) ([]offer, error) {
	var list []offer
	for _, by := range app.Ledger.Kinds().Referrers(Kind) {
		if by.Field.Type.Storage() == model.StoreMarks {
			continue
		}
		n, err := app.Ledger.Count(app.Ctx, store.Query{Kind: by.Kind.Name, Conds: []model.Cond{model.Where(by.Field.Name, model.Filled)}})
		if err != nil {
			return nil, err
		}
		list = append(list, offer{by, n})
	}
	model.Sort(list, func(a, b offer) int { return cmp.Compare(b.used, a.used) })
	return list, nil
}

// offer shows the list.
func (p *profile) offer(m offers) tea.Cmd {
	if m.err != nil {
		return ui.Do(ui.Failed{Err: m.err})
	}
	ways := map[string]int{}
	for _, o := range m.list {
		ways[o.by.Kind.Name]++
	}
	items := make([]ui.Item, len(m.list))
	for i, o := range m.list {
		it := ui.Item{Key: o.by.Kind.Name + "." + o.by.Field.Name, Label: o.by.Kind.Title}
		if ways[o.by.Kind.Name] > 1 {
			it.Note = roleName(o.by.Field)
		}
		if len(o.by.Kind.Begins) > 0 {
			it.Note = o.by.Kind.BeginTitle
		}
		it.Search = it.Label + " " + it.Note
		it.Run = func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), p.make(o.by)) }
		items[i] = it
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(p.app, "给"+p.who.rec.Text("name")+"记一笔", items, nil)})
}

// make opens the form of a new record that holds the person in a field; a kind that
// begins in plain words asks first what happened.
func (p *profile) make(by model.Referrer) tea.Cmd {
	var value model.Value = p.id
	if by.Field.Linked() {
		value = []string{p.id}
	}
	preset := map[string]model.Value{by.Field.Name: value}
	if len(by.Kind.Begins) > 0 {
		return ui.Do(ui.Push{Screen: form.NewBegin(p.app, by.Kind, preset)})
	}
	return p.app.OpenForm(ui.FormOf{Kind: by.Kind.Name, Preset: preset})
}
