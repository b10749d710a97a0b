package party_test

import (
	"errors"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// TestMovementChangesPerson: what each movement makes of the person on file, and
// which can't follow on what stands there.
func TestMovementChangesPerson(t *testing.T) {
	full := []string{"name", "张三", "status", "正式党员", "standing", "在册", "joined_on", "2010-02-28", "confirmed_on", "2011-02-28"}
	probate := []string{"name", "张三", "status", "预备党员", "standing", "在册", "joined_on", "2024-02-29"}
	activist := []string{"name", "张三", "status", "入党积极分子", "standing", "在册"}
	guest := []string{"name", "张三", "status", "正式党员", "standing", "组织关系在外", "home_org", "南塘村"}
	gone := append(append([]string{}, full...), "standing", "转出", "left_on", "2025-01-01")
	stopped := append(append([]string{}, full...), "standing", "停止党籍", "left_on", "2025-01-01")
	away := append(append([]string{}, full...), "away", "跨省", "away_place", "省外某市", "away_since", "2025-03-01")
	lost := append(append([]string{}, full...), "lost_since", "2025-03-01")
	for _, c := range []struct {
		kind   string
		person []string
		more   []string // of the movement
		want   string   // field=value, of the person afterwards
		fault  string   // part of the message, when it can't follow
	}{
		{"接收预备党员", activist, nil, "status=预备党员 standing=在册 joined_on=2026-10-20", ""},
		{"接收预备党员", full, nil, "", "正式党员、在册(转正日期 2011-02-28)"},
		{"接收预备党员", probate, nil, "", "预备党员、在册(入党日期 2024-02-29)"},
		{"转入", guest, []string{"from_org", "南塘村"}, "standing=在册 home_org=", ""},
		{"转入", gone, []string{"from_org", "南塘村"}, "standing=在册 left_on=", ""},
		{"转入", full, []string{"from_org", "南塘村"}, "", "在册"},
		{"转入", []string{"name", "张三", "status", "群众", "standing", "组织关系在外"}, []string{"from_org", "南塘村"}, "", "人员类别是群众"},
		{"恢复党籍", stopped, nil, "standing=在册 left_on=", ""},
		{"恢复党籍", full, nil, "", "在册"},
		{"转正", probate, nil, "status=正式党员 confirmed_on=2025-02-28", ""}, // one year after a leap day
		{"转正", full, nil, "", "正式党员"},
		{"延长预备期", probate, []string{"until", "2026-12-31"}, "status=预备党员", ""},
		{"取消预备党员资格", probate, nil, "standing=出党 left_on=2026-10-20", ""},
		{"取消预备党员资格", full, nil, "", "正式党员"},
		{"转出", full, []string{"to_org", "南塘村"}, "standing=转出 left_on=2026-10-20", ""},
		{"转出", gone, []string{"to_org", "南塘村"}, "", "转出(2025-01-01)"},
		{"去世", full, nil, "standing=去世 left_on=2026-10-20", ""},
		{"停止党籍", lost, nil, "standing=停止党籍 left_on=2026-10-20 lost_since=2025-03-01", ""},
		{"自行脱党除名", stopped, nil, "standing=出党 left_on=2026-10-20", ""},
		{"开除党籍", full, nil, "standing=出党", ""},
		{"外出流动", full, []string{"away", "跨省", "away_place", "省外某市"}, "away=跨省 away_place=省外某市 away_since=2026-10-20", ""},
		{"流动返回", away, nil, "away= away_place= away_since=", ""},
		{"流动返回", full, nil, "", "正式党员"},
		{"失联", full, nil, "lost_since=2026-10-20", ""},
		{"取得联系", lost, nil, "lost_since=", ""},
		{"取得联系", full, nil, "", "正式党员"},
		{"处分", full, []string{"penalty", "留党察看"}, "voting_suspended=是", ""},
		{"处分", full, []string{"penalty", "警告"}, "voting_suspended=否", ""},
		{"限期改正", activist, nil, "", "入党积极分子"},
	} {
		t.Run(c.kind+" of "+c.person[3]+c.person[5], func(t *testing.T) {
			p := record(t, "person", "p1", c.person...)
			p.Rev = 1
			env := testEnv(t, shelf{"person": {p}})
			m := movement(t, append([]string{"person", "p1", "kind", c.kind, "happened_on", "2026-10-20"}, c.more...)...)
			also, err := m.Kind.Follow(env, nil, m, model.FromForm)
			if c.fault != "" {
				var known *model.Error
				if !errors.As(err, &known) || !strings.Contains(known.Message, c.fault) {
					t.Fatalf("error %v, want one with %q", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			after := p
			if len(also) > 0 {
				after = also[0]
			}
			for _, want := range strings.Fields(c.want) {
				field, value, _ := strings.Cut(want, "=")
				if got := after.Text(field); got != value {
					t.Errorf("%s is %q, want %q", field, got, value)
				}
			}
		})
	}
}

// TestJoinedAtTheMeeting: one joins on the day of the branch meeting of the admission
// on file that goes on, not on that of the approval.
func TestJoinedAtTheMeeting(t *testing.T) {
	p := record(t, "person", "p1", "name", "张三", "status", "发展对象", "standing", "在册")
	for _, c := range []struct {
		what      string
		admission []string
		want      string
	}{
		{"no meeting", []string{"applied_on", "2024-01-01"}, "2026-10-31"},
		{"a meeting", []string{"applied_on", "2024-01-01", "accepted_on", "2026-09-30"}, "2026-09-30"},
		{"a meeting on the day", []string{"applied_on", "2024-01-01", "accepted_on", "2026-10-31"}, "2026-10-31"},
		{"a meeting afterwards", []string{"applied_on", "2024-01-01", "accepted_on", "2026-11-01"}, "2026-10-31"},
		{"ended before", []string{"applied_on", "2024-01-01", "accepted_on", "2026-09-30", "ended_on", "2026-10-30"}, "2026-10-31"},
		{"ended on the day", []string{"applied_on", "2024-01-01", "accepted_on", "2026-09-30", "ended_on", "2026-10-31"}, "2026-09-30"},
	} {
		env := testEnv(t, shelf{"person": {p}, "admission": {record(t, "admission", "a1", append([]string{"person", "p1"}, c.admission...)...)}})
		m := movement(t, "person", "p1", "kind", "接收预备党员", "happened_on", "2026-10-31")
		also, err := m.Kind.Follow(env, nil, m, model.FromForm)
		if err != nil || len(also) != 1 || also[0].Str("joined_on") != c.want {
			t.Errorf("%s: %v, %v, want %s", c.what, also, err, c.want)
		}
	}
}

// movement makes a movement; away and its like are what the kind only asks for.
func movement(t *testing.T, pairs ...string) *model.Record {
	t.Helper()
	m := model.NewRecord(party.Kinds.Kind("movement"))
	m.ID, m.OrgID = "new", "home"
	for i := 0; i < len(pairs); i += 2 {
		m.Set(pairs[i], pairs[i+1])
	}
	return m
}

// TestMovementOfThePast: one entered for an earlier day than another changes
// nothing on file, and one on file does not become another kind.
func TestMovementOfThePast(t *testing.T) {
	p := record(t, "person", "p1", "name", "张三", "status", "正式党员", "standing", "在册")
	later := record(t, "movement", "m9", "person", "p1", "kind", "外出流动", "happened_on", "2026-10-25")
	env := testEnv(t, shelf{"person": {p}, "movement": {later}})
	m := movement(t, "person", "p1", "kind", "转正", "happened_on", "2011-02-28")
	if also, err := m.Kind.Follow(env, nil, m, model.FromForm); err != nil || len(also) != 0 {
		t.Errorf("a past movement writes %d records, %v", len(also), err)
	}
	changed := m.Clone()
	changed.Set("kind", "去世")
	if _, err := m.Kind.Follow(env, m, changed, model.FromForm); err == nil {
		t.Error("a movement became another")
	}
	if also, err := m.Kind.Follow(env, nil, m, model.AsRecorded); err != nil || also != nil {
		t.Errorf("as recorded writes %v, %v", also, err)
	}
}

// TestGuardedFields: what only a movement may change is refused from the form.
func TestGuardedFields(t *testing.T) {
	follow := party.Kinds.Kind("person").Follow
	old := record(t, "person", "p1", "name", "张三", "status", "正式党员", "standing", "在册")
	old.Rev = 1
	for _, c := range []struct {
		field, value string
		how          model.Origin
		ok           bool
	}{
		{"standing", "转出", model.FromForm, false},
		{"status", "群众", model.FromForm, false},
		{"left_on", "2026-10-01", model.FromForm, false},
		{"away", "跨省", model.FromForm, false},
		{"away", "跨省", model.FromSheet, false},
		{"away", "跨省", model.FromFollow, true},
		{"away_place", "省外某市", model.FromForm, true},
		{"phone", "10012345678", model.FromForm, true},
	} {
		saved := old.Clone()
		saved.Set(c.field, c.value)
		if _, err := follow(testEnv(t, nil), old, saved, c.how); (err == nil) != c.ok {
			t.Errorf("%s=%s: %v", c.field, c.value, err)
		}
	}
	applicant := record(t, "person", "p2", "name", "李四", "status", "入党申请人", "standing", "在册")
	applicant.Rev = 1
	for _, status := range []string{"入党积极分子", "预备党员"} {
		saved := applicant.Clone()
		saved.Set("status", status)
		_, err := follow(testEnv(t, nil), applicant, saved, model.FromForm)
		if (err == nil) != (status == "入党积极分子") {
			t.Errorf("an applicant becomes %s: %v", status, err)
		}
	}
}
