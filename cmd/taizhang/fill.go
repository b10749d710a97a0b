package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/fill"
)

type fillOptions struct {
	kind, month, year, out, by, township string
	bind                                 []string
	list                                 listOptions
	purpose
}

// privately notes what a form with whole numbers is for, before it is filled; without a
// purpose it isn't.
func (o *fillOptions) privately(ctx context.Context, l *store.Ledger, plan *fill.Plan, blank string) error {
	if !plan.Whole() {
		return nil
	}
	if err := o.needed("这张表要填完整的身份证号或电话"); err != nil {
		return err
	}
	return o.note(ctx, l, "填表:"+strings.TrimSuffix(filepath.Base(blank), filepath.Ext(blank)), o.out)
}

func (m *Main) fillCommand() *cobra.Command {
	var o fillOptions
	c := &cobra.Command{
		Use:   "fill 空白表格.xlsx",
		Short: "把上级发来的空白表格填好",
		Long: "把上级发来的空白表格按台账填好,另存一份;表格的样子不变,台账里没有的列空着并说明。\n" +
			"填花名册:taizhang fill 党员花名册.xlsx --view 在册党员\n" +
			"填一个人的登记卡:taizhang fill 登记卡.xlsx --where 姓名=张三;选出几个人就一人一张\n" +
			"某一列认错了:taizhang fill 表.xlsx --bind C4=联系电话(留空写 --bind C4=),记住了以后同样表头的表都这样填\n" +
			"县里每个单位填一份:taizhang fill 表.xlsx --by unit --out 文件夹",
		Args: argsNamed("空白表格"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.by != "" && o.by != "unit" {
				return usagef("--by 只有 unit(每个单位一份),没有“%s”", model.Clean(o.by, false))
			}
			return m.withLedger(cmd.Context(), len(o.bind) == 0 && o.what == "", func(l *store.Ledger) error { return m.fill(cmd.Context(), l, args[0], o) })
		},
	}
	o.add(c)
	f := c.Flags()
	f.StringVar(&o.kind, "kind", "", "填哪类记录,例如 人员、党费;不写按表头判断")
	f.StringVar(&o.list.view, "view", "", "现成的视图,例如 流动党员;不写按表名判断或用默认视图,“全部”不筛选")
	f.StringArrayVar(&o.list.where, "where", nil, "条件,例如 姓名=张三;可写多个")
	f.StringVar(&o.list.sort, "sort", "", "按哪一项排序,前面加 - 为从大到小")
	f.StringVar(&o.month, "month", "", "只填这个月的记录,例如 2026-10")
	f.StringVar(&o.year, "year", "", "只填这一年的记录,例如 2026;人员表里是“1月…12月”和次数算哪一年")
	f.StringArrayVar(&o.bind, "bind", nil, "改一列填什么:格子=项目,例如 C4=联系电话;留空写 C4=;可写多个,会记住")
	f.StringVar(&o.by, "by", "", "unit:县里每个单位填一份")
	f.StringVar(&o.township, "township", "", "县里只填这个乡镇的")
	f.StringVar(&o.out, "out", "", "写到这个文件(--by unit 时是文件夹);不写就在原表旁边另存为“…(已填)”")
	return c
}

// openForm opens a form and binds it as the options say.
func openForm(ctx context.Context, l *store.Ledger, path string, o fillOptions) (*fill.Form, *fill.Plan, error) {
	form, err := fill.Open(path)
	if err != nil {
		return nil, nil, err
	}
	plan, err := planForm(ctx, l, form, o)
	if err != nil {
		return nil, nil, errors.Join(err, form.Close())
	}
	return form, plan, nil
}

func planForm(ctx context.Context, l *store.Ledger, form *fill.Form, o fillOptions) (*fill.Plan, error) {
	var kind *model.Kind
	var err error
	if o.kind != "" {
		if kind, err = findKind(l, o.kind); err != nil {
			return nil, err
		}
	}
	plan, err := form.Plan(l.Kinds(), kind, nil)
	if err != nil {
		return nil, err
	}
	kept, err := plan.Kept(ctx, l)
	if err != nil {
		return nil, err
	}
	plan.Recall(kept)
	for _, text := range o.bind {
		cell, name, ok := strings.Cut(text, "=")
		if !ok || cell == "" {
			return nil, usagef("“%s”看不懂,--bind 请写成 C4=联系电话,C4 是表头的格子", model.Clean(text, false))
		}
		i := plan.Place(model.HalfWidth(cell))
		if i < 0 {
			return nil, usagef("没有认出“%s”这一格:请写表头(或卡片上空格)所在的格子,有:%s", model.Clean(cell, false), places(plan))
		}
		if !plan.Bind(i, name) {
			return nil, usagef("%s没有“%s”这一项;可以填的有:%s", plan.Kind.Title, model.Clean(name, false), sources(plan))
		}
		source := ""
		if b := plan.Bindings()[i]; b.Source != nil {
			source = b.Source.Name
		}
		if err := plan.Keep(ctx, l, plan.Bindings()[i].Heading, source); err != nil {
			return nil, err
		}
	}
	if o.year != "" {
		if plan.Year, err = yearOf(o.year); err != nil {
			return nil, err
		}
	}
	return plan, nil
}

func yearOf(text string) (int, error) {
	year, err := strconv.Atoi(strings.TrimSuffix(model.HalfWidth(text), "年"))
	if err != nil || year < 1900 || year > 2200 {
		return 0, usagef("“%s”不是年份,请写成 2026", model.Clean(text, false))
	}
	return year, nil
}

func places(p *fill.Plan) string {
	var all []string
	for _, b := range p.Bindings() {
		all = append(all, b.Cell+" "+b.Heading)
	}
	return strings.Join(all, "、")
}

func sources(p *fill.Plan) string {
	var all []string
	for _, s := range p.Sources() {
		if !slices.Contains(all, s.Label) {
			all = append(all, s.Label)
		}
	}
	return strings.Join(all[:min(len(all), 60)], "、")
}

func (m *Main) fill(ctx context.Context, l *store.Ledger, path string, o fillOptions) error {
	form, plan, err := openForm(ctx, l, path, o)
	if err != nil {
		return err
	}
	if o.by == "unit" {
		return errors.Join(m.fillByUnit(ctx, l, path, form, plan, o), form.Close())
	}
	query, err := m.fillQuery(ctx, l, plan, o)
	if err != nil {
		return errors.Join(err, form.Close())
	}
	records, err := inUnitOrder(ctx, l, query)
	if err != nil {
		return errors.Join(err, form.Close())
	}
	if o.out == "" {
		o.out = filledName(path, "已填")
	}
	if err := o.privately(ctx, l, plan, path); err != nil {
		return errors.Join(err, form.Close())
	}
	result, err := plan.Fill(ctx, l.Env(ctx), records, o.out)
	if err != nil {
		return errors.Join(err, form.Close())
	}
	m.sayf("%s:%s", filledWords(plan, result), o.out)
	m.sayBindings(plan)
	m.sayLeft(result)
	return form.Close()
}

// filledName is the name of a filled form: beside the blank, 表(已填).xlsx.
func filledName(path, word string) string {
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + "(" + word + ")" + ext
}

// filledWords says how much was filled.
func filledWords(p *fill.Plan, r *fill.Result) string {
	count := countOf(p, r.Records)
	switch {
	case r.Copies > 0:
		return fmt.Sprintf("已填好 %s,一%s一张", count, measure(p))
	case r.Added > 0:
		return fmt.Sprintf("已填好 %s,表里加了 %d 行", count, r.Added)
	}
	return "已填好 " + count
}

// countOf counts records as one speaks of them: 115 人, 114 条党费.
func countOf(p *fill.Plan, n int) string {
	if w := measure(p); w == "人" {
		return fmt.Sprintf("%d %s", n, w)
	}
	return fmt.Sprintf("%d 条%s", n, p.Kind.Title)
}

func measure(p *fill.Plan) string {
	if p.Kind.Name == "person" {
		return "人"
	}
	return "条"
}

func (m *Main) sayBindings(p *fill.Plan) {
	for _, b := range p.Bindings() {
		switch {
		case b.Formula:
			m.sayf("  %s %s ← 表里自己的公式", b.Cell, b.Heading)
		case b.Source != nil:
			m.sayf("  %s %s ← %s", b.Cell, b.Heading, b.Source.Label)
		}
	}
}

// maxSaid is how many places to be looked at are named one by one.
const maxSaid = 20

// sayLeft says what stayed blank and what is to be looked at.
func (m *Main) sayLeft(r *fill.Result) {
	if len(r.Unbound) > 0 {
		m.sayf("空着的(台账里没有这一项):%s", strings.Join(r.Unbound, "、"))
	}
	if len(r.Empty) > 0 {
		m.sayf("空着的(选出的记录里都没有填):%s", strings.Join(r.Empty, "、"))
	}
	for i, k := range r.Kept {
		if i == maxSaid {
			m.sayf("请核对:……共 %d 处", len(r.Kept))
			break
		}
		m.sayf("请核对:%s", k)
	}
	for _, k := range r.Left {
		m.sayf("没有填:%s", k)
	}
}

// fillQuery asks for the records that the options choose. Without a view, a condition or
// a month the form's title is asked for one.
func (m *Main) fillQuery(ctx context.Context, l *store.Ledger, plan *fill.Plan, o fillOptions) (store.Query, error) {
	timed := o.month != "" || o.year != "" && plan.Kind.Name != "person"
	switch {
	case o.list.view != "":
	case timed:
		o.list.view = "全部"
	case len(o.list.where) == 0:
		if o.list.view = plan.View(); o.list.view != "" && o.by == "" {
			m.sayf("按表名选的是“%s”;要填别的请写 --view", o.list.view)
		}
	}
	q, err := chosenQuery(ctx, l, plan.Kind, o.list)
	if err != nil {
		return q, err
	}
	if timed {
		conds, err := inPeriod(plan.Kind, o, l.Source().Today())
		if err != nil {
			return q, err
		}
		q.Conds = append(q.Conds, conds...)
	}
	if o.township != "" {
		cond, err := ofTownship(ctx, l, o.township)
		if err != nil {
			return q, err
		}
		q.Conds = append(q.Conds, cond)
	}
	return q, nil
}

// inPeriod asks for the records of a month or year: by the kind's month or year, or by the
// date that it is about.
func inPeriod(k *model.Kind, o fillOptions, today model.Date) ([]model.Cond, error) {
	var month model.Month
	var year int
	var err error
	if o.month != "" {
		month, err = parseMonth(o.month, today)
	} else {
		year, err = yearOf(o.year)
	}
	if err != nil {
		return nil, err
	}
	from, to := month.First(), month.Last()
	if month == "" {
		from, to = model.Date(fmt.Sprintf("%04d-01-01", year)), model.Date(fmt.Sprintf("%04d-12-31", year))
	}
	for _, f := range k.Fields() {
		switch {
		case f.Type == model.TypeMonth && f.Required:
			return []model.Cond{model.Where(f.Name, model.Ge, string(from.Month())), model.Where(f.Name, model.Le, string(to.Month()))}, nil
		case f.Type == model.TypeYear && f.Required && month == "":
			return []model.Cond{model.Where(f.Name, model.Eq, strconv.Itoa(year))}, nil
		}
	}
	if f := mainDate(k); f != nil {
		return []model.Cond{model.Where(f.Name, model.Ge, string(from)), model.Where(f.Name, model.Le, string(to))}, nil
	}
	return nil, usagef("%s没有月份或日期,不能用 --month;请用 --view 或 --where 选", k.Title)
}

// mainDate gives the date that a kind's records are about: the one that must be there,
// else the first that lists show.
func mainDate(k *model.Kind) *model.Field {
	for _, f := range k.Fields() {
		if f.Type == model.TypeDate && f.Required {
			return f
		}
	}
	for _, name := range k.Columns {
		if f := k.Field(name); f != nil && f.Type == model.TypeDate && k.Name != "person" {
			return f
		}
	}
	return nil
}
