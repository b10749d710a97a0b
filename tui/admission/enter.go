package admission

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	steps "taizhang/model/party/admission"
	"taizhang/store"
	"taizhang/tui/ui"
)

// stepSaved is what came of saving a step's day.
type stepSaved struct {
	p     *page
	b     *box
	step  steps.StepAt
	saved store.Saved
	err   error
}

// enter does what a step needs: its day is asked for, its observations are listed, or the
// form is opened at its field.
func (p *page) enter(s *steps.StepAt) tea.Cmd {
	switch {
	case s.Field == "":
		return p.observe(*s)
	case !p.writes() || s.State == steps.Taken || s.State == steps.Ahead:
		return p.toForm(s.Field)
	case p.now.rec.Kind.Field(s.Field).Linked(): // who, not when
		return p.toForm(s.Field)
	}
	if first := p.before(*s); first != "" {
		return tea.Sequence(p.toForm(first), ui.Do(ui.Status{Text: fmt.Sprintf("办“%s”以前先填“%s”", s.Name, p.now.rec.Kind.Field(first).Label)}))
	}
	return ui.Do(ui.Push{Screen: p.askStep(*s)})
}

// before names a field that must be filled in before the step's day can be: the notice
// where the edition of the day asks for one, what the meeting decided. "" for none.
func (p *page) before(s steps.StepAt) string {
	r := p.now.rec
	packs := p.app.Ledger.Env(p.app.Ctx).Packs
	switch {
	case s.Field == "candidate_on" && !r.Filled("notice_from") && packs.Limit("admission.notice.workdays", p.app.Today()).Int() > 0:
		return "notice_from"
	case s.Field == "confirm_approved_on" && !r.Filled("confirm_result"):
		return "confirm_result"
	}
	return ""
}

// askStep is the box for a step's day, today where nothing else is said; of step 14 for
// its number.
func (p *page) askStep(s steps.StepAt) *box {
	f := p.now.rec.Kind.Field(s.Field)
	label, value := "日期", string(p.app.Today())
	if f.Type != model.TypeDate {
		label, value = strings.TrimLeft(f.Label, "0123456789 "), ""
	}
	b := newBox(p.app, fmt.Sprintf("%d %s", s.No, s.Name), ui.TextRow(p.app, s.Field, label, value, ""))
	if f.Type == model.TypeDate {
		b.date(s.Field)
	}
	if t := term(s); t != "" {
		b.text = append(b.text, "规定的时间"+t)
	}
	b.text = append(b.text, "要形成的材料:"+s.Document())
	b.more = func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), p.toForm(s.Field)) }
	b.save = func() tea.Cmd {
		v, err := f.Type.Parse(f, b.form.Value(s.Field))
		if err == nil && v == nil {
			err = model.Errorf("E-REQUIRED", "请填%s", label)
		}
		if err != nil {
			return b.fault(s.Field, err)
		}
		rec := p.now.rec.Clone()
		rec.Set(s.Field, v)
		app, m := p.app, stepSaved{p: p, b: b, step: s}
		return func() tea.Msg {
			m.saved, m.err = app.Ledger.Save(app.Ctx, model.FromForm, rec)
			return m
		}
	}
	return b
}

// saved closes the box, says what was done, and goes on to what belongs to the step; or
// shows in the box why it was refused.
func (p *page) saved(m stepSaved) tea.Cmd {
	if m.err != nil {
		return p.refused(m)
	}
	p.chosen = false // goes on to the next step
	cmds := []tea.Cmd{ui.Do(ui.Pop{})}
	seen := map[string]bool{}
	for _, r := range m.saved.Records {
		if !seen[r.Kind.Name] {
			seen[r.Kind.Name] = true
			cmds = append(cmds, ui.Do(ui.Changed{Kind: r.Kind.Name, ID: r.ID}))
		}
	}
	rec := m.saved.Records[0]
	text := fmt.Sprintf("已保存:%d %s", m.step.No, m.step.Name)
	if more := followed(m.saved.Records[1:]); more != "" {
		text += ";" + more
	}
	if field := open(rec, m.step); field != "" {
		text += ";接着填“" + rec.Kind.Field(field).Label + "”"
		cmds = append(cmds, p.toForm(field))
	}
	return tea.Sequence(append(cmds, ui.Do(ui.Status{Text: text}))...)
}

// followed names what else was saved, 党员变动:李四 接收预备党员; not the person that this
// names already.
func followed(recs []*model.Record) string {
	var all []string
	for _, r := range recs {
		if text := strings.Join(all, "、"); !strings.Contains(text, r.Label()) {
			all = append(all, r.Kind.Title+":"+r.Label())
		}
	}
	return strings.Join(all, "、")
}

// open gives the first of the fields that go with a step that is not filled in, "" for
// none; until when a probation is prolonged is asked where it is.
func open(r *model.Record, s steps.StepAt) string {
	for _, name := range s.Fields() {
		if !r.Filled(name) && (name != "extended_to" || r.Is("confirm_result", "延长预备期")) {
			return name
		}
	}
	return ""
}

func (p *page) refused(m stepSaved) tea.Cmd {
	var refusal *store.Refusal
	if !errors.As(m.err, &refusal) {
		return m.b.fault(m.step.Field, m.err)
	}
	fault := model.Faults(refusal.Findings)[0]
	text, field := fault.Message, m.step.Field
	if refusal.Kind == p.now.rec.Kind && fault.Field != "" && fault.Field != m.step.Field {
		field = fault.Field
		text += "(按 F3 到表单里填“" + strings.TrimLeft(p.now.rec.Kind.Field(field).Label, "0123456789 ") + "”)"
	} else if refusal.Kind != p.now.rec.Kind {
		text = "要同时更新的" + refusal.Kind.Title + ":" + text
	}
	m.b.more = func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), p.toForm(field)) }
	m.b.form.Row(m.step.Field).Fault = text
	return nil
}

// observe lists the observations of step 6 or 21; the first entry writes one down.
func (p *page) observe(s steps.StepAt) tea.Cmd {
	stage := "积极分子"
	if s.No == 21 {
		stage = "预备党员"
	}
	var items []ui.Item
	add := func() tea.Cmd {
		return p.app.OpenForm(ui.FormOf{Kind: observationKind, Preset: map[string]model.Value{
			"admission": p.id, "stage": stage, "held_on": string(p.app.Today())}})
	}
	if p.writes() && s.State != steps.Ahead {
		items = append(items, ui.Item{Key: "new", Label: "登记一次考察", Run: func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), add()) }})
	}
	for _, o := range p.now.observed {
		if !o.Is("stage", stage) {
			continue
		}
		items = append(items, ui.Item{Key: o.ID, Label: o.Text("held_on") + "  " + o.Text("observers"), Note: o.Text("opinion"),
			Run: func() tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), p.app.OpenRecord(observationKind, o.ID)) }})
	}
	switch len(items) {
	case 0:
		return ui.Do(ui.Status{Text: "还没有考察记录"})
	case 1:
		if items[0].Key == "new" {
			return add()
		}
	}
	return ui.Do(ui.Push{Screen: ui.NewListBox(p.app, fmt.Sprintf("%d %s", s.No, s.Name), items, nil)})
}
