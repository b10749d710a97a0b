package model

import (
	"time"
)

type dateType struct{ textual }

func (dateType) Name() string { return "date" }

func (dateType) Parse(_ *Field, typed string) (Value, error) {
	d, err := ParseDate(typed)
	return nonEmpty(string(d)), err
}

func (dateType) Check(f *Field, v Value) error {
	s, _ := v.(string)
	if !Date(s).Valid() {
		return Errorf("E-TYPE", "%s不是日期,请写成 2023-07-01", f.Label)
	}
	if s < "1800-01-01" || s > "2200-12-31" {
		return Errorf("E-TYPE", "%s %s 不像真的日期,请核对年份", f.Label, s)
	}
	return nil
}

func (dateType) ParseCSV(f *Field, text string) (Value, error) {
	if text != "" && !Date(text).Valid() {
		return nil, Errorf("E-TYPE", "%s“%s”不是 2023-07-01 这样的日期", f.Label, Shown(text))
	}
	return nonEmpty(text), nil
}

func (dateType) Schema(f *Field) SchemaField {
	s := textual{}.Schema(f)
	s.Type = "date"
	return s
}

func (dateType) Cell(_ *Field, v Value, _ Namer) any {
	s, _ := v.(string)
	if s == "" {
		return ""
	}
	return Date(s).Time()
}

// FromCell takes Excel's dates and date numbers, dates as text, and a month alone
// as its first day, with a warning.
func (t dateType) FromCell(f *Field, c Cell) (Value, string, error) {
	if c.Date != nil {
		return string(DateOf(*c.Date)), "", nil
	}
	if c.Number != nil && *c.Number > 5000 && *c.Number < 100000 && *c.Number == float64(int(*c.Number)) {
		return string(excelDay(int(*c.Number))), "", nil
	}
	d, err := ParseDate(c.Text)
	if err == nil {
		return nonEmpty(string(d)), "", nil
	}
	if m, merr := ParseMonth(c.Text); merr == nil {
		return string(m.First()), f.Label + "只有年月,先按 1 日登记,请补上日", nil
	}
	return nil, "", err
}

// excelDay converts a date number of Excel's 1900 system.
func excelDay(n int) Date {
	return DateOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n))
}

func (dateType) Width(*Field) int { return 10 }

type monthType struct{ textual }

func (monthType) Name() string { return "month" }

func (monthType) Parse(f *Field, typed string) (Value, error) {
	if f.Quarter {
		if q, ok := parseQuarter(typed); ok {
			return q, nil
		}
	}
	m, err := ParseMonth(typed)
	return nonEmpty(string(m)), err
}

func (monthType) Format(_ *Field, v Value, _ Namer) string {
	s, _ := v.(string)
	if q, ok := formatQuarter(s); ok {
		return q
	}
	return s
}

func (monthType) Check(f *Field, v Value) error {
	s, _ := v.(string)
	if !Month(s).Valid() {
		return Errorf("E-TYPE", "%s不是月份,请写成 2023-07", f.Label)
	}
	if s < "1800-01" || s > "2200-12" {
		return Errorf("E-TYPE", "%s %s 不像真的月份,请核对年份", f.Label, s)
	}
	return nil
}

func (monthType) ParseCSV(f *Field, text string) (Value, error) {
	if text != "" && !Month(text).Valid() {
		return nil, Errorf("E-TYPE", "%s“%s”不是 2023-07 这样的月份", f.Label, Shown(text))
	}
	return nonEmpty(text), nil
}

func (monthType) FromCell(f *Field, c Cell) (Value, string, error) {
	if c.Date != nil {
		return string(DateOf(*c.Date).Month()), "", nil
	}
	m, err := ParseMonth(c.Text)
	if err != nil {
		if d, derr := ParseDate(c.Text); derr == nil {
			return nonEmpty(string(d.Month())), "", nil
		}
	}
	return nonEmpty(string(m)), "", err
}

func (monthType) Width(*Field) int { return 7 }
