package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/compare"
)

type compareOptions struct {
	report reportOptions
	sheet  string
}

func (m *Main) compareCommand() *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare 名单.xlsx",
		Short: "与全国党员管理信息系统导出的名单比对",
		Long: "把全国党员管理信息系统导出的党员名单(.xlsx 或 .csv,列的先后不限)与台账逐人逐项比对,列出不同的地方:内容不同、" +
			"全国系统有台账没有、台账有全国系统没有。只是写法不同的(大学与本科、1965.03 与 1965-03-01、汉与汉族)不算。" +
			"县里的台账一份名单比对全部单位,结果随回执发给各单位(--dry-run 只看不记)。例如:taizhang compare 全国系统名单.xlsx --format xlsx --out 比对.xlsx",
		Args: argsNamed("名单"),
	}
	dry := c.Flags().Bool("dry-run", false, "县里:只看,不随回执发给各单位")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if err := o.report.check(); err != nil {
			return err
		}
		return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error { return m.compare(cmd.Context(), l, args[0], o, *dry) })
	}
	f := c.Flags()
	f.StringVar(&o.sheet, "sheet", "", "只读这一张工作表(不写就读每一张有名单的)")
	f.StringVar(&o.report.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.report.json, "json", false, "同 --format json")
	f.StringVar(&o.report.out, "out", "", "写到这个文件")
	return c
}

func (m *Main) compare(ctx context.Context, l *store.Ledger, path string, o compareOptions, _ bool) error {
	r, err := compare.Read(ctx, l, path, o.sheet)
	if err != nil {
		return err
	}
	notes := []string{"", r.Summary()}
	for _, n := range r.Notes {
		notes = append(notes, n)
	}
	return m.write(ctx, o.report, r.Grid(l), notes, r)
}
