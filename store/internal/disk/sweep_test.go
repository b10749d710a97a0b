package disk_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"taizhang/store/internal/disk"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte(content), 0o600))
}

func lies(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// TestSweep: what killed runs left goes, everything else stays.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	head := append([]byte("SQLite format 3\x00"), make([]byte, 84)...)
	mine := append([]byte{}, head...)
	copy(mine[68:], []byte{0x54, 0x5A, 0x4C, 0x47})
	gone := map[string]string{
		".taizhang-ABCDEFGHIJKLMNOPQRSTUVWXYZ.tmp": "张三",
		".taizhang-123456789.tmp":                  "张三",
		".taizhang-123456789":                      "",
		".名册.xlsx.3141592653.tmp":                  "张三",
		".名册.rejected.xlsx.31415.tmp":              "张三",
		"990101001.card.json.part":                 "{",
		"county.json.part":                         "{",
		"台账备份_990101001.db.part":                   string(mine) + "张三",
		"ledger.v1.db.part":                        "",
		"ledger.v1.db.part-journal":                "张三",
		"alone.db.part-journal":                    "张三",
		"zeroed.db.part":                           strings.Repeat("\x00", 200) + "张三",
	}
	stay := map[string]string{
		"film.db.part":         "half of a download that a browser goes on with, long enough for a head, longer than one hundred bytes, surely",
		"other.db.part":        string(head) + "of another program",
		"名册.xlsx":              "张三",
		".名册.xlsx.swp":         "an editor's",
		".other-123.tmp":       "another program's",
		".taizhang-abc.tmp":    "not a name of ours",
		"ledger.db.restoring":  "waits for its own ledger's lock",
		".taizhang-987654":     "not empty",
		"report.json.part":     "another program's",
		".report.json.x12.tmp": "another program's",
	}
	for name, content := range gone {
		put(t, filepath.Join(dir, name), content)
	}
	for name, content := range stay {
		put(t, filepath.Join(dir, name), content)
	}
	must(t, os.Mkdir(filepath.Join(dir, ".taizhang-ZBCDEFGHIJKLMNOPQRSTUVWXYZ.tmp"), 0o700))
	if runtime.GOOS != "linux" { // elsewhere a name without lock counts as left after an hour
		old := time.Now().Add(-2 * time.Hour)
		for name := range gone {
			must(t, os.Chtimes(filepath.Join(dir, name), old, old))
		}
	}
	disk.Sweep(dir)
	for name := range gone {
		if lies(filepath.Join(dir, name)) {
			t.Errorf("%s is still there", name)
		}
	}
	for name := range stay {
		if !lies(filepath.Join(dir, name)) {
			t.Errorf("%s has gone", name)
		}
	}
	disk.Sweep(filepath.Join(dir, "no such folder"))
}

// TestSweepLeavesWhatIsWritten: the temporary file of a run that lives survives the
// others' sweeps, and goes with the first one after its end.
func TestSweepLeavesWhatIsWritten(t *testing.T) {
	if dir := os.Getenv("TAIZHANG_TEST_HOLD"); dir != "" {
		_, err := disk.Prepare(filepath.Join(dir, "list.csv"), func(w io.Writer) error {
			if _, err := io.WriteString(w, "张三"); err != nil {
				return err
			}
			fmt.Println("writing")
			time.Sleep(time.Minute)
			return nil
		})
		t.Fatal("not killed", err)
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSweepLeavesWhatIsWritten$")
	cmd.Env = append(os.Environ(), "TAIZHANG_TEST_HOLD="+dir)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "writing"; {
	}
	found := func() []string {
		all, err := filepath.Glob(filepath.Join(dir, disk.TempPattern))
		must(t, err)
		return all
	}
	if len(found()) != 1 {
		t.Fatalf("the other run writes %v", found())
	}
	disk.Sweep(dir)
	must(t, disk.WholeBytes(filepath.Join(dir, "other.csv"), []byte("李四")))
	if len(found()) != 1 {
		t.Error("the file of a run that lives was taken away")
	}
	must(t, cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		t.Error("the process ended by itself")
	}
	must(t, disk.WholeBytes(filepath.Join(dir, "other.csv"), []byte("李四")))
	if len(found()) != 0 {
		t.Errorf("%v is left of a run that was killed", found())
	}
}

// TestSweepLeavesWhatIsOpen: an earlier program held no lock; the system knows all the
// same that somebody has the file open.
func TestSweepLeavesWhatIsOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, ".名册.xlsx.31415.tmp")
	f, err := os.Create(path)
	must(t, err)
	disk.Sweep(dir)
	if !lies(path) {
		t.Error("an open file was taken away")
	}
	must(t, f.Close())
	if runtime.GOOS != "linux" {
		old := time.Now().Add(-2 * time.Hour)
		must(t, os.Chtimes(path, old, old))
	}
	disk.Sweep(dir)
	if lies(path) {
		t.Error("it is still there")
	}
}

// TestHeadLast: at no step has the file under way a head before all the rest is on the
// disk.
func TestHeadLast(t *testing.T) {
	dir := t.TempDir()
	content := strings.Repeat("0123456789", 500_000)
	path := filepath.Join(dir, "copy")
	synced, headWritten := 0, false
	leave := disk.Watch(func(op disk.Op) error {
		switch {
		case op.Kind == disk.Synced:
			synced++
		case op.Kind == disk.Written && op.At < 100:
			headWritten = true
			if synced != 1 {
				t.Errorf("the head is written after %d syncs", synced)
			}
		case op.Kind == disk.Renamed && (!headWritten || synced != 2):
			t.Errorf("renamed with %d syncs", synced)
		}
		return nil
	})
	p, err := disk.PrepareHeadLast(path, 100, func(w io.Writer) error {
		for rest := content; rest != ""; {
			n := min(len(rest), 4096)
			if _, err := io.WriteString(w, rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	})
	must(t, err)
	must(t, p.Finish())
	leave()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != content {
		t.Errorf("%d bytes of %d, %v", len(got), len(content), err)
	}
	if _, err := disk.PrepareHeadLast(filepath.Join(dir, "small"), 100, func(w io.Writer) error { _, err := io.WriteString(w, "ab"); return err }); err != nil {
		t.Error(err)
	}
	failed := errors.New("pulled out")
	if _, err := disk.PrepareHeadLast(path, 100, func(io.Writer) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
}
