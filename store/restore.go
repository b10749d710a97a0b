package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
)

// BackupName gives the name of a copy made now: code, day and time.
func (l *Ledger) BackupName() string {
	return fmt.Sprintf("%s%s_%s.db", backupPrefix, l.Home().Str(l.book.Org.Code), l.source.Now().Format(stampLayout))
}

// How the names of copies are made.
const (
	backupPrefix = "台账备份_"
	// KitExtension ends the name of a county's backup, in which its key is too; see store/kit.
	KitExtension = ".age"
	keptInfix    = "-恢复前-"
	stampLayout  = "20060102-150405"
)

// Restore puts a copy of a backup in a ledger's place: all of it or nothing. The copy is
// made beside the ledger, found whole and on the disk before anything changes; then it
// takes the place in one step. The ledger that is there is kept beside it, with its log
// merged, under the name given back ("" where there was none). Stopped at whatever
// moment, the next Open finishes it or takes it back. *model.Error: those of Open for the
// backup, E-CORRUPT for one that is damaged, E-LOCKED and E-BUSY while the ledger is in
// use, E-SAME for the ledger itself, E-PERM, E-FULL; the ledger is as before then.
func Restore(ctx context.Context, backup, path string, o Options) (kept string, err error) {
	if path, err = guard.Resolve(path); err != nil {
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
	held, err := takeLock(path, systemUser(), time.Now())
	if err != nil {
		return "", err
	}
	defer func() {
		if free := held.release(); err != nil {
			err = errors.Join(err, free) // what was restored is not called failed: the lock ends with the process
		}
		if _, none := os.Lstat(path); errors.Is(none, os.ErrNotExist) {
			err = errors.Join(err, disk.Remove(lockPath(path))) // no ledger, no lock to leave behind
		}
	}()
	if _, err := resume(path); err != nil {
		return "", err
	}
	disk.SweepBeside(path)
	if err := copyWhole(ctx, backup, disk.Waiting(path), o); err != nil {
		return "", errors.Join(err, disk.Remove(disk.Waiting(path)))
	}
	if err := settle(ctx, path); err != nil {
		return "", errors.Join(err, disk.Remove(disk.Waiting(path)))
	}
	return putInPlace(path)
}

func putInPlace(path string) (kept string, err error) {
	now := time.Now()
	name := freeName(path, now)
	had := there(path)
	placed, err := disk.PutInPlace(path, name, now)
	if placed {
		// What could still fail is bringing the new name to the disk. The note is
		// there: no ledger is opened before that has been made up for.
		if !had {
			name = ""
		}
		return name, nil
	}
	err = explain(err, path)
	if left, noteErr := disk.Interrupted(path); left != nil || noteErr != nil {
		err = model.Errorf("E-RESTORING", "恢复做到一半,磁盘出了错:%s。什么也没有丢;再打开一次台账,会接着做完或者退回原来的样子", message(err))
	}
	return "", err
}

// message gives the words of an error for a person.
func message(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return err.Error()
}

// copyWhole writes a copy of a ledger and finds it whole, as it will be opened.
func copyWhole(ctx context.Context, from, to string, o Options) error {
	o.ReadOnly = true
	l, err := Open(ctx, from, o)
	if err != nil {
		return badBackup(err, from)
	}
	if err := errors.Join(l.Backup(ctx, to), l.Close()); err != nil {
		return badBackup(err, from)
	}
	if l, err = Open(ctx, to, o); err != nil {
		return badBackup(err, from)
	}
	return badBackup(errors.Join(l.Integrity(ctx), l.Close()), from)
}

// badBackup says of a damaged file that it is the backup, not the ledger.
func badBackup(err error, backup string) error {
	var known *model.Error
	if errors.As(err, &known) && (known.Code == "E-CORRUPT" || known.Code == "E-DAMAGED") {
		return model.Errorf("E-CORRUPT", "备份“%s”已损坏或没有读全,不能用它恢复,请换一个备份;现在的台账没有动过", backup)
	}
	return err
}

// settle makes the ledger that is there one file, so that one step can replace it. One
// that is damaged, or whose log may be another's, stays untouched: both are put aside
// together.
func settle(ctx context.Context, path string) error {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	v, err := guard.Judge(ctx, path)
	if err == nil && v.Log == guard.Foreign {
		_, err = guard.PutAside(path, time.Now())
	}
	if err == nil {
		err = readable(ctx, path)
	}
	if err == nil {
		err = raw.Merge(ctx, path)
	}
	var fault *sqlite.Error
	if errors.As(err, &fault) {
		switch fault.Code() & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return model.Errorf("E-BUSY", "台账正被别的窗口看着,不能恢复;请把别的窗口都关掉再试,台账没有动过")
		case lib.SQLITE_FULL:
			return explain(err, path)
		}
	}
	return ctx.Err()
}

// readable looks through a file with its log, and changes neither.
func readable(ctx context.Context, path string) (err error) {
	r, err := raw.OpenReaders(path, raw.FileReadOnly)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return sound(ctx, r)
}

// freeName gives a name under which the old ledger can be kept.
func freeName(path string, now time.Time) string {
	base := strings.TrimSuffix(path, filepath.Ext(path)) + keptInfix + now.Format(stampLayout)
	kept := base + filepath.Ext(path)
	taken := func() bool {
		return slices.ContainsFunc([]string{"", "-wal", "-journal"}, func(s string) bool { return there(kept + s) })
	}
	for n := 2; taken(); n++ {
		kept = fmt.Sprintf("%s-%d%s", base, n, filepath.Ext(path))
	}
	return kept
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// findInterrupted looks for a restore that was interrupted. Unless the ledger is only
// read it is ended, and what killed runs left in the folder is taken away.
func (l *Ledger) findInterrupted() error {
	if l.readOnly {
		found, err := waits(l.path)
		l.noticeFound(found)
		return err
	}
	disk.Sweep(filepath.Dir(l.path))
	if !there(disk.NotePath(l.path)) {
		return nil
	}
	held, err := takeLock(l.path, l.by, time.Now())
	if err != nil {
		return err
	}
	found, err := resume(l.path)
	l.noticeFound(found)
	return errors.Join(err, held.release())
}

func (l *Ledger) noticeFound(text string) {
	if text != "" {
		l.notice("%s", text)
	}
}

// waits says of an interrupted restore what one who only reads has to know.
// *model.Error E-RESTORING where what stands there would be read wrongly.
func waits(path string) (string, error) {
	e, err := disk.Interrupted(path)
	switch {
	case err != nil:
		return fmt.Sprintf("台账旁边有一次没有做完的恢复,它的说明“%s”读不出;请用正常方式打开一次台账", disk.NotePath(path)), nil
	case e == nil:
		return "", nil
	case !e.Whole():
		return "", model.Errorf("E-RESTORING", "%s的恢复没有做完,现在读不全;请用正常方式打开一次台账(不加只读),会接着做完或者退回,什么也没有丢", onDay(e.Since))
	case e.Placed():
		return onDay(e.Since) + "的恢复已经换上了备份,只差收尾;用正常方式打开一次台账就好", nil
	}
	return onDay(e.Since) + "的恢复没有做完,现在看到的是恢复以前的台账;用正常方式打开一次台账,会接着做完或者退回", nil
}

// resume ends an interrupted restore, and says how. The lock is held.
func resume(path string) (string, error) {
	e, err := disk.Interrupted(path)
	if err != nil { // the note was written whole: somebody has changed it
		if !there(path) {
			return "", model.Errorf("E-RESTORING", "上次的恢复没有做完,它的说明“%s”读不出;请把“%s”和名字里有“%s”的文件都留好,请技术人员来看", disk.NotePath(path), disk.Waiting(path), keptInfix)
		}
		return "上次的恢复没有做完,它的说明读不出,台账照现在的样子打开;" + NameBeside(path), explain(disk.Remove(disk.NotePath(path)), path)
	}
	if e == nil {
		return "", nil
	}
	placed, err := e.Resume()
	if err != nil {
		return "", model.Errorf("E-RESTORING", "%s的恢复没有做完,现在也没能接着做:%s。什么也没有丢,请检查磁盘后再打开", onDay(e.Since), message(explain(err, path)))
	}
	if !placed {
		return onDay(e.Since) + "的恢复没有做完,已退回恢复以前的台账;要恢复,请再做一次“从备份恢复”", nil
	}
	if e.Had {
		return fmt.Sprintf("%s的恢复当时被打断,现在已经做完;恢复以前的台账留在“%s”", onDay(e.Since), e.Kept), nil
	}
	return onDay(e.Since) + "的恢复当时被打断,现在已经做完", nil
}

func onDay(t time.Time) string { return t.Local().Format("1月2日15:04") }

// Beside is a file in a ledger's folder that holds a ledger or a part of one.
type Beside struct {
	Path string
	What string    // what it is, in Chinese
	Copy bool      // it is whole by its name: restoring can take it
	At   time.Time // when it was last written
	Size int64     // in bytes
}

// BackupFolder is where the backups of a ledger lie that are made by themselves: beside it,
// named like it, so that two ledgers in one folder have one each.
func BackupFolder(ledger string) string {
	return strings.TrimSuffix(ledger, filepath.Ext(ledger)) + "-备份"
}

// FindBeside lists what lies in the folder in which a ledger would stand that is not
// there: whoever is about to begin a new one has to know of it. Ledgers that can be
// taken come first, the newest first. Nothing is opened or changed.
func FindBeside(path string) []Beside {
	path, err := guard.Resolve(path)
	if err != nil {
		return nil
	}
	var all []Beside
	for _, dir := range []string{filepath.Dir(path), BackupFolder(path)} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // no such folder yet: nothing is there
		}
		for _, e := range entries {
			what, whole := nameOf(e.Name(), filepath.Base(path))
			info, err := e.Info()
			if what == "" || err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
				continue
			}
			all = append(all, Beside{filepath.Join(dir, e.Name()), what, whole, info.ModTime(), info.Size()})
		}
	}
	model.Sort(all, func(a, b Beside) int {
		if a.Copy != b.Copy {
			if a.Copy {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
	return all
}

// nameOf says what a file is by its name: ledger is that of the ledger.
func nameOf(name, ledger string) (what string, whole bool) {
	stem := strings.TrimSuffix(ledger, filepath.Ext(ledger))
	switch {
	case name == ledger+"-wal", name == ledger+"-journal":
		return "台账没写完的部分", false
	case name == filepath.Base(disk.Waiting(ledger)), name == filepath.Base(disk.NotePath(ledger)):
		return "没做完的恢复", false
	case strings.HasSuffix(name, ".part"):
		return "没抄完的备份", false
	case name == ledger+".new":
		return "没建完的台账", false
	case strings.HasPrefix(name, stem+keptInfix) && strings.HasSuffix(name, filepath.Ext(ledger)):
		return "恢复以前的台账", true
	case strings.HasPrefix(name, stem+keptInfix):
		return "恢复以前的台账的一部分", false
	case strings.HasPrefix(name, backupPrefix) && strings.HasSuffix(name, ".db"):
		return "备份", true
	case strings.HasPrefix(name, backupPrefix) && strings.HasSuffix(name, ".db"+KitExtension):
		return "加了密的备份", true
	case IsKitName(name):
		return "县里的备份", true
	case strings.HasPrefix(name, stem+".v") && strings.HasSuffix(name, ".db"):
		return "升级以前的台账", true
	case strings.HasSuffix(name, ".db") && name != ledger:
		return "别的台账或备份", true
	}
	return "", false
}

// BackupCode gives the code of the organisation in a name that BackupName has made; "" for
// another name.
func BackupCode(name string) string {
	rest, ok := strings.CutPrefix(name, backupPrefix)
	code, _, dated := strings.Cut(rest, "_")
	if !ok || !dated {
		return ""
	}
	return code
}

// NamedAfter tells whether a file is named as the program names what it puts beside a ledger
// of its own accord: what stood there before a restoring, and before an upgrade.
func NamedAfter(name, ledger string) bool {
	stem := strings.TrimSuffix(ledger, filepath.Ext(ledger))
	return filepath.Ext(name) == ".db" && (strings.HasPrefix(name, stem+keptInfix) || strings.HasPrefix(name, stem+".v"))
}

// IsKitName tells by its name a county's backup, as BackupName with KitExtension makes it.
func IsKitName(name string) bool {
	return strings.HasPrefix(name, backupPrefix) && strings.HasSuffix(name, KitExtension)
}

// besideShown is how many files are named in one sentence.
const besideShown = 3

// NameBeside names in Chinese what FindBeside finds; "" for nothing.
func NameBeside(path string) string {
	all := FindBeside(path)
	if len(all) == 0 {
		return ""
	}
	var names []string
	for _, b := range all[:min(len(all), besideShown)] {
		names = append(names, fmt.Sprintf("“%s”(%s)", filepath.Base(b.Path), b.What))
	}
	text := "旁边有" + strings.Join(names, "、")
	if len(all) > besideShown {
		text += fmt.Sprintf("等 %d 个文件", len(all))
	}
	return text
}
