package model

import (
	"cmp"
	"fmt"
	"math"
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
		return nil, Errorf("E-TYPE", "%s“%s”不是整数", f.Label, Shown(text))
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
		return nil, Errorf("E-TYPE", "%s“%s”不是整数,请只写数字", f.Label, Shown(typed))
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

type moneyType struct{ integral }

// maxFen bounds an amount, in fen: ten billion yuan, far more than a village or a county
// moves, and so little that the sum of millions of them still is an int64.
const maxFen = 1e12

var yuan = NewPattern(`^(-?)(\d{1,12})(?:\.(\d{1,2}))?$`)

// ParseYuan reads yuan (12, 12.5, 12.50, 1,200, 3元) as fen.
func ParseYuan(typed string) (fen int64, err error) {
	s := strings.NewReplacer(",", "", "。", ".", " ", "", "元", "", "\u00a5", "", "\uffe5", "").Replace(HalfWidth(typed))
	p := yuan.FindStringSubmatch(s)
	if p == nil {
		return 0, Errorf("E-TYPE", "“%s”不是金额,请写成 12 或 12.50(单位:元)", Shown(typed))
	}
	n, err := strconv.ParseInt(p[2]+(p[3] + "00")[:2], 10, 64)
	if err != nil {
		return 0, Errorf("E-TYPE", "“%s”不是金额,请写成 12 或 12.50(单位:元)", Shown(typed))
	}
	if p[1] != "" {
		n = -n
	}
	return n, nil
}

// FormatYuan writes fen as yuan with two places: 1234.50.
func FormatYuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

func (moneyType) Name() string { return "money" }

func (moneyType) Parse(_ *Field, typed string) (Value, error) {
	if strings.TrimSpace(typed) == "" {
		return nil, nil
	}
	n, err := ParseYuan(typed)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func (moneyType) Format(_ *Field, v Value, _ Namer) string {
	n, ok := v.(int64)
	if !ok {
		return ""
	}
	return FormatYuan(n)
}

func (moneyType) Check(f *Field, v Value) error {
	n, ok := v.(int64)
	if !ok {
		return Errorf("E-TYPE", "%s应是金额", f.Label)
	}
	if n < 0 || n > maxFen {
		return Errorf("E-TYPE", "%s不能是 %s 元,请核对", f.Label, FormatYuan(n))
	}
	return nil
}

func (moneyType) Cell(_ *Field, v Value, _ Namer) any {
	if n, ok := v.(int64); ok {
		return float64(n) / 100
	}
	return ""
}

func (t moneyType) FromCell(f *Field, c Cell) (Value, string, error) {
	if c.Number != nil {
		return int64(math.Round(*c.Number * 100)), "", nil
	}
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (moneyType) Width(*Field) int { return 10 }
