package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// month is a month. While it is typed as people say it (10, 上月) what is understood
// stands beside it.
type month struct {
	*line
	cells int
}

// The cells of a month, and of what is understood behind it.
const monthCells, understoodCells = 9, 16

// newMonth gives the widget of a month, or of a month for which a quarter may stand.
func newMonth(b basic) Widget {
	m := month{cells: monthCells}
	if b.field.Quarter {
		m.cells = ui.Width("2026年第四季度") + 1
	}
	m.line = newNumber(b, m.cells)
	m.read = func(text string) (model.Value, error) {
		if b.field.Quarter {
			if v, err := b.field.Type.Parse(b.field, text); err == nil {
				return v, nil
			}
		}
		read, err := model.ParseMonthOn(text, b.host.App().Today())
		if err != nil || read == "" {
			return nil, err
		}
		return string(read), nil
	}
	return m
}

// understood says which month is meant, "" where it stands there as it is kept.
func (m month) understood() string {
	v, err := m.Value()
	text, _ := v.(string)
	typed := strings.TrimSpace(m.in.Value())
	if shown := m.field.Type.Format(m.field, v, nil); err != nil || text == "" || text == typed || shown == typed {
		return ""
	} else if !model.Month(text).Valid() { // a quarter
		return "即 " + shown
	}
	return "即 " + model.Month(text).Chinese()
}

func (m month) Want() int {
	if m.understood() == "" {
		return m.cells
	}
	return m.cells + understoodCells
}

func (m month) View(w int, focused bool) ([]string, *tea.Cursor) {
	says := m.understood()
	if says == "" || w < m.cells+ui.Width(says) {
		return m.line.View(w, focused)
	}
	lines, cursor := m.line.View(m.cells, focused)
	lines[0] = FieldStyle.Render(lines[0]) + m.host.App().Styles.Muted.Render(ui.Fit(says, w-m.cells))
	return lines, cursor
}
