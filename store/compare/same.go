package compare

import (
	"slices"
	"strings"

	"taizhang/model"
)

// oneOrTen is a month of which Excel has cut the last 0: 1965.1 is January or October.
var oneOrTen = model.NewPattern(`^((?:19|20)\d{2})\.1$`)

// same reports whether a row says of a field what the record says, however it is written.
func (c *comparison) same(f *model.Field, r *row, rec *model.Record) bool {
	if unread := r.Unread[f.Name]; unread != "" {
		if p := oneOrTen.FindStringSubmatch(unread); p != nil && f.Type == model.TypeDate {
			m := string(rec.Date(f.Name).Month())
			return m == p[1]+"-01" || m == p[1]+"-10"
		}
		return model.Fold(unread) == model.Fold(rec.Text(f.Name))
	}
	if month, ok := r.Months[f.Name]; ok {
		return rec.Date(f.Name).Month() == month && rec.Filled(f.Name)
	}
	if !r.Given[f.Name] {
		return f.Type == model.TypeBool || !rec.Filled(f.Name)
	}
	theirs, ours := r.Record.Get(f.Name), rec.Get(f.Name)
	switch {
	case f.Equal(theirs, ours):
		return true
	case ours == nil:
		return false
	case f.Type == model.TypePhone:
		return phonesIn(rec.Str(f.Name), r.Record.Str(f.Name))
	case slices.Contains(placeFields, f.Name):
		return samePlace(rec.Str(f.Name), r.Record.Str(f.Name))
	case f.Type == model.TypeText:
		return model.Fold(rec.Str(f.Name)) == model.Fold(r.Record.Str(f.Name))
	case f.Type == model.TypeChoice:
		return slices.ContainsFunc(c.cells[f.Name], func(i int) bool { return finer(f.Name, r.text(i), r.Record.Str(f.Name), rec.Str(f.Name)) })
	}
	return false
}

// phonesIn reports whether all numbers of theirs are among ours, however the hyphens stand.
func phonesIn(ours, theirs string) bool {
	bare := func(s string) []string { return strings.Split(strings.ReplaceAll(s, "-", ""), "、") }
	have := bare(ours)
	return !slices.ContainsFunc(bare(theirs), func(n string) bool { return !slices.Contains(have, n) })
}

// placeFields hold places, which one system writes with the county before them and the
// other without.
var placeFields = []string{"native_place", "address", "away_place"}

var placeMarks = strings.NewReplacer("省", "", "市", "", "县", "", "区", "", "0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六",
	"7", "七", "8", "八", "9", "九")

// samePlace reports whether one is the other or its end: 青石沟村三组 is 澄安县清河镇青石沟村3组.
func samePlace(a, b string) bool {
	x, y := placeMarks.Replace(model.Fold(a)), placeMarks.Replace(model.Fold(b))
	return x != "" && y != "" && (strings.HasSuffix(x, y) || strings.HasSuffix(y, x))
}

// wide are values of the national lists that hold several of ours: what the list has is then
// no difference from the finer value here. Their names are those of domain.md §2.3, §2.6.
var wide = []struct {
	field string
	names []string // as the list writes it; none for any but our own
	value string   // what it is read as
	ours  []string
}{
	{"education", []string{"40", "中等职业教育", "中职", "中等职业学校", "中专中技"}, "中专", []string{"职高", "技校"}},
	{"education", []string{"中学"}, "初中", []string{"高中"}},
	{"occupation", nil, "务农", []string{"种养业大户"}},
	{"occupation", nil, "外出务工", []string{"个体工商户", "农民经纪人", "企业务工"}},
	{"occupation", nil, "个体工商户", []string{"农民经纪人"}},
	{"occupation", nil, "企业务工", []string{"企业经营者"}},
	{"occupation", []string{"其他从业人员", "其他人员", "自由职业", "自由职业人员"}, "其他", []string{"农民经纪人"}},
}

// finer reports whether ours is one of those that theirs stands for.
func finer(field, written, theirs, ours string) bool {
	written = model.Fold(written)
	for _, w := range wide {
		if w.field != field || w.value != theirs || !slices.Contains(w.ours, ours) {
			continue
		}
		if len(w.names) == 0 && written != theirs || slices.ContainsFunc(w.names, func(n string) bool { return model.Fold(n) == written }) {
			return true
		}
	}
	return false
}
