package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"taizhang/model"
)

// Cause is what keeps a file from being read or written, in the words for the person at
// the keyboard: Text says what it is, Advice what to do. Both are parts of a sentence.
type Cause struct{ Code, Text, Advice string }

// The causes that a person can do something about. errnoCauses says for each system which
// numbers mean them.
var (
	full      = Cause{"E-FULL", "磁盘已满", "请腾出空间或换一个U盘后再试"}
	quota     = Cause{"E-FULL", "分给您的磁盘空间用完了", "请腾出空间或换一个位置后再试"}
	large     = Cause{"E-FULL", "文件太大,这个磁盘放不下", "请换一个磁盘或U盘后再试"}
	noAccess  = Cause{"E-PERM", "没有权限", "请换一个有权限的文件夹,或请管理员开放权限"}
	protected = Cause{"E-PERM", "没有权限写,这个磁盘或U盘只能读", "请拨开U盘的写保护开关,或换一个位置"}
	faulty    = Cause{"E-DISK", "磁盘读写出错", "请重新插好U盘再试;还不行就换一个U盘或位置,这个磁盘可能坏了"}
	gone      = Cause{"E-GONE", "磁盘或U盘不见了", "请重新插上U盘再试"}
	inUse     = Cause{"E-BUSY", "正被别的程序使用", "请关闭打开它的程序(例如 Excel、WPS)后再试"}
	tooMany   = Cause{"E-MANY", "电脑上打开的文件太多", "请关掉一些程序后再试"}
	memory    = Cause{"E-MANY", "电脑的内存不够", "请关掉一些程序后再试"}
	longName  = Cause{"E-NAME", "名字太长", "请换一个短一些的名字或文件夹"}
	badName   = Cause{"E-NAME", "名字里有这个磁盘不接受的字", "请换一个名字"}
	loop      = Cause{"E-NAME", "这个位置的快捷方式绕成了圈", "请换一个文件夹"}
	missing   = Cause{"E-DIR", "没有这个文件或文件夹", "请核对位置写得对不对,或检查U盘是否插好"}
	present   = Cause{"E-EXISTS", "已经有同名的文件或文件夹", "请换一个名字"}
	notFolder = Cause{"E-DIR", "位置中间有一段不是文件夹", "请换一个位置"}
	isFolder  = Cause{"E-DIR", "它是文件夹", "请在后面写上文件名"}
	notEmpty  = Cause{"E-DIR", "文件夹里还有东西", "请换一个位置"}
	unable    = Cause{"E-DISK", "这个磁盘做不了这件事", "请换一个磁盘或U盘"}
	network   = Cause{"E-GONE", "网络上的文件夹连不上", "请接好网络,或换一个位置"}
	short     = Cause{"E-FULL", "没有写全,可能磁盘已满", "请腾出空间或换一个U盘后再试"}
)

// CauseOf tells what an error of the system means. A number that the table lacks is given
// as such: 原因不明. false for an error that isn't the system's.
func CauseOf(err error) (Cause, bool) {
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		if c, ok := errnoCauses[number]; ok {
			return c, true
		}
		return Cause{"E-DISK", fmt.Sprintf("原因不明(错误号 %d)", uint(number)), "请再试一次或换一个位置;还不行,请把这个号告诉技术人员"}, true
	case errors.Is(err, fs.ErrPermission):
		return noAccess, true
	case errors.Is(err, fs.ErrNotExist):
		return missing, true
	case errors.Is(err, fs.ErrExist):
		return present, true
	case errors.Is(err, io.ErrShortWrite):
		return short, true
	}
	return Cause{}, false
}

// Told makes of an error of the system a *model.Error for the person: what says what was
// not done (“…”没有写成), more what else there is to know ("" for nothing). A *model.Error
// and an interruption stay as they are; anything else is wrapped, and is a fault.
func Told(err error, what, more string) error {
	var told *model.Error
	if err == nil || errors.As(err, &told) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	c, ok := CauseOf(err)
	if !ok {
		return fmt.Errorf("%s: %w", what, err)
	}
	text := fmt.Sprintf("%s:%s;%s", what, c.Text, c.Advice)
	if more != "" {
		text += "。" + more
	}
	return &model.Error{Code: c.Code, Message: text}
}

// Unsynced tells that a file stands whole under its name, while the disk has not
// confirmed the folder's entry: after a power cut it may be missing.
type Unsynced struct {
	Path string
	Err  error
}

func (u *Unsynced) Error() string { return "sync the folder of " + u.Path + ": " + u.Err.Error() }

// Unwrap gives what the sync failed with.
func (u *Unsynced) Unwrap() error { return u.Err }
