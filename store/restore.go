package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store/internal/disk"
)

// BackupName gives the name of a copy made now: code, day and time.
func (l *Ledger) BackupName() string {
	return fmt.Sprintf("台账备份_%s_%s.db", l.Home().Str(l.book.Org.Code), l.source.Now().Format("20060102-150405"))
}

// Restore puts a copy of a backup in a ledger's place, once it has been found whole.
// The ledger that is there is kept beside it, under the name given back ("" where
// there was none). *model.Error: those of Open for the backup, E-DAMAGED, E-LOCKED
// while the ledger is in use, E-SAME for the ledger itself, E-PERM, E-FULL; the ledger
// is as before then.
func Restore(ctx context.Context, backup, path string, o Options) (kept string, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	if a, errA := os.Stat(backup); errA == nil {
		if b, errB := os.Stat(path); errB == nil && os.SameFile(a, b) {
			return "", model.Errorf("E-SAME", "“%s”就是现在的台账,不用恢复;请选择备份文件", backup)
		}
	}
	if err := disk.MakeFolders(filepath.Dir(path)); err != nil {
		return "", explain(err, path)
	}
	copied := path + ".restoring"
	if err := copyWhole(ctx, backup, copied, o); err != nil {
		return "", err
	}
	held, err := takeLock(path, systemUser(), time.Now())
	if err != nil {
		return "", errors.Join(err, removeDatabase(copied))
	}
	defer func() { err = errors.Join(err, held.release()) }()
	if kept, err = setAside(path); err != nil {
		return "", errors.Join(explain(err, path), removeDatabase(copied))
	}
	if err := disk.Rename(copied, path); err != nil {
		return kept, explain(err, path)
	}
	return kept, explain(disk.SyncFolder(filepath.Dir(path)), path)
}

// copyWhole writes a copy of a ledger that is whole.
func copyWhole(ctx context.Context, from, to string, o Options) error {
	o.ReadOnly = true
	l, err := Open(ctx, from, o)
	if err != nil {
		return err
	}
	err = l.Integrity(ctx)
	if err == nil {
		err = removeDatabase(to) // left by one that was interrupted
	}
	if err == nil {
		err = l.Backup(ctx, to)
	}
	return errors.Join(err, l.Close())
}

// setAside gives the ledger at path, which may be damaged, another name, with what
// SQLite keeps beside it. "" where there is none.
func setAside(path string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return "", removeDatabase(path) // a log without its ledger would be taken for the new one's
	}
	base := strings.TrimSuffix(path, filepath.Ext(path)) + "-恢复前-" + time.Now().Format("20060102-150405")
	kept := base + filepath.Ext(path)
	for n := 2; ; n++ {
		if _, err := os.Lstat(kept); errors.Is(err, os.ErrNotExist) {
			break
		}
		kept = fmt.Sprintf("%s-%d%s", base, n, filepath.Ext(path))
	}
	for _, suffix := range []string{"-wal", "-shm", ""} {
		if err := disk.Rename(path+suffix, kept+suffix); err != nil && !(suffix != "" && errors.Is(err, os.ErrNotExist)) {
			return "", err
		}
	}
	return kept, nil
}
