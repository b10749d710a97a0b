package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// mostFound bounds the list of records offered.
const mostFound = 30

// finder looks up the records that a field may refer to, as one types. Those of
// the view that the field names stand first, or of the kind's default view.
type finder struct{ picking }

// found answers a question of finder.
type found struct {
	n     int
	items []ui.Item
}

func newFinder(b basic) finder { return finder{newPicking(b)} }

// look asks for the records that fit what is typed.
func (d *finder) look(by string) tea.Cmd {
	d.asked++
	n, text, kind := d.asked, d.in.Value(), d.host.App().Ledger.Kinds().Kind(d.field.Target)
	d.by = by
	return d.ask(func() any {
		items, err := d.search(kind, text)
		if err != nil {
			return err
		}
		return found{n, items}
	})
}

// search runs in a command: it reads nothing of the form that changes.
func (d *finder) search(kind *model.Kind, text string) ([]ui.Item, error) {
	app := d.host.App()
	view, _ := kind.View(d.field.TargetView)
	q := store.Query{Kind: kind.Name, Find: text, Best: true, Conds: view.Conds(app.Today()), Limit: mostFound}
	page, err := app.Ledger.Page(app.Ctx, q)
	if err != nil {
		return nil, err
	}
	records := page.Records
	if len(q.Conds) > 0 && len(records) < mostFound {
		q.Conds = nil
		if page, err = app.Ledger.Page(app.Ctx, q); err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for _, r := range records {
			seen[r.ID] = true
		}
		for _, r := range page.Records {
			if !seen[r.ID] && len(records) < mostFound {
				records = append(records, r)
			}
		}
	}
	items := make([]ui.Item, len(records))
	for i, r := range records {
		items[i] = recordItem(r)
	}
	return best(items, text, searchOf(kind)), nil
}

// best puts the items whose label fits what was typed best first; those that were found
// by something else stand last.
func best(items []ui.Item, text string, search func(string) string) []ui.Item {
	sought := model.Seek(text)
	return model.BestBy(items, func(it ui.Item) int {
		if n := sought.Rank(search(it.Label)); n != model.NoRank {
			return n
		}
		return model.RankElsewhere
	})
}

// searchOf says how the labels of a kind are read: as persons' names, or as words.
func searchOf(k *model.Kind) func(string) string {
	if k.Named() {
		return model.SearchName
	}
	return model.SearchText
}

// recordItem is a record as an entry: its label, and what tells it from another of
// the same name.
func recordItem(r *model.Record) ui.Item {
	return ui.Item{Key: r.ID, Label: r.Label(), Note: details(r)}
}

// details gives a few of the columns that are not in the label; nothing private,
// which a list of names has no need of.
func details(r *model.Record) string {
	var parts []string
	for _, name := range r.Kind.Columns {
		f := r.Kind.Field(name)
		if f == nil || f.Private || isLabel(r.Kind, name) || f.Linked() || f.Target != "" {
			continue
		}
		if s := r.Text(name); s != "" {
			parts = append(parts, ui.Cut(s, 16))
		}
		if len(parts) == 3 {
			break
		}
	}
	return strings.Join(parts, " ")
}

func isLabel(k *model.Kind, name string) bool {
	for _, n := range k.Label {
		if n == name {
			return true
		}
	}
	return false
}

// offer takes the answer of the last question and opens the list, at the entry of
// the id; entries of skip are left out.
func (d *finder) offer(m found, skip []string, at string) {
	if m.n != d.asked {
		return
	}
	d.got = m.n
	items := make([]ui.Item, 0, len(m.items))
	for _, it := range m.items {
		if !contains(skip, it.Key) {
			items = append(items, it)
		}
	}
	d.show(items, at, d.nothing("台账里没有"))
}

// nothing says that a list is empty, and how to make what is missing where one may.
func (d *finder) nothing(text string) string {
	if d.host.MayMake(d.field) {
		return text + ",按 F2 新建"
	}
	return text
}

// label is the name of the record referred to, "" for none.
func (d *finder) label(id string) string {
	switch name := d.host.Name(id); {
	case id == "":
		return ""
	case name != "":
		return name
	}
	return "(找不到的记录)"
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

// makes implements maker.
func (d *finder) Makes() string { return d.host.App().Ledger.Kinds().Kind(d.field.Target).Title }

// made tells which record was made for a field.
type made struct {
	id, label string
}

// create opens the form of a new record of the kind referred to. What was typed is
// its name, when it is Chinese: letters are pinyin.
func (d *finder) Create() tea.Cmd {
	kind := d.host.App().Ledger.Kinds().Kind(d.field.Target)
	o := ui.FormOf{Kind: kind.Name, Picked: func(r *model.Record) tea.Cmd {
		it := recordItem(r)
		return d.ask(func() any { return made{it.Key, it.Label} })
	}}
	o.Preset = presets(kind, d.field.Preset)
	typed := strings.TrimSpace(d.in.Value())
	first := kind.Field(kind.Label[0])
	if typed != "" && first.Type == model.TypeText && strings.ContainsFunc(typed, func(r rune) bool { return r > 0x7f }) {
		o.Preset[first.Name] = typed
	}
	d.in.SetValue("")
	d.forget()
	return d.host.App().OpenForm(o)
}

// unknown is the error of a name typed that stands for no record.
func (d *finder) unknown() error {
	if !d.host.MayMake(d.field) {
		return model.Errorf("E-REF", "%s里打了“%s”还没选定,请从列表里选", d.field.Label, d.in.Value())
	}
	return model.Errorf("E-REF", "%s里打了“%s”还没选定,请从列表里选;台账里没有的,在这一项按 F2 新建", d.field.Label, d.in.Value())
}

// presets reads the values, as typed, with which a new record begins. One that
// can't be read is a fault of the declaration and left out.
func presets(k *model.Kind, typed map[string]string) map[string]model.Value {
	values := map[string]model.Value{}
	for name, text := range typed {
		f := k.Field(name)
		if f == nil {
			continue
		}
		if v, err := f.Type.Parse(f, text); err == nil {
			values[name] = v
		}
	}
	return values
}
