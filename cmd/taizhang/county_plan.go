package main

import (
	"cmp"
	"context"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper"
	"taizhang/store/quota"
	"taizhang/store/sheet"
)

// planFlags are what `county plan` is asked for beside its arguments.
type planFlags struct {
	year                  string
	issue, spoilt, recall []string
}

// countyPlanCommand is 年度发展党员计划 and the numbers of 入党志愿书.
func (m *Main) countyPlanCommand() *cobra.Command {
	var f planFlags
	c := &cobra.Command{
		Use:   "plan [文件 | 单位=名额 …]",
		Short: "年度发展党员计划和入党志愿书编号:下达、发放、作废,看还剩多少",
		Long: "年度发展党员计划和入党志愿书的编号。什么都不写时列出计划、已用和剩余;村里用 taizhang report admission-plan 看自己的。\n" +
			"下达计划:写一个表(栏目:组织代码或乡镇、计划名额、志愿书编号),或直接写 990101101201=2、云溪镇=20;乡镇是总数,分到单位的不能超过它。\n" +
			"计划和编号随下一次回执发到村里。例如:taizhang county plan --year 2026 990101101201=2 --forms 990101101201=0001-0004",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			change := len(args)+len(f.issue)+len(f.spoilt)+len(f.recall) > 0
			return m.withCounty(cmd.Context(), !change, func(l *store.Ledger) error { return m.plan(cmd.Context(), l, f, args) })
		},
	}
	c.Flags().StringVar(&f.year, "year", "", "年份,例如 2026;不写为今年")
	c.Flags().StringArrayVar(&f.issue, "forms", nil, "发放志愿书:单位=编号,例如 990101101201=0001-0010;可写多个")
	c.Flags().StringArrayVar(&f.spoilt, "void", nil, "作废交回的志愿书:单位=编号")
	c.Flags().StringArrayVar(&f.recall, "recall", nil, "收回发错的一段:单位=编号,写发放时的那一段")
	return c
}

func (m *Main) plan(ctx context.Context, l *store.Ledger, f planFlags, args []string) error {
	year := l.Source().Today().Year()
	if f.year != "" {
		var err error
		if year, err = strconv.Atoi(strings.TrimSuffix(model.HalfWidth(f.year), "年")); err != nil || year < 1921 || year > 2200 {
			return usagef("“%s”不是年份,请写成 2026", model.Clean(f.year, false))
		}
	}
	d, err := quota.Begin(ctx, l, year)
	if err != nil {
		return err
	}
	if err := planArgs(ctx, d, args); err != nil {
		return err
	}
	for _, list := range []struct {
		texts []string
		into  *[]quota.Range
	}{{f.issue, &d.Issue}, {f.spoilt, &d.Void}, {f.recall, &d.Recall}} {
		for _, text := range list.texts {
			ranges, err := d.PairRanges(text)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, ranges...)
		}
	}
	if n := len(d.Plans) + len(d.Issue) + len(d.Void) + len(d.Recall); n > 0 {
		if err := quota.Apply(ctx, l, d.Change); err != nil {
			return err
		}
		m.sayf("已记下:计划 %d 条,发放志愿书 %d 段,作废 %d 段,收回 %d 段。随下一次回执发到村里", len(d.Plans), len(d.Issue), len(d.Void), len(d.Recall))
	}
	p := paper.Find("admission-plan")
	return m.paper(ctx, l, p, paperOptions{year: strconv.Itoa(year), format: "text"})
}

// planArgs reads the arguments: one file, or pairs.
func planArgs(ctx context.Context, d *quota.Draft, args []string) error {
	if len(args) == 1 && !strings.Contains(args[0], "=") {
		if _, err := os.Stat(args[0]); err != nil {
			return fileError(args[0], err)
		}
		rows, err := sheet.PlanRows(ctx, args[0])
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := planRow(d, r); err != nil {
				return model.Errorf("E-PLAN", "第 %d 行:%s", r.Number, err.Error())
			}
		}
		return nil
	}
	for _, a := range args {
		if err := d.Pair(a); err != nil {
			return err
		}
	}
	return nil
}

func planRow(d *quota.Draft, r sheet.PlanRow) error {
	whose := cmp.Or(r.Code, r.Township)
	if r.Quota >= 0 {
		if err := d.Quota(whose, r.Quota); err != nil {
			return err
		}
	}
	if r.Forms == "" {
		return nil
	}
	ranges, err := d.Ranges(whose, r.Forms)
	d.Issue = append(d.Issue, ranges...)
	return err
}
