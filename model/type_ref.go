package model

import (
	"errors"
	"slices"
	"strings"
)

// errByName is what the ref types answer when a text is to be read: a name means
// something only to the ledger, so the caller looks it up.
var errByName = errors.New("a ref is looked up in the ledger, not parsed")

type refType struct{ textual }

func (refType) Name() string { return "ref" }

// Parse always fails for text that is not empty: the form's picker and the sheet
// reader look names up in the ledger.
func (refType) Parse(_ *Field, typed string) (Value, error) { return parseNone(typed) }

func parseNone(typed string) (Value, error) {
	if strings.TrimSpace(typed) == "" {
		return nil, nil
	}
	return nil, errByName
}

func (refType) Format(_ *Field, v Value, name Namer) string {
	id, _ := v.(string)
	return labelOf(id, name)
}

func labelOf(id string, name Namer) string {
	if id == "" || name == nil {
		return ""
	}
	if s := name(id); s != "" {
		return s
	}
	return "(已删除)"
}

func (refType) Check(f *Field, v Value) error { return isText(v) }

func (refType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (refType) JSON(v Value, name Namer) any {
	id, _ := v.(string)
	if id == "" {
		return nil
	}
	return refJSON{id, labelOf(id, name)}
}

type refJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (t refType) Cell(f *Field, v Value, name Namer) any { return t.Format(f, v, name) }

func (refType) FromCell(_ *Field, c Cell) (Value, string, error) {
	v, err := parseNone(c.Text)
	return v, "", err
}

// Width is that of the label of a record of which nothing is known; Kind.UsualWidth asks
// the kind referred to.
func (refType) Width(*Field) int { return 16 }

// Examine asks whether what is referred to is on file.
func (refType) Examine(x *Exam, f *Field, v Value) { x.refs(f, v) }

// OfHome gives the home organisation's id.
func (refType) OfHome(home *Record) Value { return home.ID }

type refsType struct{ textual }

func (refsType) Name() string { return "refs" }

func (refsType) Storage() Storage { return StoreLinks }

func (refsType) Parse(_ *Field, typed string) (Value, error) { return parseNone(typed) }

func (refsType) Format(_ *Field, v Value, name Namer) string {
	ids, _ := v.([]string)
	labels := make([]string, len(ids))
	for i, id := range ids {
		labels[i] = labelOf(id, name)
	}
	return strings.Join(labels, "、")
}

func (refsType) Check(f *Field, v Value) error {
	ids, ok := v.([]string)
	if !ok {
		return Errorf("E-TYPE", "%s应是几条记录", f.Label)
	}
	return checkTwice(f, ids)
}

func checkTwice(f *Field, ids []string) error {
	sorted := slices.Sorted(slices.Values(ids))
	if len(slices.Compact(sorted)) != len(ids) {
		return Errorf("E-TYPE", "%s里有一个选了两次,请去掉重复的", f.Label)
	}
	return nil
}

// Compare takes refs as sets: the database keeps no order.
func (refsType) Compare(a, b Value) int {
	return slices.Compare(slices.Sorted(slices.Values(a.([]string))), slices.Sorted(slices.Values(b.([]string))))
}

func (refsType) Encode(Value) any { return nil }

func (refsType) Decode(any) (Value, error) { return nil, nil }

func (refsType) CSV(_ *Field, v Value) string { return strings.Join(Targets(v), ";") }

func (refsType) ParseCSV(_ *Field, text string) (Value, error) {
	if text == "" {
		return nil, nil
	}
	return strings.Split(text, ";"), nil
}

func (refsType) JSON(v Value, name Namer) any {
	list := []refJSON{}
	for _, id := range Targets(v) {
		list = append(list, refJSON{id, labelOf(id, name)})
	}
	return list
}

func (t refsType) Cell(f *Field, v Value, name Namer) any {
	return strings.ReplaceAll(t.Format(f, v, name), "、", ";")
}

func (refsType) FromCell(_ *Field, c Cell) (Value, string, error) {
	v, err := parseNone(c.Text)
	return v, "", err
}

func (refsType) Width(*Field) int { return 16 }

// Examine asks whether what is referred to is on file.
func (refsType) Examine(x *Exam, f *Field, v Value) { x.refs(f, v) }

// Referrer is a field that refers to a kind.
type Referrer struct {
	Kind  *Kind
	Field *Field
}

// Referrers gives the fields of all kinds that refer to the kind.
//
//go:noinline
func (c *Catalog) Referrers(kind string) []Referrer {
	var all []Referrer
	for _, k := range c.kinds {
		for _, f := range k.Fields() {
			if f.Target == kind {
				all = append(all, Referrer{k, f})
			}
		}
	}
	return all
}
