package count_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/internal/storetest"
	"taizhang/store/sheet"
)

// dated is a ledger whose day the test sets.
type dated struct {
	t   *testing.T
	l   *store.Ledger
	now time.Time
}

func newBook(t *testing.T, day string) *dated {
	t.Helper()
	b := &dated{t: t}
	b.at(day)
	b.l = storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard,
		Source: &model.Source{Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }, Rand: &storetest.Dice{State: 7}}})
	return b
}

// at moves the clock to the morning of a day.
func (b *dated) at(day string) {
	b.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	storetest.Must(b.t, err)
	b.now = at.Add(9 * time.Hour)
}

// roster reads a list of n members in, as a village's Excel list has them.
func (b *dated) roster(n int) []*model.Record {
	b.t.Helper()
	var list strings.Builder
	list.WriteString("东荷庄村党支部党员名册\n序号,姓名,性别,出生年月日,政治面貌,入党时间,转正时间\n")
	for i := range n {
		fmt.Fprintf(&list, "%d,党员%c%c,%s,%d-0%d-15,正式党员,1995-07-01,1996-07-01\n", i+1, '一'+rune(i), '子'+rune(i), []string{"男", "女"}[i%2], 1950+i, i%9+1)
	}
	path := filepath.Join(b.t.TempDir(), "名册.csv")
	storetest.Must(b.t, os.WriteFile(path, []byte(list.String()), 0o600))
	plan, err := sheet.Read(context.Background(), b.l, b.l.Kinds().Kind("person"), path, sheet.ReadOptions{})
	storetest.Must(b.t, err)
	saved, err := plan.Apply(context.Background(), b.l)
	storetest.Must(b.t, err)
	return saved.Records[:n]
}

func (b *dated) add(kind string, pairs ...string) (*model.Record, store.Saved, error) {
	b.t.Helper()
	r, err := b.l.New(context.Background(), kind)
	storetest.Must(b.t, err)
	for i := 0; i < len(pairs); i += 2 {
		r.Set(pairs[i], pairs[i+1])
	}
	s, err := b.l.Save(context.Background(), model.FromForm, r)
	return r, s, err
}

func (b *dated) must(kind string, pairs ...string) *model.Record {
	b.t.Helper()
	r, _, err := b.add(kind, pairs...)
	storetest.Must(b.t, err)
	return r
}

// balance wants a month's "opening +added −removed = expected; closing".
func (b *dated) balance(month model.Month, want string) membership.Reckoning {
	b.t.Helper()
	got, err := count.Balance(context.Background(), b.l, month)
	storetest.Must(b.t, err)
	if s := fmt.Sprintf("%d +%d -%d = %d; %d", got.Opening, got.Added, got.Removed, got.Expected, got.Closing); s != want {
		b.t.Errorf("%s: %s, want %s; %+v", month, s, want, got.Gaps)
	}
	return got
}

func (b *dated) close(month model.Month, want string) string {
	b.t.Helper()
	err := count.CloseMonth(context.Background(), b.l, month, "书记")
	if storetest.Code(err) != want {
		b.t.Errorf("close %s: %v, want %q", month, err, want)
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestFirstMonths: a ledger filled from a list of 26 opens its first month with
// 26; one received, one moved out and one died later the next closes at 25.
func TestFirstMonths(t *testing.T) {
	ctx := context.Background()
	b := newBook(t, "2026-09-12")
	people := b.roster(26)
	if got := b.balance("2026-09", "26 +0 -0 = 26; 26"); got.Opened != 0 { // they stood there the day before
		t.Errorf("opened %d", got.Opened)
	}
	b.at("2026-09-30")
	b.close("2026-09", "")
	b.at("2026-10-08")
	young := b.must("person", "name", "李小青", "sex", "女", "birth_date", "1999-05-01", "status", "发展对象", "standing", "在册")
	b.must("movement", "person", young.ID, "kind", "接收预备党员", "happened_on", "2026-10-08")
	b.must("movement", "person", people[3].ID, "kind", "转出", "happened_on", "2026-10-10", "to_org", "南塘村党支部")
	b.at("2026-10-20")
	b.must("movement", "person", people[5].ID, "kind", "去世", "happened_on", "2026-10-19")
	b.at("2026-10-31")
	got := b.balance("2026-10", "26 +1 -2 = 25; 25")
	if !got.Closes() || got.Probationary != 1 || got.Developed != 1 || got.MovedOut != 1 || got.Died != 1 {
		t.Errorf("%+v", got)
	}
	b.close("2026-11", "E-MONTH")
	b.close("2026-10", "")
	closed, err := count.Closed(ctx, b.l)
	storetest.Must(t, err)
	if len(closed) != 2 || closed[1].Members != 25 || closed[1].Probationary != 1 || closed[1].By != "书记" || closed[1].At[:10] != "2026-10-31" {
		t.Errorf("%+v", closed)
	}
	reviewed, err := count.Reviewed(ctx, b.l, "2026-10")
	storetest.Must(t, err)
	if len(reviewed) != 25 || reviewed[people[5].ID] != "" || reviewed[young.ID] == "" {
		t.Errorf("%d reviewed", len(reviewed))
	}
	year, err := count.YearBalance(ctx, b.l, 2026)
	storetest.Must(t, err)
	if year.Opening != 26 || year.Closing != 25 || !year.Closes() {
		t.Errorf("%+v", year)
	}
	for day, want := range map[model.Date]int{"2026-08-30": 0, "2026-08-31": 26, "2026-09-30": 26, "2026-10-08": 27, "2026-10-10": 26, "2026-10-19": 25} {
		ids, err := count.MembersAt(ctx, b.l, day)
		storetest.Must(t, err)
		if len(ids) != want {
			t.Errorf("%d members at %s, want %d", len(ids), day, want)
		}
	}
}

// TestPastMovementAfterClosing: what is written down late for a closed month is
// warned of, and the month stays as it was closed until it is closed again.
func TestPastMovementAfterClosing(t *testing.T) {
	ctx := context.Background()
	b := newBook(t, "2026-08-03")
	people := b.roster(5)
	b.at("2026-08-31")
	b.close("2026-08", "")
	b.at("2026-09-30")
	b.must("movement", "person", people[0].ID, "kind", "转出", "happened_on", "2026-09-05", "to_org", "某支部")
	b.close("2026-09", "")
	b.at("2026-10-10")
	late, saved, err := b.add("movement", "person", people[1].ID, "kind", "去世", "happened_on", "2026-08-20")
	storetest.Must(t, err)
	if !slices.ContainsFunc(saved.Findings, func(f model.Finding) bool { return f.Code == "W-CLOSED-MONTH" && f.Severity == model.Warning }) {
		t.Errorf("findings %+v", saved.Findings)
	}
	found := 0
	storetest.Must(t, b.l.CheckAll(ctx, func(p store.Problem) error {
		if p.Finding.Code == "W-CLOSED-MONTH" {
			found++
			if p.ID != late.ID {
				t.Errorf("said of %s", p.Label)
			}
		}
		return nil
	}))
	if found != 1 {
		t.Errorf("check found it %d times", found)
	}
	// Nothing is reopened: August stands at 5, and the difference is named.
	got := b.balance("2026-08", "5 +0 -1 = 4; 4")
	if got.Closed == nil || got.Closed.Members != 5 || len(got.Changed) != 1 || got.Changed[0].Person != people[1].ID || got.Changed[0].Name == "" {
		t.Errorf("%+v, %+v", got.Closed, got.Changed)
	}
	b.balance("2026-09", "5 +0 -1 = 4; 3")
	if text := b.close("2026-10", "E-CLOSE-GAP"); !strings.Contains(text, people[1].Str("name")) {
		t.Error(text)
	}
	b.close("2026-09", "E-CLOSE-GAP")
	b.close("2026-08", "")
	b.close("2026-09", "")
	b.balance("2026-10", "3 +0 -0 = 3; 3")
	b.close("2026-10", "")
	past, err := count.ClosedBefore(ctx, b.l, "2026-08")
	storetest.Must(t, err)
	if len(past) != 1 || past[0].Members != 5 || len(past[0].Roll) != 5 {
		t.Errorf("%+v", past)
	}
	// Deleting it afterwards does the same the other way round.
	storetest.Must(t, b.l.Delete(ctx, "movement", late.ID))
	if got := b.balance("2026-08", "5 +0 -0 = 5; 5"); len(got.Changed) != 1 || got.Changed[0].Count != 1 {
		t.Errorf("%+v", got.Changed)
	}
	if _, err := b.l.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if got := b.balance("2026-10", "3 +0 -0 = 3; 3"); !got.Closes() || len(got.Changed) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestClosingRefused names what is in the way.
func TestClosingRefused(t *testing.T) {
	ctx := context.Background()
	b := newBook(t, "2026-06-03")
	people := b.roster(3)
	b.at("2026-06-30")
	b.close("2026-06", "")
	b.at("2026-08-15")
	b.close("2026-08", "E-CLOSE-ORDER")
	b.close("2026-07", "")
	extra := b.must("person", "name", "王后来", "sex", "男", "birth_date", "1970-03-15", "status", "正式党员", "joined_on", "1995-07-01", "confirmed_on", "1996-07-01")
	if text := b.close("2026-08", "E-CLOSE-GAP"); !strings.Contains(text, "王后来") || !strings.Contains(text, "期初在册") {
		t.Error(text)
	}
	b.must("movement", "person", extra.ID, "kind", "期初在册", "happened_on", "2026-08-15")
	b.balance("2026-08", "4 +0 -0 = 4; 4")
	b.close("2026-08", "")
	storetest.Must(t, b.l.Delete(ctx, "person", people[2].ID))
	b.at("2026-09-15")
	got := b.balance("2026-09", "4 +0 -0 = 4; 3")
	if len(got.Gaps) != 1 || got.Gaps[0].Name != people[2].Str("name") {
		t.Errorf("%+v", got.Gaps)
	}
	if text := b.close("2026-09", "E-CLOSE-GAP"); !strings.Contains(text, people[2].Str("name")) {
		t.Error(text)
	}
	storetest.Must(t, b.l.Restore(ctx, "person", people[2].ID))
	b.close("2026-09", "")
}

// TestUndoOfMovement: one undo takes a movement and the person's change back.
func TestUndoOfMovement(t *testing.T) {
	ctx := context.Background()
	b := newBook(t, "2026-09-01")
	p := b.roster(2)[0]
	b.at("2026-10-05")
	b.must("movement", "person", p.ID, "kind", "去世", "happened_on", "2026-10-02")
	b.balance("2026-10", "2 +0 -1 = 1; 1")
	if what, err := b.l.Undo(ctx); err != nil || what == "" {
		t.Fatalf("%q, %v", what, err)
	}
	b.balance("2026-10", "2 +0 -0 = 2; 2")
	now, err := b.l.Get(ctx, "person", p.ID)
	storetest.Must(t, err)
	if !now.Is("standing", "在册") || now.Filled("left_on") {
		t.Errorf("%s %s", now.Str("standing"), now.Str("left_on"))
	}
}

// TestReviewMembers confirms members one by one.
func TestReviewMembers(t *testing.T) {
	ctx := context.Background()
	b := newBook(t, "2026-10-01")
	people := b.roster(3)
	storetest.Must(t, count.ReviewMembers(ctx, b.l, "2026-10", true, people[0].ID, people[1].ID))
	storetest.Must(t, count.ReviewMembers(ctx, b.l, "2026-10", false, people[1].ID))
	got, err := count.Reviewed(ctx, b.l, "2026-10")
	storetest.Must(t, err)
	if len(got) != 1 || got[people[0].ID] == "" {
		t.Errorf("%v", got)
	}
	if err := count.ReviewMembers(ctx, b.l, "2026-11", true, people[0].ID); storetest.Code(err) != "E-MONTH" {
		t.Error(err)
	}
}
