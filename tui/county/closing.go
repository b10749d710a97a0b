package county

import (
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// closing is 封账: the months that were reported, of which one is closed for good.
type closing struct {
	app   *ui.App
	list  ui.Chooser
	month model.Month // that is being closed, "" for none
	seals map[model.Month]*count.Seal
	late  map[model.Month]int // of how many units bundles have come since, by closed month
	fault string
	notes []string
	w, h  int
}

var _ ui.Screen = (*closing)(nil)

type (
	closingRead struct {
		items []ui.Item
		seals map[model.Month]*count.Seal
		late  map[model.Month]int
	}
	closingAsked struct{ month model.Month }
	monthClosed  struct {
		notes []string
		err   error
	}
)

// noteClosed stands beside a month that is closed: it can go up.
const noteClosed = "已封账"

// sealedNote stands beside a month that is closed.
func sealedNote(seal *count.Seal) string {
	if seal.Number < 2 {
		return noteClosed
	}
	return fmt.Sprintf("%s(第%d次)", noteClosed, seal.Number)
}

// NewClosing gives 封账.
func NewClosing(app *ui.App) ui.Screen {
	s := &closing{app: app}
	s.list.Empty = "正在读取…"
	return s
}

func (s *closing) Title() string { return "封账" }

func (s *closing) Unsaved() string {
	if s.month != "" {
		return "正在封账"
	}
	return ""
}

func (s *closing) Init() tea.Cmd {
	return func() tea.Msg {
		ctx, l := s.app.Ctx, s.app.Ledger
		lines, err := county.IntakeLines(ctx, l, "")
		if err != nil {
			return ui.Failed{Err: err}
		}
		heads, err := count.SealHeads(ctx, l)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := closingRead{seals: map[model.Month]*count.Seal{}}
		for _, seal := range heads {
			m.seals[seal.Month] = seal
		}
		if m.late, err = county.ArrivedCounts(ctx, l); err != nil {
			return ui.Failed{Err: err}
		}
		var first model.Month
		for _, i := range lines {
			if (i.Verdict == county.Accepted || i.Verdict == county.Partly) && (first == "" || i.Month < first) {
				first = i.Month
			}
		}
		today := s.app.Today()
		for month := today.Month(); first != "" && month >= first; month = month.Add(-1) {
			it := ui.Item{Key: string(month), Label: month.Chinese(), Value: month}
			switch {
			case m.seals[month] != nil:
				it.Note, it.Style = sealedNote(m.seals[month]), s.app.Styles.Muted
				if n := m.late[month]; n > 0 {
					it.Note, it.Style = it.Note+fmt.Sprintf(",又收下 %d 个", n), s.app.Styles.Warning
				}
			case month.Last() >= today:
				it.Note = "还没有过完"
			default:
				it.Note = "没有封账"
			}
			m.items = append(m.items, it)
		}
		return m
	}
}

func (s *closing) Hints() []ui.Hint {
	if s.month != "" {
		return nil
	}
	if s.selected() != nil {
		return []ui.Hint{{Action: ui.Open, Label: "上报上级"}, {Action: ui.New, Label: "更正封账"}, {Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Open, Label: "封账"}, {Action: ui.Back, Label: "返回"}}
}

func (s *closing) Help() []string {
	w := s.app.Words()
	by := "按乡镇、按领域、按单位"
	if w.Sums() {
		by = "按" + w.Below + "、" + by
	}
	help := []string{
		"封账:把一个月的汇总(合计、" + by + ")、应报和实报、没有报送的单位一起封存。以后再收到迟交的报送包,这个月的汇总也不变。",
		"选中月份按回车:先说应报、实报多少,再问一次。封账不能撤销。",
		"封账以后又收下迟报、更正的,月份后面写着“又收下几个”:选中它按 F2(或 Ctrl+N)更正封账,先看要变哪些数,写明原因再封一次。以前的封账留着。",
		"封过账的月份,汇总照封账时的数字显示。在“汇总”里看,在那里按 F7 也能封账。",
	}
	if w.Higher == "" {
		return help
	}
	return append(help, "在封过账的月份上按回车,把它的汇总数字报给上级("+w.Higher+"):先说里面有什么,再选U盘写出来。里面没有一个人。")
}

// closingHead and closingFoot are the room above and below the list.
const closingHead, closingFoot = 2, 6

func (s *closing) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-closingHead-closingFoot, 1))
}

func (s *closing) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case closingRead:
		s.seals, s.late = m.seals, m.late
		s.list.Empty = "还没有收过报送包,没有可以封账的汇总;请先收报"
		first := len(s.list.Items()) == 0
		s.list.SetItems(m.items)
		switch {
		case !first:
		case len(m.late) > 0: // the month that waits to be put right
			s.list.Select(string(slices.Max(slices.Collect(maps.Keys(m.late)))))
		default: // the newest that is over, if there is one: to close or to send up
			s.list.Select(string(s.app.Today().Month().Add(-1)))
		}
		return nil
	case ui.Changed, ui.Shown: // closed again on the page above
		return s.Init()
	case closingAsked:
		return s.seal(m.month)
	case monthClosed:
		s.month, s.notes = "", m.notes
		var cmd tea.Cmd
		s.fault, cmd = faultText(m.err)
		return tea.Batch(cmd, s.Init(), ui.Do(ui.Changed{}))
	}
	if s.month != "" {
		return nil
	}
	m, pressed := msg.(tea.KeyPressMsg)
	if pressed {
		s.notes = nil // what was done stands until the next key
	}
	if pressed && ui.Is(m, ui.New) {
		if seal := s.selected(); seal != nil {
			return ui.Do(ui.Push{Screen: newAgain(s.app, seal.Month)})
		}
		return nil
	}
	return s.list.Drive(msg, closingHead, s.ask)
}

// selected is how the month chosen was closed, nil where it is open.
func (s *closing) selected() *count.Seal {
	it, _ := s.list.Selected()
	month, _ := it.Value.(model.Month)
	return s.seals[month]
}

// ask says how many have reported before a month is closed for good.
func (s *closing) ask() tea.Cmd {
	it, ok := s.list.Selected()
	month, isMonth := it.Value.(model.Month)
	s.fault, s.notes = "", nil
	switch {
	case !ok || !isMonth:
		return nil
	case s.seals[month] != nil:
		app := s.app
		return func() tea.Msg { return askUpward(app, month) }
	case s.app.Ledger.ReadOnly():
		s.fault = "台账是只读打开的,不能封账;请关掉别的窗口,重新打开程序"
		return nil
	}
	app := s.app
	return func() tea.Msg {
		r, err := county.Status(app.Ctx, app.Ledger, month)
		if err != nil {
			return ui.Failed{Err: err}
		}
		text := fmt.Sprintf("%s应报 %d 个,实报 %d 个", month.Chinese(), r.All.Due, r.All.In)
		if n := r.All.Due - r.All.In; n > 0 {
			text += fmt.Sprintf(",还有 %d 个没有报", n)
		}
		text += "。\n封账以后汇总不再变动,迟交的报送包也不改变它。封账不能撤销。"
		if month.Last() >= app.Today() {
			text += "\n这个月还没有过完。"
		}
		return ui.Ask{Title: "封账", Text: text, Choices: []ui.Choice{{Label: "返回,先不封"}, {Label: month.Chinese() + "封账", Cmd: ui.Do(closingAsked{month})}}}
	}
}

func (s *closing) seal(month model.Month) tea.Cmd {
	s.month = month
	app := s.app
	return func() tea.Msg {
		b, err := county.CloseMonth(app.Ctx, app.Ledger, month, true)
		if err != nil {
			return monthClosed{err: err}
		}
		notes := []string{fmt.Sprintf("%s已封账:应报 %d 个,实报 %d 个", month.Chinese(), b.Returns.Due, b.Returns.In)}
		for _, n := range b.Notes() {
			if n != "" {
				notes = append(notes, n)
			}
		}
		return monthClosed{notes: notes}
	}
}

func (s *closing) View() (string, *tea.Cursor) {
	st := s.app.Styles
	head := "选中月份按回车封账;封过账的,按回车报给上级"
	if s.month != "" {
		head = "正在给" + s.month.Chinese() + "封账,请稍候…"
	}
	list, _ := s.list.View(st)
	lines := append([]string{" " + st.Title.Render(ui.Cut(head, s.w-2)), ""}, list...)
	lines = append(lines, ui.Rule(st, "", s.w))
	texts, render := s.notes, st.Good.Render
	switch seal := s.selected(); {
	case s.fault != "":
		texts, render = []string{s.fault}, st.Fault.Render
	case texts == nil && seal != nil:
		texts, render = s.sealedText(seal), st.Muted.Render
	}
	foot := wrapped(texts, s.w, render)
	return joinLines(append(lines, foot[:min(len(foot), closingFoot-1)]...)), nil
}

// sealedText says of a closed month how it was closed, and what has come since.
func (s *closing) sealedText(seal *count.Seal) []string {
	text := fmt.Sprintf("%s封账:%s %s", seal.Month.Chinese(), seal.Closed(), ui.Clean(seal.By))
	if seal.Number > 1 {
		text = fmt.Sprintf("%s第%d次封账:%s %s,原因:%s", seal.Month.Chinese(), seal.Number, seal.Closed(), ui.Clean(seal.By), ui.Clean(seal.Reason))
	}
	all := []string{text}
	if n := s.late[seal.Month]; n > 0 {
		all = append(all, fmt.Sprintf("封账以后又收下 %d 个报送包,封账的汇总里没有;要算进去,按 %s 更正封账", n, s.app.Styles.KeyOf(ui.New)))
	}
	return all
}
