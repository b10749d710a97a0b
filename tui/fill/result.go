package fill

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/paper"
	"taizhang/tui/ui"
)

// resultLines say what was filled, where it is, what stayed blank and what was left.
func (s *screen) resultLines() []string {
	lines := s.allResultLines()
	s.first = max(min(s.first, len(lines)-s.h), 0)
	return lines[s.first:]
}

func (s *screen) allResultLines() []string {
	m, st := s.result, s.app.Styles
	var lines []string
	add := func(style func(...string) string, text string) {
		for _, l := range ui.Wrap(text, max(s.w-4, 10)) {
			lines = append(lines, " "+style(l))
		}
	}
	lines = append(lines, "")
	add(st.Title.Render, fmt.Sprintf("已填好 %d %s", m.res.Records, unitOf(m.kind))+added(m.res.Added)+copies(m.res.Copies, m.path))
	add(st.Label.Render, m.path)
	if m.said != "" {
		add(st.Label.Render, m.said)
	}
	list := func(title string, all []string) {
		if len(all) == 0 {
			return
		}
		lines = append(lines, "")
		add(st.Title.Render, title)
		for _, t := range all {
			add(st.Label.Render, t)
		}
	}
	join := func(all []string) []string {
		if len(all) == 0 {
			return nil
		}
		return []string{strings.Join(all, "、")}
	}
	list("表里本来有字、与台账不一样的,没有改,请核对:", m.res.Kept)
	list("没有填的表:", m.res.Left)
	list("台账里没有、空着的,请手工补上:", join(m.res.Unbound))
	list("台账里有这一项、还没有登记的,也空着:", join(m.res.Empty))
	list("留给人签字盖章的:", join(m.sign))
	lines = append(lines, "")
	add(st.Muted.Render, "请打开看一遍再交。按回车(或 Ctrl+P)打开它;原来的空白表没有动。")
	return lines
}

func added(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(",表里加了 %d 行", n)
}

func copies(n int, path string) string {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case n < 2:
		return ""
	case strings.HasPrefix(ext, ".doc"):
		return fmt.Sprintf(",每份一条,共 %d 份,接着排在一个文档里", n)
	}
	return fmt.Sprintf(",每份一条,共 %d 张工作表", n)
}

func (s *screen) resultKey(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back): // to what was bound: another view may be filled too
		s.result = nil
		return s.count()
	case ui.Is(m, ui.Open), ui.Is(m, ui.Print), m.String() == "ctrl+p":
		return s.openResult()
	}
	s.scroll(m)
	return nil
}

// scroll moves the result up and down.
func (s *screen) scroll(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "up":
			s.first--
		case "down":
			s.first++
		case "pgup":
			s.first -= s.h
		case "pgdown":
			s.first += s.h
		case "home":
			s.first = 0
		case "end":
			s.first = 1 << 20
		}
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			s.first--
		} else {
			s.first++
		}
	}
}

func (s *screen) openResult() tea.Cmd {
	app, path := s.app, s.result.path
	return func() tea.Msg {
		err := paper.OpenFile(app, path)
		var known *model.Error
		switch {
		case errors.As(err, &known):
			return ui.Status{Fault: true, Text: "没能打开:" + known.Message + "。文件还在上面写的地方"}
		case err != nil:
			return ui.Failed{Err: err}
		}
		return ui.Status{Text: "已请电脑上的程序打开它"}
	}
}
