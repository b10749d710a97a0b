package paper_test

import (
	"testing"

	"taizhang/model"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// duesByHand is a branch of five at 2026-08-05: 甲 paid February, March, April in part, and
// January of the next year; 乙 is exempt; 丙 left in June; 丁 came in the middle of April; 戊 has
// paid nothing. The dues are kept from February on.
func duesByHand(t *testing.T) (*byHand, map[string]*model.Record) {
	t.Helper()
	b := newByHand(t, "2026-02-10")
	all := map[string]*model.Record{"甲": b.member("甲", "1995-07-01", nil),
		"乙": b.member("乙", "1995-07-01", map[string]model.Value{"dues_basis": "免交", "monthly_dues": nil, "dues_approval": "2026年1月支部大会", "note": "家里有难处"}),
		"丙": b.member("丙", "1995-07-01", map[string]model.Value{"dues_from": "2026-05"})}
	b.at("2026-05-20")
	all["丁"] = b.member("丁", "2000-07-01", map[string]model.Value{"standing": "组织关系在外", "home_org": "柳河村党支部"})
	b.save("movement", map[string]model.Value{"person": all["丁"].ID, "kind": "转入", "happened_on": "2026-04-15", "from_org": "柳河村党支部"})
	b.at("2026-06-20")
	all["戊"] = b.member("戊", "1995-07-01", map[string]model.Value{"dues_basis": "0.2元档", "monthly_dues": int64(20)})
	b.save("movement", map[string]model.Value{"person": all["丙"].ID, "kind": "转出", "happened_on": "2026-06-10", "to_org": "柳河村党支部"})
	pay := func(who, month, on string, fen int64, method string) {
		b.save("dues", map[string]model.Value{"person": all[who].ID, "month": month, "paid_on": on, "amount": fen, "method": method, "collector": all["戊"].ID})
	}
	pay("甲", "2026-02", "2026-02-20", 200, "现金")
	pay("甲", "2026-03", "2026-03-20", 200, "现金")
	pay("甲", "2026-04", "2026-06-20", 150, "转账")
	pay("甲", "2027-01", "2026-06-20", 200, "现金")
	pay("丙", "2026-03", "2026-06-09", 200, "流入地交")
	pay("丙", "2026-06", "2026-06-09", 200, "现金")
	b.save("remittance", map[string]model.Value{"period": "2026年第一季度", "amount": int64(100), "paid_on": "2026-03-31", "receiver": "石桥镇党委", "receipt_no": "NO.7"})
	b.at("2026-08-05")
	return b, all
}

// TestDuesYear: every month of everybody, the sums of months and the cash.
func TestDuesYear(t *testing.T) {
	t.Parallel()
	b, _ := duesByHand(t)
	m := b.make("dues-year", nil)
	for who, want := range map[string]string{
		"丙": "1|丙|农民|2.00||欠|流入地|欠|欠|2.00|—|—|—|—|—|—|2.00|2026-06-10 转出;欠2月、4—5月 2.00 元",
		"丁": "2|丁|农民|2.00|—|—|—|—|欠|欠|欠||||||0.00|欠5—7月 6.00 元",
		"甲": "3|甲|农民|2.00||2.00|2.00|1.50|欠|欠|欠||||||5.50|欠4—7月 6.50 元",
		"戊": "4|戊|0.2元档|0.20||欠|欠|欠|欠|欠|欠||||||0.00|欠2—7月 1.20 元",
		"乙": "5|乙|免交||免|免|免|免|免|免|免|免|免|免|免|免|0.00|",
	} {
		wantRow(t, m, who, want)
	}
	if sums := rowsWith(m, "合计"); len(sums) != 3 || sums[1] != "合计|||||2.00|2.00|1.50||2.00|||||||7.50|" || sums[2] != "合计|1.00|||" {
		t.Errorf("sums %q", sums)
	}
	// 甲 12, 丙 2+2, 丁 6, 戊 1.20 yuan are owed.
	wantRow(t, m, "应收", "应收|23.20 元|实收|7.50 元|欠交|15.70 元|流入地交|2.00 元")
	wantRow(t, m, "上年结转", "上年结转|0.00 元|本年收款|9.50 元(含其他年份的 2.00 元)|本年上缴|1.00 元|结存|8.50 元")
	blank := b.make("dues-year", blankForm)
	wantRow(t, blank, "甲", "3|甲|农民|2.00||||||||||||||")
	if holds(blank, "欠") || holds(blank, "应收") {
		t.Error("a blank form holds what was paid")
	}
}

// TestDuesPosting: what was paid stands on it, and nowhere why somebody pays less.
func TestDuesPosting(t *testing.T) {
	t.Parallel()
	b, people := duesByHand(t)
	m := b.make("dues-posting", nil)
	for who, want := range map[string]string{
		"丙": "1|丙|3月、6月|2.00|未交清", "丁": "2|丁||0.00|未交清", "甲": "3|甲|2—4月|5.50|未交清", "戊": "4|戊||0.00|未交清", "乙": "5|乙||0.00|按规定交清",
	} {
		wantRow(t, m, who, want)
	}
	if !holds(m, "上年结转 0.00 元,本年收款 9.50 元,本年上缴 1.00 元,结存 8.50 元") {
		t.Error("the cash is wrong")
	}
	for _, reason := range []string{"免", "减", "0.2元", "0.20", "支部大会", "难处", "批准", "农民", "困难"} {
		if holds(m, reason) {
			t.Errorf("%q stands on what is hung up", reason)
		}
	}
	b.at("2027-01-10")
	b.save("dues", map[string]model.Value{"person": people["丁"].ID, "month": "2027-01", "paid_on": "2027-01-09", "amount": int64(200), "method": "流入地交"})
	next := b.make("dues-posting", func(q *page.Request) { q.Year = 2027 })
	wantRow(t, next, "丁", "1|丁|1月|0.00|在流入地交清")
}

// TestDuesMonth: who has to pay in a month, and what is known of it.
func TestDuesMonth(t *testing.T) {
	t.Parallel()
	b, _ := duesByHand(t)
	in := func(month model.Month) func(*page.Request) {
		return func(q *page.Request) { q.Month = month }
	}
	march := b.make("dues-month", in("2026-03"))
	wantRow(t, march, "甲", "2|甲|2.00|2.00|2026-03-20|现金||")
	wantRow(t, march, "丙", "1|丙|||2026-06-09|流入地交||")
	wantRow(t, march, "戊", "3|戊|0.20|||||")
	wantRow(t, march, "合计", "合计||2.20|2.00||||")
	if len(rowsWith(march, "乙"))+len(rowsWith(march, "丁")) != 0 {
		t.Error("one who is exempt or was not here has to pay")
	}
	august := b.make("dues-month", in("2026-08"))
	wantRow(t, august, "合计", "合计||4.20|||||") // 丁, 甲 and 戊, to be signed
}

// TestDuesReceipts: a slip for each person, over the months chosen.
func TestDuesReceipts(t *testing.T) {
	t.Parallel()
	b, _ := duesByHand(t)
	all, err := b.l.Env(ctx).Look.Find("dues")
	must(t, err)
	m := b.make("dues-receipt", of(all...))
	wantRow(t, m, "甲", "交款人|甲|所交月份|2026年2—4月、2027年1月")
	wantRow(t, m, "柒元伍角整", "金额(大写)|柒元伍角整|金额(小写)|¥7.50")
	wantRow(t, m, "丙", "交款人|丙|所交月份|2026年6月")
	wantRow(t, m, "贰元整", "金额(大写)|贰元整|金额(小写)|¥2.00")
	if n := len(rowsWith(m, "党费收据")); n != 2 {
		t.Errorf("%d slips, want 2", n)
	}
	if n := len(rowsWith(b.make("dues-receipt", blankForm), "党费收据")); n != 4 {
		t.Errorf("%d blank slips on the page, want 4", n)
	}
}

// TestCapitalYuan: amounts in capitals.
func TestCapitalYuan(t *testing.T) {
	t.Parallel()
	for fen, want := range map[int64]string{0: "零元整", 20: "贰角整", 5: "伍分", 25: "贰角伍分", 100: "壹元整", 1205: "壹拾贰元零伍分", 48100: "肆佰捌拾壹元整",
		1234567: "壹万贰仟叁佰肆拾伍元陆角柒分", 10000000: "壹拾万元整", 10050000: "壹拾万零伍佰元整", 100000: "壹仟元整", 1000090: "壹万元玖角整", -150: "负壹元伍角整"} {
		if got := paper.CapitalYuan(fen); got != want {
			t.Errorf("%d fen are %s, want %s", fen, got, want)
		}
	}
}

// TestDuesStandard: what each is to pay, and the sums by category.
func TestDuesStandard(t *testing.T) {
	t.Parallel()
	b, _ := duesByHand(t)
	m := b.make("dues-standard", nil)
	wantRow(t, m, "乙", "4|乙|正式党员|免交|||||2026年1月支部大会|")
	wantRow(t, m, "甲", "2|甲|正式党员|农民|||2.00|||")
	for basis, want := range map[string]string{"农民": "农民|2|4.00|48.00", "0.2元档": "0.2元档|1|0.20|2.40", "免交": "免交|1|0.00|0.00"} {
		found := rowsWith(m, basis)
		if last := found[len(found)-1]; last != want {
			t.Errorf("%s: %q, want %q", basis, last, want)
		}
	}
	if sums := rowsWith(m, "合计"); len(sums) != 2 || sums[1] != "合计|4|4.20|50.40" {
		t.Errorf("sums %q", sums)
	}
	wantRow(t, b.make("dues-standard", blankForm), "甲", "2|甲|正式党员|农民|||2.00||||")
}

// TestNoDuesYet: a ledger in which nothing was paid and nothing is owed posts nothing,
// and says of nobody that he has paid.
func TestNoDuesYet(t *testing.T) {
	t.Parallel()
	b := newByHand(t, "2026-02-10")
	b.member("甲", "1995-07-01", nil)
	today := b.l.Source().Today()
	_, err := paper.Make(ctx, paper.Find("dues-posting"), &page.Request{Ledger: b.l, Env: b.l.Env(ctx), Day: today, Year: 2026})
	if code(err) != "E-PAPER-EMPTY" {
		t.Errorf("posted: %v", err)
	}
}
