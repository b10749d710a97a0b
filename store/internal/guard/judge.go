package guard

import (
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"taizhang/store/internal/raw"
)

// Verdict is what stands beside a ledger's file that nobody writes to.
type Verdict struct {
	Log  Belonging
	Size int64 // of an own log: its bytes up to the end of the last whole transaction
	// Open tells that the file itself says that a log goes with it.
	Open bool
	// At is the path by which it says that it was last written to, "" where it doesn't.
	At string
}

// Belonging tells about a log.
type Belonging int

// The sorts.
const (
	NoLog   Belonging = iota // none, or one without a whole transaction
	Own                      // what was last saved stands in it
	Foreign                  // another file's, or an older state's
)

// Judge tells whether the log beside a ledger's file is its own. It changes nothing;
// nobody may write meanwhile.
//
// A log is its own if, read with it, the mark (raw.Mark) is another than the file's own
// and names the newest one of the file. Where a program that knows of no marks has written,
// the log is judged by what the ledger looks like with it.
func Judge(ctx context.Context, path string) (v Verdict, err error) {
	main, err := open(path, false)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, main.Close()) }()
	alone, err := raw.OpenReaders(path, raw.Immutable)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, alone.Close()) }()
	// A file whose log was being folded in may not be readable by itself.
	mark, text, fault := raw.ReadMark(ctx, alone)
	if ctx.Err() != nil {
		return v, ctx.Err()
	}
	v.Open, v.At = mark.State == raw.MarkOpen, mark.At
	newest := ""
	if len(mark.Marks) > 0 && mark.State != raw.MarkSeen {
		newest = mark.Marks[0]
	}
	log, s, err := openLog(path, newest)
	if err != nil || log == nil {
		return v, err
	}
	if size, err := pageSize(main); err != nil || size != s.pages {
		v.Log = Foreign
		return v, errors.Join(err, log.Close())
	}
	with, err := raw.OpenSnapshot(main, log, s.whole)
	if err != nil {
		return v, errors.Join(err, log.Close())
	}
	defer func() { err = errors.Join(err, with.Close()) }()
	v.Log, v.Size = Foreign, s.whole
	through, second, unread := raw.ReadMark(ctx, with)
	named := fault == nil && unread == nil && newest != "" && slices.Contains(through.Marks, newest)
	if named && (second != text || s.found) || goesOn(ctx, alone, with) {
		v.Log = Own
	}
	return v, ctx.Err()
}

// openLog opens the log beside a ledger; nil where there is none that counts.
func openLog(path, text string) (*os.File, scanned, error) {
	log, err := open(LogPath(path), false)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, scanned{}, nil
	}
	if err != nil {
		return nil, scanned{}, err
	}
	s, err := scan(log, text)
	if err != nil || s.whole == 0 {
		return nil, s, errors.Join(err, log.Close())
	}
	return log, s, nil
}

// LogWaits tells whether a log lies beside a ledger that counts, or can't be looked at.
func LogWaits(path string) bool {
	log, _, err := openLog(path, "")
	if err != nil || log == nil {
		return err != nil
	}
	//nolint:errcheck // It was only read.
	log.Close()
	return true
}

// Open connects to a ledger's file with its own log, as Judge found them.
func Open(h *Hold, path string, size int64) (*raw.Readers, error) {
	log, err := open(LogPath(path), false)
	if err != nil {
		return nil, err
	}
	r, err := raw.OpenSnapshot(h.f, log, size)
	if err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return r, nil
}

// pageSize gives the size of a database's pages, in bytes (fileformat2 §1.3.2).
func pageSize(main *os.File) (int, error) {
	var b [2]byte
	if _, err := main.ReadAt(b[:], 16); err != nil {
		return 0, err
	}
	if size := int(binary.BigEndian.Uint16(b[:])); size != 1 {
		return size, nil
	}
	return 65536, nil
}

// goesOn reports whether a log without a mark looks as if it were the file's own: with it
// the file is whole, is the same organisation's, and its history holds all that the file
// holds without it. A file that is not whole by itself can't bear witness: its log was
// being folded in; and where both are damaged the log isn't to blame.
func goesOn(ctx context.Context, alone, with raw.Querier) bool {
	sound := whole(ctx, alone)
	if !whole(ctx, with) {
		return !sound
	}
	if !sound {
		return true
	}
	home, err := homeOf(ctx, alone)
	if err != nil {
		return true
	}
	if same, err := homeOf(ctx, with); err != nil || same != home {
		return false
	}
	kept, err := keeps(ctx, with, alone)
	return err == nil && kept
}

// whole reports whether the structure of a database is sound.
func whole(ctx context.Context, q raw.Querier) bool {
	answer, err := raw.TextsOnce(ctx, q, "PRAGMA quick_check(1)")
	return err == nil && len(answer) == 1 && answer[0] == "ok"
}

func homeOf(ctx context.Context, q raw.Querier) (string, error) {
	found, err := raw.TextsOnce(ctx, q, "SELECT value FROM setting WHERE name = 'home'")
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// entry is a line of the history, which is only ever added to.
type entry struct {
	seq, rev              int64
	kind, id, at, changes string
}

// keeps reports whether one history holds each line of another as it stands there.
func keeps(ctx context.Context, all, some raw.Querier) (bool, error) {
	const text = "SELECT seq, rev, kind, id, at, changes FROM history ORDER BY seq"
	a, err := all.Once(ctx, text)
	if err != nil {
		return false, err
	}
	defer a.Close()
	b, err := some.Once(ctx, text)
	if err != nil {
		return false, err
	}
	defer b.Close()
	for b.Next() {
		var want, got entry
		if err := b.Scan(&want.seq, &want.rev, &want.kind, &want.id, &want.at, &want.changes); err != nil {
			return false, err
		}
		for got.seq < want.seq && a.Next() {
			if err := a.Scan(&got.seq, &got.rev, &got.kind, &got.id, &got.at, &got.changes); err != nil {
				return false, err
			}
		}
		if got != want {
			return false, a.Err()
		}
	}
	return true, errors.Join(a.Err(), b.Err())
}

// Elsewhere looks for another name of a ledger's file beside which a log waits: the one by
// which it says that it was last written to, and those of its own folder.
func Elsewhere(path, at string) (string, bool) {
	for _, name := range sameFile(path, at) {
		if log, _, err := openLog(name, ""); err == nil && log != nil {
			return name, log.Close() == nil
		}
	}
	return "", false
}

// Names gives the names of a ledger's file, as far as they can be found: the given one
// first, then the one by which it says that it was last written to, and those of its folder.
func Names(path string) []string {
	at := ""
	if r, err := raw.OpenReaders(path, raw.Immutable); err == nil {
		// Whether it says anything or not: the other names are found without it.
		if mark, _, err := raw.ReadMark(context.Background(), r); err == nil {
			at = mark.At
		}
		//nolint:errcheck // It was only looked at.
		r.Close()
	}
	return append([]string{path}, sameFile(path, at)...)
}

// sameFile gives the other names of a file among at and those of its folder.
func sameFile(path, at string) []string {
	mine, err := os.Stat(path)
	if err != nil {
		return nil
	}
	var names []string
	if at != "" {
		names = append(names, at)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err == nil {
		for _, e := range entries {
			names = append(names, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		other, err := os.Stat(name)
		return err != nil || name == path || !os.SameFile(mine, other)
	})
}
