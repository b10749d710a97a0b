package city

import (
	"fmt"
	"math"
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// The made-up county's time: the campaign began with firstDay, and every ledger
// is kept from then on (domain.md §11.3).
const (
	firstDay  = model.Date("2023-07-01")
	lastDay   = model.Date("2026-06-30")
	lastMonth = model.Month("2026-06")
	// recentDay is the first day from which meetings and dues are on file.
	recentDay = model.Date("2025-07-01")
)

// scale says how large the county is: whole numbers of domain.md §11, or a small
// one for tests.
type scale struct {
	townships, villages, firms, communities           int
	villageMembers, firmMembers, communityMembers     int
	townshipMembers                                   int
	admissions, applicants, activists, candidates     int
	transfers, deaths                                 int
	goodTowns, goodVillages, goodFirms, goodCommunity int
}

var wholeCity = scale{townships: 20, villages: 281, firms: 189, communities: 46, villageMembers: 23604, firmMembers: 3024, communityMembers: 4600,
	townshipMembers: 1200, admissions: 1048, applicants: 900, activists: 700, candidates: 120, transfers: 160, deaths: 960,
	goodTowns: 10, goodVillages: 97, goodFirms: 57, goodCommunity: 9}

// fewUnits is a county that is made in a second.
var fewUnits = scale{townships: 2, villages: 9, firms: 5, communities: 2, villageMembers: 495, firmMembers: 50, communityMembers: 90,
	townshipMembers: 40, admissions: 30, applicants: 15, activists: 12, candidates: 3, transfers: 6, deaths: 10, goodTowns: 1, goodVillages: 2, goodFirms: 1, goodCommunity: 1}

// unit is one organisation as planned, before its records are made.
type unit struct {
	index      int // in the order of codes
	town       int
	code, name string
	short      string // what the place or enterprise is called
	township   string
	domain     string
	kind       string
	members    int // on the last day
	founded    model.Date
	elected    model.Date // its last election
	method     string     // of the election

	good      model.Date // named 五好 on, "" for not
	weak      bool       // a weak village that a department or an enterprise helps
	lifted    model.Date
	helper    string // the department or enterprise
	bothLead  bool   // its secretary is
	director  bool   // the villagers' committee has a head of its own
	owners    int    // members of the team with an entity
	entities  int
	villageOf bool // one of 115 members (F29)
	model     bool // 双带示范村, or 非公企业示范党组织

	fresh    bool // the secretary is new in the campaign's time
	formerTo string
	raises   bool  // a cadre went to the township
	courses  []int // how many came to each class held here

	enter, applicants, activists, candidates, died int
	faults                                         []string

	double *folk.Villager // whose ID number someone of another village has too
	odds   []oddOne       // who only look like faults
	due    *dueHere       // what falls due here, nil for nothing
	half   bool           // a resolution by half of the voters

	quotas   map[string]int // how many of each thing lie here, by name
	movedOut model.Date     // the last who moves out to another, "" for none
	people   *people
}

// city is the whole county while it is being made.
type city struct {
	seed   uint64
	county folk.County
	scale  scale
	units  []*unit
	ids    *folk.IDNumbers
	calls  *folk.Phones

	ownCourses []int // as unit.courses, the county's
}

func (c *city) dice(block string) *dice.Dice { return dice.New(c.seed, "city "+block) }

// of gives the units of a domain; enterprises and the park are one.
//
//go:noinline
func (c *city) of(domain string) []*unit {
	var some []*unit
	for _, u := range c.units {
		if u.domain == domain || domain == "非公企业" && u.domain == "园区" {
			some = append(some, u)
		}
	}
	return some
}

// newCity plans the county and makes its people up.
func newCity(seed uint64, county folk.County, scale scale) *city {
	c := &city{seed: seed, county: county, scale: scale, ids: folk.NewIDNumbers()}
	c.calls = folk.NewPhones(c.dice("phones"))
	c.lay()
	c.faultySizes()
	c.kinds()
	c.terms()
	c.shares()
	c.place()
	c.populate()
	return c
}

// lay puts the organisations on the map and says how many members each has.
func (c *city) lay() {
	d, s := c.dice("organisations"), c.scale
	villages := folk.VillageNames(c.dice("villages"), s.villages)
	perTown := spread(d, s.villages, s.townships, 10, 19)
	blocks := spread(d, s.communities, s.townships, 1, 5)
	firms := spread(d, s.firms, s.townships, 4, 16)
	sizes := sizesLike(d, s.villages, s.villageMembers, 80, 28, 240)
	streets := sizesLike(d, s.communities, s.communityMembers, 95, 30, 260)
	next, street, firm := 0, 0, 0
	work := c.firmPlan(d)
	brands := map[string]bool{}
	for t := range s.townships {
		township := folk.Towns[t]
		add := func(u *unit) {
			u.town, u.township, u.founded = t, township, model.Date(fmt.Sprintf("%d-%02d-%02d", d.Between(1998, 2016), d.Between(1, 12), d.Between(1, 28)))
			u.quotas = map[string]int{}
			c.units = append(c.units, u)
		}
		add(&unit{code: c.county.TownCode(t), name: "中共" + c.county.Name + township + "委员会", short: township, domain: "乡镇", members: s.townshipMembers / s.townships})
		for n := range perTown[t] {
			place := c.county.VillagePlace(t, n, villages[next])
			u := &unit{code: place.Code, name: "中共" + c.county.Name + township + place.Name, short: place.Name, domain: "行政村", members: sizes[next]}
			if next == 0 && s.villages == wholeCity.villages {
				u.villageOf, u.members = true, 115
			}
			add(u)
			next++
		}
		for n := range blocks[t] {
			name := []string{"东苑", "西苑", "南苑", "北苑", "新城"}[n%5] + "社区"
			add(&unit{code: fmt.Sprintf("%s%03d", c.county.TownCode(t), 1+n), name: "中共" + c.county.Name + township + name, short: township[:len(township)-len("镇")] + name, domain: "社区", members: streets[street]})
			street++
		}
		for n := range firms[t] {
			w := work[firm]
			name := ""
			for name == "" || brands[name] {
				name = folk.FirmNames(d, dice.Pick(d, []string{township[:6], c.county.Name[:6]}), 1)[0]
			}
			brands[name] = true
			if w.domain == "园区" {
				name = township[:6] + "工业园区"
			}
			add(&unit{code: fmt.Sprintf("%s%03d", c.county.TownCode(t), 601+n), name: "中共" + c.county.Name + name, short: name, domain: w.domain, kind: w.kind, members: w.members})
			firm++
		}
	}
	c.settleSizes()
	slices.SortFunc(c.units, func(a, b *unit) int {
		if a.code < b.code {
			return -1
		}
		return 1
	})
	for i, u := range c.units {
		u.index = i
	}
}

// settleSizes takes what the village of 115 has more from the others.
func (c *city) settleSizes() {
	villages := c.of("行政村")
	rest := c.scale.villageMembers
	for _, u := range villages {
		rest -= u.members
	}
	for i := 0; rest != 0; i = (i + 1) % len(villages) {
		u := villages[i]
		step := 1
		if rest < 0 {
			step = -1
		}
		if u.villageOf || u.members+step < 28 || u.members+step > 240 {
			continue
		}
		u.members += step
		rest -= step
	}
}

// spread deals n out to so many, each between low and high where that can be.
func spread(d *dice.Dice, n, among, low, high int) []int {
	out := make([]int, among)
	for i := range out {
		out[i] = min(low, n/among)
		n -= out[i]
	}
	for n > 0 {
		i := d.IntN(among)
		if out[i] < high || slices.Min(out) >= high {
			out[i]++
			n--
		}
	}
	return out
}

// sizesLike gives sizes of log-normal shape between two bounds that come to a sum.
func sizesLike(d *dice.Dice, n, sum int, median float64, low, high int) []int {
	raw, total := make([]float64, n), 0.0
	for i := range raw {
		raw[i] = math.Exp(math.Log(median) + 0.38*d.NormFloat64())
		total += raw[i]
	}
	out, left := make([]int, n), sum
	for i := range raw {
		out[i] = min(high, max(low, int(raw[i]*float64(sum)/total)))
		left -= out[i]
	}
	for i := 0; left != 0; i = (i + 1) % n {
		switch {
		case left > 0 && out[i] < high:
			out[i]++
			left--
		case left < 0 && out[i] > low:
			out[i]--
			left++
		}
	}
	return out
}

type firmWork struct {
	kind, domain string
	members      int
}

// firmPlan gives the enterprises' organisations in a random order: 3 committees, 6
// general branches, 176 branches, 3 joint branches and the park's (F16, F18).
func (c *city) firmPlan(d *dice.Dice) []firmWork {
	s := c.scale
	var all []firmWork
	add := func(n int, w firmWork) {
		for range n {
			all = append(all, w)
		}
	}
	if s.firms < wholeCity.firms {
		for _, n := range sizesLike(d, s.firms, s.firmMembers, 10, 4, 49) {
			all = append(all, firmWork{"党支部", "非公企业", n})
		}
		return all
	}
	add(3, firmWork{"党委", "非公企业", 120})
	add(6, firmWork{"党总支", "非公企业", 60})
	add(3, firmWork{"联合党支部", "非公企业", 8})
	add(1, firmWork{"党总支", "园区", 62})
	for _, n := range sizesLike(d, 176, s.firmMembers-3*120-6*60-24-62, 10, 4, 49) {
		all = append(all, firmWork{"党支部", "非公企业", n})
	}
	return dice.Shuffled(d, all)
}

// kinds gives each organisation its kind by size, and its name the ending of it. A
// village of more than 50 members has a general branch, so that no rule speaks,
// but for the one of 115 (F29).
func (c *city) kinds() {
	d := c.dice("kinds")
	ends := map[string]string{"党委": "委员会", "党总支": "总支部委员会", "党支部": "支部委员会", "联合党支部": "联合支部委员会"}
	for _, u := range c.units {
		switch {
		case u.domain == "乡镇":
			u.kind = "党委"
			continue
		case u.has(faultLarge):
			u.kind = "党支部"
		case u.kind != "":
		case u.members >= 100 && d.Chance(0.5):
			u.kind = "党委"
		case u.members > 50:
			u.kind = "党总支"
		default:
			u.kind = "党支部"
		}
		if u.villageOf {
			u.kind = "党支部"
		}
		u.name += ends[u.kind]
	}
}

// terms says when each organisation elected its committee: 183 villages in the time
// of the campaign (F19), two enterprises without a list (F20).
func (c *city) terms() {
	d := c.dice("terms")
	villages := c.of("行政村")
	due := sampleSet(d, villages, part(183, c.scale.villages, wholeCity.villages))
	committees := 0
	for _, u := range c.units {
		from, to := model.Date("2021-10-08"), model.Date("2023-05-30")
		u.method = "党员大会选举"
		switch {
		case u.domain == "行政村" && due[u]:
			from, to, u.method = "2023-08-10", "2025-11-20", "公推直选"
		case u.domain == "行政村":
			u.method = "两推一选"
		case u.domain == "乡镇":
			from, to, u.method = "2021-09-01", "2021-12-10", "委员会选举"
		case u.domain == "非公企业" || u.domain == "园区":
			from, to = "2023-09-01", "2026-03-20"
			if u.kind == "党委" && committees < 2 {
				committees++
				u.method = "海选"
			}
		}
		u.elected = folk.Workday(from.AddDays(d.IntN(from.DaysUntil(to))))
	}
}

// part scales a number of the whole county down to a small one, 1 at least.
func part(n, now, whole int) int { return max(1, n*now/whole) }

// sampleSet chooses n of a list without replacement.
func sampleSet[T comparable](d *dice.Dice, list []T, n int) map[T]bool {
	set := map[T]bool{}
	for _, v := range dice.Sample(d, list, n) {
		set[v] = true
	}
	return set
}
