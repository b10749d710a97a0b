package clear

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
)

// settingOpen is set from the moment something was cleared until the file's free space and
// the copies beside the ledger are cleared too. It holds a rest as JSON.
const settingOpen = "clear_open"

// rest is what is still to be done.
type rest struct {
	At    string   `json:"at"`    // when the records were cleared, YYYY-MM-DDThh:mm:ssZ
	Tidy  bool     `json:"tidy"`  // the file's own free space is clear
	Files []string `json:"files"` // to be removed
	// Backups tells that the earlier backups go. Those of a county stay for what villages
	// clear, which is every month: it would have no old one. They go by their age.
	Backups bool `json:"backups"`
}

// Done tells what was cleared.
type Done struct {
	Who    []Someone
	Others int // records of others from whose texts something was cleared
	Finished
}

// Finished tells what became of files.
type Finished struct {
	Removed []string // copies and lists beside the ledger
	Remain  []File   // those that the person has to remove himself
	// Elsewhere are backups that lie where nothing could be done now, Later says in Chinese
	// which of them go by themselves.
	Elsewhere []string
	Later     string
	// Waiting says in Chinese why not all is done yet, "" when it is.
	Waiting string
}

// Do clears away what is private of those of a plan: from their records, the history, the
// recycle bin, drafts and all other texts, in one transaction that notes whom, when and by
// whom; then from the file's free space, its log and the copies beside it. Killed on the
// way, either nothing was cleared or the next start does the rest (End). It can't be
// undone, nor can what was done before in this sitting. *model.Error: E-CLEAR when one of
// the plan may not be cleared any more, E-READONLY, E-FULL.
func Do(ctx context.Context, l *store.Ledger, p *Plan) (*Done, error) {
	if len(p.Who) == 0 {
		return nil, model.Errorf("E-CLEAR", "没有可以清除的人")
	}
	out := &Done{}
	open := rest{Files: []string{}, Backups: true}
	for _, f := range p.Files {
		if f.Ours {
			open.Files = append(open.Files, f.Path)
		} else {
			out.Remain = append(out.Remain, f)
		}
	}
	err := inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := t.Exec(ctx, "PRAGMA secure_delete = ON"); err != nil {
			return err
		}
		home := l.Home().ID
		now, err := who(ctx, t.Env(), t, func(k *model.Kind) ([]*model.Record, error) { return t.RowsOf(ctx, k, home) })
		if err != nil {
			return err
		}
		going := map[ofRecord]Someone{}
		for _, s := range p.Who {
			i := slices.IndexFunc(now, func(n Someone) bool { return n.Kind == s.Kind && n.ID == s.ID })
			if i < 0 {
				return model.Errorf("E-CLEAR", "“%s”现在不能清除了:记录刚刚改过,或者已经清除;请重新打开名单再看", s.Name)
			}
			going[ofRecord{s.Kind.Name, s.ID}] = now[i]
			out.Who = append(out.Who, now[i])
		}
		found, err := gather(ctx, l, t, out.Who)
		if err != nil {
			return err
		}
		sweep := &sweeping{l: l, t: t, found: found, going: going}
		if err := sweep.all(ctx, home); err != nil {
			return err
		}
		out.Others = sweep.others
		open.At = t.Stamp()
		text, err := json.Marshal(open)
		if err != nil {
			return err
		}
		return t.SetSetting(ctx, settingOpen, string(text))
	})
	if err != nil {
		return nil, err
	}
	inside(l).DropUndo()
	ended, err := End(ctx, l)
	if err != nil {
		return nil, err
	}
	ended.Remain = append(out.Remain, ended.Remain...)
	out.Finished = *ended
	return out, nil
}

// all clears everything, the history last: the rows that are written leave in it what was
// there.
func (s *sweeping) all(ctx context.Context, home string) error {
	for _, step := range []func(context.Context) error{
		s.drafts, func(ctx context.Context) error { return s.records(ctx, home) }, s.tables, s.history,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Unfinished tells whether something was cleared of which files may still keep traces.
func Unfinished(ctx context.Context, l *store.Ledger) (bool, error) {
	open, err := readRest(ctx, l)
	return open != nil, err
}

// readRest gives what is left of a clearing, nil for nothing.
func readRest(ctx context.Context, l *store.Ledger) (*rest, error) {
	text, err := l.Setting(ctx, settingOpen)
	if err != nil || text == "" {
		return nil, err
	}
	open := &rest{}
	if json.Unmarshal([]byte(text), open) != nil {
		return &rest{Backups: true}, nil // whatever it was: the file is written anew all the same
	}
	return open, nil
}

func (r *rest) keep(ctx context.Context, l *store.Ledger) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return t.SetSetting(ctx, settingOpen, string(text)) })
}

// Tidy does what is left of a clearing in the ledger's own file: it is written anew and its
// log folded in. Every opening does it; where nothing is left it does nothing. It reports
// false while somebody else reads the file. *model.Error E-READONLY, E-FULL.
func Tidy(ctx context.Context, l *store.Ledger) (bool, error) {
	open, err := readRest(ctx, l)
	if err != nil || open == nil || open.Tidy {
		return err == nil, err
	}
	if err := open.keep(ctx, l); err != nil { // the log has to be marked as this sitting's before
		return false, err
	}
	alone, err := inside(l).Tidy(ctx)
	if err != nil || !alone {
		return false, err
	}
	if open.Tidy = true; !open.Backups && len(open.Files) == 0 {
		return true, forget(ctx, l)
	}
	return true, open.keep(ctx, l)
}

// forget notes that nothing is left.
func forget(ctx context.Context, l *store.Ledger) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return t.SetSetting(ctx, settingOpen, "") })
}

// End does all that is left of a clearing: what Tidy does, and then the copies beside the
// ledger. *model.Error E-READONLY, E-FULL.
func End(ctx context.Context, l *store.Ledger) (*Finished, error) {
	out := &Finished{}
	alone, err := Tidy(ctx, l)
	if err != nil {
		return nil, err
	}
	if !alone {
		out.Waiting = "另一个窗口正开着这本台账,文件里的空处还没有清干净;把它关掉,下次打开台账时会接着清"
		return out, nil
	}
	open, err := readRest(ctx, l)
	if err != nil || open == nil {
		return out, err
	}
	if err := expire(ctx, l, open, out); err != nil {
		return nil, err
	}
	for _, path := range open.Files {
		if _, err := os.Lstat(path); err != nil {
			continue // it went with the backups
		}
		if err := disk.Remove(path); err != nil {
			out.Remain = append(out.Remain, File{Path: path, What: whatCopy})
			continue
		}
		out.Removed = append(out.Removed, path)
	}
	return out, forget(ctx, l)
}

// expire makes a new backup and lets the earlier ones go.
func expire(ctx context.Context, l *store.Ledger, open *rest, out *Finished) error {
	if !open.Backups {
		return nil
	}
	at, err := time.Parse(time.RFC3339, open.At)
	if err != nil {
		at = l.Source().Now()
	}
	gone, err := copies.ExpireBefore(ctx, l, at)
	if err != nil {
		return err
	}
	out.Removed = append(out.Removed, gone.Removed...)
	out.Elsewhere, out.Later = gone.Elsewhere, gone.Later
	for _, path := range gone.Left {
		out.Remain = append(out.Remain, File{Path: path, What: whatCopy})
	}
	return nil
}

// Act is one clearing as the history keeps it.
type Act struct {
	At    string // YYYY-MM-DDThh:mm:ssZ
	By    string
	Names []string
}

// Acts gives the clearings, the newest first.
func Acts(ctx context.Context, l *store.Ledger) ([]Act, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT act, at, "by", label FROM cleared ORDER BY act DESC, seq`)
	if err != nil {
		return nil, fmt.Errorf("cleared: %w", err)
	}
	defer rows.Close()
	var all []Act
	last := int64(0)
	for rows.Next() {
		var act int64
		var at, by, name string
		if err := rows.Scan(&act, &at, &by, &name); err != nil {
			return nil, fmt.Errorf("cleared: %w", err)
		}
		if act != last {
			all, last = append(all, Act{At: at, By: by}), act
		}
		all[len(all)-1].Names = append(all[len(all)-1].Names, name)
	}
	return all, rows.Err()
}
