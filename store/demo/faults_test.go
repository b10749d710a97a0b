package demo_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/demo"
)

// found is what check and due say of a ledger, by rule and record.
type found map[string]string

func at(by, code, kind, id string) string { return fmt.Sprint(by, " ", code, " ", kind, " ", id) }

// findings gives all of check, and of due what is more than information.
func findings(t *testing.T, l *store.Ledger) found {
	t.Helper()
	ctx, all := context.Background(), found{}
	if err := l.CheckAll(ctx, func(p store.Problem) error {
		all[at("check", p.Finding.Code, p.Kind.Name, p.ID)] = p.Label + ": " + p.Finding.Message
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, d := range due(t, l) {
		if d.Urgency != model.ForInformation {
			all[at("due", d.Code, d.Kind, d.ID)] = d.Label + ": " + d.Text
		}
	}
	return all
}

func due(t *testing.T, l *store.Ledger) []model.Due {
	t.Helper()
	all, err := l.Due(context.Background(), l.Source().Today())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func answerKey(t *testing.T, path string) []demo.Fault {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var key []demo.Fault
	if err := json.Unmarshal(text, &key); err != nil {
		t.Fatal(err)
	}
	return key
}

// TestFaultsAreFound: check and due find every deliberate fault, and nothing else.
func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	for _, o := range []demo.Options{{Members: 115}, {Seed: 3, Members: 55}, {Seed: 5, Members: 84}} {
		t.Run(fmt.Sprintf("%d members, seed %d", o.Members, o.Seed), func(t *testing.T) {
			o.Faults = true
			l, res := mustVillage(t, o)
			all, key := findings(t, l), answerKey(t, res.Faults)
			if len(key) < 30 {
				t.Errorf("only %d faults", len(key))
			}
			for _, f := range key {
				where := at(f.By, f.Rule, f.Kind, f.ID)
				if all[where] == "" {
					t.Errorf("not found: %s %s: %s", f.Rule, f.Label, f.Text)
				}
				if f.Label == "" || f.Text == "" {
					t.Errorf("%s has no label or text", f.Rule)
				}
				delete(all, where)
			}
			for _, where := range slices.Sorted(maps.Keys(all)) {
				t.Errorf("no fault: %s %s", where, all[where])
			}
			notFaults(t, l)
			closes(t, l, o.Members)
			if err := l.Integrity(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}

// notFaults: the ledger holds what looks like a fault and is none.
func notFaults(t *testing.T, l *store.Ledger) {
	t.Helper()
	b := readBook(t, l)
	same, leap, rare := map[string]int{}, false, false
	for _, p := range b["person"] {
		same[p.Str("name")+p.Str("birth_date")]++
		leap = leap || p.Filled("birth_date") && p.Str("birth_date")[5:] == "02-29"
		for _, r := range p.Str("name") {
			rare = rare || r > 0xFFFF
		}
	}
	twins, half := slices.Contains(slices.Collect(maps.Values(same)), 2), false
	for _, a := range b["activity"] {
		var should, came int
		if n, err := fmt.Sscanf(a.Str("votes"), "有表决权应到 %d 人,实到 %d 人", &should, &came); n == 2 && err == nil {
			half = half || should == 2*came
		}
	}
	if !twins || !leap || !rare || !half {
		t.Errorf("one name and birthday twice: %v, leap day: %v, rare character: %v, resolution by half: %v", twins, leap, rare, half)
	}
}

// closes: the balance of every month of the ledger's year comes out, with so many
// members at the end.
func closes(t *testing.T, l *store.Ledger, want int) {
	t.Helper()
	last := l.Source().Today().Month()
	for m := last.Add(-11); m <= last; m = m.Add(1) {
		r, err := count.Balance(context.Background(), l, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range r.Gaps {
			t.Errorf("%s: %s: %s", m, g.Name, g.Text)
		}
		if m == last && r.Closing != want {
			t.Errorf("%d members at the end, want %d", r.Closing, want)
		}
	}
}

// quiet: nothing is overdue in a village that is kept well, and what is due fits one
// screen of the work table.
func quiet(t *testing.T, l *store.Ledger) {
	t.Helper()
	rules := map[string]bool{}
	for _, d := range due(t, l) {
		rules[d.Code] = true
		if d.Urgency == model.Overdue {
			t.Errorf("overdue: %s %s: %s", d.Code, d.Label, d.Text)
		}
	}
	if len(rules) > 10 {
		t.Errorf("%d rules speak", len(rules))
	}
}

// TestSameFaultsTwice: the same options give the same faults.
func TestSameFaultsTwice(t *testing.T) {
	t.Parallel()
	var ledgers, keys [2]string
	for i := range 2 {
		res, err := demo.Village(context.Background(), t.TempDir(), demo.Options{Members: 55, Faults: true})
		if err != nil {
			t.Fatal(err)
		}
		key, err := os.ReadFile(res.Faults)
		if err != nil {
			t.Fatal(err)
		}
		ledgers[i], keys[i] = dump(t, res.Ledger), string(key)
	}
	if ledgers[0] != ledgers[1] || keys[0] != keys[1] {
		t.Errorf("ledgers: %s\nkeys: %s", firstDifference(ledgers[0], ledgers[1]), firstDifference(keys[0], keys[1]))
	}
}

func TestFaultsThatCantBe(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]demo.Options{
		"too few":     {Faults: true, Members: 54},
		"another day": {Faults: true, AsOf: "2026-09-30"},
	} {
		var e *model.Error
		if _, err := demo.Village(context.Background(), t.TempDir(), o); !errors.As(err, &e) {
			t.Errorf("%s: err = %v, want a *model.Error", name, err)
		}
	}
}
