package manual_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/sums"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// The pictures of a city, to which two counties report a closed month.

const cityMonth = model.Month("2026-10")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// newOffice makes an office with its ledger and its key in dir.
func newOffice(t *testing.T, o county.InitOptions, dice int) (*store.Ledger, *bundle.CountyKey) {
	t.Helper()
	ctx := context.Background()
	o.Source = sample.Source()
	o.Source.Rand = sample.NewDice(dice)
	r, err := county.Init(ctx, o)
	must(t, err)
	l, err := book.Open(ctx, r.DB, store.Options{Source: o.Source})
	must(t, err)
	return l, keyIn(t, o.Dir)
}

// keyIn reads the key of the office in dir.
func keyIn(t *testing.T, dir string) *bundle.CountyKey {
	t.Helper()
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join(dir, "county.key"))), "")
	must(t, err)
	return key
}

// closed takes the bundles on the stick in at a county, closes the month and makes the office
// in the folder 市 the one above.
func closed(t *testing.T, l *store.Ledger, key *bundle.CountyKey) {
	t.Helper()
	ctx := context.Background()
	_, err := county.Receive(ctx, l, key, []string{"U盘"}, county.ReceiveOptions{})
	must(t, err)
	_, err = county.CloseMonth(ctx, l, cityMonth, true)
	must(t, err)
	_, err = send.SetAbove(ctx, l, []byte(sample.Read(t, filepath.Join("市", "county.json"))), "")
	must(t, err)
}

// counties makes a city of two counties, which have closed the month; it gives the city's
// ledger and the counties'.
func counties(t *testing.T) (city, first, second *store.Ledger) {
	t.Helper()
	first = sample.CountyWithStick(t, "")
	city, _ = newOffice(t, county.InitOptions{Code: "990100000000", Name: "云川市委组织部", Level: bundle.LevelCity, Dir: "市"}, 9)
	must(t, city.SetUnits(context.Background(), []store.Unit{{Code: "990100000", Name: "澄安县"}, {Code: "990102000", Name: "临河县"}, {Code: "990103000", Name: "石川县"}}))
	closed(t, first, keyIn(t, "县"))
	must(t, os.RemoveAll("U盘"))
	must(t, os.Mkdir("U盘", 0o700))
	second, key := newOffice(t, county.InitOptions{Code: "990102000", Name: "临河县委组织部", Dir: "邻县"}, 5000)
	u := store.Unit{Code: "990102101201", Name: "东荷庄村党支部", Township: "芦溆镇", Domain: "行政村"}
	must(t, second.SetUnits(context.Background(), []store.Unit{u}))
	sample.VillageBundle(t, u, 7, sample.Read(t, filepath.Join("邻县", "county.json")))
	closed(t, second, key)
	must(t, os.RemoveAll("U盘"))
	must(t, os.Mkdir("U盘", 0o700))
	return city, first, second
}

// run runs the program over a ledger, with the stick plugged in.
func (s *studio) run(l *store.Ledger) *tuitest.Term {
	return sample.StartReal(s.t, tui.New(context.Background(), tui.Options{Ledger: l, Drives: func() []string { return []string{"U盘"} }}), 80, 24)
}

// upward is a county's 上报上级, before the bundle is written.
func (s *studio) upward() *tuitest.Term {
	city, first, second := counties(s.t)
	must(s.t, city.Close())
	must(s.t, second.Close())
	tm := s.run(first)
	sample.OpenScreen(tm, "封账")
	tm.WaitFor("2026年10月  已封账")
	tm.Press("enter")
	tm.WaitFor("只报数字,没有一个人")
	tm.Press("down", "enter")
	tm.WaitFor("个数字")
	return tm
}

// city is a city that has taken in what its counties wrote to the stick.
func (s *studio) city() *tuitest.Term {
	ctx := context.Background()
	city, first, second := counties(s.t)
	for _, l := range []*store.Ledger{first, second} {
		o := sums.Options{Month: cityMonth, Dir: "U盘"}
		c, err := sums.Read(ctx, l, o)
		must(s.t, err)
		_, err = sums.Export(ctx, l, c, o)
		must(s.t, err)
		must(s.t, l.Close())
	}
	tm := s.run(city)
	sample.OpenScreen(tm, "收报")
	tm.WaitFor("没收过的 2 个")
	tm.Press("enter")
	tm.WaitFor("第二步")
	return tm
}
