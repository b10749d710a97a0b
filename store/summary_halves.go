package store

import (
	"context"
	"maps"

	"taizhang/model"
)

// heavy are the indicators that take the most time on a county's ledger. They are
// counted by one connection and the others by a second one, at the same time.
var heavy = map[string]bool{"A02": true, "A09": true, "A11": true}

// summaryGroups counts all indicators of a query. A county's ledger is large and its
// computer has two cores: half of the statements run on each of two connections. Where
// something was written between the two, what they saw need not agree, and one counts
// all of it again.
func (l *Ledger) summaryGroups(ctx context.Context, q SummaryQuery) ([]SummaryGroup, error) {
	county, err := l.IsCounty(ctx)
	if err != nil {
		return nil, err
	}
	first, second := halves(q.Indicators)
	if !county || q.Org != "" || len(first) == 0 || len(second) == 0 {
		return l.countGroups(ctx, q, nil)
	}
	type half struct {
		groups []SummaryGroup
		at     moment
		err    error
	}
	other := make(chan half, 1)
	count := func(indicators []*model.Indicator) (h half) {
		part := q
		part.Indicators = indicators
		h.groups, h.err = l.countGroups(ctx, part, &h.at)
		return h
	}
	go func() { other <- count(second) }()
	a := count(first)
	b := <-other
	switch {
	case a.err != nil:
		return nil, a.err
	case b.err != nil:
		return nil, b.err
	case a.at != b.at:
		return l.countGroups(ctx, q, nil)
	}
	for n := range a.groups { // both have the same groups in the same order
		maps.Copy(a.groups[n].Values, b.groups[n].Values)
	}
	return a.groups, nil
}

func halves(all []*model.Indicator) (first, second []*model.Indicator) {
	for _, i := range all {
		if heavy[i.Code] {
			first = append(first, i)
		} else {
			second = append(second, i)
		}
	}
	return first, second
}

// moment is how far a ledger had been written when a connection began to read.
type moment struct{ history, intake int64 }

// countGroups counts on one connection; at, where given, takes the moment.
func (l *Ledger) countGroups(ctx context.Context, q SummaryQuery, at *moment) (groups []SummaryGroup, err error) {
	err = l.counting(ctx, q, func(c *counting) (err error) {
		if at != nil {
			if at.history, err = int1(c.on.query(ctx, "SELECT coalesce(max(seq), 0) FROM history")); err != nil {
				return err
			}
			if at.intake, err = int1(c.on.query(ctx, "SELECT coalesce(max(seq), 0) FROM intake")); err != nil {
				return err
			}
		}
		groups, err = c.groups(ctx, q)
		return err
	})
	return groups, err
}
