package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed" // licenses.txt.gz
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// version, commit and date are set by the release build with -ldflags -X main.NAME=….
var (
	version = "0.1.0"
	commit  = "" // the commit's hash
	date    = "" // the commit's moment, as RFC 3339 or a day
)

// licensesText holds the licence of everything that is linked into the program on any
// platform that is shipped: for each a line "=== module, kind" and the text. It stands in
// licenses.txt, packed with gzip, a sixth of it; both are written by
// go test ./cmd/taizhang -run TestLicenses -update.
//
//go:embed licenses.txt.gz
var licensesText []byte

// readLicenses unpacks licensesText.
func readLicenses() (string, error) {
	r, err := gzip.NewReader(bytes.NewReader(licensesText))
	var text []byte
	if err == nil {
		text, err = io.ReadAll(r)
	}
	if err != nil {
		return "", fmt.Errorf("licenses.txt.gz: %w", err)
	}
	return string(text), nil
}

func (m *Main) versionCommand() *cobra.Command {
	var licenses bool
	c := &cobra.Command{
		Use:   "version",
		Short: "版本",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if licenses {
				return m.sayLicenses()
			}
			m.sayf("台账 taizhang %s", version)
			m.sayf("提交 %s", revision())
			m.sayf("日期 %s", cmp.Or(string(built()), "未注明"))
			m.sayf("系统 %s/%s,%s", runtime.GOOS, runtime.GOARCH, runtime.Version())
			m.sayf("SQLite %s", store.SQLiteVersion())
			m.sayf("台账结构 %d", model.SchemaVersion)
			m.sayf("报送包格式 %d", bundle.Format)
			return nil
		},
	}
	c.Flags().BoolVar(&licenses, "licenses", false, "列出程序里用到的全部组件和它们的许可证全文")
	return c
}

// licenseMark begins the line that names a component in licensesText.
const licenseMark = "=== "

// sayLicenses lists what is linked into the program with its version and licence, and
// then every text.
func (m *Main) sayLicenses() error {
	text, err := readLicenses()
	if err != nil {
		return err
	}
	versions := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			versions[d.Path] = " " + d.Version
		}
		versions["Go"] = " " + info.GoVersion
	}
	m.sayf("台账 taizhang 用 MIT 许可证。程序里用到的组件:")
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), licenseMark); ok {
			module, kind, _ := strings.Cut(name, ", ")
			m.sayf("  %s%s  %s", module, versions[module], kind)
		}
	}
	m.sayf("\n许可证全文:\n\n%s", strings.TrimSpace(text))
	return nil
}

// revision gives the commit that the program was built from, as far as known.
func revision() string {
	if commit != "" {
		return commit
	}
	text := cmp.Or(buildSetting("vcs.revision"), "未注明")
	if buildSetting("vcs.modified") == "true" {
		text += "(另有没提交的改动)"
	}
	return text
}

// built gives the day of that commit, "" where it isn't known.
func built() model.Date {
	day, err := time.Parse(time.DateOnly, firstBytes(cmp.Or(date, buildSetting("vcs.time")), len(time.DateOnly)))
	if err != nil {
		return ""
	}
	return model.DateOf(day)
}

// firstBytes gives the first n bytes of an ASCII text, all of a shorter one.
func firstBytes(s string, n int) string { return s[:min(n, len(s))] }

// buildSetting gives what the go command noted in the program, "" for nothing.
func buildSetting(key string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
