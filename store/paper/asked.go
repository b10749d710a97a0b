package paper

import (
	"context"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
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

// membersHere reads the members of the organisation whose paper it is, in the table's
// order.
func membersHere(ctx context.Context, q *page.Request) ([]*model.Record, error) {
	k := q.Ledger.Kinds().Kind("person")
	view, _ := k.View("在册党员")
	found, err := q.Ledger.Page(ctx, store.Query{Kind: k.Name, Conds: atHome(q, view.Conds(q.Day)...)})
	return found.Records, err
}

// unitOf names the organisation in whose record book a record stands; that of the ledger
// for none.
func unitOf(q *page.Request, r *model.Record) (string, error) {
	home := q.Ledger.Home()
	if r == nil || r.OrgID == "" || home != nil && home.ID == r.OrgID {
		return q.Home(), nil
	}
	o, err := q.Env.Look.Get("organization", r.OrgID)
	if err != nil || o == nil {
		return q.Home(), err
	}
	return o.Text("name"), nil
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
