package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Suggest gives texts that were used before in a field and that what was typed
// finds (pinyin too), what fits best first, then the most used, then the latest used; none for a field that
// is only asked for, which is stored nowhere. *model.Error: E-KIND.
func (l *Ledger) Suggest(ctx context.Context, kind, field, typed string, limit int) ([]string, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	if t.kind.Asked(field) != nil {
		return nil, nil
	}
	f := t.kind.MustField(field)
	if f.Linked() || f.Target != "" || f.Type.Storage() != model.StoreText {
		return nil, nil
	}
	column := raw.Quote(field)
	values, err := raw.Texts(ctx, l.readers, "SELECT "+column+" FROM "+raw.Quote(kind)+" WHERE deleted_at IS NULL AND "+column+
		" IS NOT NULL GROUP BY "+column+" ORDER BY count(*) DESC, max(updated_at) DESC, "+column)
	if err != nil {
		return nil, l.explain(fmt.Errorf("values of %s.%s: %w", kind, field, err))
	}
	search := model.SearchText
	if f.Tight {
		search = model.SearchName
	}
	found := model.Best(values, typed, search)
	if limit > 0 {
		found = found[:min(len(found), limit)]
	}
	return found, nil
}
