package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

type importOptions struct {
	sheet, onDuplicate string
	dryRun             bool
}

var duplicateWays = map[string]sheet.Duplicate{"skip": sheet.Skip, "update": sheet.Update, "stop": sheet.Stop}

func (m *Main) importCommand() *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import 记录类别 文件",
		Short: "从 Excel(.xlsx)或 .csv 读入记录",
		Long:  "从 Excel(.xlsx)或 .csv 读入记录。整份文件先看一遍,好的行一次收入,不能收的行写到“文件名.rejected.xlsx”,旁边注明原因。",
		Args:  argsNamed("记录类别", "文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			way, ok := duplicateWays[o.onDuplicate]
			if !ok {
				return usagef("--on-duplicate 只能是 skip(跳过)、update(更新)或 stop(停下),没有“%s”", model.Clean(o.onDuplicate, false))
			}
			return m.withLedger(cmd.Context(), o.dryRun, func(l *store.Ledger) error {
				k, err := findKind(l, args[0])
				if err != nil {
					return err
				}
				p, err := sheet.Read(cmd.Context(), l, k, args[1], sheet.ReadOptions{Sheet: o.sheet, OnDuplicate: way})
				if err != nil {
					return err
				}
				return m.takeIn(cmd.Context(), l, p, o.dryRun)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.sheet, "sheet", "", "只读这一张工作表(不写就读每一张有名单的)")
	f.BoolVar(&o.dryRun, "dry-run", false, "只看会收入什么,不写入")
	f.StringVar(&o.onDuplicate, "on-duplicate", "skip", "已有的记录怎么办:skip 跳过、update 更新、stop 停下")
	return c
}

// takeIn writes the good rows and the file of rejected ones, and reports. A
// rejected row makes the exit status 1.
func (m *Main) takeIn(ctx context.Context, l *store.Ledger, p *sheet.Plan, dryRun bool) error {
	read, taken, updated, duplicates, rejected := p.Counts()
	if !dryRun {
		if _, err := p.Apply(ctx, l); err != nil {
			return err
		}
	}
	verb := "收入"
	if dryRun {
		verb = "将收入"
	}
	m.sayf("读取 %d 行:%s %d,更新 %d,重复 %d,拒收 %d", read, verb, taken, updated, duplicates, rejected)
	for _, c := range p.Columns {
		if c.Why != "" {
			m.sayf("没有读入的列“%s”:%s", model.Clean(c.Heading, false), c.Why)
		}
	}
	for _, note := range p.Notes {
		m.sayf("%s", note)
	}
	for _, r := range p.Rows {
		for _, w := range r.Warnings {
			m.sayf("%s提醒:%s", r.Where(), w)
		}
	}
	if rejected == 0 {
		return nil
	}
	for _, r := range p.Rows {
		if r.Verdict == sheet.Reject {
			m.sayf("%s拒收:%s", r.Where(), r.Reason)
		}
	}
	if !dryRun {
		path := sheet.RejectedPath(p.File)
		if err := p.WriteRejected(path); err != nil {
			return err
		}
		m.sayf("拒收的行已写到 %s,改好后可再次读入", path)
	}
	return errQuiet
}
