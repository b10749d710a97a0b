package model_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"taizhang/model"
)

// inChinese asks that an error is one that a person can mend, in Chinese, short, and
// with nothing in it that a terminal takes for a command.
func inChinese(t *testing.T, err error) {
	t.Helper()
	var known *model.Error
	if !errors.As(err, &known) {
		t.Fatalf("a fault of the program: %v", err)
	}
	if _, at, found := model.Hidden(known.Message, false); found || len(known.Message) > 500 || !strings.ContainsFunc(known.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Fatalf("says %q (at %d)", known.Message, at)
	}
}

// field gives a field of a type.
func fieldOf(tp model.Type) *model.Field {
	return &model.Field{Name: "x", Label: "这一项", Type: tp}
}

// FuzzIDNumber types anything as an ID number: what is taken is its own 18 characters,
// says its birth date and sex, and comes through a CSV and the database as it is.
func FuzzIDNumber(f *testing.F) {
	for _, s := range []string{"990101197003150016", "９９０１０１１９７００３１５００１６", "99010119700315018x", "990101 19700315 0016", "990101700315001", "3.21E+17", "", "99010119700230001X", "\u202e990101197003150016", "99010119000229001X"} {
		f.Add(s)
	}
	field := fieldOf(model.TypeIDNumber)
	f.Fuzz(func(t *testing.T, typed string) {
		v, err := field.Type.Parse(field, typed)
		if err != nil {
			inChinese(t, err)
			return
		}
		if v == nil {
			return
		}
		if again, err := field.Type.Parse(field, v.(string)); err != nil || again != v {
			t.Fatalf("%q is read as %q, and that as %v (%v)", typed, v, again, err)
		}
		if err := field.Type.Check(field, v); err != nil {
			inChinese(t, err)
		} else {
			s := v.(string)
			id, err := model.ReadIDNumber(s)
			if err != nil || len(s) != 18 || !id.Birth.Valid() || id.Sex != "男" && id.Sex != "女" || id.Area != s[:6] || id.CheckOK != (model.IDCheckChar(s[:17]) == s[17]) {
				t.Fatalf("%q: %+v, %v", s, id, err)
			}
			if back, err := field.Type.ParseCSV(field, field.Type.CSV(field, v)); err != nil || back != v {
				t.Fatalf("%q comes back as %v, %v", s, back, err)
			}
		}
		cell, _, err := field.Type.FromCell(field, model.Cell{Text: typed})
		if err != nil {
			inChinese(t, err)
		} else if cell != nil && field.Type.Check(field, cell) != nil {
			t.Fatalf("a sheet's %q is taken as %v", typed, cell)
		}
		if long, err := model.LongIDNumber(strings.TrimSpace(typed)); err == nil {
			if _, err := model.ReadIDNumber(long); err != nil {
				t.Fatalf("%q becomes %q: %v", typed, long, err)
			}
		}
	})
}

// FuzzDate types anything as a date, a month, an amount and a number: what is taken is
// written in one form, reads as itself again and keeps its order.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2023-07-01", "20230701", "2023.7.1", "2023/7/1", "2023年7月1日", "２０２３。７。１", "2023-02-29", "2024-2-29", "2023年7月", "202307", "2023.07", "2026年第三季度", "2026Q3", "三季度", "1,200.50", "12元", "-0.01", "9223372036854775807", "0001-01-01", "9999-12-31", "\u200e2023-07-01"} {
		f.Add(s)
	}
	types := []*model.Field{fieldOf(model.TypeDate), fieldOf(model.TypeMonth), fieldOf(model.TypeMoney), fieldOf(model.TypeInt), fieldOf(model.TypeYear)}
	types[1].Quarter = true
	f.Fuzz(func(t *testing.T, typed string) {
		for _, field := range types {
			for _, read := range []func() (model.Value, error){
				func() (model.Value, error) { return field.Type.Parse(field, typed) },
				func() (model.Value, error) {
					v, _, err := field.Type.FromCell(field, model.Cell{Text: typed})
					return v, err
				},
				func() (model.Value, error) { return field.Type.ParseCSV(field, typed) },
			} {
				v, err := read()
				if err != nil {
					inChinese(t, err)
					continue
				}
				if v != nil {
					heldInOneForm(t, field, typed, v)
				}
			}
		}
		if d, err := model.ParseDate(typed); err == nil && d != "" && (!d.Valid() || d.AddDays(1) <= d && d < "9999-12-31" || d.AddDays(1).AddDays(-1) != d && d < "9999-12-31") {
			t.Fatalf("%q is the day %q, followed by %q", typed, d, d.AddDays(1))
		}
	})
}

// heldInOneForm asks of a value that was read from a text that it comes through CSV, the
// database and its own display as it is, where it is in bounds.
func heldInOneForm(t *testing.T, field *model.Field, typed string, v model.Value) {
	t.Helper()
	if err := field.Type.Check(field, v); err != nil {
		inChinese(t, err)
		return
	}
	if back, err := field.Type.ParseCSV(field, field.Type.CSV(field, v)); err != nil || back != v {
		t.Fatalf("%s %q: %v comes back as %v, %v", field.Type.Name(), typed, v, back, err)
	}
	if back, err := field.Type.Decode(field.Type.Encode(v)); err != nil || back != v {
		t.Fatalf("%s %q: %v is stored as %v, %v", field.Type.Name(), typed, v, back, err)
	}
	if back, err := field.Type.Parse(field, field.Type.Format(field, v, nil)); err != nil || back != v {
		t.Fatalf("%s %q: %v is shown and read as %v, %v", field.Type.Name(), typed, v, back, err)
	}
}

// FuzzText holds Clean, Hidden and Shown against each other: nothing hidden is left.
func FuzzText(f *testing.F) {
	for _, s := range []string{"张三", "\x1b[2J", "a\r\nb\rc\n", "⽂\u0301", "\ufffe", "张\u200d三", "\xff\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lines := range []bool{true, false} {
			clean := model.Clean(s, lines)
			if r, at, found := model.Hidden(clean, lines); found {
				t.Fatalf("%q keeps %U at %d", s, r, at)
			}
			if again := model.Clean(clean, lines); again != clean {
				t.Fatalf("%q is cleaned to %q and then %q", s, clean, again)
			}
		}
		if shown := model.Shown(s); len([]rune(shown)) > 41 {
			t.Fatalf("%q is shown as %q", s, shown)
		}
	})
}
