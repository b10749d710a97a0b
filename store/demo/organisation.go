package demo

import (
	"fmt"
	"maps"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// lastElection is when the present committee was elected: so long ago that its
// term of five years neither ends soon nor has just begun.
func (v *village) lastElection() model.Date { return folk.Workday(folk.DayIn(v.span.first.Add(2), 22)) }

// formerElection is when the committee before it was elected.
func (v *village) formerElection() model.Date {
	return folk.Workday(v.lastElection().AddYears(-5).AddDays(6))
}

// organisation completes the branch's own record and founds its party groups and
// the enterprises that belong to it.
func (v *village) organisation(home *model.Record) {
	v.home = home.ID
	named := folk.Workday(folk.DayIn(v.span.first.Add(3), 27))
	v.book.change(v.span.opening(), home, fields{
		"short_name": v.place.ShortName(), "founded_on": "1958-07-01", "approval_no": "芦委〔1958〕7号",
		"term_started_on": v.formerElection(), "term_years": 5, "rated": true, "five_good": "已申报",
		"industry": "稻虾共作", "address": v.place.Township + v.place.Name + "党群服务中心", "phone": "10000010101",
	})
	v.book.change(v.lastElection(), home, fields{"term_started_on": v.lastElection()})
	v.book.change(named, home, fields{"five_good": "已达标", "five_good_on": named,
		"five_good_no": fmt.Sprintf("澄组〔%d〕6号", named.Year())})
	for i := range v.cast.heads {
		v.groups = append(v.groups, v.book.put(v.span.opening(), "organization", fields{
			"code": fmt.Sprintf("%s%02d", v.place.Code, i+1), "name": v.place.Name + "第" + folk.ChineseDigits[i+1] + "党小组",
			"short_name": "第" + folk.ChineseDigits[i+1] + "党小组", "kind": "党小组", "domain": "行政村",
			"township": v.place.Township, "county": v.place.County, "parent": v.home,
			"founded_on": "2011-03-08", "term_years": 5, "rated": false,
		}))
	}
	v.units()
}

// units are the enterprises and cooperatives of the village.
func (v *village) units() {
	d := v.dice("units")
	put := func(f fields) { v.book.put(v.span.opening(), "unit", f) }
	for i, f := range v.firms {
		members := []int{2, 1, 2, 0}[i]
		body, org := "挂靠", v.home
		if members == 0 {
			body, org = "未组建", ""
		}
		put(fields{"name": f, "credit_code": folk.CreditCode(d, "91"), "nature": "非公企业", "employees": d.Between(12, 68),
			"members": members, "party_body": body, "organization": org, "adviser": v.cast.organizer.Name, "listed": i == 0})
	}
	put(fields{"name": v.place.Name + "稻虾种养专业合作社", "credit_code": folk.CreditCode(d, "93"), "nature": "专业合作社",
		"employees": d.Between(20, 40), "members": 6, "party_body": "挂靠", "organization": v.home, "adviser": v.cast.deputy.Name})
	put(fields{"name": v.place.Name + "农机服务专业合作社", "credit_code": folk.CreditCode(d, "93"), "nature": "专业合作社",
		"employees": d.Between(8, 16), "members": 2, "party_body": "挂靠", "organization": v.home, "adviser": v.cast.militia.Name})
	put(fields{"name": v.place.Name + "股份经济合作社", "nature": "集体企业", "employees": 6, "members": 5,
		"party_body": "挂靠", "organization": v.home, "adviser": v.cast.secretary.Name})
}

// persons writes everyone down as they stood on the ledger's first day; who comes
// later is written down on that day.
func (v *village) persons() {
	for _, p := range v.cast.all {
		on := max(v.span.opening(), p.From)
		if p.Entry == "转入" {
			on = p.Since
		}
		p.ID = v.book.put(on, "person", v.personFields(p, on))
	}
}

func (v *village) personFields(p *folk.Villager, on model.Date) fields {
	f := p.Fields()
	maps.Copy(f, fields{
		"status": p.Status, "standing": p.Standing, "home_org": p.HomeOrg, "not_due": p.NotDue, "occupation": p.Job,
		"able_bodied": p.Able, "both_leader": p.BothLead, "able_person": p.Capable, "talent": p.Talent,
		"tech_household": p.Tech, "hardship": p.Needy, "dues_basis": "", "id_checked": p.Group >= 0,
	})
	if p.Group >= 0 && p.Since != "" && p.Since <= on {
		f["party_group"] = v.groups[p.Group]
		f["dues_basis"], f["monthly_dues"], f["dues_from"] = p.Basis, p.Dues, v.duesFrom(p)
		f["note"] = p.Reduction(v.span.opening())
	}
	if p.Standing == "停止党籍" {
		f["left_on"] = p.Until
	}
	if p.Away != "" && p.LeftOn < on {
		f["away"], f["away_place"], f["away_since"] = p.Away, p.Place, p.LeftOn
		f["away_card"] = fmt.Sprintf("990101%s%03d", p.IDNumber[14:17], p.Dues)
	}
	return f
}

// committeeOn gives the committee of a day in the order of its offices: secretary,
// deputy, organisation, publicity, discipline. Before the election it is the one before.
func (v *village) committeeOn(on model.Date) []*folk.Villager {
	k := v.cast
	if on <= v.lastElection() {
		return []*folk.Villager{k.former, k.secretary, k.deputy, k.supervisor, k.inspector}
	}
	return k.committee
}

// vocabulary is what the texts name.
func (v *village) vocabulary() {
	k := v.cast
	active := folk.Where(k.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.Exit == "" && p.Away == "" && p.NotDue == "" && p.Since == v.span.opening() && p.Offices == 0
	})
	v.words = dice.Words{
		"村": {v.place.Name}, "镇": {v.place.Township}, "县": {v.place.County}, "会计": {k.accountant.Name}, "老书记": {k.former.Name},
		"妇联": {k.women.Name}, "民兵": {k.militia.Name}, "团支书": {k.youth.Name}, "第一书记": {k.firstSecretary.Name},
		"党员": folk.Names(active), "困难户": folk.Names(k.neighbours),
	}
	for name, fits := range speakerSorts {
		v.words[name] = folk.Names(folk.Where(active, func(p *folk.Villager) bool { return fits(p, v.span.asOf) }))
		if len(v.words[name]) == 0 {
			v.words[name] = v.words["党员"]
		}
	}
}

// wordsOn gives the words with the officers of a day.
func (v *village) wordsOn(on model.Date) dice.Words {
	body, watch := v.committeeOn(on), v.cast.supervisor
	if watch == body[3] {
		watch = v.cast.elders[0]
	}
	return v.words.With("书记", body[0].Name, "副书记", body[1].Name, "组织委员", body[2].Name, "宣传委员", body[3].Name,
		"纪检委员", body[4].Name, "监督", watch.Name)
}
