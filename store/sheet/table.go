package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"taizhang/model"
)

// Table is what is written to a sheet.
type Table struct {
	Title   string // the organisation's name; stands above the table with the kind's title
	Kind    *model.Kind
	Columns []string // fields and derived values; nil for every field
	Records []*model.Record
	ShowIDs bool // write ID numbers and phones whole
	Env     *model.Env
	// Orgs are what the organisations are called whose records these are, by id: in a
	// county's ledger, where each record is told whose it is in the second column.
	Orgs map[string]string
}

// OrgHeading is the heading of the column that tells whose a record is.
const OrgHeading = "单位"

// Org tells whose record it is.
func (t *Table) Org(r *model.Record) string { return t.Orgs[r.OrgID] }

// maxCell is how many UTF-16 units a spreadsheet's cell may hold.
const maxCell = 32767

// outColumn is one column of a table to be written: a field or a derived value.
type outColumn struct {
	heading string
	field   *model.Field
	derived *model.Derived
}

func (t *Table) columns() ([]outColumn, error) {
	names := t.Columns
	if names == nil {
		for _, f := range t.Kind.Fields() {
			names = append(names, f.Name)
		}
	}
	columns := make([]outColumn, 0, len(names))
	for _, name := range names {
		if f := t.Kind.Field(name); f != nil {
			columns = append(columns, outColumn{heading: heading(t.Kind, f), field: f})
			continue
		}
		d := t.Kind.DerivedValue(name)
		if d == nil {
			return nil, fmt.Errorf("kind %s has no column %q", t.Kind.Name, name)
		}
		columns = append(columns, outColumn{heading: d.Label, derived: d})
	}
	if len(columns) == 0 {
		return nil, fmt.Errorf("table of %s without columns", t.Kind.Name)
	}
	if t.Orgs != nil {
		whose := &model.Derived{Label: OrgHeading, Value: func(_ *model.Env, r *model.Record) string { return t.Org(r) }}
		columns = slices.Insert(columns, 1, outColumn{heading: OrgHeading, derived: whose})
	}
	return columns, nil
}

// value gives a cell's content: string, time.Time, float64 or int64.
func (t *Table) value(c outColumn, r *model.Record, name model.Namer) any {
	if c.derived != nil {
		return model.Clean(c.derived.Value(t.Env, r), true)
	}
	if m, ok := c.field.Type.(model.Masker); ok && !t.ShowIDs {
		return m.Mask(r.Str(c.field.Name))
	}
	v := c.field.Type.Cell(c.field, r.Get(c.field.Name), name)
	if s, ok := v.(string); ok {
		return model.Clean(s, true)
	}
	return v
}

// text writes a cell's content as a CSV field.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return fmt.Sprint(v)
}

// fits tells whether a text of a record has room in a cell; excelize would cut it off.
func fits(s string, c outColumn, r *model.Record) error {
	if len(s) > maxCell && len(utf16.Encode([]rune(s))) > maxCell {
		return model.Errorf("E-SHEET-CELL", "%s“%s”的“%s”有 %d 个字,表格里一格最多放 %d 个字;请打开这条记录改短,或去掉这一列再导出",
			r.Kind.Title, model.Shown(r.Label()), c.heading, utf8.RuneCountInString(s), maxCell)
	}
	return nil
}

// namers tells records of one name apart: where two persons are called 张三, each is
// written with the birth date behind the name, so that the sheet can be read in
// again.
type namers struct{ extra map[string]string }

func (t *Table) namers(columns []outColumn) (*namers, error) {
	n := &namers{extra: map[string]string{}}
	if t.Env == nil || t.Env.Look == nil || t.Env.Kinds == nil {
		return n, nil
	}
	byTarget := map[string]map[string]bool{}
	for _, c := range columns {
		if c.field == nil || c.field.Target == "" {
			continue
		}
		names := byTarget[c.field.Target]
		if names == nil {
			names = map[string]bool{}
			byTarget[c.field.Target] = names
		}
		for _, r := range t.Records {
			for _, id := range model.Targets(r.Get(c.field.Name)) {
				names[r.Name(id)] = true
			}
		}
	}
	for target, names := range byTarget {
		if err := n.tellApart(t.Env, target, names); err != nil {
			return nil, fmt.Errorf("names of %s: %w", target, err)
		}
	}
	return n, nil
}

func (n *namers) tellApart(env *model.Env, target string, names map[string]bool) error {
	k := env.Kinds.Kind(target)
	if k == nil || len(k.Label) != 1 || k.Field(k.Label[0]).Type != model.TypeText {
		return nil
	}
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	for part := range slices.Chunk(list, 200) {
		found, err := env.Look.Find(target, model.Where(k.Label[0], model.In, part...))
		if err != nil {
			return err
		}
		groups := map[string][]*model.Record{}
		for _, r := range found {
			key := model.Fold(r.Str(k.Label[0]))
			groups[key] = append(groups[key], r)
		}
		for _, same := range groups {
			if len(same) < 2 {
				continue
			}
			for i, rem := range remark(k, same) {
				if rem != "" {
					n.extra[same[i].ID] = "(" + rem + ")"
				}
			}
		}
	}
	return nil
}

// of gives the namer of one record.
func (n *namers) of(r *model.Record) model.Namer {
	return func(id string) string {
		name := r.Name(id)
		if name == "" {
			return ""
		}
		return name + n.extra[id]
	}
}
