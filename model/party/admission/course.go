package admission

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// StepState tells how far a step is.
type StepState int

// The states of a step.
const (
	Ahead   StepState = iota // its turn has not come
	Next                     // it is the next one, or goes on now
	Taken                    // done
	LeftOut                  // later steps were taken, this one was not
)

// StepAt is one of the twenty-five steps as it stands in an admission.
type StepAt struct {
	AdmissionStep
	State StepState
	On    model.Date // the day on which it was taken; of 6 and 21 the last observation's
	Said  string     // what tells that it was taken, where it has no day: how many persons, a number
	// Earliest and Latest are the step's term by the edition of its day; "" for none. Of 6
	// and 21, while they go on, Latest is the next half-year's.
	Earliest, Latest model.Date
	// Late is by how many days it was taken, or is not taken yet, after its last day.
	Late int
}

// Course gives the twenty-five steps of an admission as they stand on a day. observed are
// its observations (steps 6 and 21); opened is the day from which the book is kept: what
// was observed before stands on paper (R-DEV-02).
func Course(p *model.Packs, r *model.Record, observed []*model.Record, opened, today model.Date) []StepAt {
	g := AdmissionProgress(p, r)
	all := make([]StepAt, len(admissionSteps))
	for i, s := range admissionSteps {
		at := StepAt{AdmissionStep: s}
		switch {
		case s.Field == "":
			at.observe(p, r, observed, opened)
		case r.Filled(s.Field):
			at.State = Taken
			at.Earliest, at.Latest = s.Term(p, r)
			switch f := r.Kind.Field(s.Field); {
			case f.Type == model.TypeDate:
				at.On = r.Date(s.Field)
			case f.Linked():
				at.Said = fmt.Sprintf("%d 人", len(r.List(s.Field)))
			default:
				at.Said = r.Text(s.Field)
			}
		default:
			at.Earliest, at.Latest = s.Term(p, r)
			switch {
			case g.Next != nil && g.Next.No == s.No:
				at.State = Next
			case slices.ContainsFunc(g.Missing, func(m AdmissionStep) bool { return m.No == s.No }):
				at.State = LeftOut
			}
		}
		at.Late = at.late(today)
		all[i] = at
	}
	return all
}

func ended(r *model.Record) bool {
	return r.Filled("ended_on") || r.Is("confirm_result", "取消资格")
}

// late counts the days beyond the last day: of a step taken until then, of one whose
// turn it is until today.
func (s *StepAt) late(today model.Date) int {
	day := s.On
	if s.State != Taken || s.Field == "" {
		day = today
	}
	if s.Latest == "" || day == "" || day <= s.Latest || s.State == Ahead || s.State == LeftOut {
		return 0
	}
	return s.Latest.DaysUntil(day)
}

// observe fills in step 6 or 21: from the day on which the period began until it ended
// there is an observation every half-year.
func (s *StepAt) observe(p *model.Packs, r *model.Record, observed []*model.Record, opened model.Date) {
	stage, from, until := "积极分子", r.Date("activist_on"), r.Date("accepted_on")
	if s.No == 21 {
		stage, from, until = "预备党员", r.Date("accepted_on"), r.Date("confirm_voted_on")
		if r.Is("confirm_result", "延长预备期") && !r.Filled("confirm_approved_on") {
			until = ""
		}
	}
	n := 0
	for _, o := range observed {
		if o.Is("stage", stage) {
			n++
			s.On = max(s.On, o.Date("held_on"))
		}
	}
	if n > 0 {
		s.Said = fmt.Sprintf("%d 次", n)
	}
	switch {
	case from == "":
	case until == "" && !ended(r):
		s.State = Next
		since := max(from, s.On)
		if n == 0 {
			since = max(since, opened)
		}
		s.Latest = since.AddMonths(p.Limit("admission.observe.months", since).Int())
	case n == 0 && until != "" && until > opened:
		s.State = LeftOut
	}
	if s.State == Ahead && n > 0 {
		s.State = Taken
	}
}
