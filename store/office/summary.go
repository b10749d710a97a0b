package office

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
)

// Read gives the summary of a month at an office of a level, as those below have sent it,
// split in one way of the words of --by. The office's own records are not part of it. Those
// on the list of units that have sent nothing are absent. *model.Error E-BY for a way in
// which it can't be split.
func Read(ctx context.Context, l *store.Ledger, level string, month model.Month, by string) (*count.Received, error) {
	var r *count.Received
	err := inside(l).Moment(ctx, func(s store.Snapshot) (err error) {
		r, err = read(ctx, l, s.Querier(), level, month, by)
		return err
	})
	return r, inside(l).Explain(err)
}

// Splits are the ways in which the summary of an office of a level can be split.
func Splits(level string) []string {
	if level == bundle.LevelProvince {
		return []string{"", count.ByCity, count.ByCounty, count.ByTownship, count.ByDomain, count.ByOrganisation}
	}
	return []string{"", count.ByCounty, count.ByTownship, count.ByDomain, count.ByOrganisation}
}

// kindsOf says of which kind of groups each split is made.
var kindsOf = map[string]string{"": KindAll, count.ByCity: KindAll, count.ByCounty: KindCounty, count.ByTownship: KindTownship, count.ByDomain: KindDomain, count.ByOrganisation: KindUnit}

func read(ctx context.Context, l *store.Ledger, q raw.Querier, level string, month model.Month, by string) (*count.Received, error) {
	if !slices.Contains(Splits(level), by) {
		return nil, model.Errorf("E-BY", "%s的汇总不能这样分列;可以按县、乡镇、领域或单位", level)
	}
	all, err := senders(ctx, q, month)
	if err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	a := newAdder(level, by, all, roll)
	if err := groups(ctx, q, month, []string{KindAll, KindCounty}, a.note); err != nil {
		return nil, err
	}
	if kind := kindsOf[by]; kind != KindAll && kind != KindCounty {
		if err := groups(ctx, q, month, []string{kind}, a.add); err != nil {
			return nil, err
		}
	}
	r := &count.Received{Columns: a.columns(), Lines: a.lines, Said: a.said(), Splits: a.splits(), Upward: a.upward()}
	if by != "" {
		return r, nil
	}
	return r, units(ctx, q, month, func(u Unit) bool {
		r.Upward.Units = append(r.Upward.Units, u.SealedUnit)
		return true
	})
}

// adder adds groups up.
type adder struct {
	level, by string
	senders   []Sender
	bySender  map[string]*Sender
	names     map[string]string // what the list of units calls them
	order     []string          // their codes in the list's order, then those that are not on it
	of        districts

	whole    count.Column
	direct   map[string]*count.Column // the whole of each sender
	counties map[string]*count.Column
	split    map[string]*count.Column
	detailed map[string]bool // senders of which there are groups of the split's kind
	missing  map[string][]Figure
}

func newAdder(level, by string, all []Sender, roll []store.Unit) *adder {
	a := &adder{level: level, by: by, senders: all, bySender: map[string]*Sender{}, names: map[string]string{}, of: districts{},
		direct: map[string]*count.Column{}, counties: map[string]*count.Column{}, split: map[string]*count.Column{}, detailed: map[string]bool{}, missing: map[string][]Figure{}}
	a.whole = count.Column{Title: "合计", Values: Numbers{}, Apart: Numbers{}, Absent: true}
	for _, u := range roll {
		a.names[u.Code] = u.Name
	}
	for i := range all {
		a.bySender[all[i].Code] = &all[i]
	}
	for code := range a.names {
		a.order = append(a.order, code)
	}
	for code := range a.bySender {
		if _, listed := a.names[code]; !listed {
			a.order = append(a.order, code)
		}
	}
	slices.Sort(a.order)
	return a
}

// note takes the whole of a sender, and its counties.
func (a *adder) note(g Group) bool {
	s := a.bySender[g.Sender]
	if s == nil { // a group without its bundle: the ledger was written by others
		return true
	}
	g.Column = a.complete(s, g.Column)
	if g.Kind == KindCounty {
		a.of.add(g.Key, s.Code)
		column := g.Column
		column.Title = a.called(g.Key, g.Title)
		a.counties[g.Key] = &column
		return true
	}
	addColumn(&a.whole, &g.Column)
	column := clone(&g.Column)
	column.Key, column.Title = s.Code, a.called(s.Code, s.Name)
	a.direct[s.Code] = column
	return true
}

// called gives what the list of units calls an office below, else what it calls itself.
func (a *adder) called(code, name string) string { return cmp.Or(a.names[code], name, code) }

// add takes a group of the split.
func (a *adder) add(g Group) bool {
	s := a.bySender[g.Sender]
	if s == nil {
		return true
	}
	a.detailed[s.Code] = true
	g.Column = a.complete(s, g.Column)
	if g.Kind == KindTownship && s.Level == bundle.LevelCounty {
		g.Title = a.called(s.Code, s.Name) + " " + g.Title
	}
	have := a.split[g.Key]
	if have == nil {
		a.split[g.Key] = clone(&g.Column)
		return true
	}
	addColumn(have, &g.Column)
	return true
}

// complete says of figures that the sender's program doesn't count that they are not known
// of the group.
func (a *adder) complete(s *Sender, c count.Column) count.Column {
	missing, known := a.missing[s.Code]
	if !known {
		missing = s.missing()
		a.missing[s.Code] = missing
	}
	if len(missing) == 0 {
		return c
	}
	if c.Apart == nil {
		c.Apart = Numbers{}
	}
	lacks := map[string]int{}
	maps.Copy(lacks, c.Lacks)
	for _, f := range missing {
		lacks[f.Indicator+"."+f.Key] = c.Units
		if f.Of != "" { // its share is one of the others' alone
			delete(c.Apart[f.Indicator], f.Of)
			Add(c.Apart, Numbers{f.Indicator: {f.Of: c.Values[f.Indicator][f.Of]}})
		}
	}
	c.Lacks = lacks
	return c
}

// missing gives the figures of this program that the sender's doesn't count.
func (s *Sender) missing() (all []Figure) {
	has := map[string]bool{}
	for _, f := range s.Figures {
		has[f.Indicator+"."+f.Key] = true
	}
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			if !f.Rare && !has[i.Code+"."+f.Key] {
				all = append(all, Figure{Indicator: i.Code, Key: f.Key, Of: f.Of})
			}
		}
	}
	return all
}

func clone(c *count.Column) *count.Column {
	all := &count.Column{Key: c.Key, Title: c.Title, Values: Numbers{}, Apart: Numbers{}, Absent: true}
	addColumn(all, c)
	return all
}

// addColumn adds a column's numbers to another's.
func addColumn(to, from *count.Column) {
	Add(to.Values, from.Values)
	Add(to.Apart, from.Apart)
	to.Units += from.Units
	to.Absent = to.Absent && from.Absent
	to.Later = to.Later || from.Later
	for figure, n := range from.Lacks {
		if to.Lacks == nil {
			to.Lacks = map[string]int{}
		}
		to.Lacks[figure] += n
	}
}

// columns gives what came of it: the whole first, then the parts.
func (a *adder) columns() []count.Column {
	numbers := map[string]Numbers{}
	for code, c := range a.direct {
		numbers[code] = c.Values
	}
	passes(a.senders, a.of).within(a.whole.Values, numbers)
	all := []count.Column{a.whole}
	switch {
	case a.by == "":
	case a.by == count.ByCity, a.by == count.ByCounty && a.level == bundle.LevelCity:
		for _, code := range a.order {
			all = append(all, a.offered(code))
		}
	case a.by == count.ByCounty:
		for _, code := range slices.Sorted(maps.Keys(a.counties)) {
			all = append(all, *a.counties[code])
		}
	default:
		for _, s := range a.senders {
			if c := a.direct[s.Code]; a.by == count.ByOrganisation && !a.detailed[s.Code] && c != nil {
				whole := *c
				whole.Title += "(没有报到单位)"
				a.split[s.Code] = &whole
			}
		}
		for _, key := range slices.Sorted(maps.Keys(a.split)) {
			all = append(all, *a.split[key])
		}
	}
	return all
}

// offered gives the whole of an office below; of one that has sent nothing nothing is known.
func (a *adder) offered(code string) count.Column {
	if c := a.direct[code]; c != nil {
		return *c
	}
	return count.Column{Key: code, Title: a.called(code, ""), Absent: true}
}

// lines makes of this program's lines those of the office above: transfers inside are those
// inside its area, heads are added up, and what senders count beside stands too.
func (a *adder) lines(own []count.Line) []count.Line {
	inside := bundle.WordsOf(a.level).Inside()
	counts := CountsOf(a.senders)
	known := map[string]bool{}
	var all []count.Line
	for _, line := range own {
		var figures []count.Entry
		for _, f := range line.Figures {
			name := line.Code + "." + f.Key
			known[name] = true
			f.Title = strings.Replace(f.Title, "县内", inside, 1)
			if f.Summed = counts[name] == CountHeads; f.Summed {
				f.Title += "(各县之和)"
			}
			figures = append(figures, f)
			if span, is := strings.CutSuffix(f.Key, "within_out"); is && line.Code == balanceCode {
				word := map[string]string{"month_": "本月", "year_": "本年"}[span]
				figures = append(figures, count.Entry{Key: span + transitOut, Title: word + "在途(" + inside + "已转出、对方未转入)", Unit: f.Unit},
					count.Entry{Key: span + transitIn, Title: word + "在途(" + inside + "已转入、对方未转出)", Unit: f.Unit})
			}
		}
		line.Figures = figures
		all = append(all, line)
	}
	return a.more(all, known)
}

// more adds the figures that this program doesn't know, as their senders call them. Those
// that it leaves out since nothing was counted of them are not among them.
func (a *adder) more(all []count.Line, known map[string]bool) []count.Line {
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			known[i.Code+"."+f.Key] = true
		}
	}
	for _, s := range a.senders {
		for _, f := range s.Figures {
			name := f.Indicator + "." + f.Key
			if known[name] {
				continue
			}
			known[name] = true
			at := slices.IndexFunc(all, func(l count.Line) bool { return l.Code == f.Indicator })
			if at < 0 {
				at = len(all)
				all = append(all, count.Line{Code: f.Indicator, Group: "其他", Title: f.Heading})
			}
			all[at].Figures = append(all[at].Figures, count.Entry{Key: f.Key, Title: f.Title, Unit: f.Unit, Money: f.Unit == "元", Split: f.Split,
				Of: f.Of, Goal: f.Goal, Summed: f.Count == CountHeads})
		}
	}
	return all
}

// said says below the table what its numbers are.
func (a *adder) said() []string {
	text := []string{"各项数字是下级封账后上报的汇总数加起来的,本级自己的记录不在其中。"}
	if slices.Contains(slices.Collect(maps.Values(CountsOf(a.senders))), CountHeads) {
		text = append(text, "标“各县之和”的项数的是不重复的人或组织:各县各自去掉重复的,再加起来,跨县重复的没有去掉。")
	}
	if a.by == count.ByTownship || a.by == count.ByDomain || a.by == count.ByOrganisation || a.by == count.ByCounty && a.level == bundle.LevelProvince {
		text = append(text, "下级之间的转接,两边都报了的在合计里算内部转接;分列的各栏里仍算转出、转入。")
	}
	return text
}

// splits leaves out the ways in which nobody's numbers can be split.
func (a *adder) splits() []string {
	all := Splits(a.level)
	if !slices.ContainsFunc(a.senders, func(s Sender) bool { return s.Detail == bundle.DetailUnit }) {
		all = slices.DeleteFunc(all, func(by string) bool { return by == count.ByOrganisation })
	}
	return all
}

// upward gives what a close keeps for the office above, but for the units.
func (a *adder) upward() *count.Upward {
	return &count.Upward{Units: []count.SealedUnit{}, Transfers: outside(a.senders, a.of), Counts: CountsOf(a.senders)}
}
