package sheet_test

import (
	"os"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/sheet"
)

func TestDuplicates(t *testing.T) {
	l := mustCreate(t)
	id := idNumber("19700315", 1)
	mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "群众", "id_number", id, "birth_date", "1970-03-15", "education", "初中", "address", "一组")
	mustSave(t, l, "person", "name", "李四", "sex", "女", "status", "群众", "birth_date", "1960-05-01")
	path := workbook(t, "a.xlsx", [][]any{
		{"姓名", "性别", "人员类别", "身份证号", "出生日期", "学历", "家庭住址", "民族"},
		{"张三", "男", "群众", id, "1970.03", "高中", nil, "回族"},
		{"李四", "女", "群众", idNumber("19600501", 2), "1960-05-01", nil, nil, nil},
		{"李四", "女", "群众", nil, "1960-05-01", nil, nil, nil},
		{"王五", "女", "群众", nil, "1980-05-01", nil, nil, nil},
		{"王五", "女", "群众", nil, "1980-05-01", nil, nil, nil},
		{"张三", "男", "群众", id, "1970-03-15", nil, nil, nil},
	})
	skip := mustRead(t, l, "person", path, sheet.ReadOptions{})
	if got, want := counts(skip), "read 6, taken 1, updated 0, duplicates 2, rejected 3"; got != want {
		t.Errorf("skip: %s, want %s", got, want)
	}
	wantText(t, rowOf(t, skip, 2).Reason, "台账里已有", "张三")
	wantText(t, rowOf(t, skip, 4).Reason, "第 3 行", "李四")
	wantText(t, rowOf(t, skip, 6).Reason, "第 5 行", "王五")
	wantText(t, rowOf(t, skip, 7).Reason, "第 7 行", "第 2 行", "张三")

	stop := mustRead(t, l, "person", path, sheet.ReadOptions{OnDuplicate: sheet.Stop})
	_, err := stop.Apply(t.Context(), l)
	wantError(t, err, "E-SHEET-DUPLICATE", "第 2、3 行", "没有写入")
	if count(t, l, "person") != 2 {
		t.Fatal("stop wrote something")
	}

	update := mustRead(t, l, "person", path, sheet.ReadOptions{OnDuplicate: sheet.Update})
	if got, want := counts(update), "read 6, taken 1, updated 2, duplicates 0, rejected 3"; got != want {
		t.Errorf("update: %s, want %s", got, want)
	}
	mustApply(t, l, update)
	page, err := l.Page(t.Context(), store.Query{Kind: "person", Sort: []string{"birth_date"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range page.Records {
		got = append(got, strings.Join([]string{r.Text("name"), r.Text("birth_date"), r.Text("education"), r.Text("address"), r.Text("ethnicity"), r.Str("id_number")}, "|"))
	}
	want := []string{"李四|1960-05-01|||汉族|" + idNumber("19600501", 2), "张三|1970-03-15|高中|一组|回族|" + id, "王五|1980-05-01||||"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("after the update:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	again := mustRead(t, l, "person", path, sheet.ReadOptions{OnDuplicate: sheet.Update})
	if got, want := counts(again), "read 6, taken 0, updated 0, duplicates 3, rejected 3"; got != want {
		t.Errorf("second update: %s, want %s", got, want)
	}
}

func TestFirstUniqueSetDecides(t *testing.T) {
	l := mustCreate(t)
	mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "正式党员", "birth_date", "1970-03-15", "joined_on", "2000-07-01", "confirmed_on", "2001-07-01")
	path := workbook(t, "a.xlsx", [][]any{{"人员", "月份", "金额", "缴纳日期"},
		{"张三", "2026-09", 1, "2026-09-05"}, {"张三", "2026-09", 2, "2026-09-06"}, {"张三", "2026年8月", 1, "2026-09-05"}})
	p := mustRead(t, l, "dues", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 3, taken 2, updated 0, duplicates 0, rejected 1"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	wantText(t, rowOf(t, p, 3).Reason, "第 2 行", "张三 2026-09")
	mustApply(t, l, p)
	again := mustRead(t, l, "dues", path, sheet.ReadOptions{})
	if got, want := counts(again), "read 3, taken 0, updated 0, duplicates 2, rejected 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	wantText(t, rowOf(t, again, 2).Reason, "张三 2026-09")
}

// A kind without a key is protected from a file that is read in twice.
func TestIdenticalRows(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{{"日期", "类别", "走访人", "情况"},
		{"2026-09-05", "入户走访", "张三", "看望"}, {"2026-09-05", "入户走访", "张三", "看望"}, {"2026-09-06", "入户走访", "张三", "看望"}})
	p := mustRead(t, l, "visit", path, sheet.ReadOptions{})
	if got, want := counts(p), "read 3, taken 3, updated 0, duplicates 0, rejected 0"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	wantText(t, strings.Join(rowOf(t, p, 3).Warnings, ""), "第 2 行完全相同")
	mustApply(t, l, p)
	again := mustRead(t, l, "visit", path, sheet.ReadOptions{})
	if _, taken, _, _, _ := again.Counts(); taken != 0 {
		t.Errorf("second run: %s", counts(again))
	}
}

func TestRejectedFileCanBeMendedAndRead(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "名册.xlsx", [][]any{{"姓名", "性别", "人员类别", "身份证号", "出生日期"},
		{"张三", "男", "群众", 990101197003150016.0, nil}, {"李四", "男", "不知道", nil, nil}, {"王五", "男", "群众", nil, "1970-01-02"}})
	p := mustRead(t, l, "person", path, sheet.ReadOptions{})
	out := sheet.RejectedPath(path)
	if !strings.HasSuffix(out, "名册.rejected.xlsx") {
		t.Errorf("path %s", out)
	}
	if err := p.WriteRejected(out); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(out)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again := mustRead(t, l, "person", out, sheet.ReadOptions{})
	if got, want := counts(again), "read 2, taken 0, updated 0, duplicates 0, rejected 2"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	// A damaged number stays visibly damaged: written out in full it might pass.
	wantText(t, again.Rows[0].Reason, "Excel")
	wantText(t, sheetText(t, out), "拒收原因|原表行号|姓名", "|2|张三|", "|3|李四|")
}
