package table

import (
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// The lines above the numbers: what is counted, by what, the columns' titles.
const crosstabHead = 3

// cellWidth is the least that a column of numbers takes, brackets of the chosen one
// included.
const cellWidth = 7

// Title implements ui.Screen.
func (c *crosstab) Title() string { return c.over.Title() + " · 分类统计" }

// Unsaved implements ui.Screen.
func (c *crosstab) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (c *crosstab) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看名单"}, {Action: ui.Filter, Label: "换竖项"}, {Action: ui.Sort, Label: "换横项"},
		{Action: ui.Next, Label: "横竖对调"}, {Action: ui.Sheet, Label: "写成表格"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (c *crosstab) Help() []string {
	return []string{
		"这里把表里的" + c.over.kind.Title + "按两项分类数一遍,一项竖着,一项横着。数的是原来那张表里的,同样的视图、筛选和查找。",
		"方向键移到一个数上,按回车回到表里,看这些人(记录)是谁;再按 Esc 去掉筛选。",
		"F5 换竖着的一项,F6 换横着的一项,Tab 横竖对调;下次打开还是这两项。",
		"分档可以重叠(大专及以上也算在高中及以上里),所以各档相加会比合计多;合计里每条只算一次。",
		"F7 写成 Excel 文件。",
	}
}

// SetSize implements ui.Screen.
func (c *crosstab) SetSize(width, height int) {
	c.width, c.height = width, height
	c.follow()
}

func (c *crosstab) rowsShown() int { return max(c.height-crosstabHead, 1) }

// labelWidth is the width of the rows' titles.
func (c *crosstab) labelWidth() int {
	w := ui.Width("合计")
	for _, g := range c.tab.Rows {
		w = max(w, ui.Width(g.Title))
	}
	return min(w, c.width/3) + 2
}

// colWidths gives the width of every column of numbers, the total's last.
func (c *crosstab) colWidths() []int {
	widths := make([]int, len(c.tab.Cols)+1)
	for j := range widths {
		widths[j] = max(cellWidth, ui.Width(c.head(j))+2, len(fmt.Sprint(c.tab.Total))+3)
	}
	return widths
}

func (c *crosstab) head(col int) string {
	if col < len(c.tab.Cols) {
		return c.tab.Cols[col].Title
	}
	return "合计"
}

func (c *crosstab) rowTitle(row int) string {
	if row < len(c.tab.Rows) {
		return c.tab.Rows[row].Title
	}
	return "合计"
}

// number gives a cell or a total.
func (c *crosstab) number(row, col int) int {
	switch {
	case row < len(c.tab.Rows) && col < len(c.tab.Cols):
		return c.tab.Cells[row][col]
	case row < len(c.tab.Rows):
		return c.tab.Rows[row].Total
	case col < len(c.tab.Cols):
		return c.tab.Cols[col].Total
	}
	return c.tab.Total
}

// shown gives the columns on the screen, from the left one on, at least one.
func (c *crosstab) shown() (cols []int, widths []int) {
	widths = c.colWidths()
	free := c.width - c.labelWidth() - 1
	for j := c.left; j < len(widths); j++ {
		if widths[j] > free && len(cols) > 0 {
			break
		}
		free -= widths[j]
		cols = append(cols, j)
	}
	return cols, widths
}

// follow scrolls so that the chosen cell is on the screen.
func (c *crosstab) follow() {
	if c.width == 0 {
		return
	}
	c.top = min(max(c.top, c.row-c.rowsShown()+1), c.row)
	c.left = min(c.left, c.col)
	for {
		cols, _ := c.shown()
		if c.left >= c.col || len(cols) > 0 && cols[len(cols)-1] >= c.col {
			return
		}
		c.left++
	}
}

// View implements ui.Screen.
func (c *crosstab) View() (string, *tea.Cursor) {
	st := c.app.Styles
	what := fmt.Sprintf(" %s:竖着按%s,横着按%s", c.what(), c.side[0].Title(), c.side[1].Title())
	lines := []string{st.Title.Render(ui.Fit(what, c.width))}
	if !c.loaded {
		text := "正在统计…"
		if c.fault != "" {
			text = c.fault
		}
		return strings.Join(ui.Lines(strings.Join(append(lines, "", "  "+text), "\n"), c.width, c.height), "\n"), nil
	}
	cols, widths := c.shown()
	note := fmt.Sprintf(" 共 %d 条", c.tab.Total)
	if hidden := len(widths) - len(cols); hidden > 0 {
		note += fmt.Sprintf("  另有 %d 列,按 ←→ 看", hidden)
	}
	lines = append(lines, st.Muted.Render(ui.Fit(note, c.width)))
	head := ui.Fit("", c.labelWidth()+1)
	for _, j := range cols {
		head += ui.FitRight(c.head(j)+" ", widths[j])
	}
	lines = append(lines, st.Title.Underline(true).Render(ui.FitStyled(head, c.width)))
	for i := c.top; i <= len(c.tab.Rows) && i < c.top+c.rowsShown(); i++ {
		lines = append(lines, c.line(i, cols, widths))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), c.width, c.height), "\n"), nil
}

// what says which records are counted.
func (c *crosstab) what() string {
	text := c.over.kind.Title
	if len(c.over.kind.Views) > 0 {
		text = c.over.view.Name
	}
	for _, cond := range c.over.conds {
		text += ";" + c.over.condText(cond)
	}
	if c.over.find != "" {
		text += ";含有“" + c.over.find + "”"
	}
	return text
}

// line draws a row of numbers; the chosen one stands in brackets.
func (c *crosstab) line(row int, cols, widths []int) string {
	st := c.app.Styles
	line := " " + ui.Fit(ui.Clean(c.rowTitle(row)), c.labelWidth())
	for _, j := range cols {
		n := fmt.Sprint(c.number(row, j))
		if n == "0" {
			n = "-" // so that the numbers stand out
		}
		if row == c.row && j == c.col {
			text := "[" + n + "]"
			line += strings.Repeat(" ", widths[j]-len(text)) + st.Selected.Render(text)
			continue
		}
		line += ui.FitRight(n+" ", widths[j])
	}
	return line
}

// click chooses the number at a cell of the screen; the chosen one shows its records.
func (c *crosstab) click(x, y int) tea.Cmd {
	row := c.top + y - crosstabHead
	if y < crosstabHead || row > len(c.tab.Rows) {
		return nil
	}
	cols, widths := c.shown()
	at := c.labelWidth() + 1
	for _, j := range cols {
		if x >= at && x < at+widths[j] {
			if row == c.row && j == c.col {
				return c.show()
			}
			c.row, c.col = row, j
			return nil
		}
		at += widths[j]
	}
	return nil
}

// grid makes the numbers into a sheet.
func (c *crosstab) grid() sheet.Grid {
	title := c.what() + ":" + c.side[0].Title() + " × " + c.side[1].Title()
	if home := c.app.Ledger.Home(); home != nil {
		title = home.Str("name") + " " + title
	}
	g := sheet.Grid{Title: title, Subtitle: c.app.Today().Chinese(), Name: "分类统计", Columns: []string{c.side[0].Title()}, Fixed: 1}
	for j := range len(c.tab.Cols) + 1 {
		g.Columns = append(g.Columns, c.head(j))
	}
	for i := range len(c.tab.Rows) + 1 {
		line := []any{c.rowTitle(i)}
		for j := range len(c.tab.Cols) + 1 {
			line = append(line, int64(c.number(i, j)))
		}
		g.Rows = append(g.Rows, line)
	}
	return g
}

// writeGrid writes the sheet and says so.
func writeGrid(app *ui.App, path string, g sheet.Grid) tea.Msg {
	if err := sheet.WriteGridXLSX(app.Ctx, path, g); err != nil {
		return ui.Failed{Err: pathError(path, err)}
	}
	if err := ui.KeepFolder(app, path); err != nil {
		return ui.Failed{Err: err}
	}
	return ui.Status{Text: "已写成 " + filepath.Base(path)}
}
