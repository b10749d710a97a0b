package table

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// wouldBe is what choosing an entry of a filter's box makes of the table: another view, or
// more conditions.
type wouldBe struct {
	view  *model.View
	conds []model.Cond
}

// apply makes the table what the entry says.
func (t *tableScreen) apply(w wouldBe) tea.Cmd {
	if w.view != nil {
		t.view = *w.view
	}
	t.conds = addConds(t.conds, w.conds...)
	return t.renew()
}

// queryOf gives the question that the table would show the answer to.
func (t *tableScreen) queryOf(w wouldBe) store.Query {
	view := t.view
	if w.view != nil {
		view = *w.view
	}
	conds := slices.Clone(view.Conds(t.app.Ledger.Source().Today()))
	return store.Query{Kind: t.kind.Name, Conds: append(conds, addConds(t.conds, w.conds...)...), Find: t.find}
}

// live counts what a filter would let through while it is being built. One count runs at
// a time; the newest is made when it has come.
type live struct {
	t    *tableScreen
	key  string // of what is wanted now
	next wouldBe
	busy bool
	n    int
	have string // the key that n was counted for
	err  error
}

// liveCounted is the number of records that a filter would let through.
type liveCounted struct {
	l   *live
	key string
	n   int
	err error
}

// want asks for the count of what would be; nothing happens where it is known.
func (l *live) want(w wouldBe) tea.Cmd {
	q := l.t.queryOf(w)
	key := fmt.Sprint(q.Conds)
	if key == l.key {
		return nil
	}
	l.key, l.next = key, w
	if l.busy {
		return nil
	}
	l.busy = true
	ledger, ctx, c := l.t.app.Ledger, l.t.app.Ctx, liveCounted{l: l, key: key}
	return func() tea.Msg {
		c.n, c.err = ledger.Count(ctx, q)
		return c
	}
}

// took takes a count in, and asks for the next when something else is wanted by now.
func (l *live) took(c liveCounted) tea.Cmd {
	l.busy, l.n, l.have, l.err = false, c.n, c.key, c.err
	if c.key == l.key {
		return nil
	}
	l.key = ""
	return l.want(l.next)
}

// title puts the count behind a box's title.
func (l *live) title(title string) string {
	switch {
	case l.have == "" || l.have != l.key:
		return title + " · 正在数…"
	case l.err != nil:
		return title
	}
	return fmt.Sprintf("%s · %d 条", title, l.n)
}

// countBox is a list whose heading tells how many records the entry at hand, or those
// marked, would leave in the table.
type countBox struct {
	*ui.ListBox
	live  live
	would func(chosen []ui.Item) wouldBe
}

var _ ui.Overlay = (*countBox)(nil)

// withCount makes a box count. would says what choosing entries makes of the table.
func (t *tableScreen) withCount(b *ui.ListBox, would func([]ui.Item) wouldBe) *countBox {
	return &countBox{ListBox: b, live: live{t: t}, would: would}
}

// byValue takes what an entry makes of the table from its Value.
func byValue(chosen []ui.Item) wouldBe {
	if len(chosen) == 0 {
		return wouldBe{}
	}
	w, _ := chosen[0].Value.(wouldBe)
	return w
}

// Init implements ui.Screen.
func (b *countBox) Init() tea.Cmd { return tea.Batch(b.ListBox.Init(), b.want()) }

func (b *countBox) want() tea.Cmd { return b.live.want(b.would(b.Chosen())) }

// Update implements ui.Screen.
func (b *countBox) Update(msg tea.Msg) tea.Cmd {
	if c, ok := msg.(liveCounted); ok {
		if c.l == &b.live {
			return b.live.took(c)
		}
		return nil
	}
	return tea.Batch(b.ListBox.Update(msg), b.want())
}

// Title implements ui.Screen.
func (b *countBox) Title() string { return b.live.title(b.ListBox.Title()) }
