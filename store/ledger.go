// Package store keeps a ledger: one SQLite file with every record of a village.
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store/internal/found"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
)

// Ledger is an open record book. Its methods may be called from several
// goroutines; writes wait for each other.
type Ledger struct {
	path     string
	book     *Book
	kinds    *model.Catalog // the book's
	source   *model.Source
	readOnly bool
	extract  *Extract   // nil for an ordinary ledger
	access   raw.Access // of the readers
	by       string     // the system's user

	tables   map[string]*table           // by the kind's name
	labelled map[string][]model.Referrer // by kind: the labels that are made of its own
	lock     *lock                       // nil when read-only
	named    bool                        // Create has given the new file its name
	writer   *raw.Writer                 // nil when read-only
	readers  *raw.Readers
	hold     *guard.Hold // what a reader locks; nil otherwise
	snapshot bool        // the readers read the file with a log that waits
	notices  []string

	sealTo []age.Recipient // see Recipients

	note       string       // see Remember; "" remembers nothing
	remembered atomic.Int64 // when it was written or read last, in seconds
	opened     guard.Noted  // how far the ledger had come then
	behind     bool         // this machine had seen more

	header string                 // what Header found of a file that can be looked at all the same
	damage atomic.Pointer[Damage] // nil: none is known

	home    atomic.Pointer[model.Record]
	handler atomic.Pointer[string] // the setting SettingHandler
	packs   atomic.Pointer[model.Packs]
	kept    sync.Map // see Inside.Kept
	undo    undoStack

	computing computing
	warnings  warnings
	found     found.Keeper // see Prepare
}

// Path gives the ledger's file, as an absolute path.
func (l *Ledger) Path() string { return l.path }

// Recipients gives what is to be encrypted to that is written of the ledger's records beside
// it and is not asked for in clear, e.g. rows that were not taken in; nil for a ledger that
// is not kept encrypted.
func (l *Ledger) Recipients() []age.Recipient { return l.sealTo }

// Kinds gives the catalog that the ledger was opened with.
func (l *Ledger) Kinds() *model.Catalog { return l.kinds }

// Source gives the ledger's clock, ids and randomness.
func (l *Ledger) Source() *model.Source { return l.source }

// ReadOnly reports whether every write is refused: it was asked for, or the file is
// damaged.
func (l *Ledger) ReadOnly() bool { return l.readOnly || l.damage.Load() != nil }

// Home gives the organisation whose record book this is. The record is a copy.
func (l *Ledger) Home() *model.Record {
	home := l.home.Load()
	if home == nil {
		return nil
	}
	return home.Clone()
}

// Rest gives back what the ledger holds only so that the next reading is quick. It may be
// called at any time.
func (l *Ledger) Rest() {
	if l.readers != nil {
		l.readers.Rest()
	}
}

// Close lets the ledger go: the log is merged into the file and the lock ends.
func (l *Ledger) Close() error {
	var all []error
	l.takeNote(context.Background())
	if l.readers != nil {
		all = append(all, l.readers.Close())
	}
	if l.writer != nil {
		all = append(all, l.writer.Close())
	}
	if l.lock != nil {
		all = append(all, l.lock.release())
	}
	if l.hold != nil {
		all = append(all, l.hold.Close())
	}
	if err := errors.Join(all...); err != nil {
		return &NotClosed{fmt.Errorf("%s: %w", l.path, err)}
	}
	return nil
}

// Env gives what rules, defaults and derived values may know: the day, the limits
// and the records on file.
func (l *Ledger) Env(ctx context.Context) *model.Env { return l.env(ctx, l.readers, nil) }

// table gives a kind's place in the database, or an Error that names what is wrong.
func (l *Ledger) table(kind string) (*table, error) {
	t := l.tables[kind]
	if t == nil {
		titled, err := l.kinds.Find(kind)
		if err == nil {
			err = model.Errorf("E-KIND", "没有“%s”这种记录,请用记录的代号 %s", model.Clean(kind, false), titled.Name)
		}
		return nil, err
	}
	return t, nil
}

// IsCounty tells whether this ledger is an office's, to which others report: of the
// kinds that both write down only what it held itself counts then.
func (l *Ledger) IsCounty(ctx context.Context) (bool, error) {
	if l.book.Office == nil {
		return false, nil
	}
	return l.book.Office(ctx, l)
}

// DefaultPath gives the usual place of the ledger: taizhang/ledger.db in the
// user's data folder ($XDG_DATA_HOME or ~/.local/share; %AppData% on Windows).
// Nothing is created.
func DefaultPath() (string, error) {
	if runtime.GOOS == "windows" {
		base, err := os.UserConfigDir() // %AppData%
		if err != nil {
			return "", fmt.Errorf("data folder: %w", err)
		}
		return filepath.Join(base, "taizhang", "ledger.db"), nil
	}
	if base := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "taizhang", "ledger.db"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("data folder: %w", err)
	}
	return filepath.Join(home, ".local", "share", "taizhang", "ledger.db"), nil
}
