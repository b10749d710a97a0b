package form

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// offers asks what of that which usually follows from a record just saved is to be done
// too. What is ticked is written by one save, which one undo takes back.
type offers struct {
	app    *ui.App
	of     *model.Record
	all    []model.Offer
	ticked []bool
	list   ui.Chooser
	saving bool
	fault  string // why it was not saved
	w, h   int
}

var _ ui.Screen = (*offers)(nil)

// offersSaved answers the saving.
type offersSaved struct {
	to    *offers
	saved store.Saved
	err   error
}

// offered gives what the kind offers after a save. It runs in a command.
func (f *Form) offered(s store.Saved) ([]model.Offer, error) {
	if f.kind.Offers == nil {
		return nil, nil
	}
	return f.kind.Offers(f.app.Ledger.Env(f.app.Ctx), s.Before[0], s.Records[0])
}

func newOffers(app *ui.App, of *model.Record, all []model.Offer) *offers {
	o := &offers{app: app, of: of, all: all, ticked: make([]bool, len(all))}
	for i := range all {
		o.ticked[i] = !all[i].Off
	}
	o.fill()
	return o
}

// fill writes the list with its ticks.
func (o *offers) fill() {
	items := make([]ui.Item, len(o.all))
	for i := range o.all {
		box := "[ ] "
		if o.ticked[i] {
			box = "[*] "
		}
		items[i] = ui.Item{Key: fmt.Sprint(i), Label: box + o.all[i].Text, Value: i}
	}
	o.list.SetItems(items)
}

// chosen counts the ticks.
func (o *offers) chosen() int {
	n := 0
	for _, t := range o.ticked {
		if t {
			n++
		}
	}
	return n
}

// Init implements ui.Screen.
func (o *offers) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (o *offers) Title() string { return "接着办:" + o.of.Kind.Title + " " + o.of.MaskedLabel() }

// Unsaved implements ui.Screen.
func (o *offers) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (o *offers) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: fmt.Sprintf("办理打勾的 %d 项", o.chosen())}, {Action: ui.Open, Label: "打勾/去勾"}, {Action: ui.Back, Label: "都不办"}}
}

// Help implements ui.Screen.
func (o *offers) Help() []string {
	return []string{
		"刚才那条" + o.of.Kind.Title + "已经保存好了。这里列出按常理要跟着办的事,打了勾 [*] 的会一起办。",
		"用 ↑ ↓ 移动,按回车打勾或去掉勾;不该办的去掉勾。",
		"按 F2 或 Ctrl+S,打了勾的一次办好;办错了,到任何一张表里按 Ctrl+Z,一起撤销。",
		"按 Esc 都不办。以后打开那条记录再按一次 F2,没办的还会列出来。",
	}
}

// SetSize implements ui.Screen.
func (o *offers) SetSize(w, h int) {
	o.w, o.h = w, h
	o.list.SetSize(w-2, max(h-len(o.above())-ui.DetailRows, 1))
}

// above is what stands over the list.
func (o *offers) above() []string {
	lines := ui.Wrap("已保存。按常理还要跟着办下面的事,打勾 [*] 的一起办:", o.w-2)
	if o.fault != "" {
		lines = append(lines, ui.Wrap("没有办成:"+o.fault, o.w-2)...)
	}
	return append(lines, "")
}

// Update implements ui.Screen.
func (o *offers) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case offersSaved:
		if m.to == o {
			return o.took(m)
		}
		return nil
	case tea.KeyPressMsg:
		switch {
		case o.saving:
			return nil
		case ui.Is(m, ui.Save):
			return o.save()
		case ui.Is(m, ui.Back):
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Status{Text: "跟着要办的事都没有办;以后打开那条记录再按 F2,还会列出来"}))
		case ui.Is(m, ui.Mark), m.String() == "space":
			return o.toggle()
		}
	}
	return o.list.Drive(msg, len(o.above()), o.toggle)
}

// toggle sets or takes the tick of the chosen line.
func (o *offers) toggle() tea.Cmd {
	if it, ok := o.list.Selected(); ok && !o.saving {
		i, _ := it.Value.(int)
		o.ticked[i] = !o.ticked[i]
		o.fill()
	}
	return nil
}

// save writes what is ticked, all in one.
func (o *offers) save() tea.Cmd {
	var recs []*model.Record
	for i := range o.all {
		if o.ticked[i] {
			recs = append(recs, o.all[i].Records...)
		}
	}
	if len(recs) == 0 {
		return ui.Do(ui.Status{Text: "一项也没有打勾:按回车打勾,或按 Esc 都不办"})
	}
	o.saving = true
	app := o.app
	return func() tea.Msg {
		clones := make([]*model.Record, len(recs))
		for i, r := range recs {
			clones[i] = r.Clone()
		}
		s, err := app.Ledger.Save(app.Ctx, model.FromForm, clones...)
		return offersSaved{o, s, err}
	}
}

func (o *offers) took(m offersSaved) tea.Cmd {
	o.saving = false
	if m.err != nil {
		var refusal *store.Refusal
		var known *model.Error
		if !errors.As(m.err, &refusal) && !errors.As(m.err, &known) {
			return ui.Do(ui.Failed{Err: m.err})
		}
		o.fault = m.err.Error() + "。去掉那一项的勾,或者先去改好"
		o.SetSize(o.w, o.h)
		return ui.Do(ui.Status{Text: "没有办成,原因写在上面", Fault: true})
	}
	var cmds []tea.Cmd
	for _, c := range changes(m.saved.Records) {
		cmds = append(cmds, ui.Do(ui.Changed{Kind: c.Kind}))
	}
	return tea.Sequence(append(cmds, ui.Do(ui.Pop{}), ui.Do(ui.Status{Text: o.doneText(m.saved)}))...)
}

// doneText says what was written, by kind.
func (o *offers) doneText(s store.Saved) string {
	count := map[*model.Kind]int{}
	var kinds []*model.Kind
	for _, r := range s.Records {
		if count[r.Kind]++; count[r.Kind] == 1 {
			kinds = append(kinds, r.Kind)
		}
	}
	parts := make([]string, len(kinds))
	for i, k := range kinds {
		parts[i] = fmt.Sprintf("%s %d 条", k.Title, count[k])
	}
	return fmt.Sprintf("跟着办好了 %d 项(%s);要撤销,在表里按 Ctrl+Z", o.chosen(), strings.Join(parts, "、"))
}

// View implements ui.Screen: the whole text of the chosen line stands below.
func (o *offers) View() (string, *tea.Cursor) {
	var lines []string
	for i, l := range o.above() {
		if o.fault != "" && i > 0 && l != "" {
			l = o.app.Styles.Fault.Render(l)
		}
		lines = append(lines, " "+l)
	}
	list, _ := o.list.View(o.app.Styles)
	for _, l := range list {
		lines = append(lines, " "+l)
	}
	if it, ok := o.list.Selected(); ok {
		i, _ := it.Value.(int)
		lines = append(lines, ui.Rule(o.app.Styles, "这一项", o.w))
		for _, l := range ui.Wrap(o.all[i].Text, o.w-2) {
			lines = append(lines, " "+l)
		}
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), o.w, o.h), "\n"), nil
}
