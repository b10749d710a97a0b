package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// AskDelete asks before something goes to the recycle bin, everywhere in the same words
// and order: the answer that changes nothing stands first and is chosen at first. what
// names it (谈心谈话 张三 2026-10-31); uses say what else refers to it, each as 党费的人员
// 12 条; yes deletes.
func AskDelete(what string, uses []string, yes tea.Cmd) tea.Cmd {
	return Do(Ask{Title: "删除", Text: deletionText(what, uses), Choices: []Choice{{Label: "不删除"}, {Label: "删除", Cmd: yes}}})
}

func deletionText(what string, uses []string) string {
	text := "要删除" + what + "吗?\n删除以后放在回收站里,可以按 Ctrl+Z 撤销,也可以从回收站恢复。"
	if len(uses) > 0 {
		text += "\n有别的记录用到它:" + strings.Join(uses, "、") + "。删除以后那些记录里会显示“已删除”。"
	}
	return text
}

// countBox asks before several records are deleted: their number must be typed, so
// that nobody deletes twenty records where he meant one.
type countBox struct {
	app   *App
	text  string
	n     int
	yes   tea.Cmd
	input *Input
	fault string
	w, h  int
}

var _ Overlay = (*countBox)(nil)

// AskDeleteMany is AskDelete for n records, n > 1: nothing is deleted before n has been
// typed.
func AskDeleteMany(app *App, what string, n int, uses []string, yes tea.Cmd) tea.Cmd {
	return Do(Push{Screen: &countBox{app: app, text: deletionText(what, uses), n: n, yes: yes, input: NewInput(app.Styles)}})
}

func (b *countBox) Init() tea.Cmd   { return nil }
func (b *countBox) Title() string   { return "删除" }
func (b *countBox) Unsaved() string { return "" }

func (b *countBox) Hints() []Hint {
	return []Hint{{Back, "不删除"}, {Open, "打上条数以后:删除"}}
}

func (b *countBox) Help() []string {
	return []string{"一次删除几条,要先打上条数,免得删多了。", "打错了条数就什么也不删;Esc 返回,什么也不做。"}
}

func (b *countBox) prompt() string {
	return fmt.Sprintf("确实要删除,请打条数 %d 再按回车:", b.n)
}

// Box implements Overlay.
func (b *countBox) Box(width, height int) (w, h int) {
	w = min(66, width-2)
	return w, min(len(Wrap(b.text, w-4))+6, height)
}

// SetSize implements Screen.
func (b *countBox) SetSize(width, height int) { b.w, b.h = width, height }

// Update implements Screen.
func (b *countBox) Update(msg tea.Msg) tea.Cmd {
	m, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && Is(m, Back):
		return Do(Pop{})
	case ok && Is(m, Open):
		return b.confirm()
	case ok:
		b.fault = ""
		return b.input.Update(m)
	}
	if _, pasted := msg.(tea.PasteMsg); pasted {
		b.fault = ""
		return b.input.Update(msg)
	}
	return nil
}

func (b *countBox) confirm() tea.Cmd {
	typed := strings.TrimSpace(b.input.Value())
	if typed == "" {
		b.fault = "还没有打条数,没有删除。不删除就按 Esc"
		return nil
	}
	v, err := model.TypeInt.Parse(&model.Field{Label: "条数", Type: model.TypeInt}, typed)
	if n, ok := v.(int64); err != nil || !ok || n != int64(b.n) {
		b.fault = fmt.Sprintf("打的不是 %d,没有删除。不删除就按 Esc", b.n)
		return nil
	}
	return tea.Sequence(Do(Pop{}), b.yes)
}

// View implements Screen: the question above, the line that is typed in below; a text
// that is too long is cut, never that line.
func (b *countBox) View() (string, *tea.Cursor) {
	below := []string{"", " " + b.prompt(), "", ""}
	text := Wrap(b.text, max(b.w-2, 10))
	if room := b.h - len(below); len(text) > room && room > 0 {
		text = append(text[:room-1], Ellipsis)
	}
	var lines []string
	for _, t := range text {
		lines = append(lines, " "+t)
	}
	b.input.SetWidth(max(b.w-3, 4))
	line, cursor := b.input.View()
	below[2] = " " + line
	if b.fault != "" {
		below[3] = " " + b.app.Styles.Fault.Render(Cut(b.fault, b.w-2))
	}
	if cursor != nil {
		cursor.X++
		cursor.Y += len(lines) + 2
	}
	return strings.Join(Lines(strings.Join(append(lines, below...), "\n"), b.w, b.h), "\n"), cursor
}
