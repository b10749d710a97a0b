package county

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// What became of the units that a new list lacks is asked unit by unit: what, where it
// went, from which day.

// rollAnswered is one answer.
type rollAnswered struct{ answer county.RollAnswer }

// nothing tells that the list is the one on file.
func (s *rollScreen) nothing() bool {
	return s.compared.Open() == 0 && len(s.changes.Added)+len(s.changes.Changed)+len(s.changes.Gone) == 0
}

// taken counts the units whose code stands on the new list under another's name.
func (s *rollScreen) taken() (n int) {
	for _, g := range s.compared.Gone {
		n += model.OneIf(g.Taken.Code != "")
	}
	return n
}

// open counts the units that are not answered for yet.
func (s *rollScreen) open() int { return s.compared.Open() - len(s.answers) }

// summary counts what changes.
func (s *rollScreen) summary() string {
	if s.nothing() {
		return s.changes.Text()
	}
	taken := s.taken()
	text := fmt.Sprintf("新的 %d 个,改了的 %d 个,没有了的 %d 个,", len(s.changes.Added), len(s.changes.Changed)-taken, len(s.compared.Gone)-taken)
	if taken > 0 {
		text += fmt.Sprintf("名不同的 %d 个,", taken)
	}
	if n := len(s.compared.Retired); n > 0 {
		text += fmt.Sprintf("又有了的 %d 个,", n)
	}
	text += fmt.Sprintf("不变的 %d 个", s.changes.Same)
	if n := s.open(); n > 0 {
		text = fmt.Sprintf("要说明 %d 个;", n) + text
	}
	return text
}

// given are the answers.
func (s *rollScreen) given() []county.RollAnswer {
	all := make([]county.RollAnswer, 0, len(s.answers))
	for _, a := range s.answers {
		all = append(all, a)
	}
	return all
}

func (s *rollScreen) answerText(code string) string {
	a, ok := s.answers[code]
	if !ok {
		return "? 按回车说明"
	}
	text := a.What
	switch {
	case a.What == county.RollMerged:
		text += s.named(a.To)
	case a.To != "":
		text += " " + a.To
	}
	if a.On != "" {
		text += "," + string(a.On) + " 起"
	}
	return text
}

// named gives the name that a code has on the new list.
func (s *rollScreen) named(code string) string {
	for _, u := range s.compared.Units {
		if u.Code == code {
			return briefName(s.app, u)
		}
	}
	return code
}

func (s *rollScreen) answerStyle(code string) lipgloss.Style {
	if _, ok := s.answers[code]; ok {
		return s.app.Styles.Warning
	}
	return s.app.Styles.Fault
}

// selectOpen goes to the first unit that is not answered for.
func (s *rollScreen) selectOpen() {
	for _, it := range s.list.Items() {
		code := ""
		switch v := it.Value.(type) {
		case *county.RollGone:
			code = v.Code
		case *county.Life:
			code = v.Code
		}
		if _, done := s.answers[code]; code != "" && !done {
			s.list.Select(it.Key)
			return
		}
	}
}

// asked tells whether the row at hand is one that is to be answered for.
func (s *rollScreen) asked() bool {
	switch it, _ := s.list.Selected(); it.Value.(type) {
	case *county.RollGone, *county.Life:
		return true
	}
	return false
}

// answer asks what became of the unit at hand.
func (s *rollScreen) answer() tea.Cmd {
	s.fault = ""
	it, _ := s.list.Selected()
	switch v := it.Value.(type) {
	case *county.RollGone:
		return s.askGone(v)
	case *county.Life:
		box := ui.NewListBox(s.app, briefName(s.app, v.Unit()), []ui.Item{
			{Key: county.RollBack, Label: "撤销记错了,单位还在"}, {Key: county.RollReused, Label: "代码给了别的单位"},
		}, func(chosen []ui.Item) tea.Cmd {
			return s.answerIs(county.RollAnswer{Code: v.Code, What: chosen[0].Key, On: s.app.Today()})
		})
		box.Text = v.Code + " 在 " + string(v.RetiredOn) + " 撤销了,新名单里又有:"
		return ui.Do(ui.Push{Screen: box})
	}
	return nil
}

// askGone asks of a unit that the new list lacks; where another code has its name that is
// the first answer.
func (s *rollScreen) askGone(g *county.RollGone) tea.Cmd {
	if g.Taken.Code != "" {
		return s.askTaken(g)
	}
	items := []ui.Item{
		{Key: county.RollAbolished, Label: "撤销了"}, {Key: county.RollMerged, Label: "合并到别的单位…"},
		{Key: county.RollRecoded, Label: "换了代码…"}, {Key: county.RollMissed, Label: "表里漏了,单位还在"},
	}
	if g.Likely != "" {
		items = append([]ui.Item{{Key: g.Likely, Label: "换了代码,现在是 " + g.Likely, Note: "新名单里同名"}}, items...)
	}
	if n := s.open() - s.openOthers(); n > 3 {
		items = append(items, ui.Item{Key: allMissed, Label: fmt.Sprintf("还没说明的 %d 个,都是表里漏了", n)})
	}
	box := ui.NewListBox(s.app, briefName(s.app, g.Life.Unit()), items, func(chosen []ui.Item) tea.Cmd {
		a := county.RollAnswer{Code: g.Code, What: chosen[0].Key}
		switch a.What {
		case allMissed:
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(restMissed{}))
		case county.RollMissed:
			return s.answerIs(a)
		case county.RollAbolished:
			return s.askDay(a)
		case county.RollMerged:
			return s.askOther(a, "合并到哪个单位?", s.compared.Units)
		case county.RollRecoded:
			return s.askOther(a, "新代码是名单上的哪一个?", s.freeCodes(g.Code))
		}
		a.What, a.To = county.RollRecoded, g.Likely
		return s.askDay(a)
	})
	box.Text = "新名单里没有 " + g.Code + " " + g.Name + "。它是:"
	return ui.Do(ui.Push{Screen: box})
}

// askTaken asks of a unit whose code stands on the new list under another's name.
func (s *rollScreen) askTaken(g *county.RollGone) tea.Cmd {
	items := []ui.Item{{Key: county.RollRecoded, Label: "它换了代码,这个代码给了别的单位…"}, {Key: county.RollSame, Label: "还是它,只是改了名称"}}
	if g.Likely != "" {
		items = append([]ui.Item{{Key: g.Likely, Label: "它换了代码,现在是 " + g.Likely, Note: "新名单里同名"}}, items...)
	}
	box := ui.NewListBox(s.app, briefName(s.app, g.Life.Unit()), items, func(chosen []ui.Item) tea.Cmd {
		a := county.RollAnswer{Code: g.Code, What: chosen[0].Key}
		switch a.What {
		case county.RollSame:
			return s.answerIs(a)
		case county.RollRecoded:
			return s.askOther(a, "它的新代码是哪一个?", s.freeCodes(g.Code))
		}
		a.What, a.To = county.RollRecoded, g.Likely
		return s.askDay(a)
	})
	box.Text = g.Code + " 原来是" + g.Name + ",新名单里写成了" + g.Taken.Name + "。原来的单位:"
	return ui.Do(ui.Push{Screen: box})
}

// freeCodes gives the units of the new list whose code a unit may have now: those that are
// new, and those whose code was another's.
func (s *rollScreen) freeCodes(but string) []store.Unit {
	units := slices.Clone(s.compared.New)
	for _, g := range s.compared.Gone {
		if g.Taken.Code != "" && g.Code != but {
			units = append(units, g.Taken)
		}
	}
	return units
}

// allMissed is the answer for all units that are not answered for yet: most often the
// list is only a part of the county's.
const allMissed = "\x00all"

// restMissed is that answer.
type restMissed struct{}

// missRest keeps all units on the list that are not answered for.
func (s *rollScreen) missRest() tea.Cmd {
	for _, g := range s.compared.Gone {
		if _, done := s.answers[g.Code]; !done && g.Taken.Code == "" {
			s.answers[g.Code] = county.RollAnswer{Code: g.Code, What: county.RollMissed}
		}
	}
	s.fill()
	s.selectOpen()
	return nil
}

// openOthers counts the units that the new list has and that are not answered for.
func (s *rollScreen) openOthers() (n int) {
	for _, g := range s.compared.Gone {
		if _, done := s.answers[g.Code]; !done && g.Taken.Code != "" {
			n++
		}
	}
	for _, u := range s.compared.Retired {
		if _, done := s.answers[u.Code]; !done {
			n++
		}
	}
	return n
}

// askOther asks into which unit it went, or which code it has now; the box asked before
// makes way.
func (s *rollScreen) askOther(a county.RollAnswer, question string, units []store.Unit) tea.Cmd {
	items := make([]ui.Item, len(units))
	for i, u := range units {
		items[i] = ui.Item{Key: u.Code, Label: briefName(s.app, u), Note: u.Township + " " + u.Code, Search: u.Name + " " + u.Code + " " + u.Township}
	}
	box := ui.NewListBox(s.app, question, items, func(chosen []ui.Item) tea.Cmd {
		a.To = chosen[0].Key
		return s.askDay(a)
	})
	box.Text = "打名称、拼音或代码查找。"
	if len(units) == 0 {
		box.Text = "新名单里没有新的代码:请先核对名单,再取入一次。"
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Push{Screen: box}))
}

// askDay asks from which day; today stands in the line.
func (s *rollScreen) askDay(a county.RollAnswer) tea.Cmd {
	today := s.app.Today()
	box := ui.NewLine(s.app, ui.LineAsk{Title: "从哪一天起", Value: string(today), Width: 60, Gap: true, Rows: 3,
		Text: []string{"从哪一天起" + strings.TrimSuffix(a.What, "到") + "?以前的月份仍照原来的单位算。"},
		Help: []string{"撤销、合并或换代码从哪一天起:以前的月份仍照原来的单位算。写成 2026-07-01、20260701 都行,最晚是今天。", "按回车记下;按 Esc 返回,这个单位还没有说明。"},
		Done: func(typed string) (tea.Cmd, error) {
			day, err := model.ParseDate(typed)
			if err == nil && day > today {
				err = model.Errorf("E-DATE", "%s 还没有到;请等到了这一天再取入", day)
			}
			if err != nil {
				return nil, err
			}
			a.On = day
			return ui.Do(rollAnswered{a}), nil
		}})
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Push{Screen: box}))
}

// answerIs closes the box at hand with an answer.
func (s *rollScreen) answerIs(a county.RollAnswer) tea.Cmd {
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(rollAnswered{a}))
}

// answered keeps an answer and goes on to the next question.
func (s *rollScreen) answered(m rollAnswered) tea.Cmd {
	s.answers[m.answer.Code] = m.answer
	s.fill()
	s.selectOpen()
	return nil
}
