package tuitest_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"taizhang/tui/tuitest"
)

// canvas is a renderer, set up as Bubble Tea does on the alternate screen, and the
// terminal that it paints on.
type canvas struct {
	t     *testing.T
	out   bytes.Buffer
	frame uv.ScreenBuffer
	paint *uv.TerminalRenderer
	emu   *vt.Emulator
}

func newCanvas(t *testing.T, term string, w, h int) *canvas {
	c := &canvas{t: t, frame: uv.NewScreenBuffer(w, h), emu: vt.NewEmulator(w, h)}
	go func() { _, _ = io.Copy(io.Discard, c.emu) }()
	t.Cleanup(func() { _ = c.emu.InputPipe().(io.Closer).Close() })
	c.paint = uv.NewTerminalRenderer(&c.out, []string{"TERM=" + term})
	c.paint.SetColorProfile(colorprofile.ANSI)
	c.paint.SetTabStops(w)
	c.paint.SetBackspace(true)
	c.paint.SetScrollOptim(true)
	c.paint.EnterAltScreen()
	return c
}

// show paints lines, and what lies over them, and gives the bytes that this took.
func (c *canvas) show(lines []string, over []patch, x, y int) string {
	c.frame.Clear()
	uv.NewStyledString(strings.Join(lines, "\n")).Draw(c.frame, c.frame.Bounds())
	for _, p := range over {
		c.frame.SetCell(p.x, p.y, &uv.Cell{Content: p.text, Width: ansi.StringWidth(p.text), Style: p.style})
	}
	c.paint.Render(c.frame.RenderBuffer)
	c.paint.MoveTo(x, y)
	if err := c.paint.Flush(); err != nil {
		c.t.Fatal(err)
	}
	sent := c.out.String()
	c.out.Reset()
	if _, err := c.emu.WriteString(sent); err != nil {
		c.t.Fatal(err)
	}
	return sent
}

func (c *canvas) resize(w, h int) {
	c.emu.Resize(w, h)
	c.paint.Erase()
	c.paint.Resize(w, h)
	c.frame.Touched = nil
	c.frame.Resize(w, h)
}

// patch is one cell set over what is drawn already, be it half of a wide one.
type patch struct {
	x, y  int
	text  string
	style uv.Style
}

// painter makes up frames, each from the one before.
type painter struct {
	*rand.Rand
	w, h  int
	lines []string
}

var paintTexts = []string{"人员", "在册党员", "石桥村党支部", "正式", "1998-04-16", "100****4604", "  ", "      ", "a", "ab ", "。", ",", "王", "─────", "│", "F2 保存",
	"·", "…", "“云溪”", "①", "😀", "é", "々", "〇", "한글", "ア", "(只读)", "𠮷"}

var paintStyles = []string{"", "", "", "\x1b[7m", "\x1b[1m", "\x1b[31m", "\x1b[90m", "\x1b[4m", "\x1b[31;4m", "\x1b[44m", "\x1b[7;1m", "\x1b[9m"}

func (p *painter) line() string {
	var b strings.Builder
	for ansi.StringWidth(b.String()) < p.w && p.IntN(8) > 0 {
		b.WriteString(paintStyles[p.IntN(len(paintStyles))])
		for range 1 + p.IntN(4) {
			b.WriteString(paintTexts[p.IntN(len(paintTexts))])
		}
		b.WriteString("\x1b[m")
	}
	return b.String()
}

// next changes the frame as screens do: a row, its style, a word in it, rows that scroll,
// everything.
func (p *painter) next() []string {
	for len(p.lines) < p.h {
		p.lines = append(p.lines, p.line())
	}
	p.lines = p.lines[:p.h]
	for range 1 + p.IntN(3) {
		y := p.IntN(p.h)
		switch p.IntN(9) {
		case 0:
			p.lines[y] = p.line()
		case 1:
			p.lines[y] = ""
		case 2:
			p.lines[y] = "\x1b[7m" + ansi.Strip(p.lines[y]) + strings.Repeat(" ", p.IntN(p.w+1)) + "\x1b[m"
		case 3:
			p.lines[y] = ansi.Strip(p.lines[y])
		case 4: // a word in it
			at := p.IntN(p.w)
			p.lines[y] = ansi.Cut(p.lines[y], 0, at) + paintTexts[p.IntN(len(paintTexts))] + ansi.Cut(p.lines[y], at, 2*p.w)
		case 5: // one letter gone
			at := p.IntN(p.w)
			p.lines[y] = ansi.Cut(p.lines[y], 0, at) + ansi.Cut(p.lines[y], at+1+p.IntN(2), 2*p.w)
		case 6: // up by some rows
			n := 1 + p.IntN(min(3, p.h))
			p.lines = append(append(p.lines[:y:y], p.lines[min(y+n, p.h):]...), make([]string, min(n, p.h-y))...)
		case 7: // down by some rows
			n := 1 + p.IntN(min(3, p.h))
			p.lines = append(append(p.lines[:y:y], make([]string, n)...), p.lines[y:]...)[:p.h]
		case 8:
			if p.IntN(6) == 0 {
				for y := range p.lines {
					p.lines[y] = p.line()
				}
			}
		}
	}
	return p.lines
}

func (p *painter) patches() (all []patch) {
	for range p.IntN(4) {
		o := patch{x: p.IntN(p.w), y: p.IntN(p.h), text: []string{"x", "·", " "}[p.IntN(3)]}
		if p.IntN(2) == 0 {
			o.style = uv.Style{Attrs: uv.AttrReverse}
		}
		all = append(all, o)
	}
	return all
}

// TestPaint: whatever two frames follow each other, the terminal shows the second one,
// cell by cell, as if it had been painted on an empty screen; the cursor stands where it
// shall; and the same frame once more costs nothing.
func TestPaint(t *testing.T) {
	t.Parallel()
	frames := 500
	if os.Getenv("TAIZHANG_LONG") != "" {
		frames = 20_000
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {81, 25}, {21, 7}, {5, 3}, {2, 2}} {
		for i, term := range []string{"xterm-256color", "linux", "tmux-256color", ""} {
			t.Run(fmt.Sprintf("%s %dx%d", term, size[0], size[1]), func(t *testing.T) {
				t.Parallel()
				c := newCanvas(t, term, size[0], size[1])
				p := &painter{Rand: rand.New(rand.NewPCG(uint64(size[0]), uint64(i))), w: size[0], h: size[1]}
				for n := range frames * 80 / max(size[0], 40) {
					if n%200 == 199 {
						p.w, p.h = max(2, size[0]+p.IntN(9)-4), max(2, size[1]+p.IntN(5)-2)
						c.resize(p.w, p.h)
					}
					before := strings.Join(p.lines, "\n")
					lines, over, x, y := p.next(), p.patches(), p.IntN(p.w), p.IntN(p.h)
					sent := c.show(lines, over, x, y)
					if diff := tuitest.Differs(c.emu, c.frame); diff != "" {
						t.Fatalf("frame %d: %s\nbefore:\n%q\nnow:\n%q %+v\nsent:\n%q", n, diff, before, strings.Join(lines, "\n"), over, sent)
					}
					if at := c.emu.CursorPosition(); at.X != x || at.Y != y {
						t.Fatalf("frame %d: the cursor is at %v, not %d,%d: %q", n, at, x, y, sent)
					}
					if again := c.show(lines, over, x, y); again != "" {
						t.Fatalf("frame %d: the same once more costs %q", n, again)
					}
				}
			})
		}
	}
}
