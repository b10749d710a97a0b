package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// shipped are the platforms for which the program is built (cmd/release).
var shipped = [][2]string{
	{"windows", "amd64"}, {"windows", "386"}, {"windows", "arm64"}, {"darwin", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"}, {"linux", "386"}, {"linux", "loong64"}, {"linux", "riscv64"},
}

// licenseFile is how files are called that hold a licence.
var licenseFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)`)

// TestLicenses: version --licenses names everything that is linked into the program, with
// its licence, so that a new dependency can't be forgotten.
func TestLicenses(t *testing.T) {
	text, paths := licensesOf(t, ".", shipped)
	if *update {
		writeLicenses(t, text)
		return
	}
	written, err := os.ReadFile("licenses.txt")
	packed, packErr := readLicenses()
	if err := errors.Join(err, packErr); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, written) || string(text) != packed {
		t.Errorf("licenses.txt (%d bytes, %d packed) is not what is linked in (%d bytes): write it with -update", len(written), len(packed), len(text))
	}
	var out bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Getenv: func(string) string { return "" }}
	if code := m.Run(t.Context(), []string{"version", "--licenses"}); code != exitDone {
		t.Fatalf("exit %d: %s", code, out.String())
	}
	for _, path := range paths {
		if !regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(path) + ` .*(MIT|BSD|Apache|ISC)`).MatchString(out.String()) {
			t.Errorf("%s is not named with its licence", path)
		}
	}
}

// writeLicenses writes the text, to be read in a review, and what is linked in.
func writeLicenses(t *testing.T, text []byte) {
	t.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close(), os.WriteFile("licenses.txt", text, 0o600), os.WriteFile("licenses.txt.gz", packed.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// publisher is the program beside this one that puts sums into a database.
const publisher = "taizhang-publish"

// TestPublishersLicenses: that program has the licences of all that is linked into it.
func TestPublishersLicenses(t *testing.T) {
	file := filepath.Join("..", publisher, "licenses.txt")
	text, paths := licensesOf(t, "../"+publisher, [][2]string{{"linux", "amd64"}, {"linux", "arm64"}, {"linux", "loong64"}, {"windows", "amd64"}})
	if *update {
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, text) {
		t.Errorf("%s is not what is linked in: write it with -update", file)
	}
	if !slices.Contains(paths, driver) {
		t.Errorf("%s is not linked in: %q", driver, paths)
	}
}

const driver = "github.com/jackc/pgx/v5"

// TestNoDatabaseDriver: the village's program has nothing of PostgreSQL in it.
func TestNoDatabaseDriver(t *testing.T) {
	for path := range modulesOf(t, ".", shipped) {
		if strings.Contains(path, "jackc/pg") {
			t.Errorf("%s is linked into the village's program", path)
		}
	}
}

// modulesOf gives the modules that are linked into a program on any of the platforms: the
// folder by path.
func modulesOf(t *testing.T, program string, platforms [][2]string) map[string]string {
	t.Helper()
	modules := map[string]string{}
	for _, p := range platforms {
		c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", program)
		c.Env = append(os.Environ(), "GOOS="+p[0], "GOARCH="+p[1], "CGO_ENABLED=0", "GOFLAGS=-mod=mod", "GOPROXY=off")
		out, err := c.Output()
		if err != nil {
			t.Fatalf("go list for %s/%s: %v", p[0], p[1], err)
		}
		for line := range strings.Lines(string(out)) {
			if path, dir, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
				modules[path] = dir
			}
		}
	}
	return modules
}

// licensesOf gives the licences of all that is linked into a program, and of what.
func licensesOf(t *testing.T, program string, platforms [][2]string) (text []byte, paths []string) {
	t.Helper()
	modules := modulesOf(t, program, platforms)
	if len(modules) < 15 {
		t.Fatalf("only %d modules are linked in: %v", len(modules), modules)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	modules["Go"] = strings.TrimSpace(string(goroot))
	for path := range modules {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	var b bytes.Buffer
	for _, path := range paths {
		all := licenseOf(t, path, modules[path])
		fmt.Fprintf(&b, "%s%s, %s\n\n%s\n\n", licenseMark, path, licenseKind(t, path, all), all)
	}
	return b.Bytes(), paths
}

// licenseOf reads the licence of a module: every such file at its top. None of
// its lines begins with the mark of ours.
func licenseOf(t *testing.T, path, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, e := range entries {
		if e.IsDir() || !licenseFile.MatchString(e.Name()) || e.Name() == "LICENSE-LOGO" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		for i, line := range lines {
			if line = strings.TrimRight(line, " \t\f"); strings.HasPrefix(line, licenseMark) {
				t.Fatalf("%s: a line of %s begins as a component's name does", path, e.Name())
			}
			lines[i] = line
		}
		parts = append(parts, strings.TrimSpace(strings.Join(lines, "\n")))
	}
	if len(parts) == 0 {
		t.Fatalf("%s has no licence in %s (%s)", path, dir, runtime.Version())
	}
	return strings.Join(parts, "\n\n")
}

// licenseKind tells the licence by its words; one that is none of those known must be
// looked at by a person.
func licenseKind(t *testing.T, path, text string) string {
	t.Helper()
	plain := strings.Join(strings.Fields(text), " ")
	has := func(words string) bool { return strings.Contains(plain, words) }
	switch {
	case has("Apache License Version 2.0"):
		return "Apache-2.0"
	case has("Permission is hereby granted, free of charge"):
		return "MIT"
	case has("Redistribution and use in source and binary forms") && (has("Neither the name") || has("names of its contributors")):
		return "BSD-3-Clause"
	case has("Redistribution and use in source and binary forms"):
		return "BSD-2-Clause"
	case has("Permission to use, copy, modify, and/or distribute this software"):
		return "ISC"
	}
	t.Fatalf("the licence of %s is none that is known: may it be used?", path)
	return ""
}
