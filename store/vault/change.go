package vault

import (
	"context"

	"taizhang/model"
	"taizhang/store"
)

// Shortest is how many characters a passphrase must have.
const Shortest = 6

// Encrypt keeps a ledger that is open for writing encrypted from now on.
func Encrypt(ctx context.Context, l *store.Ledger, passphrase string) (*Sitting, error) {
	return nil, model.Errorf("E-KEYBOX", "尚未完成")
}

// Plain switches the encryption off.
func (s *Sitting) Plain(context.Context) error { return model.Errorf("E-KEYBOX", "尚未完成") }

// Change gives the ledger another passphrase.
func (s *Sitting) Change(ctx context.Context, passphrase string) error {
	return model.Errorf("E-KEYBOX", "尚未完成")
}
