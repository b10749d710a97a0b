package model_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"taizhang/model"
)

func names(id string) string {
	return map[string]string{"p1": "张三", "p2": "李四", "990101101201": "前荷庄村党支部"}[id]
}

// typeCases give each type a field, texts to type with what they show as, values
// that are no text, and texts that are refused.
var typeCases = map[string]struct {
	field   *model.Field
	typed   map[string]string // typed → shown
	values  []model.Value     // of types that are not typed
	refused []string          // by Parse
	wrong   []model.Value     // by Check
}{
	"text": {
		field: &model.Field{},
		typed: map[string]string{" 东荷庄 ": "东荷庄", "A\tB": "A B", "第一\n第二": "第一 第二", "=1+1": "=1+1", "\x1b[31m红": "[31m红"},
		wrong: []model.Value{int64(1), string(make([]rune, 501))},
	},
	"note": {
		field: &model.Field{},
		typed: map[string]string{"一\r\n二  \n\n三\n": "一\n二\n\n三", "\n开头": "开头"},
		wrong: []model.Value{int64(1)},
	},
	"phone": {
		field: &model.Field{},
		typed: map[string]string{"１００12345678": "10012345678", "139 1234 5678": "13912345678", "+86-139-1234-5678": "13912345678",
			"0517-1234567": "0517-1234567", "(0517)1234567": "0517-1234567", "13912345678/10012345678": "13912345678、10012345678",
			"13912345678 0517-1234567": "13912345678、0517-1234567", "未留": "未留"},
		wrong: []model.Value{int64(1)},
	},
	"id_number": {
		field: &model.Field{},
		typed: map[string]string{" 11010519491231002x ": "11010519491231002X", "９９０１０１１９７００３１５００１６": "990101197003150016"},
		wrong: []model.Value{"123", "99010119700230001X", int64(5)},
	},
	"date": {
		field: &model.Field{Label: "日期"},
		typed: map[string]string{"2023-07-01": "2023-07-01", "20230701": "2023-07-01", "2023.7.1": "2023-07-01", "2023/7/1": "2023-07-01",
			"2023年7月1日": "2023-07-01", "２０２３－０７－０１": "2023-07-01", "2023。7。1": "2023-07-01", "2023 - 7 - 1": "2023-07-01"},
		refused: []string{"2023-02-30", "昨天", "2023-7", "23-7-1", "2023-13-01"},
		wrong:   []model.Value{"2023-7-1", "1700-01-01", "2023-02-30", int64(20230701)},
	},
	"month": {
		field:   &model.Field{Label: "月份"},
		typed:   map[string]string{"2023-07": "2023-07", "202307": "2023-07", "2023.7": "2023-07", "2023年7月": "2023-07", "２０２３／７": "2023-07"},
		refused: []string{"2023-13", "七月"},
		wrong:   []model.Value{"2023-7", int64(202307)},
	},
	"year": {
		field:   &model.Field{Label: "年度"},
		typed:   map[string]string{"2026": "2026", "２０２６年": "2026"},
		refused: []string{"今年"},
		wrong:   []model.Value{int64(26), "2026"},
	},
	"int": {
		field:   &model.Field{Label: "人数"},
		typed:   map[string]string{"12": "12", "1,200": "1200", "１２": "12", "0": "0"},
		refused: []string{"12.5", "十二"},
		wrong:   []model.Value{int64(-1), "12"},
	},
	"money": {
		field: &model.Field{Label: "金额"},
		typed: map[string]string{"12": "12.00", "12.5": "12.50", "12.50": "12.50", "1,200": "1200.00", "１，２００": "1200.00",
			"0.2元": "0.20", "￥3": "3.00", "12。5": "12.50"},
		refused: []string{"12.345", "两块", ".", "1e3"},
		wrong:   []model.Value{int64(-1), "12"},
	},
	"bool": {
		field:   &model.Field{Label: "困难"},
		typed:   map[string]string{"是": "是", "否": "否", "√": "是", "": "否", "Ｙ": "是"},
		refused: []string{"也许"},
		wrong:   []model.Value{"是"},
	},
	"choice": {
		field:   &model.Field{Label: "学历", Choices: []string{"本科", "大专"}, Codes: []model.Code{{Code: "020", Name: "大学", Value: "本科"}}},
		typed:   map[string]string{"本科": "本科", " 大 专 ": "大专", "大学": "本科", "20": "本科", "020": "本科"},
		refused: []string{"博士", "2"},
		wrong:   []model.Value{"大学", int64(1)},
	},
	"choices": {
		field:   &model.Field{Label: "对象", Choices: []string{"党员", "群众", "A+B"}},
		typed:   map[string]string{"党员;群众": "党员、群众", "群众、党员、群众": "群众、党员", "a+b": "A+B"},
		refused: []string{"党员;外星人"},
		wrong:   []model.Value{[]string{"外星人"}, "党员"},
	},
	"ref": {
		field:   &model.Field{Label: "人员", Target: "neighbor"},
		values:  []model.Value{"p1"},
		refused: []string{"张三"}, // a name means something only to the ledger
		wrong:   []model.Value{int64(1)},
	},
	"refs": {
		field:   &model.Field{Label: "培养人", Target: "neighbor"},
		values:  []model.Value{[]string{"p1"}, []string{"p1", "p2"}},
		refused: []string{"张三"},
		wrong:   []model.Value{[]string{"p1", "p1"}, "p1"},
	},
	"roll": {
		field:   &model.Field{Label: "到会登记", Target: "neighbor", Choices: []string{"到会", "请假-公务"}},
		values:  []model.Value{[]model.Mark{{Target: "p1", State: "到会"}, {Target: "p2", State: "请假-公务"}}},
		refused: []string{"张三"},
		wrong:   []model.Value{[]model.Mark{{Target: "p1", State: "迟到"}}, []model.Mark{{Target: "p1", State: "到会"}, {Target: "p1", State: "到会"}}},
	},
	"org_code": {
		field: &model.Field{Label: "对象党组织"},
		typed: map[string]string{" 990101101201": "前荷庄村党支部", "ABC 123": "ABC123"},
		wrong: []model.Value{"12", "村党支部", int64(1)},
	},
}

// TestTypes is the contract that every field type keeps: what is typed is of the
// type, and survives the database, CSV, JSON and a sheet.
func TestTypes(t *testing.T) {
	for _, typ := range model.Types() {
		c, ok := typeCases[typ.Name()]
		if !ok {
			t.Errorf("%s has no cases", typ.Name())
			continue
		}
		t.Run(typ.Name(), func(t *testing.T) {
			c.field.Name, c.field.Type = "x", typ
			for typed, shown := range c.typed {
				v, err := typ.Parse(c.field, typed)
				if err != nil {
					t.Errorf("%q is refused: %v", typed, err)
					continue
				}
				if got := typ.Format(c.field, v, names); got != shown {
					t.Errorf("%q shows as %q, want %q", typed, got, shown)
				}
				if v != nil {
					keepsContract(t, c.field, v)
				}
			}
			for _, v := range c.values {
				keepsContract(t, c.field, v)
			}
			for _, typed := range c.refused {
				if v, err := typ.Parse(c.field, typed); err == nil {
					t.Errorf("%q is taken as %v", typed, v)
				}
			}
			for _, v := range c.wrong {
				if typ.Check(c.field, v) == nil {
					t.Errorf("%#v passes the check", v)
				}
			}
			emptyIsEmpty(t, c.field)
		})
	}
}

func keepsContract(t *testing.T, f *model.Field, v model.Value) {
	t.Helper()
	typ := f.Type
	if err := typ.Check(f, v); err != nil && typ.Name() != "phone" && typ.Name() != "id_number" {
		t.Errorf("%#v fails the type's own check: %v", v, err)
	}
	if typ.Compare(v, v) != 0 || !f.Equal(v, v) || f.Equal(v, nil) {
		t.Errorf("%#v is not equal to itself, or is to nothing", v)
	}
	if !f.Linked() {
		back, err := typ.Decode(typ.Encode(v))
		if err != nil || !f.Equal(v, back) {
			t.Errorf("from the database %#v comes back as %#v, %v", v, back, err)
		}
		switch typ.Encode(v).(type) {
		case string, int64:
		default:
			t.Errorf("stored as %T", typ.Encode(v))
		}
	}
	back, err := typ.ParseCSV(f, typ.CSV(f, v))
	if err != nil || !f.Equal(v, back) {
		t.Errorf("from CSV %#v comes back as %#v, %v", v, back, err)
	}
	if _, err := json.Marshal(typ.JSON(v, names)); err != nil {
		t.Errorf("JSON: %v", err)
	}
	if s := typ.Schema(f); s.Name != f.Name || s.Type == "" {
		t.Errorf("schema %+v", s)
	}
	if typ.Width(f) < 4 {
		t.Errorf("width %d", typ.Width(f))
	}
	if typ.Format(f, v, names) == "" {
		t.Errorf("%#v shows as nothing", v)
	}
	if f.Target == "" && typ.Name() != "org_code" {
		text, _ := typ.Cell(f, v, names).(string)
		if text == "" {
			text = typ.Format(f, v, names)
		}
		if again, _, err := typ.FromCell(f, model.Cell{Text: text}); err != nil && typ.Name() != "id_number" || err == nil && !f.Equal(v, again) {
			t.Errorf("from a sheet %#v comes back as %#v, %v", v, again, err)
		}
	}
}

func emptyIsEmpty(t *testing.T, f *model.Field) {
	t.Helper()
	v, err := f.Type.Parse(f, "")
	if err != nil || v != nil && v != false {
		t.Errorf("nothing typed gives %#v, %v", v, err)
	}
	if back, err := f.Type.ParseCSV(f, ""); err == nil && back != nil || err != nil && f.Type != model.TypeBool {
		t.Errorf("nothing comes back from CSV as %#v, %v", back, err)
	}
	if s := f.Type.CSV(f, nil); s != "" && s != "0" {
		t.Errorf("nothing is %q in CSV", s)
	}
	if s := f.Type.Format(f, nil, names); s != "" && s != "否" {
		t.Errorf("nothing shows as %q", s)
	}
	if back, err := f.Type.Decode(f.Type.Encode(nil)); err != nil || back != nil && back != false {
		t.Errorf("nothing comes back from the database as %#v, %v", back, err)
	}
	f.Type.Cell(f, nil, names)
	f.Type.JSON(nil, names)
	if v, _, err := f.Type.FromCell(f, model.Cell{}); err != nil || v != nil && v != false {
		t.Errorf("an empty cell gives %#v, %v", v, err)
	}
}

func TestMask(t *testing.T) {
	r := record(t, "neighbor", "p", "name", "张三", "card", "990101197003150016", "phone", "10012345678、0517-1234567")
	if got := r.Masked("card"); got != "990101************" {
		t.Errorf("ID number shown as %s", got)
	}
	if got := r.Masked("phone"); got != "100****5678、051*****4567" {
		t.Errorf("phones shown as %s", got)
	}
	if got := r.Masked("name"); got != "张三" {
		t.Errorf("name shown as %s", got)
	}
}

func TestFromCell(t *testing.T) {
	num := func(n float64, text string) model.Cell { return model.Cell{Text: text, Number: &n} }
	day := time.Date(2026, 3, 5, 13, 0, 0, 0, time.UTC)
	neighbor := func(name string) *model.Field { return made.Kind("neighbor").MustField(name) }
	meeting := func(name string) *model.Field { return made.Kind("meeting").MustField(name) }
	for _, c := range []struct {
		name    string
		field   *model.Field
		cell    model.Cell
		want    model.Value
		warns   bool
		refused string // the error's code
	}{
		{"a date number", neighbor("born"), num(25569, "25569"), "1970-01-01", false, ""},
		{"a date that is shown otherwise", neighbor("born"), model.Cell{Text: "5-Mar", Date: &day}, "2026-03-05", false, ""},
		{"a month alone", neighbor("born"), model.Cell{Text: "1965.03"}, "1965-03-01", true, ""},
		{"no date", neighbor("born"), model.Cell{Text: "昨天"}, nil, false, "E-TYPE"},
		{"a month", meeting("month"), model.Cell{Text: "2026.3"}, "2026-03", false, ""},
		{"a day where a month belongs", meeting("month"), model.Cell{Text: "2026-03-05"}, "2026-03", false, ""},
		{"a date where a month belongs", meeting("month"), model.Cell{Text: "Mar-26", Date: &day}, "2026-03", false, ""},
		{"年度", meeting("year"), model.Cell{Text: "2026年度"}, int64(2026), false, ""},
		{"sex by code", neighbor("sex"), num(2, "2"), "女", false, ""},
		{"a choice by code", neighbor("status"), model.Cell{Text: "02"}, "候补", false, ""},
		{"a choice by code without its zero", neighbor("status"), num(1, "1"), "组员", false, ""},
		{"a choice by its other name", neighbor("status"), model.Cell{Text: "正式组员"}, "组员", false, ""},
		{"a choice by group code", neighbor("school"), num(40, "40"), "中专", false, ""},
		{"a choice by a spelling without code", neighbor("school"), model.Cell{Text: "大学"}, "本科", false, ""},
		{"a choice not listed", neighbor("school"), model.Cell{Text: "火星"}, nil, false, "E-CHOICE"},
		{"a name with a space", neighbor("name"), model.Cell{Text: "张　三"}, "张三", false, ""},
		{"a damaged ID number", neighbor("card"), num(3.21e17, "3.21E+17"), nil, false, "E-ID-EXCEL"},
		{"a long number", neighbor("card"), num(990101197003150080, "990101197003150080"), nil, false, "E-ID-EXCEL"},
		{"15 digits", neighbor("card"), model.Cell{Text: "990101700315001"}, "990101197003150016", true, ""},
		{"15 digits of no day", neighbor("card"), model.Cell{Text: "990101700230001"}, nil, false, "E-ID-02"},
		{"17 digits", neighbor("card"), model.Cell{Text: "99010119700315001"}, nil, false, "E-ID-01"},
		{"money as a number", neighbor("fee"), num(0.2, "0.2"), int64(20), false, ""},
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
