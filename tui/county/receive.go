// Package county is the county's own screens: it takes reports in (收报), sees who has
// reported (报送情况), and holds the village's records against each other (交叉核对).
package county

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/county/stick"
	"taizhang/tui/ui"
)

// Receive is 收报: Enter takes a stick's bundles in, Enter again writes the receipts
// back to it, Enter once more goes on to the next stick.
type Receive struct {
	app  *ui.App
	w, h int

	step     receiveStep
	list     ui.Chooser // the sticks, then what became of each bundle
	keyAsked bool       // the key's path was chosen here
	secret   string     // the passphrase as typed so far
	fault    string
	run      int // counts the looks at the sticks

	found    []string // the drives last found
	other    string   // the folder that was taken in last and is no stick
	path     string   // of the stick that is taken in
	progress *receiving
	handled  []county.Intake
	names    map[string]string // of the units, by code
	waiting  int               // bundles that wait for a decision
	late     []string          // which of those handled are of a closed month
	done     answered
}

var _ ui.Screen = (*Receive)(nil)

type receiveStep int

const (
	stepChoose  receiveStep = iota // which stick
	stepSecret                     // the key's passphrase is typed
	stepOpening                    // the key is being opened
	stepTaking                     // bundles are being taken in
	stepTaken                      // what became of them
	stepWriting                    // receipts are being written
	stepWritten
)

// receiving is a stick under way.
type receiving struct {
	done, all int
	last      string
	steps     chan receiveProgress
	stop      context.CancelFunc
}

type (
	receiveProgress struct {
		done, all int
		last      string
	}
	// sticksSeen is what lies on the sticks.
	sticksSeen struct {
		run     int
		drives  []string
		sticks  []stickSeen
		names   map[string]string
		waiting int
	}
	stickSeen struct {
		stick stick.Stick
		fresh int // bundles not taken in before
		fault string
	}
	keyOpened struct {
		key *bundle.CountyKey
		err error
	}
	taken struct {
		handled []county.Intake
		waiting int
		late    []string     // which of them are of a closed month
		stuck   *model.Error // why no receipt can be written to the stick, nil where it can
		err     error
	}
	answered struct {
		receipts  int
		dir, slip string
		elsewhere bool // dir was chosen in the stick's place
		err       error
	}
)

// otherItem is the entry below the sticks.
type otherItem struct{}

// NewReceive gives 收报.
func NewReceive(app *ui.App) *Receive {
	s := &Receive{app: app}
	s.list.Empty = "正在找U盘…"
	return s
}

// Title implements ui.Screen.
func (s *Receive) Title() string { return "收报" }

// Unsaved implements ui.Screen.
func (s *Receive) Unsaved() string {
	switch s.step {
	case stepTaking:
		return "正在接收报送包"
	case stepTaken:
		if s.answers() {
			return "收下的报送包还没有写回执(下次插上同一个U盘再收一遍,就可以补写)"
		}
	}
	return ""
}

// Init implements ui.Screen.
func (s *Receive) Init() tea.Cmd {
	s.run++
	run := s.run
	return func() tea.Msg { return s.look(run) }
}

// look finds the sticks and what lies on them. It runs as a command.
func (s *Receive) look(run int) tea.Msg {
	ctx, l := s.app.Ctx, s.app.Ledger
	units, err := l.Roll(ctx)
	if err != nil {
		return ui.Failed{Err: err}
	}
	keys, err := county.KnownKeys(ctx, l)
	if err != nil {
		return ui.Failed{Err: err}
	}
	last := map[string]int64{}
	for _, k := range keys {
		last[k.Code] = k.Sequence
	}
	wait, err := county.WaitingBundles(ctx, l, "")
	if err != nil {
		return ui.Failed{Err: err}
	}
	m := sticksSeen{run: run, drives: s.app.Drives(), names: map[string]string{}, waiting: len(wait)}
	for _, u := range units {
		m.names[u.Code] = u.Name
	}
	for _, path := range m.drives {
		found, err := stick.Look(ctx, path, stick.Question{Units: units, Otherwise: s.app.Today().Month()})
		seen := stickSeen{stick: found}
		if err != nil {
			seen.fault = "读不出"
		}
		for _, b := range found.Bundles {
			if b.Sequence > last[b.Code] {
				seen.fresh++
			}
		}
		m.sticks = append(m.sticks, seen)
	}
	return m
}

// Hints implements ui.Screen.
func (s *Receive) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	open := func(label string) ui.Hint { return ui.Hint{Action: ui.Open, Label: label} }
	again := ui.Hint{Action: ui.Find, Label: "重新找U盘"}
	switch s.step {
	case stepChoose:
		return s.withReview(open("收下报送包"), again, back)
	case stepSecret:
		return []ui.Hint{open("打开密钥"), back}
	case stepTaking:
		return []ui.Hint{{Action: ui.Back, Label: "停下"}}
	case stepTaken:
		if !s.answers() {
			return s.withReview(open("换下一个U盘"), back)
		}
		return s.withReview(open("写回执到U盘"), back)
	case stepWritten:
		return s.withReview(open("换下一个U盘"), back)
	}
	return nil
}

// Help implements ui.Screen.
func (s *Receive) Help() []string {
	return []string{
		"收一个U盘按三次回车:选中U盘按回车,收下上面的报送包;再按回车,把回执和可以打印的回执单写回这个U盘(“回执”文件夹);最后按回车,换下一个U盘。",
		"插上U盘后没有列出来,按 F4 重新找;也可以选“其他文件夹”,写明放报送包的文件夹。",
		"每个报送包要么整个收下,要么一点不动。以前收过的会跳过,别的文件不会打开。",
		"少了在册党员又没有办理变动的包先放着不收(待核实):按 F5 看少了谁,打电话问过村里再收下或退回。不急着定:照样写回执、换U盘。",
		"收到一半可以按 Esc 停下;U盘被拔掉也不要紧,插好再收一遍就行。",
		"U盘写不了(写保护、满了、拔掉了)时,报送包照样收下,再问回执写到哪个文件夹:选一次就记住,以后按回车就行。",
		"县里的密钥 county.key 要放在台账旁边(或另一个U盘上)。密钥加了口令的,打开程序后问一次。",
	}
}

// SetSize implements ui.Screen.
func (s *Receive) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-receiveHead-receiveFoot, 1))
}

// receiveHead is the room above the list, receiveFoot that below it.
const receiveHead, receiveFoot = 3, 5

// Update implements ui.Screen.
func (s *Receive) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case sticksSeen:
		if m.run == s.run {
			s.found, s.names, s.waiting = m.drives, m.names, m.waiting
			if s.step == stepChoose {
				s.fillSticks(m.sticks)
			}
		}
	case keyOpened:
		return s.opened(m)
	case receiveProgress:
		if s.progress != nil {
			s.progress.done, s.progress.all, s.progress.last = m.done, m.all, m.last
			return s.progress.next()
		}
	case taken:
		return s.took(m)
	case answered:
		s.done, s.step = m, stepWritten
		if m.err != nil {
			s.step = stepTaken
			if why := cannotWrite(m.err); why != nil {
				return s.askPlace(why)
			}
			return s.complain(m.err)
		}
	case answerPlace:
		return s.answerTo(m.dir, m.dir)
	case tea.PasteMsg:
		if s.step == stepSecret {
			s.secret += ui.Clean(m.Content)
		}
	case tea.KeyPressMsg:
		s.fault = ""
		return s.key(m)
	case tea.MouseClickMsg:
		if (s.step == stepChoose || s.step == stepTaken || s.step == stepWritten) && s.list.Click(m.X, m.Y-receiveHead) && s.step == stepChoose {
			return s.forward()
		}
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *Receive) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return s.back()
	case s.step == stepSecret && m.String() != "enter":
		s.secret = typedSecret(s.secret, m)
	case ui.Is(m, ui.Open):
		return s.forward()
	case s.step == stepChoose && ui.Is(m, ui.Find):
		return s.Init()
	case (s.step == stepChoose || s.step == stepTaken || s.step == stepWritten) && ui.Is(m, ui.Filter) && s.waiting > 0:
		return ui.Do(ui.Push{Screen: NewReview(s.app, s.reviewed)})
	default:
		s.list.Update(m)
	}
	return nil
}

// back goes one step back; while bundles are taken in it stops after the present one.
func (s *Receive) back() tea.Cmd {
	switch s.step {
	case stepSecret:
		s.secret = ""
		return s.again()
	case stepTaking:
		s.progress.stop()
		return nil
	case stepOpening, stepWriting:
		return nil
	}
	return ui.Do(ui.Pop{})
}

// again begins with the next stick.
func (s *Receive) again() tea.Cmd {
	s.step, s.handled, s.path = stepChoose, nil, ""
	s.list.SetItems(nil)
	s.list.Empty = "正在找U盘…"
	return s.Init()
}

// forward does what Enter does at this step.
func (s *Receive) forward() tea.Cmd {
	switch s.step {
	case stepChoose:
		it, ok := s.list.Selected()
		if !ok {
			return nil
		}
		if _, other := it.Value.(otherItem); other {
			return s.askFolder()
		}
		return s.begin(it.Key)
	case stepSecret:
		return s.openKey(s.secret)
	case stepTaken:
		if s.answers() {
			return s.answer()
		}
		return s.again()
	case stepWritten:
		return s.again()
	}
	return nil
}
