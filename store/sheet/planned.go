package sheet

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// planned is a Lookup that sees the ledger as it would be with the rows taken so
// far and what follows from them, so that rules judge the second row of a file in
// sight of the first: a member moved out by row 2 can't be moved out again by row 3.
type planned struct {
	model.Lookup
	kinds  *model.Catalog
	shelf  map[string]*shelf // by kind
	undone []undone          // what was put there since the last keep
	made   int               // records that follow, which have no id of the ledger yet
}

var (
	_ model.Lookup = (*planned)(nil)
	_ model.Over   = (*planned)(nil)
)

// shelf holds the planned records of one kind. One that was replaced or taken back
// stays in order and index, and is passed over there.
type shelf struct {
	records map[string]*model.Record // by id; changed ones stand for those on file
	order   []*model.Record
	index   map[string]map[string][]*model.Record // by field and stored value
}

// undone is what stood in a record's place before.
type undone struct {
	record *model.Record
	before *model.Record
}

func newPlanned(kinds *model.Catalog, onFile model.Lookup) *planned {
	return &planned{Lookup: onFile, kinds: kinds, shelf: map[string]*shelf{}}
}

// Under gives the ledger as it stands.
func (p *planned) Under() model.Lookup { return p.Lookup }

func (p *planned) add(r *model.Record) {
	s := p.shelf[r.Kind.Name]
	if s == nil {
		s = &shelf{records: map[string]*model.Record{}, index: map[string]map[string][]*model.Record{}}
		p.shelf[r.Kind.Name] = s
	}
	p.undone = append(p.undone, undone{r, s.records[r.ID]})
	s.records[r.ID] = r
	s.order = append(s.order, r)
	for field, byValue := range s.index {
		enter(byValue, field, r)
	}
}

// keep lets what was added stand; drop takes it back to the last keep.
func (p *planned) keep() { p.undone = p.undone[:0] }

func (p *planned) drop() {
	for i := len(p.undone) - 1; i >= 0; i-- {
		u := p.undone[i]
		s := p.shelf[u.record.Kind.Name]
		if u.before == nil {
			delete(s.records, u.record.ID)
		} else {
			s.records[u.record.ID] = u.before
		}
	}
	p.keep()
}

// name gives a new record that follows an id to be looked up by, and tells whether it is
// new. It comes behind all of the ledger's, as what is written last does.
func (p *planned) name(r *model.Record) (named bool) {
	if r.ID != "" {
		return false
	}
	p.made++
	r.ID = fmt.Sprintf("planned-%09d", p.made)
	return true
}

func enter(byValue map[string][]*model.Record, field string, r *model.Record) {
	f, v := r.Kind.Field(field), r.Get(field)
	if v != nil {
		text := f.Type.CSV(f, v)
		byValue[text] = append(byValue[text], r)
	}
}

// Get gives a planned record before the one on file.
func (p *planned) Get(kind, id string) (*model.Record, error) {
	if s := p.shelf[kind]; s != nil && s.records[id] != nil {
		return s.records[id], nil
	}
	r, err := p.Lookup.Get(kind, id)
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", kind, err)
	}
	return r, nil
}

// Find gives the records on file and the planned ones that meet the conditions.
func (p *planned) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	found, err := p.Lookup.Find(kind, conds...)
	if err != nil {
		return nil, fmt.Errorf("look up %s: %w", kind, err)
	}
	s := p.shelf[kind]
	if s == nil {
		return found, nil
	}
	found = slices.DeleteFunc(found, func(r *model.Record) bool { return s.records[r.ID] != nil })
	for _, r := range s.among(p.kinds.Kind(kind), conds) {
		if s.records[r.ID] == r && model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

// among narrows the planned records by the first condition that asks for one value,
// since a search through all of them for each row would take the square of the time.
func (s *shelf) among(k *model.Kind, conds []model.Cond) []*model.Record {
	for _, c := range conds {
		f := k.Field(c.Field)
		if f == nil || c.Op != model.Eq || len(c.Values) != 1 || f.Linked() || f.Type == model.TypeChoices {
			continue
		}
		byValue := s.index[c.Field]
		if byValue == nil {
			byValue = map[string][]*model.Record{}
			for _, r := range s.order {
				enter(byValue, c.Field, r)
			}
			s.index[c.Field] = byValue
		}
		return byValue[c.Values[0]]
	}
	return s.order
}
