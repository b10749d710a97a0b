package today_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/tui/today"
	"taizhang/tui/tuitest/sample"
)

// ways are the keys from the work table to each entry's form, and what that form or
// screen shows.
var ways = map[string]struct {
	keys  []string
	shows []string
}{
	"开会":      {[]string{"f2", "enter", "enter"}, []string{"新增组织活动", "支部党员大会", "10月支部党员大会"}},
	"党务公开":    {[]string{"f2", "d", "w", "enter"}, []string{"新增组织活动", "党务公开"}},
	"培训":      {[]string{"f2", "p", "x", "enter"}, []string{"新增培训", "2026-10-31"}},
	"民主评议":    {[]string{"f2", "m", "enter", "enter"}, []string{"新增组织活动", "民主评议", "2026年度民主评议党员"}},
	"换届":      {[]string{"f2", "h", "enter"}, []string{"新增换届选举", "换届"}},
	"收党费":     {[]string{"f2", "s", "enter"}, []string{"党费"}},
	"上缴党费":    {[]string{"f2", "s", "j", "enter"}, []string{"新增党费上缴", "2026-09"}},
	"党员转入":    {[]string{"f2", "z", "r", "enter"}, []string{"新增党员变动", "转入", "转出党组织"}},
	"党员转出":    {[]string{"f2", "z", "c", "enter"}, []string{"新增党员变动", "转出", "转入党组织"}},
	"党员去世":    {[]string{"f2", "q", "s", "enter"}, []string{"新增党员变动", "去世"}},
	"收到入党申请书": {[]string{"f2", "r", "d", "enter"}, []string{"新增发展党员", "2026-10-31"}},
	"收到物资资金":  {[]string{"f2", "right", "enter", "enter"}, []string{"新增物资配发", "参加或接受"}},
	"受表彰":     {[]string{"f2", "b", "z", "enter"}, []string{"新增表彰", "2026-10-31"}},
	"上级挂联走访":  {[]string{"f2", "g", "l", "enter"}, []string{"新增走访联系", "挂联走访"}},
	"上级要表":    {[]string{"f2", "y", "b", "enter"}, []string{"填哪张表"}},
	"收文件":     {[]string{"f2", "s", "w", "enter"}, []string{"新增文件收发", "收文"}},
	"谈心谈话":    {[]string{"f2", "t", "enter"}, []string{"新增谈心谈话"}},
	"走访慰问":    {[]string{"f2", "z", "enter", "enter"}, []string{"新增走访联系", "慰问困难党员"}},
	"联系流动党员":  {[]string{"f2", "l", "enter"}, []string{"新增走访联系", "联系流动党员", "电话"}},
	"四议两公开":   {[]string{"f2", "end", "enter"}, []string{"新增四议两公开", "2026-10-31"}},
}

// From the work table to the form of each thing that happens it takes four keys.
func TestEachEntryIsFourKeysAway(t *testing.T) {
	words := today.Words()
	if len(words) != len(ways) {
		t.Errorf("there are %d entries, and ways to %d", len(words), len(ways))
	}
	for _, w := range words {
		t.Run(w, func(t *testing.T) {
			t.Parallel()
			way, ok := ways[w]
			if !ok {
				t.Fatal("no way is known")
			}
			l, _ := village(t)
			d := start(t, l, 80, 24, false)
			d.Press(way.keys...)
			d.shows(way.shows...)
			if strings.Contains(d.Row(0), "今天办什么") {
				t.Errorf("it leads nowhere:\n%s", d.Screen())
			}
			d.spent(w, 4)
		})
	}
}

// What an entry presets must be what its kind's fields can hold.
func TestPresetsAreOfTheirKinds(t *testing.T) {
	for _, f := range today.Forms() {
		k := party.Kinds.Kind(f.Kind)
		if k == nil {
			t.Errorf("%s: no kind %s", f.Words, f.Kind)
			continue
		}
		for name, typed := range f.Preset {
			field := k.Field(name)
			if field == nil {
				t.Errorf("%s: %s has no field %s", f.Words, f.Kind, name)
				continue
			}
			if typed == "今天" {
				if field.Type != model.TypeDate {
					t.Errorf("%s: %s is no date", f.Words, name)
				}
				continue
			}
			v, err := field.Type.Parse(field, typed)
			if err == nil {
				err = field.Type.Check(field, v)
			}
			if err != nil {
				t.Errorf("%s: %s can't be %s: %v", f.Words, name, typed, err)
			}
		}
	}
}

// meetingBefore is a meeting of the month before, from which three were away.
func meetingBefore(t *testing.T) *desk {
	t.Helper()
	l, ids := village(t)
	marks := make([]model.Mark, len(names))
	for i, n := range names {
		marks[i] = model.Mark{Target: ids[n], State: "到会"}
		if i < 3 {
			marks[i].State = "请假-外出"
		}
	}
	put(t, l, "activity", map[string]model.Value{"kind": "支部党员大会", "title": "9月支部党员大会", "held_on": "2026-09-10", "place": "村部三楼",
		"host": ids["王大山"], "recorder": ids["李二河"], "hours": int64(2), "attendance": marks, "agenda": "学习"})
	return start(t, l, 80, 24, false)
}

func TestAMeetingLikeLastTime(t *testing.T) {
	d := meetingBefore(t)
	d.Press("f2", "enter", "enter")
	d.shows("照上次(2026-09-10)填好了", "10月支部党员大会", "村部三楼", "王大山", "李二河")
	d.Press("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab") // past what was filled in
	d.Press("enter")                                                       // all are here, but those who were away last time
	d.shows("上次没到的 3 人照上次", "请假-外出 3")
	for _, n := range []string{"钱四海", "孙五湖"} { // five are away
		d.Type(n)
		d.Press("enter")
	}
	d.Press("f2")
	d.shows("已保存:组织活动 2026-10-31 10月支部党员大会")
	d.spent("a meeting with five absent", 25)
	m := d.all("activity", model.Where("held_on", model.Eq, "2026-10-31"))
	if len(m) != 1 {
		t.Fatalf("%d meetings", len(m))
	}
	if got := m[0].Text("attendance"); got != "到会5 请假-公务2 请假-外出3" {
		t.Errorf("the roll is %s", got)
	}
	if m[0].Text("place") != "村部三楼" || m[0].Filled("agenda") {
		t.Errorf("taken over: %s, %s", m[0].Text("place"), m[0].Text("agenda"))
	}
}

// A roll that nobody touched stays empty: last time's absentees are no value yet.
func TestARollNotLookedAtStaysEmpty(t *testing.T) {
	d := meetingBefore(t)
	d.Press("f2", "enter", "enter", "f2")
	d.shows("已保存")
	if m := d.all("activity", model.Where("held_on", model.Eq, "2026-10-31")); len(m) != 1 || m[0].Filled("attendance") {
		t.Errorf("%d meetings with a roll of %s", len(m), m[0].Text("attendance"))
	}
}

// Who has died since is not proposed to preside.
func TestTheGoneAreNotTakenOver(t *testing.T) {
	d := meetingBefore(t)
	host := d.all("person", model.Where("name", model.Eq, "王大山"))[0]
	put(t, d.l, "movement", map[string]model.Value{"person": host.ID, "kind": "去世", "happened_on": "2026-10-01"})
	d.Press("f2", "enter", "enter")
	d.shows("村部三楼", "李二河")
	if s := d.Screen(); strings.Contains(s, "王大山") {
		t.Errorf("the dead preside:\n%s", s)
	}
}

func TestF2BeginsBlank(t *testing.T) {
	d := meetingBefore(t)
	d.Press("f2", "enter", "f2")
	d.shows("新增组织活动", "支部党员大会")
	if s := d.Screen(); strings.Contains(s, "村部三楼") || strings.Contains(s, "照上次") || strings.Contains(s, "10月") {
		t.Errorf("something is taken over:\n%s", s)
	}
}

func TestADeath(t *testing.T) {
	l, ids := village(t)
	d := start(t, l, 80, 24, false)
	d.Press("f2", "q", "s", "enter")
	d.Type("钱四海")
	d.Press("enter", "f2")
	d.shows("已保存;钱四海已改为:去世,离开日期 2026-10-31")
	d.spent("a death", 8)
	if p := d.all("person", model.Where("id", model.Eq, ids["钱四海"])); p[0].Str("standing") != "去世" {
		t.Errorf("standing %s", p[0].Str("standing"))
	}
}

// Over the table of members nothing is said about a movement that was saved above it,
// though the dead no longer stand in its view.
func TestATableSaysNothingOfWhatOthersSaved(t *testing.T) {
	l, _ := village(t)
	d := start(t, l, 80, 24, false)
	d.Press("right", "enter") // 名册
	d.shows("人员 · 在册党员")
	d.Press("f12")
	d.Type("办理变动")
	d.Press("enter", "q", "s", "enter")
	d.Type("钱四海")
	d.Press("enter", "f2")
	d.shows("已保存;钱四海已改为:去世")
	if strings.Contains(d.Screen(), "它不在") {
		t.Errorf("the table speaks of a record that is not its own:\n%s", d.Screen())
	}
}

// A decision that is not finished is offered at its next step.
func TestADecisionGoesOn(t *testing.T) {
	l, _ := village(t)
	put(t, l, "decision", map[string]model.Value{"title": "修机耕路", "proposed_on": "2026-10-01", "consulted_on": "2026-10-08"})
	d := start(t, l, 80, 24, false)
	d.Press("f2", "end", "enter")
	d.shows("新提议一件事", "修机耕路", "下一步:党员大会审议")
	d.Press("down", "enter")
	d.shows("修改四议两公开 修机耕路", "> 党员大会审议")
	d.spent("a decision's next step", 5)
}

func TestTypingFindsMeetingsAtOnce(t *testing.T) {
	l, _ := village(t)
	d := start(t, l, 80, 24, false)
	d.Press("f2")
	d.Type("dk")
	d.shows("> 开会:党课")
	d.Press("esc")
	d.shows("会议活动")
	d.Press("enter", "esc")
	d.shows("> 开会")
	d.Press("esc")
	d.shows("工作台")
}

func TestScreens(t *testing.T) {
	for _, size := range sample.Sizes {
		d := meetingBefore(t)
		d.Resize(size.W, size.H)
		d.Press("f2")
		d.Golden("today-" + size.Name)
		d.Press("enter")
		d.Golden("meetings-" + size.Name)
		d.Press("enter")
		d.Golden("again-" + size.Name)
	}
	l, _ := village(t)
	d := start(t, l, 80, 24, true)
	d.Press("f2")
	d.Golden("today-ascii")
	d.Resize(60, 20)
	d.Golden("today-60x20")
}
