// Package send is the village's side of reporting: the month's bundle, the list of those
// sent, the county's receipts and its profile.
package send

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// States of a bundle in the list of those sent. A bundle is put down as broken
// before it is written, and as waiting when it has been read back.
const (
	sentBroken  = "未写成"
	sentWaiting = "待回执"
)

// Options say which bundle to make.
type Options struct {
	Month       model.Month // "": the month by the clock
	Dir         string      // the folder to write to; "": the current one
	Plain       bool        // without the age layer; needs no profile
	AllowErrors bool        // send open errors along, listed
	// Progress, where set, is called as the work goes on, done running up to all.
	Progress func(done, all int)
}

// Export makes the month's bundle: everything on file, as it stands at one moment,
// signed and encrypted to the county, in a file of its own in Dir. It is done when
// the file has been read back from the disk. *model.Error: E-DAMAGED and E-UNSOUND for a
// ledger that is damaged or has to be put right first, E-MONTH for a month to
// come, E-NOPROFILE without the county's profile, E-OPEN while rules find errors,
// E-DIR, E-PERM, E-FULL and E-WRITE for the folder, E-TOOBIG. A bundle that fails
// leaves no file; its number is not used again.
func Export(ctx context.Context, l *store.Ledger, o Options) (Sent, error) {
	e := &export{l: l, o: o, now: l.Source().Now()}
	if err := e.prepare(ctx); err != nil {
		return Sent{}, err
	}
	if err := e.atOnce(ctx); err != nil {
		return Sent{}, err
	}
	return e.sendOut(ctx)
}

// atOnce builds and verifies the bundle while the ledger is looked through and the month's figures are
// counted: each takes as long as the others, and a laptop has two cores. What is wrong with
// the ledger is said before anything else.
func (e *export) atOnce(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var sound, counted error
	looked, noted := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		if sound = e.l.Sound(ctx); sound != nil {
			stop()
		}
	}()
	go func() {
		defer close(noted)
		e.own, counted = count.CountOwn(ctx, e.l, e.o.Month)
	}()
	e.sound = func() error { <-looked; return sound }
	built := inside(e.l).Moment(ctx, func(s store.Snapshot) error { return e.build(ctx, s) })
	err := cmp.Or(e.sound(), built)
	if err == nil {
		err = e.verify(e.built.ZIP)
	}
	if err != nil {
		stop()
	}
	<-noted
	return cmp.Or(err, counted)
}

// sendOut puts the bundle that is built and verified down as sent, writes it to its place and notes that
// it is there.
func (e *export) sendOut(ctx context.Context) (Sent, error) {
	l := e.l
	e.step()
	if err := inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return NoteSent(ctx, t, e.sent) }); err != nil {
		return Sent{}, err
	}
	if err := e.deliver(ctx); err != nil {
		return Sent{}, err
	}
	// The file stands: to stop now would leave it there and not in the list.
	if err := e.complete(context.WithoutCancel(ctx)); err != nil {
		return Sent{}, errors.Join(err, disk.Remove(e.sent.Path))
	}
	e.step()
	return e.sent, nil
}

// complete puts a bundle down as delivered.
func (e *export) complete(ctx context.Context) error {
	b := &e.sent
	b.State = sentWaiting
	return inside(e.l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		err := t.Exec(ctx, "UPDATE bundle_sent SET file_hash = ?, size = ?, state = ? WHERE sequence = ?",
			b.FileHash, b.Size, b.State, b.Sequence)
		if err != nil {
			return fmt.Errorf("bundle %d: %w", b.Sequence, err)
		}
		if e.sums {
			return nil
		}
		if e.own != nil {
			return e.own.Note(ctx, t)
		}
		return count.NoteOwn(ctx, t, b.Month)
	})
}

// prepare looks at what can be known before any work.
func (e *export) prepare(ctx context.Context) error {
	if err := e.writable(ctx); err != nil {
		return err
	}
	today := e.l.Source().Today()
	e.o.Month = cmp.Or(e.o.Month, today.Month())
	switch {
	case !e.o.Month.Valid():
		return model.Errorf("E-MONTH", "“%s”不是月份,请写成 2026-10", model.Clean(string(e.o.Month), false))
	case e.o.Month > today.Month():
		return model.Errorf("E-MONTH", "%s还没有到,最晚能导出%s的报送包;请核对月份,或检查电脑的日期", e.o.Month.Chinese(), today.Month().Chinese())
	}
	first, err := e.l.Setting(ctx, store.SettingFirstMonth)
	if err != nil {
		return err
	}
	if first := model.Month(first); e.o.Month < first {
		return model.Errorf("E-MONTH", "台账从%s记起,没有%s的记录,不能导出;请选%s或以后的月份", first.Chinese(), e.o.Month.Chinese(), first.Chinese())
	}
	if e.profile, err = Profile(ctx, e.l); err != nil {
		return err
	}
	if e.profile == nil && !e.o.Plain {
		return model.Errorf("E-NOPROFILE", "还没有县里的配置文件,报送包不知道加密给谁;请先向县(市)委组织部要 county.json,在设置里取入后再导出")
	}
	if e.o.Dir, err = filepath.Abs(e.o.Dir); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return store.CheckPlace(e.o.Dir)
}

// writable refuses a ledger that is known not to be whole or that is only read.
func (e *export) writable(ctx context.Context) error {
	if err := e.l.Damaged(); err != nil {
		return err
	}
	if x := e.l.Extract(); x != nil {
		return x.Refusal()
	}
	if e.l.ReadOnly() {
		return model.Errorf("E-READONLY", "台账是用只读方式打开的,不能导出(导出要记下序号);请退出后正常打开再导出")
	}
	return nil
}

// openFaults is the error while rules find errors.
func openFaults(problems []store.Problem, count int) *model.Error {
	var first []string
	for _, p := range problems {
		if p.Finding.Severity == model.Fault && len(first) < 3 {
			first = append(first, fmt.Sprintf("%s“%s”:%s", p.Kind.Title, model.Clean(p.Label, false), p.Finding.Message))
		}
	}
	more := ""
	if count > len(first) {
		more = " 等"
	}
	return model.Errorf("E-OPEN", "还有 %d 处错误没有改正,不能导出;请先改正(用“检查”可以逐条查看):%s%s", count, strings.Join(first, ";"), more)
}

// freeName reserves numbers until one names a file that is not there: a ledger
// restored from an old backup must not write over a bundle that it has forgotten.
func (e *export) freeName(ctx context.Context) error {
	for {
		n, err := reserveSequence(ctx, e.l)
		if err != nil {
			return err
		}
		e.sent.Sequence = n
		e.sent.File = e.fileName(n)
		e.sent.Path = filepath.Join(e.o.Dir, e.sent.File)
		if _, err := os.Lstat(e.sent.Path); os.IsNotExist(err) {
			return nil
		} else if err != nil {
			return writeFault(err, e.sent.Path)
		}
	}
}

func (e *export) fileName(sequence int64) string {
	if e.sums {
		return bundle.SumsFileName(e.code, e.o.Month, sequence, e.o.Plain)
	}
	return bundle.FileName(e.code, e.o.Month, sequence, e.o.Plain)
}

// maxSequence is higher than any number that was ever given: what is above it is damage.
const maxSequence = 1_000_000_000_000

// reserveSequence gives the next bundle number. It is committed before it is
// given, so that no number is used twice; gaps are normal.
func reserveSequence(ctx context.Context, l *store.Ledger) (int64, error) {
	var next int64
	err := inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		text, err := t.Setting(ctx, settingSequence)
		if err != nil {
			return err
		}
		if text != "" {
			if next, err = strconv.ParseInt(text, 10, 64); err != nil || next < 0 || next > maxSequence {
				return model.Errorf("E-DAMAGED", "台账里报送包的序号坏了,不能导出,请从备份恢复")
			}
		}
		sent, err := raw.Number(ctx, t, "SELECT coalesce(max(sequence), 0) FROM bundle_sent")
		if err != nil {
			return err
		}
		next = max(next, sent) // where the setting has gone
		next++
		return t.SetSetting(ctx, settingSequence, strconv.FormatInt(next, 10))
	})
	return next, err
}
