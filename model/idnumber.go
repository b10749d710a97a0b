package model

import (
	"strings"
)

// IDNumber is what a citizen's ID number says (GB 11643-1999, domain.md §2.7).
type IDNumber struct {
	Area    string // six digits; 990101 is the made-up area
	Birth   Date
	Sex     string // 男 or 女
	CheckOK bool   // the check character is right
}

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// IDCheckChar gives the check character of 17 digits (ISO 7064 MOD 11-2).
func IDCheckChar(body string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += int(body[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// TidyIDNumber folds full-width forms, drops white space and makes x an X. What comes
// together where white space was is cleaned once more, so that it reads as itself again.
func TidyIDNumber(typed string) string {
	return Clean(strings.ToUpper(strings.Join(strings.Fields(HalfWidth(Clean(typed, false))), "")), false)
}

// ReadIDNumber takes a number of 18 characters apart. It is an Error when the form
// or the date can't be; a wrong check character only clears CheckOK.
func ReadIDNumber(s string) (IDNumber, error) {
	if n := len([]rune(s)); n != 18 {
		return IDNumber{}, Errorf("E-ID-01", "身份证号应是 18 位(末位可为 X),现在是 %d 位,请核对", n)
	}
	if len(s) != 18 || !digits(s[:17]) || s[17] != 'X' && !digits(s[17:]) {
		return IDNumber{}, Errorf("E-ID-01", "身份证号只能是数字(末位可为 X),请核对是不是混进了别的字")
	}
	birth, ok := NewDate(number(s[6:10]), number(s[10:12]), number(s[12:14]))
	if !ok {
		return IDNumber{}, Errorf("E-ID-02", "身份证号里的出生日期 %s 不存在,请核对第 7 至 14 位", s[6:14])
	}
	id := IDNumber{Area: s[:6], Birth: birth, Sex: "女", CheckOK: IDCheckChar(s[:17]) == s[17]}
	if (s[16]-'0')%2 == 1 {
		id.Sex = "男"
	}
	return id, nil
}

// LongIDNumber converts a 15-digit number of GB 11643-1989 to 18 characters.
func LongIDNumber(s string) (string, error) {
	if len(s) != 15 || !digits(s) {
		return "", Errorf("E-ID-01", "旧身份证号应是 15 位数字,请核对")
	}
	body := s[:6] + "19" + s[6:]
	long := body + string(IDCheckChar(body))
	if _, err := ReadIDNumber(long); err != nil {
		return "", err
	}
	return long, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

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
