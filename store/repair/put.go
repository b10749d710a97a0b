package repair

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"taizhang/model"
	"taizhang/store/internal/carve"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// putTables writes the rows of every table that can be read. Settings come first: they say
// whose ledger it is.
func (j *job) putTables(ctx context.Context) error {
	order := slices.Clone(j.src.program.tables)
	slices.SortStableFunc(order, func(a, b *table) int { return first(a, j) - first(b, j) })
	for _, t := range order {
		if derived[t.name] {
			continue
		}
		if err := j.putTable(ctx, t); err != nil {
			return err
		}
		if t.name == "setting" {
			if err := j.findHome(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func first(t *table, j *job) int {
	switch t.name {
	case "setting":
		return 0
	case j.o.Store.Book.Org.Kind:
		return 1
	}
	return 2
}

func (j *job) putTable(ctx context.Context, t *table) error {
	sum := j.report.sum(t)
	sum.Found = j.src.found[t.name]
	tree, there := j.src.trees[t.name]
	sum.Pages = len(tree.Lost) + len(tree.Bent)
	sum.Gone = !there && j.src.listed && len(j.src.pages[t.name]) == 0 && j.had(t.name)
	told := map[string]bool{}
	for _, p := range j.src.pages[t.name] {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, c := range p.layout.lacks(t) {
			if t.kind != nil && t.kind.Field(t.columns[c].name) != nil {
				if j.lacking[t.name] == nil {
					j.lacking[t.name] = map[string]bool{}
				}
				j.lacking[t.name][t.columns[c].name] = true
			}
		}
		for _, name := range p.layout.unknown() {
			if !told[name] {
				told[name] = true
				j.report.note("“%s”的表里有一列“%s”这一版程序不认识,没有取回", t.title, model.Clean(name, false))
			}
		}
		bad, err := j.src.file.Rows(p.page, func(r carve.Row) error { return j.putRow(ctx, t, p.layout, r) })
		if err != nil {
			return err
		}
		sum.Unread += bad
	}
	return nil
}

// had tells whether the ledger had a table, by what it keeps of its own schema.
func (j *job) had(name string) bool {
	if j.src.digest != nil {
		return j.src.digest.Objects[name] != ""
	}
	return j.o.Store.Book.Since[name] == 0
}

// cells are a row's values in the order of the table's columns, and which of them are there.
type cells struct {
	values []any
	have   []bool
	bad    []int // columns whose value can't be read
}

// notCopied are settings that say something of the file itself, not of the ledger.
var notCopied = map[string]bool{raw.MarkSetting: true, "schema_digest": true, "search_form": true, "looked_through": true}

// putRow writes one row; one of which not even the key can be read counts as unread.
func (j *job) putRow(ctx context.Context, t *table, l layout, r carve.Row) error {
	sum := j.report.sum(t)
	c := j.cellsOf(t, l, r)
	for i, col := range t.columns {
		if (col.key > 0 || t.kind != nil && i == 0) && (!c.have[i] || c.values[i] == nil || slices.Contains(c.bad, i)) {
			sum.Unread++
			return nil
		}
	}
	if t.name == "setting" {
		name, _ := c.values[0].(string)
		if text, _ := c.values[1].(string); name == "schema_digest" {
			j.src.digest = whole.ParseDigest(text)
		}
		if notCopied[name] {
			return nil
		}
		if len(c.bad) > 0 || c.values[1] == nil {
			j.report.add(Item{Table: t.name, Kind: t.title, ID: name, Name: name, What: "整项"})
			return nil
		}
		j.copied[name] = true
	}
	if t.kind != nil {
		j.settleMeta(t, &c)
	}
	if len(c.bad) > 0 {
		j.noteBad(t, &c)
	}
	return j.insert(ctx, t, c)
}

// cellsOf reads the values of a row.
func (j *job) cellsOf(t *table, l layout, r carve.Row) cells {
	c := cells{values: make([]any, len(t.columns)), have: make([]bool, len(t.columns))}
	for i, v := range r.Values {
		to := -1
		if i < len(l.to) {
			to = l.to[i]
		}
		if to < 0 {
			continue
		}
		col := t.columns[to]
		c.have[to] = true
		if l.shape.columns[i].rowid || col.rowid && v == nil {
			c.values[to] = r.Rowid
			continue
		}
		value, ok := j.read(t, col, v)
		if c.values[to] = value; !ok || i >= r.Whole {
			c.values[to] = nil
			c.bad = append(c.bad, to)
		}
	}
	return c
}

// read gives a value as its column holds it; false where it can't be one of its.
func (j *job) read(t *table, col column, v any) (any, bool) {
	if v == nil {
		return nil, !col.needed
	}
	if blob, ok := v.([]byte); ok && col.sort == "TEXT" {
		v = string(blob)
	}
	switch v := v.(type) {
	case string:
		if col.sort != "TEXT" || !legible(v) {
			return nil, false
		}
		if fallback, ok := lists[t.name+"."+col.name]; ok && v != fallback && !json.Valid([]byte(v)) {
			return nil, false
		}
	case int64:
		if col.sort != "INTEGER" {
			return nil, false
		}
	case []byte:
		if col.sort != "BLOB" {
			return nil, false
		}
	default:
		return nil, false
	}
	if t.kind != nil {
		if f := t.kind.Field(col.name); f != nil {
			if v == "" {
				return nil, true
			}
			if _, err := f.Type.Decode(v); err != nil {
				return nil, false
			}
			if f.Type == model.TypeBool && v != int64(0) && v != int64(1) {
				return nil, false
			}
		}
		if col.name == "deleted_at" && v == "" {
			return nil, true
		}
	}
	return v, true
}

// lists are columns that hold JSON, and what stands there for nothing.
var lists = map[string]string{"history.changes": "[]", "bundle_sent.counts": "{}", "month_close.roll": "[]", "month_close_past.roll": "[]",
	"bundle_sent.members": "", "intake.reasons": "{}", "draft.texts": "{}", "saved_view.query": "{}"}

// settleMeta gives a record whose own columns can't be read what the table asks for.
func (j *job) settleMeta(t *table, c *cells) {
	at := t.column
	if rev, ok := c.values[at("rev")].(int64); !ok || rev < 1 {
		c.values[at("rev")], c.have[at("rev")] = int64(1), true
	}
	for _, name := range []string{"created_at", "updated_at"} {
		if c.values[at(name)] == nil {
			c.values[at(name)], c.have[at(name)] = j.t.Stamp(), true
		}
	}
	if c.values[at("org_id")] == nil {
		c.values[at("org_id")], c.have[at("org_id")] = j.home, true
	}
}

// noteBad names what of a row can't be read, and puts there what may stand for nothing.
func (j *job) noteBad(t *table, c *cells) {
	var labels []string
	id, _ := c.values[0].(string)
	for _, i := range c.bad {
		col := t.columns[i]
		if t.kind != nil {
			j.holes[key{t.kind.Name, id}] = append(j.holes[key{t.kind.Name, id}], col.name)
		}
		labels = append(labels, labelOf(t, col.name))
		if c.values[i] != nil {
			continue
		}
		c.have[i] = c.have[i] && !col.needed
		if !c.have[i] && col.fallback == nil {
			c.have[i], c.values[i] = true, zero(t, col)
		}
	}
	if t.kind != nil {
		return // named when it is known what of it can be filled
	}
	if id == "" {
		id = fmt.Sprint(c.values[0])
	}
	j.report.sum(t).Part++
	j.report.add(Item{Table: t.name, Kind: t.title, ID: id, Name: rowName(t, c), What: "其中:" + strings.Join(labels, "、")})
}

func zero(t *table, col column) any {
	if fallback, ok := lists[t.name+"."+col.name]; ok {
		return fallback
	}
	switch col.sort {
	case "INTEGER":
		return int64(0)
	case "BLOB":
		return []byte{}
	}
	return ""
}

// rowName says which row of a table of no kind it is, by its key.
func rowName(t *table, c *cells) string {
	var parts []string
	for i, col := range t.columns {
		if col.key > 0 {
			parts = append(parts, fmt.Sprint(c.values[i]))
		}
	}
	return model.Clean(strings.Join(parts, " "), false)
}

func labelOf(t *table, name string) string {
	if t.kind != nil {
		if f := t.kind.Field(name); f != nil {
			return f.Label
		}
	}
	switch name {
	case "org_id":
		return "所属组织"
	case "created_at", "updated_at":
		return "填写时间"
	case "rev":
		return "修改次数"
	case "deleted_at":
		return "删除时间"
	case "changes":
		return "改了什么"
	case "by":
		return "谁改的"
	case "at":
		return "什么时候"
	case "month":
		return "月份"
	case "texts":
		return "填好的内容"
	}
	return name
}

// insert writes a row. Where one of the same key stands there, the one that was changed more
// often stays; a unique set that the rows break goes, as in a ledger that is opened.
func (j *job) insert(ctx context.Context, t *table, c cells) error {
	var names, marks []string
	var args []any
	for i, col := range t.columns {
		if c.have[i] {
			names, args = append(names, raw.Quote(col.name)), append(args, c.values[i])
			marks = append(marks, "?")
		}
	}
	verb := "INSERT INTO "
	if t.name == "setting" {
		verb = "INSERT OR REPLACE INTO "
	}
	text := verb + raw.Quote(t.name) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"
	for range 4 {
		err := j.t.Exec(ctx, text, args...)
		if err == nil {
			return nil
		}
		again, err := j.clash(ctx, t, c, err)
		if err != nil || !again {
			return err
		}
	}
	return nil
}

// clash makes room for a row that a constraint keeps out, or names it.
func (j *job) clash(ctx context.Context, t *table, c cells, failed error) (again bool, err error) {
	var fault *sqlite.Error
	if !errors.As(failed, &fault) || fault.Code()&0xff != lib.SQLITE_CONSTRAINT {
		return false, fmt.Errorf("write %s: %w", t.name, failed)
	}
	switch fault.Code() {
	case lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_ROWID:
		return j.sameKey(ctx, t, c)
	case lib.SQLITE_CONSTRAINT_UNIQUE:
		if t.kind != nil && strings.Contains(fault.Error(), t.name+".id)") {
			return j.sameKey(ctx, t, c)
		}
		if t.kind == nil {
			return false, nil
		}
		id, _ := c.values[0].(string)
		j.report.note("%s(%s)与另一条重复,两条都留下了;请核对后删去一条", t.title, short(id))
		return true, j.dropUnique(ctx, t)
	}
	j.report.sum(t).Lost++
	j.report.add(Item{Table: t.name, Kind: t.title, ID: fmt.Sprint(c.values[0]), Name: rowName(t, &c), What: "整条:不合表的要求,放不进去"})
	return false, nil
}

// dropUnique takes a kind's unique sets away: they come again once the records are right.
func (j *job) dropUnique(ctx context.Context, t *table) error {
	for name, i := range j.src.program.indexes {
		if i.of == t && strings.HasPrefix(name, t.name+"_unique_") {
			if err := j.t.Exec(ctx, "DROP INDEX IF EXISTS "+raw.Quote(name)); err != nil {
				return fmt.Errorf("unique set of %s: %w", t.name, err)
			}
		}
	}
	return nil
}

// sameKey decides between two rows of one key: of records the one that was changed more
// often, of others the one that the tree itself leads to, which came first.
func (j *job) sameKey(ctx context.Context, t *table, c cells) (again bool, err error) {
	if t.kind == nil {
		return false, nil
	}
	have, err := raw.Number(ctx, j.t, "SELECT rev FROM "+raw.Quote(t.name)+" WHERE id = ?", c.values[0])
	if err != nil {
		return false, err
	}
	if rev, ok := c.values[t.column("rev")].(int64); !ok || rev <= have {
		return false, nil
	}
	return true, j.t.Exec(ctx, "DELETE FROM "+raw.Quote(t.name)+" WHERE id = ?", c.values[0])
}

// short is an id as a person can compare it.
func short(id string) string {
	if len(id) > 8 {
		return id[:8]
	}
	return id
}
