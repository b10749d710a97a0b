package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/disktest"
)

// foreign are words of other alphabets that a person should not have to read; paths, names
// of files, options and the two programs for sheets are none.
var (
	foreign    = regexp.MustCompile(`[A-Za-z]{4,}`)
	notForeign = regexp.MustCompile(`“[^”]*[/\\.][^”]*”|--[a-z-]+|[\p{Han}\w.-]*\.(?:xlsx|log|csv|db|json|key|tzb)|(?:/|[A-Z]:\\)\S+|Excel|WPS`)
)

func foreignWord(text string) string {
	return foreign.FindString(notForeign.ReplaceAllString(text, " "))
}

// TestForeignWord: the look for foreign words can find one.
func TestForeignWord(t *testing.T) {
	for text, want := range map[string]string{
		"“/tmp/xyzw/a.xlsx”没有写成:磁盘已满;请关闭 Excel": "",
		"“名册”没有写成:no space left on device":      "space",
		"sheet.WriteFile: 磁盘已满":                 "sheet",
		"确实要新建它,请加上 --make-folder":              "",
	} {
		if got := foreignWord(text); got != want {
			t.Errorf("%q has %q, not %q", text, got, want)
		}
	}
}

// village is a made-up village and county for the commands, made once, with a bundle taken
// in.
type village struct{ db, county, blank, other, csv string }

func run(args ...string) (status int, out, said string) {
	var stdout, stderr bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Getenv: func(string) string { return "" }}
	status = m.Run(context.Background(), args)
	return status, stdout.String(), stderr.String()
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	status, out, said := run(args...)
	if status != exitDone {
		t.Fatalf("%q: %d %s", args, status, said)
	}
	return out
}

func newVillage(t *testing.T) village {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "D")
	mustRun(t, "demo", "--out", dir, "--members", "20")
	v := village{db: filepath.Join(dir, "ledger.db"), county: filepath.Join(dir, "county.db"), csv: filepath.Join(dir, "roster.csv"),
		blank: filepath.Join(dir, "blank.xlsx"), other: filepath.Join(dir, "other.xlsx")}
	stick := filepath.Join(dir, "stick")
	mustRun(t, "export", "--db", v.db, "--month", "2026-10", "--out", stick, "--make-folder")
	mustRun(t, "county", "receive", stick, "--db", v.county)
	for _, path := range []string{v.blank, v.other} {
		f := excelize.NewFile()
		err := errors.Join(f.SetSheetRow("Sheet1", "A1", &[]string{"姓名", "性别", "出生日期"}), f.SetSheetRow("Sheet1", "A2", &[]string{"张三", "男", "1980-01-01"}))
		if err = errors.Join(err, f.SaveAs(path), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(v.csv, []byte("姓名,性别,公民身份号码\n没有号码,男,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return v
}

// writing is a command that writes to a folder.
type writing struct {
	name string
	args func(v village, to string) []string
	// unsynced is the status when the disk does not confirm the folder's entry: a list is
	// done then, what a county waits for is not.
	unsynced int
}

var writings = []writing{
	{"list", func(v village, to string) []string {
		return []string{"list", "person", "--db", v.db, "--format", "xlsx", "--out", to + "/名册.xlsx"}
	}, exitDone},
	{"list csv", func(v village, to string) []string {
		return []string{"list", "person", "--db", v.db, "--format", "csv", "--out", to + "/名册.csv"}
	}, exitDone},
	{"report", func(v village, to string) []string {
		return []string{"report", "summary", "--month", "2026-10", "--db", v.db, "--format", "xlsx", "--out", to + "/汇总.xlsx"}
	}, exitDone},
	{"report roster", func(v village, to string) []string {
		return []string{"report", "roster", "--db", v.db, "--out", to + "/名册.xlsx"}
	}, exitDone},
	{"fill", func(v village, to string) []string {
		return []string{"fill", v.blank, "--db", v.db, "--purpose", "年底统计", "--receiver", "柳河镇党委", "--out", to + "/填好.xlsx"}
	}, exitDone},
	{"stack", func(v village, to string) []string {
		return []string{"stack", v.blank, v.other, "--out", to + "/合并.xlsx"}
	}, exitDone},
	{"export", func(v village, to string) []string {
		return []string{"export", "--db", v.db, "--month", "2026-10", "--out", to}
	}, exitData},
	{"backup", func(v village, to string) []string { return []string{"backup", "--db", v.db, "--out", to} }, exitData},
	{"county receipts", func(v village, to string) []string {
		return []string{"county", "receipts", "--db", v.county, "--month", "2026-10", "--out", to}
	}, exitData},
	{"county set", func(v village, to string) []string {
		return []string{"county", "set", "--db", v.county, "--out", to + "/county.json"}
	}, exitData},
	{"county init", func(_ village, to string) []string {
		return []string{"county", "init", "--code", "990102", "--name", "邻县", "--no-passphrase", "--dir", to}
	}, exitData},
	{"county rescue", func(v village, to string) []string {
		return []string{"county", "rescue", "990101101201", "--db", v.county, "--out", to + "/村.db"}
	}, exitData},
}

// TestDiskRefuses tries the commands on one village.
func TestDiskRefuses(t *testing.T) {
	v := newVillage(t)
	t.Run("faults", func(t *testing.T) { faultsInWords(t, v) })
	t.Run("pulled", func(t *testing.T) { pulledStick(t, v) })
	t.Run("full output", func(t *testing.T) { fullOutput(t, v) })
	t.Run("rejected", func(t *testing.T) { rejectedFile(t, v) }) // it changes the village
}

// faultsInWords: whatever the disk refuses at whichever step, a command ends with one
// line without a foreign word, says neither done of what failed nor failed of what is done,
// and leaves nothing half made.
func faultsInWords(t *testing.T, v village) {
	few := []error{syscall.ENOSPC, syscall.EIO, syscall.EROFS}
	many := []error{syscall.ENOSPC, syscall.EIO, syscall.EROFS, syscall.EACCES, syscall.EDQUOT, syscall.EMFILE, syscall.ENAMETOOLONG,
		syscall.ENOTDIR, syscall.ELOOP, syscall.ENODEV, syscall.ENXIO, syscall.EPERM, syscall.EBUSY, syscall.Errno(9999)}
	tried := 0
	for _, w := range writings {
		faults := few
		if w.name == "list" {
			faults = many
		}
		for i, fault := range faults {
			for j, step := range []string{disktest.Made, disktest.Written, disktest.Synced, disktest.Renamed, disktest.SyncedFolder} {
				if w.name != "list" && w.name != "export" && (i+j)%3 != 0 {
					continue // every step is met, by one of them
				}
				tried += w.fails(t, v, step, fault)
			}
		}
	}
	if tried < 90 {
		t.Errorf("only %d faults were met", tried)
	}
}

// fails runs a command with one step failing in the folder that it writes to; 1 where the
// step was met.
func (w writing) fails(t *testing.T, v village, step string, fault error) int {
	t.Helper()
	to := t.TempDir()
	met := 0
	t.Run(w.name+"/"+step+"/"+fault.Error(), func(t *testing.T) {
		disktest.Watch(t, func(s, path string) error {
			if s == step && strings.HasPrefix(path, to) {
				met = 1
				return &os.PathError{Op: "open", Path: path, Err: fault}
			}
			return nil
		})
		status, out, said := run(w.args(v, to)...)
		want := exitData
		if met == 0 {
			want = exitDone
		} else if step == disktest.SyncedFolder {
			want = w.unsynced
		}
		if status != want {
			t.Errorf("status %d, not %d: %s%s", status, want, out, said)
		}
		if word := foreignWord(said); word != "" {
			t.Errorf("%q in %s", word, said)
		}
		if met == 1 && strings.Count(said, "\n") != 1 {
			t.Errorf("said: %q", said)
		}
		entries, err := os.ReadDir(to)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if status == exitData && step != disktest.SyncedFolder && !strings.HasSuffix(e.Name(), ".log") {
				t.Errorf("left behind: %s", e.Name())
			}
		}
		if status == exitDone && len(entries) == 0 {
			t.Error("done, and nothing is there")
		}
	})
	return met
}

// rejectedFile: the good rows are in though the file of the others can't be written, and
// that is said.
func rejectedFile(t *testing.T, v village) {
	disktest.Watch(t, func(step, path string) error {
		if step == disktest.Written && filepath.Dir(path) == filepath.Dir(v.csv) && strings.Contains(path, ".taizhang-") {
			return syscall.ENOSPC
		}
		return nil
	})
	status, _, said := run("import", "person", v.csv, "--db", v.db)
	if status != exitData || !strings.Contains(said, "磁盘已满") || !strings.Contains(said, "已经收入") || foreignWord(said) != "" {
		t.Errorf("%d %s", status, said)
	}
}

// fullOutput: a result that goes to a full disk through the shell is told.
func fullOutput(t *testing.T, v village) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /dev/full")
	}
	for _, args := range [][]string{{"list", "person"}, {"list", "person", "--format", "json"}, {"list", "person", "--format", "csv"},
		{"report", "summary", "--month", "2026-10"}, {"report", "roster"}, {"check"}, {"check", "--json"}, {"due"}} {
		f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: f, Stderr: &said, Getenv: os.Getenv}
		status := m.Run(context.Background(), append(args, "--db", v.db))
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if status != exitData || !strings.Contains(said.String(), "磁盘已满") || foreignWord(said.String()) != "" {
			t.Errorf("%q: %d %s", args, status, said.String())
		}
	}
}

// pulledStick: a stick that goes while a command writes to it, or another that comes in
// its place, and a mount point without its stick: nothing is called written, and nothing
// stays on the system's disk.
func pulledStick(t *testing.T, v village) {
	for _, w := range writings {
		for _, after := range []string{"", disktest.Made, disktest.Synced, disktest.Renamed} {
			t.Run(w.name+"/"+after, func(t *testing.T) {
				root := t.TempDir()
				to := filepath.Join(root, "U盘")
				if err := os.Mkdir(to, 0o700); err != nil {
					t.Fatal(err)
				}
				in := after != ""
				disktest.Use(t, disktest.Drives{Under: []string{root}, On: func(dir string) (string, string, error) {
					if _, err := os.Stat(dir); err != nil {
						return "", "", err
					}
					if in && strings.HasPrefix(dir, to) {
						return "stick", "A", nil
					}
					return "system", "S", nil
				}})
				met := after == ""
				disktest.Watch(t, func(step, path string) error {
					if step == after && strings.HasPrefix(path, to) {
						in, met = false, true
					}
					return nil
				})
				status, _, said := run(w.args(v, to)...)
				if !met {
					t.Skip("the command has no such step")
				}
				if w.name == "county init" && after != "" {
					t.Skip("its own files are made one by one and are no single file that is whole")
				}
				if status != exitData || !strings.Contains(said, "请重新插上U盘") || foreignWord(said) != "" {
					t.Errorf("%d %s", status, said)
				}
			})
		}
	}
}
