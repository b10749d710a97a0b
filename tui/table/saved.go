package table

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// Views that a person has kept: what a table shows now (filter, search, order, columns)
// under a name, in the list of F5 above the ready-made ones.

// savedRead are the kind's views, with the names of what their conditions refer to.
type savedRead struct {
	t     *tableScreen
	views []store.SavedView
	names map[string]string
	open  bool // the list of F5 waits for them
	said  string
}

// asBefore is what the table showed before a saved view.
type asBefore struct {
	sort []string
	cols []column
}

// readSaved reads the views; with open the list of F5 opens then. It is a command.
func (t *tableScreen) readSaved(open bool, said string) tea.Cmd {
	l, ctx, k, m := t.app.Ledger, t.app.Ctx, t.kind, savedRead{t: t, open: open, said: said, names: map[string]string{}}
	return func() tea.Msg {
		var err error
		if m.views, err = l.SavedViews(ctx, k.Name); err != nil {
			return ui.Failed{Err: err}
		}
		for _, v := range m.views {
			for _, c := range v.Conds {
				f := k.Field(c.Field)
				if f == nil || f.Target == "" || c.Op == model.Contains {
					continue
				}
				labels, err := l.Labels(ctx, f.Target, c.Values)
				if err != nil {
					return ui.Failed{Err: err}
				}
				maps.Copy(m.names, labels)
			}
		}
		return m
	}
}

func (t *tableScreen) tookSaved(m savedRead) tea.Cmd {
	t.saved = m.views
	maps.Copy(t.names, m.names)
	var say tea.Cmd
	if m.said != "" {
		say = ui.Do(ui.Status{Text: m.said})
	}
	if m.open {
		return tea.Batch(say, ui.Do(ui.Push{Screen: t.filterBox()}))
	}
	return say
}

// savedItems are the entries of the views kept, and what is done with them.
func (t *tableScreen) savedItems() []ui.Item {
	items := []ui.Item{{Label: "自存的视图", Heading: true, Key: "#own"}}
	for _, v := range t.saved {
		it := ui.Item{Label: v.Name, Key: "own/" + v.Name, Run: func() tea.Cmd { return t.closing(t.show(v)) }}
		switch {
		case v.Broken != nil:
			it.Note = "不能用了,回车看为什么"
		case t.shows(v):
			it.Note = "现在"
		}
		items = append(items, it)
	}
	if t.app.Ledger.ReadOnly() {
		return items[:len(items)*min(len(t.saved), 1)]
	}
	items = append(items, ui.Item{Label: "保存现在的样子…", Note: "下次一下子就找到", Key: "own+", Run: func() tea.Cmd { return t.replace(t.nameBox("")) }})
	if len(t.saved) > 0 {
		items = append(items, ui.Item{Label: "自存的视图改名、删除…", Key: "own-", Run: func() tea.Cmd { return t.replace(t.ownBox()) }})
	}
	return items
}

// asView is what the table shows now.
func (t *tableScreen) asView(name string) store.SavedView {
	v := store.SavedView{Kind: t.kind.Name, Name: name, View: t.view.Name, Conds: t.conds, Find: t.find, Sort: t.sort}
	if len(t.kind.Views) == 0 {
		v.View = ""
	}
	for _, c := range t.cols {
		v.Columns = append(v.Columns, c.name)
	}
	if v.Columns = withoutOrg(v.Columns); slices.Equal(v.Columns, t.kind.Columns) {
		v.Columns = nil
	}
	return v
}

// shows tells whether the table shows what the view holds.
func (t *tableScreen) shows(v store.SavedView) bool {
	now := t.asView(v.Name)
	same := func(a, b []string) bool { return len(a) == 0 && len(b) == 0 || slices.Equal(a, b) }
	return v.Broken == nil && v.View == now.View && v.Find == now.Find && same(v.Sort, now.Sort) && same(v.Columns, now.Columns) &&
		(len(v.Conds) == 0 && len(now.Conds) == 0 || reflect.DeepEqual(v.Conds, now.Conds))
}

// viewName is how what is shown is called: by the saved view as long as it is that.
func (t *tableScreen) viewName() string {
	for _, v := range t.saved {
		if v.Name == t.own && t.shows(v) {
			return v.Name
		}
	}
	return t.view.Name
}

// show shows a saved view. Its order and columns hold until another view is chosen; what
// is kept for the table stays as it was.
func (t *tableScreen) show(v store.SavedView) tea.Cmd {
	if v.Broken != nil {
		return ui.Do(ui.Failed{Err: v.Broken})
	}
	view, _ := t.kind.View(v.View)
	if t.before == nil {
		t.before = &asBefore{t.sort, t.cols}
	}
	t.view, t.conds, t.find, t.own = view, slices.Clone(v.Conds), v.Find, v.Name
	t.search.SetValue(v.Find)
	t.sort = slices.Clone(v.Sort)
	t.cols = t.withOrg(columnsNamed(t.kind, v.Columns))
	t.skip = 0
	return t.renew()
}

// leaveOwn gives the order and the columns back that a saved view has changed.
func (t *tableScreen) leaveOwn() {
	if t.before == nil {
		return
	}
	t.sort, t.cols, t.before, t.own = t.before.sort, t.before.cols, nil, ""
	t.conds, t.find, t.skip = nil, "", 0
	t.search.SetValue("")
}

// nameBox asks for the name under which what is shown is kept, or for another one of a
// view that has one already.
func (t *tableScreen) nameBox(of string) *lineBox {
	title, help := "保存现在的样子", "把现在的筛选、查找、排序和列存成一个视图。起一个名字,例如 35岁以下的女党员;同名的会被代替。记录本身不变。"
	if of != "" {
		title, help = "改名:"+of, "新的名字:"
	}
	return newLineBox(t.app, title, help, of, func(typed string) (tea.Cmd, error) {
		typed = strings.TrimSpace(typed)
		l, ctx, v := t.app.Ledger, t.app.Ctx, t.asView(typed)
		return func() tea.Msg {
			said := "已存成视图“" + typed + "”;以后按 F5 就能选它"
			var err error
			if of == "" {
				err = l.SaveView(ctx, v)
			} else {
				err, said = l.RenameView(ctx, v.Kind, of, typed), fmt.Sprintf("视图“%s”已改名为“%s”", of, typed)
			}
			if err != nil {
				return ui.Failed{Err: err}
			}
			return tea.Sequence(ui.Do(viewKept{t, of, typed, said}), ui.Do(ui.Pop{}))()
		}, nil
	}, func() tea.Cmd { return t.replace(t.filterBox()) })
}

// viewKept tells that a view was written, renamed (was is its name before) or, with now
// "", dropped.
type viewKept struct {
	t              *tableScreen
	was, now, said string
}

func (t *tableScreen) tookKept(m viewKept) tea.Cmd {
	if m.was == "" || m.was == t.own {
		t.own = m.now
	}
	return t.readSaved(false, m.said)
}

// ownBox lists the views to rename or delete one.
func (t *tableScreen) ownBox() *ui.ListBox {
	items := make([]ui.Item, 0, 2*len(t.saved))
	for _, v := range t.saved {
		items = append(items, ui.Item{Label: v.Name, Heading: true, Key: "#" + v.Name},
			ui.Item{Label: "改名…", Search: v.Name + " 改名", Key: "=" + v.Name, Run: func() tea.Cmd { return t.replace(t.nameBox(v.Name)) }},
			ui.Item{Label: "删除…", Search: v.Name + " 删除", Key: "-" + v.Name, Run: func() tea.Cmd { return t.askDrop(v.Name) }})
	}
	b := ui.NewListBox(t.app, "自存的视图", items, nil)
	b.OnBack = func() tea.Cmd { return t.replace(t.filterBox()) }
	return b
}

// askDrop asks before a view is taken away; what changes nothing comes first.
func (t *tableScreen) askDrop(name string) tea.Cmd {
	l, ctx, kind := t.app.Ledger, t.app.Ctx, t.kind.Name
	drop := func() tea.Msg {
		if err := l.DropView(ctx, kind, name); err != nil {
			return ui.Failed{Err: err}
		}
		return viewKept{t, name, "", "视图“" + name + "”已删除;记录一条也没有动"}
	}
	return t.closing(ui.Do(ui.Ask{Title: "删除视图", Text: "要删除自存的视图“" + name + "”吗?\n只删这个看法,记录一条也不动。",
		Choices: []ui.Choice{{Label: "不删除"}, {Label: "删除这个视图", Cmd: drop}}}))
}
