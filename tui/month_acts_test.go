package tui_test

import (
	"context"
	"path/filepath"
	"strings"
	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
)

// dues takes the dues of the month for all but three, takes them back, and those of the
// quarter.
func (d *desk) dues() {
	d.t.Helper()
	s, err := count.Dues(context.Background(), d.l, 2026)
	if err != nil {
		d.t.Fatal(err)
	}
	var owing []string
	for i := range s.Rows {
		if c := s.Rows[i].Months[10]; c.State == count.DuesToPay && c.Owed > 0 && !s.Rows[i].LastElsewhere(10) {
			owing = append(owing, s.Rows[i].Person.Str("name"))
		}
	}
	month := model.Where("month", model.Eq, "2026-11")
	for _, act := range []struct {
		what, key string
		most      int
	}{{"dues of a month but for three", "f5", 15}, {"dues of a quarter but for three", "f6", 20}} {
		d.press("f2", "s", "enter")
		d.shows("党费表 2026年")
		d.press(act.key)
		for _, name := range []string{owing[0], owing[len(owing)/2], owing[len(owing)-1]} {
			d.keys += 2 // the initials of the name, as a person types them
			d.text(name)
			d.press("enter")
		}
		d.press("f2")
		d.shows("党费已登记")
		d.spent(act.what, act.most)
		if n := d.count("dues", month); n != len(owing)-3 {
			d.t.Errorf("%d have paid, want %d", n, len(owing)-3)
		}
		if act.key == "f5" {
			d.Press("ctrl+z")
			if n := d.count("dues", month); n != 0 {
				d.t.Errorf("%d are left after one undo", n)
			}
		}
		d.home()
	}
}

// meeting enters a 支部党员大会 like the last one, with five away.
func (d *desk) meeting(away []string) {
	d.t.Helper()
	before := d.count("activity")
	d.press("f2", "enter", "enter")
	d.shows("新增组织活动", "照上次")
	d.toRoll()
	d.press("enter")
	for _, n := range away[:5] {
		d.text(n)
		d.press("enter")
	}
	d.press("f2")
	d.shows("已保存:组织活动 2026-11-20")
	d.spent("a 支部党员大会 with five away", 25)
	if n := d.count("activity"); n != before+1 {
		d.t.Errorf("%d meetings were written", n-before)
	}
	d.home()
}

// toRoll goes on to the roll, past what is filled in or stays blank.
func (d *desk) toRoll() {
	d.t.Helper()
	for !strings.Contains(d.Screen(), "> 到会登记") {
		d.press("tab")
		if d.keys > 40 {
			d.t.Fatalf("no way to the roll:\n%s", d.Screen())
		}
	}
}

// talks writes the talks with all members of one evening.
func (d *desk) talks(members int) {
	d.t.Helper()
	before := d.count("talk")
	d.press("f12")
	d.text("人员")
	d.press("enter")
	d.press("ctrl+a", "enter")
	d.shows("谈心谈话:")
	d.press("enter", "down", "enter")
	d.text("冬季谈心")
	d.press("f2")
	d.shows("要记 ")
	d.press("f2")
	d.shows("各记一条谈心谈话")
	d.spent("talks with all members", 30)
	if n := d.count("talk") - before; n < members-1 || n > members {
		d.t.Errorf("%d talks were written", n)
	}
	d.home()
}

// young answers how many are under 35 with 高中 or more.
func (d *desk) young() {
	d.t.Helper()
	d.Press("f12")
	d.Type("人员")
	d.Press("enter")
	d.press("f5", "3", "5", "enter", "f5", "g", "z", "j", "enter")
	d.shows("筛选:学历=高中及以上", "35岁及以下")
	d.spent("under 35 with 高中 or more", 12)
	d.home()
}

func (d *desk) death(name string) {
	d.t.Helper()
	d.press("f2", "q", "s", "enter")
	d.text(name)
	d.press("enter", "f2")
	d.shows("已改为:去世")
	d.spent("a death", 8)
	if n := d.count("person", model.Where("name", model.Eq, name), model.Where("standing", model.Eq, "去世")); n != 1 {
		d.t.Errorf("%s is not dead", name)
	}
	d.home()
}

// election enters an election of a secretary and four members, and what follows from it.
func (d *desk) election(elected []string) {
	d.t.Helper()
	before := d.count("position")
	d.press("f2", "h", "enter")
	d.shows("新增换届选举")
	d.press("pgdown", "pgdown", "pgdown")
	for _, n := range elected {
		d.text(n)
		d.press("enter")
	}
	d.press("f2")
	d.shows("任党组织书记", "本届起始改为 2026-11-20")
	d.press("f2")
	d.shows("跟着办好了")
	d.spent("an election to positions and term", 25)
	if n := d.count("position") - before; n != 5 {
		d.t.Errorf("%d positions were written", n)
	}
	d.home()
}

// report closes the month and exports the bundle to the stick.
func (d *desk) report(profile, stick string, most int) {
	d.t.Helper()
	d.press("f9")
	d.shows("月度上报")
	d.press("down", "enter")
	d.shows("核对")
	d.press("f2")
	if strings.Contains(d.Screen(), "没有逐个核对") {
		d.press("enter")
	}
	d.WaitFor("已结账")
	d.press("esc")
	if profile != "" {
		for !strings.Contains(d.Screen(), "> 县配置文件") {
			d.press("down")
		}
		d.text(profile)
		d.press("enter")
		d.WaitFor("县配置文件已取入")
	}
	d.press("f2")
	d.WaitFor("导出完成")
	d.spent("the month's report", most)
	files, err := filepath.Glob(filepath.Join(stick, "*.tzb"))
	if err != nil || len(files) != 1 {
		d.t.Fatalf("%v, %v:\n%s", files, err, d.Screen())
	}
}

// accepted takes the stick in at the county.
func (d *desk) accepted(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, stick string) {
	d.t.Helper()
	all, err := county.Receive(ctx, l, key, []string{stick}, county.ReceiveOptions{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, in := range all {
		if strings.HasSuffix(in.File, ".tzb") {
			if in.Verdict != county.Accepted || in.SetAside > 0 {
				d.t.Fatalf("%+v", in)
			}
			return
		}
	}
	d.t.Fatalf("no bundle among %+v", all)
}
