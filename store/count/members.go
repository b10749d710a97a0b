package count

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// memberCourses gives every person in scope with each of their movements, person after
// person: what membership.Memberships decides a membership by, and nothing more.
const memberCourses = `SELECT p.id, p.org_id, p.created_at, p.status, p.standing, p.home_org, p.left_on, p.confirmed_on, p.away, p.away_since,
	m.id, m.kind, m.happened_on, m.whole_unit
	FROM person p LEFT JOIN movement m ON m.person = p.id AND m.happened_on IS NOT NULL ORDER BY p.id`

// personsAtOnce bounds how many persons are held in memory: a county has tens of
// thousands.
const personsAtOnce = 1000

// fillMembers fills stay, passage, member and elsewhere from the persons and movements, as
// membership.Memberships decides who is a member.
func (c *counting) fillMembers(ctx context.Context) (err error) {
	rows, err := c.on.Query(ctx, c.with(memberCourses)+memberCourses, c.args()...)
	if err != nil {
		return fmt.Errorf("members: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	persons, moves := []*model.Record{}, []*model.Record{}
	for rows.Next() {
		person, move, err := c.scanCourse(rows)
		if err != nil {
			return fmt.Errorf("members: %w", err)
		}
		if n := len(persons); n == 0 || persons[n-1].ID != person.ID {
			if n == personsAtOnce {
				if err := c.putMemberships(ctx, persons, moves); err != nil {
					return err
				}
				persons, moves = persons[:0], moves[:0]
			}
			persons = append(persons, person)
		}
		if move != nil {
			moves = append(moves, move)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("members: %w", err)
	}
	return c.putMemberships(ctx, persons, moves)
}

// scanCourse reads one row of memberCourses; move is nil for a person without any.
func (c *counting) scanCourse(rows *sql.Rows) (person, move *model.Record, err error) {
	person = model.NewRecord(c.l.Kinds().Kind(personKind))
	var status, standing, home, left, confirmed, away, since, id, kind, day sql.NullString
	var whole sql.NullBool
	err = rows.Scan(&person.ID, &person.OrgID, &person.CreatedAt, &status, &standing, &home, &left, &confirmed, &away, &since, &id, &kind, &day, &whole)
	if err != nil {
		return nil, nil, err
	}
	person.Set("status", status.String)
	person.Set("standing", standing.String)
	person.Set("home_org", home.String)
	person.Set("left_on", left.String)
	person.Set("confirmed_on", confirmed.String)
	person.Set("away", away.String)
	person.Set("away_since", since.String)
	if !id.Valid {
		return person, nil, nil
	}
	move = model.NewRecord(c.l.Kinds().Kind(movementKind))
	move.ID, move.OrgID = id.String, person.OrgID
	move.Set("person", person.ID)
	move.Set("kind", kind.String)
	move.Set("happened_on", day.String)
	move.Set("whole_unit", whole.Bool)
	return person, move, nil
}

// putMemberships adds what some persons' memberships are to the sets.
func (c *counting) putMemberships(ctx context.Context, persons, moves []*model.Record) error {
	var stays, passages, members, waiting, elsewhere [][]any
	for _, m := range membership.Memberships(persons, moves) {
		id, org := m.Person.ID, m.Person.OrgID
		moved, waits := c.end(&m)
		if waits {
			waiting = append(waiting, []any{id, org})
		}
		for _, s := range m.Stays {
			stays = append(stays, []any{id, org, s.From, orNull(string(s.Until))})
			if s.From <= c.period.To && (s.Until == "" || s.Until > c.period.To) {
				status := "正式党员"
				if m.Probationary(c.period.To) {
					status = "预备党员"
				}
				members = append(members, []any{id, org, status, m.AwayAt(c.period.To)})
			}
		}
		for _, s := range m.Elsewhere() {
			elsewhere = append(elsewhere, []any{id, org, s.From, s.Until})
		}
		for i, p := range m.Passages {
			var next any
			if i+1 < len(m.Passages) {
				next = m.Passages[i+1].Day
			} else if moved != nil {
				next = moved.day
			}
			passages = append(passages, []any{id, org, p.Move.ID, p.Move.Str("kind"), p.Move.Bool("whole_unit"), p.Day, p.In, next})
		}
		if moved != nil {
			passages = append(passages, []any{id, org, moved.move, "转出", moved.whole, moved.day, false, nil})
		}
	}
	for _, set := range []struct {
		table string
		rows  [][]any
	}{{"base_stay", stays}, {"base_passage", passages}, {"base_member", members}, {"base_waiting", waiting}, {"base_elsewhere", elsewhere}} {
		if err := c.insert(ctx, set.table, set.rows); err != nil {
			return err
		}
	}
	return nil
}
