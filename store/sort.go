package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/model"
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
	idDesc bool
}

// order makes the order of a kind's fields, "-" in front for descending. The text
// by which records are named sorts by pinyin, a ref by its target's name, any other
// field by its value.
func (t *table) order(fields []string) (order, error) {
	if fields == nil {
		fields = t.kind.Sort
	}
	var o order
	for i, name := range fields {
		name, desc := strings.CutPrefix(name, "-")
		f := t.kind.Field(name)
		if f == nil {
			return o, noField(t.kind, name)
		}
		expr, join := t.sortExpr(f, fmt.Sprintf("s%d", i))
		o.keys = append(o.keys, sortKey{expr, desc})
		o.joins += join
	}
	o.idDesc = len(o.keys) > 0 && o.keys[0].desc
	return o, nil
}

func (t *table) sortExpr(f *model.Field, alias string) (expr, join string) {
	column := "t." + quote(f.Name)
	switch {
	case f.Type == model.TypeText && t.kind.Label[0] == f.Name:
		return alias + ".sort", " JOIN search " + alias + " ON " + alias + ".kind = '" + t.kind.Name + "' AND " + alias + ".id = t.id"
	case f.Type.Storage() == model.StoreMarks:
		return "(SELECT nullif(count(*), 0) FROM " + quote(linkTable(t.kind, f)) + " x WHERE x.record_id = t.id)", ""
	case f.Linked():
		return "(SELECT min(y.sort) FROM " + quote(linkTable(t.kind, f)) + " x JOIN search y ON y.kind = '" + f.Target +
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
		return strings.Join(append(terms, "t.id DESC"), ", ")
	}
	return strings.Join(append(terms, "t.id"), ", ")
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

// beyond is the condition for the rows that come after a place, or before it when
// backwards; inclusive takes the row at the place too.
func (o order) beyond(c cursor, backwards, inclusive bool) clause {
	op := ">"
	if o.idDesc != backwards {
		op = "<"
	}
	if inclusive {
		op += "="
	}
	rest := is("t.id "+op+" ?", c.ID)
	for i := len(o.keys) - 1; i >= 0; i-- {
		k, v := o.keys[i], c.Keys[i]
		op := ">"
		if k.desc != backwards {
			op = "<"
		}
		switch {
		case v == nil && backwards:
			rest = or(is(k.expr+" IS NOT NULL"), and(is(k.expr+" IS NULL"), rest))
		case v == nil:
			rest = and(is(k.expr+" IS NULL"), rest)
		case backwards:
			rest = or(is(k.expr+" "+op+" ?", v), and(is(k.expr+" = ?", v), rest))
		default:
			rest = or(is(k.expr+" "+op+" ?", v), is(k.expr+" IS NULL"), and(is(k.expr+" = ?", v), rest))
		}
	}
	return rest
}
