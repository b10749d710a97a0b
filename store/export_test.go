package store

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"taizhang/model"
)

// SchemaSQL gives the whole DDL of a catalog, for review.
func SchemaSQL(kinds *model.Catalog) (string, error) {
	tables, err := newTables(kinds)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range schema(kinds, tables) {
		b.WriteString(d.statement() + ";\n")
	}
	return b.String(), nil
}

// Pretend gives the program another schema version and other migrations until
// restore is called.
func Pretend(version int, files fs.FS) (restore func()) {
	oldVersion, oldFiles := schemaVersion, migrationFiles
	schemaVersion, migrationFiles = version, files
	return func() { schemaVersion, migrationFiles = oldVersion, oldFiles }
}

// Fill makes the disk full for a ledger: its file may not grow any more.
func (l *Ledger) Fill(ctx context.Context) error {
	pages, err := int1(l.writer.once(ctx, "PRAGMA page_count"))
	if err != nil {
		return err
	}
	_, err = int1(l.writer.once(ctx, "PRAGMA max_page_count = "+strconv.FormatInt(pages, 10)))
	return err
}

// SummaryOverAll counts a summary's groups anew, from all rows at once.
func (l *Ledger) SummaryOverAll(ctx context.Context, q SummaryQuery) ([]SummaryGroup, error) {
	var sum *adder
	err := l.connected(ctx, q, func(c *counting) error {
		homes, err := l.homes(ctx, c.on)
		if err != nil {
			return err
		}
		sum = newAdder(q, homes)
		return c.count(ctx, q.Indicators, sum.add)
	})
	return sum.groups(), err
}

// Tallied gives the organisations of which a tally is kept for a period.
func (l *Ledger) Tallied(ctx context.Context, p Period) ([]string, error) {
	return strings1(l.readers.query(ctx, "SELECT org_id FROM tally WHERE period = ? ORDER BY org_id", p.name()))
}

// FalsifyTallies makes every tally say that nothing was counted.
func (l *Ledger) FalsifyTallies(ctx context.Context) error {
	return l.write(ctx, func(ctx context.Context, t *tx) error { return t.w.exec(ctx, "UPDATE tally SET content = '[]'") })
}

// TwoConnections has any two organisations counted by a connection each, until restore
// is called.
func TwoConnections() (restore func()) {
	old := fewUntallied
	fewUntallied = 1
	return func() { fewUntallied = old }
}

// EachOf turns over the pages that page gives, as Each does those of a ledger.
func EachOf(q Query, page func(Query) (Page, error), fn func(*model.Record) error) error {
	return each(q, page, fn)
}
