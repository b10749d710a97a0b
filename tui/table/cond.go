package table

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// choice of comparison: what a person picks, and what it makes.
type comparison struct {
	label string
	op    model.Op
	sign  string   // before the value in the condition's text
	fixed []string // values that need no asking
}

var (
	isEmpty   = comparison{label: "为空", op: model.Empty, sign: "为空"}
	isFilled  = comparison{label: "不为空", op: model.Filled, sign: "不为空"}
	contains  = comparison{label: "含有", op: model.Contains, sign: "含有"}
	equals    = comparison{label: "等于", op: model.Eq, sign: "="}
	differs   = comparison{label: "不等于", op: model.Ne, sign: "≠"}
	less      = comparison{label: "小于", op: model.Lt, sign: "<"}
	atMost    = comparison{label: "小于或等于", op: model.Le, sign: "≤"}
	more      = comparison{label: "大于", op: model.Gt, sign: ">"}
	atLeast   = comparison{label: "大于或等于", op: model.Ge, sign: "≥"}
	earlier   = comparison{label: "早于", op: model.Lt, sign: "<"}
	notLater  = comparison{label: "到…为止(含)", op: model.Le, sign: "≤"}
	later     = comparison{label: "晚于", op: model.Gt, sign: ">"}
	notBefore = comparison{label: "从…起(含)", op: model.Ge, sign: "≥"}
	oneOf     = comparison{label: "是其中之一(可选几项)", op: model.In, sign: "="}
	noneOf    = comparison{label: "都不是(可选几项)", op: model.Ne, sign: "≠"}
	isYes     = comparison{label: "是", op: model.Eq, sign: "=", fixed: []string{"1"}}
	isNo      = comparison{label: "否", op: model.Eq, sign: "=", fixed: []string{"0"}}
	between   = comparison{label: "在…之间(含)", op: opBetween}
	isRecord  = comparison{label: "是(按名称选)", op: model.Eq, sign: "="}
)

// comparisons gives those that suit a type, the likeliest first.
func comparisons(t model.Type) []comparison {
	switch t {
	case model.TypeBool:
		return []comparison{isYes, isNo}
	case model.TypeChoice:
		return []comparison{oneOf, noneOf, isEmpty, isFilled}
	case model.TypeChoices:
		return []comparison{oneOf, isEmpty, isFilled}
	case model.TypeDate, model.TypeMonth:
		return []comparison{notBefore, notLater, between, equals, earlier, later, isEmpty, isFilled}
	case model.TypeInt, model.TypeYear, model.TypeMoney:
		return []comparison{equals, more, atLeast, less, atMost, between, differs, isEmpty, isFilled}
	case model.TypeRef, model.TypeRefs, model.TypeRoll:
		return []comparison{isRecord, contains, isEmpty, isFilled}
	case model.TypeOrgCode:
		return []comparison{isRecord, contains, isEmpty, isFilled}
	}
	return []comparison{contains, equals, differs, isEmpty, isFilled}
}

// opBetween is a comparison with two bounds, which makes two conditions.
const opBetween model.Op = "between"

// twoBounds parts two bounds: 18到35, 1990-01至1999-12, 18~35, 18 35; numbers 18-35 too.
var (
	twoBounds  = model.NewPattern(`^(.+?)\s*(?:到|至|~|—+|,|,|、|\s)\s*(.+)$`)
	twoNumbers = model.NewPattern(`^(\d+)\s*-\s*(\d+)$`)
)

// bothBounds reads two bounds, in either order.
func bothBounds(f *model.Field, typed string) ([]model.Cond, error) {
	parts := twoBounds.FindStringSubmatch(model.HalfWidth(typed))
	if parts == nil && f.Type.Storage() == model.StoreInteger {
		parts = twoNumbers.FindStringSubmatch(model.HalfWidth(typed))
	}
	if parts == nil {
		return nil, model.Errorf("E-BOUNDS", "请写两头,中间用“到”隔开,例如 18到35")
	}
	from, err := makeConds(f, atLeast, parts[1])
	if err != nil {
		return nil, err
	}
	to, err := makeConds(f, atMost, parts[2])
	if err != nil {
		return nil, err
	}
	low, high := from[0].Values[0], to[0].Values[0]
	a, errA := f.Type.ParseCSV(f, low)
	b, errB := f.Type.ParseCSV(f, high)
	if errA == nil && errB == nil && f.Type.Compare(a, b) > 0 {
		return nil, model.Errorf("E-BOUNDS", "前一头比后一头大,请从小写到大,例如 18到35")
	}
	return []model.Cond{from[0], to[0]}, nil
}

var (
	wholeYear  = model.NewPattern(`^(\d{4})年?$`)
	wholeMonth = model.NewPattern(`^\d{4}[-./年]\d{1,2}月?$`)
)

// makeConds reads what was typed by the field's type. A date may also be typed as
// a year or a month: its first or its last day then bounds the condition.
func makeConds(f *model.Field, c comparison, typed string) ([]model.Cond, error) {
	if c.op == model.Empty || c.op == model.Filled {
		return []model.Cond{model.Where(f.Name, c.op)}, nil
	}
	if c.fixed != nil {
		return []model.Cond{model.Where(f.Name, c.op, c.fixed...)}, nil
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil, model.Errorf("E-REQUIRED", "请先填写要筛选的内容,或按 Esc 退回")
	}
	if c.op == model.Contains {
		return []model.Cond{model.Where(f.Name, c.op, model.Clean(typed, false))}, nil
	}
	if c.op == opBetween {
		return bothBounds(f, typed)
	}
	if from, to, ok := span(f.Type, typed); ok {
		return spanConds(f, c.op, from, to), nil
	}
	v, err := f.Type.Parse(f, typed)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, model.Errorf("E-REQUIRED", "请先填写要筛选的内容,或按 Esc 退回")
	}
	return []model.Cond{model.Where(f.Name, c.op, f.Type.CSV(f, v))}, nil
}

// span reads a year or a month as the first and last day (or month) of it.
func span(t model.Type, typed string) (from, to string, ok bool) {
	s := model.HalfWidth(typed)
	if p := wholeYear.FindStringSubmatch(s); p != nil {
		switch t {
		case model.TypeDate:
			return p[1] + "-01-01", p[1] + "-12-31", true
		case model.TypeMonth:
			return p[1] + "-01", p[1] + "-12", true
		}
	}
	if t == model.TypeDate && wholeMonth.MatchString(s) {
		if m, err := model.ParseMonth(s); err == nil {
			return string(m.First()), string(m.Last()), true
		}
	}
	return "", "", false
}

func spanConds(f *model.Field, op model.Op, from, to string) []model.Cond {
	switch op {
	case model.Lt, model.Ge:
		return []model.Cond{model.Where(f.Name, op, from)}
	case model.Le, model.Gt:
		return []model.Cond{model.Where(f.Name, op, to)}
	}
	return []model.Cond{model.Where(f.Name, model.Ge, from), model.Where(f.Name, model.Le, to)}
}

// addConds joins new conditions to those in force: one that says the same field
// in the same way takes the place of the older.
func addConds(conds []model.Cond, add ...model.Cond) []model.Cond {
	out := slices.DeleteFunc(slices.Clone(conds), func(old model.Cond) bool {
		return slices.ContainsFunc(add, func(c model.Cond) bool {
			return c.Field == old.Field && side(c.Op) == side(old.Op)
		})
	})
	return append(out, add...)
}

// side groups the comparisons of which a field has one at a time: a lower bound,
// an upper bound, or anything else.
func side(op model.Op) string {
	switch op {
	case model.Gt, model.Ge:
		return "lower"
	case model.Lt, model.Le:
		return "upper"
	}
	return "other"
}

// condText writes a condition for people: 学历=大专, 出生日期≥1990-01-01.
func (t *tableScreen) condText(c model.Cond) string {
	if c.Field == orgColumn {
		return t.orgText(c)
	}
	f := t.kind.Column(c.Field)
	if f == nil {
		return c.Field
	}
	if b, ok := f.BandOf(c); ok {
		return f.Label + "=" + b.Name
	}
	sign := string(c.Op)
	for _, m := range comparisons(f.Type) {
		if m.op == c.Op {
			sign = m.sign
			break
		}
	}
	values := make([]string, len(c.Values))
	for i, s := range c.Values {
		values[i] = t.valueText(f, c.Op, s)
	}
	if t.app.ASCII { // signs that old Chinese consoles draw two cells wide
		sign = strings.NewReplacer("≥", ">=", "≤", "<=", "≠", "<>").Replace(sign)
	}
	return f.Label + sign + strings.Join(values, "、")
}

func (t *tableScreen) valueText(f *model.Field, op model.Op, stored string) string {
	if op == model.Contains {
		return stored
	}
	if name := t.names[stored]; name != "" {
		return name
	}
	if f.Type.Storage() == model.StoreInteger {
		if n, err := strconv.ParseInt(stored, 10, 64); err == nil && f.Type == model.TypeMoney {
			return model.FormatYuan(n)
		}
		if f.Type == model.TypeBool {
			return f.Type.Format(f, stored == "1", nil)
		}
	}
	if m, ok := f.Type.(model.Masker); ok && !t.app.ShowIDs {
		return m.Mask(stored)
	}
	return stored
}
