package tui

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

const secret = "门前两棵老槐树"

// atDesk is a program over an encrypted ledger, with a made-up clock.
type atDesk struct {
	*tuitest.Term
	r     *Root
	s     *sample.Sitting
	clock *sample.Clock
}

// lockedStart starts the program at the page that asks for the passphrase.
func lockedStart(t *testing.T, w, h int, o Options) *atDesk {
	t.Helper()
	d := &atDesk{s: sample.NewSitting(sample.NewLedger(t), secret), clock: sample.NewClock()}
	o.Path, o.Source = "村里/ledger.db", sample.Source()
	o.Timer = &Timer{Now: d.clock.Now, After: d.clock.After}
	o.Drives = func() []string { return nil }
	o.Unseal = func(_ context.Context, passphrase string) (ui.Sitting, error) {
		if err := d.s.Check(passphrase); err != nil {
			return nil, err
		}
		return d.s, nil
	}
	d.r = New(context.Background(), o)
	d.Term = sample.StartReal(t, d.r, w, h)
	return d
}

func (d *atDesk) open() *atDesk {
	d.Type(secret)
	d.Press("enter")
	d.WaitFor("工作台")
	return d
}

func (d *atDesk) pass(t time.Duration) { d.clock.Pass(t, d.Send) }

// nothingShows fails where something of the ledger or the passphrase is on the screen.
func (d *atDesk) nothingShows(t *testing.T) {
	t.Helper()
	for _, word := range []string{"石桥村", "赵小明", "990101", secret, "工作台", "人员", "F12", "F9"} {
		if strings.Contains(d.Screen(), word) || strings.Contains(d.Title(), word) {
			t.Errorf("%q shows:\n%s\n%s", word, d.Title(), d.Screen())
		}
	}
}

// TestPassphraseBeforeAnything: nothing of an encrypted ledger is drawn before its
// passphrase; a wrong one is said; what is typed is a * each unless one asks.
func TestPassphraseBeforeAnything(t *testing.T) {
	for _, size := range sample.Sizes {
		d := lockedStart(t, size.W, size.H, Options{})
		d.Golden("opening-" + size.Name)
		d.nothingShows(t)
		d.Press("f12", "f9", "ctrl+z") // nothing else opens
		d.nothingShows(t)
		d.Press("enter")
		d.WaitFor("请先打口令")
		d.Type("门前的槐树")
		if before := d.BeforeCursor(); !strings.HasSuffix(before, "口令  *****") {
			t.Errorf("the caret stands behind %q", before)
		}
		d.Press("ctrl+y")
		if before := d.BeforeCursor(); !strings.HasSuffix(before, "口令  门前的槐树") {
			t.Errorf("shown, the caret stands behind %q", before)
		}
		d.Press("enter")
		d.WaitFor("口令不对")
		if before := d.BeforeCursor(); !strings.HasSuffix(before, "口令") || strings.Contains(d.Screen(), "槐树") {
			t.Errorf("after a wrong one:\n%s", d.Screen())
		}
		d.open()
		if !strings.Contains(d.Title(), "石桥村") {
			t.Errorf("the title is %q", d.Title())
		}
	}
	d := lockedStart(t, 80, 24, Options{ASCII: true})
	d.Golden("opening-ascii")
	d.Type("不")
	d.Press("esc")
	if d.Ended() || strings.Contains(d.Screen(), "口令  *") {
		t.Errorf("Esc takes what is typed first:\n%s", d.Screen())
	}
	d.Press("esc")
	if err := d.WaitEnd(); err != nil || d.s.Sealed() {
		t.Errorf("%v; sealed %v what was never opened", err, d.s.Sealed())
	}
}

// TestRecoveredIsSaid: what a crash left is told once, in a box.
func TestRecoveredIsSaid(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{})
	d.s.Crash = true
	d.Type(secret)
	d.Press("enter")
	d.WaitFor("上次没有正常退出")
	d.Press("enter")
	d.WaitGone("上次没有正常退出")
}

// TestScreenLocks: after fifteen minutes without a key nothing of the ledger is on the
// screen; with the passphrase everything is as it was: what is half typed, the caret, an
// open list.
func TestScreenLocks(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	d.Send(ui.Push{Screen: form.New(d.r.App(), ui.FormOf{Kind: "person"})})
	d.WaitFor("姓名")
	d.Type("赵小明")
	d.Press("left", "tab", "down") // the list of sexes stands open
	before, styled := d.Screen(), d.Styled()
	x, y, shown := d.Cursor()
	d.pass(14 * time.Minute)
	if d.Screen() != before {
		t.Fatalf("after fourteen minutes:\n%s", d.Screen())
	}
	d.pass(time.Minute)
	d.WaitFor("画面已锁定")
	d.Golden("locked-80x24")
	d.nothingShows(t)
	d.Press("f12", "f2", "ctrl+z", "tab", "esc")
	d.Click(5, 5)
	d.Wheel(5, 5, 3)
	d.nothingShows(t)
	d.Type("不对的口令")
	d.Press("enter")
	d.WaitFor("口令不对")
	d.Resize(120, 40)
	d.nothingShows(t)
	d.Resize(80, 24)
	d.Type(secret)
	d.Press("enter")
	d.WaitGone("画面已锁定")
	if d.Screen() != before || d.Styled() != styled {
		t.Errorf("afterwards it is\n%s\nand was\n%s", d.Screen(), before)
	}
	if x2, y2, shown2 := d.Cursor(); x2 != x || y2 != y || shown2 != shown {
		t.Errorf("the caret is at %d,%d (%v), was at %d,%d (%v)", x2, y2, shown2, x, y, shown)
	}
	d.Press("esc", "shift+tab")
	d.Type("亮") // what was typed can be gone on with
	if !strings.Contains(d.Screen(), "赵小") {
		t.Errorf("the form is\n%s", d.Screen())
	}
}

// TestOneTimer: keys put the lock off, and no key costs a timer.
func TestOneTimer(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	first, _ := d.clock.Timers()
	for range 50 {
		d.pass(10 * time.Second)
		d.Press("down")
	}
	d.pass(14 * time.Minute)
	if strings.Contains(d.Screen(), "画面已锁定") {
		t.Fatal("locked too early")
	}
	d.pass(time.Minute)
	d.WaitFor("画面已锁定")
	if set, running := d.clock.Timers(); set > first+2 || running != 0 {
		t.Errorf("%d timers were set after the first %d, %d run", set-first, first, running)
	}
	d.Type(secret)
	d.Press("enter")
	d.WaitFor("工作台")
	d.pass(15 * time.Minute)
	d.WaitFor("画面已锁定")
}

// TestLaptopSlept: the key that wakes a laptop up goes to the locked screen alone.
func TestLaptopSlept(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	var got []string
	d.Send(ui.Push{Screen: &sample.Fake{Head: "画", OnKey: func(key string) tea.Cmd { got = append(got, key); return nil }}})
	d.Press("x")
	d.clock.Sleep(8 * time.Hour)
	d.Press("y")
	d.WaitFor("画面已锁定")
	if len(got) != 1 {
		t.Errorf("the screen below got %q", got)
	}
}

// caller is a screen on which people are called up.
type caller struct {
	sample.Fake
	marks bool
}

func (c *caller) Calling() bool { return c.marks }

// TestNoLockDuringRollCall: while marks are not saved the screen stays, however long; once
// they are, it locks after fifteen minutes.
func TestNoLockDuringRollCall(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	c := &caller{Fake: sample.Fake{Head: "点名"}, marks: true}
	d.Send(ui.Push{Screen: c})
	d.Press("x")
	d.pass(3 * time.Hour)
	if strings.Contains(d.Screen(), "画面已锁定") {
		t.Fatal("locked during the roll-call")
	}
	d.Press("y")
	if strings.Contains(d.Screen(), "画面已锁定") {
		t.Fatal("locked by the key after it")
	}
	c.marks = false
	d.Press("z")
	d.pass(15 * time.Minute)
	d.WaitFor("画面已锁定")
}

// TestLockAtOnce: the menu locks an encrypted ledger's screen; without a passphrase there
// is no such entry, and nothing is locked.
func TestLockAtOnce(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	d.Press("f12")
	d.Type("zslk")
	d.Press("enter")
	d.WaitFor("画面已锁定")
	d.nothingShows(t)
	d.Press("f1")
	d.WaitFor("关闭帮助")
	d.nothingShows2(t)
	d.Press("esc")
	d.Type(secret)
	d.Press("enter")
	d.WaitFor("工作台")

	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.Press("f12")
	tm.Type("zslk")
	if strings.Contains(tm.Screen(), "暂时离开") {
		t.Errorf("a ledger without passphrase can be locked:\n%s", tm.Screen())
	}
	tm.Send(ui.Lock{})
	tm.WaitFor("锁不了")
}

// nothingShows2 is nothingShows for the help, which names keys.
func (d *atDesk) nothingShows2(t *testing.T) {
	t.Helper()
	for _, word := range []string{"石桥村", secret, "工作台"} {
		if strings.Contains(d.Screen(), word) {
			t.Errorf("%q shows:\n%s", word, d.Screen())
		}
	}
}

// TestLeavingALockedScreen: who can't open it can still leave; what is unsaved is asked
// for, without a word of it.
func TestLeavingALockedScreen(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	d.Send(ui.Push{Screen: &sample.Fake{Head: "表", Lost: "石桥村的表"}})
	d.Press("x")
	d.pass(15 * time.Minute)
	d.WaitFor("画面已锁定")
	d.Press("f10")
	d.WaitFor("还有没保存的内容")
	d.nothingShows2(t)
	d.Press("ctrl+q")
	if err := d.WaitEnd(); err != nil || !d.s.Sealed() {
		t.Errorf("%v; sealed: %v", err, d.s.Sealed())
	}
}

// TestNumbersHide: a ledger that isn't encrypted is never locked; ID numbers and phones are
// hidden until the next key, also where they are being typed.
func TestNumbersHide(t *testing.T) {
	l, clock := sample.NewLedger(t), sample.NewClock()
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020118", "id_checked": true, "phone": "10012345678", "status": "群众"})
	r := New(context.Background(), Options{Ledger: l, Path: l.Path(), Timer: &Timer{Now: clock.Now, After: clock.After}})
	tm := sample.StartReal(t, r, 120, 40)
	tm.Send(ui.Push{Screen: form.New(r.App(), ui.FormOf{Kind: "person", ID: p.ID, Field: "phone"})})
	tm.WaitFor("990101197003020118")
	x, y, _ := tm.Cursor()
	clock.Pass(15*time.Minute, tm.Send)
	tm.WaitFor("990101************")
	for _, whole := range []string{"990101197003020118", "10012345678"} {
		if strings.Contains(tm.Screen(), whole) {
			t.Errorf("%s shows:\n%s", whole, tm.Screen())
		}
	}
	if x2, y2, shown := tm.Cursor(); x2 != x || y2 != y || !shown {
		t.Errorf("the caret moved from %d,%d to %d,%d", x, y, x2, y2)
	}
	if !strings.Contains(tm.Screen(), "100****5678") || !strings.Contains(tm.Screen(), "十五分钟没有按键") {
		t.Errorf("it shows\n%s", tm.Screen())
	}
	tm.Press("right")
	tm.WaitFor("990101197003020118")
	if strings.Contains(tm.Screen(), "画面已锁定") || !strings.Contains(tm.Screen(), "10012345678") {
		t.Errorf("after a key:\n%s", tm.Screen())
	}
}

func TestHideNumbers(t *testing.T) {
	for line, want := range map[string]string{
		"张三 990101197003020118 男":              "张三 990101************ 男",
		"\x1b[4m99010119700302011X\x1b[m│":     "\x1b[4m990101************\x1b[m│",
		"电话 10012345678、10012345679":           "电话 100****5678、100****5679",
		"代码 990101101201,990101001 2026-10-31": "代码 990101101201,990101001 2026-10-31",
		"台账备份_990101101201_20261031-090000.db": "台账备份_990101101201_20261031-090000.db",
		"9901011970030201":                     "990101**********",
		"0100-1234567 12,345.60元":              "010*****4567 12,345.60元",
	} {
		if got := hideNumbers(line); got != want {
			t.Errorf("%q becomes %q, not %q", line, got, want)
		}
	}
}

// TestLeavingEncrypts: the page of leaving stays until it is done; a full disk is said, and
// tried again when there is room; the ledger is closed once.
func TestLeavingEncrypts(t *testing.T) {
	said := ""
	d := lockedStart(t, 80, 24, Options{Farewell: func(text string) { said = text }}).open()
	full := model.Errorf("E-PLAIN", "保存过的都在,只是没能加密:磁盘满了。没有加密的“ledger.db”还留在电脑上;请再打开一次台账,退出时会再加密")
	d.s.Refuse = []error{full, full}
	d.Press("f10")
	d.WaitFor("退出时没有全部加密好")
	d.Golden("leaving-80x24")
	if d.Ended() || d.s.Sealed() {
		t.Fatal("it ended")
	}
	d.Press("f12", "enter") // once more
	d.WaitFor("还留在电脑上")
	d.Press("enter")
	if err := d.WaitEnd(); err != nil || !d.s.Sealed() {
		t.Errorf("%v; sealed: %v", err, d.s.Sealed())
	}
	if err := d.r.part(nil, nil); err != nil || !strings.Contains(said, "台账已重新加密") {
		t.Errorf("%v; said %q", err, said)
	}
	d = lockedStart(t, 80, 24, Options{}).open()
	d.s.Refuse = []error{full, full}
	d.Press("f10")
	d.WaitFor("退出时没有全部加密好")
	d.Press("down", "enter") // 就这样退出
	if err := d.WaitEnd(); err != nil {
		t.Error(err)
	}
	stopped := model.Errorf("E-STOPPED", "程序被停止了")
	if err := d.r.part(stopped, nil); err == nil || !strings.Contains(err.Error(), "程序被停止了。") || !strings.Contains(err.Error(), filepath.Base("ledger.db")+"”还留在电脑上") {
		t.Errorf("a signal and a full disk say %v", err)
	}
	if err := d.r.part(stopped, nil); err == nil || !strings.Contains(err.Error(), "台账已重新加密") {
		t.Errorf("a signal says %v", err)
	}
}

// TestBusyWhileEncrypting: what is pressed meanwhile does nothing.
func TestBusyWhileEncrypting(t *testing.T) {
	d := lockedStart(t, 80, 24, Options{}).open()
	wait := make(chan struct{})
	d.s.Hold = func() { <-wait }
	go func() {
		for !strings.Contains(d.Screen(), "正在加密台账") {
			time.Sleep(time.Millisecond)
		}
		close(wait)
	}()
	d.Press("f10")
	if err := d.WaitEnd(); err != nil || !d.s.Sealed() {
		t.Errorf("%v; sealed: %v", err, d.s.Sealed())
	}
}
