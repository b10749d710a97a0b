package county

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// outgoing is what pages share that write something to a stick: the places offered, the
// work under way and what came of it.
type outgoing struct {
	app   *ui.App
	to    places
	below int  // rows kept free below the list
	stops bool // Esc stops the work
	work  *receiving
	notes []string // what was done
	fault string
	w, h  int
}

// written ends the work: what is said of it, and why it wasn't done.
type written struct {
	notes []string
	err   error
}

// issueHead is the room above the list.
const issueHead = 3

func (o *outgoing) SetSize(w, h int) {
	o.w, o.h = w, h
	o.to.list.SetSize(w, max(min(len(o.to.list.Items()), h-issueHead-o.below), 3))
}

// update takes what such a page gets; begin is called with the place chosen.
func (o *outgoing) update(msg tea.Msg, begin func(dir string) tea.Cmd) tea.Cmd {
	switch m := msg.(type) {
	case placesSeen:
		o.to.seen(m)
		o.SetSize(o.w, o.h)
	case placeTaken:
		return begin(m.dir)
	case receiveProgress:
		if o.work != nil {
			o.work.done, o.work.all, o.work.last = m.done, m.all, m.last
			return o.work.next()
		}
	case written:
		o.work, o.notes = nil, m.notes
		var cmd tea.Cmd
		o.fault, cmd = faultText(m.err)
		return tea.Batch(cmd, ui.Do(ui.Changed{}))
	case tea.KeyPressMsg:
		return o.key(m, begin)
	case tea.MouseClickMsg:
		if o.work == nil && o.to.list.Click(m.X, m.Y-issueHead) {
			return o.to.choose(begin)
		}
	case tea.MouseWheelMsg:
		o.to.list.Wheel(m)
	}
	return nil
}

func (o *outgoing) key(m tea.KeyPressMsg, begin func(dir string) tea.Cmd) tea.Cmd {
	switch {
	case o.work != nil:
		if o.stops && ui.Is(m, ui.Back) {
			o.work.stop()
		}
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Open):
		return o.to.choose(begin)
	case ui.Is(m, ui.Find):
		return o.to.lookAgain()
	default:
		o.to.list.Update(m)
	}
	return nil
}

// run does the work beside the screen.
func (o *outgoing) run(do func(context.Context, *receiving) written) tea.Cmd {
	work, ctx := newReceiving(o.app.Ctx)
	o.work = work
	return tea.Batch(func() tea.Msg {
		defer work.end()
		return do(ctx, work)
	}, work.next())
}

// view draws the page: below the head the work, or the list with what was done; idle
// stands there before. said draws what was done.
func (o *outgoing) view(head string, said func(...string) string, idle ...string) string {
	st := o.app.Styles
	lines := []string{"", " " + st.Title.Render(ui.Cut(head, o.w-2)), ""}
	if o.work != nil {
		return joinLines(append(lines, o.work.lines(st, o.w)...))
	}
	list, _ := o.to.list.View(st)
	lines = append(append(lines, list...), ui.Rule(st, "", o.w))
	switch {
	case o.fault != "":
		lines = append(lines, wrapped([]string{o.fault}, o.w, st.Fault.Render)...)
	case o.notes != nil:
		lines = append(lines, wrapped(o.notes, o.w, said)...)
	default:
		lines = append(lines, wrapped(idle, o.w, st.Muted.Render)...)
	}
	return joinLines(lines)
}
