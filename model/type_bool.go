package model

import "fmt"

type boolType struct{ integral }

func (boolType) Name() string { return "bool" }

// Empty gives false: an untouched field says no.
func (boolType) Empty() Value { return false }

func (boolType) Parse(f *Field, typed string) (Value, error) {
	switch Fold(typed) {
	case "是", "有", "1", "y", "yes", "true", "√", "✓", "对":
		return true, nil
	case "", "否", "无", "0", "n", "no", "false", "×", "不是", "不":
		return false, nil
	}
	return nil, Errorf("E-TYPE", "%s“%s”看不懂,请填 是 或 否", f.Label, Shown(typed))
}

func (boolType) Format(_ *Field, v Value, _ Namer) string {
	if b, _ := v.(bool); b {
		return "是"
	}
	return "否"
}

func (boolType) Check(f *Field, v Value) error {
	if _, ok := v.(bool); !ok {
		return Errorf("E-TYPE", "%s应是 是 或 否", f.Label)
	}
	return nil
}

func (boolType) Compare(a, b Value) int { return OneIf(a.(bool)) - OneIf(b.(bool)) }

func (boolType) Encode(v Value) any { b, _ := v.(bool); return int64(OneIf(b)) }

func (boolType) Decode(stored any) (Value, error) {
	switch t := stored.(type) {
	case nil:
		return false, nil
	case int64:
		return t != 0, nil
	}
	return nil, fmt.Errorf("stored %T where 0 or 1 belongs", stored)
}

func (t boolType) CSV(_ *Field, v Value) string {
	if b, _ := v.(bool); b {
		return "1"
	}
	return "0"
}

func (boolType) ParseCSV(f *Field, text string) (Value, error) {
	switch text {
	case "1":
		return true, nil
	case "0":
		return false, nil
	}
	return nil, Errorf("E-TYPE", "%s“%s”应是 0 或 1", f.Label, Shown(text))
}

func (boolType) JSON(v Value, _ Namer) any { b, _ := v.(bool); return b }

func (boolType) Schema(f *Field) SchemaField {
	return SchemaField{Name: f.Name, Type: "integer", Title: f.Label, Constraints: &Constraint{Required: true}}
}

func (t boolType) Cell(f *Field, v Value, n Namer) any { return t.Format(f, v, n) }

func (t boolType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (boolType) Width(*Field) int { return 4 }

func (boolType) Right() bool { return false }
