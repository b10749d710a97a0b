package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// lineBox is a ui.Line that counts how many records what is typed would let through.
type lineBox struct {
	*ui.Line
	live  *live // nil for one that counts nothing
	would func(typed string) wouldBe
}

var _ ui.Overlay = (*lineBox)(nil)

// newLineBox asks for one line. The commands of done and back close the box, or put
// another in its place.
func newLineBox(app *ui.App, title, help, value string, done func(string) (tea.Cmd, error), back func() tea.Cmd) *lineBox {
	return &lineBox{Line: ui.NewLine(app, ui.LineAsk{Title: title, Text: []string{help}, Help: []string{help, "回车确定,Esc 返回。"},
		Value: value, Width: 64, Stay: true, Done: done, Leave: back})}
}

// Init implements ui.Screen.
func (b *lineBox) Init() tea.Cmd { return b.count() }

// count asks how many records what is typed would let through.
func (b *lineBox) count() tea.Cmd {
	if b.live == nil {
		return nil
	}
	return b.live.want(b.would(b.Value()))
}

// Update implements ui.Screen.
func (b *lineBox) Update(msg tea.Msg) tea.Cmd {
	if c, ok := msg.(liveCounted); ok {
		if c.l == b.live {
			return b.live.took(c)
		}
		return nil
	}
	cmd := b.Line.Update(msg)
	return tea.Batch(cmd, b.count())
}

// Title implements ui.Screen.
func (b *lineBox) Title() string {
	if b.live != nil {
		return b.live.title(b.Line.Title())
	}
	return b.Line.Title()
}
