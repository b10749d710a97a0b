package winres

import (
	"bytes"
	"debug/pe"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tc-hib/winres"
	"github.com/tc-hib/winres/version"
)

var example = Info{Program: "taizhang", Name: "台账", Does: "村党支部的记录本", Version: "1.2.3-rc1", Commit: "0123456789ab", Date: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}

// TestLinked: the Go linker takes the file in, and in the program stand icon, version and
// manifest.
func TestLinked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("go.mod", "module example\n")
	put("main.go", "package main\n\nfunc main() {}\n")
	if err := Write(filepath.Join(dir, Name("amd64")), "amd64", example); err != nil {
		t.Fatal(err)
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", "example.exe", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	exe, err := os.Open(filepath.Join(dir, "example.exe"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := exe.Close(); err != nil {
			t.Error(err)
		}
	}()
	set, err := winres.LoadFromEXE(exe)
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Get(winres.RT_MANIFEST, winres.ID(1), winres.LCIDNeutral); string(got) != strings.ReplaceAll(manifest, "%s", "台账:村党支部的记录本") {
		t.Errorf("manifest:\n%s", got)
	}
	book, err := set.GetIconTranslation(winres.ID(1), winres.LCIDNeutral)
	if err != nil {
		t.Fatal(err)
	}
	var ico bytes.Buffer
	if err := book.SaveICO(&ico); err != nil || ico.Bytes()[4] != 7 {
		t.Errorf("%d sizes of the icon, want 7; %v", ico.Bytes()[4], err)
	}
	vi, err := version.FromBytes(set.Get(winres.RT_VERSION, winres.ID(1), simplified))
	if err != nil {
		t.Fatal(err)
	}
	if vi.FileVersion != [4]uint16{1, 2, 3, 0} {
		t.Errorf("version %v", vi.FileVersion)
	}
	told, err := vi.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"0804"`, `"台账"`, `"台账:村党支部的记录本"`, `"1.2.3-rc1"`, `"1.2.3-rc1 (0123456789ab)"`, "2026-10-31"} {
		if !strings.Contains(string(told), want) {
			t.Errorf("no %s in %s", want, told)
		}
	}
}

// TestArchitectures: each that is shipped gets a file of its own machine, the same twice.
func TestArchitectures(t *testing.T) {
	t.Parallel()
	for arch, machine := range map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "386": pe.IMAGE_FILE_MACHINE_I386, "arm64": pe.IMAGE_FILE_MACHINE_ARM64} {
		object, err := Object(arch, example)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Object(arch, example)
		if err != nil || !bytes.Equal(object, again) {
			t.Errorf("%s: made twice, it differs; %v", arch, err)
		}
		file, err := pe.NewFile(bytes.NewReader(object))
		if err != nil {
			t.Fatal(err)
		}
		if file.Machine != machine || file.Section(".rsrc") == nil {
			t.Errorf("%s: machine %#x, sections %v", arch, file.Machine, file.Sections)
		}
	}
	if _, err := Object("loong64", example); err == nil || !strings.Contains(err.Error(), "loong64") {
		t.Errorf("an architecture that Windows lacks: %v", err)
	}
}
