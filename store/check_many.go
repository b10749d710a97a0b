package store

import (
	"context"
	"slices"
	"sync"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// taken are all records of one of many organisations. They are read once and looked up in
// memory: a county's ledger holds hundreds of record books.
type taken struct {
	env     *model.Env
	records *model.RecordSet
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

// checkOrganisations examines the records of many organisations, one after the other, this
// ledger's own first. While some are examined the next are read.
func (l *Ledger) checkOrganisations(ctx context.Context, q raw.Querier, orgs []string, fn func(Problem) error) error {
	reader := &oneReader{q: q}
	if h := l.home.Load(); h != nil && orgs[0] == h.ID { // its rules read more than records
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
	}
	return nil
}

// takeOrganisations reads the records of some organisations, with their labels.
func (l *Ledger) takeOrganisations(ctx context.Context, reader *oneReader, ids []string) ([]taken, error) {
	reader.Lock()
	defer reader.Unlock()
	steady := l.memory(reader.q)
	records := map[string]*model.RecordSet{}
	for _, id := range ids {
		records[id] = model.NewRecordSet()
	}
	for _, k := range l.kinds.Kinds() {
		rs, err := l.tables[k.Name].read(ctx, reader.q, "t.org_id IN (SELECT value FROM json_each(?)) AND t.deleted_at IS NULL", raw.List(ids))
		if err != nil {
			return nil, err
		}
		if err := steady.labels.name(ctx, rs...); err != nil {
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
		all[i] = taken{env: l.organisationEnv(ctx, reader, id, records[id]), records: records[id]}
	}
	return all, nil
}

// organisationEnv gives rules an organisation's records as in its own ledger.
func (l *Ledger) organisationEnv(ctx context.Context, reader *oneReader, orgID string, records *model.RecordSet) *model.Env {
	steady := l.memory(reader.q)
	env := l.env(ctx, reader.q, steady)
	env.Kept = map[string]any{}
	home := env.Home != nil && env.Home.ID == orgID
	if !home {
		env.Home = records.Get(l.book.Org.Kind, orgID)
	}
	env.Look = within{records, inTurn{reader, lookup{ctx, l, reader.q, steady}}}
	if home { // the months of others are closed in theirs
		env.Look = l.lookMore(env.Look, Reading{ctx, reader.q, true})
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
