package settings

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/clearing"
	"taizhang/tui/ui"
)

// private tells for how long what is private is kept of those who left.
func (s *settings) private() entry {
	p := s.read.clear
	e := entry{key: "clear", label: "个人信息", value: "县里定了不清除", explain: "离开的人,名册上的行一直留着;身份证号、电话和住址到了年限就该清除。年限由县里定(" + p.Source + ")。"}
	if p.Years == 0 {
		return e
	}
	e.value = fmt.Sprintf("离开满 %d 年的可以清除;现在没有", p.Years)
	if n := len(p.Who); n > 0 {
		e.value = fmt.Sprintf("离开满 %d 年的可以清除;现在有 %d 人", p.Years, n)
	}
	e.enter, e.run = "看是哪些人", func() tea.Cmd { return ui.Do(ui.Push{Screen: clearing.New(s.app)}) }
	return e
}
