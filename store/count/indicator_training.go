package count

// The figures of 培训工程. A skill is mastered where mastery is 掌握 or 熟练 and
// learned_on is empty or at :to or before. An undertaking is open where started_on is
// at :to or before and ended_on empty or after :to.
var indicatorsTraining = []*Indicator{
	indicatorTrainings,
	indicatorCommitteeSkills,
	indicatorCadreProjects,
	indicatorCommitteeProjects,
	indicatorTechHouseholds,
	indicatorPlaces,
	indicatorSeveralProjects,
}

// indicatorTrainings: the trainings with started_on in the year. attendances are the
// marks 参加 and 结业 and the guests; persons are the distinct persons, not deleted,
// with such a mark; secretaries and directors those of them that at the day hold an
// open position of 党组织 as 书记, of 村民委员会 as 主任. by_department are the trainings with
// organizer_kind 组织部门.
var indicatorTrainings = &Indicator{
	Code: "C01", Group: GroupTrain, Title: "培训",
	Figures: []Figure{
		{Key: "sessions", Past: Dated, Title: "期数", Unit: "期"},
		{Key: "received", Past: Dated, Title: "其中参加上级的", Unit: "期"},
		{Key: "attendances", Past: Dated, Title: "人次", Unit: "人次", Count: Sum},
		{Key: "persons", Past: Dated, Title: "参训人数", Unit: "人", Count: Heads},
		{Key: "secretaries", Past: Dated, Title: "其中党组织书记", Unit: "人", Count: Heads},
		{Key: "directors", Past: Dated, Title: "其中村委会主任", Unit: "人", Count: Heads},
		{Key: "by_department", Past: Dated, Title: "组织部门主办", Unit: "期", Of: "sessions"},
		{Key: "department_attendances", Past: Dated, Title: "组织部门主办的人次", Unit: "人次", Count: Sum, Of: "attendances"},
	},
	SQL: `
SELECT 'sessions', '', org_id, 'training', id, '', 1 FROM training WHERE started_on BETWEEN :from AND :to
UNION ALL
SELECT 'received', '', org_id, 'training', id, '', 1 FROM training
WHERE started_on BETWEEN :from AND :to AND kept_as = '参加或接受'
UNION ALL
SELECT 'by_department', '', org_id, 'training', id, '', 1 FROM training
WHERE started_on BETWEEN :from AND :to AND organizer_kind = '组织部门'
UNION ALL
SELECT f.figure, '', t.org_id, 'training', t.id, '', count(r.target_id) + coalesce(t.guests, 0) FROM training t
JOIN (SELECT 'attendances' AS figure UNION ALL SELECT 'department_attendances') f
  ON f.figure = 'attendances' OR t.organizer_kind = '组织部门'
LEFT JOIN training_attendance r ON r.record_id = t.id AND r.state IN ('参加', '结业')
WHERE t.started_on BETWEEN :from AND :to GROUP BY f.figure, t.id
UNION ALL
SELECT f.figure, '', came.org_id, 'person', came.person, came.person, 1 FROM (
  SELECT DISTINCT t.org_id AS org_id, r.target_id AS person FROM training t
  JOIN training_attendance r ON r.record_id = t.id AND r.state IN ('参加', '结业')
  WHERE t.started_on BETWEEN :from AND :to) came
JOIN main.person p ON p.id = came.person AND p.deleted_at IS NULL
JOIN (SELECT 'persons' AS figure UNION ALL SELECT 'secretaries' UNION ALL SELECT 'directors') f ON CASE f.figure
  WHEN 'secretaries' THEN came.person IN (SELECT person_id FROM secretary)
  WHEN 'directors' THEN came.person IN (SELECT person FROM position_at WHERE body = '村民委员会' AND post = '主任')
  ELSE 1 END`,
}

// indicatorCommitteeSkills: skilled have one mastered skill or more.
var indicatorCommitteeSkills = &Indicator{
	Code: "C02", Group: GroupTrain, Title: "班子掌握实用技术",
	Figures: []Figure{
		{Key: "committee", Past: Dated, Title: "班子成员", Unit: "人"},
		{Key: "skilled", Past: Undated, Title: "掌握实用技术", Unit: "人", Of: "committee", Goal: 80},
	},
	SQL: `
SELECT 'committee', '', org_id, 'person', person_id, '', 1 FROM committee
UNION ALL
SELECT 'skilled', '', org_id, 'person', person_id, '', 1 FROM committee WHERE person_id IN (
  SELECT person FROM skill WHERE mastery IN ('掌握', '熟练') AND (learned_on IS NULL OR learned_on <= :to))`,
}

// indicatorCadreProjects: cadres are the members at the day with able_bodied who hold
// any open position; with_project own an open undertaking.
var indicatorCadreProjects = &Indicator{
	Code: "C03", Group: GroupTrain, Title: "能干的党员干部有致富工程",
	Figures: []Figure{
		{Key: "cadres", Past: Undated, Title: "有劳动能力的党员干部", Unit: "人"},
		{Key: "with_project", Past: Undated, Title: "有致富工程", Unit: "人", Of: "cadres", Goal: 70},
	},
	SQL: `
SELECT f.figure, '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id AND p.able_bodied = 1
JOIN (SELECT 'cadres' AS figure UNION ALL SELECT 'with_project') f
WHERE m.person_id IN (SELECT person_id FROM cadre)
  AND (f.figure = 'cadres' OR m.person_id IN (
    SELECT owner FROM undertaking WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to)))`,
}

// indicatorCommitteeProjects: the committees of the ledgers whose home organisation
// (id = org_id) is of domain 行政村; with_project own an open undertaking.
var indicatorCommitteeProjects = &Indicator{
	Code: "C04", Group: GroupTrain, Title: "村班子成员有致富项目",
	Figures: []Figure{
		{Key: "committee", Past: Dated, Title: "村班子成员", Unit: "人"},
		{Key: "with_project", Past: Dated, Title: "有致富项目", Unit: "人", Of: "committee", Goal: 90, Low: 75},
	},
	SQL: `
SELECT f.figure, '', c.org_id, 'person', c.person_id, '', 1 FROM committee c
JOIN organization o ON o.id = c.org_id AND o.domain = '行政村'
JOIN (SELECT 'committee' AS figure UNION ALL SELECT 'with_project') f
WHERE f.figure = 'committee' OR c.person_id IN (
  SELECT owner FROM undertaking WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to))`,
}

// indicatorTechHouseholds: the members at the day with tech_household; skilled have
// two distinct techniques mastered or more.
var indicatorTechHouseholds = &Indicator{
	Code: "C05", Group: GroupTrain, Title: "示范户掌握两门技术",
	Figures: []Figure{
		{Key: "households", Past: Undated, Title: "科技示范户党员", Unit: "人"},
		{Key: "skilled", Past: Undated, Title: "掌握两门以上技术", Unit: "人", Of: "households"},
	},
	SQL: `
SELECT f.figure, '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id AND p.tech_household = 1
JOIN (SELECT 'households' AS figure UNION ALL SELECT 'skilled') f
WHERE f.figure = 'households' OR m.person_id IN (
  SELECT person FROM skill WHERE mastery IN ('掌握', '熟练') AND (learned_on IS NULL OR learned_on <= :to)
  GROUP BY person HAVING count(DISTINCT technique) >= 2)`,
}

// indicatorPlaces: places are those with started_on empty or at :to or before. sessions
// are the trainings of the year of method 电化教育; attendances are their marks 参加 and
// 结业 and their guests.
var indicatorPlaces = &Indicator{
	Code: "C06", Group: GroupTrain, Title: "阵地",
	Figures: []Figure{
		{Key: "places", Past: Dated, Title: "在用阵地", Unit: "个", Split: true},
		{Key: "sessions", Past: Dated, Title: "电化教育", Unit: "期"},
		{Key: "attendances", Past: Dated, Title: "电化教育人次", Unit: "人次", Count: Sum},
	},
	SQL: `
SELECT 'places', kind, org_id, 'place', id, '', 1 FROM place WHERE started_on IS NULL OR started_on <= :to
UNION ALL
SELECT 'sessions', '', org_id, 'training', id, '', 1 FROM training WHERE method = '电化教育' AND started_on BETWEEN :from AND :to
UNION ALL
SELECT 'attendances', '', t.org_id, 'training', t.id, '', count(r.target_id) + coalesce(t.guests, 0) FROM training t
LEFT JOIN training_attendance r ON r.record_id = t.id AND r.state IN ('参加', '结业')
WHERE t.method = '电化教育' AND t.started_on BETWEEN :from AND :to GROUP BY t.id`,
}

// indicatorSeveralProjects: the members at the day with able_bodied; several own two
// undertakings open at the day or more.
var indicatorSeveralProjects = several(&Indicator{
	Code: "C07", Group: GroupTrain, Title: "有两个以上致富项目的党员",
	Figures: []Figure{
		{Key: "members", Past: Undated, Title: "有劳动能力的党员", Unit: "人"},
		{Key: "several", Past: Undated, Title: "有两个以上致富项目", Unit: "人", Of: "members"},
	},
	SQL: `
SELECT {members} | iif(m.person_id IN (
  SELECT owner FROM undertaking WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to)
  GROUP BY owner HAVING count(*) >= 2), {several}, 0), '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id AND p.able_bodied = 1`,
})
