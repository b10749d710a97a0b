package figures

import "taizhang/store/count"

// sourceFiguresLead are F24–F29: admissions and leading in both.
var sourceFiguresLead = []*count.Indicator{
	figureAdmissions, figureCultivations, figureLeadSecretaries, figureTeamProjects, figureEntities, figureLargeBranch,
}

// figureAdmissions: admissions with approved_on in the window, approved where they are on
// file and not brought along. admitted is damaged in
// the source; both_leader are of persons with both_leader, private_owner those of
// these whose source is 私营业主.
var figureAdmissions = &count.Indicator{
	Code: "F24", Group: count.GroupLead, Title: "新发展党员",
	Figures: []count.Figure{
		{Key: "admitted", Past: count.Dated, Title: "新发展党员", Unit: "人"},
		{Key: "both_leader", Past: count.Undated, Title: "其中双带型", Unit: "人", Of: "admitted", Expect: exactly(226)},
		{Key: "private_owner", Past: count.Undated, Title: "其中私营业主", Unit: "人", Of: "both_leader", Expect: exactly(33)},
	},
	SQL: `
SELECT f.figure, '', a.org_id, 'admission', a.id, '', 1 FROM admission a
JOIN person p ON p.id = a.person
JOIN (SELECT 'admitted' AS figure UNION ALL SELECT 'both_leader' UNION ALL SELECT 'private_owner') f ON CASE f.figure
  WHEN 'both_leader' THEN p.both_leader = 1
  WHEN 'private_owner' THEN p.both_leader = 1 AND a.source = '私营业主'
  ELSE 1 END
WHERE a.approved_on BETWEEN :from AND :to` + count.AdmittedHere,
}

// figureCultivations: cultivations of state 已成功 with achieved_on in the window:
// to_able of path 村组干部培养成经济能人, to_cadre of path 能人党员培养成村干部.
var figureCultivations = &count.Indicator{
	Code: "F25", Group: count.GroupLead, Title: "干部与能人互培",
	Figures: []count.Figure{
		{Key: "to_able", Past: count.Dated, Title: "村组干部成为双带能人", Unit: "人", Expect: exactly(67)},
		{Key: "to_cadre", Past: count.Dated, Title: "能人成为村干部", Unit: "人", Expect: exactly(163)},
	},
	SQL: `
SELECT CASE path WHEN '村组干部培养成经济能人' THEN 'to_able' ELSE 'to_cadre' END, '', org_id, 'cultivation', id, '', 1
FROM cultivation WHERE path IN ('村组干部培养成经济能人', '能人党员培养成村干部')
  AND state = '已成功' AND achieved_on BETWEEN :from AND :to`,
}

// figureLeadSecretaries: the distinct persons with an open position of 党组织 as 书记 at
// the day in the ledgers whose home organisation is a rated one of domain 行政村;
// with_project own an open undertaking, both_leader are so.
var figureLeadSecretaries = &count.Indicator{
	Code: "F26", Group: count.GroupLead, Title: "村党组织书记双带",
	Figures: []count.Figure{
		{Key: "secretaries", Past: count.Undated, Title: "村党组织书记", Unit: "人", Count: count.Heads, Expect: exactly(281)},
		{Key: "with_project", Past: count.Undated, Title: "有实体或项目", Unit: "人", Count: count.Heads, Of: "secretaries", Expect: exactly(281)},
		{Key: "both_leader", Past: count.Undated, Title: "双带型", Unit: "人", Count: count.Heads, Of: "secretaries", Expect: exactly(216)},
	},
	SQL: `
SELECT f.figure, '', s.org_id, 'person', s.person_id, s.person_id, 1 FROM secretary s
JOIN ` + ratedSQL + ` o ON o.id = s.org_id AND o.domain = '行政村'
JOIN person p ON p.id = s.person_id
JOIN (SELECT 'secretaries' AS figure UNION ALL SELECT 'with_project' UNION ALL SELECT 'both_leader') f ON CASE f.figure
  WHEN 'with_project' THEN s.person_id IN (SELECT owner FROM undertaking WHERE ` + openSQL + `)
  WHEN 'both_leader' THEN p.both_leader = 1
  ELSE 1 END`,
}

// figureTeamProjects: the committees of the ledgers whose home organisation is a rated
// one of domain 行政村; with_project own an open undertaking. per_mille is
// 1000 × with_project / team, rounded down: 75 % or more.
var figureTeamProjects = &count.Indicator{
	Code: "F27", Group: count.GroupLead, Title: "村班子成员有实体或项目",
	Figures: []count.Figure{
		{Key: "team", Past: count.Undated, Title: "村班子成员", Unit: "人"},
		{Key: "with_project", Past: count.Undated, Title: "有实体或项目", Unit: "人", Of: "team", Goal: 75},
		{Key: "per_mille", Past: count.Undated, Title: "千分比", Unit: "‰", Count: count.Sum, Expect: between(749, 1001)},
	},
	SQL: `
SELECT * FROM (
WITH team(org_id, person_id, project) AS MATERIALIZED (
  SELECT c.org_id, c.person_id, c.person_id IN (SELECT owner FROM undertaking WHERE ` + openSQL + `)
  FROM committee c JOIN ` + ratedSQL + ` o ON o.id = c.org_id AND o.domain = '行政村')
SELECT 'team', '', org_id, 'person', person_id, '', 1 FROM team
UNION ALL
SELECT 'with_project', '', org_id, 'person', person_id, '', 1 FROM team WHERE project
UNION ALL
SELECT 'per_mille', '', min(org_id), 'person', min(person_id), '', 1000 * sum(project) / count(*) FROM team HAVING count(*) > 0)`,
}

// figureEntities: the open undertakings of any kind but 致富工程, in the ledgers whose
// home organisation is a rated one of domain 行政村, whose owner is at the day a member
// or holds an open position.
var figureEntities = &count.Indicator{
	Code: "F28", Group: count.GroupLead, Title: "村党员干部领办实体",
	Figures: []count.Figure{{Key: "entities", Past: count.Undated, Title: "经济实体", Unit: "个", Expect: exactly(1748)}},
	SQL: `
SELECT 'entities', '', u.org_id, 'undertaking', u.id, '', 1
FROM (SELECT * FROM undertaking WHERE kind <> '致富工程' AND ` + openSQL + `) u
JOIN ` + ratedSQL + ` o ON o.id = u.org_id AND o.domain = '行政村'
WHERE u.owner IN (SELECT person_id FROM member) OR u.owner IN (SELECT person_id FROM cadre)`,
}

// figureLargeBranch speaks of one village: the rated organisation of domain 行政村 and
// kind 党支部 (not 党总支, not 党委) with the most members at the day, of two the one
// whose id is less. not_able are its members without able_bodied, with_projects its
// members with able_bodied who own two open undertakings or more, of any kind.
var figureLargeBranch = &count.Indicator{
	Code: "F29", Group: count.GroupLead, Title: "党员最多的村党支部",
	Figures: []count.Figure{
		{Key: "members", Past: count.Undated, Title: "党员", Unit: "人", Expect: exactly(115)},
		{Key: "not_able", Past: count.Undated, Title: "年老体弱", Unit: "人", Of: "members", Expect: exactly(65)},
		{Key: "with_projects", Past: count.Undated, Title: "有两个以上项目", Unit: "人", Of: "members", Expect: exactly(50)},
	},
	SQL: `
SELECT * FROM (
WITH village(id) AS MATERIALIZED (
  SELECT o.id FROM ` + ratedSQL + ` o JOIN member m ON m.org_id = o.id
  WHERE o.domain = '行政村' AND o.kind = '党支部' GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 1)
SELECT f.figure, '', m.org_id, 'person', m.person_id, '', 1 FROM village v
JOIN member m ON m.org_id = v.id
JOIN person p ON p.id = m.person_id
JOIN (SELECT 'members' AS figure UNION ALL SELECT 'not_able' UNION ALL SELECT 'with_projects') f ON CASE f.figure
  WHEN 'not_able' THEN p.able_bodied = 0
  WHEN 'with_projects' THEN p.able_bodied = 1 AND m.person_id IN (
    SELECT owner FROM undertaking WHERE ` + openSQL + ` GROUP BY owner HAVING count(*) >= 2)
  ELSE 1 END)`,
}
