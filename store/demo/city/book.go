package city

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
	"taizhang/store/demo/truth"
	"taizhang/store/send"
)

// gathering gathers the records of one organisation of the county. It lies in
// memory, and its records are made as its ledger would have made them.
type gathering struct {
	seed    uint64
	unit    *unit
	city    *city
	kinds   *model.Catalog
	source  *model.Source
	key     minisign.PrivateKey
	env     model.Env
	home    *model.Record
	records map[string][]*model.Record
	answers Key
	err     error

	moves  []step
	models []*model.Record
	places []*model.Record
}

// fields are a record's values by name; empty ones are left out.
type fields map[string]any

// step is a movement before it is written: they are numbered by day.
type step struct {
	on model.Date
	f  fields
}

// newSource gives an organisation's ids and key: the clock stands, so that they
// hang on nothing but the order of the records.
func newSource(seed uint64, code string) *model.Source {
	at := lastDay.Time().Add(9 * time.Hour)
	return &model.Source{Now: func() time.Time { return at }, Rand: dice.NewStream(seed, "city ledger "+code)}
}

func newBook(c *city, u *unit) (*gathering, error) {
	b := &gathering{seed: c.seed, unit: u, city: c, kinds: party.Kinds, source: newSource(c.seed, u.code),
		records: map[string][]*model.Record{}}
	id, key, err := send.Identity(b.source)
	if err != nil {
		return nil, fmt.Errorf("city: %s: %w", u.code, err)
	}
	b.key = key
	b.begin(id)
	return b, nil
}

// begin sets the home organisation, of which only the id is known yet.
func (b *gathering) begin(id string) {
	b.home = model.NewRecord(b.kinds.Kind("organization"))
	b.home.ID = id
	b.env = model.Env{Today: lastDay, Home: b.home, Kinds: b.kinds, NewID: b.source.NewID, Look: &look{book: b}}
}

// dice gives a block's own stream of this organisation.
func (b *gathering) dice(block string) *dice.Dice {
	return dice.New(b.seed, "city "+b.unit.code+" "+block)
}

// put writes a record down as of a day.
func (b *gathering) put(on model.Date, kind string, f fields) *model.Record {
	k := b.kinds.Kind(kind)
	env := b.env
	env.Today = on
	r := model.New(&env, k)
	id, err := b.source.NewID()
	if err != nil && b.err == nil {
		b.err = err
	}
	r.ID = id
	b.keep(on, r, f)
	return r
}

// keep fills a record in and files it.
func (b *gathering) keep(on model.Date, r *model.Record, f fields) {
	for name, value := range f {
		r.Set(name, value)
	}
	on = min(max(on, firstDay), lastDay)
	r.OrgID, r.Rev = b.home.ID, 1
	r.CreatedAt = string(on) + "T09:00:00Z"
	r.UpdatedAt = r.CreatedAt
	b.records[r.Kind.Name] = append(b.records[r.Kind.Name], r)
}

// step notes a movement.
//
//go:noinline
func (b *gathering) step(on model.Date, v *folk.Villager, kind string, f fields) {
	all := fields{"person": v.ID, "kind": kind, "happened_on": on}
	maps.Copy(all, f)
	b.moves = append(b.moves, step{on, all})
}

// file writes the movements in the order of their days, and brings every kind's
// records into the order of their ids.
func (b *gathering) file() error {
	model.Sort(b.moves, func(x, y step) int { return cmp.Compare(x.on, y.on) })
	for _, m := range b.moves {
		b.put(m.on, "movement", m.f)
	}
	for _, rs := range b.records {
		slices.SortFunc(rs, func(x, y *model.Record) int { return cmp.Compare(x.ID, y.ID) })
		for _, r := range rs {
			sortTargets(r)
		}
	}
	return b.err
}

// sortTargets brings refs and rolls into the order in which a ledger gives them.
func sortTargets(r *model.Record) {
	for _, f := range r.Kind.Fields() {
		if !f.Linked() {
			continue
		}
		switch list := r.Get(f.Name).(type) {
		case []string:
			slices.Sort(list)
		case []model.Mark:
			model.Sort(list, func(x, y model.Mark) int { return cmp.Compare(x.Target, y.Target) })
		}
	}
}

// org gives the records as they are handed on.
func (b *gathering) org() truth.Org {
	return truth.Org{Code: b.home.Str("code"), Township: b.home.Str("township"), Domain: b.home.Str("domain"), Home: b.home, Records: b.records}
}

// look lets the rules look into a book. It finds by the field that leaves the
// fewest, as the ledger does by its indexes.
type look struct {
	book *gathering
	byID map[string]map[string]*model.Record
	by   map[[2]string]map[string][]*model.Record
}

// Get implements model.Lookup.
func (l *look) Get(kind, id string) (*model.Record, error) {
	if l.byID == nil {
		l.byID = map[string]map[string]*model.Record{}
	}
	if l.byID[kind] == nil {
		all := make(map[string]*model.Record, len(l.book.records[kind]))
		for _, r := range l.book.records[kind] {
			all[r.ID] = r
		}
		l.byID[kind] = all
	}
	return l.byID[kind][id], nil
}

// Find implements model.Lookup.
func (l *look) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	var found []*model.Record
	for _, r := range l.few(kind, conds) {
		if model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

// few narrows by the first field that is asked to equal one value.
func (l *look) few(kind string, conds []model.Cond) []*model.Record {
	for _, c := range conds {
		f := l.book.kinds.Kind(kind).Field(c.Field)
		if c.Op != model.Eq || len(c.Values) != 1 || f == nil || f.Linked() || f.Type == model.TypeChoices {
			continue
		}
		return l.index(kind, f)[c.Values[0]]
	}
	return l.book.records[kind]
}

func (l *look) index(kind string, f *model.Field) map[string][]*model.Record {
	key := [2]string{kind, f.Name}
	if all, ok := l.by[key]; ok {
		return all
	}
	if l.by == nil {
		l.by = map[[2]string]map[string][]*model.Record{}
	}
	all := map[string][]*model.Record{}
	for _, r := range l.book.records[kind] {
		if v := r.Get(f.Name); v != nil {
			text := f.Type.CSV(f, v)
			all[text] = append(all[text], r)
		}
	}
	l.by[key] = all
	return all
}

// OrgCode implements model.Lookup: the county's list has every organisation.
func (l *look) OrgCode(code string) (string, bool, error) {
	for _, u := range l.book.city.units {
		if u.code == code {
			return u.name, true, nil
		}
	}
	return "", code == l.book.city.county.Code, nil
}
