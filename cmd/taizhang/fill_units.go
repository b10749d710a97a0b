package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/paper/fill"
)

// unitOfLedger is an organisation whose records a county's ledger holds.
type unitOfLedger struct {
	id   string
	unit store.Unit
}

// unitsInOrder gives the organisations of a county's ledger by township and code; nil in a
// village.
func unitsInOrder(ctx context.Context, l *store.Ledger) ([]unitOfLedger, error) {
	is, err := l.IsCounty(ctx)
	if err != nil || !is {
		return nil, err
	}
	units, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	var all []unitOfLedger
	for id, u := range units {
		all = append(all, unitOfLedger{id, u})
	}
	model.Sort(all, func(a, b unitOfLedger) int {
		return cmp.Or(cmp.Compare(a.unit.Township, b.unit.Township), cmp.Compare(a.unit.Code, b.unit.Code), cmp.Compare(a.id, b.id))
	})
	return all, nil
}

// inUnitOrder reads a query's records, at a county those of one unit after the other.
func inUnitOrder(ctx context.Context, l *store.Ledger, q store.Query) ([]*model.Record, error) {
	page, err := l.Page(ctx, q)
	if err != nil {
		return nil, err
	}
	units, err := unitsInOrder(ctx, l)
	if err != nil || units == nil {
		return page.Records, err
	}
	at := map[string]int{}
	for i, u := range units {
		at[u.id] = i
	}
	slices.SortStableFunc(page.Records, func(a, b *model.Record) int { return cmp.Compare(at[a.OrgID], at[b.OrgID]) })
	return page.Records, nil
}

// ofTownship asks for the records of a township's organisations.
func ofTownship(ctx context.Context, l *store.Ledger, name string) (model.Cond, error) {
	units, err := unitsInOrder(ctx, l)
	if err != nil {
		return model.Cond{}, err
	}
	if units == nil {
		return model.Cond{}, usagef("--township 是县里用的;村里的台账只有本村的记录")
	}
	var ids, names []string
	for _, u := range units {
		if u.unit.Township == name {
			ids = append(ids, u.id)
		}
		if !slices.Contains(names, u.unit.Township) && u.unit.Township != "" {
			names = append(names, u.unit.Township)
		}
	}
	if ids == nil {
		return model.Cond{}, usagef("没有“%s”这个乡镇,有:%s", model.Clean(name, false), strings.Join(names, "、"))
	}
	return model.Where("org_id", model.In, ids...), nil
}

// fillByUnit fills a form for each organisation of a county's ledger that has records for
// it, from what is on file.
func (m *Main) fillByUnit(ctx context.Context, l *store.Ledger, path string, form *fill.Form, plan *fill.Plan, o fillOptions) error {
	units, err := unitsInOrder(ctx, l)
	if err != nil {
		return err
	}
	if units == nil {
		return usagef("--by unit 是县里用的,每个单位填一份;村里的台账直接填就行")
	}
	q, err := m.fillQuery(ctx, l, plan, o)
	if err != nil {
		return err
	}
	made := o.out == "" // its own folder beside the form
	if made {
		o.out = strings.TrimSuffix(filledName(path, "各单位"), filepath.Ext(path))
	}
	if err := o.privately(ctx, l, plan, path); err != nil {
		return err
	}
	if made {
		if err := store.MakePlace(o.out); err != nil {
			return err
		}
	}
	o.kind, o.bind = plan.Kind.Name, nil
	var without []string
	files, records := 0, 0
	var notes []string
	taken := map[string]bool{}
	var last *fill.Result
	for _, u := range units {
		mine := q
		mine.Conds = append(slices.Clone(q.Conds), model.Where("org_id", model.Eq, u.id))
		page, err := l.Page(ctx, mine)
		if err != nil {
			return err
		}
		if len(page.Records) == 0 {
			without = append(without, u.unit.Name)
			continue
		}
		name := unitFile(u.unit, path, taken)
		result, err := m.fillOne(ctx, l, path, page.Records, filepath.Join(o.out, name), o)
		if err != nil {
			return err
		}
		files, records, last = files+1, records+result.Records, result
		for _, k := range append(slices.Clone(result.Kept), result.Left...) {
			notes = append(notes, u.unit.Name+":"+k)
		}
	}
	if files == 0 {
		return model.Errorf("E-FILL-EMPTY", "各单位都没有选出%s的记录,没有什么可填:请换一个视图或条件", plan.Kind.Title)
	}
	m.sayf("已填好 %d 个单位的表,共 %s:%s", files, countOf(plan, records), o.out)
	m.sayBindings(plan)
	if len(last.Unbound) > 0 {
		m.sayf("空着的(台账里没有这一项):%s", strings.Join(last.Unbound, "、"))
	}
	m.sayUnits(notes, without)
	return nil
}

// sayUnits says what is to be looked at in the units' forms, and which units have none.
func (m *Main) sayUnits(notes, without []string) {
	for i, n := range notes {
		if i == maxSaid {
			m.sayf("请核对:……共 %d 处", len(notes))
			break
		}
		m.sayf("请核对:%s", n)
	}
	if len(without) == 0 {
		return
	}
	more := ""
	if len(without) > 10 {
		more = " 等"
	}
	m.sayf("没有这类记录、没有出表的单位 %d 个:%s%s", len(without), strings.Join(without[:min(len(without), 10)], "、"), more)
}

// fillOne fills the form anew for one organisation.
func (m *Main) fillOne(ctx context.Context, l *store.Ledger, path string, records []*model.Record, out string, o fillOptions) (*fill.Result, error) {
	form, plan, err := openForm(ctx, l, path, o)
	if err != nil {
		return nil, err
	}
	result, err := plan.Fill(ctx, l.Env(ctx), records, out)
	return result, errors.Join(err, form.Close())
}

// unitFile names the form of an organisation: its name, with the code where two are called
// the same.
func unitFile(u store.Unit, path string, taken map[string]bool) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) {
			return '-'
		}
		return r
	}, u.Name)
	name := clean + filepath.Ext(path)
	if clean == "" || taken[name] {
		name = clean + u.Code + filepath.Ext(path)
	}
	taken[name] = true
	return name
}

// stackedFiles gives the forms to be joined: those named, and of folders all in them.
func stackedFiles(args []string) ([]string, error) {
	var all []string
	for _, a := range args {
		info, err := os.Stat(a)
		if err != nil {
			return nil, usagef("找不到“%s”,请核对文件名和文件夹", model.Clean(a, false))
		}
		if !info.IsDir() {
			all = append(all, a)
			continue
		}
		entries, err := os.ReadDir(a)
		if err != nil {
			return nil, usagef("读不了文件夹“%s”", model.Clean(a, false))
		}
		for _, e := range entries {
			if name := e.Name(); strings.EqualFold(filepath.Ext(name), ".xlsx") && !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".") {
				all = append(all, filepath.Join(a, name))
			}
		}
	}
	return all, nil
}

func (m *Main) stackCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "stack 表格.xlsx…",
		Short: "把收回来的同样的表合成一张",
		Long: "把各单位填好交回来的、表头相同的表合成一张,样子照第一张;右边加一列写明每行来自哪个文件,对不上的行和文件说明原因。\n" +
			"也可以写文件夹:taizhang stack 收回的表 --out 汇总.xlsx",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("缺少表格,用法:%s", cmd.UseLine())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := stackedFiles(args)
			if err != nil {
				return err
			}
			if out == "" && len(paths) > 0 {
				out = filledName(paths[0], "合并")
			}
			if target, err := filepath.Abs(out); err == nil { // a sheet that was joined here before
				paths = slices.DeleteFunc(paths, func(p string) bool {
					abs, err := filepath.Abs(p)
					return err == nil && abs == target
				})
			}
			joined, err := fill.Stack(cmd.Context(), party.Kinds, paths, out)
			if err != nil {
				return err
			}
			m.sayf("已把 %d 个文件合成一张,共 %d 行:%s", joined.Files, joined.Rows, out)
			for _, n := range joined.Notes {
				m.sayf("请核对:%s", n)
			}
			for _, a := range joined.Apart {
				m.sayf("没有并入:%s", a)
			}
			if len(joined.Apart) > 0 {
				return model.Errorf("E-STACK-APART", "有 %d 处没有并入,见上面;改好以后再合一次", len(joined.Apart))
			}
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "写到这个文件;不写就在第一张旁边另存为“…(合并)”")
	return c
}
