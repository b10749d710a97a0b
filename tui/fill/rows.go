package fill

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/fill"
	"taizhang/tui/ui"
)

// most bounds the records that go into one form.
const most = 5000

// rows says which records go into the form.
type rows struct {
	what  string // as it is shown
	none  bool   // nothing was chosen yet: of a form of one record
	ids   []string
	view  string // of the kind, where neither ids nor saved are set
	saved *store.SavedView
	month model.Month // "" for all
}

func (r rows) same(o rows) bool {
	return r.what == o.what && r.view == o.view && r.saved == o.saved && r.month == o.month && slices.Equal(r.ids, o.ids)
}

// firstRows are those asked for; else those of the view and the month that the form's
// title speaks of, or of the kind's usual view.
func firstRows(of ui.FillOf, p *fill.Plan) rows {
	if len(of.IDs) > 0 && of.Kind == p.Kind.Name {
		return rows{what: of.What, ids: of.IDs}
	}
	if p.OfOne() || p.ByRoll() {
		return rows{what: "还没有选,按回车找出来", none: true}
	}
	name := p.View()
	v, ok := p.Kind.View(name)
	if !ok {
		return rows{}
	}
	r := rows{what: v.Name, view: v.Name}
	if _, ok := fill.InMonth(p.Kind, p.Month()); ok {
		if r.month = p.Month(); r.month != "" && name == "" {
			r.what, r.view = everything, everything
		}
	}
	return r
}

const everything = "全部"

// query asks for the records.
func (s *screen) query() store.Query {
	k, r := s.kind(), s.rows
	q := store.Query{Kind: k.Name}
	switch {
	case len(r.ids) > 0:
		q.Conds = []model.Cond{model.Where("id", model.In, r.ids...)}
	case r.saved != nil:
		v, _ := k.View(r.saved.View)
		q.Conds = append(v.Conds(s.app.Today()), r.saved.Conds...)
		q.Find, q.Sort = r.saved.Find, r.saved.Sort
	default:
		if v, ok := k.View(r.view); ok {
			q.Conds = v.Conds(s.app.Today())
		}
	}
	if r.month != "" {
		conds, _ := fill.InMonth(k, r.month)
		q.Conds = append(slices.Clone(q.Conds), conds...)
	}
	return q
}

// counted is how many records are chosen.
type counted struct {
	to   *screen
	rows rows
	n    int
}

func (s *screen) count() tea.Cmd {
	s.n = -1
	s.fillList()
	if s.rows.none {
		return nil
	}
	app, q, m := s.app, s.query(), counted{to: s, rows: s.rows}
	return func() tea.Msg {
		var err error
		if m.n, err = app.Ledger.Count(app.Ctx, q); err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

// take chooses records.
func (s *screen) take(r rows) tea.Cmd {
	s.rows = r
	return s.count()
}

// askRows offers the records that can go into the form: the marked ones, one that is
// looked for, those of the views. It runs as a command.
func (s *screen) askRows() tea.Msg {
	k, ctx, l := s.kind(), s.app.Ctx, s.app.Ledger
	var items []ui.Item
	add := func(key, label, note string, run func() tea.Cmd) {
		items = append(items, ui.Item{Key: key, Label: label, Note: note, Run: run})
	}
	pick := func(r rows) func() tea.Cmd {
		r.month = s.rows.month
		return func() tea.Cmd { return s.choose(func(s *screen) tea.Cmd { return s.take(r) }) }
	}
	if len(s.of.IDs) > 0 && s.of.Kind == k.Name {
		add("#marked", s.of.What, "", func() tea.Cmd {
			return s.choose(func(s *screen) tea.Cmd { return s.take(rows{what: s.of.What, ids: s.of.IDs}) })
		})
	}
	add("#one", "只填一"+unitOf(k)+"…", "从名单里找出来", func() tea.Cmd { return ui.Do(ui.Replace{Screen: s.oneBox()}) })
	saved, err := l.SavedViews(ctx, k.Name)
	if err != nil {
		return ui.Failed{Err: err}
	}
	today := s.app.Today()
	for _, v := range saved {
		if v.Broken != nil {
			continue
		}
		base, _ := k.View(v.View)
		n, err := l.Count(ctx, store.Query{Kind: k.Name, Conds: append(base.Conds(today), v.Conds...), Find: v.Find})
		if err != nil {
			return ui.Failed{Err: err}
		}
		add("own/"+v.Name, v.Name, fmt.Sprintf("%d %s,自存的视图", n, unitOf(k)), pick(rows{what: v.Name, saved: &v}))
	}
	names := make([]string, 0, len(k.Views)+1)
	for _, v := range k.Views {
		names = append(names, v.Name)
	}
	if !slices.Contains(names, everything) {
		names = append(names, everything)
	}
	for _, name := range names {
		v, ok := k.View(name)
		if !ok {
			continue
		}
		n, err := l.Count(ctx, store.Query{Kind: k.Name, Conds: v.Conds(today)})
		if err != nil {
			return ui.Failed{Err: err}
		}
		add(name, name, fmt.Sprintf("%d %s", n, unitOf(k)), pick(rows{what: name, view: name}))
	}
	b := ui.NewListBox(s.app, "填哪些", items, nil)
	b.Text = "要填别的,先到" + k.Title + "的表格里标记好,按 " + ui.Act.Key() + " 选“填表”。"
	return ui.Push{Screen: b}
}

// oneBox lets the person look for one record.
func (s *screen) oneBox() ui.Screen {
	k, l, ctx := s.kind(), s.app.Ledger, s.app.Ctx
	b := ui.NewListBox(s.app, k.Title+":填哪一"+unitOf(k), nil, func(all []ui.Item) tea.Cmd {
		it := all[0]
		return s.choose(func(s *screen) tea.Cmd { return s.take(rows{what: it.Label, ids: []string{it.Key}}) })
	})
	b.Source = func(typed string) ([]ui.Item, error) {
		p, err := l.Page(ctx, store.Query{Kind: k.Name, Find: typed, Best: typed != "", Limit: 100})
		if err != nil {
			return nil, err
		}
		items := make([]ui.Item, len(p.Records))
		for i, r := range p.Records {
			items[i] = ui.Item{Key: r.ID, Label: nameOf(r), Note: detail(r)}
		}
		return items, nil
	}
	return b
}

// unitOf is how records of a kind are counted.
func unitOf(k *model.Kind) string {
	if k.Unit != "" {
		return k.Unit
	}
	return "条"
}

// nameOf gives the name by which a record is spoken of.
func nameOf(r *model.Record) string {
	return cmp.Or(r.MaskedLabel(), "(没有名称)")
}

// detail tells records of one name apart: what the table shows of them first.
func detail(r *model.Record) string {
	text, n := "", 0
	for _, c := range r.Kind.Columns {
		if r.Kind.Field(c) == nil || slices.Contains(r.Kind.Label, c) || n == 3 {
			continue
		}
		if t := r.Masked(c); t != "" {
			text += t + "  "
			n++
		}
	}
	return text
}

// monthsBack is how many months are offered.
const monthsBack = 36

// askMonth offers months. It runs as a command.
func (s *screen) askMonth() tea.Msg {
	items := []ui.Item{{Key: "", Label: "不限月份", Value: model.Month("")}}
	for n := range monthsBack {
		m := s.app.Today().Month().Add(-n)
		items = append(items, ui.Item{Key: string(m), Label: m.Chinese(), Value: m})
	}
	return ui.Push{Screen: ui.NewListBox(s.app, "填哪个月的", items, func(all []ui.Item) tea.Cmd {
		m, _ := all[0].Value.(model.Month)
		return s.choose(func(s *screen) tea.Cmd {
			r := s.rows
			r.month = m
			return s.take(r)
		})
	})}
}
