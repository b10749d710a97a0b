package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// Backup writes a consistent copy of the ledger to path, which must not exist yet.
// *model.Error: E-EXISTS, E-PERM, E-FULL.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if _, err := os.Stat(path); err == nil {
		return model.Errorf("E-EXISTS", "“%s”已经存在,请换一个文件名,以免盖掉原来的备份", path)
	}
	how := l.access
	if how == raw.ForReading {
		how = raw.ForCopying
	}
	r, err := raw.OpenReaders(l.path, how)
	if err != nil {
		return l.explain(err)
	}
	return errors.Join(copyInto(ctx, r, path), r.Close())
}

// copyInto makes the copy under another name, brings it to the disk and only then
// gives it its name, so that half a copy never looks like a backup.
func copyInto(ctx context.Context, q raw.Querier, path string) (err error) {
	part := path + ".part"
	defer func() {
		if err != nil {
			err = errors.Join(explainCopy(err, path), disk.Remove(part))
		}
	}()
	if err := disk.Remove(part); err != nil {
		return err
	}
	f, err := disk.Create(part) // VACUUM INTO takes an empty file
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := drain(q.Once(ctx, "VACUUM INTO ?", part)); err != nil {
		return err
	}
	if err := disk.SyncFile(part); err != nil {
		return err
	}
	if err := disk.Rename(part, path); err != nil {
		return err
	}
	if err := disk.SyncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	return disk.Still(path)
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
