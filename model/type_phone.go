package model

import (
	"strings"
)

var landline = NewPattern(`^0\d{2,3}-?\d{7,8}$`)

// mobile tells whether s is a mobile number, or a made-up phone, which begins with 100
// (domain.md §11.4).
func mobile(s string) bool {
	return len(s) == 11 && digits(s) && s[0] == '1' && (s[1] >= '3' || s[1:3] == "00")
}

var phoneMarks = strings.NewReplacer("—", "-", "–", "-", "(", "", ")", "-")

// PhoneOK reports whether s is a mobile number of 11 digits, a landline with its
// area code, or a made-up number (domain.md §2.8, §11.4); or several, joined by 、.
func PhoneOK(s string) bool {
	for part := range strings.SplitSeq(s, "、") {
		if !mobile(part) && !landline.MatchString(part) {
			return false
		}
	}
	return true
}

type phoneType struct{ textual }

func (phoneType) Name() string { return "phone" }

// Parse takes a number with spaces, hyphens or +86 in it, and two numbers one
// after the other, which it joins by 、.
func (phoneType) Parse(_ *Field, typed string) (Value, error) {
	if mobile(typed) {
		return typed, nil
	}
	s := phoneMarks.Replace(HalfWidth(Clean(typed, false)))
	if one := tidyPhone(s); PhoneOK(one) {
		return one, nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,,;;/ ", r) })
	for i := range parts {
		parts[i] = tidyPhone(parts[i])
	}
	if all := strings.Join(parts, "、"); PhoneOK(all) {
		return nonEmpty(all), nil
	}
	return nonEmpty(tidyPhone(s)), nil
}

// countryCode is written +86, 0086 or 86 before a number, with or without a mark.
var countryCode = NewPattern(`^(\+|00)?86-*`)

// tidyPhone drops white space, and from a mobile number hyphens and the country's
// code too; before a landline the code stands in place of the 0.
func tidyPhone(s string) string {
	s = strings.Join(strings.Fields(s), "")
	for _, number := range []string{s, countryCode.ReplaceAllString(s, "")} {
		if plain := strings.ReplaceAll(number, "-", ""); mobile(plain) {
			return plain
		}
	}
	if code := countryCode.FindString(s); strings.ContainsAny(code, "+0") {
		for _, number := range []string{s[len(code):], "0" + s[len(code):]} {
			if landline.MatchString(number) {
				return number
			}
		}
	}
	return s
}

// Check takes any short text: a number that looks wrong is a warning of the
// rules, since some write two numbers or an extension.
func (phoneType) Check(f *Field, v Value) error { return checkLength(f, v, 60) }

func (phoneType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t phoneType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

// Examine warns of what does not look like a number.
func (phoneType) Examine(x *Exam, f *Field, v Value) {
	if phone := v.(string); !PhoneOK(phone) {
		x.rule = rulePhone
		x.SayAt(f.Name, "%s“%s”不像电话号码,请核对:手机 11 位,固定电话要带区号", f.Label, phone)
	}
}

func (phoneType) Width(*Field) int { return 11 }

// Mask shows the first three and the last four digits of each number.
func (phoneType) Mask(s string) string {
	parts := strings.Split(s, "、")
	for i, part := range parts {
		r := []rune(part)
		if len(r) < 8 {
			parts[i] = strings.Repeat("*", len(r))
			continue
		}
		parts[i] = string(r[:3]) + strings.Repeat("*", len(r)-7) + string(r[len(r)-4:])
	}
	return strings.Join(parts, "、")
}
