package dues

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// legend explains the marks.
const legend = " (2) 未交  欠2 过月未交  少2 少交  流2 流入地交  免 免交  纸 建账前  — 不在册"

// foot gives the last three lines: the cash, the marks, and what there is to say of the
// cell; or what is filled and the cash that is asked for, with the caret.
func (g *grid) foot() ([]string, *tea.Cursor) {
	st := g.app.Styles
	last := st.Label.Render(ui.Cut(" "+g.about(), g.w))
	if g.note != "" {
		last = st.Fault.Render(ui.Cut(" "+g.note, g.w))
	}
	if g.fill != nil {
		return g.fillFoot(last)
	}
	s := g.sheet
	cash := fmt.Sprintf(" %d年 已收 %s", g.year, yuan(s.Collected))
	if s.Other != 0 {
		cash += fmt.Sprintf("(含别年月份的 %s)", yuan(s.Other))
	}
	cash += fmt.Sprintf("  已上缴 %s  手中 %s 元", yuan(s.Remitted), yuan(s.InHand()))
	if s.Carried != 0 {
		cash += fmt.Sprintf("(含上年结转 %s)", yuan(s.Carried))
	}
	return []string{cash, st.Muted.Render(ui.Cut(legend, g.w)), last}, nil
}

// fillFoot says what is filled and asks for the cash.
func (g *grid) fillFoot(last string) ([]string, *tea.Cursor) {
	f, st := g.fill, g.app.Styles
	n, sum := f.count(g)
	text := fmt.Sprintf(" %s:填了 %d 人,应收 %s 元,还没有登记", f.what(g), n, yuan(sum))
	if off := f.offNames(g); len(off) > 0 {
		text += ";去掉 " + names(off, 3)
	}
	const prompt = " 实收现金:"
	f.cash.Placeholder = yuan(sum)
	f.cash.SetWidth(10)
	field, cursor := f.cash.View()
	cursor.X += ui.Width(prompt)
	cursor.Y = 1
	state := st.Muted.Render("与应收一样就不用打,按 F2 登记")
	switch d, err := f.difference(g); {
	case f.saving:
		state = st.Muted.Render("正在登记…")
	case f.cash.Value() == "":
	case err != nil:
		state = st.Fault.Render(ui.Cut(err.Error(), g.w-24))
	case d < 0:
		state = st.Fault.Render(fmt.Sprintf("比应收少 %s 元", yuan(-d)))
	case d > 0:
		state = st.Fault.Render(fmt.Sprintf("比应收多 %s 元", yuan(d)))
	default:
		state = st.Good.Render("与应收一样,按 F2 登记")
	}
	if g.note == "" {
		last = st.Label.Render(ui.Cut(" 打名字再按回车去掉没交的人,再来一次放回"+f.leftOut(g), g.w))
	}
	return []string{st.Title.Render(ui.Cut(text, g.w)), prompt + field + " " + state, last}, cursor
}

// about says in words what the cell with the cursor is.
func (g *grid) about() string {
	r, c := g.at(), g.cell()
	if r == nil {
		return ""
	}
	p, month := r.Person, g.month()
	who := p.Str("name")
	if basis := p.Str("dues_basis"); basis != "" {
		who += "(" + basis + ")"
	}
	who += " " + month.Chinese() + ":"
	owed := "月缴标准没有核定,直接打金额"
	if c.Owed > 0 {
		owed = "标准 " + yuan(c.Owed) + " 元,按回车交"
	}
	switch c.State {
	case count.DuesPaid:
		return who + paidText(c) + ",按回车打开"
	case count.DuesExempt:
		return who + "免交"
	case count.DuesOnPaper:
		return who + "台账从这个月以后记起,以前的在纸上;" + owed
	case count.DuesArrears:
		return who + "没有交;" + owed + ",F3 换方式"
	case count.DuesToPay:
		return who + "还没有交;" + owed + ",F3 换方式"
	}
	if why := r.Refused(month); why != "" {
		return why
	}
	return who + "不用在这里交;要交的," + owed
}

func paidText(c *count.DuesCell) string {
	switch {
	case c.Elsewhere:
		return "在流入地交了 " + yuan(c.Paid) + " 元"
	case c.Short():
		return fmt.Sprintf("交了 %s 元,比标准少 %s 元", yuan(c.Paid), yuan(c.Owed-c.Paid))
	case c.Owed > 0 && c.Paid > c.Owed:
		return fmt.Sprintf("交了 %s 元,比标准多 %s 元", yuan(c.Paid), yuan(c.Paid-c.Owed))
	}
	return "交了 " + model.FormatYuan(c.Paid) + " 元"
}
