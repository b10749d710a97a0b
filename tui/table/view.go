package table

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// The body's lines: the search line, the line that says what is shown, the
// header, the rows.
const (
	searchLine = 0
	stateLine  = 1
	headLine   = 2
	rowsLine   = 3

	searchLabel = ui.SearchPrompt
	searchHint  = " 打汉字、拼音或首字母"
	searchWidth = 30 // cells of the input
)

// paneFrom is the width from which the record stands beside the list.
const paneFrom = 120

// listHeight gives the rows of the list; the sums take one where there are any.
func (t *tableScreen) listHeight() int {
	if t.footed() {
		return max(t.height-rowsLine-1, 1)
	}
	return max(t.height-rowsLine, 1)
}

// listWidth gives the cells of the list; the rest is the record's.
func (t *tableScreen) listWidth() int {
	if t.width < paneFrom {
		return t.width
	}
	return t.width - max(32, t.width*28/100) - 3
}

// View implements ui.Screen.
func (t *tableScreen) View() (string, *tea.Cursor) {
	if t.width < 1 || t.height < 1 {
		return "", nil
	}
	lines := make([]string, 0, t.height)
	line, cursor := t.drawSearch()
	lines = append(lines, line, t.drawState())
	list := t.drawList()
	if t.listWidth() < t.width {
		pane := t.drawPane(t.width-t.listWidth()-3, len(list))
		bar := t.app.Styles.Box.Render("│")
		for i := range list {
			list[i] += " " + bar + " " + pane[i]
		}
	}
	lines = append(lines, list...)
	return strings.Join(lines[:min(len(lines), t.height)], "\n"), cursor
}

// drawSearch draws the search line, which always holds the cursor.
func (t *tableScreen) drawSearch() (string, *tea.Cursor) {
	label := t.app.Styles.Label.Render(searchLabel)
	x := ui.Width(searchLabel)
	w := max(min(searchWidth, t.width-x-24), 4)
	t.search.SetWidth(w)
	text, cursor := t.search.View()
	if cursor != nil {
		cursor.X += x
		cursor.Y += searchLine
	}
	if t.search.Value() == "" {
		text = t.app.Styles.Muted.Render(searchHint)
	}
	right := t.position() + " "
	left := label + ui.FitStyled(text, w)
	return ui.FitStyled(left, t.width-ui.Width(right)) + right, cursor
}

// position says how many rows there are and which one is selected.
func (t *tableScreen) position() string {
	var parts []string
	if n := len(t.marked); n > 0 {
		parts = append(parts, fmt.Sprintf("已标记 %d 条", n))
	}
	switch {
	case !t.loaded:
	case t.win.total < 0 && len(t.win.rows) > 0:
		parts = append(parts, "正在数有多少条…")
	case len(t.win.rows) == 0:
		parts = append(parts, "共 0 条")
	default:
		parts = append(parts, fmt.Sprintf("共 %d 条,第 %d 条", t.win.total, t.win.at+t.win.cur+1))
	}
	return strings.Join(parts, ",")
}

// drawState says what is shown: view, conditions, order, columns out of sight.
func (t *tableScreen) drawState() string {
	var parts []string
	if len(t.kind.Views) > 0 {
		parts = append(parts, "视图:"+t.view.Name)
	}
	if len(t.conds) > 0 {
		texts := make([]string, len(t.conds))
		for i, c := range t.conds {
			texts[i] = t.condText(c)
		}
		parts = append(parts, "筛选:"+strings.Join(texts, ";"))
	}
	if t.sort != nil {
		parts = append(parts, "排序:"+t.sortText())
	}
	_, hidden := t.layout()
	if hidden > 0 || t.skip > 0 {
		parts = append(parts, fmt.Sprintf("另有 %d 列,按 ←→ 看", hidden+t.skip))
	}
	return t.app.Styles.Muted.Render(ui.Fit(" "+strings.Join(parts, "  "), t.width))
}

func (t *tableScreen) layout() ([]placed, int) {
	return layout(t.cols, t.listWidth(), t.skip)
}

// drawList draws the header and the rows, each exactly as wide as the list.
func (t *tableScreen) drawList() []string {
	cols, _ := t.layout()
	width, height := t.listWidth(), t.listHeight()
	head := strings.Repeat(" ", lead)
	for i, c := range cols {
		head += t.fillHead(c, i == len(cols)-1)
	}
	lines := []string{t.app.Styles.Title.Underline(true).Render(ui.FitStyled(head, width))}
	if len(t.win.rows) == 0 {
		return append(lines, t.drawEmpty(width, height)...)
	}
	for i := t.win.top; i < min(len(t.win.rows), t.win.top+height); i++ {
		lines = append(lines, t.drawRow(cols, i, width))
	}
	for len(lines) < height+1 {
		lines = append(lines, strings.Repeat(" ", width))
	}
	if t.footed() {
		lines = append(lines, t.drawSums(cols, width))
	}
	return lines
}

// fillHead gives a column's heading in its cells, and the gap after it. An arrow that has
// no room in them takes one of the gap.
func (t *tableScreen) fillHead(c placed, end bool) string {
	label := t.headLabel(c.column)
	if over := ui.Width(label) - c.w; over == 1 && !end {
		c.w++
		return strings.TrimSuffix(fill(c, label, end), " ")
	}
	return fill(c, ui.Cut(label, c.w), end)
}

// headLabel gives a column's label with the arrow of the order by it.
func (t *tableScreen) headLabel(c column) string {
	if len(t.sort) == 0 {
		return c.label
	}
	switch t.sort[0] {
	case c.name:
		return c.label + "↑"
	case "-" + c.name:
		return c.label + "↓"
	}
	return c.label
}

func (t *tableScreen) drawRow(cols []placed, i, width int) string {
	r := t.win.rows[i]
	pointer, mark := " ", " "
	if i == t.win.cur {
		pointer = ">"
	}
	_, marked := t.marked[r.ID]
	if marked {
		mark = "*"
	}
	line := pointer + mark + " "
	for j, c := range cols {
		line += fill(c, c.text(r, t.app.ShowIDs), j == len(cols)-1)
	}
	line = ui.FitStyled(line, width)
	switch {
	case i == t.win.cur:
		return t.app.Styles.Selected.Render(line)
	case marked:
		return t.app.Styles.Marked.Render(line)
	}
	return line
}

// fill gives a text in the column's cells, and the gap after it.
func fill(c placed, text string, end bool) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if c.right {
		text = ui.FitRight(text, c.w)
	} else {
		text = ui.Fit(text, c.w)
	}
	if end {
		return text
	}
	return text + strings.Repeat(" ", gap)
}

// drawEmpty says why there is nothing and what to do.
func (t *tableScreen) drawEmpty(width, height int) []string {
	if len(t.outside.rows) > 0 {
		return t.drawOutside(width, height)
	}
	var text []string
	switch {
	case t.failed != nil:
		text = []string{"没能读出记录。按 F4 再读一次;还是不行,请退出后重新打开程序"}
	case !t.loaded:
		text = []string{"正在读…"}
	case t.find != "":
		text = []string{fmt.Sprintf("没有找到“%s”。按 Esc 清除查找", t.find)}
		if t.view.Where != nil || len(t.conds) > 0 {
			text = append(text, "现在只在“"+t.shown()+"”里找,按 F5 可以换视图或去掉筛选")
		}
	case len(t.conds) > 0:
		text = []string{"没有合乎筛选条件的记录。按 Esc 去掉筛选,按 F5 改筛选"}
	case t.view.Where != nil && t.app.Ledger.ReadOnly():
		text = []string{"“" + t.view.Name + "”里没有记录。按 F5 换视图"}
	case t.view.Where != nil:
		text = []string{"“" + t.view.Name + "”里还没有记录。按 F5 换视图,按 F2 新增,或按 F7 从 Excel 读入"}
	case t.app.Ledger.ReadOnly():
		text = []string{"还没有记录"}
	default:
		text = []string{"还没有记录,按 F2 新增,或按 F7 从 Excel 读入"}
	}
	lines := []string{strings.Repeat(" ", width)}
	for _, s := range text {
		for _, part := range ui.Wrap(s, width-2*lead) {
			lines = append(lines, strings.Repeat(" ", lead)+ui.Fit(part, width-lead))
		}
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", width))
	}
	return lines[:height]
}

func (t *tableScreen) shown() string {
	if len(t.conds) == 0 {
		return t.view.Name
	}
	return t.view.Name + "(有筛选)"
}

// sortText says by which fields the rows are ordered.
func (t *tableScreen) sortText() string {
	texts := make([]string, len(t.sort))
	for i, s := range t.sort {
		name, desc := strings.CutPrefix(s, "-")
		texts[i] = labelOf(t.kind, name) + direction(t.kind.Column(name), desc)
	}
	return strings.Join(texts, "、")
}

// direction says in which order a field's values stand.
func direction(f *model.Field, desc bool) string {
	var up, down string
	switch {
	case f != nil && (f.Type == model.TypeDate || f.Type == model.TypeMonth || f.Type == model.TypeYear):
		up, down = "从早到晚", "从晚到早"
	case f != nil && f.Type.Right():
		up, down = "从小到大", "从大到小"
	default:
		up, down = "顺排", "倒排"
	}
	if desc {
		return down
	}
	return up
}

func labelOf(k *model.Kind, name string) string {
	if f := k.Column(name); f != nil {
		return f.Label
	}
	return name
}
