package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/store"
	"taizhang/store/compare"
	"taizhang/store/county"
)

type compareOptions struct {
	report reportOptions
	sheet  string
	dryRun bool
}

func (m *Main) compareCommand() *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare 名单.xlsx",
		Short: "与全国党员管理信息系统导出的名单比对",
		Long: "把全国党员管理信息系统导出的党员名单(.xlsx 或 .csv,列的先后不限)与台账逐人逐项比对,列出不同的地方:内容不同、" +
			"全国系统有台账没有、台账有全国系统没有。只是写法不同的(大学与本科、1965.03 与 1965-03-01、汉与汉族)不算。" +
			"县里的台账一份名单比对全部单位,结果随下次的回执发给各单位。例如:taizhang compare 全国系统名单.xlsx --format xlsx --out 比对.xlsx",
		Args: argsNamed("名单"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.report.check(); err != nil {
				return err
			}
			return m.compare(cmd.Context(), args[0], o)
		},
	}
	f := c.Flags()
	f.StringVar(&o.sheet, "sheet", "", "只读这一张工作表(不写就读每一张有名单的)")
	f.StringVar(&o.report.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.report.json, "json", false, "同 --format json")
	f.StringVar(&o.report.out, "out", "", "写到这个文件")
	f.BoolVar(&o.dryRun, "dry-run", false, "县里:只看,不随回执发给各单位")
	return c
}

// compare shows what differs; at the county it keeps it for the receipts.
func (m *Main) compare(ctx context.Context, path string, o compareOptions) error {
	var r *compare.Result
	err := m.withLedger(ctx, true, func(l *store.Ledger) (err error) {
		if r, err = compare.Read(ctx, l, path, o.sheet); err != nil {
			return err
		}
		if o.report.format == "xlsx" {
			if err := r.WriteXLSX(ctx, l, o.report.out); err != nil {
				return err
			}
			m.sayf("已写出:%s", o.report.out)
			return nil
		}
		return m.write(ctx, o.report, r.Grid(l), compareNotes(r), r)
	})
	if err != nil || !r.County || o.dryRun {
		return err
	}
	return m.withLedger(ctx, false, func(l *store.Ledger) error {
		units, n, err := county.KeepCompared(ctx, l, r)
		if err == nil && o.report.format != "json" {
			m.sayf("已记下 %d 个单位的 %d 处不同,随下次的回执发给各单位(county receipts;已写过回执的月份用 --month 重写)", units, n)
		}
		return err
	})
}

// compareNotes say below the table what was found and what was not compared.
func compareNotes(r *compare.Result) []string {
	notes := []string{"", r.Summary(), "比对了:" + strings.Join(r.Compared, "、")}
	if len(r.Left) > 0 {
		notes = append(notes, "没有比对的列:"+strings.Join(r.Left, "、"))
	}
	return append(notes, r.Notes...)
}
