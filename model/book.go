package model

// Book holds the records of one organisation in memory, for looking each of them
// over by the rules: what Find answers from the ledger with a query each time is
// found here by the value of a field. The records must not change while it is used.
type Book struct {
	kinds   map[string][]*Record
	ids     map[string]map[string]*Record // by kind and id
	indexes map[bookIndex]map[string][]*Record
}

type bookIndex struct{ kind, field string }

// NewBook gives an empty book.
func NewBook() *Book {
	return &Book{kinds: map[string][]*Record{}, ids: map[string]map[string]*Record{}, indexes: map[bookIndex]map[string][]*Record{}}
}

// Add puts records in; those of one kind come by id, and none is deleted, as a
// Lookup sees none.
func (b *Book) Add(rs ...*Record) {
	for _, r := range rs {
		kind := r.Kind.Name
		if b.ids[kind] == nil {
			b.ids[kind] = map[string]*Record{}
		}
		b.ids[kind][r.ID] = r
		b.kinds[kind] = append(b.kinds[kind], r)
		for key := range b.indexes {
			if key.kind == kind {
				delete(b.indexes, key)
			}
		}
	}
}

// Get gives a record, or nil when there is none.
func (b *Book) Get(kind, id string) *Record { return b.ids[kind][id] }

// Records gives the records of a kind, by id.
func (b *Book) Records(kind string) []*Record { return b.kinds[kind] }

// Find gives the records that meet the conditions, by id. The list is the caller's.
func (b *Book) Find(kind string, conds ...Cond) []*Record {
	candidates := b.kinds[kind]
	if len(candidates) > 0 {
		candidates[0].Kind.mustMeet(conds) // also where the first condition leaves none
	}
	for _, c := range conds {
		if (c.Op == Eq || c.Op == In) && len(c.Values) == 1 {
			if some := b.index(kind, c.Field)[c.Values[0]]; len(some) < len(candidates) {
				candidates = some
			}
		}
	}
	var found []*Record
	for _, r := range candidates {
		if Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found
}

// index gives the records of a kind by the entries of a field, as Eq compares them.
func (b *Book) index(kind, field string) map[string][]*Record {
	key := bookIndex{kind, field}
	if have, ok := b.indexes[key]; ok {
		return have
	}
	made := map[string][]*Record{}
	for _, r := range b.kinds[kind] {
		for _, entry := range (Cond{Field: field}).entries(r) {
			if same := made[entry]; len(same) == 0 || same[len(same)-1] != r { // a list may name one twice
				made[entry] = append(same, r)
			}
		}
	}
	b.indexes[key] = made
	return made
}
