package county

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// review is 待核实: the bundles that would take away what nobody explains, with the names.
// F8 refuses the chosen one, F2 takes it in once it is written down who was asked.
type review struct {
	app     *ui.App
	done    func(county.Intake) // where set, is told what became of each
	list    ui.Chooser
	waiting []county.Undecided
	w, h    int

	step   reviewStep
	asked  *ui.Input // who was asked, while it is typed
	secret string    // the key's passphrase as typed so far
	fault  string
	note   string // what was decided last
}

var _ ui.Screen = (*review)(nil)

type reviewStep int

const (
	reviewChoose reviewStep = iota
	reviewAsked             // who was asked is typed
	reviewSecret            // the key's passphrase is typed
	reviewAtWork
)

type (
	reviewRead struct{ waiting []county.Undecided }
	// reviewOpened is the key for what is to be taken in.
	reviewOpened struct {
		key *bundle.CountyKey
		err error
	}
	reviewed struct {
		in  county.Intake
		err error
	}
)

// NewReview gives 待核实. done, where set, is told what became of each bundle.
func NewReview(app *ui.App, done func(county.Intake)) ui.Screen {
	s := &review{app: app, done: done}
	s.list.Empty = "正在读取…"
	return s
}

// Title implements ui.Screen.
func (s *review) Title() string { return "待核实" }

// Unsaved implements ui.Screen.
func (s *review) Unsaved() string { return "" }

// Init implements ui.Screen.
func (s *review) Init() tea.Cmd {
	return func() tea.Msg {
		waiting, err := county.WaitingBundles(s.app.Ctx, s.app.Ledger, "")
		if err != nil {
			return ui.Failed{Err: err}
		}
		return reviewRead{waiting}
	}
}

// Hints implements ui.Screen.
func (s *review) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	switch s.step {
	case reviewAsked:
		return []ui.Hint{{Action: ui.Save, Label: "收下"}, back}
	case reviewSecret:
		return []ui.Hint{{Action: ui.Open, Label: "打开密钥"}, back}
	case reviewAtWork:
		return nil
	}
	if len(s.waiting) == 0 || s.app.Ledger.ReadOnly() {
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Delete, Label: "退回"}, {Action: ui.Save, Label: "问过了,收下"}, back}
}

// Help implements ui.Screen.
func (s *review) Help() []string {
	w := s.app.Words()
	if w.Sums() {
		return []string{
			"这里的报送包检查都没有问题,但汇总的单位或乡镇比上次少了。" + w.Here() + "先放着没有收,原来的数字一点没动,U盘不用留着。",
			"下面写着少了多少。请给" + w.There + "打电话:不该少的,按 F8 退回,请" + w.There + "核对后重新导出;确实该少的(撤销、合并),按 F2,写明问了谁、怎么说的,再收下。",
			"不定也不要紧:" + w.There + "以后的报送包来了,旧的自动不用再核实。结果写在下一次的回执里," + w.There + "看得到。",
		}
	}
	return []string{
		"这里的报送包检查都没有问题,但照它换下去,会有在册党员没有办理变动就少了,或一类记录少了三分之一以上。县里先放着没有收,原来的记录一点没动,U盘不用留着。",
		"下面写着少了谁。请给村里打电话:删错了的,按 F8 退回,请村里恢复后重新导出;确实该少的,按 F2,写明问了谁、怎么说的,再收下。",
		"不定也不要紧:村里以后的报送包来了,旧的自动不用再核实。",
		"结果写在下一次的回执里,村里看得到。",
	}
}

// SetSize implements ui.Screen.
func (s *review) SetSize(w, h int) {
	s.w, s.h = w, h
	s.fit()
}

// reviewHead is the room above the list.
const reviewHead = 2

// fit gives the list what it needs, at most a third of the room: the rest is the names'.
func (s *review) fit() {
	s.list.SetSize(s.w, max(min(len(s.waiting), (s.h-reviewHead)/3), 1))
}

// Update implements ui.Screen.
func (s *review) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case reviewRead:
		s.fill(m.waiting)
	case reviewOpened:
		return s.opened(m)
	case reviewed:
		return s.decided(m)
	case ui.Changed:
		return s.Init()
	case tea.PasteMsg:
		switch s.step {
		case reviewAsked:
			return s.asked.Update(m)
		case reviewSecret:
			s.secret += ui.Clean(m.Content)
		}
	case tea.KeyPressMsg:
		s.fault = ""
		return s.key(m)
	case tea.MouseClickMsg:
		if s.step == reviewChoose {
			s.list.Click(m.X, m.Y-reviewHead)
		}
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *review) key(m tea.KeyPressMsg) tea.Cmd {
	switch s.step {
	case reviewAtWork:
		return nil
	case reviewAsked:
		switch {
		case ui.Is(m, ui.Back):
			s.step = reviewChoose
		case ui.Is(m, ui.Save), m.String() == "enter":
			return s.accept()
		default:
			return s.asked.Update(m)
		}
		return nil
	case reviewSecret:
		switch {
		case ui.Is(m, ui.Back):
			s.secret, s.step = "", reviewAsked
		case m.String() == "enter":
			return s.openKey()
		default:
			s.secret = typedSecret(s.secret, m)
		}
		return nil
	}
	switch {
	case s.list.Update(m):
		s.note = ""
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Delete):
		return s.askRefuse()
	case ui.Is(m, ui.Save):
		s.askAsked()
	}
	return nil
}

// chosen is the bundle that the keys are about, nil where none is.
func (s *review) chosen() *county.Undecided {
	it, ok := s.list.Selected()
	if !ok {
		return nil
	}
	u, _ := it.Value.(*county.Undecided)
	return u
}

// writable tells whether a decision can be made, and says why not.
func (s *review) writable() bool {
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是只读打开的,不能决定;请关掉别的窗口,重新打开程序"
		return false
	}
	return s.chosen() != nil
}

func (s *review) askRefuse() tea.Cmd {
	if !s.writable() {
		return nil
	}
	u, w := *s.chosen(), s.app.Words()
	return ui.Do(ui.Ask{Title: "退回", Text: fmt.Sprintf("退回 %s %s第 %d 号?%s原来的%s不动,下一次的回执请%s改好重新导出。", model.Clean(u.Name, false), u.Month.Chinese(), u.Sequence, w.Here(), w.Kept, w.There),
		Choices: []ui.Choice{{Label: "退回", Cmd: s.decide(nil, u, county.Decision{})}, {Label: "先放着"}}})
}

// askAsked asks whom the clerk has asked.
func (s *review) askAsked() {
	if !s.writable() {
		return
	}
	if s.asked == nil {
		s.asked = ui.NewInput(s.app.Styles)
	}
	s.asked.SetValue("")
	s.step = reviewAsked
}

// accept takes the chosen bundle in, with the key where it is open already.
func (s *review) accept() tea.Cmd {
	u := s.chosen()
	if u == nil {
		s.step = reviewChoose
		return nil
	}
	if model.Clean(s.asked.Value(), false) == "" {
		s.fault = "请写明问了谁、怎么说的,例如:电话问过书记,两人是重复登记"
		return nil
	}
	if s.app.Key.Open == nil {
		return s.openKey()
	}
	s.step = reviewAtWork
	return s.decide(s.app.Key.Open, *u, county.Decision{Accept: true, Asked: s.asked.Value()})
}

func (s *review) openKey() tea.Cmd {
	s.step = reviewAtWork
	path, secret := s.app.Key.Path, s.secret
	return func() tea.Msg {
		key, err := openKey(s.app.Ctx, s.app.Ledger, path, secret, s.app.Drives())
		return reviewOpened{key, err}
	}
}

func (s *review) opened(m reviewOpened) tea.Cmd {
	switch {
	case errors.Is(m.err, errLocked):
		s.step = reviewSecret
		return nil
	case m.err != nil:
		s.step = reviewAsked
		if s.secret != "" {
			s.step, s.secret = reviewSecret, ""
		}
		return s.complain(m.err)
	}
	s.app.Key.Open, s.secret = m.key, ""
	return s.accept()
}

// decide gives the command that says yes or no.
func (s *review) decide(key *bundle.CountyKey, u county.Undecided, d county.Decision) tea.Cmd {
	return func() tea.Msg {
		in, err := county.Decide(s.app.Ctx, s.app.Ledger, key, u.Code, u.Seq, d)
		return reviewed{in, err}
	}
}

func (s *review) decided(m reviewed) tea.Cmd {
	s.step = reviewChoose
	if m.err != nil {
		return tea.Batch(s.complain(m.err), s.Init())
	}
	if s.done != nil {
		s.done(m.in)
	}
	s.note = "已收下:"
	if m.in.Verdict == county.Refused {
		s.note = "已退回:"
	}
	s.note += fmt.Sprintf("%s %s第 %d 号,写进下一次的回执", model.Clean(m.in.Name, false), m.in.Month.Chinese(), m.in.Sequence)
	return tea.Batch(s.Init(), ui.Do(ui.Changed{}))
}

// complain shows what is to be known by the person here, and a fault as any other.
func (s *review) complain(err error) tea.Cmd {
	var known *model.Error
	if errors.As(err, &known) {
		s.fault = known.Message
		return nil
	}
	return ui.Do(ui.Failed{Err: err})
}
