package membership_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/internal/partytest"
	"taizhang/model/party/membership"
)

// member is a person with movements: "2026-10-05 转出" and so on.
// One who has left did so by the last of them.
func member(t *testing.T, status, standing, confirmed string, movements ...string) partytest.Shelf {
	t.Helper()
	p := partytest.Record(t, "person", "a", "status", status, "standing", standing, "confirmed_on", confirmed)
	if standing != "在册" && len(movements) > 1 {
		p.Set("left_on", movements[len(movements)-1][:10])
	}
	p.CreatedAt = "2026-10-20T08:00:00Z"
	look := partytest.Shelf{"person": {p}}
	for i, text := range movements {
		m := partytest.Record(t, "movement", fmt.Sprintf("m%d", i), "person", "a", "happened_on", text[:10], "kind", text[11:])
		look["movement"] = append(look["movement"], m)
	}
	return look
}

func TestMonthBalance(t *testing.T) {
	const opened = "2026-01-10 期初在册"
	kept := []membership.ClosedMonth{{Month: "2026-09", Members: 5}} // by whom is not known
	cases := []struct {
		name    string
		today   model.Date
		month   model.Month
		opening []membership.ClosedMonth
		who     partytest.Shelf
		// opening +added −removed = expected; closing (probationary) difference
		want string
	}{
		{"nobody", "2026-10-31", "2026-10", nil, nil, "0 +0 -0 = 0; 0 (0) 0"},
		{"one who stays", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", opened), "1 +0 -0 = 1; 1 (0) 0"},
		{"the month of the opening", "2026-01-31", "2026-01", nil, member(t, "正式党员", "在册", "", opened), "1 +0 -0 = 1; 1 (0) 0"},
		{"the month before the opening", "2026-01-31", "2025-12", nil, member(t, "正式党员", "在册", "", opened), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who leaves", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-10-05 转出"), "1 +0 -1 = 0; 0 (0) 0"},
		{"one who leaves later", "2026-11-30", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-11-05 转出"), "1 +0 -0 = 1; 1 (0) 0"},
		{"one who comes", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-10-05 转入"), "0 +1 -0 = 1; 1 (0) 0"},
		{"one who comes later", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-11-05 转入"), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who leaves on the first", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-10-01 转出"), "1 +0 -1 = 0; 0 (0) 0"},
		{"one who leaves on the last", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-10-31 转出"), "1 +0 -1 = 0; 0 (0) 0"},
		{"one who left on the last of the month before", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-09-30 转出"), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who leaves on the first of the next", "2026-11-30", "2026-10", nil, member(t, "正式党员", "转出", "", opened, "2026-11-01 转出"), "1 +0 -0 = 1; 1 (0) 0"},
		{"one who comes on the first", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-10-01 转入"), "0 +1 -0 = 1; 1 (0) 0"},
		{"one who comes on the last", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-10-31 转入"), "0 +1 -0 = 1; 1 (0) 0"},
		{"one who came on the last of the month before", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-09-30 转入"), "1 +0 -0 = 1; 1 (0) 0"},
		{"one who comes on the first of the next", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "", "2026-11-01 转入"), "0 +0 -0 = 0; 0 (0) 0"},
		{"one who is accepted on the last", "2026-10-31", "2026-10", nil, member(t, "预备党员", "在册", "", "2026-10-31 接收预备党员"), "0 +1 -0 = 1; 1 (1) 0"},
		{"one who was confirmed on the last", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "2026-10-31", opened, "2026-10-31 转正"), "1 +0 -0 = 1; 1 (0) 0"},
		{"one who comes and goes", "2026-10-31", "2026-10", nil, member(t, "正式党员", "去世", "", "2026-10-05 转入", "2026-10-20 去世"), "0 +1 -1 = 0; 0 (0) 0"},
		{"one who is accepted", "2026-10-31", "2026-10", nil, member(t, "预备党员", "在册", "", "2026-10-05 接收预备党员"), "0 +1 -0 = 1; 1 (1) 0"},
		{"one who was confirmed afterwards", "2026-11-30", "2026-10", nil, member(t, "正式党员", "在册", "2026-11-01", opened, "2026-11-01 转正"), "1 +0 -0 = 1; 1 (1) 0"},
		{"what changes nothing", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", "", opened, "2026-10-02 外出流动", "2026-10-03 处分"), "1 +0 -0 = 1; 1 (0) 0"},
		{"expelled", "2026-10-31", "2026-10", nil, member(t, "正式党员", "出党", "", opened, "2026-10-02 开除党籍"), "1 +0 -1 = 0; 0 (0) 0"},
		{"removed after 停止党籍: no member since then", "2026-10-31", "2026-09", nil, member(t, "正式党员", "出党", "", opened, "2026-08-01 停止党籍", "2026-10-20 自行脱党除名"), "0 +0 -0 = 0; 0 (0) 0"},
		{"no member", "2026-10-31", "2026-10", nil, member(t, "入党积极分子", "在册", ""), "0 +0 -0 = 0; 0 (0) 0"},
		{"entered without a movement: to be explained", "2026-10-31", "2026-10", nil, member(t, "正式党员", "在册", ""), "0 +0 -0 = 0; 1 (0) 1"},
		{"gone without a movement: to be explained", "2026-10-31", "2026-10", nil, member(t, "正式党员", "转出", "", opened), "1 +0 -0 = 1; 0 (0) -1"},
		{"another count when the month before was closed", "2026-10-31", "2026-10", kept, member(t, "正式党员", "在册", "", opened), "5 +0 -0 = 5; 1 (0) -4"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			env := &model.Env{Today: c.today, Look: c.who, Kinds: party.Kinds}
			b, err := membership.MonthBalance(env, c.month, c.opening)
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("%d +%d -%d = %d; %d (%d) %d", b.Opening, b.Added, b.Removed, b.Expected, b.Closing, b.Probationary, b.Difference)
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestClosedMonthIsCompared: who differs from those at whom a month was closed is named,
// by what the movements say of its last day.
func TestClosedMonthIsCompared(t *testing.T) {
	const opened = "2026-01-10 期初在册"
	for _, c := range []struct {
		name string
		who  partytest.Shelf
		roll []string
		want string
	}{
		{"as it was", member(t, "正式党员", "在册", "", opened), []string{"a"}, "[]"},
		{"moved out on the last, entered later", member(t, "正式党员", "转出", "", opened, "2026-09-30 转出"), []string{"a"}, "[a -1]"},
		{"moved out on the first of the next", member(t, "正式党员", "转出", "", opened, "2026-10-01 转出"), []string{"a"}, "[]"},
		{"moved in on the last, entered later", member(t, "正式党员", "在册", "", "2026-09-30 转入"), nil, "[a 1]"},
		{"moved in on the first of the next", member(t, "正式党员", "在册", "", "2026-10-01 转入"), nil, "[]"},
		{"deleted later", partytest.Shelf{}, []string{"gone"}, "[gone -1]"},
	} {
		closed := []membership.ClosedMonth{{Month: "2026-09", Members: len(c.roll), Roll: c.roll}}
		b, err := membership.MonthBalance(&model.Env{Today: "2026-10-31", Look: c.who, Kinds: party.Kinds}, "2026-09", closed)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, g := range b.Changed {
			got = append(got, fmt.Sprint(g.Person, " ", g.Count))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// TestMovementsOfTheMonth: those of its first and of its last day are counted, by kind,
// and those of the days around are not.
func TestMovementsOfTheMonth(t *testing.T) {
	who := member(t, "正式党员", "在册", "", "2026-01-10 期初在册", "2026-08-31 限期改正", "2026-09-01 外出流动", "2026-09-30 流动返回", "2026-10-01 处分")
	env := &model.Env{Today: "2026-10-31", Look: who, Kinds: party.Kinds}
	b, err := membership.MonthBalance(env, "2026-09", nil)
	if got := fmt.Sprint(b.Movements); err != nil || got != "map[外出流动:1 流动返回:1]" {
		t.Errorf("%s, %v", got, err)
	}
}

// TestMemberships: a membership holds from the day on which it begins to the day before
// that on which it ends, also where that is the first or the last of a month.
func TestMemberships(t *testing.T) {
	who := member(t, "正式党员", "转出", "", "2026-01-01 期初在册", "2026-03-31 转出", "2026-05-31 转入", "2026-07-01 转出")
	all := membership.Memberships(who["person"], who["movement"])
	if got := fmt.Sprint(all[0].Stays); got != "[{2026-01-01 2026-03-31} {2026-05-31 2026-07-01}]" || len(all[0].Passages) != 4 {
		t.Errorf("%s, %d passages", got, len(all[0].Passages))
	}
	young := member(t, "正式党员", "在册", "2026-10-01", "2025-09-30 接收预备党员", "2026-10-01 转正")
	for day, want := range map[model.Date]bool{"2025-09-30": true, "2026-09-30": true, "2026-10-01": false} {
		if got := membership.Memberships(young["person"], young["movement"])[0].Probationary(day); got != want {
			t.Errorf("probationary on %s: %v", day, got)
		}
	}
}

// TestBalanceLines goes through the table's lines, for the month and the year.
func TestBalanceLines(t *testing.T) {
	look := partytest.Shelf{}
	add := func(id, status, standing string, movements ...string) {
		s := member(t, status, standing, "", movements...)
		s["person"][0].ID = id
		look["person"] = append(look["person"], s["person"]...)
		for _, m := range s["movement"] {
			m.ID += id
			m.Set("person", id)
			m.Set("whole_unit", id == "d" || id == "i")
			look["movement"] = append(look["movement"], m)
		}
	}
	const opened = "2026-01-10 期初在册"
	add("a", "正式党员", "在册", opened)
	add("b", "预备党员", "在册", "2026-10-05 接收预备党员")
	add("c", "正式党员", "在册", opened, "2026-03-01 停止党籍", "2026-10-06 恢复党籍")
	add("d", "正式党员", "在册", "2026-10-07 转入")
	add("e", "正式党员", "出党", opened, "2026-10-08 开除党籍")
	add("f", "正式党员", "停止党籍", opened, "2026-10-09 停止党籍")
	add("g", "正式党员", "去世", opened, "2026-10-10 去世")
	add("h", "正式党员", "转出", opened, "2026-10-11 转出")
	add("i", "正式党员", "转出", opened, "2026-10-11 转出")
	add("j", "正式党员", "出党", opened, "2026-02-09 停止党籍", "2026-10-20 自行脱党除名") // no member any more: counted in February
	add("k", "入党积极分子", "去世", "2026-10-11 去世")                              // never a member
	add("l", "正式党员", "在册", "2026-06-01 转入", "2026-07-01 转出", "2026-10-30 转入")
	env := &model.Env{Today: "2026-10-31", Look: look, Kinds: party.Kinds}
	month, err := membership.MonthBalance(env, "2026-10", nil)
	if err != nil {
		t.Fatal(err)
	}
	year, err := membership.YearBalance(env, 2026, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		b    membership.Reckoning
		want string
	}{
		{"month", month, "[6 4 1 1 2 1 5 1 1 1 2 1 5 5 0]"},
		{"year", year, "[8 5 1 1 3 1 8 1 3 1 3 1 5 5 0]"},
	} {
		var counts []int
		for _, l := range c.b.Lines() {
			counts = append(counts, l.Count)
		}
		if got := fmt.Sprint(counts); got != c.want {
			t.Errorf("%s: %s, want %s (%+v)", c.name, got, c.want, c.b.Gaps)
		}
		for _, f := range c.b.Formulas() {
			if !f.OK {
				t.Errorf("%s: %s %s", c.name, f.Code, f.Text)
			}
		}
		if !c.b.Closes() {
			t.Errorf("%s doesn't close: %+v", c.name, c.b.Gaps)
		}
	}
	if year.Lines()[0].Label != "一、上年底总数" || month.Lines()[0].Label != "一、上月底总数" {
		t.Errorf("%s, %s", year.Lines()[0].Label, month.Lines()[0].Label)
	}
	for day, want := range map[model.Date]string{"2026-01-09": "[]", "2026-01-10": "[a c e f g h i j]", "2026-03-01": "[a e f g h i]",
		"2026-06-15": "[a e f g h i l]", "2026-10-05": "[a b e f g h i]", "2026-10-31": "[a b c d l]"} {
		ids, err := membership.MembersAt(env, day)
		if err != nil || fmt.Sprint(ids) != want {
			t.Errorf("%s: %v, %v, want %s", day, ids, err, want)
		}
	}
}

// TestGapsAreNamed: whoever makes a difference is named, with what to do; also
// where two of them cancel each other out.
func TestGapsAreNamed(t *testing.T) {
	const opened = "2026-01-10 期初在册"
	gone := member(t, "正式党员", "在册", "", opened)
	gone["person"][0].Set("standing", "转出")
	gone["person"][0].Set("left_on", "2026-10-02")
	cases := []struct {
		name   string
		who    partytest.Shelf
		closed []membership.ClosedMonth
		month  model.Month
		count  int
		text   string
	}{
		{"typed in without a movement", member(t, "正式党员", "在册", ""), nil, "2026-10", 1, "补登“期初在册”"},
		{"the month after", member(t, "正式党员", "在册", ""), nil, "2026-11", 1, "补登“期初在册”"},
		{"gone without a movement", gone, nil, "2026-10", -1, "没有办理变动"},
		{"gone without having come", member(t, "正式党员", "转出", "", "2026-10-21 转出"), nil, "2026-10", 1, "没有来路"},
		{"moved out and still there", member(t, "正式党员", "在册", "", opened, "2026-10-02 转出"), nil, "2026-10", 1, "2026-10-02已办“转出”"},
		{"taken off the rolls by hand", member(t, "群众", "在册", "", opened), nil, "2026-10", -1, "名册上却是群众"},
		{"closed without one opened later", member(t, "正式党员", "在册", "", opened), []membership.ClosedMonth{{Month: "2026-09"}}, "2026-10", 1, "2026年9月结账时不在册"},
		{"closed with one taken out later", member(t, "正式党员", "转出", "", opened, "2026-09-03 转出"), []membership.ClosedMonth{{Month: "2026-09", Members: 1, Roll: []string{"a"}}}, "2026-10", -1, "2026年9月结账时在册"},
		{"closed with one deleted later", partytest.Shelf{}, []membership.ClosedMonth{{Month: "2026-09", Members: 1, Roll: []string{"a"}}}, "2026-10", -1, "人员记录后来删除了"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := membership.MonthBalance(&model.Env{Today: "2026-11-30", Look: c.who, Kinds: party.Kinds}, c.month, c.closed)
			if err != nil {
				t.Fatal(err)
			}
			if len(b.Gaps) != 1 || b.Gaps[0].Person != "a" || b.Gaps[0].Count != c.count || !strings.Contains(b.Gaps[0].Text, c.text) || b.Closes() {
				t.Errorf("%+v", b.Gaps)
			}
			if b.Difference != c.count || b.Formulas()[5].OK {
				t.Errorf("difference %d", b.Difference)
			}
		})
	}
}

// TestFormulas: each of the six speaks of a table that breaks it, and of no other.
func TestFormulas(t *testing.T) {
	right := membership.Balance{Opening: 10, Added: 3, Developed: 1, Restored: 1, MovedIn: 1, WholeIn: 1, Removed: 4, Expelled: 1,
		Stopped: 1, Died: 1, MovedOut: 1, WholeOut: 1, Expected: 9, Closing: 9}
	for code, change := range map[string]func(*membership.Balance){
		"":          func(*membership.Balance) {},
		"E-STAT-01": func(b *membership.Balance) { b.Developed = 2 },
		"E-STAT-02": func(b *membership.Balance) { b.WholeIn = 2 },
		"E-STAT-03": func(b *membership.Balance) { b.Died = 2 },
		"E-STAT-04": func(b *membership.Balance) { b.WholeOut = 2 },
		"E-STAT-05": func(b *membership.Balance) { b.Expected, b.Closing = 8, 8 },
		"E-STAT-06": func(b *membership.Balance) { b.Closing, b.Difference = 10, 1 },
	} {
		b := right
		change(&b)
		got := ""
		for _, f := range b.Formulas() {
			if !f.OK {
				got += f.Code
			}
		}
		if got != code {
			t.Errorf("%q, want %q", got, code)
		}
	}
}
