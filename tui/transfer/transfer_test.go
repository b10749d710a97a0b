package transfer_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/profile"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// mostKeys is what a transfer of one person out, with its package, may take beside what is
// typed.
const mostKeys = 12

func start(t *testing.T, l *store.Ledger, stick string) *tuitest.Term {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, Path: l.Path(), Kind: profile.Kind, Source: sample.Source(), Drives: func() []string { return []string{stick} }})
	return sample.StartReal(t, r, 80, 24)
}

// TestOutAndIn: from the table of members a person is transferred out and handed over in a
// dozen keys; the words stand on the screen; the other village takes the package in and
// sees before what comes.
func TestOutAndIn(t *testing.T) {
	stick := t.TempDir()
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, map[string]model.Value{"name": "艾小平", "sex": "女", "birth_date": "1970-03-02", "id_number": "99010119700302014X",
		"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	tm := start(t, l, stick)
	keys := 0
	press := func(all ...string) {
		keys += len(all)
		tm.Press(all...)
	}
	press("enter", "f2")
	tm.WaitFor("记一笔")
	tm.Type("bd")
	press("enter")
	tm.WaitFor("发生了什么事")
	press("down", "enter")
	tm.WaitFor("转入党组织")
	press("tab", "tab")
	tm.Type("南塘村党支部")
	press("f2")
	tm.WaitFor("写移交包")
	press("enter")
	tm.WaitFor(filepath.Base(stick))
	press("f2")
	tm.WaitFor("口令,四个词")
	if keys > mostKeys {
		t.Errorf("it takes %d keys, at most %d are allowed", keys, mostKeys)
	}
	words := ""
	for y := range 24 {
		if f := strings.Fields(tm.Row(y)); len(f) == 4 && len([]rune(f[0])) == 2 && len([]rune(f[3])) == 2 {
			words = strings.Join(f, " ")
		}
	}
	files, err := filepath.Glob(filepath.Join(stick, "*.age"))
	if err != nil || len(files) != 1 || words == "" {
		t.Fatalf("files %v, words %q, %v\n%s", files, words, err, tm.Screen())
	}
	if data, err := os.ReadFile(files[0]); err != nil || strings.Contains(string(data), "艾小平") {
		t.Errorf("the package can be read without its words: %v", err)
	}

	other := sample.NewLedger(t)
	tm = start(t, other, stick)
	tm.Press("f12")
	tm.Type("收移交包")
	tm.Press("enter")
	tm.WaitFor(filepath.Base(files[0]))
	if _, _, visible := tm.Cursor(); !visible {
		t.Error("no caret in the words")
	}
	tm.Type(words)
	tm.Press("f2")
	tm.WaitFor("[*] 艾小平")
	tm.WaitFor("新来的人")
	tm.Press("enter")
	tm.WaitFor("[ ] 艾小平")
	tm.Press("f2")
	tm.WaitFor("一个人也没有打勾")
	tm.Press("enter", "f2")
	tm.WaitFor("已转入 1 人")
	p, err := other.Page(context.Background(), store.Query{Kind: "person"})
	if err != nil || len(p.Records) != 1 || p.Records[0].Str("standing") != "在册" {
		t.Errorf("taken in: %v, %v", p.Records, err)
	}
}
