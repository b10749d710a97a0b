package fill

import (
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// purposeBox asks for what and for whom whole numbers are written, as an overlay.
type purposeBox struct {
	app  *ui.App
	form ui.ShortForm
	done func(purpose) tea.Cmd
	w, h int
}

var _ ui.Overlay = (*purposeBox)(nil)

// askPurpose opens the box with what was said last. It runs as a command.
func (s *screen) askPurpose() tea.Msg {
	last, err := lastPurpose(s.app, s.path)
	if err != nil {
		return ui.Failed{Err: err}
	}
	b := &purposeBox{app: s.app, done: func(why purpose) tea.Cmd {
		return s.choose(func(s *screen) tea.Cmd { return s.fill(&why) })
	}}
	b.form = ui.ShortForm{App: s.app, Rows: []*ui.ShortRow{
		ui.TextRow(s.app, "purpose", "用途", last.purpose, "例如:年底党员统计核对"),
		ui.TextRow(s.app, "receiver", "接收单位", last.receiver, "例如:柳河镇党委"),
		{Name: "done", Label: "填好", Act: b.take},
	}}
	return ui.Push{Screen: b}
}

// take gives the answer where both lines are filled in.
func (b *purposeBox) take() tea.Cmd {
	why := purpose{b.form.Value("purpose"), b.form.Value("receiver")}
	for name, value := range map[string]string{"purpose": why.purpose, "receiver": why.receiver} {
		if value == "" {
			b.form.Row(name).Fault = "写全号码一定要填这一项"
		}
	}
	switch {
	case why.purpose == "":
		b.form.Focus("purpose")
	case why.receiver == "":
		b.form.Focus("receiver")
	default:
		return b.done(why)
	}
	return nil
}

// Init implements ui.Screen.
func (b *purposeBox) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (b *purposeBox) Title() string { return "表里写全身份证号和电话" }

// Unsaved implements ui.Screen.
func (b *purposeBox) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (b *purposeBox) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "填好"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "先不填"}}
}

// Help implements ui.Screen.
func (b *purposeBox) Help() []string {
	return []string{purposeText, "填好按 F2;Esc 退回,什么也不写。"}
}

const purposeText = "这张表要写全的号码。下面两项记进修改记录。"

// Box implements ui.Overlay.
func (b *purposeBox) Box(width, height int) (w, h int) {
	w = min(72, width-4)
	return w, min(len(ui.Wrap(purposeText, w-4))+1+2*len(b.form.Rows)+2, height)
}

// SetSize implements ui.Screen.
func (b *purposeBox) SetSize(w, h int) { b.w, b.h = w, h }

func (b *purposeBox) top() []string {
	var lines []string
	for _, l := range ui.Wrap(purposeText, max(b.w-2, 10)) {
		lines = append(lines, " "+l)
	}
	return append(lines, "")
}

// Update implements ui.Screen.
func (b *purposeBox) Update(msg tea.Msg) tea.Cmd {
	return b.form.Drive(msg, len(b.top()), b.take)
}

// View implements ui.Screen.
func (b *purposeBox) View() (string, *tea.Cursor) {
	lines, cursor := b.form.Below(b.top(), b.w-1)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.w, b.h), "\n"), cursor
}

// title is what the history calls a form that is filled.
func title(path string) string {
	return "填表:" + strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// lastPurpose gives what was said of the same form last, else of any.
func lastPurpose(app *ui.App, path string) (purpose, error) {
	past, err := app.Ledger.HandedOut(app.Ctx, 0)
	if err != nil || len(past) == 0 {
		return purpose{}, err
	}
	for _, h := range past {
		if h.Title == title(path) {
			return purpose{h.Purpose, h.Receiver}, nil
		}
	}
	return purpose{past[0].Purpose, past[0].Receiver}, nil
}

// note keeps in the history for what and for whom the whole numbers of a form are
// written. It comes before the writing: what can't be kept isn't written. It runs in
// commands.
func note(app *ui.App, blank, out string, why purpose) error {
	return app.Ledger.NoteHandOut(app.Ctx, store.HandedOut{Title: title(blank), Purpose: why.purpose, Receiver: why.receiver, File: out})
}
