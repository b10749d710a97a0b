package dues

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// Update implements ui.Screen.
func (g *grid) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		return g.took(m)
	case saved:
		return g.tookSaved(m)
	case undone:
		return g.tookUndone(m)
	case writeNow:
		return g.write()
	case dropFill:
		g.unfill()
		return ui.Do(ui.Status{Text: "填的已取消,什么也没有登记"})
	case deleteNow:
		return g.delete(m.id)
	case ui.Changed:
		return g.Init()
	}
	if g.sheet == nil {
		return g.early(msg)
	}
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		g.note = ""
		return g.key(m)
	case tea.PasteMsg:
		g.note = ""
		if g.amount != nil {
			g.amount.Update(m)
			return nil
		}
		return g.typed(m.Content)
	case tea.MouseClickMsg:
		g.click(m.X, m.Y)
	case tea.MouseWheelMsg:
		return g.wheel(m)
	}
	return nil
}

// early keeps input for when the year has been read; Esc needs no year.
func (g *grid) early(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if ui.Is(m, ui.Back) {
			return ui.Do(ui.Pop{})
		}
		g.waiting = append(g.waiting, m)
	case tea.PasteMsg:
		g.waiting = append(g.waiting, m)
	}
	return nil
}

func (g *grid) key(m tea.KeyPressMsg) tea.Cmd {
	if g.amount != nil {
		return g.amountKey(m)
	}
	if text, ok := ui.Typed(m); ok {
		return g.typed(text)
	}
	if cmd, ok := g.move(m); ok {
		return cmd
	}
	switch {
	case ui.Is(m, ui.Back):
		return g.back()
	case ui.Is(m, ui.Filter):
		return g.begin(g.col, 1)
	case ui.Is(m, ui.Sort):
		return g.begin(g.col/3*3, 3)
	case ui.Is(m, ui.Find):
		g.search.SetValue("")
		return nil
	case m.String() == "backspace":
		return g.backspace(m)
	}
	if g.search.Value() != "" && len(g.found()) == 0 {
		g.note = "没有找到这个名字,什么也没有做;按 Esc 清掉打的字"
		return nil
	}
	if g.fill != nil {
		return g.fillKey(m)
	}
	switch {
	case m.String() == "f3":
		return g.open()
	case ui.Is(m, ui.Open):
		return g.enter()
	case ui.Is(m, ui.Delete):
		return g.askDelete()
	case ui.Is(m, ui.Undo):
		return g.undo()
	case ui.Is(m, ui.Save):
		g.note = "先按 F5 填本月没交的(F6 填本季),去掉没交的人,再按 F2 登记"
	}
	return nil
}

// move takes the keys that move the cursor. While a name is looked for ↑ and ↓ go to
// the others that it finds.
func (g *grid) move(m tea.KeyPressMsg) (tea.Cmd, bool) {
	finding := g.search.Value() != ""
	switch m.String() {
	case "up", "shift+tab":
		if finding {
			g.another(-1)
		} else {
			g.goTo(g.row-1, g.col)
		}
	case "down", "tab":
		if finding {
			g.another(1)
		} else {
			g.goTo(g.row+1, g.col)
		}
	case "left":
		return g.sideways(-1), true
	case "right":
		return g.sideways(1), true
	case "pgup":
		g.goTo(g.row-g.rows(), g.col)
	case "pgdown":
		g.goTo(g.row+g.rows(), g.col)
	case "home":
		g.goTo(g.row, 0)
	case "end":
		g.goTo(g.row, 11)
	case "ctrl+home":
		g.goTo(0, g.col)
	case "ctrl+end":
		g.goTo(len(g.sheet.Rows)-1, g.col)
	default:
		return nil, false
	}
	return nil, true
}

// back takes the last thing away: the text looked for, the cash typed, the filling, the
// screen.
func (g *grid) back() tea.Cmd {
	switch {
	case g.search.Value() != "":
		g.search.SetValue("")
		return nil
	case g.fill != nil:
		return g.askDrop()
	}
	return ui.Do(ui.Pop{})
}

func (g *grid) backspace(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case g.search.Value() != "":
		g.search.Update(m)
		g.find()
	case g.fill != nil:
		g.fill.cash.Update(m)
	}
	return nil
}

// typed sorts what is typed: digits are money, anything else is a name.
func (g *grid) typed(text string) tea.Cmd {
	text = strings.Trim(text, " \r\n\t")
	first, _ := utf8.DecodeRuneInString(text)
	switch number := money(string(first)) != ""; {
	case text == "":
	case number && g.fill != nil:
		g.search.SetValue("")
		g.fill.cash.Insert(text)
	case number:
		return g.beginAmount(text)
	default:
		g.search.Insert(text)
		g.find()
	}
	return nil
}

// money folds what is typed into a number of yuan: full-width digits, and 。 as the
// decimal point. What is no part of a number is dropped.
func money(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r == '.':
			return r
		case r == '\u3002':
			return '.'
		}
		return -1
	}, model.HalfWidth(text))
}

// beginAmount opens the cell for an amount.
func (g *grid) beginAmount(text string) tea.Cmd {
	r := g.at()
	if r == nil {
		return nil
	}
	if why := g.refused(r); why != "" {
		g.note = why
		return nil
	}
	g.search.SetValue("")
	g.amount = ui.NewInput(g.app.Styles)
	g.amount.Fold = money
	g.amount.Insert(text)
	g.follow()
	return nil
}

// amountKey serves the cell while an amount is typed in it.
func (g *grid) amountKey(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		g.amount = nil
		return nil
	case ui.Is(m, ui.Open), ui.Is(m, ui.Next), ui.Is(m, ui.Save), m.String() == "down":
		return g.takeAmount(1)
	case m.String() == "up", ui.Is(m, ui.Previous):
		return g.takeAmount(-1)
	}
	if text, ok := ui.Typed(m); ok && money(text) == "" {
		g.note = "这里打的是金额,只能是数字;按回车登记,按 Esc 不要这个金额"
		return nil
	}
	g.amount.Update(m)
	if g.amount.Value() == "" {
		g.amount = nil
	}
	return nil
}

// find goes to the person that what is typed fits best; of those that it fits as well,
// while something is filled, to one who is in it.
func (g *grid) find() {
	if all := g.found(); len(all) > 0 {
		g.goTo(all[0], g.col)
	}
}

// found gives the rows that what is typed fits best, in their order.
func (g *grid) found() []int {
	sought := model.Seek(g.search.Value())
	if sought.All() {
		return nil
	}
	best, all := 0, []int(nil)
	for i, sounds := range g.sounds {
		rank := sought.Rank(sounds)
		if rank == model.NoRank {
			continue
		}
		rank *= 2
		if g.fill != nil && !g.fill.holds(&g.sheet.Rows[i]) {
			rank++
		}
		if all == nil || rank < best {
			best, all = rank, all[:0]
		}
		if rank == best {
			all = append(all, i)
		}
	}
	return all
}

// another goes to the next of those found, or the one before.
func (g *grid) another(d int) {
	all := g.found()
	for i, row := range all {
		if row == g.row {
			g.goTo(all[(i+d+len(all))%len(all)], g.col)
			return
		}
	}
	g.find()
}

// click puts the cursor where the mouse is.
func (g *grid) click(x, y int) {
	if g.amount != nil {
		return
	}
	i := g.top + y - headLines
	if y < headLines || i >= min(g.top+g.rows(), len(g.sheet.Rows)) {
		return
	}
	lay := g.layout()
	col := g.col
	if c := (x - lay.name - 1) / lay.cell; x > lay.name && c < lay.months {
		col = g.left + c
	}
	g.goTo(i, col)
}

func (g *grid) wheel(m tea.MouseWheelMsg) tea.Cmd {
	switch {
	case g.amount != nil:
	case m.Button == tea.MouseWheelUp:
		g.goTo(g.row-3, g.col)
	case m.Button == tea.MouseWheelDown:
		g.goTo(g.row+3, g.col)
	}
	return nil
}

// refused says why nothing is paid in the cell with the cursor.
func (g *grid) refused(r *count.DuesRow) string {
	if g.app.Ledger.ReadOnly() {
		return "这本台账是只读打开的,只能看、不能改"
	}
	if last := g.app.Today().Month().Add(farthest); g.month() > last {
		return "党费最多预交十二个月,到" + last.Chinese() + "为止"
	}
	return r.Refused(g.month())
}
