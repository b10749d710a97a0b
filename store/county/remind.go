package county

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/sheet"
)

// Reminder is the sheet to print for those who have not reported (催报单): by
// township, each with its phone. who is the county's name.
func (r Report) Reminder(who string, today model.Date) sheet.Grid {
	g := sheet.Grid{Title: who + " " + r.Month.Chinese() + "催报单", Name: "催报单", Subtitle: today.Chinese(),
		Columns: []string{"乡镇", "单位", "联系电话", "月份", "截止日期", "情况", "催报记录"}}
	for _, u := range r.Wanted() {
		g.Rows = append(g.Rows, []any{u.Township, u.Name, u.Phone, r.Month.Chinese(), r.Deadline.Chinese(), u.Plight(), ""})
	}
	return g
}

// Sum says how many must report and have, and how many are not asked.
func (t *TownshipReport) Sum() string {
	text := fmt.Sprintf("应报 %d,实报 %d", t.Due, t.In)
	if t.NotBegun > 0 {
		text += fmt.Sprintf(",未建账 %d", t.NotBegun)
	}
	if t.Retired > 0 {
		text += fmt.Sprintf(",已撤销 %d", t.Retired)
	}
	return text
}

// Plight says in a few words how a unit stands and why.
func (u *UnitReport) Plight() string {
	text := u.State
	if u.Overdue {
		text += ",已逾期"
	}
	if n := len(u.Refusals); u.Waiting != "" {
		text += ":" + u.Waiting
	} else if n > 0 {
		text += ":" + u.Refusals[n-1].Reason
	}
	return model.Clean(text, false)
}

// Sheet is the whole report as a table, one unit a line.
func (r Report) Sheet(who string, today model.Date) sheet.Grid {
	g := sheet.Grid{Title: fmt.Sprintf("%s %s报送情况", who, r.Month.Chinese()), Name: "报送情况",
		Subtitle: fmt.Sprintf("截止 %s   %s   %s", r.Deadline.Chinese(), r.All.Sum(), today.Chinese()),
		Columns:  []string{"乡镇", "代码", "单位", "联系电话", "状态", "收到日期", "序号", "问题", "最近月份", "缺号", "密钥校验数字", "说明"}}
	for i := range r.Units {
		u := &r.Units[i]
		g.Rows = append(g.Rows, []any{u.Township, u.Code, u.Name, u.Phone, u.State, string(localDay(u.Received)), number(u.Sequence),
			int64(u.Problems), string(u.Newest), u.Gaps, u.Digits, u.Notes()})
	}
	return g
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// Notes says what else is to be known of a unit, "" for nothing.
func (u *UnitReport) Notes() string {
	var parts []string
	add := func(when bool, text string) {
		if when {
			parts = append(parts, text)
		}
	}
	add(!u.OnList && !u.Due && u.State != NotBegun && u.State != Gone, "不在单位名单里")
	add(u.RetiredOn != "", "自"+u.RetiredOn.Chinese()+"起撤销")
	add(u.FirstSeen, "首次报送")
	add(u.KeyChanged, "密钥变了")
	add(u.SetAside > 0, fmt.Sprintf("%d 条没有收入", u.SetAside))
	if u.Waiting != "" {
		parts = append(parts, "待核实:"+model.Clean(u.Waiting, false))
	}
	if n := len(u.Refusals); n > 0 {
		parts = append(parts, "被退回:"+model.Clean(u.Refusals[n-1].Reason, false))
	}
	add(u.Overdue, "已逾期")
	return strings.Join(parts, ";")
}
