package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
)

// version, commit and date are set by the release build with -ldflags -X main.NAME=….
var (
	version string
	commit  string // the commit's hash
	date    string // the commit's moment, as RFC 3339
)

// sayVersion says which program this is.
func sayVersion(w io.Writer) error {
	const unknown = "未注明"
	_, err := fmt.Fprintf(w, "台账汇总发布 taizhang-publish %s\n提交 %s\n日期 %s\n系统 %s/%s,%s\n",
		cmp.Or(version, unknown), cmp.Or(commit, unknown), cmp.Or(date[:min(len(date), len("2006-01-02"))], unknown), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}
