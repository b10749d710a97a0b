package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// month is a month. While it is typed as people say it (10, 上月) what is understood
// stands beside it.
type month struct{ *line }

// The cells of a month, and of what is understood behind it.
const monthCells, understoodCells = 9, 16

// newMonth gives the widget of a month.
func newMonth(b basic) Widget {
	m := month{newNumber(b, monthCells)}
	m.read = func(text string) (model.Value, error) {
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
	if err != nil || text == "" || text == strings.TrimSpace(m.in.Value()) {
		return ""
	}
	return "即 " + model.Month(text).Chinese()
}

func (m month) Want() int {
	if m.understood() == "" {
		return monthCells
	}
	return monthCells + understoodCells
}

func (m month) View(w int, focused bool) ([]string, *tea.Cursor) {
	says := m.understood()
	if says == "" || w < monthCells+ui.Width(says) {
		return m.line.View(w, focused)
	}
	lines, cursor := m.line.View(monthCells, focused)
	lines[0] = FieldStyle.Render(lines[0]) + m.host.App().Styles.Muted.Render(ui.Fit(says, w-monthCells))
	return lines, cursor
}
