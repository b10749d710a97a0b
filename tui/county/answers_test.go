package county_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/sums"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestAnswerFromAbove: what went up without an answer is reminded of on the work table, the
// receipt is taken in from the stick, where those to villages lie too, with two keys, and a
// refusal is shown with its reason.
func TestAnswerFromAbove(t *testing.T) {
	const month = model.Month("2026-10")
	ctx := context.Background()
	for _, size := range sample.Sizes {
		t.Run(size.Name, func(t *testing.T) {
			home, err := os.Getwd()
			done(t, err)
			l := sample.CountyWithStick(t, "")
			city, key := cityOf(t, l)
			ownKey := openCounty(t, l)
			_, err = county.Receive(ctx, l, ownKey, []string{"U盘"}, county.ReceiveOptions{})
			done(t, err)
			_, err = county.Receipts(ctx, l, ownKey, filepath.Join("U盘", "回执"), month)
			done(t, err)
			_, err = county.CloseMonth(ctx, l, month, true)
			done(t, err)
			goUp(t, l, month) // this one stays on the way
			second := goUp(t, l, month)
			_, err = county.Receive(ctx, city, key, []string{second.Path}, county.ReceiveOptions{})
			done(t, err)

			// Days later nobody has answered.
			path := l.Path()
			done(t, l.Close())
			source := sample.Source()
			now := source.Now().AddDate(0, 0, 9)
			source.Now = func() time.Time { return now }
			l, err = book.Open(ctx, path, store.Options{Source: source, By: "张三"})
			done(t, err)
			tm := sample.Start(t, tui.New(ctx, tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), size.W, size.H)
			tm.WaitFor("2026年10月报了 9 天还没有")
			golden(t, tm, home, "work-unanswered", size)
			_, err = county.Receipts(ctx, city, key, "U盘", month)
			done(t, err)
			keys := 0
			press := func(all ...string) {
				keys += len(all)
				tm.Press(all...)
			}
			tm.Press("home", "down", "down", "down", "down", "down")
			press("enter")
			tm.WaitFor("导出 9 天了还没有回执")
			golden(t, tm, home, "answers-waiting", size)
			press("f2")
			tm.WaitFor("已取入回执 1 份")
			tm.WaitFor("已接收")
			if keys > 2 {
				t.Errorf("%d keys", keys)
			}
			refuse(t, city, key, l, month)
			tm.Press("esc")
			sample.OpenScreen(tm, "上报记录")
			tm.WaitFor("被退回:")
			golden(t, tm, home, "answers-refused", size)
			tm.Press("enter")
			tm.WaitFor("整个包没有收下")
			tm.Press("esc")
			tm.WaitFor("被退回:")
			tm.Press("down", "down")
			tm.WaitFor("这个月以后又报了第 2 号")
			tm.Press("esc")
			tm.WaitFor("2026年10月被退回")
			if strings.Contains(tm.Screen(), "天还没有") {
				t.Errorf("still reminded:\n%s", tm.Screen())
			}
		})
	}
}

// openCounty opens the made-up county's key.
func openCounty(t *testing.T, l *store.Ledger) *bundle.CountyKey {
	t.Helper()
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join(filepath.Dir(l.Path()), county.KeyFile))), "")
	done(t, err)
	return key
}

// goUp writes what goes up of a closed month to the stick.
func goUp(t *testing.T, l *store.Ledger, month model.Month) send.Sent {
	t.Helper()
	o := sums.Options{Month: month, Dir: "U盘"}
	c, err := sums.Read(context.Background(), l, o)
	done(t, err)
	sent, err := sums.Export(context.Background(), l, c, o)
	done(t, err)
	return sent
}

// refuse lets the city refuse what the county sends once more, and the county take the
// answer in.
func refuse(t *testing.T, city *store.Ledger, key *bundle.CountyKey, l *store.Ledger, month model.Month) {
	t.Helper()
	ctx := context.Background()
	done(t, city.SetUnits(ctx, []store.Unit{{Code: "990199000000", Name: "另一个县"}}))
	sent := goUp(t, l, month)
	all, err := county.Receive(ctx, city, key, []string{sent.Path}, county.ReceiveOptions{})
	done(t, err)
	if len(all) != 1 || all[0].Verdict != county.Refused {
		t.Fatalf("%+v", all)
	}
	paths, err := county.Receipts(ctx, city, key, t.TempDir(), month)
	done(t, err)
	for _, path := range paths {
		_, err := send.TakeReceipt(ctx, l, []byte(sample.Read(t, path)))
		done(t, err)
	}
	if len(paths) == 0 {
		t.Fatal("no receipt")
	}
}
