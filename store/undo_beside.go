package store

import "context"

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
