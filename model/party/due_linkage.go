package party

import (
	"slices"
	"strings"

	"taizhang/model"
)

// UnitLookup is a Lookup that knows of what sort the units of the county's list are.
type UnitLookup interface {
	// UnitDomain gives a unit's 所在领域, "" where the code is not known.
	UnitDomain(code string) (string, error)
}

// linkageDue: a leader of the county is linked with one of each sort (domain.md §7.4).
var linkageDue = []model.DueItem{
	{Code: "R-LNK-01", Text: "每名市领导挂联一个乡镇、一个村、一家企业、一个社区", Line: "%d 名市领导还没有挂联全四类对象", Source: sourceCampaign, Table: "linkage",
		Limits: []string{"linkage.leader.sorts"}, Find: dueLeaders},
}

// leaderSorts are the sorts of target, by the domains that belong to each.
var leaderSorts = []struct {
	name    string
	domains []string
}{
	{"乡镇", []string{"乡镇"}},
	{"村", []string{"行政村"}},
	{"企业", []string{"非公企业", "国有企业"}},
	{"社区", []string{"社区"}},
}

// dueLeaders speaks in the county's own ledger alone, which has the leaders and the list
// of units: once of each leader, at the first of the open links.
func dueLeaders(x *model.DueExam) {
	look, ok := x.Look.(UnitLookup)
	l := x.Limit("linkage.leader.sorts")
	if !ok || l.Int() == 0 || x.Home == nil || !x.Home.Is("domain", "机关") {
		return
	}
	var names []string
	first, sorts := map[string]*model.Record{}, map[string]map[string]bool{}
	for _, r := range x.Find("linkage", model.Where("role", model.Eq, "市领导"), model.Where("started_on", model.Le, string(x.Today))) {
		if r.Filled("ended_on") && r.Date("ended_on") < x.Today {
			continue
		}
		name := r.Str("name")
		if first[name] == nil {
			first[name], sorts[name] = r, map[string]bool{}
			names = append(names, name)
		}
		domain, err := look.UnitDomain(r.Str("target_code"))
		if err != nil {
			x.Fail(err)
			return
		}
		for _, s := range leaderSorts {
			if slices.Contains(s.domains, domain) {
				sorts[name][s.name] = true
			}
		}
	}
	for _, name := range names {
		if len(sorts[name]) >= min(l.Int(), len(leaderSorts)) {
			continue
		}
		var missing []string
		for _, s := range leaderSorts {
			if !sorts[name][s.name] {
				missing = append(missing, s.name)
			}
		}
		x.AddOf(l, first[name], "", model.ForInformation, "%s挂联的还缺%s,请安排并登记", name, strings.Join(missing, "、"))
	}
}
