package store

import (
	"context"
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
