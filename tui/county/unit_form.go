package county

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// unitForm asks what is needed to retire a unit or to give it another code, shows what
// that will do, and does it.
type unitForm struct {
	app   *ui.App
	unit  county.Life
	title string
	note  string
	form  ui.ShortForm
	w, h  int
	// plan says what is done, do does it; after gives the code that the unit has then.
	plan func() ([]string, error)
	do   func() error
	// fields tells which row an error's code belongs to.
	fields map[string]string
	after  func() string
}

var _ ui.Screen = (*unitForm)(nil)

type unitPlanned struct {
	say []string
	err error
}

func newUnitForm(app *ui.App, u county.Life, title string) *unitForm {
	f := &unitForm{app: app, unit: u, title: title, after: func() string { return u.Code }}
	f.form.App = app
	return f
}

func (f *unitForm) text(name, label, note, value string) *ui.ShortRow {
	r := ui.TextRow(f.app, name, label, value, note)
	r.Input.Fold = model.HalfWidth
	return r
}

// newRetireForm asks how and when a unit ended.
func newRetireForm(app *ui.App, u county.Life) *unitForm {
	f := newUnitForm(app, u, "登记撤销或合并")
	f.note = "以前的数照旧算它;以后不再催报"
	if !app.Words().Sums() {
		f.note += ",它还在册的党员记为“待转接”,在别的单位登记在册以后就不再另算"
	}
	f.note += "。"
	f.form.Rows = []*ui.ShortRow{
		{Name: "what", Label: "怎样了", Choices: []string{county.Abolished, "合并到别的单位"}},
		f.text("into", "并入哪个单位", "写代码或名称;撤销的空着", ""),
		f.text("on", "从哪一天起", "例如 2026-07-01;这一天起不再有它", string(app.Today())),
		{Name: "go", Label: "登记", Act: f.ask},
	}
	f.fields = map[string]string{"E-INTO": "into", "E-UNKNOWN-UNIT": "into", "E-REASON": "into"}
	retirement := func() (county.Retirement, error) {
		r := county.Retirement{Code: u.Code, Reason: county.Abolished}
		var err error
		if r.On, err = f.day(); err != nil || f.form.Value("what") == county.Abolished {
			return r, err
		}
		r.Reason = county.Merged
		if f.form.Value("into") == "" {
			return r, model.Errorf("E-INTO", "请写明并入哪个单位")
		}
		lives, err := county.Lives(app.Ctx, app.Ledger)
		if err != nil {
			return r, err
		}
		other, err := county.FindUnit(lives, f.form.Value("into"))
		r.Into = other.Code
		return r, err
	}
	f.plan = func() ([]string, error) {
		r, err := retirement()
		if err != nil {
			return nil, err
		}
		return county.RetirePlan(app.Ctx, app.Ledger, r)
	}
	f.do = func() error {
		r, err := retirement()
		if err != nil {
			return err
		}
		return county.Retire(app.Ctx, app.Ledger, r)
	}
	return f
}

// newRecodeForm asks for a unit's new code.
func newRecodeForm(app *ui.App, u county.Life) *unitForm {
	f := newUnitForm(app, u, "登记换代码")
	w := app.Words()
	f.note = w.Kept + "、密钥、序号和以前的报送都跟着它。" + w.There + "还用旧代码报的照收;取入下一份回执后," + w.There + "的台账自动改用新代码。"
	f.form.Rows = []*ui.ShortRow{
		f.text("code", "新代码", "6 到 24 位数字或字母;原来是 "+u.Code, ""),
		f.text("on", "从哪一天起", "例如 2026-07-01;这一天起用新代码", string(app.Today())),
		{Name: "go", Label: "登记", Act: f.ask},
	}
	f.fields = map[string]string{"E-CODE": "code", "E-TAKEN": "code"}
	code := func() string { return strings.Join(strings.Fields(f.form.Value("code")), "") }
	f.after = code
	f.plan = func() ([]string, error) {
		on, err := f.day()
		if err != nil {
			return nil, err
		}
		return county.RecodePlan(app.Ctx, app.Ledger, u.Code, code(), on)
	}
	f.do = func() error {
		on, err := f.day()
		if err != nil {
			return err
		}
		return county.Recode(app.Ctx, app.Ledger, u.Code, code(), on)
	}
	return f
}

// day reads the day that was typed.
func (f *unitForm) day() (model.Date, error) {
	day, err := model.ParseDate(f.form.Value("on"))
	if err == nil && day == "" {
		err = model.Errorf("E-DATE", "请写明从哪一天起")
	}
	if err != nil {
		return "", &model.Error{Code: "E-DATE", Message: err.Error()}
	}
	return day, nil
}

func (f *unitForm) Title() string { return f.title }

func (f *unitForm) Unsaved() string { return "" }

func (f *unitForm) Init() tea.Cmd { return nil }

func (f *unitForm) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "登记"}, {Action: ui.Back, Label: "返回"}}
}

func (f *unitForm) Help() []string {
	return []string{f.note, "填好以后按 F2:先说明会怎样,确认了才办。办错了可以撤回或改回去。"}
}

func (f *unitForm) SetSize(w, h int) { f.w, f.h = w, h }

func (f *unitForm) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(unitPlanned); ok {
		return f.planned(m)
	}
	return f.form.Drive(msg, f.head(), f.ask)
}

// ask works out what would be done.
func (f *unitForm) ask() tea.Cmd {
	return func() tea.Msg {
		say, err := f.plan()
		return unitPlanned{say, err}
	}
}

// planned shows what will be done, or beside its field what is wrong.
func (f *unitForm) planned(m unitPlanned) tea.Cmd {
	var known *model.Error
	switch {
	case errors.As(m.err, &known):
		name := f.fields[known.Code]
		if name == "" {
			name = "on"
		}
		f.form.Focus(name)
		f.form.Row(name).Fault = known.Message
		return nil
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	app, code := f.app, f.after()
	do := func() tea.Msg {
		if err := f.do(); err != nil {
			return ui.Failed{Err: err}
		}
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(unitChanged{code, "已登记;" + resign(app)}))()
	}
	return ui.Do(ui.Ask{Title: f.title, Text: strings.Join(m.say, "。\n") + "。", Choices: []ui.Choice{{Label: "返回再改"}, {Label: "照这样登记", Cmd: do}}})
}

// resign signs the county's profile anew where its key is at hand, and says so. It runs in
// commands.
func resign(app *ui.App) string {
	key := app.Key.Open
	var err error
	if key == nil {
		key, err = openKey(app.Ctx, app.Ledger, app.Key.Path, "", app.Drives())
	}
	var p *bundle.Profile
	if err == nil {
		p, err = county.Reissue(app.Ctx, app.Ledger, key, county.ProfilePath(app.Ledger), nil)
	}
	if err != nil {
		return "配置文件还没有重新签发(密钥没有打开),下次签发时一起改"
	}
	return "配置文件升为第 " + fmt.Sprint(p.Version) + " 版,请发给" + app.Words().Each()
}

// head is the room above the rows.
func (f *unitForm) head() int { return 3 + len(ui.Wrap(f.note, f.w-2)) }

func (f *unitForm) View() (string, *tea.Cursor) {
	st := f.app.Styles
	lines := []string{" " + st.Title.Render(ui.Cut(ui.Clean(f.unit.Code+" "+f.unit.Called()), f.w-2))}
	for _, l := range ui.Wrap(f.note, f.w-2) {
		lines = append(lines, " "+st.Muted.Render(l))
	}
	lines = append(lines, ui.Rule(st, "", f.w), "")
	lines, cursor := f.form.Below(lines, f.w)
	return joinLines(lines), cursor
}
