package backups

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/copies"
	"taizhang/tui/ui"
)

// secret asks for the passphrase of backups that leave the house, twice.
type secret struct {
	page *page
	next func() tea.Cmd
	rows ui.ShortForm
	busy bool
	w, h int
}

var _ ui.Overlay = (*secret)(nil)

// secretKept tells that the passphrase holds from now on, or why not; next goes on.
type secretKept struct {
	box *secret
	err error
}

const shortestSecret = 6 // characters of a passphrase

func newSecret(p *page, next func() tea.Cmd) *secret {
	b := &secret{page: p, next: next}
	b.rows.App = p.app
	row := func(name, label, note string) *ui.ShortRow {
		r := ui.TextRow(p.app, name, label, "", note)
		r.Input.Secret = true
		return r
	}
	b.rows.Rows = []*ui.ShortRow{
		row("secret", "备份口令", "至少 6 个字,可以用汉字;请写在纸上锁好"),
		row("again", "再打一遍", "与上面一样"),
		{Name: "keep", Label: "定下", Act: b.keep},
	}
	return b
}

// Reveal implements ui.Revealer.
func (b *secret) Reveal() bool { return !b.busy && b.rows.Reveal() }

func (b *secret) Init() tea.Cmd                    { return nil }
func (b *secret) Title() string                    { return "备份口令" }
func (b *secret) Unsaved() string                  { return "" }
func (b *secret) Box(width, height int) (int, int) { return min(width-4, 76), 14 }
func (b *secret) SetSize(w, h int)                 { b.w, b.h = w, h }
func (b *secret) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "定下"}, b.rows.RevealHint(), {Action: ui.Back, Label: "返回"}}
}

func (b *secret) Help() []string {
	return []string{
		"U盘、移动硬盘和网络上的备份都加密。口令只在这里打一次,以后备份不用再打;恢复的时候才要打。",
		"口令不存在台账里,也不存在U盘上:忘了,取入过县里配置文件的,拿到县里用县里的密钥打得开;没有取入的,谁也打不开。",
		"换了口令,以前做的备份还是打旧口令。",
	}
}

func (b *secret) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(secretKept); ok {
		b.busy = false
		var known *model.Error
		switch {
		case errors.As(m.err, &known):
			b.rows.Row("secret").Fault = known.Message
			return nil
		case m.err != nil:
			return ui.Do(ui.Failed{Err: m.err})
		}
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(secretSet{b.page, b.next}))
	}
	if b.busy {
		return nil
	}
	return b.rows.Drive(msg, len(b.above()), b.keep)
}

// secretSet tells the page that it may go on.
type secretSet struct {
	page *page
	next func() tea.Cmd
}

func (b *secret) keep() tea.Cmd {
	for _, r := range b.rows.Rows {
		r.Fault = ""
	}
	if row, fault := ui.NewSecret(b.rows.Value("secret"), b.rows.Value("again"), shortestSecret); row != "" {
		b.rows.Row(row).Fault = fault
		b.rows.Focus(row)
		return nil
	}
	b.busy = true
	ctx, l, typed := b.page.app.Ctx, b.page.app.Ledger, b.rows.Value("secret")
	return func() tea.Msg {
		key, err := copies.NewKey(l, typed, 0)
		if err == nil {
			err = key.Keep(ctx, l)
		}
		return secretKept{b, err}
	}
}

func (b *secret) above() []string {
	lines := []string{""}
	for _, l := range ui.Wrap("U盘上的备份要加密。定一个口令:以后备份不用再打,恢复时才打。", max(b.w-4, 20)) {
		lines = append(lines, "  "+l)
	}
	return append(lines, "")
}

func (b *secret) View() (string, *tea.Cursor) {
	lines, cursor := b.rows.Below(b.above(), b.w)
	if b.busy {
		cursor = nil
		lines = append(lines, "", "  正在定下口令…")
	}
	return strings.Join(lines, "\n"), cursor
}
