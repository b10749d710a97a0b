package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestDailyBackup: the first command of a day that writes makes the day's backup beside the
// ledger and the next ones none; one that takes a list in makes one before it. A stick's is
// encrypted, and opened by its passphrase alone.
func TestDailyBackup(t *testing.T) {
	dir, stick := t.TempDir(), t.TempDir()
	db := filepath.Join(dir, "ledger.db")
	run := func(secret string, args ...string) (int, string) {
		t.Helper()
		var out bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Backups: true, workFactor: 2,
			Getenv: func(name string) string { return map[string]string{passphraseEnv: secret}[name] }}
		status := m.Run(context.Background(), append(args, "--db", db))
		return status, out.String()
	}
	must := func(secret string, args ...string) string {
		t.Helper()
		status, said := run(secret, args...)
		if status != 0 {
			t.Fatalf("%v: %d, %s", args, status, said)
		}
		return said
	}
	must("", "init", "--code", "990101001", "--name", "石桥村党支部")
	list := filepath.Join(dir, "名册.csv")
	if err := os.WriteFile(list, []byte("姓名,性别,出生日期,在册状态\n张三,男,1970-03-02,群众\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	day := time.Now().Format("20060102")
	run("", "import", "person", list)
	run("", "import", "person", list)
	names := func(at string) []string {
		all, err := filepath.Glob(at)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	daily, before := names(filepath.Join(dir, "ledger-备份", "台账备份_990101001_*-??????.db")), names(filepath.Join(dir, "ledger-备份", "*_读入前*.db"))
	if time.Now().Format("20060102") == day && (len(daily) != 1 || len(before) != 2) {
		t.Errorf("of the day %v, before reading %v", daily, before)
	}
	must("石桥春耕九九", "backup", "--new-passphrase")
	must("", "backup", "--place", stick)
	said := must("", "backup", "--list")
	for _, want := range []string{"台账旁边(", "别处(" + stick + "):1 份", "日备份、周备份、月备份", "读入以前", "别处备份:"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if said := must("", "check"); !strings.Contains(said, "备份:台账旁边") {
		t.Errorf("check says\n%s", said)
	}
	must("", "backup", "--no-place")
	if said := must("", "backup", "--list"); !strings.Contains(said, "别处:没有定地方") {
		t.Errorf("without a place:\n%s", said)
	}
}
