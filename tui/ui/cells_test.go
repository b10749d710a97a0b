package ui_test

import (
	"strings"
	"testing"

	"taizhang/tui/ui"
)

func TestWidthAndFit(t *testing.T) {
	for _, c := range []struct {
		in          string
		width       int
		cut5, fit5r string
	}{
		{"", 0, "", "     "},
		{"abc", 3, "abc", "  abc"},
		{"张三", 4, "张三", " 张三"},
		{"张三丰", 6, "张三…", "张三…"},
		{"a张三丰", 7, "a张…", " a张…"},
		{"…·─“”", 5, "…·─“”", "…·─“”"},
		{"\uff21\uff22\uff23", 6, "\uff21\uff22…", "\uff21\uff22…"},
		{"e\u0301tude", 5, "\u00e9tude", "\u00e9tude"}, // one spelling of a letter with a mark
		{"\x1b[31mred", 3, "[31m…", "[31m…"},
		{"一\n二", 4, "一 二", "一 二"},
		{"\u202e王\u200d五\ufe0f", 4, "王五", " 王五"},
	} {
		if got := ui.Width(c.in); got != c.width {
			t.Errorf("Width(%q) = %d, want %d", c.in, got, c.width)
		}
		if got := ui.Cut(c.in, 5); got != c.cut5 {
			t.Errorf("Cut(%q) = %q, want %q", c.in, got, c.cut5)
		}
		if got := ui.FitRight(c.in, 5); got != c.fit5r {
			t.Errorf("FitRight(%q) = %q, want %q", c.in, got, c.fit5r)
		}
		for w := 0; w < 12; w++ {
			for _, fit := range []func(string, int) string{ui.Fit, ui.FitRight, ui.Center} {
				if got := fit(c.in, w); ui.Width(got) != w {
					t.Errorf("fit(%q, %d) = %q is %d wide", c.in, w, got, ui.Width(got))
				}
			}
		}
	}
}

func TestSlice(t *testing.T) {
	for _, c := range []struct {
		in          string
		left, right int
		want        string
	}{
		{"abcdef", 1, 3, "bc"},
		{"张三丰", 2, 4, "三"},
		{"张三丰", 1, 4, " 三"},
		{"张三丰", 0, 3, "张 "},
		{"张", 0, 5, "张   "},
		{"张", 4, 6, "  "},
	} {
		if got := ui.Slice(c.in, c.left, c.right); got != c.want {
			t.Errorf("Slice(%q, %d, %d) = %q, want %q", c.in, c.left, c.right, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"", 10, ""},
		{"公民身份号码最后一位不对,请核对", 10, "公民身份号|码最后一位|不对,请核|对"},
		{"一二三四五。六", 10, "一二三四|五。六"},
		{"hello world again", 11, "hello world|again"},
		{"文件 D2/990101_2026-10_0001.tzb", 12, "文件|D2/990101_20|26-10_0001.t|zb"},
		{"一\n\n二", 10, "一||二"},
		{"张三abc李四", 6, "张三|abc李|四"},
	} {
		got := strings.Join(ui.Wrap(c.in, c.w), "|")
		if got != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.w, got, c.want)
		}
		for _, line := range ui.Wrap(c.in, c.w) {
			if ui.Width(line) > c.w {
				t.Errorf("line %q is wider than %d", line, c.w)
			}
		}
	}
}
