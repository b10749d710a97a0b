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

// unitColumns are the columns of the list of units: fields of the organisation, with
// the names under which such lists have them.
var unitColumns = map[string][]string{
	"code":     {"代码", "单位代码", "党组织代码", "编码"},
	"name":     {"单位名称", "党组织名称", "单位", "党组织"},
	"township": {"所属乡镇", "乡镇街道", "乡镇(街道)", "镇"},
	"domain":   {"领域", "类别", "所属领域"},
	"phone":    {"联系电话", "手机号码", "联系方式"},
}

// Units reads the county's list of units that must report (.xlsx or .csv): code,
// name, township, domain, phone; the last three may be absent. A list decides who
// is late, so one wrong row refuses the whole file: the *model.Error E-UNITS names
// the rows.
func Units(ctx context.Context, kinds *model.Catalog, path string) ([]store.Unit, error) {
	grids, err := openFile(ctx, path)
	if err != nil {
		return nil, err
	}
	k := unitKind(kinds)
	h := newHeadings(k)
	hd, err := chooseSheet(h, grids, "", filepath.Base(path))
	if err != nil {
		return nil, err
	}
	var units []store.Unit
	var wrong []string
	rowOf := map[string]int{}
	for _, row := range hd.body(h) {
		u, why := unit(hd.columns, row)
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
func unitKind(kinds *model.Catalog) *model.Kind {
	k := &model.Kind{Name: "unit_list", Title: "单位名单"}
	var fields []*model.Field
	for _, f := range kinds.Kind("organization").Fields() {
		names, wanted := unitColumns[f.Name]
		if !wanted {
			continue
		}
		column := *f
		column.Aliases = slices.Concat(f.Aliases, names)
		column.Required = f.Name == "code" || f.Name == "name"
		fields = append(fields, &column)
	}
	k.Sections = []model.Section{{Fields: fields}}
	return k
}

// unit reads one row; why says what is wrong with it, "" for nothing.
func unit(columns []Column, row gridRow) (u store.Unit, why string) {
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
		switch c.Field.Name {
		case "code":
			u.Code = text
		case "name":
			u.Name = text
		case "township":
			u.Township = text
		case "domain":
			u.Domain = text
		case "phone":
			u.Phone = text
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
