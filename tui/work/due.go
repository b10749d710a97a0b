package work

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/tui/homecoming"
	"taizhang/tui/ui"
)

// dueList lists what is due by one item; Enter goes to the record, or to the table
// in which what is missing is written down.
type dueList struct {
	app  *ui.App
	item *model.DueItem
	list ui.Chooser
	run  int
	act  int64 // what this list last wrote down as done on paper; 0 for nothing
	w, h int

	until model.Date // the last day of which something may be settled on paper
}

var _ ui.Screen = (*dueList)(nil)

type dueRead struct {
	run       int
	due       []model.Due
	standings []model.Standing
	until     model.Date
}

func newDueList(app *ui.App, code string) *dueList {
	d := &dueList{app: app, item: app.Ledger.Kinds().DueItemOf(code)}
	d.list.Typing = true
	d.list.Hint = "打姓名、记录名称或它们的拼音"
	return d
}

func (d *dueList) Title() string   { return "待办" }
func (d *dueList) Unsaved() string { return "" }

func (d *dueList) Init() tea.Cmd {
	d.run++
	d.list.Empty = "正在查找到期的事…"
	run := d.run
	return func() tea.Msg { return readDue(d.app, run) }
}

// readDue gives all that is due today. It runs as a command.
func readDue(app *ui.App, run int) tea.Msg {
	all, standings, err := app.Ledger.Duties(app.Ctx, app.Today())
	if err != nil {
		return ui.Failed{Err: err}
	}
	until, err := party.PaperUntil(app.Ledger.Env(app.Ctx))
	if err != nil {
		return ui.Failed{Err: err}
	}
	return dueRead{run, all, standings, until}
}

func (d *dueList) fill(all []model.Due) {
	d.list.Empty = "这一项已经没有要办的了"
	var items []ui.Item
	for _, due := range all {
		if due.Code != d.item.Code {
			continue
		}
		items = append(items, ui.Item{
			Key: due.Kind + "/" + due.ID + "/" + string(due.Day) + due.Period, Label: due.Label + ":" + due.Text, Search: due.Label,
			Style: urgencyStyle(d.app.Styles, due.Urgency), Value: due,
		})
	}
	d.list.SetItems(items)
}

func urgencyStyle(s *ui.Styles, u model.Urgency) lipgloss.Style {
	switch u {
	case model.Overdue:
		return s.Fault
	case model.Soon:
		return s.Warning
	}
	return lipgloss.NewStyle()
}

func (d *dueList) Hints() []ui.Hint {
	label := "打开这条记录"
	switch {
	case d.item.Screen != "":
		label = "一人一行,逐个登记"
	case d.item.Table != "":
		label = "打开表格去登记"
	}
	hints := []ui.Hint{{Action: ui.Open, Label: label}}
	if it, ok := d.list.Selected(); ok {
		due, _ := it.Value.(model.Due)
		if p, ok := model.ParsePeriod(due.Period); ok && p.First <= d.until {
			hints = append(hints, ui.Hint{Action: ui.New, Label: "已在纸质台账办理"})
		}
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

func (d *dueList) Help() []string {
	return []string{
		"这里列出工作台上一项待办后面的每一条记录,最急的在前:是谁、差什么、最晚哪一天。",
		"按回车打开那条记录去办;会议没有开的,打开的是登记会议的表格,按 F2 新增。",
		"办好并登记以后,这一条就不再列出。台账是按登记的内容判断的:事情办了没有登记,它还会催。",
		"启用本台账以前已经办过、记在纸上的,按 F2 记“已在纸质台账办理”;记错了按 Ctrl+Z 撤回。",
		"下面几行是选中的那条的全文和依据。",
	}
}

func (d *dueList) SetSize(w, h int) {
	d.w, d.h = w, h
	d.list.SetSize(w, h-ui.DetailRows-2)
}

func (d *dueList) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case dueRead:
		if m.run == d.run {
			d.until = m.until
			d.fill(m.due)
		}
	case ui.Changed:
		return d.Init()
	case settledOnPaper:
		d.act = m.act
	case takenBack:
		return sayTakenBack()
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.New):
			return d.askPaper()
		case ui.Is(m, ui.Undo):
			return d.takeBack()
		}
		return d.list.Drive(msg, 1, d.open)
	default:
		return d.list.Drive(msg, 1, d.open)
	}
	return nil
}

func (d *dueList) open() tea.Cmd {
	it, ok := d.list.Selected()
	if !ok {
		return nil
	}
	if d.item.Screen == party.ScreenHomecoming {
		return ui.Do(ui.Push{Screen: homecoming.New(d.app)})
	}
	if d.item.Table != "" {
		return d.app.OpenTable(ui.TableOf{Kind: d.item.Table})
	}
	due, _ := it.Value.(model.Due)
	if due.Field == "" {
		return d.app.OpenRecord(due.Kind, due.ID)
	}
	return d.app.OpenForm(ui.FormOf{Kind: due.Kind, ID: due.ID, Field: due.Field})
}

func (d *dueList) View() (string, *tea.Cursor) {
	s := d.app.Styles
	lines := []string{s.Title.Render(ui.Fit(" "+d.item.Text, d.w))}
	list, cursor := d.list.View(s)
	if cursor != nil {
		cursor.Y++
	}
	lines = append(append(lines, list...), ui.Rule(s, "", d.w))
	if it, ok := d.list.Selected(); ok {
		due, _ := it.Value.(model.Due)
		for i, l := range ui.Wrap(due.Urgency.String()+" "+due.Label+":"+due.Text, d.w-2) {
			if i < ui.DetailRows-1 {
				lines = append(lines, " "+l)
			}
		}
		lines = append(lines, s.Muted.Render(" 依据:"+ui.Cut(due.Source, d.w-8)))
	}
	return strings.Join(lines, "\n"), cursor
}

// dueItems are one line for each rule by which something is due.
func (s *work) dueItems() []ui.Item {
	switch {
	case !s.looked:
		return []ui.Item{{Key: "due", Label: s.waiting("正在查找到期的事…")}}
	case len(s.due) == 0:
		return []ui.Item{{Key: "due", Label: "没有到期或将到期的事", Style: s.app.Styles.Good}}
	}
	items := make([]ui.Item, len(s.due))
	for i, l := range s.due {
		items[i] = ui.Item{
			Key: "due/" + l.Item.Code, Label: l.Urgency.String() + " " + l.Text,
			Style: urgencyStyle(s.app.Styles, l.Urgency), Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: newDueList(s.app, l.Item.Code)}) },
		}
	}
	return items
}

// nobody reports a ledger in which no person stands yet.
func (s *work) nobody() bool {
	for _, c := range s.counts {
		if c.n > 0 {
			return false
		}
	}
	return len(s.counts) > 0
}
