package console

import (
	"strings"
	"testing"
	"unicode/utf16"

	uv "github.com/charmbracelet/ultraviolet"
)

// pressed gives the events of a key pressed and let go.
func pressed(key, char uint16, state uint32) []record {
	return []record{
		{kind: keyEvent, down: true, repeat: 1, key: key, char: char, state: state},
		{kind: keyEvent, repeat: 1, key: key, char: char, state: state},
	}
}

// made gives a text as the console makes events of it: what an input method commits, what
// is pasted, and the sequences of keys when it was asked for those.
func made(text string) []record {
	var all []record
	for _, unit := range utf16.Encode([]rune(text)) {
		all = append(all, pressed(0, unit, 0)...)
	}
	return all
}

// byNumber gives a character as an old console pastes one that the keyboard lacks.
func byNumber(char uint16, digits string) []record {
	all := []record{{kind: keyEvent, down: true, repeat: 1, key: keyMenu, state: leftAlt}}
	for _, d := range digits {
		all = append(all, pressed(keyPad0+uint16(d-'0'), 0, leftAlt)...)
	}
	return append(all, record{kind: keyEvent, repeat: 1, key: keyMenu, char: char})
}

// names reads what the translator gives as the screens do.
func names(t *testing.T, in []byte) string {
	t.Helper()
	var all []string
	for d := (uv.EventDecoder{}); len(in) > 0; {
		n, event := d.Decode(in)
		if n == 0 {
			t.Fatalf("not a whole key: %q", in)
		}
		in = in[n:]
		switch e := event.(type) {
		case uv.KeyPressEvent:
			all = append(all, e.String())
		case uv.WindowSizeEvent:
			all = append(all, "size")
		default:
			t.Fatalf("%T", e)
		}
	}
	return strings.Join(all, " ")
}

// TestKeys: what keys mean, in the events of a console that makes sequences and of one
// that does not.
func TestKeys(t *testing.T) {
	t.Parallel()
	const ctrl, shift = uint32(0x0008), uint32(shifted)
	for name, c := range map[string]struct {
		in   []record
		want string
	}{
		"a letter":                              {pressed('A', 'a', 0), "a"},
		"Enter":                                 {pressed(0x0D, '\r', 0), "enter"},
		"Esc":                                   {pressed(0x1B, 0x1B, 0), "esc"},
		"an arrow":                              {pressed(0x26, 0, enhanced), "up"},
		"an arrow as a sequence":                {made("\x1b[A"), "up"},
		"Shift and an arrow":                    {pressed(0x28, 0, enhanced|shift), "shift+down"},
		"Ctrl and Home":                         {pressed(0x24, 0, enhanced|ctrl), "ctrl+home"},
		"arrows of the number pad":              {pressed(0x26, 0, 0), "up"},
		"PgDn, Insert, Delete":                  {append(pressed(0x22, 0, enhanced), append(pressed(0x2D, 0, enhanced), pressed(0x2E, 0, enhanced)...)...), "pgdown insert delete"},
		"F1":                                    {pressed(keyF1, 0, 0), "f1"},
		"F1 as a sequence":                      {made("\x1bOP"), "f1"},
		"Shift and F2":                          {pressed(keyF1+1, 0, shift), "shift+f2"},
		"Shift and F8":                          {pressed(keyF1+7, 0, shift), "shift+f8"},
		"F10 and F12":                           {append(pressed(keyF1+9, 0, 0), pressed(keyF1+11, 0, 0)...), "f10 f12"},
		"Shift and Tab":                         {pressed(keyTab, '\t', shift), "shift+tab"},
		"Backspace":                             {pressed(keyBack, 0x08, 0), "backspace"},
		"Backspace as a sequence":               {made("\x7f"), "backspace"},
		"Ctrl and Backspace":                    {pressed(keyBack, 0x7F, ctrl), "ctrl+h"},
		"Ctrl and H":                            {pressed('H', 0x08, ctrl), "ctrl+h"},
		"Ctrl and S":                            {pressed('S', 0x13, ctrl), "ctrl+s"},
		"Ctrl and Space are the input method's": {pressed(keySpace, ' ', ctrl), ""},
		"Shift, Ctrl, Alt, Windows, CapsLock alone": {append(pressed(0x10, 0, shift), append(pressed(0x11, 0, ctrl),
			append(pressed(keyMenu, 0, leftAlt), append(pressed(0x5B, 0, enhanced), pressed(0x14, 0, 0)...)...)...)...), ""},
		"a key that an input method takes":   {pressed(0xE5, 0, 0), ""},
		"Alt and a letter":                   {pressed('X', 'x', leftAlt), "alt+x"},
		"AltGr and a letter":                 {pressed('Q', '@', rightAlt|leftCtrl), "@"},
		"what an input method commits":       {made("张三丰"), "张 三 丰"},
		"a character of two halves":          {made("𠮷"), "𠮷"},
		"a quotation mark pasted by number":  {byNumber('“', "0161"), "“"},
		"a digit of the number pad, NumLock": {pressed(keyPad0+7, '7', 0x20), "7"},
		"a key held down":                    {[]record{{kind: keyEvent, down: true, repeat: 3, key: 0x28, state: enhanced}}, "down down down"},
		"the window made larger":             {[]record{{kind: sizeEvent}}, "size"},
	} {
		got := (&translator{}).bytes(c.in, func() window { return window{width: 100, height: 30} })
		if n := names(t, got); n != c.want {
			t.Errorf("%s: %q, want %q", name, n, c.want)
		}
	}
}

// TestPasteFlood: a long text pasted as single keys comes whole, cut where it may be.
func TestPasteFlood(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("会议记录“𠮷庄”,第1项。", 300)
	records := made(text)
	var tr translator
	var got []byte
	for len(records) > 0 {
		n := min(len(records), 127) // odd, so that halves fall apart too
		got = append(got, tr.bytes(records[:n], nil)...)
		records = records[n:]
	}
	if string(got) != text {
		t.Errorf("of %d bytes came %d", len(text), len(got))
	}
}

// TestMouse: presses, releases, drags and the wheel, counted in the window's cells.
func TestMouse(t *testing.T) {
	t.Parallel()
	at := func(buttons, flags uint32) record {
		return record{kind: mouseEvent, x: 12, y: 105, buttons: buttons, flags: flags}
	}
	var tr translator
	got := string(tr.bytes([]record{
		at(0, mouseMoved), at(1, 0), at(1, mouseMoved), at(0, 0), at(2, 0), at(0, 0),
		at(0x00780000, mouseWheeled), at(0xFF880000, mouseWheeled), at(0x00780000, mouseTilted),
	}, func() window { return window{left: 2, top: 100, width: 80, height: 25} }))
	want := "\x1b[<0;11;6M\x1b[<32;11;6M\x1b[<0;11;6m\x1b[<2;11;6M\x1b[<2;11;6m\x1b[<64;11;6M\x1b[<65;11;6M"
	if got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}
