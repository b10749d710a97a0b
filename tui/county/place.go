package county

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// places offers where something is written for the villages: the sticks, the folder that
// was last taken for it, and any other.
type places struct {
	app     *ui.App
	list    ui.Chooser
	setting string // keeps the folder last taken
	what    string // what is written, for the question: 启动卡
	run     int
	drives  []string // as last found
	last    string   // the folder last taken that is no stick of now; "" for none
}

// placesSeen is what there is to write to.
type placesSeen struct {
	run    int
	drives []string
	last   string
}

// lookAgain finds the sticks anew.
func (p *places) lookAgain() tea.Cmd {
	p.run++
	p.list.Empty = "正在找U盘…"
	run, app, setting := p.run, p.app, p.setting
	return func() tea.Msg {
		m := placesSeen{run: run, drives: app.Drives()}
		var err error
		if m.last, err = keptFolder(app, setting); err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

// keptFolder gives the folder that a setting keeps, "" where it is there no more. It
// reads the disk and runs in commands.
func keptFolder(app *ui.App, setting string) (string, error) {
	dir, err := app.Ledger.Setting(app.Ctx, setting)
	if err != nil || dir == "" {
		return "", err
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", nil
	}
	return dir, nil
}

// keepFolder notes a folder for the next time. It writes and runs in commands.
func keepFolder(app *ui.App, setting, dir string) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("folder %s: %w", dir, err)
	}
	if app.Ledger.ReadOnly() {
		return nil
	}
	return app.Ledger.SetSetting(app.Ctx, setting, full)
}

// seen lists what was found.
func (p *places) seen(m placesSeen) {
	if m.run != p.run {
		return
	}
	p.drives, p.last = m.drives, m.last
	var items []ui.Item
	for _, d := range m.drives {
		if filepath.Clean(d) == filepath.Clean(m.last) {
			p.last = ""
		}
		items = append(items, ui.Item{Key: d, Label: d, Note: "U盘"})
	}
	if p.last != "" {
		items = append(items, ui.Item{Key: p.last, Label: p.last, Note: "上次写到这里"})
	}
	p.list.SetItems(append(items, ui.Item{Key: "\x00other", Label: "其他文件夹…", Value: otherItem{}}))
	p.list.Update(tea.KeyPressMsg{Code: tea.KeyHome})
}

// choose goes on with the place at hand, or asks for another folder first.
func (p *places) choose(to func(dir string) tea.Cmd) tea.Cmd {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	if _, other := it.Value.(otherItem); !other {
		return to(it.Key)
	}
	return ui.Do(ui.Push{Screen: ui.NewPathBox(p.app, ui.PathAsk{Title: "其他文件夹", Help: p.what + "写到哪个文件夹,按 ↓ 从列表里选:",
		Path: ui.FolderPath(p.last), Folder: true, Near: true,
		Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(placeTaken{path})) }})})
}

// placeTaken tells which other folder was chosen.
type placeTaken struct{ dir string }

// newReceiving begins something that takes its time: what is told with tell comes to the
// screen as receiveProgress, in the order of next.
func newReceiving(ctx context.Context) (*receiving, context.Context) {
	ctx, stop := context.WithCancel(ctx)
	return &receiving{steps: make(chan receiveProgress, 64), stop: stop}, ctx
}

// tell says how far it has come; a screen that is behind hears the next step.
func (p *receiving) tell(done, all int, what string) {
	select {
	case p.steps <- receiveProgress{done, all, what}:
	default:
	}
}

// end closes what newReceiving began. It runs in the command that does the work.
func (p *receiving) end() {
	p.stop()
	close(p.steps)
}

// lines draw how far it has come, in a width.
func (p *receiving) lines(st *ui.Styles, w int) []string {
	if p == nil || p.all == 0 {
		return []string{"", ""}
	}
	return []string{fmt.Sprintf("  %s %d/%d", ui.ProgressBar(p.done, p.all, 40), p.done, p.all), "  " + st.Muted.Render(ui.Cut(p.last, w-4))}
}

// faultText gives what the person at the keyboard is to know of an error, and else the
// message that shows a fault.
func faultText(err error) (string, tea.Cmd) {
	var known *model.Error
	switch {
	case err == nil:
		return "", nil
	case errors.As(err, &known):
		return known.Message, nil
	}
	return "", ui.Do(ui.Failed{Err: err})
}

// wrapped are sentences in a width, one below the other, drawn by render.
func wrapped(texts []string, w int, render func(...string) string) []string {
	var lines []string
	for _, text := range texts {
		for _, l := range ui.Wrap(text, max(w-2, 10)) {
			lines = append(lines, " "+render(l))
		}
	}
	return lines
}

// readOnlyFault says why nothing can be written down.
func readOnlyFault(app *ui.App) error {
	if x := app.Ledger.Extract(); x != nil {
		return x.Refusal()
	}
	return model.Errorf("E-READONLY", "台账是只读打开的,不能办;请关掉别的窗口,重新打开程序")
}
