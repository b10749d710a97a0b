package city

import (
	"fmt"
	"maps"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// base writes the organisation, its units, its people, who holds what and how the
// membership changed.
func (b *gathering) base() {
	b.organisation()
	b.persons()
	b.units()
	b.movements()
	b.positions()
	b.election()
}

var industries = []string{"稻虾共作", "设施蔬菜", "林果", "生猪养殖", "水产养殖", "食用菌", "苗木花卉", "农产品加工", "乡村旅游"}

// products are what a village of an industry is known for.
var products = map[string]string{"稻虾共作": "虾稻米", "林果": "黄桃", "食用菌": "香菇", "苗木花卉": "盆景", "农产品加工": "手工挂面", "水产养殖": "河蟹"}

func (b *gathering) organisation() {
	u, d := b.unit, b.dice("organisation")
	years := 5
	if u.domain == "非公企业" || u.domain == "园区" {
		years = 3
	}
	f := fields{
		"code": u.code, "name": u.name, "short_name": u.short, "kind": u.kind, "domain": u.domain, "township": u.township,
		"county": b.city.county.Name, "founded_on": u.founded, "term_started_on": u.elected, "term_years": years, "rated": true,
		"address": b.city.county.Name + u.township, "phone": u.phone(),
	}
	if u.kind == "党委" {
		f["approval_no"] = fmt.Sprintf("%s委组复〔%d〕%d号", b.city.county.Mark(), max(2019, u.elected.Year()), d.Between(3, 60))
	}
	if u.good != "" {
		f["five_good"], f["five_good_on"], f["five_good_no"] = "已达标", u.good, fmt.Sprintf("%s联创〔%d〕1号", b.city.county.Mark(), u.good.Year())
	} else if d.Chance(0.4) {
		f["five_good"] = "已申报"
	}
	if u.weak {
		f["weak"], f["weak_since"], f["weak_until"] = dice.Pick(d, []string{"经济薄弱", "经济薄弱", "软弱涣散", "两者兼有"}), model.Date("2023-09-05"), u.lifted
	}
	if u.domain == "行政村" {
		f["industry"] = dice.Pick(d, industries)
		f["products"] = products[f["industry"].(string)]
	}
	r := model.New(&b.env, b.kinds.Kind("organization"))
	r.ID = b.home.ID
	b.home = r
	b.env.Home = r
	b.keep(firstDay, r, f)
	if u.quotas["association"] > 0 {
		b.put(firstDay, "organization", fields{"code": u.code + "71", "name": u.name + "稻虾协会党支部", "short_name": "稻虾协会党支部", "kind": "党支部", "domain": "专业协会",
			"township": u.township, "county": b.city.county.Name, "parent": b.home.ID, "founded_on": model.Date("2023-10-12"), "rated": false})
	}
	b.chains()
}

// chains are the bodies of a chain of industry and of a trade, beside those of their
// townships: like the associations they stand outside the 536.
func (b *gathering) chains() {
	u := b.unit
	domain := map[int]string{0: "产业链", 1: "行业"}[u.town]
	if u.domain != "乡镇" || domain == "" {
		return
	}
	name := map[string]string{"产业链": "稻虾产业链党委", "行业": "物流行业党委"}[domain]
	b.put(firstDay, "organization", fields{"code": u.code + "81", "name": u.name + name, "short_name": name, "kind": "党委", "domain": domain, "township": u.township,
		"county": b.city.county.Name, "parent": b.home.ID, "founded_on": model.Date("2024-04-18"), "rated": false})
}

// persons writes everyone down as they stand on the last day.
func (b *gathering) persons() {
	for _, v := range b.unit.people.all {
		on := firstDay
		if v.Since > on {
			on = v.Since
		}
		r := b.put(on, "person", nil)
		v.ID = r.ID
		f := v.Fields()
		maps.Copy(f, fields{"status": v.Status, "standing": v.Standing, "occupation": v.Job, "able_bodied": v.Able, "both_leader": v.BothLead,
			"able_person": v.Capable, "talent": v.Talent, "tech_household": v.Tech, "hardship": v.Needy, "id_checked": v.Since != "", "dues_basis": ""})
		if v.Ethnicity == "" {
			f["ethnicity"] = "汉族"
		}
		switch {
		case v.Entry == "接收预备党员" || v.Since == "":
			f["joined_on"], f["confirmed_on"] = v.Joined, ""
			if v.FullSince != "" {
				f["confirmed_on"] = v.Confirmed
			}
		}
		if v.Exit != "" {
			f["standing"], f["left_on"] = v.Exit, v.Until
		}
		if v.Basis != "" {
			f["dues_basis"], f["monthly_dues"], f["dues_from"] = v.Basis, v.Dues, max(v.Since.Month(), firstDay.Month())
			f["dues_approval"] = folk.LowerDues(v.Basis, max(v.Since.Month(), firstDay.Month()))
		}
		if v.Able && stays(v) {
			f["training_need"] = folk.TrainingNeed(v.Job)
		}
		if v.NotDue != "" {
			f["not_due"] = v.NotDue
		}
		if v.Lost != "" {
			f["lost_since"] = v.Lost
		}
		if v.Away != "" {
			f["away"], f["away_place"], f["away_since"] = v.Away, v.Place, v.LeftOn
			f["away_card"] = "990101" + v.IDNumber[12:17]
		}
		for name, value := range f {
			r.Set(name, value)
		}
	}
}

// units are the enterprises and cooperatives of the place. Forty enterprises
// with a member or two are attached to the townships' centres.
func (b *gathering) units() {
	u, d := b.unit, b.dice("units")
	put := func(f fields) { b.put(firstDay, "unit", f) }
	switch u.domain {
	case "乡镇":
		for _, w := range folk.FirmNames(d, u.township, 2) {
			put(fields{"name": w, "credit_code": folk.CreditCode(d, "91"), "nature": "非公企业", "employees": d.Between(8, 60), "members": d.Between(1, 2),
				"party_body": "挂靠", "organization": b.home.ID})
		}
	case "行政村":
		if d.Chance(0.6) {
			put(fields{"name": u.short + dice.Pick(d, industries) + "专业合作社", "credit_code": folk.CreditCode(d, "93"), "nature": "专业合作社",
				"employees": d.Between(8, 40), "members": d.Between(2, 8), "party_body": "挂靠", "organization": b.home.ID})
		}
		if d.Chance(0.3) {
			put(fields{"name": folk.FirmNames(d, u.short, 1)[0], "credit_code": folk.CreditCode(d, "91"), "nature": "非公企业", "employees": d.Between(5, 30),
				"members": d.Between(0, 2), "party_body": "未组建"})
		}
	case "非公企业":
		if u.kind == "联合党支部" {
			for _, w := range folk.FirmNames(d, u.township, d.Between(2, 5)) {
				put(fields{"name": w, "credit_code": folk.CreditCode(d, "91"), "nature": "非公企业", "employees": d.Between(10, 80), "members": d.Between(1, 2),
					"party_body": "联合组建", "organization": b.home.ID})
			}
			return
		}
		put(fields{"name": u.short, "credit_code": folk.CreditCode(d, "91"), "nature": "非公企业", "employees": u.members*d.Between(6, 14) + 20,
			"members": u.members, "party_body": "单独组建", "organization": b.home.ID, "listed": u.members > 30})
	}
}

// movements opens the ledger and tells who came, left and went away since.
func (b *gathering) movements() {
	k := b.unit.people
	extended := map[*folk.Villager]model.Date{}
	for _, e := range k.entered {
		extended[e.person] = e.Extended
	}
	for _, v := range k.all {
		switch {
		case v.Since == firstDay:
			b.step(firstDay, v, "期初在册", nil)
		case v.Entry == "接收预备党员":
			b.step(v.Since, v, "接收预备党员", nil)
			if until := extended[v]; until != "" {
				b.step(folk.Workday(v.Joined.AddYears(1).AddDays(5)), v, "延长预备期", fields{"until": until})
			}
			if v.FullSince != "" {
				b.step(v.FullSince, v, "转正", nil)
			}
		}
		if v.Lost != "" {
			b.step(v.Lost, v, "失联", fields{"note": "电话停机,家属也联系不上"})
		}
		switch v.Exit {
		case "去世":
			b.step(v.Until, v, v.Exit, nil)
		case "停止党籍":
			b.step(v.Until, v, v.Exit, fields{"approved_by": townOffice(b.unit), "note": "失去联系六个月以上"})
		}
		if v.Away != "" {
			b.step(v.LeftOn, v, "外出流动", fields{"note": "外出务工," + v.Place})
		}
	}
	for i, m := range k.outs {
		b.step(m.on, m.leaver, "转出", fields{"to_org": m.to.name, "to_code": m.to.code, "letter_no": letterNumber(m.on, m.from, i), "dues_paid_to": m.on.Month(),
			"valid_until": m.on.AddDays(60), "receipt_on": m.arrived.AddDays(2)})
	}
	for i, m := range k.ins {
		b.step(m.arrived, m.comer, "转入", fields{"from_org": m.from.name, "from_code": m.from.code, "letter_no": letterNumber(m.on, m.from, i), "dues_paid_to": m.on.Month(),
			"valid_until": m.on.AddDays(60), "receipt_on": m.arrived.AddDays(2)})
	}
}

func letterNumber(on model.Date, from *unit, i int) string {
	return fmt.Sprintf("%d第%03d%02d号", on.Year(), from.index, i+1)
}

var committeePosts = []string{"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员", "委员"}

// positions writes down who holds what.
func (b *gathering) positions() {
	u, k := b.unit, b.unit.people
	post := func(v *folk.Villager, body, title string, from model.Date, f fields) {
		all := fields{"person": v.ID, "body": body, "post": title, "started_on": from}
		maps.Copy(all, f)
		b.put(max(from, firstDay), "position", all)
	}
	method := map[string]string{"公推直选": "公推直选", "海选": "海选"}[u.method]
	if method == "" {
		method = "选举"
	}
	for i, v := range k.committee {
		post(v, "党组织", committeePosts[i], u.elected, fields{"method": method, "pension": u.domain == "行政村" || u.domain == "社区"})
	}
	before := u.elected.AddYears(-3)
	if k.former != nil {
		post(k.former, "党组织", "书记", before, fields{"method": "选举", "ended_on": u.elected, "left_for": orElse(u.formerTo, "退职")})
	}
	if u.domain == "行政村" && u.elected >= firstDay && !u.fresh {
		post(k.committee[0], "党组织", "书记", before, fields{"method": "选举", "ended_on": u.elected})
	}
	if k.raised != nil {
		post(k.raised, "党组织", "副书记", before, fields{"method": "选举", "ended_on": u.elected, "left_for": "乡镇领导"})
	}
	switch u.domain {
	case "乡镇":
		post(k.committee[1], "乡镇领导班子", "主任", u.elected, fields{"method": "选举"})
		post(k.committee[2], "乡镇领导班子", "副主任", u.elected, fields{"method": "选举"})
	case "行政村":
		after := folk.Workday(u.elected.AddDays(25))
		post(k.director, "村民委员会", "主任", after, fields{"method": "海选", "pension": true})
		post(k.committee[1], "村民委员会", "副主任", after, fields{"method": "海选", "pension": true})
		for _, v := range k.team[len(k.team)-villageFurther:] {
			post(v, "村民委员会", "委员", after, fields{"method": "海选", "pension": true})
		}
		for i, v := range k.heads {
			post(v, "村民小组", "组长", after, fields{"method": "选举", "duties": folk.ChineseDigits[i+1] + "组"})
		}
	case "社区":
		after := folk.Workday(u.elected.AddDays(25))
		post(k.committee[0], "居民委员会", "主任", after, fields{"method": "选举", "pension": true})
		post(k.committee[1], "居民委员会", "副主任", after, fields{"method": "选举", "pension": true})
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// election writes the committee's last election down.
func (b *gathering) election() {
	u, k := b.unit, b.unit.people
	if u.elected < firstDay || len(k.committee) < 3 {
		return
	}
	d := b.dice("election")
	eligible := len(k.votersOn(u.elected))
	came := eligible - d.Between(0, eligible/10)
	votes := ""
	for i, v := range k.committee {
		votes += fmt.Sprintf("%s %d 票;", v.Name, max(came-1-i, came/2+1))
	}
	names := []string{"陈国平", "周志明", "吴建华"}
	for i := range (len(k.committee)*6+4)/5 - len(k.committee) {
		votes += fmt.Sprintf("%s %d 票;", names[i], came/4)
	}
	r := b.put(u.elected, "election", fields{"organization": b.home.ID, "kind": "换届", "method": u.method, "term_no": d.Between(9, 13),
		"request_no": fmt.Sprintf("〔%d〕1号", u.elected.Year()), "reply_no": fmt.Sprintf("复〔%d〕%d号", u.elected.Year(), d.Between(2, 40)),
		"held_on": u.elected, "eligible": eligible, "attended": came, "ballots_issued": came, "ballots_returned": came, "ballots_valid": came,
		"seats": len(k.committee), "votes": votes, "secretary": k.committee[0].ID, "elected": folk.IDs(k.committee),
		"next_due_on": u.elected.AddYears(int(b.home.Int("term_years")))})
	for name, value := range recommendation(u, came) {
		r.Set(name, value)
	}
}

// recommendation is what goes before the ballot: who was recommended by how many where the
// method asks for it, the screening and the public notice.
func recommendation(u *unit, came int) fields {
	f := fields{"screened_on": folk.Workday(u.elected.AddDays(-24)), "notice_from": folk.Workday(u.elected.AddDays(-20)), "notice_to": folk.Workday(u.elected.AddDays(-11))}
	if u.method == "公推直选" || u.method == "海选" {
		f["recommended_members"], f["recommended_masses"] = came-came/20, 2*came+u.index%17
	}
	return f
}
