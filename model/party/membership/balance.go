package membership

import (
	"cmp"
	"fmt"
	"strings"

	"taizhang/model"
)

// Balance is a period's count of members: the lines of 《两年党员数综合比较》 for
// one month or one year (domain.md §8.2). What should be there comes from the
// movements, what is there from the persons on file, so that a difference shows
// what was never written down.
type Balance struct {
	Opening   int            `json:"opening"`   // members at the end of the period before, and those opened in this one
	Opened    int            `json:"opened"`    // of the opening: by a 期初在册 of the period itself
	Movements map[string]int `json:"movements"` // of the period, by kind, those too that change no number; 期初在册 is part of the opening
	Added     int            `json:"added"`     // by 接收预备党员, 恢复党籍, 转入
	Removed   int            `json:"removed"`   // by what ends a membership

	Developed int `json:"developed"` // 发展党员
	Restored  int `json:"restored"`  // 恢复党籍
	MovedIn   int `json:"moved_in"`  // 转入
	WholeIn   int `json:"whole_in"`  // of these with a whole unit
	Expelled  int `json:"expelled"`  // 出党
	Stopped   int `json:"stopped"`   // 停止党籍
	Died      int `json:"died"`      // 去世
	MovedOut  int `json:"moved_out"` // 转出
	WholeOut  int `json:"whole_out"` // of these with a whole unit

	Expected     int `json:"expected"`     // opening + added − removed
	Closing      int `json:"closing"`      // members on file at the period's end
	Probationary int `json:"probationary"` // of the closing
	Difference   int `json:"difference"`   // closing − expected; to be explained when it is not 0
}

// Reckoning is a period's balance with what explains it.
type Reckoning struct {
	Balance
	From, To model.Date // the period's first and last day

	// Within are, at a county, the transfers between two of its organisations that both
	// have reported: they stand neither in the added nor in the removed.
	Within int
	// Members are the ids behind the closing.
	Members []string
	// Gaps are the persons that make the difference. Two of them may cancel each
	// other out in the sum: the balance closes when there is none.
	Gaps []Gap
	// Closed is how the month was closed, nil while it is open and for a year.
	Closed *ClosedMonth
	// Changed are the persons by whom a closed month differs from what persons and
	// movements say of it now.
	Changed []Gap
}

// Gap is a person of whom file and movements, or a closed month and what is on file
// now, say different things.
type Gap struct {
	Kind   string `json:"kind"`  // of the record that mends it
	Person string `json:"id"`    // its id
	Name   string `json:"name"`  // "" when the person was deleted
	Count  int    `json:"count"` // 1: on file as a member but not expected; −1: the other way round
	Text   string `json:"text"`  // what is wrong and what to do
}

// Closes reports whether nothing is left to be explained.
func (b *Reckoning) Closes() bool { return b.Difference == 0 && len(b.Gaps) == 0 }

// MonthBalance computes a month's balance from the persons and movements on file.
// The opening is the count at which the month before was closed; where it was not,
// it is what the movements give.
func MonthBalance(env *model.Env, month model.Month, closed []ClosedMonth) (Reckoning, error) {
	b := newReckoning(month.First(), month.Last(), closed)
	if b.Closed = closedIn(closed, month); b.Closed == nil {
		if err := eachCourse(env, b.count); err != nil {
			return Reckoning{}, fmt.Errorf("balance of %s: %w", month, err)
		}
		return b.finish(), nil
	}
	courses, err := readCourses(env)
	if err != nil {
		return Reckoning{}, fmt.Errorf("balance of %s: %w", month, err)
	}
	for _, c := range courses {
		b.count(c)
	}
	done := b.finish()
	done.compare(courses)
	return done, nil
}

// YearBalance computes a year's balance, that of 31 December against the year
// before. In a year that is not over the closing is that of the day.
func YearBalance(env *model.Env, year int, closed []ClosedMonth) (Reckoning, error) {
	return monthsBalance(env, year, 12, closed)
}

// HalfYearBalance computes the balance of 30 June against the end of the year before.
func HalfYearBalance(env *model.Env, year int, closed []ClosedMonth) (Reckoning, error) {
	return monthsBalance(env, year, 6, closed)
}

// monthsBalance computes the balance of a year's first months.
func monthsBalance(env *model.Env, year, months int, closed []ClosedMonth) (Reckoning, error) {
	first := model.Month(fmt.Sprintf("%04d-01", year))
	b := newReckoning(first.First(), first.Add(months-1).Last(), closed)
	if err := eachCourse(env, b.count); err != nil {
		return Reckoning{}, fmt.Errorf("balance of %d: %w", year, err)
	}
	return b.finish(), nil
}

// MembersAt gives the ids of those who were members at the end of a day, by rolling
// the movements back from what is on file.
func MembersAt(env *model.Env, day model.Date) ([]string, error) {
	courses, err := readCourses(env)
	if err != nil {
		return nil, fmt.Errorf("members at %s: %w", day, err)
	}
	var ids []string
	for _, c := range courses {
		if c.onFile(day) {
			ids = append(ids, c.person.ID)
		}
	}
	return ids, nil
}

// reckoning is a balance in the making. roll holds the members at whom the month before was
// closed who have not come yet, nil where the movements say who was one.
type reckoning struct {
	Reckoning
	before *ClosedMonth
	roll   map[string]bool
}

func newReckoning(from, to model.Date, closed []ClosedMonth) *reckoning {
	before := closedIn(closed, from.AddDays(-1).Month())
	return &reckoning{Reckoning{From: from, To: to, Balance: Balance{Movements: map[string]int{}}}, before, before.roll()}
}

// finish gives the balance when every person was counted.
func (b *reckoning) finish() Reckoning {
	for id := range b.roll { // the records of these persons are gone
		b.Opening++
		b.Gaps = append(b.Gaps, Gap{Kind: PersonKind, Person: id, Count: -1, Text: fmt.Sprintf(
			"%s结账时在册,人员记录后来删除了;请从回收站恢复这个人,离开的办理变动", b.before.Month.Chinese())})
	}
	if b.before != nil && !b.before.named() {
		b.Opening = b.before.Members + b.Opened
	}
	b.Expected = b.Opening + b.Added - b.Removed
	b.Difference = b.Closing - b.Expected
	sortGaps(b.Gaps)
	return b.Reckoning
}

// count adds one person to the balance.
func (b *reckoning) count(c course) {
	was := c.entered(b.From.AddDays(-1))
	if b.roll != nil {
		was = b.roll[c.person.ID]
		delete(b.roll, c.person.ID)
	}
	b.Opening += model.OneIf(was)
	expected := model.OneIf(was)
	for _, m := range c.moves {
		if day := m.Date("happened_on"); day >= b.From && day <= b.To && !m.Is("kind", Opening) {
			b.Movements[m.Str("kind")]++
		}
	}
	for _, p := range c.passages {
		if p.day < b.From || p.day > b.To {
			continue
		}
		b.pass(p)
		expected += 2*model.OneIf(p.in) - 1
	}
	actual := c.onFile(b.To)
	if actual {
		b.Closing++
		b.Members = append(b.Members, strings.Clone(c.person.ID))
	}
	b.Probationary += model.OneIf(actual && c.probationary(b.To))
	if n := model.OneIf(actual) - expected; n != 0 {
		b.Gaps = append(b.Gaps, Gap{Kind: PersonKind, Person: c.person.ID, Name: c.person.Str("name"), Count: n, Text: c.why(&b.Reckoning, b.before, was, actual)})
	}
}

// pass counts one beginning or end of a membership on its line.
func (b *Balance) pass(p passage) {
	kind, whole := p.move.Str("kind"), model.OneIf(p.move.Bool("whole_unit"))
	switch {
	case kind == Opening:
		b.Opening++
		b.Opened++
		return
	case kind == "接收预备党员":
		b.Developed++
	case kind == "恢复党籍":
		b.Restored++
	case kind == "转入":
		b.MovedIn++
		b.WholeIn += whole
	case kind == "停止党籍":
		b.Stopped++
	case kind == "去世":
		b.Died++
	case kind == "转出":
		b.MovedOut++
		b.WholeOut += whole
	default:
		b.Expelled++
	}
	if p.in {
		b.Added++
	} else {
		b.Removed++
	}
}

// compare finds the persons by whom the closed month differs from what stands now.
func (b *Reckoning) compare(courses []course) {
	if !b.Closed.named() {
		return
	}
	roll, month := b.Closed.roll(), b.Closed.Month.Chinese()
	for _, c := range courses {
		was, now := roll[c.person.ID], c.onFile(b.To)
		delete(roll, c.person.ID)
		switch {
		case was && !now:
			b.Changed = append(b.Changed, Gap{Kind: PersonKind, Person: c.person.ID, Name: c.person.Str("name"), Count: -1,
				Text: fmt.Sprintf("%s结账时在册,照现在的变动当时已不在册;请核对变动,无误后对%s重新核对结账", month, month)})
		case now && !was:
			b.Changed = append(b.Changed, Gap{Kind: PersonKind, Person: c.person.ID, Name: c.person.Str("name"), Count: 1,
				Text: fmt.Sprintf("%s结账时不在册,照现在的变动当时已在册;请核对变动,无误后对%s重新核对结账", month, month)})
		}
	}
	for id := range roll {
		b.Changed = append(b.Changed, Gap{Kind: PersonKind, Person: id, Count: -1,
			Text: fmt.Sprintf("%s结账时在册,人员记录后来删除了;请从回收站恢复这个人,离开的办理变动", month)})
	}
	sortGaps(b.Changed)
}

func sortGaps(gaps []Gap) {
	model.Sort(gaps, func(a, b Gap) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Person, b.Person)) })
}
