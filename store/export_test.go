package store

import (
	"cmp"
	"context"
	"database/sql"
	"io/fs"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Pretend gives the program another schema version and other migrations until
// restore is called.
func Pretend(version int, files fs.FS) (restore func()) {
	oldVersion, oldFiles := schemaVersion, migrationFiles
	schemaVersion, migrationFiles = version, files
	return func() { schemaVersion, migrationFiles = oldVersion, oldFiles }
}

// EachOf turns over the pages that page gives, as Each does those of a ledger.
func EachOf(q Query, page func(Query) (Page, error), fn func(*model.Record) error) error {
	return each(q, page, fn)
}

// ReadBothWays reads all records of a kind at once and column by column.
func (l *Ledger) ReadBothWays(ctx context.Context, kind string) (many, plain []*model.Record, err error) {
	t := l.tables[kind]
	if many, err = t.readMany(ctx, l.readers, "1", ""); err == nil {
		plain, err = t.read(ctx, l.readers, "1")
	}
	return many, plain, err
}

// ReadLinksBothWays reads all links of a field at once and row by row.
func (l *Ledger) ReadLinksBothWays(ctx context.Context, kind, field string) (many, plain map[string]model.Value, whole bool, err error) {
	k := l.tables[kind].kind
	if many, whole, err = readPackedLinks(ctx, l.readers, k, k.Field(field), "1"); err == nil {
		plain, err = readPlainLinks(ctx, l.readers, k, k.Field(field), "1")
	}
	return many, plain, whole, err
}

// turns asks on, and notes what is asked while nobody holds the reader.
type turns struct {
	raw.Querier
	reader     *oneReader
	asked, out int
}

func (t *turns) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	t.asked++
	if t.reader.TryLock() {
		t.out++
		t.reader.Unlock()
	}
	return t.Querier.Query(ctx, text, args...)
}

// OutOfTurn takes organisations as a check does, and looks up by the same connection what
// rules may: records, codes and labels. It gives how many questions each of them asked, and
// how many of those while the connection was not held.
func (l *Ledger) OutOfTurn(ctx context.Context, ids []string) (asked map[string]int, out int, err error) {
	asked = map[string]int{}
	err = l.readers.Snapshot(ctx, func(q raw.Querier) error {
		watch := &turns{Querier: q}
		watch.reader = &oneReader{q: watch}
		all, err := l.takeOrganisations(ctx, watch.reader, ids)
		asked["take"] = watch.asked
		org := l.book.Org
		for _, t := range all {
			for _, r := range t.records.Records(org.Kind) {
				for what, ask := range map[string]func() error{
					"get":  func() error { _, err := t.env.Look.Get(org.Kind, "0"); return err },
					"code": func() error { _, _, err := t.env.Look.OrgCode(r.Str(org.Code) + "0"); return err },
					"find": func() error {
						_, err := t.env.Look.(within).all.Find(org.Kind, model.Where(org.Code, model.Eq, r.Str(org.Code)))
						return err
					},
				} {
					before := watch.asked
					err = cmp.Or(err, ask())
					asked[what] += watch.asked - before
				}
			}
			for _, k := range l.kinds.Kinds() {
				before := watch.asked
				for _, r := range t.records.Records(k.Name) {
					r.Name("")
				}
				asked["label"] += watch.asked - before
			}
			err = cmp.Or(err, *t.unnamed)
		}
		out = watch.out
		return err
	})
	return asked, out, err
}

// AtOneMoment gives rules the ledger as it stands at one moment.
func (l *Ledger) AtOneMoment(ctx context.Context, fn func(*model.Env) error) error {
	return l.atOneMoment(ctx, func(s Snapshot) error { return fn(s.Env(ctx)) })
}

// Prepared tells of how many records of a kind it is held in memory what they are found by.
func (l *Ledger) Prepared(kind string) int {
	x := l.found.Of(kind)
	if x == nil {
		return 0
	}
	return x.Len()
}
