package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/book"
)

func (m *Main) backupCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "backup",
		Short: "备份台账(正在用也可以)",
		Long:  "备份台账:写一份完整的副本,正在用也可以。副本里有签名密钥和全部记录,请放在 U 盘上妥善保管。",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				path := out
				if path == "" {
					path = filepath.Join(filepath.Dir(l.Path()), l.BackupName())
				} else if isFolder(path) {
					path = filepath.Join(path, l.BackupName())
				}
				if err := l.Backup(cmd.Context(), path); err != nil {
					return err
				}
				m.sayf("已备份:%s", path)
				if out == "" {
					m.sayf("备份与台账在同一块硬盘上;请再拷一份到 U 盘,或用 --out 写到 U 盘")
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "写到这个文件或文件夹(不写:台账旁边)")
	return c
}

func (m *Main) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore 备份文件",
		Short: "从备份恢复台账(现在的台账留在旁边)",
		Long:  "从备份恢复台账:先检查备份完好,再把现在的台账改名留在旁边,把备份抄到它的位置。",
		Args:  argsNamed("备份文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := m.path()
			if err != nil {
				return err
			}
			kept, err := book.Restore(cmd.Context(), args[0], path, store.Options{})
			if err != nil {
				return err
			}
			m.sayf("已恢复:%s", path)
			if kept != "" {
				m.sayf("原来的台账留在:%s", kept)
			}
			// Opened once, it says what this machine remembers beyond it.
			if err := m.withLedger(cmd.Context(), true, func(*store.Ledger) error { return nil }); err != nil {
				return err
			}
			m.sayf("备份以后导出过报送包的,再报时县里会说序号重复,请打电话请县里放行")
			return nil
		},
	}
}
