package party

import (
	"strings"

	"taizhang/model"
)

// spreadDues makes three records of dues for a quarter. The amount is that of the three
// months together: each gets what is owed by the standard where that is the sum, else
// all get the same, what can't be shared going to the last.
func spreadDues(env *model.Env, r *model.Record) ([]*model.Record, error) {
	months := model.QuarterMonths(r.Month("month"), env.Today)
	if months == nil {
		return []*model.Record{r}, nil
	}
	if err := duesOnFile(env, r, months); err != nil {
		return nil, err
	}
	standing := map[model.Month]int64{}
	if r.Filled("person") {
		p, err := env.Look.Get("person", r.Str("person"))
		if err != nil {
			return nil, err
		}
		for _, m := range months {
			if p != nil {
				standing[m] = standingDues(p, m)
			}
		}
	}
	amount, owed, known := r.Int("amount"), int64(0), true
	for _, m := range months {
		owed += standing[m]
		known = known && standing[m] > 0
	}
	all := make([]*model.Record, len(months))
	n := int64(len(months))
	for i, m := range months {
		one := r.Clone()
		one.Set("month", string(m))
		switch {
		case !r.Filled("amount"):
		case known && amount == owed:
			one.Set("amount", standing[m])
		case i == len(months)-1:
			one.Set("amount", amount-amount/n*(n-1))
		default:
			one.Set("amount", amount/n)
		}
		all[i] = one
	}
	return all, nil
}

// duesOnFile refuses a quarter of which a month is on file.
func duesOnFile(env *model.Env, r *model.Record, months []model.Month) error {
	if !r.Filled("person") {
		return nil
	}
	paid, err := env.Look.Find("dues", model.Where("person", model.Eq, r.Str("person")),
		model.Where("month", model.Ge, string(months[0])), model.Where("month", model.Le, string(months[len(months)-1])))
	if err != nil {
		return err
	}
	var on []string
	for _, d := range paid {
		on = append(on, d.Month("month").Chinese())
	}
	if len(on) == 0 {
		return nil
	}
	e := model.Errorf("E-UNIQUE", "%s的党费已经登记过,不能再按季度登记;请一个月一个月填,或改已登记的那一条", strings.Join(on, "、"))
	e.Field = "month"
	return e
}
