package store

import (
	"context"
	"fmt"
	"strconv"

	"taizhang/model"
)

// settingSearchForm says by which form of folding the search texts were written.
const settingSearchForm = "search_form"

// reindex writes all search texts anew where an earlier program wrote them, which folded
// texts otherwise: a name is to be found however its characters were typed. It is one
// transaction, and what it writes is no change of a record.
func (l *Ledger) reindex(ctx context.Context) error {
	form, err := l.Setting(ctx, settingSearchForm)
	if err != nil || form == strconv.Itoa(model.SearchForm) {
		return err
	}
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		for _, k := range l.kinds.Kinds() {
			if err := t.reindexKind(ctx, l.tables[k.Name]); err != nil {
				return err
			}
		}
		if err := t.reindexUnits(ctx); err != nil {
			return err
		}
		return t.SetSetting(ctx, settingSearchForm, strconv.Itoa(model.SearchForm))
	})
}

func (t *Tx) reindexKind(ctx context.Context, tab *table) error {
	for after := ""; ; {
		rs, err := tab.batch(ctx, t.w, after)
		if err != nil || len(rs) == 0 {
			return err
		}
		after = rs[len(rs)-1].ID
		if err := t.labels.nameFields(ctx, rs, labelFields(tab.kind), labelDepth-1, false); err != nil {
			return err
		}
		for _, r := range rs {
			if err := t.putSearch(ctx, r); err != nil {
				return err
			}
		}
	}
}

// reindexUnits writes what the county's list of units is found by.
func (t *Tx) reindexUnits(ctx context.Context) error {
	units, err := t.l.Roll(ctx)
	if err != nil {
		return err
	}
	for _, u := range units {
		err := t.w.Exec(ctx, "UPDATE roll_unit SET text = ?, sort = ? WHERE code = ?", model.SearchText(u.Name), model.SortKey(u.Name), u.Code)
		if err != nil {
			return fmt.Errorf("list of units: %w", err)
		}
	}
	return nil
}
