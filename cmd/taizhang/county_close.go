package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/report"
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
				if err := closable(cmd.Context(), l, chosen); err != nil {
					return err
				}
				b, err := report.Close(cmd.Context(), l, chosen, yes)
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

// closable refuses a month to come, and one before the first bundle: it is most likely
// mistyped, and closing can't be undone.
func closable(ctx context.Context, l *store.Ledger, month model.Month) error {
	if _, err := l.MonthPeriod(month); err != nil {
		return err
	}
	lines, err := l.IntakeLines(ctx, month)
	if err != nil {
		return err
	}
	first := model.Month("")
	for _, i := range lines {
		if (i.Verdict == county.Accepted || i.Verdict == county.Partly) && (first == "" || i.Month < first) {
			first = i.Month
		}
	}
	switch {
	case first == "":
		return model.Errorf("E-SEAL-EMPTY", "还没有收过报送包,没有可以封账的汇总;请先收报(taizhang county receive)")
	case month < first:
		return model.Errorf("E-SEAL-EMPTY", "%s还没有收过报送包,不能封账;最早收到的是%s的,请核对月份", month.Chinese(), first.Chinese())
	}
	return nil
}
