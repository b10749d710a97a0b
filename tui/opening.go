package tui

import (
	"cmp"
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// opening is the first page over an encrypted ledger: it asks for the passphrase, and
// nothing of the ledger is drawn before that.
type opening struct {
	*gate
	o    Options
	seal *sealedRestore
	// typed is the passphrase of the last try; gone tells that it is the right one and
	// the ledger itself is what can't be opened.
	typed string
	gone  bool
}

var _ ui.Screen = (*opening)(nil)

// goneCodes are those of a ledger that can't be opened by the right passphrase either.
var goneCodes = []string{"E-NOFILE", "E-KEYBOX", "E-CORRUPT", "E-DAMAGED", "E-NOTLEDGER"}

// notOpened ends a try that failed.
type notOpened struct{ err error }

func newOpening(app *ui.App, o Options, seal *sealedRestore) *opening {
	p := &opening{gate: newGate(app), o: o, seal: seal}
	p.title = "台账加了密"
	p.above = []string{"台账:" + o.Path, "", "打上口令才能打开。"}
	p.below = "忘记口令:按 F7。不打开了:按 Esc。"
	p.doing = "正在打开台账…"
	p.hints = []ui.Hint{{Action: ui.Sheet, Label: "忘记口令"}, {Action: ui.Back, Label: "退出"}}
	p.help = []string{
		"这本台账加了密:放在电脑里、U盘里的都是密文,打上口令才看得见。打好按回车,要等一两秒钟。",
		"口令打错了再打一遍,打多少遍都行。Ctrl+Y 看一看打的是什么,再按一次遮住;大写锁定、输入法没切好,这样看得出来。",
		"忘记口令按 F7:取入过县里配置文件的,县里能帮着开。",
		"上次断电、死机了不要紧:记录都在,打上口令照常打开,退出时重新加密。",
		"退出程序时台账会重新加密,要等几秒钟,请等它做完再关电脑。",
	}
	p.try = p.open
	return p
}

// open opens the ledger as a command.
func (p *opening) open(passphrase string) tea.Cmd {
	unseal, ctx := p.o.Unseal, p.app.Ctx
	p.typed, p.gone = passphrase, false
	return func() tea.Msg { return unsealed(ctx, unseal, passphrase) }
}

func unsealed(ctx context.Context, unseal Unsealer, passphrase string) tea.Msg {
	s, err := unseal(ctx, passphrase)
	if err != nil {
		return notOpened{err}
	}
	return opened{ledger: s.Ledger(), sitting: s, said: "台账已打开,退出时会重新加密"}
}

func (p *opening) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case notOpened:
		var known *model.Error
		if !errors.As(m.err, &known) {
			p.fail("没有打开")
			return ui.Do(ui.Failed{Err: m.err})
		}
		p.fail(known.Message)
		if slices.Contains(goneCodes, known.Code) {
			p.gone = true
			p.fault += "。按 F5 从备份恢复"
		}
		return nil
	case tea.KeyPressMsg:
		switch {
		case p.busy:
			return nil
		case ui.Is(m, ui.Sheet):
			return ui.Do(ui.Push{Screen: newForgotten(p.app, p.o)})
		case ui.Is(m, ui.Filter) && p.gone:
			box := newRestore(p.app, p.o.Path)
			box.seal = &sealedRestore{own: p.typed, source: p.seal.source, hold: p.seal.hold}
			return ui.Do(ui.Push{Screen: box})
		case ui.Is(m, ui.Back) && p.secret.Value() != "":
			p.secret.Clear()
			return nil
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Press{Action: ui.Quit})
		}
	}
	return p.gate.Update(msg)
}

// recoveredText is what is said once of a crash that left the ledger in clear.
const recoveredText = "上次没有正常退出(断电、死机或被关掉),台账没有来得及加密。记录都在,已经接着用;这次退出时会重新加密。"

// tellRecovered adds to what was found when the ledger was opened.
func (r *Root) tellRecovered(found []string) []string {
	if r.app.Sitting == nil || !r.app.Sitting.Recovered() {
		return found
	}
	return append([]string{recoveredText}, found...)
}

// adopt goes on with a ledger that the first run has made.
func (r *Root) adopt(m opened) tea.Cmd {
	r.app.Sitting = m.sitting
	r.take(m.ledger)
	r.status.Text = cmp.Or(m.said, "台账已打开:"+m.ledger.Path())
	if d := m.ledger.Damage(); d != nil {
		return r.beginDamaged(d.What)
	}
	return r.begin()
}
