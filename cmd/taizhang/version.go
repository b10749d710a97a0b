package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// version and commit are set by the release build with -ldflags.
var (
	version = "0.1.0"
	commit  = ""
)

func (m *Main) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "版本",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			sqlite, err := store.SQLiteVersion(cmd.Context())
			if err != nil {
				return err
			}
			m.sayf("台账 taizhang %s", version)
			m.sayf("提交 %s", revision())
			m.sayf("SQLite %s", sqlite)
			m.sayf("台账结构 %d", model.SchemaVersion)
			m.sayf("报送包格式 %d", bundle.Format)
			return nil
		},
	}
}

// revision gives the commit that the program was built from, as far as known.
func revision() string {
	if commit != "" {
		return commit
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "未注明"
}
