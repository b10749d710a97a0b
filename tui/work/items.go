package work

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/check"
	"taizhang/tui/county"
	"taizhang/tui/stats"
	"taizhang/tui/today"
	"taizhang/tui/ui"
)

// fill writes the two lists from what is known so far.
func (s *work) fill() {
	s.left.SetItems(s.leftItems())
	items := []ui.Item{{Heading: true, Label: "名册"}}
	for _, c := range s.counts {
		items = append(items, ui.Item{
			Key: c.view, Label: ui.Fit(c.view, 18) + ui.FitRight(fmt.Sprintf("%d 人", c.n), 9),
			Run: s.openTable(ui.TableOf{Kind: peopleKind, View: c.view}),
		})
	}
	if s.app.Words().Sums() {
		items = s.sumItems()
	}
	s.right.SetItems(append(items, s.goalItems(len(items))...))
	if !s.chose && len(s.counts) > 0 { // goals that were read first don't keep the choice
		s.right.Select(s.counts[0].view)
	}
	s.left.Muted, s.right.Muted = !s.inLeft, s.inLeft
}

// topItems are what a day begins with: of a village the day's work and the month's report, of
// an office that takes reports in the ways to them.
func (s *work) topItems() []ui.Item {
	if s.app.County { // which takes reports in and sends none
		push := func(screen func() ui.Screen) func() tea.Cmd {
			return func() tea.Cmd { return ui.Do(ui.Push{Screen: screen()}) }
		}
		return []ui.Item{{Heading: true, Label: s.app.Words().Each() + "上报"},
			{Key: "receive", Label: "收报", Note: "插上U盘,按回车", Run: push(func() ui.Screen { return county.NewReceive(s.app) })},
			{Key: "status", Label: "报送情况", Note: "谁报了,谁没报", Run: push(func() ui.Screen { return county.NewReporting(s.app) })},
			{Key: "units", Label: "报送单位", Note: "撤销、合并、换代码", Run: push(func() ui.Screen { return county.NewUnits(s.app) })},
			s.keyItem(),
			{Key: "stats", Label: "统计", Note: s.app.Words().Towns() + "做得怎样,看图", Run: push(func() ui.Screen { return stats.New(s.app, "") })}}
	}
	month := s.app.Today().Month()
	return []ui.Item{{Key: "today", Label: "今天办什么", Note: s.app.Styles.KeyOf(ui.New) + " 开会、党费、进出……", Run: s.openToday},
		{Heading: true}, {Heading: true, Label: "本月上报(" + month.Chinese() + ")"}, s.monthItem(month)}
}

// leftItems are all rows of the left list. What stands below something whose length isn't
// known yet waits for it: nothing that is on the screen moves when more was read.
func (s *work) leftItems() []ui.Item {
	items := append(s.topItems(), s.aboveItems()...)
	if s.app.Ledger.Extract() != nil { // only looked at
		items = slices.DeleteFunc(items, func(it ui.Item) bool { return it.Key == "receive" || it.Key == "keys" })
	}
	items = append(s.clockItems(), items...)
	head := func(label string) {
		items = append(items, ui.Item{Heading: true}, ui.Item{Heading: true, Label: label})
	}
	if s.nobody() {
		head("从这里开始")
		items = append(items, ui.Item{
			Key: "begin", Label: "登记党员", Note: "逐个填写,或读入 Excel", Run: s.openTable(ui.TableOf{Kind: peopleKind}),
		})
	}
	intact := s.app.Ledger.Damage() == nil
	if intact && s.backups == nil && s.readBackups() != nil {
		return items
	}
	if s.backups != nil && s.backups.late {
		items = append(items, s.backupItems()...)
	}
	if !s.nobody() {
		head("待办")
		items = append(append(items, s.dueItems()...), slices.Concat(s.shortItems(), s.paperItems(), s.clearItems())...)
	}
	if intact && !s.looked {
		return items
	}
	if len(s.drafts) > 0 {
		head("没填完的")
		for i := range s.drafts {
			items = append(items, draftItem(s.app, &s.drafts[i]))
		}
	}
	head("检查")
	items = append(items, s.checkItem())
	if s.backups != nil && !s.backups.late {
		items = append(items, s.backupItems()...)
	}
	if len(s.recent) > 0 {
		head("最近的记录")
	}
	for _, r := range s.recent {
		items = append(items, ui.Item{
			Key: r.Kind.Name + "/" + r.ID, Label: r.Kind.Title + ":" + r.Label,
			Run: func() tea.Cmd { return s.app.OpenRecord(r.Kind.Name, r.ID) },
		})
	}
	return items
}

// checkItem says what the rules find, as far as that is known.
func (s *work) checkItem() ui.Item {
	it := ui.Item{Key: "check", Run: s.openProblems}
	switch {
	case s.tally == nil && (s.app.County || s.later):
		it.Label, it.Note = "检查全部记录", s.checkNote()
	case s.tally == nil:
		it.Label = s.waiting("正在检查全部记录…")
	case s.tally.Text() == "":
		it.Label, it.Style = "没有错误,也没有提醒", s.app.Styles.Good
	default:
		it.Label = s.tally.Text() // without a note: it comes late, and would shift those above
		if s.tally.Errors > 0 {
			it.Style = s.app.Styles.Fault
		}
	}
	return it
}

func (s *work) openTable(o ui.TableOf) func() tea.Cmd {
	return func() tea.Cmd { return s.app.OpenTable(o) }
}

func (s *work) openToday() tea.Cmd { return ui.Do(ui.Push{Screen: today.New(s.app)}) }

func (s *work) openProblems() tea.Cmd { return ui.Do(ui.Push{Screen: check.NewProblems(s.app)}) }

// checkNote says what looking through all records takes: an office above counties has few.
func (s *work) checkNote() string {
	if w := s.app.Words(); w.Sums() {
		return "只查" + w.Here() + "自己的记录"
	}
	return "要半分钟,回车开始"
}

// waiting is what stands where something is still being read: of a damaged ledger it may
// never come.
func (s *work) waiting(text string) string {
	if s.app.Ledger.Damage() != nil {
		return "台账坏了,可能读不出来"
	}
	return text
}

// monthItem tells whether the month's bundle has been made.
func (s *work) monthItem(month model.Month) ui.Item {
	it := ui.Item{Key: "month", Label: "还没有上报", Note: "按 " + s.app.Styles.KeyOf(ui.MonthEnd) + " 上报", Style: s.app.Styles.Warning, Run: func() tea.Cmd { return ui.Do(ui.Press{Action: ui.MonthEnd}) }}
	for _, b := range s.sent {
		if b.Month == month {
			it.Label = fmt.Sprintf("已导出第 %d 号报送包,%s", b.Sequence, b.State)
			it.Note, it.Style = "", s.app.Styles.Good
		}
	}
	return it
}
