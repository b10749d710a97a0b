package disk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"taizhang/model"
)

var latin = regexp.MustCompile(`[A-Za-z]{4,}`)

// TestCauses: every number of the table, and one that it lacks, gives a Chinese sentence
// with a cause and what to do.
func TestCauses(t *testing.T) {
	all := []error{io.ErrShortWrite, fs.ErrPermission, fs.ErrNotExist, fs.ErrExist}
	for number := range errnoCauses {
		all = append(all, &os.PathError{Op: "write", Path: "/x", Err: number})
	}
	for _, err := range all {
		told := Told(fmt.Errorf("list: %w", errors.Join(err, errors.New("and removing it"))), "“名册”没有写成", "")
		var known *model.Error
		if !errors.As(told, &known) {
			t.Errorf("%v is no *model.Error: %v", err, told)
			continue
		}
		text := strings.ReplaceAll(known.Message, "Excel", "")
		if latin.MatchString(text) || !strings.HasPrefix(text, "“名册”没有写成:") || !strings.Contains(text, ";请") || known.Code == "" {
			t.Errorf("%v: %s %s", err, known.Code, known.Message)
		}
	}
	told := Told(syscall.Errno(9999), "“名册”没有写成", "")
	if !strings.Contains(told.Error(), "原因不明(错误号 9999)") {
		t.Errorf("an unknown number: %v", told)
	}
}

// TestToldLeavesAlone: what is told already, an interruption and a fault of the program
// stay what they are.
func TestToldLeavesAlone(t *testing.T) {
	mine := model.Errorf("E-X", "说过了")
	for _, err := range []error{nil, mine, fmt.Errorf("wrapped: %w", mine), context.Canceled} {
		if got := Told(err, "没有写成", ""); got != err { //nolint:errorlint // The very same is asked for.
			t.Errorf("%v became %v", err, got)
		}
	}
	if got := Told(errors.New("a fault"), "没有写成", ""); errors.As(got, new(*model.Error)) {
		t.Errorf("a fault became %v", got)
	}
}
