package widget

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// Entries of a roll's list that are not persons.
const (
	stateEntry  = "state:"  // gives another state from now on
	searchEntry = "search:" // looks among all records, also those who are not due
)

func (r *roll) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if r.drop.IsOpen() && r.drop.Update(m) {
		return Taken, nil
	}
	typed := r.in.Value()
	switch {
	case ui.Is(m, ui.Sort), m.String() == "right":
		r.turn(1)
		return Taken, nil
	case m.String() == "left":
		r.turn(-1)
		return Taken, nil
	case ui.Is(m, ui.Mark):
		return Taken, r.toggleAll()
	}
	switch m.String() {
	case "enter":
		switch {
		case r.drop.IsOpen():
			return r.Pick()
		case typed != "":
			return Taken, r.retyped()
		case len(r.state) == 0 && len(r.people) > 0:
			return Taken, r.toggleAll()
		}
		return Ignored, nil
	case "down":
		r.showAll("")
		return Taken, nil
	case "space":
		if typed == "" {
			if r.drop.IsOpen() {
				return r.Pick()
			}
			return Taken, nil
		}
	case "delete":
		if r.drop.IsOpen() {
			r.strike()
			return Taken, nil
		}
	case "backspace", "ctrl+z":
		if typed == "" {
			r.undo()
			return Taken, nil
		}
	}
	if !r.in.Edit(m) {
		return Ignored, nil
	}
	if r.in.Value() != typed {
		return Taken, r.retyped()
	}
	return Taken, nil
}

func (r *roll) toggleAll() tea.Cmd {
	first := r.field.Choices[0]
	r.drop.Close()
	if len(r.state) > 0 {
		r.fill(false)
		return r.host.Say("名单已清空,打名字、回车逐个登记为“" + first + "”;按 Ctrl+Z 恢复原来的名单")
	}
	r.fill(true)
	usual := r.putUsual()
	return r.host.Say(fmt.Sprintf("全体 %d 人先登记为“%s”%s;再打没到的人的名字、回车", len(r.state), first, usualText(usual)))
}

// strike takes the chosen person off the roll.
func (r *roll) strike() {
	it, ok := r.drop.Selected()
	if !ok || r.state[it.Key] == "" {
		return
	}
	r.remember()
	delete(r.state, it.Key)
	if r.in.Value() == "" {
		r.showAll(it.Key)
	} else {
		r.retyped()
	}
}

// retyped lists who fits what is typed: first of the checklist, at once; only when
// nobody there does, of all records, by a question to the ledger.
func (r *roll) retyped() tea.Cmd {
	sought := model.Seek(r.in.Value())
	if sought.All() {
		r.forget()
		return nil
	}
	type fit struct{ place, rank int }
	var fits []fit
	for i, p := range r.people {
		if n := sought.Rank(p.search); n != model.NoRank {
			n *= 2
			if r.settled(p.id) {
				n++ // whoever is done already stands behind
			}
			fits = append(fits, fit{i, n})
		}
	}
	model.Sort(fits, func(a, b fit) int { return a.rank - b.rank })
	var items []ui.Item
	for _, f := range fits {
		items = append(items, r.item(r.people[f.place]))
	}
	for _, s := range r.field.Choices {
		if sought.Rank(model.SearchText(s)) != model.NoRank && s != r.field.Choices[r.apply] {
			items = append(items, ui.Item{Key: stateEntry + s, Label: "以下改登记为:" + s})
		}
	}
	if len(items) == 0 {
		return r.look("")
	}
	items = append(items, ui.Item{Key: searchEntry, Label: "名单里没有,在全部" + r.Makes() + "里找"})
	r.forget()
	r.drop.Drop(items, "")
	return nil
}

// settled reports whether a person has been dealt with already.
func (r *roll) settled(id string) bool {
	s := r.state[id]
	return s != "" && !(r.all && s == r.field.Choices[0])
}

// item is a person as an entry: with the state, and what tells namesakes apart.
func (r *roll) item(p person) ui.Item {
	note := r.state[p.id]
	if note == "" {
		note = "未登记"
	}
	for _, o := range r.people {
		if o.label == p.label && o.id != p.id {
			note += " " + p.note
			break
		}
	}
	return ui.Item{Key: p.id, Label: p.label, Note: note}
}

// offerAll lists records found in the ledger.
func (r *roll) offerAll(items []ui.Item) {
	for i := range items {
		if r.state[items[i].Key] == "" {
			items[i].Note = strings.TrimSpace("不在名单里,回车加入 " + items[i].Note)
		}
	}
	r.drop.Empty = r.nothing("台账里没有")
	r.drop.Drop(items, "")
}

// showAll opens the whole checklist, at the entry of the key.
func (r *roll) showAll(key string) {
	items := make([]ui.Item, len(r.people))
	for i, p := range r.people {
		items[i] = r.item(p)
	}
	r.forget()
	r.drop.Empty = r.nothing("台账里还没有人")
	r.drop.Drop(items, key)
}

func (r *roll) Pick() (Outcome, tea.Cmd) {
	it, ok := r.drop.Selected()
	if !ok {
		return r.skip(&r.drop, r.in.Value())
	}
	if it.Key == searchEntry {
		return Taken, r.look("")
	}
	whole := r.in.Value() == ""
	r.in.SetValue("")
	r.forget()
	if s, ok := strings.CutPrefix(it.Key, stateEntry); ok {
		r.apply = max(slices.Index(r.field.Choices, s), 0)
		return Taken, nil
	}
	r.know(person{id: it.Key, label: it.Label, search: r.search(it.Label)})
	r.mark(it.Key)
	if whole {
		r.showAll(it.Key)
	}
	now := r.state[it.Key]
	if now == "" {
		return Taken, r.host.Say(it.Label + ":从名单里去掉了")
	}
	return Taken, r.host.Say(it.Label + ":" + now)
}

// rollIdle and rollRows bound the rows of names without and with the focus.
const rollIdle, rollRows = 3, 7

func (r *roll) View(w int, focused bool) ([]string, *tea.Cursor) {
	marks := r.marks()
	head := "还没登记"
	if len(marks) > 0 {
		head = r.counts(marks)
	}
	if !focused {
		if r.in.Value() != "" {
			head += "  未选定:" + r.in.Value()
		}
		return append([]string{ui.Fit(head, w)}, r.namesByState(w, rollIdle)...), nil
	}
	if len(marks) == 0 && r.loaded {
		head = fmt.Sprintf("按回车:全体 %d 人先登记为“%s”,再改例外", r.countDue(), r.field.Choices[0])
		if more := head + "。也可直接打名字逐个加"; ui.Width(more) <= w {
			head = more
		}
	}
	lines := []string{ui.Fit(head, w)}
	prompt := "登记为 < " + r.field.Choices[r.apply] + " > 名字:"
	n := ui.Width(prompt)
	r.in.SetWidth(max(w-n, 8))
	text, c := r.in.View()
	c.X, c.Y = c.X+n, 1
	lines = append(lines, prompt+text)
	return append(lines, r.namesByState(w, rollRows)...), c
}

// counts says in one line, short enough for the narrowest form, how many should have
// come, how many did, and of the others how many by the first word of their state:
// 应到 26  实到 21  请假 3  无故缺席 2.
func (r *roll) counts(marks []model.Mark) string {
	n := map[string]int{}
	var order []string
	came := 0
	for i, s := range r.field.Choices {
		name, _, _ := strings.Cut(s, "-")
		for _, m := range marks {
			switch {
			case m.State != s:
				continue
			case i < r.field.Came():
				came++
			}
			if i > 0 {
				if n[name]++; n[name] == 1 {
					order = append(order, name)
				}
			}
		}
	}
	head := fmt.Sprintf("应到 %d  实到 %d", len(marks), came)
	open := 0
	for _, p := range r.people {
		open += model.OneIf(p.due && r.state[p.id] == "")
	}
	if open > 0 {
		head = fmt.Sprintf("已登记 %d  实到 %d", len(marks), came)
	}
	for _, name := range order {
		head += fmt.Sprintf("  %s %d", name, n[name])
	}
	if open > 0 {
		head += fmt.Sprintf("  未登记 %d", open)
	}
	return head
}

func (r *roll) countDue() int {
	n := 0
	for _, p := range r.people {
		if p.due {
			n++
		}
	}
	return n
}

// namesByState lists the names of each state, but of the first one where everybody
// else was written down with it.
func (r *roll) namesByState(w, most int) []string {
	var lines []string
	for i, s := range r.field.Choices {
		if i == 0 && r.all {
			continue
		}
		var names []string
		for _, p := range r.people {
			if r.state[p.id] == s {
				names = append(names, p.label)
			}
		}
		if len(names) > 0 {
			t := tags{w: w}
			t.add(fmt.Sprintf("%s %d:", s, len(names)))
			for j, n := range names {
				if j < len(names)-1 {
					n += "、"
				}
				t.add(n)
			}
			lines = append(lines, t.lines...)
		}
	}
	if len(lines) > most {
		lines = append(lines[:most-1], ui.Cut(lines[most-1], w-2)+ui.Ellipsis)
	}
	for i := range lines {
		lines[i] = ui.Fit(lines[i], w)
	}
	return lines
}

func (r *roll) Click(_, y int) tea.Cmd {
	if r.drop.IsOpen() {
		r.drop.Close()
	} else if y <= 1 && r.host.ClickedAgain() {
		r.showAll("")
	}
	return nil
}
