package send

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// Lost is what a bundle would take away that the county holds: members whom no movement
// explains, and more than a third of the records of a kind. The county sets such a bundle
// aside (待核实), and the village is told before it exports one.
type Lost struct {
	Persons []LostPerson `json:"persons"` // all of them
	Kinds   []LostKind   `json:"kinds"`   // in the order of the catalog
}

// LostPerson is a member who is none any more.
type LostPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Now  string `json:"now"` // 已删除, 记录没有了, or the standing without a movement, e.g. 转出
}

// LostKind counts the records of a kind that are not deleted, and those that would go.
type LostKind struct {
	Kind string `json:"kind"`
	Held int    `json:"held"`
	Gone int    `json:"gone"`
}

// manyGone is how many records of a kind may go before it is asked why: fewer are a
// clerk's everyday work, and of more a third (design.md §10).
const manyGone = 10

// namedLost bounds the persons whom a sentence names.
const namedLost = 20

// NothingLost is where the looking begins.
func NothingLost() *Lost { return &Lost{Persons: []LostPerson{}, Kinds: []LostKind{}} }

// None tells that nothing would be lost.
func (l *Lost) None() bool { return l == nil || len(l.Persons)+len(l.Kinds) == 0 }

// Miss adds the members who are lost.
func (l *Lost) Miss(all []membership.Loss) {
	for _, x := range all {
		p := LostPerson{ID: x.Person.ID, Name: model.Clean(x.Person.Str("name"), false), Now: "已删除"}
		switch {
		case x.Now == nil:
			p.Now = "记录没有了"
		case !x.Deleted():
			if p.Now = x.Now.Str("standing"); p.Now == membership.OnRolls {
				p.Now = x.Now.Str("status") // still here, and no member
			}
		}
		l.Persons = append(l.Persons, p)
	}
}

// Shrink adds a kind where many of its records would go.
func (l *Lost) Shrink(kind string, held, gone int) {
	if gone >= manyGone && gone*3 > held {
		l.Kinds = append(l.Kinds, LostKind{kind, held, gone})
	}
}

// Text says what would be lost: 少了 3 名在册党员,没有办理变动:张三(已删除)、….
func (l *Lost) Text(kinds *model.Catalog) string {
	var parts []string
	if n := len(l.Persons); n > 0 {
		parts = append(parts, fmt.Sprintf("少了 %d 名在册党员,没有办理变动:%s", n, l.Names()))
	}
	for _, k := range l.Kinds {
		if known := kinds.Kind(k.Kind); known != nil {
			parts = append(parts, fmt.Sprintf("“%s”%d 条里少了 %d 条", known.Title, k.Held, k.Gone))
			continue
		}
		parts = append(parts, fmt.Sprintf("%d 个%s里少了 %d 个", k.Held, k.Kind, k.Gone)) // of which sums are counted
	}
	return strings.Join(parts, ";")
}

// Names names the persons, of many the first twenty.
func (l *Lost) Names() string {
	var names []string
	for _, p := range l.Persons[:min(len(l.Persons), namedLost)] {
		names = append(names, p.Text())
	}
	text := strings.Join(names, "、")
	if n := len(l.Persons); n > namedLost {
		text += fmt.Sprintf(" 等 %d 人", n)
	}
	return text
}

// Text names the person and says what they are now.
func (p LostPerson) Text() string {
	name := p.Name
	if name == "" {
		name = "(没有姓名)"
	}
	if p.Now == "" {
		return name
	}
	return name + "(" + p.Now + ")"
}

// WhatToDo tells a village how it comes that nobody is missed.
const WhatToDo = "删错的,从“回收站”恢复;确实走了的,在“办理变动”里登记转出、去世等"

// LostSince tells a village what its next bundle of a month would take away from what it
// sent last: the county will ask. It knows who was a member then by what was noted with
// the bundle that was sent last and not refused; before there was such a note nothing is
// missed. *model.Error as the ledger's.
func LostSince(ctx context.Context, l *store.Ledger, month model.Month) (*Lost, error) {
	lost := NothingLost()
	err := inside(l).Moment(ctx, func(s store.Snapshot) error { return lost.since(ctx, l, s, month) })
	return lost, inside(l).Explain(err)
}

func (l *Lost) since(ctx context.Context, led *store.Ledger, s store.Snapshot, month model.Month) error {
	person, movement := led.Kinds().Kind(membership.PersonKind), led.Kinds().Kind(membership.MovementKind)
	roll, counts, err := lastDelivered(ctx, s.Querier())
	if err != nil || roll == nil || person == nil || movement == nil {
		return err
	}
	persons, err := s.RowsOf(ctx, person, led.Home().ID)
	if err != nil {
		return err
	}
	moves, err := s.RowsOf(ctx, movement, led.Home().ID)
	if err != nil {
		return err
	}
	l.Miss(membership.Unexplained(asMembers(led, roll, persons), persons, moves, month))
	for _, k := range led.Kinds().Kinds() {
		now, err := raw.Number(ctx, s.Querier(), "SELECT count(*) FROM "+raw.Quote(k.Name)+" WHERE deleted_at IS NULL AND org_id = ?", led.Home().ID)
		if err != nil {
			return fmt.Errorf("count %s: %w", k.Name, err)
		}
		l.Shrink(k.Name, counts[k.Name], counts[k.Name]-int(now))
	}
	return nil
}

// lastDelivered gives the members' ids and the counts of the bundle that was sent last
// and may be what the county holds, nil for none that says so.
func lastDelivered(ctx context.Context, q raw.Querier) (roll []string, counts map[string]int, err error) {
	rows, err := q.Query(ctx, `SELECT members, counts FROM bundle_sent WHERE state NOT IN (?, ?, ?) AND plain = 0 AND members <> '' ORDER BY sequence DESC LIMIT 1`,
		sentBroken, bundle.VerdictRefused, bundle.VerdictWaiting)
	if err != nil {
		return nil, nil, fmt.Errorf("bundles sent: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, nil, rows.Err()
	}
	var ids, numbers string
	if err := rows.Scan(&ids, &numbers); err != nil {
		return nil, nil, fmt.Errorf("bundles sent: %w", err)
	}
	roll = []string{}
	if err := json.Unmarshal([]byte(ids), &roll); err != nil {
		return nil, nil, fmt.Errorf("members of the last bundle: %w", err)
	}
	if err := json.Unmarshal([]byte(numbers), &counts); err != nil {
		return nil, nil, fmt.Errorf("counts of the last bundle: %w", err)
	}
	return roll, counts, rows.Err()
}

// asMembers gives the persons of a roll as the members that they were.
func asMembers(l *store.Ledger, roll []string, persons []*model.Record) []*model.Record {
	byID := make(map[string]*model.Record, len(persons))
	for _, p := range persons {
		byID[p.ID] = p
	}
	held := make([]*model.Record, len(roll))
	for i, id := range roll {
		p := byID[id]
		if p == nil { // its making was taken back
			p = model.NewRecord(l.Kinds().Kind(membership.PersonKind))
			p.ID = id
		}
		p = p.Clone()
		if !membership.IsMember(p) {
			p.Set("status", membership.States[0])
			p.Set("standing", membership.OnRolls)
			p.Set("home_org", nil)
		}
		held[i] = p
	}
	return held
}
