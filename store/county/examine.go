package county

import (
	"slices"

	"taizhang/model"
	"taizhang/store"
)

// fieldTownship is the organisation's township in its record.
const fieldTownship = "township"

// spell writes the township of the organisation's own record as the county's list
// does: a township in two spellings would be two in every sum.
func (w *bundleRows) spell(u store.Unit) {
	home := w.byID[w.home.Name][w.org.ID]
	f := w.home.Field(fieldTownship)
	if f == nil || u.Township == "" || home.Str(fieldTownship) == u.Township {
		return
	}
	was := "没有填"
	if s := home.Str(fieldTownship); s != "" {
		was = "写的是“" + model.Clean(s, false) + "”"
	}
	home.Set(fieldTownship, u.Township)
	w.say(Problem{Kind: w.home.Name, ID: home.ID, Field: fieldTownship, Code: "W-TOWNSHIP", Severity: severityWarning, Effect: Spelt,
		Message: f.Label + was + ",县里按单位名单记为“" + u.Township + "”;请在本组织的记录里也这样改"})
}

// judge sets aside what can't go in, and names what is wrong with the rest; home is what
// is wrong with the organisation's own record, without which nothing goes in. The error
// is a fault of reading. latest is the moment after which a record's times have not come
// yet, as stamps are written.
func (w *bundleRows) judge(unit *store.Unit, county *model.Env, latest string) (home, err error) {
	w.settle()
	w.ahead(latest)
	if home := w.checkHome(); home != nil {
		return home, nil
	}
	if unit != nil {
		w.spell(*unit)
	}
	return nil, w.examine(county)
}

// examine asks the rules about every record that goes in, as the organisation's own
// ledger does, and names what they find. The error is a fault of reading.
func (w *bundleRows) examine(county *model.Env) error {
	b := bundleLook{records: model.NewRecordSet(), county: county.Look, codes: map[string]unitName{}}
	kinds := w.kinds.Kinds()
	for _, k := range kinds {
		var rs []*model.Record
		for _, r := range w.all[k.Name] {
			if w.aside[r] {
				continue
			}
			if r.DeletedAt != "" {
				if err := w.barDeleted(county, r); err != nil {
					return err
				}
				continue
			}
			if err := w.name(r, b); err != nil {
				return err
			}
			rs = append(rs, r)
		}
		b.records.Add(rs...)
	}
	env := *county
	env.Home, env.Look = b.records.Get(w.home.Name, w.org.ID), b
	for _, k := range kinds {
		for _, r := range b.records.Records(k.Name) {
			found, err := model.Check(&env, r, r)
			if err != nil {
				return err
			}
			for _, f := range found {
				p := Problem{Kind: k.Name, ID: r.ID, Field: f.Field, Code: f.Code, Severity: severityWarning, Message: f.Message}
				if f.Severity == model.Fault {
					p.Severity = severityError
				}
				if f.Bars {
					w.labels[r] = ""
					w.setAside(r, p)
					continue
				}
				w.say(p)
			}
		}
	}
	return nil
}

// barDeleted keeps a record of the recycle bin out that may not stand here at all. The
// village has nothing more to mend, so nothing is said.
func (w *bundleRows) barDeleted(county *model.Env, r *model.Record) error {
	if !slices.ContainsFunc(r.Kind.Rules, func(rule model.Rule) bool { return rule.Bars }) {
		return nil
	}
	found, err := model.Check(county, r, r)
	if slices.ContainsFunc(found, func(f model.Finding) bool { return f.Bars }) {
		w.aside[r] = true
	}
	return err
}

// name gives a record the labels of what it refers to, since rules speak of it.
func (w *bundleRows) name(r *model.Record, b bundleLook) error {
	r.Names = map[string]string{}
	for _, f := range r.Kind.Fields() {
		switch {
		case f.Type == model.TypeOrgCode && r.Filled(f.Name):
			name, _, err := b.OrgCode(r.Str(f.Name))
			if err != nil {
				return err
			}
			if name != "" {
				r.Names[r.Str(f.Name)] = name
			}
		case f.Target != "":
			for _, id := range model.Targets(r.Get(f.Name)) {
				if t := w.byID[f.Target][id]; t != nil {
					r.Names[id] = w.label(t, 0)
					if t.DeletedAt != "" {
						r.Names[id] += "(已删除)"
					}
				}
			}
		}
	}
	return nil
}

// bundleLook looks up what is in the bundle, and nothing else of the county's ledger
// but the names of organisations.
type bundleLook struct {
	records *model.RecordSet
	county  model.Lookup
	codes   map[string]unitName
}

type unitName struct {
	name string
	ok   bool
}

var _ model.Lookup = bundleLook{}

func (b bundleLook) Get(kind, id string) (*model.Record, error) { return b.records.Get(kind, id), nil }

func (b bundleLook) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	return b.records.Find(kind, conds...), nil
}

func (b bundleLook) OrgCode(code string) (name string, ok bool, err error) {
	known, there := b.codes[code]
	if !there {
		if known.name, known.ok, err = b.county.OrgCode(code); err != nil {
			return "", false, err
		}
		b.codes[code] = known
	}
	return known.name, known.ok, nil
}
