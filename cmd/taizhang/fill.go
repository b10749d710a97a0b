package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/fill"
)

type fillOptions struct {
	kind, month, out string
	list             listOptions
}

func (m *Main) fillCommand() *cobra.Command {
	var o fillOptions
	c := &cobra.Command{
		Use:   "fill 空白表格.xlsx",
		Short: "把上级发来的空白表格填好",
		Long: "把上级发来的空白表格按台账填好,另存一份;表格的样子不变,台账里没有的列空着并说明。" +
			"例如:taizhang fill 党员花名册.xlsx --view 在册党员 --out 党员花名册(已填).xlsx",
		Args: argsNamed("空白表格"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error { return m.fill(cmd.Context(), l, args[0], o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.kind, "kind", "", "填哪类记录,例如 人员、党费;不写按表头判断")
	f.StringVar(&o.list.view, "view", "", "现成的视图,例如 流动党员;不写用默认视图,“全部”不筛选")
	f.StringArrayVar(&o.list.where, "where", nil, "条件,例如 姓名=张三;可写多个")
	f.StringVar(&o.month, "month", "", "只填这个月的记录,例如 2026-10")
	f.StringVar(&o.out, "out", "", "写到这个文件;不写就在原表旁边另存为“…(已填)”")
	return c
}

func (m *Main) fill(ctx context.Context, l *store.Ledger, path string, o fillOptions) error {
	form, err := fill.Open(path)
	if err != nil {
		return err
	}
	defer form.Close() //nolint:errcheck // only read
	var kind *model.Kind
	if o.kind != "" {
		if kind, err = findKind(l, o.kind); err != nil {
			return err
		}
	}
	plan, err := form.Plan(l.Kinds(), kind, nil)
	if err != nil {
		return err
	}
	records, err := fillRecords(ctx, l, plan, o)
	if err != nil {
		return err
	}
	if o.out == "" {
		ext := filepath.Ext(path)
		o.out = strings.TrimSuffix(path, ext) + "(已填)" + ext
	}
	result, err := plan.Fill(ctx, l.Env(ctx), records, o.out)
	if err != nil {
		return err
	}
	m.sayf("已填好%s %d 条:%s", plan.Kind.Title, result.Records, o.out)
	for _, b := range plan.Bindings() {
		if b.Source != nil {
			m.sayf("  %s %s ← %s", b.Cell, strings.Join(strings.Fields(b.Heading), ""), b.Source.Label)
		}
	}
	if len(result.Unbound) > 0 {
		m.sayf("台账里没有、空着的:%s", strings.Join(result.Unbound, "、"))
	}
	for _, k := range result.Kept {
		m.sayf("没有改:%s", k)
	}
	return nil
}

// fillRecords gives the records that the options choose, in the table's order.
func fillRecords(ctx context.Context, l *store.Ledger, plan *fill.Plan, o fillOptions) ([]*model.Record, error) {
	orgs, _, err := listedOrgs(ctx, l)
	if err != nil {
		return nil, err
	}
	if o.month != "" && o.list.view == "" {
		o.list.view = "全部"
	}
	saved, err := savedView(ctx, l, plan.Kind, o.list.view)
	if err != nil {
		return nil, err
	}
	q, err := listQuery(l, plan.Kind, o.list, saved, orgs)
	if err != nil {
		return nil, err
	}
	if o.month != "" {
		month, err := parseMonth(o.month, l.Source().Today())
		if err != nil {
			return nil, err
		}
		cond, err := inMonth(plan.Kind, month)
		if err != nil {
			return nil, err
		}
		q.Conds = append(q.Conds, cond...)
	}
	page, err := l.Page(ctx, q)
	if err != nil {
		return nil, err
	}
	return page.Records, nil
}

// inMonth asks for the records of a month: by the kind's month, or by its first date.
func inMonth(k *model.Kind, month model.Month) ([]model.Cond, error) {
	for _, f := range k.Fields() {
		if f.Type == model.TypeMonth {
			return []model.Cond{model.Where(f.Name, model.Eq, string(month))}, nil
		}
	}
	for _, f := range k.Fields() {
		if f.Type == model.TypeDate && f.Required {
			return []model.Cond{model.Where(f.Name, model.Ge, string(month.First())), model.Where(f.Name, model.Le, string(month.Last()))}, nil
		}
	}
	return nil, usagef("%s没有月份或日期,不能用 --month", k.Title)
}
