package count

import (
	"slices"
	"strings"
)

// indicatorBalance is Table 1 of domain.md §8.2 twice, for the month and for the year to
// the day, from the movements alone: what months were closed at is in the balance of the
// village's own report. formulas are the differences of the six formulas by their rule;
// where all hold there is none. within_in and within_out are a county's alone: transfers of
// which it knows both sides (within.go).
var indicatorBalance = several(&Indicator{
	Code: "A11", Group: GroupBase, Title: "党员增减平衡",
	Figures: slices.Concat(balanceFigures("month_", "本月", "上月底总数"), balanceFigures("year_", "本年", "上年底总数")),
	SQL:     balanceSQL,
})

func balanceFigures(prefix, span, opening string) []Figure {
	figures := []Figure{
		{Key: "opening", Past: Dated, Title: opening},
		{Key: "added", Past: Dated, Title: span + "增加"},
		{Key: "developed", Past: Dated, Title: span + "发展党员"},
		{Key: "restored", Past: Dated, Title: span + "恢复党籍"},
		{Key: "moved_in", Past: Dated, Title: span + "转入组织关系"},
		{Key: "whole_in", Past: Dated, Title: span + "整建制转入"},
		{Key: "removed", Past: Dated, Title: span + "减少"},
		{Key: "expelled", Past: Dated, Title: span + "出党"},
		{Key: "stopped", Past: Dated, Title: span + "停止党籍"},
		{Key: "died", Past: Dated, Title: span + "死亡"},
		{Key: "moved_out", Past: Dated, Title: span + "转出组织关系"},
		{Key: "whole_out", Past: Dated, Title: span + "整建制转出"},
		{Key: "expected", Past: Dated, Title: span + "底应有数", Count: Sum},
		{Key: "closing", Past: Dated, Title: span + "底实有数"},
		{Key: "difference", Past: Dated, Title: span + "实有数与应有数之差", Count: Sum},
		{Key: "within_in", Past: Dated, Title: span + "县内转入(不算增加)"},
		{Key: "within_out", Past: Dated, Title: span + "县内转出(不算减少)"},
		{Key: "formulas", Past: Dated, Title: span + "公式差额", Count: Sum, Split: true},
	}
	for i := range figures {
		figures[i].Key, figures[i].Unit = prefix+figures[i].Key, "人"
	}
	return figures
}

// balanceLine gives the lines in which a movement m counts, and in which a whole unit's.
func balanceLine(pre string) string {
	return strings.ReplaceAll(`CASE m.kind WHEN '期初在册' THEN {@opening}
  WHEN '接收预备党员' THEN {@developed} | {@added} WHEN '恢复党籍' THEN {@restored} | {@added}
  WHEN '转入' THEN {@moved_in} | {@added} | iif(m.whole = 1, {@whole_in}, 0)
  WHEN '停止党籍' THEN {@stopped} | {@removed} WHEN '去世' THEN {@died} | {@removed}
  WHEN '转出' THEN {@moved_out} | {@removed} | iif(m.whole = 1, {@whole_out}, 0)
  ELSE {@expelled} | {@removed} END`, "@", pre)
}

var balanceSQL = `
SELECT * FROM (
WITH span(year, month) AS (SELECT :from, iif(:month = '', NULL, :month || '-01')),
-- Each movement with what it is of in either span: begun before it and not ended until
-- then, or happened in it.
moved AS (
  SELECT p.person_id, p.org_id, p.move_id, p.enters, p.kind, p.whole,
    p.enters = 1 AND p.day < s.year AND (p.next_day IS NULL OR p.next_day >= s.year) AS year_eve, p.day BETWEEN s.year AND :to AS in_year,
    p.enters = 1 AND p.day < s.month AND (p.next_day IS NULL OR p.next_day >= s.month) AS month_eve, p.day BETWEEN s.month AND :to AS in_month
  FROM passage p CROSS JOIN span s)
-- Who was a member on the eve, and who is to be one by what happened since: who came in a
-- span was none on its eve.
SELECT iif(year_eve, {year_opening} | {year_expected}, iif(in_year, {year_expected}, 0)) | iif(month_eve, {month_opening} | {month_expected}, iif(in_month, {month_expected}, 0)),
  '', org_id, 'person', person_id, '', iif(enters = 1, 1, -1)
FROM moved WHERE year_eve OR month_eve OR in_year OR in_month
UNION ALL
SELECT iif(in_year, ` + balanceLine("year_") + `, 0)
  | iif(in_month, ` + balanceLine("month_") + `, 0),
  '', org_id, 'movement', move_id, '', 1
FROM moved m WHERE in_year OR in_month
UNION ALL
SELECT iif(:month = '', {year_closing}, {year_closing} | {month_closing}), '', org_id, 'person', person_id, '', 1 FROM (
  SELECT person_id, org_id FROM stay WHERE from_day <= :to AND (until_day IS NULL OR until_day > :to)
  UNION ALL
  SELECT person_id, org_id FROM waiting)
UNION ALL
SELECT iif(span = 'year', {year_difference}, {month_difference}), '', org_id, 'person', person_id, '', n FROM gap
UNION ALL
-- Of the formulas 1 = 3+4+5, 7 = 8+9+10+11 and 13 = 1+2−7 count the same movements on both
-- sides, and 5 ≥ 6 and 11 ≥ 12 hold since whole units are some of them; what can fail is 15.
SELECT iif(span = 'year', {year_formulas}, {month_formulas}), 'E-STAT-06', org_id, 'organization', org_id, '', sum(n) FROM gap GROUP BY span, org_id HAVING sum(n) <> 0)`
