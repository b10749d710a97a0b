package truth

import (
	"cmp"

	"taizhang/model"
	"taizhang/model/party"
)

// across is what only the whole county tells: the greatest of something, or
// shares of a sum.
type across struct {
	rated    map[string]int64           // organisations, by the level they are counted at
	fresh    map[string]map[string]bool // township: new both-lead secretaries
	reserves map[string][]string        // township: reserve cadres
	branch   []*branch
	meetings []meeting
	passings map[string][]passing // transfers, by the span of A11
	team     int64
	projects int64
}

type branch struct {
	id                       string
	members, frail, projects int64
}

type meeting struct {
	id    string
	heads int64
}

// countSource counts F01–F38 over the window.
func countSource(b *book) {
	for _, o := range b.records["organization"] {
		b.sourceRating(o)
	}
	b.sourceElections()
	b.sourceCadres()
	b.sourceHelp()
	b.sourceAims()
	b.sourceLead()
	b.sourceBranch()
	b.sourceModel()
	b.sourceMeetings()
}

// ratedAt tells of an organisation whether it is rated at the day.
func (b *book) ratedAt(o *model.Record) bool {
	return o.Bool("rated") && !o.Is("kind", "党小组") && inForce(o, "founded_on", "abolished_on", b.To)
}

// named tells whether an organisation is 五好 at the day.
func (b *book) named(o *model.Record) bool {
	return openAt(o, "five_good_on", "five_good_off_on", b.To)
}

// village tells whether the book is that of a rated village.
func (b *book) village() bool { return b.home.Is("domain", "行政村") && b.ratedAt(b.home) }

func (b *book) sourceRating(o *model.Record) {
	if o.Is("domain", "专业协会") && !o.Is("kind", "党小组") {
		if gone := o.Date("abolished_on"); gone == "" || gone > b.To {
			b.count("F18", "associations", "", o.ID, 1)
		}
	}
	if !b.ratedAt(o) {
		return
	}
	figure, level := "", ""
	switch domain := o.Str("domain"); {
	case domain == "乡镇" && o.Is("kind", "党委"):
		figure, level = "F01", "townships"
	case domain == "行政村":
		figure, level = "F03", "villages"
	case domain == "非公企业" || domain == "园区":
		figure, level = "F04", "enterprises"
	case domain == "社区":
		figure, level = "F05", "communities"
	default:
		return
	}
	b.across.rated[level]++
	b.count(figure, "organizations", "", o.ID, 1)
	if figure != "F01" && b.named(o) {
		b.count(figure, "five_good", "", o.ID, 1)
	}
	if sort := map[string]string{"党委": "committees", "党总支": "general", "党支部": "branches", "联合党支部": "joint"}[o.Str("kind")]; o.Is("domain", "非公企业") && sort != "" {
		b.count("F16", sort, "", o.ID, 1)
	}
	switch {
	case o.Is("domain", "园区"):
		b.count("F18", "parks", "", o.ID, 1)
	case o.Is("domain", "社区") && b.holds(o.Date("founded_on")):
		b.count("F18", "communities", "", o.ID, 1)
	}
}

func (b *book) sourceElections() {
	rated := map[string]*model.Record{}
	for _, o := range b.records["organization"] {
		if b.ratedAt(o) {
			rated[o.ID] = o
		}
	}
	for _, e := range b.within("election", "held_on") {
		o := rated[e.Str("organization")]
		if o == nil {
			continue
		}
		if o.Is("domain", "行政村") && e.Is("kind", "换届") {
			b.count("F19", "elected", "", o.ID, 1)
			if e.Is("method", "公推直选") {
				b.count("F19", "direct", "", o.ID, 1)
			}
		}
		if o.Is("domain", "非公企业") && o.Is("kind", "党委") && e.Is("method", "海选") {
			b.count("F20", "committees", "", o.ID, 1)
		}
	}
}

func (b *book) sourceCadres() {
	before := b.secretariesBefore()
	for _, p := range b.records["position"] {
		if !b.village() || b.persons[p.Str("person")] == nil || !b.holds(p.Date("ended_on")) {
			continue
		}
		if p.Is("left_for", "公务员") && p.Is("body", "党组织") && p.Is("post", "书记") {
			b.count("F22", "civil_servants", "", p.Str("person"), 1)
		}
		if p.Is("left_for", "乡镇领导") {
			b.count("F22", "township_leaders", "", p.Str("person"), 1)
		}
	}
	township := b.home.Str("township")
	for id, offices := range b.secretary {
		for _, office := range offices {
			if b.village() && b.is(id, bothLeader) && office.Date("started_on") >= b.From && !before[id] {
				if b.across.fresh[township] == nil {
					b.across.fresh[township] = map[string]bool{}
				}
				b.across.fresh[township][id] = true
			}
		}
	}
	for _, r := range b.records["reserve"] {
		listed := r.Date("listed_on")
		fits := func(p *model.Record) bool {
			return secondary(p) && p.Filled("birth_date") && int64(p.Date("birth_date").YearsAt(listed)) <= b.limit("reserve.age", 38)
		}
		if r.Is("state", "培养中") && listed != "" && listed <= b.To && b.is(r.Str("person"), fits) {
			b.across.reserves[township] = append(b.across.reserves[township], r.ID)
		}
	}
}

func (b *book) sourceHelp() {
	for _, a := range b.within("aid", "given_on") {
		if figure := map[string]string{"活动经费": "F07", "办实事资金": "F08", "养老保险补助": "F23"}[a.Str("kind")]; figure != "" {
			b.count(figure, "money", "", a.ID, a.Int("amount"))
		}
	}
	for _, l := range b.openOnes("linkage") {
		who := nameAndUnit(l.Str("name"), l.Str("unit"))
		if figure := map[string]string{"机关部门": "departments", "科局级干部": "section_chiefs", "市领导": "leaders"}[l.Str("role")]; figure != "" {
			b.count("F09", figure, "", who, 1)
		}
		if l.Is("role", "非公企业党建指导员") {
			b.count("F17", "advisers", "", who, 1)
		}
	}
	for _, p := range b.records["pairing"] {
		begun, ended := p.Date("started_on"), p.Date("ended_on")
		if begun == "" || begun > b.To {
			continue
		}
		if p.Is("kind", "部门帮村", "企业帮村") && (ended == "" || ended >= b.From) {
			unit := first(p.Str("helper_unit"), p.Str("helper_name"), p.ID)
			b.count("F10", map[bool]string{true: "departments", false: "enterprises"}[p.Is("kind", "部门帮村")], "", unit, 1)
			b.count("F10", "units", "", unit, 1)
		}
		if p.Is("kind", "部门帮村", "企业帮村") && p.Bool("in_poverty") && b.holds(p.Date("lifted_on")) {
			b.count("F11", "villages", "", first(p.Str("target_code"), p.Str("helped_name"), p.ID), 1)
		}
		if p.Is("kind", "党员帮党员") && (ended == "" || ended > b.To) {
			b.count("F12", "helpers", "", b.giver(p), 1)
			b.count("F12", "helped", "", b.taker(p), 1)
		}
	}
	for _, t := range b.within("training", "started_on") {
		b.count("F13", "sessions", "", t.ID, 1)
		b.count("F13", "attendances", "", t.ID, came(t, "参加", "结业")+t.Int("guests"))
	}
}

// sourceAims counts what the aims of F15 and F27 are measured by.
func (b *book) sourceAims() {
	known := b.mastered()
	if b.village() {
		for id := range b.committee {
			b.across.team++
			b.count("F15", "team", "", id, 1)
			b.count("F27", "team", "", id, 1)
			if len(known[id]) > 0 {
				b.count("F15", "team_skilled", "", id, 1)
			}
			if b.ventures[id] {
				b.across.projects++
				b.count("F15", "team_project", "", id, 1)
				b.count("F27", "with_project", "", id, 1)
			}
		}
	}
	for _, p := range b.members() {
		b.count("F15", "members", "", p.ID, 1)
		if len(known[p.ID]) >= 2 {
			b.count("F15", "two_techniques", "", p.ID, 1)
		}
		if !p.Bool("able_bodied") {
			continue
		}
		b.count("F15", "able", "", p.ID, 1)
		if b.ventures[p.ID] {
			b.count("F15", "able_project", "", p.ID, 1)
		}
	}
}

func (b *book) sourceLead() {
	for _, a := range b.admitted() {
		b.count("F24", "admitted", "", a.ID, 1)
		if b.is(a.Str("person"), bothLeader) {
			b.count("F24", "both_leader", "", a.ID, 1)
			if a.Is("source", "私营业主") {
				b.count("F24", "private_owner", "", a.ID, 1)
			}
		}
	}
	for _, c := range b.within("cultivation", "achieved_on") {
		if figure := map[string]string{"村组干部培养成经济能人": "to_able", "能人党员培养成村干部": "to_cadre"}[c.Str("path")]; c.Is("state", "已成功") && figure != "" {
			b.count("F25", figure, "", c.ID, 1)
		}
	}
	if !b.village() {
		return
	}
	for id := range b.secretary {
		b.count("F26", "secretaries", "", id, 1)
		if b.ventures[id] {
			b.count("F26", "with_project", "", id, 1)
		}
		if b.is(id, bothLeader) {
			b.count("F26", "both_leader", "", id, 1)
		}
	}
	for _, u := range b.openOnes("undertaking") {
		if owner := u.Str("owner"); !u.Is("kind", "致富工程") && (b.member(owner) != nil || b.cadres[owner]) {
			b.count("F28", "entities", "", u.ID, 1)
		}
	}
}

// sourceBranch gathers the village branches, of which F29 looks at the largest.
func (b *book) sourceBranch() {
	if !b.village() || !b.home.Is("kind", "党支部") {
		return
	}
	owned := map[string]int{}
	for _, u := range b.openOnes("undertaking") {
		owned[u.Str("owner")]++
	}
	one := &branch{id: b.home.ID}
	for _, p := range b.members() {
		one.members++
		switch {
		case !p.Bool("able_bodied"):
			one.frail++
		case owned[p.ID] >= 2:
			one.projects++
		}
	}
	b.across.branch = append(b.across.branch, one)
}

func (b *book) sourceModel() {
	for _, d := range b.records["demonstration"] {
		if figure := map[string]string{"双带党员示范户": "households", "非公企业示范党组织": "enterprises"}[d.Str("kind")]; figure != "" &&
			openAt(d, "designated_on", "revoked_on", b.To) {
			b.count("F32", figure, "", d.ID, 1)
		}
	}
	for _, p := range b.members() {
		if p.Bool("tech_household") {
			b.count("F33", "members", "", p.ID, 1)
		}
	}
	for _, s := range b.within("supply", "received_on") {
		if figure := map[string]string{"VCD机": "players", "图书": "books", "科技片": "films"}[s.Str("item")]; figure != "" {
			b.count("F34", figure, "", s.ID, s.Int("quantity"))
			b.count("F34", "money", "", s.ID, s.Int("value"))
		}
	}
	organisations := map[string]bool{}
	for _, o := range b.records["organization"] {
		organisations[o.ID] = true
	}
	for _, p := range b.within("publicity", "published_on") {
		figure := "F37"
		if p.Is("media", "向上推荐") {
			figure = "F36"
		}
		for _, id := range p.List("persons") {
			if b.persons[id] == nil {
				continue
			}
			b.count(figure, "persons", "", id, 1)
			if p.Is("media", "事迹汇编") {
				b.count("F35", "persons", "", id, 1)
			}
		}
		if o := p.Str("organization"); organisations[o] {
			b.count(figure, "organizations", "", o, 1)
		}
	}
}

// sourceMeetings gathers the field meetings, of which F30 looks at the greatest, and
// counts the joint meetings of the county's own organisation over twelve months.
func (b *book) sourceMeetings() {
	for _, a := range b.within("activity", "held_on") {
		if a.Is("kind", "现场会") {
			b.across.meetings = append(b.across.meetings, meeting{a.ID, came(a, "到会") + a.Int("guests")})
		}
		if b.home.Is("domain", "机关") && b.home.Is("kind", "党委") && a.Is("kept_as", party.KeptHere) && countsAs(a, "联席例会") &&
			a.Date("held_on") > b.To.AddYears(-1) {
			b.count("F38", "meetings", "", a.ID, 1)
		}
	}
}

// conclude counts what only the whole county tells.
func (t *Count) conclude() {
	if t.concluded {
		return
	}
	t.concluded = true
	all := int64(0)
	for _, level := range []string{"townships", "villages", "enterprises", "communities"} {
		n := t.across.rated[level]
		all += n
		t.count("F06", level, "", "", (n*80+99)/100)
	}
	t.count("F06", "all", "", "", (all*80+99)/100)
	if t.across.team > 0 {
		t.count("F27", "per_mille", "", "", 1000*t.across.projects/t.across.team)
	}
	town := ""
	for name, who := range t.across.fresh {
		if best := len(t.across.fresh[town]); len(who) > best || len(who) == best && name < town {
			town = name
		}
	}
	if len(t.across.fresh[town]) > 0 {
		for id := range t.across.fresh[town] {
			t.count("F21", "secretaries", "", id, 1)
		}
		for _, id := range t.across.reserves[town] {
			t.count("F21", "reserves", "", id, 1)
		}
	}
	t.concludeLargest()
	t.concludeWithin()
}

// concludeLargest counts the largest village branch and the greatest field meeting.
func (t *Count) concludeLargest() {
	var branch *branch
	for _, one := range t.across.branch {
		if branch == nil || cmp.Or(cmp.Compare(one.members, branch.members), cmp.Compare(branch.id, one.id)) > 0 {
			branch = one
		}
	}
	if branch != nil {
		for figure, n := range map[string]int64{"members": branch.members, "not_able": branch.frail, "with_projects": branch.projects} {
			for range n {
				t.count("F29", figure, "", "", 1)
			}
		}
	}
	var meeting meeting
	for _, one := range t.across.meetings {
		if cmp.Or(cmp.Compare(one.heads, meeting.heads), cmp.Compare(meeting.id, one.id)) > 0 {
			meeting = one
		}
	}
	t.count("F30", "heads", "", "", meeting.heads)
}
