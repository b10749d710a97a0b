package tui

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

// dice is a stream of bytes that is the same in every run.
type dice struct{ n, used int }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		if d.used == 0 {
			d.n++
		}
		sum := sha256.Sum256([]byte{byte(d.n), byte(d.n >> 8), byte(d.n >> 16)})
		p[i] = sum[d.used]
		d.used = (d.used + 1) % len(sum)
	}
	return len(p), nil
}

// fixedSource stands still on the morning of 31 October 2026.
func fixedSource() *model.Source {
	at := time.Date(2026, 10, 31, 9, 0, 0, 0, time.Local)
	return &model.Source{Now: func() time.Time { return at }, Rand: &dice{}}
}

var testHome = store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县"}

func newLedger(t testing.TB) *store.Ledger {
	t.Helper()
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), testHome, store.Options{Source: fixedSource()})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// countyProfile makes a county and gives the content of its county.json.
func countyProfile(t testing.TB) (path string) {
	t.Helper()
	res, err := county.Init(context.Background(), county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: t.TempDir(), Source: fixedSource()})
	if err != nil {
		t.Fatal(err)
	}
	return res.Profile
}

// peopleKind is the kind of person records.
const peopleKind = "person"

// addPerson puts a person on file.
func addPerson(t testing.TB, l *store.Ledger, set map[string]model.Value) *model.Record {
	t.Helper()
	rec, err := l.New(context.Background(), peopleKind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		rec.Set(name, v)
	}
	saved, err := l.Save(context.Background(), model.FromForm, rec)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Records[0]
}

// start runs the program over a ledger, with fakes for the form and the table; it is
// closed with the test.
func start(t testing.TB, o Options, w, h int) (*tuitest.Term, *Root) {
	t.Helper()
	return startWith(t, o, w, h, func(r *Root) {
		r.app.Form = func(*ui.App, ui.FormOf) ui.Screen { return &fake{title: "表单", unsaved: "王五的表单"} }
		r.app.Table = func(_ *ui.App, o ui.TableOf) ui.Screen { return &fake{title: "表格 " + o.Kind} }
	})
}

// startReal runs the program as it is, with the form and the table that people see.
func startReal(t testing.TB, o Options, w, h int) *tuitest.Term {
	t.Helper()
	tm, _ := startWith(t, o, w, h, func(*Root) {})
	return tm
}

// startWith runs the program as set leaves it.
func startWith(t testing.TB, o Options, w, h int, set func(*Root)) (*tuitest.Term, *Root) {
	t.Helper()
	if o.Source == nil {
		o.Source = fixedSource()
	}
	if o.Path == "" {
		o.Path = filepath.Join(t.TempDir(), "ledger.db")
		if o.Ledger != nil {
			o.Path = o.Ledger.Path()
		}
	}
	r := New(context.Background(), o)
	set(r)
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return tuitest.Start(t, r, w, h), r
}

// fake is a screen that does what its test tells it.
type fake struct {
	title, unsaved string
	onKey          func(string) tea.Cmd
	onMsg          func(tea.Msg) tea.Cmd
	view           func() string
	got            []string
	w, h           int
}

func (f *fake) Init() tea.Cmd    { return nil }
func (f *fake) Title() string    { return f.title }
func (f *fake) Unsaved() string  { return f.unsaved }
func (f *fake) Hints() []ui.Hint { return []ui.Hint{{Action: ui.Back, Label: "返回"}} }
func (f *fake) Help() []string   { return []string{"试验用的画面"} }

func (f *fake) SetSize(w, h int) { f.w, f.h = w, h }

func (f *fake) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if m.String() == "esc" {
			return ui.Do(ui.Pop{})
		}
		if f.onKey != nil {
			return f.onKey(m.String())
		}
	case note:
		f.got = append(f.got, string(m))
	default:
		if f.onMsg != nil {
			return f.onMsg(m)
		}
	}
	return nil
}

// note is a message that fakes send each other.
type note string

func (f *fake) View() (string, *tea.Cursor) {
	if f.view != nil {
		return f.view(), nil
	}
	return strings.Join(f.got, " "), nil
}

// overFake is a fake as an overlay.
type overFake struct{ fake }

func (f *overFake) Box(w, h int) (int, int) { return 30, 6 }

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
