package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/county"
	"taizhang/tui/monthend"
	"taizhang/tui/ui"
	"taizhang/tui/work"
)

// entry is one screen of the stack with its number, which is never used again.
type entry struct {
	id     int
	screen ui.Screen
	pushed bool // by another screen's ui.Push
}

func (r *Root) top() (entry, bool) {
	if len(r.stack) == 0 {
		return entry{}, false
	}
	return r.stack[len(r.stack)-1], true
}

// push puts a screen on top. opener is the number of the screen that asked for it.
func (r *Root) push(s ui.Screen, opener int) tea.Cmd {
	e := r.put(s, opener)
	return r.bind(e.id, s.Init())
}

// put puts a screen on top that another one covers at once, so that it isn't begun.
func (r *Root) put(s ui.Screen, opener int) entry {
	r.lastID++
	e := entry{id: r.lastID, screen: s}
	if opener > 0 {
		r.openers[e.id] = opener
	}
	r.stack = append(r.stack, e)
	r.size(s)
	return e
}

// pop takes a screen off: the one of that number, or an overlay that this one has
// pushed over itself; the top one for 0. A screen that is gone pops nothing. The
// lowest one stays: leaving the program is another key. The screen that lies open
// then is told.
func (r *Root) pop(id int) tea.Cmd {
	i := len(r.stack) - 1
	if id > 0 {
		if i = r.find(id); i < 0 {
			return nil
		}
		if j := i + 1; j < len(r.stack) && r.stack[j].pushed && r.openers[r.stack[j].id] == id {
			if _, ok := r.stack[j].screen.(ui.Overlay); ok {
				i = j
			}
		}
	}
	if i <= 0 {
		return nil
	}
	uncovers := i == len(r.stack)-1
	r.stack = append(r.stack[:i], r.stack[i+1:]...)
	if e, ok := r.top(); ok && uncovers {
		return r.bind(e.id, e.screen.Update(ui.Shown{}))
	}
	return nil
}

// size tells a screen the room it has.
func (r *Root) size(s ui.Screen) {
	if r.width == 0 {
		return
	}
	w, h := r.body()
	if o, ok := s.(ui.Overlay); ok {
		_, _, bw, bh := r.box(o)
		w, h = bw-2, bh-2
	}
	s.SetSize(w, h)
}

// box gives where an overlay stands in the body, border included.
func (r *Root) box(o ui.Overlay) (x, y, w, h int) {
	bw, bh := r.body()
	w, h = o.Box(bw, bh)
	w, h = min(max(w, 4), bw), min(max(h, 3), bh)
	return (bw - w) / 2, (bh - h) / 2, w, h
}

// unsaved lists what leaving now would lose, the topmost first.
func (r *Root) unsaved() []string {
	var all []string
	for i := len(r.stack) - 1; i >= 0; i-- {
		if s := r.stack[i].screen.Unsaved(); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// each updates every screen of the stack.
func (r *Root) each(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(r.stack))
	for _, e := range r.stack {
		cmds = append(cmds, r.bind(e.id, e.screen.Update(msg)))
	}
	return tea.Batch(cmds...)
}

// toggleMenu opens the menu, and closes it when it is on top already.
func (r *Root) toggleMenu(top entry) tea.Cmd {
	if _, isMenu := top.screen.(*menu); isMenu {
		return r.pop(top.id)
	}
	m := newMenu(r.app)
	if past, ok := r.pastItem(top); ok {
		m.add("changes", past)
	}
	return r.push(m, top.id)
}

// openMonthEnd opens 月度上报, at a county 收报, unless it is on top already.
func (r *Root) openMonthEnd(top entry) tea.Cmd {
	if r.app.Ledger.Extract() != nil {
		r.status = ui.Status{Text: "这是摘录,只能看,不能收报,也不能上报"}
		return nil
	}
	switch top.screen.(type) {
	case *monthend.MonthEnd, *county.Receive:
		return nil
	}
	if r.app.County {
		return r.push(county.NewReceive(r.app), top.id)
	}
	return r.push(monthend.New(r.app), top.id)
}

// goHome goes down to the work table.
func (r *Root) goHome(from int) tea.Cmd {
	if len(r.unsaved()) == 0 {
		r.stack = r.stack[:1]
		return r.each(ui.Shown{})
	}
	return r.push(work.New(r.app), from)
}
