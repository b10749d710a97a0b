package store

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

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
