package copies

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
)

// Expired tells what became of a ledger's earlier backups.
type Expired struct {
	New     string   // the backup that was made in their place
	Removed []string // the files that are no more
	Left    []string // those that could not be removed: somebody has to
	// Elsewhere are the backups known to lie where nothing could be done now: at a place that
	// is not there, or written by hand. Those of the second place go by themselves once it is
	// there again, and so does Later say in Chinese; "" for nothing of the sort.
	Elsewhere []string
	Later     string
}

// ExpireBefore removes the ledger's backups of before a moment, once a new one is made: those
// that were made by themselves, those beside the ledger that were made by hand, before a
// restore and before a new version, and those at the second place. What lies elsewhere is
// named. It is for what has been cleared out of the ledger and must not come back.
// *model.Error where no new one could be made: nothing is removed then.
func ExpireBefore(ctx context.Context, l *store.Ledger, at time.Time) (*Expired, error) {
	k := Of(l)
	if k == nil {
		k = &Keeper{l: l}
	}
	if k.idle() {
		return nil, model.Errorf("E-READONLY", "台账只能看,旧的备份没有动")
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s, dir := readState(l.Path()), Folder(l.Path())
	old := made(dir)
	now, err := k.write(ctx, dir, "", nil, &s.Few)
	if err != nil {
		return nil, err
	}
	e := &Expired{New: now}
	for _, m := range old {
		if !m.At.After(at) {
			e.remove(m.Path)
		}
	}
	for _, b := range store.FindBeside(l.Path()) {
		if filepath.Dir(b.Path) == filepath.Dir(l.Path()) && k.ours(filepath.Base(b.Path)) && b.At.Before(at) {
			e.remove(b.Path)
		}
	}
	s.Expired = stamp(at)
	known := s.Elsewhere
	if err := k.there(ctx, s); err != nil {
		return e, err
	}
	for _, p := range known {
		if _, err := os.Lstat(p.Path); err == nil || s.Expired != "" || !k.mine(ctx, p.Path) {
			e.Elsewhere = append(e.Elsewhere, p.Path)
		}
	}
	if s.Expired != "" && s.Missed != nil {
		e.Later = "“" + s.Missed.Dir + "”上的旧备份,下次插上时自动删掉重做"
	}
	return e, errors.Join(help(disk.SyncFolder(dir)), help(s.write(l.Path())))
}

// remove takes a file away, or notes that it could not.
func (e *Expired) remove(path string) {
	if err := disk.Remove(path); err != nil {
		e.Left = append(e.Left, path)
		return
	}
	e.Removed = append(e.Removed, path)
}

// mine tells whether a path lies in our folder at the second place.
func (k *Keeper) mine(ctx context.Context, path string) bool {
	p, err := PlaceOf(ctx, k.l)
	return err == nil && p != nil && within(path, p.folder(k.l))
}

// ours tells by its name what beside a ledger is a copy of it: made by hand, before a restore,
// before a new version; encrypted or not.
func (k *Keeper) ours(name string) bool {
	stem := strings.TrimSuffix(filepath.Base(k.l.Path()), plainEnd)
	return slices.ContainsFunc([]string{namePrefix + k.code() + "_", stem + "-恢复前-", stem + ".v"}, func(p string) bool { return strings.HasPrefix(name, p) })
}

// expire removes at the second place what has expired, once there is one that hasn't. Where
// that is not done whole, it is done again.
func (k *Keeper) expire(s *state, dir, fresh string) error {
	at, err := time.Parse(time.RFC3339, s.Expired)
	if err != nil {
		return nil //nolint:nilerr // Nothing has.
	}
	for _, m := range made(dir) {
		if m.Path != fresh && !m.At.After(at) {
			if err := disk.Remove(m.Path); err != nil {
				return store.FileFault(err, m.Path, "")
			}
		}
	}
	s.Expired = ""
	return nil
}
