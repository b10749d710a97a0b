// Package practice is the village in which a newcomer practises (用示例村练习): the made-up
// village in a ledger of its own that says what it is, and which of the tasks set there
// have really been done, told from what the ledger holds.
package practice

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// settingBegan holds the number of the history's last entry when the practice began.
const settingBegan = "practice.began"

// file is the ledger in the practice's folder.
const file = "ledger.db"

// Task is one thing to be practised.
type Task int

// The tasks, in the order in which they are told.
const (
	Meeting  Task = iota // a meeting is entered
	Dues                 // dues are taken in
	Phone                // somebody's phone is changed
	Transfer             // somebody is transferred out, and that is taken back
	Report               // the month's bundle is written to a folder
	Tasks                // how many there are
)

// Done tells which tasks have been done.
type Done [Tasks]bool

// Count gives how many have been done.
func (d Done) Count() int {
	n := 0
	for _, done := range d {
		if done {
			n++
		}
	}
	return n
}

// Next gives the first one that has not been done; Tasks where all have.
func (d Done) Next() Task {
	for t, done := range d {
		if !done {
			return Task(t)
		}
	}
	return Tasks
}

// Open opens the practice ledger in dir, and makes it where there is none. *model.Error:
// E-PRACTICE where another ledger lies there, E-LOCKED while another window has it open,
// and what store.Open and demo.Village give.
func Open(ctx context.Context, dir string, o store.Options) (*store.Ledger, error) {
	path := filepath.Join(dir, file)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := prepare(ctx, dir, o); err != nil {
			return nil, err
		}
	}
	l, err := book.Open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	is, err := Is(ctx, l)
	if err == nil && !is {
		err = model.Errorf("E-PRACTICE", "“%s”不是练习用的台账,没有动它;请先把它移到别的文件夹,再来练习", path)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Anew makes the practice ledger in dir anew; what was practised is gone. It must be
// closed. Errors as of Open.
func Anew(ctx context.Context, dir string, o store.Options) (*store.Ledger, error) {
	path := filepath.Join(dir, file)
	if _, err := os.Stat(path); err == nil {
		l, err := Open(ctx, dir, o) // that it is ours, and nobody else's at the moment
		if err != nil {
			return nil, err
		}
		if err := l.Close(); err != nil {
			return nil, err
		}
	}
	for _, tail := range []string{"", "-wal", "-shm"} {
		if err := disk.Remove(path + tail); err != nil {
			return nil, fmt.Errorf("practice: %w", err)
		}
	}
	return Open(ctx, dir, o)
}

// making is the folder within the practice's in which the village is made: one that was
// stopped half-way is never taken for a ledger.
const making = "making"

// prepare makes the village as of the end of last month, so that this month's dues and
// report are still to be done; where the computer's date can't be, of a day on which the
// made-up village is known to stand.
func prepare(ctx context.Context, dir string, o store.Options) error {
	asOf := model.Date("")
	if o.Source != nil {
		asOf = o.Source.Today().Month().Add(-1).Last()
	}
	if asOf < "2022-01-01" || asOf > "2099-12-31" {
		asOf = ""
	}
	within := filepath.Join(dir, making)
	if err := os.RemoveAll(within); err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	made, err := demo.Village(ctx, within, demo.Options{AsOf: asOf})
	if err != nil {
		return err
	}
	l, err := book.Open(ctx, made.Ledger, o)
	if err != nil {
		return err
	}
	if err := errors.Join(begin(ctx, l), l.Close()); err != nil {
		return err
	}
	for _, path := range []string{made.County, made.Profile, made.Key, made.Ledger} { // the ledger last
		if err := os.Rename(path, filepath.Join(dir, filepath.Base(path))); err != nil {
			return fmt.Errorf("practice: %w", err)
		}
	}
	if err := os.RemoveAll(within); err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	return nil
}

func begin(ctx context.Context, l *store.Ledger) error {
	seq, err := raw.Number(ctx, inside(l).Readers(), "SELECT coalesce(max(seq), 0) FROM history")
	if err != nil {
		return fmt.Errorf("practice: %w", err)
	}
	return l.SetSetting(ctx, settingBegan, strconv.FormatInt(seq, 10))
}

func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }

// Is tells whether a ledger is one to practise in.
func Is(ctx context.Context, l *store.Ledger) (bool, error) {
	began, err := l.Setting(ctx, settingBegan)
	return began != "", err
}

// doneSQL asks of each task whether what was written after an entry of the history shows
// that it was done.
var doneSQL = [Tasks]string{
	Meeting: `SELECT count(*) FROM history WHERE seq > ? AND kind = 'activity' AND action = '新建'`,
	Dues:    `SELECT count(*) FROM history WHERE seq > ? AND kind = 'dues' AND action IN ('新建', '修改')`,
	Phone: `SELECT count(*) FROM history h, json_each(h.changes) c WHERE h.seq > ? AND h.kind = 'person' AND h.action = '修改'
		AND c.value ->> 'field' = 'phone'`,
	Transfer: `SELECT count(*) FROM history h, json_each(h.changes) c WHERE h.seq > ? AND h.kind = 'movement' AND h.action = '新建'
		AND c.value ->> 'field' = 'kind' AND c.value ->> 'new' = '转出'
		AND EXISTS (SELECT 1 FROM history d WHERE d.kind = h.kind AND d.id = h.id AND d.seq > h.seq AND d.action = '删除')`,
	Report: `SELECT count(*) FROM bundle_sent WHERE state <> '未写成' AND ? >= 0`,
}

// Look tells which tasks have been done since the practice began, by what the ledger holds.
func Look(ctx context.Context, l *store.Ledger) (Done, error) {
	var d Done
	began, err := l.Setting(ctx, settingBegan)
	if err != nil {
		return d, err
	}
	after, err := strconv.ParseInt(began, 10, 64)
	if err != nil {
		return d, model.Errorf("E-PRACTICE", "练习从哪里开始的记不清了,请选“从头再来”")
	}
	for t, sql := range doneSQL {
		n, err := raw.Number(ctx, inside(l).Readers(), sql, after)
		if err != nil {
			return d, inside(l).Explain(fmt.Errorf("practice: %w", err))
		}
		d[t] = n > 0
	}
	return d, nil
}
