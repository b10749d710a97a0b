package party

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// datedBy names, of the kinds that write down what happened, the date by which it is told
// whether that was written down in time: the first of the fields that is filled. What
// stands for a time (persons, offices, pairings, models) and what is done in steps over
// years (admissions) is not among them.
var datedBy = map[string][]string{
	"movement":    {"happened_on"},
	"observation": {"held_on"},
	"election":    {"held_on"},
	"dues":        {"paid_on"},
	"remittance":  {"paid_on"},
	"appraisal":   {"held_on"},
	"talk":        {"held_on"},
	"activity":    {"held_on"},
	"assessment":  {"held_on"},
	"visit":       {"happened_on"},
	"aid":         {"given_on"},
	"circular":    {"happened_on"},
	"plan":        {"made_on"},
	"training":    {"ended_on", "started_on"},
	"supply":      {"received_on"},
	"honor":       {"granted_on"},
	"publicity":   {"published_on"},
}

// lateName is the derived value that marks what was written down late.
const lateName = "late"

// withLate gives the kinds with the mark 补录 and the rule that announces it.
func withLate(kinds ...*model.Kind) []*model.Kind {
	for _, k := range kinds {
		fields := datedBy[k.Name]
		if fields == nil {
			continue
		}
		k.Derived = append(k.Derived, model.Derived{Name: lateName, Label: "补录", Width: 10, Value: lateText})
		k.Columns = append(k.Columns, lateName)
		k.Rules = append(k.Rules, model.Rule{Code: "W-LATE", Field: fields[len(fields)-1], Text: "事情过后三十天以内登记,更晚的标为补录",
			Source: model.SourceOwn, Limits: []string{"late.days"}, Check: checkLate})
	}
	return kinds
}

// LateBy gives by how many days a record was written down too late: 0 in time. The first
// list is not late, and neither is what was taken over from paper in the month in which
// the book was made; begun tells how the record's own book began. One that is not on file
// yet is written down today.
func LateBy(packs *model.Packs, begun membership.Begun, today model.Date, r *model.Record) int {
	if begun.First == "" || r.Kind.Name == membership.MovementKind && r.Is("kind", membership.Opening) {
		return 0
	}
	day := model.Date("")
	for _, field := range datedBy[r.Kind.Name] {
		if day == "" {
			day = r.Date(field)
		}
	}
	written := today
	if len(r.CreatedAt) >= len("2026-11-03") {
		written = model.Date(r.CreatedAt[:len("2026-11-03")])
	}
	if day == "" || day.DaysUntil(written) <= packs.Limit("late.days", day).Int() {
		return 0
	}
	if takenOver := max(begun.First, begun.Opened); day < begun.First.First() && written.Month() <= takenOver {
		return 0
	}
	return day.DaysUntil(written)
}

// lateOf is LateBy of a record in its surroundings, which may be another's book.
func lateOf(env *model.Env, r *model.Record) (int, error) {
	// Most records are in time, and that is told without asking how the book began.
	if LateBy(env.Packs, membership.Begun{First: "0001-01"}, env.Today, r) == 0 {
		return 0, nil
	}
	own := *env
	if home := env.Home; home != nil && r.OrgID != "" && home.ID != r.OrgID {
		own.Home = model.NewRecord(home.Kind)
		own.Home.ID = r.OrgID
		own.Look = plainLookup{env.Look}
	}
	begun, err := membership.ReadFirst(&own)
	if err != nil {
		return 0, err
	}
	if LateBy(env.Packs, begun, env.Today, r) == 0 {
		return 0, nil
	}
	if begun, err = membership.ReadBegun(&own); err != nil {
		return 0, err
	}
	return LateBy(env.Packs, begun, env.Today, r), nil
}

// plainLookup looks up records and knows nothing of how the ledger's own book began: a
// county's ledger holds those of others.
type plainLookup struct{ model.Lookup }

func lateText(env *model.Env, r *model.Record) string {
	n, err := lateOf(env, r)
	if err != nil || n == 0 || r.CreatedAt == "" {
		return ""
	}
	return fmt.Sprintf("补录%d天", n)
}

// checkLate tells who enters something late that it will be marked: when it is entered,
// since nobody can mend it later.
func checkLate(x *model.Exam) {
	if x.Old != nil || x.Failed() {
		return
	}
	n, err := lateOf(x.Env, x.Record)
	if err != nil {
		x.Fail(err)
		return
	}
	if n > 0 {
		x.Say("这件事已过去 %d 天,保存以后会标为“补录”,县里也看得到;日期没有写错就照存", n)
	}
}
