package county

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// The county looks twice before it deletes (design.md §10, Months): a bundle that passes
// every check, but would take away what is not likely to be meant, changes nothing. Its
// file is kept, encrypted as it came, in a table of the county's ledger: so one
// transaction keeps the file and the line about it, a backup holds both, no second place
// can be lost or forgotten, and nothing lies about in clear that the stick held sealed.

// Waiting is the verdict on a bundle that a clerk decides on (Decide).
const Waiting = bundle.VerdictWaiting

// What a line of the book is known by, where a bundle that waited was not taken in.
const (
	codeReviewed  = "E-REVIEWED"  // the clerk asked, and refused it
	codeOvertaken = "E-OVERTAKEN" // a later bundle of the unit has come
)

// lookTwice gives what a bundle would take away that nobody explains: a clerk decides on
// it. The first of an organisation takes nothing away.
func (r *reception) lookTwice(ctx context.Context, rows *bundleRows) (*send.Lost, error) {
	if r.known == nil || r.asked != "" {
		return nil, nil
	}
	lost, err := r.missing(ctx, rows)
	if err != nil || lost.None() {
		return nil, err
	}
	if a := r.granted(); a != nil && a.Loss.covers(lost) {
		return nil, nil
	}
	return lost, nil
}

// missing finds what the bundle would take away of what is on file. Where digests are kept
// of that, only what is another now or gone is read.
func (r *reception) missing(ctx context.Context, rows *bundleRows) (*send.Lost, error) {
	orgID, anew := r.known.OrgID, r.anew()
	if orgID == "" {
		orgID = rows.org.ID
	}
	lost := send.NothingLost()
	good, fresh := rows.final()
	err := inside(r.l).Moment(ctx, func(s store.Snapshot) error {
		var kept map[string]digests
		if !anew {
			var err error
			if kept, err = keptDigests(ctx, s.Querier(), orgID); err != nil {
				return err
			}
		}
		rowsOf := func(k *model.Kind) ([]*model.Record, error) {
			if _, others, sure := unchanged(kept, fresh, k.Name, good[k.Name]); sure {
				return s.RowsBy(ctx, k, others)
			}
			return s.RowsOf(ctx, k, orgID)
		}
		persons, moves, err := heldMembers(r.l.Kinds(), rowsOf)
		if err != nil {
			return err
		}
		lost.Miss(membership.Unexplained(rows.inBundle(persons), rows.all[membership.PersonKind], rows.movements(moves), r.in.Month))
		for _, k := range rows.kinds.Kinds() {
			ids, err := heldIDs(ctx, s, k, orgID, good[k.Name], kept, fresh)
			if err != nil {
				return err
			}
			lost.Shrink(k.Name, len(ids), len(ids)-staying(ids, good[k.Name], anew))
		}
		return nil
	})
	return lost, inside(r.l).Explain(err)
}

// heldIDs gives the ids of an organisation's records of one kind that are on file.
func heldIDs(ctx context.Context, s store.Snapshot, k *model.Kind, orgID string, good []*model.Record, kept, fresh map[string]digests) ([]string, error) {
	same, others, sure := unchanged(kept, fresh, k.Name, good)
	where, args := "", []any{orgID}
	if sure {
		where, args = " AND id IN (SELECT value FROM json_each(?))", append(args, raw.List(others))
	}
	var ids []string
	if !sure || len(others) > 0 {
		var err error
		if ids, err = raw.Texts(ctx, s.Querier(), "SELECT id FROM "+raw.Quote(k.Name)+" WHERE org_id = ? AND deleted_at IS NULL"+where, args...); err != nil {
			return nil, fmt.Errorf("read %s: %w", k.Name, err)
		}
	}
	for _, r := range same {
		if r.DeletedAt == "" {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// heldMembers gives the members among the persons that rowsOf gives, and its movements, none
// in a catalog without them.
func heldMembers(kinds *model.Catalog, rowsOf func(*model.Kind) ([]*model.Record, error)) (members, moves []*model.Record, err error) {
	person, movement := kinds.Kind(membership.PersonKind), kinds.Kind(membership.MovementKind)
	if person == nil || movement == nil {
		return nil, nil, nil
	}
	all, err := rowsOf(person)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		if p.DeletedAt == "" && membership.IsMember(p) {
			members = append(members, p)
		}
	}
	moves, err = rowsOf(movement)
	return members, moves, err
}

// inBundle leaves those out of the persons on file whose record was set aside: the
// village still has them, and the receipt says what is wrong with each.
func (w *bundleRows) inBundle(held []*model.Record) []*model.Record {
	var all []*model.Record
	for _, p := range held {
		if now := w.byID[membership.PersonKind][p.ID]; now == nil || !w.aside[now] || now.DeletedAt != "" {
			all = append(all, p)
		}
	}
	return all
}

// movements gives those of the bundle, and as deleted those that are only on file.
func (w *bundleRows) movements(held []*model.Record) []*model.Record {
	all := append([]*model.Record{}, w.all[membership.MovementKind]...)
	for _, m := range held {
		if w.byID[membership.MovementKind][m.ID] == nil {
			gone := m.Clone()
			gone.DeletedAt = gone.UpdatedAt
			all = append(all, gone)
		}
	}
	return all
}

// staying counts the records on file that stay. Of a ledger begun anew every id is new,
// so that only numbers can be compared.
func staying(held []string, good []*model.Record, anew bool) int {
	here := map[string]bool{}
	for _, r := range good {
		if r.DeletedAt == "" {
			here[r.ID] = true
		}
	}
	if anew {
		return min(len(held), len(here))
	}
	n := 0
	for _, id := range held {
		n += model.OneIf(here[id])
	}
	return n
}

// wait keeps the file and notes the bundle, in one transaction. One of the unit that
// waited before is overtaken.
func (r *reception) wait(ctx context.Context, lost *send.Lost) error {
	content, err := r.whole()
	if err != nil {
		r.in.Verdict, r.in.Reason = Unread, readFault(err)
		return nil
	}
	r.in.Verdict, r.in.Lost, r.in.Reason = Waiting, lost, "这次比上次"+lost.Text(r.l.Kinds())
	line, err := r.line(Waiting)
	if err != nil {
		return err
	}
	return inside(r.l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := overtake(ctx, t, line); err != nil {
			return err
		}
		if err := noteIntake(ctx, t, line); err != nil {
			return err
		}
		err := t.Exec(ctx, "INSERT INTO intake_waiting (code, intake, sequence, content) SELECT ?, max(seq), ?, ? FROM intake", line.Code, line.Sequence, content)
		if err != nil {
			return fmt.Errorf("bundle that waits: %w", err)
		}
		return nil
	})
}

// whole reads the file again, as it was hashed.
func (r *reception) whole() ([]byte, error) {
	if r.content != nil {
		return r.content, nil
	}
	f, err := os.Open(r.in.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // It was only read.
	content, err := io.ReadAll(io.LimitReader(f, bundle.MaxFile+1))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != r.in.FileHash {
		return nil, fmt.Errorf("%s has changed meanwhile", r.in.File)
	}
	return content, nil
}

// overtake takes the bundle of the unit away that waits, and where it is another than
// that of the line says so in the book. It is called before the line is written.
func overtake(ctx context.Context, t *store.Tx, by IntakeLine) error {
	rows, err := t.Query(ctx, "SELECT "+intakeColumns+", reasons FROM intake WHERE seq = (SELECT intake FROM intake_waiting WHERE code = ?)", by.Code)
	waiting, err := scanIntakes(rows, err)
	if err != nil || len(waiting) == 0 {
		return err
	}
	if err := t.Exec(ctx, "DELETE FROM intake_waiting WHERE code = ?", by.Code); err != nil {
		return fmt.Errorf("bundle that waits: %w", err)
	}
	old := waiting[0]
	if old.Hash == by.Hash {
		return nil
	}
	return noteOutcome(ctx, t, &old, outcome{code: codeOvertaken, reason: fmt.Sprintf("以后的第 %d 号报送包已经来了,这一个不用再核实", by.Sequence)})
}

// undecided passes over what waits already or was refused after asking, and over what is
// older than the bundle that waits: old files stay on sticks.
func (r *reception) undecided(ctx context.Context) (done bool, err error) {
	if !r.in.signed || r.asked != "" {
		return false, nil
	}
	rows, err := inside(r.l).Readers().Query(ctx, "SELECT "+intakeColumns+", reasons FROM intake WHERE code = ? AND hash = ? ORDER BY seq DESC LIMIT 1", r.in.Code, r.in.Hash)
	same, err := scanIntakes(rows, err)
	if err != nil {
		return false, inside(r.l).Explain(err)
	}
	now, err := waitingLines(ctx, r.l, r.in.Code)
	if err != nil {
		return false, err
	}
	if len(same) == 1 {
		why, err := readReasons(&same[0])
		if err != nil {
			return false, err
		}
		switch {
		case len(now) == 1 && now[0].Seq == same[0].Seq:
			r.in.Verdict, r.in.Reason, r.in.Lost, r.in.Problems = Waiting, why.Reason, why.Lost, why.Problems
			return true, nil
		case same[0].Verdict == Refused && why.Code == codeReviewed:
			r.in.Verdict, r.in.Reason = Already, "核实后已经退回,这次跳过"
			return true, nil
		}
	}
	if len(now) == 1 && r.in.Sequence < now[0].Sequence && !r.let() {
		r.in.Verdict, r.in.Reason = Already, fmt.Sprintf("比待核实的第 %d 号旧,这次跳过", now[0].Sequence)
		return true, nil
	}
	return false, nil
}

// reopen reads a bundle that waited, as unwrap reads a file.
func (r *reception) reopen(ctx context.Context) (data []byte, err error) {
	data, plain, err := r.open(bytes.NewReader(r.content))
	return r.sealed(ctx, data, plain, err)
}
