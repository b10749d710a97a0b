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
	basic
	in    *ui.Input
	code  string
	drop  list
	asked int
	got   int
	then  string
}

// units answers a question of orgCode.
type units struct {
	n     int
	units []store.Unit
}

func newOrgCode(b basic) widget {
	o := &orgCode{basic: b, in: ui.NewInput(b.f.app.Styles)}
	o.in.Fold = halfWidth
	return o
}

func (o *orgCode) look(key string) tea.Cmd {
	o.asked++
	o.then = key
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
	if o.drop.open && o.drop.key(m) {
		return taken, nil
	}
	typed := o.in.Value()
	switch m.String() {
	case "enter":
		switch {
		case o.drop.open && !o.isCode():
			return o.pick()
		case typed == "" && o.code == "":
			return taken, o.look("enter")
		}
		return ignored, nil // leave takes a code as it is
	case "down":
		return taken, o.look("down")
	case "backspace", "delete":
		if typed == "" {
			o.code = ""
			return taken, nil
		}
	case "left", "right", "home", "end", "ctrl+z":
		if typed == "" {
			return taken, nil
		}
	}
	if spaceOnly(m, typed) {
		return taken, nil
	}
	if !o.in.Edit(m) {
		return ignored, nil
	}
	if o.in.Value() == typed {
		return taken, nil
	}
	return taken, o.retyped()
}

// isCode reports a code typed in full that the list has no entry for.
func (o *orgCode) isCode() bool {
	v, err := o.read()
	return err == nil && v != "" && !o.drop.moved && len(o.drop.box.Items()) == 0
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

func (o *orgCode) retyped() tea.Cmd {
	if o.in.Value() == "" {
		o.forget()
		return nil
	}
	return o.look("")
}

func (o *orgCode) paste(text string) tea.Cmd {
	o.in.Insert(strings.TrimSpace(text))
	return o.retyped()
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
		note := u.Code
		if u.Township != "" {
			note += " " + u.Township
		}
		items[i] = ui.Item{Key: u.Code, Label: u.Name, Note: note}
	}
	o.drop.empty = "名单里没有;知道代码的可以直接写代码"
	o.drop.show(best(items, o.in.Value()), "")
	o.drop.free = o.then == "enter"
	if o.in.Value() == "" && o.code != "" {
		o.drop.box.Select(o.code)
	}
	return nil
}

func (o *orgCode) forget() {
	o.asked++
	o.got = o.asked
	o.drop.close()
}

func (o *orgCode) pick() (outcome, tea.Cmd) {
	it, ok := o.drop.selected()
	if !ok {
		return o.drop.skip(), nil
	}
	o.code = it.Key
	o.f.names[it.Key] = it.Label
	o.in.SetValue("")
	o.forget()
	return onward, nil
}

func (o *orgCode) leave() {
	if o.drop.open && (o.in.Value() != "" || o.drop.moved) && !o.isCode() {
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

func (o *orgCode) typed() typed {
	t := typed{Text: o.in.Value()}
	if o.code != "" {
		t.Chosen = []string{o.code}
	}
	return t
}

func (o *orgCode) restore(t typed) {
	o.set(nil)
	if len(t.Chosen) > 0 {
		o.code = t.Chosen[0]
	}
	o.in.SetValue(t.Text)
}

func (o *orgCode) want() int { return 44 }

func (o *orgCode) view(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(o.in, o.field.Type.Format(o.field, o.code, o.f.name), w, focused)
}

func (o *orgCode) click(_, _ int) tea.Cmd {
	if o.drop.open {
		o.drop.close()
		return nil
	}
	return o.look("down")
}

func (o *orgCode) list() *list { return o.drop.shown() }

func (o *orgCode) busy() bool { return o.got != o.asked }
