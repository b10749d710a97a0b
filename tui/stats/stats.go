// Package stats is the screen 统计: the indicators with a goal as bars, and the few
// pictures at which people would rather look than read.
//
// The bars are drawn here and not by ntcharts (v2.2.0): its bar charts cut labels by
// bytes and put one character into one cell, so that Chinese labels break or push the
// rest of the line aside; series differ by colour alone; and it has no goal's mark.
package stats

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/tui/summary"
	"taizhang/tui/ui"
)

// page is 统计.
type page struct {
	app  *ui.App
	w, h int
	ask  asked
	want string // the goal to stand on at first, CODE.KEY

	run      int
	busy     bool
	fault    string
	pictures []picture

	at    int // the picture with the focus
	cur   []int
	first []int
	rows  []spot // where the rows stood in the last View
}

// spot is where a row or a picture's name stood.
type spot struct{ x, y, w, picture, row int }

var _ ui.Screen = (*page)(nil)

type (
	read struct {
		run      int
		ask      asked
		pictures []picture
		err      error
	}
	chosen asked
)

// New gives 统计, of the newest month. goal, where set, is the figure to stand on first.
func New(app *ui.App, goal string) ui.Screen {
	return &page{app: app, want: goal, ask: asked{town: firstGoal()}}
}

func goalKey(g count.Goal) string { return g.Indicator.Code + "." + g.Figure.Key }

func firstGoal() string {
	if all := count.Goals(); len(all) > 0 {
		return goalKey(all[0])
	}
	return ""
}

// Init implements ui.Screen.
func (p *page) Init() tea.Cmd {
	p.run++
	p.busy, p.fault = true, ""
	run, ask, app := p.run, p.ask, p.app
	return func() tea.Msg {
		m := read{run: run, ask: ask}
		if m.ask.month == "" {
			if m.ask.month, m.err = county.NewestMonth(app.Ctx, app.Ledger); m.err != nil {
				return m
			}
		}
		m.pictures, m.err = readPictures(app, m.ask)
		return m
	}
}

// Title implements ui.Screen.
func (p *page) Title() string {
	if p.ask.month == "" {
		return "统计"
	}
	return "统计 · " + p.ask.month.Chinese()
}

// Unsaved implements ui.Screen.
func (p *page) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *page) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Next, Label: "下一张图"}, {Action: ui.Find, Label: "换月份"}}
	if !p.app.Words().Sums() { // whose numbers came without names
		hints = slices.Insert(hints, 0, ui.Hint{Action: ui.Open, Label: "看名单"})
	}
	if p.app.County {
		hints = append(hints, ui.Hint{Action: ui.Filter, Label: "换指标"})
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Help implements ui.Screen.
func (p *page) Help() []string {
	if w := p.app.Words(); w.Sums() {
		return []string{
			"统计把" + w.Each() + "报来的数画成条,一眼看得出做到了哪里、差在哪里;每条后面都写着数。本级自己的记录不在其中。",
			"指标与目标:" + w.Whole() + "每个定了目标的指标一条,█ 是已经达到的,┃ 是目标所在;条没有过 ┃ 就是还没达到。",
			"按" + w.Below + ":选定的一个指标" + w.Each() + "做得怎样,F5 换指标。没有报的没有数。",
			"←→ 或 Tab 换一张图,↑↓ 选一行。F4 换月份。这里没有哪个人的名单:要看,请问报来的" + w.Below + "。",
			"年龄、党费、到会那几张图要有一个一个的记录才画得出,在" + w.There + "看。",
		}
	}
	help := []string{
		"统计把数画成条,一眼看得出做到了哪里、差在哪里。开会汇报、写总结以前看一看;每条后面都写着数,不用数格子,也不靠颜色。",
		"指标与目标:每个定了目标的指标一条,█ 是已经达到的,┃ 是目标所在;条没有过 ┃ 就是还没达到。",
		"党员年龄:左边男、右边女,每十岁一行,越往上越年长。发展党员要不要多找年轻人,看这张。",
		"各月党费、各月到会:近十二个月。░ 是没交的、没到的。经济实体:按行业各有多少个。",
		"←→ 或 Tab 换一张图,↑↓ 选一行,按回车看这一行后面的名单:还差哪些人、哪几次,再按回车就打开那条记录。",
		"F4 换月份,看过去某个月的情况。这里只看不改;数不对,是记录没填全或填错了,从名单里打开改。",
	}
	if p.app.County {
		help = append(help, "按乡镇:选定的一个指标各乡镇做得怎样,F5 换指标,回车看那个乡镇的名单。封过账的月份,指标照封账时的数;图和名单按现有记录。")
	}
	return help
}

// SetSize implements ui.Screen.
func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.follow()
}

// Update implements ui.Screen.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == p.run {
			return p.take(m)
		}
	case ui.Changed:
		return p.Init()
	case chosen:
		p.ask = asked(m)
		return p.Init()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseClickMsg:
		return p.click(m.X, m.Y)
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.move(-1)
		} else {
			p.move(1)
		}
	}
	return nil
}

func (p *page) take(m read) tea.Cmd {
	p.busy = false
	if m.err != nil {
		p.fault = "没有读出统计"
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.ask, p.pictures = m.ask, m.pictures
	if len(p.cur) != len(p.pictures) {
		p.cur, p.first = make([]int, len(p.pictures)), make([]int, len(p.pictures))
	}
	for i := range p.pictures {
		p.cur[i] = max(min(p.cur[i], len(p.pictures[i].rows)-1), 0)
	}
	for i, r := range p.pictures[0].rows {
		if r.key == p.want {
			p.cur[0] = i
		}
	}
	p.want = ""
	p.follow()
	return nil
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Open):
		return p.open()
	case ui.Is(m, ui.Find):
		return p.askMonth
	case ui.Is(m, ui.Filter):
		return p.askTown()
	case ui.Is(m, ui.Next):
		p.turn(1)
	case ui.Is(m, ui.Previous):
		p.turn(-1)
	}
	switch m.String() {
	case "left":
		p.turn(-1)
	case "right":
		p.turn(1)
	case "up":
		p.move(-1)
	case "down":
		p.move(1)
	case "pgup":
		p.move(-p.rowRoom(p.at))
	case "pgdown":
		p.move(p.rowRoom(p.at))
	case "home":
		p.move(-len(p.current().rows))
	case "end":
		p.move(len(p.current().rows))
	}
	return nil
}

// turn goes to the next picture or the one before, round and round.
func (p *page) turn(d int) {
	if n := len(p.pictures); n > 0 {
		p.at = (p.at + d + n) % n
		p.follow()
	}
}

func (p *page) current() picture {
	if p.at >= len(p.pictures) {
		return picture{}
	}
	return p.pictures[p.at]
}

func (p *page) move(d int) {
	if n := len(p.current().rows); n > 0 {
		p.cur[p.at] = max(min(p.cur[p.at]+d, n-1), 0)
		p.follow()
	}
}

// follow scrolls every picture so that its row is in sight.
func (p *page) follow() {
	if p.w == 0 {
		return
	}
	for i := range p.pictures {
		room := p.rowRoom(i)
		p.first[i] = max(min(p.first[i], p.cur[i]), p.cur[i]-room+1)
		p.first[i] = max(min(p.first[i], len(p.pictures[i].rows)-room), 0)
	}
}

func (p *page) open() tea.Cmd {
	c := p.current()
	if len(c.rows) == 0 {
		return nil
	}
	if w := p.app.Words(); w.Sums() {
		return ui.Do(summary.NoNames(w))
	}
	r := c.rows[p.cur[p.at]]
	return ui.Do(ui.Push{Screen: summary.NewBehind(p.app, r.heading, r.figure, c.q, r.group, r.parts)})
}

// click goes to a picture or a row; a second click on the row opens it.
func (p *page) click(x, y int) tea.Cmd {
	for _, s := range p.rows {
		if y != s.y || x < s.x || x >= s.x+s.w {
			continue
		}
		same := p.at == s.picture && s.row >= 0 && p.cur[s.picture] == s.row
		p.at = s.picture
		if s.row >= 0 {
			p.cur[s.picture] = s.row
		}
		p.follow()
		if same {
			return p.open()
		}
		return nil
	}
	return nil
}

// monthsOffered is how far back the pictures go.
const monthsOffered = 36

// askMonth offers the months. It runs as a command.
func (p *page) askMonth() tea.Msg {
	var items []ui.Item
	for n := range monthsOffered {
		m := p.app.Today().Month().Add(-n)
		items = append(items, ui.Item{Key: string(m), Label: m.Chinese()})
	}
	return ui.Push{Screen: ui.NewListBox(p.app, "看哪个月", items, func(all []ui.Item) tea.Cmd {
		ask := p.ask
		ask.month = model.Month(all[0].Key)
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(chosen(ask)))
	})}
}

// askTown offers the goals that can be shown by township.
func (p *page) askTown() tea.Cmd {
	if !p.app.County {
		return ui.Do(ui.Status{Text: "县里的台账才按乡镇分列;村里的各项指标都在“指标与目标”里"})
	}
	_, name := splitOf(p.app)
	var items []ui.Item
	for _, g := range count.Goals() {
		items = append(items, ui.Item{Key: goalKey(g), Label: fmt.Sprintf("%s %s:%s", g.Indicator.Code, g.Indicator.Title, g.Figure.Title)})
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(p.app, "按"+name+"看哪个指标", items, func(all []ui.Item) tea.Cmd {
		ask := p.ask
		ask.town = all[0].Key
		p.at = len(p.pictures) - 1
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(chosen(ask)))
	})})
}
