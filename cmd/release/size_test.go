package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sizeLimits are how many bytes the program may have on the two platforms of most people,
// built as it is handed out: what it has and one in a hundred more. The goal of 20,000,000
// would be met when a third of everything were gone; what it is made of, README.md says.
var sizeLimits = map[string]int64{"linux/amd64": 28_430_000, "windows/amd64": 28_885_000}

// TestSize: nothing comes into the program unseen that makes it large. What does so most
// often is a call of reflect.Value.MethodByName or of text/template somewhere in a
// library: with it the linker leaves out no exported method of any type.
func TestSize(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program")
	}
	for platform, limit := range sizeLimits {
		targets, err := choose(platform)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), targets[0].program(recordBook))
		c := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "./cmd/taizhang")
		c.Dir, c.Env = filepath.Join("..", ".."), environment(targets[0])
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", platform, err, out)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d bytes", platform, info.Size())
		if info.Size() > limit {
			t.Errorf("%s: the program has %d bytes, more than %d", platform, info.Size(), limit)
		}
	}
}

// TestNothingByName: no function is linked that looks methods up by name.
func TestNothingByName(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("links the program")
	}
	c := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-dumpdep", "-o", filepath.Join(t.TempDir(), "taizhang"), "./cmd/taizhang")
	c.Dir, c.Env = filepath.Join("..", ".."), environment(target{os: "linux", arch: "amd64"})
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("main.main -> ")) {
		t.Fatal("the linker doesn't say what leads to what")
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "<ReflectMethod>") {
			t.Errorf("methods are looked up by name: %s", line)
		}
	}
}

// TestNoNetwork: what villages and counties get reaches no other machine: no client of the
// web or of a database server is linked into it.
func TestNoNetwork(t *testing.T) {
	t.Parallel()
	for _, platform := range targets {
		c := exec.CommandContext(t.Context(), "go", "list", "-deps", "./cmd/taizhang")
		c.Dir, c.Env = filepath.Join("..", ".."), environment(platform)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v: %v", platform, err)
		}
		packages := strings.Fields(string(out))
		if !slices.Contains(packages, "taizhang/store") {
			t.Fatalf("%v: the program's packages are not listed: %v", platform, packages)
		}
		for _, p := range packages {
			if p == "net/http" || p == "crypto/tls" || p == "net/rpc" || strings.Contains(p, "jackc/") || strings.HasPrefix(p, "github.com/lib/pq") {
				t.Errorf("%v: %s is linked into the program", platform, p)
			}
		}
	}
}

// TestSameBytesTwice: a commit gives the same files from two clones in two folders.
func TestSameBytesTwice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program twice")
	}
	top, err := output(t.Context(), "", "git", "rev-parse", "--show-toplevel")
	if err != nil {
		t.Skip("no repository here: ", err)
	}
	var outs []string
	for _, name := range []string{"one", "another folder"} {
		clone, out := filepath.Join(t.TempDir(), name), t.TempDir()
		if _, err := output(t.Context(), "", "git", "clone", "--quiet", "--shared", strings.TrimSpace(string(top)), clone); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(clone, "cmd", "taizhang", "stray.go"), []byte("package broken"), 0o600); err != nil {
			t.Fatal(err) // what is not committed is not built in
		}
		var said bytes.Buffer
		if err := run(t.Context(), clone, []string{"--out", out, "--only", "linux/amd64"}, &said); err != nil {
			t.Fatalf("%v\n%s", err, &said)
		}
		outs = append(outs, out)
	}
	names := []string{"SHA256SUMS", "taizhang-" + numberOf(t) + "-linux-amd64.tar.gz", "taizhang-publish-" + numberOf(t) + "-linux-amd64.tar.gz", "taizhang_" + numberOf(t) + "_amd64.deb"}
	for _, name := range names {
		first, err1 := os.ReadFile(filepath.Join(outs[0], name))
		second, err2 := os.ReadFile(filepath.Join(outs[1], name))
		if err1 != nil || err2 != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: %d and %d bytes, %v, %v", name, len(first), len(second), err1, err2)
		}
	}
}

func numberOf(t *testing.T) string {
	t.Helper()
	number, err := versionIn(filepath.Join("..", "taizhang", "version.go"))
	if err != nil {
		t.Fatal(err)
	}
	return number
}
