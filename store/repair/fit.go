package repair

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store/internal/carve"
)

// known tells of which kind an id is, as the history and what records are found by say. It
// holds hashes: a county has hundreds of thousands of ids.
type known struct {
	seed  maphash.Seed
	kinds []string
	of    map[uint64]uint8
}

func newKnown(kinds *model.Catalog) *known {
	k := &known{seed: maphash.MakeSeed(), of: map[uint64]uint8{}}
	for _, one := range kinds.Kinds() {
		k.kinds = append(k.kinds, one.Name)
	}
	return k
}

func (k *known) add(kind, id string) {
	for i, name := range k.kinds {
		if name == kind {
			k.of[maphash.String(k.seed, id)] = uint8(i) + 1
		}
	}
}

// kind gives the kind of an id, "" for one that nothing speaks of.
func (k *known) kind(id string) string {
	if i := k.of[maphash.String(k.seed, id)]; i > 0 {
		return k.kinds[i-1]
	}
	return ""
}

// legible tells whether a text can be read: whole characters without a NUL.
func legible(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// What values of a column look like whose name says what it holds.
var (
	likeMonth = model.NewPattern(`^\d{4}-\d\d$`)
	likeStamp = model.NewPattern(`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$`)
	likeName  = model.NewPattern(`^[a-z][a-z0-9_.:-]*$`)
)

// judge says how a row fits a table: below 0 not at all, 0 by its shape, above 0 by what
// stands in it.
func (s *source) judge(t *table, l layout, r carve.Row) (score int) {
	if len(r.Values) > len(l.to) || r.Whole == 0 {
		return -1
	}
	if least := leastColumns(l); len(r.Values) < least {
		return -1
	}
	for i, v := range r.Values {
		if i >= r.Whole {
			break
		}
		c := l.shape.columns[i]
		if c.rowid {
			if v != nil {
				return -1
			}
			continue
		}
		if !fitsSort(c, v) {
			return -1
		}
		if l.to[i] < 0 {
			continue
		}
		text, ok := v.(string)
		if !ok || !legible(text) {
			continue
		}
		n := s.judgeText(t, t.columns[l.to[i]].name, text)
		if n < 0 {
			return -1
		}
		score += n
	}
	return score
}

// leastColumns is how many values the first rows of a table held: columns that came later
// are absent from rows that were not written since. Those have a default or may be empty.
func leastColumns(l layout) int {
	least := 0
	for i, c := range l.shape.columns {
		if c.needed && c.fallback == nil {
			least = i + 1
		}
	}
	return least
}

func fitsSort(c column, v any) bool {
	switch v.(type) {
	case nil:
		return !c.needed
	case string:
		return c.sort != "INTEGER" && c.sort != "BLOB"
	case int64:
		return c.sort != "TEXT" && c.sort != "BLOB"
	case []byte:
		return c.sort != "TEXT" && c.sort != "INTEGER"
	}
	return false // no table of a ledger holds broken numbers
}

// judgeText says what a text in a column tells of the table that it stands in.
func (s *source) judgeText(t *table, name, text string) int {
	like := func(ok bool) int {
		if ok {
			return 1
		}
		return -1
	}
	if t.kind != nil {
		switch name {
		case "id":
			return s.ofKind(t.kind.Name, text)
		case "created_at", "updated_at":
			return like(likeStamp.MatchString(text)) - 1
		}
		return 0
	}
	if t.field != nil {
		switch name {
		case "record_id":
			return s.ofKind(t.holder.Name, text)
		case "target_id":
			return s.ofKind(t.field.Target, text)
		case "state":
			return like(strings.Contains(strings.Join(t.field.Choices, "\n")+"\n", text))
		}
		return 0
	}
	switch {
	case name == "month" && text != "":
		return like(likeMonth.MatchString(text))
	case name == "at" || strings.HasSuffix(name, "_at"):
		return like(text == "" || likeStamp.MatchString(text))
	case name == "kind":
		return like(s.book.Kinds.Kind(text) != nil)
	case name == "org_id" && text != "":
		return max(s.ofKind(s.book.Org.Kind, text), 0)
	case t.name == "setting" && name == "name":
		return like(likeName.MatchString(text) && len(text) < 60)
	case t.name == "history" && name == "action":
		return like(text == "新建" || text == "修改" || text == "删除" || text == "恢复" || utf8.RuneCountInString(text) <= 6)
	case t.name == "history" && name == "changes":
		return like(strings.HasPrefix(text, "["))
	}
	return 0
}

// ofKind says what is known of an id: 2 of that kind, -1 of another, 0 nothing.
func (s *source) ofKind(kind, id string) int {
	switch s.known.kind(id) {
	case kind:
		return 2
	case "":
		return 0
	}
	return -1
}

// fits tells whether a page holds rows of a table, by most of them; of which layout.
func (s *source) fits(t *table, page uint32) (layout, int, bool) {
	best, most, found := layout{}, -1, false
	for _, l := range s.layouts[t.name] {
		rows, score, wrong := 0, 0, 0
		//nolint:errcheck // The function gives none, and a page that can't be read has no rows.
		s.file.Rows(page, func(r carve.Row) error {
			rows++
			if n := s.judge(t, l, r); n < 0 {
				wrong++
			} else {
				score += n
			}
			return nil
		})
		if wrong*2 >= max(rows, 1) && rows > 0 {
			continue
		}
		if score = score * 8 / max(rows, 1); !found || score > most {
			best, most, found = l, score, true
		}
	}
	return best, most, found
}

// textAt gives a whole text of a row, "" where there is none that can be read.
func textAt(r carve.Row, i int) string {
	if i < 0 || i >= r.Whole || i >= len(r.Values) {
		return ""
	}
	if text, ok := r.Values[i].(string); ok && legible(text) {
		return text
	}
	return ""
}
