package manual

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// contents lists the chapters and, once something is typed, their parts; Enter opens what
// is chosen. On a wide screen the chapter is shown beside the list.
type contents struct {
	app    *ui.App
	list   ui.Chooser
	side   pages
	narrow bool // the list has no room for what the chapters are about
	w, h   int
}

var _ ui.Screen = (*contents)(nil)

// place is a part of a chapter.
type place struct{ chapter, part int }

// New gives the manual on the screen; key is the chapter that is chosen at first, "" the
// first.
func New(app *ui.App, key string) ui.Screen {
	s := &contents{app: app}
	s.list.Typing = true
	s.list.Hint = "打汉字、拼音或首字母,例如 beif、口令、杀毒"
	s.list.Empty = "手册里没有写。按退格键改,按 Esc 重新看全部"
	s.list.SetItems(items(true))
	s.list.Select(key)
	return s
}

// items are the chapters, with what they are about where there is room for it, and behind each its parts, which only typing shows: they are
// found by every word in them.
func items(about bool) []ui.Item {
	var all []ui.Item
	for i, c := range Chapters() {
		note := ""
		if about {
			note = c.about()
		}
		all = append(all, ui.Item{Key: c.Key, Label: number(i) + c.Title, Note: note, Search: c.Title + " " + c.Words, Value: place{i, 0}})
		for j, p := range c.Parts {
			if p.Title != "" {
				all = append(all, ui.Item{Key: c.Key + "/" + p.Title, Label: p.Title, Note: c.Title, Quiet: true, Search: p.Title + " " + p.words(), Value: place{i, j}})
			}
		}
	}
	return all
}

// about names the parts of a chapter in short.
func (c Chapter) about() string {
	var all []string
	for _, p := range c.Parts {
		if p.Title != "" {
			all = append(all, p.Title)
		}
	}
	return strings.Join(all, "、")
}

// words gives the text of a part without spaces, as one word.
func (p Part) words() string {
	var b strings.Builder
	for _, block := range p.Blocks {
		b.WriteString(plain(block.Text) + strings.Join(block.Code, ","))
		for _, row := range block.Rows {
			b.WriteString(strings.Join(row, ","))
		}
	}
	return strings.ToLower(strings.Join(strings.Fields(b.String()), ""))
}

func (s *contents) Init() tea.Cmd   { return nil }
func (s *contents) Title() string   { return Title }
func (s *contents) Unsaved() string { return "" }

func (s *contents) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看这一章"}, {Action: ui.Back, Label: "返回"}}
}

func (s *contents) Help() []string {
	return []string{
		"这里是整本手册,一章讲一件事:第一天怎么开始,每天、月末、年末办什么,换电脑、忘了口令、台账坏了怎么办。",
		"用上下键选一章,按回车看;也可以用鼠标点。看的时候按 Esc 回到这里,再按 Esc 回到原来的画面,没填完的都还在。",
		"要找一件事,直接打字:汉字、拼音、首字母都行,章里的小标题和正文也找。按 Esc 清掉打的字。",
		"要印在纸上看:和程序一起发的还有手册的网页文件,双击用浏览器打开,就能打印。",
		"这个程序装在哪台电脑上,手册就在哪里,不用上网。",
	}
}

// listWidth is the list's where the chapter stands beside it.
const listWidth = 34

// wide tells that there is room for the chapter, with its pictures, beside the list.
func (s *contents) wide() bool { return s.w >= listWidth+3+TextWidth }

func (s *contents) SetSize(w, h int) {
	s.w, s.h = w, h
	if s.wide() {
		w = listWidth
	}
	if wide := s.wide(); wide != s.narrow {
		s.narrow = wide
		s.list.SetItems(items(!wide))
	}
	s.list.SetSize(w, h)
	s.side.app = s.app
	s.side.setSize(s.w-listWidth-3, h)
}

func (s *contents) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.MouseWheelMsg); ok && s.wide() && m.X > listWidth {
		s.side.wheel(m)
		return nil
	}
	if m, ok := msg.(tea.MouseClickMsg); ok && s.wide() && m.X > listWidth {
		return nil
	}
	return s.list.Drive(msg, 0, s.open)
}

func (s *contents) open() tea.Cmd {
	it, ok := s.list.Selected()
	if !ok {
		return nil
	}
	at, _ := it.Value.(place)
	return ui.Do(ui.Push{Screen: newReader(s.app, at)})
}

func (s *contents) View() (string, *tea.Cursor) {
	lines, cursor := s.list.View(s.app.Styles)
	if !s.wide() {
		return strings.Join(lines, "\n"), cursor
	}
	it, ok := s.list.Selected()
	if ok {
		at, _ := it.Value.(place)
		s.side.show(at)
	}
	side := s.side.view()
	for i := range lines {
		right := ""
		if ok && i < len(side) {
			right = side[i]
		}
		lines[i] = ui.FitStyled(lines[i], listWidth) + s.app.Styles.Box.Render(" │ ") + right
	}
	return strings.Join(lines, "\n"), cursor
}
