// Package admission is 全程纪实: the twenty-five steps of one admission by stage, with the
// day, the document and the term of each, and the checklist of the file's thirteen
// materials.
package admission

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	steps "taizhang/model/party/admission"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/dossier"
	"taizhang/tui/ui"
)

// Kind is the kind of the records whose page this is; observationKind that of steps 6
// and 21.
const (
	Kind            = "admission"
	observationKind = "observation"
)

// state is what is known of the admission.
type state struct {
	rec       *model.Record // nil until it has been read
	course    []steps.StepAt
	found     []model.Finding
	observed  []*model.Record // the newest first
	materials map[int]dossier.Material
}

// page is the screen.
type page struct {
	app  *ui.App
	id   string
	w, h int

	steps    ui.Chooser
	file     ui.Chooser // the thirteen materials
	inFile   bool
	run      int
	now      state
	chosen   bool // the choice was put on the next step
	problems map[int][]model.Finding
}

var _ ui.Screen = (*page)(nil)

type read struct {
	p   *page
	run int
	now state
	err error
}

// New gives the page of the admission of that id.
func New(app *ui.App, id string) ui.Screen { return &page{app: app, id: id} }

// Init reads the admission.
func (p *page) Init() tea.Cmd {
	p.run++
	if p.now.rec == nil {
		p.steps.Empty = "正在读取…"
	}
	m, app, id := read{p: p, run: p.run}, p.app, p.id
	return func() tea.Msg {
		m.now, m.err = readState(app, id)
		return m
	}
}

func readState(app *ui.App, id string) (state, error) {
	l, ctx := app.Ledger, app.Ctx
	rec, err := l.Get(ctx, Kind, id)
	if err != nil {
		return state{}, err
	}
	s := state{rec: rec}
	if s.observed, err = observations(ctx, l, id); err != nil {
		return s, err
	}
	if s.materials, err = dossier.Read(ctx, l, id); err != nil {
		return s, err
	}
	if s.found, err = l.Check(ctx, rec); err != nil {
		return s, err
	}
	env := l.Env(ctx)
	begun, err := membership.ReadBegun(env)
	if err != nil {
		return s, err
	}
	opened := model.Date("")
	if begun.First != "" {
		opened = begun.First.Add(1).First() // as what falls due counts it
	}
	s.course = steps.Course(env.Packs, rec, s.observed, opened, env.Today)
	return s, nil
}

func observations(ctx context.Context, l *store.Ledger, id string) ([]*model.Record, error) {
	page, err := l.Page(ctx, store.Query{Kind: observationKind, Conds: []model.Cond{model.Where("admission", model.Eq, id)}, Sort: []string{"-held_on"}})
	return page.Records, err
}

// Title implements ui.Screen.
func (p *page) Title() string {
	if p.now.rec == nil {
		return "全程纪实"
	}
	return "全程纪实 · " + p.now.rec.Text("person")
}

// Unsaved implements ui.Screen.
func (p *page) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (p *page) Hints() []ui.Hint {
	var hints []ui.Hint
	add := func(a ui.Action, label string) { hints = append(hints, ui.Hint{Action: a, Label: label}) }
	if p.inFile {
		if p.writes() {
			add(ui.Mark, "有/缺")
			add(ui.Open, "填写")
			add(ui.New, "装盒")
		}
		add(ui.Next, "回到步骤")
	} else {
		add(ui.Open, p.openLabel())
		if next, s := p.next(), p.selected(); p.writes() && next != nil && s != nil && s.No != next.No {
			add(ui.New, "填下一步")
		}
		add(ui.ToForm, "表单")
		add(ui.Next, "材料")
	}
	add(ui.Back, "返回")
	add(ui.Undo, "撤销")
	return hints
}

// openLabel says what Enter does with the chosen step.
func (p *page) openLabel() string {
	s := p.selected()
	switch {
	case s == nil || !p.writes():
		return "打开"
	case s.Field == "":
		return "考察"
	case s.State == steps.Next || s.State == steps.LeftOut:
		return "填这一步"
	}
	return "改这一步"
}

// Help implements ui.Screen.
func (p *page) Help() []string {
	return []string{
		"这里是一个人入党的全程纪实:五个阶段、二十五步,每一步写着完成日期、最早和最迟的日期、要形成的材料。",
		"最前面的记号:√ 办好了,→ 该办的,缺 漏填了;晚 办晚了或者已经超期,! 有提醒,下面写着是什么。",
		"选在该办的那一步上按回车(或在哪里都按 F2),填日期就行,默认是今天;还有票数、结论要填的,接着打开表单填。",
		"已办好的按回车,打开表单改那一项。第 6、21 步是考察记录,按回车看,也在那里登记。",
		"上级审批(17、24)保存时,台账同时办好党员变动、改好人员类别;填错了按 Ctrl+Z 一起撤销。",
		"按 Tab 看档案材料的十三项:Ctrl+B(或 Insert)记 有/缺,按回车填谁保管、存放在哪里,F2 把有的一起归档装盒。",
		"全程纪实表、考察登记表按 Ctrl+U 打印。",
		"材料清单只记在本台账里,不随报送包上报。F3(或 Ctrl+P)打开整张表单。",
	}
}

// writes reports whether the admission may be changed here.
func (p *page) writes() bool {
	r := p.now.rec
	return r != nil && r.DeletedAt == "" && !p.app.Ledger.ReadOnly() && p.app.Own(r.OrgID)
}

// next is the step to be taken next, nil where there is none.
func (p *page) next() *steps.StepAt {
	for i, s := range p.now.course {
		if s.State == steps.Next && s.Field != "" {
			return &p.now.course[i]
		}
	}
	return nil
}

// selected is the chosen step.
func (p *page) selected() *steps.StepAt {
	it, ok := p.steps.Selected()
	if !ok {
		return nil
	}
	no, _ := it.Value.(int)
	return &p.now.course[no-1]
}

// Update implements ui.Screen.
func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.p == p && m.run == p.run {
			return p.took(m)
		}
	case stepSaved:
		if m.p == p {
			return p.saved(m)
		}
	case ui.Changed:
		return p.Init()
	case tea.KeyPressMsg:
		return p.key(m)
	case tea.MouseClickMsg:
		return p.click(m)
	case tea.MouseWheelMsg:
		p.list().Wheel(m)
	}
	return nil
}

func (p *page) took(m read) tea.Cmd {
	if m.err != nil {
		p.steps.Empty = "这份记录读不出来,按 Esc 返回"
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.now = m.now
	p.problems = map[int][]model.Finding{}
	for _, f := range m.now.found {
		no := stepOf(f.Field)
		p.problems[no] = append(p.problems[no], f)
	}
	p.fill()
	if next := p.next(); next != nil && !p.chosen {
		p.steps.Select(stepKey(next.No))
	}
	p.chosen = true
	return nil
}

// stepOf gives the number of the step to which a field belongs, 0 for none.
func stepOf(field string) int {
	for _, s := range steps.AdmissionSteps() {
		if s.Field == field && field != "" {
			return s.No
		}
		for _, f := range s.Fields() {
			if f == field {
				return s.No
			}
		}
	}
	return 0
}

// list is the list that has the keys.
func (p *page) list() *ui.Chooser {
	if p.inFile {
		return &p.file
	}
	return &p.steps
}

func (p *page) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		if p.inFile && !p.beside() {
			p.turn()
			return nil
		}
		return ui.Do(ui.Pop{})
	case ui.Is(m, ui.Next), ui.Is(m, ui.Previous):
		p.turn()
	case p.now.rec == nil:
	case ui.Is(m, ui.ToForm):
		return p.toForm("")
	case ui.Is(m, ui.Undo):
		return p.app.Undo()
	case ui.Is(m, ui.Print):
		return p.app.OpenPapers(ui.PrintOf{Kind: Kind, Record: p.now.rec})
	case ui.Is(m, ui.Mark) && p.inFile:
		return p.toggle()
	case ui.Is(m, ui.New) && p.inFile:
		return p.boxUp()
	case ui.Is(m, ui.New):
		if next := p.next(); next != nil {
			return p.enter(next)
		}
		return ui.Do(ui.Status{Text: "没有要填的下一步了"})
	case ui.Is(m, ui.Open):
		return p.open()
	case p.beside() && (m.String() == "left" || m.String() == "right"):
		if p.inFile != (m.String() == "right") {
			p.turn()
		}
	default:
		p.list().Update(m)
	}
	return nil
}

// turn goes to the other list.
func (p *page) turn() {
	p.inFile = !p.inFile
	p.arrange()
}

func (p *page) open() tea.Cmd {
	if p.inFile {
		return p.editMaterial()
	}
	if s := p.selected(); s != nil {
		return p.enter(s)
	}
	return nil
}

func (p *page) toForm(field string) tea.Cmd {
	return p.app.OpenForm(ui.FormOf{Kind: Kind, ID: p.id, Field: field})
}
