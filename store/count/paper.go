package count

import (
	"cmp"
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// SettleOnPaper writes down that duties were done on paper on a day before the book
// began, as one act: what is due is silent from then on for those records and periods.
// note says where it is written; by is who says so, "" for the one who writes the ledger.
// It gives the number of the act, for TakeBackPaper. Errors as party.CheckPaper, and
// E-PAPER-NOTE without a note; nothing is written then.
func SettleOnPaper(ctx context.Context, l *store.Ledger, day model.Date, note, by string, all ...model.Due) (act int64, err error) {
	if note == "" {
		return 0, model.Errorf("E-PAPER-NOTE", "请写明记在哪里,例如 2026年会议记录本第12页")
	}
	err = inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		last, err := raw.Number(ctx, t, "SELECT coalesce(max(seq), 0) FROM due_settled")
		if err != nil {
			return fmt.Errorf("settled on paper: %w", err)
		}
		act = last + 1
		for i, d := range all {
			if err := party.CheckPaper(t.Env(), d, day); err != nil {
				return err
			}
			err := t.Exec(ctx, `INSERT INTO due_settled (seq, act, code, kind, record_id, period, done_on, note, settled_by, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				act+int64(i), act, d.Code, d.Kind, d.ID, d.Period, string(day), note, cmp.Or(by, inside(l).By()), t.Stamp())
			if err != nil {
				return fmt.Errorf("settle %s: %w", d.Code, err)
			}
		}
		return nil
	})
	return act, err
}

// TakeBackPaper takes an act of SettleOnPaper back, or of it the one settlement of that
// number where seq is not 0. The rows stay, marked with who took them back and when.
func TakeBackPaper(ctx context.Context, l *store.Ledger, act, seq int64) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		err := t.Exec(ctx, `UPDATE due_settled SET undone_by = ?, undone_at = ? WHERE act = ? AND (? = 0 OR seq = ?) AND undone_at IS NULL`,
			inside(l).By(), t.Stamp(), act, seq, seq)
		if err != nil {
			return fmt.Errorf("settled on paper: %w", err)
		}
		return nil
	})
}

// OnPaper gives what was settled on paper and not taken back, the oldest first.
func OnPaper(ctx context.Context, l *store.Ledger) ([]model.Settled, error) {
	all, err := onPaper(ctx, inside(l).Readers())
	return all, inside(l).Explain(err)
}

// Settled implements model.SettledLookup.
func (k closedLookup) Settled() ([]model.Settled, error) {
	return onPaper(k.at.Context(), k.at.Querier())
}

func onPaper(ctx context.Context, q raw.Querier) ([]model.Settled, error) {
	rows, err := q.Query(ctx, `SELECT seq, act, code, kind, record_id, period, done_on, note, settled_by, settled_at FROM due_settled WHERE undone_at IS NULL ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("settled on paper: %w", err)
	}
	defer rows.Close()
	var all []model.Settled
	for rows.Next() {
		var s model.Settled
		if err := rows.Scan(&s.Seq, &s.Act, &s.Code, &s.Kind, &s.ID, &s.Period, &s.Day, &s.Note, &s.By, &s.At); err != nil {
			return nil, fmt.Errorf("settled on paper: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
