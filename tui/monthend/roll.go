package monthend

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// roll is 核对名册: the month's balance, who makes it differ, and the members, each
// to be confirmed; closing the month confirms the rest.
type roll struct {
	app   *ui.App
	month model.Month
	list  ui.Chooser
	w, h  int

	run      int
	ready    bool
	b        membership.Reckoning
	people   []*model.Record
	reviewed map[string]string
	fault    string
}

var _ ui.Screen = (*roll)(nil)

type (
	rollRead struct {
		run      int
		b        membership.Reckoning
		people   []*model.Record
		reviewed map[string]string
	}
	rollReviewed struct{}
	rollClosed   struct{ err error }
)

func newRoll(app *ui.App, month model.Month) *roll {
	s := &roll{app: app, month: month}
	s.list.Typing = true
	s.list.Hint = "打姓名或拼音"
	return s
}

func (s *roll) Title() string   { return s.month.Chinese() + " 核对名册" }
func (s *roll) Unsaved() string { return "" }

func (s *roll) Init() tea.Cmd {
	s.run++
	if !s.ready {
		s.list.Empty = "正在读名册…"
	}
	run := s.run
	return func() tea.Msg { return s.read(run) }
}

// read runs as a command.
func (s *roll) read(run int) tea.Msg {
	b, err := count.Balance(s.app.Ctx, s.app.Ledger, s.month)
	if err != nil {
		return ui.Failed{Err: err}
	}
	reviewed, err := count.Reviewed(s.app.Ctx, s.app.Ledger, s.month)
	if err != nil {
		return ui.Failed{Err: err}
	}
	page, err := s.app.Ledger.Page(s.app.Ctx, store.Query{Kind: memberKind})
	if err != nil {
		return ui.Failed{Err: err}
	}
	people := slices.DeleteFunc(page.Records, func(r *model.Record) bool { return !slices.Contains(b.Members, r.ID) })
	return rollRead{run, b, people, reviewed}
}

func (s *roll) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Mark, Label: "核对"}, {Action: ui.Save, Label: "确认并结账"}, {Action: ui.Open, Label: "看这个人"}, {Action: ui.Back, Label: "返回"}}
}

func (s *roll) Help() []string {
	return []string{
		"对着名册逐个核对:人还在不在、情况变没变。核对好一个按 Ctrl+B,前面打上 √,再按一次取消。",
		"有变化的按回车打开这个人;来了、走了、去世了、转正了,用办理变动登记,党员数才对得上。",
		"上面几行是本月的党员增减:上月底的数,加上增加的,减去减少的,应当等于名册上的数。",
		"对不上时,有问题的人排在最前面,下面写着怎么办。全部对上后按 F2 确认并结账,下个月就从这个数开始。",
		"结账以后又补登了以前的变动,结账数不会自己改,请回到那个月重新核对结账。",
	}
}

// memberKind is the kind of those on the roll.
const memberKind = "person"

// rollHead is the room for the balance above the list, rollFoot that for the chosen
// entry below it.
const (
	rollHead = 5
	rollFoot = 4
)

func (s *roll) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, h-rollHead-rollFoot)
}

func (s *roll) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case rollRead:
		if m.run == s.run {
			s.b, s.people, s.reviewed, s.ready = m.b, m.people, m.reviewed, true
			s.fill()
		}
	case rollReviewed, ui.Changed, ui.Shown:
		return s.Init()
	case rollClosed:
		return s.closed(m.err)
	case tea.KeyPressMsg:
		s.fault = ""
		switch {
		case ui.Is(m, ui.Mark):
			return s.mark()
		case ui.Is(m, ui.Save):
			return s.close()
		}
	}
	return s.list.Drive(msg, rollHead, s.open)
}

// open goes to the chosen person.
func (s *roll) open() tea.Cmd {
	it, ok := s.list.Selected()
	if !ok {
		return nil
	}
	switch v := it.Value.(type) {
	case membership.Gap:
		return s.app.OpenForm(ui.FormOf{Kind: v.Kind, ID: v.Person})
	case *model.Record:
		return s.app.OpenForm(ui.FormOf{Kind: v.Kind.Name, ID: v.ID})
	}
	return nil
}

// mark confirms the chosen member, or takes it back, and goes on to the next.
func (s *roll) mark() tea.Cmd {
	it, ok := s.list.Selected()
	r, member := it.Value.(*model.Record)
	if !ok || !member {
		return nil
	}
	confirmed := s.reviewed[r.ID] == ""
	if confirmed {
		s.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	}
	return func() tea.Msg {
		if err := count.ReviewMembers(s.app.Ctx, s.app.Ledger, s.month, confirmed, r.ID); err != nil {
			return ui.Failed{Err: err}
		}
		return rollReviewed{}
	}
}

// close confirms the roll and closes the month; it asks about members that were not
// looked at one by one, and before it closes a month anew.
func (s *roll) close() tea.Cmd {
	if !s.ready {
		return nil
	}
	left := 0
	for _, r := range s.people {
		left += map[bool]int{true: 1}[s.reviewed[r.ID] == ""]
	}
	do := func() tea.Msg { return rollClosed{count.CloseMonth(s.app.Ctx, s.app.Ledger, s.month, "")} }
	switch {
	case !s.b.Closes():
		return do // the refusal says who is in the way
	case s.b.Closed != nil && len(s.b.Changed) == 0 && left == 0 && s.b.Closed.Members == s.b.Closing:
		return ui.Do(ui.Status{Text: fmt.Sprintf("%s已经结账:党员 %d 名", s.month.Chinese(), s.b.Closed.Members)})
	case s.b.Closed != nil:
		return ui.Do(ui.Ask{
			Title:   "重新结账",
			Text:    fmt.Sprintf("%s原来按 %d 名党员结账,现在名册上是 %d 名。原来的结账会留作记录。", s.month.Chinese(), s.b.Closed.Members, s.b.Closing),
			Choices: []ui.Choice{{Label: "重新结账", Cmd: do}, {Label: "返回"}},
		})
	case left > 0:
		return ui.Do(ui.Ask{
			Title:   "确认名册并结账",
			Text:    fmt.Sprintf("名册上 %d 名党员,还有 %d 名没有逐个核对。", len(s.people), left),
			Choices: []ui.Choice{{Label: "其余的也都无误,确认并结账", Cmd: do}, {Label: "返回继续核对"}},
		})
	}
	return do
}

func (s *roll) closed(err error) tea.Cmd {
	var known *model.Error
	switch {
	case errors.As(err, &known):
		s.fault = known.Message
		return nil
	case err != nil:
		return ui.Do(ui.Failed{Err: err})
	}
	return tea.Batch(s.Init(), ui.Do(ui.Status{Text: s.month.Chinese() + "名册已确认,已结账"}))
}

// fill lists those who make a difference first, then the members.
func (s *roll) fill() {
	s.list.Empty = "名册上没有党员"
	st := s.app.Styles
	var items []ui.Item
	add := func(key, what string, gaps []membership.Gap) {
		for _, g := range gaps {
			items = append(items, ui.Item{Key: key + g.Person, Label: "! " + model.Clean(g.Name, false), Note: what + ":" + g.Text, Style: st.Fault, Value: g})
		}
	}
	add("gap ", "对不上", s.b.Gaps)
	add("changed ", "结账后改过", s.b.Changed)
	for _, r := range s.people {
		mark, style := "  ", st.Label
		if s.reviewed[r.ID] != "" {
			mark = "√ "
		}
		note := []string{r.Text("sex"), ui.Fit(r.Text("birth_date"), 10), r.Text("status"), r.Text("joined_on")}
		if r.Filled("away") {
			note = append(note, "流动:"+r.Text("away_place"))
		}
		if r.Filled("lost_since") {
			note = append(note, "失联")
		}
		items = append(items, ui.Item{Key: r.ID, Label: mark + model.Clean(r.Text("name"), false), Note: strings.Join(note, "  "), Style: style, Value: r})
	}
	s.list.SetItems(items)
}
