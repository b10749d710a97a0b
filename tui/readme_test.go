package tui

import (
	"context"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// readmePictures are the screens that README.md shows.
var readmePictures = []struct {
	name, title string
	keys        func(tm *tuitest.Term)
}{
	{"work", "工作台", func(*tuitest.Term) {}},
	{"dues", "党费表", func(tm *tuitest.Term) {
		tm.Press("f2")
		tm.Type("收党费")
		tm.Press("enter")
		tm.WaitFor("实收")
	}},
	{"month-end", "月度上报", func(tm *tuitest.Term) {
		tm.Press("f9")
		tm.WaitFor("没有错误")
	}},
}

// TestReadmePictures draws the screens that README.md shows anew, holds them against the
// files under testdata/readme, or writes those with -update; and README.md shows each.
func TestReadmePictures(t *testing.T) {
	if testing.Short() && !tuitest.Update() {
		t.Skip("makes a village")
	}
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	made, err := demo.Village(context.Background(), t.TempDir(), demo.Options{AsOf: "2026-09-30"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range readmePictures {
		l, err := book.Open(context.Background(), made.Ledger, store.Options{Source: sample.Source()})
		if err != nil {
			t.Fatal(err)
		}
		tm, r := startReal(t, Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}, 80, 24)
		tm.WaitFor("今天办什么")
		tm.WaitFor("错误 0 条")
		p.keys(tm)
		tm.WaitStable()
		got := svg(p.title, tm.Styled())
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", "readme", p.name+".svg")
		if !strings.Contains(string(readme), "(tui/testdata/readme/"+p.name+".svg)") {
			t.Errorf("README.md doesn't show %s", path)
		}
		if tuitest.Update() {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != got {
			t.Errorf("%s shows an old screen; it is now\n%s", path, tm.Screen())
		}
	}
}

// The size of a cell and of the edge around the screen, in pixels.
const (
	cellW, cellH, svgEdge = 9, 19, 12
)

// svgStyle has the colours of a terminal, for pages in light and in dark.
const svgStyle = `.b{fill:#fff;stroke:#bbb}.r{fill:#222}text{font:15px "Noto Sans Mono CJK SC","Source Han Mono SC",NSimSun,"PingFang SC",monospace;fill:#222;white-space:pre}` +
	`.v{fill:#fff}.s{font-weight:bold}.c1{fill:#b00}.c2{fill:#070}.c3{fill:#860}.c4{fill:#03b}.c5{fill:#a0a}.c6{fill:#077}.c7,.c8{fill:#777}` +
	`@media(prefers-color-scheme:dark){.b{fill:#16181d;stroke:#444}.r{fill:#ddd}text{fill:#ddd}.v{fill:#16181d}.c1{fill:#f77}.c2{fill:#6d6}.c3{fill:#db6}.c4{fill:#8af}.c5{fill:#f7f}.c6{fill:#6dd}.c7,.c8{fill:#999}}`

// svg draws a screen, given row by row with its styles, as a picture that needs nothing else
// and is the same on every machine. Each stretch of characters of one width has its place and
// its length, so that columns stand one below the other in any font.
func svg(title, screen string) string {
	rows := strings.Split(strings.ReplaceAll(screen, "\r", ""), "\n")
	wide := 0
	for _, row := range rows {
		wide = max(wide, ui.Width(row))
	}
	w, h := wide*cellW+2*svgEdge, len(rows)*cellH+2*svgEdge
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s"><style>%s</style><rect class="b" x=".5" y=".5" width="%d" height="%d" rx="6"/>`+"\n",
		w, h, w, h, html.EscapeString(title), svgStyle, w-1, h-1)
	for y, row := range rows {
		x := 0
		for _, run := range ui.Runs(row) {
			n := ui.Width(run.Text)
			if run.Reverse {
				fmt.Fprintf(&b, `<rect class="r" x="%d" y="%d" width="%d" height="%d"/>`, svgEdge+x*cellW, svgEdge+y*cellH, n*cellW, cellH)
			}
			svgText(&b, run, x, y)
			x += n
		}
		b.WriteByte('\n')
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func svgText(b *strings.Builder, run ui.Run, x, y int) {
	class := ""
	switch {
	case run.Reverse:
		class = "v"
	case run.Colour >= 0:
		class = fmt.Sprintf("c%d", run.Colour%8)
		if run.Colour == 8 {
			class = "c8"
		}
	}
	if run.Bold {
		class = strings.TrimSpace(class + " s")
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	for _, part := range stretches(run.Text) {
		n := ui.Width(part)
		text := strings.TrimRight(part, " ")
		lead := len(text) - len(strings.TrimLeft(text, " "))
		if text = text[lead:]; text != "" {
			fmt.Fprintf(b, `<text%s x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`,
				class, svgEdge+(x+lead)*cellW, svgEdge+y*cellH+15, ui.Width(text)*cellW, html.EscapeString(text))
		}
		x += n
	}
}

// stretches parts a text where Chinese, drawn lines and letters meet, which fonts draw in
// different widths, and at wide gaps.
func stretches(text string) []string {
	var all []string
	last := -1
	for _, c := range text {
		n := ui.Width(string(c))
		if n == 1 && c > '~' {
			n = 0
		}
		if n == last && !(c == ' ' && strings.HasSuffix(all[len(all)-1], " ")) && !(c != ' ' && strings.HasSuffix(all[len(all)-1], "  ")) {
			all[len(all)-1] += string(c)
		} else {
			all = append(all, string(c))
		}
		last = n
	}
	return all
}
