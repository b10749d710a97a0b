package figures

import "taizhang/store/count"

// sourceFiguresHelp are F07–F13 and F15: helping, pairing and training.
var sourceFiguresHelp = []*count.Indicator{
	figureActivityMoney, figureProjectMoney, figureLinkages, figurePairedUnits, figureLiftedVillages,
	figureMemberPairings, figureTrainings, figureTrainingGoals,
}

// aidFigure sums the amounts of the aid of one kind given in the window.
func aidFigure(code, title, kind string, expect *count.Expectation) *count.Indicator {
	return &count.Indicator{Code: code, Group: count.GroupJoint, Title: title,
		Figures: []count.Figure{{Key: "money", Past: count.Dated, Title: "金额", Unit: "元", Count: count.Sum, Expect: expect}},
		SQL:     "SELECT 'money', '', org_id, 'aid', id, '', amount FROM aid WHERE kind = '" + kind + "' AND given_on BETWEEN :from AND :to AND amount <> 0"}
}

// figureActivityMoney: all aid of kind 活动经费, whoever gave it: near 600,000 yuan.
var figureActivityMoney = aidFigure("F07", "挂联部门活动经费", "活动经费", between(550_000_00, 600_000_00))

// figureProjectMoney: all aid of kind 办实事资金: 2.5 million yuan and more.
var figureProjectMoney = aidFigure("F08", "为村办实事资金", "办实事资金", between(2_500_000_00, 2_600_000_00))

// figureLinkages: linkages open at the day, distinct by name and unit: departments
// have the role 机关部门, section chiefs 科局级干部 (the one adviser of each township;
// the role 乡镇党建指导员 is not counted here), leaders 市领导.
var figureLinkages = &count.Indicator{
	Code: "F09", Group: count.GroupJoint, Title: "挂联",
	Figures: []count.Figure{
		{Key: "departments", Past: count.Dated, Title: "机关部门", Unit: "个", Count: count.Heads, Expect: exactly(43)},
		{Key: "section_chiefs", Past: count.Dated, Title: "科局级干部", Unit: "人", Count: count.Heads, Expect: exactly(20)},
		{Key: "leaders", Past: count.Dated, Title: "市领导", Unit: "人", Count: count.Heads, Expect: exactly(25)},
	},
	SQL: `
SELECT CASE role WHEN '机关部门' THEN 'departments' WHEN '科局级干部' THEN 'section_chiefs' ELSE 'leaders' END,
  '', org_id, 'linkage', id, name || '|' || coalesce(unit, ''), 1
FROM linkage WHERE role IN ('机关部门', '科局级干部', '市领导') AND ` + openSQL,
}

// figurePairedUnits: the distinct helper_unit (where it is empty helper_name, else the
// record) of the pairings 部门帮村 and 企业帮村 that were open on some day of the window:
// started_on at :to or before, ended_on empty or at :from or after. units counts the
// two kinds together.
var figurePairedUnits = &count.Indicator{
	Code: "F10", Group: count.GroupJoint, Title: "结对帮村单位",
	Figures: []count.Figure{
		{Key: "departments", Past: count.Dated, Title: "部门", Unit: "个", Count: count.Heads, Expect: exactly(32)},
		{Key: "enterprises", Past: count.Dated, Title: "骨干企业", Unit: "个", Count: count.Heads, Expect: exactly(14)},
		{Key: "units", Past: count.Dated, Title: "合计", Unit: "个", Count: count.Heads, Expect: exactly(46)},
	},
	SQL: `
SELECT f.figure, '', org_id, 'pairing', id, coalesce(helper_unit, helper_name, id), 1
FROM pairing JOIN (SELECT 'departments' AS figure UNION ALL SELECT 'enterprises' UNION ALL SELECT 'units') f ON CASE f.figure
  WHEN 'departments' THEN kind = '部门帮村' WHEN 'enterprises' THEN kind = '企业帮村' ELSE 1 END
WHERE kind IN ('部门帮村', '企业帮村') AND started_on <= :to AND (ended_on IS NULL OR ended_on >= :from)`,
}

// figureLiftedVillages: the distinct target_code (where it is empty helped_name, else
// the record) of the pairings 部门帮村 and 企业帮村 with in_poverty and lifted_on in the
// window.
var figureLiftedVillages = &count.Indicator{
	Code: "F11", Group: count.GroupJoint, Title: "脱贫村",
	Figures: []count.Figure{{Key: "villages", Past: count.Dated, Title: "脱贫村", Unit: "个", Count: count.Heads, Expect: exactly(23)}},
	SQL: `
SELECT 'villages', '', org_id, 'pairing', id, coalesce(target_code, helped_name, id), 1 FROM pairing
WHERE kind IN ('部门帮村', '企业帮村') AND in_poverty = 1 AND lifted_on BETWEEN :from AND :to`,
}

// figureMemberPairings: the distinct helpers and helped (as in B07) of the pairings
// 党员帮党员 open at the day.
var figureMemberPairings = &count.Indicator{
	Code: "F12", Group: count.GroupJoint, Title: "党员帮困难党员",
	Figures: []count.Figure{
		{Key: "helpers", Past: count.Dated, Title: "帮扶党员", Unit: "人", Count: count.Heads, Expect: between(1800, 1900)},
		{Key: "helped", Past: count.Dated, Title: "困难党员", Unit: "人", Count: count.Heads, Expect: exactly(1950)},
	},
	SQL: `
SELECT 'helpers', '', org_id, 'pairing', id,
  coalesce(helper, org_id || '|' || coalesce(helper_name, '') || '|' || coalesce(helper_unit, '')), 1
FROM pairing WHERE kind = '党员帮党员' AND ` + openSQL + `
UNION ALL
SELECT 'helped', '', org_id, 'pairing', id, coalesce(helped, org_id || '|' || coalesce(helped_name, target_code, '')), 1
FROM pairing WHERE kind = '党员帮党员' AND ` + openSQL,
}

// figureTrainings: the trainings with started_on in the window; attendances are the
// marks 参加 and 结业 and the guests.
var figureTrainings = &count.Indicator{
	Code: "F13", Group: count.GroupTrain, Title: "培训",
	Figures: []count.Figure{
		{Key: "sessions", Past: count.Dated, Title: "期数", Unit: "期", Expect: between(400, 500)},
		{Key: "attendances", Past: count.Dated, Title: "人次", Unit: "人次", Count: count.Sum, Expect: between(40_000, 50_000)},
	},
	SQL: `
SELECT 'sessions', '', org_id, 'training', id, '', 1 FROM training WHERE started_on BETWEEN :from AND :to
UNION ALL
SELECT 'attendances', '', t.org_id, 'training', t.id, '', count(r.target_id) + coalesce(t.guests, 0) FROM training t
LEFT JOIN training_attendance r ON r.record_id = t.id AND r.state IN ('参加', '结业')
WHERE t.started_on BETWEEN :from AND :to GROUP BY t.id`,
}

// figureTrainingGoals: the source's aims beside what is reached, with no number
// expected. team are the committees of the rated organisations of domain 行政村;
// team_skilled have a mastered skill (as in C02), team_project an open undertaking.
// able are the members at the day with able_bodied, able_project those of them with
// an open undertaking. members are all members, two_techniques those with two
// distinct mastered techniques or more.
var figureTrainingGoals = &count.Indicator{
	Code: "F15", Group: count.GroupTrain, Title: "培训目标",
	Figures: []count.Figure{
		{Key: "team", Past: count.Undated, Title: "村班子成员", Unit: "人"},
		{Key: "team_skilled", Past: count.Undated, Title: "掌握实用技术", Unit: "人", Of: "team", Goal: 80},
		{Key: "team_project", Past: count.Undated, Title: "有致富项目", Unit: "人", Of: "team", Goal: 90},
		{Key: "able", Past: count.Undated, Title: "有劳动能力的党员", Unit: "人"},
		{Key: "able_project", Past: count.Undated, Title: "有致富项目", Unit: "人", Of: "able", Goal: 70},
		{Key: "members", Past: count.Dated, Title: "党员", Unit: "人"},
		{Key: "two_techniques", Past: count.Undated, Title: "掌握两门以上技术", Unit: "人", Of: "members"},
	},
	SQL: `
SELECT f.figure, '', c.org_id, 'person', c.person_id, '', 1 FROM committee c
JOIN ` + ratedSQL + ` o ON o.id = c.org_id AND o.domain = '行政村'
JOIN (SELECT 'team' AS figure UNION ALL SELECT 'team_skilled' UNION ALL SELECT 'team_project') f ON CASE f.figure
  WHEN 'team_skilled' THEN c.person_id IN (
    SELECT person FROM skill WHERE mastery IN ('掌握', '熟练') AND (learned_on IS NULL OR learned_on <= :to))
  WHEN 'team_project' THEN c.person_id IN (SELECT owner FROM undertaking WHERE ` + openSQL + `)
  ELSE 1 END
UNION ALL
SELECT f.figure, '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id
JOIN (SELECT 'able' AS figure UNION ALL SELECT 'able_project' UNION ALL SELECT 'members' UNION ALL SELECT 'two_techniques') f ON CASE f.figure
  WHEN 'able' THEN p.able_bodied = 1
  WHEN 'able_project' THEN p.able_bodied = 1 AND m.person_id IN (SELECT owner FROM undertaking WHERE ` + openSQL + `)
  WHEN 'two_techniques' THEN m.person_id IN (
    SELECT person FROM skill WHERE mastery IN ('掌握', '熟练') AND (learned_on IS NULL OR learned_on <= :to)
    GROUP BY person HAVING count(DISTINCT technique) >= 2)
  ELSE 1 END`,
}
