package party_test

import (
	"errors"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// TestCodesFromCell: the codes of the national lists and the spellings of villages' lists
// lead to the choices.
func TestCodesFromCell(t *testing.T) {
	num := func(n float64, text string) model.Cell { return model.Cell{Text: text, Number: &n} }
	field := func(name string) *model.Field { return party.Kinds.Kind("person").Field(name) }
	for _, c := range []struct {
		name    string
		field   *model.Field
		cell    model.Cell
		want    model.Value
		warns   bool
		refused string // the error's code
	}{
		{"sex by code", field("sex"), num(2, "2"), "女", false, ""},
		{"status by code", field("status"), model.Cell{Text: "02"}, "预备党员", false, ""},
		{"status by code without its zero", field("status"), num(1, "1"), "正式党员", false, ""},
		{"中共党员", field("status"), model.Cell{Text: "中共党员"}, "正式党员", false, ""},
		{"education by group code", field("education"), num(40, "40"), "中专", false, ""},
		{"education by code", field("education"), model.Cell{Text: "47"}, "技校", false, ""},
		{"大学", field("education"), model.Cell{Text: "大学"}, "本科", false, ""},
		{"大学专科", field("education"), model.Cell{Text: "大学专科"}, "大专", false, ""},
		{"民族 without 族", field("ethnicity"), model.Cell{Text: "回"}, "回族", false, ""},
		{"民族 by code", field("ethnicity"), num(3, "3"), "回族", false, ""},
		{"民族 not listed", field("ethnicity"), model.Cell{Text: "火星"}, nil, false, "E-CHOICE"},
		{"an occupation's old name", field("occupation"), model.Cell{Text: "农牧渔业生产人员"}, "务农", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, warning, err := c.field.Type.FromCell(c.field, c.cell)
			if c.refused != "" {
				var e *model.Error
				if !errors.As(err, &e) || e.Code != c.refused {
					t.Fatalf("got %v, %v, want error %s", v, err, c.refused)
				}
				return
			}
			if err != nil || v != c.want || (warning != "") != c.warns {
				t.Errorf("got %v, %q, %v, want %v", v, warning, err, c.want)
			}
		})
	}
}
