package compare

import (
	"context"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// names finds party organisations by what another system calls them.
type names struct {
	units map[string]store.Unit
	whole map[string][]named // by the name as it is, folded
	brief map[string][]named // by what orgKey leaves of it
	all   []named
}

// named is a party organisation on file.
type named struct {
	id, org, parent, name string // org is the organisation whose record it is
}

func readNames(ctx context.Context, l *store.Ledger, units map[string]store.Unit) (*names, error) {
	n := &names{units: units, whole: map[string][]named{}, brief: map[string][]named{}}
	err := l.Each(ctx, store.Query{Kind: organizationKind}, func(r *model.Record) error {
		o := named{id: r.ID, org: r.OrgID, parent: r.Str("parent"), name: model.Fold(r.Str("name"))}
		n.all = append(n.all, o)
		u := units[r.OrgID]
		for _, text := range []string{r.Str("name"), r.Str("short_name"), r.Str("code")} {
			key := model.Fold(text)
			if key == "" {
				continue
			}
			n.whole[key] = append(n.whole[key], o)
			if b := orgKey(key, r.Str("county"), u.Township); b != key {
				n.brief[b] = append(n.brief[b], o)
			} else {
				n.brief[key] = append(n.brief[key], o)
			}
		}
		return ctx.Err()
	})
	return n, err
}

// bodies are the ways to write what sort of organisation it is, longest first.
var bodies = [][2]string{{"总支部委员会", "总支"}, {"支部委员会", "支部"}, {"党总支部", "总支"}, {"党总支", "总支"}, {"总支部", "总支"},
	{"党支部", "支部"}, {"党委会", "委"}, {"委员会", "委"}, {"党委", "委"}}

// orgKey leaves of an organisation's name what tells it from the others of a county: 中共澄安县
// 柳河镇柳湾村支部委员会 is 柳湾村支部, as 柳湾村党支部 is.
func orgKey(folded string, places ...string) string {
	folded = strings.TrimPrefix(strings.TrimPrefix(folded, "中国共产党"), "中共")
	for _, p := range places {
		if _, after, ok := strings.Cut(folded, model.Fold(p)); ok && p != "" && after != "" && !strings.HasPrefix(after, "委") && !strings.HasPrefix(after, "党") {
			folded = after
		}
	}
	for _, b := range bodies {
		if before, ok := strings.CutSuffix(folded, b[0]); ok {
			return before + b[1]
		}
	}
	return folded
}

// find gives the organisations that a text may name.
func (n *names) find(text string) []named {
	key := model.Fold(text)
	if key == "" {
		return nil
	}
	if found := n.whole[key]; len(found) > 0 {
		return found
	}
	tried := []string{orgKey(key)}
	for _, u := range n.units {
		if u.Township != "" && strings.Contains(key, model.Fold(u.Township)) {
			if k := orgKey(key, u.Township); !slices.Contains(tried, k) {
				tried = append(tried, k)
			}
		}
	}
	var found []named
	for _, k := range tried {
		for _, o := range n.brief[k] {
			if !slices.Contains(found, o) {
				found = append(found, o)
			}
		}
	}
	if len(found) > 1 { // the same name in several townships: the text may tell
		told := slices.DeleteFunc(slices.Clone(found), func(o named) bool {
			t := model.Fold(n.units[o.org].Township)
			return t == "" || !strings.Contains(key, t)
		})
		if len(told) > 0 {
			found = told
		}
	}
	return found
}

// ofGroup gives the one organisation of a unit whose name ends with a text: 第二党小组.
func (n *names) ofGroup(text, org string) (o named, ok bool) {
	key := model.Fold(text)
	if len([]rune(key)) < 3 {
		return o, false
	}
	for _, a := range n.all {
		if a.org == org && strings.HasSuffix(a.name, key) {
			if ok {
				return o, false
			}
			o, ok = a, true
		}
	}
	return o, ok
}

// unitOf gives the unit that a text names, "" for none or several.
func (n *names) unitOf(text string) string {
	unit := ""
	for _, o := range n.find(text) {
		if unit != "" && o.org != unit {
			return ""
		}
		unit = o.org
	}
	return unit
}

// place tells of each row whose it is: in a village of the village, at the county by the
// column of the party organisation.
func (c *comparison) place() {
	units := map[string]string{}
	for _, r := range c.rows {
		if !c.result.County {
			r.unit = c.home
			continue
		}
		text := r.text(c.unit)
		unit, known := units[text]
		if !known {
			unit = c.named.unitOf(text)
			units[text] = unit
		}
		r.unit = unit
	}
}

// learn takes, at the county, a name that no organisation has for that of the unit to
// which most of those belong who stand under it and are known by their ID numbers; in a
// village the name that most of the rows have for the village's own.
func (c *comparison) learn() {
	if c.unit < 0 {
		return
	}
	votes, total := map[string]map[string]int{}, map[string]int{}
	for _, r := range c.rows {
		text := model.Fold(r.text(c.unit))
		total[text]++
		if r.person == nil || r.unit != "" && c.result.County {
			continue
		}
		if votes[text] == nil {
			votes[text] = map[string]int{}
		}
		votes[text][r.person.OrgID]++
	}
	if !c.result.County {
		for text, n := range total {
			if 2*n > len(c.rows) {
				c.alias = text
			}
		}
		return
	}
	for _, r := range c.rows {
		if r.unit != "" {
			continue
		}
		text := model.Fold(r.text(c.unit))
		for org, n := range votes[text] {
			if 2*n > total[text] {
				r.unit = org
			}
		}
	}
}

// branch compares the party organisation.
func (c *comparison) branch(r *row) {
	text := r.text(c.unit)
	if text == "" || c.unit < 0 {
		return
	}
	p := r.person
	d := Difference{Sort: Differs, Kind: c.kind.Name, ID: p.ID, Field: "party_group", Label: "所在党支部", Theirs: model.Clean(text, false),
		Why: "组织关系要通过办理变动来改,或在所在支部或小组里改选"}
	if c.result.County {
		if r.unit != "" && r.unit != p.OrgID {
			d.Ours = c.units[p.OrgID].Township + c.units[p.OrgID].Name
			c.add(p.OrgID, p.Str("name"), r, d)
		}
		return
	}
	d.Ours = c.units[p.OrgID].Name
	group := p.Str("party_group")
	if group != "" {
		d.Ours = p.Text("party_group")
	}
	found := c.named.find(text)
	if o, ok := c.named.ofGroup(text, p.OrgID); ok && len(found) == 0 {
		found = []named{o}
	}
	switch {
	case len(found) == 0 && model.Fold(text) == c.alias:
		return
	case len(found) > 0 && (group == "" || slices.ContainsFunc(found, func(o named) bool { return c.holds(o.id, group) })):
		return
	}
	c.add(p.OrgID, p.Str("name"), r, d)
}

// holds reports whether an organisation is the group's or stands above it.
func (c *comparison) holds(org, group string) bool {
	for range 5 {
		if group == org || org == c.home {
			return true
		}
		at := slices.IndexFunc(c.named.all, func(o named) bool { return o.id == group })
		if at < 0 || c.named.all[at].parent == "" {
			return false
		}
		group = c.named.all[at].parent
	}
	return false
}

// text gives a cell as read, "" where there is no such column.
func (r *row) text(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(r.Cells[column])
}
