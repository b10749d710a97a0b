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

// What goes along with a person who moves to another organisation (model.Travel) stays on
// file where it was done, too. It is counted there and not where it was brought: not by a
// county, which has both books, and not by the village that the person came to, which
// had no part in it. By its day it was done elsewhere; nothing else marks it, so that
// it is the same whether it came by a package or was copied from the person's papers. What
// came from outside the county is no doing of the county's either.
//
// Dues need no rule: they count for the months at whose end the person was a member, and as
// paid where they were paid (流入地交).

// notElsewhere tells of a record of a person on file, by an expression for its day, that the
// person stood here then. The set elsewhere has to be named beside it.
func notElsewhere(record, day string) string {
	return " AND NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.person_id = " + record + ".person AND e.org_id = " + record + ".org_id AND " +
		day + " >= e.from_day AND " + day + " < e.until_day)"
}

// brought leaves out of the rows of kinds, by their names, what was brought along as a
// whole. An appraisal without its day is taken for one of the first day of its year. An
// office is one of elsewhere where it was both begun and ended there, also by the transfer.
var brought = map[string]string{
	"appraisal": ` AND NOT EXISTS (SELECT 1 FROM temp.base_elsewhere e WHERE e.person_id = "appraisal".person AND e.org_id = "appraisal".org_id
	AND coalesce("appraisal".held_on, "appraisal".year || '-01-01') >= e.from_day AND coalesce("appraisal".held_on, "appraisal".year || '-01-01') < e.until_day)`,
	positionKind: ` AND NOT EXISTS (SELECT 1 FROM temp.base_elsewhere e WHERE e.person_id = "position".person AND e.org_id = "position".org_id
	AND "position".started_on >= e.from_day AND "position".started_on < e.until_day AND "position".ended_on <= e.until_day)`,
}

// byMemberships are the names in statements that need the sets of members.
var byMemberships = []string{"stay", "passage", "member", "waiting", "elsewhere", "appraisal", positionKind, "position_at", "committee", "cadre", "secretary"}

// AdmittedHere tells of an admission a that it was approved here, for statements.
var AdmittedHere = notElsewhere("a", "a.approved_on")
