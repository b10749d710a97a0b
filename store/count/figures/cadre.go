package figures

import "taizhang/store/count"

// sourceFiguresCadre are F16–F23: organisations set up, elections and cadres.
var sourceFiguresCadre = []*count.Indicator{
	figureEnterpriseKinds, figureAdvisers, figureNewBodies, figureVillageElections, figureOpenElections,
	figureNewSecretaries, figurePromotions, figurePensions,
}

// figureEnterpriseKinds: rated organisations of domain 非公企业 by kind: committees
// 党委, general 党总支, branches 党支部, joint 联合党支部.
var figureEnterpriseKinds = &count.Indicator{
	Code: "F16", Group: count.GroupBase, Title: "非公企业党组织类别",
	Figures: []count.Figure{
		{Key: "committees", Past: count.Undated, Title: "党委", Unit: "个", Expect: exactly(3)},
		{Key: "general", Past: count.Undated, Title: "党总支", Unit: "个", Expect: exactly(6)},
		{Key: "branches", Past: count.Undated, Title: "党支部", Unit: "个", Expect: exactly(176)},
		{Key: "joint", Past: count.Undated, Title: "联合党支部", Unit: "个", Expect: exactly(3)},
	},
	SQL: `
SELECT CASE kind WHEN '党委' THEN 'committees' WHEN '党总支' THEN 'general' WHEN '党支部' THEN 'branches' ELSE 'joint' END,
  '', org_id, 'organization', id, '', 1
FROM ` + ratedSQL + ` WHERE domain = '非公企业' AND kind IN ('党委', '党总支', '党支部', '联合党支部')`,
}

// figureAdvisers: linkages of role 非公企业党建指导员 open at the day, distinct by name
// and unit.
var figureAdvisers = &count.Indicator{
	Code: "F17", Group: count.GroupBase, Title: "非公企业党建指导员",
	Figures: []count.Figure{{Key: "advisers", Past: count.Dated, Title: "指导员", Unit: "人", Count: count.Heads, Expect: exactly(162)}},
	SQL: `
SELECT 'advisers', '', org_id, 'linkage', id, name || '|' || coalesce(unit, ''), 1
FROM linkage WHERE role = '非公企业党建指导员' AND ` + openSQL,
}

// figureNewBodies: associations are the organizations of domain 专业协会, other than
// 党小组 and not abolished at the day, rated or not (they stand outside the 536); parks
// the rated ones of domain 园区; communities the rated ones of domain 社区 with
// founded_on in the window.
var figureNewBodies = &count.Indicator{
	Code: "F18", Group: count.GroupBase, Title: "新领域党组织",
	Figures: []count.Figure{
		{Key: "associations", Past: count.Dated, Title: "专业协会党组织", Unit: "个", Expect: exactly(5)},
		{Key: "parks", Past: count.Undated, Title: "园区党组织", Unit: "个", Expect: exactly(1)},
		{Key: "communities", Past: count.Undated, Title: "新设社区党组织", Unit: "个", Expect: exactly(5)},
	},
	SQL: `
SELECT 'associations', '', org_id, 'organization', id, '', 1 FROM organization
WHERE domain = '专业协会' AND kind <> '党小组' AND (founded_on IS NULL OR founded_on <= :to) AND (abolished_on IS NULL OR abolished_on > :to)
UNION ALL
SELECT 'parks', '', org_id, 'organization', id, '', 1 FROM ` + ratedSQL + ` WHERE domain = '园区'
UNION ALL
SELECT 'communities', '', org_id, 'organization', id, '', 1 FROM ` + ratedSQL + ` WHERE domain = '社区' AND founded_on BETWEEN :from AND :to`,
}

// figureVillageElections: rated organisations of domain 行政村 with an election of kind
// 换届 (its organization) held in the window, each once: elected by any method,
// direct by 公推直选. The source's 183 can mean all that were due or a part of them, so
// elected has no number expected.
var figureVillageElections = &count.Indicator{
	Code: "F19", Group: count.GroupBase, Title: "村党组织公推直选",
	Figures: []count.Figure{
		{Key: "elected", Past: count.Undated, Title: "换届的村党组织", Unit: "个", Count: count.Heads},
		{Key: "direct", Past: count.Undated, Title: "其中公推直选", Unit: "个", Count: count.Heads, Of: "elected", Expect: exactly(183)},
	},
	SQL: `
SELECT f.figure, '', e.org_id, 'election', e.id, e.organization, 1 FROM election e
JOIN ` + ratedSQL + ` o ON o.id = e.organization AND o.domain = '行政村'
JOIN (SELECT 'elected' AS figure UNION ALL SELECT 'direct') f
WHERE e.kind = '换届' AND e.held_on BETWEEN :from AND :to AND (f.figure = 'elected' OR e.method = '公推直选')`,
}

// figureOpenElections: rated organisations of domain 非公企业 and kind 党委 with an
// election of method 海选 held in the window, each once.
var figureOpenElections = &count.Indicator{
	Code: "F20", Group: count.GroupBase, Title: "企业党委海选",
	Figures: []count.Figure{{Key: "committees", Past: count.Undated, Title: "企业党委", Unit: "个", Count: count.Heads, Expect: exactly(2)}},
	SQL: `
SELECT 'committees', '', e.org_id, 'election', e.id, e.organization, 1 FROM election e
JOIN ` + ratedSQL + ` o ON o.id = e.organization AND o.domain = '非公企业' AND o.kind = '党委'
WHERE e.method = '海选' AND e.held_on BETWEEN :from AND :to`,
}

// figureNewSecretaries speaks of one town: the one with the most new both-lead village
// secretaries, of two the one whose name is less. secretaries are the distinct
// persons who are secretary at the day (an open position of 党组织 as 书记) in a rated
// organisation of domain 行政村 of that township, are both_leader, whose position began
// in the window, and who had held no position of 党组织 as 书记 begun before :from, here or elsewhere.
// reserves are the reserve records, state 培养中 and listed_on at :to or before, of the
// ledgers whose home organisation is of that township, of persons of 38 or younger
// (limit reserve.age) on the day of listing and with 高中 or higher schooling (高中,
// 职高, 技校, 中专, 大专, 本科, 研究生).
var figureNewSecretaries = &count.Indicator{
	Code: "F21", Group: count.GroupBase, Title: "一个乡镇的新任双带书记与后备干部",
	Figures: []count.Figure{
		{Key: "secretaries", Past: count.Undated, Title: "新任双带型书记", Unit: "人", Count: count.Heads, Expect: exactly(5)},
		{Key: "reserves", Past: count.Undated, Title: "后备干部", Unit: "人", Expect: atLeast(12)},
	},
	SQL: `
SELECT * FROM (
WITH fresh(org_id, position, person, township) AS MATERIALIZED (
  SELECT s.org_id, s.position_id, s.person_id, o.township FROM secretary s
  JOIN position_at t ON t.id = s.position_id AND t.started_on BETWEEN :from AND :to
  JOIN person p ON p.id = s.person_id AND p.both_leader = 1
  JOIN ` + ratedSQL + ` o ON o.id = s.org_id AND o.domain = '行政村' AND o.township IS NOT NULL
  WHERE NOT EXISTS (SELECT 1 FROM main.position e
    WHERE e.person = s.person_id AND e.deleted_at IS NULL AND e.body = '党组织' AND e.post = '书记' AND e.started_on < :from)),
town(name) AS MATERIALIZED (
  SELECT township FROM fresh GROUP BY township ORDER BY count(DISTINCT person) DESC, township LIMIT 1)
SELECT 'secretaries', '', org_id, 'position', position, person, 1 FROM fresh WHERE township = (SELECT name FROM town)
UNION ALL
SELECT 'reserves', '', r.org_id, 'reserve', r.id, '', 1 FROM reserve r
JOIN organization o ON o.id = r.org_id AND o.township = (SELECT name FROM town)
JOIN person p ON p.id = r.person
WHERE r.state = '培养中' AND r.listed_on <= :to
  AND p.education IN ('高中', '职高', '技校', '中专', '大专', '本科', '研究生')
  AND p.birth_date > date(r.listed_on, '-' || (1 + (SELECT value FROM limits WHERE name = 'reserve.age')) || ' years'))`,
}

// figurePromotions: positions of the ledgers whose home organisation is a rated one
// of domain 行政村, with ended_on in the window, by distinct person: civil_servants held
// one of 党组织 as 书记 with left_for 公务员, township_leaders any with left_for 乡镇领导.
var figurePromotions = &count.Indicator{
	Code: "F22", Group: count.GroupBase, Title: "村干部进入上级",
	Figures: []count.Figure{
		{Key: "civil_servants", Past: count.Undated, Title: "村书记录用为公务员", Unit: "人", Count: count.Heads, Expect: exactly(5)},
		{Key: "township_leaders", Past: count.Undated, Title: "村干部任乡镇领导", Unit: "人", Count: count.Heads, Expect: exactly(18)},
	},
	SQL: `
SELECT CASE t.left_for WHEN '公务员' THEN 'civil_servants' ELSE 'township_leaders' END, '', t.org_id, 'position', t.id, t.person, 1
FROM position t JOIN ` + ratedSQL + ` o ON o.id = t.org_id AND o.domain = '行政村'
WHERE t.ended_on BETWEEN :from AND :to
  AND (t.left_for = '乡镇领导' OR t.left_for = '公务员' AND t.body = '党组织' AND t.post = '书记')`,
}

// figurePensions: all aid of kind 养老保险补助: 490,000 yuan.
var figurePensions = aidFigure("F23", "村干部养老保险补助", "养老保险补助", exactly(490_000_00))
