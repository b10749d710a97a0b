package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"taizhang/cmd/release/winres"
)

// build gives a product for a platform.
func (s *source) build(ctx context.Context, p product, t target) ([]byte, error) {
	if t.os == "windows" {
		resources := filepath.Join(s.dir, "cmd", p.name, winres.Name(t.arch))
		if err := winres.Write(resources, t.arch, winres.Info{Program: p.name, Name: p.zh, Does: p.does, Version: s.version, Commit: s.commit, Date: s.date}); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(s.dir, "built-"+p.name+"-"+t.os+"-"+t.arch)
	c := exec.CommandContext(ctx, "go", "build", "-o", path, "-trimpath", "-buildvcs=false", "-ldflags", s.linked(), "./cmd/"+p.name) //nolint:gosec // The arguments are ours.
	c.Dir, c.Env, c.Stderr = s.dir, environment(t), os.Stderr
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("go build: %w", err)
	}
	program, err := os.ReadFile(path)
	return program, errors.Join(err, os.Remove(path))
}

// linked are the linker's flags: no symbols and no identity of the build, which would
// differ, but what the program says of itself.
func (s *source) linked() string {
	flags := []string{"-s", "-w", "-buildid="}
	for _, v := range [][2]string{{"version", s.version}, {"commit", s.commit}, {"date", s.date.Format(time.RFC3339)}} {
		flags = append(flags, "-X main."+v[0]+"="+v[1])
	}
	return strings.Join(flags, " ")
}

// environment is what the go command is told of a platform. What could make other bytes
// of the same source is set here and not taken from outside.
func environment(t target) []string {
	var kept []string
	for _, each := range os.Environ() {
		name, _, _ := strings.Cut(each, "=")
		switch name {
		case "GOFLAGS", "GOOS", "GOARCH", "GOAMD64", "GO386", "GOARM64", "GORISCV64", "GOEXPERIMENT", "GODEBUG", "GOFIPS140", "CGO_ENABLED", "GOWORK":
		default:
			kept = append(kept, each)
		}
	}
	return append(kept, "GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off",
		"GOAMD64=v1", "GO386=sse2", "GOARM64=v8.0", "GORISCV64=rva20u64", "GOEXPERIMENT=", "GOFIPS140=off")
}

// papers are what goes with every program.
type papers struct {
	manual   []byte // a web page
	license  []byte // of the program
	licenses []byte // of what is linked into it
	publish  publishPapers
}

// publishPapers are what goes with the program that publishes.
type publishPapers struct {
	readme   []byte // how to use it, in Chinese
	licenses []byte // of what is linked into it
}

// papers asks the program itself for the manual.
func (s *source) papers(ctx context.Context) (papers, error) {
	program, err := s.build(ctx, recordBook, target{os: runtime.GOOS, arch: runtime.GOARCH})
	if err != nil {
		return papers{}, err
	}
	path := filepath.Join(s.dir, "taizhang-here")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if err := os.WriteFile(path, program, 0o755); err != nil { //nolint:gosec // It is run.
		return papers{}, err
	}
	page := filepath.Join(s.dir, "manual.html")
	if _, err := output(ctx, s.dir, path, "manual", "--out", page); err != nil {
		return papers{}, fmt.Errorf("manual: %w", err)
	}
	var p papers
	cmd := filepath.Join(s.dir, "cmd")
	for to, from := range map[*[]byte]string{
		&p.manual: page, &p.license: filepath.Join(s.dir, "LICENSE"),
		&p.licenses:         filepath.Join(cmd, recordBook.name, "licenses.txt"),
		&p.publish.licenses: filepath.Join(cmd, publisher.name, "licenses.txt"),
		&p.publish.readme:   filepath.Join(cmd, publisher.name, "readme.txt"),
	} {
		if *to, err = os.ReadFile(from); err != nil {
			return papers{}, err
		}
	}
	return p, nil
}

// with gives the files of an archive that are no shortcuts.
func (p papers) with(t target, program []byte) []file {
	return []file{
		{name: t.program(recordBook), data: program, run: true},
		{name: "台账使用手册.html", data: p.manual},
		{name: "LICENSE.txt", data: p.license},
		{name: "LICENSES-OF-COMPONENTS.txt", data: p.licenses},
	}
}

// withPublisher gives the files of the archive of the program that publishes.
func (p papers) withPublisher(t target, program []byte) []file {
	return []file{
		{name: t.program(publisher), data: program, run: true},
		{name: "使用说明.txt", data: t.text(p.publish.readme)},
		{name: "LICENSE.txt", data: p.license},
		{name: "LICENSES-OF-COMPONENTS.txt", data: p.publish.licenses},
	}
}

// text gives a Chinese text as the platform's plainest editor reads it: on Windows with a
// mark of UTF-8 and its own ends of lines.
func (t target) text(s []byte) []byte {
	if t.os != "windows" {
		return s
	}
	return append([]byte("\ufeff"), bytes.ReplaceAll(s, []byte("\n"), []byte("\r\n"))...)
}
