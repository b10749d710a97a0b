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
	"path/filepath"
	"time"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
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
// whom), E-PERM (no permission), E-OLD (read-only, and of an older schema).
func Open(ctx context.Context, path string, o Options) (*Ledger, error) {
	l, err := prepare(path, o)
	if err != nil {
		return nil, err
	}
	if err := examine(ctx, l.path); err != nil {
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
	if err == nil && !o.ReadOnly {
		err = l.reindex(ctx)
	}
	if err != nil {
		return nil, errors.Join(explain(err, l.path), l.Close())
	}
	return l, nil
}

func prepare(path string, o Options) (*Ledger, error) {
	full, err := filepath.Abs(path)
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
	disk.Tighten(l.path)
	if l.writer, err = raw.OpenWriter(ctx, l.path); err != nil {
		return err
	}
	if err := migrate(ctx, l.writer, l.path, schema(l.book, l.tables)); err != nil {
		return err
	}
	l.readers, err = raw.OpenReaders(l.path, l.access)
	return err
}

// openReadOnly opens the file as it is. Where it could be written, SQLite is let do
// so, though nothing asks it to: then the last one to close tidies the log away.
// Where nothing may be written beside the file and no log is waiting, SQLite is told
// that nobody writes: it could not make its shared memory file.
func (l *Ledger) openReadOnly(ctx context.Context) error {
	if !writable(l.path) {
		l.access = raw.FileReadOnly
		if log, err := os.Stat(l.path + "-wal"); err != nil || log.Size() == 0 {
			l.access = raw.Immutable
		}
	}
	var err error
	if l.readers, err = raw.OpenReaders(l.path, l.access); err != nil {
		return err
	}
	p, err := compare(ctx, l.readers, schema(l.book, l.tables))
	if err != nil {
		return err
	}
	if len(p.tables)+len(p.columns)+len(p.migrations) > 0 {
		return model.Errorf("E-OLD", "台账“%s”是旧版本程序写的,请先用本程序正常打开一次(会自动升级),再用只读方式查看", l.path)
	}
	return nil
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
	beside, err := os.CreateTemp(filepath.Dir(path), ".taizhang-*")
	if err != nil {
		return false
	}
	return errors.Join(beside.Close(), os.Remove(beside.Name())) == nil
}

// load reads what the ledger keeps in memory: the home organisation and the limits.
func (l *Ledger) load(ctx context.Context) error {
	if err := l.loadPacks(ctx); err != nil {
		return err
	}
	if _, err := l.Setting(ctx, SettingFirstMonth); err != nil { // it says where it is damaged
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
		return model.Errorf("E-NOTLEDGER", "台账“%s”里没有本组织的记录,文件可能不完整,请从备份恢复", l.path)
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
// a log is waiting beside it, asks SQLite read-only.
func examine(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return missingFile(path)
	}
	if err != nil {
		return explain(err, path)
	}
	if !info.Mode().IsRegular() {
		return notLedger(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return explain(err, path)
	}
	defer f.Close() //nolint:errcheck // It was only read.
	var h [100]byte
	if _, err := io.ReadFull(f, h[:]); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return notLedger(path)
	} else if err != nil {
		return explain(err, path)
	}
	if string(h[:16]) != "SQLite format 3\x00" {
		return notLedger(path)
	}
	if binary.BigEndian.Uint32(h[68:72]) != applicationID {
		return model.Errorf("E-NOTLEDGER", "“%s”是别的程序的数据库,不是台账,请选择本程序建立的台账(一般名为 ledger.db)", path)
	}
	if err := checkVersion(path, int(binary.BigEndian.Uint32(h[60:64]))); err != nil {
		return err
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return examineLog(ctx, path)
	}
	return nil
}

func checkVersion(path string, version int) error {
	if version > schemaVersion {
		return model.Errorf("E-NEWER", "台账“%s”是更新版本的程序写的(第 %d 版,本程序到第 %d 版),请换用新版程序打开;文件没有改动",
			path, version, schemaVersion)
	}
	return nil
}

// examineLog asks for the version once more: a newer program that was cut off may
// have left it in the log.
func examineLog(ctx context.Context, path string) (err error) {
	r, err := raw.OpenReaders(path, raw.FileReadOnly)
	if err != nil {
		return explain(err, path)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	version, err := raw.NumberOnce(ctx, r, "PRAGMA user_version")
	if err != nil {
		return nil // opening it for good says what is wrong
	}
	return checkVersion(path, int(version))
}
