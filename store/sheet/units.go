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
