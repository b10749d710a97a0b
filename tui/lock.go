package tui

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// lockTried brings what became of a passphrase that was typed on a locked screen.
type lockTried struct{ err error }

// lock covers everything by a page that asks for the passphrase. The screens below stay
// as they are, caret and half-typed text included; what their commands bring still
// reaches them.
func (r *Root) lock() {
	g := newGate(r.app)
	g.title = "画面已锁定"
	g.above = []string{"台账加了密,离开了一会儿,画面就锁上了。打上口令,接着做刚才的事:没填完的都还在。"}
	g.below = "忘记口令:先按 F10 退出,再打开程序,在打口令的画面上按 F7。"
	g.doing = "正在核对口令…"
	g.help = []string{
		"台账加了密,十五分钟没有按键,画面自己锁上,也可以在菜单里选“暂时离开”马上锁上。打上口令按回车,就回到刚才的画面,没填完的都还在。",
		"点名、收党费做到一半、标的还没有保存的时候不会锁。",
		"口令打错了再打一遍;Ctrl+Y 看一看打的是什么,再按一次遮住。",
		"按 F10 退出程序:没填完的表单留作草稿,台账重新加密。",
	}
	sitting := r.app.Sitting
	g.try = func(passphrase string) tea.Cmd {
		return func() tea.Msg { return lockTried{sitting.Check(passphrase)} }
	}
	r.locked, r.status, r.lockHelp, r.leaveAnyhow = g, ui.Status{}, false, false
	r.app.ShowIDs = false
	r.shows++
	r.size(g)
}

// unlock goes on where the screen was locked.
func (r *Root) unlock(m lockTried) tea.Cmd {
	if r.locked == nil {
		return nil
	}
	var known *model.Error
	switch {
	case m.err == nil:
		r.locked = nil
		r.idle.last = r.o.Timer.Now()
		if r.idle.runs {
			return nil
		}
		return r.waitIdle(idleAfter)
	case errors.As(m.err, &known):
		r.locked.fail(known.Message)
	default:
		r.locked.fail(r.explain(m.err))
	}
	return nil
}

// lockKey takes a key while the screen is locked: none of them reaches a screen below.
func (r *Root) lockKey(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Quit):
		if len(r.unsaved()) > 0 && !r.leaveAnyhow {
			r.leaveAnyhow = true
			r.locked.fault = "还有没保存的内容。打上口令,接着做完;一定要退出,再按一次 F10(填到一半的表单会存为草稿)"
			return nil
		}
		return r.quit()
	case r.small():
		return nil
	case ui.Is(m, ui.Help):
		r.lockHelp = !r.lockHelp
		return nil
	case r.lockHelp:
		r.lockHelp = !ui.Is(m, ui.Back)
		return nil
	}
	r.leaveAnyhow = false
	return r.locked.Update(m)
}

// lockNow locks at once, where there is a passphrase.
func (r *Root) lockNow() tea.Cmd {
	if r.app.Sitting == nil {
		r.status = ui.Status{Text: "这本台账没有加密,画面锁不了;要能锁,先在“设置”里给台账加密"}
		return nil
	}
	if r.locked == nil {
		r.lock()
	}
	return nil
}

// lockHelpPage draws the help of the locked screen: the one that knows the screens below
// would name them.
func (r *Root) lockHelpPage(w, h int) (body []string, hints []ui.Hint) {
	lines := []string{"", "    " + r.app.Styles.Title.Render("帮助"), ""}
	for _, p := range r.locked.help {
		for _, l := range ui.Wrap(p, w-8) {
			lines = append(lines, "    "+l)
		}
	}
	return ui.Lines(strings.Join(lines, "\n"), w, h), []ui.Hint{{Action: ui.Back, Label: "关闭帮助"}}
}

// changeSitting goes on with a ledger that is encrypted from now on, or not any more.
func (r *Root) changeSitting(s ui.Sitting) {
	r.closing.Lock()
	defer r.closing.Unlock()
	r.app.Sitting, r.sitting = s, nil
}
