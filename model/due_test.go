package model_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
)

// TestFindDue: overdue stands before soon, and that before what is for information;
// then by day. What belongs to another organisation is not reminded of.
func TestFindDue(t *testing.T) {
	elsewhere := record(t, "neighbor", "p9", "name", "外人", "away", "远方", "joined", "2026-01-01")
	elsewhere.OrgID = "other"
	env := testEnv(t, shelf{
		"neighbor": {
			record(t, "neighbor", "p1", "name", "张三", "away", "远方", "joined", "2026-09-04"), // the 60th day is 11-03
			record(t, "neighbor", "p2", "name", "李四", "away", "近处", "joined", "2026-08-01"), // 09-30
			record(t, "neighbor", "p3", "name", "王五", "away", "近处", "joined", "2026-07-01"), // 08-30
			record(t, "neighbor", "p4", "name", "赵六", "joined", "2026-01-01"),               // not away
			record(t, "neighbor", "p5", "name", "孙七", "away", "近处"),                         // no day
			elsewhere,
		},
		"meeting": {record(t, "meeting", "m1", "title", "下棋", "held_on", "2026-11-02", "month", "2026-11", "host", "p1"),
			record(t, "meeting", "m2", "title", "读书", "held_on", "2026-11-02", "month", "2026-11", "host", "p4"),
			record(t, "meeting", "m3", "title", "唱歌", "held_on", "2026-11-02", "month", "2026-11", "host", "gone")},
	})
	all, err := model.FindDue(env, made)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range all {
		got = append(got, fmt.Sprintf("%s %s %s %s %s %s", d.Code, d.Kind, d.ID, d.Day, d.Urgency, d.Source))
	}
	want := []string{
		"R-BACK neighbor p3 2026-08-30 已超期 《小组章程》(2020)第九条",
		"R-BACK neighbor p2 2026-09-30 已超期 《小组章程》(2020)第九条",
		"R-HOST meeting m1 2026-11-02 将到期 本台账",
		"R-BACK neighbor p1 2026-11-03 将到期 《小组章程》(2020)第九条",
		"R-MEET club home 2026-10-31 提示 本台账",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if all[0].Label != "王五" || all[0].Text != "回访王五" {
		t.Errorf("%+v", all[0])
	}
	var lines []string
	for _, l := range model.DueLines(made, append(all, model.Due{DueOf: &model.DueOf{Code: "R-GONE"}})) {
		lines = append(lines, fmt.Sprintf("%s %s %s %d", l.Kind.Name, l.Text, l.Urgency, len(l.Due)))
	}
	if want := []string{"neighbor 3 人外出要回访 已超期 3", "meeting 1 次聚会要换主持人 将到期 1", "meeting 本月还没有聚会 提示 1"}; !slices.Equal(lines, want) {
		t.Errorf("lines %q", lines)
	}
	if i := made.DueItemOf("R-MEET"); i == nil || i.Table != "meeting" || made.DueItemOf("R-GONE") != nil {
		t.Error("an item by its code")
	}
}

// TestUntil: soon from so many days before the last day, the last day included; overdue
// from the day after.
func TestUntil(t *testing.T) {
	for day, want := range map[model.Date]string{
		"2026-08-20": "", "2026-08-21": "将到期", "2026-08-30": "将到期", "2026-08-31": "将到期", "2026-09-01": "已超期", "2026-12-31": "已超期",
	} {
		env := testEnv(t, shelf{"neighbor": {record(t, "neighbor", "p1", "name", "张三", "away", "近处", "joined", "2026-07-02")},
			"meeting": {record(t, "meeting", "m", "title", "下棋", "month", string(day.Month()))}})
		env.Today = day
		all, err := model.FindDue(env, made)
		got := ""
		for _, d := range all {
			got += d.Urgency.String()
		}
		if err != nil || got != want {
			t.Errorf("on %s: %q, %v, want %q", day, got, err, want)
		}
	}
}

// TestDueOfABrokenLedger: a fault of reading is told with the item that met it.
func TestDueOfABrokenLedger(t *testing.T) {
	env := testEnv(t, nil)
	env.Look = broken{}
	if all, err := model.FindDue(env, made); !errors.Is(err, errBroken) || all != nil {
		t.Errorf("%v, %v", all, err)
	}
	get := dueKind(func(x *model.DueExam) {
		if x.Get("note", "") != nil || x.Get("note", "n1") != nil || x.Get("note", "n2") != nil {
			t.Error("something is found")
		}
		x.Fail(errors.New("a second"))
	})
	if _, err := model.FindDue(&model.Env{Today: today, Look: broken{}, Kinds: get}, get); !errors.Is(err, errBroken) {
		t.Errorf("%v", err)
	}
}

// dueKind is a catalog of one kind with one due item.
func dueKind(find func(x *model.DueExam)) *model.Catalog {
	return model.NewCatalog(&model.Kind{Name: "note", Title: "便条", Label: []string{"text"}, Columns: []string{"text"},
		Sections: []model.Section{{Fields: []*model.Field{{Name: "text", Label: "内容", Type: model.TypeText}, {Name: "day", Label: "日期", Type: model.TypeDate}}}},
		Due:      []model.DueItem{{Code: "R-NOTE", Line: "%d", Find: find}}})
}

// TestDueItemsPanic: an item that asks for a kind or a field that is not there.
func TestDueItemsPanic(t *testing.T) {
	for what, find := range map[string]func(x *model.DueExam){
		"unknown kind note2":     func(x *model.DueExam) { x.Find("note2") },
		"note has no field texx": func(x *model.DueExam) { x.Find("note", model.Where("texx", model.Filled)) },
	} {
		k := dueKind(find)
		mustPanic(t, what, func() { _, _ = model.FindDue(&model.Env{Today: today, Look: broken{}, Kinds: k}, k) }, what)
	}
}

// counted tells how often the ledger was asked.
type counted struct {
	shelf
	asked *int
}

func (c counted) Find(string, ...model.Cond) ([]*model.Record, error) { *c.asked++; return nil, nil }

// TestDueReadsOnce: what two items ask for is read once in one search.
func TestDueReadsOnce(t *testing.T) {
	asked, made := 0, 0
	k := dueKind(func(x *model.DueExam) {
		for range 3 {
			x.Find("note", model.Where("text", model.Filled))
			model.Once(x, "sum", func() int { made++; return made })
		}
		x.Find("note")
		if x.YearFrom() != "2026-01-01" || x.MonthOf(1) != "2026-01" || x.MonthOf(12) != "2026-12" {
			t.Errorf("the year from %s, its months %s to %s", x.YearFrom(), x.MonthOf(1), x.MonthOf(12))
		}
	})
	if _, err := model.FindDue(&model.Env{Today: today, Look: counted{nil, &asked}, Kinds: k}, k); err != nil || asked != 2 || made != 1 {
		t.Errorf("read %d times, made %d times, %v", asked, made, err)
	}
}

func TestWholeMonths(t *testing.T) {
	for _, c := range []struct {
		from, to model.Date
		want     int
	}{
		{"2026-01-01", "2026-01-31", 1}, {"2026-01-02", "2026-01-31", 0}, {"2026-01-01", "2026-01-30", 0},
		{"2026-01-02", "2026-02-28", 1}, {"2026-01-31", "2026-03-31", 2}, {"2025-12-01", "2026-02-27", 2},
		{"2024-02-01", "2024-02-28", 0}, {"2024-02-01", "2024-02-29", 1}, {"2026-03-01", "2026-02-01", 0},
	} {
		if got := model.WholeMonths(c.from, c.to); got != c.want {
			t.Errorf("from %s to %s: %d, want %d", c.from, c.to, got, c.want)
		}
	}
}

func TestFirstDay(t *testing.T) {
	none, later, first := record(t, "meeting", "m0"), record(t, "meeting", "m1", "held_on", "2026-03-31"), record(t, "meeting", "m2", "held_on", "2026-03-30")
	for want, all := range map[model.Date][]*model.Record{"": {none}, "2026-03-31": {none, later}, "2026-03-30": {later, none, first}} {
		if got := model.FirstDay(all, "held_on"); got != want {
			t.Errorf("%d records: %q, want %q", len(all), got, want)
		}
	}
}
