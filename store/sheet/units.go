package sheet

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// unitColumn is a column of the list of units: a field of the organisation, with the
// names under which such lists have it and its place in a unit.
type unitColumn struct {
	field    string
	names    []string
	required bool
	of       func(u *store.Unit) *string
}

// unitColumns gives the columns of the list of units, by the names that a book's
// organisations have for them.
func unitColumns(o store.Organisations) []unitColumn {
	return []unitColumn{
		{o.Code, []string{"代码", "单位代码", "党组织代码", "编码"}, true, func(u *store.Unit) *string { return &u.Code }},
		{o.Name, []string{"单位名称", "党组织名称", "单位", "党组织"}, true, func(u *store.Unit) *string { return &u.Name }},
		{o.Township, []string{"所属乡镇", "乡镇街道", "乡镇(街道)", "镇"}, false, func(u *store.Unit) *string { return &u.Township }},
		{o.Domain, []string{"领域", "类别", "所属领域"}, false, func(u *store.Unit) *string { return &u.Domain }},
		{o.Phone, []string{"联系电话", "手机号码", "联系方式"}, false, func(u *store.Unit) *string { return &u.Phone }},
	}
}

// Units reads the county's list of units that must report (.xlsx or .csv), by the
// organisations of a book: code, name, township, domain, phone; the last three may be
// absent. A list decides who is late, so one wrong row refuses the whole file: the
// *model.Error E-UNITS names the rows.
func Units(ctx context.Context, b *store.Book, path string) ([]store.Unit, error) {
	grids, err := openFile(ctx, path)
	if err != nil {
		return nil, err
	}
	wanted := unitColumns(b.Org)
	h := newHeadings(unitKind(b.Kinds.Kind(b.Org.Kind), wanted))
	hd, err := chooseSheet(h, grids, "", filepath.Base(path))
	if err != nil {
		return nil, err
	}
	var units []store.Unit
	var wrong []string
	rowOf := map[string]int{}
	for _, row := range hd.body(h) {
		u, why := unit(hd.columns, row, wanted)
		if first := rowOf[u.Code]; why == "" && first > 0 {
			why = "代码与第 " + strconv.Itoa(first) + " 行重复"
		}
		if why != "" {
			wrong = append(wrong, "第 "+strconv.Itoa(row.number)+" 行"+why)
			continue
		}
		rowOf[u.Code] = row.number
		units = append(units, u)
	}
	name := filepath.Base(path)
	switch {
	case len(wrong) > 0:
		more := ""
		if len(wrong) > 5 {
			more = " 等 " + strconv.Itoa(len(wrong)) + " 行"
		}
		return nil, model.Errorf("E-UNITS", "“%s”没有取入,请先改正:%s%s", name, strings.Join(wrong[:min(5, len(wrong))], ";"), more)
	case len(units) == 0:
		return nil, model.Errorf("E-UNITS", "“%s”里没有单位,请核对是否选错了文件", name)
	}
	return units, nil
}

// unitKind makes the columns of the list a kind, so that its header is found as any
// other's.
func unitKind(org *model.Kind, wanted []unitColumn) *model.Kind {
	k := &model.Kind{Name: "unit_list", Title: "单位名单"}
	var fields []*model.Field
	for _, f := range org.Fields() {
		i := slices.IndexFunc(wanted, func(c unitColumn) bool { return c.field == f.Name })
		if i < 0 {
			continue
		}
		column := *f
		column.Aliases = slices.Concat(f.Aliases, wanted[i].names)
		column.Required = wanted[i].required
		fields = append(fields, &column)
	}
	k.Sections = []model.Section{{Fields: fields}}
	return k
}

// unit reads one row; why says what is wrong with it, "" for nothing.
func unit(columns []Column, row gridRow, wanted []unitColumn) (u store.Unit, why string) {
	for i, c := range columns {
		cell := row.at(i)
		if c.Field == nil || cell.empty() {
			continue
		}
		if cell.fault || cell.isNum && cell.number >= 1e15 {
			return u, "的“" + c.Field.Label + "”被 Excel 存坏了,请改成文本格式重填"
		}
		v, err := c.Field.Type.Parse(c.Field, cell.text)
		if err != nil {
			return u, "的" + err.Error()
		}
		text, _ := v.(string)
		for _, w := range wanted {
			if w.field == c.Field.Name {
				*w.of(&u) = text
			}
		}
	}
	if u.Name == "" {
		return u, "没有名称"
	}
	if err := model.CheckOrgCode("代码", u.Code); err != nil {
		return u, "的" + err.Error()
	}
	return u, ""
}

// PlanRow is a row of the year's plan of new members: of a unit by its code, or of a
// township.
type PlanRow struct {
	Number         int // of the row
	Code, Township string
	Quota          int64  // -1 where the cell is empty
	Forms          string // numbers of 入党志愿书 to be issued, as written
}

// planKind are the columns of such a sheet.
var planKind = &model.Kind{Name: "admission_plan", Title: "发展党员计划", Sections: []model.Section{{Fields: []*model.Field{
	{Name: "code", Label: "组织代码", Type: model.TypeText, Aliases: []string{"代码", "单位代码", "党组织代码", "编码"}},
	{Name: "township", Label: "乡镇", Type: model.TypeText, Aliases: []string{"所属乡镇", "乡镇街道", "乡镇(街道)", "镇"}},
	{Name: "quota", Label: "计划名额", Type: model.TypeInt, Min: 0, Max: 10000, Required: true, Aliases: []string{"名额", "计划", "计划数", "发展计划", "指标"}},
	{Name: "forms", Label: "志愿书编号", Type: model.TypeText, Aliases: []string{"入党志愿书编号", "志愿书", "编号段"}},
}}}}

// PlanRows reads the year's plan (.xlsx or .csv): code or township, quota, and numbers of
// forms. Errors as Units, with E-PLAN.
func PlanRows(ctx context.Context, path string) ([]PlanRow, error) {
	grids, err := openFile(ctx, path)
	if err != nil {
		return nil, err
	}
	h := newHeadings(planKind)
	hd, err := chooseSheet(h, grids, "", filepath.Base(path))
	if err != nil {
		return nil, err
	}
	var all []PlanRow
	for _, row := range hd.body(h) {
		p := PlanRow{Number: row.number, Quota: -1}
		for i, c := range hd.columns {
			cell := row.at(i)
			if c.Field == nil || cell.empty() {
				continue
			}
			v, err := c.Field.Type.Parse(c.Field, cell.text)
			if err != nil {
				return nil, model.Errorf("E-PLAN", "“%s”第 %d 行的%s", filepath.Base(path), row.number, err.Error())
			}
			switch text, _ := v.(string); c.Field.Name {
			case "code":
				p.Code = text
			case "township":
				p.Township = text
			case "forms":
				p.Forms = text
			case "quota":
				p.Quota, _ = v.(int64)
			}
		}
		if p.Code == "" && p.Township == "" {
			continue // a line of sums or of notes
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		return nil, model.Errorf("E-PLAN", "“%s”里没有计划,要有“组织代码”(或“乡镇”)和“计划名额”两栏", filepath.Base(path))
	}
	return all, nil
}
