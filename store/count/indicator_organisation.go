package count

// The figures of the organisations and their cadres. An organisation counts from the
// day it was founded, if that is known, to the day before it was abolished.
const standingOrganisation = `kind <> '党小组' AND (founded_on IS NULL OR founded_on <= :to) AND (abolished_on IS NULL OR abolished_on > :to)`

var indicatorOrganisations = &Indicator{
	Code: "A01", Group: GroupBase, Title: "党组织数",
	Figures: []Figure{
		{Key: "organizations", Past: Dated, Title: "党组织", Unit: "个"},
		{Key: "by_kind", Past: Dated, Title: "按组织类别", Unit: "个", Split: true},
		{Key: "by_domain", Past: Dated, Title: "按所在领域", Unit: "个", Split: true},
		{Key: "units", Past: Undated, Title: "单位按组建方式", Unit: "个", Split: true},
	},
	SQL: `
SELECT 'organizations', '', org_id, 'organization', id, '', 1 FROM organization WHERE ` + standingOrganisation + `
UNION ALL
SELECT 'by_kind', kind, org_id, 'organization', id, '', 1 FROM organization WHERE ` + standingOrganisation + `
UNION ALL
SELECT 'by_domain', domain, org_id, 'organization', id, '', 1 FROM organization WHERE ` + standingOrganisation + `
UNION ALL
SELECT 'units', party_body, org_id, 'unit', id, '', 1 FROM unit`,
}

// indicatorFiveGood: named are the rated organisations named at :to or before and not
// struck off by then.
var indicatorFiveGood = &Indicator{
	Code: "A03", Group: GroupBase, Title: "五好达标率",
	Figures: []Figure{
		{Key: "rated", Past: Undated, Title: "参评", Unit: "个", Split: true},
		{Key: "named", Past: Undated, Title: "达标", Unit: "个", Split: true, Of: "rated", Goal: 80, Every: true},
	},
	SQL: `
SELECT f.figure, domain, org_id, 'organization', id, '', 1 FROM organization
JOIN (SELECT 'rated' AS figure UNION ALL SELECT 'named') f ON f.figure = 'rated'
  OR five_good_on <= :to AND (five_good_off_on IS NULL OR five_good_off_on > :to)
WHERE rated = 1 AND ` + standingOrganisation,
}

// indicatorElections: elections of the year of kind 换届. terms are the organisations
// whose term ended: those that held one in the year, and those whose term (5 years
// where it is not said) has run out by the day.
var indicatorElections = &Indicator{
	Code: "A04", Group: GroupBase, Title: "换届与公推直选",
	Figures: []Figure{
		{Key: "terms", Past: Undated, Title: "任期届满的党组织", Unit: "个"},
		{Key: "elections", Past: Dated, Title: "已换届", Unit: "个", Of: "terms", Every: true},
		{Key: "direct", Past: Dated, Title: "其中公推直选", Unit: "个", Of: "elections"},
		{Key: "open", Past: Dated, Title: "其中海选", Unit: "个", Of: "elections"},
	},
	SQL: `
SELECT 'terms', '', org_id, 'organization', id, '', 1 FROM organization WHERE ` + standingOrganisation + `
  AND (date(term_started_on, '+' || coalesce(nullif(term_years, 0), 5) || ' years', 'floor') <= :to OR id IN (
    SELECT organization FROM election WHERE kind = '换届' AND held_on BETWEEN :from AND :to))
UNION ALL
SELECT f.figure, '', org_id, 'election', id, '', 1 FROM election
JOIN (SELECT 'elections' AS figure UNION ALL SELECT 'direct' UNION ALL SELECT 'open') f ON CASE f.figure
  WHEN 'direct' THEN method = '公推直选' WHEN 'open' THEN method = '海选' ELSE 1 END
WHERE kind = '换届' AND held_on BETWEEN :from AND :to`,
}

// indicatorTeam: secretaries are distinct persons; new ones took one of their offices as
// secretary in the year; 一肩挑 are those that are 主任 of a village's or residents'
// committee at the day. 下派挂职 and pension are said of positions open at the day.
var indicatorTeam = &Indicator{
	Code: "A05", Group: GroupBase, Title: "班子成员",
	Figures: []Figure{
		{Key: "committee", Past: Dated, Title: "班子成员", Unit: "人", Count: Heads},
		{Key: "secretaries", Past: Dated, Title: "书记", Unit: "人", Count: Heads},
		{Key: "new_secretaries", Past: Dated, Title: "其中当年新任", Unit: "人", Count: Heads, Of: "secretaries"},
		{Key: "both_leader", Past: Undated, Title: "其中双带型", Unit: "人", Count: Heads, Of: "secretaries"},
		{Key: "one_shoulder", Past: Dated, Title: "其中书记主任一肩挑", Unit: "人", Count: Heads, Of: "secretaries"},
		{Key: "sent_down", Past: Dated, Title: "下派挂职", Unit: "人", Count: Heads},
		{Key: "pension", Past: Undated, Title: "参加养老保险", Unit: "人", Count: Heads},
		{Key: "pension_aid", Past: Dated, Title: "养老保险补助", Unit: "元", Count: Sum},
		{Key: "pension_aid_received", Past: Dated, Title: "其中由上级登记", Unit: "元", Count: Sum},
	},
	SQL: `
SELECT 'committee', '', org_id, 'person', person_id, person_id, 1 FROM committee
UNION ALL
SELECT f.figure, '', s.org_id, 'person', s.person_id, s.person_id, 1 FROM secretary s
JOIN person p ON p.id = s.person_id
JOIN position o ON o.id = s.position_id
JOIN (SELECT 'secretaries' AS figure UNION ALL SELECT 'new_secretaries' UNION ALL SELECT 'both_leader' UNION ALL SELECT 'one_shoulder') f ON CASE f.figure
  WHEN 'new_secretaries' THEN o.started_on BETWEEN :from AND :to
  WHEN 'both_leader' THEN p.both_leader = 1
  WHEN 'one_shoulder' THEN s.person_id IN (SELECT person FROM position_at WHERE body IN ('村民委员会', '居民委员会') AND post = '主任')
  ELSE 1 END
UNION ALL
SELECT 'sent_down', '', org_id, 'person', person, person, 1 FROM position_at WHERE method = '下派挂职'
UNION ALL
SELECT 'pension', '', org_id, 'person', person, person, 1 FROM position_at WHERE pension = 1
UNION ALL
SELECT f.figure, '', org_id, 'aid', id, '', amount FROM aid
JOIN (SELECT 'pension_aid' AS figure UNION ALL SELECT 'pension_aid_received') f ON f.figure = 'pension_aid' OR kept_as = '参加或接受'
WHERE kind = '养老保险补助' AND given_on BETWEEN :from AND :to AND amount <> 0`,
}

// indicatorPromoted counts persons, who may have left several positions at once.
var indicatorPromoted = &Indicator{
	Code: "A06", Group: GroupBase, Title: "村干部进入上级",
	Figures: []Figure{
		{Key: "township_leaders", Past: Dated, Title: "乡镇领导", Unit: "人", Count: Heads},
		{Key: "civil_servants", Past: Dated, Title: "公务员", Unit: "人", Count: Heads},
	},
	SQL: `
SELECT CASE left_for WHEN '公务员' THEN 'civil_servants' ELSE 'township_leaders' END, '', org_id, 'position', id, person, 1 FROM position
WHERE left_for IN ('乡镇领导', '公务员') AND ended_on BETWEEN :from AND :to`,
}

// indicatorReserves: reserves are 培养中 and listed at :to or before; new are those listed
// in the year, whatever became of them.
var indicatorReserves = &Indicator{
	Code: "A07", Group: GroupBase, Title: "后备干部",
	Figures: []Figure{
		{Key: "reserves", Past: Undated, Title: "培养中", Unit: "人"},
		{Key: "new", Past: Dated, Title: "当年列入", Unit: "人"},
		{Key: "up_to_35", Past: Undated, Title: "其中35岁及以下", Unit: "人", Of: "reserves"},
		{Key: "secondary", Past: Undated, Title: "其中高中及以上学历", Unit: "人", Of: "reserves"},
		{Key: "both_leader", Past: Undated, Title: "其中双带型", Unit: "人", Of: "reserves"},
	},
	SQL: `
SELECT f.figure, '', r.org_id, 'reserve', r.id, '', 1 FROM reserve r
LEFT JOIN person p ON p.id = r.person
JOIN (SELECT 'reserves' AS figure UNION ALL SELECT 'up_to_35' UNION ALL SELECT 'secondary' UNION ALL SELECT 'both_leader') f ON CASE f.figure
  WHEN 'up_to_35' THEN p.birth_date > date(:to, '-36 years', 'floor')
  WHEN 'secondary' THEN p.education IN ` + schoolings + `
  WHEN 'both_leader' THEN p.both_leader = 1
  ELSE 1 END
WHERE r.state = '培养中' AND r.listed_on <= :to
UNION ALL
SELECT 'new', '', org_id, 'reserve', id, '', 1 FROM reserve WHERE listed_on BETWEEN :from AND :to`,
}

// indicatorCoverage: units as on file now; a unit has a body unless it is 未组建. listed
// are those of the units with three members that are 市列统企业.
var indicatorCoverage = &Indicator{
	Code: "A12", Group: GroupBase, Title: "组织覆盖率",
	Figures: []Figure{
		{Key: "units", Past: Undated, Title: "有三名以上党员的单位", Unit: "个"},
		{Key: "covered", Past: Undated, Title: "已组建", Unit: "个", Of: "units", Goal: 100, Every: true},
		{Key: "advisers", Past: Undated, Title: "派驻党建指导员", Unit: "个"},
		{Key: "listed", Past: Undated, Title: "其中市列统企业", Unit: "个", Of: "units"},
		{Key: "listed_covered", Past: Undated, Title: "市列统企业已组建", Unit: "个", Of: "listed"},
	},
	SQL: `
SELECT 'units', '', org_id, 'unit', id, '', 1 FROM unit WHERE members >= 3
UNION ALL
SELECT 'covered', '', org_id, 'unit', id, '', 1 FROM unit WHERE members >= 3 AND party_body <> '未组建'
UNION ALL
SELECT 'advisers', '', org_id, 'unit', id, '', 1 FROM unit WHERE adviser IS NOT NULL
UNION ALL
SELECT f.figure, '', org_id, 'unit', id, '', 1 FROM unit
JOIN (SELECT 'listed' AS figure UNION ALL SELECT 'listed_covered') f ON f.figure = 'listed' OR party_body <> '未组建'
WHERE members >= 3 AND listed = 1`,
}
