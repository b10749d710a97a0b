package send_test

import (
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// crowded is a village of so many members, each with the movement by which they came.
func crowded(tb testing.TB, members int) *store.Ledger {
	tb.Helper()
	ctx := context.Background()
	l := storetest.Create(tb, filepath.Join(tb.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(5)})
	var persons, moves []store.Replaced
	for i := range members {
		p := storetest.Record(tb, l, "person", "name", fmt.Sprintf("杨%d", i), "sex", "女", "birth_date", "1975-04-06", "ethnicity", "汉族",
			"status", "正式党员", "standing", "在册", "joined_on", "1998-07-01", "confirmed_on", "1999-07-01")
		p.ID, p.OrgID, p.CreatedAt, p.UpdatedAt, p.Rev = fmt.Sprintf("person-%06d", i), l.Home().ID, "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z", 1
		m := storetest.Record(tb, l, "movement", "person", p.ID, "kind", "期初在册", "happened_on", "2026-01-05")
		m.ID, m.OrgID, m.CreatedAt, m.UpdatedAt, m.Rev = fmt.Sprintf("movement-%06d", i), l.Home().ID, p.CreatedAt, p.UpdatedAt, 1
		persons, moves = append(persons, store.Replaced{Now: p}), append(moves, store.Replaced{Now: m})
	}
	err := l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := t.InsertRows(ctx, persons); err != nil {
			return err
		}
		return t.InsertRows(ctx, moves)
	})
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func exportPlain(tb testing.TB, l *store.Ledger, dir string) send.Sent {
	tb.Helper()
	sent, err := send.Export(context.Background(), l, send.Options{Dir: dir, Plain: true, AllowErrors: true})
	if err != nil {
		tb.Fatal(err)
	}
	return sent
}

// BenchmarkExport makes a bundle of 5,000 members. Its yardstick writes the same rows with
// encoding/csv, packs, hashes and encrypts them: what no export can do without.
func BenchmarkExport(b *testing.B) {
	const members = 5000
	l := crowded(b, members)
	b.Run("ours", func(b *testing.B) {
		dir := b.TempDir()
		b.ReportAllocs()
		for b.Loop() {
			exportPlain(b, l, dir)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/members, "ns/member")
	})
	b.Run("yardstick", func(b *testing.B) {
		identity, err := age.GenerateX25519Identity()
		if err != nil {
			b.Fatal(err)
		}
		tables := rowsOf(b, l)
		b.ReportAllocs()
		for b.Loop() {
			if err := writeBare(tables, identity.Recipient()); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/members, "ns/member")
	})
}

// rowsOf gives the rows of the two tables that a crowded village fills.
func rowsOf(tb testing.TB, l *store.Ledger) (tables [][][]string) {
	tb.Helper()
	err := l.Inside(raw.Pass{}).Moment(context.Background(), func(s store.Snapshot) error {
		for _, kind := range []string{"person", "movement"} {
			var rows [][]string
			err := s.EachRow(context.Background(), l.Kinds().Kind(kind), func(row []string) error {
				rows = append(rows, append([]string{}, row...))
				return nil
			})
			if err != nil {
				return err
			}
			tables = append(tables, rows)
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return tables
}

func writeBare(tables [][][]string, to age.Recipient) error {
	sealed, err := age.Encrypt(io.Discard, to)
	if err != nil {
		return err
	}
	for _, rows := range tables {
		z, err := flate.NewWriter(sealed, flate.DefaultCompression)
		if err != nil {
			return err
		}
		w := csv.NewWriter(io.MultiWriter(z, sha256.New()))
		w.UseCRLF = true
		if err := w.WriteAll(rows); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
	}
	return sealed.Close()
}

// TestExportIsLinear bounds what an export takes up for each further member, with the
// movement by which they came, in memory that is asked for: it is the same from a thousand
// to three thousand, and small.
func TestExportIsLinear(t *testing.T) {
	const few, many, most = 1000, 3000, 20 << 10
	asked := func(members int) uint64 {
		l, dir := crowded(t, members), t.TempDir()
		exportPlain(t, l, dir) // what is prepared once
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		exportPlain(t, l, dir)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	a, b := asked(few), asked(many)
	each := (b - min(a, b)) / (many - few)
	t.Logf("%d bytes for %d members, %d for %d: %d for each further one", a, few, b, many, each)
	if each > most {
		t.Errorf("an export asks for %d bytes for each further member, more than %d", each, most)
	}
}

// TestExportNotesItsFigures compares what an export notes of its month, counted beside the
// building, with what closing the month notes.
func TestExportNotesItsFigures(t *testing.T) {
	ctx := context.Background()
	l := crowded(t, 40)
	exportPlain(t, l, t.TempDir())
	month := l.Source().Today().Month()
	noted := func() string {
		var all []string
		err := l.Inside(raw.Pass{}).Moment(ctx, func(s store.Snapshot) (err error) {
			all, err = raw.Texts(ctx, s.Querier(), `SELECT indicator || '=' || value || '/' || coalesce(total, '') FROM indicator_month WHERE month = ?1
				UNION ALL SELECT hex(content) FROM month_who WHERE month = ?1 ORDER BY 1`, string(month))
			return err
		})
		storetest.Must(t, err)
		return strings.Join(all, "\n")
	}
	exported := noted()
	if !strings.Contains(exported, "A02.members=40/") {
		t.Fatalf("noted: %s", exported)
	}
	storetest.Must(t, l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, tx *store.Tx) error { return noteAgain(ctx, tx, month) }))
	if again := noted(); again != exported {
		t.Errorf("noted again:\n%s\nby the export:\n%s", again, exported)
	}
}

func noteAgain(ctx context.Context, tx *store.Tx, month model.Month) error {
	for _, table := range []string{"indicator_month", "month_who"} {
		if err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	return count.NoteOwn(ctx, tx, month)
}
