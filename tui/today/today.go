// Package today is 今天办什么: what happens in a village, in the words that people use, and
// from each the way to the form or the screen that it needs.
package today

import (
	"fmt"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form"
	"taizhang/tui/ui"
)

// Today lists what happens. A second choice stands in the same list, in its place.
type Today struct {
	app  *ui.App
	list ui.Chooser
	in   *entry             // whose second choice is asked, or nil
	past map[string]string  // by place: the day of the last record of the sort
	more map[string][]entry // by place: the choices found in the ledger
	w, h int
}

var _ ui.Screen = (*Today)(nil)

// looked is what the ledger holds of the entries.
type looked struct {
	to   *Today
	past map[string]string
	more map[string][]entry
}

// New gives the screen.
func New(app *ui.App) ui.Screen {
	s := &Today{app: app}
	s.list.Typing = true
	s.list.Empty = "没有这一项。按退格键改,按 Esc 重新看全部;别的事按 F12 到菜单里找"
	s.fill()
	return s
}

// Init reads when each thing was entered last.
func (s *Today) Init() tea.Cmd {
	return func() tea.Msg {
		m := looked{to: s, past: map[string]string{}, more: map[string][]entry{}}
		for _, g := range groups {
			for _, e := range g.entries {
				if err := s.look(&m, e, e.words); err != nil {
					return ui.Failed{Err: err}
				}
			}
		}
		return m
	}
}

// look notes the last day of an entry and of its choices. It runs in a command.
func (s *Today) look(m *looked, e entry, place string) error {
	for _, c := range e.choices {
		if err := s.look(m, c, place+"/"+c.words); err != nil {
			return err
		}
	}
	if e.found != nil {
		found, err := e.found(s.app)
		if err != nil {
			return err
		}
		m.more[place] = found
	}
	k := s.app.Ledger.Kinds().Kind(e.kind)
	if k == nil || e.id != "" {
		return nil
	}
	values, err := s.values(k, e.preset)
	if err != nil {
		return err
	}
	m.past[place], err = form.LastDay(s.app, k, values)
	return err
}

// values reads a preset as typed.
func (s *Today) values(k *model.Kind, preset map[string]string) (map[string]model.Value, error) {
	values := map[string]model.Value{}
	for name, typed := range preset {
		f := k.MustField(name)
		if typed == "今天" {
			values[name] = string(s.app.Today())
			continue
		}
		v, err := f.Type.Parse(f, typed)
		if err != nil {
			return nil, fmt.Errorf("preset %s of %s: %w", name, k.Name, err)
		}
		values[name] = v
	}
	return values, nil
}

// fill writes the list: groups, or what was typed ranks, or a second choice.
func (s *Today) fill() {
	s.list.Hint = "打汉字、拼音或首字母,例如 kh 找到开会"
	if s.in != nil {
		s.list.Columns, s.list.Hint = 1, "打汉字、拼音或首字母,缩小范围"
		s.list.SetItems(s.items(s.choices(s.in), s.in.words+"/", 28))
		return
	}
	s.list.Columns = max(2, s.w/columnCells)
	if s.list.Typed() != "" {
		s.list.Columns = 1
		s.list.SetItems(s.fitting(s.list.Typed()))
		return
	}
	var items []ui.Item
	for _, g := range groups {
		items = append(items, ui.Item{Heading: true, Label: g.title})
		items = append(items, s.items(g.entries, "", 14)...)
	}
	s.list.SetItems(items)
}

// items are entries as the list shows them, their notes below each other.
func (s *Today) items(entries []entry, under string, width int) []ui.Item {
	items := make([]ui.Item, len(entries))
	for i := range entries {
		e := &entries[i]
		note := e.note
		if day := s.past[under+e.words]; day != "" {
			note = "照上次 " + day
		}
		items[i] = ui.Item{Key: under + e.words, Label: ui.Fit(e.words, max(width, ui.Width(e.words))), Note: note,
			Search: strings.TrimSpace(e.words + " " + e.search), Value: e}
	}
	return items
}

// fitting gives the entries that fit what was typed, and of second choices those whose
// own words do, so that 党课 is found at once; any that fits where no entry does.
func (s *Today) fitting(typed string) []ui.Item {
	sought := model.Seek(typed)
	rank := func(it ui.Item) int {
		e, _ := it.Value.(*entry)
		return sought.Rank(model.WithMore(model.SearchText(e.words), e.search))
	}
	var all, second []ui.Item
	for _, g := range groups {
		all = append(all, s.items(g.entries, "", 28)...)
		for i := range g.entries {
			sub := s.items(g.entries[i].choices, g.entries[i].words+"/", 28)
			for j := range sub {
				sub[j].Label = ui.Fit(g.entries[i].words+":"+strings.TrimRight(sub[j].Label, " "), 28)
			}
			second = append(second, sub...)
		}
	}
	all = model.BestBy(all, rank)
	for _, it := range second {
		if n := rank(it); n != model.NoRank && (n <= model.RankFirstInitials || len(all) == 0) {
			all = append(all, it)
		}
	}
	return all
}

// choices are the second choice of an entry.
func (s *Today) choices(e *entry) []entry {
	if e.found != nil {
		return s.more[e.words]
	}
	return e.choices
}

// Title implements ui.Screen.
func (s *Today) Title() string {
	if s.in != nil {
		return "今天办什么 · " + s.in.words
	}
	return "今天办什么"
}

// Unsaved implements ui.Screen.
func (s *Today) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *Today) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "办这件事"}}
	if it, ok := s.list.Selected(); ok {
		if e, _ := it.Value.(*entry); s.past[it.Key] != "" && e.open == nil {
			hints = []ui.Hint{{Action: ui.Open, Label: "照上次填"}, {Action: ui.New, Label: "空白新填"}}
		}
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Help implements ui.Screen.
func (s *Today) Help() []string {
	return []string{
		"这里按平常的话列出村里常有的事。选中今天办的那一件,按回车,就到要填的那张表单。",
		"写着“照上次”的,按回车时地点、主持人、记录人、经办人这些照上次填好,您只改不一样的;不想照上次,按 F2(或 Ctrl+N)从空白填起。",
		"到会登记也照上次:在名单上按一次回车,全体登记为到会,上次没到的人先照上次,再改今天不一样的人。",
		"直接打字可以缩小范围:汉字、拼音、首字母都行,例如 kh 开会,dk 党课,qs 去世。",
		"在工作台按 F2 随时可以到这里。这里没有的事,按 F12(或 Ctrl+K)到菜单里找。",
	}
}

// columnCells is the least width of a column of the groups.
const columnCells = 64

// SetSize implements ui.Screen.
func (s *Today) SetSize(w, h int) {
	s.w, s.h = w, h
	if s.in == nil && s.list.Typed() == "" {
		s.list.Columns = max(2, w/columnCells)
	}
	s.list.SetSize(w, h)
}

// Update implements ui.Screen.
func (s *Today) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case looked:
		if m.to == s {
			s.past, s.more = m.past, m.more
			s.fill()
		}
		return nil
	case ui.Changed, ui.Shown:
		return s.Init()
	case tea.KeyPressMsg:
		if ui.Is(m, ui.New) {
			return s.choose(false)
		}
		if s.in != nil && ui.Is(m, ui.Back) && s.list.Typed() == "" {
			s.leave()
			return nil
		}
	}
	typed := s.list.Typed()
	cmd := s.list.Drive(msg, 0, func() tea.Cmd { return s.choose(true) })
	if now := s.list.Typed(); now != typed && s.in == nil {
		s.fill()
		s.list.SetTyped(now) // the best one is chosen, not the one that was
	}
	return cmd
}

// leave goes back from a second choice to the entry whose it is.
func (s *Today) leave() {
	key := s.in.words
	s.in = nil
	s.list.SetTyped("")
	s.fill()
	s.list.Select(key)
}

// choose goes to what the chosen entry leads to; again fills it from last time.
func (s *Today) choose(again bool) tea.Cmd {
	it, ok := s.list.Selected()
	if !ok {
		return nil
	}
	e, _ := it.Value.(*entry)
	switch {
	case e.open != nil:
		return tea.Sequence(ui.Do(ui.Pop{}), e.open(s.app))
	case len(s.choices(e)) > 0:
		s.in = e
		s.list.SetTyped("")
		s.fill()
		s.list.SetTyped("")
		return nil
	case e.id != "":
		return tea.Sequence(ui.Do(ui.Pop{}), s.app.OpenForm(ui.FormOf{Kind: e.kind, ID: e.id, Field: e.field}))
	}
	return s.openForm(e, again)
}

// openForm reads what the form begins with, in a command, and opens it.
func (s *Today) openForm(e *entry, again bool) tea.Cmd {
	app := s.app
	read := func() tea.Msg {
		k := app.Ledger.Kinds().Kind(e.kind)
		values, err := s.values(k, e.preset)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if again && e.more != nil {
			last, err := form.Last(app, k, values)
			if err != nil {
				return ui.Failed{Err: err}
			}
			maps.Copy(values, e.more(app, last))
		}
		return ui.Replace{Screen: app.Form(app, ui.FormOf{Kind: e.kind, Preset: values, Again: again})}
	}
	return read
}

// View implements ui.Screen.
func (s *Today) View() (string, *tea.Cursor) {
	lines, cursor := s.list.View(s.app.Styles)
	return strings.Join(lines, "\n"), cursor
}
