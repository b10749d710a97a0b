package compare_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/compare"
	"taizhang/store/demo"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// members are those of the made-up village.
const members = 115

// shared is the made-up village that the tests look at; none of them writes into it.
var shared *store.Ledger

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "compare")
		if err == nil {
			defer os.RemoveAll(dir) //nolint:errcheck // a leftover is the system's to clear
			var v demo.Result
			if v, err = demo.Village(ctx, dir, demo.Options{Members: members, Seed: 1, AsOf: "2026-10-31"}); err == nil {
				shared, err = book.Open(ctx, v.Ledger, store.Options{})
			}
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer shared.Close() //nolint:errcheck // nothing is written
		return m.Run()
	}())
}

// national is a list as the national system writes it: other columns in another order, and
// every value written in one of the other ways.
type national struct {
	heads []string
	rows  []map[string]string // by heading
	ids   []string            // of the persons
}

var nationalHeads = []string{"序号", "公民身份号码", "姓名", "所在党支部", "人员类别", "民族", "性别", "出生日期", "学历", "转为正式党员日期", "加入党组织日期",
	"党内职务", "工作岗位", "手机号码", "固定电话", "家庭住址", "党籍状态", "是否为失联党员", "是否为流动党员", "外出流向"}

// spellings are other ways to write what our choices stand for.
var spellings = map[string][]string{
	"男": {"男", "1", "男性"}, "女": {"女", "2", "女性"},
	"小学": {"小学毕业", "80"}, "初中": {"初中毕业", "71"}, "高中": {"普通高中毕业", "60"}, "职高": {"职业高中毕业", "中等职业教育"}, "技校": {"技工学校毕业"},
	"中专": {"中等专科毕业", "41"}, "大专": {"大学专科毕业", "31"}, "本科": {"大学", "大学本科毕业", "21"}, "研究生": {"硕士研究生毕业"},
	"正式党员": {"中国共产党党员", "01", "正式党员"}, "预备党员": {"中国共产党预备党员", "预备党员"},
	"务农": {"农牧渔业生产人员"}, "种养业大户": {"农牧渔业生产人员"}, "外出务工": {"外出务工经商人员"}, "企业务工": {"非公有企业工勤岗位"},
	"企业经营者": {"非公有经济控制企业管理岗位"}, "个体工商户": {"个体工商户中的从业人员"}, "农民经纪人": {"自由职业人员"}, "离退休": {"退休人员"},
	"公务员事业编": {"事业单位管理岗位"}, "待业": {"其他无业人员"}, "学生": {"大学生"}, "教师": {"教职工"},
}

func spelt(value string, n int) string {
	if ways := spellings[value]; len(ways) > 0 {
		return ways[n%len(ways)]
	}
	return value
}

// dateSpelt writes a day in one of the ways, of some the month alone.
func dateSpelt(d model.Date, n int) string {
	if d == "" {
		return ""
	}
	t := d.Time()
	switch n % 5 {
	case 0:
		return t.Format("2006.01")
	case 1:
		return t.Format("20060102")
	case 2:
		return t.Format("2006年1月2日")
	case 3:
		return t.Format("2006/1/2")
	}
	return string(d)
}

// export writes the members on the rolls as the national system would.
func export(tb testing.TB, l *store.Ledger) *national {
	tb.Helper()
	posts := map[string][]string{}
	must(tb, l.Each(ctx, store.Query{Kind: "position"}, func(r *model.Record) error {
		if r.Is("body", "党组织") && !r.Filled("ended_on") {
			posts[r.Str("person")] = append(posts[r.Str("person")], "支部"+r.Str("post"))
		}
		return nil
	}))
	n := &national{heads: nationalHeads}
	home := l.Home()
	must(tb, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		if !membership.IsMember(r) {
			return nil
		}
		i := len(n.rows)
		name := []rune(r.Str("name"))
		if len(name) == 2 {
			name = []rune{name[0], '　', name[1]}
		}
		branch := home.Text("name")
		if i%2 == 0 {
			branch = strings.Replace(branch, "支部委员会", "党支部", 1)
		}
		phone := r.Str("phone")
		if len(phone) == 11 {
			phone = phone[:3] + "-" + phone[3:7] + " " + phone[7:]
		}
		row := map[string]string{"序号": fmt.Sprint(i + 1), "公民身份号码": strings.ToLower(r.Str("id_number")), "姓名": string(name), "所在党支部": branch,
			"人员类别": spelt(r.Str("status"), i), "民族": strings.TrimSuffix(r.Str("ethnicity"), "族"), "性别": spelt(r.Str("sex"), i),
			"出生日期": dateSpelt(r.Date("birth_date"), i), "学历": spelt(r.Str("education"), i), "转为正式党员日期": dateSpelt(r.Date("confirmed_on"), i+1),
			"加入党组织日期": dateSpelt(r.Date("joined_on"), i+2), "党内职务": strings.Join(posts[r.ID], "、"), "工作岗位": spelt(r.Str("occupation"), i), "手机号码": phone,
			"家庭住址": r.Str("address"), "党籍状态": "正常", "是否为失联党员": "否", "是否为流动党员": "否", "外出流向": r.Str("away_place")}
		if r.Str("address") != "" {
			row["家庭住址"] = "澄安县" + r.Str("address")
		}
		if r.Filled("lost_since") {
			row["是否为失联党员"] = "是"
		}
		if r.Filled("away") {
			row["是否为流动党员"] = "是"
		}
		n.rows, n.ids = append(n.rows, row), append(n.ids, r.ID)
		return nil
	}))
	return n
}

// write makes an .xlsx of the list.
func (n *national) write(tb testing.TB) string {
	tb.Helper()
	f := excelize.NewFile()
	must(tb, f.SetSheetRow("Sheet1", "A1", &[]string{"全国党员管理信息系统党员名单"}))
	must(tb, f.SetSheetRow("Sheet1", "A2", &n.heads))
	for i, row := range n.rows {
		cells := make([]string, len(n.heads))
		for j, h := range n.heads {
			cells[j] = row[h]
		}
		must(tb, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+3), &cells))
	}
	path := filepath.Join(tb.TempDir(), "全国系统名单.xlsx")
	must(tb, errors.Join(f.SaveAs(path), f.Close()))
	return path
}

func (n *national) without(i int) *national {
	n.rows = slices.Delete(n.rows, i, i+1)
	return n
}

// found writes the differences, one a line: 姓名 项目: 台账 → 全国系统.
func found(r *compare.Result) []string {
	var all []string
	for i := range r.Differences {
		d := &r.Differences[i]
		ours, theirs := d.Texts(true)
		switch d.Sort {
		case compare.OnlyTheirs:
			all = append(all, d.Name+" 只在全国系统")
		case compare.OnlyOurs:
			all = append(all, d.Name+" 只在台账")
		default:
			all = append(all, fmt.Sprintf("%s %s: %s → %s", d.Name, d.Label, ours, theirs))
		}
	}
	slices.Sort(all)
	return all
}

func mustCompare(tb testing.TB, l *store.Ledger, n *national) *compare.Result {
	tb.Helper()
	r, err := compare.Read(ctx, l, n.write(tb), "")
	must(tb, err)
	return r
}

func wantOnly(tb testing.TB, got, want []string) {
	tb.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		tb.Errorf("differences:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// change gives a row another value and the line by which that is named.
func (n *national) change(l *store.Ledger, i int, heading, field, theirs string) string {
	p, err := l.Get(ctx, "person", n.ids[i])
	if err != nil {
		panic(err)
	}
	n.rows[i][heading] = theirs
	f := p.Kind.Field(field)
	return fmt.Sprintf("%s %s: %s → %s", p.Str("name"), f.Label, p.Text(field), theirs)
}

// mistyped changes one digit of the sequence, which no other field depends on.
func mistyped(id string) string {
	digit := byte('0' + (id[15]-'0'+3)%10)
	return id[:15] + string(digit) + id[16:]
}

func TestOtherSpellingsAreNoDifferences(t *testing.T) {
	t.Parallel()
	l := shared
	r := mustCompare(t, l, export(t, l))
	wantOnly(t, found(r), nil)
	if r.Both != members || r.Same != members || r.Ours != members || len(r.Compared) < 18 {
		t.Errorf("both %d, same %d, ours %d, compared %v", r.Both, r.Same, r.Ours, r.Compared)
	}
}

// TestTenDifferencesAreNamed: a list that differs in ten known ways names those ten and no
// other.
func TestTenDifferencesAreNamed(t *testing.T) {
	t.Parallel()
	l := shared
	n := export(t, l)
	person := func(i int) *model.Record {
		p, err := l.Get(ctx, "person", n.ids[i])
		must(t, err)
		return p
	}
	want := []string{
		n.change(l, 3, "姓名", "name", "贾误写"),
		n.change(l, 7, "民族", "ethnicity", "苗族"),
		n.change(l, 11, "公民身份号码", "id_number", mistyped(person(11).Str("id_number"))),
		n.change(l, 15, "出生日期", "birth_date", string(person(15).Date("birth_date").AddDays(40))),
		n.change(l, 19, "学历", "education", "研究生"),
		n.change(l, 23, "加入党组织日期", "joined_on", string(person(23).Date("joined_on").AddDays(-70))),
		n.change(l, 27, "手机号码", "phone", "10099998888"),
		n.change(l, 31, "家庭住址", "address", "北塘镇望湖村一组"),
		person(35).Str("name") + " 只在台账",
		"新来人 只在全国系统",
	}
	n.without(35)
	n.rows = append(n.rows, map[string]string{"姓名": "新来人", "性别": "女", "公民身份号码": "990101198507200026", "人员类别": "正式党员", "加入党组织日期": "2010-07-01"})
	r := mustCompare(t, l, n)
	wantOnly(t, found(r), want)
	for _, d := range r.Differences {
		if strings.Contains(d.Ours+d.Theirs+d.Note+d.Message(), "99010119") {
			t.Errorf("an ID number in %+v", d)
		}
		if d.Field == "id_number" && !strings.Contains(d.Note, "只差一位(第 16 位)") {
			t.Errorf("the number's place: %q", d.Note)
		}
	}
}

func TestMoreDifferencesAreNamed(t *testing.T) {
	t.Parallel()
	l := shared
	n := export(t, l)
	at := func(fits func(*model.Record) bool) (int, *model.Record) {
		for i, id := range n.ids {
			p, err := l.Get(ctx, "person", id)
			must(t, err)
			if fits(p) && n.rows[i]["序号"] != "" {
				n.rows[i]["序号"] = ""
				return i, p
			}
		}
		t.Fatal("nobody fits")
		return 0, nil
	}
	plain := func(p *model.Record) bool {
		return p.Is("status", "正式党员") && !p.Filled("away") && !p.Filled("lost_since")
	}
	var want []string
	say := func(p *model.Record, label, ours, theirs string) {
		want = append(want, fmt.Sprintf("%s %s: %s → %s", p.Str("name"), label, ours, theirs))
	}
	i, p := at(plain)
	n.rows[i]["性别"] = map[string]string{"男": "女", "女": "男"}[p.Str("sex")]
	say(p, "性别", p.Str("sex"), n.rows[i]["性别"])
	i, p = at(plain)
	n.rows[i]["人员类别"] = "预备党员"
	say(p, "人员类别", "正式党员", "预备党员")
	i, p = at(plain)
	n.rows[i]["转为正式党员日期"] = ""
	say(p, "转正日期", p.Str("confirmed_on"), "")
	i, p = at(plain)
	n.rows[i]["党籍状态"] = "停止党籍"
	say(p, "在册状态", "在册", "停止党籍")
	i, p = at(plain)
	n.rows[i]["是否为失联党员"] = "是"
	say(p, "失联", "否", "是")
	i, p = at(func(p *model.Record) bool { return p.Filled("away") })
	n.rows[i]["是否为流动党员"] = "否"
	say(p, "流动", "是", "否")
	i, p = at(func(p *model.Record) bool { return plain(p) && p.Is("occupation", "务农") })
	n.rows[i]["工作岗位"] = "退休人员"
	say(p, "工作岗位", "务农", "离退休")
	i, p = at(plain)
	n.rows[i]["所在党支部"] = "中共澄安县北塘镇望湖村支部委员会"
	say(p, "所在党支部", p.Text("party_group"), "中共澄安县北塘镇望湖村支部委员会")
	i, p = at(func(p *model.Record) bool { return plain(p) && n.rows[slices.Index(n.ids, p.ID)]["党内职务"] == "" })
	n.rows[i]["党内职务"] = "组织委员"
	say(p, "党内职务", "", "组织委员")
	i, p = at(plain)
	n.rows[i]["学历"] = "学过一点"
	say(p, "学历", p.Str("education"), "学过一点")
	wantOnly(t, found(mustCompare(t, l, n)), want)
}
