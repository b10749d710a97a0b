package admission_test

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/admission"
	"taizhang/model/party/packs"
)

// TestCourse: each step as it stands, its term by the edition of its own day.
func TestCourse(t *testing.T) {
	limits, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	record := func(kind string, pairs ...string) *model.Record {
		r := model.NewRecord(party.Kinds.Kind(kind))
		for i := 0; i < len(pairs); i += 2 {
			r.Set(pairs[i], pairs[i+1])
		}
		return r
	}
	look := func(day, stage string) *model.Record { return record("observation", "held_on", day, "stage", stage) }
	activist := []string{"applied_on", "2025-01-10", "talked_on", "2025-02-20", "activist_on", "2025-03-01"}
	probation := append(slices.Clone(activist), "candidate_on", "2026-04-01", "prereviewed_on", "2026-06-01", "accepted_on", "2026-06-20", "approved_on", "2026-08-01")
	for _, c := range []struct {
		name             string
		pairs            []string
		observed         []*model.Record
		opened, today    model.Date
		no               int
		state            admission.StepState
		on               model.Date
		earliest, latest model.Date
		late             int
	}{
		{"a talk taken late", activist, nil, "", "2025-04-01", 2, admission.Taken, "2025-02-20", "2025-01-10", "2025-02-10", 10},
		{"a talk that is overdue", activist[:2], nil, "", "2025-02-15", 2, admission.Next, "", "2025-01-10", "2025-02-10", 5},
		{"a year as an activist", activist, nil, "", "2026-01-01", 7, admission.Ahead, "", "2026-03-01", "", 0},
		{"the application", activist, nil, "", "2026-01-01", 1, admission.Taken, "2025-01-10", "", "", 0},
		{"never observed", activist, nil, "", "2025-09-11", 6, admission.Next, "", "", "2025-09-01", 10},
		{"not observed since the book began", activist, nil, "2025-08-01", "2025-09-11", 6, admission.Next, "", "", "2026-02-01", 0},
		{"observed again", activist, []*model.Record{look("2025-09-01", "积极分子"), look("2025-08-01", "积极分子")}, "", "2025-10-01", 6, admission.Next, "2025-09-01", "", "2026-03-01", 0},
		{"not observed, and the period is over", probation, nil, "", "2026-09-01", 6, admission.LeftOut, "", "", "", 0},
		{"observed, and the period is over", probation, []*model.Record{look("2025-09-01", "积极分子")}, "", "2026-09-01", 6, admission.Taken, "2025-09-01", "", "", 0},
		{"on probation", probation, []*model.Record{look("2025-09-01", "积极分子")}, "", "2026-09-01", 21, admission.Next, "", "", "2026-12-20", 0},
		{"a meeting by the edition of 2026", probation, nil, "", "2026-09-01", 15, admission.Taken, "2026-06-20", "2026-06-01", "2026-07-01", 0},
		{"an oath by the edition of 2026", probation, nil, "", "2026-09-11", 20, admission.Ahead, "", "2026-08-01", "2026-09-01", 0},
		{"the review before the meeting", probation, nil, "", "2026-09-01", 13, admission.Taken, "2026-06-01", "", "", 0},
		{"the committee left out", probation, nil, "", "2026-09-01", 12, admission.LeftOut, "", "", "", 0},
		{"ended", append(slices.Clone(activist), "ended_on", "2025-05-01"), nil, "", "2026-09-01", 6, admission.Ahead, "", "", "", 0},
	} {
		got := admission.Course(limits, record("admission", c.pairs...), c.observed, c.opened, c.today)[c.no-1]
		want := fmt.Sprint(c.state, c.on, c.earliest, c.latest, c.late)
		if is := fmt.Sprint(got.State, got.On, got.Earliest, got.Latest, got.Late); is != want || got.No != c.no {
			t.Errorf("%s: step %d is %s, want %s", c.name, got.No, is, want)
		}
	}
}

// TestFileOfAnAdmission: thirteen materials hold the documents of all twenty-five steps,
// each once; stages and the fields beside a step are those of the kind.
func TestFileOfAnAdmission(t *testing.T) {
	if n := len(admission.Materials()); n != 13 {
		t.Errorf("%d materials", n)
	}
	of := map[int]int{}
	for i, m := range admission.Materials() {
		if m.No != i+1 || m.Name == "" {
			t.Errorf("material %d is %+v", i+1, m)
		}
		for _, no := range m.Steps {
			of[no]++
		}
	}
	kind := party.Kinds.Kind("admission")
	for _, s := range admission.AdmissionSteps() {
		if of[s.No] != 1 {
			t.Errorf("the document of step %d stands in %d materials", s.No, of[s.No])
		}
		if s.Document() == "" {
			t.Errorf("step %d leaves nothing", s.No)
		}
		for _, name := range s.Fields() {
			kind.MustField(name)
		}
	}
	for i, s := range admission.Stages {
		if i > 0 && s.First <= admission.Stages[i-1].First {
			t.Errorf("stage %s begins with %d", s.Title, s.First)
		}
	}
}
