package count

import "slices"

// indicatorBalance is Table 1 of domain.md §8.2 twice, for the month and for the year to
// the day, from the movements alone: what months were closed at is in the balance of the
// village's own report. formulas are the differences of the six formulas by their rule;
// where all hold there is none. within_in and within_out are a county's alone: transfers of
// which it knows both sides (within.go).
var indicatorBalance = &Indicator{
	Code: "A11", Group: GroupBase, Title: "党员增减平衡",
	Figures: slices.Concat(balanceFigures("month_", "本月", "上月底总数"), balanceFigures("year_", "本年", "上年底总数")),
	SQL:     balanceSQL,
}

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

const balanceSQL = `
SELECT * FROM (
WITH span(pre, first, last) AS (
  SELECT 'year_', :from, :to
  UNION ALL
  SELECT 'month_', :month || '-01', :to WHERE :month <> ''),
-- Who was a member on the eve, and what happened since.
opened AS (
  SELECT s.pre, p.person_id, p.org_id FROM passage p
  JOIN span s ON p.day < s.first AND (p.next_day IS NULL OR p.next_day >= s.first)
  WHERE p.enters = 1),
happened AS (
  SELECT s.pre, p.person_id, p.org_id, p.move_id, p.enters, p.whole, p.kind, CASE
    WHEN p.kind = '期初在册' THEN 'opening' WHEN p.kind = '接收预备党员' THEN 'developed'
    WHEN p.kind = '恢复党籍' THEN 'restored' WHEN p.kind = '转入' THEN 'moved_in'
    WHEN p.kind = '停止党籍' THEN 'stopped' WHEN p.kind = '去世' THEN 'died'
    WHEN p.kind = '转出' THEN 'moved_out' ELSE 'expelled' END AS line
  FROM passage p JOIN span s ON p.day BETWEEN s.first AND s.last),
closed AS (
  SELECT s.pre, t.person_id, t.org_id FROM stay t
  JOIN span s ON t.from_day <= s.last AND (t.until_day IS NULL OR t.until_day > s.last)
  UNION ALL
  SELECT s.pre, w.person_id, w.org_id FROM waiting w CROSS JOIN span s),
-- Who is a member without having come by a movement, or the other way round: few. Each
-- person is looked at once for each span.
gap AS MATERIALIZED (
  SELECT pre, org_id, person_id, sum(n) AS n FROM (
    SELECT pre, org_id, person_id, 1 AS n FROM closed
    UNION ALL
    SELECT pre, org_id, person_id, -1 FROM opened
    UNION ALL
    SELECT pre, org_id, person_id, CASE enters WHEN 1 THEN -1 ELSE 1 END FROM happened)
  GROUP BY pre, person_id, org_id HAVING sum(n) <> 0)
SELECT pre || CASE f.line WHEN 0 THEN 'opening' ELSE 'expected' END, '', org_id, 'person', person_id, '', 1
FROM opened, (SELECT 0 AS line UNION ALL SELECT 1) f
UNION ALL
SELECT pre || line, '', org_id, 'movement', move_id, '', 1 FROM happened
UNION ALL
SELECT pre || CASE enters WHEN 1 THEN 'added' ELSE 'removed' END, '', org_id, 'movement', move_id, '', 1 FROM happened WHERE line <> 'opening'
UNION ALL
SELECT pre || CASE line WHEN 'moved_in' THEN 'whole_in' ELSE 'whole_out' END, '', org_id, 'movement', move_id, '', 1 FROM happened
WHERE whole = 1 AND line IN ('moved_in', 'moved_out')
UNION ALL
SELECT pre || 'expected', '', org_id, 'person', person_id, '', CASE enters WHEN 1 THEN 1 ELSE -1 END FROM happened
UNION ALL
SELECT pre || 'closing', '', org_id, 'person', person_id, '', 1 FROM closed
UNION ALL
SELECT pre || 'difference', '', org_id, 'person', person_id, '', n FROM gap
UNION ALL
-- Of the formulas 1 = 3+4+5, 7 = 8+9+10+11 and 13 = 1+2−7 count the same movements on both
-- sides, and 5 ≥ 6 and 11 ≥ 12 hold since whole units are some of them; what can fail is 15.
SELECT pre || 'formulas', 'E-STAT-06', org_id, 'organization', org_id, '', sum(n) FROM gap GROUP BY pre, org_id HAVING sum(n) <> 0)`
