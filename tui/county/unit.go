package county

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/tui/ui"
)

// unitPast shows the bundles of one unit, the newest first: verdicts, reasons, key.
type unitPast struct {
	app  *ui.App
	unit county.UnitReport
	key  *county.KnownKey
	list ui.Chooser
	w, h int

	digits *ui.Input // of a new key, while they are typed
	fault  string
}

var _ ui.Screen = (*unitPast)(nil)

// unitRead is what the county's book says of a unit.
type unitRead struct {
	key   *county.KnownKey
	lines []unitLine
}

// unitLine is one line of the book, with what it says beside the verdict.
type unitLine struct {
	county.IntakeLine
	why struct {
		Code     string                  `json:"code"`
		Reason   string                  `json:"reason"`
		Problems []bundle.ReceiptProblem `json:"problems"`
		Asked    string                  `json:"asked"`
		By       string                  `json:"by"`
		// Corrected is what sums changed in those that stood of the month.
		Corrected *office.Correction `json:"corrected"`
	}
}

func newUnitPast(app *ui.App, unit county.UnitReport) *unitPast {
	p := &unitPast{app: app, unit: unit}
	p.list.Empty = "正在读取…"
	return p
}

func (p *unitPast) Title() string {
	if p.unit.Name == "" {
		return "报送经过:" + p.unit.Code
	}
	return "报送经过:" + p.unit.Name
}
func (p *unitPast) Unsaved() string { return "" }

func (p *unitPast) Init() tea.Cmd {
	return func() tea.Msg {
		book, err := county.IntakesOf(p.app.Ctx, p.app.Ledger, p.unit.Code)
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := unitRead{}
		if m.key, err = county.KnownKeyOf(p.app.Ctx, p.app.Ledger, p.unit.Code); err != nil {
			return ui.Failed{Err: err}
		}
		for _, i := range book {
			line := unitLine{IntakeLine: i}
			if err := json.Unmarshal(i.Reasons, &line.why); err != nil {
				return ui.Failed{Err: fmt.Errorf("intake %d: %w", i.Seq, err)}
			}
			m.lines = append(m.lines, line)
		}
		return m
	}
}

// Hints implements ui.Screen: what can be done about the unit's last bundle, and giving
// the village its ledger back.
func (p *unitPast) Hints() []ui.Hint {
	hints := p.hints()
	if p.digits != nil || !p.held() {
		return hints
	}
	return slices.Insert(hints, len(hints)-1, ui.Hint{Action: ui.Sheet, Label: "恢复台账"})
}

// held tells whether the county holds a bundle of the unit.
func (p *unitPast) held() bool { return p.key != nil && p.key.OrgID != "" }

func (p *unitPast) hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	switch {
	case p.waits():
		return []ui.Hint{{Action: ui.Open, Label: "核实后收下或退回"}, back}
	case p.digits != nil:
		return []ui.Hint{{Action: ui.Open, Label: "认可新密钥"}, back}
	case p.remedy() == "E-KEY-CHANGED":
		return []ui.Hint{{Action: ui.Open, Label: "核对并认可新密钥"}, back}
	case p.remedy() != "":
		return []ui.Hint{{Action: ui.Open, Label: "看会少什么,放行"}, back}
	}
	return []ui.Hint{back}
}

func (p *unitPast) Help() []string {
	return []string{
		"村里的台账丢了又没有备份的,按 F7 用最后一个报送包给它恢复一份。",
		"这里是一个单位每次报送的经过,最新的在前;下面是选中那一次的说明:退回的原因,或者收下后要改的问题。",
		"密钥校验数字是这个单位台账的印记。密钥变了的报送包会被退回:请打电话与村里核对这八位数字,核实是换了台账,按回车填上新的八位数字认可。",
		"不是接着县里最后收下的那一个做的报送包也会被退回:台账拷到了两台电脑上,或者从旧备份恢复过。打电话问清楚,按回车看会少什么,再定放不放行。",
	}
}

// unitHead is the room above the list.
const unitHead = 4

func (p *unitPast) SetSize(w, h int) {
	p.w, p.h = w, h
	p.fit()
}

// fit gives the list what it needs, at most half the room: the rest tells what became
// of the chosen bundle.
func (p *unitPast) fit() {
	p.list.SetSize(p.w, max(min(len(p.list.Items()), (p.h-unitHead)/2), 3))
}

func (p *unitPast) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case unitRead:
		p.key = m.key
		p.fill(m.lines)
	case ui.Changed:
		return p.Init()
	case trusted:
		return p.trusted(m)
	case tea.PasteMsg:
		if p.digits != nil {
			return p.digits.Update(m)
		}
	case tea.KeyPressMsg:
		switch {
		case p.digits != nil:
			return p.typeDigits(m)
		case p.list.Update(m):
		case ui.Is(m, ui.Sheet) && p.held():
			return ui.Do(ui.Push{Screen: NewRescue(p.app, p.unit.Code, briefName(p.app, store.Unit{Name: p.unit.Name, Township: p.unit.Township}))})
		case ui.Is(m, ui.Open) && p.waits():
			return ui.Do(ui.Push{Screen: NewReview(p.app, nil)})
		case ui.Is(m, ui.Open):
			return p.let()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		p.list.Click(m.X, m.Y-unitHead)
	case tea.MouseWheelMsg:
		p.list.Wheel(m)
	}
	return nil
}

func (p *unitPast) fill(lines []unitLine) {
	p.list.Empty = "还没有收到过这个单位的报送包"
	st := p.app.Styles
	var items []ui.Item
	for n := len(lines) - 1; n >= 0; n-- {
		line := &lines[n]
		label := ui.LocalTime(line.At) + "  " + ui.Fit(line.Verdict, 8)
		if line.Month != "" {
			label += fmt.Sprintf("%s 第 %d 号", line.Month.Chinese(), line.Sequence)
		}
		note := line.why.Reason
		switch c := line.why.Corrected; {
		case note != "":
		case len(line.why.Problems) > 0:
			note = fmt.Sprintf("问题 %d 条", len(line.why.Problems))
		case c != nil && len(c.Changes) > 0:
			note = fmt.Sprintf("更正 %d 个数", len(c.Changes))
		}
		it := ui.Item{Key: fmt.Sprint(line.Seq), Label: label, Note: note, Value: line}
		switch line.Verdict {
		case county.Refused:
			it.Style = st.Fault
		case county.Partly, county.Waiting:
			it.Style = st.Warning
		}
		items = append(items, it)
	}
	p.list.SetItems(items)
	p.fit()
}

func (p *unitPast) View() (string, *tea.Cursor) {
	st, u := p.app.Styles, &p.unit
	lines := []string{" " + ui.Fit(strings.TrimSpace(u.Township+" "+u.Code), 40) + " 电话 " + u.Phone, " " + p.keyText()}
	more := u.Notes()
	if u.Gaps != "" {
		more = strings.Trim("缺号 "+u.Gaps+"(不要紧);"+more, ";")
	}
	title := "经过"
	if p.digits != nil {
		title = "核对新密钥"
	}
	lines = append(lines, " "+ui.Cut(more, p.w-2), ui.Rule(st, title, p.w))
	if p.digits != nil {
		lines, cursor := p.digitsView(lines)
		return joinLines(lines), cursor
	}
	list, _ := p.list.View(st)
	lines = append(append(lines, list...), ui.Rule(st, "这一次", p.w))
	it, ok := p.list.Selected()
	line, isLine := it.Value.(*unitLine)
	if ok && isLine {
		lines = append(lines, p.detail(line)...)
	}
	if len(lines) > p.h && p.h > 0 {
		lines = append(lines[:p.h-1], st.Muted.Render("  …"))
	}
	return joinLines(lines), nil
}

// keyText tells the digits of the key that is known.
func (p *unitPast) keyText() string {
	if p.key == nil {
		return "密钥:还没有收下过,不知道"
	}
	text := "密钥校验数字 " + bundle.CheckDigits(p.key.PublicKey) + ",从 " + ui.LocalDay(p.key.Since) + " 起"
	if p.key.Restored {
		text += ";已放行下一个包"
		if a := p.key.Allowed; a != nil {
			text += "(" + a.As + ")"
		}
	}
	return text
}

func (p *unitPast) detail(line *unitLine) []string {
	var lines []string
	add := func(text string) {
		for _, l := range ui.Wrap(text, p.w-2) {
			lines = append(lines, " "+l)
		}
	}
	add(ui.Clean(line.File) + ":" + line.Verdict)
	if line.why.Reason != "" {
		add(ui.Clean(line.why.Reason))
	}
	if line.why.Asked != "" {
		add("核实:" + ui.Clean(line.why.Asked) + "(" + ui.Clean(line.why.By) + ")")
	}
	if c := line.why.Corrected; c != nil && len(c.Changes) == 0 {
		add(fmt.Sprintf("与第 %d 号的数字相同", c.From))
	} else if c != nil {
		add(fmt.Sprintf("更正第 %d 号的 %d 个数:", c.From, len(c.Changes)))
		for _, change := range c.Changes {
			add("  " + ui.Clean(change.Text()))
		}
		if c.Closed {
			add("收下时本级这个月已封账,封账的汇总不变")
		}
	}
	for _, problem := range line.why.Problems {
		add(strings.TrimSpace(problem.Effect + " " + county.ProblemText(p.app.Ledger.Kinds(), problem)))
	}
	return lines
}

func joinLines(lines []string) string { return strings.Join(lines, "\n") }
