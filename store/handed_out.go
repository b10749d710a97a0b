package store

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
)

// HandedOut is a paper that was written with ID numbers, phones or addresses whole: for
// what, and for whom (design.md §11). It stands in the history beside the changes of
// records: 出表.
type HandedOut struct {
	Seq               int64
	At                string // YYYY-MM-DDThh:mm:ssZ
	By                string
	Title             string // what was written, e.g. 党员花名册 2026-11-28
	Purpose, Receiver string
	File              string // where it was written; "" for what was only shown
}

// ActionHandOut is what the history calls such a writing.
const ActionHandOut = "出表"

// NoteHandOut keeps that a paper with whole numbers is written. It comes before the
// writing, so that no such paper leaves the ledger without a trace. *model.Error:
// E-PURPOSE where the purpose or the receiver is missing, E-READONLY, E-FULL.
func (l *Ledger) NoteHandOut(ctx context.Context, h HandedOut) error {
	for _, text := range []*string{&h.Title, &h.Purpose, &h.Receiver, &h.File} {
		*text = strings.TrimSpace(model.Clean(*text, false))
	}
	if h.Purpose == "" || h.Receiver == "" {
		return model.Errorf("E-PURPOSE", "写全身份证号、电话和住址,要写明用途和接收单位")
	}
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		err := t.w.Exec(ctx, `INSERT INTO handed_out (at, "by", title, purpose, receiver, file) VALUES (?, ?, ?, ?, ?, ?)`,
			t.stamp, l.who(), h.Title, h.Purpose, h.Receiver, h.File)
		if err != nil {
			return fmt.Errorf("handed out: %w", err)
		}
		return nil
	})
}

// HandedOut gives at most n of the papers written with whole numbers, the newest first;
// 0 gives all.
func (l *Ledger) HandedOut(ctx context.Context, n int) ([]HandedOut, error) {
	if n == 0 {
		n = -1
	}
	rows, err := l.readers.Query(ctx, `SELECT seq, at, "by", title, purpose, receiver, file FROM handed_out ORDER BY seq DESC LIMIT ?`, n)
	if err != nil {
		return nil, l.explain(fmt.Errorf("handed out: %w", err))
	}
	defer rows.Close()
	var all []HandedOut
	for rows.Next() {
		var h HandedOut
		if err := rows.Scan(&h.Seq, &h.At, &h.By, &h.Title, &h.Purpose, &h.Receiver, &h.File); err != nil {
			return nil, l.explain(fmt.Errorf("handed out: %w", err))
		}
		all = append(all, h)
	}
	return all, l.explain(rows.Err())
}
