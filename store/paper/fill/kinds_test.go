package fill_test

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// TestEveryKindsLabels: a list with all labels of a kind and its derived columns as
// headings is known as that kind's, and every column is bound to its own field.
func TestEveryKindsLabels(t *testing.T) {
	for _, k := range party.Kinds.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			headings, want := []string{"序号"}, []string{"#"}
			for _, f := range k.Fields() {
				headings, want = append(headings, f.Label), append(want, f.Name)
			}
			for _, d := range k.Derived {
				headings, want = append(headings, d.Label), append(want, d.Name)
			}
			checkColumns(t, k, headings, want, "")
			checkColumns(t, k, headings, want, k.Name)
		})
	}
}

// TestEveryKindsAliases: the same with the names by which lists are read, English ones
// too, where they mean one field.
func TestEveryKindsAliases(t *testing.T) {
	// Words that forms use in another sense than lists that are read in.
	other := map[string]string{"person.所在党支部": "branch", "person.所属党支部": "branch", "person.所在支部": "branch",
		"person.固定电话": ""} // beside a mobile one
	for _, k := range party.Kinds.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			var headings, want []string
			names := []string{}
			var fields []string
			for _, f := range k.Fields() {
				names, fields = append(names, f.Name), append(fields, f.Name)
				for _, a := range f.Aliases {
					headings = append(headings, a)
					name := f.Name
					if o, is := other[k.Name+"."+a]; is {
						name = o
					}
					want = append(want, name)
				}
			}
			if len(headings) > 0 {
				checkColumns(t, k, headings, want, k.Name)
			}
			checkColumns(t, k, names, fields, "")
		})
	}
}

func checkColumns(t *testing.T, k *model.Kind, headings, want []string, kind string) {
	t.Helper()
	last := at(4, len(headings))
	b := blank{cells: columns(3, headings...), frames: []string{"A3:" + last}}
	p := plan(t, b.write(t), kind)
	if p.Kind.Name != k.Name {
		t.Fatalf("taken for a list of %s", p.Kind.Title)
	}
	got := p.Bindings()
	if len(got) != len(headings) {
		t.Fatalf("%d columns, want %d", len(got), len(headings))
	}
	for i, b := range got {
		name := ""
		if b.Source != nil {
			name = b.Source.Name
		}
		if name != want[i] {
			t.Errorf("%s %s is bound to %q, want %q", b.Cell, headings[i], name, want[i])
		}
	}
}
