package model

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

type moneyType struct{ integral }

var yuan = regexp.MustCompile(`^(-?)(\d{1,12})(?:\.(\d{1,2}))?$`)

// ParseYuan reads yuan (12, 12.5, 12.50, 1,200, 3元) as fen.
func ParseYuan(typed string) (fen int64, err error) {
	s := strings.NewReplacer(",", "", "。", ".", " ", "", "元", "", "\u00a5", "", "\uffe5", "").Replace(HalfWidth(typed))
	p := yuan.FindStringSubmatch(s)
	if p == nil {
		return 0, Errorf("E-TYPE", "“%s”不是金额,请写成 12 或 12.50(单位:元)", typed)
	}
	n, err := strconv.ParseInt(p[2]+(p[3] + "00")[:2], 10, 64)
	if err != nil {
		return 0, Errorf("E-TYPE", "“%s”不是金额,请写成 12 或 12.50(单位:元)", typed)
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
	if n < 0 || n > 1e14 {
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
