package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

type choiceType struct{ textual }

func (choiceType) Name() string { return "choice" }

func (choiceType) Parse(f *Field, typed string) (Value, error) {
	s := strings.TrimSpace(HalfWidth(Clean(typed, false)))
	if s == "" {
		return nil, nil
	}
	if v, ok := f.choice(s); ok {
		return nonEmpty(v), nil
	}
	return nil, choiceError(f, s)
}

// choice finds the listed value that s stands for: the value itself, one that
// differs only in width, case or white space, a national code (sheets lose its
// leading zeros) or a name of the national list.
func (f *Field) choice(s string) (string, bool) {
	if slices.Contains(f.Choices, s) {
		return s, true
	}
	folded := Fold(s)
	for _, c := range f.Choices {
		if c != "" && Fold(c) == folded {
			return c, true
		}
	}
	code := strings.TrimLeft(folded, "0")
	for _, c := range f.Codes {
		isCode := c.Code != "" && code != "" && strings.TrimLeft(c.Code, "0") == code
		if (isCode || Fold(c.Name) == folded) && slices.Contains(f.Choices, c.Value) {
			return c.Value, true
		}
	}
	return "", false
}

func choiceError(f *Field, s string) *Error {
	return &Error{Code: "E-CHOICE", Field: f.Name,
		Message: fmt.Sprintf("%s里没有“%s”,请从列表里选(按 ↓ 打开列表)", f.Label, Shown(s))}
}

func (choiceType) Check(f *Field, v Value) error {
	s, ok := v.(string)
	if !ok || !slices.Contains(f.Choices, s) {
		return choiceError(f, fmt.Sprint(v))
	}
	return nil
}

func (choiceType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t choiceType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (choiceType) Width(f *Field) int {
	w := 4
	for _, c := range f.Choices {
		w = max(w, min(16, 2*len([]rune(c))))
	}
	return w
}

type choicesType struct{ textual }

func (choicesType) Name() string { return "choices" }

// Parse reads several values, separated by ; , 、 or white space.
func (choicesType) Parse(f *Field, typed string) (Value, error) {
	parts := strings.FieldsFunc(HalfWidth(Clean(typed, false)), func(r rune) bool { return strings.ContainsRune(";,、 ", r) })
	var list []string
	for _, p := range parts {
		v, ok := f.choice(p)
		if !ok {
			return nil, choiceError(f, p)
		}
		if v != "" && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	if list == nil {
		return nil, nil
	}
	return list, nil
}

func (choicesType) Format(_ *Field, v Value, _ Namer) string {
	l, _ := v.([]string)
	return strings.Join(l, "、")
}

func (choicesType) Check(f *Field, v Value) error {
	l, ok := v.([]string)
	if !ok {
		return Errorf("E-TYPE", "%s应是几个选项", f.Label)
	}
	for _, s := range l {
		if !slices.Contains(f.Choices, s) {
			return choiceError(f, s)
		}
	}
	return nil
}

func (choicesType) Compare(a, b Value) int { return slices.Compare(a.([]string), b.([]string)) }

func (choicesType) Encode(v Value) any {
	l, _ := v.([]string)
	if len(l) == 0 {
		return nil
	}
	b, err := marshalPlain(l)
	if err != nil {
		panic("model: strings don't marshal: " + err.Error())
	}
	return string(b)
}

// marshalPlain is json.Marshal without the escapes for HTML.
func marshalPlain(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

func (choicesType) Decode(stored any) (Value, error) {
	v, err := textual{}.Decode(stored)
	if v == nil || err != nil {
		return nil, err
	}
	var l []string
	if err := json.Unmarshal([]byte(v.(string)), &l); err != nil {
		return nil, fmt.Errorf("stored choices: %w", err)
	}
	if len(l) == 0 {
		return nil, nil
	}
	return l, nil
}

func (choicesType) CSV(_ *Field, v Value) string {
	l, _ := v.([]string)
	return strings.Join(l, ";")
}

func (choicesType) ParseCSV(_ *Field, text string) (Value, error) {
	if text == "" {
		return nil, nil
	}
	return strings.Split(text, ";"), nil
}

func (choicesType) JSON(v Value, _ Namer) any {
	if v == nil {
		return []string{}
	}
	return v
}

func (t choicesType) Cell(f *Field, v Value, n Namer) any { return t.CSV(f, v) }

func (t choicesType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (choicesType) Width(*Field) int { return 16 }
