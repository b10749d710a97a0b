package monthend_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/compare"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/tui/tuitest/sample"
)

// TestReceiptShowsWhatTheNationalSystemSays takes a receipt with differences from the stick
// and goes from one to the record, at the field.
func TestReceiptShowsWhatTheNationalSystemSays(t *testing.T) {
	ctx := context.Background()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	at, key, stick := sample.Office(t)
	source := sample.Source()
	source.Rand = sample.NewDice(5000)
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), sample.Home, store.Options{Source: source})
	check(err)
	check(send.SetProfile(ctx, l, []byte(sample.Read(t, county.ProfilePath(at)))))
	sample.AddPerson(t, l, map[string]model.Value{"name": "王五", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020115",
		"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "education": "高中"})
	_, err = send.Export(ctx, l, send.Options{Month: "2026-10", Dir: stick, AllowErrors: true})
	check(err)
	_, err = county.Receive(ctx, at, key, []string{stick}, county.ReceiveOptions{})
	check(err)
	list := filepath.Join(t.TempDir(), "名单.csv")
	check(os.WriteFile(list, []byte("姓名,身份证号,学历\n王五,990101197003020115,初中\n新来人,990101198507200026,高中\n"), 0o600))
	r, err := compare.Read(ctx, at, list, "")
	check(err)
	_, _, err = county.KeepCompared(ctx, at, r)
	check(err)
	paths, err := county.Receipts(ctx, at, key, filepath.Join(stick, "回执"), "")
	check(err)
	v := answeredVillage{l, key, stick, paths[0]}
	tm := v.openSentList(t, 80, 24)
	tm.Press("f2")
	tm.WaitFor("已取入回执 1 份")
	tm.Press("enter")
	tm.WaitFor("县里用全国系统的名单比对,不同的 1 项")
	tm.Golden("receipt-compared-80x24")
	tm.Press("end", "enter")
	tm.WaitFor("修改人员 王五")
	tm.WaitFor("县里比对:学历:全国系统里是“初中”")
	if got := tm.BeforeCursor(); !strings.Contains(got, "学历") {
		t.Errorf("before the cursor stands %q", got)
	}
}
