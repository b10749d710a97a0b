package model

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// integral is the common part of the types whose values are int64.
type integral struct{}

func (integral) Storage() Storage { return StoreInteger }

func (integral) Format(_ *Field, v Value, _ Namer) string { return integral{}.CSV(nil, v) }

func (integral) Compare(a, b Value) int { return cmp.Compare(a.(int64), b.(int64)) }

func (integral) Encode(v Value) any {
	if n, ok := v.(int64); ok {
		return n
	}
	return nil
}

func (integral) Decode(stored any) (Value, error) {
	switch t := stored.(type) {
	case nil:
		return nil, nil
	case int64:
		return t, nil
	}
	return nil, fmt.Errorf("stored %T where a number belongs", stored)
}

func (integral) CSV(_ *Field, v Value) string {
	n, ok := v.(int64)
	if !ok {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (integral) ParseCSV(f *Field, text string) (Value, error) {
	if text == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, Errorf("E-TYPE", "%s“%s”不是整数", f.Label, text)
	}
	return n, nil
}

func (integral) JSON(v Value, _ Namer) any { return v }

func (integral) Schema(f *Field) SchemaField {
	s := textual{}.Schema(f)
	s.Type = "integer"
	return s
}

func (integral) Cell(_ *Field, v Value, _ Namer) any {
	if n, ok := v.(int64); ok {
		return n
	}
	return ""
}

func (integral) Right() bool { return true }

func parseInt(f *Field, typed, unit string) (Value, error) {
	s := strings.TrimSuffix(strings.ReplaceAll(HalfWidth(typed), ",", ""), unit)
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return nil, Errorf("E-TYPE", "%s“%s”不是整数,请只写数字", f.Label, typed)
	}
	return n, nil
}

func checkBounds(f *Field, v Value, lo, hi int64) error {
	n, ok := v.(int64)
	if !ok {
		return Errorf("E-TYPE", "%s应是整数", f.Label)
	}
	if f.Min != 0 || f.Max != 0 {
		lo, hi = f.Min, f.Max
	}
	if n < lo || n > hi {
		return Errorf("E-TYPE", "%s应在 %d 到 %d 之间,现在是 %d", f.Label, lo, hi, n)
	}
	return nil
}

type intType struct{ integral }

func (intType) Name() string { return "int" }

func (intType) Parse(f *Field, typed string) (Value, error) { return parseInt(f, typed, "") }

func (intType) Check(f *Field, v Value) error { return checkBounds(f, v, 0, 1_000_000_000) }

func (t intType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (intType) Width(f *Field) int { return 6 }

type yearType struct{ integral }

func (yearType) Name() string { return "year" }

func (yearType) Parse(f *Field, typed string) (Value, error) { return parseInt(f, typed, "年") }

func (yearType) Check(f *Field, v Value) error { return checkBounds(f, v, 1900, 2200) }

func (t yearType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, strings.TrimSuffix(strings.TrimSpace(c.Text), "度"))
	return v, "", err
}

func (yearType) Width(*Field) int { return 4 }
