package count

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// countable tells whether this catalog has all that a statement names; one of a test
// may lack kinds.
func (c *counting) countable(i *Indicator) bool {
	for word := range words(i.SQL) {
		if party.Kinds.Kind(word) != nil && c.lacks(word) {
			return false
		}
	}
	return true
}

// subtotal is what the rows of one figure and part add up to in one organisation; of a
// figure that counts heads there is one for each of them.
type subtotal struct {
	figure, part, org, who string
	rows, sum              int64
}

// named gives an indicator's statement with its columns named, whatever they are called
// in it.
func named(i *Indicator) string {
	return "SELECT NULL AS figure, NULL AS part, NULL AS org_id, NULL AS kind, NULL AS id, NULL AS who, NULL AS n WHERE 0 UNION ALL SELECT * FROM (" + i.SQL + ")"
}

// asked gives the rows of an indicator's statement in the figures of :figures, a JSON array,
// one for each figure.
func asked(i *Indicator) string {
	if !i.Several {
		return "SELECT * FROM (" + named(i) + ") WHERE figure IN (SELECT value FROM json_each(:figures))"
	}
	bits := make([]string, len(i.Figures))
	for n, f := range i.Figures {
		bits[n] = fmt.Sprintf("('%s', %d)", f.Key, int64(1)<<n)
	}
	return "SELECT f.column1 AS figure, r.part, r.org_id, r.kind, r.id, r.who, r.n FROM (" + named(i) + ") r JOIN (VALUES " + strings.Join(bits, ", ") +
		") f ON r.figure & f.column2 WHERE f.column1 IN (SELECT value FROM json_each(:figures))"
}

// subtotals runs an indicator's statement.
func (c *counting) subtotals(ctx context.Context, i *Indicator, each func(*Figure, subtotal)) error {
	if !c.countable(i) {
		return nil
	}
	heads := []string{"''"}
	for _, f := range i.Figures {
		if f.Count == Heads {
			heads = append(heads, "'"+f.Key+"'")
		}
	}
	text := c.with(i.SQL) + "SELECT figure, part, org_id, CASE WHEN figure IN (" + strings.Join(heads, ", ") +
		") THEN who ELSE '' END AS head, count(*), sum(n) FROM (" + named(i) + ") GROUP BY 1, 2, 3, 4"
	rows, err := c.on.Query(ctx, text, c.args()...)
	if err != nil {
		return fmt.Errorf("indicator %s: %w", i.Code, err)
	}
	defer rows.Close()
	var several merged
	for rows.Next() {
		var s subtotal
		var part, who sql.NullString
		var sum sql.NullInt64
		if err := rows.Scan(&s.figure, &part, &s.org, &who, &s.rows, &sum); err != nil {
			return fmt.Errorf("indicator %s: %w", i.Code, err)
		}
		figures, err := i.figuresOf(s.figure)
		if err != nil {
			return err
		}
		s.part, s.who, s.sum = part.String, who.String, sum.Int64
		for _, f := range figures {
			if f.Split && s.part == "" {
				continue // what was never chosen is part of no split
			}
			if !f.Split {
				s.part = ""
			}
			s.figure = f.Key
			if i.Several {
				several.add(s)
			} else {
				each(f, s)
			}
		}
	}
	for _, s := range several.all {
		each(i.Figure(s.figure), *s)
	}
	return rows.Err()
}

// merged makes one of subtotals of the same figure, part, organisation and head.
type merged struct {
	all []*subtotal
	at  map[[4]string]*subtotal
}

func (m *merged) add(s subtotal) {
	key := [4]string{s.figure, s.part, s.org, s.who}
	if of := m.at[key]; of != nil {
		of.rows, of.sum = of.rows+s.rows, of.sum+s.sum
		return
	}
	if m.at == nil {
		m.at = map[[4]string]*subtotal{}
	}
	m.at[key] = &s
	m.all = append(m.all, &s)
}

// group is one column while it is counted.
type group struct {
	SummaryGroup
	heads map[string]bool
	apart *group // see SummaryGroup.Apart
}

func newGroup(key, title string, indicators []*Indicator) *group {
	g := &group{SummaryGroup: SummaryGroup{Key: key, Title: title, Values: make(map[string]map[string]map[string]int64, len(indicators))}, heads: map[string]bool{}}
	for _, i := range indicators {
		figures := make(map[string]map[string]int64, len(i.Figures))
		for _, f := range i.Figures {
			figures[f.Key] = map[string]int64{}
			if !f.Split {
				figures[f.Key][""] = 0
			}
		}
		g.Values[i.Code] = figures
	}
	return g
}

func (g *group) add(code string, f *Figure, s subtotal) {
	n := s.rows
	switch f.Count {
	case Sum:
		n = s.sum
	case Heads:
		head := strings.Join([]string{code, f.Key, s.part, s.who}, "\x1f")
		if g.heads[head] {
			return
		}
		g.heads[head], n = true, 1
	}
	parts := g.Values[code][f.Key]
	if parts[s.part] += n; f.Split && parts[s.part] == 0 {
		delete(parts, s.part)
	}
}

// groupOf gives key and title of the group in which an organisation is counted.
func groupOf(by string, id string, homes map[string]store.Unit) (key, title string) {
	u := homes[id]
	switch by {
	case ByTownship:
		key = cmp.Or(u.Township, countyLevel)
		return key, key
	case ByDomain:
		return u.Domain, u.Domain
	case ByOrganisation:
		return cmp.Or(u.Code, id), cmp.Or(u.Name, u.Code)
	}
	return "", ""
}

// adder adds subtotals up, for all organisations and for each part of a split.
type adder struct {
	all   *group
	split map[string]*group // by key
	of    map[string]*group // by the organisation's id
	skip  map[string]bool   // not counted, by the organisation's id
	gone  ended             // the organisations that are no more
	only  string            // the organisation that is asked for, "" for all
	past  *past
}

// newAdder makes the groups of a query, also those in which nothing will be counted, with
// what was noted of figures without a dated past.
func (c *counting) newAdder(ctx context.Context, q SummaryQuery, homes map[string]store.Unit) (a *adder, err error) {
	a = &adder{all: newGroup("", "合计", q.Indicators), split: map[string]*group{}, of: map[string]*group{}, skip: q.Skip, only: q.Org}
	if a.gone, err = c.ended(ctx); err != nil {
		return nil, err
	}
	if a.past, err = c.readPast(ctx, homes, q.Indicators); err != nil {
		return nil, err
	}
	for id := range homes {
		if q.By == "" || q.Org != "" && id != q.Org {
			continue
		}
		key, title := groupOf(q.By, id, homes)
		if a.split[key] == nil {
			a.split[key] = newGroup(key, title, q.Indicators)
			a.split[key].Absent = true
		}
		a.split[key].Absent = a.split[key].Absent && q.Skip[id]
		a.of[id] = a.split[key]
	}
	a.addNoted(homes, q.Indicators)
	return a, nil
}

func (a *adder) add(i *Indicator, f *Figure, s subtotal) {
	if a.skip[s.org] || a.gone.leavesOut(i.Code, f.Key, s.org) || a.past.hides(s.org, f) {
		return
	}
	groups := []*group{a.all}
	if g := a.of[s.org]; g != nil {
		groups = append(groups, g)
	}
	for _, g := range groups {
		g.add(i.Code, f, s)
		if a.past.none(s.org) {
			g.addApart(i, f, s)
		}
	}
}

func (g *group) whole() SummaryGroup {
	if g.apart != nil {
		g.Apart = g.apart.Values
	}
	return g.SummaryGroup
}

// groups gives what came of it, the whole first, then the parts by key.
func (a *adder) groups() []SummaryGroup {
	groups := []SummaryGroup{}
	for _, g := range a.split {
		groups = append(groups, g.whole())
	}
	model.Sort(groups, func(a, b SummaryGroup) int { return cmp.Compare(a.Key, b.Key) })
	return append([]SummaryGroup{a.all.whole()}, groups...)
}

// behind reads the records behind figures into all.
func (c *counting) behind(ctx context.Context, q SummaryQuery, group string, found []figureOf, figures []FigurePart, all [][]Behind) error {
	homes, err := inside(c.l).OrganisationsAt(ctx, c.on)
	if err != nil {
		return err
	}
	wanted := func(org string) bool {
		key, _ := groupOf(q.By, org, homes)
		return (group == "" || key == group) && (q.Org == "" || org == q.Org) && !q.Skip[org]
	}
	past, err := c.readPast(ctx, homes, q.Indicators)
	if err != nil {
		return err
	}
	of := map[*Indicator][]int{} // where each indicator's figures stand
	for n, f := range found {
		of[f.indicator] = append(of[f.indicator], n)
	}
	for i, places := range of {
		if err := c.behindRows(ctx, i, figures, places, func(org string, f *Figure) bool { return wanted(org) && !past.hides(org, f) }, all); err != nil {
			return err
		}
	}
	if err := c.behindKept(ctx, past, figures, wanted, all); err != nil {
		return err
	}
	if err := c.behindWithin(ctx, q, homes, figures, wanted, all); err != nil {
		return err
	}
	if err := c.nameBehind(ctx, all); err != nil {
		return err
	}
	for _, list := range all {
		model.Sort(list, func(a, b Behind) int {
			return cmp.Or(cmp.Compare(a.Org, b.Org), cmp.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
		})
	}
	return nil
}

// behindRows reads the records behind the figures of one indicator, which stand at
// these places, with the organisation's id in Org. Its statement runs once for all of
// them.
func (c *counting) behindRows(ctx context.Context, i *Indicator, figures []FigurePart, places []int, wanted func(org string, f *Figure) bool, all [][]Behind) error {
	if !c.countable(i) {
		return nil
	}
	at := map[FigurePart][]int{}
	keys := map[string]bool{}
	for _, n := range places {
		at[figures[n]] = append(at[figures[n]], n)
		keys[figures[n].Figure] = true
	}
	text := c.with(i.SQL) + `SELECT figure, coalesce(part, ''), org_id, kind, id, count(*), sum(n) FROM (` + asked(i) + `) GROUP BY 1, 2, 3, 4, 5`
	rows, err := c.on.Query(ctx, text, append(c.args(), sql.Named("figures", raw.List(slices.Collect(maps.Keys(keys)))))...)
	if err != nil {
		return fmt.Errorf("indicator %s: %w", i.Code, err)
	}
	defer rows.Close()
	stood := map[[4]string]int{} // where a record of a split figure stands
	kept := map[string]string{}  // ids and kinds come again with each figure
	for rows.Next() {
		var b Behind
		var figure, part string
		var org, kind, id sql.RawBytes
		var count int64
		var sum sql.NullInt64
		if err := rows.Scan(&figure, &part, &org, &kind, &id, &count, &sum); err != nil {
			return fmt.Errorf("indicator %s: %w", i.Code, err)
		}
		b.Org, b.Kind, b.ID = once(kept, org), once(kept, kind), once(kept, id)
		f := i.Figure(figure)
		if f.Split && part == "" || !wanted(b.Org, f) || c.gone.leavesOut(i.Code, f.Key, b.Org) {
			continue
		}
		switch f.Count {
		case Sum:
			b.N = sum.Int64
		case Heads:
			b.N = 1
		default:
			b.N = count
		}
		if f.Split {
			for _, n := range at[FigurePart{i.Code, figure, part}] {
				all[n] = append(all[n], b)
			}
		}
		for _, n := range at[FigurePart{i.Code, figure, ""}] {
			// Of all parts together a record may have stood under another part already.
			key := [4]string{figure, b.Org, b.Kind, b.ID}
			if k, ok := stood[key]; ok {
				if f.Count != Heads {
					all[n][k].N += b.N
				}
				continue
			}
			if f.Split {
				stood[key] = len(all[n])
			}
			all[n] = append(all[n], b)
		}
	}
	return rows.Err()
}

// once gives a text as the one string that is kept of it.
func once(kept map[string]string, text []byte) string {
	s, ok := kept[string(text)]
	if !ok {
		s = string(text)
		kept[s] = s
	}
	return s
}

// nameBehind fills in the labels and the organisations' names.
func (c *counting) nameBehind(ctx context.Context, all [][]Behind) error {
	ids := map[string]map[string]bool{}
	for _, list := range all {
		for _, b := range list {
			if ids[b.Kind] == nil {
				ids[b.Kind] = map[string]bool{}
			}
			ids[b.Kind][b.ID] = true
		}
	}
	names, err := inside(c.l).OrganisationNamesAt(ctx, c.on)
	if err != nil {
		return err
	}
	texts := map[[2]string]string{}
	for kind, set := range ids {
		labels, err := inside(c.l).LabelsAt(ctx, c.on, kind, slices.Collect(maps.Keys(set)))
		if err != nil {
			return err
		}
		for id, l := range labels {
			texts[[2]string{kind, id}] = l
		}
	}
	for _, list := range all {
		for i, b := range list {
			list[i].Label, list[i].Org = cmp.Or(texts[[2]string{b.Kind, b.ID}], b.Label), names[b.Org]
		}
	}
	return nil
}
