package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Actions of the history.
const (
	actionNew     = "新建"
	actionChange  = "修改"
	actionDelete  = "删除"
	actionRestore = "恢复"
)

// Tx is one writing transaction. Everything written to a record goes through put:
// the row, its links, its history and its search text belong together.
type Tx struct {
	l      *Ledger
	w      *raw.Writer
	group  int64 // the history's group: the seq of its first entry
	seq    int64 // the next entry's
	stamp  string
	memory *memory
	labels *labeler
	env    *model.Env
	wrote  []written
	// touched are the organisations of whose rows one was written.
	touched map[string]bool
	later   *later // of a save of many records: rows that are written some at a time
	// apart says that nothing by which records are found is written.
	apart bool
}

// written is a record as a group left it.
type written struct {
	kind, id string
	rev      int64
}

// write runs fn in one transaction.
func (l *Ledger) write(ctx context.Context, fn func(ctx context.Context, t *Tx) error) error {
	if err := l.Damaged(); err != nil {
		return err
	}
	if l.extract != nil && l.readOnly {
		return l.extract.Refusal()
	}
	if l.readOnly {
		return model.Errorf("E-READONLY", "台账是用只读方式打开的,不能改动;请退出后正常打开再改")
	}
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	homeWritten, apart := false, false
	defer func() {
		l.computing.wrote()
		if !apart {
			l.found.Wrote()
		}
	}()
	err := l.writer.Transact(ctx, func(ctx context.Context) error {
		last, err := raw.Number(ctx, l.writer, "SELECT coalesce(max(seq), 0) FROM history")
		if err != nil {
			return err
		}
		t := &Tx{l: l, w: l.writer, group: last + 1, seq: last + 1, stamp: l.source.Stamp(), touched: map[string]bool{}}
		t.forget(ctx)
		defer t.dropLater()
		if err := fn(ctx, t); err != nil {
			return err
		}
		if err := t.Settle(ctx); err != nil {
			return err
		}
		apart = t.apart
		for _, w := range t.wrote {
			homeWritten = homeWritten || w.id == home
		}
		return nil
	})
	if foreignFault(err) {
		return model.Errorf("E-REF", "有一项所指的记录已不在台账里,没有保存,请重新选择后再保存")
	}
	if err != nil {
		return l.explain(err)
	}
	l.takeNoteHourly(ctx)
	if homeWritten {
		return l.loadHome(ctx)
	}
	return nil
}

// Settle tells the book of whose rows one was written since the last time; write does so
// before the transaction ends.
func (t *Tx) Settle(ctx context.Context) error {
	orgs := slices.Sorted(maps.Keys(t.touched))
	clear(t.touched)
	if t.l.book.Written == nil || len(orgs) == 0 {
		return nil
	}
	return t.l.book.Written(ctx, t, orgs)
}

// put writes a record over old, or as a new one when old is nil: with the next rev,
// the moment, its links, a history entry and its search text.
func (t *Tx) put(ctx context.Context, old, r *model.Record, action string) error {
	tab := t.l.tables[r.Kind.Name]
	r.UpdatedAt, r.CreatedAt, r.Rev = t.stamp, t.stamp, 1
	if old != nil {
		r.CreatedAt, r.Rev = old.CreatedAt, old.Rev+1
	}
	if err := t.putRow(ctx, tab, old, r); err != nil {
		return err
	}
	for _, f := range tab.links {
		if err := t.putLinks(ctx, f, old, r); err != nil {
			return fmt.Errorf("write %s.%s: %w", r.Kind.Name, f.Name, err)
		}
	}
	if err := t.remember(ctx, old, r, action); err != nil {
		return err
	}
	t.memory.put(r.Kind.Name, r.ID, r) // who looks it up gets a copy
	t.memory.note(tab, old, r)
	if old != nil {
		t.labels.forget(r.Kind.Name, r.ID)
	}
	t.wrote = append(t.wrote, written{r.Kind.Name, r.ID, r.Rev})
	t.touched[r.OrgID] = true
	if old != nil {
		t.touched[old.OrgID] = true
	}
	return t.indexNow(ctx, old, r)
}

func (t *Tx) putRow(ctx context.Context, tab *table, old, r *model.Record) error {
	if old == nil && t.later != nil {
		t.later.insert(tab, r)
		return nil
	}
	statement := tab.statements().update
	if old == nil {
		statement = tab.statements().insert
	}
	if err := t.Exec(ctx, statement, tab.encode(r)...); err != nil {
		return tab.fault(err)
	}
	return nil
}

// fault says what it means that a row of the table could not be written.
func (t *table) fault(err error) error {
	if e := uniqueFault(err, t.kind); e != nil {
		return e
	}
	return fmt.Errorf("write %s: %w", t.kind.Name, err)
}

// encode gives a record's values in the order of metaColumns and the columns.
func (t *table) encode(r *model.Record) []any {
	return t.encodeFields(make([]any, 0, len(metaColumns)+len(t.columns)), t.columns, r)
}

// encodeFields adds a record's values in the order of metaColumns and some columns.
func (t *table) encodeFields(values []any, columns []*model.Field, r *model.Record) []any {
	first := len(values)
	values = append(values, r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev, nil)
	if r.DeletedAt != "" {
		values[first+5] = r.DeletedAt
	}
	for _, f := range columns {
		v := r.Get(f.Name)
		if v == nil {
			values = append(values, nil)
			continue
		}
		values = append(values, f.Type.Encode(v))
	}
	return values
}

func (t *Tx) putLinks(ctx context.Context, f *model.Field, old, r *model.Record) error {
	name := raw.Quote(raw.LinkTable(r.Kind, f))
	value := r.Get(f.Name)
	if old != nil {
		if f.Equal(old.Get(f.Name), value) {
			return nil
		}
		if err := t.Exec(ctx, "DELETE FROM "+name+" WHERE record_id = ?", r.ID); err != nil {
			return err
		}
	}
	switch list := value.(type) {
	case []model.Mark:
		rows := make([][]any, len(list))
		for i, m := range list {
			rows[i] = []any{r.ID, m.Target, m.State}
		}
		return t.insertLinks(ctx, r.Kind, f, []string{"record_id", "target_id", "state"}, rows)
	case []string:
		rows := make([][]any, len(list))
		for i, id := range list {
			rows[i] = []any{r.ID, id}
		}
		return t.insertLinks(ctx, r.Kind, f, []string{"record_id", "target_id"}, rows)
	}
	return nil
}

// change is one field's part of a history entry, as stored; nil is empty.
type change struct {
	Field string  `json:"field"`
	Old   *string `json:"old"`
	New   *string `json:"new"`
}

// orgField is the name under which the history keeps whose record it is.
const orgField = "org_id"

// changesText gives in JSON, as the history stores it, what changed from old to r; all that r
// holds where old is nil.
func changesText(old, r *model.Record) (string, error) {
	if old == nil {
		return madeText(r)
	}
	changes := []change{}
	if old.OrgID != r.OrgID {
		changes = append(changes, change{orgField, &old.OrgID, &r.OrgID})
	}
	for _, name := range model.Diff(old, r) {
		f := r.Kind.Field(name)
		changes = append(changes, change{Field: name, Old: storedText(f, old.Get(name)), New: storedText(f, r.Get(name))})
	}
	text, err := json.Marshal(changes)
	return string(text), err
}

// madeText is changesText of a new record, without looking at the fields that it holds
// nothing in: a list brings them by the thousand.
func madeText(r *model.Record) (string, error) {
	text := []byte{'['}
	for f, v := range r.Held() {
		if v == model.Value(false) {
			continue
		}
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = append(append(append(text, `{"field":"`...), f.Name...), `","old":null,"new":`...)
		var err error
		if text, err = appendQuoted(text, f.Type.CSV(f, v)); err != nil {
			return "", err
		}
		text = append(text, '}')
	}
	return string(append(text, ']')), nil
}

// appendQuoted adds a text as JSON writes it.
func appendQuoted(to []byte, s string) ([]byte, error) {
	plain := func(c rune) bool {
		switch c {
		case '"', '\\', '<', '>', '&', 0x7f, 0x2028, 0x2029, utf8.RuneError:
			return false
		}
		return c >= 0x20
	}
	if strings.IndexFunc(s, func(c rune) bool { return !plain(c) }) >= 0 {
		quoted, err := json.Marshal(s)
		return append(to, quoted...), err
	}
	return append(append(append(to, '"'), s...), '"'), nil
}

func storedText(f *model.Field, v model.Value) *string {
	if v == nil {
		return nil
	}
	s := f.Type.CSV(f, v)
	return &s
}

// remember appends to the history.
func (t *Tx) remember(ctx context.Context, old, r *model.Record, action string) error {
	changes, err := changesText(old, r)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	seq := t.seq
	t.seq++
	return t.insert(ctx, intoHistory, []any{seq, t.group, r.Kind.Name, r.ID, r.Rev, t.stamp, action, changes, t.l.who()})
}

// intoHistory is a row of the history, but for its values.
const intoHistory = insertOrFail + ` INTO history (seq, grp, kind, id, rev, at, action, changes, "by")`

// insert writes a row into a table beside the kinds.
func (t *Tx) insert(ctx context.Context, into string, row []any) error {
	if t.later != nil {
		t.later.behind.Row(into, row, func(err error) error { return fmt.Errorf("%s: %w", into, err) })
		return nil
	}
	if err := t.w.Exec(ctx, raw.Several(into, len(row), 1), row...); err != nil {
		return fmt.Errorf("%s: %w", into, err)
	}
	return nil
}
