package repair

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// backups are the copies of the ledger in which a record may still stand.
type backups struct{ all []*backup }

type backup struct {
	l   *store.Ledger
	day string // on which something was written last, YYYY-MM-DD
}

// openBackups opens the copies that can be read, and gives how the tables of the newest lie.
func openBackups(ctx context.Context, o Options) (*backups, map[string]shape, error) {
	b := &backups{}
	for _, path := range o.Backups {
		opt := o.Store
		opt.ReadOnly = true
		l, err := store.Open(ctx, path, opt)
		if err != nil {
			if ctx.Err() != nil {
				b.close()
				return nil, nil, ctx.Err()
			}
			continue // one that can't be opened holds nothing
		}
		one := &backup{l: l}
		if at, err := raw.TextsOnce(ctx, l.Inside(raw.Pass{}).Readers(), "SELECT substr(at, 1, 10) FROM history ORDER BY seq DESC LIMIT 1"); err == nil && len(at) > 0 {
			one.day = at[0]
		}
		b.all = append(b.all, one)
	}
	if len(b.all) == 0 {
		return b, nil, nil
	}
	like, err := b.shapes(ctx)
	if err != nil {
		b.close()
	}
	return b, like, err
}

func (b *backups) shapes(ctx context.Context) (map[string]shape, error) {
	rows, err := b.all[0].l.Inside(raw.Pass{}).Readers().Once(ctx, "SELECT name, sql FROM sqlite_master WHERE type = 'table'")
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	defer rows.Close()
	statements := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		statements[name] = text
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	return fileShapes(ctx, statements)
}

// get gives a record as the newest copy holds it that has it, and that copy's day; nil where
// none has.
func (b *backups) get(ctx context.Context, k key) (*model.Record, string, error) {
	for _, one := range b.all {
		r, err := one.l.Get(ctx, k.kind, k.id)
		if err == nil {
			return r, one.day, nil
		}
		if known := (*model.Error)(nil); !errors.As(err, &known) && ctx.Err() != nil {
			return nil, "", err
		}
	}
	return nil, "", nil
}

func (b *backups) close() {
	for _, one := range b.all {
		//nolint:errcheck // They were only read.
		one.l.Close()
	}
}

// fillTables takes from the newest backup the rows of the tables beside the records that can
// have been lost, or tells how many it still holds.
func (j *job) fillTables(ctx context.Context) error {
	if len(j.backups.all) == 0 {
		return nil
	}
	for _, t := range j.src.program.tables {
		if t.kind != nil || t.field != nil || derived[t.name] || t.name == "setting" || !j.suspect(t.name) {
			continue
		}
		if err := j.fillTable(ctx, t, j.backups.all[0]); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) fillTable(ctx context.Context, t *table, from *backup) error {
	var names []string
	for _, c := range t.columns {
		names = append(names, raw.Quote(c.name))
	}
	list := strings.Join(names, ", ")
	rows, err := from.l.Inside(raw.Pass{}).Readers().Once(ctx, "SELECT "+list+" FROM "+raw.Quote(t.name))
	if err != nil {
		return nil //nolint:nilerr // An older copy may lack the table or a column: it holds nothing then.
	}
	defer rows.Close()
	keys, marks := []string{}, []string{}
	for _, c := range t.columns {
		marks = append(marks, "?")
		if c.key > 0 {
			keys = append(keys, raw.Quote(c.name)+" = ?")
		}
	}
	n := 0
	for rows.Next() {
		values := make([]any, len(names))
		into := make([]any, len(names))
		var key []any
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		for i, c := range t.columns {
			if c.key > 0 {
				key = append(key, values[i])
			}
		}
		have, err := raw.Number(ctx, j.t, "SELECT count(*) FROM "+raw.Quote(t.name)+" WHERE "+strings.Join(keys, " AND "), key...)
		if err != nil {
			return err
		}
		if have > 0 {
			continue
		}
		n++
		if !j.o.Fill {
			continue
		}
		if err := j.t.Exec(ctx, "INSERT INTO "+raw.Quote(t.name)+" ("+list+") VALUES ("+strings.Join(marks, ", ")+")", values...); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	if n > 0 {
		it := Item{Table: t.name, Kind: t.title, What: fmt.Sprintf("%d 条", n), Held: from.day}
		if j.o.Fill {
			j.report.sum(t).FromBackup += n
			it.From = "备份 " + from.day
		}
		j.report.add(it)
	}
	return rows.Err()
}
