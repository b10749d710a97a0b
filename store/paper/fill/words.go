package fill

import (
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/sheet"
)

// words knows by which names what is on file about a kind's records goes.
type words struct {
	kind   *model.Kind
	names  map[string]*Source // by folded heading
	scopes map[string]*scope  // by folded heading of a group: 负责人, 帮扶对象
	usual  *scope             // whose values stand without a group: the person of a payment
	roll   *scope             // those on the record's roll
	all    []*Source          // in the order in which a list offers them
}

// scope is a ref or roll with the names of what it leads to.
type scope struct {
	ref   *model.Field
	names map[string]*Source
}

// newWords makes the table of names of a kind.
func newWords(cat *model.Catalog, k *model.Kind) *words {
	w := &words{kind: k, scopes: map[string]*scope{}}
	w.names = namesOf(k, nil)
	people := 0
	for _, f := range k.Fields() {
		target := cat.Kind(f.Target)
		if target == nil || f.Type != model.TypeRef && f.Type != model.TypeRoll {
			continue
		}
		s := &scope{ref: f, names: namesOf(target, f)}
		maps.Copy(s.names, scopedExtras(k, f))
		if f.Type == model.TypeRoll {
			delete(s.names, key("备注")) // of what happened, not what is noted of the person
			s.names[key("到会情况")] = &Source{Name: f.Name + ".state", Label: f.Label, through: f, get: func(r *reading, _ *model.Record) any { return r.mark.State }}
			w.roll = s
			continue
		}
		for _, name := range append([]string{f.Label, f.Name}, append(f.Aliases, scopeNames[k.Name+"."+f.Name]...)...) {
			if w.scopes[key(name)] == nil {
				w.scopes[key(name)] = s
			}
		}
		if f.Target != mainKind {
			continue
		}
		people++
		if w.usual == nil || f.Required && !w.usual.ref.Required {
			w.usual = s
		}
	}
	// Whose name 姓名 is can only be told where one ref must be there, or there is one.
	if w.usual != nil && !w.usual.ref.Required && (people > 1 || w.roll != nil) {
		w.usual = nil
	}
	w.list()
	return w
}

// namesOf gives the sources of a kind by their folded names; through leads to its records.
func namesOf(k *model.Kind, through *model.Field) map[string]*Source {
	names := map[string]*Source{}
	prefix, whose := "", ""
	if through != nil {
		prefix, whose = through.Name+".", through.Label+"的"
	}
	add := func(s *Source, all ...string) {
		for _, n := range all {
			if n = key(n); n != "" && names[n] == nil {
				names[n] = s
			}
		}
	}
	byName := map[string]*Source{}
	for _, f := range k.Fields() {
		byName[f.Name] = &Source{Name: prefix + f.Name, Label: whose + f.Label, field: f, through: through}
	}
	for _, d := range k.Derived {
		byName[d.Name] = derived(d, prefix, whose, through)
	}
	for _, x := range extrasOf(k) {
		s := *x.source
		s.Name, s.Label, s.through = prefix+s.Name, whose+s.Label, through
		add(&s, x.names...)
	}
	for _, d := range k.Derived {
		add(byName[d.Name], d.Label, d.Name)
	}
	for name, list := range otherNames[k.Name] {
		if byName[name] != nil {
			add(byName[name], list...)
		}
	}
	fields := sheet.FieldNames(k)
	for _, n := range slices.Sorted(maps.Keys(fields)) {
		if s := byName[fields[n].Name]; s != nil {
			add(s, n)
		}
	}
	for _, f := range k.Fields() {
		if f.Type == model.TypeDate || f.Type == model.TypeMonth {
			add(byName[f.Name], dateNames(f)...)
		}
	}
	return names
}

// dateNames are the ways to say a date field's label: 任职日期 is 任职时间 too.
func dateNames(f *model.Field) []string {
	var all []string
	for _, name := range append([]string{f.Label}, f.Aliases...) {
		stem := name
		for _, tail := range []string{"日期", "时间", "年月日", "年月"} {
			stem = strings.TrimSuffix(stem, tail)
		}
		if stem == "" || stem == name {
			continue
		}
		for _, tail := range []string{"日期", "时间", "年月日", "年月", "日"} {
			all = append(all, stem+tail)
		}
	}
	return all
}

func derived(d model.Derived, prefix, whose string, through *model.Field) *Source {
	return &Source{Name: prefix + d.Name, Label: whose + d.Label, through: through,
		get: func(r *reading, rec *model.Record) any { return d.Value(r.env, rec) }}
}

// list puts all sources in order: the running number, the kind's own, then those behind
// its refs and its roll.
func (w *words) list() {
	seen := map[string]bool{}
	add := func(s *Source) {
		if !seen[s.Name] {
			seen[s.Name] = true
			w.all = append(w.all, s)
		}
	}
	add(serial)
	byOrder := func(names map[string]*Source, k *model.Kind, prefix string) {
		at := map[string]int{}
		for i, f := range k.Fields() {
			at[prefix+f.Name] = i + 1
		}
		all := slices.SortedFunc(maps.Values(names), func(a, b *Source) int {
			x, y := at[a.Name], at[b.Name]
			if x == 0 {
				x = len(at) + 1
			}
			if y == 0 {
				y = len(at) + 1
			}
			if x != y {
				return x - y
			}
			return strings.Compare(a.Name, b.Name)
		})
		for _, s := range all {
			add(s)
		}
	}
	byOrder(w.names, w.kind, "")
	scopes := map[string]*scope{}
	for _, s := range w.scopes {
		scopes[s.ref.Name] = s
	}
	if w.roll != nil {
		scopes[w.roll.ref.Name] = w.roll
	}
	for _, f := range w.kind.Fields() {
		if s := scopes[f.Name]; s != nil {
			for _, n := range slices.Sorted(maps.Keys(s.names)) {
				add(s.names[n])
			}
		}
	}
}

// byName gives the source of a name as Source.Name has it, nil for none.
func (w *words) byName(name string) *Source {
	for _, s := range w.all {
		if s.Name == name {
			return s
		}
	}
	if inner, ok := strings.CutPrefix(name, "yesno("); ok {
		if s := w.byName(strings.TrimSuffix(inner, ")")); s != nil {
			return yesNo(s)
		}
	}
	return nil
}
