package model_test

import (
	"testing"
	"unicode"

	"taizhang/model"
)

// Every character that Unicode calls default-ignorable or a format character, and the
// fillers that look blank, go from what comes from outside: two names that look the
// same are the same.
func TestInvisibleCharactersGo(t *testing.T) {
	var all []rune
	for _, table := range []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector} {
		for _, r := range table.R16 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				all = append(all, c)
			}
		}
		for _, r := range table.R32 {
			for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
				all = append(all, c)
			}
		}
	}
	all = append(all, 0x3164, 0xFFA0, 0x115F, 0x1160, 0x2800, 0xFEFF, 0xFFFC, 0xFE0F, 0xE0100, 0x034F, 0x180E)
	for _, r := range all {
		in := "张" + string(r) + "三"
		if got := model.Clean(in, false); got != "张三" {
			t.Errorf("Clean with %U: %+q", r, got)
		}
		if got := model.Fold(in); got != "张三" {
			t.Errorf("Fold with %U: %+q", r, got)
		}
	}
}

func TestSameLook(t *testing.T) {
	for in, want := range map[string]string{
		"东荷庄\u00a03\u2002组": "东荷庄 3 组", "\u2f42书": "文书", "\uf979州": "凉州", "e\u0301": "é", "一\u3000二": "一\u3000二", "ASCII only.": "ASCII only.",
	} {
		if got := model.Clean(in, false); got != want {
			t.Errorf("Clean(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

// The dot between the parts of a name is · however it was typed, in finding too.
func TestNameDots(t *testing.T) {
	name := &model.Field{Name: "name", Label: "姓名", Type: model.TypeText, Tight: true}
	for in, want := range map[string]string{
		"古丽•买买提": "古丽·买买提", "古丽・买买提": "古丽·买买提", "古丽‧买买提": "古丽·买买提", "古丽.买买提": "古丽·买买提", "古丽．买买提": "古丽·买买提",
		"古丽 ･ 买买提": "古丽·买买提", "古丽∙买买提": "古丽·买买提", "古丽\u0387买买提": "古丽·买买提", "J. Smith": "J. Smith", "3.5": "3.5", "第3.5组": "第3.5组",
	} {
		v, err := name.Type.Parse(name, in)
		if err != nil || v != want {
			t.Errorf("Parse(%q) = %v, %v, want %q", in, v, err, want)
		}
		if !model.Matches("古丽·买买提", in) && want == "古丽·买买提" {
			t.Errorf("%q does not find it", in)
		}
	}
	if !model.Matches("古丽·买买提", "古丽.") {
		t.Error("a dot at the end of what is typed does not find it")
	}
}

func TestCountryCode(t *testing.T) {
	for in, want := range map[string]string{
		"86-10000000004": "10000000004", "+86 10000000003": "10000000003", "8610000000001": "10000000001", "0086-100-0000-0001": "10000000001",
		"(86)10000000001": "10000000001", "（+86）100 0000 0001": "10000000001", "＋８６10000000001": "10000000001", "+86-0101-2345678": "0101-2345678",
		"+86 10 12345678": "01012345678", "010-86123456": "010-86123456", "86123456": "86123456",
		"86-10000000001 86-10000000002": "10000000001、10000000002", "+8610000000001/+8610000000002": "10000000001、10000000002",
	} {
		v, err := model.TypePhone.Parse(&model.Field{}, in)
		if err != nil || v != want {
			t.Errorf("Parse(%q) = %v, %v, want %q", in, v, err, want)
		}
	}
}
