package county

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// cross is 交叉核对: what two organisations' record books say differently of the
// same person.
type cross struct {
	app  *ui.App
	list ui.Chooser
	run  int
	w, h int

	found []county.CrossFinding
	limit string // what can't be found here, "" for nothing
}

var _ ui.Screen = (*cross)(nil)

type crossRead struct {
	run   int
	found []county.CrossFinding
	limit string
}

// NewCross gives 交叉核对.
func NewCross(app *ui.App) ui.Screen {
	s := &cross{app: app}
	s.list.Typing = true
	s.list.Hint = "打姓名、单位、乡镇或它们的拼音"
	return s
}

func (s *cross) Title() string   { return "交叉核对" }
func (s *cross) Unsaved() string { return "" }

func (s *cross) Init() tea.Cmd {
	s.run++
	s.list.Empty = "正在核对…"
	run := s.run
	return func() tea.Msg {
		found, err := county.CrossCheck(s.app.Ctx, s.app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		limit, err := county.CrossLimit(s.app.Ctx, s.app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return crossRead{run, found, limit}
	}
}

func (s *cross) fill() {
	found := s.found
	s.list.Empty = "各单位的名册没有互相对不上的"
	var items []ui.Item
	last := ""
	for i := range found {
		f := &found[i]
		if f.Code != last {
			last = f.Code
			items = append(items, ui.Item{Heading: true, Label: county.CrossTitle(f.Code) + " " + crossMeaning[f.Code]})
		}
		a, b := f.Sides[0], f.Sides[1]
		search := []string{county.CrossTitle(f.Code), f.Text}
		for _, side := range f.Sides {
			search = append(search, side.Person, side.Org, side.Township, side.Code)
		}
		items = append(items, ui.Item{Key: f.Code + a.ID + b.ID, Search: strings.Join(search, " "), Value: f,
			Label: ui.Fit(a.Person, 8) + " " + ui.Fit(s.place(a), s.placeWidth()) + " " + ui.Fit(string(f.Day), crossDay), Note: s.place(b)})
	}
	s.list.SetItems(items)
	s.list.Count = fmt.Sprintf("共 %d 条", len(found))
}

// crossMeaning says beside the heading what each sort is.
var crossMeaning = map[string]string{
	county.CrossTwice: "(一个身份证号在两个单位都在册)",
	county.CrossOut:   "(口袋党员:转出三个月,对方没有登记转入)",
	county.CrossIn:    "(转入三个月,对方没有登记转出)",
	county.CrossWaits: "(原单位已撤销或合并,还没有在别处登记在册)",
}

// crossDay is the room for the day of a transfer.
const crossDay = 10

// placeWidth is the room for each of the two organisations.
func (s *cross) placeWidth() int { return max((s.w-2-9-crossDay-3)/2, 20) }

// place names a side's organisation, briefly, with its township.
func (s *cross) place(side county.CrossSide) string {
	name := model.BriefName(side.Org, s.app.Ledger.Home().Text("county"), side.Township)
	if strings.Contains(name, side.Township) {
		return name
	}
	return side.Township + " " + name
}

func (s *cross) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看记录"}, {Action: ui.Back, Label: "返回"}}
}

func (s *cross) Help() []string {
	return []string{
		"这里把各单位报来的名册互相核对,列出对不上的人。",
		"重复在册:同一个身份证号在两个单位都在册。转出未转入:转到本县另一个单位,三个月了那边没有登记。转入未转出:反过来。",
		"待转接:原单位撤销或合并了,党员还没有在别的单位登记在册;右边是并入的单位。",
		"每一条都写进两边的回执,由村里改正后重新上报;县里的台账不改村里的记录。",
		"按回车看那条记录;两边都有记录的,先选看哪一边。",
		"打字可以找姓名、单位或乡镇。",
	}
}

func (s *cross) SetSize(w, h int) {
	s.w, s.h = w, h
	s.resize()
	if s.found != nil {
		s.fill()
	}
}

// resize gives the list the room above the foot and the note.
func (s *cross) resize() { s.list.SetSize(s.w, s.h-crossFoot-1-len(s.note())) }

// note is what can't be found here, wrapped.
func (s *cross) note() []string {
	if s.limit == "" {
		return nil
	}
	return ui.Wrap(s.limit, max(s.w-2, 10))
}

// crossFoot is the room below the list.
const crossFoot = 6

func (s *cross) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case crossRead:
		if m.run == s.run {
			s.found, s.limit = m.found, m.limit
			s.resize()
			s.fill()
		}
	case ui.Changed:
		return s.Init()
	default:
		return s.list.Drive(msg, 0, s.open)
	}
	return nil
}

// open goes to the record; where several sides have one it asks to which.
func (s *cross) open() tea.Cmd {
	it, ok := s.list.Selected()
	f, isFinding := it.Value.(*county.CrossFinding)
	if !ok || !isFinding {
		return nil
	}
	var choices []ui.Choice
	for _, side := range f.Sides {
		if side.ID != "" {
			choices = append(choices, ui.Choice{Label: s.place(side) + " " + side.Person, Cmd: s.app.OpenForm(ui.FormOf{Kind: side.Kind, ID: side.ID, Field: side.Field, Message: "交叉核对:" + side.Message})})
		}
	}
	if len(choices) == 1 {
		return choices[0].Cmd
	}
	return ui.Do(ui.Ask{Title: "看哪一边的记录", Choices: choices})
}

func (s *cross) View() (string, *tea.Cursor) {
	st := s.app.Styles
	lines, cursor := s.list.View(st)
	lines = append(lines, ui.Rule(st, "", s.w))
	it, ok := s.list.Selected()
	f, isFinding := it.Value.(*county.CrossFinding)
	room := crossFoot
	if ok && isFinding {
		for _, text := range []string{f.Text, "告诉 " + s.place(f.Sides[0]) + ":" + f.Sides[0].Message} {
			for _, l := range ui.Wrap(text, s.w-2) {
				if room > 0 {
					lines = append(lines, " "+l)
					room--
				}
			}
		}
	}
	if note := s.note(); note != nil {
		lines = append(lines, slices.Repeat([]string{""}, room)...)
		for _, l := range note {
			lines = append(lines, " "+st.Warning.Render(l))
		}
	}
	return strings.Join(lines, "\n"), cursor
}
