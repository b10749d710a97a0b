package county

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// keys is 县里的密钥: how the county's key stands, and what can be done about it.
type keys struct {
	app  *ui.App
	read *keysRead
	list ui.Chooser
	w, h int
}

var _ ui.Screen = (*keys)(nil)

// keysRead is what the screen shows.
type keysRead struct {
	state  *county.KeyState
	path   string // where the key's file is, "" where it was not found
	locked bool   // whether it has a passphrase
}

// NewKeys gives 县里的密钥.
func NewKeys(app *ui.App) ui.Screen { return &keys{app: app} }

// Title implements ui.Screen.
func (s *keys) Title() string { return KeysName(s.app) }

// KeysName is what the office's key and its screen are called: 县里的密钥.
func KeysName(app *ui.App) string { return app.Words().Here() + "的密钥" }

// Unsaved implements ui.Screen.
func (s *keys) Unsaved() string { return "" }

// Init implements ui.Screen.
func (s *keys) Init() tea.Cmd {
	app := s.app
	return func() tea.Msg {
		state, err := county.KeyStateOf(app.Ctx, app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		r := keysRead{state: state}
		if at, file, err := findKey(app.Ledger, app.Key.Path, app.Drives()); err == nil {
			r.path, r.locked = at, bundle.KeyLocked(file)
		}
		return r
	}
}

// Hints implements ui.Screen.
func (s *keys) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if s.read == nil || s.app.Ledger.ReadOnly() {
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Open, Label: "办理"}, back}
}

// Help implements ui.Screen.
func (s *keys) Help() []string {
	w := s.app.Words()
	return []string{
		KeysName(s.app) + "打开" + w.Each() + "的报送包、给回执签名。它在文件 county.key 里,丢了谁也打不开报送包,所以要有备份。",
		"备份:台账、密钥、配置文件抄成一个加密的文件,放U盘上。电脑坏了,在新电脑上“从备份恢复”,打上口令,三样一起回来。",
		"打印密钥:十一行数字,锁进保险柜。以后用“输入纸上的密钥”一行行打进来,打错了当场说是哪一行。",
		"换密钥:旧密钥还在," + w.There + "取入新的配置文件时不用核对;旧密钥丢了,每个" + w.Below + "都要打电话核对八位校验数字。",
		"没有备份时,每个月提醒一次。",
	}
}

// SetSize implements ui.Screen.
func (s *keys) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-len(s.top())-1, 1))
}

// Update implements ui.Screen.
func (s *keys) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case keysRead:
		s.read = &m
		s.list.SetItems(s.acts())
		s.SetSize(s.w, s.h)
	case ui.Changed:
		return s.Init()
	default:
		return s.list.Drive(msg, len(s.top()), s.open)
	}
	return nil
}

// open begins what the chosen line says.
func (s *keys) open() tea.Cmd {
	if it, ok := s.list.Selected(); ok && it.Run != nil {
		return it.Run()
	}
	return nil
}

// acts lists what can be done.
func (s *keys) acts() []ui.Item {
	act := func(key, label, note string, form func() ui.Screen) ui.Item {
		return ui.Item{Key: key, Label: label, Note: note, Run: func() tea.Cmd {
			if s.app.Ledger.ReadOnly() {
				return ui.Do(ui.Status{Text: "台账是用只读方式打开的,不能办;请退出后正常打开", Fault: true})
			}
			return ui.Do(ui.Push{Screen: form()})
		}}
	}
	r := *s.read
	return []ui.Item{
		act("backup", "备份", "台账、密钥、配置文件,一个加密的文件", func() ui.Screen { return newKeyBackup(s.app, r) }),
		act("paper", "打印密钥(纸)", "十一行数字,锁进保险柜", func() ui.Screen { return newKeyPaper(s.app, r) }),
		act("type", "输入纸上的密钥", "密钥文件丢了,保险柜里有纸", func() ui.Screen { return newKeyType(s.app, r) }),
		act("rekey", "换密钥", "旧的泄露了,或者丢了又没有备份", func() ui.Screen { return newKeyChange(s.app, r) }),
	}
}

// keyLabel is the room for labels.
const keyLabel = 14

// top says how the key stands.
func (s *keys) top() []string {
	if s.read == nil {
		return []string{"", "  正在读取…"}
	}
	st, k := s.app.Styles, s.read.state
	lines := []string{""}
	row := func(label, value string, style func(...string) string) {
		for i, l := range ui.Wrap(ui.Clean(value), max(s.w-keyLabel-4, 20)) {
			if i > 0 {
				label = ""
			}
			if style != nil {
				l = style(l)
			}
			lines = append(lines, "  "+st.Label.Render(ui.Fit(label, keyLabel))+l)
		}
	}
	row("校验数字", k.Digits+"("+s.app.Words().There+"打电话来核对时,念这八位)", nil)
	since := string(k.Since)
	if since == "" {
		since = "没有记(以前的程序建的)"
	}
	row("建立日期", since, nil)
	switch {
	case s.read.path == "":
		row("密钥文件", "没有找到:插上存密钥的U盘;丢了的,从备份恢复,或输入纸上的密钥,都没有就换密钥", st.Fault.Render)
	case s.read.locked:
		row("密钥文件", s.read.path+"(加了口令)", nil)
	default:
		row("密钥文件", s.read.path+"(没有口令:谁拿到都能用)", nil)
	}
	if k.Backup == "" {
		row("备份", "还没有:这台电脑坏了,就再也打不开"+s.app.Words().Each()+"的报送包", st.Fault.Render)
	} else {
		row("备份", string(k.Backup)+","+k.How, nil)
	}
	for i, f := range k.Former {
		if i == 3 {
			row("", "更早的略", nil)
			break
		}
		text := bundle.CheckDigits(f.PublicKey) + ",用到 " + f.Until
		if f.Lost {
			text += ",丢失"
		}
		row([]string{"以前的密钥", ""}[min(i, 1)], text, nil)
	}
	return append(lines, "", ui.Rule(st, "能办的事", s.w))
}

// View implements ui.Screen.
func (s *keys) View() (string, *tea.Cursor) {
	lines := s.top()
	if s.read == nil {
		return strings.Join(lines, "\n"), nil
	}
	list, _ := s.list.View(s.app.Styles)
	return strings.Join(append(lines, list...), "\n"), nil
}
