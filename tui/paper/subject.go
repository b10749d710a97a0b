package paper

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/tui/ui"
)

// subject is what a paper is made of: of the fields only those that its Over asks for.
type subject struct {
	month   model.Month
	year    int
	record  string // its id; "" for none
	records func() ([]*model.Record, error)
	what    string // the record or the records, in words
	blank   bool
}

// subjectOf is what was at hand when printing was asked for.
func subjectOf(o ui.PrintOf) subject {
	s := subject{records: o.Records, what: o.What}
	if o.Record == nil {
		return s
	}
	s.record = o.Record.ID
	if s.records == nil {
		r := o.Record
		s.records = func() ([]*model.Record, error) { return []*model.Record{r}, nil }
	}
	return s
}

// request asks for the paper of the subject. It runs in commands.
func (s *subject) request(app *ui.App, p *page.Paper) (*page.Request, error) {
	q := paper.Ask(app.Ctx, app.Ledger)
	q.Blank = s.blank
	var err error
	switch {
	case p.Over == page.OverMonth:
		q.InMonth(s.month)
	case p.Over == page.OverYear:
		q.InYear(s.year)
	case s.blank:
	case p.Over == page.OverRecord:
		q.Record, err = app.Ledger.Get(app.Ctx, p.Kind, s.record)
	case p.Over == page.OverRecords:
		q.Records, err = s.records()
		if err == nil && p.Applies != nil {
			var fit []*model.Record
			for _, r := range q.Records {
				if p.Applies(r) {
					fit = append(fit, r)
				}
			}
			q.Records = fit
		}
		if err == nil && len(q.Records) == 0 {
			err = model.Errorf("E-PAPER-EMPTY", "选出的记录里没有能出%s的", p.Title)
		}
		if len(q.Records) > 0 {
			q.Record = q.Records[0]
		}
	}
	return q, err
}

// title names the subject.
func (s *subject) title(p *page.Paper, today model.Date) string {
	switch p.Over {
	case page.OverMonth:
		return s.month.Chinese()
	case page.OverYear:
		return fmt.Sprintf("%d年", s.year)
	case page.OverRecord, page.OverRecords:
		if s.blank {
			return ""
		}
		return s.what
	}
	return today.Chinese()
}

// begin opens a paper, and asks first for what it needs and the subject doesn't say.
func begin(app *ui.App, p *page.Paper, s subject) tea.Cmd {
	known := p.Over == page.OverDay || p.Over == page.OverRecord && s.record != "" || p.Over == page.OverRecords && s.records != nil
	if known {
		return ui.Do(ui.Push{Screen: newPreview(app, p, s)})
	}
	return choose(app, p, s, func(s subject) tea.Cmd { return ui.Do(ui.Replace{Screen: newPreview(app, p, s)}) })
}

// choose asks what a paper is to be made of; done goes on from the box.
func choose(app *ui.App, p *page.Paper, s subject, done func(subject) tea.Cmd) tea.Cmd {
	switch p.Over {
	case page.OverMonth:
		return chooseMonth(app, p, s, done)
	case page.OverYear:
		return chooseYear(app, p, s, done)
	case page.OverRecord:
		return chooseRecord(app, p, s, done)
	case page.OverRecords:
		return chooseView(app, p, s, done)
	}
	return nil
}

const (
	monthsOffered = 24
	yearsOffered  = 8
)

func chooseMonth(app *ui.App, p *page.Paper, s subject, done func(subject) tea.Cmd) tea.Cmd {
	items := make([]ui.Item, monthsOffered)
	for i := range items {
		m := app.Today().Month().Add(-i)
		items[i] = ui.Item{Key: string(m), Label: m.Chinese(), Search: m.Chinese() + " " + string(m), Value: m}
	}
	items[0].Note, items[1].Note = "本月", "上月"
	return ui.Do(ui.Push{Screen: ui.NewListBox(app, p.Title+":哪个月", items, func(chosen []ui.Item) tea.Cmd {
		s.month, _ = chosen[0].Value.(model.Month)
		return done(s)
	})})
}

func chooseYear(app *ui.App, p *page.Paper, s subject, done func(subject) tea.Cmd) tea.Cmd {
	items := make([]ui.Item, yearsOffered)
	for i := range items {
		y := app.Today().Year() - i
		items[i] = ui.Item{Key: fmt.Sprint(y), Label: fmt.Sprintf("%d年", y), Value: y}
	}
	items[0].Note, items[1].Note = "今年", "去年"
	return ui.Do(ui.Push{Screen: ui.NewListBox(app, p.Title+":哪一年", items, func(chosen []ui.Item) tea.Cmd {
		s.year, _ = chosen[0].Value.(int)
		return done(s)
	})})
}

// What is read to offer records: so many are listed, out of at most so many pages.
const (
	recordsOffered = 60
	recordsRead    = 200
	pagesRead      = 20
)

func chooseRecord(app *ui.App, p *page.Paper, s subject, done func(subject) tea.Cmd) tea.Cmd {
	k := app.Ledger.Kinds().Kind(p.Kind)
	b := ui.NewListBox(app, p.Title+":哪一条"+k.Title, nil, func(chosen []ui.Item) tea.Cmd {
		s.record, s.what, s.blank = chosen[0].Key, chosen[0].Label, chosen[0].Key == ""
		return done(s)
	})
	b.Source = func(typed string) ([]ui.Item, error) {
		items, err := recordsToPrint(app, p, typed)
		return append(items, ui.Item{Label: "空白表", Note: "打印出来用笔填"}), err
	}
	return ui.Do(ui.Push{Screen: b})
}

// recordsToPrint finds records that give a paper.
func recordsToPrint(app *ui.App, p *page.Paper, typed string) ([]ui.Item, error) {
	var items []ui.Item
	q := store.Query{Kind: p.Kind, Find: typed, Limit: recordsRead}
	for range pagesRead {
		found, err := app.Ledger.Page(app.Ctx, q)
		if err != nil {
			return nil, err
		}
		for _, r := range found.Records {
			if len(items) < recordsOffered && (p.Applies == nil || p.Applies(r)) {
				items = append(items, recordItem(r))
			}
		}
		if q.After = found.Next; q.After == "" || len(items) >= recordsOffered {
			break
		}
	}
	return items, nil
}

// recordItem is a record by its label and its day.
func recordItem(r *model.Record) ui.Item {
	var note []string
	for _, name := range r.Kind.Columns {
		f := r.Kind.Field(name)
		if f == nil || f.Private || slices.Contains(r.Kind.Label, name) || f.Linked() || f.Target != "" || len(note) == 2 {
			continue
		}
		if s := r.Text(name); s != "" {
			note = append(note, ui.Cut(s, 16))
		}
	}
	return ui.Item{Key: r.ID, Label: r.MaskedLabel(), Note: strings.Join(note, " ")}
}

// chooseView offers the views of the kind with their numbers; it counts in a command.
func chooseView(app *ui.App, p *page.Paper, s subject, done func(subject) tea.Cmd) tea.Cmd {
	k := app.Ledger.Kinds().Kind(p.Kind)
	views := k.Views
	if len(views) == 0 {
		views = []model.View{model.ViewAll}
	}
	return func() tea.Msg {
		items := make([]ui.Item, len(views))
		for i, v := range views {
			q := store.Query{Kind: k.Name, Conds: v.Conds(app.Today())}
			n, err := app.Ledger.Count(app.Ctx, q)
			if err != nil {
				return ui.Failed{Err: err}
			}
			items[i] = ui.Item{Key: v.Name, Label: v.Name, Note: fmt.Sprintf("%d 条", n), Value: q}
		}
		return ui.Push{Screen: ui.NewListBox(app, p.Title+":哪些"+k.Title, items, func(chosen []ui.Item) tea.Cmd {
			q, _ := chosen[0].Value.(store.Query)
			s.what = chosen[0].Label + " " + chosen[0].Note
			s.records = func() ([]*model.Record, error) {
				found, err := app.Ledger.Page(app.Ctx, q)
				return found.Records, err
			}
			return done(s)
		})}
	}
}
