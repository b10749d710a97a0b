package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// orgCode is an organisation on file or on the county's list, found by name,
// pinyin or code. It shows the name; a code that is on no list may be typed.
type orgCode struct {
	picking
	code string
}

var _ picker = (*orgCode)(nil)

// units answers a question of orgCode.
type units struct {
	n     int
	units []store.Unit
}

func newOrgCode(b basic) widget {
	o := &orgCode{picking: newPicking(b)}
	o.in.Fold = halfWidth
	return o
}

func (o *orgCode) look(by string) tea.Cmd {
	o.asked++
	o.by = by
	n, text, app := o.asked, strings.TrimSpace(o.in.Value()), o.f.app
	return o.ask(func() any {
		all, err := app.Ledger.Units(app.Ctx, text, mostFound)
		if err != nil {
			return err
		}
		return units{n, all}
	})
}

func (o *orgCode) key(m tea.KeyPressMsg) (outcome, tea.Cmd) {
	if m.String() == "enter" && o.isCode() {
		return ignored, nil // leave takes it
	}
	return pickKey(o, m)
}

func (o *orgCode) paste(text string) tea.Cmd { return pickPaste(o, strings.TrimSpace(text)) }

func (o *orgCode) click(_, _ int) tea.Cmd { return pickClick(o) }

func (o *orgCode) filled() bool { return o.code != "" }

func (o *orgCode) takeBack(string) bool {
	o.code = ""
	return true
}

// isCode reports a code typed in full for which the list has no entry.
func (o *orgCode) isCode() bool {
	code, err := o.read()
	return err == nil && code != "" && len(o.drop.Items()) == 0
}

// read gives the code typed, or an Error.
func (o *orgCode) read() (string, error) {
	v, err := o.field.Type.Parse(o.field, o.in.Value())
	code, _ := v.(string)
	if err == nil && code != "" {
		err = o.field.Type.Check(o.field, code)
	}
	return code, err
}

func (o *orgCode) receive(msg any) tea.Cmd {
	if _, failed := msg.(error); failed {
		o.forget()
		return nil
	}
	m, ok := msg.(units)
	if !ok || m.n != o.asked {
		return nil
	}
	o.got = m.n
	items := make([]ui.Item, len(m.units))
	for i, u := range m.units {
		items[i] = ui.Item{Key: u.Code, Label: u.Name, Note: strings.TrimSpace(u.Code + " " + u.Township)}
	}
	at := o.code
	if o.in.Value() != "" {
		at = ""
	}
	o.show(best(items, o.in.Value()), at, "名单里没有;知道代码的可以直接写代码")
	return nil
}

func (o *orgCode) pick() (outcome, tea.Cmd) {
	it, ok := o.drop.Selected()
	if !ok {
		return o.skip(&o.drop, o.in.Value())
	}
	o.code = it.Key
	o.f.names[it.Key] = it.Label
	o.in.SetValue("")
	o.forget()
	return onward, nil
}

func (o *orgCode) leave() {
	if o.drop.Chosen() && (o.in.Value() != "" || o.drop.Moved()) {
		o.pick()
	}
	if code, err := o.read(); err == nil && code != "" {
		o.code = code
		o.in.SetValue("")
	}
	o.forget()
}

func (o *orgCode) value() (model.Value, error) {
	code := o.code
	if o.in.Value() != "" {
		var err error
		if code, err = o.read(); err != nil {
			return nil, err
		}
	}
	if code == "" {
		return nil, nil
	}
	return code, nil
}

func (o *orgCode) set(v model.Value) {
	o.code, _ = v.(string)
	o.in.SetValue("")
	o.forget()
}

func (o *orgCode) typed() typed { return typedOne(o.in, o.code) }

func (o *orgCode) restore(t typed) {
	o.set(t.one())
	o.in.SetValue(t.Text)
}

func (o *orgCode) want() int { return 44 }

func (o *orgCode) view(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(o.in, o.field.Type.Format(o.field, o.code, o.f.name), w, focused)
}
