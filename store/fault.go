package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"taizhang/model"
	"taizhang/store/internal/disk"
)

// explain turns a fault of the disk or of SQLite that the person at the keyboard
// can mend into a *model.Error; any other is wrapped with the file's path.
func explain(err error, path string) error {
	var mine *model.Error
	var refusal *Refusal
	if err == nil || errors.As(err, &mine) || errors.As(err, &refusal) {
		return err
	}
	var fault *sqlite.Error
	if errors.As(err, &fault) {
		if e := explainSQLite(fault.Code(), path); e != nil {
			return e
		}
	}
	if _, ok := disk.CauseOf(err); ok {
		return FileFault(err, path, "已有的记录没有丢失")
	}
	return fmt.Errorf("%s: %w", path, err)
}

func diskFull(path string) *model.Error {
	return model.Errorf("E-FULL", "磁盘已满,“%s”没有写成;请腾出空间后再试,已有的记录没有丢失", path)
}

func explainSQLite(code int, path string) error {
	switch code & 0xff {
	case lib.SQLITE_FULL:
		return diskFull(path)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return model.Errorf("E-PERM", "没有权限写“%s”,请换一个有写权限的文件夹,或用只读方式打开", path)
	case lib.SQLITE_CANTOPEN:
		return model.Errorf("E-PERM", "打不开“%s”,请检查文件夹是否存在、是否有读写权限;电脑上打开的程序太多时,请先关掉一些", path)
	case lib.SQLITE_NOTADB:
		return notLedger(path)
	case lib.SQLITE_CORRUPT:
		return model.Errorf("E-CORRUPT", "台账文件“%s”已损坏,请不要再往里写,用“从备份恢复”换回最近的备份", path)
	case lib.SQLITE_BUSY:
		return model.Errorf("E-BUSY", "台账正忙,等了 10 秒还没有轮到,请稍后再试")
	case lib.SQLITE_IOERR:
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return missingFile(path)
		}
		return model.Errorf("E-DISK", "读写“%s”时磁盘出错,请检查磁盘或U盘是否插好、空间是否够", path)
	}
	return nil
}

// explainCopy is explain for a copy that could not be written: where SQLite could not read
// or write, it is the copy's disk, since the ledger stands open.
func explainCopy(err error, path string) error {
	var fault *sqlite.Error
	if errors.As(err, &fault) {
		switch fault.Code() & 0xff {
		case lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN:
			return model.Errorf("E-DISK", "“%s”没有写成:磁盘读写出错,或放不下;请检查U盘是否插好、空间是否够,或换一个位置。已有的记录没有丢失", path)
		}
	}
	return explain(err, path)
}

func notLedger(path string) *model.Error {
	return model.Errorf("E-NOTLEDGER", "“%s”不是台账文件,请选择本程序建立的台账(一般名为 ledger.db)", path)
}

func missingFile(path string) *model.Error {
	return model.Errorf("E-NOFILE", "没有找到台账文件“%s”,请核对位置,或先新建台账", path)
}

// uniqueFault says in Chinese which of a kind's unique sets a row has broken;
// nil when err is something else.
func uniqueFault(err error, k *model.Kind) *model.Error {
	var fault *sqlite.Error
	if !errors.As(err, &fault) || fault.Code() != lib.SQLITE_CONSTRAINT_UNIQUE {
		return nil
	}
	for _, u := range k.Unique {
		columns := k.Name + ".org_id"
		for _, f := range u.Fields {
			columns += ", " + k.Name + "." + f
		}
		if strings.Contains(fault.Error(), columns) {
			last := u.Fields[len(u.Fields)-1]
			return &model.Error{Code: "E-UNIQUE", Field: last, Message: uniqueText(k, u)}
		}
	}
	return model.Errorf("E-UNIQUE", "同样的%s已经有一条,请改那一条,不要重复登记", k.Title)
}

func uniqueText(k *model.Kind, u model.Unique) string {
	if u.Text != "" {
		return u.Text
	}
	labels := make([]string, len(u.Fields))
	for i, name := range u.Fields {
		labels[i] = k.Field(name).Label
	}
	return fmt.Sprintf("%s相同的%s已经有一条,请改那一条,不要重复登记", strings.Join(labels, "、"), k.Title)
}

// foreignFault reports whether err is a broken reference.
func foreignFault(err error) bool {
	var fault *sqlite.Error
	return errors.As(err, &fault) && fault.Code() == lib.SQLITE_CONSTRAINT_FOREIGNKEY
}
