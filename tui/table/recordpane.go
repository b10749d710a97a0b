package table

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// recordPane is the record that stands beside the list. It is read in full, with all
// derived values, when the selection rests; one at a time.
type recordPane struct {
	rec  *row
	id   string // of the record being read, "" for none
	top  int    // the first line shown
	size int    // lines in all, as last drawn
}

// paneRead is a record read for the place beside the list.
type paneRead struct {
	t   *tableScreen
	id  string
	rec *row
	err error
}

// look reads the selected record when it stands beside the list and is not the
// one that was read last.
func (t *tableScreen) look() tea.Cmd {
	r := t.win.selected()
	if t.listWidth() == t.width || r == nil || t.pane.id != "" {
		return nil
	}
	if t.pane.rec != nil && t.pane.rec.ID == r.ID && t.pane.rec.Rev == r.Rev {
		return nil
	}
	t.pane.id = r.ID
	l, ctx, kind, d := t.app.Ledger, t.app.Ctx, t.kind, paneRead{t: t, id: r.ID}
	return func() tea.Msg {
		rec, err := l.Get(ctx, kind.Name, d.id)
		if err != nil {
			d.err = fmt.Errorf("read %s: %w", kind.Name, err)
			return d
		}
		all := make([]*model.Derived, len(kind.Derived))
		for i := range kind.Derived {
			all[i] = &kind.Derived[i]
		}
		full := rowOf(rec, l.Env(ctx), all)
		d.rec = &full
		return d
	}
}

func (t *tableScreen) tookPane(d paneRead) tea.Cmd {
	t.pane.id = ""
	if d.err != nil {
		// A record that is just being deleted can't be read; the list follows.
		return nil
	}
	if t.pane.rec == nil || t.pane.rec.ID != d.id {
		t.pane.top = 0
	}
	t.pane.rec = d.rec
	if r := t.win.selected(); r != nil && r.ID != d.id {
		return t.look()
	}
	return nil
}

// drawPane draws the record of the selected row in width cells and height lines.
func (t *tableScreen) drawPane(width, height int) []string {
	r := t.win.selected()
	var lines []string
	if r != nil {
		if d := t.pane.rec; d != nil && d.ID == r.ID {
			r = d
		}
		lines = t.recordLines(*r, width)
	}
	t.pane.size = len(lines)
	t.pane.top = max(min(t.pane.top, len(lines)-height+1), 0)
	head := "选中的记录"
	if len(lines) > height-1 {
		head += fmt.Sprintf("(第 %d—%d 行,共 %d 行,按 Tab 滚动)", t.pane.top+1, min(t.pane.top+height-1, len(lines)), len(lines))
	}
	style := t.app.Styles.Title
	if t.inPane {
		style, head = t.app.Styles.Selected, strings.Replace(head, "按 Tab 滚动", "↑↓ 滚动,Tab 回去", 1)
	}
	out := []string{style.Render(ui.Fit(head, width))}
	for i := t.pane.top; len(out) < height; i++ {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out = append(out, ui.FitStyled(line, width))
	}
	return out
}

// recordLines gives a record's sections with one line a field, values wrapped
// under themselves. Empty fields are left out.
func (t *tableScreen) recordLines(r row, width int) []string {
	labelWidth := t.paneLabels()
	var lines []string
	add := func(label, value string) {
		if value == "" {
			return
		}
		label = ui.Fit(label, labelWidth)
		indent := labelWidth
		for i, part := range ui.Wrap(value, width-indent) {
			if i == 0 {
				lines = append(lines, t.app.Styles.Muted.Render(label)+part)
			} else {
				lines = append(lines, strings.Repeat(" ", indent)+part)
			}
		}
	}
	for _, s := range t.kind.Sections {
		before := len(lines)
		if s.Title != "" {
			lines = append(lines, ui.Rule(t.app.Styles, s.Title, width))
		}
		start := len(lines)
		for _, f := range s.Fields {
			if v, ok := r.Get(f.Name).(bool); ok && !v {
				continue
			}
			if t.app.ShowIDs {
				add(f.Label, r.Text(f.Name))
			} else {
				add(f.Label, r.Masked(f.Name))
			}
		}
		if len(lines) == start {
			lines = lines[:before]
		}
	}
	before := len(lines)
	lines = append(lines, ui.Rule(t.app.Styles, "自动计算", width))
	for _, d := range t.kind.Derived {
		add(d.Label+"*", r.derived[d.Name])
	}
	if len(lines) == before+1 {
		return lines[:before]
	}
	return lines
}

// paneLabels is the room for the labels of the fields, so that all values stand below each
// other.
func (t *tableScreen) paneLabels() int {
	const least, most = 8, 14
	n := least
	for _, s := range t.kind.Sections {
		for _, f := range s.Fields {
			n = max(n, ui.Width(f.Label))
		}
	}
	for _, d := range t.kind.Derived {
		n = max(n, ui.Width(d.Label)+1)
	}
	return min(n, most) + 1
}

// scrollPane scrolls the record; it tells whether the key was one of its.
func (t *tableScreen) scrollPane(key string) bool {
	page := max(t.listHeight()-1, 1)
	switch key {
	case "up":
		t.pane.top--
	case "down":
		t.pane.top++
	case "pgup":
		t.pane.top -= page
	case "pgdown":
		t.pane.top += page
	case "home":
		t.pane.top = 0
	case "end":
		t.pane.top = t.pane.size
	default:
		return false
	}
	t.pane.top = max(min(t.pane.top, t.pane.size-page), 0)
	return true
}
