package county

import (
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/tui/ui"
)

// keyAsk is how a screen that signs comes to the county's key: it is looked for, its
// passphrase is asked once for the sitting, and where it isn't found the person says
// where it is.
type keyAsk struct {
	app *ui.App
	// then goes on with the key; nil where the person chose to go on without it.
	then func(*bundle.CountyKey) tea.Cmd
	// without, where set, is the answer that goes on without a key.
	without string
}

// keyReady comes to the screen that has asked, when the key is open. The screen hands it
// on to ready.
type keyReady struct {
	ask  keyAsk
	path string
	key  *bundle.CountyKey
}

// open goes on at once where the key has been opened in this sitting, else it looks for it.
func (k keyAsk) open() tea.Cmd {
	if k.app.Key.Open != nil {
		return k.then(k.app.Key.Open)
	}
	path := k.app.Key.Path
	return func() tea.Msg { return k.look(path) }
}

// ready keeps the key for the sitting and goes on.
func (m keyReady) ready() tea.Cmd {
	if m.key != nil {
		m.ask.app.Key.Open, m.ask.app.Key.Path = m.key, m.path
	}
	return m.ask.then(m.key)
}

// look runs as a command.
func (k keyAsk) look(path string) tea.Msg {
	key, err := openKey(k.app.Ctx, k.app.Ledger, path, "", k.app.Drives())
	switch {
	case err == nil:
		return keyReady{k, path, key}
	case errors.Is(err, errLocked):
		return ui.Push{Screen: &secretBox{ask: k, path: path}}
	case !keyMissing(err):
		return ui.Failed{Err: err}
	case k.without == "":
		return ui.Push{Screen: k.pathBox(err)}
	}
	return ui.Ask{Title: KeysName(k.app), Text: err.Error() + "。", Choices: []ui.Choice{
		{Label: "选密钥文件…", Cmd: ui.Do(ui.Push{Screen: k.pathBox(err)})},
		{Label: k.without, Cmd: ui.Do(keyReady{ask: k})},
	}}
}

// pathBox asks where the key is.
func (k keyAsk) pathBox(why error) ui.Screen {
	return ui.NewPathBox(k.app, ui.PathAsk{Title: KeysName(k.app), Help: why.Error() + "。也可以在这里写出它的位置,或按 ↓ 从列表里选:",
		Path: ui.FolderPath(filepath.Dir(k.app.Ledger.Path())), Exts: []string{".key"},
		Done: func(path string) tea.Cmd {
			return tea.Sequence(ui.Do(ui.Pop{}), func() tea.Msg { return k.look(path) })
		}})
}

// secretBox asks for the key's passphrase, as an overlay.
type secretBox struct {
	ask    keyAsk
	path   string
	secret string // as typed so far
	fault  string
	busy   bool
	w, h   int
}

var _ ui.Overlay = (*secretBox)(nil)

// secretTried tells what a passphrase opened.
type secretTried struct {
	box *secretBox
	key *bundle.CountyKey
	err error
}

func (b *secretBox) Init() tea.Cmd           { return nil }
func (b *secretBox) Title() string           { return KeysName(b.ask.app) }
func (b *secretBox) Unsaved() string         { return "" }
func (b *secretBox) SetSize(w, h int)        { b.w, b.h = w, h }
func (b *secretBox) Box(w, _ int) (int, int) { return min(64, w-2), 7 }
func (b *secretBox) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "打开密钥"}, {Action: ui.Back, Label: "返回"}}
}

func (b *secretBox) Help() []string {
	return []string{KeysName(b.ask.app) + "加了口令:照当初定的填好,按回车。打的字显示成 *。", "口令在一次打开程序里只问一次;填错了可以重填,次数不限。按 Esc 返回,什么也不做。"}
}

func (b *secretBox) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case secretTried:
		if m.box == b {
			return b.tried(m)
		}
	case tea.PasteMsg:
		if !b.busy {
			b.fault, b.secret = "", b.secret+ui.Clean(m.Content)
		}
	case tea.KeyPressMsg:
		switch {
		case b.busy:
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		case ui.Is(m, ui.Open):
			return b.try()
		default:
			b.fault, b.secret = "", typedSecret(b.secret, m)
		}
	}
	return nil
}

// try opens the key with what was typed.
func (b *secretBox) try() tea.Cmd {
	if b.secret == "" {
		b.fault = "请先填口令"
		return nil
	}
	b.busy = true
	app, path, secret := b.ask.app, b.path, b.secret
	return func() tea.Msg {
		key, err := openKey(app.Ctx, app.Ledger, path, secret, app.Drives())
		return secretTried{b, key, err}
	}
}

func (b *secretBox) tried(m secretTried) tea.Cmd {
	b.busy, b.secret = false, ""
	var known *model.Error
	switch {
	case m.err == nil:
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(keyReady{b.ask, b.path, m.key}))
	case errors.As(m.err, &known):
		b.fault = known.Message
		return nil
	}
	return ui.Do(ui.Failed{Err: m.err})
}

func (b *secretBox) View() (string, *tea.Cursor) {
	st := b.ask.app.Styles
	lines := []string{" " + st.Muted.Render("密钥加了口令:填好按回车(这次打开程序只问一次)"), ""}
	var cursor *tea.Cursor
	if b.busy {
		lines = append(lines, " 正在打开密钥…")
	} else {
		hidden := strings.Repeat("*", min(len([]rune(b.secret)), max(b.w-10, 1)))
		lines = append(lines, " "+st.Label.Render("口令 ")+hidden)
		cursor = tea.NewCursor(6+len(hidden), len(lines)-1)
	}
	for _, l := range ui.Wrap(b.fault, max(b.w-2, 10)) {
		lines = append(lines, " "+st.Fault.Render(l))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.w, b.h), "\n"), cursor
}
