package membership

import "taizhang/model"

// Suspension says why a member had no vote and couldn't be elected on a day.
type Suspension struct {
	Penalty *model.Record // the 留党察看, nil where the person's record alone says so
	Over    bool          // its term is over, and the rights are not restored
}

// SuspendedOn tells whether a member's rights were suspended on a day (《中国共产党基层
// 组织选举工作条例》(2020)第五条): during 留党察看, after its term until the rights are
// restored, and as long as the record says 权利中止. Since when that one stands is not on
// file; it is taken for the year before today.
func SuspendedOn(x *model.Exam, p *model.Record, day model.Date) *Suspension {
	if p == nil || day == "" {
		return nil
	}
	suspended := p.Bool("voting_suspended")
	penalties := x.Find(MovementKind, model.Where("person", model.Eq, p.ID), model.Where("penalty", model.Eq, "留党察看"))
	for _, m := range penalties {
		if !m.Is("kind", "处分") || m.Date("happened_on") > day {
			continue
		}
		if m.Date("until") == "" && suspended || day <= probationOver(x, m) {
			return &Suspension{Penalty: m}
		}
		if suspended {
			return &Suspension{Penalty: m, Over: true}
		}
	}
	if suspended && len(penalties) == 0 && day >= x.Today.AddYears(-1) {
		return &Suspension{}
	}
	return nil
}

// probationOver gives the last day of a 留党察看: its term, or the longest there is.
func probationOver(x *model.Exam, m *model.Record) model.Date {
	if until := m.Date("until"); until != "" {
		return until
	}
	from := m.Date("happened_on")
	return from.AddMonths(x.Packs.Limit("penalty.probation.months", from).Int())
}

// Text says it in words, to stand behind a name: (留党察看到 2027-01-01).
func (s *Suspension) Text() string {
	switch {
	case s.Penalty == nil:
		return "(党员权利中止)"
	case s.Over:
		return "(" + s.Penalty.Str("happened_on") + " 起留党察看,期满后还没有恢复党员权利)"
	case s.Penalty.Filled("until"):
		return "(留党察看到 " + s.Penalty.Str("until") + ",期间没有表决权、选举权和被选举权)"
	}
	return "(" + s.Penalty.Str("happened_on") + " 起留党察看,期间没有表决权、选举权和被选举权)"
}
