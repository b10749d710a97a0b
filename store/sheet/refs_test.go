package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/sheet"
)

func TestRefs(t *testing.T) {
	l := mustCreate(t)
	id := idNumber("19700315", 1)
	zhang := mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "群众", "id_number", id, "birth_date", "1970-03-15")
	older := mustSave(t, l, "person", "name", "李四", "sex", "女", "status", "群众", "birth_date", "1960-05-01")
	mustSave(t, l, "person", "name", "李四", "sex", "男", "status", "群众", "birth_date", "1971-02-03")
	mustSave(t, l, "person", "name", "赵六", "sex", "男", "status", "群众", "birth_date", "1971-02-03")
	mustSave(t, l, "person", "name", "赵六", "sex", "男", "status", "群众")
	for _, c := range []struct {
		person, talker, want string
		reject               bool
		says                 string
	}{
		{person: "张三", talker: "张 三", want: zhang.ID},
		{person: id, talker: "张三", want: zhang.ID},
		{person: "李四(1960-05-01)", talker: "张三", want: older.ID},
		{person: "李四\uff081960.5.1\uff09", talker: "张三", want: older.ID},
		{person: "李四(女)", talker: "张三", want: older.ID},
		{person: "李四", talker: "张三", reject: true, says: "李四(1960-05-01)、李四(1971-02-03)"},
		{person: "赵六", talker: "张三", reject: true, says: "赵六(出生日期 1971-02-03)、赵六(出生日期 未填)"},
		{person: "王五", talker: "张三", reject: true, says: "没有“王五”"},
		{person: idNumber("19800101", 1), talker: "张三", reject: true, says: "990101****"},
	} {
		t.Run(c.person, func(t *testing.T) {
			p := mustRead(t, l, "talk", workbook(t, "a.xlsx", [][]any{{"日期", "谈话对象", "谈话人"}, {"2026-10-08", c.person, c.talker}}), sheet.ReadOptions{})
			r := p.Rows[0]
			if c.reject {
				if r.Verdict != sheet.Reject || !strings.Contains(r.Reason, c.says) || !strings.Contains(r.Reason, "B2") {
					t.Errorf("verdict %v, reason %q", r.Verdict, r.Reason)
				}
				return
			}
			if r.Verdict != sheet.Take || r.Record.Str("person") != c.want || r.Record.Text("talker") != "张三" {
				t.Errorf("verdict %v %s: %q, talker %q", r.Verdict, r.Reason, r.Record.Str("person"), r.Record.Text("talker"))
			}
		})
	}
}

func TestRollAndRefs(t *testing.T) {
	l := mustCreate(t)
	ids := map[string]string{}
	for _, name := range []string{"张三", "李四", "王五", "赵六"} {
		ids[name] = mustSave(t, l, "person", "name", name, "sex", "男", "status", "群众").ID
	}
	for _, c := range []struct {
		roll, want string // want: name=state …, or what a rejection says
		reject     bool
	}{
		{roll: "张三、李四,王五", want: "张三=到会 李四=到会 王五=到会"},
		{roll: "到会:张三、李四;请假-公务:王五", want: "张三=到会 李四=到会 王五=请假-公务"},
		{roll: "到会\uff1a张 三\uff0c李四\uff1b无故缺席\uff1a王五\uff1b赵六", want: "张三=到会 李四=到会 王五=无故缺席 赵六=无故缺席"},
		{roll: "到会2:张三 李四\n请假-其他1人:王五", want: "张三=到会 李四=到会 王五=请假-其他"},
		{roll: "到会:张三;早退:李四", want: "早退", reject: true},
		{roll: "到会:张三;无故缺席:张三", want: "两次", reject: true},
		{roll: "到会:张三、钱七", want: "钱七", reject: true},
	} {
		t.Run(c.roll, func(t *testing.T) {
			p := mustRead(t, l, "activity", workbook(t, "a.xlsx", [][]any{{"类别", "主题", "日期", "到会登记", "已补课"}, {"党课", "学习", "2026-10-08", c.roll, "李四;王五"}}), sheet.ReadOptions{})
			r := p.Rows[0]
			if c.reject {
				if r.Verdict != sheet.Reject || !strings.Contains(r.Reason, c.want) {
					t.Errorf("verdict %v, reason %q", r.Verdict, r.Reason)
				}
				return
			}
			var got []string
			for _, m := range r.Record.Roll("attendance") {
				got = append(got, r.Record.Name(m.Target)+"="+m.State)
			}
			if strings.Join(got, " ") != c.want || r.Verdict != sheet.Take {
				t.Errorf("%v, want %s (%s)", got, c.want, r.Reason)
			}
			if made := r.Record.List("made_up"); !slices.Equal(made, []string{ids["李四"], ids["王五"]}) {
				t.Errorf("refs %v", made)
			}
		})
	}
}

// A party group may stand in the same list as the branch above it, in any order.
func TestRefsWithinOneFile(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "organization", workbook(t, "a.xlsx", [][]any{
		{"组织代码", "名称", "组织类别", "所在领域", "上级党组织"},
		{"990101001003", "第一党小组", "党小组", "行政村", "东岭联合党支部"},
		{"990101001002", "东岭联合党支部", "联合党支部", "行政村", "青石沟村党支部"},
		{"990101001004", "第二党小组", "党小组", "行政村", "西岭党支部"},
		{"990101001005", "西岭党支部", "没有这种", "行政村", nil},
	}), sheet.ReadOptions{})
	if got, want := counts(p), "read 4, taken 2, updated 0, duplicates 0, rejected 2"; got != want {
		for _, r := range p.Rows {
			t.Log(r.Number, r.Verdict, r.Reason, r.Warnings)
		}
		t.Fatalf("%s, want %s", got, want)
	}
	wantText(t, rowOf(t, p, 4).Reason, "第 5 行", "没有收入")
	mustApply(t, l, p)
	group, err := l.Get(t.Context(), "organization", rowOf(t, p, 2).Record.ID)
	if err != nil || group.Text("parent") != "东岭联合党支部" {
		t.Errorf("parent %q, %v", group.Text("parent"), err)
	}
	again := mustRead(t, l, "organization", workbook(t, "b.xlsx", [][]any{
		{"组织代码", "名称", "组织类别", "所在领域", "上级党组织"},
		{"990101001002", "东岭联合党支部", "联合党支部", "行政村", "青石沟村党支部"},
		{"990101001006", "第三党小组", "党小组", "行政村", "东岭联合党支部"},
	}), sheet.ReadOptions{})
	if got, want := counts(again), "read 2, taken 1, updated 0, duplicates 1, rejected 0"; got != want {
		t.Errorf("%s, want %s: %s", got, want, rowOf(t, again, 3).Reason)
	}
}

func TestOrgCodeByName(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "aid", workbook(t, "a.xlsx", [][]any{{"类别", "事项", "提供单位", "受助党组织", "日期"},
		{"物资", "化肥", "农业局", "青石沟村党支部", "2026-05-01"},
		{"物资", "种子", "农业局", "990101001001", "2026-05-01"},
		{"物资", "农药", "农业局", "别村党支部", "2026-05-01"}}), sheet.ReadOptions{})
	for row, want := range map[int]string{2: "990101001001", 3: "990101001001"} {
		if r := rowOf(t, p, row); r.Record.Str("target_code") != want || r.Verdict != sheet.Take {
			t.Errorf("row %d: %q %s", row, r.Record.Str("target_code"), r.Reason)
		}
	}
	wantText(t, rowOf(t, p, 4).Reason, "D4", "别村党支部")
}

func TestDefaultsAndBlanks(t *testing.T) {
	l := mustCreate(t)
	p := mustRead(t, l, "person", workbook(t, "a.xlsx", [][]any{
		{"姓名", "性别", "人员类别", "民族", "有劳动能力", "交费类别"},
		{"张三", "男", "群众", "汉族", "√", nil},
		{"李四", "男", "群众", nil, nil, nil}}), sheet.ReadOptions{})
	for row, want := range map[int]string{2: "汉族 是 农民", 3: " 否 农民"} {
		r := rowOf(t, p, row).Record
		if got := r.Text("ethnicity") + " " + r.Text("able_bodied") + " " + r.Text("dues_basis"); got != want {
			t.Errorf("row %d: %q, want %q", row, got, want)
		}
	}
	if got := rowOf(t, p, 2).Record.Get("standing"); got != model.Value("在册") {
		t.Errorf("standing %v", got)
	}
}
