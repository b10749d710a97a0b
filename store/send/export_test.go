package send_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

func newCounty(t *testing.T, seed uint64) *bundle.CountyKey {
	t.Helper()
	key, err := bundle.NewCountyKey(&storetest.Dice{State: seed})
	storetest.Must(t, err)
	return key
}

func sealed(t *testing.T, key *bundle.CountyKey, p bundle.Profile) []byte {
	t.Helper()
	p.Code, p.Name, p.DeadlineDay = "990101", "中共澄安县委组织部", 5
	if p.Identity == "" {
		p.Identity = bundle.IdentityWhole
	}
	data, err := bundle.SealProfile(p, key, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	storetest.Must(t, err)
	return data
}

// empty is a ledger of a made-up catalog that keeps what the standard book keeps beside
// the kinds: a village's keys, what it has sent, its months.
func empty(t *testing.T) *store.Ledger {
	t.Helper()
	return storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"),
		store.Options{Book: book.Of(storetest.Everything()), Source: storetest.Clock(1), By: "测试"})
}

// filled is a ledger with things at random and the profile of a county.
func filled(t *testing.T, kinds *model.Catalog, p bundle.Profile) (*store.Ledger, *bundle.CountyKey) {
	t.Helper()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Of(kinds), Source: storetest.Clock(1)})
	key := newCounty(t, 9)
	p.Version = 1
	storetest.Must(t, send.SetProfile(context.Background(), l, sealed(t, key, p)))
	things := storetest.RandomThings(t, l, 60, rand.New(rand.NewPCG(1, 2)))
	storetest.Save(t, l, storetest.Record(t, l, "loan", "what", things[30].ID, "day", "2026-10-03"))
	return l, key
}

// opened reads a bundle's file as the county does.
func opened(t *testing.T, sent send.Sent, key *bundle.CountyKey) *bundle.Bundle {
	t.Helper()
	data, err := os.ReadFile(sent.Path)
	storetest.Must(t, err)
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != sent.FileHash || int64(len(data)) != sent.Size {
		t.Errorf("%s is not what was noted: %+v", sent.Path, sent)
	}
	text, plain, err := bundle.Unwrap(bytes.NewReader(data), key.Identity)
	storetest.Must(t, err)
	b, err := bundle.Open(text)
	storetest.Must(t, err)
	if b.Hash != sent.Hash || plain != sent.Plain || !b.Signed {
		t.Errorf("opened %s, plain %v, signed %v; noted %+v", b.Hash, plain, b.Signed, sent)
	}
	return b
}

func TestExport(t *testing.T) {
	ctx := context.Background()
	l, key := filled(t, storetest.Everything(), bundle.Profile{})
	dir := t.TempDir()
	var steps []int
	first, err := send.Export(ctx, l, send.Options{Dir: dir, AllowErrors: true, Progress: func(done, all int) {
		steps = append(steps, done)
		if done > all {
			t.Errorf("step %d of %d", done, all)
		}
	}})
	storetest.Must(t, err)
	if first.File != "990101001_2026-10_0001.tzb" || first.State != "待回执" || first.Month != "2026-10" || first.Sequence != 1 {
		t.Errorf("sent %+v", first)
	}
	if !slices.IsSorted(steps) || len(steps) < 5 {
		t.Errorf("steps %v", steps)
	}
	b := opened(t, first, key)
	m := b.Package.Taizhang
	public, err := send.PublicKey(ctx, l)
	storetest.Must(t, err)
	if m.PublicKey != public || m.Previous != "" || m.Sequence != 1 || m.Organization.Code != storetest.Village.Code || m.Contents != bundle.ContentsRecords || m.Sent == nil || len(m.Sent) > 0 || m.Counts["thing"] != 54 || m.Counts["loan"] != 1 {
		t.Errorf("meta %+v", m)
	}
	compareRows(t, l, b)

	second, err := send.Export(ctx, l, send.Options{Dir: dir, AllowErrors: true, Month: "2026-09"})
	storetest.Must(t, err)
	m = opened(t, second, key).Package.Taizhang
	if m.Sequence != 2 || m.Previous != first.Hash || !slices.Equal(m.Sent, []bundle.Before{{Sequence: 1, Hash: first.Hash}}) || m.Month != "2026-09" || second.File != "990101001_2026-09_0002.tzb" {
		t.Errorf("second %+v", m)
	}
	list, err := send.SentBundles(ctx, l)
	storetest.Must(t, err)
	if len(list) != 2 || fmt.Sprint(list[1]) != fmt.Sprint(first) || fmt.Sprint(list[0]) != fmt.Sprint(second) {
		t.Errorf("list %+v", list)
	}
	if files := storetest.Content(t, dir); len(files) != 2 {
		t.Errorf("files %v", storetest.Names(files))
	}
	info, err := os.Stat(first.Path)
	storetest.Must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read %v", info.Mode())
	}
}

// compareRows compares every table with what another program reads from the file.
func compareRows(t *testing.T, l *store.Ledger, b *bundle.Bundle) {
	t.Helper()
	db := storetest.OpenRaw(t, l.Path())
	for _, r := range b.Package.Resources {
		var columns []string
		for _, c := range r.Header() {
			// choices are the one type whose CSV is not the stored text itself.
			if r.Name == "thing" && c == "uses" {
				c = "(SELECT group_concat(value, ';') FROM json_each(uses))"
			}
			columns = append(columns, "coalesce("+c+", '')")
		}
		rows, err := db.Query("SELECT " + strings.Join(columns, " || '|' || ") + " FROM " + r.Name + " ORDER BY " + strings.Join(r.Schema.PrimaryKey, ", "))
		storetest.Must(t, err)
		var want, got []string
		for rows.Next() {
			var s string
			storetest.Must(t, rows.Scan(&s))
			want = append(want, s)
		}
		storetest.Must(t, rows.Err())
		storetest.Must(t, rows.Close())
		for row, err := range b.Rows(r.Name) {
			storetest.Must(t, err)
			got = append(got, strings.Join(row, "|"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", r.Name, got, want)
		}
	}
}

// TestExportAgain makes two bundles of one ledger and month: they differ in what
// they must and in nothing else.
func TestExportAgain(t *testing.T) {
	l, key := filled(t, storetest.Everything(), bundle.Profile{})
	var texts []string
	for range 2 {
		sent, err := send.Export(context.Background(), l, send.Options{Dir: t.TempDir(), AllowErrors: true})
		storetest.Must(t, err)
		p := opened(t, sent, key).Package
		want := strings.ToLower("taizhang_" + strings.TrimSuffix(sent.File, ".tzb"))
		if p.Name != want || p.Created != sent.CreatedAt {
			t.Errorf("name %s, created %s", p.Name, p.Created)
		}
		p.Name, p.Created, p.Taizhang.Sequence, p.Taizhang.Previous, p.Taizhang.Problems = "", "", 0, "", bundle.Problems{}
		p.Taizhang.Sent = nil
		text, err := json.Marshal(p)
		storetest.Must(t, err)
		texts = append(texts, string(text))
	}
	if texts[0] != texts[1] {
		t.Errorf("the second differs:\n%s\n%s", texts[0], texts[1])
	}
}

func TestExportRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o600))
	l, _ := filled(t, storetest.Everything(), bundle.Profile{})
	bare, faulty := empty(t), empty(t)
	storetest.Must(t, send.SetProfile(ctx, faulty, sealed(t, newCounty(t, 9), bundle.Profile{Version: 1})))
	thing := storetest.Save(t, faulty, storetest.Record(t, faulty, "thing", "title", "水泵")).Records[0]
	storetest.Must(t, faulty.Inside(raw.Pass{}).PutUnchecked(ctx, storetest.Record(t, faulty, "loan", "day", "2026-10-03"))) // without the thing
	storetest.Save(t, faulty, storetest.Record(t, faulty, "loan", "what", thing.ID, "day", "2026-10-04"))
	storetest.Must(t, faulty.Delete(ctx, "thing", thing.ID)) // leaves a warning
	reader, err := book.Open(ctx, l.Path(), store.Options{Book: book.Of(storetest.Everything()), ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, reader.Close()) }()
	stopped, stop := context.WithCancel(ctx)
	stop()
	cases := []struct {
		name, want string
		l          *store.Ledger
		ctx        context.Context
		o          send.Options
	}{
		{"no profile", "E-NOPROFILE", bare, ctx, send.Options{Dir: dir}},
		{"no folder", "E-DIR", l, ctx, send.Options{Dir: filepath.Join(dir, "nowhere")}},
		{"a file instead of a folder", "E-DIR", l, ctx, send.Options{Dir: filepath.Join(dir, "file")}},
		{"a month to come", "E-MONTH", l, ctx, send.Options{Dir: dir, Month: "2026-11"}},
		{"no month", "E-MONTH", l, ctx, send.Options{Dir: dir, Month: "2026-13"}},
		{"read-only", "E-READONLY", reader, ctx, send.Options{Dir: dir}},
		{"open errors", "E-OPEN", faulty, ctx, send.Options{Dir: dir}},
		{"stopped", "not a *model.Error", l, stopped, send.Options{Dir: dir, AllowErrors: true}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := send.Export(c.ctx, c.l, c.o)
			if !strings.HasPrefix(storetest.Code(err), c.want) {
				t.Errorf("got %v", err)
			}
			if files := storetest.Content(t, dir); len(files) != 1 {
				t.Errorf("left behind: %v", storetest.Names(files))
			}
			if list, err := send.SentBundles(ctx, c.l); err != nil || len(list) != 0 {
				t.Errorf("noted as sent: %+v, %v", list, err)
			}
		})
	}
	_, err = send.Export(ctx, faulty, send.Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "还有 1 处错误") || !strings.Contains(err.Error(), "物品") {
		t.Errorf("open errors: %v", err)
	}
	sent, err := send.Export(ctx, faulty, send.Options{Dir: dir, AllowErrors: true, Plain: true})
	storetest.Must(t, err)
	p := opened(t, sent, newCounty(t, 9)).Package.Taizhang.Problems
	if p.Errors != 1 || p.Warnings != 1 || len(p.List) != sent.Problems || p.List[0].Severity != "error" || p.List[0].Code != "E-REQUIRED" || p.List[0].Message == "" {
		t.Errorf("problems %+v", p)
	}
	if _, err := send.Export(ctx, bare, send.Options{Dir: t.TempDir(), Plain: true}); err != nil {
		t.Errorf("plain, without a profile: %v", err)
	}
	if filepath.Ext(sent.File) != ".zip" {
		t.Errorf("plain file %s", sent.File)
	}
}

// TestExportFails stops an export at each of its steps: no half file, no number
// used twice, and the next one follows the last that was made.
func TestExportFails(t *testing.T) {
	ctx := context.Background()
	l, key := filled(t, storetest.Everything(), bundle.Profile{})
	dir := t.TempDir()
	good, err := send.Export(ctx, l, send.Options{Dir: dir, AllowErrors: true})
	storetest.Must(t, err)
	last := good
	for step := 1; ; step++ {
		stopped, stop := context.WithCancel(ctx)
		sent, err := send.Export(stopped, l, send.Options{Dir: dir, AllowErrors: true, Progress: func(done, _ int) {
			if done == step {
				stop()
			}
		}})
		stop()
		if err == nil { // the last steps come when the file is there
			opened(t, sent, key)
			if step < 8 {
				t.Errorf("step %d of a stopped export did not fail", step)
			}
			break
		}
		files := storetest.Content(t, dir)
		list, err := send.SentBundles(ctx, l)
		storetest.Must(t, err)
		whole := 0
		for _, s := range list {
			if s.State == "待回执" {
				whole++
			}
		}
		if len(files) != whole {
			t.Errorf("step %d: files %v, %d of the list are whole", step, storetest.Names(files), whole)
		}
		next, err := send.Export(ctx, l, send.Options{Dir: dir, AllowErrors: true})
		storetest.Must(t, err)
		if m := opened(t, next, key).Package.Taizhang; m.Previous != last.Hash || next.Sequence <= last.Sequence {
			t.Errorf("step %d: the next is number %d after %s, the last was %d with %s", step, next.Sequence, m.Previous, last.Sequence, last.Hash)
		}
		last = next
	}
	storetest.Must(t, l.Integrity(ctx))
}

// TestExportKeepsFiles exports from a ledger that has forgotten its last bundles.
func TestExportKeepsFiles(t *testing.T) {
	l, _ := filled(t, storetest.Everything(), bundle.Profile{})
	dir := t.TempDir()
	for _, n := range []string{"1", "2"} {
		storetest.Must(t, os.WriteFile(filepath.Join(dir, "990101001_2026-10_000"+n+".tzb"), []byte(n), 0o600))
	}
	sent, err := send.Export(context.Background(), l, send.Options{Dir: dir, AllowErrors: true})
	storetest.Must(t, err)
	files := storetest.Content(t, dir)
	if sent.Sequence != 3 || files["990101001_2026-10_0001.tzb"] != "1" || files["990101001_2026-10_0002.tzb"] != "2" || len(files) != 3 {
		t.Errorf("number %d, files %v", sent.Sequence, storetest.Names(files))
	}
}

// TestExportWithoutIdentity looks for private values in a bundle for a county that
// wants none.
func TestExportWithoutIdentity(t *testing.T) {
	kinds := storetest.Everything()
	for _, name := range []string{"number", "phone"} {
		kinds.Kind("thing").Field(name).Private = true
	}
	for _, identity := range []string{bundle.IdentityWhole, bundle.IdentityNone} {
		l, key := filled(t, kinds, bundle.Profile{Identity: identity})
		sent, err := send.Export(context.Background(), l, send.Options{Dir: t.TempDir(), AllowErrors: true})
		storetest.Must(t, err)
		b := opened(t, sent, key)
		number, private := slices.Index(b.Resource("thing").Header(), "number"), 0
		phone := slices.Index(b.Resource("thing").Header(), "phone")
		for row, err := range b.Rows("thing") {
			storetest.Must(t, err)
			if row[number] != "" || row[phone] != "" {
				private++
			}
		}
		messages := 0
		for _, p := range b.Package.Taizhang.Problems.List {
			if p.Message != "" {
				messages++
			}
		}
		if whole := identity == bundle.IdentityWhole; (private > 0) != whole || messages > 0 && !whole {
			t.Errorf("%s: %d rows with private values, %d messages", identity, private, messages)
		}
	}
}
