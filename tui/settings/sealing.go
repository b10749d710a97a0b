package settings

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/vault"
	"taizhang/tui/ui"
)

// sealPage is 台账加密: what it protects and what not, and the passphrase, twice. The same
// page gives another passphrase and switches it off.
type sealPage struct {
	app    *ui.App
	do     sealAct
	county bool // the county can answer a forgotten passphrase
	rows   ui.ShortForm
	warned string // the weak passphrase that was warned of
	busy   string
	w, h   int
}

var _ ui.Screen = (*sealPage)(nil)

// sealAct is what the page does.
type sealAct int

const (
	sealOn sealAct = iota
	sealChange
	sealOff
)

// sealed tells what became of it.
type sealed struct {
	sitting ui.Sitting
	row     string // where the error belongs, or ""
	err     error
}

func newSealPage(app *ui.App, do sealAct, county bool) *sealPage {
	p := &sealPage{app: app, do: do, county: county}
	p.rows.App = app
	row := func(name, label, note string) *ui.ShortRow {
		r := ui.TextRow(app, name, label, "", note)
		r.Input.Secret = true
		return r
	}
	if do != sealOn {
		p.rows.Rows = append(p.rows.Rows, row("old", "现在的口令", "打开台账时打的那个"))
	}
	if do != sealOff {
		p.rows.Rows = append(p.rows.Rows, row("secret", "新口令", "至少 6 个字,可以用汉字;几个不相干的词连起来最好"), row("again", "再打一遍", "两遍一样才算数"))
	}
	p.rows.Rows = append(p.rows.Rows, &ui.ShortRow{Name: "go", Label: p.verb(), Act: p.ask})
	return p
}

func (p *sealPage) verb() string {
	return [...]string{"加密台账", "换口令", "不再加密"}[p.do]
}

func (p *sealPage) Init() tea.Cmd    { return nil }
func (p *sealPage) Title() string    { return "台账加密" }
func (p *sealPage) SetSize(w, h int) { p.w, p.h = w, h }

// Unsaved implements ui.Screen: what is under way must come to its end.
func (p *sealPage) Unsaved() string {
	if p.busy == "" {
		return ""
	}
	return "台账加密:" + strings.TrimSuffix(p.busy, "…") + ",请等它做完"
}

func (p *sealPage) Hints() []ui.Hint {
	if p.busy != "" {
		return nil
	}
	return []ui.Hint{{Action: ui.Save, Label: p.verb()}, p.rows.RevealHint(), {Action: ui.Back, Label: "返回"}}
}

func (p *sealPage) Help() []string {
	return []string{
		"台账加密以后,平时放在电脑里的是密文,打上口令才打得开;退出程序时重新加密。电脑、U盘丢了,捡到的人看不到。",
		"开着程序的时候不护:离开一会儿,在菜单里选“暂时离开”锁上画面;十五分钟没有按键也会自己锁上。",
		"口令要自己记得牢、别人猜不着:几个不相干的词连起来最好,不要用生日、电话、村名。写在纸上的,锁在柜子里,不要贴在电脑上。",
		"忘了口令:取入过县里的配置文件的,县里能帮着开;没有取入的,谁也打不开。",
		"以前放在别处的备份不会跟着变:没加密的旧备份、U盘里的名册,自己收好或删掉。",
		"按 Ctrl+Y 看一看打的口令,再按一次遮住。",
	}
}

// Reveal implements ui.Revealer.
func (p *sealPage) Reveal() bool { return p.busy == "" && p.rows.Reveal() }

func (p *sealPage) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case sealed:
		return p.finish(m)
	case sealSure:
		return p.sure()
	case sealNow:
		return p.run()
	}
	if p.busy != "" {
		return nil
	}
	return p.rows.Drive(msg, p.top(), p.ask)
}

func (p *sealPage) top() int { return len(p.above()) }

// typed gives what stands in a row as it was typed: blanks may belong to a passphrase.
func (p *sealPage) typed(name string) string {
	if r := p.rows.Row(name); r != nil {
		return r.Input.Value()
	}
	return ""
}

func (p *sealPage) fault(row, text string) tea.Cmd {
	p.rows.Row(row).Fault = text
	p.rows.Focus(row)
	return nil
}

// ask looks at what was typed, and asks twice where nobody could help later.
func (p *sealPage) ask() tea.Cmd {
	if p.busy != "" {
		return nil
	}
	for _, r := range p.rows.Rows {
		r.Fault = ""
	}
	if p.do != sealOn && p.typed("old") == "" {
		return p.fault("old", "请打现在的口令")
	}
	if p.do != sealOff {
		first := p.typed("secret")
		if row, text := ui.NewSecret(first, p.typed("again"), vault.Shortest); row != "" {
			return p.fault(row, text)
		}
		home := p.app.Ledger.Home()
		weak := vault.Weak(first, home.Str("name"), home.Str("short_name"), home.Str("code"), home.Str("township"))
		if weak != "" && p.warned != first {
			p.warned = first
			return p.fault("secret", "这个口令"+weak+"。换一个;一定要用,再按一次 F2")
		}
	}
	if p.do == sealOn && !p.county {
		return ui.Do(ui.Ask{Title: "忘了口令就打不开了", Text: "这本台账还没有取入县里的配置文件:以后忘了口令,县里也帮不上,台账和加密的备份都打不开了。\n最好先取入县里发来的 county.json(设置里按 F7),再来加密。",
			Choices: []ui.Choice{{Label: "先不加密"}, {Label: "知道了,还是要加密", Cmd: ui.Do(sealSure{})}}})
	}
	return p.run()
}

// sealSure asks a second time; sealNow does it.
type (
	sealSure struct{}
	sealNow  struct{}
)

func (p *sealPage) sure() tea.Cmd {
	return ui.Do(ui.Ask{Title: "再问一次", Text: "口令写在纸上、锁好了吗?忘了口令,这本台账谁也打不开,登记过的全没有了。",
		Choices: []ui.Choice{{Label: "没有,先不加密"}, {Label: "写好了,加密", Cmd: ui.Do(sealNow{})}}})
}

func (p *sealPage) run() tea.Cmd {
	app, ctx, old, secret := p.app, p.app.Ctx, p.typed("old"), p.typed("secret")
	p.busy = [...]string{"正在加密台账,请不要关机…", "正在换口令…", "正在解除加密…"}[p.do]
	if p.do == sealOn {
		return func() tea.Msg {
			s, err := vault.Encrypt(ctx, app.Ledger, secret)
			if err != nil {
				return sealed{row: "secret", err: err}
			}
			return sealed{sitting: s}
		}
	}
	do, s := p.do, app.Sitting
	return func() tea.Msg {
		if err := s.Check(old); err != nil {
			return sealed{row: "old", err: err}
		}
		if do == sealOff {
			return sealed{err: s.Plain(ctx)}
		}
		return sealed{sitting: s, row: "secret", err: s.Change(ctx, secret)}
	}
}
