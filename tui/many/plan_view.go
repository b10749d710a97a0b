package many

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// mostCommon bounds the lines of what all share.
const mostCommon = 3

// fill gives the names to the list as they stand now.
func (p *plan) fill() {
	names := map[string]int{}
	for i := range p.job.entries {
		names[nameOf(p.job.entries[i].of)]++
	}
	items := make([]ui.Item, len(p.job.entries))
	for i := range p.job.entries {
		e := &p.job.entries[i]
		label := nameOf(e.of)
		if names[label] > 1 {
			label += " " + distinction(e.of)
		}
		note, style := p.note(e)
		items[i] = ui.Item{Key: e.of.ID, Label: label, Search: label, Note: note, Style: style, Value: i}
	}
	p.list.SetItems(items)
}

// note says what becomes of an entry; its gravity stands in words, not in colour alone.
func (p *plan) note(e *entry) (string, lipgloss.Style) {
	s := p.app.Styles
	var parts []string
	style := lipgloss.NewStyle()
	switch {
	case e.off:
		return "去掉了,不记", s.Muted
	case e.why != "":
		return "不记:" + e.why, s.Muted
	}
	if v := p.varied(e); v != "" {
		parts = append(parts, v)
	}
	if e.note != "" {
		parts = append(parts, e.note)
	}
	if all := e.tried.Refused; len(all) > 0 {
		parts, style = append(parts, "错误:"+all[0].Message), s.Fault
	} else if all := e.tried.Warnings; len(all) > 0 {
		parts, style = append(parts, "提醒:"+all[0].Message), s.Warning
	}
	return strings.Join(parts, "  "), style
}

// varied is what may differ from one to the next, where anything does.
func (p *plan) varied(e *entry) string {
	switch {
	case p.job.vary == nil:
		return ""
	case p.job.roll != nil:
		return e.state
	}
	return e.made.Str(p.job.vary.Name)
}

// distinction tells records of one name apart: the first date that is filled.
func distinction(r *model.Record) string {
	for _, f := range r.Kind.Fields() {
		if f.Type == model.TypeDate && r.Filled(f.Name) {
			return r.Text(f.Name)
		}
	}
	return ""
}

// counts says how many are written, how many not, and why.
func (p *plan) counts() string {
	var off, why, refused, warned int
	for i := range p.job.entries {
		switch e := &p.job.entries[i]; {
		case e.off:
			off++
		case e.why != "":
			why++
		case e.refused():
			refused++
		case len(e.tried.Warnings) > 0:
			warned++
		}
	}
	u := unit(p.job.batch.Kind)
	text := fmt.Sprintf("要记 %d %s", p.job.good(), u)
	if states := p.states(); states != "" {
		text += ":" + states
	}
	text += p.job.sums()
	for _, c := range []struct {
		n    int
		what string
	}{{refused, "有错误、不能记"}, {why, "不用记"}, {off, "去掉了"}, {warned, "有提醒"}} {
		if c.n > 0 {
			text += fmt.Sprintf(";%s %d %s", c.what, c.n, u)
		}
	}
	return text
}

// states counts what may differ from one to the next: 到会24 请假-公务1.
func (p *plan) states() string {
	if p.job.vary == nil {
		return ""
	}
	n := map[string]int{}
	for i := range p.job.entries {
		if e := &p.job.entries[i]; e.in() {
			n[p.varied(e)]++
		}
	}
	var parts []string
	for _, c := range p.job.vary.Choices {
		if n[c] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", c, n[c]))
		}
	}
	return strings.Join(parts, " ")
}

// View implements ui.Screen.
func (p *plan) View() (string, *tea.Cursor) {
	s := p.app.Styles
	lines := make([]string, 0, p.h)
	common := ui.Wrap(p.job.common, max(p.w-2, 10))
	if len(common) > mostCommon {
		common = append(common[:mostCommon-1], ui.Cut(common[mostCommon-1], p.w-4)+ui.Ellipsis)
	}
	for _, l := range common {
		lines = append(lines, " "+l)
	}
	lines = append(lines, s.Title.Render(ui.Fit(" "+p.counts(), p.w)))
	for _, f := range append(p.job.tried.Refused, p.job.tried.Warnings...) {
		if len(lines) > mostCommon+3 {
			break
		}
		style := s.Warning
		if f.Severity == model.Fault {
			style = s.Fault
		}
		lines = append(lines, style.Render(ui.Cut(" "+f.Severity.String()+":"+f.Message, p.w)))
	}
	p.top = len(lines)
	below := p.detail()
	p.list.SetSize(p.w, max(p.h-p.top-len(below), 3))
	list, cursor := p.list.View(s)
	if cursor != nil {
		cursor.Y += p.top
	}
	lines = append(append(lines, list...), below...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), p.w, p.h), "\n"), cursor
}

// detail writes out what is said of the entry at hand, under the list.
func (p *plan) detail() []string {
	const rows = 2
	lines := []string{ui.Rule(p.app.Styles, "", p.w)}
	text := ""
	if e := p.selected(); e != nil {
		note, _ := p.note(e)
		text = nameOf(e.of)
		if note != "" {
			text += ":" + note
		}
		if p.job.vary != nil && e.in() {
			text += "(← → 换)"
		}
	}
	wrapped := ui.Wrap(text, max(p.w-2, 10))
	for i := range rows {
		line := ""
		if i < len(wrapped) {
			line = " " + wrapped[i]
		}
		lines = append(lines, line)
	}
	return lines
}
