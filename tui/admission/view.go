package admission

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	steps "taizhang/model/party/admission"
	"taizhang/tui/ui"
)

// From wide cells on the materials stand beside the steps; the list that has the keys has
// the more room.
const (
	wide       = 116
	fileNarrow = 36
	fileWide   = 74
)

// The rows above and below the lists: what is known of the whole, the columns' names;
// a line and what is to be said of the chosen entry.
const (
	headRows   = 2
	detailRows = ui.DetailRows
)

// The widths of the columns of a step: mark, number, name, three days.
const (
	markCells = 4
	nameCells = 16
	dayCells  = 10
)

func (p *page) beside() bool { return p.w >= wide }

// fileWidth is the room of the materials beside the steps.
func (p *page) fileWidth() int {
	if p.inFile {
		return fileWide
	}
	return fileNarrow
}

// SetSize implements ui.Screen.
func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.arrange()
}

// arrange gives the lists their room and writes their rows anew.
func (p *page) arrange() {
	rows := max(p.h-headRows-1-detailRows, 3)
	width := p.w
	if p.beside() {
		width = p.w - p.fileWidth() - 2
		p.file.SetSize(p.fileWidth(), rows)
	} else {
		p.file.SetSize(p.w, rows)
	}
	p.steps.SetSize(width, rows)
	p.steps.Muted, p.file.Muted = p.inFile, !p.inFile
	p.fill()
}

// fill writes both lists.
func (p *page) fill() {
	if p.now.rec == nil {
		return
	}
	var items []ui.Item
	stage := 0
	for _, s := range p.now.course {
		if stage < len(steps.Stages) && steps.Stages[stage].First == s.No {
			items = append(items, ui.Item{Heading: true, Label: steps.Stages[stage].Title})
			stage++
		}
		label := ui.Fit(p.mark(s), markCells) + ui.FitRight(fmt.Sprint(s.No), 2) + " " + ui.Fit(s.Name, nameCells) + "  " + ui.Fit(taken(s), dayCells)
		if !p.beside() || !p.inFile {
			label += "  " + ui.Fit(string(s.Earliest), dayCells) + " " + ui.Fit(string(s.Latest), dayCells) + "  " + s.Document()
		}
		items = append(items, ui.Item{Key: stepKey(s.No), Label: label, Style: p.style(s), Value: s.No})
	}
	p.steps.SetItems(items)
	p.fillFile()
}

func stepKey(no int) string { return fmt.Sprint("step ", no) }

// taken says that a step was taken: its day, or where it has none what was written.
func taken(s steps.StepAt) string {
	if s.On != "" {
		return string(s.On)
	}
	return s.Said
}

// mark tells without colour how a step stands.
func (p *page) mark(s steps.StepAt) string {
	text := ""
	switch s.State {
	case steps.Taken:
		text = "√"
	case steps.Next:
		text = "→"
	case steps.LeftOut:
		return "缺"
	}
	switch {
	case s.Late > 0:
		text += "晚"
	case len(p.problems[s.No]) > 0:
		text += "!"
	}
	return text
}

func (p *page) style(s steps.StepAt) lipgloss.Style {
	st := p.app.Styles
	switch {
	case s.State == steps.LeftOut, s.State == steps.Next && s.Late > 0, len(model.Faults(p.problems[s.No])) > 0:
		return st.Fault
	case s.Late > 0 || len(p.problems[s.No]) > 0:
		return st.Warning
	case s.State == steps.Taken:
		return st.Good
	case s.State == steps.Next:
		return lipgloss.NewStyle().Bold(true)
	}
	return st.Muted
}

// heading says where the admission stands.
func (p *page) heading() string {
	r := p.now.rec
	if r == nil {
		return ""
	}
	parts := []string{}
	for _, d := range r.Kind.Derived {
		if d.Name == "stage" {
			parts = append(parts, d.Value(p.app.Ledger.Env(p.app.Ctx), r))
		}
	}
	done, missed := 0, 0
	for _, s := range p.now.course {
		switch s.State {
		case steps.Taken:
			done++
		case steps.LeftOut:
			missed++
		}
	}
	parts = append(parts, fmt.Sprintf("办好 %d 步", done))
	if missed > 0 {
		parts = append(parts, fmt.Sprintf("漏填 %d 步", missed))
	}
	if r.Filled("ended_on") {
		parts = append(parts, strings.TrimSpace(r.Text("ended_why")+" "+r.Str("ended_on")))
	} else if next := p.next(); next != nil {
		parts = append(parts, fmt.Sprintf("下一步:%d %s", next.No, next.Name))
	}
	held, missing := p.counts()
	return strings.Join(append(parts, fmt.Sprintf("材料 有 %d 缺 %d", held, missing)), " · ")
}

// term says by which day a step is to be taken.
func term(s steps.StepAt) string {
	switch {
	case s.Earliest != "" && s.Latest != "":
		return fmt.Sprintf("(%s 至 %s)", s.Earliest, s.Latest)
	case s.Earliest != "":
		return fmt.Sprintf("(%s 起)", s.Earliest)
	case s.Latest != "":
		return fmt.Sprintf("(最迟 %s)", s.Latest)
	}
	return ""
}

func (p *page) stepHead() string {
	head := ui.Fit("", markCells) + "   " + ui.Fit("步骤", nameCells) + "  " + ui.Fit("完成日期", dayCells)
	if p.beside() && p.inFile {
		return head
	}
	return head + "  " + ui.Fit("最早", dayCells) + " " + ui.Fit("最迟", dayCells) + "  材料"
}

// details says of the chosen step what its row has no room for.
func (p *page) details() []string {
	if p.inFile {
		return p.fileDetails()
	}
	s := p.selected()
	if s == nil {
		return nil
	}
	text := fmt.Sprintf("%d %s:", s.No, s.Name)
	switch s.State {
	case steps.Taken:
		text += strings.TrimSpace(string(s.On) + " " + s.Said)
		if s.Field != "" && p.now.rec.Kind.Field(s.Field).Linked() {
			text += ",是 " + p.now.rec.Text(s.Field)
		}
	case steps.LeftOut:
		text += "后面的步骤已经办了,这一步没有填"
	case steps.Next:
		text += "该办这一步了" + term(*s)
		if s.Said != "" {
			text += ",已有 " + s.Said
		}
	default:
		text += "还没到这一步" + term(*s)
	}
	if s.Late > 0 {
		text += fmt.Sprintf(",最迟 %s,晚了 %d 天", s.Latest, s.Late)
	}
	for _, name := range s.Fields() {
		if p.now.rec.Filled(name) {
			text += ";" + p.now.rec.Kind.Field(name).Label + " " + p.now.rec.Text(name)
		}
	}
	lines := []string{text + ";材料:" + s.Document()}
	for _, f := range p.problems[s.No] {
		lines = append(lines, "! "+f.Message)
	}
	return lines
}

// View implements ui.Screen.
func (p *page) View() (string, *tea.Cursor) {
	s := p.app.Styles
	lines := []string{s.Title.Render(ui.Fit(" "+p.heading(), p.w))}
	left, _ := p.steps.View(s)
	file, _ := p.file.View(s)
	switch {
	case p.beside():
		bar := s.Box.Render("│")
		lines = append(lines, s.Heads(p.stepHead(), p.w-p.fileWidth()-2)+bar+" "+s.Heads(p.fileHead(), p.fileWidth()))
		for i := range left {
			lines = append(lines, left[i]+bar+" "+file[i])
		}
	case p.inFile:
		lines = append(append(lines, s.Heads(p.fileHead(), p.w)), file...)
	default:
		lines = append(append(lines, s.Heads(p.stepHead(), p.w)), left...)
	}
	lines = append(lines, ui.Rule(s, "", p.w))
	n := 0
	for _, d := range p.details() {
		for _, part := range ui.Wrap(d, p.w-2) {
			if n++; n <= detailRows {
				lines = append(lines, " "+part)
			}
		}
	}
	return strings.Join(lines, "\n"), nil
}

// click chooses what lies under the mouse; a second click on it opens it.
func (p *page) click(m tea.MouseClickMsg) tea.Cmd {
	x, inFile := m.X, p.inFile
	if p.beside() {
		inFile = m.X >= p.w-p.fileWidth()-1
		if inFile {
			x -= p.w - p.fileWidth()
		}
	}
	if inFile != p.inFile {
		p.turn()
	}
	before, _ := p.list().Selected()
	if !p.list().Click(x, m.Y-headRows) {
		return nil
	}
	if now, ok := p.list().Selected(); ok && now.Key == before.Key {
		return p.open()
	}
	return nil
}
