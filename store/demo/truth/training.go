package truth

import "taizhang/model"

// countTraining counts 培训工程, C01–C07.
func countTraining(b *book) {
	b.trainings()
	b.techniques()
	b.places()
	b.severalProjects()
	for id := range b.committee {
		if b.home.Is("domain", "行政村") {
			b.count("C04", "committee", "", id, 1)
			if b.ventures[id] {
				b.count("C04", "with_project", "", id, 1)
			}
		}
	}
	for id := range b.cadres {
		if p := b.member(id); p != nil && p.Bool("able_bodied") {
			b.count("C03", "cadres", "", id, 1)
			if b.ventures[id] {
				b.count("C03", "with_project", "", id, 1)
			}
		}
	}
}

// directs tells whether somebody is the head of the villagers' committee at the day.
func (b *book) directs(who string, bodies ...string) bool {
	for _, p := range b.positions {
		if p.Str("person") == who && p.Is("body", bodies...) && p.Is("post", "主任") {
			return true
		}
	}
	return false
}

func (b *book) trainings() {
	for _, t := range b.within("training", "started_on") {
		b.count("C01", "sessions", "", t.ID, 1)
		b.received("C01", "received", t, 1)
		heads := came(t, "参加", "结业") + t.Int("guests")
		b.count("C01", "attendances", "", t.ID, heads)
		if t.Is("organizer_kind", "组织部门") {
			b.count("C01", "by_department", "", t.ID, 1)
			b.count("C01", "department_attendances", "", t.ID, heads)
		}
		if t.Is("method", "电化教育") {
			b.count("C06", "sessions", "", t.ID, 1)
			b.count("C06", "attendances", "", t.ID, heads)
		}
		for _, m := range t.Roll("attendance") {
			if b.persons[m.Target] == nil || m.State == "缺席" {
				continue
			}
			b.count("C01", "persons", "", m.Target, 1)
			if b.secretary[m.Target] != nil {
				b.count("C01", "secretaries", "", m.Target, 1)
			}
			if b.directs(m.Target, "村民委员会") {
				b.count("C01", "directors", "", m.Target, 1)
			}
		}
	}
}

// mastered gives the techniques that each person masters at the day.
func (b *book) mastered() map[string]map[string]bool {
	known := map[string]map[string]bool{}
	for _, s := range b.records["skill"] {
		if who := s.Str("person"); s.Is("mastery", "掌握", "熟练") && s.Date("learned_on") <= b.To {
			if known[who] == nil {
				known[who] = map[string]bool{}
			}
			known[who][s.Str("technique")] = true
		}
	}
	return known
}

// techniques counts who has learned how much.
func (b *book) techniques() {
	known := b.mastered()
	for id := range b.committee {
		b.count("C02", "committee", "", id, 1)
		if len(known[id]) > 0 {
			b.count("C02", "skilled", "", id, 1)
		}
	}
	for _, p := range b.members() {
		if !p.Bool("tech_household") {
			continue
		}
		b.count("C05", "households", "", p.ID, 1)
		if len(known[p.ID]) >= 2 {
			b.count("C05", "skilled", "", p.ID, 1)
		}
	}
}

func (b *book) places() {
	for _, p := range b.records["place"] {
		if p.Date("started_on") <= b.To {
			b.count("C06", "places", p.Str("kind"), p.ID, 1)
		}
	}
}

// severalProjects counts C07: who can work and has more than one undertaking.
func (b *book) severalProjects() {
	owned := map[string]int{}
	for _, u := range b.openOnes("undertaking") {
		owned[u.Str("owner")]++
	}
	for _, p := range b.members() {
		if !p.Bool("able_bodied") {
			continue
		}
		b.count("C07", "members", "", p.ID, 1)
		if owned[p.ID] > 1 {
			b.count("C07", "several", "", p.ID, 1)
		}
	}
}

// countLead counts 双带工程, D01–D03.
func countLead(b *book) {
	for _, p := range b.members() {
		if bothLeader(p) {
			b.count("D01", "members", "", p.ID, 1)
		}
	}
	for id := range b.secretary {
		b.count("D01", "secretaries", "", id, 1)
		if b.is(id, bothLeader) {
			b.count("D01", "both_leader", "", id, 1)
		}
		if b.ventures[id] {
			b.count("D01", "with_project", "", id, 1)
		}
	}
	for _, u := range b.openOnes("undertaking") {
		if owner := u.Str("owner"); b.member(owner) == nil && !b.cadres[owner] {
			continue
		}
		b.count("D02", "all", "", u.ID, 1)
		if u.Bool("key_project") {
			b.count("D02", "key_projects", "", u.ID, 1)
		}
		industry := u.Str("industry")
		b.count("D02", "undertakings", industry, u.ID, 1)
		b.count("D02", "output", industry, u.ID, u.Int("output"))
		b.count("D02", "employees", industry, u.ID, u.Int("employees"))
		b.count("D02", "households", industry, u.ID, u.Int("led_households"))
	}
	for _, c := range b.records["cultivation"] {
		path, done := c.Str("path"), c.Date("achieved_on")
		if c.Is("state", "已成功") && b.holds(done) {
			b.count("D03", "achieved", path, c.ID, 1)
		}
		if begun := c.Date("started_on"); begun <= b.To && (c.Is("state", "培养中") || c.Is("state", "已成功") && done > b.To) {
			b.count("D03", "under_way", path, c.ID, 1)
		}
	}
}

// countModel counts 示范工程, E01–E06.
func countModel(b *book) {
	for _, d := range b.records["demonstration"] {
		if openAt(d, "designated_on", "revoked_on", b.To) {
			b.count("E01", "in_force", d.Str("kind"), d.ID, 1)
			b.received("E01", "received", d, 1)
		}
	}
	for _, p := range b.members() {
		able, technical := p.Bool("able_person"), p.Bool("tech_household")
		if able || technical {
			b.count("E02", "members", "", p.ID, 1)
		}
		if able {
			b.count("E02", "able_person", "", p.ID, 1)
		}
		if technical {
			b.count("E02", "tech_household", "", p.ID, 1)
		}
	}
	for _, s := range b.records["supply"] {
		if day := s.Date("received_on"); day != "" && day <= b.To {
			b.count("E03", "quantity", s.Str("item"), s.ID, s.Int("quantity"))
			b.count("E03", "value", s.Str("item"), s.ID, s.Int("value"))
			b.received("E03", "received_quantity", s, s.Int("quantity"))
		}
	}
	for _, h := range b.within("honor", "granted_on") {
		b.count("E04", "by_kind", h.Str("kind"), h.ID, 1)
		b.count("E04", "by_level", h.Str("level"), h.ID, 1)
		b.received("E04", "received", h, 1)
	}
	for _, p := range b.within("publicity", "published_on") {
		b.publicity(p)
	}
	for _, a := range b.within("activity", "held_on") {
		if campaign := a.Str("campaign"); campaign != "" {
			b.count("E06", "activities", campaign, a.ID, 1)
			b.received("E06", "received", a, 1)
			b.count("E06", "attendances", campaign, a.ID, came(a, "到会"))
		}
	}
}

func (b *book) publicity(p *model.Record) {
	b.count("E05", "by_media", p.Str("media"), p.ID, 1)
	b.count("E05", "by_level", p.Str("level"), p.ID, 1)
	b.received("E05", "received", p, 1)
	for _, id := range p.List("persons") {
		if b.persons[id] != nil {
			b.count("E05", "persons", "", id, 1)
		}
	}
	if o := p.Str("organization"); o != "" {
		b.count("E05", "organizations", "", o, 1)
	}
}
