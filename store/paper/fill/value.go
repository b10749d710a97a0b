package fill

import (
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

// style says how a column's or blank's values are written.
type style struct {
	layout  string  // of dates, as package time has it; "" for a date the cell's format shows
	per     float64 // yuan in what the form counts money in: 10000 for 万元
	percent bool    // the cell's format shows a share
	tick    bool    // √ and nothing, instead of 是 and 否
	text    bool    // the cell takes texts
	options []string
}

// What a form shows of how it wants dates, with the layout that is meant; the longer
// ones first.
var dateForms = []struct {
	shape  *model.Pattern
	layout string
}{
	{model.NewPattern(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(0\d|[Mm]{2})月(\d{1,2}|[Dd]{1,2}|[Xx×]{1,2})日`), "2006年01月02日"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(\d{1,2}|[Mm]|[Xx×]{1,2})月(\d{1,2}|[Dd]{1,2}|[Xx×]{1,2})日`), "2006年1月2日"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(0\d|[Mm]{2})月`), "2006年01月"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(\d{1,2}|[Mm]|[Xx×]{1,2})月`), "2006年1月"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)-(\d{1,2}|[Mm]{1,2}|月)-(\d{1,2}|[Dd]{1,2}|日)`), "2006-01-02"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)\.(\d{1,2}|[Mm]{1,2}|月)\.(\d{1,2}|[Dd]{1,2}|日)`), "2006.01.02"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)/(\d{1,2}|[Mm]{1,2}|月)/(\d{1,2}|[Dd]{1,2}|日)`), "2006/01/02"},
	{model.NewPattern(`(^|\D)((19|20)\d{6}|[Yy]{4}[Mm]{2}[Dd]{2})($|\D)|8位`), "20060102"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)-(\d{1,2}|[Mm]{1,2}|月)`), "2006-01"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)\.(\d{1,2}|[Mm]{1,2}|月)`), "2006.01"},
	{model.NewPattern(`(\d{4}|[Yy]{4}|年)/(\d{1,2}|[Mm]{1,2}|月)`), "2006/01"},
	{model.NewPattern(`(^|\D)((19|20)\d{4}|[Yy]{4}[Mm]{2})($|\D)|6位`), "200601"},
	{model.NewPattern(`年月日|精确到日|填到日`), "2006-01-02"},
	{model.NewPattern(`精确到月|填到月`), "2006.01"},
}

// dateLayout finds in hints how dates are wanted; ok is false where nothing says so.
func dateLayout(hints []string) (layout string, ok bool) {
	for _, h := range hints {
		h = strings.ReplaceAll(model.HalfWidth(h), " ", "")
		for _, f := range dateForms {
			if f.shape.MatchString(h) {
				return f.layout, true
			}
		}
	}
	return "", false
}

// showsDate tells of a cell's number format that shows dates.
func showsDate(format string) bool {
	f := strings.ToLower(format)
	return strings.Contains(f, "yy") && (strings.Contains(f, "m") || strings.Contains(f, "d")) || strings.Contains(f, "m/d")
}

var asTick = model.NewPattern(`打[“"'\x{300C}]?[√✓勾对]|划[“"'\x{300C}]?√|√`)

// styleOf says how values are written at a place of a form.
func (g *Grid) styleOf(row, col int, s *Source, hints []string, unit string) style {
	a := g.area(row, col)
	at := [2]int{a.Top, a.Left}
	format := g.format[at]
	st := style{options: g.options[at], per: moneyUnit(hints, unit), percent: strings.Contains(format, "%"), text: format == "@"}
	heading := ""
	for i, h := range hints {
		if i == 0 {
			heading = h
		}
		st.tick = st.tick || asTick.MatchString(h)
	}
	layout, ok := dateLayout(hints)
	if f := frameOf(g.own(a.Top, a.Left)); f != nil && f.layout() != "" {
		layout, ok = f.layout(), true
	}
	switch {
	case ok:
		st.layout = layout
	case showsDate(format):
	case strings.Contains(bare(heading), "年月") && !strings.Contains(heading, "日"):
		st.layout = "2006.01"
	default:
		st.layout = "2006-01-02"
	}
	if s.is(model.TypeMonth) && st.layout != "" {
		st.layout = strings.NewReplacer("-02", "", ".02", "", "/02", "", "02日", "", "2日", "", "0102", "01").Replace(st.layout)
	}
	return st
}

// moneyUnit gives how many yuan make one of what a form counts in: what the heading says
// counts before what stands above the table.
func moneyUnit(hints []string, unit string) float64 {
	for _, text := range append(hints[:len(hints):len(hints)], unit) {
		switch {
		case strings.Contains(text, "万元"):
			return 10_000
		case strings.Contains(text, "千元"):
			return 1_000
		case strings.Contains(text, "百元"):
			return 100
		case strings.Contains(text, "元"):
			return 1
		}
	}
	return 1
}

// write gives what is put into a cell: string, int64, float64, time.Time; nil leaves it
// blank.
func (st *style) write(s *Source, raw any) any {
	switch v := raw.(type) {
	case nil:
		return nil
	case time.Time:
		if st.layout != "" {
			return v.Format(st.layout)
		}
		return v
	case float64:
		if st.per > 1 && s.is(model.TypeMoney) {
			return v / st.per
		}
		return v
	case int64:
		if st.percent && s.is(model.TypeInt) {
			return float64(v) / 100
		}
		return v
	case string:
		return st.words(s, v)
	}
	return nil
}

// words writes a text; numbers that the program reckons (年龄) are numbers, a choice goes
// by the form's own list where it has one.
func (st *style) words(s *Source, v string) any {
	switch {
	case v == "":
		return nil
	case s.field == nil:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && s.get != nil {
			return n
		}
		if d, err := model.ParseDate(v); err == nil && d != "" && string(d) == v && st.layout != "" {
			return d.Time().Format(st.layout) // a date that the program reckons
		}
	case s.field.Type == model.TypeChoices || s.field.Type == model.TypeRefs:
		v = strings.ReplaceAll(v, ";", "、")
	case s.field.Type == model.TypeMonth:
		if m, err := model.ParseMonth(v); err == nil && m != "" && st.layout != "" {
			return m.First().Time().Format(st.layout)
		}
	case s.field.Type == model.TypeBool && st.tick && len(st.options) == 0:
		if v == "是" {
			return "√"
		}
		return nil
	}
	return st.option(s, v)
}

// option gives the entry of the form's list that means the value: the same, one that is
// read as it, or the only one that begins or ends like it; else the value.
func (st *style) option(s *Source, v string) string {
	found, many := "", false
	for _, o := range st.options {
		o = strings.TrimSpace(o)
		if o == v {
			return v
		}
		if s.field != nil && o != "" {
			if as, err := s.field.Type.Parse(s.field, o); err == nil && s.field.Type.Format(s.field, as, nil) == v {
				return o
			}
		}
		if o != "" && (strings.HasPrefix(v, o) || strings.HasPrefix(o, v) || strings.HasSuffix(o, v)) {
			many = found != ""
			found = o
		}
	}
	if found != "" && !many {
		return found
	}
	return v
}
