package count

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// past says how the figures without a dated past (Undated) stand at a day that is over.
// What an organisation has on file is the state of the newest month that was noted of it;
// in a village's own ledger it is that of today. For an earlier month they are what was
// noted with that month's bundle (NoteIndicators), and where nothing was, unknown.
type past struct {
	over  map[string]bool                        // whose rows say a later state, by the organisation's id
	noted map[string]map[string]map[string]int64 // of these what was noted, by CODE.figure and part
}

// markNoted is a figure that every note has.
const markNoted = "A02.members"

// readPast reads it for a period; nil where all rows say what was at its day.
func (c *counting) readPast(ctx context.Context, homes map[string]store.Unit, indicators []*Indicator) (*past, error) {
	undated := func(i *Indicator) bool {
		return slices.ContainsFunc(i.Figures, func(f Figure) bool { return f.Past == Undated })
	}
	if c.onFile || c.period.To >= c.l.Source().Today() || !slices.ContainsFunc(indicators, undated) {
		return nil, nil
	}
	p := &past{over: map[string]bool{}, noted: map[string]map[string]map[string]int64{}}
	month := c.period.To.Month()
	if !c.county {
		for id := range homes {
			p.over[id] = true
		}
	} else if err := c.readLater(ctx, p, homes, month); err != nil {
		return nil, err
	}
	if len(p.over) == 0 {
		return nil, nil
	}
	if c.period.From != model.Date(month[:4]+"-01-01") || c.period.To != month.Last() {
		return p, nil // notes are of the year to a month's end
	}
	return p, c.readNotes(ctx, p, month, indicators)
}

// readLater finds the organisations of which a later month was noted. The county's own
// records have gone on with the newest of all.
func (c *counting) readLater(ctx context.Context, p *past, homes map[string]store.Unit, month model.Month) error {
	rows, err := c.on.Query(ctx, `WITH RECURSIVE later(month) AS (
  SELECT min(month) FROM indicator_month WHERE month > ?1
  UNION ALL
  SELECT (SELECT min(i.month) FROM indicator_month i WHERE i.month > later.month) FROM later WHERE month IS NOT NULL)
SELECT value FROM json_each(?2) o WHERE EXISTS (SELECT 1 FROM later l JOIN indicator_month i
  ON i.month = l.month AND i.org_id = o.value AND i.indicator = ?3)`, string(month), raw.List(slices.Collect(maps.Keys(homes))), markNoted)
	if err != nil {
		return fmt.Errorf("later months: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("later months: %w", err)
		}
		p.over[id] = true
	}
	if len(p.over) > 0 {
		p.over[c.l.Home().ID] = true
	}
	return rows.Err()
}

func (c *counting) readNotes(ctx context.Context, p *past, month model.Month, indicators []*Indicator) error {
	figures := figuresByName(indicators)
	rows, err := c.on.Query(ctx, "SELECT org_id, indicator, value FROM indicator_month WHERE month = ?", string(month))
	if err != nil {
		return fmt.Errorf("figures noted: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var org, name sql.RawBytes
		var n int64
		if err := rows.Scan(&org, &name, &n); err != nil {
			return fmt.Errorf("figures noted: %w", err)
		}
		if !p.over[string(org)] {
			continue
		}
		if p.noted[string(org)] == nil {
			p.noted[string(org)] = map[string]map[string]int64{}
		}
		if figure, part := splitName(string(name)); figures[figure].figure != nil && figures[figure].figure.Past == Undated {
			if p.noted[string(org)][figure] == nil {
				p.noted[string(org)][figure] = map[string]int64{}
			}
			p.noted[string(org)][figure][part] = n
		}
	}
	return rows.Err()
}

// splitName takes the name of a noted figure, CODE.figure or CODE.figure.part, apart.
func splitName(name string) (figure, part string) {
	if code, rest, ok := strings.Cut(name, "."); ok {
		key, part, _ := strings.Cut(rest, ".")
		return code + "." + key, part
	}
	return name, ""
}

// hides tells whether an organisation's rows say another state of a figure than that of
// the day.
func (p *past) hides(org string, f *Figure) bool {
	return p != nil && f.Past == Undated && p.over[org]
}

// none tells whether nothing was noted of an organisation whose rows say a later state.
func (p *past) none(org string) bool { return p != nil && p.over[org] && p.noted[org] == nil }

// of gives what was noted of a figure by part. A split figure of which no part was noted
// had none.
func (p *past) of(org, code string, f *Figure) (map[string]int64, bool) {
	parts, ok := p.noted[org][code+"."+f.Key]
	return parts, ok || f.Split && p.noted[org] != nil
}

// addNoted adds what was noted of figures without a dated past, and counts for how many
// organisations there is nothing.
func (a *adder) addNoted(homes map[string]store.Unit, indicators []*Indicator) {
	for id := range homes {
		groups := []*group{a.all}
		if g := a.of[id]; g != nil {
			groups = append(groups, g)
		}
		if a.only != "" && id != a.only || a.skip[id] || a.gone[id] != "" {
			continue
		}
		for _, g := range groups {
			g.Units++
			if a.past == nil || !a.past.over[id] {
				continue
			}
			g.Later = true
			for _, i := range indicators {
				g.addNoted(a.past, id, i)
			}
		}
	}
}

func (g *group) addNoted(p *past, org string, i *Indicator) {
	for n := range i.Figures {
		f := &i.Figures[n]
		if f.Past != Undated {
			continue
		}
		parts, ok := p.of(org, i.Code, f)
		if !ok {
			if g.Lacks == nil {
				g.Lacks = map[string]int{}
			}
			g.Lacks[i.Code+"."+f.Key]++
			continue
		}
		for part, n := range parts {
			if n != 0 || !f.Split {
				g.Values[i.Code][f.Key][part] += n
			}
		}
	}
}

// addApart keeps a dated figure of an organisation that lacks undated ones, where one of
// these is a share of it.
func (g *group) addApart(i *Indicator, f *Figure, s subtotal) {
	if !slices.ContainsFunc(i.Figures, func(x Figure) bool { return x.Past == Undated && x.Of == f.Key }) {
		return
	}
	if g.apart == nil {
		g.apart = newGroup("", "", nil)
	}
	if g.apart.Values[i.Code] == nil {
		g.apart.Values[i.Code] = map[string]map[string]int64{}
	}
	if g.apart.Values[i.Code][f.Key] == nil {
		g.apart.Values[i.Code][f.Key] = map[string]int64{}
	}
	g.apart.add(i.Code, f, s)
}

// behindKept adds the records behind figures without a dated past of organisations whose
// rows say a later state: those that were kept of the month.
func (c *counting) behindKept(ctx context.Context, p *past, figures []FigurePart, wanted func(org string) bool, all [][]Behind) error {
	if p == nil {
		return nil
	}
	known := figuresByName(Indicators())
	month := c.period.To.Month()
	for _, org := range slices.Sorted(maps.Keys(p.over)) {
		if !wanted(org) || c.gone[org] != "" || p.noted[org] == nil {
			continue
		}
		w, err := readWho(ctx, c.on, month, org, nil)
		if err != nil {
			return err
		}
		if w == nil {
			continue
		}
		for n, f := range figures {
			of := known[f.Indicator+"."+f.Figure].figure
			if of == nil || of.Past != Undated {
				continue
			}
			for at, list := range w.figures {
				if at.Indicator != f.Indicator || at.Figure != f.Figure || f.Part != "" && at.Part != f.Part {
					continue
				}
				for x := range list.all() {
					r := w.records[x.record]
					all[n] = append(all[n], Behind{Kind: r.kind, ID: r.id, Label: r.label, Org: org, N: x.n})
				}
			}
		}
	}
	return nil
}
