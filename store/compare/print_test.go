package compare_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/compare"
	"taizhang/store/demo"
)

// TestThePrintedListShowsNoNumber writes the differences to a workbook and reads it back:
// A4 across, heading rows repeated, and no ID number or phone in full.
func TestThePrintedListShowsNoNumber(t *testing.T) {
	t.Parallel()
	id := number("1970-03-02", 11)
	l := small(t, []string{"name", "张三", "sex", "男", "birth_date", "1970-03-02", "id_number", id, "phone", "10012345678"})
	r := compareLines(t, l, "姓名,公民身份号码,性别,手机号", "张三,"+mistyped(id)+",男,10012345679", "李四,"+number("1985-07-20", 14)+",女,")
	path := filepath.Join(t.TempDir(), "比对.xlsx")
	must(t, r.WriteXLSX(ctx, l, path))
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	rows, err := f.GetRows(compare.Name)
	must(t, err)
	var all []string
	for _, row := range rows {
		all = append(all, strings.Join(row, " "))
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"与全国党员管理信息系统比对", "内容不同", "990101************", "号码只差一位(第 16 位)", "100****5678", "全国系统有、台账没有", "李四"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	for _, whole := range []string{id, mistyped(id), "10012345678", "19850720"} {
		if strings.Contains(text, whole) {
			t.Errorf("%s is printed", whole)
		}
	}
	layout, err := f.GetPageLayout(compare.Name)
	must(t, err)
	if layout.Orientation == nil || *layout.Orientation != "landscape" || layout.Size == nil || *layout.Size != 9 {
		t.Errorf("laid out as %+v", layout)
	}
	titled := false
	for _, n := range f.GetDefinedName() {
		titled = titled || strings.Contains(n.Name, "Print_Titles")
	}
	if !titled {
		t.Error("the heading row is not repeated")
	}
}

// BenchmarkCounty compares a list of 32,000 persons.
func BenchmarkCounty(b *testing.B) {
	l, err := book.Create(ctx, filepath.Join(b.TempDir(), "ledger.db"), store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部",
		Domain: "行政村", Township: "清河镇", County: "澄安县"}, store.Options{})
	must(b, err)
	b.Cleanup(func() { must(b, l.Close()) })
	must(b, demo.People(ctx, l, 32_000, 1, func(int) {}))
	path := filepath.Join(b.TempDir(), "名单.csv")
	f, err := os.Create(path)
	must(b, err)
	_, err = fmt.Fprintln(f, "姓名,公民身份号码,性别,民族,出生日期,学历,人员类别,入党时间,转正时间,手机号,家庭住址")
	must(b, err)
	must(b, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		_, err := fmt.Fprintln(f, strings.Join([]string{r.Str("name"), r.Str("id_number"), r.Str("sex"), r.Str("ethnicity"), r.Str("birth_date"), r.Str("education"),
			r.Str("status"), r.Str("joined_on"), r.Str("confirmed_on"), r.Str("phone"), r.Str("address")}, ","))
		return err
	}))
	must(b, f.Close())
	for b.Loop() {
		r, err := compare.Read(ctx, l, path, "")
		must(b, err)
		b.ReportMetric(float64(r.Both), "persons")
	}
}
