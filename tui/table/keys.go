package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// Update implements ui.Screen.
func (t *tableScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.Changed:
		return t.changed(msg)
	case tea.KeyPressMsg:
		return t.key(msg)
	case tea.PasteMsg:
		return t.edit(msg)
	case tea.MouseClickMsg:
		return t.click(msg)
	case tea.MouseWheelMsg:
		return t.wheel(msg)
	}
	return t.answered(msg)
}

// answered takes what a command of this table has brought.
func (t *tableScreen) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case answer:
		if msg.t == t {
			return t.took(msg)
		}
	case countNow:
		if msg.t == t && msg.question == t.question && t.uncounted {
			return t.count()
		}
	case counted:
		if msg.t == t {
			return t.tookCount(msg)
		}
	case settings:
		if msg.t == t {
			return t.tookSettings(msg)
		}
	case savedRead:
		if msg.t == t {
			return t.tookSaved(msg)
		}
	case viewKept:
		if msg.t == t {
			return t.tookKept(msg)
		}
	case paneRead:
		if msg.t == t {
			return t.tookPane(msg)
		}
	case references:
		if msg.t == t {
			return t.askDelete(msg)
		}
	case done:
		if msg.t == t {
			return t.tookDone(msg)
		}
	case written:
		if msg.t == t {
			return t.tookWritten(msg)
		}
	case acting:
		if msg.t == t {
			return t.tookActing(msg)
		}
	case markedAll:
		if msg.t == t {
			return t.tookMarkedAll(msg)
		}
	case outsideFound:
		if msg.t == t {
			t.tookOutside(msg)
		}
	}
	return nil
}

// changed reads the rows anew when they, or what they refer to, were written.
func (t *tableScreen) changed(msg ui.Changed) tea.Cmd {
	t.pane.rec = nil
	if msg.Kind != t.kind.Name {
		return t.refresh("")
	}
	return t.refresh(msg.ID)
}

func (t *tableScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	if cmd, ok := t.editing(msg); ok {
		return cmd
	}
	if cmd, ok := t.moving(msg); ok {
		return cmd
	}
	switch {
	case ui.Is(msg, ui.Back):
		return t.back()
	case ui.Is(msg, ui.ToForm) && t.app.Pages[t.kind.Name] != nil:
		return t.openForm()
	case ui.Is(msg, ui.Act), len(t.marked) > 0 && msg.String() == "enter" && !t.app.County:
		return t.write(t.act)
	case ui.Is(msg, ui.MarkAll):
		return t.write(t.markAll)
	case ui.Is(msg, ui.Open):
		return t.open()
	case ui.Is(msg, ui.New):
		return t.write(func() tea.Cmd { return t.app.OpenForm(ui.FormOf{Kind: t.kind.Name, Picked: t.savedHere}) })
	case ui.Is(msg, ui.Find):
		return t.clearSearch()
	case ui.Is(msg, ui.Filter):
		return t.openFilter()
	case ui.Is(msg, ui.Sort):
		return t.openSort()
	case ui.Is(msg, ui.Sheet):
		return t.openSheet()
	case ui.Is(msg, ui.Print):
		return t.print()
	case ui.Is(msg, ui.Delete):
		return t.write(t.remove)
	case ui.Is(msg, ui.Undo):
		return t.write(t.undo)
	case ui.Is(msg, ui.Beside):
		return t.openBeside()
	case ui.Is(msg, ui.Mark):
		return t.mark()
	case ui.Is(msg, ui.Tally):
		return t.openCrosstab()
	case ui.Is(msg, ui.Next), ui.Is(msg, ui.Previous):
		t.inPane = !t.inPane && t.listWidth() < t.width
		return nil
	}
	return t.edit(msg)
}

// write runs what changes the ledger, or says why it can't be changed.
func (t *tableScreen) write(f func() tea.Cmd) tea.Cmd {
	if t.app.Ledger.ReadOnly() {
		return ui.Do(ui.Status{Fault: true, Text: "这本台账是只读打开的,只能看、不能改;要改,请关掉正在用它的那个程序,再重新打开"})
	}
	return f()
}

// editing takes the keys that edit the search text only while there is any: ← →
// and Delete. Without a text they move the columns and delete the record.
func (t *tableScreen) editing(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if t.search.Value() == "" {
		return nil, false
	}
	switch msg.String() {
	case "left", "right", "delete", "ctrl+left", "ctrl+right":
		return t.edit(msg), true
	}
	return nil, false
}

// edit gives a key or a paste to the search line and searches when it changed.
func (t *tableScreen) edit(msg tea.Msg) tea.Cmd {
	cmd := t.search.Update(msg)
	if find := t.search.Value(); find != t.find {
		t.find, t.inPane = find, false
		return tea.Batch(cmd, t.renew())
	}
	return cmd
}

func (t *tableScreen) clearSearch() tea.Cmd {
	t.inPane = false
	if t.find == "" && t.failed == nil {
		return ui.Do(ui.Status{Text: "直接打字就能查找:姓名、拼音、拼音首字母、身份证号或电话中的几位都可以"})
	}
	t.search.SetValue("")
	t.find = ""
	return t.renew()
}

// back takes back one thing: the search, the filter, the marks, then the screen.
func (t *tableScreen) back() tea.Cmd {
	switch {
	case t.find != "":
		return t.clearSearch()
	case t.inPane:
		t.inPane = false
	case len(t.conds) > 0:
		t.conds = nil
		return t.renew()
	case len(t.marked) > 0:
		t.marked = map[string]string{}
	default:
		return ui.Do(ui.Pop{})
	}
	return nil
}

func (t *tableScreen) open() tea.Cmd {
	r := t.win.selected()
	if r == nil {
		r = t.outside.selected()
	}
	if r == nil {
		return nil
	}
	return t.app.OpenRecord(t.kind.Name, r.ID)
}

// openForm opens the form of the selected record, also where its kind has a page.
func (t *tableScreen) openForm() tea.Cmd {
	r := t.win.selected()
	if r == nil {
		return nil
	}
	return t.app.OpenForm(ui.FormOf{Kind: t.kind.Name, ID: r.ID, Picked: t.savedHere})
}

// moving takes the keys that move the selection, the record beside or the columns.
func (t *tableScreen) moving(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if t.inPane {
		if t.scrollPane(msg.String()) {
			return nil, true
		}
	}
	height := t.listHeight()
	switch msg.String() {
	case "up":
		return t.move(-1), true
	case "down":
		return t.move(1), true
	case "shift+up":
		return t.write(func() tea.Cmd { return t.stretch(-1) }), true
	case "shift+down":
		return t.write(func() tea.Cmd { return t.stretch(1) }), true
	case "pgup":
		return t.page(-height), true
	case "pgdown":
		return t.page(height), true
	case "home", "ctrl+home":
		return t.end(first), true
	case "end", "ctrl+end":
		return t.end(last), true
	case "left":
		t.skip = max(t.skip-1, 0)
		t.win.show(t.listHeight())
		return nil, true
	case "right":
		if _, hidden := t.layout(); hidden > 0 {
			t.skip++
			t.win.show(t.listHeight())
		}
		return nil, true
	}
	return nil, false
}

func (t *tableScreen) move(n int) tea.Cmd {
	t.outside.move(n)
	t.win.move(n)
	t.win.show(t.listHeight())
	return tea.Batch(t.more(), t.look())
}

// page moves by a screen: the rows move with the selection, which keeps its place.
func (t *tableScreen) page(n int) tea.Cmd {
	t.win.top = max(t.win.top+n, 0)
	return t.move(n)
}

// end goes to the first or the last row, reading it when the window is elsewhere.
func (t *tableScreen) end(w way) tea.Cmd {
	t.win.owed = 0
	switch {
	case w == first && t.win.prev() == "":
		return t.move(-len(t.win.rows))
	case w == last && t.win.next() == "":
		return t.move(len(t.win.rows))
	}
	t.gen++
	return t.load(wish{way: w})
}

// mark marks the selected row, or takes its mark away, and goes on.
func (t *tableScreen) mark() tea.Cmd {
	r := t.win.selected()
	if r == nil {
		return nil
	}
	if _, ok := t.marked[r.ID]; ok {
		delete(t.marked, r.ID)
	} else {
		t.marked[r.ID] = nameOf(r.Record)
	}
	return t.move(1)
}
