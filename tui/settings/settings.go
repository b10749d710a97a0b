// Package settings is the screen 设置: every setting of the ledger with what it is for,
// those that a person may change to be changed there.
package settings

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/clear"
	"taizhang/store/copies"
	"taizhang/store/send"
	"taizhang/tui/county"
	"taizhang/tui/table"
	"taizhang/tui/ui"
)

// settings lists the settings; below stands what the chosen one is for.
type settings struct {
	app   *ui.App
	read  *settingsRead // nil until it has been read
	fault string
	said  string
	all   []entry
	cur   int // of all
	lines []string
	from  []int // the line at which each entry begins, and the end
	first int   // the first line shown
	w, h  int
}

var _ ui.Screen = (*settings)(nil)

// settingsRead is what the settings show; profileTaken tells that a profile is in;
// settingsFault what was wrong with it.
type (
	settingsRead struct {
		profile *bundle.Profile
		above   *bundle.Profile // of the office above an office, nil for none
		public  string          // the ledger's own key
		county  bool
		units   int
		stick   string // a county.json on a stick, or a stick, or ""
		drives  []string
		first   string // the month from which the book is kept
		persons int
		folder  string
		looks   []*model.Kind // whose tables have columns or an order of their own
		views   []string
		drafts  []store.Draft
		clear   *clear.Plan // of whom what is private may be cleared away
	}
	done         struct{ text string }
	profileTaken struct {
		before, now int
		code        string // the organisation's until then
	}
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
		r.drives = drives()
		r.units, r.stick = len(roll), profileOnStick(r.drives)
		if err := r.more(s.app.Ctx, l); err != nil {
			return settingsFault{err}
		}
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
	var hints []ui.Hint
	if s.cur < len(s.all) && s.all[s.cur].enter != "" {
		hints = append(hints, ui.Hint{Action: ui.Open, Label: "打开"})
	}
	if !s.app.County { // whose profile is its own
		hints = append(hints, ui.Hint{Action: ui.Sheet, Label: "取入县配置文件"})
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

func (s *settings) Help() []string {
	if s.app.County {
		w, rules, keys := s.app.Words(), county.RulesName(s.app), county.KeysName(s.app)
		spread := "随下一次的回执到" + w.Each()
		if w.Sums() {
			spread = "请发给" + w.Each()
		}
		return []string{
			"这里列出本台账的全部设置:" + w.Here() + "的配置文件是哪一版、定了哪些规定、名单上有多少单位、台账在哪里。↑↓ 选一项,下面写着它管什么。",
			"改规定在“" + rules + "”里,换单位名单用“取入单位名单”(都在 F12 菜单里);改好会重新签发 county.json," + spread + "。",
			"规定从改的那天起照新的算,以前办完的事不变;封过账的月份不变。",
			w.There + "打电话核对密钥时,把“" + w.Here() + "校验数字”念给对方听;" + w.Each() + "导出、" + w.Here() + "收报都靠这把密钥," + keys + "要另外备份好。",
			"能在这里改的,下面写着“回车:…”:表格的列和排序、读写表格的文件夹等,只管这本台账的画面,不动记录。",
		}
	}
	return []string{
		"这里列出本台账的全部设置。平时不用动;县里发来新的配置文件、要备份、要换文件夹的时候来这里。",
		"↑↓ 选一项,下面写着它管什么、改了会怎样;能改的写着“回车:…”。没写的由县里定或已经定死,只能看。",
		"县里改了规定会发新的 county.json:按 F7 写出它的位置取入,新规定马上照办。别的县的、比现在旧的不会取入。",
		"县里打电话核对密钥时,把“本台账校验数字”念给县里听;“县里校验数字”可以与县里念的对一对,不一样的不要取入。",
		"备份:选“台账文件”按回车,整本台账抄一份到U盘;抄的时候可以接着用。恢复备份在换了电脑、第一次打开程序时做。",
		"表格的列和排序、自存的视图、没填完的表单都记在台账里,换电脑时跟着走。",
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
	case done:
		s.fault, s.said = "", m.text
		return tea.Batch(s.Init(), ui.Do(ui.Changed{}))
	case keyChanged:
		return s.askDigits(m)
	case aboveKey:
		return s.askAboveDigits(m)
	case profileTaken:
		s.fault, s.said = "", takenText(m)
		if text := send.RecodedText(m.code, s.app.Ledger.Home().Str("code")); text != "" {
			s.said = text
		}
		return tea.Batch(s.Init(), ui.Do(ui.Changed{}))
	case ui.Changed:
		return s.Init()
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg:
		return s.click(m.Y)
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			s.move(-1)
		case tea.MouseWheelDown:
			s.move(1)
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
	s.fault, s.said = "", ""
	switch key := m.String(); {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Sheet):
		return s.ask()
	case ui.Is(m, ui.Open):
		return s.open()
	case key == "up":
		s.move(-1)
	case key == "down":
		s.move(1)
	case key == "home":
		s.cur = 0
		s.layout()
	case key == "end":
		s.cur = max(len(s.all)-1, 0)
		s.layout()
	case key == "pgup", key == "pgdown":
		d := 1
		if key == "pgup" {
			d = -1
		}
		for range s.room() / 2 {
			s.move(d)
		}
	}
	return nil
}

// open does what the chosen setting offers.
func (s *settings) open() tea.Cmd {
	if s.cur >= len(s.all) || s.all[s.cur].run == nil {
		return nil
	}
	e := s.all[s.cur]
	if s.app.Ledger.ReadOnly() && !slices.Contains([]string{"home", "place", "file"}, e.key) {
		s.fault = "台账是用只读方式打开的,不能改动;请退出后正常打开再改"
		return nil
	}
	return e.run()
}

// click chooses a setting; a second click does what it offers.
func (s *settings) click(y int) tea.Cmd {
	for i, e := range s.all {
		if e.heading || y >= s.room() || y+s.first < s.from[i] || y+s.first >= s.from[i+1] {
			continue
		}
		if i == s.cur {
			return s.open()
		}
		s.cur = i
		s.layout()
	}
	return nil
}

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
			code := l.Home().Str("code")
			if pinned := newKeyIn(s.app, l, path); pinned != "" {
				return keyChanged{path, pinned, before}
			}
			if err := takeProfile(s.app, l, path); err != nil {
				return settingsFault{err}
			}
			p, err := send.Profile(ctx, l)
			if err != nil {
				return settingsFault{err}
			}
			return profileTaken{before, p.Version, code}
		}
		return tea.Sequence(ui.Do(ui.Pop{}), take)
	})
	return ui.Do(ui.Push{Screen: box})
}

// takeProfile reads county.json, or a start card, in which it lies too.
func takeProfile(app *ui.App, l *store.Ledger, path string) error {
	data, err := readProfile(path)
	if err != nil {
		return err
	}
	if _, err := copies.Before(app.Ctx, l, copies.Profile); err != nil {
		return err
	}
	return send.SetProfile(app.Ctx, l, data)
}

func readProfile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || info.Size() > bundle.MaxSealed {
		return nil, model.Errorf("E-FILE", "读不出“%s”,请核对位置和文件名(县里发来的 county.json)", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, model.Errorf("E-FILE", "读不出“%s”,请检查U盘是否插好", path)
	}
	if strings.HasSuffix(path, bundle.CardExtension) {
		c, _, err := bundle.OpenCard(data, "")
		if err != nil {
			return nil, err
		}
		data = []byte(c.Profile)
	}
	return data, nil
}
