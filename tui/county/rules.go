package county

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// rules is 县里的规定: what the county sets in the profile for the villages. Changes are
// collected, and go out together as one version higher.
type rules struct {
	app  *ui.App
	list ui.Chooser
	w, h int

	widest   int // cells of the longest title
	settings []county.Setting
	changes  map[string]string // new values by the settings' names; "" for the original one
	version  int               // of the profile
	saving   bool
	fault    string
	notes    []string // what became of the last saving
}

var _ ui.Screen = (*rules)(nil)

type (
	rulesRead struct {
		settings []county.Setting
		version  int
	}
	ruleSet struct{ name, value string }
	// rulesSaid is the person's yes.
	rulesSaid  struct{}
	rulesSaved struct {
		notes []string
		err   error
	}
	profileWritten struct {
		path string
		err  error
	}
	profilePlace struct{ dir string }
)

// NewRules gives 县里的规定.
func NewRules(app *ui.App) ui.Screen {
	s := &rules{app: app, changes: map[string]string{}}
	s.list.Typing, s.list.Hint, s.list.Empty = true, "打字可以找,例如 截止、达标、预备期", "正在读取…"
	return s
}

func (s *rules) Title() string { return RulesName(s.app) }

// RulesName is what the screen is called: 县里的规定.
func RulesName(app *ui.App) string { return app.Words().Here() + "的规定" }

func (s *rules) Unsaved() string {
	if n := len(s.changes); n > 0 {
		return fmt.Sprintf("改了 %d 项规定,还没有发布", n)
	}
	return ""
}

func (s *rules) Init() tea.Cmd {
	return func() tea.Msg {
		ctx, l := s.app.Ctx, s.app.Ledger
		p, err := send.Profile(ctx, l)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := rulesRead{}
		if p != nil {
			m.version = p.Version
		}
		if m.settings, err = county.Settings(ctx, l); err != nil {
			return ui.Failed{Err: err}
		}
		return m
	}
}

func (s *rules) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if s.saving {
		return nil
	}
	hints := []ui.Hint{{Action: ui.Open, Label: "改这一项"}}
	if len(s.changes) > 0 {
		return append(hints, ui.Hint{Action: ui.Save, Label: "发布"}, ui.Hint{Action: ui.Delete, Label: "不改了"}, back)
	}
	return append(hints, ui.Hint{Action: ui.Sheet, Label: "配置文件写到U盘"}, back)
}

func (s *rules) Help() []string {
	w := s.app.Words()
	own := "报送截止日、五好达标分数、各种期限和人数、一票否决用到哪一年度、汇总指标的目标"
	spread := "新规定随下一次回执写到U盘,村里取回执时自动取入,从那时起照办;等不及的按 F7 把配置文件写到U盘,在“设置”里取入。"
	if w.Sums() {
		own = "发给" + w.Each() + "的名称、报送截止日、汇总指标的目标"
		spread = "按 F7 把配置文件写到U盘交给" + w.Each() + ",在“设置”的“上级配置文件”里取入。各项期限、达标分数由县里定。"
	}
	return []string{
		"这里是" + w.Here() + "可以自己定的:" + own + "。打字可以找。",
		"按回车改选中的一项:写明能写什么、原来的规定是什么、出自哪里。党章等写死的不能另设。",
		"改好的前面有 *。可以一次改几项,再按 F2 一起发布:配置文件升一版,重新签名," + w.Here() + "马上照办。",
		spread,
		"发布要用" + KeysName(s.app) + ";加了口令的,打开程序后问一次。",
	}
}

// rulesHead is the room above the list, rulesFoot that below it.
const rulesHead, rulesFoot = 1, 5

func (s *rules) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-rulesHead-rulesFoot, 2))
	if s.settings != nil {
		s.fill()
	}
}

// fill lists the settings by their groups, each group once.
func (s *rules) fill() {
	s.list.Empty = "没有这样的规定。按退格键改,按 Esc 重新看全部"
	s.widest = 0
	for i := range s.settings {
		s.widest = max(s.widest, ui.Width(s.settings[i].Plain()))
	}
	var groups []string
	by := map[string][]ui.Item{}
	for i := range s.settings {
		it := &s.settings[i]
		if by[it.Group] == nil {
			groups = append(groups, it.Group)
		}
		by[it.Group] = append(by[it.Group], s.item(it))
	}
	// The goals of the summary are asked for more often than the regulations.
	if n := len(groups); n > 2 {
		groups = slices.Concat(groups[:1], groups[n-1:], groups[1:n-1])
	}
	var items []ui.Item
	for _, g := range groups {
		items = append(append(items, ui.Item{Heading: true, Label: g}), by[g]...)
	}
	s.list.SetItems(items)
}

func (s *rules) item(it *county.Setting) ui.Item {
	st := s.app.Styles
	now, mark := it.Shown(it.Value), "  "
	value, changed := s.changes[it.Name]
	if changed {
		mark = "* "
		if value == "" {
			value = it.Default
		}
		now = it.Shown(value)
	}
	if !changed && it.Own && it.Default != "" && it.Value != it.Default {
		now += "(原 " + it.Shown(it.Default) + ")"
	}
	values := min(max(s.w/4, 16), 34)
	out := ui.Item{Key: it.Name, Label: mark + ui.Fit(it.Plain(), min(s.w-values-8, s.widest)) + "  " + ui.Fit(now, values), Search: it.Plain() + " " + it.Group + " " + it.Name, Value: it}
	switch {
	case changed:
		out.Style = st.Warning
	case it.Fixed:
		out.Style = st.Muted
	case it.Own && it.Default != "" && it.Value != it.Default:
		out.Style = st.Good
	}
	return out
}

func (s *rules) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case rulesRead:
		s.settings, s.version = m.settings, m.version
		s.fill()
	case ruleSet:
		s.set(m)
	case rulesSaid:
		return s.save()
	case keyReady:
		return m.ready()
	case rulesSaved:
		s.saving, s.notes = false, m.notes
		var cmd tea.Cmd
		if s.fault, cmd = faultText(m.err); m.err == nil {
			s.changes = map[string]string{}
		}
		return tea.Batch(cmd, s.Init(), ui.Do(ui.Changed{}))
	case profilePlace:
		return s.writeProfile(m.dir)
	case profileWritten:
		if m.err == nil {
			s.notes = []string{"配置文件写好了:" + ui.Clean(m.path) + "。请" + s.app.Words().There + "在“设置”里取入"}
		}
		var cmd tea.Cmd
		s.fault, cmd = faultText(m.err)
		return cmd
	case tea.KeyPressMsg:
		if s.saving {
			return nil
		}
		if cmd, taken := s.key(m); taken {
			return cmd
		}
	}
	if s.saving {
		return nil
	}
	return s.list.Drive(msg, rulesHead, s.edit)
}

func (s *rules) key(m tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	switch {
	case ui.Is(m, ui.Save):
		return s.confirm(), true
	case ui.Is(m, ui.Sheet) && len(s.changes) == 0:
		return s.askProfile(), true
	case ui.Is(m, ui.Delete):
		if it, ok := s.list.Selected(); ok {
			delete(s.changes, it.Key)
			s.fill()
		}
		return nil, true
	case ui.Is(m, ui.Back) && s.list.Typed() == "" && len(s.changes) > 0:
		return s.leave(), true
	}
	return nil, false
}

// leave asks where changes would be lost.
func (s *rules) leave() tea.Cmd {
	return ui.Do(ui.Ask{Title: "还没有发布", Text: s.summary(), Choices: []ui.Choice{
		{Label: "发布", Cmd: ui.Do(rulesSaid{})}, {Label: "接着改"}, {Label: "都不改了,返回", Cmd: ui.Do(ui.Pop{})}}})
}

// set takes what was written for a setting; what is as it was is no change.
func (s *rules) set(m ruleSet) {
	s.notes, s.fault = nil, ""
	for i := range s.settings {
		it := &s.settings[i]
		if it.Name != m.name {
			continue
		}
		after := m.value
		if after == "" {
			after = it.Default
		}
		delete(s.changes, it.Name)
		if after != it.Value {
			s.changes[it.Name] = m.value
		}
	}
	s.fill()
}

// summary lists the changes, one a line.
func (s *rules) summary() string {
	var lines []string
	for i := range s.settings {
		it := &s.settings[i]
		if value, ok := s.changes[it.Name]; ok {
			if value == "" {
				value = it.Default
			}
			lines = append(lines, it.Plain()+":"+it.Shown(it.Value)+" → "+it.Shown(value))
		}
	}
	const most = 8
	if n := len(lines); n > most {
		lines = append(lines[:most], fmt.Sprintf("等 %d 项", n))
	}
	return strings.Join(lines, "\n")
}

// confirm shows what changes before it is signed.
func (s *rules) confirm() tea.Cmd {
	s.fault, s.notes = "", nil
	switch {
	case len(s.changes) == 0:
		return ui.Do(ui.Status{Text: "还没有改什么;选中一项按回车改"})
	case s.app.Ledger.ReadOnly():
		s.fault = "台账是只读打开的,不能发布;请关掉别的窗口,重新打开程序"
		return nil
	}
	w := s.app.Words()
	text := s.summary() + fmt.Sprintf("\n配置文件升为第 %d 版,%s马上照办,%s取入以后照办。", s.version+1, w.Here(), w.There)
	if s.changes["identity"] == bundle.IdentityNone {
		text += "\n注意:身份证号、电话和住址以后不报送;县里不能再按身份证号核对,村里的台账丢了也恢复不出这几项。"
	}
	choices := []ui.Choice{{Label: "发布", Cmd: ui.Do(rulesSaid{})}, {Label: "返回,接着改"}}
	if s.changes["identity"] == bundle.IdentityNone { // what is lost then is worth a second thought
		slices.Reverse(choices)
	}
	return ui.Do(ui.Ask{Title: "发布" + RulesName(s.app), Text: text, Choices: choices})
}

// save signs the profile anew.
func (s *rules) save() tea.Cmd {
	var pairs []string
	for i := range s.settings {
		if value, ok := s.changes[s.settings[i].Name]; ok {
			pairs = append(pairs, s.settings[i].Name+"="+value)
		}
	}
	app := s.app
	return keyAsk{app: app, then: func(key *bundle.CountyKey) tea.Cmd {
		s.saving = true
		return func() tea.Msg {
			before, err := send.Profile(app.Ctx, app.Ledger)
			if err != nil {
				return rulesSaved{err: err}
			}
			path := county.ProfilePath(app.Ledger)
			p, err := county.Set(app.Ctx, app.Ledger, key, path, pairs)
			if err != nil {
				return rulesSaved{err: err}
			}
			return rulesSaved{notes: county.ReissueNotes(before, p, path)}
		}
	}}.open()
}

// askProfile asks to which stick or folder the profile is written.
func (s *rules) askProfile() tea.Cmd {
	return func() tea.Msg {
		dir := ""
		if drives := s.app.Drives(); len(drives) > 0 {
			dir = drives[0]
		}
		return ui.Push{Screen: ui.NewPathBox(s.app, ui.PathAsk{Title: "配置文件写到U盘", Help: "写到哪个U盘或文件夹(文件名 county.json),按 ↓ 从列表里选:",
			Path: ui.FolderPath(dir), Folder: true, Near: true,
			Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(profilePlace{path})) }})}
	}
}

func (s *rules) writeProfile(dir string) tea.Cmd {
	app, path := s.app, filepath.Join(dir, county.ProfileFile)
	return func() tea.Msg { return profileWritten{path, county.WriteProfile(app.Ctx, app.Ledger, path)} }
}
