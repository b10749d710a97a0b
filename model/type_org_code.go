package model

import (
	"strings"
)

var orgCode = NewPattern(`^[0-9A-Za-z]{6,24}$`)

type orgCodeType struct{ textual }

func (orgCodeType) Name() string { return "org_code" }

func (orgCodeType) Parse(f *Field, typed string) (Value, error) {
	return nonEmpty(strings.Join(strings.Fields(HalfWidth(Clean(typed, false))), "")), nil
}

// Format shows the organisation's name beside its code where it is known.
func (orgCodeType) Format(_ *Field, v Value, name Namer) string {
	code, _ := v.(string)
	if name != nil {
		if s := name(code); s != "" {
			return s
		}
	}
	return code
}

func (orgCodeType) Check(f *Field, v Value) error {
	s, _ := v.(string)
	return CheckOrgCode(f.Label, s)
}

// CheckOrgCode tells whether s can be an organisation's code: 6 to 24 digits and
// letters.
func CheckOrgCode(label, s string) error {
	if !orgCode.MatchString(s) {
		return Errorf("E-TYPE", "%s应是 6 到 24 位数字或字母,现在是“%s”", label, Shown(s))
	}
	return nil
}

func (orgCodeType) ParseCSV(_ *Field, text string) (Value, error) { return nonEmpty(text), nil }

func (t orgCodeType) FromCell(f *Field, c Cell) (Value, string, error) {
	v, err := t.Parse(f, c.Text)
	return v, "", err
}

// Examine asks for an organisation of that code, on file or on the county's list.
func (orgCodeType) Examine(x *Exam, f *Field, v Value) {
	if x.Look == nil || x.err != nil {
		return
	}
	_, ok, err := x.Look.OrgCode(v.(string))
	x.err = err
	if err == nil && !ok {
		x.rule = ruleRef
		x.SayAt(f.Name, "没有代码为“%s”的党组织,请从列表里选", Shown(v.(string)))
	}
}

// homeCode is the field in which the home organisation's record has its code.
const homeCode = "code"

// OfHome gives the home organisation's code.
func (orgCodeType) OfHome(home *Record) Value { return home.Get(homeCode) }

func (orgCodeType) Width(*Field) int { return 16 }
