package send

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// Sent is a bundle that was exported.
type Sent struct {
	File      string // base name
	Path      string // where it was written
	Month     model.Month
	Sequence  int64
	Hash      string // SHA-256 of its datapackage.json, hex
	FileHash  string // SHA-256 of the whole file, hex: the check code
	Size      int64
	CreatedAt string
	Plain     bool
	Counts    map[string]int
	Problems  int
	State     string // 待回执, later 已接收, 有问题, 待核实, 被退回

	members []string // the ids of those who are members in it
}

// SentBundles gives the bundles that were exported, the last first.
func SentBundles(ctx context.Context, l *store.Ledger) ([]Sent, error) {
	all, err := sentBundles(ctx, inside(l).Readers())
	return all, inside(l).Explain(err)
}

func sentBundles(ctx context.Context, q raw.Querier) ([]Sent, error) {
	rows, err := q.Query(ctx, `SELECT file, path, month, sequence, hash, file_hash, size, created_at, plain, counts, problems, state
		FROM bundle_sent ORDER BY sequence DESC`)
	if err != nil {
		return nil, fmt.Errorf("bundles sent: %w", err)
	}
	defer rows.Close()
	var all []Sent
	for rows.Next() {
		var b Sent
		var counts string
		err := rows.Scan(&b.File, &b.Path, &b.Month, &b.Sequence, &b.Hash, &b.FileHash, &b.Size, &b.CreatedAt, &b.Plain, &counts, &b.Problems, &b.State)
		if err != nil {
			return nil, fmt.Errorf("bundles sent: %w", err)
		}
		if err := json.Unmarshal([]byte(counts), &b.Counts); err != nil {
			return nil, fmt.Errorf("bundle %d: %w", b.Sequence, err)
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// sentBefore gives the bundles whose hash was committed, also those that were then not
// written, the newest first, as many as a bundle names.
func sentBefore(ctx context.Context, q raw.Querier) ([]bundle.Before, error) {
	rows, err := q.Query(ctx, "SELECT sequence, hash FROM bundle_sent WHERE hash <> '' ORDER BY sequence DESC LIMIT ?", bundle.MaxSent)
	if err != nil {
		return nil, fmt.Errorf("bundles sent: %w", err)
	}
	defer rows.Close()
	all := []bundle.Before{}
	for rows.Next() {
		var b bundle.Before
		if err := rows.Scan(&b.Sequence, &b.Hash); err != nil {
			return nil, fmt.Errorf("bundles sent: %w", err)
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// NoteSent writes a bundle down in the list of those sent.
func NoteSent(ctx context.Context, t *store.Tx, b Sent) error {
	counts, err := json.Marshal(b.Counts)
	if err != nil {
		return fmt.Errorf("bundle %d: %w", b.Sequence, err)
	}
	members, err := json.Marshal(b.members)
	if err != nil {
		return fmt.Errorf("bundle %d: %w", b.Sequence, err)
	}
	if b.members == nil {
		members = nil // not known of a bundle that was not made here
	}
	plain := 0
	if b.Plain {
		plain = 1
	}
	err = t.Exec(ctx, `INSERT INTO bundle_sent (sequence, month, file, path, hash, file_hash, size, created_at, plain, counts, problems, state, members)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, b.Sequence, string(b.Month), b.File, b.Path, b.Hash, b.FileHash, b.Size,
		b.CreatedAt, plain, string(counts), b.Problems, b.State, string(members))
	if err != nil {
		return fmt.Errorf("bundle %d: %w", b.Sequence, err)
	}
	return nil
}

// Continue lets the numbers of bundles go on from the last one that was sent, which is
// written down: of a ledger that is made of what others hold.
func Continue(ctx context.Context, t *store.Tx, last Sent) error {
	if err := t.SetSetting(ctx, settingSequence, strconv.FormatInt(last.Sequence, 10)); err != nil {
		return err
	}
	return NoteSent(ctx, t, last)
}
