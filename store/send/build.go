package send

import (
	"context"
	"errors"
	"iter"
	"strconv"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
)

// export is one bundle in the making.
type export struct {
	l       *store.Ledger
	o       Options
	now     time.Time
	profile *bundle.Profile // nil for a plain bundle without one
	code    string          // the home organisation's
	sums    bool            // of sums, to the office above

	sound func() error // waits until the ledger has been looked through
	own   *count.Own   // the month's figures, nil where they have to be counted yet

	sent  Sent
	built *bundle.Written
	done  int
	all   int
}

// step tells how far the work has come.
func (e *export) step() {
	e.done++
	if e.o.Progress != nil {
		e.o.Progress(e.done, max(e.all, e.done))
	}
}

// build makes the ZIP from one moment of the ledger. The number is reserved when
// nothing but the writing can fail any more.
func (e *export) build(ctx context.Context, s store.Snapshot) error {
	e.all = len(bundle.Resources(e.l.Kinds(), e.l.Home().Kind.Name)) + 4 // examined, built, written and completed too
	env := s.Env(ctx)
	meta := bundle.Meta{Program: bundle.Program, Month: e.o.Month, Counts: map[string]int{}}
	meta.Organization = bundle.Organization{ID: env.Home.ID, Code: env.Home.Str("code"), Name: env.Home.Str("name")}
	e.code = meta.Organization.Code
	if err := e.examine(ctx, s, &meta); err != nil {
		return err
	}
	e.step()
	if e.l.Kinds().Kind(membership.MovementKind) != nil { // a catalog of its own, as tests have, may lack it
		begun, err := membership.ReadBegun(env)
		if err != nil {
			return err
		}
		meta.FirstMonth = min(begun.First, e.o.Month)
	}
	if err := e.count(ctx, s, env, &meta); err != nil {
		return err
	}
	if err := e.noteMembers(env); err != nil {
		return err
	}
	var b bundle.Builder
	if err := e.addTables(ctx, s, &b, meta); err != nil {
		return err
	}
	if err := e.sound(); err != nil {
		return err
	}
	key, err := signingKey(ctx, e.l)
	if err != nil {
		return err
	}
	if err := e.freeName(ctx); err != nil {
		return err
	}
	meta.Sequence = e.sent.Sequence
	if e.built, err = b.Finish(meta, key, e.now); err != nil {
		return err
	}
	e.sent.Month, e.sent.Plain, e.sent.Counts = e.o.Month, e.o.Plain, meta.Counts
	e.sent.Hash, e.sent.CreatedAt, e.sent.State = e.built.Hash, e.built.Package.Created, sentBroken
	e.sent.Problems = meta.Problems.Errors + meta.Problems.Warnings
	return nil
}

// examine gathers the open findings, errors first.
func (e *export) examine(ctx context.Context, s store.Snapshot, meta *bundle.Meta) error {
	var faults, warnings []store.Problem
	err := s.Problems(ctx, func(p store.Problem) error {
		if p.Finding.Severity == model.Fault {
			faults = append(faults, p)
		} else {
			warnings = append(warnings, p)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if len(faults) > 0 && !e.o.AllowErrors {
		return openFaults(faults, len(faults))
	}
	meta.Problems = listProblems(append(faults, warnings...), e.anonymous())
	return nil
}

// listProblems gives the findings as they stand in a bundle, errors first.
func listProblems(all []store.Problem, anonymous bool) bundle.Problems {
	var out bundle.Problems
	for _, p := range all {
		if p.Finding.Severity == model.Fault {
			out.Errors++
		} else {
			out.Warnings++
		}
		if len(out.List) < bundle.MaxProblems {
			out.List = append(out.List, bundleProblem(p, anonymous))
		}
	}
	return out
}

// bundleProblem leaves the message out where the county wants no identity: it may quote
// an ID number, and the county's program knows the rule by its code.
func bundleProblem(p store.Problem, anonymous bool) bundle.Problem {
	out := bundle.Problem{Kind: p.Kind.Name, ID: p.ID, Field: p.Finding.Field, Code: p.Finding.Code, Severity: "warning"}
	if p.Finding.Severity == model.Fault {
		out.Severity = "error"
	}
	if !anonymous {
		out.Message = p.Finding.Message
	}
	return out
}

// anonymous tells that the county wants no identity.
func (e *export) anonymous() bool {
	return e.profile != nil && e.profile.Identity == bundle.IdentityNone
}

// count fills in what the month amounts to and what came before.
func (e *export) count(ctx context.Context, s store.Snapshot, env *model.Env, meta *bundle.Meta) error {
	closed, err := count.ClosedMonths(ctx, s.Querier())
	if err != nil {
		return err
	}
	month, err := membership.MonthBalance(env, e.o.Month, closed)
	if err != nil {
		return err
	}
	meta.Balance = bundle.Balance(month.Balance)
	reviewed, err := count.ReviewedAt(ctx, s.Querier(), e.o.Month)
	if err != nil {
		return err
	}
	meta.Reviewed = bundle.Reviewed{All: meta.Balance.Closing}
	for _, id := range month.Members {
		if reviewed[id] != "" {
			meta.Reviewed.Confirmed++
		}
	}
	meta.Previous, meta.Sent, err = earlier(ctx, s.Querier())
	return err
}

// noteMembers keeps who is a member in the bundle, so that the next one can be held
// against it (LostSince).
func (e *export) noteMembers(env *model.Env) error {
	e.sent.members = []string{}
	k := e.l.Kinds().Kind(membership.PersonKind)
	if k == nil {
		return nil
	}
	return model.Widely(env.Look).Walk(k.Name, []string{"status", "standing"}, nil, func(r *model.Record) bool {
		if membership.IsMember(r) {
			e.sent.members = append(e.sent.members, strings.Clone(r.ID)) // not with all of its row
		}
		return true
	})
}

// addTables writes every table, and counts the records that are not deleted.
func (e *export) addTables(ctx context.Context, s store.Snapshot, b *bundle.Builder, meta bundle.Meta) error {
	rows := func(k *model.Kind) iter.Seq2[[]string, error] { return e.records(ctx, s, k, meta) }
	links := func(k *model.Kind, f *model.Field) iter.Seq2[[]string, error] { return e.links(ctx, s, k, f) }
	return addTables(ctx, b, e.l.Kinds(), e.l.Home().Kind.Name, meta.Counts, rows, links, e.step)
}

// addTables writes the table of every kind and of every link, in the order of
// bundle.Resources; org is the kind of the organisations. rows counts into counts, where
// every kind stands.
func addTables(ctx context.Context, b *bundle.Builder, kinds *model.Catalog, org string, counts map[string]int, rows func(*model.Kind) iter.Seq2[[]string, error],
	links func(*model.Kind, *model.Field) iter.Seq2[[]string, error], step func()) error {
	resources := bundle.Resources(kinds, org)
	next := 0
	add := func(rows iter.Seq2[[]string, error]) error {
		if err := b.Add(ctx, resources[next], rows); err != nil {
			return err
		}
		next++
		step()
		return nil
	}
	for _, k := range kinds.Kinds() {
		counts[k.Name] = 0
		if err := add(rows(k)); err != nil {
			return err
		}
		for _, f := range k.Fields() {
			if !f.Linked() {
				continue
			}
			if err := add(links(k, f)); err != nil {
				return err
			}
		}
	}
	return nil
}

// errStopped ends a reading whose reader has had enough.
var errStopped = errors.New("stopped")

// records gives a kind's rows exactly as stored. What is private is left empty
// where the county wants no identity.
func (e *export) records(ctx context.Context, s store.Snapshot, k *model.Kind, meta bundle.Meta) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		private := e.privatePlaces(k)
		err := s.EachRow(ctx, k, func(row []string) error {
			if row[1] != meta.Organization.ID {
				return model.Errorf("E-FOREIGN", "台账里有别的党组织的%s记录,不能作为本组织的报送包导出;报送包只由各党组织用自己的台账导出", k.Title)
			}
			if row[5] == "" {
				meta.Counts[k.Name]++
			}
			for _, i := range private {
				row[i] = ""
			}
			if !yield(row, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// privatePlaces gives where a row of bundleRow's order holds what is private, where the
// county wants no identity.
func (e *export) privatePlaces(k *model.Kind) (places []int) {
	at := metaTexts
	for _, f := range k.Fields() {
		if f.Linked() {
			continue
		}
		if f.Private && e.anonymous() {
			places = append(places, at)
		}
		at++
	}
	return places
}

// metaTexts is how many columns stand before those of the fields.
const metaTexts = 6

// bundleRow gives a record's values in the order of the table's columns; what is
// private is left empty where the county wants no identity.
func bundleRow(r *model.Record, anonymous bool) []string {
	row := []string{r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, strconv.FormatInt(r.Rev, 10), r.DeletedAt}
	for _, f := range r.Kind.Fields() {
		switch {
		case f.Linked():
		case f.Private && anonymous:
			row = append(row, "")
		default:
			row = append(row, f.Type.CSV(f, r.Get(f.Name)))
		}
	}
	return row
}

// links gives the rows of a refs or roll field.
func (e *export) links(ctx context.Context, s store.Snapshot, k *model.Kind, f *model.Field) iter.Seq2[[]string, error] {
	width := 2
	if f.Type.Storage() == model.StoreMarks {
		width = 3
	}
	return func(yield func([]string, error) bool) {
		err := s.EachLink(ctx, k, f, func(record, target, state string) error {
			if !yield([]string{record, target, state}[:width:width], nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}
