package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// sortKey is one column of an order. Empty values stand last either way.
type sortKey struct {
	expr string
	desc bool
}

// order is how a query's rows are sorted: by its keys, then by id, which goes the
// way of the first key: of two meetings on one day the later written comes first
// where the newest does.
type order struct {
	keys   []sortKey
	joins  string
	beside *beside // computed values among the keys; nil for none
	id     string  // the id as the first key's index has it
	idDesc bool
	best   string // the joined row by which a record is found, "" where none is
	alone  bool   // every key stands in that row
}

// order makes the order of a kind's fields, "-" in front for descending. The text
// by which records are named sorts by pinyin, a ref by its target's name, any other
// field by its value, a derived value by the date that it counts from or by the keys
// computed for it. It panics on a name that the kind lacks.
func (t *table) order(fields []string, computed *beside) order {
	if fields == nil {
		fields = t.kind.Sort
	}
	o := order{id: "t.id", beside: computed}
	for i, name := range fields {
		name, desc := strings.CutPrefix(name, "-")
		if d := t.kind.DerivedValue(name); d != nil && d.Since != "" {
			name, desc = d.Since, !desc // the longer ago, the more years
		} else if d != nil {
			o.keys = append(o.keys, sortKey{computed.expr(name), desc})
			continue
		}
		f := t.kind.MustField(name)
		alias := fmt.Sprintf("s%d", i)
		expr, join := t.sortExpr(f, alias)
		if i == 0 && t.byLabel(f) {
			o.id = alias + ".id"
		}
		o.keys = append(o.keys, sortKey{expr, desc})
		o.joins += join
	}
	o.idDesc = len(o.keys) > 0 && o.keys[0].desc
	return o
}

// bestFirst puts the rows that fit what was typed best before the others; within a rank
// they stay in the order.
func (o order) bestFirst(kind, typed string) order {
	if model.Seek(typed).All() {
		return o
	}
	text := strings.ReplaceAll(model.Clean(typed, false), "'", "''")
	if alias, ok := strings.CutSuffix(o.id, ".id"); ok && alias != "t" {
		o.best = alias // the rows of texts are joined already
		o.alone = len(o.keys) == 1
	} else {
		o.best = "best"
		o.joins += joinFound(kind, o.best)
	}
	o.keys = slices.Insert(o.keys, 0, sortKey{expr: raw.RankFunction + "(" + o.best + ".text, '" + text + "')"})
	return o
}

// joinFound joins the row by which a record of a table named t is found.
func joinFound(kind, alias string) string {
	return " JOIN search " + alias + " ON " + alias + ".kind = '" + kind + "' AND " + alias + ".id = t.id"
}

// byLabel tells whether a field is the text that begins the kind's labels: its sort
// key stands in the search table.
func (t *table) byLabel(f *model.Field) bool {
	return f.Type == model.TypeText && t.kind.Label[0] == f.Name
}

func (t *table) sortExpr(f *model.Field, alias string) (expr, join string) {
	column := "t." + raw.Quote(f.Name)
	switch {
	case t.byLabel(f):
		return alias + ".sort", joinFound(t.kind.Name, alias)
	case f.Type.Storage() == model.StoreMarks:
		return "(SELECT nullif(count(*), 0) FROM " + raw.Quote(raw.LinkTable(t.kind, f)) + " x WHERE x.record_id = t.id)", ""
	case f.Linked():
		return "(SELECT min(y.sort) FROM " + raw.Quote(raw.LinkTable(t.kind, f)) + " x JOIN search y ON y.kind = '" + f.Target +
			"' AND y.id = x.target_id WHERE x.record_id = t.id)", ""
	case f.Target != "":
		return alias + ".sort", " LEFT JOIN search " + alias + " ON " + alias + ".kind = '" + f.Target + "' AND " + alias + ".id = " + column
	}
	return column, ""
}

// sql gives the ORDER BY, backwards for the page before.
func (o order) sql(backwards bool) string {
	var terms []string
	for _, k := range o.keys {
		switch {
		case k.desc != backwards && backwards:
			terms = append(terms, k.expr+" DESC NULLS FIRST")
		case k.desc != backwards:
			terms = append(terms, k.expr+" DESC NULLS LAST")
		case backwards:
			terms = append(terms, k.expr+" ASC NULLS FIRST")
		default:
			terms = append(terms, k.expr+" ASC NULLS LAST")
		}
	}
	if o.idDesc != backwards {
		return strings.Join(append(terms, o.id+" DESC"), ", ")
	}
	return strings.Join(append(terms, o.id), ", ")
}

// selects gives the keys as columns after a record's own.
func (o order) selects() string {
	var s strings.Builder
	for _, k := range o.keys {
		s.WriteString(", " + k.expr)
	}
	return s.String()
}

// cursor is a place in an order: the keys and the id of a row.
type cursor struct {
	Keys []any  `json:"k"`
	ID   string `json:"id"`
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic("store: texts and numbers don't marshal: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func (o order) cursor(text string) (cursor, error) {
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return c, fmt.Errorf("page cursor: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	if err := d.Decode(&c); err != nil {
		return c, fmt.Errorf("page cursor: %w", err)
	}
	if len(c.Keys) != len(o.keys) {
		return c, fmt.Errorf("page cursor: it has %d keys, the order %d", len(c.Keys), len(o.keys))
	}
	for i, k := range c.Keys {
		if n, ok := k.(json.Number); ok {
			if c.Keys[i], err = n.Int64(); err != nil {
				return c, fmt.Errorf("page cursor: %w", err)
			}
		}
	}
	return c, nil
}

// beyond gives the conditions for the rows that come after a place, or before it
// when backwards; inclusive takes the row at the place too. Each condition's rows
// come before the next one's, and each can be found by an index on the first key.
func (o order) beyond(c cursor, backwards, inclusive bool) []clause {
	if len(o.keys) == 0 {
		return []clause{o.beyondFrom(0, c, backwards, inclusive)}
	}
	k, v := o.keys[0], c.Keys[0]
	op := ">="
	if k.desc != backwards {
		op = "<="
	}
	rest := o.beyondFrom(1, c, backwards, inclusive)
	empty := is(k.expr + " IS NULL")
	switch {
	case v == nil && backwards:
		return []clause{and(empty, rest), not(empty)}
	case v == nil:
		return []clause{and(empty, rest)}
	}
	near := and(is(k.expr+" "+op+" ?", v), or(is(k.expr+" <> ?", v), rest))
	if backwards {
		return []clause{near}
	}
	return []clause{near, empty}
}

// beyondFrom is one condition for the rows that agree in the keys before the i-th
// and come after a place by the others.
func (o order) beyondFrom(i int, c cursor, backwards, inclusive bool) clause {
	if i == len(o.keys) {
		op := ">"
		if o.idDesc != backwards {
			op = "<"
		}
		if inclusive {
			op += "="
		}
		return is(o.id+" "+op+" ?", c.ID)
	}
	k, v := o.keys[i], c.Keys[i]
	op := ">"
	if k.desc != backwards {
		op = "<"
	}
	rest := o.beyondFrom(i+1, c, backwards, inclusive)
	empty := is(k.expr + " IS NULL")
	same := and(is(k.expr+" = ?", v), rest)
	switch {
	case v == nil && backwards:
		return or(not(empty), and(empty, rest))
	case v == nil:
		return and(empty, rest)
	case backwards:
		return or(is(k.expr+" "+op+" ?", v), same)
	}
	return or(is(k.expr+" "+op+" ?", v), empty, same)
}
