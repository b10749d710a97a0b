package tui

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

func TestMessagesComeBackToTheScreenThatAsked(t *testing.T) {
	tm, r := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	below, above := &sample.Fake{Head: "下面"}, &sample.Fake{Head: "上面"}
	say := func(s string) tea.Cmd { return ui.Do(sample.Note(s)) }
	below.OnKey = func(key string) tea.Cmd {
		switch key {
		case "a": // a batch, a sequence, and the opening of another screen
			return tea.Batch(say("一"), tea.Sequence(say("二"), ui.Do(ui.Push{Screen: above})), nil)
		case "b": // an answer's command is the asker's
			return ui.Do(ui.Ask{Title: "问", Text: "要吗", Choices: []ui.Choice{{Label: "要", Cmd: say("要了")}}})
		case "c":
			return r.app.OpenForm(ui.FormOf{Picked: func(*model.Record) tea.Cmd { return say("选了") }})
		}
		return nil
	}
	above.OnKey = func(string) tea.Cmd { return say("三") }
	r.app.Form = func(_ *ui.App, o ui.FormOf) ui.Screen {
		f := &sample.Fake{Head: "表单"}
		f.OnKey = func(string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), o.Picked(nil)) }
		return f
	}
	tm.Send(ui.Push{Screen: below})
	tm.Press("a", "x", "esc", "b", "enter", "c", "x")
	if want := []string{"一", "二", "要了", "选了"}; !slices.Equal(below.Got, want) && !slices.Equal(below.Got, []string{"二", "一", "要了", "选了"}) {
		t.Errorf("the lower screen got %v, want %v", below.Got, want)
	}
	if !slices.Equal(above.Got, []string{"三"}) {
		t.Errorf("the upper screen got %v", above.Got)
	}
	if row := tm.Row(0); !strings.Contains(row, "下面") {
		t.Errorf("on top is %q", row)
	}
}

func TestOverlayAndItsOpenerBothHear(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	below, over := &sample.Fake{Head: "表"}, &sample.OverFake{Fake: sample.Fake{Head: "筛选"}}
	over.OnKey = func(key string) tea.Cmd {
		if key == "a" {
			return ui.Do(sample.Note("边选"))
		}
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(sample.Note("选定")))
	}
	below.OnKey = func(string) tea.Cmd { return ui.Do(ui.Push{Screen: over}) }
	tm.Send(ui.Push{Screen: below})
	tm.Press("x", "a", "b")
	if want := []string{"边选", "选定"}; !slices.Equal(below.Got, want) {
		t.Errorf("the opener got %v, want %v", below.Got, want)
	}
	if strings.Contains(tm.Screen(), "筛选") {
		t.Errorf("the overlay is still there:\n%s", tm.Screen())
	}
}

func TestLeavingAsksWhereSomethingIsUnsaved(t *testing.T) {
	tm, r := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.Send(ui.Push{Screen: r.app.Form(r.app, ui.FormOf{})})
	tm.Press("f10")
	tm.WaitFor("王五的表单")
	tm.Press("enter") // 返回继续填写 comes first
	if tm.Ended() {
		t.Fatal("the program ended")
	}
	tm.Press("ctrl+q", "esc", "ctrl+q", "down", "enter")
	if err := tm.WaitEnd(); err != nil {
		t.Error(err)
	}
	if _, _, visible := tm.Cursor(); !visible || tm.AltScreen() {
		t.Error("the terminal is not left as it was")
	}
}

func TestLeavingAtOnceWhenNothingIsUnsaved(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.Press("ctrl+q")
	if err := tm.WaitEnd(); err != nil {
		t.Error(err)
	}
}

func TestFaultsAreOneLineAndLogged(t *testing.T) {
	for _, c := range []struct {
		name, shown string
		make        func() *sample.Fake
	}{
		{"in Update", "程序出了故障", func() *sample.Fake { return &sample.Fake{OnKey: func(string) tea.Cmd { panic("坏了") }} }},
		{"in a command", "程序出了故障", func() *sample.Fake {
			return &sample.Fake{OnKey: func(string) tea.Cmd { return tea.Batch(func() tea.Msg { panic("坏了") }, nil) }}
		}},
		{"in View", "这个画面显示不出来", func() *sample.Fake { return &sample.Fake{Draw: func() string { panic("坏了") }} }},
		{"an error", "程序出了故障", func() *sample.Fake {
			return &sample.Fake{OnKey: func(string) tea.Cmd { return ui.Do(ui.Failed{Err: errors.New("坏了")}) }}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := sample.NewLedger(t)
			tm, _ := start(t, Options{Ledger: l}, 80, 24)
			tm.Send(ui.Push{Screen: c.make()})
			tm.Press("x")
			tm.WaitFor(c.shown)
			if log := sample.Read(t, filepath.Join(filepath.Dir(l.Path()), "taizhang.log")); !strings.Contains(log, "坏了") {
				t.Errorf("the log has %q", log)
			}
			tm.Press("esc", "esc", "esc")
			tm.WaitFor("工作台")
		})
	}
}

func TestErrorsForPeopleAreShownAlone(t *testing.T) {
	l := sample.NewLedger(t)
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
	tm.Send(ui.Failed{Err: model.Errorf("E-TRY", "请换一个文件名")})
	if row := tm.Row(22); row != " 请换一个文件名" {
		t.Errorf("the status line is %q", row)
	}
	tm.Press("down")
	if row := tm.Row(22); row != "" {
		t.Errorf("the status line is %q after a key", row)
	}
	long := strings.Repeat("这句话很长,状态行里放不下。", 6) + "尾巴"
	tm.Send(ui.Failed{Err: model.Errorf("E-TRY", "%s", long)})
	tm.WaitFor("尾巴")
	tm.Press("enter")
	tm.WaitGone("尾巴")
}

func TestSmallTerminalSaysSo(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.Press("f12")
	tm.Resize(70, 20)
	tm.WaitFor("窗口太小了")
	tm.Press("esc", "x")
	tm.Resize(20, 5)
	tm.Resize(100, 30)
	tm.WaitFor("找:")
	if _, _, visible := tm.Cursor(); !visible {
		t.Error("no cursor after the window was enlarged")
	}
}

func TestKeyLineTakesClicks(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.ClickOn("F12 菜单")
	tm.WaitFor("找:")
	tm.ClickOn("人员")
	tm.WaitFor("表格 person")
	tm.ClickOn("Esc 返回")
	tm.WaitFor("工作台")
}

func TestASCIIDrawsNothingOfAmbiguousWidth(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t), ASCII: true}, 80, 24)
	for _, key := range []string{"f1", "esc", "f12", "f9"} {
		tm.Press(key)
		if i := strings.IndexAny(tm.Screen(), "─│┌┐└┘…·“”↓←→—"); i >= 0 {
			t.Errorf("after %s the screen has %q:\n%s", key, tm.Screen()[i:i+3], tm.Screen())
		}
	}
}

func TestNoColorDrawsWithoutColours(t *testing.T) {
	tm, _ := start(t, Options{Ledger: sample.NewLedger(t), NoColor: true}, 80, 24)
	for _, seq := range []string{"\x1b[31m", "\x1b[90m", "\x1b[35m", ";31m", ";90m"} {
		if strings.Contains(tm.Styled(), seq) {
			t.Errorf("the screen has %q", seq)
		}
	}
	coloured, _ := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	if !strings.Contains(coloured.Styled(), "90m") {
		t.Error("no colour where there should be")
	}
}

func TestShowIDsIsForAWhile(t *testing.T) {
	tm, r := start(t, Options{Ledger: sample.NewLedger(t)}, 80, 24)
	tm.Press("ctrl+y")
	if !r.app.ShowIDs {
		t.Error("ID numbers are not shown")
	}
	tm.Send(maskAgain{r.shows - 1}) // of an earlier showing
	if !r.app.ShowIDs {
		t.Error("an old timer hid them")
	}
	tm.Send(maskAgain{r.shows})
	if r.app.ShowIDs {
		t.Error("ID numbers stay shown")
	}
}
