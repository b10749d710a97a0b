package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// codeOf is the code of a *model.Error, "" for none.
func codeOf(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestSavedViews(t *testing.T) {
	ctx := t.Context()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	v := store.SavedView{Kind: "villager", Name: " 姓张的 ", Conds: []model.Cond{model.Where("name", model.Contains, "张")}, Find: "石桥",
		Sort: []string{"-born"}, Columns: []string{"name", "phone"}}
	storetest.Must(t, l.SaveView(ctx, v))
	v.Name, v.Sort = "另一个", nil
	storetest.Must(t, l.SaveView(ctx, v))
	for _, c := range []struct {
		change func(*store.SavedView)
		code   string
	}{
		{func(v *store.SavedView) { v.Name = "" }, "E-VIEW-NAME"},
		{func(v *store.SavedView) { v.Name = "全部" }, "E-VIEW-NAME"},
		{func(v *store.SavedView) { v.Name = strings.Repeat("长", 21) }, "E-VIEW-NAME"},
		{func(v *store.SavedView) { v.Conds = []model.Cond{model.Where("height", model.Eq, "1")} }, "E-FIELD"},
		{func(v *store.SavedView) { v.Conds = []model.Cond{model.Where("name", model.Eq)} }, "E-FIELD"},
		{func(v *store.SavedView) { v.Conds = []model.Cond{model.Where("name", "like", "1")} }, "E-FIELD"},
		{func(v *store.SavedView) { v.Sort = []string{"-height"} }, "E-FIELD"},
		{func(v *store.SavedView) { v.Columns = []string{"height"} }, "E-FIELD"},
		{func(v *store.SavedView) { v.View = "没有这个" }, "E-FIELD"},
	} {
		bad := v
		c.change(&bad)
		if got := codeOf(l.SaveView(ctx, bad)); got != c.code {
			t.Errorf("%+v gives %q, not %s", bad, got, c.code)
		}
	}
	all, err := l.SavedViews(ctx, "villager")
	storetest.Must(t, err)
	if len(all) != 2 || all[1].Name != "姓张的" || all[1].Broken != nil || all[1].Find != "石桥" || !reflect.DeepEqual(all[1].Sort, []string{"-born"}) ||
		!reflect.DeepEqual(all[1].Conds, v.Conds) || !reflect.DeepEqual(all[1].Columns, v.Columns) || all[0].Sort != nil {
		t.Errorf("the views are %+v", all)
	}
	if got := codeOf(l.RenameView(ctx, "villager", "姓张的", "另一个")); got != "E-VIEW-NAME" {
		t.Errorf("a name that is taken gives %q", got)
	}
	storetest.Must(t, l.RenameView(ctx, "villager", "姓张的", "张家"))
	storetest.Must(t, l.DropView(ctx, "villager", "另一个"))
	for _, err := range []error{l.DropView(ctx, "villager", "另一个"), l.RenameView(ctx, "villager", "另一个", "乙")} {
		if codeOf(err) != "E-MISSING" {
			t.Errorf("a view that is gone gives %v", err)
		}
	}
	if all, err = l.SavedViews(ctx, "villager"); err != nil || len(all) != 1 || all[0].Name != "张家" {
		t.Errorf("the views are %+v, %v", all, err)
	}
	if all, err = l.SavedViews(ctx, "craft"); err != nil || len(all) != 0 {
		t.Errorf("another kind has %+v, %v", all, err)
	}
}

// A view of an earlier program that names what the kind has no more says so, and stays.
func TestSavedViewsThatNoLongerFit(t *testing.T) {
	ctx := t.Context()
	path := t.TempDir() + "/ledger.db"
	l := storetest.Create(t, path, store.Options{Source: storetest.Clock(1)})
	_, err := storetest.OpenRaw(t, path).ExecContext(ctx, `INSERT INTO saved_view VALUES ('villager', '旧的', '{"conds":[{"field":"height","op":">","values":["1"]}]}', '2026-01-01T00:00:00Z'),
		('villager', '坏的', '{', '2026-01-01T00:00:00Z')`)
	storetest.Must(t, err)
	for range 2 {
		all, err := l.SavedViews(ctx, "villager")
		storetest.Must(t, err)
		if len(all) != 2 || codeOf(all[0].Broken) != "E-VIEW" || codeOf(all[1].Broken) != "E-FIELD" || !strings.Contains(all[1].Broken.Error(), "height") {
			t.Fatalf("the views are %+v", all)
		}
	}
}
