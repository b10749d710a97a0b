package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/store/internal/disk"
)

// Beside is a file in a ledger's folder that holds a ledger or a part of one.
type Beside struct {
	Path string
	What string    // what it is, in Chinese
	Copy bool      // it is whole by its name: restoring can take it
	At   time.Time // when it was last written
	Size int64     // in bytes
}

// FindBeside lists what lies in the folder in which a ledger would stand that is not
// there: whoever is about to begin a new one has to know of it. Ledgers that can be
// taken come first, the newest first. Nothing is opened or changed.
func FindBeside(path string) []Beside {
	path, err := followed(path)
	if err != nil {
		return nil
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil // no such folder yet: nothing is there
	}
	var all []Beside
	for _, e := range entries {
		what, whole := nameOf(e.Name(), filepath.Base(path))
		info, err := e.Info()
		if what == "" || err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue
		}
		all = append(all, Beside{filepath.Join(filepath.Dir(path), e.Name()), what, whole, info.ModTime(), info.Size()})
	}
	slices.SortStableFunc(all, func(a, b Beside) int {
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
	case strings.HasPrefix(name, stem+".v") && strings.HasSuffix(name, ".db"):
		return "升级以前的台账", true
	case strings.HasSuffix(name, ".db") && name != ledger:
		return "别的台账或备份", true
	}
	return "", false
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
