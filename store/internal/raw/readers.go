package raw

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// poolSize is how many readers stay connected: for a page, and for what is counted beside
// it. Each holds the schema, its pages and its statements. More may come for a while, so
// that a reader never waits for one that waits for it.
const poolSize = 2

// mostStatements is how many statements are kept prepared, the last used: every connection
// that runs one holds it, and a page takes ten.
const mostStatements = 64

// Readers is a small pool of connections that only read.
type Readers struct {
	db         *sql.DB
	mu         sync.Mutex
	statements map[string]*kept
	turn       int          // counts the uses of statements
	served     func() error // of a snapshot: ends what serves it
}

// kept is a statement that is kept prepared.
type kept struct {
	*sql.Stmt
	busy int // callers that are just beginning to run it
	last int // the turn of its last use
}

// OpenReaders connects to a ledger's file for reading.
func OpenReaders(path string, how Access) (*Readers, error) {
	if err := errors.Join(registerRank(), registerLegible()); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", address(path, how))
	if err != nil {
		return nil, err
	}
	return newReaders(db, nil), nil
}

func newReaders(db *sql.DB, served func() error) *Readers {
	db.SetMaxIdleConns(poolSize)
	return &Readers{db: db, statements: map[string]*kept{}, served: served}
}

func (r *Readers) statement(ctx context.Context, text string) (*kept, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := r.statements[text]
	if k == nil {
		s, err := r.db.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		if len(r.statements) >= mostStatements {
			r.letGo()
		}
		k = &kept{Stmt: s}
		r.statements[text] = k
	}
	r.turn++
	k.busy++
	k.last = r.turn
	return k, nil
}

// letGo closes the statement that was not used for longest. Rows that are still read from
// one keep it until they are closed.
func (r *Readers) letGo() {
	oldest := ""
	for text, k := range r.statements {
		if k.busy == 0 && (oldest == "" || k.last < r.statements[oldest].last) {
			oldest = text
		}
	}
	if oldest == "" {
		return
	}
	//nolint:errcheck // It is only forgotten.
	r.statements[oldest].Close()
	delete(r.statements, oldest)
}

// Query implements Querier.
func (r *Readers) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	k, err := r.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := k.QueryContext(ctx, args...)
	r.mu.Lock()
	k.busy--
	r.mu.Unlock()
	return rows, err
}

// Close ends all connections.
func (r *Readers) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.statements {
		//nolint:errcheck // The connections end next and take the statements with them.
		s.Close()
	}
	clear(r.statements)
	err := r.db.Close()
	if r.served != nil {
		err = errors.Join(err, r.served())
	}
	return err
}

// Rest lets all connections but one go that nobody uses now, with the pages and statements
// that they hold.
func (r *Readers) Rest() {
	r.db.SetMaxIdleConns(1)
	r.db.SetMaxIdleConns(poolSize)
}
