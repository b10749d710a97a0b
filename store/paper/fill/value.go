package fill

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"taizhang/model"
)

// style says how a column's or blank's values are written.
type style struct {
	layout  string // of dates, as package time has it; "" for a date the cell's format shows
	wan     bool   // money in 万元
	options []string
}

// What a form shows of how it wants dates, with the layout that is meant; the longer
// ones first.
var dateForms = []struct {
	shape  *regexp.Regexp
	layout string
}{
	{regexp.MustCompile(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(0\d|[Mm]{2})月(\d{1,2}|[Dd]{1,2}|[Xx×]{1,2})日`), "2006年01月02日"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(\d{1,2}|[Mm]|[Xx×]{1,2})月(\d{1,2}|[Dd]{1,2}|[Xx×]{1,2})日`), "2006年1月2日"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(0\d|[Mm]{2})月`), "2006年01月"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4}|[Xx×]{2,4})年(\d{1,2}|[Mm]|[Xx×]{1,2})月`), "2006年1月"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})-(\d{1,2}|[Mm]{1,2})-(\d{1,2}|[Dd]{1,2})`), "2006-01-02"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})\.(\d{1,2}|[Mm]{1,2})\.(\d{1,2}|[Dd]{1,2})`), "2006.01.02"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})/(\d{1,2}|[Mm]{1,2})/(\d{1,2}|[Dd]{1,2})`), "2006/01/02"},
	{regexp.MustCompile(`(^|\D)((19|20)\d{6}|[Yy]{4}[Mm]{2}[Dd]{2})($|\D)`), "20060102"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})-(\d{1,2}|[Mm]{1,2})`), "2006-01"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})\.(\d{1,2}|[Mm]{1,2})`), "2006.01"},
	{regexp.MustCompile(`(\d{4}|[Yy]{4})/(\d{1,2}|[Mm]{1,2})`), "2006/01"},
	{regexp.MustCompile(`(^|\D)((19|20)\d{4}|[Yy]{4}[Mm]{2})($|\D)`), "200601"},
}

// dateLayout finds in hints how dates are wanted; ok is false where nothing says so.
func dateLayout(hints []string) (layout string, ok bool) {
	for _, h := range hints {
		h = model.HalfWidth(h)
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

// styleOf says how values are written at a place of a form.
func (g *Grid) styleOf(row, col int, s *Source, hints []string, unit string) style {
	a := g.area(row, col)
	at := [2]int{a.Top, a.Left}
	st := style{options: g.options[at]}
	heading := ""
	if len(hints) > 0 {
		heading = hints[0]
	}
	st.wan = strings.Contains(heading, "万元") || strings.Contains(unit, "万元") && !strings.Contains(heading, "元")
	layout, ok := dateLayout(hints)
	switch {
	case ok:
		st.layout = layout
	case showsDate(g.format[at]):
	case strings.Contains(bare(heading), "年月") && !strings.Contains(heading, "日"):
		st.layout = "2006.01"
	default:
		st.layout = "2006-01-02"
	}
	if s.field != nil && s.field.Type == model.TypeMonth && st.layout != "" {
		st.layout = strings.NewReplacer("-02", "", ".02", "", "/02", "", "2日", "", "02日", "").Replace(st.layout)
	}
	return st
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
		if st.wan && s.field != nil && s.field.Type == model.TypeMoney {
			return v / 10_000
		}
		return v
	case int64:
		return v
	case string:
		return st.text(s, v)
	}
	return nil
}

// text writes a text; numbers that the program reckons (年龄) are numbers, a choice goes
// by the form's own list where it has one.
func (st *style) text(s *Source, v string) any {
	v = strings.ReplaceAll(v, ";", "、")
	switch {
	case v == "":
		return nil
	case s.get != nil:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return n
		}
	case s.field.Type == model.TypeMonth:
		if m, err := model.ParseMonth(v); err == nil && m != "" && st.layout != "" {
			return m.First().Time().Format(st.layout)
		}
	}
	return st.option(v)
}

// option gives the entry of the form's list that means the value, or the value where
// none or more than one does.
func (st *style) option(v string) string {
	found := ""
	for _, o := range st.options {
		if o == v {
			return v
		}
		if strings.HasPrefix(v, o) || strings.HasPrefix(o, v) || strings.HasSuffix(o, v) {
			if found != "" {
				return v
			}
			found = o
		}
	}
	if found != "" {
		return found
	}
	return v
}
