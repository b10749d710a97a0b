package main

import (
	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/county"
)

func (m *Main) countyCloseCommand() *cobra.Command {
	var month string
	var yes bool
	c := &cobra.Command{
		Use:   "close --month 月份",
		Short: "封账:这个月的汇总从此不再变动",
		Long: "封账:把这个月的汇总(合计、按乡镇、按领域、按单位)、应报和实报、没有报送的单位一起封存。\n" +
			"以后再收到迟交的报送包,这个月的汇总也不变。封账不能撤销,也不能再封一次。例如:taizhang county close --month 2026-06",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "month"); err != nil {
				return err
			}
			chosen, err := parseMonth(month, "")
			if err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				b, err := county.CloseMonth(cmd.Context(), l, chosen, yes)
				if err != nil {
					return err
				}
				m.sayf("%s已封账:应报 %d 个,实报 %d 个", chosen.Chinese(), b.Returns.Due, b.Returns.In)
				for _, line := range b.Notes() {
					if line != "" {
						m.sayf("%s", line)
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&month, "month", "", "月份,例如 2026-06")
	c.Flags().BoolVar(&yes, "yes", false, "这个月还没有过完也封账")
	return c
}
