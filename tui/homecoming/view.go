package homecoming

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/tui/ui"
)

// column is a cell's place in a row.
type column struct {
	title string
	width int
}

// columns are those of the cells; before them stands the name.
var columns = [cellCount]column{{"回来了", 8}, {"联系上", 6}, {"地点", 18}, {"电话", 12}, {"党费", 13}, {"谈话", 4}}

const (
	nameWidth = 10
	headRows  = 2 // above the rows
	footRows  = 3 // below them
	gap       = 1
)

func (s *Screen) listRows() int { return max(s.h-headRows-footRows, 1) }

// at gives the first cell of a column.
func at(cell int) int {
	x := 2 + nameWidth + gap
	for i := range cell {
		x += columns[i].width + gap
	}
	return x
}

// View implements ui.Screen.
func (s *Screen) View() (string, *tea.Cursor) {
	st := s.app.Styles
	lines := []string{st.Title.Render(ui.Fit(" "+s.season(), s.w)), ""}
	head := ui.Fit("姓名", nameWidth)
	for _, c := range columns {
		head += strings.Repeat(" ", gap) + ui.Fit(c.title, c.width)
	}
	lines[1] = st.Heads(head, s.w)
	var cursor *tea.Cursor
	for i := s.top; i < min(s.top+s.listRows(), len(s.rows)); i++ {
		line, x := s.row(i)
		if x >= 0 {
			cursor = tea.NewCursor(x, len(lines))
		}
		lines = append(lines, line)
	}
	switch {
	case !s.ready:
		lines = append(lines, st.Muted.Render(" 正在读…"))
	case len(s.rows) == 0:
		lines = append(lines, st.Muted.Render(" 没有在外的流动党员。有人外出的,从菜单里“办理变动”登记"))
	}
	for len(lines) < s.h-footRows {
		lines = append(lines, "")
	}
	lines = append(lines, ui.Rule(st, s.counts(), s.w))
	text, style := s.foot(), st.Muted
	if s.fault != "" {
		text, style = s.fault, st.Fault
	}
	for i, l := range ui.Wrap(text, s.w-2) {
		if i < footRows-1 {
			lines = append(lines, " "+style.Render(l))
		}
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), s.w, s.h), "\n"), cursor
}

// season says when the festival is.
func (s *Screen) season() string {
	env := model.Env{Today: s.app.Today()}
	day, ok := model.SpringFestival(env.Today.Year())
	if !ok || env.Today > day.AddMonths(1) {
		if next, known := model.SpringFestival(env.Today.Year() + 1); known {
			day, ok = next, true
		}
	}
	if !ok {
		return "在外的党员,一人一行"
	}
	return fmt.Sprintf("在外的党员,一人一行    春节 %s", day)
}

func (s *Screen) counts() string {
	if len(s.rows) == 0 {
		return ""
	}
	return fmt.Sprintf("%d 人在外,已填 %d 人,第 %d 人", len(s.rows), s.touched(), s.cur+1)
}

// row draws one member; x is the caret's cell where a text of it is typed, else -1.
func (s *Screen) row(i int) (line string, x int) {
	r, st := &s.rows[i], s.app.Styles
	x = -1
	mark := "  "
	switch {
	case i == s.cur:
		mark = "> "
	case r.Touched():
		mark = "* "
	}
	line = mark + ui.Fit(model.Clean(r.Person.Str("name"), false), nameWidth)
	for cell, c := range columns {
		here := i == s.cur && cell == s.cell
		text, style := s.text(r, cell), st.Muted
		if s.entered(r, cell) {
			style = st.Label
		}
		switch {
		case here && s.typing != nil:
			typed, cursor := s.typing.View()
			x = at(cell) + cursor.X
			text = st.Selected.Render(typed)
		case here && text == "":
			text = st.Selected.Render(ui.Fit("—", c.width))
		case here:
			text = st.Selected.Render(ui.Fit(text, c.width))
		default:
			text = style.Render(ui.Fit(text, c.width))
		}
		line += strings.Repeat(" ", gap) + text
	}
	return ui.FitStyled(line, s.w), x
}

// entered tells whether a cell holds something new.
func (s *Screen) entered(r *party.Meeting, cell int) bool {
	switch cell {
	case cellBack:
		return r.Back != ""
	case cellMeans:
		return r.Means != ""
	case cellPlace:
		return r.Place != r.Person.Str("away_place")
	case cellPhone:
		return r.Phone != ""
	case cellDues:
		return r.Pays
	}
	return r.Talk
}

// text is what a cell shows.
func (s *Screen) text(r *party.Meeting, cell int) string {
	switch cell {
	case cellBack:
		return r.Back
	case cellMeans:
		return r.Means
	case cellPlace:
		return model.Clean(r.Place, false)
	case cellPhone:
		switch {
		case r.Phone != "":
			return model.Clean(r.Phone, false)
		case s.app.ShowIDs:
			return r.Person.Text("phone")
		}
		return r.Person.Masked("phone")
	case cellDues:
		return duesText(r)
	}
	if r.Talk {
		return "谈了"
	}
	return ""
}

func duesText(r *party.Meeting) string {
	fen, ok := r.Fen()
	switch {
	case r.Person.Is("dues_basis", "免交"):
		return "免交"
	case len(r.Owed) == 0:
		return "已交清"
	case r.Pays && ok:
		return fmt.Sprintf("交%d月 %s元", len(r.Owed), model.FormatYuan(fen))
	}
	return fmt.Sprintf("未交%d月", len(r.Owed))
}

// foot says what the chosen cell is about.
func (s *Screen) foot() string {
	if len(s.rows) == 0 {
		return ""
	}
	r := &s.rows[s.cur]
	who := fmt.Sprintf("%s,%s 外出", model.Clean(r.Person.Str("name"), false), r.Person.Str("away_since"))
	if r.Last != "" {
		who += ",上次联系 " + string(r.Last)
	} else {
		who += ",一年内没有联系的记录"
	}
	return who + "。" + [...]string{
		"按回车换:回来过节;不再外出(办理“流动返回”);空",
		"按回车换:上门、电话、微信、来访、空",
		"打字改:现在在哪里,例如 江洲市某厂",
		"打字改:新的电话;空着就不改",
		duesFoot(r),
		"按回车:今天谈了话,记一条谈心谈话(要点以后再补)",
	}[s.cell]
}

func duesFoot(r *party.Meeting) string {
	if len(r.Owed) == 0 {
		return "到本月为止的党费已经交清"
	}
	text := r.Owed[0].Chinese()
	if n := len(r.Owed); n > 1 {
		text += "至" + r.Owed[n-1].Chinese()
	}
	return "按回车:收 " + text + " 的党费;在流入地交的不用填,到“党费”里登记"
}

// click chooses the cell at a place; on the cell that is chosen it does what Enter does.
func (s *Screen) click(x, y int) tea.Cmd {
	row := s.top + y - headRows
	if y < headRows || y >= s.h-footRows || row < 0 || row >= len(s.rows) {
		return nil
	}
	s.fault = ""
	for cell := range columns {
		if x < at(cell) || x >= at(cell)+columns[cell].width {
			continue
		}
		if row == s.cur && cell == s.cell && s.typing == nil {
			s.set()
			return nil
		}
		s.goTo(row, cell)
		return nil
	}
	s.goTo(row, s.cell)
	return nil
}
