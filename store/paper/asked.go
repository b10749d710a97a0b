package paper

import (
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// atHome bounds what is looked for to the record book of the organisation whose paper it
// is: a county's ledger holds hundreds.
func atHome(q *page.Request, conds ...model.Cond) []model.Cond {
	if h := q.Ledger.Home(); h != nil {
		conds = append(conds, model.Where("org_id", model.Eq, h.ID))
	}
	return conds
}

// inYear bounds a date field to a year.
func inYear(year int, field string) []model.Cond {
	y := strconv.Itoa(year)
	return []model.Cond{model.Where(field, model.Ge, y+"-01-01"), model.Where(field, model.Le, y+"-12-31")}
}

// signedBy is the line below a paper on which people sign.
func signedBy(labels ...string) page.Lines {
	return page.Lines{Text: []string{strings.Join(labels, strings.Repeat(" ", 18))}, Space: 14}
}
