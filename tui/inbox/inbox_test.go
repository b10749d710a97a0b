package inbox_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/inbox"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

var ctx = context.Background()

// place is a county with two documents to send, a stick that has them, and the folder in
// which people put files.
type place struct {
	office       *store.Ledger
	stick, desk  string
	opened       []string
	home, golden string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	here, err := os.Getwd()
	check(t, err)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "设置"))
	t.Setenv("USERPROFILE", home)
	p := &place{home: home, golden: here, desk: filepath.Join(home, "桌面"), stick: filepath.Join(home, "U盘")}
	check(t, os.Mkdir(p.desk, 0o700))
	check(t, os.Mkdir(p.stick, 0o700))
	l, key := sample.OpenOffice(t)
	p.office = l
	for _, f := range [][2]string{{"党员花名册空表.xlsx", "12月20日前填好,随下月报送包带回"}, {"会议通知.docx", ""}} {
		path := filepath.Join(home, f[0])
		check(t, os.WriteFile(path, []byte(f[0]), 0o600))
		_, err := inbox.Add(ctx, l, path, f[1])
		check(t, err)
	}
	_, err = inbox.WriteOut(ctx, l, key, p.stick)
	check(t, err)
	return p
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *place) start(t *testing.T, l *store.Ledger, w, h int, ascii bool) *tuitest.Term {
	t.Helper()
	r := tui.New(ctx, tui.Options{Ledger: l, Source: sample.Source(), ASCII: ascii, NoColor: true,
		Drives: func() []string { return []string{p.stick} }, Opener: func(path string) error { p.opened = append(p.opened, path); return nil }})
	return sample.StartReal(t, r, w, h)
}

// village makes a village's ledger that knows the county.
func (p *place) village(t *testing.T) *store.Ledger {
	t.Helper()
	profile, err := os.ReadFile(county.ProfilePath(p.office))
	check(t, err)
	l, err := book.CreateWith(ctx, filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: "990101002", Name: "柳湾村党支部", Kind: "党支部", Domain: "行政村"},
		profile, store.Options{Source: sample.Source()})
	check(t, err)
	return l
}

// TestVillageFindsWhatCame takes what the county sent from the stick, opens one document
// and finds it marked.
func TestVillageFindsWhatCame(t *testing.T) {
	for _, c := range []struct {
		name  string
		w, h  int
		ascii bool
	}{{"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"ascii", 80, 24, true}} {
		p := newPlace(t)
		check(t, p.office.Close())
		d := p.start(t, p.village(t), c.w, c.h, c.ascii)
		sample.OpenScreen(d, "上级来件")
		d.WaitFor("还没有来件")
		d.Press("f2")
		d.WaitFor("已取入 2 个来件")
		sample.Golden(t, d, p.golden, "village-"+c.name)
		d.Press("down")
		d.Press("enter")
		d.WaitFor("用台账里的记录填这张表")
		d.Press("enter")
		d.WaitFor("已请电脑上的程序打开")
		if len(p.opened) != 1 || !strings.HasSuffix(p.opened[0], ".xlsx") {
			t.Fatalf("opened %q", p.opened)
		}
		if text, err := os.ReadFile(p.opened[0]); err != nil || string(text) != "党员花名册空表.xlsx" {
			t.Errorf("%q, %v", text, err)
		}
		d.WaitFor("看过")
		d.Press("f2")
		d.WaitFor("没有新的来件")
	}
}

// TestCountySendsAndWithdraws adds a document with a word, and takes it back.
func TestCountySendsAndWithdraws(t *testing.T) {
	p := newPlace(t)
	path := filepath.Join(p.desk, "年报说明.docx")
	check(t, os.WriteFile(path, []byte("words"), 0o600))
	d := p.start(t, p.office, 80, 24, false)
	sample.OpenScreen(d, "下发文件")
	d.WaitFor("下发中")
	d.Press("f2")
	d.WaitFor("下发哪个文件")
	d.Press("ctrl+u")
	d.Type(path)
	d.Press("enter")
	d.WaitFor("涉密的文件不能下发")
	d.Type("照着填")
	d.Press("f2")
	d.WaitFor("已列入下发")
	d.WaitFor("照着填")
	sample.Golden(t, d, p.golden, "county-80x24")
	d.Press("f8")
	d.WaitFor("已经取入的村里还有")
	d.Press("down")
	d.Press("enter")
	d.WaitFor("已收回")
	sample.Golden(t, d, p.golden, "county-withdrawn-80x24")
}
