package table_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/tuitest"
)

var village = store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "石桥镇", County: "澄安县"}

// clock is a source of one day, whose time goes on by a second with every look.
func clock() *model.Source {
	var mu sync.Mutex
	now := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	return &model.Source{
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(time.Second)
			return now
		},
		Rand: &dice{state: 7},
	}
}

// dice are random bytes that are the same in every run.
type dice struct {
	mu    sync.Mutex
	state uint64
}

func (d *dice) Read(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range p {
		d.state = d.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.state >> 56)
	}
	return len(p), nil
}

// create makes a ledger that the test's end closes.
func create(t *testing.T, kinds *model.Catalog) *store.Ledger {
	t.Helper()
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "张三 的#村%20务?", "ledger.db"), village,
		store.Options{Book: book.Of(kinds), Source: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// member gives the i-th made-up member: a name, and an ID number of area 990101.
func member(l *store.Ledger, i int, name string) *model.Record {
	r := model.NewRecord(l.Kinds().Kind("person"))
	body := fmt.Sprintf("990101%04d%02d%02d%03d", 1950+i%30, 1+i%12, 1+i%28, i%1000)
	id := body + string(model.IDCheckChar(body))
	sex := "女"
	if (body[16]-'0')%2 == 1 {
		sex = "男"
	}
	birth, _ := model.ParseDate(id[6:14])
	set(r, "name", name, "sex", sex, "id_number", id, "birth_date", birth, "status", "正式党员", "standing", "在册",
		"ethnicity", "汉族", "education", []string{"初中", "高中", "大专"}[i%3], "joined_on", "1999-07-01", "confirmed_on", "2000-07-01",
		"phone", fmt.Sprintf("100%08d", i), "able_bodied", true, "dues_basis", "农民", "monthly_dues", int64(50+i%7))
	return r
}

func set(r *model.Record, pairs ...any) {
	for i := 0; i < len(pairs); i += 2 {
		r.Set(pairs[i].(string), pairs[i+1])
	}
}

func save(t *testing.T, l *store.Ledger, recs ...*model.Record) {
	t.Helper()
	for len(recs) > 0 {
		n := min(len(recs), 500)
		if _, err := l.Save(context.Background(), model.FromSheet, recs[:n]...); err != nil {
			t.Fatal(err)
		}
		recs = recs[n:]
	}
}

var someNames = []string{"张三", "李四", "王小五", "赵六儿", "欧阳修文", "单雄信", "曾国", "买买提·艾力", "Ivan", "陈", "张三丰", "吴用"}

// people saves members of those names and some more.
func people(t *testing.T, l *store.Ledger, more int) {
	t.Helper()
	var recs []*model.Record
	for i, n := range someNames {
		recs = append(recs, member(l, i+1, n))
	}
	for i := range more {
		recs = append(recs, member(l, i+100, fmt.Sprintf("郑%04d", i)))
	}
	save(t, l, recs...)
}

// start opens the table of a kind in an emulated terminal.
func start(t *testing.T, l *store.Ledger, kind string, w, h int) *tuitest.Term {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, Kind: kind, Source: clock()})
	return tuitest.Start(t, r, w, h)
}

func wantScreen(t *testing.T, tm *tuitest.Term, texts ...string) {
	t.Helper()
	screen := tm.Screen()
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			t.Errorf("%q is not on the screen:\n%s", s, screen)
		}
	}
}

func wantNot(t *testing.T, tm *tuitest.Term, texts ...string) {
	t.Helper()
	screen := tm.Screen()
	for _, s := range texts {
		if strings.Contains(screen, s) {
			t.Errorf("%q is on the screen:\n%s", s, screen)
		}
	}
}

// selected gives the row with the pointer.
func selected(t *testing.T, tm *tuitest.Term) string {
	t.Helper()
	for _, row := range strings.Split(tm.Screen(), "\n") {
		if strings.HasPrefix(row, ">") {
			return row
		}
	}
	t.Errorf("no row is selected:\n%s", tm.Screen())
	return ""
}

func wantSelected(t *testing.T, tm *tuitest.Term, text string) {
	t.Helper()
	if row := selected(t, tm); !strings.Contains(row, text) {
		t.Errorf("the selected row is %q, want %q in it:\n%s", row, text, tm.Screen())
	}
}

func count(t *testing.T, l *store.Ledger, kind string) int {
	t.Helper()
	n, err := l.Count(context.Background(), store.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
