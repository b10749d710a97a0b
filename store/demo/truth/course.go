package truth

import (
	"slices"

	"taizhang/model"
)

// course is one person's membership over time.
type course struct {
	moves []*model.Record // by day
	turns []turn
}

// turn is a movement by which a membership begins or ends.
type turn struct {
	move *model.Record
	day  model.Date
	in   bool
}

const openingMove = "期初在册"

func entering(m *model.Record) bool {
	return m.Is("kind", openingMove, "接收预备党员", "转入", "恢复党籍")
}

func leaving(m *model.Record) bool {
	return m.Is("kind", "取消预备党员资格", "转出", "去世", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍")
}

// readCourses follows every person through their movements. One who has been here
// since before there were movements is in until they leave; what ends a membership
// a second time, as 除名 after 停止党籍, is no turn.
func (b *book) readCourses() {
	b.courses = map[string]*course{}
	for id := range b.persons {
		b.courses[id] = &course{}
	}
	for _, m := range b.records["movement"] {
		if c := b.courses[m.Str("person")]; c != nil && m.Filled("happened_on") {
			c.moves = append(c.moves, m)
		}
	}
	for id, c := range b.courses {
		slices.SortStableFunc(c.moves, byDay("happened_on"))
		begun, in := false, false
		for _, m := range c.moves {
			switch {
			case entering(m) && !in:
				c.turns, in, begun = append(c.turns, turn{m, m.Date("happened_on"), true}), true, true
			case leaving(m) && (in || !begun && b.belonged(id)):
				c.turns, in, begun = append(c.turns, turn{m, m.Date("happened_on"), false}), false, true
			}
		}
	}
}

// belonged tells of one without a movement by which they came whether they were a
// member here.
func (b *book) belonged(id string) bool {
	p := b.persons[id]
	return p.Is("status", "正式党员", "预备党员") && !p.Filled("home_org") && !p.Is("standing", "组织关系在外")
}

// enteredBy tells whether somebody was in at the end of a day by movements alone.
func (c *course) enteredBy(day model.Date) bool {
	in := false
	for _, t := range c.turns {
		if t.day <= day {
			in = t.in
		}
	}
	return in
}

// memberAt gives the status of a member at the end of a day, "" of one who was none:
// from what is on file today, each movement since then taken back.
func (b *book) memberAt(id string, day model.Date) string {
	p, c := b.persons[id], b.courses[id]
	in := p.Is("status", "正式党员", "预备党员") && p.Is("standing", "在册")
	came := len(p.CreatedAt) >= 10 && model.Date(p.CreatedAt[:10]) <= day
	if out := p.Is("standing", "转出", "停止党籍", "出党", "去世"); out && len(c.turns) == 0 && b.belonged(id) {
		in = p.Date("left_on") > day
	}
	for _, t := range slices.Backward(c.turns) {
		if t.day <= day {
			came = true
			continue
		}
		in = !t.in
	}
	if !in || !came {
		return ""
	}
	return b.statusAt(p, c, day)
}

// statusAt takes back 转正 and the end of probation.
func (b *book) statusAt(p *model.Record, c *course, day model.Date) string {
	status, known := p.Str("status"), false
	for _, m := range slices.Backward(c.moves) {
		if m.Date("happened_on") > day {
			if m.Is("kind", "转正", "延长预备期", "取消预备党员资格") {
				status = "预备党员"
			}
			continue
		}
		if m.Is("kind", "转正", "接收预备党员") && !known {
			known = true
		}
	}
	if status == "正式党员" && !known && p.Date("confirmed_on") > day {
		status = "预备党员"
	}
	return status
}
