package sheet_test

import (
	"testing"

	"taizhang/model"
	"taizhang/store"
	reckon "taizhang/store/count"
	"taizhang/store/sheet"
)

// onFile gives the only person of a name.
func onFile(t *testing.T, l *store.Ledger, name string) *model.Record {
	t.Helper()
	found, err := l.Env(t.Context()).Look.Find("person", model.Where("name", model.Eq, name))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d persons, %v", name, len(found), err)
	}
	return found[0]
}

// peopleOpened puts members on file as a list does, with the day on which they were opened.
func peopleOpened(t *testing.T, l *store.Ledger, opened string, rows ...[]any) {
	t.Helper()
	all := append([][]any{{"姓名", "性别", "出生日期", "人员类别", "入党日期", "转正日期", "在册状态", "组织关系所在", "离开日期"}}, rows...)
	p := mustRead(t, l, "person", workbook(t, "名册.xlsx", all), sheet.ReadOptions{})
	if _, taken, _, _, _ := p.Counts(); taken != len(rows) {
		t.Fatal(counts(p), p.Rows[0].Reason)
	}
	mustApply(t, l, p)
	openings, err := l.Env(t.Context()).Look.Find("movement")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range openings { // as if the ledger had begun then
		m.Set("happened_on", opened)
		if _, err := l.Save(t.Context(), model.AsRecorded, m); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMovementsOfASheet: a movement read from a sheet makes of the person what the form
// makes of them, in the order of the days, and what can't follow is refused in its row.
func TestMovementsOfASheet(t *testing.T) {
	l := mustCreate(t)
	peopleOpened(t, l, "2024-01-01",
		[]any{"停甲", "男", "1970-03-15", "正式党员", "1995-01-05", "1996-01-05"},
		[]any{"走乙", "男", "1971-03-15", "正式党员", "1995-01-05", "1996-01-05"},
		[]any{"预丙", "女", "1990-05-05", "预备党员", "2025-05-01"},
		[]any{"李转", "男", "1990-05-05", "预备党员", "2026-03-01", nil, "组织关系在外", "外地某支部"},
		[]any{"早走", "男", "1972-03-15", "正式党员", "1995-01-05", "1996-01-05", "转出", nil, "2025-02-03"},
		[]any{"外丁", "男", "1973-03-15", "正式党员", "1995-01-05", "1996-01-05"},
	)
	path := workbook(t, "变动.xlsx", [][]any{ // the newest first
		{"人员", "变动类别", "日期", "转出党组织", "转入党组织", "流动", "外出流向"},
		{"预丙", "转出", "2026-08-01", nil, "南塘村党支部"},
		{"走乙", "转出", "2026-07-02", nil, "南塘村党支部"}, // goes a second time
		{"走乙", "转出", "2026-07-01", nil, "南塘村党支部"},
		{"预丙", "转正", "2026-06-20"},
		{"李转", "转入", "2026-05-10", "外地某支部"},
		{"早走", "转出", "2025-02-03", nil, "南塘村党支部"}, // stands so already
		{"早走", "外出流动", "2026-01-03"},
		{"外丁", "外出流动", "2025-03-01", nil, nil, "跨省", "省外某市"},
		{"停甲", "停止党籍", "2024-11-27"},
	})
	p := mustRead(t, l, "movement", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 9, taken 7, updated 0, duplicates 0, rejected 2"; got != want {
		for _, r := range p.Rows {
			t.Log(r.Number, r.Verdict, r.Reason)
		}
		t.Fatalf("%s, want %s", got, want)
	}
	wantText(t, rowOf(t, p, 3).Reason, "已转出", "转出")
	wantText(t, rowOf(t, p, 8).Reason, "转出")
	mustApply(t, l, p)
	for name, want := range map[string]string{
		"停甲": "正式党员 停止党籍 2024-11-27", "走乙": "正式党员 转出 2026-07-01", "预丙": "正式党员 转出 2026-08-01",
		"李转": "预备党员 在册 ", "早走": "正式党员 转出 2025-02-03", "外丁": "正式党员 在册 ",
	} {
		r := onFile(t, l, name)
		if got := r.Str("status") + " " + r.Str("standing") + " " + r.Str("left_on"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if r := onFile(t, l, "预丙"); r.Str("confirmed_on") != "2026-05-01" {
		t.Errorf("confirmed on %s", r.Str("confirmed_on"))
	}
	if r := onFile(t, l, "外丁"); r.Str("away") != "跨省" || r.Str("away_place") != "省外某市" || r.Str("away_since") != "2025-03-01" {
		t.Errorf("away: %s %s %s", r.Str("away"), r.Str("away_place"), r.Str("away_since"))
	}
	again := mustRead(t, l, "movement", path, sheet.ReadOptions{})
	if got, want := counts(again), "read 9, taken 0, updated 0, duplicates 7, rejected 2"; got != want {
		t.Errorf("second run: %s, want %s", got, want)
	}
	mustUndo(t, l)
	if r := onFile(t, l, "走乙"); r.Str("standing") != "在册" {
		t.Errorf("one undo leaves 走乙 %s", r.Str("standing"))
	}
}

func mustUndo(t *testing.T, l *store.Ledger) {
	t.Helper()
	if what, err := l.Undo(t.Context()); err != nil || what == "" {
		t.Fatalf("undo: %q, %v", what, err)
	}
}

// TestAdmissionsOfASheet: the approvals of an admission make members, as in the form;
// what is long done changes nobody.
func TestAdmissionsOfASheet(t *testing.T) {
	l := mustCreate(t)
	peopleOpened(t, l, "2024-01-01",
		[]any{"新甲", "男", "1995-03-15", "发展对象"},
		[]any{"老乙", "男", "1980-03-15", "正式党员", "2025-01-05", "2026-01-05"},
		[]any{"走丙", "男", "1981-03-15", "正式党员", "2010-01-05", "2011-01-05", "转出", nil, "2020-02-03"},
		[]any{"申丁", "男", "1999-03-15", "群众"},
	)
	p := mustRead(t, l, "admission", workbook(t, "发展.xlsx", [][]any{
		{"人员", "1 递交申请书", "3 确定积极分子", "7 确定发展对象", "15 支部大会通过", "17 党委审批", "23 支部大会讨论转正", "讨论结果", "24 转正审批"},
		{"新甲", "2023-01-05", "2023-08-01", "2025-01-10", "2026-03-01", "2026-04-20"},
		{"老乙", "2021-01-05", "2021-08-01", "2024-01-10", "2025-01-05", "2025-02-20", "2026-01-06", "按期转正", "2026-02-01"},
		{"走丙", "2007-01-05", "2007-08-01", "2009-01-10", "2010-01-05", "2010-02-20", "2011-01-06", "按期转正", "2011-02-01"},
		{"申丁", "2026-01-05", "2026-08-01"},
	}), sheet.ReadOptions{})
	if got, want := counts(p), "read 4, taken 4, updated 0, duplicates 0, rejected 0"; got != want {
		for _, r := range p.Rows {
			t.Log(r.Number, r.Verdict, r.Reason)
		}
		t.Fatalf("%s, want %s", got, want)
	}
	mustApply(t, l, p)
	for name, want := range map[string]string{
		"新甲": "预备党员 在册 2026-03-01", "老乙": "正式党员 在册 2025-01-05", "走丙": "正式党员 转出 2010-01-05", "申丁": "入党积极分子 在册 ",
	} {
		r := onFile(t, l, name)
		if got := r.Str("status") + " " + r.Str("standing") + " " + r.Str("joined_on"); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	moves, err := l.Env(t.Context()).Look.Find("movement", model.Where("kind", model.Eq, "接收预备党员"))
	if err != nil || len(moves) != 1 || moves[0].Str("happened_on") != "2026-04-20" {
		t.Errorf("%d entries, %v", len(moves), err)
	}
	balanceCloses(t, l)
}

// balanceCloses looks at the month's balance: nobody may be unexplained.
func balanceCloses(t *testing.T, l *store.Ledger) {
	t.Helper()
	b, err := reckon.Balance(t.Context(), l, "2026-10")
	if err != nil || !b.Closes() {
		t.Errorf("the balance doesn't close: %+v, %v", b.Gaps, err)
	}
}
