package manual

import (
	"bufio"
	"io"
	"strings"

	"taizhang/tui/ui"
)

// TextWidth is the number of cells that the manual takes as text.
const TextWidth = 80

// Text writes the chapters, all where none is named, as text of 80 cells a line, UTF-8.
func Text(w io.Writer, chapters ...Chapter) error {
	out := bufio.NewWriter(w)
	line := func(s string) {
		// A write that fails is told by Flush.
		_, _ = out.WriteString(strings.TrimRight(s, " ") + "\n")
	}
	if len(chapters) == 0 {
		chapters = Chapters()
		line("")
		line(ui.Center(Title, TextWidth))
		line("")
		for i, c := range chapters {
			line("  " + number(i) + " " + c.Title)
		}
	}
	for _, c := range chapters {
		line("")
		line(strings.Repeat("═", TextWidth))
		line("  " + c.Title)
		line(strings.Repeat("═", TextWidth))
		for _, l := range c.lines(TextWidth, plainLook()) {
			line(l.Text)
		}
	}
	return out.Flush()
}

// number is how a chapter is numbered: 一、 to 二十、.
func number(i int) string {
	digits := []rune("一二三四五六七八九十")
	n := i + 1
	s := ""
	if n >= 20 {
		s += string(digits[n/10-1])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10-1])
	}
	return s + "、"
}
