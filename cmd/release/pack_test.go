package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func example(version string) *source {
	return &source{version: version, commit: strings.Repeat("0123456789", 4), date: time.Date(2026, 11, 28, 12, 34, 56, 0, time.UTC)}
}

var examplePapers = papers{publish: publishPapers{readme: []byte("怎样用\n"), licenses: []byte("=== two, ISC\n")}, manual: []byte("<html>手册</html>"), license: []byte("MIT License\n"), licenses: []byte("=== one, MIT\n")}

// packed packs a platform into a folder of its own and gives the files by name.
func packed(t *testing.T, platform string) map[string][]byte {
	t.Helper()
	targets, err := choose(platform)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	files := map[string][]byte{}
	for _, p := range targets[0].products() {
		names, err := example("1.2.3").pack(out, p, targets[0], []byte("the program"), examplePapers)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if files[name], err = os.ReadFile(filepath.Join(out, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return files
}

// TestPackedTwice: what is packed twice is the same bytes.
func TestPackedTwice(t *testing.T) {
	t.Parallel()
	for _, p := range targets {
		first, second := packed(t, p.String()), packed(t, p.String())
		if want := 1 + map[bool]int{true: 1}[p.deb != ""] + map[bool]int{true: 1}[p.publish]; len(first) != want {
			t.Errorf("%s: %d files, want %d", p, len(first), want)
		}
		for name := range first {
			if !bytes.Equal(first[name], second[name]) {
				t.Errorf("%s differs", name)
			}
		}
	}
}

// TestWindowsArchive: program, manual, licences and a .bat in one folder, by names that
// Windows reads as UTF-8, at the commit's moment.
func TestWindowsArchive(t *testing.T) {
	t.Parallel()
	data := packed(t, "windows/amd64")["taizhang-1.2.3-windows-amd64.zip"]
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	const folder = "taizhang-1.2.3-windows-amd64/"
	for _, name := range []string{"taizhang.exe", "打开台账.bat", "台账使用手册.html", "LICENSE.txt", "LICENSES-OF-COMPONENTS.txt"} {
		f, err := r.Open(folder + name)
		if err != nil {
			t.Error(err)
			continue
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".bat") && (bytes.Count(text, []byte("\r\n")) != bytes.Count(text, []byte("\n")) || bytes.ContainsFunc(text, func(c rune) bool { return c > 126 })) {
			t.Errorf("%s is not plain ASCII with Windows' ends of lines: %q", name, text)
		}
	}
	for _, f := range r.File {
		if !f.Modified.Equal(example("").date) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		if strings.ContainsFunc(f.Name, func(c rune) bool { return c > 126 }) && f.Flags&0x800 == 0 {
			t.Errorf("%s is not marked as UTF-8", f.Name)
		}
	}
	if len(r.File) != 5 {
		t.Errorf("%d files", len(r.File))
	}
}

// entries reads a .tar.gz.
func entries(t *testing.T, data []byte) map[string]*tar.Header {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*tar.Header{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || !h.ModTime.Equal(example("").date) {
			t.Errorf("%s belongs to %d:%d and is of %v", h.Name, h.Uid, h.Gid, h.ModTime)
		}
		all[h.Name] = h
	}
}

// TestLinuxArchive: what is run may be run, after unpacking.
func TestLinuxArchive(t *testing.T) {
	t.Parallel()
	const folder = "taizhang-1.2.3-linux-riscv64"
	all := entries(t, packed(t, "linux/riscv64")[folder+".tar.gz"])
	for name, mode := range map[string]int64{"": 0o755, "taizhang": 0o755, "打开台账.sh": 0o755, "打开台账.desktop": 0o755, "台账使用手册.html": 0o644, "LICENSE.txt": 0o644, "LICENSES-OF-COMPONENTS.txt": 0o644} {
		if h := all[folder+"/"+name]; h == nil || h.Mode != mode {
			t.Errorf("%q: %+v", name, h)
		}
	}
}

// TestPublisherArchive: what publishes lies in an archive of its own with how to use it, as
// each system's plainest editor reads that, and with its own licences; the village's has
// nothing of it.
func TestPublisherArchive(t *testing.T) {
	t.Parallel()
	const folder = "taizhang-publish-1.2.3-linux-loong64"
	files := packed(t, "linux/loong64")
	all := entries(t, files[folder+".tar.gz"])
	want := map[string]int64{"": 0o755, "taizhang-publish": 0o755, "使用说明.txt": 0o644, "LICENSE.txt": 0o644, "LICENSES-OF-COMPONENTS.txt": 0o644}
	for name, mode := range want {
		if h := all[folder+"/"+name]; h == nil || h.Mode != mode {
			t.Errorf("%q: %+v", name, h)
		}
	}
	if len(all) != len(want) {
		t.Errorf("%d files", len(all))
	}
	for name := range entries(t, files["taizhang-1.2.3-linux-loong64.tar.gz"]) {
		if strings.Contains(name, publisher.name) {
			t.Errorf("%s lies in the village's archive", name)
		}
	}
	data := packed(t, "windows/amd64")["taizhang-publish-1.2.3-windows-amd64.zip"]
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"taizhang-publish.exe": "the program", "使用说明.txt": "\ufeff怎样用\r\n", "LICENSES-OF-COMPONENTS.txt": "=== two, ISC\n"} {
		f, err := r.Open("taizhang-publish-1.2.3-windows-amd64/" + name)
		if err != nil {
			t.Error(err)
			continue
		}
		if text, err := io.ReadAll(f); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// TestDeb: the package is read by deb(5): members in their order, no header of tar that
// dpkg doesn't know, and what its files are.
func TestDeb(t *testing.T) {
	t.Parallel()
	data := packed(t, "linux/loong64")["taizhang_1.2.3_loong64.deb"]
	rest, ok := bytes.CutPrefix(data, []byte("!<arch>\n"))
	if !ok {
		t.Fatal("no ar archive")
	}
	members := map[string][]byte{}
	var order []string
	for len(rest) > 0 {
		name := strings.TrimSpace(string(rest[:16]))
		size, err := strconv.Atoi(strings.TrimSpace(string(rest[48:58])))
		if err != nil || string(rest[58:60]) != "`\n" {
			t.Fatalf("%q: %v", rest[:60], err)
		}
		members[name], order = rest[60:60+size], append(order, name)
		rest = rest[60+size+size%2:]
	}
	if got := strings.Join(order, " "); got != "debian-binary control.tar.gz data.tar.gz" || string(members["debian-binary"]) != "2.0\n" {
		t.Errorf("members %s, format %q", got, members["debian-binary"])
	}
	for _, h := range entries(t, members["control.tar.gz"]) {
		if h.Format != tar.FormatUSTAR {
			t.Errorf("%s is %v", h.Name, h.Format)
		}
	}
	files := entries(t, members["data.tar.gz"])
	for name, mode := range map[string]int64{
		"./usr/bin/taizhang": 0o755, "./usr/lib/taizhang/open": 0o755, "./usr/share/applications/taizhang.desktop": 0o644,
		"./usr/share/doc/taizhang/manual.html": 0o644, "./usr/share/doc/taizhang/copyright": 0o644, "./usr/share/doc/taizhang/licenses.txt.gz": 0o644, "./usr/share/man/man1/taizhang.1.gz": 0o644, "./usr/share/icons/hicolor/48x48/apps/taizhang.png": 0o644,
		"./usr/": 0o755, "./usr/bin/": 0o755,
	} {
		if h := files[name]; h == nil || h.Mode != mode || h.Format != tar.FormatUSTAR {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

// TestDpkgReads: dpkg itself reads the package, where there is dpkg.
func TestDpkgReads(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("dpkg-deb"); err != nil {
		t.Skip("no dpkg here")
	}
	path := filepath.Join(t.TempDir(), "a.deb")
	if err := os.WriteFile(path, packed(t, "linux/amd64")["taizhang_1.2.3_amd64.deb"], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, field := range [][2]string{{"Package", "taizhang"}, {"Version", "1.2.3"}, {"Architecture", "amd64"}} {
		got, err := output(t.Context(), "", "dpkg-deb", "-f", path, field[0])
		if err != nil || strings.TrimSpace(string(got)) != field[1] {
			t.Errorf("%s: %q, %v", field[0], got, err)
		}
	}
	listed, err := output(t.Context(), "", "dpkg-deb", "-c", path)
	if err != nil || !strings.Contains(string(listed), "-rwxr-xr-x root/root") || !strings.Contains(string(listed), "./usr/bin/taizhang\n") {
		t.Errorf("%s, %v", listed, err)
	}
}

// TestVersions: what Debian orders differently is written differently.
func TestVersions(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{"1.2.3": "1.2.3", "1.3.0-rc1": "1.3.0~rc1"} {
		if got := example(version).debVersion(); got != want {
			t.Errorf("%s: %s, want %s", version, got, want)
		}
	}
	number, err := versionIn(filepath.Join("..", "taizhang", "version.go"))
	if err != nil || !strings.Contains(number, ".") {
		t.Errorf("the program's number is %q, %v", number, err)
	}
	if _, err := versionIn("main.go"); err == nil {
		t.Error("a file without a version gives one")
	}
}

// TestChoose: a platform that there is not is named.
func TestChoose(t *testing.T) {
	t.Parallel()
	if some, err := choose("windows/386,linux/loong64"); err != nil || len(some) != 2 {
		t.Errorf("%v, %v", some, err)
	}
	if _, err := choose("linux/vax"); err == nil || !strings.Contains(err.Error(), "linux/vax") {
		t.Errorf("%v", err)
	}
}
