package store

import (
	"context"
	"database/sql"
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

// checkOrganisations examines the records of many organisations, one after the other. While
// one is examined the next is read.
func (l *Ledger) checkOrganisations(ctx context.Context, q raw.Querier, orgs []string, fn func(Problem) error) error {
	ctx, stop := context.WithCancel(ctx)
	shared := &oneAtATime{q: q}
	next := make(chan taken)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(next)
		for _, id := range orgs {
			t := l.takeOrganisation(ctx, shared, id)
			select {
			case next <- t:
			case <-ctx.Done():
				return
			}
			if t.err != nil {
				return
			}
		}
	})
	defer reading.Wait()
	defer stop()
	for t := range next {
		if t.err != nil {
			return t.err
		}
		for _, k := range l.kinds.Kinds() {
			if err := checkRecords(t.env, t.records.Records(k.Name), fn); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// takeOrganisation reads the records of one organisation, with their labels.
func (l *Ledger) takeOrganisation(ctx context.Context, q raw.Querier, orgID string) taken {
	steady := l.memory(q)
	env := l.env(ctx, q, steady)
	env.Kept = map[string]any{}
	records := model.NewRecordSet()
	for _, k := range l.kinds.Kinds() {
		rs, err := l.tables[k.Name].read(ctx, q, "t.org_id = ? AND t.deleted_at IS NULL", orgID)
		if err != nil {
			return taken{err: err}
		}
		if err := steady.labels.name(ctx, rs...); err != nil {
			return taken{err: err}
		}
		records.Add(rs...)
	}
	home := env.Home != nil && env.Home.ID == orgID
	if !home {
		env.Home = records.Get(l.book.Org.Kind, orgID)
	}
	env.Look = within{records, lookup{ctx, l, q, steady}}
	if home { // the months of others are closed in theirs
		env.Look = l.lookMore(env.Look, Reading{ctx, q, true})
	}
	return taken{env: env, records: records}
}

// oneAtATime lets two goroutines ask the same connection.
type oneAtATime struct {
	mu sync.Mutex
	q  raw.Querier
}

// Query implements raw.Querier.
func (o *oneAtATime) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.q.Query(ctx, text, args...)
}

// Once implements raw.Querier.
func (o *oneAtATime) Once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.q.Once(ctx, text, args...)
}
