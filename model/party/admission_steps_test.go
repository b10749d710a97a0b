package party_test

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party/admission"
)

// TestAdmissionProgress: the next step with its earliest and latest day, by the
// edition in force when the admission began, and what was left out.
func TestAdmissionProgress(t *testing.T) {
	packs := testEnv(t, nil).Packs
	old, new := "2023-01-10", "2026-06-01" // under the editions of 2014 and 2026
	for _, c := range []struct {
		name    string
		set     []string
		next    string
		missing string
	}{
		{"applied", []string{"applied_on", old}, "2 派人谈话(2023-01-10 至 2023-02-10)", ""},
		{"applied at a month's end", []string{"applied_on", "2023-01-31"}, "2 派人谈话(2023-01-31 至 2023-02-28)", ""},
		{"talked", []string{"applied_on", old, "talked_on", "2023-02-01"}, "3 确定积极分子(2023-02-01 起)", ""},
		{"an activist from a leap day", []string{"applied_on", old, "talked_on", "2023-02-01", "activist_on", "2024-02-29", "activist_filed_on", "2024-03-05", "mentors", "p8"},
			"7 确定发展对象(2025-02-28 起)", ""},
		{"a notice of five working days in 2026", []string{"applied_on", new, "talked_on", "2026-06-02", "activist_on", "2025-06-10", "activist_filed_on", "2026-06-10", "mentors", "p8", "notice_from", "2026-09-28"},
			"7 确定发展对象(2026-10-10 起)", ""},
		{"a notice under 2026's of one who began under 2014's", []string{"applied_on", old, "activist_on", "2023-03-01", "talked_on", "2023-02-01", "activist_filed_on", "2023-03-05", "mentors", "p8", "notice_from", "2026-09-28"},
			"7 确定发展对象(2026-10-10 起)", ""},
		{"no notice asked for in 2014", []string{"applied_on", old, "activist_on", "2023-03-01", "talked_on", "2023-02-01", "activist_filed_on", "2023-03-05", "mentors", "p8", "notice_from", "2024-02-26"},
			"7 确定发展对象(2024-03-01 起)", ""},
		{"accepted with steps left out", []string{"applied_on", old, "talked_on", "2023-02-01", "activist_on", "2023-03-01", "candidate_on", "2024-06-01", "accepted_on", "2024-11-30", "superior_talk_on", "2024-12-02"},
			"17 上级党委审批(2024-11-30 至 2025-02-28)", "4 上级备案、5 指定培养联系人、8 上级备案或同意、9 确定入党介绍人、10 政治审查、11 集中培训、12 支委会审查、13 上级预审、14 填写入党志愿书"},
		{"ended", []string{"applied_on", old, "ended_on", "2023-05-01"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := admission.AdmissionProgress(packs, record(t, "admission", "a1", c.set...))
			if g.Text() != c.next {
				t.Errorf("next %q, want %q", g.Text(), c.next)
			}
			if g.MissingText() != c.missing {
				t.Errorf("missing %q, want %q", g.MissingText(), c.missing)
			}
		})
	}
}

// TestOathTerm: a month after an approval under the edition of 2026, none after one
// before, whenever the admission began.
func TestOathTerm(t *testing.T) {
	packs := testEnv(t, nil).Packs
	step := admission.AdmissionSteps()[19]
	for approved, want := range map[string]model.Date{"2026-05-10": "", "2026-05-11": "2026-06-11", "2027-08-31": "2027-09-30"} {
		_, latest := step.Term(packs, record(t, "admission", "a1", "applied_on", "2020-06-01", "approved_on", approved))
		if latest != want {
			t.Errorf("approved on %s: the oath by %q, want %q", approved, latest, want)
		}
	}
}

// TestConfirmationTerms: asking and discussing are reckoned from the end of probation,
// which may fall on the first or the last of a month.
func TestConfirmationTerms(t *testing.T) {
	packs := testEnv(t, nil).Packs
	for _, c := range []struct{ accepted, extended, ask, end, discuss string }{
		{"2024-02-29", "", "2025-01-29", "2025-02-28", "2025-03-28"},
		{"2024-03-01", "", "2025-01-30", "2025-03-01", "2025-04-01"},
		{"2023-11-20", "2025-08-31", "2025-08-01", "2025-08-31", "2025-09-30"},
	} {
		r := record(t, "admission", "a1", "applied_on", "2022-01-10", "accepted_on", c.accepted, "extended_to", c.extended)
		earliest, latest := admission.AdmissionSteps()[21].Term(packs, r)
		if string(earliest) != c.ask || string(latest) != c.end {
			t.Errorf("%v: to ask from %s to %s", c, earliest, latest)
		}
		earliest, latest = admission.AdmissionSteps()[22].Term(packs, r)
		if string(earliest) != c.end || string(latest) != c.discuss {
			t.Errorf("%v: to discuss from %s to %s", c, earliest, latest)
		}
	}
}

// TestAdmissionWritesMovements: the approvals of steps 17 and 24 write the movement
// with their date, once; before them the person's status goes with the stage.
func TestAdmissionWritesMovements(t *testing.T) {
	steps := []string{"person", "p1", "applied_on", "2023-01-10", "accepted_on", "2024-11-30"}
	for _, c := range []struct {
		name   string
		status string
		before []string // nil: a new admission
		after  []string
		want   string // kind day until, of the movement
		stage  string // the person's status afterwards, where it is saved
	}{
		{"an applicant", "群众", nil, []string{"person", "p1", "applied_on", "2023-01-10"}, "", "入党申请人"},
		{"an activist", "入党申请人", nil, []string{"person", "p1", "applied_on", "2023-01-10", "activist_on", "2023-05-01"}, "", "入党积极分子"},
		{"a candidate on file already", "发展对象", nil, []string{"person", "p1", "applied_on", "2023-01-10", "candidate_on", "2024-05-01"}, "", ""},
		{"approved", "发展对象", steps, append(steps, "approved_on", "2024-12-20"), "接收预备党员 2024-12-20 ", ""},
		{"approved before", "预备党员", append(steps, "approved_on", "2024-12-20"), append(steps, "approved_on", "2024-12-20", "oath_on", "2025-01-05"), "", ""},
		{"confirmed", "预备党员", append(steps, "approved_on", "2024-12-20"), append(steps, "approved_on", "2024-12-20", "confirm_result", "按期转正", "confirm_approved_on", "2025-12-20"), "转正 2025-12-20 ", ""},
		{"extended", "预备党员", append(steps, "approved_on", "2024-12-20"), append(steps, "approved_on", "2024-12-20", "confirm_result", "延长预备期", "extended_to", "2026-06-30", "confirm_approved_on", "2025-12-20"), "延长预备期 2025-12-20 2026-06-30", ""},
		{"cancelled", "预备党员", append(steps, "approved_on", "2024-12-20"), append(steps, "approved_on", "2024-12-20", "confirm_result", "取消资格", "confirm_approved_on", "2025-12-20"), "取消预备党员资格 2025-12-20 ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := record(t, "person", "p1", "name", "张三", "status", c.status, "standing", "在册")
			var old *model.Record
			if c.before != nil {
				old = record(t, "admission", "a1", c.before...)
			}
			saved := record(t, "admission", "a1", c.after...)
			also, err := saved.Kind.Follow(testEnv(t, shelf{"person": {p}}), old, saved, model.FromForm)
			if err != nil {
				t.Fatal(err)
			}
			movement, stage := "", ""
			for _, r := range also {
				if r.Kind.Name == "movement" {
					movement = r.Str("kind") + " " + r.Str("happened_on") + " " + r.Str("until")
				} else {
					stage = r.Str("status")
				}
			}
			if movement != c.want || stage != c.stage {
				t.Errorf("follows %q and status %q, want %q and %q", movement, stage, c.want, c.stage)
			}
		})
	}
}
