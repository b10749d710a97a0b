package form_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/ui"
)

// A rule that panics must not leave the form waiting for an answer for ever.
func TestAFaultInARuleLeavesTheFormUsable(t *testing.T) {
	broken := true
	kind := &model.Kind{
		Name: "thing", Title: "东西", Group: model.GroupBothLead,
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
			{Name: "owner", Label: "主人", Type: model.TypeRef, Target: "person"},
		}}},
		Label: []string{"name"}, Columns: []string{"name"}, Sort: []string{"name"},
		Rules: []model.Rule{{Code: "X-1", Severity: model.Warning, Text: "试", Check: func(*model.Exam) {
			if broken {
				panic("a rule that is wrong")
			}
		}}},
	}
	kinds := model.NewCatalog(append(append([]*model.Kind(nil), party.Kinds.Kinds()...), kind)...)
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: "990101001001", Name: "清溪村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{Book: book.Of(kinds), Source: source()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	d := open(t, l, 80, 24, ui.FormOf{Kind: "thing"})
	d.Press("enter") // the message about the fault
	d.Type("石磨")
	d.Press("tab", "enter")
	broken = false
	d.Press("f2")
	d.shows("已保存")
	d.one("thing")
}

func TestADraftThatCannotBeReadIsSaid(t *testing.T) {
	l := newLedger(t)
	draft := &store.Draft{Kind: "person", Texts: []byte(`{"fields": 3}`)}
	if err := l.SaveDraft(context.Background(), draft); err != nil {
		t.Fatal(err)
	}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "person", Draft: draft})
	d.hides("新增人员")
	if n := len(drafts(t, l)); n != 1 {
		t.Errorf("%d drafts", n)
	}
	d.openForm(ui.FormOf{Kind: "person", ID: "01900000-0000-7000-8000-000000000000"})
	d.hides("修改人员")
	d.shows("没有这条人员记录")
	d.Send(ui.Failed{Err: errors.New("something")})
}
