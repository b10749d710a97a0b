package count

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// memberCourses gives every person in scope with each of their movements, person after
// person, as one text: what membership.Memberships decides a membership by, and nothing
// more. The last of them is all that may be typed freely. (The join alone lets a person's
// movements stand together.)
var memberCourses = "SELECT coalesce(" + strings.Join(courseColumns, ", '') || char(31) || coalesce(") + `, '')
	FROM person p LEFT JOIN movement m ON m.person = p.id AND m.happened_on IS NOT NULL`

var courseColumns = []string{"p.id", "p.org_id", "p.created_at", "p.status", "p.standing", "p.left_on", "p.confirmed_on", "p.away", "p.away_since",
	"m.id", "m.kind", "m.happened_on", "m.whole_unit", "p.home_org"}

// personsAtOnce bounds how many persons are held in memory: a county has tens of
// thousands.
const personsAtOnce = 1000

// fillMembers fills stay, passage, gap, waiting and elsewhere from the persons and movements,
// as membership.Memberships decides who is a member.
func (c *counting) fillMembers(ctx context.Context) error {
	rows, err := c.on.Query(ctx, c.with(memberCourses)+memberCourses, c.args()...)
	if err == nil {
		err = c.readCourses(rows, personsAtOnce, func(persons, moves []*model.Record) error { return c.putMemberships(ctx, persons, moves) })
	}
	if err != nil {
		return fmt.Errorf("members: %w", err)
	}
	return nil
}

// readCourses reads rows of memberCourses, so many persons at once, who are not used again
// when put returns.
func (c *counting) readCourses(rows *sql.Rows, atOnce int, put func(persons, moves []*model.Record) error) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	persons, moves := []*model.Record{}, []*model.Record{}
	course := make([]string, len(courseColumns))
	kept := map[string]model.Value{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		for i := range course[1:] {
			course[i], text, _ = strings.Cut(text, "\x1f")
		}
		course[len(course)-1] = text
		if n := len(persons); n == 0 || persons[n-1].ID != course[0] {
			if n == atOnce {
				if err := put(persons, moves); err != nil {
					return err
				}
				persons, moves = persons[:0], moves[:0]
			}
			persons = append(persons, c.personOf(course, kept))
		}
		if course[9] != "" {
			moves = append(moves, c.moveOf(course, kept))
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return put(persons, moves)
}

// personOf gives the person of a row of memberCourses. kept holds values that come again.
func (c *counting) personOf(course []string, kept map[string]model.Value) *model.Record {
	p := model.NewRecord(c.l.Kinds().Kind(personKind))
	p.Reserve(7)
	p.ID, p.OrgID, p.CreatedAt = course[0], course[1], course[2]
	p.Set("status", again(kept, course[3]))
	p.Set("standing", again(kept, course[4]))
	p.Set("left_on", course[5])
	p.Set("confirmed_on", course[6])
	p.Set("away", again(kept, course[7]))
	p.Set("away_since", course[8])
	p.Set("home_org", course[13])
	return p
}

// moveOf gives the movement of a row of memberCourses.
func (c *counting) moveOf(course []string, kept map[string]model.Value) *model.Record {
	m := model.NewRecord(c.l.Kinds().Kind(movementKind))
	m.Reserve(4)
	m.ID, m.OrgID = course[9], course[1]
	m.Set("person", course[0])
	m.Set("kind", again(kept, course[10]))
	m.Set("happened_on", course[11])
	m.Set("whole_unit", course[12] == "1")
	return m
}

func again(kept map[string]model.Value, text string) model.Value {
	v, known := kept[text]
	if !known {
		v = strings.Clone(text)
		kept[v.(string)] = v
	}
	return v
}

// putMemberships adds what some persons' memberships are to the sets.
func (c *counting) putMemberships(ctx context.Context, persons, moves []*model.Record) error {
	var stays, passages, gaps, waiting, elsewhere []any
	for _, m := range membership.Memberships(persons, moves) {
		id, org := m.Person.ID, m.Person.OrgID
		moved, waits := c.end(&m)
		if waits {
			waiting = append(waiting, id, org)
		}
		gap := c.gapOf(&m, moved, waits)
		for i, span := range []string{"year", "month"} {
			if gap[i] != 0 {
				gaps = append(gaps, span, id, org, gap[i])
			}
		}
		for _, s := range m.Stays {
			var status, away any
			if s.From <= c.period.To && (s.Until == "" || s.Until > c.period.To) {
				status, away = "正式党员", m.AwayAt(c.period.To)
				if m.Probationary(c.period.To) {
					status = "预备党员"
				}
			}
			stays = append(stays, id, org, string(s.From), orNull(string(s.Until)), status, away)
		}
		for _, s := range m.Elsewhere() {
			elsewhere = append(elsewhere, id, org, string(s.From), string(s.Until))
		}
		for i, p := range m.Passages {
			passages = append(passages, id, org, p.Move.ID, p.Move.Str("kind"), p.Move.Bool("whole_unit"), string(p.Day), p.In, orNull(string(nextDay(&m, i, moved))))
		}
		if moved != nil {
			passages = append(passages, id, org, moved.move, "转出", moved.whole, string(moved.day), false, nil)
		}
	}
	for _, set := range []struct {
		table string
		width int
		rows  []any
	}{{"base_stay", 6, stays}, {"base_passage", 8, passages}, {"base_gap", 4, gaps}, {"base_waiting", 2, waiting}, {"base_elsewhere", 4, elsewhere}} {
		if err := c.insert(ctx, set.table, set.width, set.rows); err != nil {
			return err
		}
	}
	return nil
}

// nextDay is the day of the passage after the one at i, "" for none.
func nextDay(m *membership.Membership, i int, moved *arrival) model.Date {
	switch {
	case i+1 < len(m.Passages):
		return m.Passages[i+1].Day
	case moved != nil:
		return moved.day
	}
	return ""
}

// gapOf gives by how much it differs, for the year and for the month, that somebody is a
// member at the day, or has to be passed on, from what the movements say: who was one on the
// eve of the span, and who came and left in it.
func (c *counting) gapOf(m *membership.Membership, moved *arrival, waits bool) (gap [2]int64) {
	day := c.period.To
	var there int64
	for _, s := range m.Stays {
		if s.From <= day && (s.Until == "" || s.Until > day) {
			there++
		}
	}
	if waits {
		there++
	}
	for i := range gap {
		first := c.period.From
		if i == 1 {
			if c.period.Month == "" {
				break
			}
			first = c.period.Month.First()
		}
		gap[i] = there
		count := func(day, next model.Date, in bool) {
			switch {
			case day >= first && day <= c.period.To && in, day < first && in && (next == "" || next >= first):
				gap[i]--
			case day >= first && day <= c.period.To:
				gap[i]++
			}
		}
		for n, p := range m.Passages {
			count(p.Day, nextDay(m, n, moved), p.In)
		}
		if moved != nil {
			count(moved.day, "", false)
		}
	}
	return gap
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
var byMemberships = []string{"stay", "passage", "gap", "member", "waiting", "elsewhere", "appraisal", positionKind, "position_at", "committee", "cadre", "secretary"}

// AdmittedHere tells of an admission a that it was approved here, for statements.
var AdmittedHere = notElsewhere("a", "a.approved_on")
