package demo_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"taizhang/model"
	"taizhang/store/demo"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// dump gives every row of every table of a ledger as text.
func dump(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	var b strings.Builder
	for _, table := range texts(t, db, "select name from sqlite_schema where type = 'table' order by name") {
		fmt.Fprintln(&b, table)
		rows, err := db.Query(`select * from "` + table + `" order by 1, 2`)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, ptrs := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				ptrs[i] = &values[i]
			}
			if err := rows.Scan(ptrs...); err != nil {
				t.Fatal(err)
			}
			if values[0] == raw.MarkSetting {
				continue // tells which log is the file's, and nothing of the village
			}
			fmt.Fprintf(&b, "%q\n", values)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSameSeedAndDayGiveTheSameFiles(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var ledgers, counties, keys [2]string
	for i := range 2 {
		res, err := demo.Village(ctx, t.TempDir(), demo.Options{Members: 40})
		if err != nil {
			t.Fatal(err)
		}
		ledgers[i], counties[i] = dump(t, res.Ledger), dump(t, res.County)
		key, err := os.ReadFile(res.Key)
		if err != nil {
			t.Fatal(err)
		}
		profile, err := os.ReadFile(res.Profile)
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = string(key) + string(profile)
	}
	for what, pair := range map[string][2]string{"ledger": ledgers, "county": counties, "keys and profile": keys} {
		if pair[0] != pair[1] {
			t.Errorf("the %s differs: %s", what, firstDifference(pair[0], pair[1]))
		}
	}
	other, err := demo.Village(ctx, t.TempDir(), demo.Options{Members: 40, Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	if sha256.Sum256([]byte(dump(t, other.Ledger))) == sha256.Sum256([]byte(ledgers[0])) {
		t.Error("another seed gives the same ledger")
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "\n" + x[i] + "\n" + y[i]
		}
	}
	return "length"
}

// TestOtherSizesAndDays: the village holds together for any size, seed and day.
func TestOtherSizesAndDays(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, o := range []demo.Options{
		{Members: 20, Seed: 3, AsOf: "2026-10-31"},
		{Members: 59, Seed: 4, AsOf: "2026-01-04"},
		{Members: 115, Seed: 5, AsOf: "2024-02-29"},
		{Members: 30, Seed: 6, AsOf: "2026-12-31"},
		{Members: 84, Seed: 7, AsOf: "2027-06-15"},
		{Members: 260, Seed: 8, AsOf: "2026-08-01"},
	} {
		t.Run(fmt.Sprintf("%d members, seed %d, %s", o.Members, o.Seed, o.AsOf), func(t *testing.T) {
			l, _ := mustVillage(t, o)
			checkVillage(t, l, o.Members)
		})
	}
}

func TestOptionsThatCantBe(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]demo.Options{
		"too few":     {Members: 5},
		"too many":    {Members: 100_000},
		"no such day": {AsOf: "2026-02-30"},
		"long ago":    {AsOf: "1990-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var e *model.Error
			if _, err := demo.Village(context.Background(), dir, o); !errors.As(err, &e) {
				t.Fatalf("err = %v, want a *model.Error", err)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
				t.Errorf("left behind: %v, %v", files, err)
			}
		})
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ledger.db", "county.db", "county.key", "county.json"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		var e *model.Error
		if _, err := demo.Village(context.Background(), dir, demo.Options{}); !errors.As(err, &e) {
			t.Fatalf("%s: err = %v, want a *model.Error", name, err)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != 1 {
			t.Errorf("%s: left behind: %v, %v", name, files, err)
		}
		if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
			t.Errorf("%s was changed: %q, %v", name, data, err)
		}
	}
}

// TestAnUnfinishedRunLeavesNothing: a run that is broken off takes its files back.
func TestAnUnfinishedRunLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := demo.Village(ctx, dir, demo.Options{Members: 20}); err == nil {
		t.Fatal("no error")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

// TestNoBundleSent: the village has taken the profile in and sent nothing yet.
func TestNoBundleSent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l, _ := mustVillage(t, demo.Options{Members: 20})
	if p, err := send.Profile(ctx, l); err != nil || p == nil {
		t.Errorf("profile = %v, %v", p, err)
	}
	if sent, err := send.SentBundles(ctx, l); err != nil || len(sent) != 0 {
		t.Errorf("sent = %v, %v", sent, err)
	}
}
