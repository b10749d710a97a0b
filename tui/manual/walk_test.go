package manual_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/store/demo"
	"taizhang/tui/tuitest"
)

// chapters gives the manual's text, by the names of its files.
func chapters(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("chapter", "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no chapters: %v", err)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(name)] = string(text)
	}
	return all
}

// others are words in quotation marks that are not the program's: of Windows, of programs
// against viruses, of people, and titles of chapters, which have a test of their own.
var others = []string{"在终端中打开", "在此处打开命令窗口", "已保护你的电脑", "更多信息", "仍要运行", "解除锁定", "隔离区", "恢复区", "加入信任", "信任区", "白名单", "排除项",
	"有程序正在修改文件", "正在写U盘", "允许", "受控文件夹访问", "Windows 安全中心", "勒索软件防护", "允许应用通过受控文件夹访问", "门前两棵老槐树",
	"杀毒软件拦住了怎么办", "哪些电脑和U盘能用", "县里换电脑", "ledger-备份", "市里.json"}

// TestQuotedWordsAreReal: every word in quotation marks, which a reader looks for on the
// screen, stands in the program.
func TestQuotedWordsAreReal(t *testing.T) {
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
	looked, used := 0, map[string]bool{}
	for name, text := range chapters(t) {
		for _, m := range regexp.MustCompile(`“([^”]*)”`).FindAllStringSubmatch(text, -1) {
			looked++
			if slices.Contains(others, m[1]) {
				used[m[1]] = true
				continue
			}
			for _, part := range strings.Split(m[1], "…") {
				if !strings.Contains(program.String(), part) {
					t.Errorf("%s: no screen has “%s”", name, m[1])
				}
			}
		}
	}
	for _, word := range others {
		if !used[word] {
			t.Errorf("the manual doesn't say “%s” any more", word)
		}
	}
	if looked < 100 {
		t.Errorf("only %d words were looked at", looked)
	}
}

// place is what the manual lets its reader type into the menu: 按 F12,打“备份”按回车.
var place = regexp.MustCompile(`按 F12,?打“([^”]*)”`)

// TestPlacesAreFound goes where each chapter sends its reader by F12, key by key: what it
// says to type finds that place first, and Enter opens it.
func TestPlacesAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a village")
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	words := map[bool][]string{} // those of the county's ledger, and of the village's
	for name, text := range chapters(t) {
		county := slices.Contains([]string{"09-county-week.md", "10-county-computer.md", "11-city.md"}, name)
		for _, m := range place.FindAllStringSubmatch(text, -1) {
			if m[1] != "练习" && !slices.Contains(words[county], m[1]) { // that one is left in a way of its own
				words[county] = append(words[county], m[1])
			}
		}
	}
	if len(words[false]) < 11 || len(words[true]) < 9 {
		t.Errorf("only %d and %d places", len(words[false]), len(words[true]))
	}
	made, err := demo.Village(context.Background(), t.TempDir(), demo.Options{Members: demo.MinMembers, AsOf: "2026-09-30"})
	if err != nil {
		t.Fatal(err)
	}
	for _, county := range []bool{false, true} {
		s := &studio{t: t, village: made.Ledger, home: home}
		var tm *tuitest.Term
		if county {
			tm = s.county()
		} else {
			tm = s.open("今天办什么")
		}
		for _, word := range words[county] {
			visit(t, tm, word)
		}
	}
}

// visit opens a place by the menu and comes back.
func visit(t *testing.T, tm *tuitest.Term, word string) {
	t.Helper()
	tm.Press("f12")
	tm.WaitFor("菜单")
	tm.Type(word)
	tm.WaitStable()
	first := ""
	for _, row := range strings.Split(tm.Screen(), "\n") {
		if strings.HasPrefix(row, ">") {
			first = row
			break
		}
	}
	if !strings.Contains(first, word) {
		t.Errorf("“%s” finds %q first", word, first)
	}
	tm.Press("enter")
	tm.WaitStable()
	if title := tm.Row(0); strings.HasPrefix(strings.TrimSpace(title), "菜单") || strings.HasPrefix(strings.TrimSpace(title), "工作台") {
		t.Errorf("“%s” opens %q", word, title)
	}
	for range 5 {
		if strings.HasPrefix(strings.TrimSpace(tm.Row(0)), "工作台") {
			return
		}
		tm.Press("esc")
		tm.WaitStable()
	}
	t.Fatalf("from “%s” Esc doesn't lead back:\n%s", word, tm.Screen())
}
