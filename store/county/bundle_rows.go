package county

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

const (
	severityError   = "error"
	severityWarning = "warning"
)

// bundleRows are the records of one bundle, those that fail included.
type bundleRows struct {
	b     *bundle.Bundle
	kinds *model.Catalog
	home  *model.Kind // the kind of organisations
	org   bundle.Organization
	all   map[string][]*model.Record          // by kind, in the order of the bundle
	byID  map[string]map[string]*model.Record // by kind and id
	aside map[*model.Record]bool
	found []Problem
	// labels keeps what label gave. Set aside or emptied later, a record is still
	// called what it was.
	labels map[*model.Record]string

	kept    map[string][]*model.Record // what goes in, by kind, once that is settled
	digests map[string]digests
	// findable is what these are found by, nil where it was not made ahead.
	findable map[*model.Record]*store.Found
}

func newRows(r *reception) *bundleRows {
	return &bundleRows{b: r.b, kinds: r.l.Kinds(), home: r.l.Home().Kind, org: r.b.Package.Taizhang.Organization,
		all: map[string][]*model.Record{}, byID: map[string]map[string]*model.Record{}, aside: map[*model.Record]bool{}, labels: map[*model.Record]string{}}
}

// read reads every table. The error refuses the bundle: a table that can't be read,
// or a row of another organisation.
func (w *bundleRows) read() error {
	for _, k := range w.kinds.Kinds() {
		w.byID[k.Name] = map[string]*model.Record{}
		if w.b.Resource(k.Name) == nil {
			continue
		}
		if err := w.readKind(k); err != nil {
			return err
		}
	}
	for _, k := range w.kinds.Kinds() {
		for _, f := range k.Fields() {
			if f.Linked() && w.b.Resource(k.Name+"_"+f.Name) != nil {
				if err := w.readLinks(k, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// columns gives where a table's columns stand, by name.
func columns(r *bundle.Resource) map[string]int {
	at := map[string]int{}
	for i, name := range r.Header() {
		at[name] = i
	}
	return at
}

func (w *bundleRows) readKind(k *model.Kind) error {
	at := columns(w.b.Resource(k.Name))
	for row, err := range w.b.Rows(k.Name) {
		if err != nil {
			return err
		}
		r := model.NewRecord(k)
		r.ID, r.OrgID = row[at["id"]], row[at["org_id"]]
		if r.OrgID != w.org.ID {
			return refused("E-FOREIGN-ROW", func(v voice) string {
				return "报送包里有别的党组织的" + k.Title + "记录,没有接收;" + v.ask("用自己的台账重新导出")
			})
		}
		r.CreatedAt, r.UpdatedAt, r.DeletedAt = row[at["created_at"]], row[at["updated_at"]], row[at["deleted_at"]]
		faults := w.meta(r, row[at["rev"]])
		for _, f := range k.Fields() {
			i, there := at[f.Name]
			if f.Linked() || !there {
				continue
			}
			if p, ok := w.value(r, f, row[i]); !ok {
				faults = append(faults, p)
			}
		}
		w.all[k.Name] = append(w.all[k.Name], r)
		w.byID[k.Name][r.ID] = r
		for _, p := range faults {
			w.setAside(r, p)
		}
	}
	return nil
}

var idForm = model.NewPattern(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// meta checks what stands before a kind's own columns.
func (w *bundleRows) meta(r *model.Record, rev string) (faults []Problem) {
	bad := func(what string) {
		faults = append(faults, Problem{Code: "E-TYPE", Message: what + "不对,这条记录没有收入;请在村里打开这条记录重新保存一次,再导出"})
	}
	if !idForm.MatchString(r.ID) {
		bad("记录的编号")
	}
	times := []string{r.CreatedAt, r.UpdatedAt}
	if r.DeletedAt != "" {
		times = append(times, r.DeletedAt)
	}
	if slices.ContainsFunc(times, func(s string) bool { return !soundStamp(s) }) {
		bad("登记、修改或删除的时间")
	}
	n, err := strconv.ParseInt(rev, 10, 64)
	if err != nil || n < 1 || n > maxRevision {
		bad("修订号")
	}
	r.Rev = n
	return faults
}

// value reads one value. One that does not fit is left empty, so that nothing else
// of the program ever meets it.
func (w *bundleRows) value(r *model.Record, f *model.Field, text string) (Problem, bool) {
	v, err := f.Type.ParseCSV(f, text)
	if err == nil && v != nil {
		err = f.Type.Check(f, v)
	}
	if err == nil {
		r.Set(f.Name, v)
		return Problem{}, true
	}
	p := Problem{Field: f.Name, Code: "E-TYPE", Message: f.Label + "的内容不对,请改正"}
	var known *model.Error
	if errors.As(err, &known) {
		p.Code, p.Message = known.Code, known.Message
	}
	p.Message = model.Clean(p.Message, false)
	return p, false
}

func (w *bundleRows) readLinks(k *model.Kind, f *model.Field) error {
	table := k.Name + "_" + f.Name
	at := columns(w.b.Resource(table))
	state, marks := at["state"]
	for row, err := range w.b.Rows(table) {
		if err != nil {
			return err
		}
		r := w.byID[k.Name][row[at["record_id"]]]
		target := row[at["target_id"]]
		switch {
		case r == nil:
			w.say(Problem{Kind: k.Name, ID: row[at["record_id"]], Field: f.Name, Code: "E-REF", Severity: severityError,
				Effect: Emptied, Message: f.Label + "里有一行所属的记录不在报送包里,这一行没有收入"})
		case marks && !slices.Contains(f.Choices, row[state]):
			w.setAside(r, Problem{Field: f.Name, Code: "E-CHOICE", Message: f.Label + "里没有“" + model.Shown(row[state]) + "”这个状态,请从列表里选"})
		case marks:
			r.Set(f.Name, append(r.Roll(f.Name), model.Mark{Target: target, State: row[state]}))
		default:
			r.Set(f.Name, append(r.List(f.Name), target))
		}
	}
	return nil
}

// setAside keeps a record out and says why.
func (w *bundleRows) setAside(r *model.Record, p Problem) {
	p.Kind, p.ID, p.Severity, p.Effect = r.Kind.Name, r.ID, severityError, SetAside
	if w.aside[r] {
		p.Effect = "" // counted once
	}
	w.aside[r] = true
	if !idForm.MatchString(r.ID) {
		p.Label = w.label(r, 0)
	}
	w.say(p)
}

// say notes a problem. An id that is none stays out of it: it may be any text.
func (w *bundleRows) say(p Problem) {
	if !idForm.MatchString(p.ID) {
		p.ID = ""
	}
	w.found = append(w.found, p)
}

// final gives the records that go in, with their digests. Nothing of them may change from
// then on.
func (w *bundleRows) final() (map[string][]*model.Record, map[string]digests) {
	if w.kept == nil {
		w.kept = w.good()
		w.digests = digestAll(w.kinds, w.kept)
	}
	return w.kept, w.digests
}

// good gives the records that go in.
func (w *bundleRows) good() map[string][]*model.Record {
	kept := map[string][]*model.Record{}
	for kind, rs := range w.all {
		for _, r := range rs {
			if !w.aside[r] {
				kept[kind] = append(kept[kind], r)
			}
		}
	}
	return kept
}

// checkHome wants the organisation's own record, since every other belongs to it.
func (w *bundleRows) checkHome() error {
	home := w.byID[w.home.Name][w.org.ID]
	switch {
	case home == nil || w.aside[home] || home.DeletedAt != "":
		return refused("E-HOME", func(v voice) string {
			return "报送包里没有本党组织自己的记录,或者它有错误,没有接收;" + v.ask("改正后重新导出")
		})
	case home.Str(fieldCode) != w.org.Code:
		code, inside := w.org.Code, model.Shown(home.Str(fieldCode))
		return refused("E-HOME", func(v voice) string {
			return "报送包的组织代码 " + code + " 与里面党组织记录的代码 " + inside + " 不一致,没有接收;" + v.ask("核对后重新导出")
		})
	}
	return nil
}

// foundDepth is how deep labels are made of labels in what a record is found by.
const foundDepth = 2

// makeFindable makes what the records that go in are found by, from what the bundle holds:
// all that a label of theirs is made of stands in it.
func (w *bundleRows) makeFindable() {
	w.findable = map[*model.Record]*store.Found{}
	finder := store.NewFinder()
	for _, k := range w.kinds.Kinds() {
		if namedByCode(k) {
			continue
		}
		for _, r := range w.kept[k.Name] {
			w.nameLabel(r, foundDepth)
			w.findable[r] = finder.FoundBy(r)
		}
	}
	for _, rs := range w.all {
		for _, r := range rs {
			r.Names = nil // nobody asks for them any more
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

// tables compares the description of the tables with the kinds of this program. An
// older program may know fewer kinds and columns; one of the same schema may not.
func (r *reception) tables() error {
	return r.tablesAre(bundle.Resources(r.l.Kinds(), r.l.Home().Kind.Name))
}

// tablesAre compares the description of the tables with those that are wanted.
func (r *reception) tablesAre(want []bundle.Resource) error {
	known := map[string]bool{}
	older := r.b.Package.Taizhang.Schema < model.SchemaVersion
	for _, w := range want {
		known[w.Name] = true
		have := r.b.Resource(w.Name)
		if have == nil {
			if older {
				continue
			}
			return r.table("没有%s(%s)", w.Title, w.Name)
		}
		if !slices.Equal(have.Schema.PrimaryKey, w.Schema.PrimaryKey) {
			return r.table("%s(%s)的结构不对", w.Title, w.Name)
		}
		columns := have.Header()
		for _, f := range w.Schema.Fields {
			required := f.Constraints != nil && f.Constraints.Required
			if !slices.Contains(columns, f.Name) && (!older || required) {
				return r.table("%s(%s)缺少“%s”一列", w.Title, w.Name, f.Title)
			}
		}
		for _, c := range columns {
			if !slices.Contains(w.Header(), c) {
				r.in.Unknown = append(r.in.Unknown, w.Name+"."+c)
			}
		}
	}
	for _, have := range r.b.Package.Resources {
		if !known[have.Name] {
			return r.refuse("E-TABLE", func(v voice) string {
				return "报送包里有" + v.either("本程序", v.Here()+"的程序") + "不认识的表 " + have.Name + "," +
					v.either("请更新本程序,或让"+v.There+"重新导出", "请打电话告诉"+v.Caller)
			})
		}
	}
	return nil
}

// table refuses a bundle for one of its tables.
func (r *reception) table(format string, args ...any) error {
	return r.refuse("E-TABLE", func(v voice) string {
		return "报送包里" + fmt.Sprintf(format, args...) + "," + v.ask("重新导出")
	})
}
