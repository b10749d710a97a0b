package county

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// CrossPerson is a person in one organisation's record book, as the county compares
// it with those of the others.
type CrossPerson struct {
	ID, OrgID, Name, IDNumber string
	Birth                     model.Date
	OnRolls                   bool // a member 在册
	Standing                  string
}

// Transfer is a movement by which a member leaves for another organisation or comes
// from one.
type Transfer struct {
	ID     string
	Out    bool // 转出, else 转入
	On     model.Date
	Code   string     // of the organisation that takes the member, "" where not given
	Place  string     // the other organisation, as written
	Until  model.Date // to which the letter holds, "" where not given
	Person CrossPerson
}

// CrossFacts is what the county compares between record books, at one moment.
type CrossFacts struct {
	Orgs   map[string]store.Unit  // by id
	Roll   []store.Unit           // the list of units
	Newest map[string]model.Month // by code: the newest month accepted
	Begun  map[string]model.Date  // by organisation's id: the day its record book was opened with the members on file
	// Twice holds the members 在册 whose ID number stands in another organisation
	// too, by ID number.
	Twice []CrossPerson
	// Transfers are all that are on file, those of a person by day.
	Transfers []Transfer
	// Alike are the members 在册 who have the ID number, or the name and birth
	// date, of a person in Transfers.
	Alike []CrossPerson
	// Ended are the units that are no more, by organisation's id, and Waiting the members
	// who are 在册 there and by their ID number nowhere else.
	Ended   map[string]Life
	Waiting []CrossPerson
}

// memberOnRolls is the condition under which a person p is a member 在册.
const memberOnRolls = "p.status IN ('正式党员', '预备党员') AND p.standing = '在册'"

const crossPerson = `p.id, p.org_id, coalesce(p.name, ''), coalesce(p.id_number, ''), coalesce(p.birth_date, ''), (` + memberOnRolls + `), coalesce(p.standing, '')`

// readCrossFacts reads what the county compares, each table once. A catalog without
// persons or movements has nothing to compare.
func readCrossFacts(ctx context.Context, l *store.Ledger, verdicts ...string) (CrossFacts, error) {
	var f CrossFacts
	if l.Kinds().Kind("person") == nil || l.Kinds().Kind("movement") == nil {
		return f, nil
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return f, err
	}
	f.Roll = roll
	err = inside(l).Moment(ctx, func(s store.Snapshot) (err error) {
		q := s.Querier()
		if f.Orgs, err = inside(l).OrganisationsAt(ctx, q); err != nil {
			return err
		}
		if f.Newest, err = newestMonths(ctx, q, verdicts); err != nil {
			return err
		}
		lives, err := livesAt(ctx, l, q)
		if err != nil {
			return err
		}
		f.Ended = map[string]Life{}
		for _, u := range lives {
			if u.RetiredOn != "" && u.OrgID != "" {
				f.Ended[u.OrgID] = u
			}
		}
		return f.read(ctx, q)
	})
	return f, inside(l).Explain(err)
}

func (f *CrossFacts) read(ctx context.Context, q raw.Querier) (err error) {
	if f.Begun, err = begun(ctx, q); err != nil {
		return err
	}
	f.Twice, err = crossPersons(ctx, q, memberOnRolls+` AND p.id_number IN (SELECT id_number FROM person p WHERE deleted_at IS NULL
		AND id_number IS NOT NULL AND `+memberOnRolls+` GROUP BY id_number HAVING count(DISTINCT org_id) > 1)`)
	if err != nil {
		return err
	}
	ended := raw.List(slices.Collect(maps.Keys(f.Ended)))
	f.Twice = slices.DeleteFunc(f.Twice, func(p CrossPerson) bool { return f.Ended[p.OrgID].RetiredOn != "" })
	f.Waiting, err = crossPersons(ctx, q, memberOnRolls+` AND p.org_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (SELECT 1 FROM person o
		WHERE o.id_number = p.id_number AND o.deleted_at IS NULL AND o.status IN ('正式党员', '预备党员') AND o.standing = '在册'
		AND o.org_id NOT IN (SELECT value FROM json_each(?1)))`, ended)
	if err != nil {
		return err
	}
	rows, err := q.Query(ctx, `SELECT m.id, m.kind = '转出', coalesce(m.happened_on, ''), 
		coalesce(CASE m.kind WHEN '转出' THEN m.to_code ELSE m.from_code END, ''),
		coalesce(CASE m.kind WHEN '转出' THEN m.to_org ELSE m.from_org END, ''), coalesce(m.valid_until, ''), `+crossPerson+`
		FROM movement m JOIN person p ON p.id = m.person WHERE m.deleted_at IS NULL AND p.deleted_at IS NULL
		AND m.kind IN ('转出', '转入') ORDER BY m.person, m.happened_on, m.id`)
	if err != nil {
		return fmt.Errorf("transfers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var t Transfer
		p := &t.Person
		if err := rows.Scan(&t.ID, &t.Out, &t.On, &t.Code, &t.Place, &t.Until, &p.ID, &p.OrgID, &p.Name, &p.IDNumber, &p.Birth, &p.OnRolls, &p.Standing); err != nil {
			return fmt.Errorf("transfers: %w", err)
		}
		f.Transfers = append(f.Transfers, t)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("transfers: %w", err)
	}
	f.Alike, err = f.alike(ctx, q)
	return err
}

// alike gives the members 在册 who may be one of those transferred.
func (f *CrossFacts) alike(ctx context.Context, q raw.Querier) ([]CrossPerson, error) {
	numbers, names := []string{}, []string{}
	for _, t := range f.Transfers {
		if t.Person.IDNumber != "" {
			numbers = append(numbers, t.Person.IDNumber)
		}
		if t.Person.Birth != "" {
			names = append(names, t.Person.Name+"\n"+string(t.Person.Birth))
		}
	}
	return crossPersons(ctx, q, memberOnRolls+` AND (p.id_number IN (SELECT value FROM json_each(?))
		OR p.name || char(10) || p.birth_date IN (SELECT value FROM json_each(?)))`, raw.List(numbers), raw.List(names))
}

func crossPersons(ctx context.Context, q raw.Querier, where string, args ...any) ([]CrossPerson, error) {
	rows, err := q.Query(ctx, "SELECT "+crossPerson+" FROM person p WHERE p.deleted_at IS NULL AND "+where+" ORDER BY p.id_number, p.id", args...)
	if err != nil {
		return nil, fmt.Errorf("persons: %w", err)
	}
	defer rows.Close()
	var all []CrossPerson
	for rows.Next() {
		var p CrossPerson
		if err := rows.Scan(&p.ID, &p.OrgID, &p.Name, &p.IDNumber, &p.Birth, &p.OnRolls, &p.Standing); err != nil {
			return nil, fmt.Errorf("persons: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// begun gives the day on which each record book was opened with its members.
func begun(ctx context.Context, q raw.Querier) (map[string]model.Date, error) {
	rows, err := q.Query(ctx, `SELECT org_id, min(happened_on) FROM movement WHERE kind = '期初在册' AND deleted_at IS NULL
		AND happened_on IS NOT NULL GROUP BY org_id`)
	if err != nil {
		return nil, fmt.Errorf("openings: %w", err)
	}
	defer rows.Close()
	all := map[string]model.Date{}
	for rows.Next() {
		var id string
		var day model.Date
		if err := rows.Scan(&id, &day); err != nil {
			return nil, fmt.Errorf("openings: %w", err)
		}
		all[id] = day
	}
	return all, rows.Err()
}
