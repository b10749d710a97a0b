package table

import (
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/many"
	"taizhang/tui/ui"
)

// acting brings the records to which one thing is to be done.
type acting struct {
	t     *tableScreen
	batch many.Batch
	err   error
}

// markedAll brings the names of all rows of the view.
type markedAll struct {
	t     *tableScreen
	names map[string]string
	err   error
}

// act asks what is to be done to the marked rows, or to all of the view where none is
// marked. The rows are read first: those beyond the screen are among them.
func (t *tableScreen) act() tea.Cmd {
	if t.app.County {
		return ui.Do(ui.Status{Fault: true, Text: "县里的台账收的是各单位报来的记录,只能看,不能在这里一起办;要改,请单位改好重新上报"})
	}
	l, ctx, q, a := t.app.Ledger, t.app.Ctx, t.query(), acting{t: t}
	view, marked := t.shown(), slices.Sorted(maps.Keys(t.marked))
	if view == "" {
		view = t.kind.Title
	}
	if t.find != "" {
		view += "里找“" + t.find + "”"
	}
	return func() tea.Msg {
		a.batch, a.err = many.Read(ctx, l, q, view, marked)
		a.err = wrapped("read "+q.Kind, a.err)
		return a
	}
}

func wrapped(what string, err error) error {
	if err == nil {
		return nil
	}
	return wrap(what, err)
}

// tookActing shows what can be done to the records.
func (t *tableScreen) tookActing(a acting) tea.Cmd {
	if a.err != nil {
		return ui.Do(ui.Failed{Err: a.err})
	}
	a.batch.Done = func() { t.marked = map[string]string{} }
	more := []ui.Item{{Key: "sheet", Label: "写成表格", Note: "Excel 或 CSV 文件", Run: func() tea.Cmd {
		return tea.Sequence(ui.Do(ui.Pop{}), t.openSheet())
	}}}
	if t.app.Fill != nil {
		more = append(more, ui.Item{Key: "fill", Label: "填表", Note: "填进上级发来的空白表", Run: func() tea.Cmd {
			return tea.Sequence(ui.Do(ui.Pop{}), t.fillForm(a.batch))
		}})
	}
	if t.app.HandsOver(t.kind) {
		more = append(more, ui.Item{Key: "handover", Label: "写移交包", Note: "已转出的人,连同材料交给对方支部", Run: func() tea.Cmd {
			ids := make([]string, len(a.batch.Records))
			for i, r := range a.batch.Records {
				ids[i] = r.ID
			}
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Push{Screen: t.app.HandOver(t.app, ids)}))
		}})
	}
	if a.batch.View == "" {
		more = append(more, ui.Item{Key: "delete", Label: "删除", Note: "只删标记的,放进回收站", Run: func() tea.Cmd {
			return tea.Sequence(ui.Do(ui.Pop{}), t.remove())
		}})
	}
	return ui.Do(ui.Push{Screen: many.Choose(t.app, a.batch, more)})
}

// markAll marks all rows of the view, also those beyond the screen, or takes all marks
// away when they are marked already.
func (t *tableScreen) markAll() tea.Cmd {
	l, ctx, q, m := t.app.Ledger, t.app.Ctx, t.query(), markedAll{t: t, names: map[string]string{}}
	return func() tea.Msg {
		n, err := l.Count(ctx, q)
		switch {
		case err != nil:
			m.err = fmt.Errorf("count %s: %w", q.Kind, err)
			return m
		case n > many.Most:
			m.err = model.Errorf("E-MANY", "这里有 %d 条,一次最多标记 %d 条;请先按 F5 筛选", n, many.Most)
			return m
		}
		if err := l.Each(ctx, q, func(r *model.Record) error {
			m.names[r.ID] = nameOf(r)
			return nil
		}); err != nil {
			m.err = fmt.Errorf("read %s: %w", q.Kind, err)
		}
		return m
	}
}

func (t *tableScreen) tookMarkedAll(m markedAll) tea.Cmd {
	if m.err != nil {
		return ui.Do(ui.Failed{Err: m.err})
	}
	all := true
	for id := range m.names {
		if _, ok := t.marked[id]; !ok {
			all = false
		}
	}
	if all {
		t.marked = map[string]string{}
		return ui.Do(ui.Status{Text: "标记都去掉了"})
	}
	maps.Copy(t.marked, m.names)
	return ui.Do(ui.Status{Text: fmt.Sprintf("已标记 %d 条;个别的不要,按 Ctrl+B 去掉;再按一次 Ctrl+W 都去掉;按 Ctrl+A 一起办", len(t.marked))})
}

// stretch marks the selected row and the next one up or down.
func (t *tableScreen) stretch(n int) tea.Cmd {
	mark := func() {
		if r := t.win.selected(); r != nil {
			t.marked[r.ID] = nameOf(r.Record)
		}
	}
	mark()
	cmd := t.move(n)
	mark()
	return cmd
}

// written gives the query for what is written to a sheet: the marked rows, else all.
func (t *tableScreen) written() (q store.Query, what string) {
	if n := len(t.marked); n > 0 {
		ids := slices.Sorted(maps.Keys(t.marked))
		return store.Query{Kind: t.kind.Name, Sort: t.sort, Conds: []model.Cond{model.Where("id", model.In, ids...)}}, fmt.Sprintf("标记的 %d 条", n)
	}
	return t.query(), fmt.Sprintf("现在表上的 %d 条(同样的查找、筛选和次序)", max(t.win.total, 0))
}

// fillForm opens 填表 for the records taken.
func (t *tableScreen) fillForm(b many.Batch) tea.Cmd {
	of := ui.FillOf{Kind: b.Kind.Name, IDs: make([]string, len(b.Records)), What: "标记的 " + b.Count()}
	for i, r := range b.Records {
		of.IDs[i] = r.ID
	}
	if b.View != "" {
		of.What = "表上的 " + b.Count()
	}
	return ui.Do(ui.Push{Screen: t.app.Fill(t.app, of)})
}
