package count

import "slices"

// The pictures of 统计 are indicators of their own: no line of the summary, but counted
// and looked behind in the same way, so that a picture never says other than the records
// behind it.

// GroupPicture is the group of the pictures' indicators.
const GroupPicture = "统计图"

// Pictures gives the indicators that are drawn and stand in no summary.
func Pictures() []*Indicator { return slices.Clone(pictures) }

var pictures = []*Indicator{PictureAges, PictureDues, PictureAttendance}

// AgeUnknown is the part of members whose birth date is not on file.
const AgeUnknown = "不详"

// PictureAges: the members at the day by sex and by ten years of age; a part is the first
// age of its ten years ("30"), or AgeUnknown. The birthday counts. Who has no sex on file
// counts among neither.
var PictureAges = &Indicator{
	Code: "P01", Group: GroupPicture, Title: "党员年龄",
	Figures: []Figure{
		{Key: "men", Past: Dated, Title: "男", Unit: "人", Split: true},
		{Key: "women", Past: Dated, Title: "女", Unit: "人", Split: true},
	},
	SQL: `
SELECT CASE p.sex WHEN '男' THEN 'men' ELSE 'women' END,
  CASE WHEN p.birth_date IS NULL THEN '` + AgeUnknown + `' ELSE
    CAST((CAST(replace(:to, '-', '') AS INTEGER) - CAST(replace(p.birth_date, '-', '') AS INTEGER)) / 100000 * 10 AS TEXT) END,
  m.org_id, 'person', m.person_id, '', 1
FROM member m JOIN person p ON p.id = m.person_id WHERE p.sex IN ('男', '女')`,
}

// PictureDues: month by month what A09 gives for all of them, by the same rules: who has
// to pay is a member at the month's last day, or on the day, and not 免交; paid are those
// with dues of the month paid at :to or before. Money that a mobile member pays where he
// lives (流入地交) is neither due nor paid here. A part is the month, YYYY-MM.
var PictureDues = &Indicator{
	Code: "P02", Group: GroupPicture, Title: "各月党费",
	Figures: []Figure{
		{Key: "due", Past: AsToday, Title: "应交", Unit: "人", Split: true},
		{Key: "paid", Past: AsToday, Title: "已交", Unit: "人", Split: true},
		{Key: "due_money", Past: AsToday, Title: "应交金额", Unit: "元", Count: Sum, Split: true},
		{Key: "paid_money", Past: AsToday, Title: "已交金额", Unit: "元", Count: Sum, Split: true},
	},
	SQL: `
SELECT * FROM (
WITH RECURSIVE month(month, last) AS (
  SELECT :month_from, min(date(:month_from || '-01', '+1 month', '-1 day'), :to)
  UNION ALL
  SELECT substr(date(month || '-01', '+1 month'), 1, 7), min(date(month || '-01', '+2 months', '-1 day'), :to)
  FROM month WHERE month < :month_to),
owed AS MATERIALIZED (
  SELECT m.month, s.org_id, s.person_id, p.monthly_dues, d.id AS dues, d.amount, d.method IS '流入地交' AS elsewhere
  FROM month m CROSS JOIN stay s ON s.from_day <= m.last AND (s.until_day IS NULL OR s.until_day > m.last)
  JOIN person p ON p.id = s.person_id AND coalesce(p.dues_basis, '') <> '免交'
  LEFT JOIN dues d ON d.org_id = s.org_id AND d.person = s.person_id AND d.month = m.month AND d.paid_on <= :to)
SELECT f.figure, o.month, o.org_id, 'person', o.person_id, '', CASE f.figure
  WHEN 'due_money' THEN o.monthly_dues WHEN 'paid_money' THEN o.amount ELSE 1 END
FROM owed o JOIN (SELECT 'due' AS figure UNION ALL SELECT 'paid' UNION ALL SELECT 'due_money' UNION ALL SELECT 'paid_money') f ON CASE f.figure
  WHEN 'paid' THEN o.dues IS NOT NULL
  WHEN 'due_money' THEN o.monthly_dues <> 0 AND NOT o.elsewhere
  WHEN 'paid_money' THEN o.dues IS NOT NULL AND o.amount <> 0 AND NOT o.elsewhere
  ELSE 1 END)`,
}

// PictureAttendance: the activities between :from and :to whose attendance was written
// down, by month (YYYY-MM): held are the activities, due all marks of their rolls,
// present those of 到会. An activity without a roll says nothing of who came.
var PictureAttendance = &Indicator{
	Code: "P03", Group: GroupPicture, Title: "各月到会",
	Figures: []Figure{
		{Key: "held", Past: Dated, Title: "活动", Unit: "次", Split: true},
		{Key: "due", Past: Dated, Title: "应到", Unit: "人次", Count: Sum, Split: true},
		{Key: "present", Past: Dated, Title: "实到", Unit: "人次", Count: Sum, Split: true},
	},
	SQL: `
SELECT * FROM (
WITH kept(id, org_id, month, due, present) AS MATERIALIZED (
  SELECT a.id, a.org_id, substr(a.held_on, 1, 7), count(*), count(*) FILTER (WHERE r.state = '到会')
  FROM activity a JOIN activity_attendance r ON r.record_id = a.id
  WHERE a.held_on BETWEEN :from AND :to GROUP BY a.id)
SELECT 'held', month, org_id, 'activity', id, '', 1 FROM kept
UNION ALL
SELECT 'due', month, org_id, 'activity', id, '', due FROM kept
UNION ALL
SELECT 'present', month, org_id, 'activity', id, '', present FROM kept WHERE present > 0)`,
}

// PictureUndertakings is the indicator whose figure undertakings, by industry, is drawn.
var PictureUndertakings = indicatorUndertakings
