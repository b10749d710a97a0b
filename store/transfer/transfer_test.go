package transfer_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/transfer"
)

func TestMain(m *testing.M) {
	transfer.Cheap()
	os.Exit(m.Run())
}

// village is a made-up ledger on a made-up day.
type village struct {
	t *testing.T
	l *store.Ledger
}

func newVillage(t *testing.T, code, name string, seed byte) *village {
	t.Helper()
	day := time.Date(2026, 10, 20, 9, 0, 0, 0, time.Local)
	source := &model.Source{Now: func() time.Time { return day }, Rand: rand.NewChaCha8([32]byte{seed})}
	home := store.Home{Code: code, Name: name, Kind: "党支部", Domain: "行政村", FirstMonth: "2026-09"}
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return &village{t, l}
}

func (v *village) save(how model.Origin, kind string, pairs ...any) *model.Record {
	v.t.Helper()
	r, err := v.l.New(v.t.Context(), kind)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		r.Set(pairs[i].(string), pairs[i+1])
	}
	if _, err := v.l.Save(v.t.Context(), how, r); err != nil {
		v.t.Fatalf("%s: %v", kind, err)
	}
	return r
}

// member puts one on file who was there when the book began.
func (v *village) member(name, number string) *model.Record {
	v.t.Helper()
	p := v.save(model.FromSheet, "person", "name", name, "sex", "男", "id_number", number, "status", "正式党员", "birth_date", "1970-03-15",
		"joined_on", "1995-07-01", "confirmed_on", "1996-07-01", "monthly_dues", int64(50))
	return p
}

func (v *village) find(kind string, conds ...model.Cond) []*model.Record {
	v.t.Helper()
	all, err := v.l.Env(v.t.Context()).Look.Find(kind, conds...)
	if err != nil {
		v.t.Fatal(err)
	}
	return all
}

func (v *village) out(p *model.Record, day string, more ...any) {
	v.t.Helper()
	v.save(model.FromForm, "movement", append([]any{"person", p.ID, "kind", "转出", "happened_on", day, "to_org", "南塘村党支部", "to_code", "990101001002"}, more...)...)
}

// hand writes the package of some and opens it.
func (v *village) hand(persons ...*model.Record) (*transfer.Package, transfer.Written) {
	v.t.Helper()
	ids := make([]string, len(persons))
	for i, p := range persons {
		ids[i] = p.ID
	}
	w, err := transfer.Hand(v.t.Context(), v.l, ids, v.t.TempDir())
	if err != nil {
		v.t.Fatal(err)
	}
	p, err := transfer.Read(w.Path, strings.Join(w.Words, " "))
	if err != nil {
		v.t.Fatal(err)
	}
	return p, w
}

func (v *village) look(p *transfer.Package, on model.Date) *transfer.Arrival {
	v.t.Helper()
	a, err := transfer.Look(v.t.Context(), v.l, p, on)
	if err != nil {
		v.t.Fatal(err)
	}
	return a
}

func (v *village) apply(a *transfer.Arrival) {
	v.t.Helper()
	if _, err := a.Apply(v.t.Context()); err != nil {
		v.t.Fatal(err)
	}
}

const first, second = "990101197003150016", "990101197003150032"

// handOver is a member of the first village with something of every kind that goes along
// and something that stays, transferred out.
func handOver(t *testing.T) (from, to *village, p *model.Record) {
	t.Helper()
	from, to = newVillage(t, "990101001001", "青石沟村党支部", 1), newVillage(t, "990101001002", "南塘村党支部", 2)
	p = from.member("张三", first)
	other := from.member("李四", second)
	from.save(model.FromForm, "dues", "person", p.ID, "month", "2026-09", "amount", int64(50), "paid_on", "2026-09-10", "method", "现金", "collector", other.ID)
	from.save(model.FromForm, "position", "person", p.ID, "body", "党组织", "post", "组织委员", "started_on", "2024-05-01")
	from.save(model.FromForm, "appraisal", "person", p.ID, "year", int64(2026), "grade", "合格", "held_on", "2026-09-20")
	from.save(model.FromForm, "movement", "person", p.ID, "kind", "处分", "penalty", "警告", "happened_on", "2026-09-15")
	a := from.save(model.FromForm, "admission", "person", p.ID, "applied_on", "2026-09-01", "mentors", []string{other.ID})
	from.save(model.FromForm, "observation", "admission", a.ID, "held_on", "2026-09-30", "stage", "积极分子", "opinion", "表现好")
	from.save(model.FromForm, "talk", "person", p.ID, "talker", other.ID, "held_on", "2026-09-05", "content", "要点")
	from.out(p, "2026-10-10", "letter_no", "〔2026〕3号", "dues_paid_to", "2026-09")
	return from, to, p
}

// TestHandOver: what belongs to a person comes with them under new ids, what refers to
// others is emptied and named, what was open at home is ended, and one undo takes each
// side back.
func TestHandOver(t *testing.T) {
	from, to, p := handOver(t)
	pkg, w := from.hand(p)
	if want := "1 人、党员变动 1 条、任职 1 条、发展党员 1 条、考察 1 条、党费 1 条、民主评议 1 条"; w.Summary != want {
		t.Errorf("the package holds %s, want %s", w.Summary, want)
	}
	if a := from.find("admission")[0]; !a.Is("ended_why", "转出") || a.Str("ended_on") != "2026-10-10" {
		t.Errorf("the admission at home: %s %s", a.Str("ended_on"), a.Str("ended_why"))
	}
	if d := from.find("position")[0].Str("ended_on"); d != "2026-10-10" {
		t.Errorf("the office at home ends %q", d)
	}
	a := to.look(pkg, "2026-10-15")
	arriving := a.Persons[0]
	if !arriving.Take || arriving.Say != "新来的人" || len(arriving.Skipped) > 0 {
		t.Fatalf("arriving: %+v", arriving)
	}
	if got := strings.Join(arriving.Emptied, " "); got != "发展党员的培养联系人(李四) 党费的收缴人(李四)" {
		t.Errorf("emptied: %s", got)
	}
	to.apply(a)
	here := to.find("person")[0]
	if here.ID == p.ID || here.Str("id_number") != first || here.Str("standing") != "在册" || here.Filled("left_on") {
		t.Errorf("the person arrives as %s %s %s", here.ID, here.Str("standing"), here.Str("left_on"))
	}
	in := to.find("movement", model.Where("kind", model.Eq, "转入"))
	if len(in) != 1 || in[0].Str("happened_on") != "2026-10-15" || in[0].Str("from_org") != "青石沟村党支部" || in[0].Str("from_code") != "990101001001" || in[0].Str("letter_no") != "〔2026〕3号" {
		t.Fatalf("movements in: %v", in)
	}
	if d := to.find("dues")[0]; d.Str("method") != "流入地交" || d.Filled("collector") || d.Str("note") != "转入前的收缴人:李四" || d.Str("person") != here.ID {
		t.Errorf("dues: %s %q %q", d.Str("method"), d.Str("collector"), d.Str("note"))
	}
	if r := to.find("position")[0]; r.Str("ended_on") != "2026-10-10" {
		t.Errorf("the office ends %q", r.Str("ended_on"))
	}
	ad := to.find("admission")[0]
	if ad.Filled("ended_on") || ad.Str("note") != "转入前的培养联系人:李四" || to.find("observation")[0].Str("admission") != ad.ID {
		t.Errorf("admission: %q %q", ad.Str("ended_on"), ad.Str("note"))
	}
	if n := len(to.find("talk")); n != 0 {
		t.Errorf("%d talks came along", n)
	}
	if _, err := to.l.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"person", "movement", "dues", "position", "admission", "observation", "appraisal"} {
		if n := len(to.find(kind)); n != 0 {
			t.Errorf("after undo %d of %s are left", n, kind)
		}
	}
	if _, err := from.l.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if from.find("admission")[0].Filled("ended_on") || from.find("position")[0].Filled("ended_on") {
		t.Error("undo at home did not open what the transfer ended")
	}
}

// TestForeignIDsStayOut: no id of the ledger that is left is in the package or enters.
func TestForeignIDsStayOut(t *testing.T) {
	from, to, p := handOver(t)
	pkg, _ := from.hand(p)
	ids := map[string]bool{from.l.Home().ID: true}
	for _, k := range from.l.Kinds().Kinds() {
		for _, r := range from.find(k.Name) {
			ids[r.ID] = true
		}
	}
	to.apply(to.look(pkg, "2026-10-15"))
	for _, k := range to.l.Kinds().Kinds() {
		for _, r := range to.find(k.Name) {
			if ids[r.ID] || r.OrgID != to.l.Home().ID {
				t.Errorf("%s %s is of the other ledger", k.Name, r.ID)
			}
			for _, f := range k.Fields() {
				if f.Target != "" && ids[r.Str(f.Name)] {
					t.Errorf("%s.%s refers to the other ledger", k.Name, f.Name)
				}
			}
		}
	}
}

// TestComesBack: someone who left comes back as the same person, with nothing twice.
func TestComesBack(t *testing.T) {
	from, to, p := handOver(t)
	pkg, _ := from.hand(p)
	to.apply(to.look(pkg, "2026-10-11"))
	here := to.find("person")[0]
	to.save(model.FromForm, "movement", "person", here.ID, "kind", "转出", "happened_on", "2026-10-16", "to_org", "青石沟村党支部", "to_code", "990101001001")
	back, _ := to.hand(here)
	dues, offices := len(from.find("dues")), len(from.find("position"))
	a := from.look(back, "2026-10-18")
	if w := a.Persons[0]; !w.Take || !strings.Contains(w.Say, "以前在本台账") {
		t.Fatalf("coming back: %+v", w)
	}
	from.apply(a)
	now, err := from.l.Get(t.Context(), "person", p.ID)
	if err != nil || now.Str("standing") != "在册" || len(from.find("person")) != 2 {
		t.Errorf("came back as %v, %d persons, %v", now.Str("standing"), len(from.find("person")), err)
	}
	if len(from.find("dues")) != dues || len(from.find("position")) != offices {
		t.Errorf("%d dues and %d offices, before %d and %d", len(from.find("dues")), len(from.find("position")), dues, offices)
	}
}

// TestConflicts: who is a member here already can't come in, by the ID number, and the
// others do; a package taken twice brings nobody.
func TestConflicts(t *testing.T) {
	from, to, p := handOver(t)
	other := from.find("person", model.Where("name", model.Eq, "李四"))[0]
	from.out(other, "2026-10-12")
	to.member("李四改名", second)
	pkg, _ := from.hand(p, other)
	a := to.look(pkg, "2026-10-15")
	if a.Persons[1].Can || !strings.Contains(a.Persons[1].Say, "在册") || a.Taken() != 1 {
		t.Errorf("conflict: %+v, %d taken", a.Persons[1], a.Taken())
	}
	to.apply(a)
	if again := to.look(pkg, "2026-10-15"); again.Taken() != 0 {
		t.Errorf("taken twice: %d", again.Taken())
	} else if _, err := again.Apply(t.Context()); err == nil {
		t.Error("nobody was taken without a word")
	}
	if ad := to.find("admission")[0]; len(ad.List("mentors")) != 0 || ad.Str("note") != "转入前的培养联系人:李四" {
		t.Errorf("mentor who stays out: %v %q", ad.List("mentors"), ad.Str("note"))
	}
}

// TestWholeUnit: of those who come together references to each other stay.
func TestWholeUnit(t *testing.T) {
	from, to, p := handOver(t)
	other := from.find("person", model.Where("name", model.Eq, "李四"))[0]
	from.out(other, "2026-10-12", "whole_unit", true)
	pkg, _ := from.hand(p, other)
	to.apply(to.look(pkg, "2026-10-15"))
	here := to.find("person", model.Where("name", model.Eq, "李四"))[0]
	if ad := to.find("admission")[0]; len(ad.List("mentors")) != 1 || ad.List("mentors")[0] != here.ID || ad.Filled("note") {
		t.Errorf("mentors: %v %q", ad.List("mentors"), ad.Str("note"))
	}
	if in := to.find("movement", model.Where("person", model.Eq, here.ID)); !in[0].Bool("whole_unit") {
		t.Error("整建制 got lost")
	}
}

// TestRefusals: what can't be handed over or taken in says why.
func TestRefusals(t *testing.T) {
	from, to, p := handOver(t)
	code := func(err error) string {
		var known *model.Error
		if errors.As(err, &known) {
			return known.Code
		}
		return ""
	}
	other := from.find("person", model.Where("name", model.Eq, "李四"))[0]
	if _, err := transfer.Gather(t.Context(), from.l, []string{other.ID}); code(err) != "E-TRANSFER-STAYS" {
		t.Errorf("one who stays: %v", err)
	}
	pkg, w := from.hand(p)
	for _, day := range []model.Date{"2026-10-09", "2026-10-21", "2026-08-31", "x"} {
		if _, err := transfer.Look(t.Context(), to.l, pkg, day); code(err) != "E-ARRIVAL" {
			t.Errorf("on %s: %v", day, err)
		}
	}
	data, err := os.ReadFile(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := append([]string{}, w.Words...)
	wrong[0], wrong[1] = transfer.AllWords()[3], transfer.AllWords()[4]
	cases := map[string]struct {
		data  []byte
		words string
		want  string
	}{
		"other words": {data, strings.Join(wrong, " "), "E-WORDS"},
		"three words": {data, strings.Join(w.Words[:3], " "), "E-WORDS"},
		"no word":     {data, "口令 " + strings.Join(w.Words[1:], " "), "E-WORDS"},
		"nothing":     {nil, strings.Join(w.Words, ""), "E-TRANSFER-FILE"},
		"cut":         {data[:len(data)-9], strings.Join(w.Words, ""), "E-TRANSFER-FILE"},
		"changed":     {append(bytes.Clone(data[:len(data)-1]), data[len(data)-1]^1), strings.Join(w.Words, ""), "E-TRANSFER-FILE"},
		"a sheet":     {[]byte("PK\x03\x04"), strings.Join(w.Words, ""), "E-TRANSFER-FILE"},
	}
	for name, c := range cases {
		if _, err := transfer.Open(c.data, c.words); code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	odd := *pkg
	odd.Records = append([]transfer.Item{}, pkg.Records...)
	odd.Records = append(odd.Records, transfer.Item{Kind: "talk", No: "99", Values: map[string]string{"person": "1"}})
	if _, err := transfer.Look(t.Context(), to.l, &odd, "2026-10-15"); code(err) != "E-TRANSFER-FILE" {
		t.Errorf("a kind that does not travel: %v", err)
	}
}

// TestWords: the list has more than 1,024 words of two characters of which no two sound
// alike, and what is typed is read in every way in which it may be written.
func TestWords(t *testing.T) {
	all := transfer.AllWords()
	if len(all) < 1024 {
		t.Errorf("%d words", len(all))
	}
	sounds := map[string]string{}
	for _, w := range all {
		if len([]rune(w)) != 2 {
			t.Errorf("%s is not of two characters", w)
		}
		for _, s := range model.Pinyin(w) {
			if other := sounds[s]; other != "" {
				t.Errorf("%s sounds like %s", w, other)
			}
			sounds[s] = w
		}
	}
	for _, typed := range []string{"太阳 月亮 星星 天空", "太阳月亮星星天空", "太阳、月亮,星星。天空", " taiyang yueliang XINGXING tiankong ", "太阳　月亮 兴兴 天空"} {
		words, err := transfer.ReadWords(typed)
		if err != nil || strings.Join(words, " ") != "太阳 月亮 星星 天空" {
			t.Errorf("%q is read as %v, %v", typed, words, err)
		}
	}
	a, err := transfer.NewWords(rand.NewChaCha8([32]byte{1}))
	b, err2 := transfer.NewWords(rand.NewChaCha8([32]byte{2}))
	if err != nil || err2 != nil || len(a) != transfer.WordsInPhrase || strings.Join(a, "") == strings.Join(b, "") {
		t.Errorf("drawn: %v %v %v %v", a, b, err, err2)
	}
}
