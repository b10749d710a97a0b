package county_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
)

// idFor makes a number of the made-up area with its check digit, by serial.
func idFor(birth string, serial int) string {
	body := fmt.Sprintf("990101%s%03d", strings.ReplaceAll(birth, "-", ""), serial)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}

// member adds a member who is 在册 from the opening of the ledger.
func (v *village) member(tb testing.TB, name, birth, number string) string {
	tb.Helper()
	pairs := []string{"birth_date", birth, "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01"}
	if number != "" {
		pairs = append(pairs, "id_number", number)
	}
	p := v.person(tb, name, pairs...)
	v.add(tb, "movement", "person", p.ID, "kind", "期初在册", "happened_on", "2026-01-01")
	return p.ID
}

func (v *village) moves(tb testing.TB, person, kind, day string, pairs ...string) {
	tb.Helper()
	v.add(tb, "movement", append([]string{"person", person, "kind", kind, "happened_on", day}, pairs...)...)
	if kind != "转出" {
		return
	}
	p, err := v.Get(ctx, "person", person)
	must(tb, err)
	p.Set("standing", "转出")
	p.Set("left_on", day)
	_, err = v.Save(ctx, model.AsRecorded, p)
	must(tb, err)
}

func TestCrossCheck(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	const born = "1970-03-02"
	from, to := []string{"from_org", "x"}, []string{"to_org", "x", "to_code", b.code}

	// One number on the rolls of both.
	twice := a.member(t, "张三", born, idFor(born, 11))
	b.member(t, "张三丰", born, idFor(born, 11))

	gone := a.member(t, "李四", born, idFor(born, 13)) // nobody has taken him in
	a.moves(t, gone, "转出", "2026-03-01", to...)
	fresh := a.member(t, "王五", born, idFor(born, 15)) // may still be on the way
	a.moves(t, fresh, "转出", "2026-08-15", to...)
	far := a.member(t, "赵六", born, idFor(born, 17)) // out of the county
	a.moves(t, far, "转出", "2026-03-01", "to_org", "中共江洲市机关支部委员会")

	for i, number := range []string{idFor(born, 19), ""} { // arrived: by number, by name and birth date
		name := fmt.Sprintf("孙七%d", i)
		p := a.member(t, name, born, number)
		a.moves(t, p, "转出", "2026-03-01", to...)
		q := b.person(t, name, "birth_date", born, "id_number", idFor(born, 19+2*i), "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01").ID
		b.moves(t, q, "转入", "2026-03-20", "from_org", "石桥村党支部")
	}
	q := b.person(t, "周八", "birth_date", born, "id_number", idFor(born, 27), "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01").ID
	b.moves(t, q, "转入", "2026-03-20", append(from[:1:1], "云溪镇石桥村党支部")...)

	err := o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部"))
	must(t, err)
	o.one(t, a.export(t).Path)
	o.one(t, b.export(t).Path)
	found, err := county.CrossCheck(ctx, o.l)
	must(t, err)
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%s %s %s/%s", f.Code, f.Text, f.Sides[0].Person, f.Sides[1].Code))
		for _, s := range f.Sides {
			if s.Message == "" || s.OrgID == "" || s.Township == "" {
				t.Errorf("a side says nothing: %+v", s)
			}
		}
	}
	want := []string{
		"W-CROSS-TWICE 云溪镇石桥村党支部的“张三”和柳河镇柳湾村党支部的“张三丰”身份证号相同,都在册 张三/990101101202",
		"W-CROSS-OUT 云溪镇石桥村党支部的“李四” 2026年3月1日转出到柳河镇柳湾村党支部,三个月了对方没有登记转入 李四/990101101202",
		"W-CROSS-IN 柳河镇柳湾村党支部的“周八” 2026年3月20日从云溪镇石桥村党支部转入,三个月了对方没有登记转出 周八/990101101201",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s := found[0].Sides[0]; s.Kind != "person" || s.ID != twice {
		t.Errorf("the first side is %+v", s)
	}

	var checked []string
	must(t, county.EachCrossed(ctx, o.l, func(p store.Problem) error {
		checked = append(checked, p.Finding.Code+" "+p.Label)
		return nil
	}))
	if len(checked) != 4 || checked[0] != "W-CROSS-TWICE 石桥村党支部 张三" {
		t.Errorf("as a check: %v", checked)
	}
	must(t, county.EachCrossed(ctx, a.Ledger, func(p store.Problem) error {
		t.Errorf("at a village: %+v", p)
		return nil
	}))
}

// TestCrossCheckTakesLinearTime compares two sizes of a county in which everyone
// stands twice.
func TestCrossCheckTakesLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("makes many persons")
	}
	took := func(n int) time.Duration {
		o := newOffice(t)
		a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
		must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部")))
		for _, v := range []*village{a, b} {
			var all []*model.Record
			for i := range n {
				p, err := v.New(ctx, "person")
				must(t, err)
				born := model.Date("1950-01-01").AddDays(i / 100)
				for name, value := range map[string]string{"name": fmt.Sprintf("张%d", i), "sex": "男", "birth_date": string(born),
					"id_number": idFor(string(born), i%100*2+1), "status": "正式党员", "standing": "在册", "joined_on": "1980-07-01", "confirmed_on": "1981-07-01"} {
					p.Set(name, value)
				}
				all = append(all, p)
			}
			_, err := v.Save(ctx, model.AsRecorded, all...)
			must(t, err)
			o.one(t, v.export(t).Path)
		}
		begin := time.Now()
		found, err := county.CrossCheck(ctx, o.l)
		must(t, err)
		if len(found) != n {
			t.Errorf("found %d of %d", len(found), n)
		}
		return time.Since(begin)
	}
	small, large := took(100), took(1000)
	if large > 40*small+500*time.Millisecond {
		t.Errorf("100 take %v, 1000 take %v", small, large)
	}
}
