package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/store/demo"
	"taizhang/store/demo/province"
	"taizhang/store/publish/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// say runs a command line.
func say(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(t.Context(), args, &out, &err)
	return status, out.String(), err.String()
}

// TestPublish: from an empty database to the first summary in two commands, the second of
// which is SQL. The same again says that nothing is to be written.
func TestPublish(t *testing.T) {
	url := pgtest.Database(t)
	r, err := province.Make(t.Context(), t.TempDir(), province.Options{Units: 20, County: 10})
	if err != nil {
		t.Fatal(err)
	}
	status, out, progress := say(t, "--db", r.Ledger, "--to", url("postgres"), "--month", "2026-10")
	if status != exitDone || !strings.Contains(out, "发布好了:1 个月") || strings.Count(progress, "2026年10月") != 3 {
		t.Fatalf("status %d: %s\n%s", status, out, progress)
	}
	var counties int
	var members int64
	if err := pgtest.Connect(t, url("postgres")).QueryRow(t.Context(), "SELECT count(*), sum(value) FROM taizhang.summary('2026-10', 'county') WHERE figure = 'A02.members'").Scan(&counties, &members); err != nil || counties != 2 || members == 0 {
		t.Errorf("%d counties with %d members: %v", counties, members, err)
	}
	if status, out, _ := say(t, "--db", r.Ledger, "--to", url("postgres")); status != exitDone || !strings.Contains(out, "没有要写的") {
		t.Errorf("again, status %d: %s", status, out)
	}
}

// TestRefuses: what is wrong is one line in Chinese, and says what to do.
func TestRefuses(t *testing.T) {
	dir := t.TempDir()
	village, err := demo.Village(t.Context(), dir, demo.Options{Members: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{exitUsage, "请写明台账和数据库", nil},
		{exitUsage, "--month", []string{"--db", "x", "--to", "postgres:///x", "--month", "十月"}},
		{exitUsage, "--nothing", []string{"--nothing"}},
		{exitUsage, "不认得", []string{"all"}},
		{exitData, "没有找到台账文件", []string{"--db", filepath.Join(dir, "none.db"), "--to", "postgres:///x"}},
		{exitData, "口令不要写在地址里", []string{"--db", village.County, "--to", "postgres://me:secret@h/x"}},
		{exitData, "连不上", []string{"--db", village.County, "--to", "postgres:///x?host=" + dir}},
	} {
		status, out, said := say(t, c.args...)
		if status != c.status || !strings.Contains(said, c.want) || out != "" || strings.Count(said, "\n") != 1 || strings.Contains(said, "secret") {
			t.Errorf("%q: status %d, %q %q", c.args, status, out, said)
		}
	}
	url := pgtest.Database(t)
	if status, _, said := say(t, "--db", village.Ledger, "--to", url("postgres")); status != exitData || !strings.Contains(said, "不是县") {
		t.Errorf("a village's ledger: status %d, %s", status, said)
	}
}

// TestHelp: the help is Chinese; only names stand in Latin letters.
func TestHelp(t *testing.T) {
	status, out, _ := say(t, "--help")
	if status != exitDone || regexp.MustCompile(`Usage|Flags|string\b|help for`).MatchString(out) || !strings.Contains(out, "--to 地址") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, out, _ := say(t, "--licenses"); status != exitDone || !strings.Contains(out, "github.com/jackc/pgx/v5") {
		t.Errorf("status %d: %d bytes of licences", status, len(out))
	}
}

// TestReadme: what goes along with the program names its options and the functions of the
// database as they are.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("readme.txt")
	if err != nil {
		t.Fatal(err)
	}
	status, help, _ := say(t, "--help")
	if status != exitDone {
		t.Fatalf("status %d", status)
	}
	for _, option := range regexp.MustCompile(`--[a-z]+`).FindAllString(help, -1) {
		if !strings.Contains(string(text), option) {
			t.Errorf("it doesn't say %s", option)
		}
	}
	for _, option := range regexp.MustCompile(`--[a-z]+`).FindAllString(string(text), -1) {
		if !strings.Contains(help, option) {
			t.Errorf("there is no %s", option)
		}
	}
	var schema strings.Builder
	files, err := filepath.Glob(filepath.Join("..", "..", "store", "publish", "schema", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	for _, file := range files {
		sql, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		schema.Write(sql)
	}
	names := regexp.MustCompile(`taizhang\.([a-z_]+)|taizhang_reader`).FindAllString(string(text), -1)
	if len(names) < 5 {
		t.Errorf("only %q are named", names)
	}
	for _, name := range names {
		if !regexp.MustCompile(`\b(taizhang\.)?` + strings.TrimPrefix(name, "taizhang.") + `\b`).MatchString(schema.String()) {
			t.Errorf("the database has no %s", name)
		}
	}
	if i := strings.IndexFunc(string(text), func(r rune) bool { return r == '\t' || r == '\r' }); i >= 0 || strings.HasPrefix(string(text), "\ufeff") {
		t.Error("it is not plain UTF-8 with blanks and the ends of lines of Unix")
	}
}

// TestVersion: the program says of itself what the release told it.
func TestVersion(t *testing.T) {
	version, commit, date = "1.2.3", "0123456789ab", "2026-10-31T12:00:00Z"
	defer func() { version, commit, date = "", "", "" }()
	status, out, _ := say(t, "--version")
	if status != exitDone || !strings.Contains(out, "taizhang-publish 1.2.3\n提交 0123456789ab\n日期 2026-10-31\n") {
		t.Errorf("status %d: %s", status, out)
	}
}
