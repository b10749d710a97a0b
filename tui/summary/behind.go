package summary

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// item is a record behind a figure.
type item struct {
	kind, id, label, org string
	now, before          int64 // how much it adds; before only in a comparison
	compared             bool
	part                 string // the heading under which it stands, "" for none
}

func itemsOfBehind(all []count.Behind) []item {
	items := make([]item, len(all))
	for i, b := range all {
		items[i] = item{kind: b.Kind, id: b.ID, label: b.Label, org: b.Org, now: b.N}
	}
	return items
}

func itemsOfNames(all []count.Cause) []item {
	items := make([]item, len(all))
	for i, n := range all {
		items[i] = item{kind: n.Kind, id: n.ID, label: n.Label, org: n.Organisation, now: n.Now, before: n.Before, compared: true}
	}
	return items
}

// behindList lists the records behind a figure; Enter opens one.
type behindList struct {
	app     *ui.App
	title   string
	heading string       // which number it is
	figure  *count.Entry // its unit
	sealed  bool
	read    func() ([]item, error)

	run  int
	list ui.Chooser
	w, h int
}

var _ ui.Screen = (*behindList)(nil)

type behindRead struct {
	run   int
	items []item
	err   error
}

// NewBehind gives the list of the records behind a number of another screen, part by
// part, each under its heading.
func NewBehind(app *ui.App, heading string, figure *count.Entry, q count.SummaryQuery, group string, parts []count.BehindPart) ui.Screen {
	return &behindList{app: app, title: "统计 · 名单", heading: heading, figure: figure, read: func() ([]item, error) {
		lists, err := count.BehindParts(app.Ctx, app.Ledger, q, group, parts)
		if err != nil {
			return nil, err
		}
		var all []item
		for i, list := range lists {
			for _, it := range itemsOfBehind(list) {
				it.part = fmt.Sprintf("%s(%d 条)", parts[i].Title, len(list))
				all = append(all, it)
			}
		}
		return all, nil
	}}
}

func (b *behindList) Title() string   { return b.title }
func (b *behindList) Unsaved() string { return "" }

func (b *behindList) Init() tea.Cmd {
	b.run++
	b.list.Typing, b.list.Hint = true, "打姓名、党组织或它们的拼音"
	b.list.Empty = "正在查找…"
	run, read := b.run, b.read
	return func() tea.Msg {
		items, err := read()
		return behindRead{run, items, err}
	}
}

func (b *behindList) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "打开这条记录"}, {Action: ui.Back, Label: "返回"}}
}

func (b *behindList) Help() []string {
	return []string{
		"这里列出一个数是由哪些记录来的,按党组织和名称排列。对数字有疑问,或者想知道“还差谁”,看这里。",
		"打字可以缩小范围:姓名、党组织或它们的拼音首字母。",
		"按回车打开那条记录,填错了当场改;改好保存以后,回到汇总和统计图,数字就按改过的算。",
		"在这里看名单不改动任何记录。一个人有几条记录时,按人头算的数比记录少。",
		"已封账月份的数字不再变动,名单按现有记录,两边可能对不上。",
	}
}

func (b *behindList) SetSize(w, h int) {
	b.w, b.h = w, h
	b.list.SetSize(w, h-1)
}

func (b *behindList) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case behindRead:
		if m.run == b.run {
			return b.take(m)
		}
	case ui.Changed:
		return b.Init()
	default:
		return b.list.Drive(msg, 1, b.open)
	}
	return nil
}

func (b *behindList) take(m behindRead) tea.Cmd {
	b.list.Empty = "没有记录"
	if m.err != nil {
		b.list.Empty = "没有读出名单"
		return ui.Do(ui.Failed{Err: m.err})
	}
	b.list.Count = fmt.Sprintf("共 %d 条", len(m.items))
	items := make([]ui.Item, 0, len(m.items))
	for i, it := range m.items {
		if it.part != "" && (i == 0 || m.items[i-1].part != it.part) {
			items = append(items, ui.Item{Heading: true, Label: it.part})
		}
		items = append(items, b.entry(it))
	}
	b.list.SetItems(items)
	return nil
}

func (b *behindList) entry(it item) ui.Item {
	kind := it.kind
	if k := b.app.Ledger.Kinds().Kind(it.kind); k != nil {
		kind = k.Title
	}
	label := kind + ":" + it.label
	f := b.figure
	switch {
	case it.compared && it.before == 0:
		label = "增 " + label
	case it.compared && it.now == 0:
		label = "减 " + label
	case it.compared:
		label = fmt.Sprintf("改 %s %s→%s", label, f.Number(it.before), f.Number(it.now))
	case f.Money || it.now != 1:
		label += " " + f.Number(it.now)
	}
	return ui.Item{Key: it.part + "/" + it.kind + "/" + it.id, Label: label, Note: it.org, Search: it.label + " " + it.org,
		Run: func() tea.Cmd { return b.app.OpenRecord(it.kind, it.id) }}
}

func (b *behindList) open() tea.Cmd {
	if it, ok := b.list.Selected(); ok {
		return it.Run()
	}
	return nil
}

func (b *behindList) View() (string, *tea.Cursor) {
	st := b.app.Styles
	text := " " + b.heading
	if b.sealed {
		text += "(已封账;名单按现有记录)"
	}
	lines, cursor := b.list.View(st)
	if cursor != nil {
		cursor.Y++
	}
	return strings.Join(append([]string{st.Title.Render(ui.Cut(text, b.w-1))}, lines...), "\n"), cursor
}

// NoNames says at an office above counties that there are no records behind a number.
func NoNames(w bundle.Words) ui.Ask {
	return ui.Ask{Title: "没有名单", Text: "这里的数字是" + w.Each() + "报来的,没有哪个人的记录。\n要看名单,请问报来的" + w.Below + "。", Choices: []ui.Choice{{Label: "知道了"}}}
}

// open lists the records behind the chosen figure.
func (p *page) open() tea.Cmd {
	if p.above != "" {
		return ui.Do(NoNames(p.app.Words()))
	}
	if p.cur >= len(p.grid.rows) || !p.grid.rows[p.cur].Counts() {
		return nil
	}
	r := p.grid.rows[p.cur]
	b := &behindList{app: p.app, title: "汇总 · 名单", figure: r.Figure, sealed: p.book.Sealed != nil,
		heading: r.Indicator.Heading() + " " + strings.TrimSpace(r.Label()) + "  "}
	if p.both != nil {
		both := p.both
		b.heading += both.Word() + "的增减"
		b.read = func() ([]item, error) {
			names, err := both.Behind(p.app.Ctx, p.app.Ledger, r)
			return itemsOfNames(names), err
		}
		return ui.Do(ui.Push{Screen: b})
	}
	column := p.book.Columns[p.col]
	b.heading += column.Title
	q := p.book.Query()
	for _, ind := range count.Indicators() {
		if ind.Code == r.Indicator.Code {
			q.Indicators = append(q.Indicators, ind)
		}
	}
	b.read = func() ([]item, error) {
		if len(q.Indicators) == 0 || q.Indicators[0].Figure(r.Figure.Key) == nil {
			return nil, model.Errorf("E-FIGURE", "这是封账时的指标,现在的程序已不再统计,看不到名单")
		}
		all, err := count.SummaryBehind(p.app.Ctx, p.app.Ledger, q, column.Key, r.Indicator.Code, r.Figure.Key, r.Part)
		return itemsOfBehind(all), err
	}
	return ui.Do(ui.Push{Screen: b})
}
