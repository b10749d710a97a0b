package count

// indicatorsBase are the figures of 基础工程. The sets stay (when one was a member: on the days from
// from_day to before until_day) and passage (the movements by which a membership began
// or ended) come from the persons on file with their movements taken back.
var indicatorsBase = []*Indicator{
	indicatorOrganisations,
	indicatorMembers,
	indicatorFiveGood,
	indicatorElections,
	indicatorTeam,
	indicatorPromoted,
	indicatorReserves,
	indicatorAdmissions,
	indicatorDues,
	indicatorAppraisals,
	indicatorBalance,
	indicatorCoverage,
}

// schoolings are 高中 and above, for SQL.
const schoolings = `('高中', '职高', '技校', '中专', '大专', '本科', '研究生')`

// indicatorMembers: the members at the day, away those of them who lived elsewhere then;
// what else is said of them is as on file now. The birthday counts: who turns 36 on the day is no longer 35, who turns 60 is 60.
var indicatorMembers = several(&Indicator{
	Code: "A02", Group: GroupBase, Title: "党员数",
	Figures: []Figure{
		{Key: "members", Past: Dated, Title: "党员", Unit: "人"},
		{Key: "probationary", Past: Dated, Title: "其中预备党员", Unit: "人", Of: "members"},
		{Key: "women", Past: Dated, Title: "其中女", Unit: "人", Of: "members"},
		{Key: "minority", Past: Dated, Title: "其中少数民族", Unit: "人", Of: "members"},
		{Key: "up_to_35", Past: Dated, Title: "其中35岁及以下", Unit: "人", Of: "members"},
		{Key: "from_60", Past: Dated, Title: "其中60岁以上", Unit: "人", Of: "members"},
		{Key: "secondary", Past: Undated, Title: "其中高中及以上学历", Unit: "人", Of: "members"},
		{Key: "away", Past: Dated, Title: "其中流动", Unit: "人", Of: "members"},
		{Key: "hardship", Past: Undated, Title: "其中困难", Unit: "人", Of: "members"},
		{Key: "not_able", Past: Undated, Title: "其中无劳动能力", Unit: "人", Of: "members"},
		{Key: "waiting", Past: Dated, Title: "另有待转接(原单位已撤销)", Unit: "人", Rare: true},
	},
	SQL: `
SELECT {members} | iif(m.status = '预备党员', {probationary}, 0) | iif(p.sex = '女', {women}, 0) | iif(p.ethnicity <> '汉族', {minority}, 0)
  | iif(p.birth_date > d.young, {up_to_35}, 0) | iif(p.birth_date <= d.old, {from_60}, 0) | iif(p.education IN ` + schoolings + `, {secondary}, 0)
  | iif(m.away = 1, {away}, 0) | iif(p.hardship = 1, {hardship}, 0) | iif(p.able_bodied = 0, {not_able}, 0),
  '', m.org_id, 'person', m.person_id, '', 1
FROM (SELECT date(:to, '-36 years', 'floor') AS young, date(:to, '-60 years', 'floor') AS old) d CROSS JOIN member m JOIN person p ON p.id = m.person_id
UNION ALL
SELECT {waiting}, '', org_id, 'person', person_id, '', 1 FROM waiting`,
})

// indicatorAdmissions: approved have approved_on in the year, here and not before the person
// came from elsewhere (brought.go). under_way are at the day,
// by the last step taken by then, those applied for and neither ended nor confirmed;
// activists are persons that are 入党积极分子 and 在册 now, by the talent on file.
var indicatorAdmissions = &Indicator{
	Code: "A08", Group: GroupBase, Title: "发展党员",
	Figures: []Figure{
		{Key: "approved", Past: Dated, Title: "当年发展", Unit: "人"},
		{Key: "both_leader", Past: Undated, Title: "其中双带型", Unit: "人", Of: "approved"},
		{Key: "private_owner", Past: Dated, Title: "其中私营业主", Unit: "人", Of: "approved"},
		{Key: "under_way", Past: Dated, Title: "培养中", Unit: "人", Split: true},
		{Key: "activists", Past: Undated, Title: "积极分子中的能人", Unit: "人", Split: true},
	},
	SQL: `
SELECT f.figure, '', a.org_id, 'admission', a.id, '', 1 FROM admission a
LEFT JOIN person p ON p.id = a.person
JOIN (SELECT 'approved' AS figure UNION ALL SELECT 'both_leader' UNION ALL SELECT 'private_owner') f ON CASE f.figure
  WHEN 'both_leader' THEN p.both_leader = 1
  WHEN 'private_owner' THEN a.source = '私营业主'
  ELSE 1 END
WHERE a.approved_on BETWEEN :from AND :to` + AdmittedHere + `
UNION ALL
SELECT 'under_way', CASE WHEN approved_on <= :to THEN '预备党员' WHEN candidate_on <= :to THEN '发展对象'
  WHEN activist_on <= :to THEN '积极分子' ELSE '申请人' END, org_id, 'admission', id, '', 1 FROM admission a
WHERE applied_on <= :to AND (ended_on IS NULL OR ended_on > :to)
  AND (confirm_approved_on IS NULL OR confirm_approved_on > :to)
  AND NOT (coalesce(confirm_result, '') = '取消资格' AND coalesce(confirm_voted_on, '9999') <= :to)` + notElsewhere("a", ":to") + `
UNION ALL
SELECT 'activists', talent, org_id, 'person', id, '', 1 FROM person
WHERE status = '入党积极分子' AND standing = '在册' AND talent IS NOT NULL`,
}

// indicatorDues: over the months from the year's first to that of the day. due are, for
// each month, the members at its last day (or the day) whose dues_basis is not 免交;
// paid are those of them with dues of that month paid at :to or before. due_money sums
// what they have to pay a month as on file now, paid_money what was paid. What a mobile
// member pays where he lives (流入地交) is paid, but is money neither due nor paid here.
// remitted has paid_on in the year.
var indicatorDues = &Indicator{
	Code: "A09", Group: GroupBase, Title: "党费收缴率",
	Figures: []Figure{
		{Key: "due", Past: AsToday, Title: "应缴", Unit: "人月", Count: Sum},
		{Key: "paid", Past: AsToday, Title: "已缴", Unit: "人月", Count: Sum, Of: "due", Goal: 100, Aim: "党费已缴"},
		{Key: "due_money", Past: AsToday, Title: "应缴金额", Unit: "元", Count: Sum},
		{Key: "paid_money", Past: AsToday, Title: "已缴金额", Unit: "元", Count: Sum, Of: "due_money", Goal: 100, Aim: "党费已缴金额"},
		{Key: "remitted", Past: Dated, Title: "上缴", Unit: "元", Count: Sum},
	},
	SQL: `
SELECT * FROM (
WITH RECURSIVE month(month, last) AS (
  SELECT :month_from, min(date(:month_from || '-01', '+1 month', '-1 day'), :to)
  UNION ALL
  SELECT substr(date(month || '-01', '+1 month'), 1, 7), min(date(month || '-01', '+2 months', '-1 day'), :to)
  FROM month WHERE month < :month_to),
whole(months, first_last) AS MATERIALIZED (SELECT count(*), min(last) FROM month),
-- In how many of the months, nearly always in all; and what was paid for these.
owed AS (
  SELECT s.org_id, s.person_id, p.monthly_dues, CASE
    WHEN s.from_day <= w.first_last AND (s.until_day IS NULL OR s.until_day > :to) THEN w.months
    ELSE (SELECT count(*) FROM month m WHERE s.from_day <= m.last AND (s.until_day IS NULL OR s.until_day > m.last)) END AS due,
    count(d.id) AS paid, sum(d.amount) FILTER (WHERE d.method IS NOT '流入地交') AS paid_money,
    count(*) FILTER (WHERE d.method = '流入地交') AS elsewhere
  FROM whole w CROSS JOIN stay s CROSS JOIN person p ON p.id = s.person_id AND coalesce(p.dues_basis, '') <> '免交'
  LEFT JOIN dues d ON d.org_id = s.org_id AND d.person = s.person_id AND d.month BETWEEN :month_from AND :month_to AND d.paid_on <= :to
    AND (s.from_day <= w.first_last AND (s.until_day IS NULL OR s.until_day > :to)
      OR EXISTS (SELECT 1 FROM month m WHERE m.month = d.month AND s.from_day <= m.last AND (s.until_day IS NULL OR s.until_day > m.last)))
  GROUP BY s.person_id, s.from_day)
SELECT f.figure, '', o.org_id, 'person', o.person_id, '', CASE f.figure
  WHEN 'due' THEN o.due WHEN 'paid' THEN o.paid WHEN 'due_money' THEN (o.due - o.elsewhere) * o.monthly_dues ELSE o.paid_money END
FROM owed o CROSS JOIN (SELECT 'due' AS figure UNION ALL SELECT 'paid' UNION ALL SELECT 'due_money' UNION ALL SELECT 'paid_money') f WHERE CASE f.figure
  WHEN 'due' THEN o.due > 0 WHEN 'paid' THEN o.paid > 0 WHEN 'due_money' THEN (o.due - o.elsewhere) * o.monthly_dues <> 0 ELSE o.paid_money <> 0 END
UNION ALL
SELECT 'remitted', '', org_id, 'remittance', id, '', amount FROM remittance WHERE paid_on BETWEEN :from AND :to)`,
}

// indicatorAppraisals: the appraisals of the year, held here by the day, by grade; members
// are those at the day.
var indicatorAppraisals = &Indicator{
	Code: "A10", Group: GroupBase, Title: "民主评议",
	Figures: []Figure{
		{Key: "members", Past: Dated, Title: "党员", Unit: "人"},
		{Key: "appraised", Past: Dated, Title: "评议", Unit: "人", Split: true, Of: "members"},
	},
	SQL: `
SELECT 'members', '', org_id, 'person', person_id, '', 1 FROM member
UNION ALL
SELECT 'appraised', grade, org_id, 'appraisal', id, '', 1 FROM appraisal
WHERE year = CAST(substr(:to, 1, 4) AS INTEGER) AND (held_on IS NULL OR held_on <= :to)`,
}
