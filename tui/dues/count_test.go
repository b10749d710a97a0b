package dues_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/demo"
	"taizhang/tui"
	"taizhang/tui/dues"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// reach is how many keys the way from the work table to this screen may take, by 今天办什么;
// a month and a quarter are all the keys from there to the money being written down.
const (
	reach   = 4
	month   = 15
	quarter = 20
)

// demoVillage is the made-up village of 26, three weeks after its last record: nobody
// has paid for November.
func demoVillage(t testing.TB, members int) *store.Ledger {
	t.Helper()
	res, err := demo.Village(context.Background(), t.TempDir(), demo.Options{Members: members})
	must(t, err)
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	l, err := book.Open(context.Background(), res.Ledger, store.Options{Source: &model.Source{Now: func() time.Time { return at }, Rand: sample.NewDice(5)}})
	must(t, err)
	return l
}

// counter presses keys one by one and counts them.
type counter struct {
	*desk
	n int
}

func (c *counter) press(keys ...string) {
	c.t.Helper()
	c.n += len(keys)
	c.Press(keys...)
}

// takeOff types the initials of a name until it is the one found, and takes it off.
func (c *counter) takeOff(name string) {
	c.t.Helper()
	for _, letter := range model.Initials(name)[0] {
		c.press(string(letter))
		if strings.Contains(c.Row(c.rowWithCursor()), name) {
			break
		}
	}
	c.press("enter")
	if !strings.Contains(c.Screen(), "×"+name) {
		c.t.Errorf("%s is not taken off:\n%s", name, c.Screen())
	}
}

// rowWithCursor finds the member with the cursor: the name that stands out.
func (c *counter) rowWithCursor() int {
	for y, row := range strings.Split(c.Styled(), "\n") {
		if y > 2 && strings.HasPrefix(strings.TrimLeft(row, " "), "\x1b[7m") {
			return y
		}
	}
	return 0
}

// exceptions are three members from the beginning, the middle and the end of the list.
func exceptions(t *testing.T, l *store.Ledger) []string {
	t.Helper()
	s, err := count.Dues(context.Background(), l, 2026)
	must(t, err)
	var owing []string
	for i := range s.Rows {
		if c := s.Rows[i].Months[10]; c.State == count.DuesToPay && c.Owed > 0 && !s.Rows[i].LastElsewhere(10) {
			owing = append(owing, s.Rows[i].Person.Str("name"))
		}
	}
	return []string{owing[0], owing[len(owing)/2], owing[len(owing)-1]}
}

// TestKeys: dues of a month for all but three, and of a quarter, the names typed by
// their initials and counted.
func TestKeys(t *testing.T) {
	for _, c := range []struct {
		key    string
		limit  int
		months []string
	}{{"f5", month, []string{"2026-11"}}, {"f6", quarter, []string{"2026-10", "2026-11", "2026-12"}}} {
		l := demoVillage(t, 26)
		d := &counter{desk: open(t, l, 80, 24, tui.Options{})}
		before := map[string]int{}
		for _, m := range c.months {
			before[m] = len(d.paid(m))
		}
		not := exceptions(t, l)
		d.press(c.key)
		for _, name := range not {
			d.takeOff(name)
		}
		d.press("f2")
		d.WaitFor("党费已登记")
		t.Logf("%s: %d keys on this screen, %d with the way here", c.key, d.n, d.n+reach)
		if d.n+reach > c.limit {
			t.Errorf("%s: %d keys, at most %d", c.key, d.n+reach, c.limit)
		}
		for _, m := range c.months {
			now := d.paid(m)
			for _, name := range not {
				if before[m] == 0 && now[name] != "" {
					t.Errorf("%s is written for %s", name, m)
				}
			}
			if want := 26 - len(not); before[m] == 0 && len(now) != want {
				t.Errorf("%s: %d paid, want %d", m, len(now), want)
			}
		}
		d.Press("ctrl+z")
		for _, m := range c.months {
			if got := len(d.paid(m)); got != before[m] {
				t.Errorf("%s: one undo leaves %d, want %d", m, got, before[m])
			}
		}
	}
}

// TestNoKeyFillsAYear: of all keys none fills more than a quarter.
func TestNoKeyFillsAYear(t *testing.T) {
	l := demoVillage(t, 26)
	d := open(t, l, 120, 40, tui.Options{})
	for _, key := range []string{"f2", "f3", "f4", "f5", "f6", "f7", "f8", "enter", "insert", "ctrl+b", "ctrl+l", "ctrl+o", "ctrl+t", "tab", "home", "end"} {
		d.Press(key)
		if months := filledMonths(d.Screen()); months > 3 {
			t.Errorf("%s fills %d months:\n%s", key, months, d.Screen())
		}
		for range 3 {
			if strings.Contains(d.Screen(), "党费表") && !strings.Contains(d.Screen(), "实收现金") && !strings.Contains(d.Screen(), "放进回收站") {
				break
			}
			d.Press("esc")
		}
		if !strings.Contains(d.Screen(), "党费表") {
			sample.OpenScreen(d.Term, "dfb")
		}
	}
}

// filledMonths gives the most cells filled in one row of the screen.
func filledMonths(screen string) int {
	most := 0
	for row := range strings.SplitSeq(screen, "\n") {
		most = max(most, strings.Count(row, " +"))
	}
	return most
}

// BenchmarkThreeHundred reads the year of a branch of three hundred, and draws it while
// it is filled and a name is looked for.
func BenchmarkThreeHundred(b *testing.B) {
	l := demoVillage(b, 300)
	b.Cleanup(func() {
		if err := l.Close(); err != nil {
			b.Error(err)
		}
	})
	app := &ui.App{Ctx: context.Background(), Ledger: l, Styles: ui.NewStyles(false)}
	g := dues.New(app)
	g.SetSize(80, 21)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			g.Update(g.Init()())
		}
	})
	g.Update(g.Init()())
	g.Update(tea.KeyPressMsg{Code: tea.KeyF5})
	g.Update(tea.KeyPressMsg{Code: 'z', Text: "z"})
	b.Run("key", func(b *testing.B) {
		for b.Loop() {
			g.Update(tea.KeyPressMsg{Code: tea.KeyDown})
			if text, _ := g.View(); !strings.Contains(text, "还没有登记") {
				b.Fatal(text)
			}
		}
	})
}
