package county

import (
	"taizhang/model"
	"taizhang/store"
)

// foundDepth is how deep labels are made of labels in what a record is found by.
const foundDepth = 2

// makeFindable makes what the records that go in are found by, from what the bundle holds:
// all that a label of theirs is made of stands in it.
func (w *bundleRows) makeFindable() {
	w.findable = map[*model.Record]*store.Found{}
	for _, k := range w.kinds.Kinds() {
		if namedByCode(k) {
			continue
		}
		for _, r := range w.kept[k.Name] {
			w.nameLabel(r, foundDepth)
			w.findable[r] = store.FoundBy(r)
		}
	}
}

// namedByCode tells whether labels of a kind name an organisation that may be another.
func namedByCode(k *model.Kind) bool {
	for _, name := range k.Label {
		if k.Field(name).Type == model.TypeOrgCode {
			return true
		}
	}
	return false
}

// nameLabel gives a record what its label is made of.
func (w *bundleRows) nameLabel(r *model.Record, depth int) {
	for _, name := range r.Kind.Label {
		f := r.Kind.Field(name)
		if f.Target == "" {
			continue
		}
		for _, id := range model.Targets(r.Get(name)) {
			t := w.byID[f.Target][id]
			if t == nil || depth == 0 {
				delete(r.Names, id)
				continue
			}
			w.nameLabel(t, depth-1)
			if r.Names == nil {
				r.Names = map[string]string{}
			}
			r.Names[id] = t.Label()
		}
	}
}
