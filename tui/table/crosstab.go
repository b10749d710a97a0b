package table

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// crosstab counts the rows of a table two ways: how many of which age have which
// schooling. Its sides can be changed, and the records behind a number shown.
type crosstab struct {
	app  *ui.App
	over *tableScreen // whose rows are counted; its question does not change meanwhile
	axes []store.Axis
	side [2]store.Axis // rows, columns

	gen    int
	tab    store.Crosstab
	loaded bool
	fault  string

	row, col      int // the chosen cell; the last of each is the total
	top, left     int // the first row and column on the screen
	width, height int
}

var _ ui.Screen = (*crosstab)(nil)

// crosstabRead is what was counted.
type crosstabRead struct {
	c   *crosstab
	gen int
	tab store.Crosstab
	err error
}

// crosstabSides is which sides were looked at last.
type crosstabSides struct {
	c           *crosstab
	first, then string
	err         error
}

// openCrosstab counts the rows of the table two ways.
func (t *tableScreen) openCrosstab() tea.Cmd {
	axes := store.Axes(t.kind)
	if len(axes) == 0 {
		return ui.Do(ui.Status{Text: t.kind.Title + "没有可以分类统计的项"})
	}
	c := &crosstab{app: t.app, over: t, axes: axes}
	c.side = usualSides(axes)
	return ui.Do(ui.Push{Screen: c})
}

// usualSides gives what is counted by at first: the first bands of a computed value and
// the first bands of a field, or whatever comes first.
func usualSides(axes []store.Axis) [2]store.Axis {
	axes = slices.Clone(axes)
	model.Sort(axes, func(a, b store.Axis) int { return sideRank(a) - sideRank(b) })
	banded := slices.IndexFunc(axes, func(a store.Axis) bool { return a.Bands && len(a.Field.Choices) > 0 })
	sides := [2]store.Axis{axes[0], axes[max(banded, min(1, len(axes)-1))]}
	if sideRank(sides[0]) < manyValues && sideRank(sides[1]) >= manyValues {
		sides[0], sides[1] = sides[1], sides[0] // what has many values goes down
	}
	return sides
}

// manyValues is the sideRank from which a side has many values.
const manyValues = 3

// sideRank puts bands before choices, and last what has many values: months and names.
func sideRank(a store.Axis) int {
	switch {
	case a.Bands && len(a.Field.Choices) == 0:
		return 0
	case a.Bands, a.Field.Type == model.TypeChoice:
		return 1
	case a.Field.Type == model.TypeBool:
		return 2
	case a.Field.Type != model.TypeRef:
		return manyValues
	}
	return manyValues + 1
}

func (c *crosstab) setting() string { return "crosstab." + c.over.kind.Name }

// Init implements ui.Screen: the sides looked at last, then the numbers.
func (c *crosstab) Init() tea.Cmd {
	l, ctx, s, name := c.app.Ledger, c.app.Ctx, crosstabSides{c: c}, c.setting()
	return func() tea.Msg {
		var kept string
		if kept, s.err = l.Setting(ctx, name); s.err == nil {
			s.first, s.then, _ = strings.Cut(kept, ",")
		}
		return s
	}
}

func (c *crosstab) tookSides(s crosstabSides) tea.Cmd {
	for i, name := range []string{s.first, s.then} {
		if at := slices.IndexFunc(c.axes, func(a store.Axis) bool { return a.Name() == name }); at >= 0 {
			c.side[i] = c.axes[at]
		}
	}
	if s.err != nil {
		return tea.Batch(c.read(), ui.Do(ui.Failed{Err: fmt.Errorf("read settings: %w", s.err)}))
	}
	return c.read()
}

func (c *crosstab) read() tea.Cmd {
	c.gen++
	l, ctx, q, side, r := c.app.Ledger, c.app.Ctx, c.over.query(), c.side, crosstabRead{c: c, gen: c.gen}
	return func() tea.Msg {
		r.tab, r.err = l.Crosstab(ctx, q, side[0], side[1])
		return r
	}
}

func (c *crosstab) took(r crosstabRead) tea.Cmd {
	if r.gen != c.gen {
		return nil
	}
	if r.err != nil {
		c.fault = "没能统计出来,请按 Esc 返回再试"
		return ui.Do(ui.Failed{Err: r.err})
	}
	c.tab, c.loaded, c.fault = r.tab, true, ""
	c.move(0, 0)
	return nil
}

// Update implements ui.Screen.
func (c *crosstab) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case crosstabSides:
		if m.c == c {
			return c.tookSides(m)
		}
	case crosstabRead:
		if m.c == c {
			return c.took(m)
		}
	case ui.Changed:
		return c.read()
	case tea.KeyPressMsg:
		return c.key(m)
	case tea.MouseClickMsg:
		return c.click(m.X, m.Y)
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			c.move(-1, 0)
		case tea.MouseWheelDown:
			c.move(1, 0)
		}
	}
	return nil
}

func (c *crosstab) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(msg, ui.Back), ui.Is(msg, ui.Tally):
		return ui.Do(ui.Pop{})
	case ui.Is(msg, ui.Open):
		return c.show()
	case ui.Is(msg, ui.Filter):
		return c.askSide(0)
	case ui.Is(msg, ui.Sort):
		return c.askSide(1)
	case ui.Is(msg, ui.Sheet):
		return c.askFile()
	case ui.Is(msg, ui.Next):
		c.side[0], c.side[1] = c.side[1], c.side[0]
		return c.turned()
	}
	switch msg.String() {
	case "up":
		c.move(-1, 0)
	case "down":
		c.move(1, 0)
	case "left":
		c.move(0, -1)
	case "right":
		c.move(0, 1)
	case "home":
		c.row, c.col = 0, 0
		c.move(0, 0)
	case "end":
		c.row, c.col = len(c.tab.Rows), len(c.tab.Cols)
		c.move(0, 0)
	}
	return nil
}

// askSide asks by what rows (0) or columns (1) are to be counted.
func (c *crosstab) askSide(i int) tea.Cmd {
	items := make([]ui.Item, len(c.axes))
	for n, a := range c.axes {
		note := ""
		if a.Name() == c.side[i].Name() {
			note = "现在"
		}
		items[n] = ui.Item{Label: a.Title(), Note: note, Key: a.Name(), Run: func() tea.Cmd {
			c.side[i] = a
			return tea.Batch(ui.Do(ui.Pop{}), c.turned())
		}}
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(c.app, []string{"竖着按哪一项分", "横着按哪一项分"}[i], items, nil)})
}

// turned counts by other sides and remembers them.
func (c *crosstab) turned() tea.Cmd {
	c.row, c.col, c.top, c.left = 0, 0, 0, 0
	return tea.Batch(c.read(), c.over.keep(c.setting(), []string{c.side[0].Name(), c.side[1].Name()}))
}

// chosen gives the groups of the chosen cell; none of a total.
func (c *crosstab) chosen() []store.Group {
	var groups []store.Group
	if c.row < len(c.tab.Rows) {
		groups = append(groups, c.tab.Rows[c.row])
	}
	if c.col < len(c.tab.Cols) {
		groups = append(groups, c.tab.Cols[c.col])
	}
	return groups
}

// show goes back to the table, which then holds the records behind the chosen number.
func (c *crosstab) show() tea.Cmd {
	if !c.loaded {
		return nil
	}
	t := c.over
	for _, g := range c.chosen() {
		t.nameValues(g)
		t.conds = addConds(t.conds, g.Conds...)
	}
	return tea.Sequence(ui.Do(ui.Pop{}), t.renew())
}

// nameValues remembers what the ids in a group's conditions are called.
func (t *tableScreen) nameValues(g store.Group) {
	for _, cond := range g.Conds {
		if f := t.kind.Field(cond.Field); f != nil && f.Target != "" && len(cond.Values) == 1 {
			t.names[cond.Values[0]] = g.Title
		}
	}
}

// askFile asks where the table of numbers is to be written.
func (c *crosstab) askFile() tea.Cmd {
	t, g := c.over, c.grid()
	return func() tea.Msg {
		folder, err := ui.LastFolder(c.app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		name := ui.FolderPath(folder) + strings.TrimSuffix(t.fileName(".xlsx"), ".xlsx") + "_" + c.side[0].Title() + "_" + c.side[1].Title() + ".xlsx"
		return ui.Push{Screen: ui.NewPathBox(c.app, ui.PathAsk{Title: "写成文件", Help: "写到哪里、叫什么名字:", Path: name, Exts: []string{".xlsx"}, New: true,
			Done: func(path string) tea.Cmd {
				path = withExt(path, ".xlsx")
				return t.asking(path, func() tea.Msg { return writeGrid(c.app, path, g) })
			}})}
	}
}

// move moves the chosen cell, keeping it among the numbers and on the screen.
func (c *crosstab) move(down, across int) {
	c.row = min(max(c.row+down, 0), len(c.tab.Rows))
	c.col = min(max(c.col+across, 0), len(c.tab.Cols))
	c.follow()
}
