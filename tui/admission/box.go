package admission

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/dossier"
	"taizhang/tui/ui"
)

// box asks for a few things: the day of a step, what is kept of a material. Enter goes
// on, on the last line it saves.
type box struct {
	app   *ui.App
	title string
	text  []string // above the lines
	below []string // what was written down before
	form  ui.ShortForm
	save  func() tea.Cmd
	more  func() tea.Cmd // where set, F3 goes to the form
	w, h  int

	dates map[*ui.ShortRow]bool
	// whole are lines in which what is typed first takes the place of what stands there.
	whole map[*ui.ShortRow]bool
	ask   func() tea.Msg // read when it opens
}

var _ ui.Overlay = (*box)(nil)

// boxPast is what was written down of a material before.
type boxPast struct {
	b     *box
	lines []string
}

func newBox(app *ui.App, title string, rows ...*ui.ShortRow) *box {
	return &box{app: app, title: title, form: ui.ShortForm{App: app, Rows: rows}, dates: map[*ui.ShortRow]bool{}, whole: map[*ui.ShortRow]bool{}}
}

// date says that a line holds a day, which is typed over.
func (b *box) date(name string) {
	r := b.form.Row(name)
	b.dates[r] = true
	b.whole[r] = true
}

// day reads the day of a line; "" for none.
func (b *box) day(name string) (model.Date, error) {
	v, err := model.TypeDate.Parse(&model.Field{Label: b.form.Row(name).Label, Type: model.TypeDate}, b.form.Value(name))
	text, _ := v.(string)
	return model.Date(text), err
}

// fault shows under a line what is wrong with it.
func (b *box) fault(name string, err error) tea.Cmd {
	var known *model.Error
	if !errors.As(err, &known) {
		return ui.Do(ui.Failed{Err: err})
	}
	b.form.Focus(name)
	b.form.Row(name).Fault = known.Message
	return nil
}

// past reads what was written down of a material before this.
func (b *box) past(admission string, no int) {
	app := b.app
	b.ask = func() tea.Msg {
		all, err := dossier.Past(app.Ctx, app.Ledger, admission, no)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := boxPast{b: b}
		for _, p := range all[:min(len(all), 3)] {
			text := "缺"
			if p.Held {
				text = strings.Join(strings.Fields("有 "+p.Keeper+" "+p.Place+" "+string(p.BoxedOn)), " ")
			}
			m.lines = append(m.lines, strings.Join(strings.Fields(ui.LocalTime(p.At)+" "+p.By+" 记:"+text), " "))
		}
		return m
	}
}

// Init implements ui.Screen.
func (b *box) Init() tea.Cmd { return b.ask }

// Title implements ui.Screen.
func (b *box) Title() string { return b.title }

// Unsaved implements ui.Screen.
func (b *box) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (b *box) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "下一行"}, {Action: ui.Save, Label: "保存"}}
	if b.form.Cur == len(b.form.Rows)-1 {
		hints = []ui.Hint{{Action: ui.Open, Label: "保存"}}
	}
	if b.more != nil {
		hints = append(hints, ui.Hint{Action: ui.ToForm, Label: "到表单里填"})
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "不填了"})
}

// Help implements ui.Screen.
func (b *box) Help() []string {
	return []string{
		"填好按回车,最后一行按回车就保存;也可以按 F2。日期默认是今天,直接打别的日期就换掉。",
		"日期可以写 20260701、2026.7.1 或 2026年7月1日。按 Esc 不填,什么也不改。",
	}
}

// Box implements ui.Overlay.
func (b *box) Box(width, height int) (w, h int) {
	w = min(66, width-2)
	n, note := len(b.form.Rows), 0
	for _, r := range b.form.Rows {
		if r.Note != "" {
			note = 1 // that of the line with the focus
		}
		if r.Fault != "" {
			n += len(ui.Wrap(r.Fault, w-22))
		}
	}
	n += note
	for _, t := range b.text {
		n += len(ui.Wrap(t, w-4))
	}
	return w, min(n+len(b.below)+2, height)
}

// SetSize implements ui.Screen.
func (b *box) SetSize(w, h int) { b.w, b.h = w, h }

// Update implements ui.Screen.
func (b *box) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case boxPast:
		if m.b == b {
			b.below = m.lines
		}
	case tea.KeyPressMsg:
		return b.key(m)
	case tea.PasteMsg:
		b.over()
		return b.form.Paste(m)
	case tea.MouseClickMsg:
		return b.form.Click(m.Y - len(b.head()))
	}
	return nil
}

// over empties a line whose text is typed over.
func (b *box) over() {
	r := b.form.Rows[b.form.Cur]
	if b.whole[r] {
		r.Input.Clear()
	}
	delete(b.whole, r)
}

func (b *box) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Save), m.String() == "enter" && b.form.Cur == len(b.form.Rows)-1:
		return b.save()
	case ui.Is(m, ui.ToForm) && b.more != nil:
		return b.more()
	}
	if _, types := ui.Typed(m); types {
		b.over()
	} else if r := b.form.Rows[b.form.Cur]; m.String() == "left" || m.String() == "right" || m.String() == "backspace" {
		delete(b.whole, r)
	}
	cmd, taken := b.form.Update(m)
	if !taken && ui.Is(m, ui.Back) {
		return ui.Do(ui.Pop{})
	}
	return cmd
}

func (b *box) head() []string {
	var lines []string
	for _, t := range b.text {
		for _, l := range ui.Wrap(t, max(b.w-2, 10)) {
			lines = append(lines, " "+l)
		}
	}
	return lines
}

// View implements ui.Screen.
func (b *box) View() (string, *tea.Cursor) {
	lines := b.head()
	rows, cursor := b.form.View(b.w)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	lines = append(lines, rows...)
	for _, l := range b.below {
		lines = append(lines, b.app.Styles.Muted.Render(" "+ui.Cut(l, b.w-2)))
	}
	return strings.Join(lines, "\n"), cursor // a fault makes the box higher: the root fits the lines in
}
