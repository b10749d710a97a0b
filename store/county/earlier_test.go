package county_test

import (
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
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
	"taizhang/store/send"
)

// earlier is where files of a program of the schema's first version are kept.
var earlier = filepath.Join("..", "testdata", "schema1")

const earlierVillage = "990101101201"

// earlierOffice is the county of those files, opened by this program.
func earlierOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	file, err := os.ReadFile(filepath.Join(earlier, "county.key"))
	must(t, err)
	o := &office{stick: filepath.Join(dir, "stick")}
	must(t, os.Mkdir(o.stick, 0o700))
	o.key, err = bundle.ParseCountyKey(file, "")
	must(t, err)
	after := source() // the bundle was made on 28 November
	after.Now = func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }
	o.l, err = book.Open(ctx, storetest.Unpack(t, filepath.Join(earlier, "county.db.gz"), dir), store.Options{Source: after})
	must(t, err)
	t.Cleanup(func() { must(t, o.l.Close()) })
	return o
}

// earlierBundle lays the village's bundle of the first version on the stick.
func (o *office) earlierBundle(t *testing.T) string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(earlier, "village.age"))
	must(t, err)
	path := filepath.Join(o.stick, earlierVillage+"_2026-10_0001.tzb")
	must(t, os.WriteFile(path, file, 0o600))
	return path
}

// TestReceiveOfSchema1: a bundle of the schema's first version lacks the columns and the
// link table that came since, and is taken as it is.
func TestReceiveOfSchema1(t *testing.T) {
	t.Parallel()
	o := earlierOffice(t)
	in := o.one(t, o.earlierBundle(t))
	added := 0
	for _, d := range in.Changes {
		added += d.Added
	}
	if in.Verdict != county.Accepted || added != 863 || len(in.Unknown) > 0 {
		t.Fatalf("%s %s: %d records, unknown %v", in.Verdict, in.Reason, added, in.Unknown)
	}
	goals, err := o.l.Page(ctx, store.Query{Kind: "goal", Limit: 50})
	must(t, err)
	for _, g := range goals.Records {
		if g.Filled("unit") || !g.Filled("responsible") {
			t.Errorf("%s of %q", g.Str("title"), g.Str("unit"))
		}
	}
	must(t, o.l.Integrity(ctx))
	if again := o.one(t, filepath.Join(o.stick, earlierVillage+"_2026-10_0001.tzb")); again.Verdict != county.Already {
		t.Errorf("again: %s", again.Verdict)
	}
}

// TestNextBundleOfSchema1: the village's next bundle comes from this program, and the
// county takes what is new in it.
func TestNextBundleOfSchema1(t *testing.T) {
	t.Parallel()
	o := earlierOffice(t)
	if in := o.one(t, o.earlierBundle(t)); in.Verdict != county.Accepted {
		t.Fatalf("the earlier one: %+v", in)
	}
	l, err := book.Open(ctx, storetest.Unpack(t, filepath.Join(earlier, "village.db.gz"), t.TempDir()), store.Options{Source: source()})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	v := &village{l, o, earlierVillage}
	task := v.add(t, "goal", "kind", "联席会任务", "title", "修泵站", "unit", "县水利局", "started_on", "2026-05-02", "due_on", "2026-09-30")
	films, err := l.Page(ctx, store.Query{Kind: "supply", Limit: 1})
	must(t, err)
	class := v.add(t, "training", "title", "看片", "topic", "生产技术", "method", "电化教育", "organizer", "县委组织部", "organizer_kind", "组织部门",
		"materials", films.Records[0].ID, "started_on", "2026-05-02")

	// It was rescued, and signs with a key of its own.
	sent := v.export(t)
	if in := o.one(t, sent.Path); in.Verdict != county.Refused || !strings.Contains(in.Reason, "认可新密钥") {
		t.Fatalf("before it is trusted: %+v", in)
	}
	c, err := county.ChangedKey(ctx, o.l, earlierVillage)
	must(t, err)
	must(t, county.Trust(ctx, o.l, c, c.New))
	in := o.one(t, sent.Path)
	if in.Verdict != county.Accepted || in.Changes["goal"].Added != 1 || in.Changes["training"].Added != 1 || in.Changes["person"] != (county.Difference{}) {
		t.Fatalf("the next one: %+v", in)
	}
	got, err := o.l.Get(ctx, "goal", task.ID)
	must(t, err)
	shown, err := o.l.Get(ctx, "training", class.ID)
	must(t, err)
	if got.Str("unit") != "县水利局" || !slices.Equal(shown.List("materials"), []string{films.Records[0].ID}) {
		t.Errorf("at the county: %q, %v", got.Str("unit"), shown.List("materials"))
	}
	must(t, o.l.Integrity(ctx))
	described(t, o, sent)
}

// described asks that the bundle says which schema it is of, with the new table.
func described(t *testing.T, o *office, sent send.Sent) {
	t.Helper()
	file, err := os.Open(sent.Path)
	must(t, err)
	defer func() { must(t, file.Close()) }()
	data, _, err := bundle.Unwrap(file, o.key.Identity)
	must(t, err)
	b, err := bundle.Open(data)
	must(t, err)
	if b.Package.Taizhang.Schema != model.SchemaVersion || b.Resource("training_materials") == nil {
		t.Errorf("schema %d, the table of films is there: %v", b.Package.Taizhang.Schema, b.Resource("training_materials") != nil)
	}
}
