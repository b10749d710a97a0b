package table

import (
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// reasonLines is the room below the rows for what is said of the selected one.
const reasonLines = 3

// View implements ui.Screen. No text field stands here, so there is no cursor.
func (p *preview) View() (string, *tea.Cursor) {
	lines := p.headLines()
	lines = append(lines, p.rowLines()...)
	lines = append(lines, p.reason()...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.width, p.height), "\n"), nil
}

// headLines say which file it is, how many rows, and which columns are taken.
func (p *preview) headLines() []string {
	s := p.app.Styles
	name := s.Label.Render(" 文件:") + ui.Clean(filepath.Base(p.path))
	switch {
	case p.working != "":
		return []string{name, s.Title.Render(" " + p.working)}
	case p.err != nil:
		lines := []string{name}
		for _, l := range ui.Wrap("读不了这个文件:"+p.err.Error(), p.width-2) {
			lines = append(lines, s.Fault.Render(" "+l))
		}
		return lines
	case p.plan == nil:
		return []string{name}
	}
	if p.plan.Sheet != "" {
		name += "  工作表:" + ui.Clean(strings.Join(p.plan.Sheets(), "、"))
	}
	name += fmt.Sprintf("  标题行:第 %d 行", p.plan.HeaderRow)
	read, taken, updated, duplicates, rejected := p.plan.Counts()
	counts := fmt.Sprintf(" 共 %d 行:收入 %d,更新 %d,重复 %d,拒收 %d", read, taken, updated, duplicates, rejected)
	with := "跳过"
	if p.onDuplicate == sheet.Update {
		with = "用文件里填了的内容更新"
	}
	in, out := p.columnTexts()
	if text := p.plan.Gaps(); text != "" {
		counts += ui.Cut("  "+text, p.width-ui.Width(counts)-1)
	}
	lines := []string{name, s.Title.Render(counts), " 台账里已有的:" + with + "(按 Tab 改)"}
	if text := p.askedLine(); text != "" {
		lines = append(lines, ui.Cut(" "+text, p.width))
	}
	lines = append(lines, limited(" 读入的列:"+in, p.width, 2)...)
	if out != "" {
		for _, l := range limited(" 不读的列:"+out, p.width, 3) {
			lines = append(lines, s.Warning.Render(l))
		}
	}
	if notes := strings.Join(p.plan.Notes, ";"); notes != "" {
		for _, l := range limited(" 请注意:"+notes, p.width, 4) {
			lines = append(lines, s.Warning.Render(l))
		}
	}
	return lines
}

// limited wraps a text into at most n lines.
func limited(text string, width, n int) []string {
	lines := ui.Wrap(text, width-2)
	if len(lines) > n {
		lines = lines[:n]
		lines[n-1] = ui.Cut(lines[n-1], width-4) + ui.Ellipsis
	}
	for i := 1; i < len(lines); i++ {
		lines[i] = "  " + lines[i]
	}
	return lines
}

// columnTexts names the columns taken and those left out with the reason.
func (p *preview) columnTexts() (in, out string) {
	var taken, left []string
	for _, c := range p.plan.Columns {
		heading := strings.Join(strings.Fields(c.Heading), "")
		switch {
		case c.Field == nil && heading == "":
		case c.Field == nil:
			left = append(left, heading+"("+c.Why+")")
		case c.Field.Label == heading:
			taken = append(taken, heading)
		default:
			taken = append(taken, heading+"→"+c.Field.Label)
		}
	}
	return strings.Join(taken, "、"), strings.Join(left, "、")
}

func (p *preview) firstRow() int { return len(p.headLines()) + 1 }

func (p *preview) listHeight() int { return max(p.height-p.firstRow()-reasonLines-1, 1) }

// The preview's columns: the row's number, the verdict, the record, what is said.
const (
	numberWidth  = 6
	verdictWidth = 4
)

func (p *preview) rowLines() []string {
	if p.plan == nil {
		return nil
	}
	labelWidth := p.labelWidth()
	say := max(p.width-lead-numberWidth-verdictWidth-labelWidth-3*gap, 4)
	space := strings.Repeat(" ", gap)
	head := strings.Repeat(" ", lead) + ui.FitRight("行", numberWidth) + space + ui.Fit("结果", verdictWidth) + space +
		ui.Fit(p.kind.Title, labelWidth) + space + ui.Fit("说明", say)
	lines := []string{p.app.Styles.Title.Underline(true).Render(ui.FitStyled(head, p.width))}
	h := p.listHeight()
	for i := p.top; i < min(len(p.rows), p.top+h); i++ {
		r := &p.plan.Rows[p.rows[i]]
		pointer := strings.Repeat(" ", lead)
		if i == p.cur {
			pointer = ui.Fit(">", lead)
		}
		line := pointer + ui.FitRight(fmt.Sprint(r.Number), numberWidth) + space + ui.Fit(r.Verdict.String(), verdictWidth) + space +
			ui.Fit(rowName(r), labelWidth) + space + ui.Fit(said(r), say)
		lines = append(lines, p.styled(r, i == p.cur, ui.FitStyled(line, p.width)))
	}
	if len(p.rows) == 0 {
		lines = append(lines, strings.Repeat(" ", lead)+"没有这样的行")
	}
	for len(lines) < h+1 {
		lines = append(lines, "")
	}
	return lines
}

// labelWidth is the room that the records' names need, within bounds.
func (p *preview) labelWidth() int {
	w := max(ui.Width(p.kind.Title), 6)
	for _, i := range p.rows {
		if w = max(w, ui.Width(rowName(&p.plan.Rows[i]))); w >= 20 {
			return 20
		}
	}
	return w
}

func (p *preview) styled(r *sheet.Row, selected bool, line string) string {
	s := p.app.Styles
	switch {
	case selected:
		return s.Selected.Render(line)
	case r.Verdict == sheet.Reject:
		return s.Fault.Render(line)
	case len(r.Warnings) > 0:
		return s.Warning.Render(line)
	case r.Verdict == sheet.Duplicated:
		return s.Muted.Render(line)
	}
	return line
}

// rowName names a row by its record, or by its first cells when it has none.
func rowName(r *sheet.Row) string {
	if r.Record != nil {
		if s := nameOf(r.Record); s != "" {
			return s
		}
	}
	var cells []string
	for _, c := range r.Cells {
		if c = strings.TrimSpace(c); c != "" && len(cells) < 3 {
			cells = append(cells, c)
		}
	}
	return strings.Join(cells, " ")
}

// said joins what there is to say of a row.
func said(r *sheet.Row) string {
	var parts []string
	if r.Reason != "" {
		parts = append(parts, r.Reason)
	}
	parts = append(parts, r.Warnings...)
	for _, g := range r.Gaps {
		parts = append(parts, g.Text)
	}
	return strings.Join(parts, ";")
}

// reason says in full what is said of the selected row.
func (p *preview) reason() []string {
	if p.plan == nil || p.cur >= len(p.rows) {
		return nil
	}
	r := &p.plan.Rows[p.rows[p.cur]]
	lines := []string{ui.Rule(p.app.Styles, ui.Clean(r.Where()), p.width)}
	text := said(r)
	if text == "" {
		text = "没有问题"
	}
	return append(lines, limited(" "+text, p.width, reasonLines)...)
}
