package figures

import (
	"math"

	"taizhang/store/count"
)

// The figures of the source (domain.md §11.1) that are not damaged in it, over the
// window :from to :to. Those that the source gives for its county have an Expect;
// the rest stand beside them for comparison. Money is expected in fen.
//
// Of the kinds with kept_as the county counts only what is 本级主办. A ledger's home
// organisation is the organization whose id is its own org_id.

// sourceFiguresRating are F01–F06.
var sourceFiguresRating = []*count.Indicator{
	figureTownships, figureVillages, figureEnterprises, figureCommunities, figureRatingGoals,
}

// exactly expects one number.
func exactly(n int64) *count.Expectation { return &count.Expectation{Exact: n} }

// between expects a number that is more than one and less than another.
func between(above, below int64) *count.Expectation {
	return &count.Expectation{Exact: -1, Above: above, Below: below}
}

// atLeast expects a number or more.
func atLeast(n int64) *count.Expectation { return between(n-1, math.MaxInt64) }

// ratedSQL are the rated organisations at the day: rated = 是, kind other than 党小组,
// founded_on empty or at :to or before, abolished_on empty or after :to. A made-up
// county sets rated for the home organisations of its 536 units and for no other.
const ratedSQL = `(SELECT * FROM organization WHERE rated = 1 AND kind <> '党小组'
  AND (founded_on IS NULL OR founded_on <= :to) AND (abolished_on IS NULL OR abolished_on > :to))`

// namedSQL tells of an organisation whether it is 五好 at the day: named (five_good_on
// at :to or before) and not struck off (five_good_off_on empty or after :to).
const namedSQL = `five_good_on <= :to AND (five_good_off_on IS NULL OR five_good_off_on > :to)`

// openSQL tells of an undertaking, linkage or pairing whether it is open at the day.
const openSQL = `started_on <= :to AND (ended_on IS NULL OR ended_on > :to)`

// ratedFigure counts the rated organisations of a where-clause as organizations, and
// as five_good those that are named.
func ratedFigure(code, title, where string, all, good *count.Expectation) *count.Indicator {
	i := &count.Indicator{Code: code, Group: count.GroupBase, Title: title,
		Figures: []count.Figure{{Key: "organizations", Past: count.Undated, Title: "党组织", Unit: "个", Expect: all}},
		SQL:     "SELECT 'organizations', '', org_id, 'organization', id, '', 1 FROM " + ratedSQL + " WHERE " + where}
	if good != nil {
		i.Figures = append(i.Figures, count.Figure{Key: "five_good", Past: count.Undated, Title: "五好党组织", Unit: "个", Of: "organizations", Expect: good})
		i.SQL += "\nUNION ALL\nSELECT 'five_good', '', org_id, 'organization', id, '', 1 FROM " + ratedSQL + " WHERE " + where + " AND " + namedSQL
	}
	return i
}

// figureTownships: rated organisations of domain 乡镇 and kind 党委. How many of them
// are 五好 is damaged in the source (F02).
var figureTownships = ratedFigure("F01", "乡镇党委", `domain = '乡镇' AND kind = '党委'`, exactly(20), nil)

// figureVillages: rated organisations of domain 行政村.
var figureVillages = ratedFigure("F03", "村党组织", `domain = '行政村'`, exactly(281), exactly(97))

// figureEnterprises: rated organisations of domain 非公企业 and the park's, domain 园区,
// which the source counts among the 189.
var figureEnterprises = ratedFigure("F04", "非公企业党组织", `domain IN ('非公企业', '园区')`, exactly(189), exactly(57))

// figureCommunities: rated organisations of domain 社区.
var figureCommunities = ratedFigure("F05", "社区党组织", `domain = '社区'`, exactly(46), exactly(9))

// figureRatingGoals: how many organisations are 80 in a hundred, rounded up, of those
// that F01, F03, F04 and F05 count, level by level; and of all four together.
var figureRatingGoals = &count.Indicator{
	Code: "F06", Group: count.GroupBase, Title: "五好达标目标(80%)",
	Figures: []count.Figure{
		{Key: "townships", Past: count.Undated, Title: "乡镇党委", Unit: "个", Count: count.Sum, Expect: exactly(16)},
		{Key: "villages", Past: count.Undated, Title: "村党组织", Unit: "个", Count: count.Sum, Expect: exactly(225)},
		{Key: "enterprises", Past: count.Undated, Title: "非公企业党组织", Unit: "个", Count: count.Sum, Expect: exactly(152)},
		{Key: "communities", Past: count.Undated, Title: "社区党组织", Unit: "个", Count: count.Sum, Expect: exactly(37)},
		{Key: "all", Past: count.Undated, Title: "合计", Unit: "个", Count: count.Sum, Expect: exactly(429)},
	},
	SQL: `
SELECT * FROM (
WITH level(figure, id) AS (
  SELECT CASE domain WHEN '乡镇' THEN 'townships' WHEN '行政村' THEN 'villages' WHEN '社区' THEN 'communities' ELSE 'enterprises' END, id
  FROM ` + ratedSQL + ` WHERE domain IN ('行政村', '非公企业', '园区', '社区') OR domain = '乡镇' AND kind = '党委')
SELECT figure, '', min(id), 'organization', min(id), '', (count(*) * 80 + 99) / 100 FROM level GROUP BY figure
UNION ALL
SELECT 'all', '', min(id), 'organization', min(id), '', (count(*) * 80 + 99) / 100 FROM level HAVING count(*) > 0)`,
}
