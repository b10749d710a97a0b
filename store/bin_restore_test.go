package store_test

import (
	"slices"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

func TestBinAndRestoreAll(t *testing.T) {
	ctx := t.Context()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	who := storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "张三", "sex", "男")).Records[0]
	other := storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "李四", "sex", "男")).Records[0]
	craft := storetest.Save(t, l, storetest.Record(t, l, "craft", "villager", who.ID, "technique", "嫁接")).Records[0]
	storetest.Must(t, l.Delete(ctx, "craft", craft.ID))
	storetest.Must(t, l.Delete(ctx, "villager", who.ID, other.ID))
	bin, err := l.Bin(ctx)
	storetest.Must(t, err)
	if len(bin) != 3 || bin[2].ID != craft.ID || bin[0].Group != bin[1].Group || bin[0].Group == bin[2].Group || bin[2].Label == "" {
		t.Fatalf("the bin holds %+v", bin)
	}
	targets, err := l.BinnedTargets(ctx, "craft", craft.ID)
	if err != nil || len(targets) != 1 || targets[0].ID != who.ID || targets[0].Label != "张三" {
		t.Fatalf("the craft refers to %+v, %v", targets, err)
	}
	back, changed, err := l.RestoreAll(ctx, []store.Binned{bin[2], targets[0]})
	storetest.Must(t, err)
	if len(back) != 2 || back[0].ID != who.ID || len(changed) != 0 {
		t.Errorf("back are %+v, changed %+v", back, changed)
	}
	if bin, err = l.Bin(ctx); err != nil || len(bin) != 1 || bin[0].ID != other.ID {
		t.Errorf("the bin holds %+v, %v", bin, err)
	}
	// One undo takes both back.
	if what, err := l.Undo(ctx); err != nil || what == "" {
		t.Fatal(what, err)
	}
	if bin, err = l.Bin(ctx); err != nil || len(bin) != 3 {
		t.Errorf("after an undo the bin holds %+v, %v", bin, err)
	}
}

func TestVersionChanges(t *testing.T) {
	ctx := t.Context()
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Source: storetest.Clock(1)})
	r := storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "张三", "sex", "男", "address", "一组")).Records[0]
	r.Set("address", "二组")
	r.Set("phone", "10012345678")
	storetest.Save(t, l, r)
	all, err := l.VersionChanges(ctx, "villager", r.ID, 1)
	storetest.Must(t, err)
	var got []string
	for _, c := range all {
		got = append(got, c.Field+":"+c.Old+">"+c.New)
	}
	slices.Sort(got)
	if want := []string{"address:二组>一组", "phone:10012345678>"}; !slices.Equal(got, want) {
		t.Errorf("restoring changes %q, not %q", got, want)
	}
	if all, err = l.VersionChanges(ctx, "villager", r.ID, 2); err != nil || len(all) != 0 {
		t.Errorf("the newest version changes %+v, %v", all, err)
	}
	if _, err = l.VersionChanges(ctx, "villager", r.ID, 9); codeOf(err) != "E-MISSING" {
		t.Errorf("an unknown version gives %v", err)
	}
	if back, err := l.RestoreVersion(ctx, "villager", r.ID, 1); err != nil || back.Str("address") != "一组" || back.Filled("phone") {
		t.Errorf("restored is %+v, %v", back, err)
	}
}
