package paper_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// trialPapers puts papers of every sort among all, that say what they were asked for; the
// others are tried elsewhere.
func trialPapers(t *testing.T) {
	t.Helper()
	say := func(text func(*page.Request) string) func(context.Context, *page.Request) ([]page.Sheet, error) {
		return func(_ context.Context, q *page.Request) ([]page.Sheet, error) {
			return []page.Sheet{{Name: "试", Title: "试表", Blocks: []page.Block{page.Lines{Text: []string{text(q)}}}}}, nil
		}
	}
	before := paper.All
	t.Cleanup(func() { paper.All = before })
	paper.All = append(slices.Clip(before),
		&page.Paper{Name: "trial-month", Title: "按月试表", Group: "试", Over: page.OverMonth, Make: say(func(q *page.Request) string { return fmt.Sprintf("出的是 %s 到 %s", q.Month, q.Day) })},
		&page.Paper{Name: "trial-year", Title: "按年试表", Group: "试", Over: page.OverYear, Draft: true, Make: say(func(q *page.Request) string { return fmt.Sprintf("出的是 %d 到 %s", q.Year, q.Day) })},
		&page.Paper{Name: "trial-many", Title: "多人试表", Group: "试", Over: page.OverRecords, Kind: sample.PersonKind, Make: say(func(q *page.Request) string {
			names := make([]string, len(q.Records))
			for i, r := range q.Records {
				names[i] = strings.TrimPrefix(r.Str("name"), "党员")
			}
			return fmt.Sprintf("共%d人:%s", len(q.Records), strings.Join(names, ""))
		})},
		&page.Paper{Name: "trial-one", Title: "单人试表", Group: "试", Over: page.OverRecord, Kind: sample.PersonKind, Make: say(func(q *page.Request) string {
			if q.Blank {
				return "姓名:______"
			}
			return "姓名:" + q.Record.Str("name")
		})})
}

// TestChooseTime: a month and a year are asked for, this one first; F4 asks again.
func TestChooseTime(t *testing.T) {
	trialPapers(t)
	d := start(t, 80, 24, false)
	d.open("按月试表")
	d.WaitFor("哪个月")
	d.shows("2026年10月", "本月")
	d.Press("enter")
	d.WaitFor("出的是 2026-10 到 2026-10-31")
	d.Press("f4")
	d.WaitFor("哪个月")
	d.Press("down", "enter")
	d.WaitFor("出的是 2026-09 到 2026-09-30")
	d.Press("esc")
	d.WaitFor("找:")
	d.Press("esc")
	d.Type("按年试表")
	d.Press("enter")
	d.WaitFor("哪一年")
	d.Type("2024")
	d.Press("enter")
	d.WaitFor("出的是 2024 到 2024-12-31")
	d.shows("2024年", "草稿,供核对")
	d.Press("enter", "enter")
	d.WaitFor("已写成:")
	d.shows("按年试表 2024.xlsx")
}

// TestChooseMany: from a table a paper of many is of the marked rows, else of all that it
// shows; from the list of a view that is chosen.
func TestChooseMany(t *testing.T) {
	trialPapers(t)
	d := start(t, 80, 24, false)
	d.Send(ui.Push{Screen: d.app.Table(d.app, ui.TableOf{Kind: sample.PersonKind})})
	d.WaitFor("党员丙")
	d.Press("ctrl+u")
	d.WaitFor("打印哪一张")
	d.Type("试表")
	d.shows("单人试表", "多人试表", "表上的 26 条")
	d.Press("enter")
	d.WaitFor("姓名:党员丙")
	d.Press("f5")
	d.WaitFor("姓名:______")
	d.Press("esc")
	d.Press("insert", "insert", "ctrl+u")
	d.WaitFor("标记的 2 条")
	d.Type("多人试表")
	d.Press("enter")
	d.WaitFor("共2人:丙辰")
	d.Press("esc", "ctrl+u", "end", "enter")
	d.WaitFor("看这张表")
	d.Type("多人试表")
	d.Press("enter")
	d.WaitFor("哪些人员")
	d.shows("在册党员", "26 条")
	d.Press("enter")
	d.WaitFor("共26人")
}
