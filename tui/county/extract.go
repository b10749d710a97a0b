package county

import (
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/extract"
	"taizhang/tui/ui"
)

// extractForm is 给乡镇摘录: which township, with or without what is private, under which
// passphrase, and where to.
type extractForm struct {
	*keyForm
	run *receiving // while it is written
}

var _ ui.Screen = (*extractForm)(nil)

// The rows of it beside those of keyForm, and the answers to what goes along.
const (
	rowTownship = "township"
	rowPrivate  = "private"
	rowPurpose  = "purpose"
	rowReceiver = "receiver"

	privateNo  = "不带"
	privateYes = "带(要写用途和接收单位)"
)

type (
	// townshipsRead tells which townships there are.
	townshipsRead struct{ names []string }
	// extractDone tells what came of writing.
	extractDone struct {
		notes []string
		err   error
	}
)

// NewExtract gives the screen.
func NewExtract(app *ui.App) ui.Screen {
	s := &extractForm{}
	rows := append([]*ui.ShortRow{
		ui.ChoiceRow(rowTownship, "乡镇", []string{"正在读取…"}, ""),
		ui.ChoiceRow(rowPrivate, "身份证号等", []string{privateNo, privateYes}, privateNo),
		ui.TextRow(app, rowPurpose, "用途", extract.Purpose, ""),
		ui.TextRow(app, rowReceiver, "接收单位", "", "空着就是这个乡镇")},
		newSecretRows(app, "摘录的口令")...)
	s.keyForm = newKeyForm(app, "给乡镇摘录", "写摘录", []string{
		"把一个乡镇各单位的记录、报送情况和汇总写成一个加了口令的文件,乡镇打开只能看、能出表,不能改。别的乡镇的记录一条不带。"},
		append(rows, placeRow(app, "写到哪里"))...)
	s.act = s.begin
	return s
}

// Init implements ui.Screen.
func (s *extractForm) Init() tea.Cmd {
	app := s.app
	return func() tea.Msg {
		names, err := extract.Townships(app.Ctx, app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return townshipsRead{names}
	}
}

// Unsaved implements ui.Screen.
func (s *extractForm) Unsaved() string {
	if s.run != nil {
		return "正在写摘录"
	}
	return ""
}

// Help implements ui.Screen.
func (s *extractForm) Help() []string {
	return append(s.keyForm.Help(), "←→ 换乡镇,换带不带身份证号、电话和住址:平时不带;带就写明用途和接收单位。给了谁、做什么用,记在“修改记录”里。",
		"口令打电话告诉乡镇,不要写在U盘上。乡镇的电脑上打开程序,选“从备份恢复”,选这个文件,打口令。",
		"要新的数,再做一份给他们;旧的不会自己变。")
}

// Update implements ui.Screen.
func (s *extractForm) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case townshipsRead:
		s.rows.Row(rowTownship).Choices = m.names
		if len(m.names) == 0 {
			s.rows.Row(rowTownship).Fault = "还没有收到哪个乡镇的报送包,没有可以摘录的"
		}
		return nil
	case receiveProgress:
		if s.run == nil {
			return nil
		}
		s.busy = fmt.Sprintf("%s %d/%d %s", ui.ProgressBar(m.done, m.all, 30), m.done, m.all, m.last)
		return s.run.next()
	case extractDone:
		return s.wrote(m)
	}
	return s.keyForm.Update(msg)
}

// begin looks at what was filled in and writes.
func (s *extractForm) begin() tea.Cmd {
	for _, r := range s.rows.Rows {
		r.Fault = ""
	}
	if s.app.Ledger.ReadOnly() {
		return s.keyForm.done(keyDone{err: readOnlyFault(s.app)})
	}
	o := extract.Options{Township: s.rows.Value(rowTownship), Private: s.rows.Value(rowPrivate) == privateYes,
		Purpose: s.rows.Value(rowPurpose), Receiver: s.rows.Value(rowReceiver)}
	if o.Private && o.Receiver == "" {
		s.rows.Row(rowReceiver).Fault = "带身份证号、电话和住址的,请写明交给谁"
		s.rows.Focus(rowReceiver)
		return nil
	}
	if o.Passphrase = s.newSecret(); o.Passphrase == "" {
		return nil
	}
	dir := s.place()
	if dir == "" {
		return nil
	}
	run, ctx := newReceiving(s.app.Ctx)
	s.run, s.busy = run, "正在统计…"
	o.Each = run.tell
	l := s.app.Ledger
	return tea.Batch(func() tea.Msg {
		defer run.end()
		made, err := extract.Make(ctx, l, filepath.Join(dir, extract.Name(l, o.Township)), o)
		if err != nil {
			return extractDone{err: err}
		}
		return extractDone{notes: append([]string{"已写出:" + made.Path}, made.Notes()...)}
	}, run.next())
}

func (s *extractForm) wrote(m extractDone) tea.Cmd {
	s.run, s.busy = nil, ""
	if m.err != nil {
		return s.keyForm.done(keyDone{err: m.err})
	}
	return tea.Sequence(ui.Do(ui.Changed{}), ui.Do(ui.Ask{Title: "摘录写好了", Text: strings.Join(m.notes, "\n"),
		Choices: []ui.Choice{{Label: "知道了", Cmd: ui.Do(ui.Pop{})}}}))
}
