package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// querier runs queries: the pool of readers, a snapshot, or the transaction that
// writes. query is for texts that come again and are kept prepared; once is for
// those made for one question.
type querier interface {
	query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	once(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// poolSize is how many readers stay connected: for a page, a count and what a
// form looks up. More may come for a while, so that a reader never waits for one
// that waits for it.
const poolSize = 4

// readers is a small pool of connections that only read.
type readers struct {
	db         *sql.DB
	mu         sync.Mutex
	statements map[string]*sql.Stmt
}

func openReaders(path string, how access) (*readers, error) {
	db, err := sql.Open("sqlite", dsn(path, how))
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(poolSize)
	return &readers{db: db, statements: map[string]*sql.Stmt{}}, nil
}

func (r *readers) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s := r.statements[text]; s != nil {
		return s, nil
	}
	s, err := r.db.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	r.statements[text] = s
	return s, nil
}

func (r *readers) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := r.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (r *readers) once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return r.db.QueryContext(ctx, text, args...)
}

func (r *readers) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.statements {
		//nolint:errcheck // The connections end next and take the statements with them.
		s.Close()
	}
	clear(r.statements)
	return r.db.Close()
}

// snapshot reads the ledger as it stands at one moment.
func (r *readers) snapshot(ctx context.Context, read func(querier) error) (err error) {
	conn, err := r.db.Conn(ctx)
	if err != nil {
		return err
	}
	s := newSession(conn)
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.exec(context.WithoutCancel(ctx), "COMMIT")) }()
	return read(s)
}

// session is one connection with its prepared statements.
type session struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func newSession(conn *sql.Conn) *session {
	return &session{conn: conn, statements: map[string]*sql.Stmt{}}
}

func (s *session) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if st := s.statements[text]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", err, text)
	}
	s.statements[text] = st
	return st, nil
}

func (s *session) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	st, err := s.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args...)
}

func (s *session) once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return s.conn.QueryContext(ctx, text, args...)
}

func (s *session) exec(ctx context.Context, text string, args ...any) error {
	st, err := s.statement(ctx, text)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx, args...)
	return err
}

func (s *session) close() error {
	for _, st := range s.statements {
		//nolint:errcheck // The connection ends next and takes the statement with it.
		st.Close()
	}
	clear(s.statements)
	return s.conn.Close()
}

// writer is the one connection that writes.
type writer struct {
	db *sql.DB
	mu sync.Mutex // one transaction at a time
	*session
}

func openWriter(ctx context.Context, path string) (*writer, error) {
	db, err := sql.Open("sqlite", dsn(path, forWriting))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &writer{db: db, session: newSession(conn)}, nil
}

// transact runs write in one immediate transaction: all of it is on the disk when
// transact returns nil, and none of it otherwise. A context that ends stops it
// between two statements, never in the middle of one.
func (w *writer) transact(ctx context.Context, write func(ctx context.Context) error) (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	steady := context.WithoutCancel(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.exec(steady, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // also when write panics
			err = errors.Join(err, w.rollback(steady))
		}
	}()
	if err := write(steady); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.exec(steady, "COMMIT"); err != nil {
		return err
	}
	done = true
	return nil
}

// rollback ends the transaction, unless SQLite has ended it itself (as on a full
// disk), which is what was wanted.
func (w *writer) rollback(ctx context.Context) error {
	err := w.exec(ctx, "ROLLBACK")
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// close waits for the transaction under way; a later one gets an error.
func (w *writer) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.session.close(), w.db.Close())
}

// strings1 reads rows of one text column.
func strings1(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
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

// int1 reads the one number that a query gives; 0 when it gives no row.
func int1(rows *sql.Rows, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}
