package settings

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// above explains what the page does.
func (p *sealPage) above() []string {
	st := p.app.Styles
	lines := []string{""}
	for _, t := range p.explains() {
		for i, l := range ui.Wrap(t, max(p.w-6, 20)) {
			mark := "  "
			if i == 0 {
				mark = "- "
			}
			lines = append(lines, "  "+mark+l)
		}
	}
	lines = append(lines, "")
	if p.do == sealOn && !p.county {
		for _, l := range ui.Wrap("注意:还没有取入县里的配置文件,忘了口令谁也打不开。最好先返回,按 F7 取入。", max(p.w-6, 20)) {
			lines = append(lines, "  "+st.Warning.Render(l))
		}
		lines = append(lines, "")
	}
	return lines
}

func (p *sealPage) explains() []string {
	switch p.do {
	case sealChange:
		return []string{
			"换了口令,下次打开台账打新的;旧口令就没有用了。",
			"换口令以前做的加密备份,拿到别的电脑上要打旧口令才打得开。",
		}
	case sealOff:
		return []string{
			"不再加密以后,台账平时就以明文放在电脑里,谁拿到电脑、U盘都看得见。",
			"画面也不再自己锁上。以前做的加密备份还是加密的,要打口令才打得开。",
		}
	}
	return []string{
		"护什么:电脑或U盘丢了、被偷了,没有口令的人打不开台账,看不到身份证号和电话。",
		"不护什么:程序开着的时候(离开请锁画面)、知道口令的人、以前放在别处没加密的备份和表格。",
		"忘了口令:取入过县里的配置文件的,请县里开;没有取入的,谁也打不开。口令请写在纸上锁好。",
	}
}

func (p *sealPage) View() (string, *tea.Cursor) {
	lines, cursor := p.rows.Below(p.above(), p.w)
	if p.busy != "" {
		cursor = nil
		lines = append(lines, "", " "+p.busy)
	}
	return strings.Join(lines, "\n"), cursor
}

// finish goes back to 设置 when it is done, and says where it isn't.
func (p *sealPage) finish(m sealed) tea.Cmd {
	p.busy = ""
	var known *model.Error
	switch {
	case errors.As(m.err, &known) && m.row != "":
		return p.fault(m.row, known.Message)
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	text := [...]string{"台账已加密:下次打开要打口令,退出时重新加密", "口令已换:下次打开打新的", "台账不再加密;以后打开不用打口令"}[p.do]
	return tea.Sequence(ui.Do(ui.Sealing{Sitting: m.sitting}), ui.Do(ui.Pop{}), ui.Do(done{text}))
}

// sealEntry is 台账加密 among the settings.
func (s *settings) sealEntry() entry {
	e := entry{key: "sealed", label: "台账加密", value: "没有加密", enter: "看它护什么,加密",
		explain: "加密以后,打开台账要打口令;电脑、U盘丢了,别人看不到里面的人。口令忘了要县里开,自己一定记牢。"}
	county := s.read.profile != nil
	e.run = func() tea.Cmd { return ui.Do(ui.Push{Screen: newSealPage(s.app, sealOn, county)}) }
	if s.app.Sitting == nil {
		return e
	}
	e.value, e.enter, e.run = "已加密;忘了口令县里能开", "换口令,或不再加密", s.askSealed
	if !s.app.Sitting.HasCounty() && !county {
		e.value = "已加密;没有取入县配置文件,忘了口令谁也打不开"
	}
	e.explain = "打开台账要打口令,退出时重新加密;十五分钟没有按键,画面自己锁上(菜单里的“暂时离开”马上锁)。"
	return e
}

func (s *settings) askSealed() tea.Cmd {
	open := func(do sealAct) tea.Cmd { return ui.Do(ui.Push{Screen: newSealPage(s.app, do, true)}) }
	return ui.Do(ui.Ask{Title: "台账加密", Text: "台账已加密,退出时重新加密。",
		Choices: []ui.Choice{{Label: "换口令", Cmd: open(sealChange)}, {Label: "不再加密", Cmd: open(sealOff)}, {Label: "不改"}}})
}
