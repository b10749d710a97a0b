package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"modernc.org/sqlite"

	"taizhang/model"
	"taizhang/store/internal/disk"
)

// DoneUnsynced is the code of a *model.Error that tells of a file which stands whole under
// its name while the disk has not confirmed it: what was asked for is done.
const DoneUnsynced = "E-SYNC"

// FileFault tells why a file or folder could not be written: *model.Error with the cause
// and what to do; more is what else there is to know ("" for nothing). An error that isn't
// the system's is wrapped.
func FileFault(err error, path, more string) error {
	var refusal *Refusal
	var unsynced *disk.Unsynced
	switch {
	case err == nil, errors.As(err, &refusal):
		return err
	case errors.As(err, &unsynced):
		return disk.Told(err, "“"+path+"”写好了,但不能确定已在磁盘上写牢,请再写一次", more)
	case errors.Is(err, syscall.EISDIR):
		return model.Errorf("E-DIR", "“%s”是文件夹,请在后面写上文件名", path)
	case errors.Is(err, fs.ErrNotExist) && !errors.As(err, new(*model.Error)) && standingPart(filepath.Dir(path)) != "":
		return model.Errorf("E-DIR", "“%s”没有写成:%s", path, NoFolder(filepath.Dir(path)))
	}
	return disk.Told(err, "“"+path+"”没有写成", more)
}

// OutputFault tells that a result did not come out whole, on the terminal or in the file to
// which the shell leads it: *model.Error.
func OutputFault(err error) error {
	told := disk.Told(err, "结果没有写全", "")
	if err == nil || errors.As(told, new(*model.Error)) {
		return told
	}
	return model.Errorf("E-OUTPUT", "结果没有写全,原因不明;请看磁盘是不是满了,再运行一次")
}

// ReadFault tells why a file could not be read, as FileFault does. E-NOFILE for one that
// is not there.
func ReadFault(err error, path string) error {
	if errors.Is(err, fs.ErrNotExist) && !errors.As(err, new(*model.Error)) {
		return model.Errorf("E-NOFILE", "找不到文件“%s”,请核对位置写得对不对,或检查U盘是否插好%s", path, standingPart(filepath.Dir(path)))
	}
	return disk.Told(err, "读不出“"+path+"”", "")
}

// NoFolder is the sentence about a folder that is not there: it names the nearest one that
// is, so that a slip in a path is found. Where the folder is there, the file is what is
// missing.
func NoFolder(dir string) string {
	return fmt.Sprintf("没有文件夹“%s”%s,请核对位置写得对不对,或检查U盘是否插好", dir, standingPart(dir))
}

func standingPart(dir string) string {
	full, err := filepath.Abs(dir)
	near := disk.NearestFolder(dir)
	if err != nil || near == full {
		return ""
	}
	return fmt.Sprintf("(最近的、有的文件夹是“%s”)", near)
}

// PathFault tells in Chinese why a path can't be on this system, with what to do, "" where
// it can: before anything is tried there, since a:b or nul.db may be taken for something
// else than the file that is meant.
func PathFault(path string) string { return disk.Impossible(path, runtime.GOOS) }

// CheckPath refuses a path that can't be on this system: *model.Error E-NAME.
func CheckPath(path string) error {
	if why := PathFault(path); why != "" {
		return model.Errorf("E-NAME", "“%s”不能用:%s", path, why)
	}
	return nil
}

// NotePlace keeps on which disk a folder lies that a person chooses or is offered: nothing
// is written there while another disk, or none, is in its place (*model.Error E-GONE).
func NotePlace(dir string) { disk.Note(dir) }

// CheckPlace refuses a folder to write to: *model.Error E-DIR where there is none or it is
// no folder, E-GONE where the stick is not there on which it was chosen, or none is plugged
// in.
func CheckPlace(dir string) error {
	if err := disk.Still(dir); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return model.Errorf("E-DIR", "%s", NoFolder(dir))
	case err != nil:
		return disk.Told(err, "打不开文件夹“"+dir+"”", "")
	case !info.IsDir():
		return model.Errorf("E-DIR", "“%s”不是文件夹,请选一个文件夹", dir)
	}
	return nil
}

// MakePlace makes a folder to write to, with those above it, private: for one that a
// person asked to be made. *model.Error as FileFault, E-GONE as CheckPlace.
func MakePlace(dir string) error {
	if err := disk.MakeFolders(dir); err != nil {
		return disk.Told(err, "建不了文件夹“"+dir+"”", "")
	}
	return nil
}

// NotClosed tells that a ledger could not be closed cleanly. All that was saved is on the
// disk; the next opening tidies up.
type NotClosed struct{ Err error }

func (n *NotClosed) Error() string { return "close the ledger: " + n.Err.Error() }

// Unwrap gives what went wrong.
func (n *NotClosed) Unwrap() error { return n.Err }

// OnlyAfter reports whether an error is nothing but a trouble after the work was done: it
// is to be told and not to be called a failure.
func OnlyAfter(err error) bool {
	switch e := err.(type) { //nolint:errorlint // The tree is walked by hand: every branch must be of that sort.
	case nil:
		return false
	case *NotClosed:
		return true
	case *model.Error:
		return e.Code == DoneUnsynced
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			if !OnlyAfter(part) {
				return false
			}
		}
		return len(e.Unwrap()) > 0
	case interface{ Unwrap() error }:
		return OnlyAfter(e.Unwrap())
	}
	return false
}

// Say gives one Chinese sentence about an error, without a word of the system's. fault is
// true where nothing is known of it that a person could mend: the error itself is for the
// log then.
func Say(err error) (text string, fault bool) {
	var (
		known   *model.Error
		refusal *Refusal
		closed  *NotClosed
		data    *sqlite.Error
	)
	switch {
	case errors.As(err, &known):
		return known.Message, false
	case errors.As(err, &refusal):
		return refusal.Error(), false
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "已中断,没有做完", false
	case errors.As(err, &closed):
		cause, _ := disk.CauseOf(err)
		return "该做的已经做完,保存过的都在;只是关闭台账时没有收拾干净" + inBrackets(cause.Text) + ",下次打开会接着收拾", cause.Text == ""
	case errors.As(err, &data):
		if told, ok := explainSQLite(data.Code(), "台账").(*model.Error); ok { //nolint:errorlint // It is made there.
			return told.Message, true
		}
		return fmt.Sprintf("台账出了问题,原因不明(数据库的错误号 %d);保存过的都在,请退出后再打开试一次", data.Code()), true
	}
	if cause, ok := disk.CauseOf(err); ok {
		where := "读写文件"
		var at *fs.PathError
		if errors.As(err, &at) {
			where = "读写“" + at.Path + "”"
		}
		return fmt.Sprintf("%s没有成功:%s;%s", where, cause.Text, cause.Advice), true
	}
	return "程序出了故障,原因不明;保存过的都在,请退出后再打开试一次", true
}

func inBrackets(text string) string {
	if text == "" {
		return ""
	}
	return "(" + text + ")"
}

// LogName is the file beside a ledger in which faults are kept for a technician.
const LogName = "taizhang.log"

// logLimit is the size in bytes above which the log is begun anew.
const logLimit = 1 << 20

// LogFault writes a fault down beside a ledger. It gives the file's name.
func LogFault(ledger, stamp, text string) (string, error) {
	path := filepath.Join(filepath.Dir(ledger), LogName)
	if err := disk.Append(path, logLimit, []byte(stamp+" "+text+"\n")); err != nil {
		return "", fmt.Errorf("log: %w", err)
	}
	return LogName, nil
}
