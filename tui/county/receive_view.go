package county

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// View implements ui.Screen.
func (s *Receive) View() (string, *tea.Cursor) {
	st := s.app.Styles
	lines := append([]string{""}, s.head()...)
	below, foot := s.foot(), receiveFoot
	var cursor *tea.Cursor
	switch s.step {
	case stepSecret:
		hidden := strings.Repeat("*", len([]rune(s.secret)))
		if room := s.w - 12; len(hidden) > room {
			hidden = hidden[:room]
		}
		lines = append(lines, "  "+st.Label.Render("口令 ")+hidden)
		cursor = tea.NewCursor(7+len(hidden), len(lines)-1)
	case stepTaking:
		if p := s.progress; p != nil {
			lines = append(lines, fmt.Sprintf("  %s %d/%d", ui.ProgressBar(p.done, p.all, 40), p.done, p.all), "  "+st.Muted.Render(ui.Cut(p.last, s.w-4)))
		}
	case stepOpening, stepWriting:
	default:
		foot = ui.FootRows(len(below)+1, receiveFoot, s.h-receiveHead, len(s.list.Items()))
		s.list.SetSize(s.w, max(s.h-receiveHead-foot, 1))
		list, _ := s.list.View(st)
		lines = append(lines, list...)
	}
	for len(lines) < s.h-foot {
		lines = append(lines, "")
	}
	lines = append(lines[:max(s.h-foot, 1)], ui.Rule(st, "", s.w))
	return strings.Join(append(lines, below[:min(len(below), foot-1)]...), "\n"), cursor
}

// head says what is to do at this step, in two lines.
func (s *Receive) head() []string {
	st := s.app.Styles
	one := func(text string) []string { return []string{" " + st.Title.Render(ui.Cut(text, s.w-2)), ""} }
	switch s.step {
	case stepChoose:
		return one("第一步:插上U盘,选中它按回车,收下上面的报送包")
	case stepSecret:
		return one("县里的密钥加了口令:填好按回车")
	case stepOpening:
		return one("正在打开密钥…")
	case stepTaking:
		return one("正在接收,请不要拔下U盘(按 Esc 停下)")
	case stepWriting:
		return one("正在写回执,请不要拔下U盘…")
	case stepWritten:
		wrote := fmt.Sprintf("回执 %d 份和回执单已写到", s.done.receipts)
		if s.done.receipts == 0 {
			wrote = "没有新的回执要写,只把回执单写到"
		}
		if s.done.elsewhere {
			return []string{" " + st.Good.Render("第三步:"+wrote+"另选的文件夹"),
				" " + st.Title.Render("U盘上没有写:请把它们另外带给村里;按回车换下一个")}
		}
		return []string{" " + st.Good.Render(ui.Cut(fmt.Sprintf("第三步:%s“%s”的“%s”文件夹", wrote, ui.Clean(s.path), answersFolder), s.w-2)),
			" " + st.Title.Render("可以安全弹出U盘了;按回车换下一个")}
	}
	next := "第二步:按回车,把回执和回执单写回这个U盘"
	if !s.answers() {
		next = "没有要答复的;按回车换下一个U盘"
	}
	return []string{" " + ui.Cut(s.sum(), s.w-2), " " + st.Title.Render(next)}
}

// sum counts what became of the files.
func (s *Receive) sum() string {
	n := map[string]int{}
	for _, i := range s.handled {
		n[i.Verdict]++
	}
	text := fmt.Sprintf("共 %d 个文件", len(s.handled))
	for _, v := range []string{county.Accepted, county.Partly, county.Waiting, county.Already, county.Refused, county.Unread, county.Hollow, county.Foreign} {
		if n[v] > 0 {
			text += fmt.Sprintf(",%s %d", v, n[v])
		}
	}
	return text
}

// foot shows what is wrong, else the chosen bundle in full.
func (s *Receive) foot() []string {
	st := s.app.Styles
	var lines []string
	add := func(text string, render func(...string) string) {
		for _, l := range ui.Wrap(text, s.w-2) {
			lines = append(lines, " "+render(l))
		}
	}
	if s.fault != "" {
		add(s.fault, st.Fault.Render)
		return lines
	}
	plain := func(t ...string) string { return strings.Join(t, "") }
	it, ok := s.list.Selected()
	i, isIntake := it.Value.(*county.Intake)
	switch {
	case s.step == stepChoose:
		add("以前收过的会跳过,别的文件不会打开。没有列出U盘时按 F4 重新找。", st.Muted.Render)
	case s.step == stepWritten && s.done.elsewhere && !isIntake:
		add("写在:"+ui.Clean(s.done.dir), st.Good.Render)
	case ok && isIntake && (s.step == stepTaken || s.step == stepWritten):
		if s.step == stepWritten && s.done.elsewhere {
			add("写在:"+ui.Clean(s.done.dir), st.Good.Render)
		}
		for _, text := range s.late {
			add(text+";要算进去,到“封账”里更正封账", st.Warning.Render)
		}
		add(ui.Clean(i.File)+":"+i.Verdict+","+i.Gist(), plain)
		for _, p := range i.Problems {
			add(county.ProblemText(s.app.Ledger.Kinds(), p), st.Muted.Render)
		}
	}
	return lines
}

// fillSticks lists the sticks.
func (s *Receive) fillSticks(sticks []stickSeen) {
	items := make([]ui.Item, 0, len(sticks)+1)
	for _, seen := range sticks {
		st := seen.stick
		note := seen.fault
		if note == "" {
			note = fmt.Sprintf("报送包 %d 个,没收过的 %d 个", len(st.Bundles), seen.fresh)
			if len(st.Due) > 0 {
				note += fmt.Sprintf(";%s还差 %d 个单位", strings.Join(st.Due, "、"), len(st.Missing))
			}
		}
		items = append(items, ui.Item{Key: st.Path, Label: st.Path, Note: note})
	}
	items = append(items, ui.Item{Key: "\x00other", Label: "其他文件夹…", Value: otherItem{}})
	fresh := len(s.list.Items()) == 0
	s.list.SetItems(items)
	if fresh {
		s.list.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	}
}

// bundleCells is the width of a bundle's month and number, "2026年10月 第 12 号".
const bundleCells = 19

// fillHandled lists what became of each file, what needs somebody's care first.
func (s *Receive) fillHandled() {
	st := s.app.Styles
	s.list.Empty = "没有文件"
	var items []ui.Item
	add := func(verdicts ...string) {
		for n := range s.handled {
			i := &s.handled[n]
			for _, v := range verdicts {
				if i.Verdict != v {
					continue
				}
				label := ui.Fit(i.Verdict, 8) + ui.Fit(model.BriefName(i.Called(s.names[i.Unit()]), s.app.Ledger.Home().Text("county")), s.w/3)
				which := ""
				if i.Sequence > 0 {
					which = fmt.Sprintf("%s 第 %d 号", i.Month.Chinese(), i.Sequence)
				}
				label += "  " + ui.Fit(which, bundleCells)
				it := ui.Item{Key: i.Path, Label: label, Note: i.Gist(), Value: i}
				switch v {
				case county.Refused, county.Unread, county.Hollow:
					it.Style = st.Fault
				case county.Partly, county.Waiting:
					it.Style = st.Warning
				}
				items = append(items, it)
			}
		}
	}
	add(county.Refused, county.Unread, county.Hollow)
	add(county.Waiting)
	add(county.Partly)
	add(county.Accepted)
	add(county.Already)
	if n := len(s.handled) - len(items); n > 0 {
		items = append(items, ui.Item{Key: "\x00others", Label: fmt.Sprintf("别的文件 %d 个,没有打开", n), Style: st.Muted})
	}
	s.list.SetItems(items)
	s.list.Update(tea.KeyPressMsg{Code: tea.KeyHome})
}
