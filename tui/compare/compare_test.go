package compare_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// list is what the national system says of three of the village.
const list = "姓名,身份证号码,性别,民族,学历,人员类别,入党时间\n" +
	"王五,990101197003020115,男,苗,初中,正式党员,1999-07-01\n" +
	"李四,990101198507200026,女,汉,大学,预备党员,2010-07-01\n" +
	"新来人,990101197003150016,男,汉,高中,正式党员,2001-07-01\n"

// village makes three members, and the list on a stick.
func village(t *testing.T) (l *store.Ledger, stick string) {
	t.Helper()
	l = sample.NewLedger(t)
	for _, p := range []map[string]model.Value{
		{"name": "王五", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020115", "education": "高中", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"},
		{"name": "李四", "sex": "女", "birth_date": "1985-07-20", "id_number": "990101198507200026", "education": "本科", "joined_on": "2010-07-01", "confirmed_on": "2011-07-01"},
		{"name": "赵六", "sex": "男", "birth_date": "1968-12-31", "id_number": "990101196812310070", "joined_on": "1990-07-01", "confirmed_on": "1991-07-01"},
	} {
		p["status"] = "正式党员"
		sample.AddPerson(t, l, p)
	}
	stick = t.TempDir()
	if err := os.WriteFile(filepath.Join(stick, "全国系统名单.csv"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", t.TempDir())
	return l, stick
}

// start opens the screen with the list that it proposes. The path of the stick is another
// in every run, so that no picture is taken of the question.
func start(t *testing.T, l *store.Ledger, stick string, w, h int) *tuitest.Term {
	t.Helper()
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), w, h)
	sample.OpenScreen(tm, "全国")
	tm.WaitFor("全国系统导出的名单")
	tm.Press("enter")
	tm.WaitFor("内容不同:2 人 3 项")
	return tm
}

func value(t *testing.T, l *store.Ledger, name, field string) string {
	t.Helper()
	page, err := l.Page(context.Background(), store.Query{Kind: "person", Conds: []model.Cond{model.Where("name", model.Eq, name)}})
	if err != nil || len(page.Records) != 1 {
		t.Fatalf("%s: %d records, %v", name, len(page.Records), err)
	}
	return page.Records[0].Str(field)
}

func TestWhatDiffersAndTakeIt(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			l, stick := village(t)
			tm := start(t, l, stick, size.W, size.H)
			tm.Golden("compare-" + size.Name)
			if got := tm.BeforeCursor(); got != " 查找:" {
				t.Errorf("before the cursor stands %q", got)
			}
			if strings.Contains(tm.Screen(), "990101197") {
				t.Error("an ID number on the screen")
			}

			// Two marked, taken together: four keys, and one takes them back.
			keys := []string{"ctrl+b", "ctrl+b", "f2", "enter"}
			tm.Press(keys[:3]...)
			tm.WaitFor("改这 2 项")
			tm.Golden("compare-ask-" + size.Name)
			tm.Press(keys[3])
			tm.WaitFor("已按全国系统改好 1 人 2 项")
			tm.WaitFor("内容不同:1 人 1 项")
			if got := value(t, l, "王五", "ethnicity") + value(t, l, "王五", "education"); got != "苗族初中" {
				t.Errorf("taken %s", got)
			}
			tm.Press("ctrl+z")
			tm.WaitFor("内容不同:2 人 3 项")
			if got := value(t, l, "王五", "ethnicity") + value(t, l, "王五", "education"); got != "汉族高中" {
				t.Errorf("after the undo %s", got)
			}
		})
	}
}

// TestStatusIsNotTaken: what only a movement changes is not taken; Enter goes to the field
// with their value below it.
func TestStatusIsNotTaken(t *testing.T) {
	l, stick := village(t)
	tm := start(t, l, stick, 80, 24)
	tm.Type("lisi")
	tm.WaitFor("预备党员")
	tm.Press("f2")
	tm.WaitFor("李四的人员类别不能直接取:要通过办理变动来改")
	tm.Press("enter")
	tm.WaitFor("修改人员 李四")
	tm.WaitFor("人员类别:全国系统里是“预备党员”")
	if !strings.Contains(tm.Screen(), ">*人员类别") {
		t.Errorf("the focus is elsewhere:\n%s", tm.Screen())
	}
	if got := value(t, l, "李四", "status"); got != "正式党员" {
		t.Errorf("status %s", got)
	}
}

// TestSomebodyNewIsPutOnFile: Enter on a person of the list alone begins the record, filled
// in; with it on file the difference is gone.
func TestSomebodyNewIsPutOnFile(t *testing.T) {
	l, stick := village(t)
	tm := start(t, l, stick, 80, 24)
	tm.Type("xinlai")
	tm.WaitFor("1970年3月生")
	tm.Press("enter")
	tm.WaitFor("新增人员")
	tm.WaitFor("台账里没有")
	tm.Press("f2") // nothing more is asked
	tm.WaitFor("已保存")
	if got := value(t, l, "新来人", "joined_on"); got != "2001-07-01" {
		t.Errorf("joined on %s", got)
	}
	tm.Press("esc")
	tm.WaitFor("台账有、全国系统没有:1 人")
	if strings.Contains(tm.Screen(), "全国系统有、台账没有") {
		t.Error("still missing:\n" + tm.Screen())
	}
}

func TestAFileThatIsNoList(t *testing.T) {
	l, stick := village(t)
	if err := os.WriteFile(filepath.Join(stick, "全国系统名单.csv"), []byte("品名,数量\n种子,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{stick} }}), 80, 24)
	sample.OpenScreen(tm, "全国")
	tm.WaitFor("全国系统导出的名单")
	tm.Press("enter")
	tm.WaitFor("没有找到表头")
	tm.WaitFor("按 F4 另选一份")
	tm.Press("enter", "f4")
	tm.WaitFor("全国系统导出的名单")
}

// TestTheCountySendsItOut compares one list at the county: by unit, and F2 keeps it for the
// receipts.
func TestTheCountySendsItOut(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l := sample.CountyWithStick(t, "")
	ctx := context.Background()
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join("县", county.KeyFile))), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := county.Receive(ctx, l, key, []string{"U盘"}, county.ReceiveOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", t.TempDir())
	if err := os.WriteFile(filepath.Join("U盘", "全国系统名单.csv"), []byte("姓名,所在党支部,性别\n别人,石桥村党支部,男\n生人,外县党支部,女\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tm := sample.StartReal(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
	sample.OpenScreen(tm, "全国")
	tm.WaitFor("全国系统导出的名单")
	tm.Press("enter")
	tm.WaitFor("全国系统有、台账没有:2 人")
	sample.Golden(t, tm, here, "county-80x24")
	tm.Press("f2")
	tm.WaitFor("看不出是哪个单位的 1 人不发")
	tm.Press("enter")
	tm.WaitFor("已记下 1 个单位的 2 处不同")
	paths, err := county.Receipts(ctx, l, key, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, p := range paths {
		r, err := bundle.OpenReceipt([]byte(sample.Read(t, p)), key.PublicKey())
		if err != nil {
			t.Fatal(err)
		}
		said += len(r.Differences)
	}
	if said != 2 {
		t.Errorf("%d differences in %d receipts", said, len(paths))
	}
}
