package sheet

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// planned is a Lookup that sees the ledger as it would be with the rows taken so
// far, so that rules judge the second row of a file in sight of the first.
type planned struct {
	model.Lookup
	kind    *model.Kind
	records map[string]*model.Record // by id; changed ones stand for those on file
	order   []*model.Record
	index   map[string]map[string][]*model.Record // by field and stored value
}

var _ model.Lookup = (*planned)(nil)

func newPlanned(k *model.Kind, onFile model.Lookup) *planned {
	return &planned{Lookup: onFile, kind: k, records: map[string]*model.Record{}, index: map[string]map[string][]*model.Record{}}
}

func (p *planned) add(r *model.Record) {
	p.records[r.ID] = r
	p.order = append(p.order, r)
	for field, byValue := range p.index {
		p.enter(byValue, field, r)
	}
}

func (p *planned) enter(byValue map[string][]*model.Record, field string, r *model.Record) {
	f, v := p.kind.Field(field), r.Get(field)
	if v != nil {
		text := f.Type.CSV(f, v)
		byValue[text] = append(byValue[text], r)
	}
}

// Get gives a planned record before the one on file.
func (p *planned) Get(kind, id string) (*model.Record, error) {
	if kind == p.kind.Name && p.records[id] != nil {
		return p.records[id], nil
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
	if kind != p.kind.Name || len(p.order) == 0 {
		return found, nil
	}
	found = slices.DeleteFunc(found, func(r *model.Record) bool { return p.records[r.ID] != nil })
	for _, r := range p.among(conds) {
		if model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

// among narrows the planned records by the first condition that asks for one value,
// since a search through all of them for each row would take the square of the time.
func (p *planned) among(conds []model.Cond) []*model.Record {
	for _, c := range conds {
		f := p.kind.Field(c.Field)
		if f == nil || c.Op != model.Eq || len(c.Values) != 1 || f.Linked() || f.Type == model.TypeChoices {
			continue
		}
		byValue := p.index[c.Field]
		if byValue == nil {
			byValue = map[string][]*model.Record{}
			for _, r := range p.order {
				p.enter(byValue, c.Field, r)
			}
			p.index[c.Field] = byValue
		}
		return byValue[c.Values[0]]
	}
	return p.order
}
