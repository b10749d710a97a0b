package tui

import (
	"context"
	"errors"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// ledgerForm asks for the few things that a new ledger needs.
type ledgerForm struct {
	app  *ui.App
	path string
	rows rows
	busy bool
	w, h int
}

var _ ui.Screen = (*ledgerForm)(nil)

// homeKind is the kind whose record the home organisation is.
const homeKind = "organization"

func newLedgerForm(app *ui.App, path string) *ledgerForm {
	f := &ledgerForm{app: app, path: path}
	org := model.Kinds.Kind(homeKind)
	f.rows.app = app
	f.rows.rows = []*row{
		textRow(app, "code", "组织代码 *", "", "6 到 24 位数字或字母,县里发的名单上有"),
		textRow(app, "name", "名称 *", "", "党组织全称"),
		choiceRow("kind", "组织类别", org.Field("kind").Choices, "党支部"),
		choiceRow("domain", "所在领域", org.Field("domain").Choices, "行政村"),
		textRow(app, "township", "乡镇", "", ""),
		textRow(app, "county", "县市", "", ""),
		textRow(app, "profile", "县配置文件", "", "县里发来的 county.json 的位置;没有就空着,以后再取入"),
		{name: "create", label: "建立台账", act: f.create},
	}
	return f
}

func (f *ledgerForm) Init() tea.Cmd { return nil }
func (f *ledgerForm) Title() string { return "新建本村台账" }

func (f *ledgerForm) Unsaved() string {
	if f.rows.value("code")+f.rows.value("name") == "" {
		return ""
	}
	return "新建台账填到一半"
}

func (f *ledgerForm) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "建立台账"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "返回"}}
}

func (f *ledgerForm) Help() []string {
	return []string{
		"带 * 的两项必须填,其余以后还可以在“党组织”里补。",
		"按回车或 Tab 到下一项;类别和领域用左右键换。填好后按 F2(或 Ctrl+S)建立台账。",
		"县配置文件是县里发的 county.json,有了它才能导出加密的报送包。",
	}
}

func (f *ledgerForm) SetSize(w, h int) { f.w, f.h = w, h }

func (f *ledgerForm) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(notDone); ok {
		f.busy = false
		return f.refused(m.err)
	}
	if f.busy {
		return nil
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if ui.Is(m, ui.Save) {
			return f.create()
		}
		cmd, taken := f.rows.update(m)
		if !taken && ui.Is(m, ui.Back) {
			return ui.Do(ui.Pop{})
		}
		return cmd
	case tea.PasteMsg:
		return f.rows.paste(m)
	case tea.MouseClickMsg:
		return f.rows.click(m.Y - 1)
	}
	return nil
}

// create makes the ledger in a command.
func (f *ledgerForm) create() tea.Cmd {
	for _, name := range []string{"code", "name"} {
		if r := f.rows.row(name); r.value() == "" {
			r.fault = "请填写" + strings.TrimSuffix(r.label, " *")
			f.rows.focus(name)
			return nil
		}
	}
	home := store.Home{
		Code: model.HalfWidth(f.rows.value("code")), Name: f.rows.value("name"), Kind: f.rows.value("kind"),
		Domain: f.rows.value("domain"), Township: f.rows.value("township"), County: f.rows.value("county"),
	}
	profile := f.rows.value("profile")
	f.busy = true
	return func() tea.Msg {
		l, err := createLedger(f.app.Ctx, f.path, home, profile)
		if err != nil {
			return notDone{err}
		}
		return opened{l}
	}
}

// createLedger makes a ledger and takes the county's profile in. A profile that
// can't be taken leaves no ledger behind, so that the form can be sent again.
func createLedger(ctx context.Context, path string, home store.Home, profile string) (*store.Ledger, error) {
	var data []byte
	if profile != "" {
		var err error
		if data, err = os.ReadFile(profile); err != nil {
			return nil, &model.Error{Code: "E-FILE", Field: "profile", Message: "读不出这个配置文件,请核对位置和文件名:" + profile}
		}
	}
	l, err := store.Create(ctx, path, home, store.Options{})
	if err != nil || data == nil {
		return l, err
	}
	if err := l.SetProfile(ctx, data); err != nil {
		err = errors.Join(err, l.Close())
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if e := os.Remove(path + suffix); e != nil && !errors.Is(e, os.ErrNotExist) {
				err = errors.Join(err, e)
			}
		}
		var known *model.Error
		if errors.As(err, &known) {
			return nil, &model.Error{Code: known.Code, Field: "profile", Message: known.Message}
		}
		return nil, err
	}
	return l, nil
}

// refused shows what is wrong under the fields that it is about.
func (f *ledgerForm) refused(err error) tea.Cmd {
	var (
		known   *model.Error
		refusal *store.Refusal
		shown   bool
	)
	mark := func(field, text string) {
		if r := f.rows.row(field); field != "" && r != nil {
			r.fault = text
			if !shown {
				f.rows.focus(field)
			}
			shown = true
		}
	}
	switch {
	case errors.As(err, &refusal):
		for _, g := range model.Faults(refusal.Findings) {
			mark(g.Field, g.Message)
		}
	case errors.As(err, &known):
		mark(known.Field, known.Message)
	}
	if shown {
		return nil
	}
	return ui.Do(ui.Failed{Err: err})
}

func (f *ledgerForm) View() (string, *tea.Cursor) {
	lines, cursor := f.rows.view(f.w)
	if cursor != nil {
		cursor.Y++
	}
	lines = append([]string{""}, lines...)
	if f.busy {
		cursor = nil
		lines = append(lines, "", "  正在建立台账…")
	}
	return strings.Join(lines, "\n"), cursor
}
