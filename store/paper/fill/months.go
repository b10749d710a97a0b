package fill

import (
	"fmt"
	"math"
	"strings"
	"taizhang/model"
)

// This file reads a year of months across: 1月 … 12月 over what a person paid in each.

var (
	monthHead  = model.NewPattern(`^(?:((?:19|20)\d{2})年)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?$`)
	monthDigit = model.NewPattern(`^(1[0-2]|0?[1-9])$`)
	monthsOver = model.NewPattern(`月份|各月|按月|月度|逐月|\d月.\d+月`)
	paidHead   = model.NewPattern(`^(金额|实缴|实交|缴纳|交纳|已缴|已交|缴费|交费|党费|实缴金额|实交金额|缴纳金额|交纳金额|缴费金额|元)$`)
	yearSum    = model.NewPattern(`^(合计|小计|总计|累计|全年|全年合计|年度合计|合计金额|实缴合计|实交合计|全年实缴|全年实交|缴纳合计|年合计|全年缴纳|已缴合计|已交合计|实缴总额|合计实缴)$`)
	aboutDues  = model.NewPattern(`党费`)
)

// look takes in what a sheet is about before its headings are read.
func (w *words) look(g *Grid) {
	w.found = map[string]*Source{}
	w.dues = w.kind.Name == mainKind && aboutDues.MatchString(dropSpaces.Replace(g.Name+g.lines(0, min(g.rows, 12))))
}

var numerals = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

// monthly gives what was paid in the month of a heading, nil where it is no month or the
// sheet isn't about dues.
func (w *words) monthly(h *heading) *Source {
	if !w.dues {
		return nil
	}
	for i, text := range h.chain {
		year, month := monthIn(bare(text), h.chain[:i])
		if month == 0 || i < len(h.chain)-1 && !paidHead.MatchString(bare(h.leaf())) || i < len(h.chain)-2 {
			continue
		}
		return duesIn(year, month)
	}
	return nil
}

func monthIn(t string, groups []string) (year, month int) {
	if m := monthHead.FindStringSubmatch(t); m != nil {
		if n, ok := numerals[m[2]]; ok {
			return atoi(m[1]), n
		}
		return atoi(m[1]), atoi(m[2])
	}
	if monthDigit.MatchString(t) && len(groups) > 0 && monthsOver.MatchString(bare(groups[len(groups)-1])) {
		return 0, atoi(t)
	}
	return 0, 0
}

var duesName = model.NewPattern(`^dues\((?:(\d{4})-)?(\d{2})\)$`)

// sumMonths binds the column of sums beside those of months: to what was paid in them.
func (t *table) sumMonths() {
	var months []string
	for _, c := range t.columns {
		if c.source != nil && duesName.MatchString(c.source.Name) {
			months = append(months, c.source.Name)
		}
	}
	if len(months) < 2 {
		return
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.source != nil || !yearSum.MatchString(bare(strings.Join(c.heading.chain, ""))) && !yearSum.MatchString(bare(c.heading.leaf())) {
			continue
		}
		if len(months) == 12 {
			m := duesName.FindStringSubmatch(months[0])
			c.source = duesIn(atoi(m[1]), 0)
		} else {
			c.source = duesOver(months)
		}
	}
}

// duesOver is what was paid in some months, in yuan.
func duesOver(months []string) *Source {
	parts := make([]*Source, len(months))
	for i, name := range months {
		m := duesName.FindStringSubmatch(name)
		parts[i] = duesIn(atoi(m[1]), atoi(m[2]))
	}
	name := fmt.Sprintf("dues(%s…%s)", strings.Trim(strings.TrimPrefix(months[0], "dues"), "()"), strings.Trim(strings.TrimPrefix(months[len(months)-1], "dues"), "()"))
	return &Source{Name: name, Label: "这几个月缴纳的党费", field: paidField, get: func(r *reading, p *model.Record) any {
		var sum float64
		some := false
		for _, s := range parts {
			if v, ok := s.get(r, p).(float64); ok {
				sum, some = sum+v, true
			}
		}
		if !some {
			return nil
		}
		return math.Round(sum*100) / 100
	}}
}
