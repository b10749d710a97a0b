package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// SavedView is a way to look at a kind's records that a person has kept under a name:
// which rows, in which order, with which columns.
type SavedView struct {
	Kind, Name string
	// View names the ready-made view that it narrows, "" for the kind's first.
	View    string
	Conds   []model.Cond
	Find    string
	Sort    []string // as Query.Sort, nil for the kind's own order
	Columns []string // nil for the kind's own
	SavedAt string   // YYYY-MM-DDThh:mm:ssZ
	// Broken says why the view can't be used any more: a name in it that the kind lacks
	// (E-FIELD), or a text that can't be read (E-VIEW). It stays on file.
	Broken error
}

// savedQuery is the column query of saved_view.
type savedQuery struct {
	View    string      `json:"view,omitempty"`
	Conds   []savedCond `json:"conds,omitempty"`
	Find    string      `json:"find,omitempty"`
	Sort    []string    `json:"sort,omitempty"`
	Columns []string    `json:"columns,omitempty"`
}

type savedCond struct {
	Field  string   `json:"field"`
	Op     model.Op `json:"op"`
	Values []string `json:"values,omitempty"`
}

// viewNameLength is how long a view's name may be, in characters.
const viewNameLength = 20

// SavedViews gives the views kept for a kind, by name; those that no longer fit too.
func (l *Ledger) SavedViews(ctx context.Context, kind string) ([]SavedView, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	rows, err := l.readers.Query(ctx, "SELECT name, query, saved_at FROM saved_view WHERE kind = ? ORDER BY name", kind)
	if err != nil {
		return nil, l.explain(fmt.Errorf("saved views: %w", err))
	}
	defer rows.Close()
	var all []SavedView
	for rows.Next() {
		v := SavedView{Kind: kind}
		var query string
		if err := rows.Scan(&v.Name, &query, &v.SavedAt); err != nil {
			return nil, l.explain(fmt.Errorf("saved views: %w", err))
		}
		v.read(t.kind, query)
		all = append(all, v)
	}
	return all, l.explain(rows.Err())
}

// read takes a view's query apart and looks whether it fits the kind as it is now.
func (v *SavedView) read(k *model.Kind, query string) {
	var q savedQuery
	if err := json.Unmarshal([]byte(query), &q); err != nil {
		v.Broken = model.Errorf("E-VIEW", "自存的视图“%s”读不出来,不能用;可以删掉它,或者另存一个", v.Name)
		return
	}
	v.View, v.Find, v.Sort, v.Columns = q.View, q.Find, q.Sort, q.Columns
	for _, c := range q.Conds {
		v.Conds = append(v.Conds, model.Cond{Field: c.Field, Op: c.Op, Values: c.Values})
	}
	v.Broken = v.fits(k)
}

// ops are the comparisons that a view may hold.
var ops = []model.Op{model.Eq, model.Ne, model.Lt, model.Le, model.Gt, model.Ge, model.In, model.Contains, model.Empty, model.Filled}

// fits looks whether the kind has all that the view names.
func (v *SavedView) fits(k *model.Kind) error {
	if _, ok := k.View(v.View); !ok {
		return v.lacks(k, v.View)
	}
	var names []string
	for _, c := range v.Conds {
		if c.Field != "org_id" {
			names = append(names, c.Field)
		}
		if !slices.Contains(ops, c.Op) || len(c.Values) == 0 && c.Op != model.Empty && c.Op != model.Filled {
			return v.lacks(k, string(c.Op))
		}
	}
	for _, name := range v.Sort {
		names = append(names, strings.TrimPrefix(name, "-"))
	}
	for _, name := range append(names, v.Columns...) {
		if k.Field(name) == nil && k.DerivedValue(name) == nil {
			return v.lacks(k, name)
		}
	}
	return nil
}

func (v *SavedView) lacks(k *model.Kind, name string) error {
	return &model.Error{Code: "E-FIELD", Field: name,
		Message: fmt.Sprintf("自存的视图“%s”用到“%s”,现在的%s没有这一项,不能用;视图还留着,可以另存一个代替它", v.Name, model.Clean(name, false), k.Title)}
}

// SaveView keeps a view; one of the same name of the kind is replaced. *model.Error:
// E-VIEW-NAME for a name that is empty, too long or a ready-made view's, E-FIELD for a
// name in it that the kind lacks, E-READONLY.
func (l *Ledger) SaveView(ctx context.Context, v SavedView) error {
	t, err := l.table(v.Kind)
	if err != nil {
		return err
	}
	if v.Name, err = viewName(t.kind, v.Name); err != nil {
		return err
	}
	if err := v.fits(t.kind); err != nil {
		return err
	}
	q := savedQuery{View: v.View, Find: v.Find, Sort: v.Sort, Columns: v.Columns}
	for _, c := range v.Conds {
		q.Conds = append(q.Conds, savedCond{c.Field, c.Op, c.Values})
	}
	text, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("saved view: %w", err)
	}
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		err := t.w.Exec(ctx, "INSERT OR REPLACE INTO saved_view (kind, name, query, saved_at) VALUES (?, ?, ?, ?)", v.Kind, v.Name, string(text), t.stamp)
		if err != nil {
			return fmt.Errorf("saved view: %w", err)
		}
		return nil
	})
}

// viewName gives a view's name as it is kept.
func viewName(k *model.Kind, name string) (string, error) {
	name = strings.TrimSpace(model.Clean(name, false))
	switch _, ready := k.View(name); {
	case name == "":
		return "", model.Errorf("E-VIEW-NAME", "请给这个视图起一个名字,例如 35岁以下的女党员")
	case len([]rune(name)) > viewNameLength:
		return "", model.Errorf("E-VIEW-NAME", "名字太长了,请写在 %d 个字以内", viewNameLength)
	case ready:
		return "", model.Errorf("E-VIEW-NAME", "“%s”是现成的视图的名字,请换一个", name)
	}
	return name, nil
}

// RenameView gives a view another name. *model.Error: E-VIEW-NAME also for a name that
// another view of the kind has, E-MISSING, E-READONLY.
func (l *Ledger) RenameView(ctx context.Context, kind, name, to string) error {
	t, err := l.table(kind)
	if err != nil {
		return err
	}
	if to, err = viewName(t.kind, to); err != nil || to == name {
		return err
	}
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		n, err := raw.Number(ctx, t.w, "SELECT count(*) FROM saved_view WHERE kind = ? AND name = ?", kind, to)
		if err != nil {
			return fmt.Errorf("saved view: %w", err)
		}
		if n > 0 {
			return model.Errorf("E-VIEW-NAME", "已经有一个视图叫“%s”,请换一个名字", to)
		}
		return t.changeView(ctx, "UPDATE saved_view SET name = ? WHERE kind = ? AND name = ?", to, kind, name)
	})
}

// DropView takes a view away; no record is touched. *model.Error: E-MISSING, E-READONLY.
func (l *Ledger) DropView(ctx context.Context, kind, name string) error {
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		return t.changeView(ctx, "DELETE FROM saved_view WHERE kind = ? AND name = ?", kind, name)
	})
}

// changeView writes to the one view that the last two arguments name.
func (t *Tx) changeView(ctx context.Context, statement string, args ...any) error {
	n, err := raw.Number(ctx, t.w, "SELECT count(*) FROM saved_view WHERE kind = ? AND name = ?", args[len(args)-2:]...)
	if err != nil {
		return fmt.Errorf("saved view: %w", err)
	}
	if n == 0 {
		return model.Errorf("E-MISSING", "没有这个自存的视图,可能已被删掉,请关掉列表重新打开")
	}
	if err := t.w.Exec(ctx, statement, args...); err != nil {
		return fmt.Errorf("saved view: %w", err)
	}
	return nil
}
