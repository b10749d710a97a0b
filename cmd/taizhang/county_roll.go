package main

import (
	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/sheet"
)

func (m *Main) countyRollCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "roll 文件",
		Short: "取入应报送的单位名单(.xlsx 或 .csv:代码、名称、乡镇、领域、电话)",
		Long:  "取入应报送的单位名单,整个代替原来的。名单决定谁迟报、乡镇怎么写;名单外的报送包不接收。有一行不对,整个名单都不取入。",
		Args:  argsNamed("名单文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withLedger(cmd.Context(), false, func(l *store.Ledger) error {
				units, err := sheet.Units(cmd.Context(), l.Kinds(), args[0])
				if err != nil {
					return err
				}
				if err := l.SetUnits(cmd.Context(), units); err != nil {
					return err
				}
				m.sayf("已取入单位名单:%d 个单位", len(units))
				return nil
			})
		},
	}
}
