package vault

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
	"taizhang/store/keybox"
)

// sealCopies seals what lies beside the ledger in clear and holds it or a part of it:
// backups, also those of before it was encrypted, the ledger before a restore, before a
// new version, a repaired one with its report, logs put aside. Each becomes NAME.age; the plain one goes when that was
// opened again. What can't be sealed now is tried again when the next sitting ends.
func (s *Sitting) sealCopies(ctx context.Context) error {
	box, err := s.box()
	if err != nil {
		return err
	}
	var all []error
	for _, path := range s.plainCopies(ctx) {
		all = append(all, sealCopy(ctx, path, box, s.keys))
	}
	return errors.Join(all...)
}

// sealCopy puts NAME.age in the place of a plain file.
func sealCopy(ctx context.Context, path string, box keybox.Box, keys *keybox.Keys) error {
	err := sealTo(ctx, path+SealedSuffix, box, keys, func(w io.Writer) error { return fileOf(ctx, path, w) })
	if err == nil {
		err = store.FileFault(disk.Remove(path), path, "")
	}
	if err == nil {
		err = store.FileFault(disk.SyncFolder(filepath.Dir(path)), path, "")
	}
	if err != nil {
		return model.Errorf("E-PLAIN", "台账已经加密好,只是旁边的“%s”没能加密:%s。再打开一次台账,退出时会再加密", path, message(err))
	}
	return nil
}

// plainCopies gives the paths of what is to be sealed beside the ledger and in the folders
// below that are named 备份, and at the second place of backups. Nobody else's ledgers are
// among them, nor one in use.
func (s *Sitting) plainCopies(ctx context.Context) []string {
	home := ""
	if s.ledger != nil {
		home = s.ledger.Home().ID
	}
	dir := filepath.Dir(s.path)
	folders := []string{dir}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && strings.Contains(e.Name(), "备份") {
			folders = append(folders, filepath.Join(dir, e.Name()))
		}
	}
	if s.second != "" && disk.Still(s.second) == nil {
		folders = append(folders, s.second)
	}
	var all []string
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue
		}
		for _, e := range entries {
			path := filepath.Join(folder, e.Name())
			if e.Type().IsRegular() && s.isCopy(ctx, path, home) {
				all = append(all, path)
			}
		}
	}
	return all
}

// isCopy tells by its name and, where that is any ledger's, by what it holds whether a file
// is a plain copy of this ledger.
func (s *Sitting) isCopy(ctx context.Context, path, home string) bool {
	name := filepath.Base(path)
	stem := strings.TrimSuffix(filepath.Base(s.path), filepath.Ext(s.path))
	for _, own := range []string{stem + "-恢复前-", stem + "-修复-", stem + ".v", stem + "-不属于本台账的日志-"} {
		if rest, ok := strings.CutPrefix(name, own); ok && filepath.Dir(path) == filepath.Dir(s.path) && !strings.HasSuffix(rest, SealedSuffix) && plainEnding(rest) {
			return true
		}
	}
	return strings.HasPrefix(name, "台账备份_") && filepath.Ext(name) == ".db" && !guard.Held(path) && homeOf(ctx, path) == home && home != ""
}

// plainEnding tells the files of a kept ledger: itself, its log, its journal, a log put
// aside, the report of a repair.
func plainEnding(name string) bool {
	for _, e := range []string{".db", ".db-wal", ".db-journal", ".wal", ".xlsx"} {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// homeOf gives the id of the organisation whose ledger a file is; "" where it can't be read.
func homeOf(ctx context.Context, path string) string {
	r, err := raw.OpenReaders(path, raw.Immutable)
	if err != nil {
		return ""
	}
	ids, err := raw.TextsOnce(ctx, r, "SELECT value FROM setting WHERE name = ?", store.SettingHome)
	if r.Close() != nil || err != nil || len(ids) == 0 {
		return ""
	}
	return ids[0]
}
