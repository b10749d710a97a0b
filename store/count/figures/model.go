package figures

import "taizhang/store/count"

// sourceFiguresModel are F30, F32–F38: models, what was handed out, praise, and the
// joint meeting.
var sourceFiguresModel = []*count.Indicator{
	figureFieldMeeting, figureModels, figureTechnicians, figureSupplies, figureBook, figureRecommended, figurePublicised,
	figureJointMeeting,
}

// figureFieldMeeting speaks of one meeting: the activity of kind 现场会 held in the
// window with the most heads, of two the one whose id is less. heads are its marks
// 到会 and its guests (列席人数).
var figureFieldMeeting = &count.Indicator{
	Code: "F30", Group: count.GroupModel, Title: "人数最多的现场会",
	Figures: []count.Figure{{Key: "heads", Past: count.Dated, Title: "到会", Unit: "人", Count: count.Sum, Expect: exactly(196)}},
	SQL: `
SELECT * FROM (
SELECT 'heads', '', a.org_id, 'activity', a.id, '', count(r.target_id) + coalesce(a.guests, 0) AS n FROM activity a
LEFT JOIN activity_attendance r ON r.record_id = a.id AND r.state = '到会'
WHERE a.kind = '现场会' AND a.held_on BETWEEN :from AND :to
GROUP BY a.id ORDER BY n DESC, a.id LIMIT 1)`,
}

// figureModels: demonstrations in force at the day (as in E01): households of kind
// 双带党员示范户, enterprises of kind 非公企业示范党组织.
var figureModels = &count.Indicator{
	Code: "F32", Group: count.GroupModel, Title: "示范典型",
	Figures: []count.Figure{
		{Key: "households", Past: count.Dated, Title: "双带党员示范户", Unit: "户", Expect: exactly(300)},
		{Key: "enterprises", Past: count.Dated, Title: "非公企业示范党组织", Unit: "个", Expect: exactly(75)},
	},
	SQL: `
SELECT CASE kind WHEN '双带党员示范户' THEN 'households' ELSE 'enterprises' END, '', org_id, 'demonstration', id, '', 1
FROM demonstration WHERE kind IN ('双带党员示范户', '非公企业示范党组织')
  AND designated_on <= :to AND (revoked_on IS NULL OR revoked_on > :to)`,
}

// figureTechnicians: the members at the day with tech_household, of any organisation.
var figureTechnicians = &count.Indicator{
	Code: "F33", Group: count.GroupModel, Title: "党员科技致富能手",
	Figures: []count.Figure{{Key: "members", Past: count.Undated, Title: "科技示范户党员", Unit: "人", Expect: between(2300, 2400)}},
	SQL: `
SELECT 'members', '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id AND p.tech_household = 1`,
}

// figureSupplies: supplies with received_on in the window, the sum of quantity of one
// item each: players VCD机, books 图书, films 科技片; money is the value of these three
// together.
var figureSupplies = &count.Indicator{
	Code: "F34", Group: count.GroupModel, Title: "示范户物资",
	Figures: []count.Figure{
		{Key: "money", Past: count.Dated, Title: "价值", Unit: "元", Count: count.Sum, Expect: between(30_000_00, 40_000_00)},
		{Key: "players", Past: count.Dated, Title: "VCD机", Unit: "台", Count: count.Sum, Expect: exactly(57)},
		{Key: "books", Past: count.Dated, Title: "图书", Unit: "套", Count: count.Sum, Expect: exactly(57)},
		{Key: "films", Past: count.Dated, Title: "科技片", Unit: "部", Count: count.Sum, Expect: between(2_900, 3_000)},
	},
	SQL: `
SELECT CASE item WHEN 'VCD机' THEN 'players' WHEN '图书' THEN 'books' ELSE 'films' END, '', org_id, 'supply', id, '', quantity
FROM supply WHERE item IN ('VCD机', '图书', '科技片') AND received_on BETWEEN :from AND :to AND quantity <> 0
UNION ALL
SELECT 'money', '', org_id, 'supply', id, '', value
FROM supply WHERE item IN ('VCD机', '图书', '科技片') AND received_on BETWEEN :from AND :to AND value <> 0`,
}

// figureBook: the distinct persons (persons), not deleted, of the publicity with media
// 事迹汇编 published in the window.
var figureBook = &count.Indicator{
	Code: "F35", Group: count.GroupModel, Title: "事迹汇编",
	Figures: []count.Figure{{Key: "persons", Past: count.Dated, Title: "人物", Unit: "人", Count: count.Heads, Expect: exactly(19)}},
	SQL: `
SELECT 'persons', '', c.org_id, 'publicity', c.id, r.target_id, 1 FROM publicity c
JOIN publicity_persons r ON r.record_id = c.id
JOIN main.person p ON p.id = r.target_id AND p.deleted_at IS NULL
WHERE c.media = '事迹汇编' AND c.published_on BETWEEN :from AND :to`,
}

// namedInPublicity counts the distinct organizations and persons, not deleted, named
// by the publicity of the window with a media of the where-clause.
func namedInPublicity(media string) string {
	return `
SELECT 'organizations', '', org_id, 'publicity', id, organization, 1 FROM publicity
WHERE ` + media + ` AND published_on BETWEEN :from AND :to AND organization IS NOT NULL
UNION ALL
SELECT 'persons', '', c.org_id, 'publicity', c.id, r.target_id, 1 FROM publicity c
JOIN publicity_persons r ON r.record_id = c.id
JOIN main.person p ON p.id = r.target_id AND p.deleted_at IS NULL
WHERE c.` + media + ` AND c.published_on BETWEEN :from AND :to`
}

// figureRecommended: media 向上推荐.
var figureRecommended = &count.Indicator{
	Code: "F36", Group: count.GroupModel, Title: "向上推荐",
	Figures: []count.Figure{
		{Key: "organizations", Past: count.Dated, Title: "双带党组织", Unit: "个", Count: count.Heads, Expect: exactly(5)},
		{Key: "persons", Past: count.Dated, Title: "党员", Unit: "人", Count: count.Heads, Expect: exactly(3)},
	},
	SQL: namedInPublicity(`media = '向上推荐'`),
}

// figurePublicised: any media other than 向上推荐.
var figurePublicised = &count.Indicator{
	Code: "F37", Group: count.GroupModel, Title: "宣传典型",
	Figures: []count.Figure{
		{Key: "persons", Past: count.Dated, Title: "优秀党员", Unit: "人", Count: count.Heads, Expect: between(400, 500)},
		{Key: "organizations", Past: count.Dated, Title: "先进党组织", Unit: "个", Count: count.Heads, Expect: between(300, 400)},
	},
	SQL: namedInPublicity(`media <> '向上推荐'`),
}

// figureJointMeeting: the activities of the county's own organisation (the home
// organisation of a ledger, domain 机关, kind 党委), kept_as 本级主办, whose kind is 联席例会
// or whose counts_as has it, in the twelve months up to :to (held_on after the same
// day a year before, and not before :from).
var figureJointMeeting = &count.Indicator{
	Code: "F38", Group: count.GroupJoint, Title: "联席会议一年研究次数",
	Figures: []count.Figure{{Key: "meetings", Past: count.Dated, Title: "联席例会", Unit: "次", Expect: exactly(2)}},
	SQL: `
SELECT 'meetings', '', a.org_id, 'activity', a.id, '', 1 FROM activity a
JOIN organization o ON o.id = a.org_id AND o.domain = '机关' AND o.kind = '党委'
WHERE a.held_on > date(:to, '-1 year') AND a.held_on BETWEEN :from AND :to AND a.kept_as = '本级主办'
  AND (a.kind = '联席例会' OR EXISTS (SELECT 1 FROM json_each(a.counts_as) WHERE value = '联席例会'))`,
}
