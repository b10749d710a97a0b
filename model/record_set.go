package model

// RecordSet holds the records of one organisation in memory, for looking each of them
// over by the rules: what Find answers from the ledger with a query each time is
// found here by the value of a field. The records must not change while it is used.
type RecordSet struct {
	kinds   map[string][]*Record
	ids     map[string]map[string]*Record // by kind and id
	indexes map[setIndex]map[string][]*Record
}

type setIndex struct{ kind, field string }

// NewRecordSet gives an empty set.
func NewRecordSet() *RecordSet {
	return &RecordSet{kinds: map[string][]*Record{}, ids: map[string]map[string]*Record{}, indexes: map[setIndex]map[string][]*Record{}}
}

// Add puts records in; those of one kind come by id, and none is deleted, as a
// Lookup sees none.
func (s *RecordSet) Add(rs ...*Record) {
	for _, r := range rs {
		kind := r.Kind.Name
		if s.ids[kind] == nil {
			s.ids[kind] = map[string]*Record{}
		}
		s.ids[kind][r.ID] = r
		s.kinds[kind] = append(s.kinds[kind], r)
		for key := range s.indexes {
			if key.kind == kind {
				delete(s.indexes, key)
			}
		}
	}
}

// Get gives a record, or nil when there is none.
func (s *RecordSet) Get(kind, id string) *Record { return s.ids[kind][id] }

// Records gives the records of a kind, by id.
func (s *RecordSet) Records(kind string) []*Record { return s.kinds[kind] }

// Find gives the records that meet the conditions, by id. The list is the caller's.
func (s *RecordSet) Find(kind string, conds ...Cond) []*Record {
	candidates := s.kinds[kind]
	if len(candidates) == 0 {
		return nil
	}
	k, by := candidates[0].Kind, -1
	k.mustMeet(conds) // also where the first condition leaves none
	for i, c := range conds {
		if (c.Op != Eq && c.Op != In) || len(c.Values) != 1 || c.Field == "org_id" && len(conds) > 1 { // of one set all are
			continue
		}
		if some := s.index(kind, c.Field)[c.Values[0]]; len(some) < len(candidates) {
			candidates, by = some, i
		}
	}
	left := make([]condOn, 0, len(conds))
	for i := range conds {
		if i != by {
			left = append(left, conds[i].on(k))
		}
	}
	var found []*Record
	for _, r := range candidates {
		meets := true
		for i := 0; i < len(left) && meets; i++ {
			meets = left[i].meets(r)
		}
		if meets {
			found = append(found, r)
		}
	}
	return found
}

// index gives the records of a kind by the entries of a field, as Eq compares them.
func (s *RecordSet) index(kind, field string) map[string][]*Record {
	key := setIndex{kind, field}
	if have, ok := s.indexes[key]; ok {
		return have
	}
	made := map[string][]*Record{}
	if all := s.kinds[kind]; len(all) > 0 {
		on := Where(field, Filled)
		c := on.on(all[0].Kind)
		for _, r := range all {
			c.has(r, func(entry string) bool {
				if same := made[entry]; len(same) == 0 || same[len(same)-1] != r { // a list may name one twice
					made[entry] = append(same, r)
				}
				return false
			})
		}
	}
	s.indexes[key] = made
	return made
}
