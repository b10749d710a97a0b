package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"taizhang/model"
)

// undoStack holds the groups written in this sitting, the last one on top.
type undoStack struct {
	mu     sync.Mutex
	groups []undoGroup
}

// undoGroup is a group of the history and the rev at which it left each record.
type undoGroup struct {
	group int64
	revs  map[[2]string]int64
	// Of what was written beside the kinds: what it was, and what takes it back.
	what string
	back func(ctx context.Context, t *Tx) error
}

// push adds a group; one that wrote nothing has nothing to undo.
func (s *undoStack) push(group int64, wrote []written) {
	if len(wrote) == 0 {
		return
	}
	g := undoGroup{group: group, revs: map[[2]string]int64{}}
	for _, w := range wrote {
		g.revs[[2]string{w.kind, w.id}] = w.rev
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = append(s.groups, g)
}

// drop takes the top group away and lets those below know under which rev their
// records stand again: at before they stood as they do now, at after.
func (s *undoStack) drop(before map[[2]string]int64, wrote []written) {
	s.groups = s.groups[:len(s.groups)-1]
	for _, w := range wrote {
		key := [2]string{w.kind, w.id}
		for i := len(s.groups) - 1; i >= 0; i-- {
			rev, ok := s.groups[i].revs[key]
			if !ok {
				continue
			}
			if rev == before[key] {
				s.groups[i].revs[key] = w.rev
			}
			break
		}
	}
}

// Undo takes the last group of this sitting back: its records become what they
// were, under a new rev; a new record goes to the recycle bin. what says in Chinese
// what was undone, "" when there is nothing. *model.Error E-CONFLICT when a record
// has been changed by other means since.
func (l *Ledger) Undo(ctx context.Context) (what string, err error) {
	l.undo.mu.Lock()
	defer l.undo.mu.Unlock()
	if len(l.undo.groups) == 0 {
		return "", nil
	}
	top := l.undo.groups[len(l.undo.groups)-1]
	if top.back != nil {
		return l.undoBeside(ctx, top)
	}
	before := map[[2]string]int64{}
	var wrote []written
	err = l.write(ctx, func(ctx context.Context, t *Tx) error {
		all, err := entries(ctx, t.w, "grp = ?", top.group)
		if err != nil {
			return err
		}
		if what, err = t.describe(ctx, all); err != nil {
			return err
		}
		if err := t.takeBack(ctx, all, top, before); err != nil {
			return err
		}
		wrote = t.wrote
		return nil
	})
	if err != nil {
		return "", err
	}
	l.undo.drop(before, wrote)
	return what, nil
}

// takeBack undoes a group's entries, the last first, and writes each record once.
// before gets the rev at which each record stood before the group.
func (t *Tx) takeBack(ctx context.Context, all []entry, top undoGroup, before map[[2]string]int64) error {
	now := map[[2]string]*model.Record{}
	then := map[[2]string]*model.Record{}
	var order [][2]string
	for _, e := range slices.Backward(all) {
		key := [2]string{e.kind, e.id}
		if now[key] == nil {
			tab, err := t.l.table(e.kind)
			if err != nil {
				return err
			}
			r, err := t.l.record(ctx, t.w, tab, e.id)
			if err != nil {
				return err
			}
			if r == nil || r.Rev != top.revs[key] {
				return model.Errorf("E-CONFLICT", "不能撤销:这条%s后来又被改过;请打开它的修改记录,从中恢复原来的内容", tab.kind.Title)
			}
			now[key], then[key] = r, r.Clone()
			order = append(order, key)
		}
		if err := t.takeBackOne(e, then[key]); err != nil {
			return err
		}
		before[key] = e.rev - 1
	}
	for _, key := range order {
		if err := t.put(ctx, now[key], then[key], actionBetween(now[key], then[key])); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) takeBackOne(e entry, r *model.Record) error {
	switch e.action {
	case actionNew:
		r.DeletedAt = t.stamp
		return nil // its values stay, in the recycle bin
	case actionDelete:
		r.DeletedAt = ""
	case actionRestore:
		r.DeletedAt = t.stamp
	}
	return e.takeBack(r)
}

func actionBetween(now, then *model.Record) string {
	switch {
	case now.DeletedAt == "" && then.DeletedAt != "":
		return actionDelete
	case now.DeletedAt != "" && then.DeletedAt == "":
		return actionRestore
	}
	return actionChange
}

// describe says what undoing a group does: 已撤销:修改 人员 张三.
func (t *Tx) describe(ctx context.Context, all []entry) (string, error) {
	if len(all) == 0 {
		return "", fmt.Errorf("undo: the group has no history")
	}
	first := all[0]
	tab, err := t.l.table(first.kind)
	if err != nil {
		return "", err
	}
	labels, err := t.l.labeler(t.w).labels(ctx, first.kind, []string{first.id}, labelDepth)
	if err != nil {
		return "", err
	}
	different := map[[2]string]bool{}
	for _, e := range all {
		different[[2]string{e.kind, e.id}] = true
	}
	what := fmt.Sprintf("已撤销:%s %s %s", first.action, tab.kind.Title, labels[first.id].text)
	if n := len(different); n > 1 {
		what += fmt.Sprintf(" 等 %d 条记录", n)
	}
	return what, nil
}

// WriteBeside writes to tables beside the kinds in one transaction, as one act of this
// sitting: the next Undo runs back, in a transaction too, and says what. Records are not
// written this way: their rows, their history and their search text belong together
// (Save). Errors as Write's.
func (i Inside) WriteBeside(ctx context.Context, what string, fn, back func(ctx context.Context, t *Tx) error) error {
	if err := i.l.write(ctx, fn); err != nil {
		return err
	}
	i.l.undo.mu.Lock()
	defer i.l.undo.mu.Unlock()
	i.l.undo.groups = append(i.l.undo.groups, undoGroup{what: what, back: back})
	return nil
}

// undoBeside takes the top group back, which was written beside the kinds.
func (l *Ledger) undoBeside(ctx context.Context, top undoGroup) (what string, err error) {
	if err := l.write(ctx, top.back); err != nil {
		return "", err
	}
	l.undo.groups = l.undo.groups[:len(l.undo.groups)-1]
	return "已撤销:" + top.what, nil
}

// Tried is what saving one of several records would come to.
type Tried struct {
	Refused  []model.Finding // why it can't be saved; of what follows from it too
	Warnings []model.Finding // those that a save would say, of the record itself
}

// errTried ends a trial: everything is taken back.
var errTried = errors.New("only tried")

// Try saves records as Save does, in their order, each that is refused left out, and
// takes all of it back: nothing is written. It gives one Tried for each. What the
// records would come to together is seen, as two of one person and month.
//
// Errors: E-READONLY, and faults of reading; what rules or the ledger refuse is no error.
func (l *Ledger) Try(ctx context.Context, how model.Origin, recs ...*model.Record) ([]Tried, error) {
	all := make([]Tried, len(recs))
	err := l.write(ctx, func(wctx context.Context, t *Tx) error {
		for i, r := range recs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := t.try(wctx, r, how, &all[i]); err != nil {
				return err
			}
		}
		return errTried
	})
	if err != nil && !errors.Is(err, errTried) {
		return nil, err
	}
	return all, nil
}

// try saves one record between two marks of the transaction, so that what a refused one
// has written already (a movement whose person can't follow) is gone for the next.
func (t *Tx) try(ctx context.Context, r *model.Record, how model.Origin, into *Tried) error {
	if err := t.w.Exec(ctx, "SAVEPOINT one"); err != nil {
		return err
	}
	one, err := t.save(ctx, r, how, 0)
	if err == nil {
		for _, f := range one.findings {
			if f.Severity == model.Warning {
				into.Warnings = append(into.Warnings, f)
			}
		}
		return t.w.Exec(ctx, "RELEASE one")
	}
	var refusal *Refusal
	var known *model.Error
	switch {
	case errors.As(err, &refusal):
		into.Refused = model.Faults(refusal.Findings)
		if refusal.Kind != nil && refusal.Kind != r.Kind {
			for i := range into.Refused {
				into.Refused[i].Message = "要同时更新的" + refusal.Kind.Title + ":" + into.Refused[i].Message
				into.Refused[i].Field = ""
			}
		}
	case errors.As(err, &known):
		into.Refused = []model.Finding{{Code: known.Code, Severity: model.Fault, Field: known.Field, Message: known.Message, Source: model.SourceOwn}}
	default:
		return err
	}
	if err := t.w.Exec(ctx, "ROLLBACK TO one"); err != nil {
		return err
	}
	t.forget(ctx)
	return t.w.Exec(ctx, "RELEASE one")
}

// forget drops what the transaction remembers of records, as when some of it was taken back.
func (t *Tx) forget(ctx context.Context) {
	t.memory = t.l.memory(t)
	t.labels = t.memory.labels
	t.env = t.l.env(ctx, t, t.memory)
}
