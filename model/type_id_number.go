package model

import "strings"

type idNumberType struct{ textual }

func (idNumberType) Name() string { return "id_number" }

func (idNumberType) Parse(_ *Field, typed string) (Value, error) {
	return nonEmpty(TidyIDNumber(typed)), nil
}

// Check asks for 18 characters that form an ID number; the check digit, the birth
// date and the sex are the person's rules, since they depend on 已核对证件.
func (idNumberType) Check(_ *Field, v Value) error {
	if err := isText(v); err != nil {
		return err
	}
	_, err := ReadIDNumber(v.(string))
	return err
}

func (idNumberType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

// FromCell takes the number only as text: Excel keeps 15 digits of a number.
func (t idNumberType) FromCell(f *Field, c Cell) (Value, string, error) {
	if c.Number != nil && *c.Number >= 1e15 || strings.ContainsAny(c.Text, "Ee+") {
		return nil, "", Errorf("E-ID-EXCEL", "身份证号被 Excel 存成了数字,后几位已丢失;请在表格里把这一格改成“文本”格式,重新输入 18 位号码")
	}
	s := TidyIDNumber(c.Text)
	if len(s) == 15 {
		long, err := LongIDNumber(s)
		if err != nil {
			return nil, "", err
		}
		return long, "15 位旧身份证号已换算成 18 位,请与本人证件核对", nil
	}
	v := nonEmpty(s)
	if v == nil {
		return nil, "", nil
	}
	return v, "", t.Check(f, v)
}

func (idNumberType) Width(*Field) int { return 18 }

// Mask hides all but the area code: beside a birth date any more would give the
// whole number away (domain.md §9.4).
func (idNumberType) Mask(s string) string {
	if len(s) <= 6 {
		return strings.Repeat("*", len(s))
	}
	return s[:6] + strings.Repeat("*", len(s)-6)
}
