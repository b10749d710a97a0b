package tui

import (
	"context"
	"errors"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/kit"
	"taizhang/tui/ui"
)

// restore asks for a backup file and puts a copy of it in the ledger's place.
type restore struct {
	app  *ui.App
	path string
	rows ui.ShortForm
	busy bool
	w, h int
	// seal opens what is encrypted and restored; nil where nothing can be.
	seal *sealedRestore
}

var _ ui.Overlay = (*restore)(nil)

// notRestored tells that a backup could not be put in place.
type notRestored struct{ err error }

// backupFile asks for a backup.
var backupFile = ui.PathAsk{Title: "选备份文件", Help: "备份文件(.db,加了密的是 .age)在哪里,按 ↓ 从列表里选:", Exts: []string{".db", store.KitExtension}, Stick: true}

func newRestore(app *ui.App, path string) *restore {
	r := &restore{app: app, path: path}
	r.rows.App = app
	file := ui.TextRow(app, "file", "备份文件", "", "按回车(或 F3)从列表里选;也可以直接写,例如 /media/U盘/台账备份.db")
	file.Browse, file.Needed = &backupFile, true
	secret := ui.TextRow(app, "secret", "口令", "", "加了密的备份(.age)和县里给的摘录要打;没加密的(.db)不用")
	secret.Input.Secret = true
	r.rows.Rows = []*ui.ShortRow{
		file,
		secret,
		{Name: "restore", Label: "恢复", Act: r.restore},
	}
	return r
}

// newRestoreOf is newRestore with the backup chosen: its passphrase is asked for.
func newRestoreOf(app *ui.App, path, file string) *restore {
	r := newRestore(app, path)
	r.rows.Row("file").Input.SetValue(file)
	r.rows.Focus("secret")
	return r
}

// Reveal implements ui.Revealer.
func (r *restore) Reveal() bool { return !r.busy && r.rows.Reveal() }

func (r *restore) Init() tea.Cmd   { return nil }
func (r *restore) Title() string   { return "从备份恢复" }
func (r *restore) Unsaved() string { return "" }

func (r *restore) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "恢复"}, r.rows.RevealHint(), {Action: ui.Back, Label: "返回"}}
}

func (r *restore) Help() []string {
	return []string{
		"换了电脑、原来的电脑坏了、台账文件打不开,用备份接着记:备份里有什么,就恢复成什么。",
		"备份文件的位置空着时按回车,从列表里选;也可以自己写,或把文件拖进窗口。按 F2 恢复。备份文件本身不会改动;先查过它是好的,才放到台账的位置。",
		"县里给乡镇的摘录(.age)也在这里打开,口令问县里;打开以后只能看、能出表,不能改动。",
		"备份以后又登记过的,备份里没有,要照纸质材料补登。",
		"恢复以后第一次上报,县里可能打电话核对:备份比最后一次上报旧时,把校验数字念给县里听就行。",
	}
}

func (r *restore) Box(width, height int) (int, int) { return min(width-4, 76), 11 }
func (r *restore) SetSize(w, h int)                 { r.w, r.h = w, h }

func (r *restore) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(notRestored); ok {
		r.busy = false
		if known := (*model.Error)(nil); errors.As(m.err, &known) && known.Code == "E-PASSPHRASE" {
			r.rows.Row("secret").Fault = known.Message
			r.rows.Focus("secret")
			return nil
		}
		return ui.Do(ui.Failed{Err: m.err})
	}
	if r.busy {
		return nil
	}
	return r.rows.Drive(msg, 1, r.restore)
}

func (r *restore) restore() tea.Cmd {
	file := r.rows.Value("file")
	if file == "" {
		r.rows.Row("file").Fault = "请填写备份文件的位置"
		r.rows.Focus("file")
		return nil
	}
	at := ui.CompletePath(file, backupFile)
	secret := r.rows.Value("secret")
	if r.seal.takes(at) {
		return r.restoreSealed(at, secret)
	}
	if (kit.Is(at) || copies.IsSealed(at)) && secret == "" {
		r.rows.Row("secret").Fault = "这个文件加了密,请打它的口令"
		r.rows.Focus("secret")
		return nil
	}
	if _, err := os.Stat(r.path); err == nil { // a damaged one, which stays beside it
		return ui.Do(goBackTo{file: at, secret: secret})
	}
	r.busy = true
	return func() tea.Msg {
		l, err := restoreLedger(r.app.Ctx, at, r.path, secret)
		if err != nil {
			return notRestored{err}
		}
		return opened{ledger: l}
	}
}

// putBack puts a backup in the ledger's place; a county's brings key and profile with it.
func putBack(ctx context.Context, file, path, secret string) (kept string, err error) {
	if copies.IsSealed(file) {
		return copies.Restore(ctx, file, path, secret, nil, store.Options{Book: book.Standard})
	}
	if !kit.Is(file) {
		return book.Restore(ctx, file, path, store.Options{})
	}
	done, err := kit.Restore(ctx, file, path, secret, store.Options{})
	return done.KeptLedger, err
}

// restoreLedger puts a copy of a backup at path, as the command restore does, and opens
// it there.
func restoreLedger(ctx context.Context, file, path, secret string) (*store.Ledger, error) {
	if _, err := putBack(ctx, file, path, secret); err != nil {
		return nil, err
	}
	return book.Open(ctx, path, store.Options{})
}

func (r *restore) View() (string, *tea.Cursor) {
	lines, cursor := r.rows.Below([]string{""}, r.w)
	if r.busy {
		cursor = nil
		lines = append(lines, "", "  正在检查备份并恢复,请稍候…")
	}
	return strings.Join(lines, "\n"), cursor
}
