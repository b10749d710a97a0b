package county

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// edit asks for a new value of the setting at hand: from a list where there are few, else
// in a line.
func (s *rules) edit() tea.Cmd {
	it, ok := s.list.Selected()
	set, isSetting := it.Value.(*county.Setting)
	if !ok || !isSetting {
		return nil
	}
	if set.Fixed {
		s.fault = set.Plain() + "由" + set.Source + "规定,县(市)不能另设"
		return nil
	}
	s.fault, s.notes = "", nil
	value := set.Value
	if changed, ok := s.changes[set.Name]; ok {
		value = changed
		if value == "" {
			value = set.Default
		}
	}
	if options := set.Options(); options != nil {
		return ui.Do(ui.Push{Screen: s.optionBox(set, options, value)})
	}
	return ui.Do(ui.Push{Screen: newRuleLine(s.app, set, value)})
}

func (s *rules) optionBox(set *county.Setting, options []county.Option, value string) ui.Screen {
	items := make([]ui.Item, len(options))
	for i, o := range options {
		note := ""
		if o.Value == set.Default {
			note = "原来的规定"
		}
		if o.Value == value {
			note = strings.TrimPrefix(note+",现在的", ",")
		}
		items[i] = ui.Item{Key: o.Value, Label: o.Word, Note: note}
	}
	box := ui.NewListBox(s.app, "改规定", items, func(chosen []ui.Item) tea.Cmd {
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ruleSet{set.Name, chosen[0].Key}))
	})
	box.Text = set.Plain() + "。" + origin(set, s.app.Words())
	return box
}

// origin says where the value comes from that holds where the county says nothing.
func origin(set *county.Setting, w bundle.Words) string {
	switch {
	case set.Default == "":
		return ""
	case set.Source == "" || set.Own || set.Source == w.Rule:
		return "原来的规定:" + set.Shown(set.Default)
	}
	return "原来的规定:" + set.Shown(set.Default) + "(" + set.Source + ")"
}

// newRuleLine asks for a setting's value in a line.
func newRuleLine(app *ui.App, set *county.Setting, value string) *ui.Line {
	can := set.Can()
	if set.Unit != "" {
		can += "(" + set.Unit + ")"
	}
	text := []string{set.Plain() + "。" + can + "。"}
	if set.Default != "" {
		text = append(text, origin(set, app.Words())+"。擦掉不写,就照原来的规定。")
	}
	help := append(slices.Clone(text), "写好按回车,这一项先记下,前面有 *;都改好了再按 F2 发布。按 Esc 返回,不改。")
	return ui.NewLine(app, ui.LineAsk{Title: "改规定", Text: text, Help: help, Value: value, Width: 70, Gap: true, Done: func(typed string) (tea.Cmd, error) {
		value, err := ruleValue(set, typed)
		if err != nil {
			return nil, err
		}
		return ui.Do(ruleSet{set.Name, value}), nil
	}})
}

// ruleValue takes what was written: the one form of it, or "" for the original rule.
func ruleValue(set *county.Setting, value string) (string, error) {
	if set.Default != "" || set.Unit != "" {
		value = strings.TrimSpace(strings.TrimSuffix(model.HalfWidth(value), set.Unit))
	}
	if value == "" && set.Default != "" {
		return "", nil
	}
	checked, err := set.Check(value)
	if err != nil {
		return "", model.Errorf("E-SETTING", "不能写“%s”:%s", model.Clean(value, false), set.Can())
	}
	return checked, nil
}

// View implements ui.Screen: the settings, below them the one at hand.
func (s *rules) View() (string, *tea.Cursor) {
	st := s.app.Styles
	head := s.app.Words().Here() + "自己定的规定"
	switch n := len(s.changes); {
	case s.saving:
		head = "正在签名、发布…"
	case n > 0:
		head = "改了的前面有 *;都改好了按 F2 一起发布"
	case s.settings != nil:
		head += ":选中一项按回车改"
	}
	list, cursor := s.list.View(st)
	if cursor != nil {
		cursor.Y += rulesHead
	}
	lines := append([]string{" " + st.Title.Render(ui.Cut(head, s.w-2))}, list...)
	lines = append(lines, ui.Rule(st, "", s.w))
	return joinLines(append(lines, s.foot()...)), cursor
}

// foot says what was done or is wrong, else what is to know of the setting at hand.
func (s *rules) foot() []string {
	st := s.app.Styles
	var lines []string
	it, ok := s.list.Selected()
	set, isSetting := it.Value.(*county.Setting)
	switch {
	case s.fault != "":
		lines = wrapped([]string{s.fault}, s.w, st.Fault.Render)
	case s.notes != nil:
		lines = wrapped(s.notes, s.w, st.Good.Render)
	case ok && isSetting && set.Fixed:
		lines = wrapped([]string{set.Plain() + ":" + set.Shown(set.Value), "由" + set.Source + "规定,县(市)不能另设"}, s.w, st.Muted.Render)
	case ok && isSetting:
		texts := []string{set.Plain() + ":" + set.Shown(set.Value)}
		if value, changed := s.changes[set.Name]; changed {
			if value == "" {
				value = set.Default
			}
			texts[0] += " → " + set.Shown(value) + "(还没有发布)"
		}
		if origin := origin(set, s.app.Words()); origin != "" {
			texts = append(texts, origin)
		}
		if set.Options() == nil {
			texts = append(texts, set.Can())
		}
		lines = wrapped(texts, s.w, st.Muted.Render)
	}
	return lines[:min(len(lines), rulesFoot-1)]
}
