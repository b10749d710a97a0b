package county_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestSlipOfTheSameBundle: a slip that is made once more holds what became of a bundle the
// first time, and what has to be put right; a file that was copied on the stick, or packed
// up, has no second row.
func TestSlipOfTheSameBundle(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	v.person(t, "张三", "status", "正式党员", "joined_on", "2001-07-01", "birth_date", "1970-01-01")
	bad := v.person(t, "李四")
	sent := v.export(t)
	path := v.changed(t, sent, func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
		set(tables, rs, "person", bad.ID, "sex", "未知")
		return rs
	})
	rows := func(paths ...string) (verdicts, problems []string) {
		t.Helper()
		g, err := county.Slip(ctx, o.l, o.receive(t, paths...))
		must(t, err)
		for _, r := range g.Rows {
			if r[3] == "" {
				problems = append(problems, fmt.Sprint(r[4], " ", r[5]))
			} else {
				verdicts = append(verdicts, fmt.Sprint(r[4], " ", r[5]))
			}
		}
		return verdicts, problems
	}
	first, named := rows(path)
	if len(first) != 1 || !strings.HasPrefix(first[0], county.Partly) || len(named) == 0 || !strings.Contains(named[0], "李四") {
		t.Fatalf("the first slip: %q, %q", first, named)
	}
	data, err := os.ReadFile(path)
	must(t, err)
	copied := filepath.Join(filepath.Dir(path), "副本 "+filepath.Base(path))
	must(t, os.WriteFile(copied, data, 0o600))
	again, namedAgain := rows(o.stick)
	if len(again) != 1 || !strings.HasPrefix(again[0], "已收过(有问题) 2026年10月31日已接收过") || !slices.Equal(namedAgain, named) {
		t.Errorf("the slip made again: %q, %q", again, namedAgain)
	}
	next := v.export(t)
	data, err = os.ReadFile(next.Path)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(o.stick, "再拷一份.tzb"), data, 0o600))
	both, _ := rows(o.stick)
	if len(both) != 2 {
		t.Errorf("two bundles and their copies give %q", both)
	}
}

// TestRefusedInTheVillagesWords: neither a receipt nor the slip speaks of the county's
// commands, or of the village as of somebody else.
func TestRefusedInTheVillagesWords(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	v, other := o.village(t, "990101101201", 100), o.village(t, "990101101202", 50)
	neighbour := other.person(t, "李四")
	who := v.person(t, "张三")
	o.one(t, other.export(t).Path)
	o.one(t, v.export(t).Path)
	copied := v.copied(t, 7)
	copied.o = &office{l: o.l, key: o.key, stick: t.TempDir()}
	o.one(t, v.export(t).Path)
	changed := func(change func(tables map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource) string {
		return v.changed(t, v.export(t), change)
	}
	newer := v.export(t)
	v.described(t, replaced(`"format": 2`, `"format": 3`))(t, newer)
	sums := v.export(t)
	v.described(t, replaced(`"contents": "records"`, `"contents": "sums"`))(t, sums)
	paths := []string{copied.export(t).Path, newer.Path, sums.Path,
		changed(func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			set(tables, rs, "person", who.ID, "id", neighbour.ID)
			return rs
		}),
		changed(func(tables map[string][][]string, rs []bundle.Resource, _ *bundle.Meta) []bundle.Resource {
			set(tables, rs, "person", who.ID, "org_id", other.Home().ID)
			return rs
		}),
		changed(func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource {
			m.Sequence += 2_000_000
			return rs
		}),
		changed(func(_ map[string][][]string, rs []bundle.Resource, m *bundle.Meta) []bundle.Resource { return rs[1:] }),
	}
	var handled []county.Intake
	for _, p := range paths {
		in := o.one(t, p)
		if in.Verdict != county.Refused {
			t.Errorf("%s: %s", p, in.Verdict)
		}
		handled = append(handled, in)
	}
	must(t, o.l.SetUnits(ctx, []store.Unit{{Code: other.code, Name: "柳湾村党支部"}}))
	handled = append(handled, o.one(t, v.export(t).Path))

	g, err := county.Slip(ctx, o.l, handled)
	must(t, err)
	var said []string
	for _, r := range g.Rows {
		said = append(said, fmt.Sprint(r[5]))
	}
	refused := 0
	for name, data := range o.receipts(t) {
		r, err := bundle.OpenReceipt(data, o.key.PublicKey())
		must(t, err)
		if r.Verdict != county.Refused {
			continue
		}
		refused++
		said = append(said, r.Reason)
		if r.Code == "" {
			t.Errorf("%s does not tell its fault", name)
		}
	}
	if refused < len(paths) {
		t.Errorf("%d answers to %d bundles", refused, len(paths)+1)
	}
	for _, text := range said {
		for _, strange := range []string{"taizhang", "county", "让村里", "村里的", "问村里", "放行"} {
			if text == "" || strings.Contains(text, strange) {
				t.Errorf("%q is said to a village: %s", strange, text)
			}
		}
	}
}
