package fill_test

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
)

// cell compares one cell with what the ledger says.
func (c *formCheck) cell(place string, a ask, r *model.Record, n int) {
	c.t.Helper()
	c.seen[place] = true
	want := c.says(a.field, r, n)
	have, err := c.book.GetCellValue(c.f.sheet, place)
	must(c.t, err)
	kind, err := c.book.GetCellType(c.f.sheet, place)
	must(c.t, err)
	isNumber := kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber
	switch want := want.(type) {
	case nil:
		if have != "" {
			c.t.Errorf("%s %s is %q, and the ledger says nothing", place, a.heading, have)
		}
	case float64:
		raw, err := c.book.GetCellValue(c.f.sheet, place, excelize.Options{RawCellValue: true})
		must(c.t, err)
		if v, err := strconv.ParseFloat(raw, 64); err != nil || v != want || !isNumber {
			c.t.Errorf("%s %s is %q (a number: %v), the ledger says %v", place, a.heading, raw, isNumber, want)
		}
	case model.Date:
		if !sameDate(have, want, a.as) {
			c.t.Errorf("%s %s is %q, the ledger says %s, to be written like %q", place, a.heading, have, want, a.as)
		}
	case string:
		if isNumber || !sameWords(have, want) {
			c.t.Errorf("%s %s is %q (a number: %v), the ledger says %q", place, a.heading, have, isNumber, want)
		}
	}
}

func sameWords(have, want string) bool {
	split := func(s string) []string {
		all := strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == ';' })
		slices.Sort(all)
		return all
	}
	return slices.Equal(split(have), split(want))
}

// sameDate: without a wish any usual form of the day or month will do.
func sameDate(have string, want model.Date, as string) bool {
	y, m := want.Time().Year(), int(want.Time().Month())
	switch {
	case strings.Contains(as, "年"):
		return have == strconv.Itoa(y)+"年"+strconv.Itoa(m)+"月"
	case as != "":
		sep := as[4:5]
		return have == want.Time().Format("2006"+sep+"01")
	}
	if d, err := model.ParseDate(have); err == nil && d != "" {
		return d == want
	}
	month, err := model.ParseMonth(have)
	return err == nil && month == want.Month()
}

// says gives what the ledger says for an expression of forms.tsv: string, float64,
// model.Date, nil.
func (c *formCheck) says(field string, r *model.Record, n int) any {
	c.t.Helper()
	if r == nil {
		return nil
	}
	if m := regexp.MustCompile(`^(\w+)\((.*)\)$`).FindStringSubmatch(field); m != nil {
		return c.call(m[1], m[2], r)
	}
	if ref, rest, ok := strings.Cut(field, "."); ok {
		if ref == "attendance" {
			return c.says(rest, c.get("person", r.Roll(ref)[n].Target), n)
		}
		return c.says(rest, c.get(r.Kind.MustField(ref).Target, r.Str(ref)), n)
	}
	switch field {
	case "#":
		return float64(n + 1)
	case "branch":
		return c.l.Home().Str("name")
	case "age":
		return years(r.Date("birth_date"))
	case "party_years":
		return years(r.Date("confirmed_on"))
	case "giver":
		return c.first(r, "helper", "helper_name", "helper_unit")
	case "taker":
		return c.first(r, "helped", "helped_name", "target_code")
	case "due":
		due := 0
		for _, m := range r.Roll("attendance") {
			if p := c.get("person", m.Target); !p.Filled("not_due") || m.State == "到会" {
				due++
			}
		}
		return float64(due)
	case "present":
		present := 0
		for _, m := range r.Roll("attendance") {
			if m.State == "到会" {
				present++
			}
		}
		return float64(present)
	}
	return c.stored(r.Kind.MustField(field), r)
}

// stored gives a field's value.
func (c *formCheck) stored(f *model.Field, r *model.Record) any {
	switch v := r.Get(f.Name).(type) {
	case nil:
		return nil
	case int64:
		return float64(v)
	case bool:
		if v {
			return "是"
		}
		return "否"
	case []string:
		return strings.Join(v, "、")
	case string:
		if f.Type == model.TypeDate {
			return model.Date(v)
		}
		if f.Target != "" {
			if to := c.get(f.Target, v); to != nil {
				return to.Str("name")
			}
			return nil
		}
		return v
	}
	c.t.Fatalf("%s holds %T", f.Name, r.Get(f.Name))
	return nil
}

func (c *formCheck) call(name, arg string, r *model.Record) any {
	switch name {
	case "yuan", "wan":
		v, ok := c.says(arg, r, 0).(float64)
		if !ok {
			return nil
		}
		if name == "wan" {
			return v / 100 / 10_000
		}
		return v / 100
	case "yesno":
		switch v := c.says(arg, r, 0).(type) {
		case nil:
			return "否"
		case string:
			if v == "" || v == "否" {
				return "否"
			}
		}
		return "是"
	case "post":
		page, err := c.l.Page(context.Background(), store.Query{Kind: "position", Conds: []model.Cond{model.Where("body", model.Eq, arg), model.Where("ended_on", model.Empty)}})
		must(c.t, err)
		var all []string
		for _, p := range page.Records {
			if p.Str("person") == r.ID && !slices.Contains(all, p.Str("post")) {
				all = append(all, p.Str("post"))
			}
		}
		if len(all) == 0 {
			return nil
		}
		return strings.Join(all, "、")
	}
	c.t.Fatalf("forms.tsv asks for %s()", name)
	return nil
}

func years(from model.Date) any {
	if from == "" {
		return nil
	}
	n := asOf.Time().Year() - from.Time().Year()
	if string(asOf)[5:] < string(from)[5:] {
		n--
	}
	return float64(n)
}

func (c *formCheck) first(r *model.Record, fields ...string) any {
	for _, f := range fields {
		if v := c.stored(r.Kind.MustField(f), r); v != nil {
			return v
		}
	}
	return nil
}

func (c *formCheck) get(kind, id string) *model.Record {
	if id == "" {
		return nil
	}
	r, err := c.l.Get(context.Background(), kind, id)
	must(c.t, err)
	return r
}
