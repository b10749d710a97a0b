package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

func TestBackup(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	l := storetest.Create(t, filepath.Join(dir, "ledger.db"), store.Options{Book: storetest.Book(storetest.Everything()), Source: storetest.Clock(1)})
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	copied := filepath.Join(dir, "备份 #1", "copy.db")
	if err := l.Backup(ctx, copied); storetest.Code(err) != "E-DIR" {
		t.Errorf("into a folder that is not there: %v", err)
	}
	storetest.Must(t, store.MakePlace(filepath.Dir(copied)))
	storetest.Must(t, l.Backup(ctx, copied))
	if err := l.Backup(ctx, copied); storetest.Code(err) != "E-EXISTS" {
		t.Errorf("over a file: %v", err)
	}
	if got := storetest.Content(t, filepath.Dir(copied)); len(got) != 1 {
		t.Errorf("beside the copy: %v", storetest.Names(got))
	}
	c, err := storetest.Open(ctx, copied, store.Options{Book: storetest.Book(storetest.Everything())})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, c.Close()) }()
	storetest.Must(t, c.Integrity(ctx))
	if got, err := c.Get(ctx, "thing", r.ID); err != nil || got.Str("title") != "水泵" || c.Home().ID != l.Home().ID {
		t.Errorf("%v, %v", got, err)
	}
}

// TestDamaged breaks ledgers on purpose.
func TestDamaged(t *testing.T) {
	ctx := context.Background()
	cases := []struct {
		name, code string
		damage     func(t *testing.T, path string)
	}{
		{"a broken page", "E-DAMAGED", func(t *testing.T, path string) {
			b, err := os.ReadFile(path)
			storetest.Must(t, err)
			for i := range b[len(b)-8192:] {
				b[len(b)-8192+i] = 0x5a
			}
			storetest.Must(t, os.WriteFile(path, b, 0o600))
		}},
		{"a lost target", "E-UNSOUND", func(t *testing.T, path string) {
			run(t, path, "PRAGMA foreign_keys = 0", "DELETE FROM thing")
		}},
		{"no home", "E-DAMAGED", func(t *testing.T, path string) { run(t, path, "DELETE FROM setting") }},
		{"cut off", "E-CORRUPT", func(t *testing.T, path string) { storetest.Must(t, os.Truncate(path, 8192)) }},
		{"a header alone", "E-CORRUPT", func(t *testing.T, path string) { storetest.Must(t, os.Truncate(path, 100)) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			l, err := storetest.Make(ctx, path, storetest.Village, store.Options{Book: storetest.Book(storetest.Everything())})
			storetest.Must(t, err)
			thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
			storetest.Save(t, l, storetest.Record(t, l, "loan", "what", thing.ID))
			storetest.Must(t, l.Close())
			c.damage(t, path)
			l, err = storetest.Open(ctx, path, store.Options{Book: storetest.Book(storetest.Everything())})
			if err == nil {
				err = l.Integrity(ctx)
				storetest.Must(t, l.Close())
			}
			if storetest.Code(err) != c.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestFullDisk: nothing of a save that the disk has no room for is written, what
// was there stays, and there is a word on what to do.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	l := storetest.CreateEverything(t)
	storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵"))
	storetest.Must(t, storetest.Fill(ctx, l))
	_, err := l.Save(ctx, model.FromForm, storetest.Record(t, l, "thing", "title", "铁锹"), storetest.Record(t, l, "thing", "remark", strings.Repeat("字", 20000)))
	if storetest.Code(err) != "E-FULL" {
		t.Errorf("got %v", err)
	}
	if n, err := l.Count(ctx, store.Query{Kind: "thing"}); err != nil || n != 1 {
		t.Errorf("%d things, %v", n, err)
	}
	storetest.Must(t, l.Integrity(ctx))
}

func TestSettings(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{})
	get := func(name string) string {
		s, err := l.Setting(ctx, name)
		storetest.Must(t, err)
		return s
	}
	if got := get("nothing"); got != "" {
		t.Errorf("unset: %q", got)
	}
	storetest.Must(t, l.SetSetting(ctx, "a", "1"))
	storetest.Must(t, l.SetSetting(ctx, "a", "2"))
	if got := get("a"); got != "2" {
		t.Errorf("set: %q", got)
	}
	storetest.Must(t, l.SetSetting(ctx, "a", ""))
	if got := get("a"); got != "" {
		t.Errorf("taken away: %q", got)
	}
}

// TestParameters: a county's parameters hold at once and after opening again; one
// that is not known is refused.
func TestParameters(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := storetest.Make(ctx, path, storetest.Village, store.Options{})
	storetest.Must(t, err)
	name := ""
	for _, p := range l.Env(ctx).Packs.All() {
		for _, limit := range p.Limits {
			if !limit.Fixed {
				name = limit.Name
			}
		}
	}
	params, err := json.Marshal(map[string]string{name: "7"})
	storetest.Must(t, err)
	if err := l.SetSetting(ctx, "profile_params", `{"no.such": "1"}`); storetest.Code(err) != "E-PARAM" {
		t.Errorf("unknown: %v", err)
	}
	storetest.Must(t, l.SetSetting(ctx, "profile_params", string(params)))
	if got := l.Env(ctx).Packs.Limit(name, "2026-10-31"); got.Value != 7 || !got.County {
		t.Errorf("%s is %d", name, got.Value)
	}
	storetest.Must(t, l.Close())
	l, err = storetest.Open(ctx, path, store.Options{})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	if got := l.Env(ctx).Packs.Limit(name, "2026-10-31"); got.Value != 7 {
		t.Errorf("opened again, %s is %d", name, got.Value)
	}
}

// TestManyAtOnce reads and writes from several goroutines, as screens do.
func TestManyAtOnce(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{})
	var all sync.WaitGroup
	errs := make(chan error, 100)
	for i := range 4 {
		all.Go(func() {
			for n := range 15 {
				r := storetest.Villager(t, l, i*1000+n)
				_, err := l.Save(ctx, model.FromForm, r)
				errs <- err
			}
		})
		all.Go(func() {
			for range 5 {
				_, err := l.Page(ctx, store.Query{Kind: "villager", Find: "z", Limit: 10})
				errs <- errors.Join(err, l.CheckAll(ctx, func(store.Problem) error { return nil }))
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	if n, err := l.Count(ctx, store.Query{Kind: "villager"}); err != nil || n != 60 {
		t.Errorf("%d villagers, %v", n, err)
	}
}

func TestCheckAll(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := storetest.Create(t, path, store.Options{Book: storetest.Book(storetest.Everything()), Source: storetest.Clock(1)})
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	loan := storetest.Save(t, l, storetest.Record(t, l, "loan", "what", thing.ID)).Records[0]
	storetest.Must(t, l.Delete(ctx, "thing", thing.ID))
	var found []store.Problem
	storetest.Must(t, l.CheckAll(ctx, func(p store.Problem) error { found = append(found, p); return nil }))
	if len(found) != 1 || found[0].Finding.Code != "E-REF" || found[0].ID != loan.ID || found[0].Kind.Name != "loan" || !strings.Contains(found[0].Label, "水泵") {
		t.Errorf("%+v", found)
	}
	enough := errors.New("enough")
	if err := l.CheckAll(ctx, func(store.Problem) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("stopped with %v", err)
	}
}
