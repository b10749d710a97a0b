package form_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/ui"
)

// reopen opens the ledger's file once more, without its lock, as the next start
// after a power cut would find it.
func reopen(t *testing.T, l *store.Ledger) *store.Ledger {
	t.Helper()
	again, err := book.Open(context.Background(), l.Path(), store.Options{ReadOnly: true, Source: source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	return again
}

func TestAKilledFormGoesOnWhereItWas(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "activity"})
	d.Type("主题党日")
	d.Press("enter")
	d.Type("集中")
	d.Press("enter")
	d.goTo("主题")
	d.Type("学习党章")
	d.goTo("主持人")
	d.Type("zs")
	d.Press("enter")
	d.goTo("到会登记")
	d.Press("enter") // everybody is on the roll
	d.goTo("已补课")
	d.Type("zs")
	d.Press("enter")
	d.goTo("议题")
	d.Type("一、学习")
	d.Press("enter")
	d.Type("二、讨")
	waitDraft(t, l, "二、讨")
	d.Press("ctrl+home")
	d.goTo("日期")
	d.Type("2026-1")
	waitDraft(t, l, `"2026-1"`)
	d.Kill()

	// The next start looks into the file.
	found := drafts(t, reopen(t, l))
	if len(found) != 1 {
		t.Fatalf("%d drafts", len(found))
	}
	again := open(t, l, 80, 24, ui.FormOf{Kind: "activity", Draft: &found[0]})
	again.Press("down", "up") // the offer of the drafts lies below
	again.caret(">*日期            2026-1")
	again.shows("主题党日", "集中学习", "学习党章", "接着上次没填完的填写", "张三")
	again.Type("0-09")
	again.Press("f2")
	again.shows("已保存")
	r := again.one("activity")
	again.texts(r, map[string]string{"kind": "主题党日", "counts_as": "集中学习", "title": "学习党章", "held_on": "2026-10-09",
		"host": "张三", "attendance": "到会1", "made_up": "张三", "agenda": "一、学习\n二、讨"})
	if r.Str("host") != zs.ID {
		t.Errorf("host %s", r.Str("host"))
	}
	if n := len(drafts(t, l)); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
}

func TestADraftIsHalfASecondBehindAtMost(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person"})
	d.Type("张")
	waitDraft(t, l, "张")
	// While one goes on typing there is no pause, and still it is kept.
	text := "张"
	for end := time.Now().Add(700 * time.Millisecond); time.Now().Before(end); {
		d.Type("三")
		text += "三"
	}
	waitDraft(t, l, text)
	if n := len(drafts(t, l)); n != 1 {
		t.Errorf("%d drafts of one form", n)
	}
	all := drafts(t, l)
	if all[0].Label != text || all[0].Kind != "person" || all[0].RecordID != "" {
		t.Errorf("draft %+v", all[0])
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(all[0].Texts, &texts); err != nil {
		t.Error(err)
	}
}

func TestGivingUpDropsTheDraft(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID})
	d.Press("esc") // nothing changed: no question
	d.hides("修改人员")
	d.openForm(ui.FormOf{Kind: "person", ID: zs.ID})
	d.Type("峰")
	waitDraft(t, l, "张三峰")
	d.Press("esc")
	d.shows("保存并返回", "放弃修改", "继续填写")
	d.Press("down", "down", "enter")
	d.caret(">*" + label("姓名") + "张三峰")
	d.Press("esc", "esc") // Esc answers with going on, too
	d.caret(">*" + label("姓名") + "张三峰")
	d.Press("f10")
	d.shows("修改人员 张三:有改动没保存")
	d.Press("esc", "esc", "down", "enter")
	d.hides("修改人员")
	if n := len(drafts(t, l)); n != 0 {
		t.Errorf("%d drafts are left", n)
	}
	if got := d.one("person").Text("name"); got != "张三" {
		t.Errorf("the name is %q", got)
	}
	d.openForm(ui.FormOf{Kind: "person", ID: zs.ID})
	d.Type("峰")
	d.Press("esc", "enter")
	if got := d.one("person").Text("name"); got != "张三峰" {
		t.Errorf("after 保存并返回 the name is %q", got)
	}
	time.Sleep(400 * time.Millisecond) // a timer that still runs writes nothing any more
	if n := len(drafts(t, l)); n != 0 {
		t.Errorf("%d drafts are left after saving", n)
	}
}

// A draft of a record that was changed meanwhile is not written over the change.
func TestADraftOfAChangedRecord(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID})
	d.Type("峰")
	draft := waitDraft(t, l, "张三峰")
	d.Kill()
	zs.Set("address", "清溪村")
	if _, err := l.Save(context.Background(), 0, zs); err != nil {
		t.Fatal(err)
	}
	again := open(t, l, 80, 24, ui.FormOf{Kind: "person", ID: zs.ID, Draft: &draft})
	again.Press("f2")
	again.shows("已被别处改过", "张三峰")
}
