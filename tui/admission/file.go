package admission

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
	steps "taizhang/model/party/admission"
	"taizhang/store/dossier"
	"taizhang/tui/ui"
)

// The widths of the columns of a material where the list has the whole screen.
const (
	materialCells = 24
	keeperCells   = 10
	placeCells    = 20
)

// wanted tells whether a material should be there: one of its steps has been taken.
func (p *page) wanted(m steps.Material) bool {
	for _, no := range m.Steps {
		if s := p.now.course[no-1]; s.State == steps.Taken || s.On != "" {
			return true
		}
	}
	return false
}

// counts gives how many materials are there, and how many should be and are not.
func (p *page) counts() (held, missing int) {
	for _, m := range steps.Materials() {
		switch {
		case p.now.materials[m.No].Held:
			held++
		case p.wanted(m):
			missing++
		}
	}
	return held, missing
}

// fillFile writes the list of materials.
func (p *page) fillFile() {
	st := p.app.Styles
	items := make([]ui.Item, 0, len(steps.Materials()))
	for _, m := range steps.Materials() {
		has := p.now.materials[m.No]
		mark, style := "", st.Muted
		switch {
		case has.Held:
			mark, style = "有", st.Good
		case p.wanted(m):
			mark, style = "缺", st.Fault
		}
		if has.BoxedOn != "" {
			style = lipgloss.NewStyle()
		}
		label := ui.Fit(mark, 3) + ui.FitRight(fmt.Sprint(m.No), 2) + " "
		if p.beside() && !p.inFile {
			boxed := ""
			if has.BoxedOn != "" {
				boxed = "盒"
			}
			label += ui.Fit(m.Name, fileNarrow-2-6-3) + " " + boxed
		} else {
			label += ui.Fit(m.Name, materialCells) + "  " + ui.Fit(has.Keeper, keeperCells) + " " + ui.Fit(has.Place, placeCells) + " " + string(has.BoxedOn)
		}
		items = append(items, ui.Item{Key: fmt.Sprint("material ", m.No), Label: label, Style: style, Value: m})
	}
	p.file.SetItems(items)
}

func (p *page) fileHead() string {
	if p.beside() && !p.inFile {
		return "档案材料"
	}
	return ui.Fit("", 6) + ui.Fit("档案材料", materialCells) + "  " + ui.Fit("谁保管", keeperCells) + " " + ui.Fit("存放", placeCells) + " 装盒日期"
}

// material is the chosen one, with what is known of it.
func (p *page) material() (steps.Material, dossier.Material, bool) {
	it, ok := p.file.Selected()
	if !ok {
		return steps.Material{}, dossier.Material{}, false
	}
	m, _ := it.Value.(steps.Material)
	has := p.now.materials[m.No]
	has.No = m.No
	return m, has, true
}

// fileDetails says of the chosen material what its row has no room for.
func (p *page) fileDetails() []string {
	m, has, ok := p.material()
	if !ok {
		return nil
	}
	var of []string
	for _, no := range m.Steps {
		s := p.now.course[no-1]
		of = append(of, fmt.Sprintf("%d %s(%s)", s.No, s.Name, s.Document()))
	}
	lines := []string{fmt.Sprintf("%d %s", m.No, m.Name), "由这些步骤形成:" + strings.Join(of, "、")}
	switch {
	case has.Held:
		text := "有"
		for _, part := range []struct{ name, value string }{{"谁保管", has.Keeper}, {"存放", has.Place}, {"装盒", string(has.BoxedOn)}} {
			if part.value != "" {
				text += "," + part.name + ":" + part.value
			}
		}
		lines = append(lines, text+";"+ui.LocalTime(has.At)+" 记下")
	case p.wanted(m):
		lines = append(lines, "这一步已经办了,材料还没有收来;收到后按 Ctrl+B 记“有”")
	}
	return lines
}

// toggle writes down that the chosen material is there, or that it is not; who has it and
// where it lies is taken as of the one written down last.
func (p *page) toggle() tea.Cmd {
	m, has, ok := p.material()
	if !ok || !p.writes() {
		return p.locked()
	}
	if has.Held = !has.Held; has.Held {
		last := p.last()
		has.Keeper, has.Place = or(has.Keeper, last.Keeper), or(has.Place, last.Place)
	} else {
		has.BoxedOn = ""
	}
	p.file.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	word := "缺"
	if has.Held {
		word = "有"
	}
	return p.put(fmt.Sprintf("材料“%s”记%s", m.Name, word), has)
}

// last is the material of this file that was written down last with a keeper or a place.
func (p *page) last() dossier.Material {
	var last dossier.Material
	for _, m := range steps.Materials() {
		has := p.now.materials[m.No]
		if has.Held && (has.Keeper != "" || has.Place != "") && has.Seq >= last.Seq {
			last = has
		}
	}
	return last
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// locked says why nothing is written.
func (p *page) locked() tea.Cmd {
	switch {
	case p.app.Ledger.ReadOnly():
		return p.app.OnlyLooking()
	case p.now.rec == nil:
		return nil
	case p.now.rec.DeletedAt != "":
		return ui.Do(ui.Status{Fault: true, Text: "这份记录在回收站里,这里只能看"})
	}
	return ui.Do(ui.Status{Fault: true, Text: "这份记录是别的党组织的,这里只能看"})
}

// put writes materials down as one act.
func (p *page) put(what string, materials ...dossier.Material) tea.Cmd {
	app, id := p.app, p.id
	return func() tea.Msg {
		if err := dossier.Put(app.Ctx, app.Ledger, id, what, materials...); err != nil {
			return ui.Failed{Err: err}
		}
		return tea.BatchMsg{ui.Do(ui.Changed{Kind: Kind, ID: id}), ui.Do(ui.Status{Text: "已记下:" + what + ";记错了按 Ctrl+Z 撤销"})}
	}
}

// editMaterial asks for all that is kept of the chosen material.
func (p *page) editMaterial() tea.Cmd {
	m, has, ok := p.material()
	if !ok || !p.writes() {
		return p.locked()
	}
	last := p.last()
	states := []string{"有", "缺"}
	at := states[0]
	if !has.Held && has.At != "" {
		at = states[1]
	}
	b := newBox(p.app, fmt.Sprintf("%d %s", m.No, m.Name),
		ui.ChoiceRow("held", "有没有", states, at),
		ui.TextRow(p.app, "keeper", "谁保管", or(has.Keeper, last.Keeper), "例如 组织委员"),
		ui.TextRow(p.app, "place", "存放", or(has.Place, last.Place), "例如 村部档案柜"),
		ui.TextRow(p.app, "boxed", "装盒日期", string(has.BoxedOn), "还没有装盒的空着"))
	b.date("boxed")
	b.past(p.id, m.No)
	b.save = func() tea.Cmd {
		boxed, err := b.day("boxed")
		if err != nil {
			return b.fault("boxed", err)
		}
		now := dossier.Material{No: m.No, Held: b.form.Value("held") == states[0], Keeper: b.form.Value("keeper"), Place: b.form.Value("place"), BoxedOn: boxed}
		if !now.Held && now.BoxedOn != "" {
			return b.fault("boxed", model.Errorf("E-MATERIAL", "还缺着的材料不能装盒"))
		}
		return tea.Sequence(ui.Do(ui.Pop{}), p.put("材料“"+m.Name+"”", now))
	}
	return ui.Do(ui.Push{Screen: b})
}

// boxUp puts all materials that are there into the box: 归档装盒.
func (p *page) boxUp() tea.Cmd {
	if !p.writes() {
		return p.locked()
	}
	var there []dossier.Material
	for _, m := range steps.Materials() {
		if has := p.now.materials[m.No]; has.Held && has.BoxedOn == "" {
			there = append(there, has)
		}
	}
	if len(there) == 0 {
		return ui.Do(ui.Status{Text: "没有要装盒的:先用 Ctrl+B 记下有哪些材料"})
	}
	_, missing := p.counts()
	b := newBox(p.app, fmt.Sprintf("归档装盒:有的 %d 项一起装盒", len(there)),
		ui.TextRow(p.app, "place", "存放", p.last().Place, "例如 乡镇党委档案室 3 号柜"),
		ui.TextRow(p.app, "boxed", "装盒日期", string(p.app.Today()), ""))
	b.date("boxed")
	if missing > 0 {
		b.text = append(b.text, fmt.Sprintf("还缺 %d 项材料,装盒以后收到的再一项一项补。", missing))
	}
	b.save = func() tea.Cmd {
		day, err := b.day("boxed")
		if err == nil && day == "" {
			err = model.Errorf("E-MATERIAL", "请填装盒日期")
		}
		if err != nil {
			return b.fault("boxed", err)
		}
		for i := range there {
			there[i].BoxedOn, there[i].Place = day, or(b.form.Value("place"), there[i].Place)
		}
		return tea.Sequence(ui.Do(ui.Pop{}), p.put(fmt.Sprintf("%d 项材料 %s 归档装盒", len(there), day), there...))
	}
	return ui.Do(ui.Push{Screen: b})
}
