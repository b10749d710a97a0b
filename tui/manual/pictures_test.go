package manual_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// studio makes the screens of the pictures.
type studio struct {
	t       *testing.T
	village string // the made-up village's ledger; it is copied, not written to
	home    string // the folder of the test
}

// picture is one picture of the manual: its name, and how its screen comes about.
type picture struct {
	name string
	take func(s *studio) *tuitest.Term
}

// pictures are all pictures of the manual.
var pictures = []picture{
	{"first-run", func(s *studio) *tuitest.Term {
		return s.start(tui.Options{Path: "/home/user/.local/share/taizhang/ledger.db", Practice: "/home/user/.local/share/taizhang/practice"})
	}},
	{"new-ledger", func(s *studio) *tuitest.Term {
		tm := s.start(tui.Options{Path: filepath.Join(s.t.TempDir(), "ledger.db")})
		tm.Press("enter")
		tm.Type("990101001")
		tm.Press("tab")
		tm.Type("石桥村党支部")
		return tm
	}},
	{"work", func(s *studio) *tuitest.Term { return s.open("今天办什么") }},
	{"help", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f1")
		return tm
	}},
	{"today", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f2")
		tm.WaitFor("党员转出")
		return tm
	}},
	{"meeting", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f2")
		tm.Type("开会")
		tm.Press("enter", "enter")
		tm.WaitFor("议题")
		return tm
	}},
	{"dues", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f2")
		tm.Type("收党费")
		tm.Press("enter")
		tm.WaitFor("实收")
		return tm
	}},
	{"menu", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f12")
		tm.Type("df")
		return tm
	}},
	{"table", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		sample.OpenScreen(tm, "人员")
		tm.WaitFor("联系电话")
		tm.Type("lj")
		return tm
	}},
	{"month-end", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f9")
		tm.WaitFor("没有错误")
		return tm
	}},
	{"roll", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f9")
		tm.WaitFor("没有错误")
		tm.Press("down", "enter")
		return tm
	}},
	{"exported", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		tm.Press("f9")
		tm.WaitFor("没有错误")
		tm.Press("tab", "tab", "tab", "tab")
		tm.Press("ctrl+u")
		tm.Type("U盘")
		tm.Press("f2")
		tm.WaitFor("校验码")
		return tm
	}},
	{"papers", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		sample.OpenScreen(tm, "报表")
		return tm
	}},
	{"shelf", func(s *studio) *tuitest.Term {
		tm := s.open("今天办什么")
		sample.OpenScreen(tm, "迎检成册")
		tm.WaitFor("要补")
		return tm
	}},
	{"backups", func(s *studio) *tuitest.Term {
		s.t.Setenv("HOME", "/home/user")
		tm := s.open("今天办什么")
		sample.OpenScreen(tm, "备份")
		return tm
	}},
	{"practice", func(s *studio) *tuitest.Term {
		tm := s.start(tui.Options{Path: filepath.Join(s.t.TempDir(), "ledger.db"), Practice: filepath.Join(s.t.TempDir(), "practice")})
		tm.Press("end", "enter")
		tm.WaitFor("接着练")
		return tm
	}},
	{"opening", func(s *studio) *tuitest.Term {
		return s.start(tui.Options{Path: "/home/user/.local/share/taizhang/ledger.db",
			Unseal: func(context.Context, string) (ui.Sitting, error) {
				return nil, errors.New("asked before anything was typed")
			}})
	}},
	{"damaged", func(s *studio) *tuitest.Term {
		s.t.Setenv("HOME", "/home/user")
		return s.start(tui.Options{Path: "/home/user/.local/share/taizhang/ledger.db", Damage: "台账文件已损坏"})
	}},
	{"receive", func(s *studio) *tuitest.Term {
		tm := s.county()
		sample.OpenScreen(tm, "收报")
		tm.WaitFor("没收过的 3 个")
		return tm
	}},
	{"received", func(s *studio) *tuitest.Term {
		tm := s.county()
		sample.OpenScreen(tm, "收报")
		tm.WaitFor("没收过的 3 个")
		tm.Press("enter")
		tm.WaitFor("第二步")
		return tm
	}},
	{"status", func(s *studio) *tuitest.Term {
		tm := s.county()
		sample.OpenScreen(tm, "收报")
		tm.WaitFor("没收过的 3 个")
		tm.Press("enter")
		tm.WaitFor("第二步")
		sample.OpenScreen(tm, "报送情况")
		tm.WaitFor("合计")
		return tm
	}},
	{"keys", func(s *studio) *tuitest.Term {
		tm := s.county()
		if err := os.Rename(filepath.Join("县", "county.key"), filepath.Join("U盘", "county.key")); err != nil {
			s.t.Fatal(err)
		}
		sample.OpenScreen(tm, "县里的密钥")
		tm.WaitFor("能办的事")
		return tm
	}},
	{"upward", (*studio).upward},
	{"city-received", func(s *studio) *tuitest.Term { return s.city() }},
	{"city-summary", func(s *studio) *tuitest.Term {
		tm := s.city()
		sample.OpenScreen(tm, "汇总")
		tm.WaitFor("按县  应报")
		return tm
	}},
}

// county opens a county's ledger, with the bundles of three villages on the stick.
func (s *studio) county() *tuitest.Term {
	l := sample.CountyWithStick(s.t, "")
	return sample.StartReal(s.t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
}

// fileSums are a file's check code, which is another each time it is written.
var fileSums = regexp.MustCompile(`\b[0-9a-f]{64}\b|KB +[0-9a-f]{8}\b`)

// sameSum stands for it in the pictures.
const sameSum = "459b3299027e879587a5e54e56e4565678acd008c8d9193b503a0c60e39914dd"

// TestPictures draws every picture of the manual anew from the running program and holds it
// against the one in the manual, or writes it with -update: a manual with an old picture
// fails here.
func TestPictures(t *testing.T) {
	if testing.Short() && !tuitest.Update() {
		t.Skip("makes a village")
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	made, err := demo.Village(context.Background(), t.TempDir(), demo.Options{AsOf: "2026-09-30"})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, p := range pictures {
		names[p.name+".ansi"] = true
		t.Run(p.name, func(t *testing.T) {
			s := &studio{t: t, village: made.Ledger, home: home}
			tm := p.take(s)
			s.compare(p.name, drawn(tm))
		})
	}
	files, err := filepath.Glob(filepath.Join(home, "picture", "*.ansi"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !names[filepath.Base(f)] {
			t.Errorf("nobody draws %s", filepath.Base(f))
		}
	}
}

// start runs the program as it is, in a folder in which a stick "U盘" lies.
func (s *studio) start(o tui.Options) *tuitest.Term {
	s.t.Helper()
	dir := s.t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "U盘"), 0o700); err != nil {
		s.t.Fatal(err)
	}
	s.t.Chdir(dir)
	if o.Source == nil {
		o.Source = sample.Source()
	}
	if o.Drives == nil {
		o.Drives = func() []string { return []string{"U盘"} }
	}
	return sample.StartReal(s.t, tui.New(context.Background(), o), 80, 24)
}

// open opens a copy of the village and waits for a text.
func (s *studio) open(wait string) *tuitest.Term {
	s.t.Helper()
	data, err := os.ReadFile(s.village)
	if err != nil {
		s.t.Fatal(err)
	}
	path := filepath.Join(s.t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		s.t.Fatal(err)
	}
	l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
	if err != nil {
		s.t.Fatal(err)
	}
	tm := s.start(tui.Options{Ledger: l, Path: path})
	tm.WaitFor(wait)
	return tm
}

// drawn gives the screen with its styles, long stretches of empty rows made short.
func drawn(tm *tuitest.Term) string {
	tm.WaitStable()
	var rows []string
	empty := 0
	for _, row := range strings.Split(strings.ReplaceAll(tm.Styled(), "\r", ""), "\n") {
		row = fileSums.ReplaceAllStringFunc(strings.TrimRight(row, " "), func(sum string) string {
			n := len(strings.TrimLeft(sum, "KB "))
			return sum[:len(sum)-n] + sameSum[:n]
		})
		plain := strings.Trim(ansi.Strip(row), " │")
		if empty++; plain != "" {
			empty = 0
		}
		if empty > 2 {
			continue
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n") + "\n"
}

func (s *studio) compare(name, got string) {
	s.t.Helper()
	for _, row := range strings.Split(got, "\n") {
		if n := ui.Width(row); n > 80 {
			s.t.Errorf("a row of %d cells: %s", n, ansi.Strip(row))
		}
	}
	path := filepath.Join(s.home, "picture", name+".ansi")
	if tuitest.Update() {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatalf("%v; draw it with -update", err)
	}
	if string(want) != got {
		s.t.Errorf("%s is an old picture (go test ./tui/manual -update draws it anew); the screen is now\n%s\nand was\n%s", name, ansi.Strip(got), ansi.Strip(string(want)))
	}
}
