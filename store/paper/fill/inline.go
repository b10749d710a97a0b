package fill

import (
	"strings"

	"taizhang/model"
)

// inline is a label and its blank within one cell's text: 姓名:______  性别:□男 □女.
type inline struct {
	label string
	text  string // what stands where the value belongs
	nth   int    // which of the cell's blanks it is
}

// inlineBlank finds a label, a colon and a blank: a line, several spaces, a date's frame,
// boxes, or the end of the text.
var inlineBlank = model.NewPattern(`([^\s:\x{FF1A}_\x{FF3F},\x{FF0C}。;\x{FF1B}、()\x{FF08}\x{FF09}]{2,12})[:\x{FF1A}](` +
	`\s*[_\x{FF3F}]{2,}|\s*[\s_\x{FF3F}]*年[\s_\x{FF3F}]+月([\s_\x{FF3F}]+日)?|` +
	`(?:[ \x{3000}]*[□☐○◯▢◻][^\s□☐○◯▢◻:\x{FF1A}]+)+|(?:[ \x{3000}]*[^\s□☐○◯▢◻:\x{FF1A}]{1,6}[□☐○◯▢◻])+|[ \x{3000}]{2,}|\s*$)`)

// inlines lists the blanks within a cell's text.
func inlines(text string) []inline {
	var all []inline
	for i, m := range inlineBlank.FindAllStringSubmatch(text, -1) {
		all = append(all, inline{label: m[1], text: m[2], nth: i})
	}
	return all
}

// put writes a value into the blank of a text, which may have been filled at other
// blanks before; ok is false where it doesn't go in.
func (in *inline) put(text, original, value string) (string, bool) {
	// The blanks of a text keep their order: this one is found by its label.
	spots := inlineBlank.FindAllStringSubmatchIndex(text, -1)
	for _, m := range spots {
		if text[m[2]:m[3]] != in.label || text[m[4]:m[5]] != in.text {
			continue
		}
		blank := text[m[4]:m[5]]
		if f := frameOf(strings.TrimSpace(blank)); f != nil {
			if _, isTick := f.(tickBoxes); isTick {
				filled, ok := f.put(blank, value)
				return text[:m[4]] + filled + text[m[5]:], ok
			}
		}
		tail := text[m[5]:]
		if tail != "" && !strings.HasPrefix(tail, " ") && !strings.HasPrefix(tail, "\n") && !strings.HasPrefix(tail, "\u3000") {
			value += "  "
		}
		return text[:m[4]] + value + tail, true
	}
	return original, false
}
