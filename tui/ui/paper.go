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
		"这是要打印的内容,↑ ↓ 翻看。按 F7 写成文本文件,用记事本或文字处理软件打开就能打印。",
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
			return p.write
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

// write puts the text into the person's folder; an older file of the same name is
// kept.
func (p *Paper) write() tea.Msg {
	dir, err := os.UserHomeDir()
	if err != nil {
		dir = "."
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>| `, r) {
			return '_'
		}
		return r
	}, p.title)
	text := strings.Join(p.text, "\r\n") + "\r\n"
	for n := 1; n < 100; n++ {
		path := filepath.Join(dir, name+".txt")
		if n > 1 {
			path = filepath.Join(dir, name+"_"+string(rune('0'+n/10))+string(rune('0'+n%10))+".txt")
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			continue
		}
		if err == nil {
			if _, err = f.WriteString(text); err == nil {
				err = f.Close()
			}
		}
		if err != nil {
			return Failed{Err: model.Errorf("E-WRITE", "写不了“%s”,请检查文件夹的权限和空间", path)}
		}
		return Status{Text: "已写成文件:" + path}
	}
	return Failed{Err: model.Errorf("E-WRITE", "文件夹“%s”里同名的文件太多了,请先清理", dir)}
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
