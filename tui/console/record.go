package console

import (
	"fmt"
	"unicode/utf16"
)

// record is an event as the console of Windows gives it (INPUT_RECORD of wincon.h), so
// that its meaning can be told, and tested, on any system.
type record struct {
	kind uint16 // keyEvent, mouseEvent, sizeEvent; others say nothing to us

	down   bool
	repeat uint16
	key    uint16 // virtual key, 0 where the console has made the event itself
	char   uint16 // UTF-16
	state  uint32 // Ctrl, Alt and the like, with the mouse too

	x, y    int16 // in cells of the screen buffer
	buttons uint32
	flags   uint32
}

// Kinds of events.
const (
	keyEvent   = 0x0001
	mouseEvent = 0x0002
	sizeEvent  = 0x0004
)

// Bits of record.state.
const (
	rightAlt = 0x0001
	leftAlt  = 0x0002
	anyAlt   = rightAlt | leftAlt
	anyCtrl  = 0x0004 | 0x0008
	leftCtrl = 0x0008
	shifted  = 0x0010
	enhanced = 0x0100 // a key of the block of arrows, not of the number pad
)

// Virtual keys (winuser.h).
const (
	keyBack   = 0x08
	keyTab    = 0x09
	keySpace  = 0x20
	keyMenu   = 0x12 // Alt
	keyPad0   = 0x60
	keyPad9   = 0x69
	keyF1     = 0x70
	keyF24    = 0x87
	keyPrior  = 0x21
	keyDelete = 0x2E
)

// window is the part of a screen buffer that is shown: its upper left cell and its size.
type window struct{ left, top, width, height int }

// translator makes of the console's events what a terminal sends, which is what the
// screens read. The console does most of that itself when it is asked to
// (ENABLE_VIRTUAL_TERMINAL_INPUT): then events come with the characters of the sequence
// and no key. It passes on as they are the keys it has no sequence for, keys let go, and,
// where it knows nothing of terminals, all of them.
type translator struct {
	high    uint16 // the first half of a character that UTF-16 writes in two
	buttons uint32 // that were pressed at the last event of the mouse
}

// bytes translates events; shown gives the window's place and size, nil where nobody asks.
func (t *translator) bytes(records []record, shown func() window) []byte {
	var out []byte
	for _, r := range records {
		switch {
		case r.kind == keyEvent:
			one := t.keyed(r)
			for range max(int(r.repeat), 1) {
				out = append(out, one...)
			}
		case shown == nil:
		case r.kind == mouseEvent:
			out = append(out, t.moused(r, shown())...)
		case r.kind == sizeEvent:
			w := shown() // the event names the buffer's size, which may be taller
			out = fmt.Appendf(out, "\x1b[8;%d;%dt", w.height, w.width)
		}
	}
	return out
}

// keyed translates a key.
func (t *translator) keyed(r record) string {
	if !r.down {
		// A character that the keyboard lacks comes as Alt held and digits of the number
		// pad, as somebody would type it, and stands in the event of Alt let go. So old
		// consoles paste “ ” and the like.
		if r.key == keyMenu && r.char != 0 {
			return t.char(r.char)
		}
		return ""
	}
	ctrl, alt := r.state&anyCtrl != 0, r.state&anyAlt != 0
	switch {
	case r.key == keyBack && ctrl:
		return escaped(alt, "\x08")
	case r.key == keyBack:
		return escaped(alt, "\x7f")
	case r.key == keyTab && r.state&shifted != 0:
		return "\x1b[Z"
	case r.key == keySpace && ctrl: // turns an input method on and off
		return ""
	case r.char == 0 && alt && ofNumberPad(r): // a digit of a character's number
		return ""
	case r.char == 0:
		return sequence(r)
	case r.key != 0 && alt && r.state&(rightAlt|leftCtrl) != rightAlt|leftCtrl: // not AltGr
		return escaped(true, t.char(r.char))
	}
	return t.char(r.char)
}

func escaped(alt bool, text string) string {
	if alt && text != "" {
		return "\x1b" + text
	}
	return text
}

// char gives a character once it is whole.
func (t *translator) char(unit uint16) string {
	half := utf16.IsSurrogate(rune(unit))
	switch {
	case t.high != 0 && half:
		c := utf16.DecodeRune(rune(t.high), rune(unit))
		t.high = 0
		return string(c)
	case half:
		t.high = unit
		return ""
	}
	t.high = 0
	return string(rune(unit))
}

func ofNumberPad(r record) bool {
	if r.key >= keyPad0 && r.key <= keyPad9 {
		return true
	}
	return r.state&enhanced == 0 && r.key >= keyPrior && r.key <= keyDelete // NumLock is off
}

// letters are the keys whose sequence ends in a letter: CSI A, with Shift CSI 1;2A.
var letters = map[uint16]byte{0x26: 'A', 0x28: 'B', 0x27: 'C', 0x25: 'D', 0x24: 'H', 0x23: 'F', 0x0C: 'E'}

// numbers are those whose sequence has a number: CSI 5~, with Shift CSI 5;2~.
var numbers = map[uint16]int{
	0x2D: 2, 0x2E: 3, 0x21: 5, 0x22: 6,
	0x74: 15, 0x75: 17, 0x76: 18, 0x77: 19, 0x78: 20, 0x79: 21, 0x7A: 23, 0x7B: 24, // F5 to F12
}

// sequence gives what xterm sends for a key that types nothing; "" for Shift, Ctrl and
// what else has no meaning of its own.
func sequence(r record) string {
	with := 1
	for i, bit := range []uint32{shifted, anyAlt, anyCtrl} {
		if r.state&bit != 0 {
			with += 1 << i
		}
	}
	if r.key >= keyF1 && r.key < keyF1+4 {
		if with == 1 {
			return "\x1bO" + string(rune('P'+r.key-keyF1))
		}
		return fmt.Sprintf("\x1b[1;%d%c", with, 'P'+r.key-keyF1)
	}
	if c, ok := letters[r.key]; ok {
		if with == 1 {
			return "\x1b[" + string(rune(c))
		}
		return fmt.Sprintf("\x1b[1;%d%c", with, c)
	}
	n, ok := numbers[r.key]
	switch {
	case !ok:
		return ""
	case with == 1:
		return fmt.Sprintf("\x1b[%d~", n)
	}
	return fmt.Sprintf("\x1b[%d;%d~", n, with)
}

// Flags of the mouse.
const (
	mouseMoved   = 0x0001
	mouseWheeled = 0x0004
	mouseTilted  = 0x0008
)

// mouseButtons are the bits of record.buttons with the numbers of xterm's reports.
var mouseButtons = []struct {
	bit    uint32
	number int
}{{0x0001, 0}, {0x0004, 1}, {0x0002, 2}}

// moused translates an event of the mouse to a report of xterm (SGR): buttons pressed and
// let go, the wheel, and moves with a button held.
func (t *translator) moused(r record, shown window) string {
	before := t.buttons
	with := 0
	for i, bit := range []uint32{shifted, anyAlt, anyCtrl} {
		if r.state&bit != 0 {
			with += 4 << i
		}
	}
	report := func(number int, end byte) string {
		return fmt.Sprintf("\x1b[<%d;%d;%d%c", number+with, int(r.x)-shown.left+1, int(r.y)-shown.top+1, end)
	}
	switch {
	case r.flags&mouseWheeled != 0:
		if int16(r.buttons>>16) > 0 { //nolint:gosec // The upper half is a signed number.
			return report(64, 'M')
		}
		return report(65, 'M')
	case r.flags&mouseTilted != 0:
		return ""
	}
	t.buttons = r.buttons
	out := ""
	for _, b := range mouseButtons {
		was, is := before&b.bit != 0, r.buttons&b.bit != 0
		switch {
		case is && !was:
			out += report(b.number, 'M')
		case was && !is:
			out += report(b.number, 'm')
		case is && r.flags&mouseMoved != 0:
			out += report(b.number+32, 'M')
		}
	}
	return out
}
