package party_test

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party"
)

// county is a shelf that knows the units of a county's list.
type county struct {
	shelf
	domains map[string]string
}

var _ party.UnitLookup = county{}

func (c county) UnitDomain(code string) (string, error) { return c.domains[code], nil }

// TestLeadersAreLinked: at the county each leader has one of each sort, and only there
// the list of units is known.
func TestLeadersAreLinked(t *testing.T) {
	domains := map[string]string{"990101101": "乡镇", "990101101201": "行政村", "990101101301": "非公企业", "990101101401": "社区"}
	link := func(id, name, code, from, to string) *model.Record {
		return record(t, "linkage", id, "role", "市领导", "name", name, "target_code", code, "started_on", from, "ended_on", to)
	}
	all := func(until string) []*model.Record {
		return []*model.Record{link("l1", "钱一", "990101101", "2026-01-01", ""), link("l2", "钱一", "990101101201", "2026-01-01", ""),
			link("l3", "钱一", "990101101301", "2026-03-10", ""), link("l4", "钱一", "990101101401", "2026-01-01", until), link("l5", "孙二", "990101101", "2026-01-01", "2026-01-31")}
	}
	for _, c := range []struct {
		name, domain, day, until string
		want                     int
		params                   map[string]string
	}{
		{"a day before the last one begins", "机关", "2026-03-09", "", 1, nil},
		{"on the day", "机关", "2026-03-10", "", 0, nil},
		{"a day after", "机关", "2026-03-11", "", 0, nil},
		{"on the last day of one", "机关", "2026-04-30", "2026-04-30", 0, nil},
		{"a day after its end", "机关", "2026-05-01", "2026-04-30", 1, nil},
		{"two leaders", "机关", "2026-01-31", "", 2, nil},
		{"in a village", "行政村", "2026-03-09", "", 0, nil},
		{"three sorts suffice", "机关", "2026-03-09", "", 0, map[string]string{"linkage.leader.sorts": "3"}},
		{"none asked for", "机关", "2026-03-09", "", 0, map[string]string{"linkage.leader.sorts": "0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := dueTest{params: c.params, home: []string{"domain", c.domain, "kind", "党委"}}
			env := d.env(t, c.day)
			look := env.Look.(shelf)
			look["linkage"] = all(c.until)
			env.Look = county{look, domains}
			due, err := model.FindDue(env, party.Kinds)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, x := range due {
				n += model.OneIf(x.Code == "R-LNK-01")
			}
			if n != c.want {
				t.Errorf("%d leaders, want %d: %+v", n, c.want, due)
			}
		})
	}
}
