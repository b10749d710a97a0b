package sheet

import "taizhang/model"

// spareable gives the fields that a row can do without: a cell of theirs that can't be
// read (a trade that is on no list) is left out with a warning and the row is taken.
// It is not so of what tells who or what the row is, of what an error is about when it
// is missing, of the dates whose order is looked at, and of what other records follow
// from: without them the row would say something else.
func spareable(k *model.Kind) map[string]bool {
	spare := map[string]bool{}
	for _, f := range k.Fields() {
		spare[f.Name] = !f.Required && !f.Vital && f.Type != model.TypeIDNumber
	}
	for _, f := range k.Asks {
		spare[f.Name] = true
	}
	for _, r := range k.Rules {
		if r.Severity == model.Fault {
			spare[r.Field] = false
		}
	}
	for _, u := range k.Unique {
		for _, name := range u.Fields {
			spare[name] = false
		}
	}
	for _, chain := range append([][]string{{"started_on", "ended_on"}}, k.Order...) {
		for _, name := range chain {
			spare[name] = false
		}
	}
	return spare
}

// unread says that a cell could not be read: it is left out where the row can do
// without it, else the row is rejected.
func (r *reader) unread(d *draft, column int, f *model.Field, why string) {
	if !r.spare[f.Name] {
		d.fault("%s 格:%s", d.place(column), why)
		return
	}
	d.warn("%s 格:%s;%s先空着,请以后补上", d.place(column), why, f.Label)
}
