// Package repair salvages a damaged ledger into a new one and names, record by record, what
// could not be read (修复数据). The damaged file is only read: its pages are looked through one
// by one (store/internal/carve), and what stands on those that are whole goes into a ledger
// that is built by this program's own schema. What is missing is taken from the record's
// history where that is whole, and where the person wishes from a backup.
package repair

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
)

// Options of salvaging.
type Options struct {
	Store   store.Options // the book, the clock, who does it
	Backups []string      // copies of the ledger that can be read, the newest first
	Fill    bool          // take from them what can't be read otherwise
	Step    func(what string)
}

// Repair reads the ledger at path and writes what it holds to a new one at out, which must
// not exist and is there whole or not at all. *model.Error: E-NOFILE, E-LOCKED while somebody
// writes to the ledger, E-EXISTS, E-NOTHING where no organisation's records can be found in
// the file, E-FULL, E-PERM.
func Repair(ctx context.Context, path, out string, o Options) (*Report, error) {
	path, err := guard.Resolve(path)
	if err != nil {
		return nil, fmt.Errorf("repair %s: %w", path, err)
	}
	if err := readable(path); err != nil {
		return nil, err
	}
	backups, like, err := openBackups(ctx, o)
	if err != nil {
		return nil, err
	}
	defer backups.close()
	o.say("正在逐页读台账")
	src, err := openSource(ctx, path, o.Store.Book, like)
	if err != nil {
		return nil, store.ReadFault(err, path)
	}
	defer src.Close() //nolint:errcheck // It was only read.
	j := &job{src: src, o: o, backups: backups, report: &Report{Damaged: path, sums: map[string]*Sum{}}}
	l, err := store.CreateFilled(ctx, raw.Pass{}, out, o.Store, j.fill)
	if err != nil {
		return nil, err
	}
	j.report.New = l.Path()
	err = j.finish(ctx, l)
	if err = errors.Join(err, l.Close()); err != nil {
		return nil, errors.Join(err, store.Remove(out))
	}
	// Nobody has opened it yet: no lock is left behind.
	return j.report, disk.Remove(guard.LockPath(l.Path()))
}

func (o Options) say(what string) {
	if o.Step != nil {
		o.Step(what)
	}
}

func readable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return model.Errorf("E-NOFILE", "没有找到台账“%s”,请核对位置", path)
	case err != nil:
		return store.ReadFault(err, path)
	case !info.Mode().IsRegular():
		return model.Errorf("E-NOTLEDGER", "“%s”不是文件,没有可以修复的", path)
	case guard.Held(path):
		return model.Errorf("E-LOCKED", "台账正开着,请先退出再修复")
	}
	return nil
}

// NewName gives the name beside a damaged ledger under which its repaired one is written.
func NewName(path string, source *model.Source) string {
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	return stem + "-修复-" + source.Now().Format("20060102-150405") + ".db"
}

// ReportName gives the name of the report of a repaired ledger, beside it.
func ReportName(out string) string {
	return strings.TrimSuffix(out, filepath.Ext(out)) + "-报告.xlsx"
}

// Usable gives the copies of a ledger that can be read, the newest first.
func Usable(all []copies.Copy) (paths []string) {
	for _, c := range all {
		if c.Wrong == "" && len(paths) < mostBackups {
			paths = append(paths, c.Path)
		}
	}
	return paths
}

// mostBackups is how many copies are asked for a record.
const mostBackups = 3

// job is one salvaging.
type job struct {
	src     *source
	o       Options
	backups *backups
	t       *store.Tx
	report  *Report
	home    string

	lost    map[key]*lost
	order   []key // of lost, as they were found
	holes   map[key][]string
	lacking map[string]map[string]bool // by kind: fields that the file's rows don't hold
	copied  map[string]bool            // settings
}

// key names a record.
type key struct{ kind, id string }

// lost is a record that has to have been there and could not be read.
type lost struct {
	org    string
	name   string // as far as anything tells
	fields map[string]any
}

// fill writes the new ledger, in one transaction.
func (j *job) fill(ctx context.Context, t *store.Tx) error {
	j.t, j.lost, j.holes, j.lacking, j.copied = t, map[key]*lost{}, map[key][]string{}, map[string]map[string]bool{}, map[string]bool{}
	j.report.At = t.Stamp()
	for _, n := range j.src.notes {
		j.report.note("%s", n)
	}
	for _, step := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"正在取回各张表", j.putTables},
		{"正在查还少哪些", j.findLost},
		{"正在按修改经过补", j.restoreLost},
		{"", j.fillHoles},
		{"", j.compareHistory},
		{"", j.fillTables},
		{"", j.mendSettings},
		{"正在查所指的记录", j.mendReferences},
		{"正在写查找用的文字", func(ctx context.Context) error { return t.Rebuilt(ctx) }},
		{"", j.nameItems},
	} {
		if step.what != "" {
			j.o.say(step.what)
		}
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// finish looks through the new ledger and writes down what stays to be done by hand.
func (j *job) finish(ctx context.Context, l *store.Ledger) error {
	j.report.Name = l.Home().Text(j.o.Store.Book.Org.Name)
	j.report.Code = l.Home().Str(j.o.Store.Book.Org.Code)
	sound, err := l.LookThrough(ctx)
	if err != nil {
		return err
	}
	if sound.Damage != nil {
		return model.Errorf("E-NOTHING", "修好的台账查出来还是有损坏(%s),没有留下它;请从备份恢复", sound.Damage.Text())
	}
	for _, m := range sound.Mend {
		j.report.note("还要您自己改:%s", m)
	}
	return nil
}
