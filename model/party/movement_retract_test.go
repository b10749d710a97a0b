package party_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
)

// TestDeletedMovementIsTakenBack: a movement that was entered by mistake and deleted
// leaves the person as before, on the first and on the last day of a month too.
func TestDeletedMovementIsTakenBack(t *testing.T) {
	full := []string{"name", "张三", "status", "正式党员", "standing", "在册", "joined_on", "2010-02-28", "confirmed_on", "2011-02-28"}
	with := func(more ...string) []string { return append(append([]string{}, full...), more...) }
	probate := []string{"name", "张三", "status", "预备党员", "standing", "在册", "joined_on", "2024-02-29"}
	for _, c := range []struct {
		kind   string
		person []string
		more   []string // of the movement
		past   []string // the movements before: day, kind
	}{
		{"接收预备党员", []string{"name", "张三", "status", "发展对象", "standing", "在册"}, nil, nil},
		{"转入", []string{"name", "张三", "status", "正式党员", "standing", "组织关系在外", "home_org", "南塘村"}, []string{"from_org", "南塘村"}, nil},
		{"转入", with("standing", "转出", "left_on", "2025-02-01"), nil, []string{"2025-02-01", "转出"}},
		{"恢复党籍", with("standing", "停止党籍", "left_on", "2025-02-28"), nil, []string{"2025-01-01", "期初在册", "2025-02-28", "停止党籍"}},
		{"恢复党籍", with("standing", "出党", "left_on", "2025-02-28"), nil, []string{"2025-02-28", "退党除名"}},
		{"转正", probate, nil, nil},
		{"延长预备期", probate, []string{"until", "2026-12-31"}, nil},
		{"取消预备党员资格", probate, nil, nil},
		{"转出", full, []string{"to_org", "南塘村"}, nil},
		{"转出", full, []string{"to_org", "南塘村"}, []string{"2025-01-01", "期初在册"}},
		{"去世", full, nil, nil},
		{"去世", with("standing", "停止党籍", "left_on", "2025-02-28"), nil, []string{"2025-02-28", "停止党籍", "2025-03-01", "限期改正"}},
		{"停止党籍", with("lost_since", "2025-03-01"), nil, nil},
		{"开除党籍", full, nil, []string{"2025-01-01", "转入"}},
		{"自行脱党除名", full, nil, nil},
		{"外出流动", full, []string{"away", "跨省", "away_place", "省外某市", "away_card", "12345"}, nil},
		{"失联", full, nil, nil},
		{"取得联系", with("lost_since", "2025-03-31"), nil, []string{"2025-03-01", "处分", "2025-03-31", "失联"}},
		{"处分", full, []string{"penalty", "留党察看"}, nil},
	} {
		for _, day := range []string{"2026-10-01", "2026-10-20", "2026-10-31"} {
			t.Run(c.kind+" of "+strings.Join(c.person[3:6], " ")+" "+day, func(t *testing.T) {
				takenBack(t, c.kind, day, c.person, c.more, c.past)
			})
		}
	}
}

// takenBack makes a movement of a person, deletes it, and holds the person against before.
func takenBack(t *testing.T, kind, day string, person, more, past []string) {
	t.Helper()
	before := record(t, "person", "p1", person...)
	look := shelf{"person": {before}}
	for i := 0; i < len(past); i += 2 {
		look["movement"] = append(look["movement"], record(t, "movement", fmt.Sprintf("m%d", i), "person", "p1", "happened_on", past[i], "kind", past[i+1]))
	}
	env := testEnv(t, look)
	m := record(t, "movement", "n", append([]string{"person", "p1", "kind", kind, "happened_on", day}, more...)...)
	look["movement"] = append(look["movement"], m)
	also, err := m.Kind.Follow(env, nil, m, model.FromForm)
	if err != nil {
		t.Fatal(err)
	}
	now := before
	for _, r := range also {
		if r.Kind == before.Kind {
			now = r
		}
	}
	look["person"] = []*model.Record{now}
	back, err := m.Kind.Retract(env, m)
	if err != nil {
		t.Fatal(err)
	}
	if len(back) > 0 {
		now = back[0]
	}
	for _, name := range model.Diff(before, now) {
		t.Errorf("%s was %q and is %q", name, before.Text(name), now.Text(name))
	}
}

// TestOnlyTheLastMovementIsTakenBack: what came later stands on it.
func TestOnlyTheLastMovementIsTakenBack(t *testing.T) {
	p := record(t, "person", "p1", "name", "张三", "status", "正式党员", "standing", "转出", "left_on", "2026-10-01")
	in := record(t, "movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-09-30")
	out := record(t, "movement", "m2", "person", "p1", "kind", "转出", "happened_on", "2026-10-01")
	env := testEnv(t, shelf{"person": {p}, "movement": {in, out}})
	if back, err := in.Kind.Retract(env, in); err != nil || len(back) > 0 {
		t.Errorf("%v, %v", back, err)
	}
	if back, err := out.Kind.Retract(env, out); err != nil || len(back) != 1 || !back[0].Is("standing", "在册") {
		t.Errorf("%v, %v", back, err)
	}
}
