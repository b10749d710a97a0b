package model

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// textual is the common part of the types whose values are strings.
type textual struct{}

func (textual) Storage() Storage { return StoreText }

func (textual) Format(_ *Field, v Value, _ Namer) string { s, _ := v.(string); return s }

func (textual) Compare(a, b Value) int { return cmp.Compare(a.(string), b.(string)) }

func (textual) Encode(v Value) any {
	if s, ok := v.(string); ok && s != "" {
		return v
	}
	return nil
}

func (textual) Decode(stored any) (Value, error) {
	switch t := stored.(type) {
	case nil:
		return nil, nil
	case string:
		return nonEmpty(t), nil
	case []byte:
		return nonEmpty(string(t)), nil
	}
	return nil, fmt.Errorf("stored %T where text belongs", stored)
}

func (textual) CSV(_ *Field, v Value) string { s, _ := v.(string); return s }

func (textual) JSON(v Value, _ Namer) any { return v }

func (textual) Cell(_ *Field, v Value, _ Namer) any { s, _ := v.(string); return s }

// Schema gives no constraint for a required field: the form asks for it, the
// database does not.
func (textual) Schema(f *Field) SchemaField {
	return SchemaField{Name: f.Name, Type: "string", Title: f.Label}
}

func (textual) Right() bool { return false }

func nonEmpty(s string) Value {
	if s == "" {
		return nil
	}
	return s
}

func isText(v Value) error {
	if _, ok := v.(string); !ok {
		return Errorf("E-TYPE", "这一项应是文字")
	}
	return nil
}

// MaxText bounds a text of one line, MaxNote one of several, in characters.
const (
	MaxText = 500
	MaxNote = 20000
)

type textType struct{ textual }

func (textType) Name() string { return "text" }

func (textType) Parse(f *Field, typed string) (Value, error) {
	s := strings.TrimSpace(strings.ReplaceAll(Clean(typed, false), "\u3000", " "))
	if f.Tight {
		s = nameDots(tighten(s))
	}
	return nonEmpty(s), nil
}

// tighten drops the white space beside Chinese characters; between Latin words
// one space stays.
func tighten(s string) string {
	words := strings.Fields(s)
	var b strings.Builder
	for i, w := range words {
		if i > 0 && isLatinEnd(words[i-1]) && w[0] < utf8.RuneSelf {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func isLatinEnd(w string) bool { return w[len(w)-1] < utf8.RuneSelf }

func (textType) Check(f *Field, v Value) error { return checkLength(f, v, MaxText) }

func checkLength(f *Field, v Value, most int) error {
	if err := isText(v); err != nil {
		return err
	}
	if n := utf8.RuneCountInString(v.(string)); n > most {
		return Errorf("E-TYPE", "%s有 %d 个字,最多 %d 个,请写短一些", f.Label, n, most)
	}
	return checkHidden(f, v.(string), most == MaxNote)
}

func (t textType) ParseCSV(f *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t textType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (textType) Width(*Field) int { return 20 }

type noteType struct{ textual }

func (noteType) Name() string { return "note" }

func (noteType) Parse(_ *Field, typed string) (Value, error) {
	lines := strings.Split(Clean(typed, true), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \u3000")
	}
	return nonEmpty(strings.Trim(strings.Join(lines, "\n"), "\n")), nil
}

func (noteType) Check(f *Field, v Value) error { return checkLength(f, v, MaxNote) }

func (noteType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t noteType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (noteType) Width(*Field) int { return 30 }
