package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

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
	orgs, many, err := l.owners(ctx, q)
	if err != nil {
		return err
	}
	for len(orgs) > 0 {
		n := slices.IndexFunc(orgs, func(id string) bool { return many[id] })
		switch {
		case n == 0:
			err = l.checkCrowd(ctx, q, orgs[0], fn)
			n = 1
		case n < 0:
			n = len(orgs)
			fallthrough
		default:
			err = l.checkOrganisations(ctx, q, orgs[:n], fn)
		}
		if err != nil {
			return err
		}
		orgs = orgs[n:]
	}
	return nil
}

// batch gives up to eachPage records of a kind that follow an id, deleted ones too.
func (t *table) batch(ctx context.Context, q raw.Querier, after string) ([]*model.Record, error) {
	return t.readMany(ctx, q, "t.id > ?", fmt.Sprintf(" LIMIT %d", eachPage), after)
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
// first, and which of them have too many to be held.
func (l *Ledger) owners(ctx context.Context, q raw.Querier) (ids []string, many map[string]bool, err error) {
	counts := make([]string, 0, len(l.tables))
	for _, k := range l.kinds.Kinds() {
		counts = append(counts, "SELECT org_id, count(*) AS n FROM "+raw.Quote(k.Name)+" GROUP BY org_id")
	}
	rows, err := q.Query(ctx, "SELECT org_id, sum(n) FROM ("+strings.Join(counts, " UNION ALL ")+") GROUP BY org_id")
	if err != nil {
		return nil, nil, fmt.Errorf("owners: %w", err)
	}
	defer rows.Close()
	many = map[string]bool{}
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, nil, fmt.Errorf("owners: %w", err)
		}
		ids = append(ids, id)
		many[id] = n >= crowdFrom
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("owners: %w", err)
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
	return ids, many, nil
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

// taken are all records of one organisation. They are read once and looked up in memory:
// rules ask for others of nearly every record.
type taken struct {
	env     *model.Env
	records *model.RecordSet
	unnamed *error // why labels could not be read
	err     error
}

// atOnce is how many organisations are read together: most have few records of most kinds,
// and asking costs more than reading them.
const atOnce = 8

// oneReader lets two goroutines read by one connection, in turns: each holds it until it has
// read all that it asked for, since a question that is asked again while the same is being
// answered would spoil the answer.
type oneReader struct {
	sync.Mutex
	q raw.Querier
}

// checkOrganisations examines the records of organisations, one after the other, this
// ledger's own first. While some are examined the next are read.
func (l *Ledger) checkOrganisations(ctx context.Context, q raw.Querier, orgs []string, fn func(Problem) error) error {
	reader := &oneReader{q: q}
	if h := l.home.Load(); h != nil && len(orgs) > 0 && orgs[0] == h.ID { // its rules read more than records
		own, err := l.takeOrganisations(ctx, reader, orgs[:1])
		if err == nil {
			err = l.checkTaken(own[0], fn)
		}
		if err != nil {
			return err
		}
		orgs = orgs[1:]
	}
	ctx, stop := context.WithCancel(ctx)
	next := make(chan taken)
	go func() {
		defer close(next)
		for ids := range slices.Chunk(orgs, atOnce) {
			all, err := l.takeOrganisations(ctx, reader, ids)
			if err != nil {
				all = []taken{{err: err}}
			}
			for _, t := range all {
				select {
				case next <- t:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	defer func() {
		stop()
		for range next { // until it has ended: the connection is the caller's
		}
	}()
	for t := range next {
		if err := l.checkTaken(t, fn); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// checkTaken asks the rules about an organisation's records, kind by kind.
func (l *Ledger) checkTaken(t taken, fn func(Problem) error) error {
	if t.err != nil {
		return t.err
	}
	for _, k := range l.kinds.Kinds() {
		if err := checkRecords(t.env, t.records.Records(k.Name), fn); err != nil {
			return err
		}
		if *t.unnamed != nil {
			return *t.unnamed
		}
	}
	return nil
}

// takeOrganisations reads the records of some organisations.
func (l *Ledger) takeOrganisations(ctx context.Context, reader *oneReader, ids []string) ([]taken, error) {
	reader.Lock()
	defer reader.Unlock()
	records := map[string]*model.RecordSet{}
	for _, id := range ids {
		records[id] = model.NewRecordSet()
	}
	for _, k := range l.kinds.Kinds() {
		rs, err := l.tables[k.Name].readMany(ctx, reader.q, "t.org_id IN (SELECT value FROM json_each(?)) AND t.deleted_at IS NULL", "", raw.List(ids))
		if err != nil {
			return nil, err
		}
		of := map[string][]*model.Record{}
		for _, r := range rs {
			of[r.OrgID] = append(of[r.OrgID], r)
		}
		for id, own := range of {
			records[id].Add(own...)
		}
	}
	all := make([]taken, len(ids))
	for i, id := range ids {
		steady := l.memory(reader.q)
		t := taken{env: l.organisationEnv(ctx, reader, id, records[id], steady), records: records[id], unnamed: new(error)}
		name := func(r *model.Record) { t.name(ctx, reader, steady, r) }
		for _, k := range l.kinds.Kinds() {
			for _, r := range t.records.Records(k.Name) {
				r.NameLater(name)
			}
		}
		all[i] = t
	}
	return all, nil
}

// name finds the labels of what a record refers to.
func (t taken) name(ctx context.Context, reader *oneReader, steady *memory, r *model.Record) {
	reader.Lock()
	defer reader.Unlock()
	if err := steady.labels.name(ctx, r); err != nil && *t.unnamed == nil {
		*t.unnamed = err
	}
}

// organisationEnv gives rules an organisation's records as in its own ledger.
func (l *Ledger) organisationEnv(ctx context.Context, reader *oneReader, orgID string, records *model.RecordSet, steady *memory) *model.Env {
	env := l.env(ctx, reader.q, steady)
	env.Kept = map[string]any{}
	home := env.Home != nil && env.Home.ID == orgID
	if !home {
		env.Home = records.Get(l.book.Org.Kind, orgID)
	}
	env.Look = within{records, inTurn{reader, lookup{ctx, l, reader.q, steady}}}
	if home { // the months of others are closed in theirs
		env.Look = l.lookMore(env.Look, Reading{ctx, reader.q, true, true})
	}
	return env
}

// inTurn looks up when the reader is free.
type inTurn struct {
	reader *oneReader
	lookup
}

var _ model.Lookup = inTurn{}

// Get implements model.Lookup.
func (i inTurn) Get(kind, id string) (*model.Record, error) {
	i.reader.Lock()
	defer i.reader.Unlock()
	return i.lookup.Get(kind, id)
}

// Find implements model.Lookup.
func (i inTurn) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	i.reader.Lock()
	defer i.reader.Unlock()
	return i.lookup.Find(kind, conds...)
}

// OrgCode implements model.Lookup.
func (i inTurn) OrgCode(code string) (name string, ok bool, err error) {
	i.reader.Lock()
	defer i.reader.Unlock()
	return i.lookup.OrgCode(code)
}
