package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Inside is a ledger as the packages under store see it: with SQL, transactions and
// rows as they stand. Nobody else can name the pass for it, so that what a form, a
// table or a command writes is always checked and remembered (Save).
type Inside struct{ l *Ledger }

// Inside opens the ledger to the packages under store.
func (l *Ledger) Inside(raw.Pass) Inside { return Inside{l} }

// Readers gives the connections that read the newest state, each question for itself.
func (i Inside) Readers() *raw.Readers { return i.l.readers }

// SealTo sets the ledger's Recipients.
func (i Inside) SealTo(to []age.Recipient) { i.l.sealTo = to }

// Moment calls read with the ledger as it stands at one moment; saves that happen
// meanwhile are not seen.
func (i Inside) Moment(ctx context.Context, read func(Snapshot) error) error {
	return i.l.atOneMoment(ctx, read)
}

// Write runs fn in one transaction: all that it writes is on the disk when Write
// returns nil, and none of it otherwise. *model.Error: E-READONLY, E-REF, E-FULL.
func (i Inside) Write(ctx context.Context, fn func(ctx context.Context, t *Tx) error) error {
	return i.l.write(ctx, fn)
}

// Explain makes errors of the database and the disk into those that a person can mend.
func (i Inside) Explain(err error) error { return i.l.explain(err) }

// By tells who writes, for what is signed with a name.
func (i Inside) By() string { return i.l.who() }

// Packs gives the limits of the rules in force.
func (i Inside) Packs() *model.Packs { return i.l.packs.Load() }

// Book gives the book that the ledger was opened with.
func (i Inside) Book() *Book { return i.l.book }

// Kept holds what the packages under store remember for as long as the ledger is open,
// each under a key of a type of its own.
func (i Inside) Kept() *sync.Map { return &i.l.kept }

// Reload reads anew what the ledger keeps in memory: the home organisation and the
// limits.
func (i Inside) Reload(ctx context.Context) error { return i.l.explain(i.l.load(ctx)) }

// LabelsAt gives the labels of records by id, as Labels does, by what q reads; of one in
// the recycle bin it does not say so.
func (i Inside) LabelsAt(ctx context.Context, q raw.Querier, kind string, ids []string) (map[string]string, error) {
	found, err := i.l.labeler(q).labels(ctx, kind, ids, labelDepth)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(found))
	for id, label := range found {
		texts[id] = label.text
	}
	return texts, nil
}

// OrganisationsAt gives the organisations as Organisations does, by what q reads.
func (i Inside) OrganisationsAt(ctx context.Context, q raw.Querier) (map[string]Unit, error) {
	return i.l.homes(ctx, q)
}

// OrganisationNamesAt gives their names as OrganisationNames does, by what q reads.
func (i Inside) OrganisationNamesAt(ctx context.Context, q raw.Querier) (map[string]string, error) {
	return i.l.organisationNames(ctx, q)
}

// ExamineFrom sets how many records make an organisation too large to be held while its
// records are examined, and how many are examined or gone through at once, until restore is
// called: for tests.
func (Inside) ExamineFrom(records, page int) (restore func()) {
	from, size, first, walk, begin := crowdFrom, crowdPage, crowdFirst, walkPage, walkFirst
	crowdFrom, crowdPage, crowdFirst, walkPage, walkFirst = records, page, min(first, page), page, min(begin, page)
	return func() { crowdFrom, crowdPage, crowdFirst, walkPage, walkFirst = from, size, first, walk, begin }
}

var _ raw.Querier = (*Tx)(nil)

// Query implements raw.Querier.
func (t *Tx) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := t.caughtUp(); err != nil {
		return nil, err
	}
	return t.w.Query(ctx, text, args...)
}

// Once implements raw.Querier.
func (t *Tx) Once(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := t.caughtUp(); err != nil {
		return nil, err
	}
	return t.w.Once(ctx, text, args...)
}

// Exec runs a statement that gives no rows.
func (t *Tx) Exec(ctx context.Context, text string, args ...any) error {
	if err := t.caughtUp(); err != nil {
		return err
	}
	return t.w.Exec(ctx, text, args...)
}

// Ledger gives the ledger that is written to.
func (t *Tx) Ledger() *Ledger { return t.l }

// Env gives rules the ledger as this transaction has left it so far.
func (t *Tx) Env() *model.Env { return t.env }

// Stamp is the transaction's moment: YYYY-MM-DDThh:mm:ssZ.
func (t *Tx) Stamp() string { return t.stamp }

// Session gives the connection that writes.
func (t *Tx) Session() *raw.Session { return t.w.Session }

// Touch notes that rows of an organisation are written past put.
func (t *Tx) Touch(orgID string) { t.touched[orgID] = true }

// Setting gives a setting as this transaction has left it, "" when it is not set.
func (t *Tx) Setting(ctx context.Context, name string) (string, error) {
	return setting(ctx, t.w, name)
}

// RowsOf gives every row of an organisation of one kind by id, deleted ones too, exactly
// as stored.
func (t *Tx) RowsOf(ctx context.Context, k *model.Kind, orgID string) ([]*model.Record, error) {
	return t.l.tables[k.Name].read(ctx, t.w, "t.org_id = ?", orgID)
}

// RowsBy gives the rows of one kind with these ids, deleted ones too, exactly as stored.
func (t *Tx) RowsBy(ctx context.Context, k *model.Kind, ids []string) ([]*model.Record, error) {
	return t.l.tables[k.Name].read(ctx, t.w, "t.id IN (SELECT value FROM json_each(?))", raw.List(ids))
}

// RowsOf gives every row of an organisation of one kind by id, deleted ones too, exactly
// as stored.
func (s Snapshot) RowsOf(ctx context.Context, k *model.Kind, orgID string) ([]*model.Record, error) {
	return s.l.tables[k.Name].read(ctx, s.q, "t.org_id = ?", orgID)
}

// RowsBy gives the rows of one kind with these ids, deleted ones too, exactly as stored.
func (s Snapshot) RowsBy(ctx context.Context, k *model.Kind, ids []string) ([]*model.Record, error) {
	return s.l.tables[k.Name].read(ctx, s.q, "t.id IN (SELECT value FROM json_each(?))", raw.List(ids))
}

// Querier runs queries on the ledger as it stands at the moment.
func (s Snapshot) Querier() raw.Querier { return s.q }

// RemoveRow deletes a row with its links; what it is found by stays.
func (t *Tx) RemoveRow(ctx context.Context, k *model.Kind, id string) error {
	for _, f := range t.l.tables[k.Name].links {
		if err := t.w.Exec(ctx, "DELETE FROM "+raw.Quote(raw.LinkTable(k, f))+" WHERE record_id = ?", id); err != nil {
			return fmt.Errorf("remove %s.%s: %w", k.Name, f.Name, err)
		}
	}
	if err := t.w.Exec(ctx, "DELETE FROM "+raw.Quote(k.Name)+" WHERE id = ?", id); err != nil {
		return fmt.Errorf("remove %s %s: %w", k.Name, id, err)
	}
	return nil
}

// ForgetRow deletes a row with its links and what it is found by.
func (t *Tx) ForgetRow(ctx context.Context, k *model.Kind, id string) error {
	if err := t.RemoveRow(ctx, k, id); err != nil {
		return err
	}
	if err := t.w.Exec(ctx, "DELETE FROM search WHERE kind = ? AND id = ?", k.Name, id); err != nil {
		return fmt.Errorf("search text: %w", err)
	}
	return nil
}

// PutUnchecked writes records and nothing that would follow from them, as one group of
// the history, with their search text, and asks no rule: for the demo's deliberate
// faults and for tests. What the rules forbid can't be saved, and yet stands in ledgers
// that were filled in elsewhere. Errors: as Save's, but for *Refusal.
func (i Inside) PutUnchecked(ctx context.Context, recs ...*model.Record) error {
	return i.l.write(ctx, func(ctx context.Context, t *Tx) error {
		for _, rec := range recs {
			if _, err := t.l.table(rec.Kind.Name); err != nil {
				return err
			}
			r := rec.Clone()
			old, err := t.original(ctx, r)
			if err != nil {
				return err
			}
			action := actionChange
			if old == nil {
				action = actionNew
			}
			if err := t.put(ctx, old, r, action); err != nil {
				return err
			}
		}
		return nil
	})
}

// ActionClear is what the history calls it when what is private was cleared away.
const ActionClear = "清除"

// Clear writes a record of which something was cleared away. The history gets an entry
// that holds what was there: whoever calls it cleans the history afterwards.
func (t *Tx) Clear(ctx context.Context, old, r *model.Record) error {
	return t.put(ctx, old, r, ActionClear)
}

// Group is the history's group of what this transaction writes.
func (t *Tx) Group() int64 { return t.group }

// By tells who writes.
func (t *Tx) By() string { return t.l.by }

// DropUndo forgets what this sitting could undo: what was cleared away is not to come back.
func (i Inside) DropUndo() {
	i.l.undo.mu.Lock()
	defer i.l.undo.mu.Unlock()
	i.l.undo.groups = nil
}

// Tidy writes the whole file anew, so that its free space holds nothing of what was there,
// and folds the log in. It reports false while somebody else reads the file: then the log
// still holds it, and Tidy is to be called again. *model.Error E-FULL.
func (i Inside) Tidy(ctx context.Context) (bool, error) {
	if i.l.writer == nil {
		return false, nil
	}
	ok, err := i.l.writer.Tidy(ctx)
	return ok, i.l.explain(err)
}
