package office_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo"
	"taizhang/store/internal/storetest"
	"taizhang/store/office"
	"taizhang/store/send"
	"taizhang/store/sums"
)

// The made-up world: a province, cities, counties of few villages, all by seeds.

// at is the made-up moment of all offices: the month is over.
var at = time.Date(2026, 11, 4, 9, 0, 0, 0, time.Local)

func source(seed byte) *model.Source {
	s := storetest.Clock(seed)
	s.Now = func() time.Time { return at }
	return s
}

// place is an office with its ledger and its key.
type place struct {
	l       *store.Ledger
	key     *bundle.CountyKey
	profile []byte
	code    string
}

func newPlace(t *testing.T, level, code, name string, seed byte) *place {
	t.Helper()
	res, err := county.Init(t.Context(), county.InitOptions{Code: code, Name: name, Level: level, Dir: filepath.Join(t.TempDir(), "office"), Source: source(seed)})
	must(t, err)
	p, err := openPlace(t.Context(), res, code, seed)
	must(t, err)
	t.Cleanup(func() { must(t, p.l.Close()) })
	return p
}

func openPlace(ctx context.Context, files county.Result, code string, seed byte) (*place, error) {
	p := &place{code: code}
	text, err := os.ReadFile(files.Key)
	if err != nil {
		return nil, err
	}
	if p.key, err = bundle.ParseCountyKey(text, ""); err != nil {
		return nil, err
	}
	if p.profile, err = os.ReadFile(files.Profile); err != nil {
		return nil, err
	}
	p.l, err = book.Open(ctx, files.DB, store.Options{Source: source(seed)})
	return p, err
}

// addVillage makes a village of the county up, the records of a made-up village under a code
// of this county, and takes its bundle of the month in.
func (p *place) addVillage(ctx context.Context, dir string, n int, seed byte) error {
	made, err := demo.Village(ctx, dir, demo.Options{Members: 20, Seed: uint64(seed), AsOf: "2026-10-31"})
	if err != nil {
		return err
	}
	from, err := book.Open(ctx, made.Ledger, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	home := from.Home()
	rows, err := county.OrganisationRows(ctx, from, home.ID)
	if err := errors.Join(err, from.Close()); err != nil {
		return err
	}
	for _, r := range rows[home.Kind.Name] {
		if r.ID == home.ID {
			r.Set("code", fmt.Sprintf("%s10%d20%d", p.code[:6], n, n))
			r.Set("township", []string{"东川镇", "西川镇", "城关镇"}[n%3])
		}
	}
	v, err := county.Rebuild(ctx, filepath.Join(dir, "own.db"), county.Holding{Home: home.ID, Records: rows, Profile: p.profile, Last: send.Sent{State: "已接收"}}, store.Options{Book: book.Standard, Source: source(seed)})
	if err != nil {
		return err
	}
	sent, err := send.Export(ctx, v, send.Options{Month: month, Dir: dir, AllowErrors: true})
	if err := errors.Join(err, v.Close()); err != nil {
		return err
	}
	all, err := county.Receive(ctx, p.l, p.key, []string{sent.Path}, county.ReceiveOptions{})
	if err == nil && all[0].Verdict != county.Accepted && all[0].Verdict != county.Partly {
		err = fmt.Errorf("%+v", all)
	}
	return err
}

// receive takes files in and gives what became of them.
func (p *place) receive(t *testing.T, paths ...string) []county.Intake {
	t.Helper()
	all, err := county.Receive(t.Context(), p.l, p.key, paths, county.ReceiveOptions{})
	must(t, err)
	return all
}

// accept takes one file in, which must be accepted.
func (p *place) accept(t *testing.T, path string) county.Intake {
	t.Helper()
	all := p.receive(t, path)
	if len(all) != 1 || all[0].Verdict != county.Accepted && all[0].Verdict != county.Partly {
		t.Fatalf("%s: %+v", filepath.Base(path), all)
	}
	return all[0]
}

// refuse takes one file in, which must not be accepted, and gives the code of the reason.
func (p *place) refuse(t *testing.T, path string) (string, county.Intake) {
	t.Helper()
	all := p.receive(t, path)
	if len(all) != 1 || all[0].Verdict != county.Refused {
		t.Fatalf("%s: %+v", filepath.Base(path), all)
	}
	lines, err := county.Intakes(t.Context(), p.l, "")
	must(t, err)
	reasons := string(lines[len(lines)-1].Reasons)
	_, after, _ := strings.Cut(reasons, `"code":"`)
	code, _, _ := strings.Cut(after, `"`)
	return code, all[0]
}

// closeMonth closes the month.
func (p *place) closeMonth(t *testing.T) {
	t.Helper()
	_, err := county.CloseMonth(t.Context(), p.l, month, false)
	must(t, err)
}

// under takes in the profile of the office above.
func (p *place) under(t *testing.T, above *place) {
	t.Helper()
	_, err := send.SetAbove(t.Context(), p.l, above.profile, "")
	must(t, err)
}

// up writes what goes up of the closed month, and gives the file.
func (p *place) up(t *testing.T, detail string) string {
	t.Helper()
	o := sums.Options{Month: month, Dir: t.TempDir(), Detail: detail}
	c, err := sums.Read(t.Context(), p.l, o)
	must(t, err)
	sent, err := sums.Export(t.Context(), p.l, c, o)
	must(t, err)
	return sent.Path
}

// summary gives the report of the month, split.
func (p *place) summary(t *testing.T, by string) *count.Report {
	t.Helper()
	b, err := county.ReadReport(t.Context(), p.l, count.Ask{Month: month, By: by})
	must(t, err)
	return b
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// closed are three counties that have closed the month, made once for all tests: where their
// files lie.
var closed = sync.OnceValues(func() ([]string, error) {
	var dirs []string
	for i, villages := range [][]int{{0, 1}, {1}, {2, 4}} {
		dir, err := os.MkdirTemp(world, "county")
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, dir)
		if err := makeClosed(dir, i, villages); err != nil {
			return nil, err
		}
	}
	return dirs, nil
})

// world is the folder in which they lie.
var world string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "counties")
	if err != nil {
		panic(err)
	}
	world = dir
	status := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(status)
}

// makeClosed makes a county of some villages that has closed the month.
func makeClosed(dir string, i int, villages []int) error {
	ctx := context.Background()
	o := county.InitOptions{Code: countyCode(i), Name: []string{"云川县委组织部", "临河县委组织部", "东山县委组织部"}[i], Dir: filepath.Join(dir, "office"), Source: source(byte(210 + i))}
	res, err := county.Init(ctx, o)
	if err != nil {
		return err
	}
	p, err := openPlace(ctx, res, o.Code, byte(210+i))
	if err != nil {
		return err
	}
	for n, v := range villages {
		if err := p.addVillage(ctx, filepath.Join(dir, fmt.Sprint(n)), v, byte(1+i*3+n)); err != nil {
			return err
		}
	}
	if _, err := county.CloseMonth(ctx, p.l, month, false); err != nil {
		return err
	}
	return p.l.Close()
}

func countyCode(i int) string { return fmt.Sprintf("99010%d000000", i+1) }

// threeCounties gives a city of three counties, of which each has closed the month. Their
// villages are of different townships and numbers.
func threeCounties(t *testing.T) (city *place, counties []*place) {
	t.Helper()
	city = newPlace(t, bundle.LevelCity, "990100000000", "云川市委组织部", 200)
	dirs, err := closed()
	must(t, err)
	for i, from := range dirs {
		dir := t.TempDir()
		must(t, os.CopyFS(dir, os.DirFS(filepath.Join(from, "office"))))
		p, err := openPlace(t.Context(), county.Result{DB: filepath.Join(dir, county.DBFile), Key: filepath.Join(dir, county.KeyFile), Profile: filepath.Join(dir, county.ProfileFile)}, countyCode(i), byte(220+i))
		must(t, err)
		t.Cleanup(func() { must(t, p.l.Close()) })
		p.under(t, city)
		counties = append(counties, p)
	}
	return city, counties
}

// flat gives the numbers of a column by CODE.figure and part, without zeros and without what
// only an office above has.
func flat(values office.Numbers) map[string]int64 {
	all := map[string]int64{}
	for code, figures := range values {
		for key, parts := range figures {
			for part, n := range parts {
				if n != 0 && !strings.Contains(key, "transit") {
					all[code+"."+key+"\n"+part] = n
				}
			}
		}
	}
	return all
}

func addFlat(to, from map[string]int64) {
	for k, n := range from {
		if to[k] += n; to[k] == 0 {
			delete(to, k)
		}
	}
}

// same compares numbers and names what differs.
func same(t *testing.T, what string, got, want map[string]int64) {
	t.Helper()
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%s: %q is %d, not %d", what, k, got[k], n)
		}
	}
	for k, n := range got {
		if _, there := want[k]; !there {
			t.Errorf("%s: %q is %d, of which nobody has told", what, k, n)
		}
	}
}
