package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Options of opening a ledger.
type Options struct {
	Book     *Book         // what the ledger holds; must be given
	Source   *model.Source // nil: the system's clock and randomness
	ReadOnly bool          // take no lock and write nothing
	By       string        // who writes, for the history; "" takes the system's user
}

// Open opens a ledger of a book. Unless it is opened read-only it is locked, and brought to
// the program's schema. *model.Error: E-NOFILE (no such file), E-NOTLEDGER (not a
// ledger), E-NEWER (written by a newer program; untouched), E-LOCKED (in use, and by
// whom), E-PERM (no permission), E-OLD (read-only, and of an older schema), E-RESTORING
// (an interrupted restore could not be ended, or leaves nothing that could be read),
// E-CORRUPT and E-DAMAGED (so damaged that nothing can be looked at). One that is damaged
// otherwise is opened read-only whatever was asked for, and left as it is: see Damage.
// E-LINK (the newest of it stands beside another name of the file).
func Open(ctx context.Context, path string, o Options) (*Ledger, error) {
	l, err := prepare(path, o)
	if err != nil {
		return nil, err
	}
	if err := l.findInterrupted(); err != nil {
		return nil, err
	}
	if l.header, err = examine(ctx, l.path); err != nil {
		return nil, err
	}
	if o.ReadOnly {
		err = l.openReadOnly(ctx)
	} else {
		err = l.openForWriting(ctx)
	}
	if err == nil {
		err = l.load(ctx)
	}
	if err == nil && !l.ReadOnly() {
		err = l.reindex(ctx)
	}
	if err == nil && l.extract != nil && !l.ReadOnly() {
		err = l.lookOnly()
	}
	if err == nil && l.book.Opened != nil && !l.ReadOnly() {
		if unended := l.book.Opened(ctx, l); unended != nil {
			l.warn(l.explain(unended).Error())
		}
	}
	if err != nil {
		if d := l.damage.Load(); d != nil { // whatever follows comes of it
			err = damaged(l.path, d)
		} else if _, system := disk.CauseOf(err); system && o.ReadOnly {
			err = ReadFault(err, l.path)
		}
		return nil, errors.Join(explain(err, l.path), l.Close())
	}
	return l, nil
}

func prepare(path string, o Options) (*Ledger, error) {
	full, err := guard.Resolve(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	l := &Ledger{path: full, access: raw.ForReading, book: o.Book, kinds: o.Book.Kinds, source: o.Source, readOnly: o.ReadOnly, by: o.By}
	if l.source == nil {
		l.source = &model.Source{Now: time.Now, Rand: rand.Reader}
	}
	if l.by == "" {
		l.by = systemUser()
	}
	l.labelled = labelReferrers(l.kinds)
	l.tables, err = newTables(l.book)
	return l, err
}

func (l *Ledger) openForWriting(ctx context.Context) error {
	f, err := os.OpenFile(l.path, os.O_RDWR, 0) // SQLite would go on read-only
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if l.lock == nil { // Create holds it already
		if l.lock, err = takeLock(l.path, l.by, time.Now()); err != nil {
			return err
		}
	}
	if err := l.lock.bind(l.path); err != nil {
		return err
	}
	disk.SweepBeside(l.path)
	disk.SweepUnsealed(l.path)
	alone, err := l.connectReaders(ctx)
	if err != nil {
		return err
	}
	asDeclared, err := l.lookAtSchema(ctx, l.readers, alone)
	if err != nil {
		return err
	}
	if l.damage.Load() != nil {
		return l.onlyLook()
	}
	if l.writer, err = raw.OpenWriter(ctx, l.path); err != nil {
		return err
	}
	l.writer.Keep(l.path, l.lock.hold)
	if asDeclared {
		return nil
	}
	return migrate(ctx, l.writer, l.path, schema(l.book, l.tables))
}

// onlyLook leaves a damaged ledger to whoever puts it right.
func (l *Ledger) onlyLook() error {
	err := l.lock.release()
	l.readOnly, l.lock = true, nil
	return err
}

// writable reports whether the file may be written and others made beside it.
func writable(path string) bool {
	ledger, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	if ledger.Close() != nil {
		return false
	}
	probe, err := disk.Prepare(path, func(io.Writer) error { return nil })
	return err == nil && probe.Drop() == nil
}

// load reads what the ledger keeps in memory: the home organisation and the limits.
func (l *Ledger) load(ctx context.Context) error {
	if err := l.readExtract(ctx, l.readers); err != nil {
		return err
	}
	if err := l.loadPacks(ctx); err != nil {
		return err
	}
	if _, err := l.Setting(ctx, SettingFirstMonth); err != nil { // it says where it is damaged
		return err
	}
	if err := l.loadHandler(ctx); err != nil {
		return err
	}
	return l.loadHome(ctx)
}

func (l *Ledger) loadHome(ctx context.Context) error {
	id, err := l.Setting(ctx, SettingHome)
	if err != nil {
		return err
	}
	home, err := l.record(ctx, l.readers, l.tables[l.book.Org.Kind], id)
	if err != nil {
		return err
	}
	if home == nil {
		if id != "" { // a setting that names nothing, where one that is missing is damage of another sort
			home, err = l.onlyHome(ctx)
		}
		if err != nil {
			return err
		}
		if home != nil {
			l.warn("台账里“本组织”这一设置已损坏,先按唯一的党组织办;请从最近的备份恢复")
		}
	}
	if home == nil {
		return damaged(l.path, &Damage{[]string{"没有本组织的记录"}})
	}
	l.home.Store(home)
	return nil
}

// loadPacks sets the limits of the rules, with those of the county's profile. A
// county's parameter that this program does not know must not keep a village from
// its ledger: then its own limits hold, and the error says so when it is set.
func (l *Ledger) loadPacks(ctx context.Context) error {
	text, err := l.Setting(ctx, SettingParams)
	if err != nil {
		return err
	}
	packs, err := l.book.Limits(text)
	var mine *model.Error
	if errors.As(err, &mine) {
		l.warn("台账里存的县里参数读不出来或有不认识的,先按通用的规定办;请重新取入县里的配置文件(county.json)")
		packs, err = l.book.Limits("")
	}
	if err != nil {
		return err
	}
	l.packs.Store(packs)
	return nil
}

const currentSchema = model.SchemaVersion

// examine tells whether a file is a ledger that this program can open, without
// touching it: it reads the file's first 100 bytes (sqlite.org/fileformat) and, when
// a log is waiting beside it, asks SQLite read-only. wrong is what the header says that
// forbids writing alone.
func examine(ctx context.Context, path string) (wrong string, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", missingFile(path)
	}
	if err != nil {
		return "", explain(err, path)
	}
	if !info.Mode().IsRegular() {
		return "", notLedger(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", explain(err, path)
	}
	defer f.Close() //nolint:errcheck // It was only read.
	var h [whole.HeaderSize]byte
	if _, err := io.ReadFull(f, h[:]); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "", notLedger(path)
	} else if err != nil {
		return "", explain(err, path)
	}
	if string(h[:16]) != "SQLite format 3\x00" {
		return "", notLedger(path)
	}
	if binary.BigEndian.Uint32(h[68:72]) != applicationID {
		return "", model.Errorf("E-NOTLEDGER", "“%s”是别的程序的数据库,不是台账,请选择本程序建立的台账(一般名为 ledger.db)", path)
	}
	if err := checkVersion(path, int(binary.BigEndian.Uint32(h[60:64]))); err != nil {
		return "", err
	}
	log, err := os.Stat(path + "-wal")
	waiting := err == nil && log.Size() > 0
	wrong, legible := whole.Header(h, info.Size(), waiting)
	if !legible {
		return "", corrupt(path, wrong)
	}
	if waiting {
		return wrong, examineLog(ctx, path)
	}
	return wrong, nil
}

func checkVersion(path string, version int) error {
	if version > schemaVersion {
		return model.Errorf("E-NEWER", "台账“%s”是更新版本的程序写的(第 %d 版,本程序到第 %d 版),请换用新版程序打开;文件没有改动",
			path, version, schemaVersion)
	}
	return nil
}
