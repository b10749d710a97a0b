package tuitest

import (
	"fmt"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// Differs says in which cell a terminal shows something else than a frame; "": in none.
func Differs(emu *vt.Emulator, frame uv.ScreenBuffer) string {
	for y := range frame.Height() {
		for x := range frame.Width() {
			want, got := frame.CellAt(x, y), emu.CellAt(x, y)
			if looks(want) != looks(got) {
				return fmt.Sprintf("cell %d,%d shows %+v, not %+v", x, y, looks(got), looks(want))
			}
		}
	}
	return ""
}

// painted looks whether the terminal shows the last view, cell by cell: what was sent for
// the cells that changed must give the same as the whole view, and the cursor stands at its
// caret.
func (tm *Term) painted() {
	tm.t.Helper()
	if tm.ended() {
		return
	}
	s := tm.watch.state()
	tm.mu.Lock()
	defer tm.mu.Unlock()
	if tm.shown != s.views || !tm.emu.IsAltScreen() {
		return // the next one is under way
	}
	frame := uv.NewScreenBuffer(tm.emu.Width(), tm.emu.Height())
	uv.NewStyledString(s.content).Draw(frame, frame.Bounds())
	if diff := Differs(tm.emu, frame); diff != "" {
		tm.t.Errorf("tuitest: the terminal doesn't show the view: %s:\n%s", diff, tm.screen())
	}
	at := tm.emu.CursorPosition()
	if tm.cursor != (s.caret != nil) || s.caret != nil && (at.X != s.caret.X || at.Y != s.caret.Y) {
		tm.t.Errorf("tuitest: the cursor is at %v (shown: %v), not at the caret %+v:\n%s", at, tm.cursor, s.caret, tm.screen())
	}
}

// Sent gives how many bytes the program has sent to the terminal.
func (tm *Term) Sent() int {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.sent
}

// look is what one sees of a cell.
type look struct {
	text   string
	width  int
	fg, bg color.Color
	attrs  uint8
	line   uv.Underline
}

// looks gives what one sees of a cell. Of a blank only its ground is seen, and what lies
// over it; of a wide character's second half nothing.
func looks(c *uv.Cell) look {
	if c == nil {
		return look{text: " ", width: 1}
	}
	if c.Width == 0 {
		return look{}
	}
	l := look{text: c.Content, width: c.Width, fg: c.Style.Fg, bg: c.Style.Bg, attrs: c.Style.Attrs, line: c.Style.Underline}
	if c.Content == " " || c.Content == "" {
		l.text = " "
		l.attrs &= uv.AttrReverse | uv.AttrStrikethrough
		if l.attrs == 0 && l.line == uv.UnderlineNone {
			l.fg = nil
		}
	}
	return l
}
