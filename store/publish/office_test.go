package publish_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/demo"
	"taizhang/store/publish/pgtest"
	"taizhang/store/send"
)

// A ledger of an office, and a month of it, to be published beside the made-up ones.
var (
	ledgerFlag = flag.String("ledger", "", "publish this office's ledger too, and compare")
	monthFlag  = flag.String("month", "", "the month of it")
)

func TestMain(m *testing.M) {
	if child := os.Getenv(childEnv); child != "" {
		os.Exit(publishAsChild(child))
	}
	status := pgtest.Main(m)
	if base.dir != "" {
		if err := os.RemoveAll(base.dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(status)
}

const month = model.Month("2026-10")

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// counter is randomness that differs from ledger to ledger, the same each time.
type counter struct{ n byte }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*31 + 7
		p[i] = c.n
	}
	return len(p), nil
}

func sourceAt(seed byte, day string) *model.Source {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return &model.Source{Now: func() time.Time { return at.Add(10 * time.Hour) }, Rand: &counter{seed}}
}

// made is a made-up county that has received the month of one rich village and of four
// small ones in two townships, whose linkages, pairings and publicity have heads in common.
type made struct {
	l   *store.Ledger
	key *bundle.CountyKey
	dir string
}

// base is the folder of one such county, of which each test gets a copy.
var base struct {
	once sync.Once
	dir  string
}

func newCounty(t *testing.T) *made {
	t.Helper()
	base.once.Do(func() {
		dir, err := os.MkdirTemp("", "county")
		must(t, err)
		base.dir = dir
		makeCounty(t)
	})
	m := &made{dir: t.TempDir()}
	must(t, os.CopyFS(m.dir, os.DirFS(base.dir)))
	m.open(t)
	t.Cleanup(func() { must(t, m.l.Close()) })
	return m
}

// open opens the county's ledger and its key.
func (m *made) open(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.dir, county.KeyFile))
	must(t, err)
	m.key, err = bundle.ParseCountyKey(text, "")
	must(t, err)
	m.l, err = book.Open(t.Context(), filepath.Join(m.dir, county.DBFile), store.Options{Source: sourceAt(9, "2026-11-06")})
	must(t, err)
}

// makeCounty makes the county in base.
func makeCounty(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	r, err := demo.Village(ctx, base.dir, demo.Options{Members: 30, Seed: 3, AsOf: "2026-10-31"})
	must(t, err)
	profile, err := os.ReadFile(r.Profile)
	must(t, err)
	m := &made{dir: base.dir}
	rich, err := book.Open(ctx, r.Ledger, store.Options{Source: sourceAt(1, "2026-10-31")})
	must(t, err)
	files := []string{export(t, rich, m.dir)}
	for n := range 4 {
		files = append(files, m.small(t, profile, n))
	}
	m.open(t)
	m.receive(t, files...)
	must(t, m.l.Close())
}

func (m *made) receive(t *testing.T, files ...string) {
	t.Helper()
	all, err := county.Receive(t.Context(), m.l, m.key, files, county.ReceiveOptions{})
	must(t, err)
	for _, i := range all {
		if i.Verdict != county.Accepted && i.Verdict != county.Partly {
			t.Fatalf("received: %+v", i)
		}
	}
}

func export(t *testing.T, l *store.Ledger, dir string) string {
	t.Helper()
	sent, err := send.Export(t.Context(), l, send.Options{Month: month, Dir: dir, AllowErrors: true})
	must(t, err)
	must(t, l.Close())
	return sent.Path
}

// small makes a village and gives its bundle.
func (m *made) small(t *testing.T, profile []byte, n int) string {
	t.Helper()
	home := store.Home{Code: fmt.Sprintf("99010110%d20%d", 2+n%2, 1+n), Name: fmt.Sprintf("石桥%d村党支部", n+1), Kind: "党支部", Domain: []string{"行政村", "社区"}[n/2],
		Township: []string{"云溪镇", "芦溆镇"}[n%2]}
	path := filepath.Join(m.dir, fmt.Sprintf("small%d.db", n))
	l, err := book.CreateWith(t.Context(), path, home, profile, store.Options{Source: sourceAt(byte(20+n), "2026-10-30")})
	must(t, err)
	common := []string{"甲一", "乙二"}[n/2]
	add(t, l, "person", "name", fmt.Sprintf("丙%d", n), "sex", "男", "status", "群众", "standing", "在册")
	add(t, l, "linkage", "role", "市领导", "name", common, "unit", "市交通局", "target_code", home.Code, "started_on", "2026-02-01")
	add(t, l, "pairing", "kind", "部门帮村", "helper_unit", "市林业局", "helped_name", home.Name, "target_code", home.Code, "started_on", "2026-03-01")
	add(t, l, "activity", "kind", "主题党日", "title", "学习", "held_on", "2026-04-01", "campaign", fmt.Sprintf("向丙%d同志学习", n)) // a part of E06
	add(t, l, "aid", "kind", "活动经费", "title", "资料", "provider", "市林业局", "amount", fmt.Sprint(1000+n), "given_on", "2026-05-01")
	return export(t, l, m.dir)
}

func add(t *testing.T, l *store.Ledger, kind string, pairs ...string) {
	t.Helper()
	r, err := l.New(t.Context(), kind)
	must(t, err)
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		value, err := f.Type.ParseCSV(f, pairs[i+1])
		must(t, err)
		r.Set(f.Name, value)
	}
	_, err = l.Save(t.Context(), model.AsRecorded, r)
	must(t, err)
}
