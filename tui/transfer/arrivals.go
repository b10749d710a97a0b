package transfer

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/transfer"
	"taizhang/tui/ui"
)

// detailRows are those below the list that say what comes with the chosen person.
const detailRows = 8

// arrivals lists who is in a package, with ticks, and what comes with the one chosen.
type arrivals struct {
	app     *ui.App
	arrival *transfer.Arrival
	notes   []string
	list    ui.Chooser
	w, h    int
}

func newArrivals(app *ui.App, a *transfer.Arrival, p *transfer.Package) *arrivals {
	l := &arrivals{app: app, arrival: a, notes: a.Notes}
	l.list.Empty = "移交包里没有人"
	l.fill()
	return l
}

func (l *arrivals) title() string {
	return fmt.Sprintf("收移交包:%s来的 %d 人,要收 %d 人", ui.Clean(l.arrival.From.Name), len(l.arrival.Persons), l.arrival.Taken())
}

// fill writes the list with its ticks; what can't be is said in words, not by colour alone.
func (l *arrivals) fill() {
	items := make([]ui.Item, len(l.arrival.Persons))
	for i, w := range l.arrival.Persons {
		box, style := "[ ] ", l.app.Styles.Muted
		switch {
		case !w.Can:
			box, style = " ×  ", l.app.Styles.Fault
		case w.Take:
			box, style = "[*] ", items[i].Style
		}
		note := w.Say
		if !w.Can {
			note = "不能收:" + note
		} else if w.Counts != "" {
			note += ";带来 " + w.Counts
		}
		items[i] = ui.Item{Key: fmt.Sprint(i), Label: box + ui.Fit(w.Name, 12), Note: ui.Clean(note), Style: style, Value: i}
	}
	l.list.SetItems(items)
}

func (l *arrivals) size(w, h int) {
	l.w, l.h = w, h
	l.list.SetSize(w, max(h-len(l.above())-detailRows, 3))
}

func (l *arrivals) above() []string {
	lines := ui.Wrap(fmt.Sprintf("转入日期 %s。看一看,没有问题按 F2 收入打勾的;个别的不收,按回车去掉勾。", l.arrival.On), max(l.w-2, 10))
	for _, note := range l.notes {
		lines = append(lines, ui.Wrap("请注意:"+note, max(l.w-2, 10))...)
	}
	return append(lines, "")
}

func (l *arrivals) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.KeyPressMsg); ok && ui.Is(m, ui.Mark) {
		return l.toggle()
	}
	return l.list.Drive(msg, len(l.above()), l.toggle)
}

// toggle sets or takes the tick of the chosen person.
func (l *arrivals) toggle() tea.Cmd {
	w := l.selected()
	switch {
	case w == nil:
		return nil
	case !w.Can:
		return ui.Do(ui.Status{Text: w.Name + "不能收:" + w.Say})
	}
	w.Take = !w.Take
	l.fill()
	return nil
}

func (l *arrivals) selected() *transfer.Arriving {
	it, ok := l.list.Selected()
	if !ok {
		return nil
	}
	i, _ := it.Value.(int)
	return l.arrival.Persons[i]
}

func (l *arrivals) view() []string {
	s := l.app.Styles
	var lines []string
	for i, text := range l.above() {
		if i > 0 && text != "" && len(l.notes) > 0 {
			text = s.Warning.Render(text)
		}
		lines = append(lines, " "+text)
	}
	list, _ := l.list.View(s)
	lines = append(lines, list...)
	return append(lines, l.detail()...)
}

// detail says what comes with the chosen person, and what does not.
func (l *arrivals) detail() []string {
	w := l.selected()
	if w == nil {
		return nil
	}
	lines := []string{ui.Rule(l.app.Styles, w.Name, l.w)}
	para := func(text string) {
		for _, line := range ui.Wrap(ui.Clean(text), max(l.w-2, 10)) {
			lines = append(lines, " "+line)
		}
	}
	para(w.Say)
	if w.Counts != "" {
		para("带来:" + w.Counts)
	}
	for _, text := range w.Warnings {
		para("提醒:" + text)
	}
	if n := len(w.Skipped); n > 0 {
		para(fmt.Sprintf("没有带来 %d 条:%s", n, strings.Join(w.Skipped, ";")))
	}
	if len(w.Emptied) > 0 {
		para("指着原支部记录的留空:" + strings.Join(w.Emptied, "、"))
	}
	return lines[:min(len(lines), detailRows)]
}

// doneText says what was taken in.
func doneText(persons, records int) string {
	text := fmt.Sprintf("已转入 %d 人", persons)
	if records > 0 {
		text += fmt.Sprintf(",带来记录 %d 条", records)
	}
	return text + ";按 Ctrl+Z 一次撤销"
}
