package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/vault"
	"taizhang/tui"
	"taizhang/tui/console"
	"taizhang/tui/ui"
)

type openOptions struct {
	kind, key       string
	readOnly, ascii bool
}

// screens opens the program on the terminal: the work table, a kind's table, or
// the first-run screen when there is no ledger yet.
func (m *Main) screens(ctx context.Context, o openOptions) error {
	if !m.Terminal {
		return usagef("画面要在终端窗口里打开;想看有哪些命令,请用 taizhang --help")
	}
	if o.kind != "" {
		k, err := party.Kinds.Find(o.kind)
		if err != nil {
			return err
		}
		o.kind = k.Name
	}
	path, err := m.path()
	if err != nil {
		return err
	}
	restore, err := console.Prepare(100, 30)
	if err != nil {
		return err
	}
	defer restore()
	asked := &console.Question{}
	if !o.ascii {
		asked = console.Ask() // it answers while the ledger is opened
		defer asked.Drop()
	}
	unseal, err := unsealer(path, o.readOnly)
	if err != nil {
		return err
	}
	var l *store.Ledger
	if unseal == nil {
		l, err = book.Open(ctx, path, store.Options{ReadOnly: o.readOnly})
	}
	damage := ""
	var known *model.Error
	if err != nil && !(errors.As(err, &known) && known.Code == "E-NOFILE") {
		if known == nil || !slices.Contains([]string{"E-CORRUPT", "E-DAMAGED", "E-NOTLEDGER"}, known.Code) || filepath.Ext(path) != ".db" {
			return err
		}
		if damage = known.Message; known.Code == "E-NOTLEDGER" {
			damage = "这个位置的文件认不出是台账:它的开头坏了,或者被换成了别的文件"
		}
	}
	// Signals are tui's: it has drafts to write before anything ends.
	err = tui.Run(context.WithoutCancel(ctx), tui.Options{
		Ledger: l, Path: path, Damage: damage, Unseal: unseal, Farewell: func(text string) { m.sayf("%s", text) }, Kind: o.kind, Key: o.key, ASCII: asked.Wide() || o.ascii, Ahead: asked.Ahead(), Enlarge: console.Enlarge(console.KindOf()), NoColor: m.Getenv("NO_COLOR") != "", Note: m.Note, AskHandler: true, Keyboard: m.Keyboard, Backups: m.Backups,
		Practice: filepath.Join(filepath.Dir(path), "practice"),
	})
	return err
}

// unsealer gives what opens an encrypted ledger, whose passphrase the screen asks for; nil
// for one that isn't, or that somebody sits at while it is only to be looked at.
// *model.Error E-LOCKED where somebody does.
func unsealer(path string, readOnly bool) (tui.Unsealer, error) {
	kept, err := vault.Kept(path)
	if err != nil || !kept {
		return nil, err
	}
	if vault.InUse(path) {
		if readOnly {
			return nil, nil
		}
		return nil, vault.InUseBy(path)
	}
	return func(ctx context.Context, passphrase string) (ui.Sitting, error) {
		s, err := vault.Open(ctx, path, passphrase, store.Options{ReadOnly: readOnly})
		if err != nil {
			return nil, err
		}
		return s, nil
	}, nil
}
