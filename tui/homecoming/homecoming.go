// Package homecoming is 流动党员回乡: one row for each member away, in which what was
// learnt when they came home is entered, and written at once.
package homecoming

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/tui/ui"
)

// The cells of a row.
const (
	cellBack = iota
	cellMeans
	cellPlace
	cellPhone
	cellDues
	cellTalk
	cellCount
)

// Screen is 流动党员回乡.
type Screen struct {
	app *ui.App
	run int

	ready     bool
	rows      []party.Meeting
	secretary *model.Record
	cur       int // the row
	cell      int
	top       int       // the first row shown
	typing    *ui.Input // of a text cell, nil in the others
	fault     string
	w, h      int
}

var _ ui.Screen = (*Screen)(nil)

type (
	read struct {
		run       int
		all       []party.Homecomer
		secretary *model.Record
	}
	saved struct {
		text string
		err  error
	}
)

// New gives the screen.
func New(app *ui.App) ui.Screen { return &Screen{app: app} }

// Title implements ui.Screen.
func (s *Screen) Title() string { return "流动党员回乡" }

// Init implements ui.Screen.
func (s *Screen) Init() tea.Cmd {
	s.run++
	run := s.run
	return func() tea.Msg {
		all, secretary, err := party.Homecomers(s.app.Ledger.Env(s.app.Ctx))
		if err != nil {
			return ui.Failed{Err: err}
		}
		return read{run, all, secretary}
	}
}

// Unsaved implements ui.Screen.
func (s *Screen) Unsaved() string {
	if n := s.touched(); n > 0 {
		return fmt.Sprintf("流动党员回乡:填了 %d 人,还没有保存", n)
	}
	return ""
}

func (s *Screen) touched() int {
	n := 0
	for i := range s.rows {
		n += model.OneIf(s.rows[i].Touched())
	}
	return n
}

// Hints implements ui.Screen.
func (s *Screen) Hints() []ui.Hint {
	open := "填这一格"
	if s.typing != nil {
		open = "下一格"
	}
	return []ui.Hint{{Action: ui.Open, Label: open}, {Action: ui.Save, Label: "保存"}, {Action: ui.Next, Label: "下一格"}, {Action: ui.Undo, Label: "撤销"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (s *Screen) Help() []string {
	return []string{
		"春节前后,在外的党员回来过年:一人一行,见了面或通了电话就在这里填,别的时候也可以用。",
		"“回来了”按回车换:回来过节,或不再外出(保存时办理“流动返回”);“联系上”按回车换:上门、电话、微信、来访。",
		"“地点”“电话”直接打字改;“党费”按回车收到本月为止欠的全部;“谈话”按回车记一次谈心谈话。",
		"↑ ↓ 换人,← → 或 Tab 换格。填好几个人再按 F2 一起保存:记下走访联系、谈话、党费,改好地点和电话。",
		"存错了按 Ctrl+Z,一次全部撤销。",
	}
}

// SetSize implements ui.Screen.
func (s *Screen) SetSize(w, h int) { s.w, s.h = w, h }

// Update implements ui.Screen.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == s.run {
			s.take(m)
		}
	case saved:
		return s.saved(m)
	case ui.Changed:
		if s.touched() == 0 {
			return s.Init()
		}
	case tea.PasteMsg:
		if s.typing != nil {
			s.typing.Insert(m.Content)
			s.keep()
		}
	case tea.MouseClickMsg:
		return s.click(m.X, m.Y)
	case tea.MouseWheelMsg:
		s.goTo(s.cur+map[bool]int{true: -1, false: 1}[m.Button == tea.MouseWheelUp], s.cell)
	case tea.KeyPressMsg:
		return s.key(m)
	}
	return nil
}

func (s *Screen) take(m read) {
	s.ready, s.secretary = true, m.secretary
	s.rows = make([]party.Meeting, len(m.all))
	for i, h := range m.all {
		s.rows[i] = party.Meeting{Homecomer: h, Place: h.Person.Str("away_place")}
	}
	s.goTo(min(s.cur, len(s.rows)-1), s.cell)
}

func (s *Screen) key(m tea.KeyPressMsg) tea.Cmd {
	s.fault = ""
	switch {
	case ui.Is(m, ui.Back):
		return s.leave()
	case len(s.rows) == 0:
	case ui.Is(m, ui.Save):
		return s.save()
	case ui.Is(m, ui.Undo):
		return s.undo()
	case ui.Is(m, ui.Next):
		s.step(1)
	case ui.Is(m, ui.Previous):
		s.step(-1)
	case ui.Is(m, ui.Open):
		s.set()
	default:
		return s.move(m)
	}
	return nil
}

// move goes about the rows and cells; what else is typed goes into a text cell.
func (s *Screen) move(m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "up":
		s.goTo(s.cur-1, s.cell)
	case "down":
		s.goTo(s.cur+1, s.cell)
	case "pgup":
		s.goTo(s.cur-s.listRows(), s.cell)
	case "pgdown":
		s.goTo(s.cur+s.listRows(), s.cell)
	case "left":
		s.goTo(s.cur, max(s.cell-1, 0))
	case "right":
		s.goTo(s.cur, min(s.cell+1, cellCount-1))
	case "ctrl+u":
		if s.typing != nil {
			s.typing.Clear()
			s.keep()
		}
	default:
		if _, types := ui.Typed(m); types && s.typing == nil {
			return ui.Do(ui.Status{Text: "这一格按回车来填;地点和电话才打字"})
		}
		if s.typing != nil && s.typing.Edit(m) {
			s.keep()
		}
	}
	return nil
}

// goTo chooses a cell of a row; a text cell is open for typing at once.
func (s *Screen) goTo(row, cell int) {
	s.cur, s.cell, s.typing = min(max(row, 0), max(len(s.rows)-1, 0)), cell, nil
	if s.top > s.cur {
		s.top = s.cur
	}
	if n := s.listRows(); s.cur >= s.top+n {
		s.top = s.cur - n + 1
	}
	if len(s.rows) == 0 || cell != cellPlace && cell != cellPhone {
		return
	}
	s.typing = ui.NewInput(s.app.Styles)
	s.typing.SetWidth(columns[cell].width)
	r := &s.rows[s.cur]
	if cell == cellPlace {
		s.typing.SetValue(r.Place)
		return
	}
	s.typing.Fold = model.HalfWidth
	s.typing.Placeholder = r.Person.Masked("phone")
	s.typing.SetValue(r.Phone)
}

// keep takes what is typed into the row.
func (s *Screen) keep() {
	r, text := &s.rows[s.cur], strings.TrimSpace(s.typing.Value())
	if s.cell == cellPlace {
		r.Place = text
	} else {
		r.Phone = text
	}
}

// step goes to the next or previous cell, over the rows' ends.
func (s *Screen) step(n int) {
	at := s.cur*cellCount + s.cell + n
	at = min(max(at, 0), len(s.rows)*cellCount-1)
	s.goTo(at/cellCount, at%cellCount)
}

// The answers of a cell in the order in which Enter goes through them.
var (
	backs = []string{"", party.BackForNow, party.BackForGood}
	means = []string{"", "上门", "电话", "微信", "来访"}
)

func after(all []string, now string) string {
	for i, v := range all {
		if v == now {
			return all[(i+1)%len(all)]
		}
	}
	return all[0]
}

// set gives the chosen cell its next answer; from a text cell it goes on.
func (s *Screen) set() {
	r := &s.rows[s.cur]
	switch s.cell {
	case cellBack:
		had := r.Back
		r.Back = after(backs, r.Back)
		switch {
		case had == "" && r.Means == "": // who is back has been met
			r.Means = "来访"
		case r.Back == "" && r.Means == "来访":
			r.Means = ""
		}
	case cellMeans:
		r.Means = after(means, r.Means)
	case cellDues:
		_, ok := r.Fen()
		switch {
		case len(r.Owed) == 0:
			s.fault = "到本月为止的党费已经交清"
		case !ok:
			s.fault = r.Person.Str("name") + "还没有核定月缴党费,请先在人员里填“月缴党费”"
		default:
			r.Pays = !r.Pays
		}
	case cellTalk:
		r.Talk = !r.Talk
	default:
		s.step(1)
	}
}

func (s *Screen) leave() tea.Cmd {
	if s.Unsaved() == "" {
		return ui.Do(ui.Pop{})
	}
	return ui.Do(ui.Ask{Title: "返回", Text: s.Unsaved() + "。",
		Choices: []ui.Choice{{Label: "接着填"}, {Label: "保存", Cmd: s.save()}, {Label: "放弃", Cmd: ui.Do(ui.Pop{})}}})
}

// save shows what will be written, and writes it in one group.
func (s *Screen) save() tea.Cmd {
	n := s.touched()
	if n == 0 {
		return ui.Do(ui.Status{Text: "还没有填什么"})
	}
	recs, err := party.HomecomingRecords(s.app.Ledger.Env(s.app.Ctx), s.secretary, s.rows)
	if err != nil {
		return s.saved(saved{err: err})
	}
	text := s.sum(n, recs)
	write := func() tea.Msg {
		_, err := s.app.Ledger.Save(s.app.Ctx, model.FromForm, recs...)
		return saved{fmt.Sprintf("已保存 %d 人的 %d 条记录;要撤销按 Ctrl+Z", n, len(recs)), err}
	}
	return ui.Do(ui.Ask{Title: "保存", Text: text + "。", Choices: []ui.Choice{{Label: "保存", Cmd: write}, {Label: "返回再看看"}}})
}

// sum says in one line what is written.
func (s *Screen) sum(n int, recs []*model.Record) string {
	count, fen := map[string]int{}, int64(0)
	for _, r := range recs {
		count[r.Kind.Name]++
		if r.Kind.Name == "dues" {
			fen += r.Int("amount")
		}
	}
	parts := []string{fmt.Sprintf("%d 人", n)}
	for _, p := range []struct{ kind, words string }{{"visit", "联系 %d 条"}, {"talk", "谈话 %d 条"}, {"movement", "流动返回 %d 人"}, {"person", "改地点或电话 %d 人"}} {
		if c := count[p.kind]; c > 0 {
			parts = append(parts, fmt.Sprintf(p.words, c))
		}
	}
	if c := count["dues"]; c > 0 {
		parts = append(parts, fmt.Sprintf("党费 %d 个月共 %s 元", c, model.FormatYuan(fen)))
	}
	return strings.Join(parts, ",")
}

func (s *Screen) saved(m saved) tea.Cmd {
	var known *model.Error
	var refusal *store.Refusal
	switch {
	case errors.As(m.err, &refusal):
		s.fault = refusal.Kind.Title + ":" + refusal.Error()
		return nil
	case errors.As(m.err, &known):
		s.fault = known.Message
		return nil
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	s.rows, s.typing, s.ready = nil, nil, false
	return tea.Sequence(ui.Do(ui.Changed{}), ui.Do(ui.Status{Text: m.text}))
}

// undo takes the last save back.
func (s *Screen) undo() tea.Cmd {
	if s.typing != nil && s.typing.Undo() {
		s.keep()
		return nil
	}
	return func() tea.Msg {
		what, err := s.app.Ledger.Undo(s.app.Ctx)
		switch {
		case err != nil:
			return ui.Failed{Err: err}
		case what == "":
			return ui.Status{Text: "没有可以撤销的"}
		}
		return saved{text: what}
	}
}
