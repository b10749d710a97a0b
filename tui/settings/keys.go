package settings

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// keys is which keys the bottom line shows on this machine.
func (s *settings) keys() entry {
	ctrl := s.app.Styles.CtrlKeys
	e := entry{key: "keys", label: "按键提示", value: "功能键(F2、F5……)", enter: "改成提示 Ctrl 键",
		explain: "屏幕最下面一行提示哪一种键。功能键管声音、亮度的笔记本电脑,改成 Ctrl 键好按;两种键什么时候都能用。只管这台电脑。"}
	said := "最下面一行提示 Ctrl 键"
	if ctrl {
		e.value, e.enter, said = "Ctrl 键(Ctrl+N、Ctrl+L……)", "改成提示功能键", "最下面一行提示功能键"
	}
	if s.app.ChooseKeys == nil {
		e.enter = ""
		return e
	}
	e.run = func() tea.Cmd { return tea.Sequence(s.app.ChooseKeys(!ctrl), ui.Do(done{said})) }
	return e
}
