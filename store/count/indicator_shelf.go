package count

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// Shelved is one of the 24 ledgers that have to stand on a village's shelf (domain.md
// §8.10), and what answers it: a record of Kind for which Where holds.
type Shelved struct {
	No    int
	Title string
	Kind  string
	Where string // SQL over the kind's table
}

const (
	yearOfReport = `year = CAST(substr(:to, 1, 4) AS INTEGER)`
	openAtDay    = `started_on <= :to AND (ended_on IS NULL OR ended_on > :to)`
)

func inYear(field string) string { return field + " BETWEEN :from AND :to" }

// Shelf are the 24, in their order; some have several answers. Lists of who and what
// there is are answered by what stands at the day, the others by what is of the year.
var Shelf = []Shelved{
	{1, "党支部情况", "organization", "id = org_id"},
	{2, "两委成员花名册", "position", "body IN ('党组织', '村民委员会', '居民委员会') AND " + openAtDay},
	{3, "党员名册", "person", "id IN (SELECT person_id FROM member)"},
	{4, "积极分子与发展党员", "admission", "applied_on <= :to AND (ended_on IS NULL OR ended_on >= :from) AND (archived_on IS NULL OR archived_on >= :from)"},
	{5, "流入流出党员", "person", "(away IS NOT NULL OR home_org IS NOT NULL) AND standing IN ('在册', '组织关系在外')"},
	{5, "流入流出党员", "movement", "kind IN ('外出流动', '流动返回') AND " + inYear("happened_on")},
	{6, "组织关系转接", "movement", "kind IN ('转入', '转出') AND " + inYear("happened_on")},
	{7, "计划与总结", "plan", yearOfReport},
	{8, "组织生活记录", "activity", inYear("held_on")},
	{9, "组织生活会与民主评议", "appraisal", yearOfReport},
	{9, "组织生活会与民主评议", "activity", "kind IN ('组织生活会', '民主评议') AND " + inYear("held_on")},
	{10, "谈心谈话", "talk", inYear("held_on")},
	{11, "党费交纳", "dues", "month BETWEEN :month_from AND :month_to"},
	{12, "教育培训", "training", inYear("started_on")},
	{13, "后备干部", "reserve", "listed_on <= :to AND (state = '培养中' OR appointed_on >= :from)"},
	{14, "双培双带", "cultivation", "started_on <= :to AND (state = '培养中' OR achieved_on >= :from)"},
	{15, "设岗定责", "duty", openAtDay},
	{16, "承诺践诺", "pledge", yearOfReport},
	{17, "结对帮扶", "pairing", openAtDay},
	{17, "结对帮扶", "visit", inYear("happened_on")},
	{18, "两委成员述职", "plan", "kind = '半年述职' AND " + yearOfReport},
	{18, "两委成员述职", "activity", "kind = '述职' AND " + inYear("held_on")},
	{19, "重要决策", "decision", inYear("proposed_on")},
	{20, "党务公开", "activity", "kind = '党务公开' AND " + inYear("held_on")},
	{20, "党务公开", "decision", "resolution_shown_on BETWEEN :from AND :to OR result_shown_on BETWEEN :from AND :to"},
	{21, "换届选举", "election", "held_on <= :to"},
	{22, "奖励与处分", "honor", inYear("granted_on")},
	{22, "奖励与处分", "movement", "kind = '处分' AND " + inYear("happened_on") + notElsewhere("movement", "happened_on")},
	{23, "经济实体和项目", "undertaking", openAtDay},
	{24, "五好申报与考核", "assessment", yearOfReport},
}

// shelfOfDuty names the ledger into which a duty's record would have gone.
var shelfOfDuty = map[string]int{
	"R-ORG-01": 8, "R-ORG-02": 8, "R-ORG-03": 8, "R-ORG-04": 8, "R-ORG-05": 8, "R-ORG-06": 9, "R-ORG-07": 9, "R-ORG-08": 10,
	"R-DUE-02": 11, "R-DUE-03": 11, "R-DUE-04": 20,
}

// ShelfOnPaper counts the ledgers of which nothing is on file in a year and something was
// settled as done on paper: they stand on the shelf, and not in this book. kept tells
// whether a ledger has a record, by its number.
func ShelfOnPaper(settled []model.Settled, year string, kept func(no int) bool) int {
	paper := map[int]bool{}
	for _, s := range settled {
		if no := shelfOfDuty[s.Code]; no > 0 && strings.HasPrefix(s.Period, year) && !kept(no) {
			paper[no] = true
		}
	}
	return len(paper)
}

// indicatorsShelf: for each organisation whose ledger it is, not abolished at the day,
// 24 are asked; kept are those with a record, each once.
var indicatorsShelf = []*Indicator{{
	Code: "G01", Group: groupShelf, Title: "台账完整度",
	Figures: []Figure{
		{Key: "asked", Past: Dated, Title: "应有台账", Unit: "本", Count: Sum},
		{Key: "kept", Past: Undated, Title: "已有台账", Unit: "本", Of: "asked", Goal: 100, Every: true},
		{Key: "by_ledger", Past: Undated, Title: "各台账已建", Unit: "个", Split: true},
	},
	SQL: shelfSQL(),
}}

func shelfSQL() string {
	var b strings.Builder
	b.WriteString("SELECT * FROM (WITH home AS (SELECT id FROM organization WHERE id = org_id AND (abolished_on IS NULL OR abolished_on > :to)),\nfound AS (")
	for i, l := range Shelf {
		if i > 0 {
			b.WriteString("\nUNION ALL\n")
		}
		fmt.Fprintf(&b, "SELECT '%02d %s' AS title, org_id, '%s' AS kind, min(id) AS id FROM %s WHERE (%s) AND org_id IN (SELECT id FROM home) GROUP BY org_id", l.No, l.Title, l.Kind, l.Kind, l.Where)
	}
	fmt.Fprintf(&b, `),
kept AS MATERIALIZED (SELECT title, org_id, kind, min(id) AS id FROM found GROUP BY title, org_id)
SELECT 'asked', '', id, 'organization', id, '', %d FROM home
UNION ALL
SELECT 'kept', '', org_id, kind, id, '', 1 FROM kept
UNION ALL
SELECT 'by_ledger', title, org_id, kind, id, '', 1 FROM kept)`, Shelf[len(Shelf)-1].No)
	return b.String()
}
