// Package settings shows whose ledger it is, and takes a newer county profile in.
package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/table"
	"taizhang/tui/ui"
)

// settings shows whose ledger this is, under which county and keys, and takes a
// newer county profile in.
type settings struct {
	app   *ui.App
	read  *settingsRead // nil until it has been read
	fault string
	said  string
	first int // the first line shown
	lines []string
	w, h  int
}

var _ ui.Screen = (*settings)(nil)

// settingsRead is what the settings show; profileTaken tells that a profile is in;
// settingsFault what was wrong with it.
type (
	settingsRead struct {
		profile *bundle.Profile
		public  string // the ledger's own key
		county  bool
		units   int
		stick   string // a county.json on a stick, or a stick, or ""
	}
	profileTaken  struct{ before, now int }
	settingsFault struct{ err error }
)

// New gives 设置.
func New(app *ui.App) ui.Screen { return &settings{app: app} }

// Init reads what is shown.
func (s *settings) Init() tea.Cmd {
	l, drives := s.app.Ledger, s.app.Drives
	return func() tea.Msg {
		var r settingsRead
		var err error
		if r.profile, err = send.Profile(s.app.Ctx, l); err != nil {
			return settingsFault{err}
		}
		if r.public, err = send.PublicKey(s.app.Ctx, l); err != nil {
			return settingsFault{err}
		}
		if r.county, err = l.IsCounty(s.app.Ctx); err != nil {
			return settingsFault{err}
		}
		roll, err := l.Roll(s.app.Ctx)
		if err != nil {
			return settingsFault{err}
		}
		r.units, r.stick = len(roll), profileOnStick(drives())
		return r
	}
}

// profileOnStick proposes where the county's profile may lie.
func profileOnStick(drives []string) string {
	for _, d := range drives {
		if path := filepath.Join(d, "county.json"); isFile(path) {
			return path
		}
	}
	if len(drives) > 0 {
		return drives[0] + string(filepath.Separator)
	}
	if home, err := os.UserHomeDir(); err == nil {
		return home + string(filepath.Separator)
	}
	return ""
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (s *settings) Title() string   { return "设置" }
func (s *settings) Unsaved() string { return "" }

func (s *settings) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if s.app.County { // whose profile is its own
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Sheet, Label: "取入县配置文件"}, back}
}

func (s *settings) Help() []string {
	if s.app.County {
		return []string{
			"这里看得到县里的配置文件是哪一版、定了哪些规定、名单上有多少单位。",
			"改规定用命令 taizhang county set,换单位名单用 taizhang county roll;改好会重新签发 county.json,再发给各村取入。",
			"村里打电话核对密钥时,把“县里校验数字”念给村里听。",
		}
	}
	return []string{
		"这里看得到本台账是谁的、县里的配置文件是哪一版、校验数字是多少。",
		"县里改了规定会发新的 county.json:按 F7 写出它的位置取入,新规定马上照办。别的县的、比现在旧的不会取入。",
		"县里打电话核对密钥时,把“本台账校验数字”念给县里听;“县里校验数字”可以与县里念的对一对。",
	}
}

func (s *settings) SetSize(w, h int) {
	s.w, s.h = w, h
	s.layout()
}

func (s *settings) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case settingsRead:
		s.read = &m
		s.layout()
	case settingsFault:
		var known *model.Error
		if !errors.As(m.err, &known) {
			return ui.Do(ui.Failed{Err: m.err})
		}
		s.said, s.fault = "", known.Message
		s.layout()
	case profileTaken:
		s.fault, s.said = "", takenText(m)
		return tea.Batch(s.Init(), ui.Do(ui.Changed{}))
	case ui.Changed:
		return s.Init()
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			s.scroll(-1)
		case tea.MouseWheelDown:
			s.scroll(1)
		}
	}
	return nil
}

func takenText(m profileTaken) string {
	if m.before == m.now {
		return "这一版以前已经取入过,没有变化"
	}
	return "已取入县里的配置文件,新规定现在起照办"
}

func (s *settings) key(m tea.KeyPressMsg) tea.Cmd {
	switch key := m.String(); {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Sheet), ui.Is(m, ui.Open):
		return s.ask()
	case key == "up":
		s.scroll(-1)
	case key == "down":
		s.scroll(1)
	case key == "pgup":
		s.scroll(-s.h)
	case key == "pgdown":
		s.scroll(s.h)
	}
	return nil
}

func (s *settings) scroll(n int) { s.first = max(0, min(s.first+n, len(s.lines)-s.h)) }

// ask asks where the profile is.
func (s *settings) ask() tea.Cmd {
	if s.read == nil || s.app.County {
		return nil
	}
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是用只读方式打开的,不能取入;请退出后正常打开再取"
		s.layout()
		return nil
	}
	l, ctx := s.app.Ledger, s.app.Ctx
	before := 0
	if s.read.profile != nil {
		before = s.read.profile.Version
	}
	box := table.AskPath(s.app, "取入县配置文件", "县里发来的 county.json 在哪里,按 ↓ 从列表里选:", s.read.stick, []string{".json"}, func(path string) tea.Cmd {
		take := func() tea.Msg {
			if err := takeProfile(s.app, l, path); err != nil {
				return settingsFault{err}
			}
			p, err := send.Profile(ctx, l)
			if err != nil {
				return settingsFault{err}
			}
			return profileTaken{before, p.Version}
		}
		return tea.Sequence(ui.Do(ui.Pop{}), take)
	})
	return ui.Do(ui.Push{Screen: box})
}

// takeProfile reads county.json, or a start card, in which it lies too.
func takeProfile(app *ui.App, l *store.Ledger, path string) error {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || info.Size() > bundle.MaxSealed {
		return model.Errorf("E-FILE", "读不出“%s”,请核对位置和文件名(县里发来的 county.json)", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return model.Errorf("E-FILE", "读不出“%s”,请检查U盘是否插好", path)
	}
	if strings.HasSuffix(path, bundle.CardExtension) {
		c, _, err := bundle.OpenCard(data, "")
		if err != nil {
			return err
		}
		data = []byte(c.Profile)
	}
	return send.SetProfile(app.Ctx, l, data)
}

func (s *settings) View() (string, *tea.Cursor) {
	return strings.Join(s.lines[min(s.first, len(s.lines)):], "\n"), nil
}
