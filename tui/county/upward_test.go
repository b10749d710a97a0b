package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/sums"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// cityOf makes the city above a county, whose profile the county takes in.
func cityOf(t *testing.T, l *store.Ledger) (city *store.Ledger, key *bundle.CountyKey) {
	t.Helper()
	ctx, source := context.Background(), sample.Source()
	source.Rand = sample.NewDice(9)
	r, err := county.Init(ctx, county.InitOptions{Code: "990100000000", Name: "云川市委组织部", Level: bundle.LevelCity, Dir: filepath.Join(t.TempDir(), "city"), Source: source})
	done(t, err)
	text, err := os.ReadFile(r.Profile)
	done(t, err)
	_, err = send.SetAbove(ctx, l, text, "")
	done(t, err)
	text, err = os.ReadFile(r.Key)
	done(t, err)
	key, err = bundle.ParseCountyKey(text, "")
	done(t, err)
	city, err = book.Open(ctx, r.DB, store.Options{Source: source})
	done(t, err)
	return city, key
}

// TestReportUp: a closed month goes up with four keys, after it was said what is in it; the
// city takes it in, and shows the county in a column of its own.
func TestReportUp(t *testing.T) {
	ctx := context.Background()
	l := sample.CountyWithStick(t, "")
	stick := t.TempDir()
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘", stick} }}), 80, 24)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	month := model.Month("2026-10")
	_, err := county.CloseMonth(ctx, l, month, true)
	done(t, err)
	sample.OpenScreen(tm, "封账")
	tm.WaitFor("2026年10月  已封账")
	tm.Press("enter")
	tm.WaitFor("先在“设置”里取入上级的配置文件")
	tm.Press("enter")
	city, key := cityOf(t, l)
	keys := 0
	press := func(all ...string) {
		keys += len(all)
		tm.Press(all...)
	}
	press("enter")
	tm.WaitFor("只报数字,没有一个人")
	press("down", "enter")
	tm.WaitFor("个数字")
	if text := tm.Screen(); !strings.Contains(text, "没有一个人:没有姓名、身份证号、电话、住址") || !strings.Contains(text, "报给“云川市委组织部”") {
		t.Errorf("before it is written:\n%s", text)
	}
	tm.Press("down") // the second stick
	press("enter")
	tm.WaitFor("可以安全弹出U盘了")
	if keys > 4 {
		t.Errorf("%d keys", keys)
	}
	files, err := filepath.Glob(filepath.Join(stick, "*"+bundle.SumsExtension))
	done(t, err)
	all, err := county.Receive(ctx, city, key, files, county.ReceiveOptions{})
	done(t, err)
	if len(all) != 1 || all[0].Verdict != county.Accepted {
		t.Fatalf("%+v", all)
	}
	lookAtCity(t, city, key, l, stick)
}

// lookAtCity looks at the city's pages.
func lookAtCity(t *testing.T, city *store.Ledger, key *bundle.CountyKey, l *store.Ledger, stick string) {
	ctx := context.Background()
	month := model.Month("2026-10")
	o := sums.Options{Month: month, Dir: stick}
	c, err := sums.Read(ctx, l, o)
	done(t, err)
	for i, tab := range c.Tables { // one member more: a correction
		for k, r := range tab.Rows {
			if tab.Resource.Name == bundle.SumTallies && r[0] == bundle.AllGroup && r[1] == "A02.members" {
				c.Tables[i].Rows[k] = []string{r[0], r[1], r[2], "77", r[4]}
			}
		}
	}
	sent, err := sums.Export(ctx, l, c, o)
	done(t, err)
	_, err = county.Receive(ctx, city, key, []string{sent.Path}, county.ReceiveOptions{})
	done(t, err)
	tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: city, Drives: func() []string { return nil }}), 120, 40)
	tm.WaitFor("各县上报")
	sample.OpenScreen(tm, "汇总")
	tm.WaitFor("按县  应报 1,实报 1")
	b, err := county.ReadReport(ctx, city, count.Ask{Month: month, By: count.ByCounty})
	done(t, err)
	if text := tm.Screen(); len(b.Columns) != 2 || !strings.Contains(text, b.Columns[1].Title[:12]) || !strings.Contains(text, "77") {
		t.Errorf("the summary by county:\n%s", text)
	}
	tm.Press("enter")
	tm.WaitFor("没有哪个人的记录")
	tm.Press("enter", "f5")
	tm.WaitFor("怎样分列")
	tm.Press("esc")
	sample.OpenScreen(tm, "报送情况")
	tm.WaitFor("应报 1,实报 1")
	tm.Press("tab", "enter")
	tm.WaitFor("更正第 1 号的 1 个数")
	tm.WaitFor("→ 77 人")
}

func done(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
