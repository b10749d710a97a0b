package form_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

var sizes = []struct{ w, h int }{{80, 24}, {120, 40}}

// Every kind's form: its picture at both sizes, no label cut without …, the caret
// in sight in each field, and back without a question.
func TestFormOfEveryKind(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	l := newLedger(t)
	for _, size := range sizes {
		d := open(t, l, size.w, size.h, ui.FormOf{Kind: "person"})
		d.Press("esc")
		for _, k := range party.Kinds.Kinds() {
			t.Run(fmt.Sprintf("%s-%dx%d", k.Name, size.w, size.h), func(t *testing.T) {
				d := &desk{d.Term, t, l, d.app}
				d.openForm(ui.FormOf{Kind: k.Name})
				d.hides("故障")
				x, y, visible := d.Cursor()
				tuitest.Golden(t, fmt.Sprintf("%s-%dx%d", k.Name, size.w, size.h), fmt.Sprintf("%s\n-- cursor %d,%d %v --\n", d.Screen(), x, y, visible))
				for _, f := range formFields(k) {
					if f.Shown != nil && !f.Shown(model.NewRecord(k)) {
						continue
					}
					d.onField(f)
					d.Press("tab")
				}
				d.Press("esc")
				d.hides("新增" + k.Title)
			})
		}
	}
}

// formFields are the kind's fields in the order of its form.
func formFields(k *model.Kind) []*model.Field {
	var all []*model.Field
	for _, s := range k.FormSections() {
		all = append(all, s.Fields...)
	}
	return all
}

// onField checks that the field has the focus: its mark, its label and the caret.
func (d *desk) onField(f *model.Field) {
	d.t.Helper()
	x, y, visible := d.Cursor()
	row := d.Row(y)
	if f.Type == model.TypeRoll { // its caret stands in its second row
		row = d.Row(y - 1)
	}
	if !visible || !strings.Contains(row, ">") {
		d.t.Fatalf("%s: the cursor is at %d,%d (%v):\n%s", f.Name, x, y, visible, d.Screen())
	}
	label := f.Label
	if f.Required {
		label = "*" + label
	}
	if _, after, _ := strings.Cut(row, ">"); !strings.HasPrefix(strings.TrimLeft(after, " "), label) && !strings.Contains(after, ui.Ellipsis) {
		d.t.Errorf("%s has the focus in %q", f.Name, row)
	}
}

func TestAKindOfTomorrowNeedsNoChangeHere(t *testing.T) {
	tool := &model.Kind{
		Name: "tool", Title: "农具", Group: model.GroupBothLead,
		Sections: []model.Section{{Title: "农具", Fields: []*model.Field{
			{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
			{Name: "users", Label: "使用人", Type: model.TypeRoll, Target: "person", Choices: []string{"会用", "不会"}},
			{Name: "bought_on", Label: "购置日期", Type: model.TypeDate},
			{Name: "parts", Label: "配件", Type: model.TypeChoices, Choices: []string{"犁", "耙", "播种机"}},
		}}},
		Label: []string{"name"}, Columns: []string{"name", "bought_on"}, Sort: []string{"name"},
	}
	kinds := model.NewCatalog(append(append([]*model.Kind(nil), party.Kinds.Kinds()...), tool)...)
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
	member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "tool"})
	d.Type("旋耕机")
	d.Press("tab", "enter")
	d.Type("zs")
	d.Press("enter", "tab")
	d.Type("20261001")
	d.Press("tab")
	d.Type("bzj")
	d.Press("enter", "f2")
	d.texts(d.one("tool"), map[string]string{"name": "旋耕机", "users": "不会1", "bought_on": "2026-10-01", "parts": "播种机"})
}

func TestTwoColumns(t *testing.T) {
	d := open(t, newLedger(t), 120, 40, ui.FormOf{Kind: "person", Field: "id_number"})
	x0, y, _ := d.Cursor()
	if !strings.HasPrefix(d.Row(y), " *姓名") || x0 < 60 {
		t.Fatalf("the cursor is at %d,%d:\n%s", x0, y, d.Screen())
	}
	d.Press("shift+tab")
	d.Type("欧阳晓明")
	d.caret(">*姓名            欧阳晓明")
	d.Press("tab", "tab", "tab", "tab")
	d.Type("1999-13-01")
	d.Press("tab")
	d.shows("错误:没有“1999-13-01”这一天")
	_, y, _ = d.Find("错误:没有")
	if !strings.Contains(d.Row(y-1), "出生日期        1999-13-01") || !strings.Contains(d.Row(y-1), ">") {
		t.Errorf("the error does not stand under its field:\n%s", d.Screen())
	}
	d.ClickOn("学历")
	d.shows("研究生")
	d.ClickOn("大专")
	d.shows("学历            大专")
}
