package monthend_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// answeredVillage is a village whose bundle of October the county has answered on a stick.
type answeredVillage struct {
	l       *store.Ledger
	key     *bundle.CountyKey
	stick   string
	receipt string // the path of the answer
}

// answerVillage makes a village, fills its ledger, and lets the county take its
// bundle in and answer it.
func answerVillage(t *testing.T, fill func(*testing.T, *store.Ledger)) answeredVillage {
	t.Helper()
	ctx := context.Background()
	at, key, stick := sample.Office(t)
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	source := sample.Source()
	source.Rand = sample.NewDice(5000)
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), sample.Home, store.Options{Source: source})
	check(err)
	check(send.SetProfile(ctx, l, []byte(sample.Read(t, county.ProfilePath(at)))))
	fill(t, l)
	_, err = send.Export(ctx, l, send.Options{Month: "2026-10", Dir: stick, AllowErrors: true})
	check(err)
	_, err = county.Receive(ctx, at, key, []string{stick}, county.ReceiveOptions{})
	check(err)
	paths, err := county.Receipts(ctx, at, key, filepath.Join(stick, "回执"), "")
	check(err)
	if len(paths) != 1 {
		t.Fatalf("%d receipts", len(paths))
	}
	return answeredVillage{l, key, stick, paths[0]}
}

// openSentList starts the program with the real form and goes to 上报记录.
func (v answeredVillage) openSentList(t *testing.T, w, h int) *tuitest.Term {
	t.Helper()
	tm := sample.StartReal(t, tui.New(context.Background(), tui.Options{Ledger: v.l, Drives: func() []string { return []string{v.stick} }}), w, h)
	sample.OpenScreen(tm, "上报记录")
	tm.WaitFor("待回执")
	return tm
}

// TestReceiptLeadsToTheField takes a receipt from the stick, lists what is wrong, and
// opens the record with the county's words under the field and the caret in it.
func TestReceiptLeadsToTheField(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			v := answerVillage(t, sample.TwoProblems)
			tm := v.openSentList(t, size.W, size.H)
			tm.Press("enter")
			tm.WaitFor("这个包还没有回执")
			tm.Golden("sent-waiting-" + size.Name)
			tm.Press("f2")
			tm.WaitFor("已取入回执 1 份")
			tm.WaitFor("有问题")
			tm.Golden("sent-" + size.Name)
			tm.Press("enter")
			tm.WaitFor("问题 3 条")
			tm.Golden("receipt-" + size.Name)

			tm.Type("lisi")
			if got := tm.BeforeCursor(); got != " 查找:lisi" {
				t.Errorf("before the cursor stands %q", got)
			}
			tm.Press("enter")
			tm.WaitFor("修改发展党员 李四")
			tm.WaitFor("县里回执:")
			if got := tm.BeforeCursor(); !strings.HasPrefix(got, ">*1 递交申请书") || !strings.HasSuffix(got, "2026-05-04") {
				t.Errorf("before the cursor stands %q", got)
			}
			under(t, tm, "错误:县里回执:"+problemOf(t, v.l, "applied_on"))
			tm.Golden("receipt-field-" + size.Name)
			tm.Press("esc")
			tm.WaitFor("问题 3 条")

			// The form says what is wrong by itself too: not twice, and no more once it is mended.
			tm.Press("esc")
			tm.Type("wangwu")
			tm.Press("enter")
			tm.WaitFor("修改人员 王五")
			tm.WaitFor("县里回执:")
			said := "提醒:县里回执:" + problemOf(t, v.l, "monthly_dues")
			under(t, tm, said)
			if n := strings.Count(tm.Screen(), "农民党员月缴党费应"); n != 1 {
				t.Errorf("said %d times:\n%s", n, tm.Screen())
			}
			tm.Press("backspace", "backspace", "backspace", "backspace")
			tm.Type("0.5")
			tm.Press("tab")
			tm.WaitGone("县里回执:")
			tm.Press("f2")
			tm.WaitFor("问题 3 条")
		})
	}
}

// problemOf gives what the receipt on file says of a field.
func problemOf(t *testing.T, l *store.Ledger, field string) string {
	t.Helper()
	r, err := send.Receipt(context.Background(), l, 1)
	if err != nil || r == nil {
		t.Fatalf("receipt %v, %v", r, err)
	}
	for _, p := range r.Problems {
		if p.Field == field {
			return p.Message
		}
	}
	t.Fatalf("nothing of %s in %+v", field, r.Problems)
	return ""
}

// under looks for a text right below the cursor's row, however it is wrapped.
func under(t *testing.T, tm *tuitest.Term, said string) {
	t.Helper()
	_, y, _ := tm.Cursor()
	var below strings.Builder
	for i := 1; i <= 4; i++ {
		// At the right another field may stand.
		text, _, _ := strings.Cut(strings.TrimSpace(tm.Row(y+i)), "   ")
		below.WriteString(text)
	}
	plain := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	if got := plain(below.String()); !strings.HasPrefix(got, plain(said)) {
		t.Errorf("below the cursor stands %q, not %q", got, plain(said))
	}
}

// TestReceiptOfACleanBundle is 已接收, and its page says that there is nothing to mend.
func TestReceiptOfACleanBundle(t *testing.T) {
	v := answerVillage(t, func(*testing.T, *store.Ledger) {})
	clean, err := send.SentBundles(context.Background(), v.l)
	if err != nil || len(clean) != 1 {
		t.Fatal(clean, err)
	}
	answer := bundle.Receipt{County: "澄安县委组织部", Organization: bundle.Organization{ID: v.l.Home().ID, Code: sample.Home.Code, Name: sample.Home.Name},
		Month: "2026-10", Sequence: 1, Hash: clean[0].Hash, Handled: "2026-10-31T09:00:00Z", Number: 9, Verdict: bundle.VerdictAccepted}
	v.write(t, v.receipt, v.seal(t, answer, v.key))
	tm := v.openSentList(t, 80, 24)
	tm.Press("f2")
	tm.WaitFor("已接收")
	tm.Press("enter")
	tm.WaitFor("这个包没有问题")
	tm.Press("enter") // nothing to open
	tm.Press("esc")
	tm.WaitFor("上报记录")
}

// TestReceiptOfARefusedBundle tells the whole reason, and never that all is well.
func TestReceiptOfARefusedBundle(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			v := answerVillage(t, func(*testing.T, *store.Ledger) {})
			sent, err := send.SentBundles(context.Background(), v.l)
			if err != nil || len(sent) != 1 {
				t.Fatal(sent, err)
			}
			v.write(t, v.receipt, v.seal(t, bundle.Receipt{County: "澄安县委组织部",
				Organization: bundle.Organization{ID: v.l.Home().ID, Code: sample.Home.Code, Name: sample.Home.Name}, Month: "2026-10", Sequence: 1,
				Hash: sent[0].Hash, Handled: "2026-10-31T09:00:00Z", Number: 9, Verdict: bundle.VerdictRefused,
				Reason: "序号 1 以前接收过,内容不同,没有接收;台账可能是从旧备份恢复的,请打电话与县(市)委组织部核实,由县里放行以后重新导出,再报一次"}, v.key))
			tm := v.openSentList(t, size.W, size.H)
			tm.Press("f2")
			tm.WaitFor("被退回")
			tm.Press("enter")
			tm.WaitFor("整个包没有收下")
			tm.WaitFor("再报一次")
			tm.Golden("receipt-refused-" + size.Name)
		})
	}
}

// TestReceiptOfAFork tells a village whose ledger the county takes for a copy what to do: in
// full on the receipt's page, in short on 月度上报, which asks before it exports.
func TestReceiptOfAFork(t *testing.T) {
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			v := answerVillage(t, func(*testing.T, *store.Ledger) {})
			sent, err := send.SentBundles(context.Background(), v.l)
			if err != nil || len(sent) != 1 {
				t.Fatal(sent, err)
			}
			v.write(t, v.receipt, v.seal(t, bundle.Receipt{County: "澄安县委组织部",
				Organization: bundle.Organization{ID: v.l.Home().ID, Code: sample.Home.Code, Name: sample.Home.Name}, Month: "2026-10", Sequence: 1,
				Hash: sent[0].Hash, Handled: "2026-10-31T09:00:00Z", Number: 9, Verdict: bundle.VerdictRefused, Code: "E-FORK",
				Reason: "第 1 号包县里没有收:县里最后收下的是本村2026年9月第 7 号(2026年10月3日收到),这个包却不是接着它做的,收下会丢掉那以后登记的记录。只有两种可能:\n" +
					"一、台账拷到了另一台电脑,两台都在记:请定下只用一台,把另一台上多登记的补到这一台,以后只从这一台导出。\n" +
					"二、本机的台账从旧备份恢复过:有更新的备份,就再恢复那一份;没有的,请县里把上次报的恢复一份发回来,或照纸质材料补登缺的。\n" +
					"不论哪一种,先打电话告诉县(市)委组织部,弄好以后再导出一次"}, v.key))
			tm := v.openSentList(t, size.W, size.H)
			tm.Press("f2")
			tm.WaitFor("被退回")
			tm.Press("enter")
			tm.WaitFor("弄好以后再导出一次")
			tm.Golden("receipt-forked-" + size.Name)
			tm.Press("esc")
			tm.Press("f9")
			tm.WaitFor("县里没有收2026年10月第 1 号包")
			tm.WaitFor("怎么办写在“上报记录”里")
			tm.Press("f2")
			tm.WaitFor("先不导出,看怎么办")
			tm.Press("enter")
			tm.WaitFor("弄好以后再导出一次")
		})
	}
}

func (v answeredVillage) seal(t *testing.T, r bundle.Receipt, key *bundle.CountyKey) []byte {
	t.Helper()
	data, err := bundle.SealReceipt(r, key, sample.Source().Now())
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (v answeredVillage) write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReceiptsRefused are not taken in, each with its reason on the screen, and the
// bundle stays as it was.
func TestReceiptsRefused(t *testing.T) {
	v := answerVillage(t, sample.TwoProblems)
	good := []byte(sample.Read(t, v.receipt))
	opened, err := bundle.OpenReceipt(good, v.key.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join(filepath.Dir(sample.AnotherCounty(t)), county.KeyFile))), "")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := *opened
	elsewhere.Organization = bundle.Organization{ID: "019a0000-0000-7000-8000-000000000000", Code: "990101002", Name: "柳湾村党支部"}
	unsent := *opened
	unsent.Hash = strings.Repeat("0", 64)
	changed := bytes.Replace(good, []byte("有问题"), []byte("已接收"), 1)
	oneByte := bytes.Clone(good)
	oneByte[bytes.Index(oneByte, []byte("2026-10"))+6]++
	tm := v.openSentList(t, 80, 24)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"one byte changed", oneByte, "没有取入"},
		{"the verdict changed", changed, "没有取入"},
		{"cut in half", good[:len(good)/2], "没有取入"},
		{"another county's", v.seal(t, *opened, foreign), "不是本县签发的"},
		{"another village's", v.seal(t, elsewhere, v.key), "U 盘上没有本组织的回执"},
		{"of a bundle never sent", v.seal(t, unsent, v.key), "没有导出过"},
	} {
		v.write(t, v.receipt, c.data)
		tm.Press("f2")
		tm.WaitFor(c.want)
		if strings.Contains(tm.Screen(), "知道了") {
			tm.Press("enter") // it is said in a box, having no room in a line
		}
		if !strings.Contains(tm.Screen(), "待回执") || strings.Contains(tm.Screen(), "有问题") {
			t.Errorf("%s: the bundle is marked:\n%s", c.name, tm.Screen())
		}
		if r, err := send.Receipt(context.Background(), v.l, 1); err != nil || r != nil {
			t.Errorf("%s: on file is %+v, %v", c.name, r, err)
		}
	}
	v.write(t, v.receipt, good)
	tm.Press("f2")
	tm.WaitFor("有问题")
}
