package paper

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// date gives a date field for a cell, nil when it is empty.
func date(r *model.Record, field string) any {
	if r == nil || r.Date(field) == "" {
		return nil
	}
	return r.Date(field).Time()
}

// yuan gives a money field for a cell, nil when it is empty.
func yuan(r *model.Record, field string) any {
	if r == nil || !r.Filled(field) {
		return nil
	}
	return float64(r.Int(field)) / 100
}

// postsOf gives the posts that a person holds at the day of the request in the bodies,
// all of them for none.
func postsOf(q *page.Request, p *model.Record, bodies ...string) (string, error) {
	found, err := q.Env.Look.Find("position", model.Where("person", model.Eq, p.ID))
	if err != nil {
		return "", err
	}
	var all []string
	for _, f := range found {
		ended := f.Date("ended_on")
		open := f.Date("started_on") <= q.Day && (ended == "" || ended > q.Day)
		if open && (len(bodies) == 0 || slices.Contains(bodies, f.Str("body"))) && !slices.Contains(all, f.Str("post")) {
			all = append(all, f.Str("post"))
		}
	}
	return strings.Join(all, "、"), nil
}

// withoutLastFour hides the last four digits of a phone (domain.md §8.1, the poster).
func withoutLastFour(phone string) string {
	if n := len(phone); n > 4 {
		return phone[:n-4] + "****"
	}
	return ""
}
