package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// screen is a size of the terminal.
type screen = struct {
	Name string
	W, H int
}

// clerk opens the county with its stick, in a size of the terminal.
func clerk(t *testing.T, passphrase string, size screen) (*tuitest.Term, *store.Ledger, string) {
	t.Helper()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l := sample.CountyWithStick(t, passphrase)
	r := tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }})
	return sample.Start(t, r, size.W, size.H), l, home
}

// golden compares a screen whose paths are those of this run with its picture.
func golden(t *testing.T, tm *tuitest.Term, home, name string, size screen) {
	t.Helper()
	sample.Golden(t, tm, home, name+"-"+size.Name)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestCardsAreIssued writes start cards to the stick: from the menu two keys more and the
// passphrase, which is asked once for the sitting.
func TestCardsAreIssued(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			tm, _, home := clerk(t, "出门左转 3", size)
			sample.OpenScreen(tm, "发启动卡")
			tm.WaitFor("名单上 4 个单位")
			golden(t, tm, home, "issue-choose", size)
			tm.Press("enter")
			tm.WaitFor("密钥加了口令")
			tm.Type("不对")
			tm.Press("enter")
			tm.WaitFor("口令不对")
			tm.Type("出门左转 3")
			if got := tm.BeforeCursor(); !strings.HasSuffix(got, "口令 ******") {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("enter")
			tm.WaitFor("已写出启动卡 4 张")
			golden(t, tm, home, "issue-done", size)
			cards, err := filepath.Glob("U盘/启动卡/*/*.card.json")
			if err != nil || len(cards) != 4 {
				t.Errorf("on the stick are %v, %v", cards, err)
			}
			tm.Press("enter") // the key is open
			tm.WaitStable()
			if strings.Contains(tm.Screen(), "口令") {
				t.Errorf("the passphrase is asked again:\n%s", tm.Screen())
			}
		})
	}
}

// TestRulesArePublished changes a number, a choice and a goal, and publishes them as one
// version; what can't be is refused where it is typed.
func TestRulesArePublished(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			tm, l, home := clerk(t, "", size)
			ctx := context.Background()
			sample.OpenScreen(tm, "县里的规定")
			tm.WaitFor("报送截止")
			golden(t, tm, home, "rules", size)
			tm.Type("截止")
			tm.Press("enter")
			tm.WaitFor("请写 1 到 28 的整数")
			tm.Press("ctrl+u")
			tm.Type("40")
			tm.Press("enter")
			tm.WaitFor("不能写“40”")
			golden(t, tm, home, "rules-line", size)
			tm.Press("ctrl+u")
			tm.Type("8日")
			tm.Press("enter", "esc")
			tm.Type("身份证")
			tm.Press("enter")
			tm.WaitFor("原来的规定")
			tm.Press("down", "enter", "esc")
			tm.Type("五好达标率")
			tm.Press("enter", "ctrl+u")
			tm.Type("85")
			tm.Press("enter", "esc", "home")
			tm.WaitFor("* 报送截止")
			golden(t, tm, home, "rules-changed", size)
			tm.Press("f2")
			tm.WaitFor("第 2 版")
			golden(t, tm, home, "rules-confirm", size)
			tm.Press("down", "enter") // what 不带 loses is worth a second thought
			tm.WaitFor("配置文件升为第 2 版")
			p, err := send.Profile(ctx, l)
			if err != nil || p.DeadlineDay != 8 || p.Identity != "不带" || p.Parameters["goal.A03.named"] != "85" {
				t.Errorf("the profile is %+v, %v", p, err)
			}
			tm.Press("f7")
			tm.WaitFor("配置文件写到U盘")
			tm.Press("enter")
			tm.WaitFor("配置文件写好了")
			if got, want := sample.Read(t, "U盘/county.json"), sample.Read(t, "县/county.json"); got != want {
				t.Error("the profile on the stick is another one")
			}
			// Erasing takes the county's own value back; leaving unpublished changes is asked.
			tm.Type("截止")
			tm.Press("enter", "ctrl+u", "enter")
			tm.WaitFor("5 日")
			tm.Press("esc", "esc")
			tm.WaitFor("都不改了")
			tm.Press("enter")
			tm.WaitFor("配置文件升为第 3 版")
			if p, err = send.Profile(ctx, l); err != nil || p.DeadlineDay != 5 || p.Identity != "不带" {
				t.Errorf("the profile is %+v, %v", p, err)
			}
		})
	}
}

// TestFixedRulesStay says who has fixed a rule, and changes nothing.
func TestFixedRulesStay(t *testing.T) {
	tm, _, _ := clerk(t, "", sample.Sizes[0])
	sample.OpenScreen(tm, "县里的规定")
	tm.WaitFor("报送截止")
	tm.Type("入党的最低年龄")
	tm.Press("enter")
	tm.WaitFor("县(市)不能另设")
}

// TestRescueToAStick gives a village its ledger back, from the menu and from the unit's
// page, and says what to tell it.
func TestRescueToAStick(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			tm, _, home := clerk(t, "", size)
			sample.OpenScreen(tm, "收报")
			tm.WaitFor("没收过的 3 个")
			tm.Press("enter")
			tm.WaitFor("第二步")
			tm.Press("esc")
			sample.OpenScreen(tm, "给村里恢复台账")
			tm.WaitFor("石桥村")
			golden(t, tm, home, "rescue-list", size)
			tm.Type("shiqiao")
			tm.Press("enter")
			tm.WaitFor("写到哪里")
			tm.Press("enter")
			tm.WaitFor("恢复好了")
			if shown := tm.Screen(); !strings.Contains(shown, "已按名册补上结账:2026年10月") || !strings.Contains(shown, "从备份恢复") {
				t.Errorf("what to tell the village is missing:\n%s", shown)
			}
			made, err := filepath.Glob("U盘/*.db")
			if err != nil || len(made) != 1 {
				t.Fatalf("on the stick are %v, %v", made, err)
			}
			v, err := book.Open(context.Background(), made[0], store.Options{Source: sample.Source()})
			if err != nil {
				t.Fatal(err)
			}
			n, err := v.Count(context.Background(), store.Query{Kind: "person"})
			if err != nil || n != 1 {
				t.Errorf("%d persons, %v", n, err)
			}
			if err := v.Close(); err != nil {
				t.Error(err)
			}
			tm.Press("enter")
			tm.WaitFor("已经有了,没有再写")

			sample.OpenScreen(tm, "报送情况")
			tm.WaitFor("合计")
			tm.Press("tab")
			tm.Type("柳湾")
			tm.Press("enter")
			tm.WaitFor("报送经过:柳湾村党支部")
			tm.Press("f7")
			tm.WaitFor("恢复台账:柳湾村党支部")
		})
	}
}

// TestTrustListAndClosing shows that nothing waits to be let in, and closes a month.
func TestTrustListAndClosing(t *testing.T) {
	tm, l, home := clerk(t, "", sample.Sizes[0])
	sample.OpenScreen(tm, "封账")
	tm.WaitFor("还没有收过报送包")
	sample.OpenScreen(tm, "核对后放行")
	tm.WaitFor("没有要核对的")
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	sample.OpenScreen(tm, "封账")
	tm.WaitFor("2026年10月")
	tm.Press("enter")
	tm.WaitFor("应报 4 个,实报 2 个,还有 2 个没有报")
	golden(t, tm, home, "closing", sample.Sizes[0])
	tm.Press("down", "enter")
	tm.WaitFor("2026年10月已封账")
	if _, err := county.CloseMonth(context.Background(), l, model.Month("2026-10"), true); err == nil {
		t.Error("the month was not closed")
	}
	tm.Press("enter")
	tm.WaitFor("汇总照封账时的数字显示")
}

// TestReceiptsGoElsewhere counts the keys of a stick that can't be written: three, as of
// any other, and the folder is remembered.
func TestReceiptsGoElsewhere(t *testing.T) {
	tm, l, _ := clerk(t, "", sample.Sizes[0])
	full, err := filepath.Abs("柜子")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(full, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := l.SetSetting(context.Background(), "receipts.folder", full); err != nil {
		t.Fatal(err)
	}
	write(t, "U盘/回执", "not a folder") // nothing can be written there, also where the test is root
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 3 个")
	keys := 0
	enter := func(then string) {
		keys++
		tm.Press("enter")
		tm.WaitFor(then)
	}
	enter("报送包已经收下了")
	if !strings.Contains(tm.Screen(), "柜子") {
		t.Errorf("the folder of the last time is not offered:\n%s", tm.Screen())
	}
	enter("回执 2 份和回执单已写到")
	if !strings.Contains(tm.Screen(), "柜子") {
		t.Errorf("it is not said where they are:\n%s", tm.Screen())
	}
	enter("没收过的 1 个")
	if keys > 3 {
		t.Errorf("%d keys a stick", keys)
	}
	answers, err := filepath.Glob("柜子/*")
	if err != nil || len(answers) != 3 {
		t.Errorf("in the folder are %v, %v", answers, err)
	}
	// The same stick once more within the minute: the first slip stays.
	enter("报送包已经收下了")
	enter("只把回执单写到")
	if answers, err = filepath.Glob("柜子/回执单_*.xlsx"); err != nil || len(answers) != 2 {
		t.Errorf("slips: %v, %v", answers, err)
	}
	// Esc goes back to the stick, which takes them once it can be written.
	enter("没收过的 1 个")
	enter("报送包已经收下了")
	tm.Press("esc")
	if err := os.Remove("U盘/回执"); err != nil {
		t.Fatal(err)
	}
	tm.Press("enter")
	tm.WaitFor("的“回执”文件夹")
	if answers, err = filepath.Glob("U盘/回执/回执单_*.xlsx"); err != nil || len(answers) != 1 {
		t.Errorf("on the stick: %v, %v", answers, err)
	}
}

// TestClerksEntriesInTheMenu looks for the group and clicks its entries.
func TestClerksEntriesInTheMenu(t *testing.T) {
	tm, _, _ := clerk(t, "", sample.Sizes[0])
	for entry, shows := range map[string]string{"取入单位名单": "选名单文件", "发启动卡": "名单上 4 个单位", "县里的规定": "报送截止", "给村里恢复台账": "哪个单位的台账丢了",
		"核对后放行": "打电话核对", "封账": "选中月份"} {
		tm.Press("f12")
		tm.WaitFor("县级")
		tm.ClickOn(entry)
		tm.WaitFor(shows)
		tm.Press("f1")
		tm.WaitStable()
		tm.Press("esc", "esc")
	}
}
