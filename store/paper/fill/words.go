package fill

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	self   map[string]bool    // groups that speak of the record itself
	all    []*Source          // in the order in which a list offers them
	// everywhere are the sources that say whose book it is, of whatever record.
	everywhere map[*Source]bool
	dues       bool               // the sheet that is looked at is about dues
	found      map[string]*Source // what headings of that sheet were found to be
}

// scope is a ref or roll with the names of what it leads to.
type scope struct {
	ref   *model.Field
	names map[string]*Source
}

// newWords makes the table of names of a kind.
func newWords(cat *model.Catalog, k *model.Kind) *words {
	w := &words{kind: k, scopes: map[string]*scope{}, self: selfWords(k), everywhere: map[*Source]bool{branchOfPerson: true}, found: map[string]*Source{}}
	w.names = maps.Clone(namesOf(k))
	for _, x := range everywhere {
		w.everywhere[x.source] = true
	}
	people := 0
	for _, f := range k.Fields() {
		target := cat.Kind(f.Target)
		if target == nil || f.Type != model.TypeRef && f.Type != model.TypeRoll {
			continue
		}
		s := &scope{ref: f, names: reach(cat, f, target)}
		maps.Copy(s.names, scopedExtras(k, f))
		if f.Type == model.TypeRoll {
			s.names = rollNames(s, f)
			w.roll = s
			w.addRollNames(f)
			continue
		}
		for _, name := range append([]string{f.Label, f.Name}, append(f.Aliases, scopeNames(k.Name, f.Name)...)...) {
			if w.scopes[bare(name)] == nil {
				w.scopes[bare(name)] = s
			}
		}
		if s.leadsTo(mainKind) == nil {
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

// reach gives the names of what a ref leads to, and where its record is itself about
// one of the main kind (an observation's admission), of that one as well.
func reach(cat *model.Catalog, f *model.Field, target *model.Kind) map[string]*Source {
	names := map[string]*Source{}
	for n, s := range namesOf(target) {
		names[n] = s.through(f)
	}
	for _, next := range target.Fields() {
		k := cat.Kind(next.Target)
		if next.Type != model.TypeRef || !next.Required || k == nil || k.Name != mainKind {
			continue
		}
		for n, s := range namesOf(k) {
			if names[n] == nil {
				names[n] = s.through(next).through(f)
			}
		}
	}
	return names
}

// leadsTo gives a source that stands for a record of the kind, nil for none.
func (s *scope) leadsTo(kind string) *model.Field {
	if s.ref.Target == kind {
		return s.ref
	}
	for _, src := range s.names {
		for _, f := range src.path[1:] {
			if f.Target == kind {
				return f
			}
		}
	}
	return nil
}

// rollNames are the names of what is known of one on a roll.
func rollNames(s *scope, f *model.Field) map[string]*Source {
	delete(s.names, key("备注")) // of what happened, not what is noted of the person
	delete(s.names, key("序号"))
	state := &Source{Name: f.Name + ".state", Label: f.Label + "的情况", path: []*model.Field{f}, get: func(r *reading, _ *model.Record) any { return r.mark.State }}
	for _, n := range []string{"到会情况", "出席情况", "参会情况", "参加情况", "参训情况", "出勤情况", "考勤", "考勤情况", "签到情况", f.Label} {
		s.names[key(n)] = state
	}
	return s.names
}

// addRollNames lets a record be asked for the names on its roll: those who came first.
func (w *words) addRollNames(f *model.Field) {
	came := slices.IndexFunc(f.Choices, func(s string) bool { return strings.Contains(s, "请假") || strings.Contains(s, "缺席") })
	if came < 0 {
		came = len(f.Choices)
	}
	list := func(name, label string, from, to int) *Source {
		return &Source{Name: name, Label: label, get: func(r *reading, rec *model.Record) any {
			return r.names(f, rec.Roll(f.Name), func(state string) bool { return slices.Contains(f.Choices[from:to], state) })
		}}
	}
	number := &Source{Name: "came_count", Label: "到场人数", get: func(r *reading, rec *model.Record) any {
		n := int64(0)
		for _, m := range rec.Roll(f.Name) {
			if slices.Contains(f.Choices[:came], m.State) {
				n++
			}
		}
		return n
	}}
	for _, n := range []string{"参加人数", "参训人数", "培训人数", "到场人数", "参加党员数", "参训党员数"} {
		if w.names[key(n)] == nil {
			w.names[key(n)] = number
		}
	}
	present, away := list("came", "到场人员", 0, came), list("stayed", "缺席人员", came, len(f.Choices))
	for s, names := range map[*Source][]string{
		present: {"参加人员", "到会人员", "出席人员", "参会人员", "到会名单", "参加人", "参会人员名单", "参训人员", "出席人", "到会党员", "参加党员", "实到人员", "参会党员"},
		away:    {"缺席人员", "请假人员", "未到人员", "缺席人员及原因", "缺席名单", "缺席党员", "缺席人员姓名"}} {
		for _, n := range names {
			if w.names[key(n)] == nil {
				w.names[key(n)] = s
			}
		}
	}
}

// vocabulary keeps the names of a kind, which never change: folding hundreds of words for
// each of all kinds is what opening a form would take longest for.
var vocabulary sync.Map // *model.Kind to map[string]*Source

// namesOf gives the sources of a kind's own values by their folded names. The map is not
// to be changed.
func namesOf(k *model.Kind) map[string]*Source {
	if names, known := vocabulary.Load(k); known {
		return names.(map[string]*Source)
	}
	names := makeNames(k)
	vocabulary.Store(k, names)
	return names
}

func makeNames(k *model.Kind) map[string]*Source {
	names := map[string]*Source{}
	add := func(s *Source, all ...string) {
		for _, n := range all {
			if n = key(n); s != nil && n != "" && names[n] == nil {
				names[n] = s
			}
		}
	}
	byName := map[string]*Source{}
	for _, f := range k.Fields() {
		byName[f.Name] = &Source{Name: f.Name, Label: f.Label, field: f}
	}
	for _, d := range k.Derived {
		byName[d.Name] = derived(d)
	}
	for _, f := range k.Fields() {
		add(byName[f.Name], f.Label)
	}
	for _, d := range k.Derived {
		add(byName[d.Name], d.Label)
	}
	for _, x := range extras[k.Name] {
		add(x.source, x.names...)
	}
	others := otherNames(k.Name)
	for _, n := range slices.Sorted(maps.Keys(others)) {
		add(byName[n], others[n]...)
	}
	fields := sheet.FieldNames(k)
	for _, n := range slices.Sorted(maps.Keys(fields)) {
		add(byName[fields[n].Name], n)
	}
	for name, s := range byName {
		add(s, name, latin(name))
		add(s, englishNames(name)...)
	}
	for _, f := range k.Fields() {
		if f.Type == model.TypeDate || f.Type == model.TypeMonth {
			add(byName[f.Name], dateNames(f)...)
		}
	}
	for _, f := range k.Fields() { // the day that a record is about
		if f.Type == model.TypeDate && f.Required {
			add(byName[f.Name], "时间", "日期")
			break
		}
	}
	for _, x := range everywhere {
		add(x.source, x.names...)
	}
	return names
}

// dateNames are the ways to say a date field's label: 任职日期 is 任职时间 too.
func dateNames(f *model.Field) []string {
	var all []string
	for _, name := range append([]string{f.Label}, f.Aliases...) {
		name = bare(name)
		stem := name
		for _, tail := range []string{"日期", "时间", "年月日", "年月"} {
			stem = strings.TrimSuffix(stem, tail)
		}
		if stem == "" || stem == name && len([]rune(stem)) < 4 {
			continue // 起, 止, 公示 are no dates by themselves
		}
		for _, tail := range []string{"日期", "时间", "年月日", "年月", "日"} {
			all = append(all, stem+tail)
		}
	}
	return all
}

func derived(d model.Derived) *Source {
	return &Source{Name: d.Name, Label: d.Label, get: func(r *reading, rec *model.Record) any { return d.Value(r.env, rec) }}
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
	order := map[string]int{}
	for i, f := range w.kind.Fields() {
		order[f.Name] = i + 1
	}
	own := slices.SortedFunc(maps.Values(w.names), func(a, b *Source) int {
		x, y := order[a.Name], order[b.Name]
		if x == 0 {
			x = len(order) + 1
		}
		if y == 0 {
			y = len(order) + 1
		}
		if x != y {
			return x - y
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, s := range own {
		add(s)
	}
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

var (
	callOf  = model.NewPattern(`^(\w+)\((.*)\)$`)
	monthOf = model.NewPattern(`^(?:(\d{4})-)?(\d{2})$`)
)

// byName gives the source of a name as Source.Name or Source.Label has it, nil for none.
func (w *words) byName(name string) *Source {
	name = strings.TrimSpace(name)
	for _, s := range w.all {
		if s.Name == name {
			return s
		}
	}
	for _, s := range w.all {
		if s.Label == name {
			return s
		}
	}
	if m := callOf.FindStringSubmatch(name); m != nil {
		switch m[1] {
		case "yesno":
			if s := w.byName(m[2]); s != nil {
				return yesNo(s)
			}
		case "dues":
			return w.duesOf(m[2])
		}
	}
	if field, value, ok := strings.Cut(name, "="); ok {
		if s := w.byName(field); s != nil && s.field != nil && slices.Contains(s.field.Choices, value) {
			return chosen(s, value)
		}
	}
	return w.names[key(name)]
}

// duesOf gives what was paid in a month (2026-01, or 01 of the form's year) or a year.
func (w *words) duesOf(period string) *Source {
	if w.kind.Name != mainKind {
		return nil
	}
	if m := monthOf.FindStringSubmatch(period); m != nil {
		year, month := atoi(m[1]), atoi(m[2])
		if month >= 1 && month <= 12 {
			return duesIn(year, month)
		}
		return nil
	}
	if year := atoi(period); year > 0 || period == "" {
		return duesIn(year, 0)
	}
	return nil
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
