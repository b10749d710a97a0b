package store

import (
	"strings"

	"taizhang/model"
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
	all := []clause{is("t.id IN ("+match+")", t.kind.Name, pattern)}
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	for _, f := range t.refs {
		if f.Type.Storage() == model.StoreMarks {
			continue
		}
		targets, args := match, []any{f.Target, pattern}
		if f.Target == orgKind {
			targets, args = match+" AND id <> ?", append(args, home)
		}
		if f.Linked() {
			all = append(all, is("t.id IN (SELECT x.record_id FROM "+quote(linkTable(t.kind, f))+" x WHERE x.target_id IN ("+targets+"))", args...))
			continue
		}
		all = append(all, is("t."+quote(f.Name)+" IN ("+targets+")", args...))
	}
	return or(all...)
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
