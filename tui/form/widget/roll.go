package widget

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// roll is the attendance checklist. Enter on an empty one writes down everybody who
// is due with the first state; then one types only the exceptions: a name and Enter
// gives the state that stands before the caret. Without that Enter one begins with
// nobody and adds by typing names.
type roll struct {
	finder
	people []person       // who is due, in the order of their view, then others
	place  map[string]int // of people, by id
	state  map[string]string
	all    bool // everybody was written down: Enter makes an exception
	apply  int  // the state that Enter gives, an index of the field's choices
	loaded bool
	asking bool                // for the people
	usual  []model.Mark        // who is usually away, and how: see Usual
	before []map[string]string // the states to which Ctrl+Z goes back
}

// person is one line of the checklist.
type person struct {
	id, label, note, search string
	due                     bool
}

// expected answers the question who is to be on the roll.
type expected struct{ people []person }

func newRoll(b basic) Widget {
	return &roll{finder: newFinder(b), place: map[string]int{}, state: map[string]string{}}
}

// Enter reads who is due: anew whenever the focus comes, since the day or the body that
// meets may have changed meanwhile.
func (r *roll) Enter() tea.Cmd {
	if r.asking {
		return nil
	}
	r.asking = true
	if r.field.Roll != nil && r.field.Roll.Due != nil {
		return r.askDue()
	}
	app, target := r.host.App(), r.host.App().Ledger.Kinds().Kind(r.field.Target)
	view, _ := target.View(r.field.TargetView)
	q := store.Query{Kind: target.Name, Conds: slices.Clone(view.Conds(app.Today()))}
	if org := r.host.Org(); org != "" {
		q.Conds = append(q.Conds, model.Where("org_id", model.Eq, org))
	}
	return r.ask(func() any {
		var d expected
		err := app.Ledger.Each(app.Ctx, q, func(rec *model.Record) error {
			d.people = append(d.people, dueOf(rec))
			return nil
		})
		if err != nil {
			return err
		}
		return d
	})
}

// askDue asks the field's own declaration who is due.
func (r *roll) askDue() tea.Cmd {
	app, rec, due := r.host.App(), r.host.Record(), r.field.Roll.Due
	rec.OrgID = r.host.Org()
	return r.ask(func() any {
		var d expected
		all, err := due(app.Ledger.Env(app.Ctx), rec)
		if err != nil {
			return err
		}
		for _, p := range all {
			d.people = append(d.people, dueOf(p))
		}
		return d
	})
}

func dueOf(rec *model.Record) person {
	it := recordItem(rec)
	return person{it.Key, it.Label, it.Note, rec.SearchLabel(), true}
}

func (r *roll) Busy() bool { return r.asking || r.finder.Busy() }

func (r *roll) Receive(msg any) tea.Cmd {
	switch m := msg.(type) {
	case expected:
		r.loaded, r.asking = true, false
		others := r.people
		r.people, r.place = nil, map[string]int{}
		for _, p := range m.people {
			r.know(p)
		}
		for _, p := range others { // those who are due no more only if they are on the roll
			p.due = false
			if r.state[p.id] != "" {
				r.know(p)
			}
		}
		return nil
	case made:
		r.know(person{id: m.id, label: m.label, search: r.search(m.label)})
		r.remember()
		r.state[m.id] = r.field.Choices[0]
		return nil
	case found:
		if m.n == r.asked {
			r.got = m.n
			r.offerAll(m.items)
		}
	case error: // it could not be read; the form says why
		r.asking, r.got = false, r.asked
	}
	return nil
}

// search gives the search text of a person's label.
func (r *roll) search(label string) string {
	return searchOf(r.host.App().Ledger.Kinds().Kind(r.field.Target))(label)
}

// know adds a person whom the checklist does not have yet.
func (r *roll) know(p person) {
	if _, ok := r.place[p.id]; !ok {
		r.place[p.id] = len(r.people)
		r.people = append(r.people, p)
		r.host.SetName(p.id, p.label)
	}
}

// remember keeps the marks for Ctrl+Z.
func (r *roll) remember() {
	kept := make(map[string]string, len(r.state))
	for id, s := range r.state {
		kept[id] = s
	}
	r.before = append(r.before, kept)
}

func (r *roll) undo() {
	if n := len(r.before); n > 0 {
		r.state = r.before[n-1]
		r.before = r.before[:n-1]
		r.all = r.mostAreFirst()
	}
}

// mostAreFirst tells in which of the two ways a roll on file was made.
func (r *roll) mostAreFirst() bool {
	n := 0
	for _, s := range r.state {
		if s == r.field.Choices[0] {
			n++
		}
	}
	return len(r.state) > 0 && 2*n >= len(r.state)
}

// fill writes everybody down who is due, or wipes the roll.
func (r *roll) fill(all bool) {
	r.remember()
	r.state = map[string]string{}
	r.all = all
	r.apply = 0
	if !all {
		return
	}
	r.apply = r.field.Exception()
	for _, p := range r.people {
		if p.due {
			r.state[p.id] = r.field.Choices[0]
		}
	}
}

// turn changes the state that Enter gives: among the exceptions when everybody was
// written down, else among all.
func (r *roll) turn(d int) {
	first := 0
	if r.all {
		first = min(1, len(r.field.Choices)-1)
	}
	n := len(r.field.Choices) - first
	r.apply = first + (r.apply-first+d+n)%n
}

// mark gives a person the state to be given. One who has it already gets the first
// one back, so a slip is mended by doing it again.
func (r *roll) mark(id string) {
	r.remember()
	first, now := r.field.Choices[0], r.state[id]
	want := r.field.Choices[r.apply]
	switch {
	case now == "" && r.all && !r.people[r.place[id]].due:
		want = first // somebody who came though not due
	case now == want && want != first:
		want = first
	case now == want: // came twice: a slip in a roll of names added one by one
		delete(r.state, id)
		return
	}
	r.state[id] = want
}

func (r *roll) Value() (model.Value, error) {
	if r.in.Value() != "" {
		return nil, model.Errorf("E-REF", "%s里打了“%s”还没选定,请按 ↓ 从名单里选,或者删掉", r.field.Label, r.in.Value())
	}
	if m := r.marks(); len(m) > 0 {
		return m, nil
	}
	return nil, nil
}

// marks gives the roll in the order of the checklist.
func (r *roll) marks() []model.Mark {
	var m []model.Mark
	for _, p := range r.people {
		if s := r.state[p.id]; s != "" {
			m = append(m, model.Mark{Target: p.id, State: s})
		}
	}
	return m
}

func (r *roll) Set(v model.Value) {
	m, _ := v.([]model.Mark)
	r.Restore(Typed{Marks: m})
}

// typed gives the marks by id: their order changes when the people have been read.
func (r *roll) Typed() Typed {
	m := r.marks()
	model.Sort(m, func(a, b model.Mark) int { return strings.Compare(a.Target, b.Target) })
	t := Typed{Text: r.in.Value(), Marks: m}
	if r.all {
		t.Mode = r.field.Choices[r.apply]
	}
	return t
}

func (r *roll) Restore(t Typed) {
	r.state = make(map[string]string, len(t.Marks))
	for _, m := range t.Marks {
		label := r.host.Name(m.Target)
		r.know(person{id: m.Target, label: label, search: model.SearchText(label)})
		r.state[m.Target] = m.State
	}
	r.all, r.apply = r.mostAreFirst(), 0
	if r.all {
		r.apply = max(slices.Index(r.field.Choices, t.Mode), 0)
		if r.apply == 0 {
			r.apply = r.field.Exception()
		}
	}
	r.in.SetValue(t.Text)
	r.before = nil
	r.forget()
}

// paste takes a list of names, as copied from a sheet, one by one.
func (r *roll) Paste(text string) tea.Cmd {
	var left []string
	for name := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune("、,,;; \t\r\n", c) }) {
		if i := slices.IndexFunc(r.people, func(p person) bool { return p.label == name }); i >= 0 {
			r.mark(r.people[i].id)
		} else {
			left = append(left, name)
		}
	}
	r.in.Insert(strings.Join(left, " "))
	return r.retyped()
}

func (r *roll) Leave() {
	r.forget()
	if strings.TrimSpace(r.in.Value()) == "" {
		r.in.SetValue("")
	}
}

func (r *roll) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Sort, Label: "换状态"}, {Action: ui.Mark, Label: "全体/清空"}}
}
