package model

import "strings"

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

// TidyIDNumber folds full-width forms, drops white space and makes x an X.
func TidyIDNumber(typed string) string {
	return strings.ToUpper(strings.Join(strings.Fields(HalfWidth(Clean(typed, false))), ""))
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
