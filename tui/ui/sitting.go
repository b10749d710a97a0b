package ui

import (
	"context"

	"taizhang/store"
)

// Sitting is an encrypted ledger that was opened with its passphrase, until it is closed,
// which encrypts it again.
type Sitting interface {
	Ledger() *store.Ledger
	// Check tells whether a passphrase is the ledger's: *model.Error E-PASSPHRASE when it
	// is another one.
	Check(passphrase string) error
	// Close closes the ledger, encrypts it and removes the plain file. Where that fails
	// the plain file stays, and Close may be called again.
	Close(ctx context.Context) error
}

// Caller is a screen on which people are called up one by one. While Calling says that
// marks stand there which are not saved, the screen isn't locked: whoever holds the
// meeting looks at it without touching a key.
type Caller interface{ Calling() bool }

// Lock asks for the screen to be locked at once, until the passphrase is typed. Only an
// encrypted ledger's can be.
type Lock struct{}

// Shorter than this a passphrase is refused that is to keep a ledger, in characters.
const ShortestPassphrase = 6
