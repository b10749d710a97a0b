package county_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// setting gives what the county's settings say of one.
func (o *office) setting(tb testing.TB, name string) county.Setting {
	tb.Helper()
	all, err := county.Settings(ctx, o.l)
	must(tb, err)
	for _, s := range all {
		if s.Name == name {
			return s
		}
	}
	tb.Fatalf("no setting %s", name)
	return county.Setting{}
}

func TestSet(t *testing.T) {
	o := newOffice(t)
	path := county.ProfilePath(o.l)
	cases := []struct {
		name    string
		pairs   string
		code    string // of the error
		says    string // in the error's message
		version int    // afterwards
		now     string // NAME=VALUE that holds then
	}{
		{"a mark", "assess.pass=85", "", "", 2, "assess.pass=85"},
		{"the same again", "assess.pass=85", "", "", 2, "assess.pass=85"},
		{"by its title, in full width", "五好达标的最低总分=86", "", "", 3, "assess.pass=86"},
		{"several at once", "deadline_day=8 identity=不带 appraisal.excellent=1/4", "", "", 4, "deadline_day=8"},
		{"a veto by its item", "计生=2025", "", "", 5, "assess.veto.birth=2025"},
		{"a veto for ever", "计生=0", "", "", 6, "assess.veto.birth=0"},
		{"taken back", "assess.pass=", "", "", 7, "assess.pass=80"},
		{"the name", "name=澄安县委组织部", "", "", 8, "name=澄安县委组织部"},
		{"no such name", "assess.pas=85", "E-SETTING", "相近的有 assess.pass", 8, "assess.pass=80"},
		{"nothing like it", "foo=1", "E-SETTING", "有的是 name、deadline_day、identity", 8, ""},
		{"no value", "assess.pass", "E-SETTING", "名称=内容", 8, ""},
		{"no number", "assess.pass=八十", "E-SETTING", "请写 0 到 1000 的整数;现在是 80", 8, ""},
		{"too late a day", "deadline_day=31", "E-SETTING", "1 到 28", 8, "deadline_day=8"},
		{"a veto's year", "计生=21", "E-SETTING", "请写 0,或 1949 到 2100", 8, ""},
		{"no share", "appraisal.excellent=3", "E-SETTING", "几分之几", 8, "appraisal.excellent=1/4"},
		{"no identity", "identity=也许", "E-SETTING", "带、不带", 8, "identity=不带"},
		{"no name", "name=", "E-SETTING", "名称", 8, ""},
		{"a fixed one", "join.age=16", "E-SETTING", "不能另设", 8, ""},
		{"one of two is wrong", "assess.pass=85 deadline_day=40", "E-SETTING", "deadline_day", 8, "assess.pass=80"},
		{"a goal", "goal.A03.named=85", "", "", 9, "goal.A03.named=85"},
		{"no goal at all", "goal.A03.named=0", "", "", 10, "goal.A03.named=0"},
		{"a goal taken back", "goal.A03.named=", "", "", 11, "goal.A03.named=80"},
		{"a goal over all", "goal.A03.named=101", "E-SETTING", "0 到 100 的整数", 11, "goal.A03.named=80"},
		{"a goal in words", "goal.A03.named=八成", "E-SETTING", "0 到 100 的整数", 11, ""},
		{"a goal below none", "goal.A03.named=-1", "E-SETTING", "0 到 100 的整数", 11, ""},
		{"a figure that is none", "goal.A03.nonsense=50", "E-SETTING", "相近的有 goal.A03.named(A03 ", 11, ""},
		{"a figure without a goal", "goal.A02.women=50", "E-SETTING", "没有“goal.A02.women”这一项", 11, ""},
		{"an indicator that is none", "goal.Z99.named=50", "E-SETTING", "相近的有 goal.A03.named", 11, ""},
		{"twice", "assess.pass=85 assess.pass=86", "E-SETTING", "两次", 11, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := county.Set(ctx, o.l, o.key, path, strings.Fields(c.pairs))
			if code(err) != c.code || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v", err)
			}
			data, err := os.ReadFile(path)
			must(t, err)
			p, err := bundle.OpenProfile(data, o.key.PublicKey())
			must(t, err)
			have, err := send.Profile(ctx, o.l)
			must(t, err)
			if p.Version != c.version || have.Version != c.version {
				t.Errorf("version %d in the file, %d on file, want %d", p.Version, have.Version, c.version)
			}
			if name, value, ok := strings.Cut(c.now, "="); ok && o.setting(t, name).Value != value {
				t.Errorf("%+v, want %s", o.setting(t, name), c.now)
			}
		})
	}
	if _, err := os.Stat(path + ".part"); err == nil {
		t.Error("a part of the file is left")
	}
}

// TestSetHolds sets limits, which hold at once at the county, and in the village once
// it has taken the profile in.
func TestSetHolds(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	path := county.ProfilePath(o.l)
	_, err := county.Set(ctx, o.l, o.key, path, []string{"assess.pass=90", "appraisal.excellent=1/5"})
	must(t, err)
	limit := func(l *store.Ledger) model.Limit { return l.Env(ctx).Packs.Limit("assess.pass", "2026-10-01") }
	if got := limit(o.l); got.Value != 90 || !got.County {
		t.Errorf("at the county %+v", got)
	}
	if got := limit(v.Ledger); got.Value != 80 {
		t.Errorf("in the village before: %+v", got)
	}
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, send.SetProfile(ctx, v.Ledger, data))
	if got := limit(v.Ledger); got.Value != 90 {
		t.Errorf("in the village: %+v", got)
	}
	if err := send.SetProfile(ctx, v.Ledger, o.profile); code(err) != "E-PROFILE-OLD" {
		t.Errorf("the older one: %v", err)
	}
}

// TestReissueUnits takes a list of units in at the county: the profile hands it on,
// and does not replace the county's own.
func TestReissueUnits(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	path := county.ProfilePath(o.l)
	units := []store.Unit{{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345678"},
		{Code: "990101101202", Name: "柳湾村党总支", Township: "云溪镇"}}
	must(t, o.l.SetUnits(ctx, units))
	p, err := county.Reissue(ctx, o.l, o.key, path, nil)
	must(t, err)
	if p.Version != 2 || len(p.Units) != 2 {
		t.Fatalf("got %+v", p)
	}
	if p, err = county.Reissue(ctx, o.l, o.key, path, nil); err != nil || p.Version != 2 {
		t.Fatalf("again: %v, %v", p, err)
	}
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, send.SetProfile(ctx, v.Ledger, data))
	for _, l := range []*store.Ledger{o.l, v.Ledger} {
		roll, err := l.Roll(ctx)
		must(t, err)
		if len(roll) != 2 || roll[0].Phone != "10012345678" && roll[1].Phone != "10012345678" {
			t.Errorf("%s: %+v", l.Path(), roll)
		}
	}
	if _, err := county.Reissue(ctx, v.Ledger, o.key, filepath.Join(t.TempDir(), "x.json"), nil); code(err) != "E-NOTCOUNTY" {
		t.Errorf("in a village: %v", err)
	}
	other, err := bundle.NewCountyKey(&counter{77})
	must(t, err)
	if _, err := county.Reissue(ctx, o.l, other, path, nil); code(err) != "E-KEY" {
		t.Errorf("with another key: %v", err)
	}
}

func TestIssue(t *testing.T) {
	o := newOffice(t)
	dir := filepath.Join(t.TempDir(), "卡")
	path := county.ProfilePath(o.l)
	if _, _, err := county.Issue(ctx, o.l, o.key, path, dir, nil); code(err) != "E-NOUNITS" {
		t.Fatalf("without a list: %v", err)
	}
	must(t, o.l.SetUnits(ctx, []store.Unit{{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Domain: "行政村"},
		{Code: "990101101202", Name: "柳湾村党总支", Township: "a/b镇"}, {Code: "990101101203", Name: "轴承厂联合党支部", Domain: "非公企业"}}))
	paths, p, err := county.Issue(ctx, o.l, o.key, path, dir, nil)
	must(t, err)
	if len(paths) != 3 || p.Version != 2 || len(p.Units) != 3 {
		t.Fatalf("got %q, %+v", paths, p)
	}
	want := map[string]string{"云溪镇/990101101201.card.json": "党支部", "a_b镇/990101101202.card.json": "党总支", "990101101203.card.json": "联合党支部"}
	for name, kind := range want {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		must(t, err)
		c, cp, err := bundle.OpenCard(data, "")
		must(t, err)
		if c.Kind != kind || bundle.CardName(c.Code) != filepath.Base(name) || cp.Version != 2 {
			t.Errorf("%s: %+v", name, c)
		}
	}
	card, err := os.ReadFile(paths[0])
	must(t, err)
	if _, _, err := bundle.OpenCard(o.profile, ""); code(err) != "E-CARD" {
		t.Errorf("a profile: %v", err)
	}
	if _, err := bundle.OpenProfile(card, ""); err == nil {
		t.Error("a card was taken as a profile")
	}
	for _, change := range [][2]string{{"云溪", "云渓"}, {"990101101", "990101109"}} {
		if _, _, err := bundle.OpenCard([]byte(strings.Replace(string(card), change[0], change[1], 1)), ""); code(err) != "E-SIGNATURE" {
			t.Errorf("changed %q: %v", change, err)
		}
	}
}
