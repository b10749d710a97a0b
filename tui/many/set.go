package many

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// fieldBox asks which field is to be set in all of the records.
func (b Batch) fieldBox(app *ui.App) ui.Screen {
	var items []ui.Item
	for _, s := range b.Kind.Sections {
		if s.Title != "" {
			items = append(items, ui.Item{Label: s.Title, Heading: true, Key: "#" + s.Title})
		}
		for _, f := range s.Fields {
			if b.settable(f) {
				items = append(items, ui.Item{Label: f.Label, Key: f.Name})
			}
		}
	}
	box := ui.NewListBox(app, "设一项", items, func(chosen []ui.Item) tea.Cmd {
		return tea.Sequence(ui.Do(ui.Pop{}), app.OpenForm(b.setForm(app, b.Kind.MustField(chosen[0].Key))))
	})
	box.Text = "给这 " + b.Count() + "设同一个值,设哪一项?"
	return box
}

// settable reports whether a form lets the field be changed in all of the records, and
// one value can stand in all: not what names a record, nor a number that no two share.
func (b Batch) settable(f *model.Field) bool {
	if f.Type == model.TypeRoll || len(b.Kind.Label) == 1 && b.Kind.Label[0] == f.Name {
		return false
	}
	for _, u := range b.Kind.Unique {
		if slices.Equal(u.Fields, []string{f.Name}) {
			return false
		}
	}
	return !slices.ContainsFunc(b.Records, f.Locked)
}

func (b Batch) setForm(app *ui.App, f *model.Field) ui.FormOf {
	return ui.FormOf{Kind: b.Kind.Name, Field: f.Name, Preset: map[string]model.Value{f.Name: nil}, Many: &ui.Many{
		Title: "设" + f.Label + ":" + b.Count(), Whom: b.whom(), Fields: []string{f.Name}, Loose: true,
		Next: func(common *model.Record) (ui.Screen, error) {
			j, err := b.buildSet(app, f, common)
			if err != nil {
				return nil, err
			}
			return newPlan(j), nil
		},
	}}
}

// buildSet makes the records with the field set; those that hold the value are left alone.
func (b Batch) buildSet(app *ui.App, f *model.Field, common *model.Record) (*job, error) {
	value, shown := common.Get(f.Name), common.Text(f.Name)
	if shown == "" {
		shown = "(空)"
	}
	j := &job{app: app, batch: b, kind: b.Kind, title: "设" + f.Label, common: f.Label + " 改为 " + shown}
	for _, r := range b.Records {
		e := entry{of: r, made: r.Clone()}
		if f.Equal(r.Get(f.Name), value) {
			e.why = "已经是 " + shown
		} else {
			e.made.Set(f.Name, value)
			was := r.Masked(f.Name)
			if was == "" {
				was = "(空)"
			}
			e.note = was + " → " + shown
		}
		j.entries = append(j.entries, e)
	}
	j.said = func(n int) string {
		return fmt.Sprintf("已把 %d %s的“%s”改为 %s;按 Ctrl+Z 一起撤销", n, unit(b.Kind), f.Label, shown)
	}
	if err := j.try(); err != nil {
		return nil, err
	}
	j.sort()
	return j, nil
}
