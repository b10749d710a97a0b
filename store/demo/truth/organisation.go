package truth

import (
	"cmp"

	"taizhang/model"
)

// countOrganisation counts the organisations, their elections and cadres: A01,
// A03–A07, A12.
func countOrganisation(b *book) {
	b.organisations()
	b.elections()
	b.team()
	b.reserves()
	b.units()
}

// stands gives the organisations other than party groups that are there at the day.
func (b *book) stands() []*model.Record {
	var all []*model.Record
	for _, o := range b.records["organization"] {
		if !o.Is("kind", "党小组") && inForce(o, "founded_on", "abolished_on", b.To) {
			all = append(all, o)
		}
	}
	return all
}

func (b *book) organisations() {
	for _, o := range b.stands() {
		domain := o.Str("domain")
		b.count("A01", "organizations", "", o.ID, 1)
		b.count("A01", "by_kind", o.Str("kind"), o.ID, 1)
		b.count("A01", "by_domain", domain, o.ID, 1)
		if !o.Bool("rated") {
			continue
		}
		b.count("A03", "rated", domain, o.ID, 1)
		if b.named(o) {
			b.count("A03", "named", domain, o.ID, 1)
		}
	}
}

func (b *book) elections() {
	renewed := map[string]bool{}
	for _, e := range b.within("election", "held_on") {
		if !e.Is("kind", "换届") {
			continue
		}
		renewed[e.Str("organization")] = true
		b.count("A04", "elections", "", e.ID, 1)
		switch e.Str("method") {
		case "公推直选":
			b.count("A04", "direct", "", e.ID, 1)
		case "海选":
			b.count("A04", "open", "", e.ID, 1)
		}
	}
	for _, o := range b.stands() {
		began, years := o.Date("term_started_on"), cmp.Or(o.Int("term_years"), 5)
		if renewed[o.ID] || began != "" && began.AddYears(int(years)) <= b.To {
			b.count("A04", "terms", "", o.ID, 1)
		}
	}
}

// team counts A05 and A06.
func (b *book) team() {
	for id := range b.committee {
		b.count("A05", "committee", "", id, 1)
	}
	for id, offices := range b.secretary {
		b.count("A05", "secretaries", "", id, 1)
		for _, office := range offices {
			if b.holds(office.Date("started_on")) {
				b.count("A05", "new_secretaries", "", id, 1)
				break
			}
		}
		if b.is(id, bothLeader) {
			b.count("A05", "both_leader", "", id, 1)
		}
		if b.directs(id, "村民委员会", "居民委员会") {
			b.count("A05", "one_shoulder", "", id, 1)
		}
	}
	sent, insured := map[string]bool{}, map[string]bool{}
	for _, p := range b.positions {
		sent[p.Str("person")] = sent[p.Str("person")] || p.Is("method", "下派挂职")
		insured[p.Str("person")] = insured[p.Str("person")] || p.Bool("pension")
	}
	for id := range b.cadres {
		if sent[id] {
			b.count("A05", "sent_down", "", id, 1)
		}
		if insured[id] {
			b.count("A05", "pension", "", id, 1)
		}
	}
	for _, a := range b.within("aid", "given_on") {
		if a.Is("kind", "养老保险补助") {
			b.count("A05", "pension_aid", "", a.ID, a.Int("amount"))
			b.received("A05", "pension_aid_received", a, a.Int("amount"))
		}
	}
	for _, p := range b.within("position", "ended_on") {
		switch p.Str("left_for") {
		case "乡镇领导":
			b.count("A06", "township_leaders", "", p.Str("person"), 1)
		case "公务员":
			b.count("A06", "civil_servants", "", p.Str("person"), 1)
		}
	}
}

func (b *book) reserves() {
	for _, r := range b.records["reserve"] {
		if b.holds(r.Date("listed_on")) {
			b.count("A07", "new", "", r.ID, 1)
		}
		if !r.Is("state", "培养中") || r.Date("listed_on") > b.To {
			continue
		}
		b.count("A07", "reserves", "", r.ID, 1)
		for figure, is := range map[string]func(*model.Record) bool{"both_leader": bothLeader, "secondary": secondary,
			"up_to_35": func(p *model.Record) bool { return atMost35(p, b.To) }} {
			if b.is(r.Str("person"), is) {
				b.count("A07", figure, "", r.ID, 1)
			}
		}
	}
}

func (b *book) units() {
	for _, u := range b.records["unit"] {
		body := !u.Is("party_body", "未组建")
		b.count("A01", "units", u.Str("party_body"), u.ID, 1)
		if u.Int("members") >= 3 {
			b.count("A12", "units", "", u.ID, 1)
			if body {
				b.count("A12", "covered", "", u.ID, 1)
			}
			if u.Bool("listed") {
				b.listed(u, body)
			}
		}
		if u.Filled("adviser") {
			b.count("A12", "advisers", "", u.ID, 1)
		}
	}
}

// listed counts an enterprise of the county's own list that has the members for a body.
func (b *book) listed(u *model.Record, body bool) {
	b.count("A12", "listed", "", u.ID, 1)
	if body {
		b.count("A12", "listed_covered", "", u.ID, 1)
	}
}
