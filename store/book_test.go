package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// inventoried is what rules look up of a book that keeps an inventory beside its kinds.
type inventoried struct {
	model.Lookup
	at store.Reading
}

// counted gives how many things the inventory has.
func (i inventoried) counted() (int64, error) {
	return raw.Number(i.at.Context(), i.at.Querier(), "SELECT coalesce(sum(counted), 0) FROM inventory")
}

// hooked is a book that begins with an inventory, notes of whose rows one was written,
// and has a rule that asks the inventory.
func hooked(written *[][]string) *store.Book {
	all := slices.Clone(storetest.Everything().Kinds())
	i := slices.IndexFunc(all, func(k *model.Kind) bool { return k.Name == "thing" })
	thing := *all[i]
	thing.Rules = []model.Rule{{Code: "E-INVENTORY", Severity: model.Fault, Field: "count", Text: "不能多于盘点的数", Source: model.SourceOwn,
		Check: func(x *model.Exam) {
			n, err := x.Look.(inventoried).counted()
			if err != nil {
				x.Fail(err)
				return
			}
			if x.Record.Int("count") > n {
				x.Say("盘点只有 %d 件", n)
			}
		}}}
	all[i] = &thing
	b := storetest.Book(model.NewCatalog(all...))
	b.Begin = func(ctx context.Context, t *store.Tx) error {
		return t.Exec(ctx, "INSERT INTO inventory (day, counted) VALUES (?, 7)", string(t.Ledger().Source().Today()))
	}
	b.Written = func(_ context.Context, _ *store.Tx, orgs []string) error {
		*written = append(*written, orgs)
		return nil
	}
	b.Lookup = func(look model.Lookup, at store.Reading) model.Lookup { return inventoried{look, at} }
	b.Office = func(context.Context, *store.Ledger) (bool, error) { return true, nil }
	b.Param = func(name, value string) (bool, error) {
		switch {
		case name != "inventory.day":
			return false, nil
		case value == "":
			return true, model.Errorf("E-PARAM", "盘点的日子不能空着")
		}
		return true, nil
	}
	return b
}

// TestBookBesideTheKinds: what a book does beside its kinds happens: at the beginning,
// when rules look, when rows were written.
func TestBookBesideTheKinds(t *testing.T) {
	ctx := t.Context()
	var written [][]string
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: hooked(&written), Source: storetest.Clock(1)})
	home := []string{l.Home().ID}
	if len(written) != 1 || !slices.Equal(written[0], home) {
		t.Errorf("written when it was made: %v", written)
	}
	if n, err := l.Env(ctx).Look.(inventoried).counted(); err != nil || n != 7 {
		t.Errorf("the inventory has %d, %v", n, err)
	}
	findings, err := l.Check(ctx, storetest.Record(t, l, "thing", "count", "8"))
	if err != nil || len(findings) != 1 || findings[0].Code != "E-INVENTORY" || findings[0].Message != "盘点只有 7 件" {
		t.Errorf("checked: %+v, %v", findings, err)
	}
	var refusal *store.Refusal
	if _, err := l.Save(ctx, model.FromForm, storetest.Record(t, l, "thing", "count", "8")); !storetest.AsRefusal(err, &refusal) || refusal.Findings[0].Code != "E-INVENTORY" {
		t.Errorf("saved: %v", err)
	}
	if len(written) != 1 {
		t.Errorf("a save that was refused is told as written: %v", written)
	}
	storetest.Save(t, l, storetest.Record(t, l, "thing", "count", "7"))
	storetest.Must(t, l.SetSetting(ctx, "a", "b"))
	if len(written) != 2 || !slices.Equal(written[1], home) {
		t.Errorf("written after a save and a setting, which is no row: %v", written)
	}
	if office, err := l.IsCounty(ctx); !office || err != nil {
		t.Errorf("an office: %v, %v", office, err)
	}
	if office, err := storetest.CreateEverything(t).IsCounty(ctx); office || err != nil {
		t.Errorf("an office without being told so: %v, %v", office, err)
	}
}

// TestWrittenFails: what a book can't do beside a write takes the write back.
func TestWrittenFails(t *testing.T) {
	ctx := t.Context()
	b := storetest.Book(storetest.Everything())
	fails := false
	b.Written = func(context.Context, *store.Tx, []string) error {
		if fails {
			return fmt.Errorf("not now")
		}
		return nil
	}
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: b, Source: storetest.Clock(1)})
	fails = true
	if _, err := l.Save(ctx, model.FromForm, storetest.Record(t, l, "thing", "title", "水泵")); err == nil || !strings.Contains(err.Error(), "not now") {
		t.Errorf("got %v", err)
	}
	if n, err := l.Count(ctx, store.Query{Kind: "thing"}); err != nil || n != 0 {
		t.Errorf("%d things, %v", n, err)
	}
}

// TestBookJudgesParameters: one that is no limit of a pack is the book's to judge.
func TestBookJudgesParameters(t *testing.T) {
	ctx := t.Context()
	var written [][]string
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: hooked(&written)})
	for params, want := range map[string]string{
		`{"inventory.day": "5"}`:                   "",
		`{"inventory.day": "5", "loan.days": "9"}`: "",
		`{"inventory.day": ""}`:                    "E-PARAM",
		`{"loan.age": "9"}`:                        "E-PARAM", // fixed
		`{"loan.days": "many"}`:                    "E-PARAM",
		`{"nothing": "5"}`:                         "E-PARAM",
		`[]`:                                       "E-PARAM",
	} {
		if err := l.SetSetting(ctx, store.SettingParams, params); storetest.Code(err) != want {
			t.Errorf("%s: %v, want %q", params, err, want)
		}
	}
}
