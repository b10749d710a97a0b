package raw

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"strconv"
)

// MarkSetting is the name of the setting that tells which log belongs to a ledger's file.
const MarkSetting = "log_mark"

// The states of a mark.
const (
	// MarkOpen was folded into the file before anything else was written to a new log: a
	// file that says so without a log beside it was copied without it.
	MarkOpen = "open"
	// MarkSeen is the first that a new log holds. Where the file itself says so, a
	// program has folded the log in that knows nothing of marks.
	MarkSeen = "seen"
	// MarkClosed was the last to be folded in: no log is left.
	MarkClosed = "closed"
)

// Mark is the setting's value. Before each folding the writer sets a fresh mark, so that
// every state of the file itself has one of its own, and the log that is written on top of
// it begins with a transaction that repeats it. So a log belongs to a file if, read with
// it, the setting is another than the file's own and names the file's newest mark.
type Mark struct {
	State string   `json:"state"`
	Marks []string `json:"marks"`        // the newest first, then those that the file itself may still have
	At    string   `json:"at,omitempty"` // by which path the file was written to
}

// ReadMark gives the mark of a ledger and its text; the zero Mark where there is none.
func ReadMark(ctx context.Context, q Querier) (m Mark, text string, err error) {
	values, err := TextsOnce(ctx, q, "SELECT value FROM setting WHERE name = ?", MarkSetting)
	if err != nil || len(values) == 0 {
		return Mark{}, "", err
	}
	if json.Unmarshal([]byte(values[0]), &m) != nil {
		return Mark{}, values[0], nil // another program's; it says nothing
	}
	return m, values[0], nil
}

func (m Mark) next(state, at string) Mark {
	return Mark{State: state, Marks: append([]string{rand.Text()}, m.Marks...), At: at}
}

// Keeper tells whether the log may be folded into the file now. While ok, nobody begins to
// read the two apart until end is called.
type Keeper interface {
	Alone() (end func(), ok bool)
}

// foldAbove is the size of a log, in bytes, above which it is folded into the file after a
// transaction, as SQLite itself would: a thousand pages.
const foldAbove = 4 << 20

// manyFoldAbove is the same while Many runs.
const manyFoldAbove = 40 * foldAbove

// keeping is a writer's care of its log.
type keeping struct {
	keeper Keeper
	path   string
	begun  bool  // the sitting's first write is over
	repeat bool  // the next transaction has to repeat the mark
	mark   Mark  // as the ledger has it
	above  int64 // the size at which the log is folded in next
	usual  int64 // what it is once the log has been folded in
}

// Keep makes the writer mark and fold its log, which nothing else does for it. Nothing is
// written before the first transaction.
func (w *Writer) Keep(path string, k Keeper) {
	w.keeping = keeping{keeper: k, path: path, above: foldAbove, usual: foldAbove}
}

// begin sets the marks before the first write of a sitting. What fails here leaves the log
// as it is, and is tried again at the next folding: the write itself says if it can't be.
func (w *Writer) begin(ctx context.Context) {
	if w.keeper == nil || w.begun {
		return
	}
	if n, err := NumberOnce(ctx, w, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'setting'"); err != nil || n == 0 {
		return // a file that is being made
	}
	mark, _, err := ReadMark(ctx, w)
	if err != nil {
		return
	}
	w.mark, w.begun, w.repeat = mark, true, true
	w.fold(ctx)
}

// repeatMark writes the mark into the transaction under way, the first of a new log.
func (w *Writer) repeatMark(ctx context.Context) error {
	if w.keeper == nil || !w.repeat {
		return nil
	}
	return w.put(ctx, w.seen())
}

func (w *Writer) seen() Mark { return Mark{State: MarkSeen, Marks: w.mark.Marks, At: w.path} }

func (w *Writer) put(ctx context.Context, m Mark) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return w.Exec(ctx, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", MarkSetting, string(text))
}

// committed notes that a transaction is on the disk, and folds a long log in.
func (w *Writer) committed(ctx context.Context) {
	if w.keeper == nil {
		return
	}
	if w.repeat {
		w.mark, w.repeat = w.seen(), false
	}
	if w.logSize() <= w.above {
		return
	}
	w.fold(ctx)
	w.above = w.usual
	if size := w.logSize(); size > w.usual { // somebody reads: later
		w.above = size + w.usual
	}
}

// Many runs fn, which writes many transactions that follow each other. These write to the
// same pages of the indexes again and again: the log may grow larger meanwhile, and each
// page is folded in once for several. Each of them is on the disk when its Transact returns,
// as always.
func (w *Writer) Many(ctx context.Context, fn func() error) error {
	if err := w.connect(ctx); err != nil {
		return err
	}
	w.foldAt(manyFoldAbove)
	w.cache(ctx, manyCacheKB)
	err := fn()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cache(ctx, cacheKB[ForWriting])
	w.above, w.usual = foldAbove, foldAbove
	if w.keeper != nil && w.logSize() > w.above {
		w.fold(context.WithoutCancel(ctx))
	}
	return err
}

// manyCacheKB is as cacheKB while Many runs: bundles meet the same pages of every index
// again.
const manyCacheKB = "40960"

// cache bounds the pages that are kept. Where that fails they stay bounded as they were.
func (w *Writer) cache(ctx context.Context, kb string) {
	//nolint:errcheck // See above.
	w.Conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA cache_size = -"+kb)
}

func (w *Writer) foldAt(size int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.above, w.usual = size, size
}

// logSize gives the log's size in bytes, 0 where there is none.
func (w *Writer) logSize() int64 {
	info, err := os.Stat(w.path + "-wal")
	if err != nil {
		return 0
	}
	return info.Size()
}

// fold brings the log into the file under a fresh mark and begins a new one with it,
// unless somebody reads the two apart. A failure leaves all that was written in the log,
// where it is safe.
func (w *Writer) fold(ctx context.Context) {
	end, ok := w.keeper.Alone()
	if !ok {
		return
	}
	defer end()
	next := w.mark.next(MarkOpen, w.path)
	if w.alone(ctx, next) != nil {
		return
	}
	w.mark, w.repeat = next, true
	if w.checkpoint(ctx, 0) {
		w.mark.Marks = w.mark.Marks[:1]
	}
	if seen := w.seen(); w.alone(ctx, seen) == nil {
		w.mark, w.repeat = seen, false
	}
}

// alone writes a mark in a transaction of its own.
func (w *Writer) alone(ctx context.Context, m Mark) error {
	if err := w.Exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := w.put(ctx, m)
	if err == nil {
		err = w.Exec(ctx, "COMMIT")
	}
	if err != nil {
		err = errors.Join(err, w.rollback(ctx))
	}
	return err
}

// checkpoint folds the log in and empties it, waiting so many milliseconds for readers. It
// tells whether all of it was.
func (w *Writer) checkpoint(ctx context.Context, wait int) bool {
	const patient = 10000 // as the connection is opened with
	if w.connect(ctx) != nil {
		return false
	}
	_, err := NumberOnce(ctx, w, "PRAGMA busy_timeout = "+strconv.Itoa(wait))
	var busy, frames, folded int
	errFold := w.Conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	_, errBack := NumberOnce(ctx, w, "PRAGMA busy_timeout = "+strconv.Itoa(patient))
	return err == nil && errFold == nil && errBack == nil && busy == 0
}

// Fold brings the log into the file now, e.g. so that its header tells a new schema.
func (w *Writer) Fold(ctx context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.keeper == nil:
		w.checkpoint(ctx, 0)
	case w.begun:
		w.fold(ctx)
	}
}

// finish marks the file as closed and folds the log in, where there is one. It gives what
// ends the keeping of others away, once the connection is closed. What fails leaves the log
// for the next time.
func (w *Writer) finish(ctx context.Context) (end func()) {
	if w.keeper == nil || w.logSize() == 0 {
		return func() {}
	}
	end, ok := w.keeper.Alone()
	if !ok {
		return func() {}
	}
	if !w.begun {
		mark, _, err := ReadMark(ctx, w)
		if err != nil {
			return end
		}
		w.mark = mark
	}
	closed := w.mark.next(MarkClosed, w.path)
	if w.alone(ctx, closed) == nil && w.checkpoint(ctx, 1000) {
		w.mark = closed
	}
	return end
}

// Tidy writes every page anew (VACUUM), so that no free space keeps what was deleted, and
// folds the log in, which still has it. A transaction must have been written in this
// sitting before, so that the log is marked. It reports false where somebody reads the file
// and the log had to stay.
func (w *Writer) Tidy(ctx context.Context) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	steady := context.WithoutCancel(ctx)
	if err := w.connect(steady); err != nil {
		return false, err
	}
	if _, err := w.Conn.ExecContext(steady, "VACUUM"); err != nil {
		return false, err
	}
	if w.keeper == nil {
		return w.checkpoint(steady, 0), nil
	}
	w.fold(steady)
	return len(w.mark.Marks) == 1 && w.logSize() < foldAbove/64, nil
}
