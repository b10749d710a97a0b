package count

// The figures of 示范工程. received is what a village took part in or was given.
var indicatorsModel = []*Indicator{
	indicatorDemonstrations,
	indicatorTechnicians,
	indicatorSupplies,
	indicatorHonors,
	indicatorPublicity,
	indicatorCampaigns,
}

// indicatorDemonstrations: designated_on at :to or before, revoked_on empty or after
// :to: one revoked on the day is no longer in force.
var indicatorDemonstrations = &Indicator{
	Code: "E01", Group: GroupModel, Title: "示范典型",
	Figures: []Figure{
		{Key: "in_force", Past: Dated, Title: "在册典型", Unit: "个", Split: true},
		{Key: "received", Past: Dated, Title: "其中由上级登记", Unit: "个"},
	},
	SQL: `
SELECT 'in_force', kind, org_id, 'demonstration', id, '', 1 FROM demonstration
WHERE designated_on <= :to AND (revoked_on IS NULL OR revoked_on > :to)
UNION ALL
SELECT 'received', '', org_id, 'demonstration', id, '', 1 FROM demonstration
WHERE designated_on <= :to AND (revoked_on IS NULL OR revoked_on > :to) AND kept_as = '参加或接受'`,
}

// indicatorTechnicians: the members at the day with able_person or tech_household,
// those with both once.
var indicatorTechnicians = &Indicator{
	Code: "E02", Group: GroupModel, Title: "科技致富能人",
	Figures: []Figure{
		{Key: "members", Past: Undated, Title: "科技致富能人", Unit: "人"},
		{Key: "able_person", Past: Undated, Title: "其中经济能人", Unit: "人"},
		{Key: "tech_household", Past: Undated, Title: "其中科技示范户", Unit: "人"},
	},
	SQL: `
SELECT f.figure, '', m.org_id, 'person', m.person_id, '', 1 FROM member m
JOIN person p ON p.id = m.person_id
JOIN (SELECT 'members' AS figure UNION ALL SELECT 'able_person' UNION ALL SELECT 'tech_household') f ON CASE f.figure
  WHEN 'able_person' THEN p.able_person = 1
  WHEN 'tech_household' THEN p.tech_household = 1
  ELSE p.able_person = 1 OR p.tech_household = 1 END`,
}

// indicatorSupplies: all supplies with received_on at :to or before, whatever became
// of them: what was handed out since the beginning.
var indicatorSupplies = &Indicator{
	Code: "E03", Group: GroupModel, Title: "物资配发",
	Figures: []Figure{
		{Key: "quantity", Past: Dated, Title: "数量", Unit: "件(套)", Count: Sum, Split: true},
		{Key: "value", Past: Dated, Title: "价值", Unit: "元", Count: Sum, Split: true},
		{Key: "received_quantity", Past: Dated, Title: "其中由上级登记", Unit: "件(套)", Count: Sum},
	},
	SQL: `
SELECT 'quantity', item, org_id, 'supply', id, '', quantity FROM supply WHERE received_on <= :to AND quantity <> 0
UNION ALL
SELECT 'value', item, org_id, 'supply', id, '', value FROM supply WHERE received_on <= :to AND value <> 0
UNION ALL
SELECT 'received_quantity', '', org_id, 'supply', id, '', quantity FROM supply
WHERE received_on <= :to AND quantity <> 0 AND kept_as = '参加或接受'`,
}

// indicatorHonors: granted_on in the year.
var indicatorHonors = &Indicator{
	Code: "E04", Group: GroupModel, Title: "表彰",
	Figures: []Figure{
		{Key: "by_kind", Past: Dated, Title: "按类别", Unit: "项", Split: true},
		{Key: "by_level", Past: Dated, Title: "按级别", Unit: "项", Split: true},
		{Key: "received", Past: Dated, Title: "其中由上级登记", Unit: "项"},
	},
	SQL: `
SELECT 'by_kind', kind, org_id, 'honor', id, '', 1 FROM honor WHERE granted_on BETWEEN :from AND :to
UNION ALL
SELECT 'by_level', level, org_id, 'honor', id, '', 1 FROM honor WHERE granted_on BETWEEN :from AND :to
UNION ALL
SELECT 'received', '', org_id, 'honor', id, '', 1 FROM honor
WHERE granted_on BETWEEN :from AND :to AND kept_as = '参加或接受'`,
}

// indicatorPublicity: published_on in the year, of all media. persons are the distinct
// persons named (persons), not deleted; organizations the distinct ones named
// (organization).
var indicatorPublicity = &Indicator{
	Code: "E05", Group: GroupModel, Title: "宣传",
	Figures: []Figure{
		{Key: "by_media", Past: Dated, Title: "按媒体", Unit: "篇", Split: true},
		{Key: "by_level", Past: Dated, Title: "按级别", Unit: "篇", Split: true},
		{Key: "received", Past: Dated, Title: "其中由上级登记", Unit: "篇"},
		{Key: "persons", Past: Dated, Title: "宣传的党员", Unit: "人", Count: Heads},
		{Key: "organizations", Past: Dated, Title: "宣传的组织", Unit: "个", Count: Heads},
	},
	SQL: `
SELECT 'by_media', media, org_id, 'publicity', id, '', 1 FROM publicity WHERE published_on BETWEEN :from AND :to
UNION ALL
SELECT 'by_level', level, org_id, 'publicity', id, '', 1 FROM publicity WHERE published_on BETWEEN :from AND :to
UNION ALL
SELECT 'received', '', org_id, 'publicity', id, '', 1 FROM publicity
WHERE published_on BETWEEN :from AND :to AND kept_as = '参加或接受'
UNION ALL
SELECT 'persons', '', c.org_id, 'publicity', c.id, r.target_id, 1 FROM publicity c
JOIN publicity_persons r ON r.record_id = c.id
JOIN main.person p ON p.id = r.target_id AND p.deleted_at IS NULL
WHERE c.published_on BETWEEN :from AND :to
UNION ALL
SELECT 'organizations', '', org_id, 'publicity', id, organization, 1 FROM publicity
WHERE published_on BETWEEN :from AND :to AND organization IS NOT NULL`,
}

// indicatorCampaigns: the activities of the year of any kind with campaign filled, by
// campaign as written; attendances are their marks 到会.
var indicatorCampaigns = &Indicator{
	Code: "E06", Group: GroupModel, Title: "主题实践活动",
	Figures: []Figure{
		{Key: "activities", Past: Dated, Title: "活动", Unit: "次", Split: true},
		{Key: "received", Past: Dated, Title: "其中参加", Unit: "次"},
		{Key: "attendances", Past: Dated, Title: "到会", Unit: "人次", Count: Sum, Split: true},
	},
	SQL: `
SELECT 'activities', campaign, org_id, 'activity', id, '', 1 FROM activity
WHERE held_on BETWEEN :from AND :to AND campaign IS NOT NULL
UNION ALL
SELECT 'received', '', org_id, 'activity', id, '', 1 FROM activity
WHERE held_on BETWEEN :from AND :to AND campaign IS NOT NULL AND kept_as = '参加或接受'
UNION ALL
SELECT 'attendances', a.campaign, a.org_id, 'activity', a.id, '', count(*) FROM activity a
JOIN activity_attendance r ON r.record_id = a.id AND r.state = '到会'
WHERE a.held_on BETWEEN :from AND :to AND a.campaign IS NOT NULL
GROUP BY a.id`,
}
