package count

// The figures of 联创工程. "In the year" is from :from to :to, "at the day" is at
// :to; something that ended on the day is over. Of the kinds with kept_as the
// county's ledger gives only what is 本级主办; a village counts both and shows
// under received what it took part in or was given.
//
// The set limits(name, value, per) holds the limits in force on the day.
var indicatorsJoint = []*Indicator{
	indicatorGoals,
	indicatorJointMeetings,
	indicatorMeetings,
	indicatorLinkages,
	indicatorAid,
	indicatorVillagePairings,
	indicatorMemberPairings,
	indicatorAssessments,
	indicatorFieldMeetings,
	indicatorWeak,
	indicatorRegulations,
}

// indicatorGoals: due are all goals with due_on at :to or before, of any year and
// kind; done are those of them that are 已完成 with finished_on at :to or before.
var indicatorGoals = &Indicator{
	Code: "B01", Group: GroupJoint, Title: "目标责任完成率",
	Figures: []Figure{
		{Key: "due", Past: Dated, Title: "到期目标", Unit: "个"},
		{Key: "done", Past: Dated, Title: "已完成", Unit: "个", Of: "due"},
	},
	SQL: `
SELECT 'due', '', org_id, 'goal', id, '', 1 FROM goal WHERE due_on <= :to
UNION ALL
SELECT 'done', '', org_id, 'goal', id, '', 1 FROM goal WHERE due_on <= :to AND state = '已完成' AND finished_on <= :to`,
}

// indicatorJointMeetings: meetings are the activities of the year whose kind is
// 联席例会 or whose counts_as has it, of any organisation. asked are the
// organisations that have to hold them: the home organisation of a ledger (its id
// is its own org_id), not abolished at the day, that is the county's own (domain
// 机关, kind 党委; limit joint.county), a township's (domain 乡镇; joint.township) or a
// village's (domain 行政村 or 社区; joint.village), where that limit is not 0; by
// default only the county's. met are those of them that held joint.year (2) or more
// of their own (kept_as 本级主办).
var indicatorJointMeetings = &Indicator{
	Code: "B02", Group: GroupJoint, Title: "联席例会",
	Figures: []Figure{
		{Key: "meetings", Past: Dated, Title: "联席例会", Unit: "次"},
		{Key: "received", Past: Dated, Title: "其中参加", Unit: "次"},
		{Key: "asked", Past: Dated, Title: "应开的组织", Unit: "个"},
		{Key: "met", Past: Dated, Title: "开满两次的组织", Unit: "个", Of: "asked", Goal: 100, Every: true},
	},
	SQL: `
SELECT * FROM (
WITH held AS (
  SELECT id, org_id, kept_as FROM activity
  WHERE held_on BETWEEN :from AND :to
    AND (kind = '联席例会' OR EXISTS (SELECT 1 FROM json_each(activity.counts_as) WHERE value = '联席例会'))),
asked AS (
  SELECT o.id FROM organization o
  JOIN limits l ON l.value > 0 AND l.name = CASE
    WHEN o.domain = '机关' AND o.kind = '党委' THEN 'joint.county'
    WHEN o.domain = '乡镇' THEN 'joint.township'
    WHEN o.domain IN ('行政村', '社区') THEN 'joint.village' END
  WHERE o.id = o.org_id AND (o.abolished_on IS NULL OR o.abolished_on > :to))
SELECT 'meetings', '', org_id, 'activity', id, '', 1 FROM held
UNION ALL
SELECT 'received', '', org_id, 'activity', id, '', 1 FROM held WHERE kept_as = '参加或接受'
UNION ALL
SELECT 'asked', '', id, 'organization', id, '', 1 FROM asked
UNION ALL
SELECT 'met', '', a.id, 'organization', a.id, '', 1 FROM asked a
WHERE (SELECT count(*) FROM held h WHERE h.org_id = a.id AND h.kept_as = '本级主办')
   >= (SELECT value FROM limits WHERE name = 'joint.year'))`,
}

// indicatorMeetings is in indicator_meetings.go.

// indicatorLinkages: open are the linkages begun at :to or before and not ended
// then; heads are distinct by name and unit within a role. visits are those of the
// year of kind 挂联走访, or with a linkage named.
var indicatorLinkages = &Indicator{
	Code: "B04", Group: GroupJoint, Title: "挂联",
	Figures: []Figure{
		{Key: "open", Past: Dated, Title: "在联", Unit: "个", Split: true},
		{Key: "heads", Past: Dated, Title: "挂联主体", Unit: "个", Count: Heads, Split: true},
		{Key: "received", Past: Dated, Title: "在联中由上级登记", Unit: "个"},
		{Key: "visits", Past: Dated, Title: "当年走访", Unit: "次"},
	},
	SQL: `
SELECT f.figure, role, org_id, 'linkage', id, name || '|' || coalesce(unit, ''), 1
FROM linkage, (SELECT 'open' AS figure UNION ALL SELECT 'heads') f
WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to)
UNION ALL
SELECT 'received', '', org_id, 'linkage', id, '', 1 FROM linkage
WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to) AND kept_as = '参加或接受'
UNION ALL
SELECT 'visits', '', org_id, 'visit', id, '', 1 FROM visit
WHERE happened_on BETWEEN :from AND :to AND (kind = '挂联走访' OR linkage IS NOT NULL)`,
}

// indicatorAid: the aid with given_on in the year. items counts the records of all
// kinds; money sums the amounts of all kinds, the others those of one kind.
var indicatorAid = &Indicator{
	Code: "B05", Group: GroupJoint, Title: "帮扶资金",
	Figures: []Figure{
		{Key: "activity_money", Past: Dated, Title: "活动经费", Unit: "元", Count: Sum},
		{Key: "project_money", Past: Dated, Title: "办实事资金", Unit: "元", Count: Sum},
		{Key: "money", Past: Dated, Title: "全部", Unit: "元", Count: Sum},
		{Key: "received_money", Past: Dated, Title: "其中上级登记的", Unit: "元", Count: Sum},
		{Key: "items", Past: Dated, Title: "帮扶实事", Unit: "件"},
	},
	SQL: `
SELECT 'items', '', org_id, 'aid', id, '', 1 FROM aid WHERE given_on BETWEEN :from AND :to
UNION ALL
SELECT 'money', '', org_id, 'aid', id, '', amount FROM aid WHERE given_on BETWEEN :from AND :to AND amount <> 0
UNION ALL
SELECT 'received_money', '', org_id, 'aid', id, '', amount FROM aid
WHERE given_on BETWEEN :from AND :to AND amount <> 0 AND kept_as = '参加或接受'
UNION ALL
SELECT CASE kind WHEN '活动经费' THEN 'activity_money' ELSE 'project_money' END, '', org_id, 'aid', id, '', amount FROM aid
WHERE given_on BETWEEN :from AND :to AND amount <> 0 AND kind IN ('活动经费', '办实事资金')`,
}

// indicatorVillagePairings: of the kinds 部门帮村 and 企业帮村. open are the pairings
// begun at :to or before and not ended then; helpers are the distinct units of these
// by kind (helper_unit; where it is empty helper_name, else the record). in_poverty
// are the distinct villages (target_code; where it is empty helped_name, else the
// record) of the pairings with in_poverty begun at :to or before, ended or not;
// lifted are those of them with lifted_on at :to or before.
var indicatorVillagePairings = &Indicator{
	Code: "B06", Group: GroupJoint, Title: "村结对",
	Figures: []Figure{
		{Key: "open", Past: Dated, Title: "结对中", Unit: "对", Split: true},
		{Key: "helpers", Past: Dated, Title: "帮扶单位", Unit: "个", Count: Heads, Split: true},
		{Key: "received", Past: Dated, Title: "结对中由上级登记", Unit: "对"},
		{Key: "in_poverty", Past: Dated, Title: "贫困村", Unit: "个", Count: Heads},
		{Key: "lifted", Past: Dated, Title: "已脱贫", Unit: "个", Count: Heads, Of: "in_poverty"},
	},
	SQL: `
SELECT f.figure, kind, org_id, 'pairing', id, coalesce(helper_unit, helper_name, id), 1
FROM pairing, (SELECT 'open' AS figure UNION ALL SELECT 'helpers') f
WHERE kind IN ('部门帮村', '企业帮村') AND started_on <= :to AND (ended_on IS NULL OR ended_on > :to)
UNION ALL
SELECT 'received', '', org_id, 'pairing', id, '', 1 FROM pairing
WHERE kind IN ('部门帮村', '企业帮村') AND started_on <= :to AND (ended_on IS NULL OR ended_on > :to) AND kept_as = '参加或接受'
UNION ALL
SELECT f.figure, '', org_id, 'pairing', id, coalesce(target_code, helped_name, id), 1
FROM pairing, (SELECT 'in_poverty' AS figure UNION ALL SELECT 'lifted') f
WHERE kind IN ('部门帮村', '企业帮村') AND started_on <= :to AND in_poverty = 1
  AND (f.figure = 'in_poverty' OR lifted_on <= :to)`,
}

// indicatorMemberPairings: of the kinds 党员帮党员 and 党员帮群众, begun at :to or before
// and not ended then. A helper is a person on file, else distinct by helper_name and
// helper_unit (helper_unit alone where there is no name) in the organisation; a
// helped is a person on file, else distinct by helped_name (target_code where there
// is no name) in the organisation. Both are counted over the two kinds together.
var indicatorMemberPairings = &Indicator{
	Code: "B07", Group: GroupJoint, Title: "党员结对",
	Figures: []Figure{
		{Key: "pairs", Past: Dated, Title: "结对", Unit: "对", Split: true},
		{Key: "received", Past: Dated, Title: "其中由上级登记", Unit: "对"},
		{Key: "helpers", Past: Dated, Title: "帮扶人", Unit: "人", Count: Heads},
		{Key: "helped", Past: Dated, Title: "帮扶对象", Unit: "人", Count: Heads},
	},
	SQL: `
SELECT * FROM (
WITH open AS (
  SELECT * FROM pairing
  WHERE kind IN ('党员帮党员', '党员帮群众') AND started_on <= :to AND (ended_on IS NULL OR ended_on > :to))
SELECT 'pairs', kind, org_id, 'pairing', id, '', 1 FROM open
UNION ALL
SELECT 'received', '', org_id, 'pairing', id, '', 1 FROM open WHERE kept_as = '参加或接受'
UNION ALL
SELECT 'helpers', '', org_id, 'pairing', id,
  coalesce(helper, org_id || '|' || coalesce(helper_name, '') || '|' || coalesce(helper_unit, '')), 1 FROM open
UNION ALL
SELECT 'helped', '', org_id, 'pairing', id, coalesce(helped, org_id || '|' || coalesce(helped_name, target_code, '')), 1 FROM open)`,
}

// indicatorAssessments: the assessments whose year is that of :from to that of :to.
// A veto counts while the limit of its last year (assess.veto.…; 0 is none) is not
// before the assessment's year. passed have no such veto and a sum of the five
// scores, one of them given, of assess.pass (80) or more.
var indicatorAssessments = &Indicator{
	Code: "B08", Group: GroupJoint, Title: "五好考核",
	Figures: []Figure{
		{Key: "assessed", Past: Dated, Title: "考核", Unit: "次", Split: true},
		{Key: "passed", Past: Dated, Title: "达标", Unit: "次", Split: true, Of: "assessed", Every: true},
		{Key: "vetoed", Past: Dated, Title: "被一票否决", Unit: "次", Split: true, Of: "assessed"},
	},
	SQL: `
SELECT * FROM (
WITH judged AS (
  SELECT a.id, a.org_id, a.level,
    coalesce(a.leadership, a.team, a.mechanism, a.results, a.satisfaction) IS NOT NULL
      AND coalesce(a.leadership, 0) + coalesce(a.team, 0) + coalesce(a.mechanism, 0) + coalesce(a.results, 0) + coalesce(a.satisfaction, 0)
        >= (SELECT value FROM limits WHERE name = 'assess.pass') AS enough,
    EXISTS (
      SELECT 1 FROM json_each(a.vetoes) v
      LEFT JOIN limits l ON l.name = CASE v.value
        WHEN '综治' THEN 'assess.veto.order' WHEN '纪检监察' THEN 'assess.veto.discipline'
        WHEN '计生' THEN 'assess.veto.birth' WHEN '安全生产' THEN 'assess.veto.safety'
        WHEN '信访' THEN 'assess.veto.petition' WHEN '环保' THEN 'assess.veto.environment' END
      WHERE coalesce(l.value, 0) = 0 OR a.year <= l.value) AS vetoed
  FROM assessment a
  WHERE a.year BETWEEN CAST(substr(:from, 1, 4) AS INTEGER) AND CAST(substr(:to, 1, 4) AS INTEGER)
    AND (a.held_on IS NULL OR a.held_on <= :to))
SELECT 'assessed', level, org_id, 'assessment', id, '', 1 FROM judged
UNION ALL
SELECT 'passed', level, org_id, 'assessment', id, '', 1 FROM judged WHERE enough AND NOT vetoed
UNION ALL
SELECT 'vetoed', level, org_id, 'assessment', id, '', 1 FROM judged WHERE vetoed)`,
}

// indicatorFieldMeetings: the activities of the year whose kind is 现场会 or 现场观摩
// (counts_as is not looked at). attendances are their marks 到会; guests (列席人数) do
// not count.
var indicatorFieldMeetings = &Indicator{
	Code: "B09", Group: GroupJoint, Title: "现场会与观摩",
	Figures: []Figure{
		{Key: "meetings", Past: Dated, Title: "场次", Unit: "次", Split: true},
		{Key: "received", Past: Dated, Title: "其中参加", Unit: "次"},
		{Key: "attendances", Past: Dated, Title: "到会", Unit: "人次", Count: Sum, Split: true},
	},
	SQL: `
SELECT 'meetings', kind, org_id, 'activity', id, '', 1 FROM activity
WHERE kind IN ('现场会', '现场观摩') AND held_on BETWEEN :from AND :to
UNION ALL
SELECT 'received', '', org_id, 'activity', id, '', 1 FROM activity
WHERE kind IN ('现场会', '现场观摩') AND held_on BETWEEN :from AND :to AND kept_as = '参加或接受'
UNION ALL
SELECT 'attendances', a.kind, a.org_id, 'activity', a.id, '', count(*) FROM activity a
JOIN activity_attendance r ON r.record_id = a.id AND r.state = '到会'
WHERE a.kind IN ('现场会', '现场观摩') AND a.held_on BETWEEN :from AND :to
GROUP BY a.id`,
}

// indicatorWeak: organizations other than 党小组, not abolished at the day, with weak
// filled. weak are those listed at the day: weak_since empty or at :to or before,
// weak_until empty or after :to, by what they are listed for. lifted are those with
// weak_until in the year.
var indicatorWeak = &Indicator{
	Code: "B10", Group: GroupJoint, Title: "薄弱村",
	Figures: []Figure{
		{Key: "weak", Past: Dated, Title: "薄弱村", Unit: "个", Split: true},
		{Key: "lifted", Past: Dated, Title: "当年摘帽", Unit: "个"},
	},
	SQL: `
SELECT 'weak', weak, org_id, 'organization', id, '', 1 FROM organization
WHERE kind <> '党小组' AND (abolished_on IS NULL OR abolished_on > :to) AND weak IS NOT NULL
  AND (weak_since IS NULL OR weak_since <= :to) AND (weak_until IS NULL OR weak_until > :to)
UNION ALL
SELECT 'lifted', '', org_id, 'organization', id, '', 1 FROM organization
WHERE kind <> '党小组' AND (abolished_on IS NULL OR abolished_on > :to) AND weak IS NOT NULL AND weak_until BETWEEN :from AND :to`,
}

// indicatorRegulations: regulations are those adopted at :to or before that are 现行 now;
// when one was repealed is not on file. panels begun at :to or before and not ended then;
// circulars with happened_on in the year, in and out.
var indicatorRegulations = &Indicator{
	Code: "B11", Group: GroupJoint, Title: "制度与机构",
	Figures: []Figure{
		{Key: "regulations", Past: Undated, Title: "现行制度", Unit: "项", Split: true},
		{Key: "panels", Past: Dated, Title: "领导机构", Unit: "个", Split: true},
		{Key: "circulars", Past: Dated, Title: "当年收发文件", Unit: "件"},
	},
	SQL: `
SELECT 'regulations', category, org_id, 'regulation', id, '', 1 FROM regulation WHERE state = '现行' AND adopted_on <= :to
UNION ALL
SELECT 'panels', kind, org_id, 'panel', id, '', 1 FROM panel WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to)
UNION ALL
SELECT 'circulars', '', org_id, 'circular', id, '', 1 FROM circular WHERE happened_on BETWEEN :from AND :to`,
}
