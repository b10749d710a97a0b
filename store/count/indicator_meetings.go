package count

// indicatorMeetings is 三会一课. Of each sort of meeting (支部党员大会, 支部委员会, 党小组会,
// 党课, 主题党日) there are three figures.
//
// held: the activities of the year, each once for its kind and once for each other
// sort in its counts_as (never twice for one).
//
// required: the number required in the periods that are wholly within :from to :to,
// quarters for 支部党员大会 and 党课, months for the others. For each organisation whose
// ledger it is (id = org_id), founded (founded_on empty or at the period's first day
// or before) and not abolished (abolished_on empty or after the period's last day),
// that has a member at :to: one a period. 支部委员会 is asked only of those with three
// or more (org.branch.committee.min) distinct persons holding, on the period's first
// day, a position of 党组织 as 书记, 副书记, 组织委员, 宣传委员, 纪检委员 or 委员. 党小组会 is
// asked of each organization of kind 党小组 that is founded and not abolished as above,
// and only those held_by it are its. How often is a limit: meeting.general.quarter,
// meeting.committee.month, meeting.group.month, meeting.lecture.year / 4 rounded up,
// meeting.theme.month, each 1.
//
// met: of the required those that were held: for each organisation and period the
// number held of its own (kept_as 本级主办, the day within the period), at most as
// many as required.
var indicatorMeetings = &Indicator{
	Code: "B03", Group: GroupJoint, Title: "三会一课",
	Figures: []Figure{
		{Key: "general_held", Past: Dated, Title: "支部党员大会", Unit: "次"},
		{Key: "general_required", Past: Dated, Title: "支部党员大会应开", Unit: "次", Count: Sum},
		{Key: "general_met", Past: Dated, Title: "支部党员大会按期开", Unit: "次", Count: Sum, Of: "general_required", Goal: 100},
		{Key: "committee_held", Past: Dated, Title: "支部委员会", Unit: "次"},
		{Key: "committee_required", Past: Dated, Title: "支部委员会应开", Unit: "次", Count: Sum},
		{Key: "committee_met", Past: Dated, Title: "支部委员会按期开", Unit: "次", Count: Sum, Of: "committee_required", Goal: 100},
		{Key: "group_held", Past: Dated, Title: "党小组会", Unit: "次"},
		{Key: "group_required", Past: Dated, Title: "党小组会应开", Unit: "次", Count: Sum},
		{Key: "group_met", Past: Dated, Title: "党小组会按期开", Unit: "次", Count: Sum, Of: "group_required", Goal: 100},
		{Key: "lecture_held", Past: Dated, Title: "党课", Unit: "次"},
		{Key: "lecture_required", Past: Dated, Title: "党课应上", Unit: "次", Count: Sum},
		{Key: "lecture_met", Past: Dated, Title: "党课按期上", Unit: "次", Count: Sum, Of: "lecture_required", Goal: 100},
		{Key: "theme_held", Past: Dated, Title: "主题党日", Unit: "次"},
		{Key: "theme_required", Past: Dated, Title: "主题党日应办", Unit: "次", Count: Sum},
		{Key: "theme_met", Past: Dated, Title: "主题党日按期办", Unit: "次", Count: Sum, Of: "theme_required", Goal: 100},
	},
	SQL: meetingsSQL,
}

const meetingsSQL = `
SELECT * FROM (
WITH RECURSIVE
-- Each sort of meeting, its period in months and how many the period requires.
sort(figure, kind, every, least) AS (
  SELECT 'general', '支部党员大会', 3, value FROM limits WHERE name = 'meeting.general.quarter'
  UNION ALL SELECT 'committee', '支部委员会', 1, value FROM limits WHERE name = 'meeting.committee.month'
  UNION ALL SELECT 'group', '党小组会', 1, value FROM limits WHERE name = 'meeting.group.month'
  UNION ALL SELECT 'lecture', '党课', 3, (value + 3) / 4 FROM limits WHERE name = 'meeting.lecture.year'
  UNION ALL SELECT 'theme', '主题党日', 1, value FROM limits WHERE name = 'meeting.theme.month'),
month(first) AS (
  SELECT date(:from, 'start of month')
  UNION ALL SELECT date(first, '+1 month') FROM month WHERE date(first, '+1 month') <= :to),
period(every, first, last) AS MATERIALIZED (
  SELECT 1, first, date(first, '+1 month', '-1 day') FROM month
  WHERE first >= :from AND date(first, '+1 month', '-1 day') <= :to
  UNION ALL
  SELECT 3, first, date(first, '+3 months', '-1 day') FROM month
  WHERE first >= :from AND date(first, '+3 months', '-1 day') <= :to AND CAST(substr(first, 6, 2) AS INTEGER) % 3 = 1),
held(id, org_id, held_by, held_on, own, kind) AS MATERIALIZED (
  SELECT id, org_id, held_by, held_on, kept_as = '本级主办', kind FROM activity
  WHERE held_on BETWEEN :from AND :to AND kind IN (SELECT kind FROM sort)
  UNION
  SELECT a.id, a.org_id, a.held_by, a.held_on, a.kept_as = '本级主办', j.value FROM activity a, json_each(a.counts_as) j
  WHERE a.held_on BETWEEN :from AND :to AND a.counts_as IS NOT NULL AND j.value IN (SELECT kind FROM sort)),
-- Who has to hold what, in which period.
asked(figure, kind, id, org_id, least, first, last) AS MATERIALIZED (
  SELECT s.figure, s.kind, o.id, o.org_id, s.least, p.first, p.last
  FROM organization o, sort s, period p
  WHERE p.every = s.every AND s.least > 0
    AND (o.founded_on IS NULL OR o.founded_on <= p.first) AND (o.abolished_on IS NULL OR o.abolished_on > p.last)
    AND CASE s.figure
      WHEN 'group' THEN o.kind = '党小组'
      ELSE o.id = o.org_id AND o.id IN (SELECT org_id FROM member) END
    AND (s.figure <> 'committee' OR (
      SELECT count(DISTINCT t.person) FROM position t
      WHERE t.org_id = o.id AND t.body = '党组织' AND t.post IN ('书记', '副书记', '组织委员', '宣传委员', '纪检委员', '委员')
        AND t.started_on <= p.first AND (t.ended_on IS NULL OR t.ended_on > p.first))
      >= (SELECT value FROM limits WHERE name = 'org.branch.committee.min'))),
done(figure, holder, first, n) AS MATERIALIZED (
  SELECT s.figure, CASE s.figure WHEN 'group' THEN h.held_by ELSE h.org_id END, p.first, count(*)
  FROM held h JOIN sort s ON s.kind = h.kind JOIN period p ON p.every = s.every AND h.held_on BETWEEN p.first AND p.last
  WHERE h.own GROUP BY 1, 2, 3)
SELECT s.figure || '_held', '', h.org_id, 'activity', h.id, '', 1 FROM held h JOIN sort s ON s.kind = h.kind
UNION ALL
SELECT figure || '_required', '', org_id, 'organization', id, '', sum(least) FROM asked GROUP BY figure, id
UNION ALL
SELECT a.figure || '_met', '', a.org_id, 'organization', a.id, '', sum(min(d.n, a.least)) FROM asked a
JOIN done d ON d.figure = a.figure AND d.holder = a.id AND d.first = a.first GROUP BY a.figure, a.id)`
