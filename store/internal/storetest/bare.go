package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Bare is the yardstick of a save: a copy of the ledger on the same disk, in which prepared
// statements write what the save wrote (the rows with their links, the history and what they
// are found by), in one transaction that is as durable. It checks nothing, reads nothing and
// makes no value.
type Bare struct {
	db         *sql.DB
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// NewBare opens a copy of a ledger's file to write to by the same rules of the disk.
func NewBare(tb testing.TB, path string) *Bare {
	tb.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-40960)")
	if err != nil {
		tb.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := conn.Close(); err != nil {
			tb.Error(err)
		}
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return &Bare{db: db, conn: conn, statements: map[string]*sql.Stmt{}}
}

// step is one statement with its values.
type step struct {
	text string
	args []any
}

// Write writes what a save wrote to l and tells how long that took, preparing left out.
func (b *Bare) Write(tb testing.TB, l *store.Ledger, s store.Saved) time.Duration {
	tb.Helper()
	steps := stepsOf(tb, l, s)
	for _, x := range steps {
		b.prepare(tb, x.text)
	}
	begin, commit := b.prepare(tb, "BEGIN IMMEDIATE"), b.prepare(tb, "COMMIT")
	started := time.Now()
	execute(tb, begin)
	for _, x := range steps {
		execute(tb, b.statements[x.text], x.args...)
	}
	execute(tb, commit)
	return time.Since(started)
}

func execute(tb testing.TB, s *sql.Stmt, args ...any) {
	tb.Helper()
	if _, err := s.ExecContext(context.Background(), args...); err != nil {
		tb.Fatal(err)
	}
}

func (b *Bare) prepare(tb testing.TB, text string) *sql.Stmt {
	tb.Helper()
	s := b.statements[text]
	if s == nil {
		var err error
		if s, err = b.conn.PrepareContext(context.Background(), text); err != nil {
			tb.Fatal(err)
		}
		b.statements[text] = s
	}
	return s
}

// stepsOf reads from the ledger what a save wrote, as the statements that write it again.
func stepsOf(tb testing.TB, l *store.Ledger, s store.Saved) []step {
	tb.Helper()
	var steps []step
	add := func(table, where string, args ...any) {
		for _, row := range rowsOf(tb, l, "SELECT * FROM "+raw.Quote(table)+" WHERE "+where, args...) {
			steps = append(steps, row.into(table))
		}
	}
	for i, r := range s.Records {
		if s.Before[i] != nil && s.Before[i].Rev == r.Rev {
			continue // nothing changed
		}
		if s.Before[i] == nil {
			add(r.Kind.Name, "id = ?", r.ID)
		} else {
			steps = append(steps, rowsOf(tb, l, "SELECT * FROM "+raw.Quote(r.Kind.Name)+" WHERE id = ?", r.ID)[0].over(r.Kind.Name))
		}
		for _, f := range r.Kind.Fields() {
			if !f.Linked() || s.Before[i] != nil && f.Equal(s.Before[i].Get(f.Name), r.Get(f.Name)) {
				continue
			}
			if s.Before[i] != nil {
				steps = append(steps, step{"DELETE FROM " + raw.Quote(raw.LinkTable(r.Kind, f)) + " WHERE record_id = ?", []any{r.ID}})
			}
			add(raw.LinkTable(r.Kind, f), "record_id = ?", r.ID)
		}
		for _, row := range rowsOf(tb, l, "SELECT * FROM search WHERE kind = ? AND id = ?", r.Kind.Name, r.ID) {
			x := row.into("search")
			steps = append(steps, step{strings.Replace(x.text, "INSERT", "INSERT OR REPLACE", 1), x.args})
		}
	}
	add("history", "grp = ?", s.Group)
	return steps
}

// row is a row as it stands on file.
type row struct {
	names  []string
	values []any
}

func (r row) into(table string) step {
	columns := make([]string, len(r.names))
	for i, n := range r.names {
		columns[i] = raw.Quote(n)
	}
	return step{fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", raw.Quote(table), strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1)), r.values}
}

func (r row) over(table string) step {
	sets := make([]string, len(r.names))
	for i, n := range r.names {
		sets[i] = fmt.Sprintf("%s = ?%d", raw.Quote(n), i+1)
	}
	return step{fmt.Sprintf("UPDATE %s SET %s WHERE id = ?%d", raw.Quote(table), strings.Join(sets, ", "), slices.Index(r.names, "id")+1), r.values}
}

func rowsOf(tb testing.TB, l *store.Ledger, text string, args ...any) (all []row) {
	tb.Helper()
	rows, err := l.Inside(raw.Pass{}).Readers().Query(context.Background(), text, args...)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		tb.Fatal(err)
	}
	for rows.Next() {
		r := row{names, make([]any, len(names))}
		into := make([]any, len(names))
		for i := range into {
			into[i] = &r.values[i]
		}
		if err := rows.Scan(into...); err != nil {
			tb.Fatal(err)
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return all
}

// AgainstBare saves n records one by one and writes the same rows to the copy, in turns,
// and tells the medians of both.
func (b *Bare) AgainstBare(tb testing.TB, l *store.Ledger, n int, next func(i int) *model.Record) (ours, bare time.Duration) {
	tb.Helper()
	all := [2][]time.Duration{}
	for i := range n {
		r := next(i)
		started := time.Now()
		s, err := l.Save(context.Background(), model.FromForm, r)
		took := time.Since(started)
		if err != nil {
			tb.Fatal(err)
		}
		all[0], all[1] = append(all[0], took), append(all[1], b.Write(tb, l, s))
	}
	for i := range all {
		slices.Sort(all[i])
	}
	return all[0][n/2], all[1][n/2]
}
