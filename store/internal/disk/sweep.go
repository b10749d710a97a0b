package disk

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"taizhang/model"
)

// What killed runs leave in a folder. All but the first are names of programs before
// this one, which held no lock on them.
var (
	tempName   = model.NewPattern(`^\.taizhang-[A-Z2-7]{26}\.tmp$`)
	earlyName  = model.NewPattern(`^\.taizhang-[0-9]+\.tmp$`)
	probeName  = model.NewPattern(`^\.taizhang-[0-9]+$`)
	sheetName  = model.NewPattern(`^\..+\.(xlsx|csv|json|txt|docx)\.[0-9]+\.tmp$`)
	officeName = model.NewPattern(`^(county|.+\.card)\.json\.part$`)
)

// longAgo is how old a file must be before it counts as left behind where neither a lock
// nor the kernel can tell whether somebody is writing it.
const longAgo = time.Hour

// Sweep takes away what killed runs have left in a folder: temporary files that hold
// records in clear. One that a living process writes stays: it holds a lock on it. It is
// housekeeping: whatever fails is left to the next run, and keeps nobody from work.
func Sweep(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	names, err := d.Readdirnames(-1)
	if d.Close() != nil || err != nil {
		return
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		switch {
		case tempName.MatchString(name), earlyName.MatchString(name), sheetName.MatchString(name), officeName.MatchString(name):
			clearAway(path, func(*os.File, os.FileInfo) bool { return true })
		case probeName.MatchString(name):
			clearAway(path, func(_ *os.File, info os.FileInfo) bool { return info.Size() == 0 })
		case strings.HasSuffix(name, ".db.part"):
			clearAway(path, halfLedger, "-journal")
		case strings.HasSuffix(name, ".db.part-journal"):
			if _, err := os.Lstat(strings.TrimSuffix(path, "-journal")); os.IsNotExist(err) {
				clearAway(path, func(*os.File, os.FileInfo) bool { return true })
			}
		}
	}
}

// ExtractSuffix ends the name of the clear copy beside a county's ledger of which an
// extract is made.
const ExtractSuffix = ".extract"

// UnsealedSuffix ends the name of the clear copy beside a ledger that comes out of an
// encrypted backup and waits to be put in place.
const UnsealedSuffix = ".解开的备份"

// SweepUnsealed takes away what a killed restoring has left of that. Whoever calls it opens
// the ledger to write, and restores nothing.
func SweepUnsealed(ledger string) {
	//nolint:errcheck // Left to the next run, see Sweep.
	Remove(ledger + UnsealedSuffix)
}

// SweepBeside takes away what killed runs have left under names that are made of a
// ledger's own. Whoever calls it holds the ledger's lock, so that nobody is at work there.
func SweepBeside(ledger string) {
	for _, name := range []string{".part", ".new", restoring, ExtractSuffix, ExtractSuffix + ".new"} {
		for _, suffix := range []string{"-wal", "-shm", "-journal", ""} {
			path := ledger + name + suffix
			if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
				//nolint:errcheck // Left to the next run, see Sweep.
				Remove(path)
			}
		}
	}
}

// clearAway removes a file that nobody is writing, if ours finds that it is ours, and
// what lies beside it under the suffixes.
func clearAway(path string, ours func(*os.File, os.FileInfo) bool, beside ...string) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	left := hold(f) && ours(f, info) && abandoned(f, info)
	remove := func() {
		if !left {
			return
		}
		for _, suffix := range append(beside, "") {
			//nolint:errcheck // Left to the next run, see Sweep.
			Remove(path + suffix)
		}
	}
	if runtime.GOOS != "windows" {
		remove() // under the lock: a writer that comes now sees that its file has gone
	}
	if f.Close() == nil && runtime.GOOS == "windows" {
		remove()
	}
}

func abandoned(f *os.File, info os.FileInfo) bool {
	open, known := openElsewhere(f)
	switch {
	case known:
		return !open
	case tempName.MatchString(filepath.Base(f.Name())):
		return true // the lock has told
	}
	return time.Since(info.ModTime()) > longAgo
}

// LedgerID marks a file as a ledger (PRAGMA application_id): "TZLG".
const LedgerID = 0x545A4C47

// halfLedger tells an unfinished copy of a ledger: its first page is empty, or a
// ledger's. Others have files of such names too.
func halfLedger(f *os.File, _ os.FileInfo) bool {
	var head [100]byte
	n, err := io.ReadFull(f, head[:])
	if n == 0 {
		return err == io.EOF
	}
	if err != nil {
		return false
	}
	return bytes.Equal(head[:], make([]byte, len(head))) ||
		string(head[:16]) == "SQLite format 3\x00" && binary.BigEndian.Uint32(head[68:72]) == LedgerID
}
