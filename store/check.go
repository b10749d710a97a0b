package store

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Problem is an open finding with the record it is about.
type Problem struct {
	Finding model.Finding
	Kind    *model.Kind
	ID      string
	OrgID   string // whose record it is
	Label   string
}

// CheckAll examines every record that is not deleted by every rule, as the ledger
// stands at one moment, and calls fn with each finding: organisation by organisation,
// this ledger's own first, and within one kind by kind and by id. An error of fn ends
// it. Each organisation is examined as in its own ledger: what must be unique is so
// within it, and it is the home organisation of its rules.
func (l *Ledger) CheckAll(ctx context.Context, fn func(Problem) error) error {
	err := l.readers.Snapshot(ctx, func(q raw.Querier) error { return l.checkAll(ctx, q, fn) })
	return l.explain(err)
}

func (l *Ledger) checkAll(ctx context.Context, q raw.Querier, fn func(Problem) error) error {
	orgs, err := l.owners(ctx, q)
	if err != nil {
		return err
	}
	if len(orgs) > 1 {
		return l.checkOrganisations(ctx, q, orgs, fn)
	}
	steady := l.memory(q)
	env := l.env(ctx, q, steady)
	env.Kept = map[string]any{}
	for _, k := range l.kinds.Kinds() {
		after := ""
		for {
			rs, err := l.tables[k.Name].batch(ctx, q, after)
			if err != nil {
				return err
			}
			if len(rs) == 0 {
				break
			}
			after = rs[len(rs)-1].ID
			rs = slices.DeleteFunc(rs, func(r *model.Record) bool { return r.DeletedAt != "" })
			if err := steady.labels.name(ctx, rs...); err != nil {
				return err
			}
			if err := checkRecords(env, rs, fn); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch gives up to eachPage records of a kind that follow an id, deleted ones too.
func (t *table) batch(ctx context.Context, q raw.Querier, after string) ([]*model.Record, error) {
	rows, err := q.Query(ctx, fmt.Sprintf("SELECT %s FROM %s t WHERE t.id > ? ORDER BY t.id LIMIT %d", t.selects, raw.Quote(t.kind.Name), eachPage), after)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
	}
	rs, err := t.scan(rows)
	if err != nil {
		return nil, err
	}
	return rs, t.loadLinks(ctx, q, rs)
}

// checkRecords asks the rules about records that carry their labels.
func checkRecords(env *model.Env, rs []*model.Record, fn func(Problem) error) error {
	for _, r := range rs {
		found, err := model.Check(env, r, r)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := fn(Problem{Finding: f, Kind: r.Kind, ID: r.ID, OrgID: r.OrgID, Label: r.Label()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// owners gives the ids of the organisations that have records here, the ledger's own
// first.
func (l *Ledger) owners(ctx context.Context, q raw.Querier) ([]string, error) {
	known := map[string]bool{}
	var ids []string
	for _, k := range l.kinds.Kinds() {
		found, err := raw.Texts(ctx, q, "SELECT DISTINCT org_id FROM "+raw.Quote(k.Name))
		if err != nil {
			return nil, fmt.Errorf("owners of %s: %w", k.Name, err)
		}
		for _, id := range found {
			if !known[id] {
				known[id] = true
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		switch {
		case a == home && b != home:
			return -1
		case b == home && a != home:
			return 1
		}
		return 0
	})
	return ids, nil
}

// within looks up what an organisation has on file, as its own ledger would. Only
// what a record of it names by id may be another's: the county's name the villages'.
type within struct {
	records *model.RecordSet
	all     model.Lookup
}

var _ model.Lookup = within{}

func (w within) Get(kind, id string) (*model.Record, error) {
	if r := w.records.Get(kind, id); r != nil {
		return r, nil
	}
	return w.all.Get(kind, id)
}

func (w within) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	return w.records.Find(kind, conds...), nil
}

func (w within) OrgCode(code string) (name string, ok bool, err error) { return w.all.OrgCode(code) }

// Due gives what falls due on a day for the home organisation, as the ledger stands
// at this moment, with the records' labels; the most urgent first.
func (l *Ledger) Due(ctx context.Context, day model.Date) ([]model.Due, error) {
	all, _, err := l.Duties(ctx, day)
	return all, err
}

// Duties gives what Due does, and how the duties stand that come again and again.
func (l *Ledger) Duties(ctx context.Context, day model.Date) (all []model.Due, standings []model.Standing, err error) {
	err = l.atOneMoment(ctx, func(s Snapshot) error {
		env := s.Env(ctx)
		env.Today = day
		var err error
		all, standings, err = model.FindDuties(env, l.kinds)
		return err
	})
	return all, standings, err
}

// Gaps are the findings of one kind that only say what lists left open.
type Gaps struct {
	Kind     *model.Kind
	Tally    model.GapTally
	Problems []Problem
}

// GatherGaps parts what the rules found into what needs a look and, kind by kind, what
// lists left open.
func GatherGaps(all []Problem) (rest []Problem, gaps []Gaps) {
	for _, p := range all {
		if !p.Finding.Gap {
			rest = append(rest, p)
			continue
		}
		i := slices.IndexFunc(gaps, func(g Gaps) bool { return g.Kind == p.Kind })
		if i < 0 {
			i = len(gaps)
			gaps = append(gaps, Gaps{Kind: p.Kind})
		}
		gaps[i].Add(p)
	}
	return rest, gaps
}

// Add counts a finding in.
func (g *Gaps) Add(p Problem) {
	label := p.Kind.Title
	if f := p.Kind.Field(p.Finding.Field); f != nil {
		label = f.Label
	}
	g.Tally.Add(label)
	g.Problems = append(g.Problems, p)
}
