package county

import (
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// fill lists what changes: those that are gone first, since they matter most.
func (s *rollScreen) fill() {
	st := s.app.Styles
	s.list.Empty = "没有变化"
	var items []ui.Item
	row := func(what string, u store.Unit, note string) ui.Item {
		town := 10
		name := min(max(s.w-40-town, 20), 36)
		return ui.Item{Key: what + u.Code, Label: ui.Fit(what, 8) + ui.Fit(u.Township, town) + ui.Fit(briefName(s.app, u), name), Note: note, Value: u}
	}
	taken := map[string]bool{}
	for i := range s.compared.Gone {
		g := &s.compared.Gone[i]
		it := row("没有了", g.Life.Unit(), s.answerText(g.Code))
		if g.Taken.Code != "" {
			it = row("名不同", g.Life.Unit(), s.answerText(g.Code))
			taken[g.Code] = true
		}
		it.Style, it.Value = s.answerStyle(g.Code), g
		items = append(items, it)
	}
	for i := range s.compared.Retired {
		u := &s.compared.Retired[i]
		it := row("又有了", u.Unit(), s.answerText(u.Code))
		it.Style, it.Value = s.answerStyle(u.Code), u
		items = append(items, it)
	}
	for i := range s.changes.Changed {
		c := &s.changes.Changed[i]
		if taken[c.After.Code] {
			continue
		}
		it := row("改", c.After, c.Text())
		it.Style = st.Warning
		items = append(items, it)
	}
	for _, u := range s.changes.Added {
		it := row("新", u, u.Code)
		it.Style = st.Good
		items = append(items, it)
	}
	s.list.SetItems(items)
}

func (s *rollScreen) View() (string, *tea.Cursor) {
	st := s.app.Styles
	title := func(text string) string { return " " + st.Title.Render(ui.Cut(text, s.w-2)) }
	have := "正在看现在的名单…"
	switch {
	case s.have == 0:
		have = "现在还没有单位名单"
	case s.have > 0:
		have = fmt.Sprintf("现在的名单上有 %d 个单位", s.have)
	}
	var lines []string
	switch s.step {
	case rollChoose:
		lines = []string{"", " " + have, title("按回车选名单文件(.xlsx 或 .csv);取入以前先看改了什么")}
		lines = append(lines, "", "  "+st.Selected.Render("[ 选名单文件… ]"), "")
		if s.fault != "" {
			lines = append(lines, wrapped([]string{s.fault}, s.w, st.Fault.Render)...)
		} else {
			more := "“乡镇”“领域”“电话”"
			if s.app.Words().Sums() {
				more = "“电话”"
			}
			lines = append(lines, wrapped([]string{"名单要有“代码”“名称”两列;" + more + "最好也有。标题行在哪一行都行。"}, s.w, st.Muted.Render)...)
		}
		return joinLines(lines), nil
	case rollReading:
		return joinLines([]string{"", title("正在读名单…")}), nil
	case rollTaking:
		return joinLines([]string{"", title("正在取入名单、签发配置文件…")}), nil
	}
	what := s.summary()
	if s.step == rollTaken {
		what = "已取入:" + what
	}
	lines = []string{"", " " + ui.Cut(fmt.Sprintf("读出“%s”:%d 个单位", model.Clean(filepath.Base(s.file), false), len(s.compared.Units)), s.w-2), title(what)}
	list, _ := s.list.View(st)
	lines = append(append(lines, list...), ui.Rule(st, "", s.w))
	return joinLines(append(lines, s.foot()...)), nil
}

// foot says what was done or is wrong, else the chosen change in full.
func (s *rollScreen) foot() []string {
	st := s.app.Styles
	var lines []string
	it, _ := s.list.Selected()
	switch v := it.Value.(type) {
	case store.Unit:
		text := v.Code + " " + v.Name
		if it.Note != v.Code {
			text += ":" + it.Note
		}
		lines = wrapped([]string{model.Clean(text, false)}, s.w, st.Muted.Render)
	case *county.RollGone:
		text := "新名单里没有它。按回车说明:撤销、合并到别的单位、换了代码,还是表里漏了"
		if v.Taken.Code != "" {
			text = "新名单里这个代码是" + v.Taken.Name + "。照改名取入,它的记录就成了那个单位的:按回车说明是改了名称,还是换了代码"
		}
		if _, answered := s.answers[v.Code]; answered {
			text = it.Note + "(按回车可以改)"
		}
		lines = wrapped([]string{model.Clean(v.Code+" "+v.Name+":"+text, false)}, s.w, st.Muted.Render)
	case *county.Life:
		lines = wrapped([]string{model.Clean(v.Code+" "+v.Name, false) + ":" + string(v.RetiredOn) + " 撤销了,新名单里又有。按回车说明"}, s.w, st.Muted.Render)
	}
	switch {
	case s.fault != "":
		lines = wrapped(append(s.notes, s.fault), s.w, st.Fault.Render)
	case s.notes != nil:
		lines = wrapped(s.notes[1:], s.w, st.Good.Render)
	case s.step == rollShown && s.nothing():
		lines = wrapped([]string{"名单没有变化,不用取入。"}, s.w, st.Muted.Render)
	}
	return lines[:min(len(lines), rollFoot-1)]
}
