package ui

import (
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// Paper shows a text that is to be printed, and writes it to a file from which any
// program prints it.
type Paper struct {
	app   *App
	title string
	text  []string
	first int
	w, h  int
}

var _ Screen = (*Paper)(nil)

// NewPaper gives the screen of a text to print.
func NewPaper(app *App, title string, lines []string) *Paper {
	return &Paper{app: app, title: title, text: lines}
}

// Init implements Screen.
func (p *Paper) Init() tea.Cmd { return nil }

// Title implements Screen.
func (p *Paper) Title() string { return p.title }

// Unsaved implements Screen.
func (p *Paper) Unsaved() string { return "" }

// Hints implements Screen.
func (p *Paper) Hints() []Hint { return []Hint{{Sheet, "写成文件"}, {Back, "返回"}} }

// Help implements Screen.
func (p *Paper) Help() []string {
	return []string{
		"这是要打印的内容,↑ ↓ 翻看。按 F7 写成文本文件,先问写到哪里;用记事本或文字处理软件打开就能打印。",
		"这些内容是从记录里来的:哪里不对,先去改记录,再回来看。看和写文件都不改动台账。",
		"空着的横线请打印后用笔填写。文件里有个人信息,打印完不要留在公用的电脑上。按 Esc 返回。",
	}
}

// SetSize implements Screen.
func (p *Paper) SetSize(w, h int) { p.w, p.h = w, h }

func (p *Paper) lines() []string {
	var all []string
	for _, l := range p.text {
		all = append(all, Wrap(l, max(p.w-4, 20))...)
	}
	return all
}

// Update implements Screen.
func (p *Paper) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case Is(m, Back):
			return Do(Pop{})
		case Is(m, Sheet):
			return p.ask
		case m.String() == "up":
			p.first--
		case m.String() == "down":
			p.first++
		case m.String() == "pgup":
			p.first -= p.h
		case m.String() == "pgdown":
			p.first += p.h
		}
	case tea.MouseWheelMsg:
		if m.Button == tea.MouseWheelUp {
			p.first--
		} else {
			p.first++
		}
	}
	p.first = max(min(p.first, len(p.lines())-p.h+2), 0)
	return nil
}

// ask asks where the text is to be written, beginning in the folder used last.
func (p *Paper) ask() tea.Msg {
	dir, err := LastFolder(p.app)
	if err != nil {
		return Failed{Err: err}
	}
	return Push{NewPathBox(p.app, PathAsk{
		Title: "写成文件", Help: "写到哪个文件夹、叫什么名字,按回车就写:", Path: FolderPath(dir) + fileName(p.title) + ".txt",
		Exts: []string{".txt"}, New: true, Done: p.writeTo,
	})}
}

// fileName makes a title a name that every file system takes.
func fileName(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '_'
		}
		return r
	}, title)
}

// writeTo writes the text to a file; an older one is written over only when the person
// says so.
func (p *Paper) writeTo(path string) tea.Cmd {
	if !strings.EqualFold(filepath.Ext(path), ".txt") {
		path += ".txt"
	}
	return func() tea.Msg {
		info, err := os.Stat(path)
		switch {
		case err == nil && info.IsDir():
			return Failed{Err: model.Errorf("E-PATH", "%s 是一个文件夹,请在后面写上文件名", path)}
		case err == nil:
			return Ask{Title: "已有这个文件", Text: path + "\n已经有这个文件。要用新的盖掉它吗?", Choices: []Choice{
				{Label: "不盖掉,另起一个名字"},
				{Label: "盖掉", Cmd: func() tea.Msg { return p.write(path) }},
			}}
		}
		return p.write(path)
	}
}

// write writes the file, closes the box and says where the file is. It runs as a command.
func (p *Paper) write(path string) tea.Msg {
	text := strings.Join(p.text, "\r\n") + "\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return Failed{Err: model.Errorf("E-WRITE", "写不了“%s”,请核对文件夹写得对不对,或换一个文件夹", path)}
	}
	if err := KeepFolder(p.app, path); err != nil {
		return Failed{Err: err}
	}
	return tea.Sequence(Do(Pop{}), Do(Status{Text: "已写成文件:" + path}))()
}

// View implements Screen.
func (p *Paper) View() (string, *tea.Cursor) {
	lines := p.lines()
	var shown []string
	for i := p.first; i < min(p.first+p.h-1, len(lines)); i++ {
		shown = append(shown, "  "+lines[i])
	}
	return strings.Join(Lines("\n"+strings.Join(shown, "\n"), p.w, p.h), "\n"), nil
}
