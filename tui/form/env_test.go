package form_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui"
	"taizhang/tui/form"
	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

// desk is a ledger and the program that works on it.
type desk struct {
	*tuitest.Term
	t   *testing.T
	l   *store.Ledger
	app *ui.App
}

// source is a clock that stands at noon of a day, and the same randomness each time.
func source() *model.Source {
	now := time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)
	return &model.Source{Now: func() time.Time { return now }, Rand: rand.NewChaCha8([32]byte{7})}
}

// newLedger makes a ledger with one party group.
func newLedger(t *testing.T) *store.Ledger {
	t.Helper()
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), store.Home{
		Code: "990101001001", Name: "中共澄安县柳河镇清溪村支部委员会", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县",
	}, store.Options{Source: source(), By: "试"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// open starts the program at a form, in a terminal of w by h cells.
func open(t *testing.T, l *store.Ledger, w, h int, o ui.FormOf) *desk {
	t.Helper()
	r := tui.New(context.Background(), tui.Options{Ledger: l, NoColor: true})
	d := &desk{tuitest.Start(t, r, w, h), t, l, r.App()}
	d.openForm(o)
	return d
}

// openForm puts a form on top.
func (d *desk) openForm(o ui.FormOf) { d.Send(ui.Push{Screen: form.New(d.app, o)}) }

// add writes a record of texts as one would type them; of a ref the id.
func add(t *testing.T, l *store.Ledger, kind string, texts map[string]string) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		f := r.Kind.Field(name)
		if f.Target != "" {
			r.Set(name, text)
			continue
		}
		v, err := f.Type.Parse(f, text)
		if err != nil {
			t.Fatal(err)
		}
		r.Set(name, v)
	}
	s, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatalf("%s %v: %v", kind, texts, err)
	}
	return s.Records[0]
}

// member writes a full member.
func member(t *testing.T, l *store.Ledger, name string, more ...string) *model.Record {
	t.Helper()
	texts := map[string]string{"name": name, "sex": "男", "birth_date": "1970-03-05", "status": "正式党员",
		"joined_on": "1995-07-01", "confirmed_on": "1996-07-01"}
	for i := 0; i+1 < len(more); i += 2 {
		texts[more[i]] = more[i+1]
	}
	return add(t, l, "person", texts)
}

// all gives the records of a kind.
func (d *desk) all(kind string) []*model.Record {
	d.t.Helper()
	p, err := d.l.Page(context.Background(), store.Query{Kind: kind})
	if err != nil {
		d.t.Fatal(err)
	}
	return p.Records
}

// shows checks that texts are on the screen.
func (d *desk) shows(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, s := range texts {
		if !strings.Contains(screen, s) {
			d.t.Errorf("%q is not on the screen:\n%s", s, screen)
		}
	}
}

// hides checks that texts are not on the screen.
func (d *desk) hides(texts ...string) {
	d.t.Helper()
	screen := d.Screen()
	for _, s := range texts {
		if strings.Contains(screen, s) {
			d.t.Errorf("%q is on the screen:\n%s", s, screen)
		}
	}
}

// caret checks what stands before the cursor in its row, without spaces.
func (d *desk) caret(want string) {
	d.t.Helper()
	x, y, visible := d.Cursor()
	if !visible {
		d.t.Fatalf("the cursor is hidden:\n%s", d.Screen())
	}
	got := strings.TrimLeft(ui.Slice(d.Row(y), 0, x), " ")
	if got != strings.TrimLeft(want, " ") {
		d.t.Errorf("before the cursor stands %q, want %q", got, want)
	}
}

// goTo goes on by Tab until the field of the label has the focus.
func (d *desk) goTo(label string) {
	d.t.Helper()
	for range 60 {
		for row := range strings.SplitSeq(d.Screen(), "\n") {
			if strings.HasPrefix(row, ">") && strings.HasPrefix(strings.TrimLeft(row, ">* "), label+" ") || strings.TrimLeft(row, ">* ") == label && strings.HasPrefix(row, ">") {
				return
			}
		}
		d.Press("tab")
	}
	d.t.Fatalf("no field %s:\n%s", label, d.Screen())
}

// one gives the only record of a kind but those known.
func (d *desk) one(kind string, known ...*model.Record) *model.Record {
	d.t.Helper()
	var left []*model.Record
	for _, r := range d.all(kind) {
		old := false
		for _, k := range known {
			old = old || k.ID == r.ID
		}
		if !old {
			left = append(left, r)
		}
	}
	if len(left) != 1 {
		d.t.Fatalf("%d new records of %s:\n%s", len(left), kind, d.Screen())
	}
	return left[0]
}

// texts checks fields as a person reads them.
func (d *desk) texts(r *model.Record, want map[string]string) {
	d.t.Helper()
	for name, w := range want {
		if got := r.Text(name); got != w {
			d.t.Errorf("%s is %q, want %q", name, got, w)
		}
	}
}

// drafts gives the drafts on file.
func drafts(t *testing.T, l *store.Ledger) []store.Draft {
	t.Helper()
	all, err := l.Drafts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// waitDraft waits until a draft on file holds a text, at most half a second.
func waitDraft(t *testing.T, l *store.Ledger, text string) store.Draft {
	t.Helper()
	for end := time.Now().Add(500 * time.Millisecond); ; time.Sleep(10 * time.Millisecond) {
		for _, d := range drafts(t, l) {
			if bytes.Contains(d.Texts, []byte(text)) {
				return d
			}
		}
		if time.Now().After(end) {
			t.Fatalf("half a second after the last key %q stands in no draft", text)
		}
	}
}

func contains(s, part string) bool { return strings.Contains(s, part) }

// chosenRow gives the row of the open list that is chosen.
func (d *desk) chosenRow() (string, bool) {
	for row := range strings.SplitSeq(d.Screen(), "\n") {
		if _, entry, ok := strings.Cut(row, "│> "); ok {
			return entry, true
		}
	}
	return "", false
}
