// Package raw holds SQL sessions on a ledger's file and the texts they are given. It is
// for store and the packages under it: Go keeps everyone else out.
package raw

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Pass is what a ledger asks for before it shows its inside. Only the packages under
// store can name it.
type Pass struct{ _ func() }

// Querier runs queries: the pool of readers, a snapshot, or the transaction that
// writes. Query is for texts that come again and are kept prepared; Once is for
// those made for one question.
type Querier interface {
	Query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	Once(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// Once implements Querier.
func (r *Readers) Once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return r.db.QueryContext(ctx, text, args...)
}

// Snapshot reads the ledger as it stands at one moment.
func (r *Readers) Snapshot(ctx context.Context, read func(Querier) error) (err error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return err
	}
	s := newSession(conn)
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.Exec(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Exec(context.WithoutCancel(ctx), "COMMIT")) }()
	return read(s)
}

// WithCache reads by a connection of its own that keeps more pages meanwhile, in KB: for
// what comes back to the same pages in no order.
func (r *Readers) WithCache(ctx context.Context, kb int, read func(Querier) error) (err error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return err
	}
	s := newSession(conn)
	defer func() { err = errors.Join(err, s.close()) }()
	before, err := NumberOnce(ctx, s, "PRAGMA cache_size")
	if err == nil {
		_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size(-%d)", kb))
	}
	if err != nil {
		return err
	}
	defer func() {
		_, back := conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("PRAGMA cache_size(%d); PRAGMA shrink_memory", before))
		err = errors.Join(err, back)
	}()
	return read(s)
}

// Session is one connection with its prepared statements.
type Session struct {
	Conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func newSession(conn *sql.Conn) *Session {
	return &Session{Conn: conn, statements: map[string]*sql.Stmt{}}
}

func (s *Session) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := s.statements[text]; st != nil {
		return st, nil
	}
	st, err := s.Conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, text)
	}
	s.statements[text] = st
	return st, nil
}

// Query implements Querier.
func (s *Session) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	st, err := s.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

// Once implements Querier.
func (s *Session) Once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return s.Conn.QueryContext(ctx, text, args...)
}

// Exec runs a statement that gives no rows; its text is kept prepared.
func (s *Session) Exec(ctx context.Context, text string, args ...any) error {
	st, err := s.statement(ctx, text)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx, args...)
	return err
}

func (s *Session) close() error {
	for _, st := range s.statements {
		//nolint:errcheck // The connection ends next and takes the statement with it.
		st.Close()
	}
	clear(s.statements)
	if s.Conn == nil {
		return nil
	}
	return s.Conn.Close()
}

// Writer is the one connection that writes.
type Writer struct {
	db *sql.DB
	mu sync.Mutex // one transaction at a time
	*Session
	connecting sync.Mutex // guards Session's first connection
	keeping
}

// OpenWriter connects to a ledger's file for writing. A file that is written with a log
// already is connected to by the first that is asked of the writer: a sitting may only look
// on, and the first screen doesn't wait for it.
func OpenWriter(ctx context.Context, path string) (*Writer, error) {
	if err := registerRank(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", address(path, ForWriting))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &Writer{db: db, Session: newSession(nil)}
	if logged(path) {
		return w, nil
	}
	if err := w.connect(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
}

// logged tells whether the file's own header says that it is written with a log
// (sqlite.org/fileformat, 1.3.3).
func logged(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // It was only read.
	var h [readVersion + 1]byte
	_, err = io.ReadFull(f, h[:])
	return err == nil && h[writeVersion] == 2 && h[readVersion] == 2
}

func (w *Writer) connect(ctx context.Context) error {
	w.connecting.Lock()
	defer w.connecting.Unlock()
	if w.Conn != nil {
		return nil
	}
	conn, err := w.db.Conn(ctx)
	if err == nil {
		w.Conn = conn
	}
	return err
}

// Query implements Querier.
func (w *Writer) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := w.connect(ctx); err != nil {
		return nil, err
	}
	return w.Session.Query(ctx, text, args...)
}

// Once implements Querier.
func (w *Writer) Once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := w.connect(ctx); err != nil {
		return nil, err
	}
	return w.Session.Once(ctx, text, args...)
}

// Exec is Session's.
func (w *Writer) Exec(ctx context.Context, text string, args ...any) error {
	if err := w.connect(ctx); err != nil {
		return err
	}
	return w.Session.Exec(ctx, text, args...)
}

// Transact runs write in one immediate transaction: all of it is on the disk when
// Transact returns nil, and none of it otherwise. A context that ends stops it
// between two statements, never in the middle of one.
func (w *Writer) Transact(ctx context.Context, write func(ctx context.Context) error) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	steady := context.WithoutCancel(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	w.begin(steady)
	if err := w.Exec(steady, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // also when write panics
			err = errors.Join(err, w.rollback(steady))
		}
	}()
	if err := w.repeatMark(steady); err != nil {
		return err
	}
	if err := write(steady); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.Exec(steady, "COMMIT"); err != nil {
		done = true
		return errors.Join(err, w.rollback(steady), w.bury(steady, err))
	}
	done = true
	w.committed(steady)
	return nil
}

// ErrUnsure is joined to the error of a transaction of which nobody can say whether it
// stands: it is written whole, the disk would not confirm it, and it can't be covered.
var ErrUnsure = errors.New("the transaction may stand or not")

// bury writes over what a failed commit has left in the log. A commit that fails only when
// the log is synced is written whole: this connection no longer sees it, but the next
// start would, though the person was told that nothing was saved.
func (w *Writer) bury(ctx context.Context, failed error) error {
	var fault *sqlite.Error
	if !errors.As(failed, &fault) || fault.Code()&0xff == lib.SQLITE_CONSTRAINT || fault.Code()&0xff == lib.SQLITE_BUSY {
		return nil // it never came to writing
	}
	version, err := NumberOnce(ctx, w, "PRAGMA user_version")
	if err == nil { // a write that changes nothing
		_, err = w.Conn.ExecContext(ctx, fmt.Sprintf("BEGIN IMMEDIATE; PRAGMA user_version = %d; COMMIT", version))
	}
	if err != nil {
		return errors.Join(err, w.rollback(ctx), ErrUnsure)
	}
	return nil
}

// Forbidden tells an error by which the database refused what was to be written, as a row
// that must be unique, from one of the file or the disk.
func Forbidden(err error) bool {
	var fault *sqlite.Error
	return errors.As(err, &fault) && fault.Code()&0xff == lib.SQLITE_CONSTRAINT
}

// rollback ends the transaction, unless SQLite has ended it itself (as on a full
// disk), which is what was wanted.
func (w *Writer) rollback(ctx context.Context) error {
	err := w.Exec(ctx, "ROLLBACK")
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// Close waits for the transaction under way; a later one gets an error. A writer that
// keeps marks (Keep) folds its log into the file, unless somebody reads it.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.finish(context.Background())()
	return errors.Join(w.Session.close(), w.db.Close())
}

// Texts gives the one text column of what a query finds.
func Texts(ctx context.Context, q Querier, text string, args ...any) ([]string, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return texts(rows)
}

// TextsOnce is Texts for a question that does not come again.
func TextsOnce(ctx context.Context, q Querier, text string, args ...any) ([]string, error) {
	rows, err := q.Once(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	return texts(rows)
}

func texts(rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// Number gives the one number that a query finds; 0 when it finds no row.
func Number(ctx context.Context, q Querier, text string, args ...any) (int64, error) {
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return number(rows)
}

// NumberOnce is Number for a question that does not come again.
func NumberOnce(ctx context.Context, q Querier, text string, args ...any) (int64, error) {
	rows, err := q.Once(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return number(rows)
}

func number(rows *sql.Rows) (int64, error) {
	defer rows.Close()
	var n int64
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
