package compare_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/compare"
)

// dice are bytes that are the same in every run.
type dice struct{ state uint64 }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		d.state = d.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.state >> 56)
	}
	return len(p), nil
}

// small makes a ledger with the persons given, each as field=value pairs.
func small(t *testing.T, persons ...[]string) *store.Ledger {
	t.Helper()
	at := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部",
		Domain: "行政村", Township: "清河镇", County: "澄安县"}, store.Options{Source: &model.Source{Now: func() time.Time { return at }, Rand: &dice{1}}})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	for _, pairs := range persons {
		r, err := l.New(ctx, "person")
		must(t, err)
		set(t, r, "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01")
		set(t, r, pairs...)
		_, err = l.Save(ctx, model.AsRecorded, r)
		must(t, err)
	}
	return l
}

func set(t *testing.T, r *model.Record, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		v, err := f.Type.Parse(f, pairs[i+1])
		must(t, err)
		r.Set(pairs[i], v)
	}
}

// number makes an ID number of the made-up area with its check digit.
func number(birth string, serial int) string {
	body := fmt.Sprintf("990101%s%03d", strings.ReplaceAll(birth, "-", ""), serial)
	return body + string(model.IDCheckChar(body))
}

func csvFile(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名单.csv")
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	return path
}

func compareLines(t *testing.T, l *store.Ledger, lines ...string) *compare.Result {
	t.Helper()
	r, err := compare.Read(ctx, l, csvFile(t, lines...), "")
	must(t, err)
	return r
}

func TestWhoIsWho(t *testing.T) {
	t.Parallel()
	const born = "1970-03-02"
	id, other := number(born, 11), number("1985-07-20", 14)
	swapped := id[:12] + id[13:14] + id[12:13] + id[14:]
	one := []string{"name", "张三", "sex", "男", "birth_date", born, "id_number", id}
	tests := []struct {
		name    string
		persons [][]string
		rows    []string
		want    []string
	}{
		{"by number, the name mistyped", [][]string{one}, []string{"张山," + id + "," + born}, []string{"张三 姓名: 张三 → 张山"}},
		{"by name and birth date, the number another", [][]string{one}, []string{"张三," + number(born, 971) + "," + born},
			[]string{"张三 公民身份号码: " + id + " → " + number(born, 971)}},
		{"by name and a number with two places swapped", [][]string{one}, []string{"张三," + swapped + ",01"},
			[]string{"张三 公民身份号码: " + id + " → " + swapped}},
		{"by name, the number one digit short", [][]string{one}, []string{"张三," + id[:17] + "," + born}, []string{"张三 公民身份号码: " + id + " → " + id[:17]}},
		{"the number masked", [][]string{one}, []string{"张三,990101********0116," + born}, nil},
		{"no numbers there", [][]string{one}, []string{"张三,," + born}, nil},
		{"a number missing there", [][]string{one, {"name", "李四", "sex", "女", "birth_date", "1985-07-20", "id_number", other}},
			[]string{"张三,," + born, "李四," + other + ",1985-07-20"}, []string{"张三 公民身份号码: " + id + " → "}},
		{"the number missing here", [][]string{{"name", "张三", "sex", "男", "birth_date", born}}, []string{"张三," + id + ",1970.03"},
			[]string{"张三 公民身份号码:  → " + id}},
		{"the birth date of another day, without a number", [][]string{{"name", "张三", "sex", "男", "birth_date", born}}, []string{"张三,,1970-03-20"},
			[]string{"张三 出生日期: 1970-03-02 → 1970-03-20"}},
		{"another person of that name", [][]string{one}, []string{"张三," + other + ",1985-07-20"}, []string{"张三 只在全国系统", "张三 只在台账"}},
		{"two of that name", [][]string{one, {"name", "张三", "sex", "女", "birth_date", "1985-07-20", "id_number", other}},
			[]string{"张三," + other + ",1985-07-20", "张三," + id + "," + born}, nil},
		{"a number in two rows", [][]string{one}, []string{"张三," + id + "," + born, "李四," + id + "," + born}, nil},
		{"the name of a villager who is no member", [][]string{one, {"name", "李四", "sex", "女", "birth_date", "1985-07-20", "status", "群众", "joined_on", "", "confirmed_on", ""}},
			[]string{"张三," + id + "," + born, "李四," + other + ",1985-07-20"}, []string{"李四 人员类别: 群众 → 党员", "李四 公民身份号码:  → " + other}},
		{"one who has left", [][]string{append(slices.Clone(one), "standing", "转出", "left_on", "2026-05-01")}, []string{"张三," + id + "," + born},
			[]string{"张三 在册状态: 转出 → 在册"}},
		{"one whose membership was stopped, who stays on such lists", [][]string{append(slices.Clone(one), "standing", "停止党籍", "left_on", "2026-05-01")},
			[]string{"张三," + id + "," + born}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := small(t, tt.persons...)
			heads := "姓名,公民身份号码,出生日期"
			if strings.HasSuffix(tt.rows[0], ",01") { // a list without birth dates
				heads = "姓名,公民身份号码,人员类别"
			}
			wantOnly(t, found(compareLines(t, l, append([]string{heads}, tt.rows...)...)), tt.want)
		})
	}
}

func TestTheNumbersPlacesAreNamed(t *testing.T) {
	t.Parallel()
	id := number("1970-03-02", 11)
	l := small(t, []string{"name", "张三", "sex", "男", "birth_date", "1970-03-02", "id_number", id})
	for theirs, want := range map[string]string{
		id[:15] + "9" + id[16:]:               "号码只差一位(第 16 位)",
		id[:12] + "20" + id[14:]:              "号码有两位写颠倒了(第 13、14 位)",
		id[:17]:                               "号码不是 18 位(现在是 17 位)",
		id[:6] + "1971" + id[10:17] + id[17:]: "号码只差一位(第 10 位)",
	} {
		r := compareLines(t, l, "姓名,公民身份号码,性别", "张三,"+theirs+",男")
		at := slices.IndexFunc(r.Differences, func(d compare.Difference) bool { return d.Field == "id_number" })
		if at < 0 || !strings.Contains(r.Differences[at].Note, want) {
			t.Errorf("%s: %+v, want %q", theirs, r.Differences, want)
		}
	}
}

func TestPlacesPostsAndMarks(t *testing.T) {
	t.Parallel()
	id := number("1970-03-02", 11)
	l := small(t, []string{"name", "张三", "sex", "男", "birth_date", "1970-03-02", "id_number", id, "address", "青石沟村三组", "phone", "10012345678、0512-1234567",
		"native_place", "江洲市澄安县", "occupation", "种养业大户", "education", "技校"})
	heads := "姓名,公民身份号码,所属党支部,家庭住址,手机,籍贯,工作岗位,文化程度,职务,是否失联"
	for _, row := range []string{
		"张三," + id + ",中共澄安县清河镇青石沟村支部委员会,澄安县清河镇青石沟村3组,100 1234 5678,江洲澄安,农牧渔业生产人员,中等职业教育,村民小组长,否",
		"张三," + id + ",青石沟村党支部,三组,0512-1234567,澄安县,其他农牧渔民,技工学校毕业,党员,0",
	} {
		wantOnly(t, found(compareLines(t, l, heads, row)), nil)
	}
	row := "张三," + id + ",望湖村党支部,青石沟村四组,10012345679,江洲市望湖县,退休人员,高中,支部书记,是"
	r := compareLines(t, l, heads+",民族", row+",汉", "王五,,青石沟村党支部,,,,,,,,", "赵六,,青石沟村党支部,,,,,,,,")
	var labels []string
	for _, d := range r.Differences {
		if d.Sort == compare.Differs {
			labels = append(labels, d.Label)
		}
	}
	if got, want := strings.Join(labels, " "), "籍贯 学历 联系电话 家庭住址 工作岗位 所在党支部 党内职务 失联"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestTakeTheirs takes values of two persons in one save, which one undo takes back; what
// the rules or a movement stand against stays and is named.
func TestTakeTheirs(t *testing.T) {
	t.Parallel()
	born := "1970-03-02"
	a, b := number(born, 11), number(born, 13)
	l := small(t, []string{"name", "张三", "sex", "男", "birth_date", born, "id_number", a, "ethnicity", "汉族"},
		[]string{"name", "李四", "sex", "男", "birth_date", born, "id_number", b, "education", "高中"})
	r := compareLines(t, l, "姓名,公民身份号码,性别,民族,学历,人员类别,入党时间",
		"张三,"+a+",男,苗,初中,预备党员,2001-07-01", "李四,"+b+",女,汉,大专,正式党员,2001-06-30")
	if n := len(r.Differences); n != 6 {
		t.Fatalf("%d differences: %v", n, found(r))
	}
	taken, err := compare.Take(ctx, l, slices.DeleteFunc(slices.Clone(r.Differences), func(d compare.Difference) bool { return d.Field == "sex" }))
	must(t, err)
	if taken.Persons != 2 || taken.Fields != 4 || len(taken.Left) != 1 || !strings.Contains(taken.Left[0], "张三的人员类别:要通过办理变动来改") {
		t.Errorf("taken %+v", taken)
	}
	read := func() string {
		page, err := l.Page(ctx, store.Query{Kind: "person", Sort: []string{"id_number"}})
		must(t, err)
		var all []string
		for _, p := range page.Records {
			all = append(all, p.Str("name")+p.Str("ethnicity")+p.Str("education")+p.Str("status")+p.Str("joined_on")+p.Str("sex"))
		}
		return strings.Join(all, " ")
	}
	if got, want := read(), "张三苗族初中正式党员2001-07-01男 李四汉族大专正式党员2001-06-30男"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// The number speaks against the other sex; and what has changed meanwhile is not taken.
	taken, err = compare.Take(ctx, l, r.Differences)
	must(t, err)
	if taken.Fields != 0 || len(taken.Left) != 6 || !strings.Contains(strings.Join(taken.Left, "\n"), "李四的性别:") || !strings.Contains(strings.Join(taken.Left, "\n"), "请重新比对") {
		t.Errorf("taken again %+v", taken)
	}
	if _, err := l.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got, want := read(), "张三汉族正式党员2001-07-01男 李四汉族高中正式党员2001-07-01男"; got != want {
		t.Errorf("after the undo %s, want %s", got, want)
	}
}

func TestACheckedNumberIsNotTaken(t *testing.T) {
	t.Parallel()
	id := number("1970-03-02", 11)
	l := small(t, []string{"name", "张三", "sex", "男", "birth_date", "1970-03-02", "id_number", id, "id_checked", "是"})
	r := compareLines(t, l, "姓名,公民身份号码,出生日期", "张三,"+number("1970-03-02", 13)+",1970-03-02")
	if len(r.Differences) != 1 || r.Differences[0].Value != nil || !strings.Contains(r.Differences[0].Why, "已核对过证件") {
		t.Errorf("%+v", r.Differences)
	}
}

func TestFilesThatAreNoList(t *testing.T) {
	t.Parallel()
	l := small(t)
	for path, code := range map[string]string{csvFile(t, "品名,数量", "种子,3"): "E-SHEET-HEADER", csvFile(t, "姓名,性别"): "E-SHEET-EMPTY", "没有.csv": "E-SHEET-FILE"} {
		_, err := compare.Read(ctx, l, path, "")
		var known *model.Error
		if !errors.As(err, &known) {
			t.Errorf("%s: %v", path, err)
		} else if known.Code != code {
			t.Errorf("%s: %s, want %s", path, known.Code, code)
		}
	}
}
