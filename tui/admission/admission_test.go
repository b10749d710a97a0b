package admission_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/dossier"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

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

// candidate makes a ledger with a candidate whose branch meeting is due: a talk that came
// late, a step left out, two observations.
func candidate(t *testing.T) (*store.Ledger, *model.Record) {
	t.Helper()
	l := sample.NewLedger(t)
	member := func(name string) string {
		return sample.AddPerson(t, l, map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-05",
			"status": "正式党员", "joined_on": "1995-07-01", "confirmed_on": "1996-07-01"}).ID
	}
	mentors := []string{member("张三"), member("王五")}
	li := sample.AddPerson(t, l, map[string]model.Value{"name": "李四", "sex": "女", "birth_date": "1995-03-05", "status": "发展对象"})
	a := save(t, l, "admission", map[string]model.Value{"person": li.ID, "applied_on": "2025-01-10", "talked_on": "2025-02-20", "talked_by": "张三",
		"activist_on": "2025-03-01", "mentors": mentors, "notice_from": "2026-08-20", "notice_to": "2026-08-28", "candidate_on": "2026-09-02",
		"candidate_filed_on": "2026-09-05", "sponsors": mentors, "vetted_on": "2026-09-20", "vetted": "合格", "trained_on": "2026-10-08",
		"training_days": int64(3), "committee_on": "2026-10-12", "prereviewed_on": "2026-10-20", "form_no": "2026-0001"})
	for _, day := range []string{"2025-08-30", "2026-02-26"} {
		save(t, l, "observation", map[string]model.Value{"admission": a.ID, "held_on": day, "stage": "积极分子", "observers": "张三"})
	}
	return l, a
}

func start(t *testing.T, l *store.Ledger, w, h int, ascii bool) *tuitest.Term {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, Path: l.Path(), Kind: "admission", ASCII: ascii, Source: sample.Source()})
	return sample.StartReal(t, r, w, h)
}

func TestPictures(t *testing.T) {
	for _, size := range sample.Sizes {
		l, _ := candidate(t)
		tm := start(t, l, size.W, size.H, false)
		tm.Press("enter")
		tm.Golden("steps-" + size.Name)
		tm.Press("tab", "ctrl+b")
		tm.Golden("file-" + size.Name)
	}
	l, _ := candidate(t)
	tm := start(t, l, 80, 24, true)
	tm.Press("enter", "enter")
	tm.Golden("ask-ascii-80x24")
	if i := strings.IndexFunc(tm.Screen(), func(r rune) bool { return r >= 0x2500 && r < 0x2580 }); i >= 0 {
		t.Errorf("a drawn line among ASCII:\n%s", tm.Screen())
	}
	tm.Resize(60, 20)
	if !strings.Contains(tm.Screen(), "至少要宽 80 格、高 24 行") {
		t.Errorf("at 60 by 20:\n%s", tm.Screen())
	}
}

// TestNextStep: from the list of admissions three keys write down the day of the next
// step; the votes are asked for in the form, and the page goes on to the step after.
func TestNextStep(t *testing.T) {
	ctx := context.Background()
	l, a := candidate(t)
	tm := start(t, l, 80, 24, false)
	keys := []string{"enter", "enter", "enter"}
	tm.Press(keys...)
	now, err := l.Get(ctx, "admission", a.ID)
	if err != nil || now.Date("accepted_on") != "2026-10-31" {
		t.Fatalf("after %d keys: %s, %v\n%s", len(keys), now.Str("accepted_on"), err, tm.Screen())
	}
	if !strings.Contains(tm.Screen(), "修改发展党员 李四") || !strings.Contains(tm.Screen(), "接着填“应到”") {
		t.Errorf("the form for the votes:\n%s", tm.Screen())
	}
	for _, n := range []string{"2", "2", "2"} {
		tm.Type(n)
		tm.Press("enter")
	}
	tm.Press("f2")
	if strings.Contains(tm.Screen(), "知道了") { // the warnings of the whole record
		tm.Press("esc")
	}
	if now, err = l.Get(ctx, "admission", a.ID); err != nil || now.Int("votes_for") != 2 {
		t.Errorf("votes for: %d, %v\n%s", now.Int("votes_for"), err, tm.Screen())
	}
	if !strings.Contains(tm.Screen(), "> →   16 上级派人谈话") {
		t.Errorf("it did not go on to step 16:\n%s", tm.Screen())
	}
	tm.Press("f2", "enter", "f2", "enter") // 16, then 17 with what follows from it
	li, err := l.Get(ctx, "person", a.Str("person"))
	if err != nil || !li.Is("status", "预备党员") {
		t.Errorf("after the approval she is %s, %v\n%s", li.Str("status"), err, tm.Screen())
	}
	if !strings.Contains(tm.Screen(), "党员变动") || !strings.Contains(tm.Screen(), "接收预备党员") {
		t.Errorf("what followed is not said:\n%s", tm.Screen())
	}
	tm.Press("esc", "ctrl+z")
	if li, err = l.Get(ctx, "person", a.Str("person")); err != nil || !li.Is("status", "发展对象") {
		t.Errorf("after undoing she is %s, %v\n%s", li.Str("status"), err, tm.Screen())
	}
}

// TestRefusedStep: a day that can't be is refused in the box, and nothing is written.
func TestRefusedStep(t *testing.T) {
	l, a := candidate(t)
	tm := start(t, l, 80, 24, false)
	tm.Press("enter", "enter")
	if got := tm.BeforeCursor(); !strings.HasSuffix(got, "2026-10-31") {
		t.Errorf("the caret stands behind %q", got)
	}
	tm.Type("20261001")
	tm.Press("enter")
	if !strings.Contains(tm.Screen(), "15 支部大会讨论") || !strings.Contains(tm.Screen(), "2026-10-20") {
		t.Errorf("no word of the order:\n%s", tm.Screen())
	}
	if now, err := l.Get(context.Background(), "admission", a.ID); err != nil || now.Filled("accepted_on") {
		t.Errorf("written: %s, %v", now.Str("accepted_on"), err)
	}
	tm.Press("esc")
	if !strings.Contains(tm.Screen(), "全程纪实 · 李四") {
		t.Errorf("Esc left more than the box:\n%s", tm.Screen())
	}
}

// TestOtherSteps: a step done opens the form at its field, an observation is written from
// step 6, F3 opens the whole form.
func TestOtherSteps(t *testing.T) {
	l, a := candidate(t)
	tm := start(t, l, 80, 24, false)
	tm.Press("enter", "home", "down", "enter")
	if got := tm.BeforeCursor(); !strings.Contains(got, "2 派人谈话") {
		t.Errorf("step 2 opened at %q", got)
	}
	tm.Press("esc", "down", "down", "down", "down", "enter")
	if !strings.Contains(tm.Screen(), "登记一次考察") || !strings.Contains(tm.Screen(), "2026-02-26") {
		t.Fatalf("the observations:\n%s", tm.Screen())
	}
	tm.Press("enter", "f2")
	found, err := l.Page(context.Background(), store.Query{Kind: "observation", Conds: []model.Cond{model.Where("admission", model.Eq, a.ID)}})
	if err != nil || len(found.Records) != 3 {
		t.Errorf("%d observations, %v\n%s", len(found.Records), err, tm.Screen())
	}
	if !strings.Contains(tm.Screen(), "6 培养教育考察      2026-10-31") {
		t.Errorf("the page does not show it:\n%s", tm.Screen())
	}
	tm.Press("ctrl+p")
	if !strings.Contains(tm.Screen(), "修改发展党员 李四") {
		t.Errorf("the form:\n%s", tm.Screen())
	}
}

// TestFile: materials are ticked, filled in, put into the box and taken back.
func TestFile(t *testing.T) {
	ctx := context.Background()
	l, a := candidate(t)
	tm := start(t, l, 80, 24, false)
	read := func() map[int]dossier.Material {
		t.Helper()
		found, err := dossier.Read(ctx, l, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	tm.Press("enter", "tab", "enter", "enter") // 有
	tm.Type("张三")
	tm.Press("enter")
	tm.Type("村部档案柜")
	tm.Press("f2", "down", "ctrl+b", "insert")
	now := read()
	if len(now) != 3 || now[1].Keeper != "张三" || now[2].Place != "村部档案柜" || !now[3].Held {
		t.Fatalf("ticked: %+v\n%s", now, tm.Screen())
	}
	tm.Press("f2", "enter", "enter")
	for no, m := range read() {
		if m.BoxedOn != "2026-10-31" {
			t.Errorf("material %d is boxed on %q\n%s", no, m.BoxedOn, tm.Screen())
		}
	}
	tm.Press("ctrl+z")
	if now := read(); now[1].BoxedOn != "" || !now[1].Held || !strings.Contains(tm.Screen(), "已撤销:3 项材料") {
		t.Errorf("undone: %+v\n%s", now, tm.Screen())
	}
	tm.Press("esc", "esc")
	if !strings.Contains(tm.Screen(), "发展党员 · 进行中") {
		t.Errorf("not back at the list:\n%s", tm.Screen())
	}
}
