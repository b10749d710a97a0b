package widget

import (
	"strings"
	"unicode"

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

func newOrgCode(b basic) Widget {
	o := &orgCode{picking: newPicking(b)}
	o.in.Fold = halfWidth
	return o
}

func (o *orgCode) look(by string) tea.Cmd {
	o.asked++
	o.by = by
	n, text, app := o.asked, strings.TrimSpace(o.in.Value()), o.host.App()
	return o.ask(func() any {
		all, err := app.Ledger.Units(app.Ctx, text, mostFound)
		if err != nil {
			return err
		}
		return units{n, all}
	})
}

func (o *orgCode) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if m.String() == "enter" && o.isCode() {
		return Ignored, nil // leave takes it
	}
	return pickKey(o, m)
}

func (o *orgCode) Paste(text string) tea.Cmd { return pickPaste(o, strings.TrimSpace(text)) }

func (o *orgCode) Click(_, _ int) tea.Cmd { return pickClick(o) }

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
	switch {
	case err != nil || code == "":
	case strings.ContainsFunc(code, func(r rune) bool { return r > unicode.MaxASCII }):
		err = model.Errorf("E-REF", "%s:名单里没有“%s”;不知道代码的空着,名称写在别的项里", o.field.Label, o.in.Value())
	default:
		err = o.field.Type.Check(o.field, code)
	}
	return code, err
}

func (o *orgCode) Receive(msg any) tea.Cmd {
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
	o.show(best(items, o.in.Value(), model.SearchText), at, "名单里没有;知道代码的可以直接写代码")
	return nil
}

func (o *orgCode) Pick() (Outcome, tea.Cmd) {
	it, ok := o.drop.Selected()
	if !ok {
		return o.skip(&o.drop, o.in.Value())
	}
	o.code = it.Key
	o.host.SetName(it.Key, it.Label)
	o.in.SetValue("")
	o.forget()
	return Onward, nil
}

func (o *orgCode) Leave() {
	if o.drop.Chosen() && (o.in.Value() != "" || o.drop.Moved()) {
		o.Pick()
	}
	if code, err := o.read(); err == nil && code != "" {
		o.code = code
		o.in.SetValue("")
	}
	o.forget()
}

func (o *orgCode) Value() (model.Value, error) {
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

func (o *orgCode) Set(v model.Value) {
	o.code, _ = v.(string)
	o.in.SetValue("")
	o.forget()
}

func (o *orgCode) Typed() Typed { return typedOne(o.in, o.code) }

func (o *orgCode) Restore(t Typed) {
	o.Set(t.one())
	o.in.SetValue(t.Text)
}

func (o *orgCode) Want() int { return 44 }

func (o *orgCode) View(w int, focused bool) ([]string, *tea.Cursor) {
	return oneOf(o.in, o.field.Type.Format(o.field, o.code, o.host.Name), w, focused)
}
