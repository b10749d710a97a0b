package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Get gives one record, also one in the recycle bin (DeletedAt tells), with the
// labels of what it refers to. *model.Error E-MISSING when there is none.
func (l *Ledger) Get(ctx context.Context, kind, id string) (*model.Record, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	r, err := l.record(ctx, l.readers, t, id)
	if err != nil {
		return nil, l.explain(err)
	}
	if r == nil {
		return nil, missing(t.kind)
	}
	if err := l.labeler(l.readers).name(ctx, r); err != nil {
		return nil, l.explain(err)
	}
	return r, nil
}

func missing(k *model.Kind) *model.Error {
	return model.Errorf("E-MISSING", "台账里没有这条%s记录,可能已被清除,请刷新后再看", k.Title)
}

func (l *Ledger) explain(err error) error {
	if err != nil && l.damage.Load() != nil && lacking(err) {
		return l.Damaged()
	}
	return l.noted(explain(err, l.path))
}

// record reads one record with its links but without labels; nil when there is none.
func (l *Ledger) record(ctx context.Context, q raw.Querier, t *table, id string) (*model.Record, error) {
	rs, err := t.read(ctx, q, "t.id = ?", id)
	if err != nil || len(rs) == 0 {
		return nil, err
	}
	return rs[0], nil
}

// read gives the records that meet a condition on t, by id, with their links. The
// condition must be one of few, since its statement is kept.
func (t *table) read(ctx context.Context, q raw.Querier, where string, args ...any) ([]*model.Record, error) {
	return t.readSome(ctx, q, where, "", args...)
}

// readSome is read of the first of the records, as limit says.
func (t *table) readSome(ctx context.Context, q raw.Querier, where, limit string, args ...any) ([]*model.Record, error) {
	rows, err := q.Query(ctx, "SELECT "+t.statements().selects+" FROM "+raw.Quote(t.kind.Name)+" t WHERE "+where+" ORDER BY t.id"+limit, args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
	}
	rs, err := t.scan(rows)
	if err != nil {
		return nil, err
	}
	return rs, t.loadLinks(ctx, q, rs)
}

// scan makes records of rows with the columns of t.selects.
func (t *table) scan(rows *sql.Rows) ([]*model.Record, error) {
	defer rows.Close()
	values := make([]any, len(metaColumns)+len(t.columns))
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	var records []*model.Record
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
		}
		r, err := t.decode(values)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
	}
	return records, nil
}

// decode makes a record of the values of metaColumns and of the table's columns.
func (t *table) decode(values []any) (*model.Record, error) {
	r := t.newRecord()
	r.ID, _ = values[0].(string)
	r.OrgID, _ = values[1].(string)
	r.CreatedAt, _ = values[2].(string)
	r.UpdatedAt, _ = values[3].(string)
	r.Rev, _ = values[4].(int64)
	r.DeletedAt, _ = values[5].(string)
	for i, f := range t.columns {
		stored := values[len(metaColumns)+i]
		if stored == nil {
			continue
		}
		v, err := f.Type.Decode(stored)
		if err != nil {
			return nil, model.Errorf("E-UNREADABLE", "台账里有一处坏了:“%s”的一条记录(%s),“%s”读不懂;请从最近的备份恢复", t.kind.Title, model.Clean(r.ID, false), f.Label)
		}
		r.Set(f.Name, v)
	}
	return r, nil
}

// loadLinks reads the refs and rolls of records, one query for each field.
func (t *table) loadLinks(ctx context.Context, q raw.Querier, rs []*model.Record) error {
	if len(rs) == 0 {
		return nil
	}
	for _, f := range t.links {
		if err := t.loadLink(ctx, q, f, rs); err != nil {
			return fmt.Errorf("read %s.%s: %w", t.kind.Name, f.Name, err)
		}
	}
	return nil
}

func (t *table) loadLink(ctx context.Context, q raw.Querier, f *model.Field, rs []*model.Record) error {
	byID := make(map[string]*model.Record, len(rs))
	ids := make([]string, len(rs))
	for i, r := range rs {
		byID[r.ID], ids[i] = r, r.ID
	}
	where, arg := "record_id = ?", ids[0]
	if len(ids) > 1 {
		where, arg = "record_id IN (SELECT value FROM json_each(?))", raw.List(ids)
	}
	lists, err := readLinks(ctx, q, t.kind, f, where, arg)
	if err != nil {
		return err
	}
	for id, v := range lists {
		byID[id].Set(f.Name, v)
	}
	return nil
}

// readLinks gives the values of a refs or roll field by record: []string or []Mark.
func readLinks(ctx context.Context, q raw.Querier, k *model.Kind, f *model.Field, where string, args ...any) (map[string]model.Value, error) {
	lists, plain, err := readPackedLinks(ctx, q, k, f, where, args...)
	if err == nil && !plain {
		lists, err = readPlainLinks(ctx, q, k, f, where, args...)
	}
	return lists, err
}

// readPackedLinks reads all links of a record as one text. plain is false where a text
// holds what parts them: as many parts as there are rows are the rows.
func readPackedLinks(ctx context.Context, q raw.Querier, k *model.Kind, f *model.Field, where string, args ...any) (lists map[string]model.Value, plain bool, err error) {
	marks := f.Type.Storage() == model.StoreMarks
	part := fmt.Sprintf(", char(%d))", packed)
	columns := "record_id, count(*), group_concat(target_id" + part + ", "
	if marks {
		columns += "group_concat(state" + part
	} else {
		columns += "''"
	}
	rows, err := q.Query(ctx, "SELECT "+columns+" FROM "+raw.Quote(raw.LinkTable(k, f))+" WHERE "+where+" GROUP BY record_id", args...)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	lists = map[string]model.Value{}
	for rows.Next() {
		var id, targets, states string
		var n int
		if err := rows.Scan(&id, &n, &targets, &states); err != nil {
			return nil, false, err
		}
		ids := strings.Split(targets, string(packed))
		if len(ids) != n {
			return nil, false, nil
		}
		if !marks {
			slices.Sort(ids)
			lists[id] = ids
			continue
		}
		list := make([]model.Mark, n)
		said := strings.Split(states, string(packed))
		if len(said) != n {
			return nil, false, nil
		}
		for i := range list {
			list[i] = model.Mark{Target: ids[i], State: said[i]}
		}
		model.Sort(list, func(a, b model.Mark) int { return strings.Compare(a.Target, b.Target) })
		lists[id] = list
	}
	return lists, true, rows.Err()
}

// readPlainLinks is readLinks, row by row.
func readPlainLinks(ctx context.Context, q raw.Querier, k *model.Kind, f *model.Field, where string, args ...any) (map[string]model.Value, error) {
	marks := f.Type.Storage() == model.StoreMarks
	columns := "record_id, target_id, ''"
	if marks {
		columns = "record_id, target_id, state"
	}
	rows, err := q.Query(ctx, "SELECT "+columns+" FROM "+raw.Quote(raw.LinkTable(k, f))+" WHERE "+where+" ORDER BY record_id, target_id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lists := map[string]model.Value{}
	for rows.Next() {
		var id string
		var m model.Mark
		if err := rows.Scan(&id, &m.Target, &m.State); err != nil {
			return nil, err
		}
		if marks {
			list, _ := lists[id].([]model.Mark)
			lists[id] = append(list, m)
		} else {
			list, _ := lists[id].([]string)
			lists[id] = append(list, m.Target)
		}
	}
	return lists, rows.Err()
}

// Snapshot is the ledger as it stands at one moment, for what has to be consistent
// in itself, like a bundle.
type Snapshot struct {
	l *Ledger
	q raw.Querier
}

// atOneMoment calls read with a snapshot; saves that happen meanwhile are not seen.
func (l *Ledger) atOneMoment(ctx context.Context, read func(Snapshot) error) error {
	err := l.readers.Snapshot(ctx, func(q raw.Querier) error { return read(Snapshot{l, q}) })
	return l.explain(err)
}

// Each calls fn with every record of a kind by id, deleted ones too, exactly as
// stored, with its links and without labels.
func (s Snapshot) Each(ctx context.Context, k *model.Kind, fn func(*model.Record) error) error {
	after := ""
	for {
		rs, err := s.l.tables[k.Name].batch(ctx, s.q, after)
		if err != nil || len(rs) == 0 {
			return err
		}
		after = rs[len(rs)-1].ID
		for _, r := range rs {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
}

// EachRow calls fn with the texts of every row of a kind by id, deleted ones too: those of
// metaColumns and of each field that is not linked, exactly as Type.CSV gives them. fn may
// not keep the slice. *model.Error E-UNREADABLE.
func (s Snapshot) EachRow(ctx context.Context, k *model.Kind, fn func(row []string) error) error {
	t := s.l.tables[k.Name]
	row := make([]string, len(metaColumns)+len(t.columns))
	for after := ""; ; {
		n, plain, last, err := t.eachPacked(ctx, s.q, after, row, fn)
		if err != nil {
			return fmt.Errorf("read %s: %w", k.Name, err)
		}
		after = last
		if plain {
			if n < eachPage {
				return nil
			}
			continue
		}
		rs, err := t.readSome(ctx, s.q, "t.id > ?", fmt.Sprintf(" LIMIT %d", eachPage), after)
		if err != nil {
			return err
		}
		for _, r := range rs {
			if err := fn(t.texts(r, row)); err != nil {
				return err
			}
			after = r.ID
		}
	}
}

// eachPacked calls fn with a page of rows that follow an id, and tells how many they were
// and the last one's id. plain is false where the next one can't be read so.
func (t *table) eachPacked(ctx context.Context, q raw.Querier, after string, row []string, fn func([]string) error) (n int, plain bool, last string, err error) {
	rows, err := q.Query(ctx, "SELECT "+t.statements().packs+" FROM "+raw.Quote(t.kind.Name)+" t WHERE t.id > ? ORDER BY t.id LIMIT "+strconv.Itoa(eachPage), after)
	if err != nil {
		return 0, false, after, err
	}
	defer rows.Close()
	var text string
	for last = after; rows.Next(); n++ {
		if err := rows.Scan(&text); err != nil {
			return n, false, last, err
		}
		if _, plain := splitPacked(text, row); !plain || !t.asCSV(row) {
			return n, false, last, nil
		}
		if err := fn(row); err != nil {
			return n, true, last, err
		}
		last = row[0]
	}
	return n, true, last, rows.Err()
}

// asCSV makes of stored texts those of Type.CSV; it reports false where one can't be read.
func (t *table) asCSV(row []string) bool {
	if _, err := strconv.ParseInt(row[4], 10, 64); err != nil {
		return false
	}
	for i, f := range t.columns {
		text := &row[len(metaColumns)+i]
		switch {
		case f.Type == model.TypeBool:
			switch *text {
			case "":
				*text = "0"
			case "0", "1":
			default:
				return false
			}
		case *text == "":
		case f.Type == model.TypeChoices:
			v, err := f.Type.Decode(*text)
			if err != nil {
				return false
			}
			*text = f.Type.CSV(f, v)
		case f.Type.Storage() == model.StoreInteger:
			if n, err := strconv.ParseInt(*text, 10, 64); err != nil || strconv.FormatInt(n, 10) != *text {
				return false
			}
		}
	}
	return true
}

// texts gives what EachRow gives of a record.
func (t *table) texts(r *model.Record, row []string) []string {
	row = append(row[:0], r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, strconv.FormatInt(r.Rev, 10), r.DeletedAt)
	for _, f := range t.columns {
		row = append(row, f.Type.CSV(f, r.Get(f.Name)))
	}
	return row
}

// EachLink calls fn with every row of a refs or roll field's table, by record and
// target; state is "" for refs.
func (s Snapshot) EachLink(ctx context.Context, k *model.Kind, f *model.Field, fn func(record, target, state string) error) error {
	columns := "record_id, target_id, ''"
	if f.Type.Storage() == model.StoreMarks {
		columns = "record_id, target_id, state"
	}
	rows, err := s.q.Once(ctx, "SELECT "+columns+" FROM "+raw.Quote(raw.LinkTable(k, f))+" ORDER BY record_id, target_id")
	if err != nil {
		return fmt.Errorf("read %s.%s: %w", k.Name, f.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var record, target, state string
		if err := rows.Scan(&record, &target, &state); err != nil {
			return fmt.Errorf("read %s.%s: %w", k.Name, f.Name, err)
		}
		if err := fn(record, target, state); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Problems calls fn with every finding of every rule.
func (s Snapshot) Problems(ctx context.Context, fn func(Problem) error) error {
	return s.l.checkAll(ctx, s.q, fn)
}

// Env gives rules the ledger at that moment.
func (s Snapshot) Env(ctx context.Context) *model.Env { return s.l.env(ctx, s.q, s.l.memory(s.q)) }
