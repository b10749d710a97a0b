package county

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// A bundle that was refused for its key, or since it does not follow on the last one
// accepted, is let in from the unit's page, after a call to the village.

// trusted tells what came of it.
type trusted struct {
	text string
	err  error
}

// remedy gives the code for which the unit's last bundle was refused, where the
// county can let the next one in.
func (p *unitPast) remedy() string {
	items := p.list.Items()
	if len(items) == 0 || p.app.Ledger.ReadOnly() {
		return ""
	}
	newest, _ := items[0].Value.(*unitLine)
	if newest == nil || newest.Verdict != county.Refused {
		return ""
	}
	switch {
	case newest.why.Code == "E-KEY-CHANGED", county.IsFork(newest.why.Code) && p.key != nil && !p.key.Restored:
		return newest.why.Code
	}
	return ""
}

// waits tells that the unit's last bundle waits for a decision.
func (p *unitPast) waits() bool {
	items := p.list.Items()
	if len(items) == 0 || p.digits != nil {
		return false
	}
	newest, _ := items[0].Value.(*unitLine)
	return newest != nil && newest.Verdict == county.Waiting
}

// let asks for what is needed to let the next bundle in.
func (p *unitPast) let() tea.Cmd {
	switch code := p.remedy(); {
	case code == "E-KEY-CHANGED":
		p.digits, p.fault = ui.NewInput(p.app.Styles), ""
		p.digits.Fold = model.HalfWidth
	case county.IsFork(code):
		return ui.Do(ui.Push{Screen: newFork(p.app, p.unit)})
	}
	return nil
}

// typeDigits takes a key while the digits of the new key are typed.
func (p *unitPast) typeDigits(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		p.digits = nil
	case m.String() == "enter":
		typed, ctx, l, code := p.digits.Value(), p.app.Ctx, p.app.Ledger, p.unit.Code
		return func() tea.Msg {
			changed, err := county.ChangedKey(ctx, l, code)
			if err == nil {
				err = county.Trust(ctx, l, changed, typed)
			}
			return trusted{"新密钥已认可,下一次报送会收下;这次退回的再收一遍就行", err}
		}
	default:
		p.fault = ""
		return p.digits.Update(m)
	}
	return nil
}

// trusted shows what came of letting the unit's next bundle in.
func (p *unitPast) trusted(m trusted) tea.Cmd {
	var known *model.Error
	switch {
	case errors.As(m.err, &known):
		p.fault = known.Message
		return nil
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.digits = nil
	return tea.Batch(p.Init(), ui.Do(ui.Status{Text: m.text}))
}

// digitsView asks for the digits, in the room of the list.
func (p *unitPast) digitsView(lines []string) ([]string, *tea.Cursor) {
	there := p.app.Words().There
	lines = append(lines, "")
	for _, l := range ui.Wrap("请打电话给"+there+",让对方念新密钥的校验数字(在"+there+"“设置”里),照着填在这里按回车。对不上的不要认可。", p.w-2) {
		lines = append(lines, " "+l)
	}
	lines = append(lines, "")
	p.digits.SetWidth(20)
	text, at := p.digits.View()
	label := " 校验数字 "
	lines = append(lines, p.app.Styles.Label.Render(label)+text)
	var cursor *tea.Cursor
	if at != nil {
		cursor = tea.NewCursor(at.X+ui.Width(label), len(lines)-1)
	}
	for _, l := range ui.Wrap(p.fault, p.w-2) {
		lines = append(lines, " "+p.app.Styles.Fault.Render(l))
	}
	return lines, cursor
}
