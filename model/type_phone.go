package model

import (
	"regexp"
	"strings"
)

var (
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	madeUp   = regexp.MustCompile(`^100\d{8}$`) // made-up phones (domain.md §11.4)
	landline = regexp.MustCompile(`^0\d{2,3}-?\d{7,8}$`)
)

// PhoneOK reports whether s is a mobile number of 11 digits, a landline with its
// area code, or a made-up number (domain.md §2.8, §11.4).
func PhoneOK(s string) bool {
	return mobile.MatchString(s) || madeUp.MatchString(s) || landline.MatchString(s)
}

type phoneType struct{ textual }

func (phoneType) Name() string { return "phone" }

func (phoneType) Parse(_ *Field, typed string) (Value, error) {
	s := strings.Join(strings.Fields(HalfWidth(Clean(typed, false))), "")
	s = strings.NewReplacer("—", "-", "–", "-", "(", "", ")", "-").Replace(s)
	if digits := strings.TrimPrefix(strings.ReplaceAll(s, "-", ""), "+86"); mobile.MatchString(digits) || madeUp.MatchString(digits) {
		s = digits
	}
	return nonEmpty(s), nil
}

// Check takes any short text: a number that looks wrong is a warning of the
// rules, since some write two numbers or an extension.
func (phoneType) Check(f *Field, v Value) error { return checkLength(f, v, 60) }

func (phoneType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t phoneType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

func (phoneType) Width(*Field) int { return 11 }

// Mask shows the first three and the last four digits of a number.
func (phoneType) Mask(s string) string {
	r := []rune(s)
	if len(r) < 8 {
		return strings.Repeat("*", len(r))
	}
	return string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
}
