package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/found"
	"taizhang/store/internal/raw"
)

// indexNow writes what a record is found and sorted by, and that of the records whose
// labels are made of its own when that has changed.
func (t *Tx) indexNow(ctx context.Context, old, r *model.Record) error {
	if err := t.labels.nameFields(ctx, []*model.Record{r}, labelFields(r.Kind), labelDepth-1, false); err != nil {
		return err
	}
	if err := t.indexNamed(ctx, old, r); err != nil || old != nil {
		return err
	}
	t.labels.learn(r)
	return nil
}

// indexNamed is index for a record whose label's fields are named.
func (t *Tx) indexNamed(ctx context.Context, old, r *model.Record) error {
	if err := t.putSearch(ctx, r); err != nil {
		return err
	}
	if old == nil || len(t.l.labelled[r.Kind.Name]) == 0 {
		return nil
	}
	if err := t.labels.nameFields(ctx, []*model.Record{old}, labelFields(r.Kind), labelDepth-1, false); err != nil {
		return err
	}
	if old.Label() == r.Label() {
		return nil
	}
	t.labels.forgetAll()
	return t.reindexNamedBy(ctx, r.Kind, r.ID, labelDepth)
}

// putSearch writes the search row of a record whose label's fields are named.
func (t *Tx) putSearch(ctx context.Context, r *model.Record) error {
	return t.insert(ctx, intoSearch, searchRow(r, new(Finder).FoundBy(r)))
}

// searchText is what typing finds a record by: the search text of its label, and every
// text that someone has written in it, folded, a line each.
func searchText(label string, r *model.Record) string {
	var lines []string
	for f, v := range r.Held() {
		switch f.Type {
		case model.TypeText, model.TypeNote, model.TypePhone, model.TypeIDNumber, model.TypeOrgCode, model.TypeChoice:
			if s, ok := v.(string); ok {
				lines = append(lines, s)
			}
		case model.TypeChoices:
			if list, ok := v.([]string); ok {
				lines = append(lines, list...)
			}
		}
	}
	return model.WithMore(label, lines...)
}

// reindexNamedBy writes anew the search text of the records that are named by one.
func (t *Tx) reindexNamedBy(ctx context.Context, k *model.Kind, id string, depth int) error {
	if depth == 0 {
		return nil
	}
	for _, by := range t.l.labelled[k.Name] {
		tab := t.l.tables[by.Kind.Name]
		where := "t." + raw.Quote(by.Field.Name) + " = ?"
		if by.Field.Linked() {
			where = "t.id IN (SELECT record_id FROM " + raw.Quote(raw.LinkTable(by.Kind, by.Field)) + " WHERE target_id = ?)"
		}
		rs, err := tab.read(ctx, t, where, id)
		if err != nil {
			return err
		}
		if err := t.labels.nameFields(ctx, rs, labelFields(by.Kind), labelDepth-1, false); err != nil {
			return err
		}
		for _, r := range rs {
			if err := t.putSearch(ctx, r); err != nil {
				return err
			}
			if err := t.reindexNamedBy(ctx, by.Kind, r.ID, depth-1); err != nil {
				return err
			}
		}
	}
	return nil
}

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

// Rebuilt writes anew what a ledger makes of its records, of which every row was just put
// in: what they are found by, and the digest of its schema.
func (t *Tx) Rebuilt(ctx context.Context) error {
	t.labels.forgetAll()
	for _, k := range t.l.kinds.Kinds() {
		if err := t.reindexKind(ctx, t.l.tables[k.Name]); err != nil {
			return err
		}
	}
	// The county's list of units is read past the transaction elsewhere.
	rows, err := raw.TextsOnce(ctx, t.w, "SELECT code FROM roll_unit")
	if err != nil {
		return fmt.Errorf("list of units: %w", err)
	}
	for _, code := range rows {
		name, err := raw.TextsOnce(ctx, t.w, "SELECT name FROM roll_unit WHERE code = ?", code)
		if err == nil {
			err = t.w.Exec(ctx, "UPDATE roll_unit SET text = ?, sort = ? WHERE code = ?", model.SearchText(name[0]), model.SortKey(name[0]), code)
		}
		if err != nil {
			return fmt.Errorf("list of units: %w", err)
		}
	}
	if err := t.SetSetting(ctx, settingSearchForm, strconv.Itoa(model.SearchForm)); err != nil {
		return err
	}
	return noteSchema(ctx, t.w, schema(t.l.book, t.l.tables))
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

// findIn is find where the row by which a record is found is joined: a word that no record
// that the kind refers to is found by is looked for in that row alone; others tells of
// words for which that is not so.
func (l *Ledger) findIn(ctx context.Context, r raw.Querier, t *table, typed, alias string) (_ clause, others bool, err error) {
	var all []clause
	for word := range strings.FieldsSeq(typed) {
		folded := model.Fold(word)
		if folded == "" {
			continue
		}
		pattern := "%" + escapeLike(folded) + "%"
		elsewhere, err := l.foundElsewhere(ctx, r, t, pattern)
		if err != nil {
			return clause{}, false, err
		}
		others = others || elsewhere
		if elsewhere {
			all = append(all, l.findWord(t, pattern))
		} else {
			all = append(all, is(alias+".text LIKE ? ESCAPE '\\'", pattern))
		}
	}
	return and(all...), others, nil
}

// foundElsewhere tells whether a word finds any record that those of a kind may refer to.
func (l *Ledger) foundElsewhere(ctx context.Context, r raw.Querier, t *table, pattern string) (bool, error) {
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	asked := map[string]bool{}
	for _, f := range t.refs {
		if f.Type.Storage() == model.StoreMarks || asked[f.Target] {
			continue
		}
		asked[f.Target] = true
		except := ""
		if f.Target == l.book.Org.Kind {
			except = home
		}
		n, err := raw.Number(ctx, r, "SELECT 1 FROM search WHERE kind = ? AND id <> ? AND text LIKE ? ESCAPE '\\' LIMIT 1", f.Target, except, pattern)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// Prepare reads into memory what a kind's records are found by, so that the first rows that
// fit what is typed are there at once, however many there are; nothing where they are there
// already. It is work behind the screens, a second of it for 100,000 records, and holds until
// the next save.
func (l *Ledger) Prepare(ctx context.Context, kind string) error {
	if l.readOnly {
		return nil // another program may write
	}
	return l.explain(l.found.Prepare(ctx, l.readers, kind))
}

// indexOf gives what is held of the records that a question asks for, nil where nothing is
// or where it is no help.
func (l *Ledger) indexOf(r raw.Querier, q Query) *found.Index {
	if r != raw.Querier(l.readers) || l.readOnly || len(strings.Fields(q.Find)) != 1 {
		return nil
	}
	return l.found.Of(q.Kind)
}

// indexedParts are how many records that fit are looked at, one part after another, for
// those of the view; where that is not enough, the view is so narrow that SQL is quicker.
var indexedParts = []int{64, 256, 1024}

// indexed is rows by what is held in memory: it says which records to look at, and SQL what
// stands on file of them. known is false where it can't tell.
func (a question) indexed(ctx context.Context, r raw.Querier, q Query, s start) (rs []*model.Record, keys [][]any, known bool, err error) {
	if a.index == nil || q.Limit <= 0 || s.backwards || s.after == nil && !s.atEnd || a.order.keys[1].desc {
		return nil, nil, false, nil
	}
	fromRank, from := int64(-1), -1
	if s.after != nil {
		from = a.index.Place(s.after.ID)
		var ranked bool
		if fromRank, ranked = s.after.Keys[0].(int64); !ranked || from < 0 {
			return nil, nil, false, nil
		}
	}
	var ids, all []string
	part := 0
	take := func() error {
		if len(ids) == 0 {
			return nil
		}
		found, err := a.among(ctx, r, ids)
		for _, c := range found {
			all, keys = append(all, c.ID), append(keys, c.Keys)
		}
		ids, part = ids[:0], part+1
		return err
	}
	for at, rank := range a.index.Search(model.Fold(q.Find)) {
		if int64(rank) < fromRank || int64(rank) == fromRank && at <= from {
			continue
		}
		if ids = append(ids, a.index.ID(at)); len(ids) < indexedParts[part] {
			continue
		}
		if err := take(); err != nil {
			return nil, nil, false, err
		}
		if len(all) > q.Limit {
			break
		}
		if part == len(indexedParts) {
			return nil, nil, false, nil
		}
	}
	if err := take(); err != nil {
		return nil, nil, false, err
	}
	if len(all) > q.Limit+1 {
		all, keys = all[:q.Limit+1], keys[:q.Limit+1]
	}
	rs, keys, err = a.inOrder(ctx, r, all, keys)
	return rs, keys, true, err
}

// among gives those of some records that are rows of the question, in its order.
func (a question) among(ctx context.Context, r raw.Querier, ids []string) ([]cursor, error) {
	where := and(is("t.id IN (SELECT value FROM json_each(?))", raw.List(ids)), *a.rest)
	rows, err := r.Once(ctx, a.places()+" WHERE "+where.text+" ORDER BY "+a.order.sql(false), a.args(where)...)
	if err != nil {
		return nil, fmt.Errorf("page of %s: %w", a.t.kind.Name, err)
	}
	return a.cursors(rows)
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
