package county_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aead.dev/minisign"
	_ "modernc.org/sqlite"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// office is a county with its key, and the folder of a stick.
type office struct {
	l       *store.Ledger
	key     *bundle.CountyKey
	profile []byte
	stick   string
}

func newOffice(tb testing.TB) *office {
	tb.Helper()
	dir := tb.TempDir()
	made := madeOffice(tb, filepath.Join(dir, "county"))
	o := &office{stick: filepath.Join(dir, "stick"), profile: made.profile}
	must(tb, os.Mkdir(o.stick, 0o700))
	var err error
	o.key, err = bundle.ParseCountyKey(made.key, "")
	must(tb, err)
	o.l, err = book.Open(ctx, made.db, store.Options{Source: source()})
	must(tb, err)
	tb.Cleanup(func() { must(tb, o.l.Close()) })
	return o
}

// village is a ledger whose bundles go to the office.
type village struct {
	*store.Ledger
	o    *office
	code string
}

func (o *office) village(tb testing.TB, code string, seed byte) *village {
	tb.Helper()
	l := madeVillage(tb, code, seed, o.profile)
	tb.Cleanup(func() { must(tb, l.Close()) })
	return &village{l, o, code}
}

// add saves a record with values as people type them, refs by id.
func (v *village) add(tb testing.TB, kind string, pairs ...string) *model.Record {
	tb.Helper()
	r, err := v.New(ctx, kind)
	must(tb, err)
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		value, err := f.Type.ParseCSV(f, pairs[i+1])
		must(tb, err)
		r.Set(f.Name, value)
	}
	_, err = v.Save(ctx, model.AsRecorded, r)
	must(tb, err)
	return r
}

func (v *village) person(tb testing.TB, name string, pairs ...string) *model.Record {
	return v.add(tb, "person", append([]string{"name", name, "sex", "男", "status", "群众", "standing", "在册"}, pairs...)...)
}

// export writes the month's bundle to the stick.
func (v *village) export(tb testing.TB) send.Sent {
	tb.Helper()
	sent, err := send.Export(ctx, v.Ledger, send.Options{Dir: v.o.stick, Month: "2026-10", AllowErrors: true})
	must(tb, err)
	return sent
}

func (o *office) receive(tb testing.TB, paths ...string) []county.Intake {
	tb.Helper()
	all, err := county.Receive(ctx, o.l, o.key, paths, county.ReceiveOptions{})
	must(tb, err)
	for _, in := range all {
		speaksChinese(tb, in)
	}
	return all
}

func (o *office) one(tb testing.TB, path string) county.Intake {
	tb.Helper()
	all := o.receive(tb, path)
	if len(all) != 1 {
		tb.Fatalf("%d files: %+v", len(all), all)
	}
	return all[0]
}

// dump gives everything in the county's ledger, but for the book of intakes: a
// refused bundle is written down there.
func (o *office) dump(tb testing.TB) string {
	tb.Helper()
	db, err := sql.Open("sqlite", o.l.Path())
	must(tb, err)
	defer func() { must(tb, db.Close()) }()
	var b strings.Builder
	for _, table := range texts(tb, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'intake' ORDER BY name") {
		columns := texts(tb, db, "SELECT name FROM pragma_table_info('"+table+"')")
		for i, c := range columns {
			columns[i] = `quote("` + c + `")`
		}
		fmt.Fprintln(&b, table)
		for _, line := range texts(tb, db, `SELECT `+strings.Join(columns, " || '|' || ")+` AS line FROM "`+table+`" ORDER BY line`) {
			fmt.Fprintln(&b, line)
		}
	}
	return b.String()
}

func texts(tb testing.TB, db *sql.DB, query string) []string {
	tb.Helper()
	rows, err := db.Query(query)
	must(tb, err)
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		must(tb, rows.Scan(&s))
		all = append(all, s)
	}
	must(tb, rows.Err())
	return all
}

// changed opens a good bundle, changes its rows and its description, signs it with
// the village's key and writes it over the good one.
func (v *village) changed(tb testing.TB, sent send.Sent, change func(tables map[string][][]string, resources []bundle.Resource, meta *bundle.Meta) []bundle.Resource) string {
	tb.Helper()
	file, err := os.ReadFile(sent.Path)
	must(tb, err)
	data, _, err := bundle.Unwrap(bytes.NewReader(file), v.o.key.Identity)
	must(tb, err)
	good, err := bundle.Open(data)
	must(tb, err)
	tables := map[string][][]string{}
	for _, r := range good.Package.Resources {
		for row, err := range good.Rows(r.Name) {
			must(tb, err)
			tables[r.Name] = append(tables[r.Name], row)
		}
	}
	meta := good.Package.Taizhang
	resources := change(tables, slices.Clone(good.Package.Resources), &meta)
	var b bundle.Builder
	for _, r := range resources {
		must(tb, b.Add(ctx, r, func(yield func([]string, error) bool) {
			for _, row := range tables[r.Name] {
				if !yield(row, nil) {
					return
				}
			}
		}))
	}
	written, err := b.Finish(meta, v.signing(tb), v.Source().Now())
	must(tb, err)
	v.made(tb, sent.Sequence, written.Hash)
	return v.o.wrap(tb, sent.Path, written.ZIP)
}

// made lets the village's ledger have made another bundle under a number than it did, so
// that its next one goes on from that.
func (v *village) made(tb testing.TB, sequence int64, hash string) {
	tb.Helper()
	_, err := openSQL(tb, v.Path()).Exec("UPDATE bundle_sent SET hash = ? WHERE sequence = ?", hash, sequence)
	must(tb, err)
}

func (v *village) signing(tb testing.TB) minisign.PrivateKey {
	tb.Helper()
	text, err := v.Setting(ctx, "signing_key")
	must(tb, err)
	var key minisign.PrivateKey
	must(tb, key.UnmarshalText([]byte(text)))
	return key
}

// wrap encrypts a ZIP to the office, in the file's place.
func (o *office) wrap(tb testing.TB, path string, zip []byte) string {
	tb.Helper()
	var b bytes.Buffer
	must(tb, bundle.Encrypt(&b, zip, o.key.Recipient()))
	must(tb, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

// set changes the value of a column in the row with an id.
func set(tables map[string][][]string, resources []bundle.Resource, table, id, column, value string) {
	for _, r := range resources {
		if r.Name != table {
			continue
		}
		for _, row := range tables[table] {
			if row[0] == id {
				row[slices.Index(r.Header(), column)] = value
			}
		}
	}
}
