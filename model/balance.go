package model

import (
	"cmp"
	"fmt"
	"slices"
)

// Balance is a month's count of members: the lines of 《两年党员数综合比较》 for
// one month (domain.md §8.2).
type Balance struct {
	Opening      int            `json:"opening"`      // members at the end of the month before
	Movements    map[string]int `json:"movements"`    // of the month, by kind; 期初在册 is part of the opening
	Added        int            `json:"added"`        // by 接收预备党员, 恢复党籍, 转入
	Removed      int            `json:"removed"`      // by what ends a membership
	Expected     int            `json:"expected"`     // opening + added − removed
	Closing      int            `json:"closing"`      // members at the month's end
	Probationary int            `json:"probationary"` // of the closing
	Difference   int            `json:"difference"`   // closing − expected; to be explained when it is not 0
}

// MonthBalance computes a month's balance from the persons and movements on file.
// opening is the count at which the month before was closed; nil takes the one
// that the movements give. While the month's last day is not past, the closing
// counts the members on file; afterwards the movements say who was one.
func MonthBalance(env *Env, month Month, opening *int) (Balance, error) {
	b := Balance{Movements: map[string]int{}}
	if env.Kinds.Kind("person") == nil || env.Kinds.Kind("movement") == nil {
		return b, nil
	}
	persons, err := env.Look.Find("person")
	if err != nil {
		return b, fmt.Errorf("balance of %s: %w", month, err)
	}
	movements, err := env.Look.Find("movement", Where("person", Filled), Where("happened_on", Filled))
	if err != nil {
		return b, fmt.Errorf("balance of %s: %w", month, err)
	}
	by := map[string][]*Record{}
	for _, m := range movements {
		by[m.Str("person")] = append(by[m.Str("person")], m)
	}
	for _, p := range persons {
		moves := by[p.ID]
		slices.SortStableFunc(moves, func(a, b *Record) int {
			return cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), compareIDs(a, b))
		})
		b.count(env, month, p, moves)
	}
	if opening != nil {
		b.Opening = *opening
	}
	b.Expected = b.Opening + b.Added - b.Removed
	b.Difference = b.Closing - b.Expected
	return b, nil
}

// count adds one person to a balance; moves are theirs by date.
func (b *Balance) count(env *Env, month Month, p *Record, moves []*Record) {
	before := memberOn(p, moves, month.First().AddDays(-1))
	b.Opening += boolInt(before)
	for _, m := range moves {
		if m.Date("happened_on").Month() != month {
			continue
		}
		kind := m.Str("kind")
		if kind == opening {
			b.Opening += boolInt(!before)
			continue
		}
		b.Movements[kind]++
		switch movementSteps[kind].to {
		case stateOut, stateStopped, stateDead, stateExpelled:
			b.Removed++
		}
		if slices.Contains(entries, kind) {
			b.Added++
		}
	}
	last := month.Last()
	member := memberOn(p, moves, last)
	if last >= env.Today {
		member = isMember(p)
	}
	if !member {
		return
	}
	b.Closing++
	if p.Is("status", "预备党员") || p.Date("confirmed_on") > last {
		b.Probationary++
	}
}

// entries are the movements by which a membership begins here.
var entries = []string{"接收预备党员", "转入", "恢复党籍"}

// memberOn tells whether a person was a member here at the end of a day. The
// movements up to then say so; where there are none, the first one after it does;
// and one without any movement is taken as on file since the day of entering.
func memberOn(p *Record, moves []*Record, day Date) bool {
	state := stateUnknown
	for _, m := range moves {
		kind := m.Str("kind")
		if m.Date("happened_on") > day {
			if state == stateUnknown {
				return kind != opening && !slices.Contains(entries, kind)
			}
			break
		}
		state, _ = state.follow(kind)
	}
	switch state {
	case stateMember, stateProbate, stateFull:
		return true
	case stateUnknown:
		return isMember(p) && len(p.CreatedAt) >= 10 && Date(p.CreatedAt[:10]) <= day
	}
	return false
}
