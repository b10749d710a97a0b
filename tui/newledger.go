package tui

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// ledgerForm asks for the few things that a new ledger needs.
type ledgerForm struct {
	app  *ui.App
	path string
	rows ui.ShortForm
	busy bool
	w, h int
}

var _ ui.Screen = (*ledgerForm)(nil)

// cardRead is a start card that the form is filled with.
type cardRead struct {
	path string
	card *bundle.Card
}

// homeKind is the kind whose record the home organisation is.
const homeKind = "organization"

// What the county hands out.
var (
	cardFile    = ui.PathAsk{Title: "选启动卡", Help: "启动卡(…card.json)在哪里,按 ↓ 从列表里选:", Exts: []string{".json"}, Stick: true}
	profileFile = ui.PathAsk{Title: "选县配置文件", Help: "县里发来的 county.json 在哪里,按 ↓ 从列表里选:", Exts: []string{".json"}, Stick: true}
)

func newLedgerForm(app *ui.App, path string) *ledgerForm {
	f := &ledgerForm{app: app, path: path}
	org := party.Kinds.Kind(homeKind)
	f.rows.App = app
	f.rows.Rows = []*ui.ShortRow{
		ui.TextRow(app, "card", "启动卡", "", "县里发的 …card.json:按 F3 从列表里选,选好按回车;没有就空着"),
		ui.TextRow(app, "code", "组织代码", "", "6 到 24 位数字或字母,县里发的名单上有"),
		ui.TextRow(app, "name", "名称", "", "党组织全称"),
		ui.ChoiceRow("kind", "组织类别", org.Field("kind").Choices, "党支部"),
		ui.ChoiceRow("domain", "所在领域", org.Field("domain").Choices, "行政村"),
		ui.TextRow(app, "township", "乡镇", "", ""),
		ui.TextRow(app, "county", "县市", "", ""),
		ui.TextRow(app, "first_month", "从哪个月记起", string(app.Today().Month()), "以前的事不在台账里;读入的党员算这个月以前就在册"),
		ui.TextRow(app, "profile", "县配置文件", "", "县里发来的 county.json:按 F3 从列表里选;没有就空着,以后再取入"),
		{Name: "create", Label: "建立台账", Act: f.create},
	}
	for _, name := range []string{"code", "name"} {
		f.rows.Row(name).Must = true
	}
	f.rows.Row("card").Browse, f.rows.Row("profile").Browse = &cardFile, &profileFile
	f.rows.Focus("code")
	return f
}

// Init looks for start cards on the sticks.
func (f *ledgerForm) Init() tea.Cmd {
	return func() tea.Msg { return cardsFound{findCards(f.app.Drives())} }
}

func (f *ledgerForm) Title() string { return "新建本村台账" }

func (f *ledgerForm) Unsaved() string {
	if f.rows.Value("code")+f.rows.Value("name") == "" {
		return ""
	}
	return "新建台账填到一半"
}

func (f *ledgerForm) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "建立台账"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "返回"}}
}

func (f *ledgerForm) Help() []string {
	return []string{
		"县里发了启动卡的,插上U盘就会列出来;也可以在“启动卡”里写它的位置,按回车,各项就自动填好。",
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
	case cardsFound:
		if len(m.cards) > 0 && f.Unsaved() == "" {
			return ui.Do(ui.Push{Screen: newCardList(f.app, m.cards)})
		}
	case cardChosen:
		if m.path != "" {
			return f.readCard(m.path)
		}
	case cardRead:
		f.fill(m)
	case tea.KeyPressMsg:
		if r := f.rows.Rows[f.rows.Cur]; r.Name == "card" && m.String() == "enter" && r.Value() != "" {
			return f.readCard(r.Value())
		}
	}
	return f.rows.Drive(msg, 1, f.create)
}

func (f *ledgerForm) readCard(path string) tea.Cmd {
	return func() tea.Msg {
		path := ui.CompletePath(path, cardFile)
		c, err := readCard(path)
		if err != nil {
			return notDone{err}
		}
		return cardRead{path, c}
	}
}

// fill shows what a start card says; the profile comes out of it.
func (f *ledgerForm) fill(m cardRead) {
	home := send.HomeOfCard(m.card)
	f.rows.Row("card").Input.SetValue(m.path)
	for name, value := range map[string]string{"code": home.Code, "name": home.Name, "township": home.Township, "county": home.County} {
		r := f.rows.Row(name)
		r.Fault = ""
		r.Input.SetValue(value)
	}
	for name, value := range map[string]string{"kind": home.Kind, "domain": home.Domain} {
		r := f.rows.Row(name)
		r.At = max(slices.Index(r.Choices, value), 0)
	}
	f.rows.Row("profile").Note = "启动卡里有,不用填"
	f.rows.Focus("create")
}

// create makes the ledger in a command.
func (f *ledgerForm) create() tea.Cmd {
	for _, name := range []string{"code", "name"} {
		if r := f.rows.Row(name); r.Value() == "" {
			r.Fault = "请填写" + r.Label
			f.rows.Focus(name)
			return nil
		}
	}
	home := store.Home{
		Code: model.HalfWidth(f.rows.Value("code")), Name: f.rows.Value("name"), Kind: f.rows.Value("kind"),
		Domain: f.rows.Value("domain"), Township: f.rows.Value("township"), County: f.rows.Value("county"),
	}
	first, err := model.ParseMonthOn(f.rows.Value("first_month"), f.app.Today())
	if err != nil || first == "" {
		f.rows.Row("first_month").Fault = "请写成 2026-10 这样的月份"
		f.rows.Focus("first_month")
		return nil
	}
	home.FirstMonth = first
	card, profile := f.rows.Value("card"), f.rows.Value("profile")
	f.busy = true
	return func() tea.Msg {
		var l *store.Ledger
		var err error
		if card != "" {
			l, err = fromCard(f.app.Ctx, f.path, ui.CompletePath(card, cardFile), home)
		} else {
			l, err = createLedger(f.app.Ctx, f.path, home, ui.CompletePath(profile, profileFile))
		}
		if err != nil {
			return notDone{err}
		}
		return opened{ledger: l}
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
	return book.CreateWith(ctx, path, home, data, store.Options{})
}

// fromCard makes the ledger that the form shows with what a start card holds.
func fromCard(ctx context.Context, path, file string, home store.Home) (*store.Ledger, error) {
	c, err := readCard(file)
	if err != nil {
		return nil, err
	}
	if home.Code != c.Code {
		return nil, &model.Error{Code: "E-CARD", Field: "code", Message: "启动卡上的代码是 " + c.Code + ";卡不是本村的,请清空上面“启动卡”一项"}
	}
	l, err := book.CreateWith(ctx, path, home, []byte(c.Profile), store.Options{})
	var known *model.Error
	if errors.As(err, &known) && known.Field == "profile" {
		return nil, underField("card", err)
	}
	return l, err
}

// underField says a known error under a field of a form.
func underField(field string, err error) error {
	var known *model.Error
	if errors.As(err, &known) {
		return &model.Error{Code: known.Code, Field: field, Message: known.Message}
	}
	return err
}

// refused shows what is wrong under the fields that it is about.
func (f *ledgerForm) refused(err error) tea.Cmd {
	var (
		known   *model.Error
		refusal *store.Refusal
		shown   bool
	)
	mark := func(field, text string) {
		if r := f.rows.Row(field); field != "" && r != nil {
			r.Fault = text
			if !shown {
				f.rows.Focus(field)
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
	lines, cursor := f.rows.Below([]string{""}, f.w)
	if f.busy {
		cursor = nil
		lines = append(lines, "", "  正在建立台账…")
	}
	return strings.Join(lines, "\n"), cursor
}
