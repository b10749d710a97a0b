package tui

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/copies"
	"taizhang/tui/ui"
)

// leaving is the page of a program that ends over an encrypted ledger: it stays until
// the ledger is encrypted again, and where that fails it says what stays behind.
type leaving struct {
	app   *ui.App
	busy  bool
	fault string
	list  ui.Chooser
	w, h  int
}

// quitNow ends the program without asking any more; shut brings what became of encrypting.
type (
	quitNow struct{}
	shut    struct{ err error }
)

// leave ends the program; where something would be lost it asks first.
func (r *Root) leave() tea.Cmd {
	lost := r.unsaved()
	if len(lost) == 0 {
		return r.quitAfterBackup()
	}
	return r.push(ui.NewQuestion(r.app, ui.Ask{
		Title:   "退出程序",
		Text:    "还有没保存的内容:\n" + strings.Join(lost, "\n"),
		Choices: []ui.Choice{{Label: "返回继续填写"}, {Label: "放弃并退出", Cmd: ui.Do(quitNow{})}},
	}), 0)
}

// quit ends the program: an encrypted ledger is encrypted first, while a page says so.
func (r *Root) quit() tea.Cmd {
	if r.app.Sitting == nil {
		return tea.Quit
	}
	if r.leaving == nil {
		r.leaving = &leaving{app: r.app}
		r.leaving.list.SetItems([]ui.Item{
			{Key: "again", Label: "再加密一次", Note: "腾出了空间、插好了盘以后"},
			{Key: "leave", Label: "就这样退出", Note: "没有加密的台账留在这台电脑上"},
		})
		r.size(r.leaving)
	}
	if r.leaving.busy {
		return nil
	}
	r.leaving.busy, r.leaving.fault = true, ""
	r.status = ui.Status{}
	return func() tea.Msg {
		r.keepDrafts()
		return shut{r.Close()}
	}
}

// sealed goes on once the ledger was to be encrypted.
func (r *Root) sealed(m shut) tea.Cmd {
	if m.err == nil || r.leaving == nil {
		return tea.Quit
	}
	r.leaving.busy, r.leaving.fault = false, r.notSealed(m.err)
	return nil
}

// leaveKey takes a key on the page of leaving.
func (r *Root) leaveKey(m tea.KeyPressMsg) tea.Cmd {
	l := r.leaving
	if l.busy || r.small() {
		return nil
	}
	switch {
	case ui.Is(m, ui.Quit):
		return tea.Quit
	case l.list.Update(m):
	case ui.Is(m, ui.Open):
		return r.leaveChosen()
	}
	return nil
}

func (r *Root) leaveChosen() tea.Cmd {
	if it, ok := r.leaving.list.Selected(); ok && it.Key == "leave" {
		return tea.Quit
	}
	return r.quit()
}

func (l *leaving) Init() tea.Cmd          { return nil }
func (l *leaving) Update(tea.Msg) tea.Cmd { return nil }
func (l *leaving) Title() string          { return "退出程序" }
func (l *leaving) Unsaved() string        { return "" }
func (l *leaving) Help() []string         { return nil }

func (l *leaving) Hints() []ui.Hint {
	if l.busy {
		return nil
	}
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Quit, Label: "就这样退出"}}
}

func (l *leaving) SetSize(w, h int) {
	l.w, l.h = w, h
	l.list.SetSize(w-8, len(l.list.Items()))
}

// top gives the lines above the choices.
func (l *leaving) top() []string {
	st := l.app.Styles
	if l.busy {
		return []string{"", "    " + st.Title.Render("正在加密台账…"), "", "    请不要关电脑,不要拔盘;加密好了程序自己退出。"}
	}
	lines := []string{"", "    " + st.Fault.Render("退出时没有全部加密好"), ""}
	for _, line := range ui.Wrap(l.fault, max(l.w-8, 20)) {
		lines = append(lines, "    "+line)
	}
	lines = append(lines, "")
	for _, line := range ui.Wrap("磁盘满了,请腾出空间;U盘松了,请插好。在加密好以前,不要把电脑和盘交给别人。", max(l.w-8, 20)) {
		lines = append(lines, "    "+line)
	}
	return append(lines, "", "    请选一项:", "")
}

func (l *leaving) View() (string, *tea.Cursor) {
	lines := l.top()
	if !l.busy {
		list, _ := l.list.View(l.app.Styles)
		for _, line := range list {
			lines = append(lines, "    "+line)
		}
	}
	return strings.Join(lines, "\n"), nil
}

// notSealed says what an encryption that failed leaves behind, and what to do.
func (r *Root) notSealed(err error) string {
	if known := plainError(err); known != nil {
		return known.Message
	}
	return strings.TrimRight(r.explain(err), "。") + "。没有加密的台账还在“" + r.o.Path + "”,存过的都在;请再打开一次程序、打口令、退出,就会加密。"
}

// plainError finds among errors the one that says what stands in clear.
func plainError(err error) *model.Error {
	var known *model.Error
	if many, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // The tree is walked by hand.
		for _, part := range many.Unwrap() {
			if known := plainError(part); known != nil {
				return known
			}
		}
		return nil
	}
	if errors.As(err, &known) && known.Code == "E-PLAIN" {
		return known
	}
	return nil
}

// sealedText says that the ledger is encrypted again.
func sealedText(path string) string {
	return "台账已重新加密(" + filepath.Base(path) + "),下次打开要打口令。"
}

// Close ends what commands still do and closes the ledger that is open, once; an
// encrypted one is encrypted. Where that fails, what is left is said in the error, and
// Close tries again. Screens keep the ledger: a draft may still be on its way, and finds
// it closed rather than gone.
func (r *Root) Close() error {
	r.cancel()
	r.closing.Lock()
	defer r.closing.Unlock()
	if l := r.app.Ledger; l != nil {
		if k := copies.Of(l); k != nil {
			k.Wait() // a backup that is given up takes its half away
		}
	}
	sitting := r.app.Sitting
	if sitting == nil {
		sitting = r.sitting
	}
	switch {
	case r.closed:
		return nil
	case sitting != nil:
		// A signal, or the end of the program, doesn't stop it half-way.
		err := sitting.Close(context.WithoutCancel(r.app.Ctx))
		r.closed = err == nil
		return err
	case r.app.Ledger == nil:
		return r.closeWaiting()
	}
	r.closed = true
	return errors.Join(r.app.Ledger.Close(), r.closeWaiting())
}

// holding has Close wait for a ledger that is just being opened, so that none is left in
// clear by a program that ends meanwhile.
func (r *Root) holding(unseal Unsealer) Unsealer {
	if unseal == nil {
		return nil
	}
	return func(ctx context.Context, passphrase string) (ui.Sitting, error) {
		r.closing.Lock()
		defer r.closing.Unlock()
		if r.closed || ctx.Err() != nil {
			return nil, context.Canceled
		}
		s, err := unseal(ctx, passphrase)
		if err == nil {
			r.sitting = s
		}
		return s, err
	}
}

// sealedRestore is how screens before a ledger restore an encrypted one.
func (r *Root) sealedRestore() *sealedRestore {
	return &sealedRestore{source: r.o.Source, hold: r.holding}
}

// sealing tells whether an encrypted ledger has to be left.
func (r *Root) sealing() bool {
	r.closing.Lock()
	defer r.closing.Unlock()
	return r.app.Sitting != nil || r.sitting != nil
}

// part ends a program over an encrypted ledger. What is said here stands on the terminal
// once the screen is gone, where nothing wipes it away: whether the ledger is encrypted
// again. stopped is the signal that ended the program, nil for the person; fault what was
// wrong with the terminal.
func (r *Root) part(stopped *model.Error, fault error) error {
	before := ""
	switch {
	case stopped != nil:
		before = stopped.Message + "。"
	case fault != nil:
		before = r.explain(fmt.Errorf("screens: %w", fault)) + "。"
	}
	if err := r.Close(); err != nil {
		return model.Errorf("E-PLAIN", "%s%s", before, r.notSealed(err))
	}
	if before != "" {
		return model.Errorf("E-STOPPED", "%s%s", before, sealedText(r.o.Path))
	}
	if r.o.Farewell != nil {
		r.o.Farewell(sealedText(r.o.Path))
	}
	return nil
}
