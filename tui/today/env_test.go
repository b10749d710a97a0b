package today_test

import (
	"context"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
)

// desk is the program on a village's ledger; it counts the keys pressed. What is typed
// of names, topics and the like is not counted.
type desk struct {
	*tuitest.Term
	t    *testing.T
	l    *store.Ledger
	keys int
}

func start(t *testing.T, l *store.Ledger, w, h int, ascii bool) *desk {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, NoColor: true, ASCII: ascii})
	return &desk{Term: sample.StartReal(t, r, w, h), t: t, l: l}
}

// Press presses keys and counts them.
func (d *desk) Press(keys ...string) {
	d.t.Helper()
	d.keys += len(keys)
	d.Term.Press(keys...)
}

// spent fails when more keys were pressed than a deed may cost.
func (d *desk) spent(what string, most int) {
	d.t.Helper()
	d.t.Logf("%s: %d keys, at most %d", what, d.keys, most)
	if d.keys > most {
		d.t.Errorf("%s took %d keys, at most %d are allowed", what, d.keys, most)
	}
}

func (d *desk) shows(texts ...string) {
	d.t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, d.Screen())
		}
	}
}

// names are the members of the village.
var names = []string{"王大山", "李二河", "赵三江", "钱四海", "孙五湖", "周六平", "吴七安", "郑八顺", "冯九和", "陈十全"}

// village makes a ledger with the members, and gives their ids by name.
func village(t *testing.T) (*store.Ledger, map[string]string) {
	t.Helper()
	l := sample.NewLedger(t)
	ids := map[string]string{}
	for _, n := range names {
		p := sample.AddPerson(t, l, map[string]model.Value{"name": n, "sex": "男", "birth_date": "1970-03-02",
			"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
		ids[n] = p.ID
	}
	return l, ids
}

// put writes a record.
func put(t *testing.T, l *store.Ledger, kind string, set map[string]model.Value) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		r.Set(name, v)
	}
	s, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return s.Records[0]
}

// all gives the records of a kind that meet conditions.
func (d *desk) all(kind string, conds ...model.Cond) []*model.Record {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: kind, Conds: conds})
	if err != nil {
		d.t.Fatal(err)
	}
	return p.Records
}
