package main

import (
	"context"
	"strings"

	"taizhang/model"
	"taizhang/store"
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
