package table

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// arrival asks what has to be known of a whole sheet: whether the members of a list
// were there when the book began, or have come.
type arrival struct {
	app  *ui.App
	kind *model.Kind
	done func(asked map[string]string) tea.Cmd
	all  []*ui.ShortRow // of every question; those that are asked now stand in rows
	rows ui.ShortForm
	w, h int
}

var _ ui.Screen = (*arrival)(nil)

// newArrival asks by the kind's SheetAsks, with what was answered before.
func newArrival(app *ui.App, k *model.Kind, asked map[string]string, done func(map[string]string) tea.Cmd) *arrival {
	a := &arrival{app: app, kind: k, done: done}
	a.rows.App = app
	for _, f := range k.SheetAsks {
		switch f.Type {
		case model.TypeChoice:
			a.all = append(a.all, ui.ChoiceRow(f.Name, f.Label, f.Choices, asked[f.Name]))
		case model.TypeBool:
			a.all = append(a.all, ui.ChoiceRow(f.Name, f.Label, []string{"否", "是"}, asked[f.Name]))
		default:
			a.all = append(a.all, ui.TextRow(app, f.Name, f.Label, asked[f.Name], f.Help))
		}
	}
	a.rows.Changed = func(*ui.ShortRow) { a.arrange() }
	a.arrange()
	return a
}

// arrange shows the questions that the answers so far leave open.
func (a *arrival) arrange() {
	rows := make([]*ui.ShortRow, 0, len(a.all)+1)
	for i, f := range a.kind.SheetAsks {
		if a.shown(f) {
			rows = append(rows, a.all[i])
		}
	}
	a.rows.Rows = append(rows, &ui.ShortRow{Name: "\x00ok", Label: "就这样", Act: a.answer})
}

func (a *arrival) Init() tea.Cmd        { return nil }
func (a *arrival) Title() string        { return "这些人是怎么来的" }
func (a *arrival) Unsaved() string      { return "" }
func (a *arrival) SetSize(width, h int) { a.w, a.h = width, h }
func (a *arrival) shown(f *model.Field) bool {
	return f.Shown == nil || f.Shown(a.record())
}

// record holds the choices made so far, by which further questions show.
func (a *arrival) record() *model.Record {
	r := model.NewRecord(a.kind)
	for i, f := range a.kind.SheetAsks {
		if f.Type == model.TypeChoice {
			r.Set(f.Name, a.all[i].Value())
		}
	}
	return r
}

func (a *arrival) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "就这样"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "返回"}}
}

func (a *arrival) Help() []string {
	return []string{
		"这一份表里的党员,是建账的时候就在册的,还是后来才转来的?用左右键选。",
		"建账时在册:台账开始的那个月以前就在这里,算进期初人数。",
		"新转入:从别的党组织转来,要写明从哪里来、哪一天到,算进当月的转入。",
		"建账时漏登:早就在这里,当时没有登记;已经结账的月份要重新核对。",
	}
}

func (a *arrival) Update(msg tea.Msg) tea.Cmd {
	return a.rows.Drive(msg, 1, a.answer)
}

// answer looks at what was typed as the fields' types do, and goes back.
func (a *arrival) answer() tea.Cmd {
	asked := map[string]string{}
	for i, f := range a.kind.SheetAsks {
		row := a.all[i]
		text := row.Value()
		row.Fault = ""
		if !a.shown(f) {
			continue
		}
		v, err := f.Type.Parse(f, text)
		switch {
		case err != nil:
			row.Fault = err.Error()
		case v == nil && f.Required:
			row.Fault = "请写明" + f.Label
		}
		if row.Fault != "" {
			a.rows.Focus(f.Name)
			return nil
		}
		asked[f.Name] = text
	}
	return tea.Sequence(ui.Do(ui.Pop{}), a.done(asked))
}

func (a *arrival) View() (string, *tea.Cursor) {
	lines, cursor := a.rows.Below([]string{""}, a.w)
	return strings.Join(lines, "\n"), cursor
}

// asks tells whether the kind asks anything of a sheet, and what it asks first.
func (p *preview) asks() *model.Field {
	if len(p.kind.SheetAsks) == 0 {
		return nil
	}
	return p.kind.SheetAsks[0]
}

// askedLine says what was answered, as it will be done.
func (p *preview) askedLine() string {
	f := p.asks()
	if f == nil {
		return ""
	}
	if p.plan == nil {
		return ""
	}
	parts := []string{p.asked[f.Name]}
	switch _, taken, updated, _, rejected := p.plan.Counts(); {
	case parts[0] != "":
	case taken+updated == 0 && rejected > 0:
		return f.Label + ":请先说明是怎么来的(按 F6)"
	default:
		parts[0] = f.Choices[0]
	}
	for _, other := range p.kind.SheetAsks[1:] {
		if text := p.asked[other.Name]; text != "" {
			parts = append(parts, other.Label+" "+ui.Clean(text))
		}
	}
	return f.Label + ":" + strings.Join(parts, ",") + "(按 F6 改)"
}

// ask opens the question; with the answer the file is looked through anew.
func (p *preview) ask() tea.Cmd {
	return ui.Do(ui.Push{Screen: newArrival(p.app, p.kind, p.asked, func(asked map[string]string) tea.Cmd {
		p.asked = asked
		return p.Init()
	})})
}
