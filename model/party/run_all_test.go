package party_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/admission"
	"taizhang/model/party/membership"
)

// TestEverythingRuns runs all that the kinds declare as functions over records filled at
// random: rules, derived values, what follows, what falls due, the balance. Nothing is
// asked of the results. A name that a kind lacks panics, so a mistyped one in whatever
// branch can't stay unseen until someone's ledger comes there.
func TestEverythingRuns(t *testing.T) {
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		look := closedShelf{shelf: shelf{}}
		for _, k := range party.Kinds.Kinds() {
			for i := range runAllRecords {
				look.shelf[k.Name] = append(look.shelf[k.Name], randomRecord(k, i, rnd))
			}
		}
		env := testEnv(t, look.shelf)
		env.Look = look
		runs := &runner{t: t, env: env, look: look.shelf, rnd: rnd}
		for _, k := range party.Kinds.Kinds() {
			runs.kind(k)
		}
		runs.due()
		runs.balance()
	}
}

// runAllRecords is how many records of each kind are made: enough for one to meet what
// another needs.
const runAllRecords = 24

// closedShelf is a shelf that knows closed months too.
type closedShelf struct{ shelf }

func (closedShelf) ClosedMonths() ([]membership.ClosedMonth, error) { return closedMonths, nil }

var closedMonths = []membership.ClosedMonth{
	{Month: "2026-08", Members: 3}, // of whom is not known
	{Month: "2026-09", Members: 2, Roll: []string{"person-0", "person-1"}},
}

// randomRecord fills about three fields of four; the first record of a kind has all.
func randomRecord(k *model.Kind, i int, rnd *rand.Rand) *model.Record {
	r := model.NewRecord(k)
	r.ID, r.OrgID, r.CreatedAt, r.Rev = fmt.Sprintf("%s-%d", k.Name, i), "home", "2026-03-05T08:00:00Z", 1
	for _, f := range k.Fields() {
		if i == 0 || rnd.IntN(4) > 0 {
			r.Set(f.Name, randomValue(f, rnd))
		}
	}
	return r
}

func randomValue(f *model.Field, rnd *rand.Rand) model.Value {
	id := func() string { return fmt.Sprintf("%s-%d", f.Target, rnd.IntN(runAllRecords+1)) } // the last is not on file
	switch f.Type {
	case model.TypeBool:
		return rnd.IntN(2) == 0
	case model.TypeYear:
		return int64(2024 + rnd.IntN(3))
	case model.TypeInt:
		return f.Min + int64(rnd.IntN(30))
	case model.TypeMoney:
		return int64(rnd.IntN(50)) * 100
	case model.TypeDate:
		return randomDay(rnd)
	case model.TypeMonth:
		return randomDay(rnd).Month()
	case model.TypeChoice:
		return f.Choices[rnd.IntN(len(f.Choices))]
	case model.TypeChoices:
		return []string{f.Choices[rnd.IntN(len(f.Choices))]}
	case model.TypeRef:
		return id()
	case model.TypeRefs:
		return []string{id()}
	case model.TypeRoll:
		var marks []model.Mark
		for i := range runAllRecords / 2 {
			marks = append(marks, model.Mark{Target: fmt.Sprintf("%s-%d", f.Target, i), State: f.Choices[rnd.IntN(len(f.Choices))]})
		}
		return marks
	case model.TypeIDNumber:
		return "99010119900101001X"
	case model.TypeOrgCode:
		return []string{"990101101201", "999999"}[rnd.IntN(2)]
	case model.TypePhone:
		return []string{"10012345678", "12"}[rnd.IntN(2)]
	}
	return []string{"前荷庄", "党费收缴", "5", "张三、李四"}[rnd.IntN(4)]
}

// randomDay is a day around the tests' today, often the first or the last of a month.
func randomDay(rnd *rand.Rand) model.Date {
	day := today.AddDays(-rnd.IntN(900) + 60)
	switch rnd.IntN(4) {
	case 0:
		return day.Month().First()
	case 1:
		return day.Month().Last()
	case 2:
		return day.AddYears(-rnd.IntN(60))
	}
	return day
}

type runner struct {
	t    *testing.T
	env  *model.Env
	look shelf
	rnd  *rand.Rand
}

// must takes an error for the person, which random records deserve, and no other.
func (x *runner) must(err error) {
	x.t.Helper()
	var e *model.Error
	if err != nil && !errors.As(err, &e) {
		x.t.Error(err)
	}
}

func (x *runner) kind(k *model.Kind) {
	x.must(drop(model.Check(x.env, model.New(x.env, k), nil)))
	rs := x.look[k.Name]
	for _, r := range rs {
		other := rs[x.rnd.IntN(len(rs))]
		x.must(drop(model.Check(x.env, r, nil)))
		x.must(drop(model.Check(x.env, r, other)))
		for _, d := range k.Derived {
			d.Value(x.env, r)
		}
		for _, f := range k.Fields() {
			x.field(f, r, other)
		}
		for _, f := range k.Asks {
			x.field(f, r, other)
		}
		for _, v := range k.Views {
			model.Meets(r, v.Conds(today))
		}
		x.hooks(k, r, other)
	}
}

func drop[T any](_ T, err error) error { return err }

func (x *runner) field(f *model.Field, r, other *model.Record) {
	r.Text(f.Name)
	f.Locked(other)
	if f.Shown != nil {
		f.Shown(r)
	}
	if fill := r.Kind.Fill; fill != nil {
		for _, empty := range []bool{true, false} {
			c := r.Clone()
			for _, g := range r.Kind.Fields() {
				if empty && g != f {
					c.Set(g.Name, nil)
				}
			}
			fill(x.env, c, f.Name)
		}
	}
}

// hooks runs what the kind does beside a save.
func (x *runner) hooks(k *model.Kind, r, other *model.Record) {
	if k.Follow != nil {
		changed := other.Clone()
		changed.ID = r.ID
		for _, f := range k.Asks {
			changed.Set(f.Name, randomValue(f, x.rnd))
		}
		for _, how := range []model.Origin{model.FromForm, model.FromSheet, model.FromFollow, model.AsRecorded} {
			x.must(drop(k.Follow(x.env, nil, r.Clone(), how)))
			x.must(drop(k.Follow(x.env, r, changed, how)))
		}
	}
	if k.Retract != nil {
		x.must(drop(k.Retract(x.env, r)))
	}
	if k.Protect != nil {
		x.must(k.Protect(x.env, r))
	}
	if k.Match != nil {
		unsaved := r.Clone()
		unsaved.OrgID = ""
		x.must(drop(k.Match(x.env, r)))
		x.must(drop(k.Match(x.env, unsaved)))
	}
	if k.Infer != nil {
		for _, none := range []bool{true, false} {
			x.must(drop(k.Infer(x.env, r.Clone(), func(string) bool { return none })))
		}
	}
}

// due looks for what falls due at the first and the last of each month.
func (x *runner) due() {
	env := *x.env
	for m := model.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
		for _, env.Today = range []model.Date{m.First(), m.Last()} {
			all, err := model.FindDue(&env, party.Kinds)
			x.must(err)
			model.DueLines(party.Kinds, all)
		}
	}
}

func (x *runner) balance() {
	for _, closed := range [][]membership.ClosedMonth{nil, closedMonths} {
		for m := model.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
			b, err := membership.MonthBalance(x.env, m, closed)
			x.must(err)
			b.Lines()
			b.Formulas()
			x.must(drop(membership.MembersAt(x.env, m.Last())))
		}
		x.must(drop(membership.YearBalance(x.env, 2026, closed)))
	}
	for _, m := range membership.Memberships(x.look["person"], x.look["movement"]) {
		m.Probationary(today)
	}
	for _, p := range x.look["person"] {
		x.must(drop(party.ProbationEnd(x.env, p)))
	}
	for _, a := range x.look["admission"] {
		admission.AdmissionProbationEnd(x.env.Packs, a)
		admission.AdmissionProgress(x.env.Packs, a)
	}
}
