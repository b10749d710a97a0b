package many

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// begin opens the form that asks once what is common to all.
func (b Batch) begin(app *ui.App, a *model.Act) tea.Cmd {
	return tea.Sequence(ui.Do(ui.Pop{}), func() tea.Msg {
		preset, err := b.preset(app, a)
		if err != nil {
			return ui.Failed{Err: fmt.Errorf("begin %s: %w", a.Kind, err)}
		}
		return ui.Push{Screen: app.Form(app, ui.FormOf{Kind: a.Kind, Preset: preset, Many: &ui.Many{
			Title: a.Words + ":" + b.Count(), Whom: b.whom(), Fields: a.Asks,
			Next: func(common *model.Record) (ui.Screen, error) {
				j, err := b.build(app, a, common)
				if err != nil {
					return nil, err
				}
				return newPlan(j), nil
			},
		}})}
	})
}

// preset gives what the form begins with: what the act says, what those taken say, and
// what the last record of the kind holds.
func (b Batch) preset(app *ui.App, a *model.Act) (map[string]model.Value, error) {
	l, ctx := app.Ledger, app.Ctx
	env, kind := l.Env(ctx), l.Kinds().Kind(a.Kind)
	preset := map[string]model.Value{}
	take := func(typed map[string]string) error {
		for name, text := range typed {
			v, err := kind.MustField(name).Typed(env, text)
			if err != nil {
				return err
			}
			preset[name] = v
		}
		return nil
	}
	if len(a.Last) > 0 {
		last, err := lastOf(app, kind, a.Preset)
		if err != nil {
			return nil, err
		}
		for _, name := range a.Last {
			if last != nil && last.Filled(name) {
				preset[name] = last.Get(name)
			}
		}
	}
	if err := take(a.Preset); err != nil || a.Begin == nil {
		return preset, err
	}
	more, err := a.Begin(env, b.Records)
	if err != nil {
		return nil, err
	}
	return preset, take(more)
}

// lastOf gives the record that stands first in the kind's own order, which is the last
// one of what is dated, of those with the same choices; nil for none.
func lastOf(app *ui.App, kind *model.Kind, preset map[string]string) (*model.Record, error) {
	q := store.Query{Kind: kind.Name, Limit: 1}
	for name, text := range preset {
		if kind.MustField(name).Type == model.TypeChoice {
			q.Conds = append(q.Conds, model.Where(name, model.Eq, text))
		}
	}
	p, err := app.Ledger.Page(app.Ctx, q)
	if err != nil || len(p.Records) == 0 {
		return nil, err
	}
	return p.Records[0], nil
}
