package profile_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/profile"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

func start(t *testing.T, l *store.Ledger, w, h int, ascii bool) *tuitest.Term {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, Path: l.Path(), Kind: profile.Kind, ASCII: ascii, Source: sample.Source()})
	return sample.StartReal(t, r, w, h)
}

func save(t *testing.T, l *store.Ledger, kind string, set map[string]model.Value) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		r.Set(name, v)
	}
	saved, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Records[0]
}

// village makes a ledger with a member of whom several records speak; her profile is the
// first in the table.
func village(t *testing.T) (*store.Ledger, *model.Record) {
	t.Helper()
	l := sample.NewLedger(t)
	a := sample.AddPerson(t, l, map[string]model.Value{"name": "艾小平", "sex": "女", "birth_date": "1970-03-02", "id_number": "99010119700302014X", "education": "高中",
		"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "phone": "10012345678", "monthly_dues": int64(50), "both_leader": true})
	b := sample.AddPerson(t, l, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1960-05-01",
		"status": "正式党员", "joined_on": "1985-07-01", "confirmed_on": "1986-07-01"})
	save(t, l, "talk", map[string]model.Value{"held_on": "2026-05-01", "person": b.ID, "talker": a.ID, "topic": "思想近况"})
	save(t, l, "activity", map[string]model.Value{"kind": "支部党员大会", "title": "学习文件", "held_on": "2026-06-10", "host": a.ID,
		"attendance": []model.Mark{{Target: a.ID, State: "到会"}, {Target: b.ID, State: "请假-公务"}}})
	for _, month := range []string{"2026-08", "2026-09"} {
		save(t, l, "dues", map[string]model.Value{"person": a.ID, "month": month, "amount": int64(50), "paid_on": month + "-15"})
	}
	return l, a
}

func TestPictures(t *testing.T) {
	for _, size := range sample.Sizes {
		l, _ := village(t)
		tm := start(t, l, size.W, size.H, false)
		tm.Press("enter")
		tm.Golden("profile-" + size.Name)
	}
	l, _ := village(t)
	tm := start(t, l, 80, 24, true)
	tm.Press("enter", "tab", "f2")
	tm.Golden("add-ascii-80x24")
	tm.Resize(60, 20)
	if !strings.Contains(tm.Screen(), "至少要宽 80 格、高 24 行") {
		t.Errorf("at 60 by 20:\n%s", tm.Screen())
	}
}

// TestEveryFieldShows puts a record on file for every field of every kind that refers to
// a person: each stands in the profile with its kind and what the person is in it. Those
// in the recycle bin don't.
func TestEveryFieldShows(t *testing.T) {
	ctx := context.Background()
	l := sample.NewLedger(t)
	p := sample.AddPerson(t, l, map[string]model.Value{"name": "艾小平", "sex": "女", "status": "群众"})
	org, path := l.Home().ID, l.Path()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(text string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(ctx, text, args...); err != nil {
			t.Fatal(text, err)
		}
	}
	var want []string
	for i, by := range party.Kinds.Referrers(profile.Kind) {
		for n, deleted := range []any{nil, "2026-10-31T09:00:00Z"} {
			id := fmt.Sprintf("record-%d-%d", i, n)
			exec(fmt.Sprintf(`INSERT INTO "%s" (id, org_id, created_at, updated_at, rev, deleted_at) VALUES (?, ?, '2026-10-01T09:00:00Z', '2026-10-01T09:00:00Z', 1, ?)`, by.Kind.Name), id, org, deleted)
			refer(exec, by, id, p.ID)
		}
		want = append(want, by.Kind.Title+" "+role(by.Field))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if l, err = book.Open(ctx, path, store.Options{Source: sample.Source()}); err != nil {
		t.Fatal(err)
	}
	tm := start(t, l, 160, 100, false)
	tm.Press("f5")
	tm.Type("全部人员")
	tm.Press("enter", "enter")
	got := map[string]bool{}
	for _, line := range strings.Split(tm.Screen(), "\n") {
		if _, row, ok := strings.Cut(line, "│"); ok {
			got[strings.Join(strings.Fields(row), " ")] = true
		}
	}
	for _, row := range want {
		if !got[row] && !got["> "+row] {
			t.Errorf("the profile lacks %q", row)
		}
	}
	if !strings.Contains(tm.Screen(), fmt.Sprintf("全部记录 %d 条", len(want))) || len(want) < 30 {
		t.Errorf("not %d records:\n%s", len(want), tm.Screen())
	}
}

// refer writes into a row that it refers to a person by a field.
func refer(exec func(string, ...any), by model.Referrer, id, person string) {
	switch by.Field.Type.Storage() {
	case model.StoreMarks:
		exec(fmt.Sprintf(`INSERT INTO "%s_%s" (record_id, target_id, state) VALUES (?, ?, ?)`, by.Kind.Name, by.Field.Name), id, person, by.Field.Choices[1])
	case model.StoreLinks:
		exec(fmt.Sprintf(`INSERT INTO "%s_%s" (record_id, target_id) VALUES (?, ?)`, by.Kind.Name, by.Field.Name), id, person)
	default:
		exec(fmt.Sprintf(`UPDATE "%s" SET "%s" = ? WHERE id = ?`, by.Kind.Name, by.Field.Name), person, id)
	}
}

// role is what the profile says of a person who stands in a field, in a roll with its
// second state.
func role(f *model.Field) string {
	name := strings.TrimLeft(f.Label, "0123456789 ")
	switch {
	case f.Name == "person" && name == "人员":
		return "本人"
	case f.Type.Storage() == model.StoreMarks:
		return strings.TrimSuffix(name, "登记") + ":" + f.Choices[1]
	}
	return name
}

// TestAtWork: numbers are masked until Ctrl+Y, typing narrows, F5 shows one kind, Enter
// opens a record and F3 the person's form; F2 makes a record that holds the person.
func TestAtWork(t *testing.T) {
	l, a := village(t)
	tm := start(t, l, 80, 24, false)
	tm.Press("enter")
	has := func(when string, texts ...string) {
		t.Helper()
		for _, text := range texts {
			if !strings.Contains(tm.Screen(), text) {
				t.Errorf("%s there is no %q:\n%s", when, text, tm.Screen())
			}
		}
	}
	has("at first", "档案 · 艾小平", "990101************", "100****5678", "未填", "(56 岁)", "(党龄 26 年)", "主持人、到会:到会", "谈话人")
	tm.Press("ctrl+y")
	has("after Ctrl+Y", "99010119700302014X", "10012345678")
	tm.Press("ctrl+y")
	tm.Type("dangfei")
	has("narrowed", "2026-09-15  党费")
	if strings.Contains(tm.Screen(), "思想近况") {
		t.Errorf("typing narrows nothing:\n%s", tm.Screen())
	}
	tm.Press("esc", "f5")
	tm.Type("谈心")
	tm.Press("enter")
	has("of talks alone", "谈心谈话 1 条", "思想近况")
	tm.Press("enter")
	has("Enter", "修改谈心谈话")
	tm.Press("esc", "esc")
	has("after Esc", "全部记录 5 条")
	tm.Press("f3")
	has("F3", "修改人员 艾小平")
	tm.Press("esc", "f2")
	tm.Type("谈心谈话 谈话对象")
	tm.Press("enter")
	has("F2", "新增谈心谈话", "艾小平")
	tm.Press("tab", "tab")
	tm.Type("zs")
	tm.Press("enter", "f2")
	has("after a talk", "全部记录 6 条", "谈话对象")
	found, err := l.ReferredBy(context.Background(), profile.Kind, a.ID, "talk", 0)
	if err != nil || len(found.List) != 2 {
		t.Errorf("%d talks, %v", len(found.List), err)
	}
	tm.Press("ctrl+z")
	has("after undoing", "全部记录 5 条", "已撤销:新建 谈心谈话")
	tm.Press("f2")
	tm.Type("变动")
	tm.Press("enter")
	has("of movements", "办理变动:发生了什么事?")
	tm.Press("esc", "esc")
	has("at the end", "人员 · 在册党员")
}
