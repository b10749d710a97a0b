package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

// chosenQuery asks for the records of a kind that view, conditions and search choose, as
// list does: a view that was kept, and a county's organisations, are looked up.
func chosenQuery(ctx context.Context, l *store.Ledger, k *model.Kind, o listOptions) (store.Query, error) {
	orgs, _, err := listedOrgs(ctx, l)
	if err != nil {
		return store.Query{}, err
	}
	saved, err := savedView(ctx, l, k, o.view)
	if err != nil {
		return store.Query{}, err
	}
	return listQuery(l, k, o, saved, orgs)
}

// listQuery asks for what the options say; saved is the view that --view names, if it is
// one that was kept.
func listQuery(l *store.Ledger, k *model.Kind, o listOptions, saved *store.SavedView, orgs []listedOrg) (store.Query, error) {
	name := o.view
	if saved != nil {
		name = saved.View
	}
	view, ok := k.View(name)
	if !ok {
		names := make([]string, len(k.Views))
		for i, v := range k.Views {
			names[i] = v.Name
		}
		return store.Query{}, usagef("%s没有“%s”这个视图,有:%s,和画面上 F5 里自存的", k.Title, model.Clean(o.view, false), strings.Join(append(names, "全部"), "、"))
	}
	q := store.Query{Kind: k.Name, Conds: view.Conds(l.Source().Today()), Find: o.find, Best: o.sort == ""}
	if saved != nil {
		q.Conds, q.Sort = append(q.Conds, saved.Conds...), saved.Sort
		q.Find = strings.TrimSpace(saved.Find + " " + o.find)
	}
	for _, text := range o.where {
		conds, err := parseWhere(k, text, orgs)
		if err != nil {
			return q, err
		}
		q.Conds = append(q.Conds, conds...)
	}
	if o.sort != "" {
		f, err := k.FindColumn(strings.TrimPrefix(o.sort, "-"))
		if err != nil {
			return q, err
		}
		q.Sort = []string{o.sort[:len(o.sort)-len(strings.TrimPrefix(o.sort, "-"))] + f.Name}
	}
	return q, nil
}

// listedOrgs gives the organisations of a county's ledger, and what they are called by
// id; nil in a village, whose records are all its own.
func listedOrgs(ctx context.Context, l *store.Ledger) ([]listedOrg, map[string]string, error) {
	is, err := l.IsCounty(ctx)
	if err != nil || !is {
		return nil, nil, err
	}
	names, err := l.OrganisationNames(ctx)
	if err != nil {
		return nil, nil, err
	}
	units, err := l.Organisations(ctx)
	if err != nil {
		return nil, nil, err
	}
	var all []listedOrg
	for _, id := range slices.Sorted(maps.Keys(units)) {
		all = append(all, listedOrg{id: id, code: units[id].Code, name: units[id].Name, short: names[id]})
	}
	return all, names, nil
}

// savedView gives the view of that name that was kept on the screen; nil where there is
// none, or a ready-made one is called so. *model.Error: E-FIELD, E-VIEW for one that no
// longer fits.
func savedView(ctx context.Context, l *store.Ledger, k *model.Kind, name string) (*store.SavedView, error) {
	if _, ready := k.View(name); ready {
		return nil, nil
	}
	all, err := l.SavedViews(ctx, k.Name)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Name == name {
			return &all[i], all[i].Broken
		}
	}
	return nil, nil
}

// whereOrg reads 单位=name or code, and 单位~part of a name, at a county.
func whereOrg(op model.Op, value string, orgs []listedOrg) (model.Cond, error) {
	if op != model.Eq && op != model.Contains || value == "" {
		return model.Cond{}, usagef("%s请写成 %s=石桥村党支部,或 %s~石桥", sheet.OrgHeading, sheet.OrgHeading, sheet.OrgHeading)
	}
	var ids []string
	for _, u := range orgs {
		if slices.Contains([]string{u.name, u.short, u.code}, value) || op == model.Contains && (strings.Contains(u.name, value) || strings.Contains(u.short, value)) {
			ids = append(ids, u.id)
		}
	}
	switch {
	case ids == nil && op == model.Contains:
		return model.Cond{}, usagef("没有名称里有“%s”的单位,请核对", model.Clean(value, false))
	case ids == nil:
		return model.Cond{}, usagef("没有叫“%s”的单位;名称的一部分请写成 %s~%s", model.Clean(value, false), sheet.OrgHeading, model.Clean(value, false))
	}
	return model.Where("org_id", model.In, ids...), nil
}

// parseWhere reads field=value, also with != >= <= > < and ~ (contains). The field may be a
// computed one (年龄), the value a band of it (高中及以上). An empty value asks for empty
// (=) or filled (!=) fields; a name stands for a ref. orgs are a county's organisations,
// by which it can be asked too.
func parseWhere(k *model.Kind, text string, orgs []listedOrg) ([]model.Cond, error) {
	at, mark, op := -1, "", model.Eq
	for _, w := range whereOps {
		if i := strings.Index(text, w.mark); i > 0 && (at < 0 || i < at) {
			at, mark, op = i, w.mark, w.op
		}
	}
	if at < 0 {
		return nil, usagef("条件“%s”看不懂,请写成 学历=大专 这样", model.Clean(text, false))
	}
	name, value := strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+len(mark):])
	f, err := k.FindColumn(name)
	if err != nil && name == sheet.OrgHeading && orgs != nil {
		c, err := whereOrg(op, value, orgs)
		return []model.Cond{c}, err
	}
	if err != nil {
		return nil, err
	}
	if b, ok := f.Band(value); ok {
		return whereBand(f, op, b)
	}
	c, err := whereValue(f, op, value)
	return []model.Cond{c}, err
}

// whereBand asks for the values of a band, or with != for those of choices outside it.
func whereBand(f *model.Field, op model.Op, b model.Band) ([]model.Cond, error) {
	switch {
	case op == model.Eq:
		return b.Conds(f), nil
	case op == model.Ne && len(b.Values) > 0:
		return []model.Cond{model.Where(f.Name, model.Ne, b.Values...)}, nil
	}
	return nil, usagef("“%s”是一档,只能写成 %s=%s", b.Name, f.Label, b.Name)
}

// whereValue makes the condition on a field's value as a person writes it.
func whereValue(f *model.Field, op model.Op, value string) (model.Cond, error) {
	switch {
	case value == "" && op == model.Ne:
		return model.Where(f.Name, model.Filled), nil
	case value == "":
		return model.Where(f.Name, model.Empty), nil
	case f.Target != "" && op == model.Ne:
		return model.Cond{}, usagef("%s不能用 !=,请用 = 或 ~ 写姓名或名称的一部分", f.Label)
	case f.Target != "":
		return model.Where(f.Name, model.Contains, value), nil
	case op == model.Contains:
		return model.Where(f.Name, op, value), nil
	}
	v, err := f.Type.Parse(f, value)
	if err != nil {
		return model.Cond{}, usagef("%s", err.Error())
	}
	if list, ok := v.([]string); ok {
		return model.Where(f.Name, op, list...), nil
	}
	return model.Where(f.Name, op, f.Type.CSV(f, v)), nil
}
