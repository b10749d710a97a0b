package county

import (
	"slices"
	"strings"

	"taizhang/model"
)

// settle sets aside what repeats or needs a record that is not in, until nothing
// more follows, and then empties the other references to such records.
func (w *bundleRows) settle() {
	for _, k := range w.kinds.Kinds() {
		for _, u := range k.Unique {
			w.repeats(k, u)
		}
	}
	for again := true; again; {
		again = false
		for _, k := range w.kinds.Kinds() {
			for _, r := range w.all[k.Name] {
				if !w.aside[r] && w.lacks(r) {
					again = true
				}
			}
		}
	}
	for _, k := range w.kinds.Kinds() {
		for _, r := range w.all[k.Name] {
			if !w.aside[r] {
				w.empty(r)
			}
		}
	}
}

// repeats sets the later of two records aside that have in common what must be
// unique. Rows come by id, which is by time.
func (w *bundleRows) repeats(k *model.Kind, u model.Unique) {
	seen := map[string]*model.Record{}
	for _, r := range w.all[k.Name] {
		if w.aside[r] || r.DeletedAt != "" || u.Unless != "" && r.Filled(u.Unless) {
			continue
		}
		key := ""
		for _, name := range u.Fields {
			if !r.Filled(name) {
				key = ""
				break
			}
			f := k.Field(name)
			key += f.Type.CSV(f, r.Get(name)) + "\x00"
		}
		if key == "" {
			continue
		}
		first := seen[key]
		if first == nil {
			seen[key] = r
			continue
		}
		last := k.Field(u.Fields[len(u.Fields)-1])
		code := u.Code
		if code == "" {
			code = "E-UNIQUE"
		}
		w.setAside(r, Problem{Field: last.Name, Code: code,
			Message: last.Label + "与另一条" + k.Title + "“" + w.label(first, 0) + "”相同,请删去重复的一条,或改正"})
	}
}

// there tells whether a record goes in.
func (w *bundleRows) there(kind, id string) bool {
	r := w.byID[kind][id]
	return r != nil && !w.aside[r]
}

// lacks sets a record aside when a reference that it must have does not hold.
func (w *bundleRows) lacks(r *model.Record) bool {
	for _, f := range r.Kind.Fields() {
		if f.Target == "" || !f.Required {
			continue
		}
		ids := model.Targets(r.Get(f.Name))
		if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return w.there(f.Target, id) }) {
			continue
		}
		w.setAside(r, Problem{Field: f.Name, Code: "E-REF", Message: f.Label + w.missing(f.Target, ids[0]) + ",这条记录也没有收入;请先改正那一条,或重新选择" + f.Label})
		return true
	}
	return false
}

// missing says why a record that is referred to is not in.
func (w *bundleRows) missing(kind, id string) string {
	if r := w.byID[kind][id]; r != nil {
		return "所指的“" + w.label(r, 0) + "”没有收入"
	}
	return "所指的记录不在报送包里"
}

// empty takes references out that do not hold, and names them.
func (w *bundleRows) empty(r *model.Record) {
	for _, f := range r.Kind.Fields() {
		if f.Target == "" {
			continue
		}
		for _, id := range model.Targets(r.Get(f.Name)) {
			if w.there(f.Target, id) {
				continue
			}
			w.say(Problem{Kind: r.Kind.Name, ID: r.ID, Field: f.Name, Code: "E-REF", Severity: severityError, Effect: Emptied,
				Message: f.Label + w.missing(f.Target, id) + ",这一项已空着收入;请先改正那一条,或重新选择" + f.Label})
			drop(r, f, id)
		}
	}
}

func drop(r *model.Record, f *model.Field, id string) {
	switch list := r.Get(f.Name).(type) {
	case []string:
		r.Set(f.Name, slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == id }))
	case []model.Mark:
		r.Set(f.Name, slices.DeleteFunc(slices.Clone(list), func(m model.Mark) bool { return m.Target == id }))
	default:
		r.Set(f.Name, nil)
	}
}

// labelDepth bounds labels that are made of labels.
const labelDepth = 3

// label names a record as the village's own screens do, from what the bundle holds.
func (w *bundleRows) label(r *model.Record, depth int) string {
	if known, ok := w.labels[r]; ok {
		return known
	}
	var parts []string
	for _, name := range r.Kind.Label {
		f := r.Kind.Field(name)
		text := ""
		if f.Target == "" {
			text = f.Type.Format(f, r.Get(name), nil)
		} else if depth < labelDepth {
			text = f.Type.Format(f, r.Get(name), func(id string) string {
				if t := w.byID[f.Target][id]; t != nil {
					return w.label(t, depth+1)
				}
				return ""
			})
		}
		if text != "" {
			parts = append(parts, text)
		}
	}
	text := model.Clean(strings.Join(parts, " "), false)
	if depth == 0 { // a deeper one may be cut short
		w.labels[r] = text
	}
	return text
}

// problems gives what was found here, and behind it what the village's own rules
// alone had found when it made the bundle.
func (w *bundleRows) problems() []Problem {
	type finding struct{ kind, id, field, code string }
	all := slices.Clone(w.found)
	here := map[finding]bool{}
	for _, p := range w.found {
		here[finding{p.Kind, p.ID, p.Field, p.Code}] = true
	}
	for _, p := range w.b.Package.Taizhang.Problems.List {
		if here[finding{p.Kind, p.ID, p.Field, p.Code}] {
			continue
		}
		out := Problem{Kind: p.Kind, ID: p.ID, Field: p.Field, Code: p.Code, Severity: severityWarning, Message: model.Clean(p.Message, false)}
		if p.Severity == severityError {
			out.Severity = severityError
		}
		if out.Message == "" {
			out.Message = w.ruleText(p.Kind, p.Code)
		}
		all = append(all, out)
	}
	for i := range all {
		if r := w.byID[all[i].Kind][all[i].ID]; r != nil {
			all[i].Label = w.label(r, 0)
		}
	}
	return all
}

// ruleText says what a rule asks, for a county that wants no identity: the message
// stayed at the village.
func (w *bundleRows) ruleText(kind, code string) string {
	if k := w.kinds.Kind(kind); k != nil {
		for _, rule := range slices.Concat(k.Rules, k.Kept) {
			if rule.Code == code {
				return rule.Text
			}
		}
	}
	return "不符合规则 " + model.Clean(code, false) + ",请在村里用“检查”查看"
}
