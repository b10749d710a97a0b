package paper

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/tui/ui"
)

// preview shows the pages of a paper as they will be printed.
type preview struct {
	app   *ui.App
	paper *page.Paper
	of    subject

	run   int // of the reading that is waited for
	fault string
	pages []shownPage
	lines []string // of all pages, one below the other
	wide  int      // cells of the widest line
	note  []string // what was written last

	top, left int
	w, h      int
}

var _ ui.Screen = (*preview)(nil)

// shownPage is where a page stands among the lines.
type shownPage struct {
	from, to         int
	still            int   // cells at the left that stay
	edges            []int // where lines between columns stand
	headFrom, headTo int
}

// read is what came of a reading; reask a subject chosen anew.
type (
	read struct {
		run  int
		of   subject
		made *paper.Made
		err  error
	}
	reask subject
)

func newPreview(app *ui.App, p *page.Paper, of subject) *preview {
	return &preview{app: app, paper: p, of: of}
}

// Init implements ui.Screen.
func (p *preview) Init() tea.Cmd { return p.read(p.of) }

// read makes the paper of a subject.
func (p *preview) read(of subject) tea.Cmd {
	p.run++
	m := read{run: p.run, of: of}
	return func() tea.Msg {
		q, err := m.of.request(p.app, p.paper)
		if m.err = err; err != nil {
			return m
		}
		if p.paper.Over == page.OverRecord && !m.of.blank {
			m.of.what = recordItem(q.Record).Label
		}
		m.made, m.err = paper.Make(p.app.Ctx, p.paper, q)
		return m
	}
}

// take shows what was made; where that failed, what is shown stays.
func (p *preview) take(m read) tea.Cmd {
	if m.err != nil {
		if p.pages == nil {
			p.fault = "没有排出这张表,按 " + ui.Find.Key() + " 另选,或按 Esc 返回"
		}
		return ui.Do(ui.Failed{Err: m.err})
	}
	lines, pages, wide := draw(m.made)
	if m.of.blank && !p.of.blank && slices.Equal(lines, p.lines) {
		return ui.Do(ui.Status{Text: "这张表没有空白的样子"})
	}
	p.of, p.fault = m.of, ""
	p.lines, p.pages, p.wide = lines, pages, wide
	p.top, p.left = 0, 0
	return nil
}

// draw puts the pages one below the other, with a rule between them.
func draw(m *paper.Made) (lines []string, pages []shownPage, wide int) {
	for i, laid := range m.Pages {
		if i > 0 {
			lines = append(lines, "", "════════════════════", "")
		}
		pic := laid.Draw()
		from := len(lines)
		lines = append(lines, pic.Lines...)
		s := shownPage{from: from, to: len(lines), still: pic.Still, edges: pic.Edges}
		if pic.HeadTo > pic.HeadFrom {
			s.headFrom, s.headTo = from+pic.HeadFrom, from+pic.HeadTo
		}
		pages = append(pages, s)
	}
	for i := range lines {
		lines[i] = ui.Clean(lines[i])
		wide = max(wide, ui.Width(lines[i]))
	}
	return lines, pages, wide
}

// Title implements ui.Screen.
func (p *preview) Title() string { return p.paper.Title }

// Unsaved implements ui.Screen.
func (p *preview) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *preview) Hints() []ui.Hint {
	var hints []ui.Hint
	if p.pages != nil {
		hints = append(hints, ui.Hint{Action: ui.Print, Label: "打印"})
	}
	if what := p.another(); what != "" {
		hints = append(hints, ui.Hint{Action: ui.Find, Label: what})
	}
	blank := "空白表"
	if p.of.blank {
		blank = "填好的"
	}
	return append(hints, ui.Hint{Action: ui.Filter, Label: blank}, ui.Hint{Action: ui.Back, Label: "返回"})
}

// another says what can be chosen anew.
func (p *preview) another() string {
	switch p.paper.Over {
	case page.OverMonth:
		return "换月份"
	case page.OverYear:
		return "换年份"
	case page.OverRecord:
		return "换一条"
	case page.OverRecords:
		return "换一批"
	}
	return ""
}

// Help implements ui.Screen.
func (p *preview) Help() []string {
	help := []string{
		"这是打印出来的样子。↑ ↓ PgUp PgDn 上下翻,← → 左右移,Home End 到头到尾;表头和前几列会留在原处。",
		"按 " + ui.Print.Keys() + " 或回车打印:写成 Excel 文件,放到桌面的“" + folderName + "”文件夹、U盘或别的文件夹,并用电脑上的表格程序打开,在那里打印。",
		"按 F5 换成空白表,打印出来用笔填;再按一次换回来。",
	}
	if what := p.another(); what != "" {
		help = append(help, "按 F4 "+what+"。")
	}
	if p.paper.Whole {
		help = append(help, "身份证号、电话和住址平时隐去一部分。打印时可以写全,那要填用途和接收单位,记进修改记录。")
	}
	return help
}

// SetSize implements ui.Screen.
func (p *preview) SetSize(w, h int) {
	p.w, p.h = w, h
	p.clamp()
}

// Update implements ui.Screen.
func (p *preview) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == p.run {
			cmd := p.take(m)
			p.clamp()
			return cmd
		}
	case reask:
		return p.read(subject(m))
	case written:
		p.note = m.text()
		p.clamp()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			p.top -= 3
		case tea.MouseWheelDown:
			p.top += 3
		case tea.MouseWheelLeft:
			p.sideways(-1)
		case tea.MouseWheelRight:
			p.sideways(1)
		}
		p.clamp()
	}
	return nil
}

// sideStep is how many cells a step sideways goes at least: on to the next column's edge.
const sideStep = 10

// sideways moves the pages by about a column.
func (p *preview) sideways(d int) {
	s := p.here()
	still := p.stillOf(s)
	to := p.left + d*sideStep
	best := to
	for _, e := range s.edges { // the column that begins beside the still ones
		at := e + 1 - still
		if d > 0 && at >= to && (best == to || at < best) || d < 0 && at <= to && (best == to || at > best) {
			best = at
		}
	}
	p.left = best
}

// stillOf is how many cells of a page stay at the left: not where they would take more
// than half of the screen.
func (p *preview) stillOf(s shownPage) int {
	if s.still > p.w/2 {
		return 0
	}
	return s.still
}

func (p *preview) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Print), m.String() == "enter", ui.Is(m, ui.Sheet):
		return p.print()
	case ui.Is(m, ui.Find):
		return choose(p.app, p.paper, p.of, func(s subject) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(reask(s))) })
	case ui.Is(m, ui.Filter):
		return p.toggleBlank()
	}
	step := max(p.rows()-p.headRows()-1, 1)
	switch m.String() {
	case "up":
		p.top--
	case "down":
		p.top++
	case "pgup":
		p.top -= step
	case "pgdown":
		p.top += step
	case "home":
		p.top, p.left = 0, 0
	case "end":
		p.top = len(p.lines)
	case "left":
		p.sideways(-1)
	case "right":
		p.sideways(1)
	}
	p.clamp()
	return nil
}

// toggleBlank goes between the paper filled in and the one to fill in by hand.
func (p *preview) toggleBlank() tea.Cmd {
	of := p.of
	of.blank = !of.blank
	if !of.blank && (p.paper.Over == page.OverRecord && of.record == "" || p.paper.Over == page.OverRecords && of.records == nil) {
		return choose(p.app, p.paper, of, func(s subject) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(reask(s))) })
	}
	return p.read(of)
}

// rows are the lines that the pages have on the screen.
func (p *preview) rows() int { return max(p.h-1-len(p.noteLines()), 1) }

func (p *preview) noteLines() []string {
	var all []string
	for _, n := range p.note {
		all = append(all, ui.Wrap(n, max(p.w-2, 20))...)
	}
	return all
}

func (p *preview) clamp() {
	p.top = max(min(p.top, len(p.lines)-p.rows()), 0)
	p.left = max(min(p.left, p.wide-p.w+2), 0)
}

// here is the page that the uppermost line belongs to.
func (p *preview) here() shownPage {
	at := shownPage{}
	for _, s := range p.pages {
		if s.from <= p.top {
			at = s
		}
	}
	return at
}

// headRows is how many lines of headings stay at the top.
func (p *preview) headRows() int {
	s := p.here()
	n := s.headTo - s.headFrom
	if p.top <= s.headFrom || p.top+n >= s.to || n > p.rows()/2 {
		return 0
	}
	return n
}

// View implements ui.Screen.
func (p *preview) View() (string, *tea.Cursor) {
	lines := []string{p.app.Styles.Muted.Render(ui.Cut(" "+p.state(), p.w))}
	if p.pages == nil {
		text := p.fault
		if text == "" {
			text = "正在排版…"
		}
		lines = append(lines, "", "  "+text)
		return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), nil
	}
	at, head, skip := p.here(), p.headRows(), 0
	if head > 0 && strings.HasPrefix(p.lines[p.top+head], "├") {
		head, skip = head-1, 1 // one line below the headings is enough
	}
	for i := range p.rows() {
		y := p.top + i + skip
		if i < head {
			y = at.headFrom + i
		}
		lines = append(lines, p.line(y))
	}
	for _, n := range p.noteLines() {
		lines = append(lines, p.app.Styles.Good.Render(" "+n))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), nil
}

// line gives what of a line stands on the screen: the first columns, and what the move
// sideways leaves of the others.
func (p *preview) line(y int) string {
	if y < 0 || y >= len(p.lines) {
		return ""
	}
	text, still, room := p.lines[y], 0, p.w-1
	for _, s := range p.pages {
		if y >= s.from && y < s.to {
			still = p.stillOf(s)
		}
	}
	if p.left == 0 {
		return " " + ui.Slice(text, 0, room)
	}
	return " " + ui.Slice(text, 0, still) + ui.Slice(text, still+p.left, p.left+room)
}

// state says above the pages what they are of.
func (p *preview) state() string {
	var parts []string
	if t := p.of.title(p.paper, p.app.Today()); t != "" {
		parts = append(parts, t)
	}
	if p.of.blank {
		parts = append(parts, "空白表")
	}
	switch {
	case p.paper.Posting:
		parts = append(parts, "张贴用,不带身份证号和电话")
	case p.paper.Whole && !p.of.blank:
		parts = append(parts, "号码和住址隐去一部分,打印时可以写全")
	}
	if p.paper.Draft {
		parts = append(parts, "草稿,供核对")
	}
	if p.wide > p.w-1 {
		parts = append(parts, "← → 左右看")
	}
	return strings.Join(parts, " · ")
}
