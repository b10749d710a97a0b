package ui_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

func press(c *ui.Chooser, keys ...string) {
	codes := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace}
	for _, k := range keys {
		if code, ok := codes[k]; ok {
			c.Update(tea.KeyPressMsg{Code: code})
		} else {
			c.Update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: k})
		}
	}
}

func chosen(c *ui.Chooser) string {
	it, _ := c.Selected()
	return it.Label
}

func grouped(sizes ...int) []ui.Item {
	var items []ui.Item
	for g, n := range sizes {
		items = append(items, ui.Item{Heading: true, Label: fmt.Sprintf("组%d", g)})
		for i := range n {
			label := fmt.Sprintf("%c%d", 'a'+g, i)
			items = append(items, ui.Item{Key: label, Label: label})
		}
	}
	return items
}

func TestChooserMovesOverHeadings(t *testing.T) {
	c := &ui.Chooser{}
	c.SetSize(20, 5)
	c.SetItems(grouped(2, 3, 8))
	for _, step := range []struct{ key, want string }{
		{"", "a0"}, {"up", "a0"}, {"down", "a1"}, {"down", "b0"}, {"up", "a1"}, {"end", "c7"}, {"down", "c7"},
		{"home", "a0"}, {"pgdown", "b2"}, {"pgdown", "c3"}, {"pgup", "b2"},
	} {
		press(c, step.key)
		if got := chosen(c); got != step.want {
			t.Errorf("after %q %s is chosen, want %s", step.key, got, step.want)
		}
		lines, _ := c.View(ui.NewStyles(true))
		if len(lines) != 5 || !strings.Contains(strings.Join(lines, "\n"), "> "+step.want) {
			t.Errorf("after %q the list shows\n%s", step.key, strings.Join(lines, "\n"))
		}
	}
}

func TestChooserColumnsKeepGroupsWhole(t *testing.T) {
	c := &ui.Chooser{Columns: 3}
	c.SetSize(60, 10)
	c.SetItems(grouped(3, 4, 2, 2))
	lines, _ := c.View(ui.NewStyles(true))
	want := []string{" 组0                 组1                 组2", "> a0                  b0                  c0", "  a1                  b1                  c1",
		"  a2                  b2                 组3", "                      b3                  d0", "                                          d1"}
	for i, w := range want {
		if got := strings.TrimRight(lines[i], " "); !strings.HasSuffix(strings.TrimRight(removeStyles(got), " "), w) {
			t.Errorf("line %d is %q, want %q", i, got, w)
		}
	}
	for _, step := range []struct{ key, want string }{
		{"right", "b0"}, {"right", "c0"}, {"right", "c0"}, {"down", "c1"}, {"down", "d0"}, {"left", "b3"}, {"left", "a2"}, {"down", "b0"},
	} {
		press(c, step.key)
		if got := chosen(c); got != step.want {
			t.Errorf("after %q %s is chosen, want %s", step.key, got, step.want)
		}
	}
	if !c.Click(41, 4) || chosen(c) != "d0" || c.Click(41, 3) || c.Click(1, 9) {
		t.Errorf("clicks chose %s", chosen(c))
	}
}

// removeStyles takes the styles out.
func removeStyles(s string) string {
	var b strings.Builder
	for s != "" {
		if i := strings.IndexByte(s, '\x1b'); i >= 0 {
			b.WriteString(s[:i])
			_, s, _ = strings.Cut(s[i:], "m")
			continue
		}
		b.WriteString(s)
		break
	}
	return b.String()
}

func TestChooserNarrows(t *testing.T) {
	c := &ui.Chooser{Typing: true, Prompt: "找:"}
	c.SetSize(30, 6)
	c.SetItems([]ui.Item{{Key: "1", Label: "张三"}, {Key: "2", Label: "李四"}, {Key: "3", Label: "赵六", Search: "党费"}})
	press(c, "z")
	if got := chosen(c); got != "张三" {
		t.Errorf("z finds %q", got)
	}
	press(c, "backspace", "党", "费")
	if got := chosen(c); got != "赵六" {
		t.Errorf("党费 finds %q", got)
	}
	if _, cursor := c.View(ui.NewStyles(true)); cursor == nil || cursor.X != 7 || cursor.Y != 0 {
		t.Errorf("the cursor is %+v", cursor)
	}
	press(c, "esc")
	if c.Typed() != "" || !c.Select("2") || chosen(c) != "李四" {
		t.Errorf("typed %q, chosen %s", c.Typed(), chosen(c))
	}
	c.SetItems([]ui.Item{{Key: "0", Label: "王五"}, {Key: "2", Label: "李四"}})
	if chosen(c) != "李四" {
		t.Errorf("after new entries %s is chosen", chosen(c))
	}
	c.SetItems(nil)
	if _, ok := c.Selected(); ok {
		t.Error("something is chosen in an empty list")
	}
}

func TestFrameFitsItsWidth(t *testing.T) {
	s := ui.NewStyles(false)
	hints := []ui.Hint{{Action: ui.New, Label: "新增"}, {Action: ui.Open, Label: "打开"}, {Action: ui.Filter, Label: "筛选"}, {Action: ui.Delete, Label: "删除"}, {Action: ui.Undo, Label: "撤销"}}
	last := []ui.Hint{{Action: ui.Menu, Label: "菜单"}, {Action: ui.Help, Label: "帮助"}}
	for w := 30; w < 100; w += 7 {
		line, regions := ui.KeyLine(s, hints, last, w)
		plain := removeStyles(line)
		if ui.Width(line) != w || !strings.Contains(plain, "F12 菜单") || !strings.Contains(plain, "F1 帮助") {
			t.Errorf("width %d: %q", w, plain)
		}
		for _, r := range regions {
			if !strings.HasPrefix(ui.Slice(plain, r.From, r.To), r.Action.Key()) {
				t.Errorf("width %d: the region of %s holds %q", w, r.Action.Key(), ui.Slice(plain, r.From, r.To))
			}
		}
		if head := ui.HeadLine(s, "人员 · 在册党员", "石桥村党支部  2026-10-31", w); ui.Width(head) != w {
			t.Errorf("the head line at width %d is %d wide", w, ui.Width(head))
		}
		for _, l := range ui.Box(s, "很长很长的一个标题", []string{"一行"}, w/3, 4) {
			if ui.Width(l) != w/3 {
				t.Errorf("a box of width %d has the line %q", w/3, removeStyles(l))
			}
		}
	}
	over := ui.Over([]string{"一二三四五", "一二三四五"}, []string{"ab"}, 3, 1)
	if over[0] != "一二三四五" || over[1] != "一 ab 四五" {
		t.Errorf("laid over: %q", over)
	}
}

// TestChooserSaysOverAllColumnsThatNothingFits is about a sentence that was cut to the
// width of one column.
func TestChooserSaysOverAllColumnsThatNothingFits(t *testing.T) {
	c := &ui.Chooser{Typing: true, Columns: 3, Empty: "没有这样的名称。按退格键改,按 Esc 重新看全部"}
	c.SetSize(78, 6)
	c.SetItems(grouped(2))
	c.SetTyped("没有")
	lines, _ := c.View(ui.NewStyles(true))
	if len(lines) != 6 || !strings.Contains(lines[1], "按 Esc 重新看全部") {
		t.Errorf("%q", lines)
	}
}

func TestChooserHeadAndCount(t *testing.T) {
	c := &ui.Chooser{Typing: true, Hint: "打字", Head: "名称", Count: "共 2 个"}
	c.SetSize(40, 5)
	c.SetItems([]ui.Item{{Key: "a", Label: "甲"}, {Key: "b", Label: "乙"}})
	lines, cursor := c.View(ui.NewStyles(true))
	for i, w := range []string{" 查找: 打字" + strings.Repeat(" ", 21) + "共 2 个", "  名称", "> 甲", "  乙"} {
		if got := strings.TrimRight(removeStyles(lines[i]), " "); got != w {
			t.Errorf("line %d is %q, want %q", i, got, w)
		}
	}
	if cursor == nil || cursor.X != ui.Width(ui.SearchPrompt) || cursor.Y != 0 {
		t.Errorf("the caret is at %v", cursor)
	}
	if !c.Click(3, 3) || chosen(c) != "乙" {
		t.Errorf("a click on the second row chooses %s", chosen(c))
	}
	c.SetSize(20, 5) // no room for the count
	if lines, _ := c.View(ui.NewStyles(true)); strings.Contains(lines[0], "共") {
		t.Errorf("the count stands where there is no room: %q", lines[0])
	}
}
