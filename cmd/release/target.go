package main

import (
	"fmt"
	"strings"
)

// target is a platform for which the program is built.
type target struct {
	os, arch string
	deb      string // the architecture's name in Debian, "" where no package is made
	publish  bool   // the program that publishes is made for it: computing centres have it
}

// targets are the platforms that are shipped. Debian's loong64 is what Go's loong64 runs
// on, the "new world"; systems that call the architecture loongarch64 have the older
// kernel interface, on which Go's programs can't run, and get no package.
var targets = []target{
	{os: "windows", arch: "amd64", publish: true},
	{os: "windows", arch: "386"},
	{os: "windows", arch: "arm64"},
	{os: "linux", arch: "amd64", deb: "amd64", publish: true},
	{os: "linux", arch: "arm64", deb: "arm64", publish: true},
	{os: "linux", arch: "386"},
	{os: "linux", arch: "loong64", deb: "loong64", publish: true},
	{os: "linux", arch: "riscv64"},
	{os: "darwin", arch: "arm64"},
}

func (t target) String() string { return t.os + "/" + t.arch }

// product is a program that is handed out. Its source lies under cmd by its name.
type product struct {
	name string
	zh   string // in Chinese
	does string // in a few Chinese words
}

// The village's program, which the offices above use as well, and the one that puts sums
// into a database. That has archives of its own: nobody but an office's computing centre
// needs it.
var (
	recordBook = product{name: "taizhang", zh: "台账", does: "村党支部的记录本"}
	publisher  = product{name: "taizhang-publish", zh: "台账汇总发布", does: "把汇总数字写进 PostgreSQL"}
)

// program is the file's name of a product on a platform.
func (t target) program(p product) string {
	if t.os == "windows" {
		return p.name + ".exe"
	}
	return p.name
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

// products are the programs that are handed out for a platform.
func (t target) products() []product {
	if t.publish {
		return []product{recordBook, publisher}
	}
	return []product{recordBook}
}
