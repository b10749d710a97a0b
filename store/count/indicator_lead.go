package count

// The figures of 双带工程. An undertaking is open where started_on is at :to or before
// and ended_on empty or after :to.
var indicatorsLead = []*Indicator{indicatorBothLead, indicatorUndertakings, indicatorCultivations}

// indicatorBothLead: secretaries are the distinct persons with an open position of
// 党组织 as 书记 at the day, members or not.
var indicatorBothLead = &Indicator{
	Code: "D01", Group: GroupLead, Title: "双带型党员",
	Figures: []Figure{
		{Key: "members", Past: Undated, Title: "双带型党员", Unit: "人"},
		{Key: "secretaries", Past: Dated, Title: "党组织书记", Unit: "人", Count: Heads},
		{Key: "both_leader", Past: Undated, Title: "双带型书记", Unit: "人", Count: Heads, Of: "secretaries"},
		{Key: "with_project", Past: Dated, Title: "有致富项目的书记", Unit: "人", Count: Heads, Of: "secretaries"},
	},
	SQL: `
SELECT 'members', '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id AND p.both_leader = 1
UNION ALL
SELECT f.figure, '', s.org_id, 'person', s.person_id, s.person_id, 1 FROM secretary s
JOIN person p ON p.id = s.person_id
JOIN (SELECT 'secretaries' AS figure UNION ALL SELECT 'both_leader' UNION ALL SELECT 'with_project') f ON CASE f.figure
  WHEN 'both_leader' THEN p.both_leader = 1
  WHEN 'with_project' THEN s.person_id IN (
    SELECT owner FROM undertaking WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to))
  ELSE 1 END`,
}

// indicatorUndertakings: the open undertakings whose owner is at the day a member or
// holds an open position, by industry. key_projects are those with key_project.
var indicatorUndertakings = &Indicator{
	Code: "D02", Group: GroupLead, Title: "经济实体",
	Figures: []Figure{
		{Key: "all", Past: Dated, Title: "经济实体", Unit: "个"},
		{Key: "key_projects", Past: Undated, Title: "骨干项目", Unit: "个", Of: "all"},
		{Key: "undertakings", Past: Dated, Title: "分行业", Unit: "个", Split: true},
		{Key: "output", Past: Undated, Title: "年产值", Unit: "元", Count: Sum, Split: true},
		{Key: "employees", Past: Undated, Title: "从业人数", Unit: "人", Count: Sum, Split: true},
		{Key: "households", Past: Undated, Title: "带动户数", Unit: "户", Count: Sum, Split: true},
	},
	SQL: `
SELECT f.figure, CASE WHEN f.split THEN u.industry ELSE '' END, u.org_id, 'undertaking', u.id, '', CASE f.figure
  WHEN 'output' THEN u.output WHEN 'employees' THEN u.employees WHEN 'households' THEN u.led_households ELSE 1 END
FROM undertaking u
JOIN (SELECT 'all' AS figure, 0 AS split UNION ALL SELECT 'key_projects', 0 UNION ALL SELECT 'undertakings', 1
  UNION ALL SELECT 'output', 1 UNION ALL SELECT 'employees', 1 UNION ALL SELECT 'households', 1) f ON CASE f.figure
  WHEN 'key_projects' THEN u.key_project = 1
  WHEN 'output' THEN u.output <> 0
  WHEN 'employees' THEN u.employees <> 0
  WHEN 'households' THEN u.led_households <> 0
  ELSE 1 END
WHERE u.started_on <= :to AND (u.ended_on IS NULL OR u.ended_on > :to)
  AND (u.owner IN (SELECT person_id FROM member) OR u.owner IN (SELECT person_id FROM cadre))`,
}

// indicatorCultivations: achieved have state 已成功 and achieved_on in the year. under_way
// at the day are those begun at :to or before that are 培养中 now, or 已成功 only after
// :to; when one was 已终止 is not on file, so it is never under way.
var indicatorCultivations = &Indicator{
	Code: "D03", Group: GroupLead, Title: "四培一促",
	Figures: []Figure{
		{Key: "achieved", Past: Dated, Title: "当年成功", Unit: "人", Split: true},
		{Key: "under_way", Past: Undated, Title: "培养中", Unit: "人", Split: true},
	},
	SQL: `
SELECT 'achieved', path, org_id, 'cultivation', id, '', 1 FROM cultivation
WHERE state = '已成功' AND achieved_on BETWEEN :from AND :to
UNION ALL
SELECT 'under_way', path, org_id, 'cultivation', id, '', 1 FROM cultivation
WHERE started_on <= :to AND (state = '培养中' OR state = '已成功' AND achieved_on > :to)`,
}
