package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Backup writes a consistent copy of the ledger to path, which must not exist yet.
// *model.Error: E-EXISTS, E-PERM, E-FULL.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	if err := l.Damaged(); err != nil { // what is broken must not look like a backup
		return err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := os.Stat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名,以免盖掉原来的备份", path)
	}
	err = l.readers.Snapshot(ctx, func(q raw.Querier) error { return copyInto(ctx, q, path) })
	var mine *model.Error
	if errors.As(err, &mine) {
		return err
	}
	return explain(err, path)
}

// copyInto writes the copy under a temporary name beside path, its first bytes last, so
// that no half of one can be opened, neither on a stick that is pulled out nor beside the
// ledger; it is read back, and only then gets its name. There is no other copy on the
// way: a full disk of the ledger's own keeps nobody from a backup on a stick.
func copyInto(ctx context.Context, q raw.Querier, path string) error {
	if err := sound(ctx, q); err != nil {
		return err
	}
	copied, err := disk.PrepareHeadLast(path, raw.HeadSize, func(w io.Writer) error { return raw.WritePages(ctx, q, w) })
	switch {
	case errors.Is(err, disk.ErrChanged):
		return model.Errorf("E-WRITE", "写好的“%s”读回来与原来的不一样,U盘可能坏了,请换一个U盘再备份", path)
	case err != nil:
		return explain(err, path)
	}
	return explain(copied.FinishSafe(), path) // a copy that is not safe is none
}

// sound asks SQLite's own check of the file: a copy of a damaged ledger would pass for a
// backup.
func sound(ctx context.Context, q raw.Querier) error {
	wrong, err := whole.Pages(ctx, q)
	if err != nil {
		return err
	}
	if len(wrong) > 0 {
		return model.Errorf("E-CORRUPT", "台账文件已损坏,这样的备份没有用;请不要再往里写,用“从备份恢复”换回最近的备份")
	}
	return nil
}

// drain runs a statement whose rows don't matter.
func drain(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return errors.Join(rows.Err(), rows.Close())
}
