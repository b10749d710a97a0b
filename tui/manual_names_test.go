package tui

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/tui/manual"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// typedName is what the manual says to type in the menu, and what then opens.
var typedName = regexp.MustCompile(`打“?([^“”\s,,。;]+)”?按回车`)

// shortNames are those that find something which is called otherwise.
var shortNames = map[string]string{"ry": "人员", "比对": "与全国系统比对", "回乡": "流动党员回乡", "迎检": "迎检成册", "计划": "计划总结", "练习": "用示例村练习", "下发": "下发文件"}

// TestManualsMenuNames: what the manual says to type in the menu finds that entry first, in
// a village's menu or a county's.
func TestManualsMenuNames(t *testing.T) {
	office, _ := sample.OpenOffice(t)
	menus := map[string]*menu{}
	_, r := start(t, Options{Ledger: sample.NewLedger(t), Practice: "/没有"}, 80, 24)
	menus["村"] = newMenu(r.app)
	_, c := start(t, Options{Ledger: office}, 80, 24)
	menus["县"] = newMenu(c.app)
	names, err := filepath.Glob(filepath.Join("manual", "chapter", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		side := "村"
		if strings.Contains(name, "county") || strings.Contains(name, "city") {
			side = "县"
		}
		for _, m := range typedName.FindAllStringSubmatch(string(text), -1) {
			seen++
			want := m[1]
			if full := shortNames[want]; full != "" {
				want = full
			}
			found := ""
			for _, s := range []string{side, "村"} {
				menus[s].list.SetTyped(m[1])
				if it, ok := menus[s].list.Selected(); ok && (found == "" || it.Label == want) {
					found = it.Label
				}
			}
			if found != want {
				t.Errorf("%s: typing %s finds %q, not %s", filepath.Base(name), m[1], found, want)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d were looked at", seen)
	}
}

// TestChaptersOfScreens: every screen that the menu opens, and those before a ledger, lead
// to a chapter that there is.
func TestChaptersOfScreens(t *testing.T) {
	_, r := start(t, Options{Ledger: sample.NewLedger(t), Practice: "/没有"}, 80, 24)
	known := map[string]bool{}
	for _, c := range manual.Chapters() {
		known[c.Key] = true
	}
	for screen, key := range screenChapters {
		if !known[key] {
			t.Errorf("%s leads to %s, which is no chapter", screen, key)
		}
	}
	for _, it := range menuItems(r.app) {
		if it.Run == nil {
			continue
		}
		push, ok := it.Run()().(ui.Push)
		if !ok || it.Key == "manual" {
			continue
		}
		name := strings.TrimLeft(strings.Split(typeName(push.Screen), ".")[0], "*")
		if screenChapters[name] == "" && name != "sample" {
			t.Errorf("nobody says which chapter fits %s", typeName(push.Screen))
		}
	}
}

// TestManualOnTheScreen: F1 shows the help, Enter the manual at the chapter that fits, Enter
// that chapter; words in the text are found; Esc leads back to where one was.
func TestManualOnTheScreen(t *testing.T) {
	for _, size := range sample.Sizes {
		tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, size.W, size.H)
		tm.Press("f9")
		tm.WaitFor("核对名册")
		tm.Press("f1")
		tm.WaitFor("看手册:月末")
		tm.Press("enter")
		tm.WaitFor("> 三、月末")
		tm.Golden("manual-" + size.Name)
		tm.Type("certutil")
		tm.WaitFor("先核对是不是真的程序")
		tm.Press("esc")
		tm.Type("ym")
		tm.Press("enter")
		tm.WaitFor("手册:月末")
		tm.Golden("manual-chapter-" + size.Name)
		tm.Wheel(10, 10, 5)
		if strings.Contains(tm.Screen(), "月末办三件事") {
			t.Errorf("the wheel moves nothing:\n%s", tm.Screen())
		}
		tm.Press("end")
		tm.WaitFor("这一章到这里为止")
		tm.Press("home", "tab")
		tm.WaitFor("手册:年末")
		tm.Press("esc", "esc", "esc") // the chapter, what was typed, the list
		tm.WaitFor("还没有导出过")
		if !strings.Contains(tm.Row(0), "月度上报") {
			t.Errorf("back at %q", tm.Row(0))
		}
	}
}
