//go:build !windows

package store_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// hasModes tells that files have modes here.
const hasModes = true

func withUmask(mask int, do func()) {
	old := syscall.Umask(mask)
	defer syscall.Umask(old)
	do()
}

// TestWithoutPermission runs this test again as somebody to whom permissions apply:
// a folder and a file that may only be read.
func TestWithoutPermission(t *testing.T) {
	if os.Getenv("TAIZHANG_TEST_DIR") != "" {
		withoutPermission(t, os.Getenv("TAIZHANG_TEST_DIR"))
		return
	}
	dir, err := os.MkdirTemp("/tmp", "taizhang-permission-")
	storetest.Must(t, err)
	defer func() { storetest.Must(t, os.RemoveAll(dir)) }()
	storetest.Must(t, os.Chmod(dir, 0o755))
	path := filepath.Join(dir, "ledger.db")
	l, err := storetest.Make(context.Background(), path, storetest.Village, store.Options{})
	storetest.Must(t, err)
	storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "张三", "sex", "男"))
	storetest.Must(t, l.Close())
	storetest.Must(t, os.Chmod(path, 0o644))
	secret := filepath.Join(dir, "secret.db")
	closed(t, secret)
	storetest.Must(t, os.Chmod(secret, 0o000))
	storetest.Must(t, os.Remove(path+".lock"))
	storetest.Must(t, os.Chmod(dir, 0o555))
	cmd := exec.Command(os.Args[0], "-test.run=^TestWithoutPermission$", "-test.v")
	if os.Getuid() == 0 {
		program := filepath.Join(dir, "test")
		storetest.Must(t, copyProgram(os.Args[0], program))
		cmd.Path = program
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TAIZHANG_TEST_DIR="+dir, "HOME="+dir, "GOCOVERDIR=")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS") {
		t.Errorf("%v\n%s", err, out)
	}
	storetest.Must(t, os.Chmod(dir, 0o755))
}

func withoutPermission(t *testing.T, dir string) {
	ctx := context.Background()
	path := filepath.Join(dir, "ledger.db")
	if _, err := storetest.Open(ctx, path, store.Options{}); storetest.Code(err) != "E-PERM" {
		t.Errorf("opening for writing: %v", err)
	}
	l, err := storetest.Open(ctx, path, store.Options{ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	p, err := l.Page(ctx, store.Query{Kind: "villager", Find: "zs"})
	if err != nil || len(p.Records) != 1 {
		t.Errorf("reading: %d records, %v", len(p.Records), err)
	}
	if _, err := l.Save(ctx, model.FromForm, p.Records...); storetest.Code(err) != "E-READONLY" {
		t.Errorf("saving: %v", err)
	}
	if err := l.Backup(ctx, filepath.Join(dir, "copy.db")); storetest.Code(err) != "E-PERM" {
		t.Errorf("backup: %v", err)
	}
	if _, err := storetest.Make(ctx, filepath.Join(dir, "new.db"), storetest.Village, store.Options{}); storetest.Code(err) != "E-PERM" {
		t.Errorf("creating: %v", err)
	}
	if _, err := storetest.Make(ctx, filepath.Join(dir, "sub", "new.db"), storetest.Village, store.Options{}); storetest.Code(err) != "E-PERM" {
		t.Errorf("creating in a new folder: %v", err)
	}
	for _, readOnly := range []bool{false, true} {
		if _, err := storetest.Open(ctx, filepath.Join(dir, "secret.db"), store.Options{ReadOnly: readOnly}); storetest.Code(err) != "E-PERM" {
			t.Errorf("opening what may not be read: %v", err)
		}
	}
}

func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // It was only read.
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
