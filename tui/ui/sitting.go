package ui

import (
	"context"
	"fmt"
	"unicode/utf8"

	"taizhang/store"
)

// Sitting is an encrypted ledger that was opened with its passphrase, until it is closed,
// which encrypts it again (vault.Sitting).
type Sitting interface {
	Ledger() *store.Ledger
	// Take goes on with a ledger opened anew at the same place.
	Take(l *store.Ledger)
	// Restore puts a backup in the ledger's place and goes on with it; secret is the
	// backup's where that has a passphrase of its own.
	Restore(ctx context.Context, file, secret string) (kept string, err error)
	// Recovered tells whether the sitting goes on with what a crash had left in clear.
	Recovered() bool
	// HasCounty tells whether the county can answer a forgotten passphrase.
	HasCounty() bool
	// Check tells whether a passphrase is the ledger's: *model.Error E-PASSPHRASE when it
	// is another one.
	Check(passphrase string) error
	// Change gives the ledger another passphrase.
	Change(ctx context.Context, passphrase string) error
	// Plain switches the encryption off.
	Plain(ctx context.Context) error
	// Close closes the ledger, encrypts it and removes the plain file. Where that fails
	// the plain file stays, and Close may be called again.
	Close(ctx context.Context) error
}

// Caller is a screen on which people are called up one by one. While Calling says that
// marks stand there which are not saved, the screen isn't locked: whoever holds the
// meeting looks at it without touching a key.
type Caller interface{ Calling() bool }

// Lock asks the root for the screen to be locked at once, until the passphrase is typed.
// Only an encrypted ledger's can be.
type Lock struct{}

// Sealing tells the root that the ledger is kept encrypted from now on; Sitting is nil
// where it isn't any more.
type Sealing struct{ Sitting Sitting }

// NewSecret looks at a new passphrase that is typed twice: in which of the rows "secret"
// and "again" something is wrong, and what; row is "" for nothing. shortest is counted in
// characters.
func NewSecret(first, again string, shortest int) (row, fault string) {
	switch n := utf8.RuneCountInString(first); {
	case n == 0:
		return "secret", "请打新口令"
	case n < shortest:
		return "secret", fmt.Sprintf("太短了,至少 %d 个字", shortest)
	case again == "":
		return "again", "请再打一遍"
	case first != again:
		return "again", "两遍打的不一样,请重新打"
	}
	return "", ""
}
