package tui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// filled says what is typed into a kind's form where its rules ask for more than
// the required fields, or for something that can't be made up from the type.
var filled = map[string]map[string]string{
	"organization": {"code": "990101002", "name": "柳河镇试办党支部"},
	"person":       {"name": "赵小六", "birth_date": "19800105", "status": "正式党员", "joined_on": "20050701", "confirmed_on": "20060701"},
	"movement":     {"person": "张三", "kind": "处分", "penalty": "警告", "ground": "试填条款"},
	"admission":    {"person": "王五", "applied_on": "20260901"},
	"honor":        {"person": "张三"},
	"pledge":       {"person": "张三"},
	"goal":         {"responsible": "张三"},
	"pairing":      {"kind": "党员帮群众", "helper": "张三", "helped_name": "试填一户"},
}

// template is a ledger with the records that others must refer to, made once and
// copied for every kind.
var template = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "taizhang-tui-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "ledger.db")
	l, err := book.Create(context.Background(), path, sample.Home, store.Options{Source: sample.Source(), By: "试"})
	if err != nil {
		return "", err
	}
	var made []*model.Record
	add := func(kind string, set map[string]model.Value) {
		rec, e := l.New(context.Background(), kind)
		if err != nil || e != nil {
			err = e
			return
		}
		for name, v := range set {
			rec.Set(name, v)
		}
		saved, e := l.Save(context.Background(), model.FromForm, rec)
		if e != nil {
			err = fmt.Errorf("%s: %w", kind, e)
			return
		}
		made = append(made, saved.Records[0])
	}
	add("person", map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1970-03-05", "status": "正式党员", "joined_on": "1995-07-01", "confirmed_on": "1996-07-01", "phone": "10012345678"})
	add("person", map[string]model.Value{"name": "李四", "sex": "女", "birth_date": "1995-03-05", "status": "入党积极分子"})
	add("person", map[string]model.Value{"name": "王五", "sex": "男", "birth_date": "1996-03-05", "status": "入党申请人"})
	if err == nil {
		add("admission", map[string]model.Value{"person": made[1].ID, "applied_on": "2025-03-01", "activist_on": "2025-10-01"})
	}
	if e := l.Close(); err == nil {
		err = e
	}
	return path, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := template(); err == nil {
		if err := os.RemoveAll(filepath.Dir(path)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// copyOfTemplate opens a copy of the template, a minute later.
func copyOfTemplate(t *testing.T) *store.Ledger {
	t.Helper()
	from, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(path, []byte(sample.Read(t, from)), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 10, 31, 9, 1, 0, 0, time.Local)
	l, err := book.Open(context.Background(), path, store.Options{Source: &model.Source{Now: func() time.Time { return at }, Rand: sample.NewDice(1000)}, By: "试"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// desk is the program at one kind's table.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	k    *model.Kind
	mark *model.Field // the text field by which the record is known again
}

// The text that is typed into the field mark, and what a change adds to it.
const markText, markMore = "甲乙丙丁", "改"

// formFields are the kind's fields in the order of its form.
func formFields(k *model.Kind) []*model.Field {
	var all []*model.Field
	for _, s := range k.FormSections() {
		all = append(all, s.Fields...)
	}
	return all
}

func TestEveryKindFromNewToUndo(t *testing.T) {
	for _, k := range party.Kinds.Kinds() {
		t.Run(k.Name, func(t *testing.T) {
			t.Parallel()
			l := copyOfTemplate(t)
			r := New(context.Background(), Options{Ledger: l, Path: l.Path(), Kind: k.Name})
			t.Cleanup(func() {
				if err := r.Close(); err != nil {
					t.Error(err)
				}
			})
			d := &desk{Term: tuitest.Start(t, r, 80, 24), t: t, l: l, k: k, mark: markOf(k)}
			before := d.count()
			d.Press("f2")
			d.fill()
			d.Press("f2")
			if n := d.count(); n != before+1 {
				t.Fatalf("%d records after saving, want %d:\n%s", n, before+1, d.Screen())
			}
			d.dismiss()
			d.aligned()
			d.change()
			d.find()
			d.Press("f8", "down", "enter")
			if n := d.count(); n != before {
				t.Fatalf("%d records after deleting, want %d:\n%s", n, before, d.Screen())
			}
			d.Press("ctrl+z")
			if n := d.count(); n != before+1 {
				t.Fatalf("%d records after undoing, want %d:\n%s", n, before+1, d.Screen())
			}
			d.WaitFor("共 1 条")
		})
	}
}

// markOf chooses a free text field; a note for preference, since no rule reads it.
func markOf(k *model.Kind) *model.Field {
	var text *model.Field
	for _, f := range k.Fields() {
		if _, given := filled[k.Name][f.Name]; given {
			continue
		}
		switch {
		case f.Type == model.TypeNote:
			return f
		case f.Type == model.TypeText && (text == nil || !f.Required):
			text = f
		}
	}
	return text
}

func (d *desk) count() int {
	d.t.Helper()
	n, err := d.l.Count(context.Background(), store.Query{Kind: d.k.Name})
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

// fill goes through the new form in the order of the declaration and fills in what
// must be, what the kind's rules ask for, and the field mark. On its way every
// label must be seen whole, or cut with an ellipsis.
func (d *desk) fill() {
	d.t.Helper()
	soFar, err := d.l.New(context.Background(), d.k.Name)
	if err != nil {
		d.t.Fatal(err)
	}
	first := true
	for _, f := range formFields(d.k) {
		if f.Shown != nil && !f.Shown(soFar) {
			continue
		}
		if !first {
			d.Press("tab")
		}
		first = false
		d.labelled(f)
		if text := d.textFor(f); text != "" {
			d.Type(text)
			if f.Target == "" {
				v, err := f.Type.Parse(f, text)
				if err != nil {
					d.t.Fatal(err)
				}
				soFar.Set(f.Name, v)
			}
		}
	}
}

// dismiss closes the box in which a message stands that is too long for its line.
func (d *desk) dismiss() {
	d.t.Helper()
	if strings.Contains(d.Screen(), "> 知道了") {
		d.Press("enter")
	}
}

// textFor gives what to type into a field, "" to pass over it.
func (d *desk) textFor(f *model.Field) string {
	d.t.Helper()
	if text, ok := filled[d.k.Name][f.Name]; ok {
		return text
	}
	if f == d.mark {
		return markText
	}
	if !f.Required || f.Default != "" {
		return ""
	}
	switch f.Type {
	case model.TypeText, model.TypeNote:
		return "试填" + f.Label
	case model.TypeChoice, model.TypeChoices:
		return f.Choices[0]
	case model.TypeDate:
		return "20261020"
	case model.TypeMonth:
		return "202609"
	case model.TypeYear:
		return "2026"
	case model.TypeInt:
		return "3"
	case model.TypeMoney:
		return "12.5"
	case model.TypeRef, model.TypeRefs:
		return d.target(f)
	}
	d.t.Fatalf("%s.%s: no text for its type", d.k.Name, f.Name)
	return ""
}

// target gives the label of a record that a ref can take.
func (d *desk) target(f *model.Field) string {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: f.Target, Limit: 1})
	if err != nil || len(p.Records) == 0 {
		d.t.Fatalf("%s.%s: nothing to refer to (%v)", d.k.Name, f.Name, err)
	}
	labels, err := d.l.Labels(context.Background(), f.Target, []string{p.Records[0].ID})
	if err != nil {
		d.t.Fatal(err)
	}
	return labels[p.Records[0].ID]
}

// labelled checks the label of the field that has the focus.
func (d *desk) labelled(f *model.Field) {
	d.t.Helper()
	for _, row := range strings.Split(d.Screen(), "\n") {
		for _, mark := range []string{">*", "> "} {
			_, rest, ok := strings.Cut(row, mark)
			if !ok {
				continue
			}
			shown, _, _ := strings.Cut(rest, "  ")
			if shown == f.Label || strings.HasSuffix(shown, "…") && strings.HasPrefix(f.Label, strings.TrimSuffix(shown, "…")) {
				return
			}
		}
	}
	d.t.Errorf("the label %s is not beside the field with the focus:\n%s", f.Label, d.Screen())
}

// change opens the record, adds to the field mark and saves.
func (d *desk) change() {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: d.k.Name, Find: markText})
	if err != nil || len(p.Records) != 1 {
		d.t.Fatalf("%d records have the mark, %v", len(p.Records), err)
	}
	d.Press("f3")
	for _, f := range d.k.Fields() {
		if f == d.mark {
			break
		}
		if f.Shown == nil || f.Shown(p.Records[0]) {
			d.Press("tab")
		}
	}
	d.labelled(d.mark)
	d.Press("end")
	d.Type(markMore)
	d.Press("ctrl+s")
	d.dismiss()
	p, err = d.l.Page(context.Background(), store.Query{Kind: d.k.Name, Find: markText + markMore})
	if err != nil || len(p.Records) != 1 || p.Records[0].Text(d.mark.Name) != markText+markMore {
		d.t.Fatalf("after changing %s: %d records, %v:\n%s", d.mark.Label, len(p.Records), err, d.Screen())
	}
}

// find types what only the new record has.
func (d *desk) find() {
	d.t.Helper()
	d.Type(markText)
	d.WaitFor("共 1 条")
}

// aligned checks the table: every label of the header stands whole or is cut with
// an ellipsis, and in each row below it a column begins or ends where it does.
func (d *desk) aligned() {
	d.t.Helper()
	known := map[string]bool{}
	for _, f := range d.k.Fields() {
		known[f.Label] = true
	}
	for _, v := range d.k.Derived {
		known[v.Label+"*"] = true
	}
	rows := strings.Split(d.Screen(), "\n")
	const header = 3
	for _, c := range columnsOf(rows[header]) {
		if !known[c.text] && !strings.HasSuffix(c.text, "…") {
			d.t.Errorf("%q in the header is no column's label:\n%s", c.text, d.Screen())
		}
		for _, row := range rows[header+1 : len(rows)-2] {
			if row != "" && !blank(row, c.from-1) && !blank(row, c.to) {
				d.t.Errorf("column %s runs into another in %q:\n%s", c.text, row, d.Screen())
			}
		}
	}
}

// span is a piece of a row between gaps of two spaces or more, in cells.
type span struct {
	text     string
	from, to int
}

func columnsOf(row string) []span {
	var all []span
	x := 0
	for row != "" {
		text, rest, _ := strings.Cut(row, "  ")
		if trimmed := strings.TrimSpace(text); trimmed != "" {
			from := x + ui.Width(text) - ui.Width(strings.TrimLeft(text, " "))
			all = append(all, span{trimmed, from, from + ui.Width(trimmed)})
		}
		x += ui.Width(text) + 2
		row = rest
	}
	return all
}

// blank reports whether a cell of a row is empty.
func blank(row string, x int) bool { return x >= ui.Width(row) || ui.Slice(row, x, x+1) == " " }
