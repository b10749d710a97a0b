package main

import (
	"fmt"
	"strings"
)

// target is a platform for which the program is built.
type target struct {
	os, arch string
	deb      string // the architecture's name in Debian, "" where no package is made
}

// targets are the platforms that are shipped. Debian's loong64 is what Go's loong64 runs
// on, the "new world"; systems that call the architecture loongarch64 have the older
// kernel interface, on which Go's programs can't run, and get no package.
var targets = []target{
	{os: "windows", arch: "amd64"},
	{os: "windows", arch: "386"},
	{os: "windows", arch: "arm64"},
	{os: "linux", arch: "amd64", deb: "amd64"},
	{os: "linux", arch: "arm64", deb: "arm64"},
	{os: "linux", arch: "386"},
	{os: "linux", arch: "loong64", deb: "loong64"},
	{os: "linux", arch: "riscv64"},
	{os: "darwin", arch: "arm64"},
}

func (t target) String() string { return t.os + "/" + t.arch }

// program is the file's name of the program.
func (t target) program() string {
	if t.os == "windows" {
		return "taizhang.exe"
	}
	return "taizhang"
}

// choose gives the targets that are named, all for "".
func choose(names string) ([]target, error) {
	if names == "" {
		return targets, nil
	}
	var some []target
	for name := range strings.SplitSeq(names, ",") {
		found := false
		for _, t := range targets {
			if t.String() == name {
				some, found = append(some, t), true
			}
		}
		if !found {
			return nil, fmt.Errorf("no platform %q; there are %v", name, targets)
		}
	}
	return some, nil
}
