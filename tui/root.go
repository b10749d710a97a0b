package tui

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/store/habit"
	page "taizhang/tui/practice"
	"taizhang/tui/ui"
	"taizhang/tui/work"
)

// The smallest terminal that the screens are drawn in, and the rows of it that
// the frame takes: head line, status line, key line.
const (
	minWidth, minHeight = 80, 24
	frameRows           = 3
)

// showFor is how long ID numbers and phones stay unmasked.
const showFor = 2 * time.Minute

// Root is the model of the whole program. Keys that work everywhere are its own;
// everything else goes to the top screen.
type Root struct {
	cancel context.CancelFunc // of what the commands still do
	o      Options
	app    *ui.App

	stack   []entry
	lastID  int
	openers map[int]int // which screen opened which, gone ones included
	closed  bool        // the ledger

	damageShown bool // the screen of damage has been shown

	width, height int
	status        ui.Status
	regions       []ui.Region // of the key line last drawn
	shows         int         // counts the unmaskings, so that an old timer masks nothing

	keys habit.Keys // which the hints show

	practising practising

	cover
	backing backing
	rest    resting
	yielding
}

var _ tea.Model = (*Root)(nil)

// opened tells that the first run has a ledger, or that the passphrase opened it;
// maskAgain that ID numbers were in full for long enough; draftsFound what an earlier
// sitting left behind.
type (
	opened struct {
		ledger  *store.Ledger
		sitting ui.Sitting // nil for one that isn't encrypted
		said    string     // what is said in the status line
	}
	maskAgain   struct{ n int }
	draftsFound struct{ drafts []store.Draft }
)

// Init implements tea.Model.
func (r *Root) Init() tea.Cmd {
	r.idle.last = r.o.Timer.Now()
	return tea.Batch(r.waitIdle(idleAfter), r.first())
}

// first puts the first screen on the stack.
func (r *Root) first() tea.Cmd {
	switch {
	case r.o.Damage != "":
		return r.beginDamaged([]string{r.o.Damage})
	case r.app.Ledger == nil && r.o.Unseal != nil:
		return r.push(newOpening(r.app, r.o, r.sealedRestore()), 0)
	case r.app.Ledger == nil:
		return tea.Batch(r.push(newFirstRun(r.app, r.o, r.sealedRestore()), 0), r.tryKeys())
	case r.app.Ledger.Damage() != nil:
		return r.beginDamaged(r.app.Ledger.Damage().What)
	}
	return r.begin()
}

// begin puts the work table at the bottom, on it the table asked for, and looks
// for drafts.
func (r *Root) begin() tea.Cmd {
	r.stack = nil
	bottom := work.New(r.app)
	var cmds []tea.Cmd
	if r.o.Kind == "" || r.practising.on {
		cmds = append(cmds, r.push(bottom, 0))
	} else { // it reads when it is shown
		r.put(bottom, 0)
	}
	if r.practising.on {
		cmds = append(cmds, r.push(page.New(r.app, r.practising.done, r.ownWaits()), r.lastID), r.lookPractice())
	} else if r.o.Kind != "" {
		cmds = append(cmds, r.push(r.app.Table(r.app, ui.TableOf{Kind: r.o.Kind}), r.lastID))
	}
	if ask := r.askHandler(); ask != nil {
		cmds = append(cmds, r.push(ask, r.lastID))
	}
	return tea.Batch(append(cmds, r.tellNotices(), r.backUpLater(), r.lookLater())...)
}

// tellNotices shows what was found when the ledger was opened, and looks for drafts once
// it was read.
func (r *Root) tellNotices() tea.Cmd {
	found := r.tellRecovered(r.app.Ledger.Notices())
	if len(found) == 0 {
		return r.findDrafts()
	}
	return r.bind(0, ui.Do(ui.Ask{Title: "打开台账时看到", Text: strings.Join(found, "\n\n"), Choices: []ui.Choice{{Label: "知道了", Cmd: r.findDrafts()}}}))
}

func (r *Root) findDrafts() tea.Cmd {
	l := r.app.Ledger
	if l.ReadOnly() {
		return nil
	}
	return r.bind(0, func() tea.Msg {
		drafts, err := l.Drafts(r.app.Ctx)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return draftsFound{drafts}
	})
}

// Update implements tea.Model. A panic in a screen becomes a line in the log and
// in the status line; the program goes on.
func (r *Root) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			m, cmd = r, r.fail(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	r.rest.stirred.Store(true)
	return r, r.update(msg)
}

func (r *Root) update(msg tea.Msg) tea.Cmd {
	msg = ui.SameKey(msg)
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height = m.Width, m.Height
		r.sizeAll()
		return r.typedAhead()
	case tea.KeyPressMsg, tea.MouseMsg, tea.PasteMsg:
		late, cmd := r.touched()
		if late {
			return cmd
		}
		return tea.Batch(cmd, r.input(msg))
	case addressed:
		cmd := r.receive(m.to, m.msg)
		if m.to > 0 { // what a screen did may be one of the tasks
			cmd = tea.Batch(cmd, r.lookPractice())
		}
		return cmd
	}
	return r.receive(0, msg)
}

// input takes what a person does.
func (r *Root) input(msg tea.Msg) tea.Cmd {
	r.hidden, r.yielding.key = false, time.Now()
	if r.leaving != nil || r.locked != nil {
		return r.coveredInput(msg)
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return r.key(m)
	case tea.MouseMsg:
		return r.mouse(m)
	}
	if e, ok := r.top(); ok && !r.small() {
		return r.bind(e.id, e.screen.Update(msg))
	}
	return nil
}

// key handles a key press: first the keys that work everywhere.
func (r *Root) key(m tea.KeyPressMsg) tea.Cmd {
	r.status, r.practising.news = ui.Status{}, ""
	seen := r.sawKey(m)
	return tea.Batch(seen, r.keyTo(m))
}

// keyTo gives a key to who it is for.
func (r *Root) keyTo(m tea.KeyPressMsg) tea.Cmd {
	e, ok := r.top()
	if !ok {
		return nil
	}
	_, asking := e.screen.(*ui.Question)
	switch {
	case r.small():
		if ui.Is(m, ui.Quit) {
			return r.leave()
		}
		return nil
	case asking:
	case ui.Is(m, ui.Quit):
		return r.leave()
	case ui.Is(m, ui.Help):
		if _, ok := e.screen.(*help); ok {
			return r.pop(e.id)
		}
		return r.push(newHelp(r.app, e.screen), e.id)
	case ui.Is(m, ui.ShowIDs) && reveals(e.screen):
	case r.app.Ledger == nil: // the first run knows no other screens
	case ui.Is(m, ui.Menu):
		return r.toggleMenu(e)
	case ui.Is(m, ui.MonthEnd):
		return r.openMonthEnd(e)
	case ui.Is(m, ui.ShowIDs):
		return r.unmask()
	case ui.Is(m, ui.History):
		if cmd, ok := r.openHistory(e); ok {
			return cmd
		}
	}
	if m.String() == "ctrl+c" {
		r.status.Text = "要退出程序,请按 F10 或 Ctrl+Q"
	}
	return r.bind(e.id, e.screen.Update(m))
}

// unmask shows ID numbers and phones in full for a while, or hides them again.
func (r *Root) unmask() tea.Cmd {
	r.app.ShowIDs = !r.app.ShowIDs
	r.shows++
	if !r.app.ShowIDs {
		r.status.Text = "证件号和电话已隐去中间几位"
		return nil
	}
	r.status.Text = "证件号和电话已完整显示,两分钟后自动隐去;再按一次 Ctrl+Y 马上隐去"
	n := r.shows
	return tea.Tick(showFor, func(time.Time) tea.Msg { return maskAgain{n} })
}

// mouse gives a click on the key line to the key it names, and anything in the
// body to the top screen, relative to it.
func (r *Root) mouse(msg tea.MouseMsg) tea.Cmd {
	e, ok := r.top()
	if !ok || r.small() {
		return nil
	}
	at := msg.Mouse()
	click, clicked := msg.(tea.MouseClickMsg)
	if clicked {
		r.status, r.practising.news = ui.Status{}, ""
		if at.Y == r.height-1 {
			return r.clickKey(click.X)
		}
	}
	dx, dy := 0, 1
	if o, ok := e.screen.(ui.Overlay); ok {
		x, y, w, h := r.box(o)
		dx, dy = x+1, y+2
		if at.X < dx || at.Y < dy || at.X >= x+w-1 || at.Y >= y+h {
			return nil
		}
	} else if at.Y < 1 || at.Y >= r.height-2 {
		return nil
	}
	at.X, at.Y = at.X-dx, at.Y-dy
	var moved tea.Msg
	switch msg.(type) {
	case tea.MouseClickMsg:
		moved = tea.MouseClickMsg(at)
	case tea.MouseReleaseMsg:
		moved = tea.MouseReleaseMsg(at)
	case tea.MouseWheelMsg:
		moved = tea.MouseWheelMsg(at)
	case tea.MouseMotionMsg:
		moved = tea.MouseMotionMsg(at)
	default:
		return nil
	}
	return r.bind(e.id, e.screen.Update(moved))
}

// clickKey presses the key whose hint stands at a cell of the key line.
func (r *Root) clickKey(x int) tea.Cmd {
	for _, g := range r.regions {
		if x >= g.From && x < g.To {
			return r.press(g.Action)
		}
	}
	return nil
}

// press does what the key of an action does.
func (r *Root) press(a ui.Action) tea.Cmd {
	if key, ok := keyNamed(a.Press()); ok {
		r.status = ui.Status{}
		return r.keyTo(key) // no key of the keyboard, which would show that it arrives
	}
	return nil
}

// receive handles what screens ask the root for; anything else goes back to the
// screen from whose command it comes.
func (r *Root) receive(from int, msg tea.Msg) tea.Cmd {
	if cmd, ok := r.receiveBeside(from, msg); ok {
		return cmd
	}
	switch m := msg.(type) {
	case ui.Push:
		cmd := r.push(m.Screen, from)
		r.stack[len(r.stack)-1].pushed = true
		return cmd
	case ui.Pop:
		return r.pop(from)
	case ui.Replace:
		opener := r.openers[from]
		return tea.Batch(r.pop(from), r.push(m.Screen, opener))
	case ui.Press:
		return r.press(m.Action)
	case ui.Home:
		return r.goHome(from)
	case ui.Status:
		return r.say(m)
	case ui.Failed:
		return r.fail(m.Err)
	case ui.Changed:
		return r.each(m)
	case ui.Ask:
		for i := range m.Choices {
			m.Choices[i].Cmd = r.bind(from, m.Choices[i].Cmd)
		}
		return r.push(ui.NewQuestion(r.app, m), from)
	case opened:
		return r.adopt(m)
	case lockTried:
		return r.unlock(m)
	case quitNow:
		return r.quit()
	case shut:
		return r.sealed(m)
	case idleOver:
		return r.idled()
	case ui.Lock:
		return r.lockNow()
	case ui.Sealing:
		r.changeSitting(m.Sitting)
		return nil
	case lookOn:
		return r.begin()
	case repairNow:
		return r.repair(m)
	case repaired:
		return r.showRepaired(m)
	case goBackTo:
		return r.goBack(m)
	case wentBack:
		return r.arrive(m)
	case backUpNow:
		return r.backUp(m)
	case backedUp:
		return r.sawBackup(m)
	case lookNow:
		return r.lookThrough(m.ledger)
	case lookedAtFile:
		return r.sawFile(m)
	case maskAgain:
		if m.n == r.shows {
			r.app.ShowIDs = false
		}
		return nil
	case draftsFound:
		if len(m.drafts) == 0 {
			return nil
		}
		return r.push(work.NewDrafts(r.app, m.drafts), 0)
	}
	return r.deliver(from, msg)
}

// small reports a terminal in which the screens have no room.
func (r *Root) small() bool { return r.width < minWidth || r.height < minHeight }

// body gives the size of what is between the head line and the status line.
func (r *Root) body() (w, h int) { return max(r.width, minWidth), max(r.height, minHeight) - frameRows }
