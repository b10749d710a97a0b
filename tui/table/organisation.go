package table

import (
	"cmp"
	"context"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// A county's ledger holds the records of many organisations: its tables have a
// column for whose a record is, which stays, and can be filtered by it.

// orgColumn names that column and the condition.
const orgColumn, orgLabel = "org_id", "单位"

// orgNames are what the organisations are called. Commands read them, so the map is
// guarded.
type orgNames struct {
	mu   sync.Mutex
	byID map[string]string
}

// read reads the names.
func (o *orgNames) read(ctx context.Context, l *store.Ledger) error {
	names, err := l.OrganisationNames(ctx)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byID = names
	return nil
}

func (o *orgNames) name(id string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.byID[id]
}

// withOrg puts the column for the organisation second, in a county's tables.
func (t *tableScreen) withOrg(cols []column) []column {
	if !t.app.County || len(cols) == 0 {
		return cols
	}
	label := orgLabel
	if slices.ContainsFunc(t.kind.Fields(), func(f *model.Field) bool { return f.Label == orgLabel }) {
		label = "填报" + orgLabel // the kind has a 单位 of its own, as that of a quantity
	}
	d := &model.Derived{Name: orgColumn, Label: label, Width: 16,
		Value: func(_ *model.Env, r *model.Record) string { return t.orgs.name(r.OrgID) }}
	return slices.Insert(slices.Clone(cols), 1, column{name: orgColumn, label: label, derived: d, width: d.Width, cuts: true})
}

// withoutOrg takes the column's name out of a list of names.
func withoutOrg(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == orgColumn })
}

// orgItem is the way to the filter by organisation.
func (t *tableScreen) orgItem() ui.Item {
	return ui.Item{Label: "按单位筛选…", Note: "只看一个单位的", Key: "@", Run: func() tea.Cmd { return t.replace(t.orgBox()) }}
}

// orgBox finds the organisation by typing its name.
func (t *tableScreen) orgBox() *ui.ListBox {
	b := ui.NewListBox(t.app, orgLabel, nil, func(chosen []ui.Item) tea.Cmd {
		t.names[chosen[0].Key] = chosen[0].Label
		t.conds = addConds(t.conds, model.Where(orgColumn, model.Eq, chosen[0].Key))
		return t.closing(t.renew())
	})
	b.Text = "打单位名称、拼音首字母来找,回车选定"
	b.OnBack = func() tea.Cmd { return t.replace(t.filterBox()) }
	b.Source = func(typed string) ([]ui.Item, error) {
		if err := t.orgs.read(t.app.Ctx, t.app.Ledger); err != nil {
			return nil, err
		}
		return t.orgs.find(typed), nil
	}
	return b
}

// find gives the organisations that what was typed finds, by name.
func (o *orgNames) find(typed string) []ui.Item {
	o.mu.Lock()
	defer o.mu.Unlock()
	var items []ui.Item
	for id, name := range o.byID {
		items = append(items, ui.Item{Label: name, Key: id})
	}
	model.Sort(items, func(a, b ui.Item) int {
		return cmp.Or(cmp.Compare(model.SortKey(a.Label), model.SortKey(b.Label)), cmp.Compare(a.Key, b.Key))
	})
	items = ui.Narrow(items, typed)
	return items[:min(len(items), maxOffered)]
}

// orgText writes the condition on the organisation.
func (t *tableScreen) orgText(c model.Cond) string {
	text := orgLabel + "="
	for i, id := range c.Values {
		if i > 0 {
			text += "、"
		}
		text += ui.Clean(t.orgs.name(id))
	}
	return text
}
