package fill

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/paper/fill"
	"taizhang/tui/ui"
)

// loaded is a form that has been read.
type loaded struct {
	to   *screen
	path string
	plan *fill.Plan
	box  bool // the box that asked for it is still open
	rows rows
}

// load reads a form and binds what it asks for, with what was corrected before on forms
// of the same headings; kind nil takes the one that fits best.
func (s *screen) load(path string, kind *model.Kind, box bool) tea.Cmd {
	m, app, of := loaded{to: s, path: path, box: box}, s.app, s.of
	return func() tea.Msg {
		var err error
		if kind == nil && of.Kind != "" {
			kind = app.Ledger.Kinds().Kind(of.Kind)
		}
		m.plan, err = read(app, path, kind)
		var known *model.Error
		if box && errors.As(err, &known) && known.Code == "E-FILL-NONE" { // it asks for other records than those at hand
			m.plan, err = read(app, path, nil)
		}
		if err != nil {
			return ui.Failed{Err: err}
		}
		if box {
			if err := ui.KeepFolder(app, path); err != nil {
				return ui.Failed{Err: err}
			}
		}
		m.rows = firstRows(of, m.plan)
		return m
	}
}

// read opens a form and gives what of it is filled with what.
func read(app *ui.App, path string, kind *model.Kind) (p *fill.Plan, err error) {
	form, err := fill.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, form.Close()) }()
	return planOf(app, form, kind)
}

func planOf(app *ui.App, form *fill.Form, kind *model.Kind) (*fill.Plan, error) {
	p, err := form.Plan(app.Ledger.Kinds(), kind, nil)
	if err != nil {
		return nil, err
	}
	kept, err := p.Kept(app.Ctx, app.Ledger)
	if err != nil || len(kept) == 0 {
		return p, err
	}
	return form.Plan(app.Ledger.Kinds(), p.Kind, kept)
}

func (s *screen) took(m loaded) tea.Cmd {
	s.path, s.plan, s.rows, s.result, s.busy = m.path, m.plan, m.rows, nil, ""
	s.list = ui.Chooser{}
	s.SetSize(s.w, s.h)
	cmd := s.count()
	if m.box {
		cmd = tea.Sequence(ui.Do(ui.Pop{}), cmd)
	}
	return cmd
}

// askKind offers the kinds of which the form asks for something, those that fit best
// first. It runs as a command.
func (s *screen) askKind() tea.Msg {
	type fit struct {
		kind *model.Kind
		n    int
	}
	var fits []fit
	form, err := fill.Open(s.path)
	if err != nil {
		return ui.Failed{Err: err}
	}
	for _, k := range s.app.Ledger.Kinds().Kinds() {
		p, err := form.Plan(s.app.Ledger.Kinds(), k, nil)
		var known *model.Error
		switch {
		case errors.As(err, &known):
			continue
		case err != nil:
			return ui.Failed{Err: errors.Join(err, form.Close())}
		}
		n := 0
		for _, b := range p.Bindings() {
			n += model.OneIf(b.Source != nil)
		}
		fits = append(fits, fit{k, n})
	}
	if err := form.Close(); err != nil {
		return ui.Failed{Err: err}
	}
	model.Sort(fits, func(a, b fit) int { return b.n - a.n })
	items := make([]ui.Item, len(fits))
	for i, f := range fits {
		items[i] = ui.Item{Key: f.kind.Name, Label: f.kind.Title, Note: fmt.Sprintf("认得出 %d 格", f.n), Value: f.kind}
	}
	b := ui.NewListBox(s.app, "用哪类记录填", items, func(all []ui.Item) tea.Cmd {
		kind, _ := all[0].Value.(*model.Kind)
		return s.choose(func(s *screen) tea.Cmd { return s.load(s.path, kind, false) })
	})
	b.Text = "表上的名称是按这类记录认的:"
	return ui.Push{Screen: b}
}

// askSource offers what a column or label can be filled with, 留空 first.
func (s *screen) askSource(i int) tea.Cmd {
	b := s.plan.Bindings()[i]
	items := []ui.Item{{Key: "#none", Label: "留空", Note: "这一格不填"}}
	for _, src := range s.plan.Sources() {
		items = append(items, ui.Item{Key: src.Name, Label: src.Label, Search: src.Label + " " + src.Name, Value: src.Name})
	}
	box := ui.NewListBox(s.app, "这一格填什么", items, func(all []ui.Item) tea.Cmd {
		name, _ := all[0].Value.(string)
		return s.choose(func(s *screen) tea.Cmd { return s.bind(i, name) })
	})
	box.Text = "表上写的是“" + ui.Cut(b.Heading, 40) + "”:"
	return ui.Do(ui.Push{Screen: box})
}

// bind corrects a line and keeps that for forms of the same headings.
func (s *screen) bind(i int, name string) tea.Cmd {
	heading := s.plan.Bindings()[i].Heading
	if !s.plan.Bind(i, name) {
		return nil
	}
	s.fillList()
	if s.app.Ledger.ReadOnly() {
		return nil
	}
	p, app := s.plan, s.app
	return func() tea.Msg {
		if err := p.Keep(app.Ctx, app.Ledger, heading, name); err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Status{Text: "记住了:以后同样表头的表,“" + ui.Cut(heading, 30) + "”照这样填"}
	}
}
