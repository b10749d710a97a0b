package clear

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Emptied gives those of the rows that a bundle replaces in which the village has cleared
// away what was private: as they stood until now.
func Emptied(put []store.Replaced) []*model.Record {
	var all []*model.Record
	for _, p := range put {
		if p.Old == nil || p.Now == nil || p.Now.Kind.Clearing == nil {
			continue
		}
		had, has := false, false
		for _, f := range p.Now.Kind.PrivateFields() {
			had, has = had || p.Old.Filled(f.Name), has || p.Now.Filled(f.Name)
		}
		if had && !has {
			all = append(all, p.Old)
		}
	}
	return all
}

// Overwrite makes what this transaction deletes leave nothing in the file. It comes before
// the rows are removed.
func Overwrite(ctx context.Context, t *store.Tx) error {
	return t.Exec(ctx, "PRAGMA secure_delete = ON")
}

// Received clears what a village has cleared out of what stands beside the records: the
// tables named, of what no other record has. What is left in the file's free space goes
// with the next Tidy.
func Received(ctx context.Context, t *store.Tx, emptied []*model.Record, tables ...string) error {
	s := &sweeping{l: t.Ledger(), t: t, found: &secrets{}}
	others := map[string]bool{}
	for _, r := range emptied {
		for _, f := range r.Kind.PrivateFields() {
			value := r.Str(f.Name)
			if value == "" {
				continue
			}
			s.found.add(f, value)
			n, err := raw.Number(ctx, t, "SELECT count(*) FROM "+raw.Quote(r.Kind.Name)+" WHERE "+raw.Quote(f.Name)+" = ? AND deleted_at IS NULL", value)
			if err != nil {
				return fmt.Errorf("clear: %w", err)
			}
			if n > 0 { // in another village, or of the family
				others[key(value)] = true
			}
		}
	}
	s.found.without(others)
	for _, name := range tables {
		if err := s.table(ctx, name); err != nil {
			return fmt.Errorf("clear %s: %w", name, err)
		}
	}
	text, err := t.Setting(ctx, settingOpen)
	if err != nil || text != "" {
		return err
	}
	open, err := json.Marshal(rest{At: t.Stamp()})
	if err != nil {
		return err
	}
	return t.SetSetting(ctx, settingOpen, string(open))
}
