// Package inbox carries what the county sends beside its receipts: notices and blank
// forms. The county keeps what it sends in its ledger and writes it to each stick that
// receipts go to; the village finds it under 上级来件.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Paper is one document. Stamps are YYYY-MM-DDThh:mm:ssZ.
type Paper struct {
	Hash     string // SHA-256 of its content, hex
	Name     string // of the file
	Note     string // what it is, by the county
	County   string // who sends it
	Size     int64
	Added    string // when the county took it up
	Came     string // when this ledger got it
	Opened   string // when it was first looked at or saved; "" for a new one
	Withdraw string // when the county took it back; "" while it is sent
}

// Weight shows how large a document is: 12 千字节, 3.4 兆.
func (p Paper) Weight() string {
	if p.Size < 1<<20 {
		return fmt.Sprintf("%d 千字节", (p.Size+1023)>>10)
	}
	return fmt.Sprintf("%.1f 兆", float64(p.Size)/(1<<20))
}

// Papers gives the documents of a ledger, the newest first: at the county those that it
// sends, in a village those that came.
func Papers(ctx context.Context, l *store.Ledger) ([]Paper, error) {
	all, err := papers(ctx, inside(l).Readers(), "1")
	return all, inside(l).Explain(err)
}

func papers(ctx context.Context, q raw.Querier, where string, args ...any) ([]Paper, error) {
	rows, err := q.Query(ctx, `SELECT hash, name, note, county, length(content), added_at, came_at, coalesce(opened_at, ''), coalesce(withdrawn_at, '')
		FROM mail WHERE `+where+` ORDER BY added_at DESC, name`, args...)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	defer rows.Close()
	var all []Paper
	for rows.Next() {
		var p Paper
		if err := rows.Scan(&p.Hash, &p.Name, &p.Note, &p.County, &p.Size, &p.Added, &p.Came, &p.Opened, &p.Withdraw); err != nil {
			return nil, fmt.Errorf("mail: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// content gives a document's bytes.
func content(ctx context.Context, q raw.Querier, hash string) ([]byte, error) {
	rows, err := q.Query(ctx, "SELECT content FROM mail WHERE hash = ?", hash)
	if err != nil {
		return nil, fmt.Errorf("mail %s: %w", hash, err)
	}
	defer rows.Close()
	var data []byte
	if !rows.Next() {
		return nil, errors.Join(rows.Err(), model.Errorf("E-MAIL-GONE", "台账里没有这个来件"))
	}
	if err := rows.Scan(&data); err != nil {
		return nil, fmt.Errorf("mail %s: %w", hash, err)
	}
	return data, rows.Err()
}

// SaveTo writes a document into a folder under its own name, with a number behind it
// where the name is taken by another file, and gives the path. *model.Error: E-MAIL-GONE,
// E-PERM, E-FULL, E-WRITE.
func SaveTo(ctx context.Context, l *store.Ledger, p Paper, dir string) (string, error) {
	data, err := content(ctx, inside(l).Readers(), p.Hash)
	if err != nil {
		return "", inside(l).Explain(err)
	}
	path, standing := freeName(dir, p.Name, data)
	if !standing {
		if err := disk.WholeBytes(path, data); err != nil {
			return "", disk.Told(err, "“"+path+"”没有写成", "")
		}
	}
	return path, opened(ctx, l, p.Hash)
}

// freeName gives a path for a document; standing tells that it lies there already.
func freeName(dir, name string, data []byte) (path string, standing bool) {
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path = filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s(%d)%s", strings.TrimSuffix(name, ext), n, ext))
		}
		have, err := os.ReadFile(path)
		switch {
		case err != nil && os.IsNotExist(err):
			return path, false
		case err == nil && string(have) == string(data):
			return path, true
		case n > 999:
			return path, false
		}
	}
}

// opened notes that somebody has looked at a document.
func opened(ctx context.Context, l *store.Ledger, hash string) error {
	if l.ReadOnly() {
		return nil
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := t.Exec(ctx, "UPDATE mail SET opened_at = ? WHERE hash = ? AND opened_at IS NULL", t.Stamp(), hash); err != nil {
			return fmt.Errorf("mail %s: %w", hash, err)
		}
		return nil
	})
}
