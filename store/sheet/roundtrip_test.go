package sheet_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

// filler makes records of any kind from its declaration alone.
type filler struct {
	l    *store.Ledger
	ids  map[string][]string // what refs may point to, by kind
	name map[string]string
}

// value gives the n-th made-up value of a field; at is the field's place in the
// form, so that dates run forward through it.
func (f *filler) value(field *model.Field, n, at int) model.Value {
	switch field.Type {
	case model.TypeText:
		return fmt.Sprintf("%s%d号\uff08甲\uff09, \"引\"", field.Label, n+1)
	case model.TypeNote:
		return fmt.Sprintf("=1+%d\n第二行;有分号\n\n-末行", n)
	case model.TypePhone:
		return fmt.Sprintf("1001234%04d", n)
	case model.TypeIDNumber:
		return idNumber("19700315", 100+2*n)
	case model.TypeDate:
		return string(model.Date("2020-01-01").AddDays(10*at + n))
	case model.TypeMonth:
		return string(model.Month("2020-01").Add(n))
	case model.TypeYear:
		return int64(2020 + n)
	case model.TypeInt:
		return max(field.Min, min(int64(7+n), max(field.Max, 20)))
	case model.TypeMoney:
		return int64(123456 + n)
	case model.TypeBool:
		return n%2 == 0
	case model.TypeChoice:
		return field.Choices[n%len(field.Choices)]
	case model.TypeChoices:
		return []string{field.Choices[0], field.Choices[len(field.Choices)-1]}
	case model.TypeOrgCode:
		return f.l.Home().Str("code")
	}
	return f.link(field, n)
}

func (f *filler) link(field *model.Field, n int) model.Value {
	ids := f.ids[field.Target]
	if len(ids) == 0 {
		return nil
	}
	switch field.Type {
	case model.TypeRef:
		return ids[n%len(ids)]
	case model.TypeRefs:
		return slices.Clone(ids)
	}
	marks := make([]model.Mark, len(ids))
	for i, id := range ids {
		marks[i] = model.Mark{Target: id, State: field.Choices[(i+n)%len(field.Choices)]}
	}
	return marks
}

// record makes a record; with every set all fields are filled, else those required.
func (f *filler) record(k *model.Kind, n int, every bool) *model.Record {
	r := model.NewRecord(k)
	r.Names = f.name
	for at, field := range k.Fields() {
		if every || field.Required {
			r.Set(field.Name, f.value(field, n, at))
		}
	}
	return r
}

// newFiller puts records on file of every kind that others refer to. Two persons
// have the same name.
func newFiller(t *testing.T, l *store.Ledger) *filler {
	t.Helper()
	f := &filler{l: l, ids: map[string][]string{}, name: map[string]string{}}
	f.ids["organization"] = []string{l.Home().ID}
	for i, birth := range []string{"1970-03-15", "1960-01-02", "1980-08-08"} {
		f.ids["person"] = append(f.ids["person"], mustSave(t, l, "person", "name", []string{"张三", "李四", "张三"}[i], "sex", "男", "status", "群众", "birth_date", birth).ID)
	}
	for range 3 { // kinds refer to kinds that refer to others
		for _, k := range l.Kinds().Kinds() {
			if len(f.ids[k.Name]) > 0 || len(l.Kinds().Referrers(k.Name)) == 0 {
				continue
			}
			for _, every := range []bool{false, true} { // rules may want more than what is required
				saved, err := l.Save(t.Context(), model.FromSheet, f.record(k, 0, every))
				if err == nil {
					f.ids[k.Name] = []string{saved.Records[0].ID}
					break
				}
			}
		}
	}
	for kind, ids := range f.ids {
		labels, err := l.Labels(t.Context(), kind, ids)
		if err != nil {
			t.Fatal(err)
		}
		for id, label := range labels {
			f.name[id] = label
		}
	}
	return f
}

func TestWhatIsWrittenCanBeRead(t *testing.T) {
	l := mustCreate(t)
	f := newFiller(t, l)
	for _, k := range l.Kinds().Kinds() {
		if len(l.Kinds().Referrers(k.Name)) > 0 && len(f.ids[k.Name]) == 0 {
			t.Errorf("no record of %s to refer to", k.Name)
		}
		t.Run(k.Name, func(t *testing.T) {
			var records []*model.Record
			for n := range 3 {
				records = append(records, f.record(k, n, n < 2))
			}
			columns := []string(nil)
			if len(k.Derived) > 0 { // computed columns are passed over in reading
				for _, field := range k.Fields() {
					columns = append(columns, field.Name)
				}
				columns = append(columns, k.Derived[0].Name)
			}
			table := sheet.Table{Title: "青石沟村党支部", Kind: k, Columns: columns, Records: records, ShowIDs: true, Env: l.Env(t.Context())}
			dir := t.TempDir()
			for _, c := range []struct {
				path  string
				write func(string) error
			}{
				{filepath.Join(dir, "a.xlsx"), func(p string) error { return sheet.WriteXLSX(t.Context(), p, table) }},
				{filepath.Join(dir, "a.csv"), func(p string) error { return sheet.WriteCSV(t.Context(), p, table, true) }},
				{filepath.Join(dir, "b.csv"), func(p string) error { return sheet.WriteCSV(t.Context(), p, table, false) }},
			} {
				if err := c.write(c.path); err != nil {
					t.Fatal(err)
				}
				compare(t, mustRead(t, l, k.Name, c.path, sheet.ReadOptions{}), records)
			}
		})
	}
}

func compare(t *testing.T, p *sheet.Plan, want []*model.Record) {
	t.Helper()
	if len(p.Rows) != len(want) {
		t.Fatalf("%s: %d rows, want %d", filepath.Base(p.File), len(p.Rows), len(want))
	}
	for _, c := range p.Columns {
		if c.Field == nil && c.Why != "由程序计算,不用读入" {
			t.Errorf("%s: column %s: %s", filepath.Base(p.File), c.Heading, c.Why)
		}
	}
	for i, r := range p.Rows {
		for _, name := range model.Diff(r.Record, want[i]) {
			t.Errorf("%s row %d: %s is %#v, want %#v (%s)", filepath.Base(p.File), r.Number, name, r.Record.Get(name), want[i].Get(name), r.Reason)
		}
	}
}

func TestTemplatesCanBeFilledIn(t *testing.T) {
	l := mustCreate(t)
	for _, k := range l.Kinds().Kinds() {
		path := filepath.Join(t.TempDir(), k.Name+".xlsx")
		if err := sheet.Template(t.Context(), k, path); err != nil {
			t.Fatal(err)
		}
		_, err := sheet.Read(t.Context(), l, k, path, sheet.ReadOptions{})
		wantError(t, err, "E-SHEET-EMPTY", "只有表头")
	}
}
