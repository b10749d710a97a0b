package manual

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/tui/ui"
)

// style is the whole look of the page. The fonts are named, none is fetched: those that
// come with Windows, UOS, Kylin and Debian. In pictures every stretch of wide characters
// has a box of its own width, so that columns stand one below the other in any font.
const style = `
body{max-width:48em;margin:0 auto;padding:1em;line-height:1.7;color:#111;background:#fff;
 font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","WenQuanYi Micro Hei",SimSun,sans-serif}
h1{font-size:1.9em;margin:.5em 0;text-align:center}
h2{font-size:1.5em;margin:2em 0 .6em;padding-bottom:.2em;border-bottom:2px solid #a00}
h3{font-size:1.15em;margin:1.4em 0 .4em;color:#a00}
p,ol,ul{margin:.5em 0}li{margin:.25em 0}
a{color:#a00;text-decoration:none}
table{border-collapse:collapse;margin:.8em 0;width:100%}
th,td{border:1px solid #aaa;padding:.3em .6em;text-align:left;vertical-align:top}
th{background:#f2f2f2}
code{font-family:inherit;background:#f2f2f2;padding:0 .2em}
kbd{font:inherit;padding:0 .25em;border:1px solid #999;border-radius:3px;background:#f7f7f7;white-space:nowrap}
pre{overflow-x:auto;font-family:"Noto Sans Mono CJK SC","Source Han Mono SC",NSimSun,"WenQuanYi Zen Hei Mono","PingFang SC",monospace}
pre.type{background:#f2f2f2;padding:.5em .8em;white-space:pre-wrap}
figure{margin:1em 0}figcaption{color:#555;font-size:.9em}
figure pre{margin:.2em 0;padding:.4em;border:1px solid #888;border-radius:4px;line-height:1.25;font-size:.8em;width:82ch;max-width:100%;box-sizing:content-box;color:#111;background:#fff}
figure b,figure i{display:inline-block;font:inherit;white-space:pre}figure i{overflow:hidden;vertical-align:bottom}
.r{color:#fff;background:#333}.s1{font-weight:bold}.s2{opacity:.7}.s4{text-decoration:underline}
.c1,.c9{color:#a00}.c2,.c10{color:#060}.c3,.c11{color:#850}.c4,.c12{color:#03a}.c5,.c13{color:#808}.c6,.c14{color:#066}.c7,.c8{color:#666}
@media print{@page{size:A4;margin:18mm 15mm}body{max-width:none;padding:0;font-size:10.5pt}
 h2{break-before:page}h2:first-of-type{break-before:auto}h2,h3,figcaption{break-after:avoid}tr,li,figure{break-inside:avoid}
 figure pre{font-size:9pt;overflow:visible}.r{-webkit-print-color-adjust:exact;print-color-adjust:exact}nav{columns:2}}
`

// HTML writes the chapters, all where none is named, as one page that needs nothing else:
// no network, no font, no other file. It prints on A4.
func HTML(w io.Writer, chapters ...Chapter) error {
	out := bufio.NewWriter(w)
	put := func(format string, args ...any) {
		// A write that fails is told by Flush.
		_, _ = fmt.Fprintf(out, format, args...)
	}
	whole := len(chapters) == 0
	if whole {
		chapters = Chapters()
	}
	put("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<h1>%s</h1>\n", Title, style, Title)
	if whole {
		put("<nav>\n<ol>\n")
		for _, c := range chapters {
			put("<li><a href=\"#%s\">%s</a></li>\n", c.Key, html.EscapeString(c.Title))
		}
		put("</ol>\n</nav>\n")
	}
	for _, c := range chapters {
		put("<h2 id=\"%s\">%s</h2>\n", c.Key, html.EscapeString(c.Title))
		for _, p := range c.Parts {
			if p.Title != "" {
				put("<h3>%s</h3>\n", html.EscapeString(p.Title))
			}
			put("%s", partHTML(p))
		}
	}
	put("</body>\n</html>\n")
	return out.Flush()
}

func partHTML(p Part) string {
	var b strings.Builder
	list := ""
	for _, block := range p.Blocks {
		kind := ""
		switch block.Mark {
		case "":
		case "-":
			kind = "ul"
		default:
			kind = "ol"
		}
		if list != kind {
			if list != "" {
				b.WriteString("</" + list + ">\n")
			}
			if kind != "" {
				b.WriteString("<" + kind + ">\n")
			}
			list = kind
		}
		b.WriteString(block.html())
	}
	if list != "" {
		b.WriteString("</" + list + ">\n")
	}
	return b.String()
}

func (b Block) html() string {
	switch {
	case b.Picture != nil:
		return "<figure><figcaption>" + html.EscapeString(b.Text) + "</figcaption><pre>" + strings.Join(pictureHTML(b.Picture), "\n") + "</pre></figure>\n"
	case b.Rows != nil:
		return tableHTML(b.Rows)
	case b.Code != nil:
		return "<pre class=\"type\">" + html.EscapeString(strings.Join(b.Code, "\n")) + "</pre>\n"
	case b.Mark != "":
		return "<li>" + proseHTML(b.Text) + "</li>\n"
	}
	return "<p>" + proseHTML(b.Text) + "</p>\n"
}

func tableHTML(rows [][]string) string {
	var b strings.Builder
	b.WriteString("<table>\n")
	for i, row := range rows {
		cell := "td"
		if i == 0 {
			cell = "th"
		}
		b.WriteString("<tr>")
		for _, text := range row {
			b.WriteString("<" + cell + ">" + proseHTML(text) + "</" + cell + ">")
		}
		b.WriteString("</tr>\n")
	}
	return b.String() + "</table>\n"
}

// keyName is a key as the text names it.
var keyName = model.NewPattern(`(?:Ctrl|Shift)\+(?:F\d{1,2}|[A-Z]\b|Tab)|\bF\d{1,2}\b|\b(?:Esc|Tab|PgUp|PgDn|Home|End|Insert|Delete)\b`)

// named is what stands between backquotes: a file, a command.
var named = model.NewPattern("`([^`]+)`")

func proseHTML(text string) string {
	return named.ReplaceAllString(keyName.ReplaceAllString(html.EscapeString(text), "<kbd>$0</kbd>"), "<code>$1</code>")
}

// pictureHTML turns the styles of a picture into classes, and gives each stretch of wide
// characters the width that it has in cells.
func pictureHTML(rows []string) []string {
	all := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		for _, r := range ui.Runs(row) {
			class := strings.Join(classes(r), " ")
			if class != "" {
				b.WriteString("<span class=\"" + class + "\">")
			}
			b.WriteString(wideHTML(r.Text))
			if class != "" {
				b.WriteString("</span>")
			}
		}
		all[i] = b.String()
	}
	return all
}

func classes(r ui.Run) []string {
	var all []string
	if r.Reverse {
		all = append(all, "r")
	}
	if r.Bold {
		all = append(all, "s1")
	}
	if r.Faint {
		all = append(all, "s2")
	}
	if r.Underline {
		all = append(all, "s4")
	}
	if r.Colour >= 0 && !r.Reverse {
		all = append(all, fmt.Sprintf("c%d", r.Colour))
	}
	return all
}

// wideHTML puts stretches that are not ASCII into boxes of their width in cells: Chinese,
// and drawn lines, which many fonts make as wide as a Chinese character.
func wideHTML(text string) string {
	var b strings.Builder
	for _, part := range stretches(text) {
		first, _ := utf8.DecodeRuneInString(part)
		switch tag := "b"; {
		case first <= '~':
			b.WriteString(html.EscapeString(part))
		default:
			if ui.Width(string(first)) < 2 {
				tag = "i"
			}
			fmt.Fprintf(&b, "<%s style=\"width:%dch\">%s</%s>", tag, ui.Width(part), html.EscapeString(part), tag)
		}
	}
	return b.String()
}

// stretches parts a text where ASCII, wide characters and drawn lines meet.
func stretches(text string) []string {
	sort := func(r rune) int {
		if r <= '~' {
			return 0
		}
		return ui.Width(string(r))
	}
	var all []string
	last := -1
	for _, r := range text {
		if n := sort(r); n != last {
			all = append(all, "")
			last = n
		}
		all[len(all)-1] += string(r)
	}
	return all
}
