package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/vault"
	"taizhang/tui/ui"
)

// sealedRestore is restoring in the place of an encrypted ledger that can't be opened; own
// is its passphrase. Without one, an encrypted backup becomes an encrypted ledger where
// none is.
type sealedRestore struct {
	own    string
	source *model.Source
	hold   func(Unsealer) Unsealer
}

// takes tells whether a backup is to be encrypted again where it is put.
func (s *sealedRestore) takes(file string) bool {
	return s != nil && (s.own != "" || vault.IsKept(file))
}

// restoreSealed restores, and opens the ledger for a sitting.
func (r *restore) restoreSealed(file, secret string) tea.Cmd {
	s := r.seal
	if s.own == "" && secret == "" {
		r.rows.Row("secret").Fault = "这是加密台账的备份,请打那本台账的口令"
		r.rows.Focus("secret")
		return nil
	}
	r.busy = true
	o, path, ctx := store.Options{Source: s.source}, r.path, r.app.Ctx
	open := s.hold(func(ctx context.Context, passphrase string) (ui.Sitting, error) {
		if s.own != "" {
			if _, err := vault.Restore(ctx, path, passphrase, file, secret, o); err != nil {
				return nil, err
			}
		} else if err := vault.RestoreNew(ctx, path, file, passphrase, o); err != nil {
			return nil, err
		}
		opened, err := vault.Open(ctx, path, passphrase, o)
		if err != nil {
			return nil, err
		}
		return opened, nil
	})
	passphrase := s.own
	if passphrase == "" {
		passphrase = secret
	}
	return func() tea.Msg {
		m := unsealed(ctx, open, passphrase)
		if failed, ok := m.(notOpened); ok {
			return notRestored(failed)
		}
		return m
	}
}
