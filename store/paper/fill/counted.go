package fill

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// This file gathers what other records say of a person: what was paid in a month, how
// often somebody came.

// duesIn is what a person paid for a month of a year, in yuan; month 0 is the whole year,
// year 0 the one of which the form asks.
func duesIn(year, month int) *Source {
	name, label := "", "全年"
	if month > 0 {
		name, label = fmt.Sprintf("%02d", month), fmt.Sprintf("%d月", month)
	}
	if year > 0 {
		label = fmt.Sprintf("%d年%s", year, strings.TrimPrefix(label, "全年"))
		name = strings.TrimSuffix(fmt.Sprintf("%d-%s", year, name), "-")
	}
	return &Source{Name: "dues(" + name + ")", Label: label + "缴纳的党费", field: paidField, get: func(r *reading, p *model.Record) any {
		return paid(r, p, year, month)
	}}
}

// paidField is the field that sums of dues are written like.
var paidField = &model.Field{Name: "paid", Label: "党费", Type: model.TypeMoney}

func paid(r *reading, p *model.Record, year, month int) any {
	if year == 0 {
		year = r.year
	}
	from, to := 1, 12
	if month > 0 {
		from, to = month, month
	}
	var sum int64
	any := false
	for m := from; m <= to; m++ {
		at := fmt.Sprintf("%04d-%02d", year, m)
		for _, d := range r.referring("dues", "person", p.ID, model.Where("month", model.Eq, at)) {
			sum += d.Int("amount")
			any = true
		}
	}
	if !any {
		return nil
	}
	return float64(sum) / 100
}

// inYear are the conditions on a date field that it lies in the form's year.
func (r *reading) inYear(field string) []model.Cond {
	return []model.Cond{model.Where(field, model.Ge, fmt.Sprintf("%04d-01-01", r.year)), model.Where(field, model.Le, fmt.Sprintf("%04d-12-31", r.year))}
}

// counted is a number of records of a year that refer to a person.
func counted(name, label, kind, field, date string, counts func(r *model.Record, id string) bool) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, p *model.Record) any {
		n := int64(0)
		for _, f := range r.referring(kind, field, p.ID, r.inYear(date)...) {
			if counts == nil || counts(f, p.ID) {
				n++
			}
		}
		return n
	}}
}

// state gives what a roll says of a person.
func state(r *model.Record, id string) string {
	for _, m := range r.Roll("attendance") {
		if m.Target == id {
			return m.State
		}
	}
	return ""
}

var (
	attended = counted("attended", "本年到会次数", "activity", "attendance", "held_on", func(r *model.Record, id string) bool { return state(r, id) == "到会" })
	missed   = counted("missed", "本年缺席次数", "activity", "attendance", "held_on", func(r *model.Record, id string) bool {
		return state(r, id) != "到会" && !slices.Contains(r.List("made_up"), id)
	})
	trainings = counted("trainings", "本年参训次数", "training", "attendance", "started_on", tookPart)
	talks     = counted("talks", "本年谈心谈话次数", "talk", "person", "held_on", nil)
	visits    = counted("visits", "本年走访次数", "visit", "person", "happened_on", nil)
)

func tookPart(r *model.Record, id string) bool { return state(r, id) != "缺席" }

// trainedHours are the class hours of a year: of courses, and of activities that count
// (records.md, training).
var trainedHours = &Source{Name: "trained_hours", Label: "本年学时", get: func(r *reading, p *model.Record) any {
	sum := int64(0)
	for _, t := range r.referring("training", "attendance", p.ID, r.inYear("started_on")...) {
		if tookPart(t, p.ID) {
			sum += t.Int("hours")
		}
	}
	for _, a := range r.referring("activity", "attendance", p.ID, r.inYear("held_on")...) {
		if state(a, p.ID) == "到会" {
			sum += a.Int("hours")
		}
	}
	return sum
}}

// lastGrade is the grade of a person's last appraisal.
func lastGrade(r *reading, p *model.Record) any {
	year, grade := int64(0), ""
	for _, a := range r.referring("appraisal", "person", p.ID) {
		if y := a.Int("year"); y > year {
			year, grade = y, a.Str("grade")
		}
	}
	return grade
}

// texts lists what the records of a kind that refer to a person say in a field.
func texts(name, label, kind, ref, field string, conds ...model.Cond) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, p *model.Record) any {
		var all []string
		for _, f := range r.referring(kind, ref, p.ID, conds...) {
			if t := f.Text(field); t != "" && !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
		return strings.Join(all, "、")
	}}
}
