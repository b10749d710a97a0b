package county_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/stick"
)

// units makes a list of units: code, township, name, again and again.
func units(texts ...string) []store.Unit {
	var all []store.Unit
	for i := 0; i < len(texts); i += 3 {
		all = append(all, store.Unit{Code: texts[i], Township: texts[i+1], Name: texts[i+2], Domain: "行政村", Phone: "10012345678"})
	}
	return all
}

func TestStatus(t *testing.T) {
	o := newOffice(t)
	a, b, c := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150), o.village(t, "990101101203", 50)
	must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "云溪镇", "柳湾村党支部", c.code, "柳河镇", "李家村党支部",
		"990101101204", "柳河镇", "王家村党支部")))
	first := a.export(t)
	must(t, os.Remove(a.export(t).Path)) // a number that never comes
	a.export(t)
	sent := b.export(t)
	data, err := os.ReadFile(sent.Path)
	must(t, err)
	must(t, os.WriteFile(sent.Path, data[:len(data)/2], 0o600))
	c.member(t, "张三", "1970-03-02", "") // c's own rules find something
	c.export(t)
	o.receive(t, o.stick)
	_ = first

	r, err := county.Status(ctx, o.l, "2026-10")
	must(t, err)
	if r.Deadline != "2026-11-05" || r.Passed || r.All.Due != 4 || r.All.In != 2 {
		t.Errorf("%+v", r)
	}
	var got []string
	for _, u := range r.Units {
		got = append(got, fmt.Sprintf("%s %s %v %d %q %v %d", u.Name, u.State, u.Overdue, u.Sequence, u.Gaps, u.FirstSeen, len(u.Refusals)))
	}
	want := "石桥村党支部 已报 false 3 \"2\" true 0\n柳湾村党支部 拒收 false 0 \"\" false 1\n李家村党支部 已报 false 1 \"\" true 0\n王家村党支部 未报 false 0 \"\" false 0"
	sortByCode(got, r.Units)
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}

	// A month on, with the deadline passed: the one who never reported is late.
	late := source()
	now := late.Now()
	late.Now = func() time.Time { return now.AddDate(0, 1, 0) }
	path := o.l.Path()
	must(t, o.l.Close())
	o.l, err = book.Open(ctx, path, store.Options{Source: late})
	must(t, err)
	o.one(t, b.export(t).Path)
	r, err = county.Status(ctx, o.l, "2026-10")
	must(t, err)
	states := map[string]string{}
	for _, u := range r.Units {
		states[u.Name] = fmt.Sprint(u.State, u.Overdue)
	}
	if !r.Passed || states["王家村党支部"] != "未报true" || states["柳湾村党支部"] != "逾期报false" || states["石桥村党支部"] != "已报false" {
		t.Errorf("late: %v", states)
	}
	g := r.Reminder("澄安县委组织部", "2026-11-30")
	if len(g.Rows) != 1 || fmt.Sprint(g.Rows[0][:5]) != "[柳河镇 王家村党支部 10012345678 2026年10月 2026年11月5日]" {
		t.Errorf("reminder %v", g.Rows)
	}
	if only := r.Only("柳河镇"); only.All.Due != 2 || only.All.In != 1 || len(only.Units) != 2 {
		t.Errorf("of one township: %+v", only)
	}
}

func sortByCode(lines []string, units []county.UnitReport) {
	for i := range units {
		for j := i + 1; j < len(units); j++ {
			if units[j].Code < units[i].Code {
				units[i], units[j] = units[j], units[i]
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
	}
}

// TestVillagesRecordsAreReadOnly tries to change and delete what is a village's.
func TestVillagesRecordsAreReadOnly(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	who := v.person(t, "张三")
	o.one(t, v.export(t).Path)
	before := o.dump(t)
	r, err := o.l.Get(ctx, "person", who.ID)
	must(t, err)
	r.Set("name", "李四")
	if _, err := o.l.Save(ctx, model.FromForm, r); code(err) != "E-OTHER-ORG" {
		t.Errorf("changed: %v", err)
	}
	if err := o.l.Delete(ctx, "person", who.ID); code(err) != "E-OTHER-ORG" {
		t.Errorf("deleted: %v", err)
	}
	if o.dump(t) != before {
		t.Error("the ledger has changed")
	}
	own, err := o.l.New(ctx, "person")
	must(t, err)
	for name, value := range map[string]string{"name": "王五", "sex": "男", "status": "群众", "standing": "在册"} {
		own.Set(name, value)
	}
	_, err = o.l.Save(ctx, model.FromForm, own)
	must(t, err)
	must(t, o.l.Delete(ctx, "person", own.ID))
}

func TestLookAtStick(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	list := units(a.code, "云溪镇", "石桥村党支部", b.code, "云溪镇", "柳湾村党支部", "990101101203", "云溪镇", "李家村党支部", "990101101204", "柳河镇", "王家村党支部")
	a.export(t)
	a.export(t)
	b.export(t)
	o.one(t, o.stick+"/"+bundle.FileName(a.code, "2026-10", 1, false))
	o.receipts(t)
	must(t, os.Mkdir(filepath.Join(o.stick, "照片"), 0o700))
	must(t, os.WriteFile(filepath.Join(o.stick, "照片", "a.jpg"), nil, 0o600))

	s, err := stick.Look(ctx, o.stick, stick.Question{Units: list, Otherwise: "2026-01"})
	must(t, err)
	if len(s.Bundles) != 3 || !s.Bundles[0].Older || s.Bundles[1].Older || s.Bundles[0].Name != "石桥村党支部" || s.Bundles[0].Size == 0 {
		t.Errorf("bundles %+v", s.Bundles)
	}
	if len(s.Receipts) != 1 || s.Receipts[0].Verdict != "已接收" || s.Receipts[0].Name != "石桥村党支部" || len(s.Others) != 1 {
		t.Errorf("receipts %+v, others %v", s.Receipts, s.Others)
	}
	if s.Month != "2026-10" || s.Expected != 3 || len(s.Missing) != 1 || s.Missing[0].Name != "李家村党支部" {
		t.Errorf("missing for %s: %d %+v", s.Month, s.Expected, s.Missing)
	}
	s, err = stick.Look(ctx, o.stick, stick.Question{Units: list, Township: "柳河镇", Month: "2026-10"})
	must(t, err)
	if len(s.Missing) != 1 || s.Missing[0].Name != "王家村党支部" {
		t.Errorf("missing in a township: %+v", s.Missing)
	}
	if _, err := stick.Look(ctx, filepath.Join(o.stick, "没有"), stick.Question{}); code(err) != "E-DIR" {
		t.Errorf("no folder: %v", err)
	}
	// Without a list the county's profile on the stick gives the names.
	profile, err := bundle.SealProfile(bundle.Profile{Code: "990100000000", Name: "县", Version: 9, DeadlineDay: 5, Identity: bundle.IdentityWhole,
		Units: []bundle.Unit{{Code: a.code, Name: "石桥村", Township: "云溪镇"}}}, o.key, source().Now())
	must(t, err)
	must(t, os.WriteFile(filepath.Join(o.stick, "county.json"), profile, 0o600))
	s, err = stick.Look(ctx, o.stick, stick.Question{})
	must(t, err)
	if !s.Listed || s.Bundles[0].Code != b.code || s.Bundles[1].Name != "石桥村" || len(s.Missing) != 0 {
		t.Errorf("by the profile: %+v", s)
	}
}
