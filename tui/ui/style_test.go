package ui_test

import (
	"math"
	"testing"

	"charm.land/lipgloss/v2"

	"taizhang/tui/ui"
)

// Palettes of the sixteen colours as terminals have them: Windows (Campbell), the old
// console and Linux's (VGA), GNOME's and UOS's (Tango). Only those that styles use.
var palettes = map[string]map[int]uint32{
	"Campbell": {1: 0xc50f1f, 2: 0x13a10e, 5: 0x881798, 8: 0x767676, 9: 0xe74856, 13: 0xb4009e},
	"VGA":      {1: 0xaa0000, 2: 0x00aa00, 5: 0xaa00aa, 8: 0x555555, 9: 0xff5555, 13: 0xff55ff},
	"Tango":    {1: 0xcc0000, 2: 0x4e9a06, 5: 0x75507b, 8: 0x555753, 9: 0xef2929, 13: 0xad7fa8},
}

// luminance is WCAG 2's relative luminance.
func luminance(rgb uint32) float64 {
	part := func(v uint32) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(rgb>>16) + 0.7152*part(rgb>>8) + 0.0722*part(rgb)
}

// TestColoursAreReadable holds that what is written in colour can be read on black and
// on white: a contrast of 2.5 at the worst, and no heading that looks like a fault.
func TestColoursAreReadable(t *testing.T) {
	s := ui.NewStyles(false)
	for name, style := range map[string]lipgloss.Style{"Muted": s.Muted, "Required": s.Required, "Fault": s.Fault, "Warning": s.Warning, "Good": s.Good, "Box": s.Box} {
		colour := -1
		for n, c := range map[int]any{1: lipgloss.Red, 2: lipgloss.Green, 5: lipgloss.Magenta, 8: lipgloss.BrightBlack, 9: lipgloss.BrightRed, 13: lipgloss.BrightMagenta} {
			if style.GetForeground() == c {
				colour = n
			}
		}
		if colour < 0 {
			t.Errorf("%s has a colour of which nothing is known here", name)
		}
		for p, colours := range palettes {
			l := luminance(colours[colour])
			if onBlack, onWhite := (l+0.05)/0.05, 1.05/(l+0.05); min(onBlack, onWhite) < 2.5 {
				t.Errorf("%s in %s: contrast %.1f on black, %.1f on white", name, p, onBlack, onWhite)
			}
		}
	}
	for name, style := range map[string]lipgloss.Style{"Title": s.Title, "Head": s.Head, "Selected": s.Selected, "Label": s.Label} {
		if _, none := style.GetForeground().(lipgloss.NoColor); !none {
			t.Errorf("%s has a colour; only what is wrong, wanted, reached or unimportant has", name)
		}
	}
}
