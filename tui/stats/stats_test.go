package stats_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// add saves a record whose values are as in a bundle.
func add(t *testing.T, l *store.Ledger, kind string, pairs ...string) {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		v, err := f.Type.ParseCSV(f, pairs[i+1])
		if err != nil {
			t.Fatal(err)
		}
		r.Set(f.Name, v)
	}
	if _, err := l.Save(context.Background(), model.AsRecorded, r); err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
}

// village has three members, a month's dues of two of them, and a meeting.
func village(t *testing.T) *store.Ledger {
	l := sample.NewLedger(t)
	var ids []string
	for _, p := range [][3]string{{"张三", "男", "1970-03-02"}, {"李四", "女", "1992-01-05"}, {"王五", "男", "1948-11-20"}} {
		r := sample.AddPerson(t, l, map[string]model.Value{"name": p[0], "sex": p[1], "birth_date": p[2], "status": "正式党员",
			"joined_on": "2010-07-01", "confirmed_on": "2011-07-01", "dues_basis": "农民", "monthly_dues": int64(20)})
		ids = append(ids, r.ID)
	}
	add(t, l, "dues", "person", ids[0], "month", "2026-10", "amount", "20", "paid_on", "2026-10-20")
	add(t, l, "dues", "person", ids[1], "month", "2026-10", "amount", "20", "paid_on", "2026-10-20")
	add(t, l, "activity", "kind", "主题党日", "title", "学党章", "held_on", "2026-10-20", "attendance", ids[0]+"=到会;"+ids[1]+"=到会;"+ids[2]+"=请假-其他")
	add(t, l, "undertaking", "name", "养鱼塘", "owner", ids[0], "kind", "致富工程", "industry", "养殖", "started_on", "2020-01-01")
	return l
}

func TestStats(t *testing.T) {
	for _, look := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: village(t), ASCII: look.ascii}), look.w, look.h)
		tm.Press("f12")
		tm.Type("tongj")
		tm.Press("enter")
		tm.WaitFor("指标与目标")
		tm.Golden("goals-" + look.name)
		tm.Press("right")
		tm.Golden("ages-" + look.name)
		tm.Press("tab", "end")
		tm.WaitFor("还欠 1 人")
		tm.Golden("dues-" + look.name)
		tm.Press("enter")
		tm.WaitFor("还没交的(1 条)")
		tm.Golden("behind-" + look.name)
		tm.Press("enter")
		tm.WaitFor("全部记录")
		tm.Press("esc", "esc", "right", "end")
		tm.WaitFor("到会率 66.7%")
		tm.Golden("attendance-" + look.name)
		tm.Press("right")
		tm.WaitFor("养殖")
		tm.Golden("undertakings-" + look.name)
		tm.Press("right")
		tm.WaitFor("[指标与目标]")
		if look.ascii && strings.ContainsAny(tm.Screen(), "█░┃─…") {
			t.Errorf("blocks are left:\n%s", tm.Screen())
		}
	}
}

// A narrow window is told what the pictures need.
func TestStatsInANarrowWindow(t *testing.T) {
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: village(t)}), 60, 20)
	tm.Press("f12")
	tm.WaitFor("至少要宽 80 格、高 24 行")
	tm.Golden("stats-60x20")
}

// The bars of the work table lead to their own line.
func TestWorkTableLeadsToStats(t *testing.T) {
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: village(t)}), 120, 40)
	tm.WaitFor("指标与目标")
	tm.Press("right", "end", "enter")
	tm.WaitFor("台账完整度 ")
	if _, y, ok := tm.Find("> 台账完整度"); !ok {
		t.Errorf("line %d is not chosen:\n%s", y, tm.Screen())
	}
}

// A county sees a chosen goal by township.
func TestStatsByTownship(t *testing.T) {
	l, _ := sample.OpenOffice(t)
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	tm.Press("f12")
	tm.Type("统计")
	tm.Press("enter")
	tm.WaitFor("按乡镇")
	tm.Press("left")
	tm.WaitFor("[按乡镇]")
	tm.WaitFor("县本级")
	tm.Press("f5")
	tm.Type("A09")
	tm.Press("enter")
	tm.WaitFor("党费收缴率:已缴,目标 100%")
	tm.Golden("towns-80x24")
	tm.Press("enter")
	tm.WaitFor("没有记录")
}
