package manual

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/tui/ui"
)

// TestChapters: all chapters that were asked for are there, none is empty, and each picture
// has been drawn.
func TestChapters(t *testing.T) {
	want := []string{"第一天", "每天", "月末", "年末", "换新电脑", "忘了口令", "台账坏了", "乡镇", "县里的一周", "县里换电脑", "市里、省里",
		"杀毒软件拦住了怎么办", "哪些电脑和U盘能用", "按键表", "出错了怎么办"}
	var got []string
	used := map[string]bool{}
	for _, c := range Chapters() {
		got = append(got, c.Title)
		if len(c.lines(TextWidth, plainLook())) < 20 {
			t.Errorf("%s has hardly a page", c.Title)
		}
		for _, p := range c.Parts {
			for _, b := range p.Blocks {
				if b.Picture != nil && len(b.Picture) < 5 {
					t.Errorf("%s: a picture of %q is missing", c.Title, b.Picture)
				}
				used[strings.Join(b.Picture, "\n")] = true
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the chapters are %v", got)
	}
	names, err := fs.Glob(files, "picture/*.ansi")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		key := strings.TrimSuffix(filepath.Base(name), ".ansi")
		if !used[strings.Join(picture(key), "\n")] {
			t.Errorf("no chapter shows %s", name)
		}
	}
}

// TestText: the manual as text has no line over 80 cells, nothing but text, and no mark of
// its source.
func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(b.String(), "\n") {
		if n := ui.Width(line); n > TextWidth {
			t.Errorf("line %d has %d cells: %s", i+1, n, line)
		}
		if strings.ContainsAny(line, "\x1b\t`") || strings.HasPrefix(line, "#") {
			t.Errorf("line %d is not plain text: %q", i+1, line)
		}
	}
	for i, want := range []string{"一、", "二、", "十、", "十一、", "十五、"} {
		if got := number([]int{0, 1, 9, 10, 14}[i]); got != want {
			t.Errorf("number gives %s, not %s", got, want)
		}
	}
}

// TestHTML: the page needs nothing that is not in it, and every tag that is opened is closed.
func TestHTML(t *testing.T) {
	var b bytes.Buffer
	if err := HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, outside := range []string{"http:", "https:", "src=", "<link", "<script", "@import", "url("} {
		if strings.Contains(page, outside) {
			t.Errorf("the page has %q", outside)
		}
	}
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)[^>]*>`).FindAllStringSubmatch(page, -1) {
		switch {
		case m[2] == "meta":
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Fatalf("</%s> closes %v", m[2], open)
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("not closed: %v", open)
	}
}

// TestWideRunsKeepTheirWidth: every row of a picture is as wide in the page as on the screen:
// characters of two cells stand in boxes of their width.
func TestWideRunsKeepTheirWidth(t *testing.T) {
	box := regexp.MustCompile(`<[bi] style="width:(\d+)ch">([^<]*)</[bi]>`)
	for _, c := range Chapters() {
		for _, p := range c.Parts {
			for _, b := range p.Blocks {
				for i, row := range pictureHTML(b.Picture) {
					for _, m := range box.FindAllStringSubmatch(row, -1) {
						if got := ui.Width(m[2]); m[1] != itoa(got) {
							t.Errorf("%s: %q has a box of %s", c.Title, m[2], m[1])
						}
					}
					text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row, "")
					text = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(text)
					if ui.Width(text) != ui.Width(b.Picture[i]) {
						t.Errorf("%s: %d cells have become %d", c.Title, ui.Width(b.Picture[i]), ui.Width(text))
					}
				}
			}
		}
	}
}

func itoa(n int) string {
	s := ""
	for ; n > 0; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

func TestFind(t *testing.T) {
	for name, want := range map[string]string{"月末": "月末", "month-end": "月末", "ym": "月末", "杀毒": "杀毒软件拦住了怎么办", "U盘能用": "哪些电脑和U盘能用", "保险柜": "县里换电脑", "tzs": "市里、省里"} {
		if c, err := Find(name); err != nil || c.Title != want {
			t.Errorf("%s finds %q, %v", name, c.Title, err)
		}
	}
	for _, name := range []string{"没有这一章", ""} {
		if _, err := Find(name); err == nil || !strings.Contains(err.Error(), "月末") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "没有标题", "# 一\n```\nx", "# 一\n| a | b |\n| - | - |\n| c |"} {
		if c, err := parse(text); err == nil {
			t.Errorf("%q gives %+v", text, c)
		}
	}
}

// source gives the chapters' text, without pictures.
func source(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	names, err := fs.Glob(files, "chapter/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

// TestKeysAreReal: every key that the manual names is one of the program's, and in the table
// of keys those of one line belong to one action.
func TestKeysAreReal(t *testing.T) {
	known := map[string]bool{"PgUp": true, "PgDn": true, "Home": true, "End": true, "Shift+F10": false}
	var actions [][]string
	for a := ui.Help; a <= ui.Print; a++ {
		keys := strings.Split(a.Keys(), "、")
		actions = append(actions, keys)
		for _, k := range keys {
			known[k] = true
		}
	}
	for name, text := range source(t) {
		for _, key := range keyName.FindAllString(text, -1) {
			if !known[key] {
				t.Errorf("%s names %s", name, key)
			}
		}
	}
	keys, err := Find("keys")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, row := range keys.Parts[0].Blocks[slices.IndexFunc(keys.Parts[0].Blocks, func(b Block) bool { return b.Rows != nil })].Rows[1:] {
		for _, group := range strings.Split(row[1], ";") {
			named := keyName.FindAllString(group, -1)
			if len(named) == 0 || slices.Contains([]string{"Tab", "PgUp"}, named[0]) {
				continue
			}
			lines++
			if !slices.ContainsFunc(actions, func(keys []string) bool {
				return !slices.ContainsFunc(named, func(k string) bool { return !slices.Contains(keys, k) })
			}) {
				t.Errorf("%s: %v are not the keys of one action", row[0], named)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines of the table were looked at", lines)
	}
}

// TestErrorsAreReal: what the tables say that the program says, it can say: each stands in
// the program's source.
func TestErrorsAreReal(t *testing.T) {
	var program strings.Builder
	for _, folder := range []string{"model", "store", "tui", "cmd"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			program.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	said := 0
	for _, c := range Chapters() {
		for _, p := range c.Parts {
			for _, b := range p.Blocks {
				if b.Rows == nil || b.Rows[0][0] != "程序说" {
					continue
				}
				for _, row := range b.Rows[1:] {
					said++
					for _, part := range strings.Split(strings.NewReplacer("“…”", "…").Replace(row[0]), "…") {
						if !strings.Contains(program.String(), part) {
							t.Errorf("%s: the program never says %q", c.Title, part)
						}
					}
				}
			}
		}
	}
	if said < 30 {
		t.Errorf("only %d were looked at", said)
	}
}
