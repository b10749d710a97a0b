package county_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/store/county"
	"taizhang/store/paper/page"
)

// whole tells that every word of a text stands on a page, in rows that are high enough:
// nothing is cut and nothing goes over the next cell.
func whole(t *testing.T, s page.Sheet, words ...string) *page.Page {
	t.Helper()
	p := page.Lay(s)
	for i, r := range p.Rows {
		for _, c := range r.Cells {
			text, ok := c.Value.(string)
			if !ok || c.Down > 1 {
				continue
			}
			const mm = 25.4 / 72
			cells := 0
			for _, sign := range text {
				cells++
				if sign > 0x2E7F {
					cells++
				}
			}
			room := (c.To - c.From) / (c.Look.Size / 2 * mm)
			if lines := float64(cells) / room; lines*c.Look.Size > r.Height {
				t.Errorf("row %d: %q takes %.1f lines in %v points", i+1, text, lines, r.Height)
			}
		}
	}
	if p.Width > 273 || len(p.Breaks) > 0 {
		t.Errorf("%s is %v mm wide, broken at %v", s.Name, p.Width, p.Breaks)
	}
	drawn := strings.Map(func(r rune) rune {
		if strings.ContainsRune("│ ", r) {
			return -1
		}
		return r
	}, strings.Join(p.Lines(), ""))
	for _, w := range words {
		if !strings.Contains(drawn, w) {
			t.Errorf("%s: no %q in\n%s", s.Name, w, strings.Join(p.Lines(), "\n"))
		}
	}
	return p
}

// report is that of two townships: one unit has not reported, another's bundle was
// refused for a long reason.
func report() county.Report {
	reason := "签名的密钥与以前的不同,可能换了电脑,也可能是别人冒用;请打电话核对八位校验数字以后,用 county trust 认可"
	units := []county.UnitReport{
		{Code: "990101101201", Name: "中共澄安县云溪镇石桥村支部委员会", Township: "云溪镇", Phone: "10012345678", OnList: true, Due: true, State: county.Reported, Received: "2026-10-31T09:00:00Z", Sequence: 3, Newest: "2026-10", Digits: "1234 5678"},
		{Code: "990101101202", Name: "中共澄安县云溪镇柳湾村支部委员会", Township: "云溪镇", Phone: "10012345679", OnList: true, Due: true, State: county.Missing, Overdue: true},
		{Code: "990101102201", Name: "中共澄安县柳河镇东荷庄村总支部委员会", Township: "柳河镇", Phone: "10012345670", OnList: true, Due: true, State: county.Rejected,
			Refusals: []county.Refusal{{Code: "E-KEY-CHANGED", Reason: reason}}},
	}
	states := func(in, missing, refused int) map[string]int {
		return map[string]int{county.Reported: in, county.Missing: missing, county.Rejected: refused}
	}
	return county.Report{Month: "2026-10", Deadline: "2026-11-05", Listed: true, Units: units,
		Towns: []county.TownshipReport{{Township: "云溪镇", Due: 2, In: 1, States: states(1, 1, 0)}, {Township: "柳河镇", Due: 1, States: states(0, 0, 1)}},
		All:   county.TownshipReport{Due: 3, In: 1, States: states(1, 1, 1)}}
}

// TestStatusSheets: the townships add up, long reasons are wrapped, phones make the sheet
// 内部资料, and the reminder leaves room to write.
func TestStatusSheets(t *testing.T) {
	t.Parallel()
	r := report()
	sheets := r.Sheets("澄安县委组织部", "澄安县", "2026-11-20")
	towns := whole(t, sheets[0], "云溪镇", "柳河镇", "合计", "制表人:")
	sums := map[string]any{}
	var heads []string
	for _, row := range towns.Rows {
		for i, c := range row.Cells {
			if row.Repeat {
				heads = append(heads, fmt.Sprint(c.Value))
			}
			if c.Sum != nil {
				sums[heads[i]] = c.Value
				if c.Sum.Above != 2 {
					t.Errorf("%s adds up %d rows", heads[i], c.Sum.Above)
				}
			}
		}
	}
	if fmt.Sprint(sums["应报"], sums["实报"], sums["未报"], sums["拒收"], sums["已报"]) != "3 1 1 1 1" {
		t.Errorf("sums %v", sums)
	}
	units := whole(t, sheets[1], "石桥村支部委员会", "10012345678", "990101101201", "1234", "2026-10-31", "被退回:")
	if !units.Inside || towns.Inside {
		t.Error("phones without 内部资料")
	}
	s := r.ReminderSheet("澄安县委组织部", "澄安县", "2026-11-20")
	p := whole(t, s, "2026年10月催报单", "没有报的2个单位", "柳湾村支部委员会", "10012345679", "未报,已逾期", "审核人:")
	if !p.Inside || strings.Contains(strings.Join(p.Lines(), ""), "石桥村") {
		t.Error("the reminder is not of those who have not reported")
	}
	for _, row := range p.Rows {
		for _, c := range row.Cells {
			if c.Look.Box && row.Height < 18 {
				t.Errorf("no room to write beside %v", c.Value)
			}
		}
	}
}

// TestCrossSheet: what the record books say differently, by sort, wrapped.
func TestCrossSheet(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("云溪镇石桥村党支部的章一和柳河镇东荷庄村党总支的章一,身份证号相同,", 4) + "都在册"
	side := func(town, org string) county.CrossSide {
		return county.CrossSide{Township: town, Org: org, Person: "章一"}
	}
	found := []county.CrossFinding{
		{Code: county.CrossTwice, Text: text, Sides: []county.CrossSide{side("云溪镇", "石桥村党支部"), side("柳河镇", "柳河镇东荷庄村党总支")}},
		{Code: county.CrossOut, Text: "转出以后没有转入", Day: "2026-06-01", Sides: []county.CrossSide{side("云溪镇", "石桥村党支部"), side("", "")}},
	}
	p := whole(t, county.CrossSheet("澄安县委组织部", "2026-11-20", found, "查不出身份证号相同的"), "重复在册", "转出未转入", "云溪镇石桥村党支部", "共2条", "查不出身份证号相同的", "制表人:")
	if text := strings.Join(p.Lines(), ""); strings.Contains(text, "柳河镇 柳河镇") {
		t.Error("a township is named twice")
	}
}

// TestSlipSheet: the slip names each bundle's unit, and what has to be put right.
func TestSlipSheet(t *testing.T) {
	o := newOffice(t)
	v := o.village(t, "990101101201", 100)
	v.person(t, "张三")
	handled := []county.Intake{o.one(t, v.export(t).Path)}
	s, err := county.SlipSheet(ctx, o.l, handled)
	must(t, err)
	g, err := county.Slip(ctx, o.l, handled)
	must(t, err)
	p := whole(t, s, "报送回执单", "经办人:", strings.ReplaceAll(fmt.Sprint(g.Rows[0][4]), " ", ""))
	lines := 0
	for _, r := range p.Rows {
		if len(r.Cells) > 2 && r.Cells[0].Look.Box && !r.Repeat {
			lines++
		}
	}
	if lines != len(g.Rows) {
		t.Errorf("%d lines for %d", lines, len(g.Rows))
	}
}
