package store

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// find says in SQL what typing finds: rows in which every word, folded, stands in
// the record's own search text or in that of a record it refers to. References to
// the home organisation are passed over: nearly every record has one, and a part of
// the village's name would find them all. Rolls are passed over too: a meeting is
// not looked for by who sat in it.
func (l *Ledger) find(t *table, typed string) clause {
	var all []clause
	for word := range strings.FieldsSeq(typed) {
		if folded := model.Fold(word); folded != "" {
			all = append(all, l.findWord(t, "%"+escapeLike(folded)+"%"))
		}
	}
	return and(all...)
}

func (l *Ledger) findWord(t *table, pattern string) clause {
	const match = "SELECT id FROM search WHERE kind = ? AND text LIKE ? ESCAPE '\\'"
	text, args := "t.id IN ("+match, []any{t.kind.Name, pattern}
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	for _, f := range t.refs {
		if f.Type.Storage() == model.StoreMarks {
			continue
		}
		if f.Linked() {
			text += " UNION SELECT record_id FROM " + raw.Quote(raw.LinkTable(t.kind, f)) + " WHERE target_id IN (" + match
		} else {
			text += " UNION SELECT id FROM " + raw.Quote(t.kind.Name) + " WHERE " + raw.Quote(f.Name) + " IN (" + match
		}
		args = append(args, f.Target, pattern)
		if f.Target == l.book.Org.Kind {
			text, args = text+" AND id <> ?", append(args, home)
		}
		text += ")"
	}
	return is(text+")", args...)
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

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
