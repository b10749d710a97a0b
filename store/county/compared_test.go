package county_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/compare"
	"taizhang/store/county"
	"taizhang/store/send"
)

// TestDifferencesGoOutWithReceipts compares one list for two villages and looks at what
// each is answered: its own differences, no number, phone or address among them, and no
// more what it has put right since.
func TestDifferencesGoOutWithReceipts(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	const born = "1970-03-02"
	zhang := a.member(t, "张三", born, idFor(born, 11))
	a.member(t, "李四", born, idFor(born, 13))
	b.member(t, "王五", born, idFor(born, 15))
	b.member(t, "赵六", born, idFor(born, 17))
	o.one(t, a.export(t).Path)
	o.one(t, b.export(t).Path)

	list := filepath.Join(t.TempDir(), "名单.csv")
	must(t, os.WriteFile(list, []byte("姓名,公民身份号码,单位,民族,手机号,家庭住址\n"+
		"张三,"+idFor(born, 11)+",990101101201,苗,10012345678,望湖村五组\n"+
		"王五,"+idFor(born, 19)+",990101101202,汉,,\n"+
		"赵六,"+idFor(born, 17)+",990101101201,汉,,\n"+
		"新来人,"+idFor(born, 21)+",990101101202,汉,,\n"+
		"别处人,"+idFor(born, 23)+",别县党支部,汉,,\n"), 0o600))
	r, err := compare.Read(ctx, o.l, list, "")
	must(t, err)
	if len(r.Differences) != 8 || !r.County || r.Ours != 4 {
		t.Fatalf("%d of %d: %+v", len(r.Differences), r.Ours, r.Differences)
	}
	if _, _, err := county.KeepCompared(ctx, a.Ledger, r); code(err) != "E-COUNTY" {
		t.Errorf("in a village: %v", err)
	}
	if units, n, err := county.KeepCompared(ctx, o.l, r); err != nil || units != 2 || n != 7 {
		t.Errorf("kept %d of %d units, %v", n, units, err)
	}

	answers := o.receipts(t)
	said := func(v *village, sequence int64) []string {
		data := answers[receiptOf(v.code, "2026-10", sequence)]
		if strings.Contains(string(data), "990101197003") || strings.Contains(string(data), "10012345678") || strings.Contains(string(data), "望湖村五组") {
			t.Error("a number or an address travels open")
		}
		if !strings.Contains(string(data), `\"format\": 1,`) {
			t.Error("the receipt is of another format")
		}
		_, err := send.TakeReceipt(ctx, v.Ledger, data)
		must(t, err)
		taken, err := send.Receipt(ctx, v.Ledger, sequence)
		must(t, err)
		var all []string
		for _, d := range taken.Differences {
			all = append(all, d.Label+" "+d.Title)
			if d.Message == "" || d.Sort == string(compare.Differs) && d.ID == "" {
				t.Errorf("says %+v", d)
			}
		}
		return all
	}
	if got := strings.Join(said(a, 1), ","); got != "张三 民族,张三 联系电话,张三 家庭住址,李四 在册状态" {
		t.Errorf("to the first: %s", got)
	}
	if got := strings.Join(said(b, 1), ","); got != "王五 公民身份号码,赵六 所在党支部,新来人 姓名" {
		t.Errorf("to the second: %s", got)
	}

	// The villages put some of it right and report again.
	p, err := a.Get(ctx, "person", zhang)
	must(t, err)
	p.Set("ethnicity", "苗族")
	_, err = a.Save(ctx, model.AsRecorded, p)
	must(t, err)
	b.member(t, "新来人", born, idFor(born, 21))
	o.one(t, a.export(t).Path)
	o.one(t, b.export(t).Path)
	answers = o.receipts(t)
	if got := strings.Join(said(a, 2), ","); got != "张三 联系电话,张三 家庭住址,李四 在册状态" {
		t.Errorf("to the first again: %s", got)
	}
	if got := strings.Join(said(b, 2), ","); got != "王五 公民身份号码,赵六 所在党支部" {
		t.Errorf("to the second again: %s", got)
	}

	// A list of one village alone leaves what was said of the other.
	must(t, os.WriteFile(list, []byte("姓名,公民身份号码,民族\n张三,"+idFor(born, 11)+",苗\n李四,"+idFor(born, 13)+",汉\n"), 0o600))
	r, err = compare.Read(ctx, o.l, list, "")
	must(t, err)
	if len(r.Differences) != 0 || r.Ours != 2 || !strings.Contains(strings.Join(r.Notes, ""), "没有比对") {
		t.Errorf("the part: %+v, notes %v", r.Differences, r.Notes)
	}
	_, _, err = county.KeepCompared(ctx, o.l, r)
	must(t, err)
	o.one(t, a.export(t).Path)
	o.one(t, b.export(t).Path)
	answers = o.receipts(t)
	if x, y := said(a, 3), said(b, 3); len(x) != 0 || len(y) != 2 {
		t.Errorf("after the part: %v, %v", x, y)
	}
}
