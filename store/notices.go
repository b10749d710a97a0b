package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
)

// Notices gives what the person should know about the ledger as it was found, a sentence
// each: a log that isn't its own, one that is missing, a state older than this machine
// remembers. None is the rule.
func (l *Ledger) Notices() []string { return l.notices }

func (l *Ledger) notice(format string, args ...any) {
	l.notices = append(l.notices, fmt.Sprintf(format, args...))
}

// openReadOnly opens the file as it is and changes no byte of it or beside it. Where
// somebody writes, it is read together with the writer.
func (l *Ledger) openReadOnly(ctx context.Context) error {
	hold, standing, err := guard.Read(l.path)
	if err != nil {
		return err
	}
	l.hold = hold
	switch standing {
	case guard.Alone:
		err = l.readAlone(ctx)
	case guard.Beside:
		l.access = raw.FileReadOnly
		if err = l.refuseOtherName(); err == nil {
			l.readers, err = raw.OpenReaders(l.path, l.access)
		}
	case guard.Unknown:
		err = l.readUnguarded()
	}
	if err != nil {
		return err
	}
	if asDeclared, err := l.lookAtSchema(ctx, l.readers, nil); err != nil || asDeclared || l.damage.Load() != nil {
		return err
	}
	p, err := compare(ctx, l.readers, schema(l.book, l.tables))
	if err != nil {
		return err
	}
	if err := checkVersion(l.path, p.version); err != nil {
		return err
	}
	if len(p.tables)+len(p.columns)+len(p.migrations) > 0 {
		return model.Errorf("E-OLD", "台账“%s”是旧版本程序写的,请先用本程序正常打开一次(会自动升级),再用只读方式查看", l.path)
	}
	return nil
}

// journalSuffix names what SQLite puts beside a file that is written without a log, as
// other programs may write a ledger; journalMagic begins one that waits to be taken back
// (sqlite.org/fileformat, 3).
const (
	journalSuffix = "-journal"
	journalMagic  = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
)

// hot tells whether a journal waits beside a file: what stands in the file is half written.
func hot(path string) bool {
	f, err := os.Open(path + journalSuffix)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // It was only read.
	begin := make([]byte, len(journalMagic))
	_, err = io.ReadFull(f, begin)
	return err == nil && string(begin) == journalMagic
}

// readAlone reads a file that nobody writes to, with its own log if one waits.
func (l *Ledger) readAlone(ctx context.Context) error {
	if hot(l.path) {
		return model.Errorf("E-JOURNAL", "台账“%s”上次没有写完,旁边有等着退回的“%s”,现在读会读到一半的内容;请先正常打开一次台账(不加只读),会自己退回", l.path, filepath.Base(l.path)+journalSuffix)
	}
	v, err := guard.Judge(ctx, l.path)
	if err != nil {
		return err
	}
	l.access = raw.Immutable
	switch v.Log {
	case guard.Own:
		l.access, l.snapshot = raw.FileReadOnly, true
		l.readers, err = guard.Open(l.hold, l.path, v.Size)
		return err
	case guard.Foreign:
		l.notice("台账旁边的日志“%s”不是这份台账的(可能是从别处拷来的,或是旧的),没有读它;看到的是台账文件本身的内容", filepath.Base(guard.LogPath(l.path)))
	case guard.NoLog:
		if err := l.missingLog(v, l.hold.Links()); err != nil {
			return err
		}
	}
	l.readers, err = raw.OpenReaders(l.path, l.access)
	return err
}

// readUnguarded reads where no byte can be locked (some network drives): SQLite's own
// locks keep a writer and its readers apart, and need files beside the ledger.
func (l *Ledger) readUnguarded() error {
	if !writable(l.path) {
		l.access = raw.FileReadOnly
		if log, err := os.Stat(guard.LogPath(l.path)); err != nil || log.Size() == 0 {
			l.access = raw.Immutable
		}
	}
	var err error
	l.readers, err = raw.OpenReaders(l.path, l.access)
	return err
}

// missingLog tells of a log that the file says goes with it and that isn't there: the file
// was copied without it, or it stands beside another name of the same file. *model.Error
// E-LINK for the latter.
func (l *Ledger) missingLog(v guard.Verdict, links int) error {
	if links > 1 {
		if name, found := guard.Elsewhere(l.path, v.At); found {
			return model.Errorf("E-LINK", "“%s”和“%s”是同一份台账的两个名字,最后登记的内容还在后一个名字旁边的日志里;请用后一个名字打开,正常退出一次,以后只用一个名字", l.path, name)
		}
		if v.Open {
			return model.Errorf("E-LINK", "台账“%s”还有别的名字(硬链接),最后登记的内容在那个名字旁边的日志里;请用原来的名字打开,正常退出一次,再用这个名字", l.path)
		}
	}
	if v.Open {
		l.notice("这份台账上次没有正常退出,它的日志(-wal 文件)也不在旁边:最后登记的内容可能不全。如果是程序开着的时候从别处拷来的,请回到原来的电脑,退出程序后用“备份”")
	}
	return nil
}

// refuseOtherName refuses a name of the file beside which its log is not written: *model.Error
// E-LINK.
func (l *Ledger) refuseOtherName() error {
	if l.hold.Links() > 1 && !guard.Named(l.path) {
		return model.Errorf("E-LINK", "台账“%s”正由别人用另一个名字(硬链接)打开着,从这里看不到最新的内容;请用原来的名字打开", l.path)
	}
	return nil
}

// connectReaders sees before the file is written to that only its own log is beside it, and
// connects to it. alone is the file itself where no log is.
func (l *Ledger) connectReaders(ctx context.Context) (alone io.ReaderAt, err error) {
	if l.lock.links() > 1 || guard.LogWaits(l.path) {
		if err := l.settleLog(ctx); err != nil {
			return nil, err
		}
		disk.Tighten(l.path)
		l.readers, err = raw.OpenReaders(l.path, l.access)
		return nil, err
	}
	disk.Tighten(l.path) // what SQLite makes beside it is as open as the file is
	if l.readers, err = raw.OpenReaders(l.path, l.access); err != nil {
		return nil, err
	}
	// What can't be read is found by what follows.
	if mark, _, err := raw.ReadMark(ctx, l.readers); err == nil && mark.State == raw.MarkOpen {
		if err := l.missingLog(guard.Verdict{Open: true, At: mark.At}, 1); err != nil {
			return nil, err
		}
	}
	if raw.VFS != "" {
		return nil, ctx.Err()
	}
	return l.lock.hold.Content(), ctx.Err()
}

func (l *Ledger) settleLog(ctx context.Context) error {
	v, err := guard.Judge(ctx, l.path)
	if err != nil {
		return err
	}
	switch v.Log {
	case guard.Foreign:
		name, err := guard.PutAside(l.path, time.Now())
		if err != nil {
			return err
		}
		l.notice("台账旁边有一个不属于它的日志(可能是从别处拷来的,或是旧的),没有用它,已改名留在旁边:%s", filepath.Base(name))
	case guard.NoLog:
		return l.missingLog(v, l.lock.links())
	case guard.Own:
	}
	return nil
}

// examineLog asks for the version once more: a newer program that was cut off may
// have left it in the log.
func examineLog(ctx context.Context, path string) (err error) {
	if guard.Held(path) {
		return nil // opening it says who
	}
	hold, standing, err := guard.Read(path)
	if err != nil {
		return explain(err, path)
	}
	defer func() { err = errors.Join(err, hold.Close()) }()
	v, err := guard.Judge(ctx, path)
	if err != nil || standing == guard.Beside || v.Log != guard.Own {
		return nil // opening it for good says what is wrong
	}
	r, err := guard.Open(hold, path, v.Size)
	if err != nil {
		return explain(err, path)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	version, err := raw.NumberOnce(ctx, r, "PRAGMA user_version")
	if err != nil {
		return nil
	}
	return checkVersion(path, int(version))
}

// noteEvery is how often a machine's note of a ledger is brought up to date while the
// ledger stays open.
const noteEvery = time.Hour

// NotePath names the usual file for Remember; "" where there is no place for it.
func NotePath() string {
	path, err := guard.NotePath()
	if err != nil {
		return "" // the note is only a help
	}
	return path
}

// lastEntry gives the newest entry of the history.
func (l *Ledger) lastEntry(ctx context.Context, q raw.Querier) (guard.Noted, error) {
	seq, err := raw.NumberOnce(ctx, q, "SELECT coalesce(max(seq), 0) FROM history")
	if err != nil || seq == 0 {
		return guard.Noted{}, err
	}
	at, err := raw.TextsOnce(ctx, q, "SELECT at FROM history WHERE seq = ?", seq)
	if err != nil || len(at) == 0 {
		return guard.Noted{}, err
	}
	return guard.Noted{Seq: seq, At: at[0]}, nil
}

// Remember lets this machine remember in a file (NotePath) how far the ledger has come: when
// it is closed, and every hour while it is written to. If the file remembers more of it than
// the ledger holds, a notice says so. A file that is missing, damaged or can't be written is
// no error; "" remembers nothing.
func (l *Ledger) Remember(ctx context.Context, file string) error {
	if l.extract != nil { // its home is the county's, whose own ledger has gone on
		return nil
	}
	home := l.home.Load()
	if file == "" || home == nil {
		return nil
	}
	noted := guard.ReadNote(file, home.ID)
	last, err := l.lastEntry(ctx, l.readers)
	if err != nil {
		return l.explain(err)
	}
	l.note, l.opened = file, last
	l.remembered.Store(time.Now().Unix())
	if last.Seq < noted.Seq {
		l.behind = true
		l.notice("这份台账比本机上次用的旧:这里登记到 %s(第 %d 条),本机上次登记到 %s(第 %d 条);中间登记的内容这里没有,请找更新的备份,或照纸质材料补登",
			localTime(last.At), last.Seq, localTime(noted.At), noted.Seq)
	}
	return nil
}

// ForgetNote takes away what a file remembers of the ledger, e.g. of one made anew.
func (l *Ledger) ForgetNote(file string) error {
	if home := l.home.Load(); home != nil && file != "" {
		return guard.WriteNote(file, home.ID, guard.Noted{})
	}
	return nil
}

// takeNote remembers how far the ledger has come; of one that is behind, only once it was
// written to. It is only a help, and a full disk or a missing folder is no reason to alarm
// anybody.
func (l *Ledger) takeNote(ctx context.Context) {
	if l.note == "" || l.readOnly {
		return
	}
	l.remembered.Store(time.Now().Unix())
	last, err := l.lastEntry(ctx, l.readers)
	if err != nil || last.Seq == 0 || l.behind && last == l.opened {
		return
	}
	//nolint:errcheck // See above.
	guard.WriteNote(l.note, l.home.Load().ID, last)
}

// takeNoteHourly is takeNote after a write, when the last one is long ago.
func (l *Ledger) takeNoteHourly(ctx context.Context) {
	if l.note != "" && time.Since(time.Unix(l.remembered.Load(), 0)) > noteEvery {
		l.takeNote(ctx)
	}
}

func localTime(stamp string) string {
	at, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return strings.TrimSuffix(stamp, "Z")
	}
	return at.Local().Format("2006-01-02 15:04")
}
