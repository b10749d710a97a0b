// Package profile is 档案: all that is on file about one person, the sixteen items of the
// national card above, below them every record that refers to the person, by day.
package profile

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/tui/ui"
)

// Kind is the kind of those who have a profile.
const Kind = membership.PersonKind

// step is how many records are listed at first, and how many more each time they are
// asked for.
const step = 500

// The widths from which the card stands beside the list instead of above it, and of the
// card then.
const (
	wide      = 110
	cardWidth = 44
)

// person is who the profile is of.
type person struct {
	rec     *model.Record
	derived map[string]string
	branch  string // the organisation's name
}

// profile is the screen.
type profile struct {
	app  *ui.App
	id   string
	list ui.Chooser
	w, h int

	run   int
	who   person // rec is nil until it has been read
	found store.Referrers
	kind  string // the one kind listed, or "" for all
	limit int
	large bool // the list alone, without the card above it
}

var _ ui.Screen = (*profile)(nil)

// read is what a reading gave.
type read struct {
	p     *profile
	run   int
	who   person
	found store.Referrers
	err   error
}

// New gives the profile of the person of that id.
func New(app *ui.App, id string) ui.Screen {
	p := &profile{app: app, id: id, limit: step}
	p.list.Typing = true
	p.list.Hint = "打字缩小范围,例如 党费、2026-07、谈话人"
	return p
}

// Init reads the person and what refers to them.
func (p *profile) Init() tea.Cmd {
	p.run++
	if p.who.rec == nil {
		p.list.Empty = "正在读取档案…"
	}
	m, app, id, kind, limit := read{p: p, run: p.run}, p.app, p.id, p.kind, p.limit
	return func() tea.Msg {
		if m.who, m.err = readPerson(app, id); m.err == nil {
			m.found, m.err = app.Ledger.ReferredBy(app.Ctx, Kind, id, kind, limit)
		}
		return m
	}
}

func readPerson(app *ui.App, id string) (person, error) {
	l, ctx := app.Ledger, app.Ctx
	rec, err := l.Get(ctx, Kind, id)
	if err != nil {
		return person{}, err
	}
	who := person{rec: rec, derived: map[string]string{}}
	env := l.Env(ctx)
	for _, d := range rec.Kind.Derived {
		who.derived[d.Name] = d.Value(env, rec)
	}
	names, err := l.Labels(ctx, rec.Kind.Field("party_group").Target, []string{rec.OrgID})
	who.branch = names[rec.OrgID]
	return who, err
}

// Title implements ui.Screen.
func (p *profile) Title() string {
	if p.who.rec == nil {
		return "档案"
	}
	return "档案 · " + p.who.rec.Text("name")
}

// Unsaved implements ui.Screen.
func (p *profile) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *profile) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "打开"}, {Action: ui.ToForm, Label: "修改"}}
	if p.writes() {
		hints = append(hints, ui.Hint{Action: ui.New, Label: "记一笔"})
	}
	if p.moved() {
		hints = append(hints, ui.Hint{Action: ui.Sheet, Label: "移交包"})
	}
	hints = append(hints, ui.Hint{Action: ui.Filter, Label: "分类"})
	if p.w < wide {
		label := "放大"
		if p.large {
			label = "缩小"
		}
		hints = append(hints, ui.Hint{Action: ui.Next, Label: label})
	}
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	switch {
	case p.list.Typed() != "":
		back.Label = "清除查找"
	case p.kind != "":
		back.Label = "看全部"
	}
	return append(hints, back, ui.Hint{Action: ui.ShowIDs, Label: "显示号码"}, ui.Hint{Action: ui.Undo, Label: "撤销"})
}

// Help implements ui.Screen.
func (p *profile) Help() []string {
	return []string{
		"这里是一个人的档案。上面是全国党员信息采集的十六项,“未填”的请补上;下面是台账里所有提到这个人的记录,最新的在前。",
		"每一行写着日期、哪一类记录、这个人在里面是什么(本人、谈话人、到会登记是到会还是请假……)、记了什么。",
		"↑ ↓ 移动,按回车打开那条记录;打字缩小范围,汉字、拼音、日期都行;F5 只看一类记录。",
		"按 F2 给这个人记一笔:谈话、党费、走访、任职、变动……选一类,表单里人已经填好;常用的排在前面。",
		"按 F3(或 Ctrl+P)打开这个人的表单,修改本人的资料。人员类别、离开、流动由“办理变动”来改。",
		"转出的人按 F7 写移交包:他和属于他的记录写成一个文件,交给对方支部。",
		"窗口小的时候按 Tab 只看记录,再按一次卡片回来。",
		"这个人的表(登记卡、推荐审批表……)按 Ctrl+U 打印;改过什么按 Ctrl+X 看。",
		"身份证号和电话平时只显示一部分,Ctrl+Y 显示一会儿全部号码。记错了按 Ctrl+Z 撤销。",
	}
}

// writes reports whether something may be written about this person here.
func (p *profile) writes() bool {
	return p.who.rec != nil && p.who.rec.DeletedAt == "" && !p.app.Ledger.ReadOnly() && p.app.Own(p.who.rec.OrgID)
}

// moved tells of a person who was transferred out, of whom a 移交包 can be written.
func (p *profile) moved() bool {
	return p.writes() && p.app.HandOver != nil && p.who.rec.Is("standing", "转出")
}

// SetSize implements ui.Screen.
func (p *profile) SetSize(w, h int) {
	p.w, p.h = w, h
	p.arrange()
}

// arrange gives the list the room that the card leaves, and writes its rows anew.
func (p *profile) arrange() {
	x, y := p.origin()
	p.list.SetSize(p.w-x, max(p.h-y, 2))
	p.fill()
}

// origin is the cell of the body where the list begins.
func (p *profile) origin() (x, y int) {
	switch {
	case p.w >= wide:
		return cardWidth + 2, 1
	case p.large:
		return 0, 1
	}
	return 0, compactRows + 1
}

// compactRows are those of the card above the list: seven pairs and two long items.
const compactRows = 9

// Update implements ui.Screen.
func (p *profile) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.p == p && m.run == p.run {
			return p.took(m)
		}
	case offers:
		if m.p == p {
			return p.offer(m)
		}
	case ui.Changed:
		return p.Init()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseClickMsg:
		x, y := p.origin()
		if m.X >= x && p.list.Click(m.X-x, m.Y-y) {
			return p.open()
		}
	case tea.MouseWheelMsg:
		p.list.Wheel(m)
	case tea.PasteMsg:
		p.list.Paste(m.Content)
	}
	return nil
}

func (p *profile) took(m read) tea.Cmd {
	if m.err != nil {
		p.list.Empty = "这份档案读不出来,按 Esc 返回"
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.who, p.found = m.who, m.found
	p.arrange()
	return nil
}

func (p *profile) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.list.Update(m):
	case ui.Is(m, ui.ToForm):
		if p.who.rec == nil {
			return nil
		}
		return p.app.OpenForm(ui.FormOf{Kind: Kind, ID: p.id})
	case ui.Is(m, ui.Print) && p.who.rec != nil:
		return p.app.OpenPapers(ui.PrintOf{Kind: Kind, Record: p.who.rec})
	case ui.Is(m, ui.Open):
		return p.open()
	case ui.Is(m, ui.New):
		return p.add()
	case ui.Is(m, ui.Filter):
		return p.chooseKind()
	case ui.Is(m, ui.Find):
		p.list.SetTyped("")
	case ui.Is(m, ui.Sheet) && p.moved():
		return ui.Do(ui.Push{Screen: p.app.HandOver(p.app, []string{p.id})})
	case ui.Is(m, ui.Undo):
		return p.app.Undo()
	case ui.Is(m, ui.Next), ui.Is(m, ui.Previous):
		p.large = !p.large && p.w < wide
		p.arrange()
	case ui.Is(m, ui.Back):
		if p.kind != "" {
			return p.only("")
		}
		return ui.Do(ui.Pop{})
	}
	return nil
}

func (p *profile) open() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok || it.Run == nil {
		return nil
	}
	return it.Run()
}

// total is how many records refer to the person, of the kind listed where it is one.
func (p *profile) total() int {
	n := 0
	for _, c := range p.found.Counts {
		if p.kind == "" || c.Kind.Name == p.kind {
			n += c.N
		}
	}
	return n
}

// heading says what is listed and how much there is of it.
func (p *profile) heading() string {
	what := "全部记录"
	if p.kind != "" {
		what = p.app.Ledger.Kinds().Kind(p.kind).Title
	}
	text := fmt.Sprintf("%s %d 条", what, p.total())
	if n := len(p.found.List); n < p.total() {
		text += fmt.Sprintf(",列出最近 %d 条", n)
	}
	return text
}

// View implements ui.Screen.
func (p *profile) View() (string, *tea.Cursor) {
	s := p.app.Styles
	list, cursor := p.list.View(s)
	x, y := p.origin()
	if cursor != nil {
		c := *cursor
		c.X, c.Y = c.X+x, c.Y+y
		cursor = &c
	}
	var items, more []entry
	head := ui.Rule(s, "", p.w-x)
	if p.who.rec != nil {
		items = card(p.who, p.app.ShowIDs)
		more = others(p.who, p.app.ShowIDs)
		head = ui.Rule(s, p.heading(), p.w-x)
	}
	if p.w < wide {
		var lines []string
		if !p.large {
			lines = append(compact(s, items, p.w), make([]string, compactRows)...)[:compactRows]
		}
		return strings.Join(append(append(lines, head), list...), "\n"), cursor
	}
	left := ui.Lines(strings.Join(column(s, items, more, cardWidth, p.h), "\n"), cardWidth, p.h)
	right := append([]string{head}, list...)
	bar := s.Box.Render("│")
	for i := range left {
		line := ""
		if i < len(right) {
			line = right[i]
		}
		left[i] += bar + " " + line
	}
	return strings.Join(left, "\n"), cursor
}
