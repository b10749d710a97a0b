package demo

import (
	"context"
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/internal/raw"
)

// faultyOffices gives a Party office to one on probation, and to one who had a warning
// half a year before.
func (v *village) faultyOffices() {
	if v.faulty == nil {
		return
	}
	f, asOf := v.faulty, v.span.asOf
	warned, on := folk.Workday(asOf.AddMonths(-8)), folk.Workday(asOf.AddMonths(-2))
	v.book.settle(warned, f.dear, fields{"kind": "处分", "penalty": "警告", "approved_by": "中共" + v.place.Township + "纪律检查委员会"}, nil)
	lead := func(p *folk.Villager) string {
		return v.book.put(on, "position", fields{"person": p.ID, "body": "党组织", "post": "党小组长", "started_on": on, "method": "选举"})
	}
	f.warnedOffice, f.probationOffice = lead(f.dear), lead(f.lapsed.Person)
}

// spoilRules puts in what can be entered and should not have been: a vote of more than
// the member list has, dues paid half a year late, a day that has not come, a letter
// that says more than the ledger, and a reduction that nobody approved.
func (v *village) spoilRules(ctx context.Context) error {
	f, l := v.faulty, v.book.ledger
	var spoilt []*model.Record
	var failed error
	one := func(kind string, conds ...model.Cond) *model.Record {
		var found *model.Record
		err := l.Each(ctx, store.Query{Kind: kind, Conds: conds}, func(r *model.Record) error {
			if found == nil || r.ID < found.ID {
				found = r
			}
			return nil
		})
		if err == nil && found == nil {
			err = fmt.Errorf("no %s to be spoilt", kind)
		}
		if err != nil {
			failed = errors.Join(failed, err)
			return model.NewRecord(l.Kinds().Kind(kind)) // nothing is written then
		}
		spoilt = append(spoilt, found)
		return found
	}
	opened := v.span.opening().Month()
	late := one("dues", model.Where("person", model.Eq, f.birth.ID), model.Where("month", model.Eq, string(opened.Add(1))))
	ahead := one("plan", model.Where("made_on", model.Filled))
	moved := one("movement", model.Where("kind", model.Eq, "转出"))
	reduced := one("person", model.Where("dues_basis", model.Eq, "减交"), model.Where("standing", model.Eq, "在册"))
	voted, err := l.Get(ctx, "admission", f.late.ID)
	if failed = errors.Join(failed, err); failed != nil {
		return fmt.Errorf("demo: put the faults in: %w", failed)
	}
	late.Set("paid_on", folk.Workday(opened.Add(8).First()))
	ahead.Set("made_on", v.span.asOf.AddDays(400))
	moved.Set("dues_paid_to", moved.Date("happened_on").Month().Add(2))
	reduced.Set("dues_approval", nil)
	voted.Set("votes_due", int64(v.size.members))
	f.latePaid, f.aheadPlan = late.ID, ahead.ID
	if err := l.Inside(raw.Pass{}).PutUnchecked(ctx, append(spoilt, voted)...); err != nil {
		return fmt.Errorf("demo: put the faults in: %w", err)
	}
	return nil
}

// ruleKey lists the faults of faultyOffices and spoilRules; letter is the movement with
// the letter of transfer.
func (v *village) ruleKey(letter string) []Fault {
	f := v.faulty
	return []Fault{
		{Rule: "W-POS-RIGHTS", By: "check", Kind: "position", ID: f.probationOffice, Text: "预备党员担任党小组长"},
		{Rule: "W-POS-PENALTY", By: "check", Kind: "position", ID: f.warnedOffice, Text: "受警告处分六个月就担任党小组长"},
		{Rule: "W-VOTE-ROLL", By: "check", Kind: "admission", ID: f.late.ID, Text: "接收预备党员的支部大会应到比名册上有表决权的多"},
		{Rule: "W-DUE-LATE", By: "check", Kind: "dues", ID: f.latePaid, Text: "党费迟了六个月以上才交"},
		{Rule: "W-DUE-APPROVAL", By: "check", Kind: "organization", ID: v.home, Text: "一名党员减交党费没有写批准"},
		{Rule: "W-FUTURE", By: "check", Kind: "plan", ID: f.aheadPlan, Text: "日期写到了将来"},
		{Rule: "W-TRF-DUES", By: "check", Kind: "movement", ID: letter, Text: "介绍信的党费交至比台账多两个月"},
	}
}
