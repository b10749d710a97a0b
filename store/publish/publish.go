// Package publish puts the sums of an office's ledger into a PostgreSQL database that is
// there already: units, tallies, who has reported. Records of persons stay in the ledger:
// no name of a person is published, and no hash of one. PostgreSQL only adds up; each
// indicator is counted where it always is (store/count).
package publish

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
)

// Options say what to publish.
type Options struct {
	Month model.Month // "": each month that is closed or was received, and a county's open one
	// Progress, where set, is called after each sender and month.
	Progress func(Step)
}

// Step is what became of a sender's month.
type Step struct {
	Month       model.Month
	Sender      string // its name
	Done, All   int    // senders of the month
	Units       int    // that it has
	Changed     int    // units and other groups that were written
	Numbers     int    // that were written
	Closed, Old bool   // the month is closed; and was by a program that kept no sums, so that nothing is published
}

// Result counts what was done.
type Result struct {
	Months, Senders int
	Changed         int // groups
	Numbers         int
}

// source gives what is published.
type source interface {
	months(ctx context.Context) ([]model.Month, error)
	// senders gives the codes and names of those of whom there are sums of a month.
	senders(ctx context.Context, month model.Month) ([]sender, error)
	// read gives the sums of one of them.
	read(ctx context.Context, month model.Month, code string) (*sums, error)
}

type sender struct{ code, name string }

// Publish writes what a ledger has of its months. A sender's month is one transaction, in
// which only what differs is written, so that a reader never sees half of it, a run that
// was broken off goes on where it was, and the same again changes nothing. *model.Error:
// E-COUNTY for a ledger that is no office's, E-PG-SENDER for a county that another sender
// has published, E-MONTH-EMPTY for a month of which nothing is there.
func Publish(ctx context.Context, l *store.Ledger, conn *pgx.Conn, o Options) (Result, error) {
	var r Result
	src, err := sourceOf(ctx, l)
	if err != nil {
		return r, err
	}
	months, err := src.months(ctx)
	if err != nil {
		return r, err
	}
	if o.Month != "" {
		months = []model.Month{o.Month}
	}
	slices.Sort(months)
	if len(months) == 0 {
		return r, model.Errorf("E-MONTH-EMPTY", "台账里还没有一个月的汇总,没有可以发布的;请先收报")
	}
	for _, m := range months {
		if err := publishMonth(ctx, src, conn, m, &r, o.Progress); err != nil {
			return r, err
		}
	}
	if r.Changed > 0 {
		return r, analyze(ctx, conn)
	}
	return r, nil
}

func publishMonth(ctx context.Context, src source, conn *pgx.Conn, month model.Month, r *Result, progress func(Step)) error {
	senders, err := src.senders(ctx, month)
	if err != nil {
		return err
	}
	if err := makeMonth(ctx, conn, month); err != nil {
		return err
	}
	r.Months++
	for i, one := range senders {
		s, err := src.read(ctx, month, one.code)
		if err != nil {
			return err
		}
		step := Step{Month: month, Sender: one.name, Done: i + 1, All: len(senders), Old: s == nil}
		if s != nil {
			step.Closed, step.Units = s.Closed != "", s.units()
			if step.Changed, step.Numbers, err = write(ctx, conn, s); err != nil {
				return fmt.Errorf("publish %s of %s: %w", month, one.code, err)
			}
			r.Senders++
			r.Changed += step.Changed
			r.Numbers += step.Numbers
		}
		if progress != nil {
			progress(step)
		}
	}
	return nil
}

// analyze tells the planner what the tables hold now.
func analyze(ctx context.Context, conn *pgx.Conn) error {
	for _, table := range append([]string{"office"}, partitioned...) {
		if _, err := conn.Exec(ctx, "ANALYZE taizhang."+table); err != nil {
			return fmt.Errorf("analyze %s: %w", table, err)
		}
	}
	return nil
}

func sourceOf(ctx context.Context, l *store.Ledger) (source, error) {
	is, err := l.IsCounty(ctx)
	if err != nil {
		return nil, err
	}
	if !is || l.Extract() != nil {
		return nil, model.Errorf("E-COUNTY", "这不是县、地市或省的台账,没有汇总可以发布;村里的数字由县里发布")
	}
	level, err := county.Above(ctx, l)
	if err != nil {
		return nil, err
	}
	if level == "" {
		return newCounty(ctx, l)
	}
	return newReceived(l, level), nil
}
