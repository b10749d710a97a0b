package table

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// beside is the record that stands beside the list. It is read in full, with all
// derived values, when the selection rests; one at a time.
type beside struct {
	rec  *row
	id   string // of the record being read, "" for none
	top  int    // the first line shown
	size int    // lines in all, as last drawn
}

// detail is a record read for the place beside the list.
type detail struct {
	t   *tableScreen
	id  string
	rec *row
	err error
}

// look reads the selected record when it stands beside the list and is not the
// one that was read last.
func (t *tableScreen) look() tea.Cmd {
	r := t.win.selected()
	if t.listWidth() == t.width || r == nil || t.detail.id != "" {
		return nil
	}
	if t.detail.rec != nil && t.detail.rec.ID == r.ID && t.detail.rec.Rev == r.Rev {
		return nil
	}
	t.detail.id = r.ID
	l, ctx, kind, d := t.app.Ledger, t.app.Ctx, t.kind, detail{t: t, id: r.ID}
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

func (t *tableScreen) tookDetail(d detail) tea.Cmd {
	t.detail.id = ""
	if d.err != nil {
		// A record that is just being deleted can't be read; the list follows.
		return nil
	}
	if t.detail.rec == nil || t.detail.rec.ID != d.id {
		t.detail.top = 0
	}
	t.detail.rec = d.rec
	if r := t.win.selected(); r != nil && r.ID != d.id {
		return t.look()
	}
	return nil
}

// drawBeside draws the record of the selected row in width cells and height lines.
func (t *tableScreen) drawBeside(width, height int) []string {
	r := t.win.selected()
	var lines []string
	if r != nil {
		if d := t.detail.rec; d != nil && d.ID == r.ID {
			r = d
		}
		lines = t.recordLines(*r, width)
	}
	t.detail.size = len(lines)
	t.detail.top = max(min(t.detail.top, len(lines)-height+1), 0)
	head := "选中的记录"
	if len(lines) > height-1 {
		head += fmt.Sprintf("(第 %d—%d 行,共 %d 行,按 Tab 滚动)", t.detail.top+1, min(t.detail.top+height-1, len(lines)), len(lines))
	}
	style := t.app.Styles.Title
	if t.inBeside {
		style, head = t.app.Styles.Selected, strings.Replace(head, "按 Tab 滚动", "↑↓ 滚动,Tab 回去", 1)
	}
	out := []string{style.Render(ui.Fit(head, width))}
	for i := t.detail.top; len(out) < height; i++ {
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
	const labelWidth = 14
	var lines []string
	add := func(label, value string) {
		if value == "" {
			return
		}
		label = ui.Cut(label+":", labelWidth)
		indent := labelWidth
		if ui.Width(label) < labelWidth {
			label = ui.Fit(label, labelWidth)
		}
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
	lines = append(lines, ui.Rule(t.app.Styles, "自动算出", width))
	for _, d := range t.kind.Derived {
		add(d.Label+"*", r.derived[d.Name])
	}
	if len(lines) == before+1 {
		return lines[:before]
	}
	return lines
}

// scrollBeside scrolls the record; it tells whether the key was one of its.
func (t *tableScreen) scrollBeside(key string) bool {
	page := max(t.listHeight()-1, 1)
	switch key {
	case "up":
		t.detail.top--
	case "down":
		t.detail.top++
	case "pgup":
		t.detail.top -= page
	case "pgdown":
		t.detail.top += page
	case "home":
		t.detail.top = 0
	case "end":
		t.detail.top = t.detail.size
	default:
		return false
	}
	t.detail.top = max(min(t.detail.top, t.detail.size-page), 0)
	return true
}
