package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// ownFields are the fields that the person has set, or that a record on file holds: no
// guess takes their place.
func (f *Form) ownFields() map[string]bool {
	own := map[string]bool{}
	for _, s := range f.slots {
		if s.own || f.rec.Rev > 0 {
			own[s.field.Name] = true
		}
	}
	return own
}

// guess gives what the fields just edited let one expect in others that the person has
// not set. The record gets it too, so that the rules see it. It runs in a command.
func (f *Form) guess(rec *model.Record, fresh []string, own map[string]bool) ([]fill, error) {
	var all []fill
	env := f.app.Ledger.Env(f.app.Ctx)
	for _, field := range f.kind.Guessed(fresh...) {
		if own[field.Name] {
			continue
		}
		v, err := field.Guess.Value(env, rec)
		if err != nil {
			return nil, err
		}
		by := f.kind.Field(field.Guess.By[0])
		for _, name := range fresh {
			if g := f.kind.Field(name); g != nil && len(f.kind.Guessed(name)) > 0 {
				by = g
			}
		}
		rec.Set(field.Name, v)
		all = append(all, fill{by, map[string]model.Value{field.Name: v}})
	}
	return all, nil
}

// guessFor sets what the presets of a new record let one expect. It runs in a command.
func (f *Form) guessFor(rec *model.Record, preset map[string]model.Value) error {
	own, fresh := map[string]bool{}, make([]string, 0, len(preset))
	for name := range preset {
		own[name] = true
		fresh = append(fresh, name)
	}
	_, err := f.guess(rec, fresh, own)
	return err
}

// takeGuesses writes guesses into fields that the person has not set meanwhile.
func (f *Form) takeGuesses(guesses []fill) tea.Cmd {
	var cmds []tea.Cmd
	for _, g := range guesses {
		for name, v := range g.values {
			s := f.slot(name)
			if s == nil || s.own {
				continue
			}
			was := s.w.Typed()
			s.w.Set(v)
			if s.w.Typed().Equal(was) {
				continue
			}
			s.fault = ""
			edited := s.edited
			cmds = append(cmds, f.noticed(s))
			s.edited, s.own = edited, false
			if v == nil {
				continue
			}
			cmds = append(cmds, ui.Do(ui.Status{Text: s.field.Label + "按" + g.by.Label + "填成“" + s.field.Type.Format(s.field, v, nil) + "”,不对可以改"}))
		}
	}
	if len(cmds) > 0 {
		f.checked = f.gen // the rules have seen the record with the guesses
	}
	return tea.Batch(cmds...)
}
