package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/habit"
	"taizhang/tui/ui"
)

// keyTry asks once, before the first ledger is made, for the key F2: on many laptops the
// function keys change sound and brightness instead. Any other key passes it over.
type keyTry struct {
	app  *ui.App
	w, h int
}

var _ ui.Overlay = (*keyTry)(nil)

// triedKeys tells what came of it.
type triedKeys struct{ keys habit.Keys }

func (k *keyTry) Init() tea.Cmd           { return nil }
func (k *keyTry) Title() string           { return "先试一个键" }
func (k *keyTry) Unsaved() string         { return "" }
func (k *keyTry) SetSize(w, h int)        { k.w, k.h = w, h }
func (k *keyTry) Box(w, _ int) (int, int) { return min(w-4, 68), 9 }
func (k *keyTry) Hints() []ui.Hint        { return []ui.Hint{{Action: ui.Open, Label: "没反应,跳过"}} }

func (k *keyTry) Help() []string {
	return []string{
		"这个程序的许多事用键盘最上面一排的功能键办:F2、F5、F9……有的笔记本电脑上,这些键管声音、亮度,按了到不了程序这里。",
		"现在按一下 F2。到了,屏幕最下面一行就提示功能键;没有反应的,按回车跳过,以后提示 Ctrl 键:按住 Ctrl 再按字母,办的事一样。",
		"有的电脑要同时按住左下角的 Fn 键再按 F2,也行。",
		"两种键什么时候都能用,提示哪一种,以后在“设置”里改。",
	}
}

func (k *keyTry) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if m.String() == "f2" {
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(triedKeys{habit.Function}))
		}
	case tea.MouseClickMsg:
	default:
		return nil
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(triedKeys{habit.Ctrl}))
}

func (k *keyTry) View() (string, *tea.Cursor) {
	lines := []string{""}
	for _, p := range []string{"请按一下键盘最上面一排的 F2。", "没有反应的(有的电脑上它管声音、亮度),按回车跳过:以后最下面一行提示 Ctrl 键,办的事一样。"} {
		for _, l := range ui.Wrap(p, k.w-4) {
			lines = append(lines, "  "+l)
		}
		lines = append(lines, "")
	}
	return strings.Join(lines, "\n"), nil
}

// tryKeys puts the question on the first run's page where this machine was not asked yet.
func (r *Root) tryKeys() tea.Cmd {
	if r.o.Keyboard == "" || r.keys != habit.Unasked {
		return nil
	}
	return r.push(&keyTry{app: r.app}, r.lastID)
}

// showKeys has the hints show the keys that fit this machine, as it remembers.
func (r *Root) showKeys() {
	if r.o.Keyboard != "" {
		r.keys = habit.Read(r.o.Keyboard)
	}
	r.app.Styles.CtrlKeys = r.keys.Ctrl()
	r.app.ChooseKeys = func(ctrl bool) tea.Cmd {
		keys := habit.Function
		if ctrl {
			keys = habit.CtrlOnly
		}
		return ui.Do(triedKeys{keys})
	}
}

// useKeys has the hints show other keys from now on, and this machine remember it.
func (r *Root) useKeys(keys habit.Keys) tea.Cmd {
	if keys == r.keys {
		return nil
	}
	r.keys = keys
	r.app.Styles.CtrlKeys = keys.Ctrl()
	file := r.o.Keyboard
	return r.bind(0, func() tea.Msg {
		if err := habit.Write(file, keys); err != nil {
			return ui.Failed{Err: err}
		}
		return nil
	})
}

// tookKeys goes on once the first run's question is answered.
func (r *Root) tookKeys(m triedKeys) tea.Cmd {
	switch m.keys {
	case habit.Function:
		r.status.Text = "功能键好用:最下面一行提示功能键"
	case habit.Ctrl:
		r.status.Text = "最下面一行提示 Ctrl 键;以后在“设置”里改,按得到 F2 了也会自己改回来"
	}
	return r.useKeys(m.keys)
}

// sawKey notes that F2 arrives after all.
func (r *Root) sawKey(m tea.KeyPressMsg) tea.Cmd {
	if r.keys != habit.Ctrl || m.String() != "f2" {
		return nil
	}
	r.status.Text = "F2 好用了:最下面一行改为提示功能键"
	return r.useKeys(habit.Function)
}
