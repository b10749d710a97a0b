package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/tui/ui"
)

// The bounds of the search for start cards on a stick: a township's stick holds some
// twenty, the county's one for every unit. Of so many only one is opened: the county's
// list in it names the others.
const (
	cardDepth   = 3
	cardFiles   = 5000
	cardsOpened = 60
)

// foundCard is a start card on a stick.
type foundCard struct {
	path string
	// What the unit is called, "" where nothing tells.
	name, township string
}

// code is the unit's, by the file's name.
func (f *foundCard) code() string {
	return strings.TrimSuffix(filepath.Base(f.path), bundle.CardExtension)
}

// cardsFound tells what cards lie on the sticks.
type cardsFound struct{ cards []foundCard }

// cardChosen is the answer of the list; "" for none of them.
type cardChosen struct{ path string }

// findCards looks for start cards on the drives. What can't be read is passed over:
// the path can still be typed.
func findCards(drives []string) []foundCard {
	var all []foundCard
	seen := 0
	for _, drive := range drives {
		walk := func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if seen++; seen > cardFiles {
				return fs.SkipAll
			}
			rel, _ := filepath.Rel(drive, path) // of a path that begins with drive it can't fail
			switch {
			case d.IsDir() && strings.Count(rel, string(filepath.Separator)) >= cardDepth:
				return fs.SkipDir
			case d.Type().IsRegular() && strings.HasSuffix(d.Name(), bundle.CardExtension):
				all = append(all, foundCard{path: path})
			}
			return nil
		}
		if err := filepath.WalkDir(drive, walk); err != nil {
			continue // a drive pulled out: its cards are not offered
		}
	}
	nameCards(all)
	return all
}

// nameCards finds out what the units of the cards are called. Each card holds the
// county's profile, and with it the whole list.
func nameCards(all []foundCard) {
	opened := 0
	units := map[string]bundle.Unit{}
	for i := range all {
		f := &all[i]
		if u, known := units[f.code()]; known {
			f.name, f.township = u.Name, u.Township
			continue
		}
		if opened >= cardsOpened {
			continue
		}
		opened++
		c, err := readCard(f.path)
		if err != nil {
			continue // it is offered by its code, and what is wrong is said when it is chosen
		}
		f.name, f.township = c.Name, c.Township
		if len(all) <= cardsOpened {
			continue // each can speak for itself
		}
		if p, err := bundle.OpenProfile([]byte(c.Profile), ""); err == nil {
			for _, u := range p.Units {
				units[u.Code] = u
			}
		}
	}
}

// readCard opens a start card; its errors name the field of the form.
func readCard(path string) (*bundle.Card, error) {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || info.Size() > bundle.MaxSealed {
		return nil, &model.Error{Code: "E-FILE", Field: "card", Message: "读不出这张启动卡,请核对位置和文件名:" + path}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &model.Error{Code: "E-FILE", Field: "card", Message: "读不出这张启动卡,请核对U盘和文件名:" + path}
	}
	c, _, err := bundle.OpenCard(data, "")
	return c, underField("card", err)
}

// cardList offers the start cards that lie on the sticks.
type cardList struct {
	app  *ui.App
	list ui.Chooser
	n    int
	w, h int
}

var _ ui.Overlay = (*cardList)(nil)

func newCardList(app *ui.App, found []foundCard) *cardList {
	c := &cardList{app: app, n: len(found)}
	c.list.Typing = true
	c.list.Hint = "打村名、拼音首字母或代码"
	c.list.Empty = "没有这样的单位。按退格键改"
	var items []ui.Item
	for _, f := range found {
		code := f.code()
		it := ui.Item{Key: f.path, Label: code, Note: filepath.Base(filepath.Dir(f.path))}
		if f.name != "" {
			it.Label, it.Note = ui.Clean(f.name), ui.Clean(f.township+" "+code)
		}
		it.Search = it.Label + " " + code + " " + it.Note
		items = append(items, it)
	}
	c.list.SetItems(append(items, ui.Item{Label: "没有本村的,自己填写", Search: "没有本村的,自己填写"}))
	return c
}

func (c *cardList) Init() tea.Cmd   { return nil }
func (c *cardList) Title() string   { return "U盘上的启动卡" }
func (c *cardList) Unsaved() string { return "" }

func (c *cardList) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "自己填写"}}
}

func (c *cardList) Help() []string {
	return []string{
		"县里给每个单位发了一张启动卡,里面有代码、名称和县里的配置文件。选本村的一张,按回车,就不用打字了。",
		"U盘上可能有别的村的卡:看清名称和代码再选。选错了还没有建立台账,按 Esc 回来重选。",
		"一个村只用一本台账。已经有台账的(换电脑、重装),不要再建新的,请用“从备份恢复”。",
	}
}

func (c *cardList) Box(width, height int) (int, int) { return min(width-4, 76), min(height, c.n+6) }

func (c *cardList) SetSize(w, h int) {
	c.w, c.h = w, h
	c.list.SetSize(w, max(h-1, 2))
}

func (c *cardList) Update(msg tea.Msg) tea.Cmd {
	return c.list.Drive(msg, 1, c.choose)
}

func (c *cardList) choose() tea.Cmd {
	it, ok := c.list.Selected()
	if !ok {
		return nil
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(cardChosen{it.Key}))
}

func (c *cardList) View() (string, *tea.Cursor) {
	lines, cursor := c.list.View(c.app.Styles)
	if cursor != nil {
		at := *cursor
		at.Y++
		cursor = &at
	}
	return strings.Join(append([]string{" 选本村的一张,按回车:"}, lines...), "\n"), cursor
}
