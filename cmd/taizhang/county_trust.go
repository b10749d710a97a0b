package main

import (
	"github.com/spf13/cobra"

	"taizhang/store"
)

func (m *Main) countyTrustCommand() *cobra.Command {
	var restored bool
	c := &cobra.Command{
		Use:   "trust 组织代码 --restored",
		Short: "放行从旧备份恢复的台账的下一个报送包",
		Long:  "村里的台账从旧备份恢复后,序号会重复,报送包被退回。与村里核实以后,用这个命令放行它的下一个报送包。",
		Args:  argsNamed("组织代码"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !restored {
				return usagef("请写上 --restored(台账是从旧备份恢复的)")
			}
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error {
				if err := l.AllowRestored(cmd.Context(), args[0]); err != nil {
					return err
				}
				m.sayf("已放行:%s 的下一个报送包,序号重复也会接收", args[0])
				return nil
			})
		},
	}
	c.Flags().BoolVar(&restored, "restored", false, "台账是从旧备份恢复的")
	return c
}
