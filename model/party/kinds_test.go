package party_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// listKinds writes every field in one line: name, label, type with target, what is
// required, default, choices.
func listKinds(c *model.Catalog) string {
	var b strings.Builder
	for _, k := range c.Kinds() {
		fmt.Fprintf(&b, "%s %s · %s\n", k.Name, k.Title, k.Group)
		for _, s := range k.Sections {
			if s.Title != "" {
				fmt.Fprintf(&b, "  ‖ %s ‖\n", s.Title)
			}
			for _, f := range s.Fields {
				fmt.Fprintf(&b, "  %s %s %s", f.Name, f.Label, f.Type.Name())
				if f.Target != "" {
					fmt.Fprintf(&b, "→%s", f.Target)
				}
				if f.Required {
					b.WriteString(" *")
				}
				if f.Default != "" {
					b.WriteString(" =" + f.Default)
				}
				if len(f.Choices) > 0 {
					fmt.Fprintf(&b, " {%s}", strings.Join(f.Choices, ", "))
				}
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// TestKindsGolden holds the declarations against the list that was compared with
// the specification of the kinds line by line.
func TestKindsGolden(t *testing.T) {
	const file = "testdata/kinds.golden.txt"
	got := listKinds(party.Kinds)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the kinds are not those of %s; run go test ./model/party -update and read the difference", file)
	}
}

func TestThirtySixKinds(t *testing.T) {
	if n := len(party.Kinds.Kinds()); n != 36 {
		t.Errorf("%d kinds, want 36", n)
	}
	groups := map[model.Group]int{}
	for _, k := range party.Kinds.Kinds() {
		groups[k.Group]++
	}
	want := map[model.Group]int{"组织": 13, "联创": 15, "培训": 2, "双带": 2, "示范": 4}
	for g, n := range want {
		if groups[g] != n {
			t.Errorf("%s has %d kinds, want %d", g, groups[g], n)
		}
	}
}

// TestDeclarations asks of every kind what the screens and sheets count on.
func TestDeclarations(t *testing.T) {
	party.Kinds.Prove() // it panics where a declaration can't be right; no start of the program does it
	for _, k := range party.Kinds.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			env := testEnv(t, nil)
			r := model.New(env, k)
			for _, f := range k.Fields() {
				checkField(t, k, f)
				if v := r.Get(f.Name); v != nil {
					if err := f.Type.Check(f, v); err != nil {
						t.Errorf("the default of %s is refused: %v", f.Name, err)
					}
				}
			}
			if v, ok := k.View(""); !ok || v.Name == "" {
				t.Error("no default view")
			}
			for _, v := range k.Views {
				if len([]rune(v.Name)) > 10 {
					t.Errorf("the view's name %s is long", v.Name)
				}
				for _, c := range v.Conds("2026-02-28") { // of known fields: NewCatalog sees to it
					if f := k.Field(c.Field); f.Type == model.TypeChoice {
						for _, value := range c.Values {
							if err := f.Type.Check(f, value); err != nil {
								t.Errorf("view %s: %v", v.Name, err)
							}
						}
					}
				}
				model.Meets(r, v.Conds("2026-02-28"))
			}
			for _, d := range k.Derived {
				d.Value(env, r)
			}
			if _, err := model.Check(env, r, nil); err != nil {
				t.Error(err)
			}
			checkAliases(t, k)
		})
	}
}

func checkField(t *testing.T, k *model.Kind, f *model.Field) {
	t.Helper()
	isList := f.Type == model.TypeChoice || f.Type == model.TypeChoices || f.Type == model.TypeRoll
	if isList != (len(f.Choices) > 0) {
		t.Errorf("%s has %d choices", f.Name, len(f.Choices))
	}
	isRef := f.Type == model.TypeRef || f.Type == model.TypeRefs || f.Type == model.TypeRoll
	if isRef != (f.Target != "") {
		t.Errorf("%s refers to %q", f.Name, f.Target)
	}
	for _, c := range f.Choices {
		if c == "" || strings.TrimSpace(c) != c {
			t.Errorf("%s has the choice %q", f.Name, c)
		}
	}
	if f.TargetView != "" {
		if _, ok := party.Kinds.Kind(f.Target).View(f.TargetView); !ok {
			t.Errorf("%s offers the unknown view %s", f.Name, f.TargetView)
		}
	}
	for _, c := range f.Codes {
		if v, err := f.Type.Parse(f, c.Name); err != nil || v == nil {
			t.Errorf("%s: the spelling %s leads nowhere: %v", f.Name, c.Name, err)
		}
	}
}

// checkAliases: a heading of a sheet leads to one field.
func checkAliases(t *testing.T, k *model.Kind) {
	t.Helper()
	of := map[string]string{}
	for _, f := range k.Fields() {
		for _, a := range f.Aliases {
			if other := of[a]; other != "" {
				t.Errorf("%s is a heading of %s and of %s", a, other, f.Name)
			}
			of[a] = f.Name
		}
	}
	for _, f := range k.Fields() {
		if other := of[f.Label]; other != "" && other != f.Name {
			t.Errorf("the label %s of %s is another heading of %s", f.Label, f.Name, other)
		}
	}
}
