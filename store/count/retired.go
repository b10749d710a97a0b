package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/internal/raw"
)

// A unit that is no more (table unit_retired, at a county) counts until the day of its
// end (design.md §10): in a period that ends on that day or later, nothing of it stands at
// the day, and what happened in it stays where it happened. Its members who are still 在册
// are 待转接 (the set waiting) until the same ID number is 在册 in another unit: from then
// on they count as moved out of it, on the day on which they came there, and not before
// the unit ended.

// atTheDay are the figures of records that stand at the day, by indicator: of a unit that
// is no more they are left out. Those that are made of members and of offices lack it by
// the base sets, and the others say what happened in the period.
var atTheDay = map[string][]string{
	"A01": {"organizations", "by_kind", "by_domain", "units"},
	"A03": {"rated", "named"},
	"A04": {"terms"},
	"A07": {"reserves", "up_to_35", "secondary", "both_leader"},
	"A08": {"under_way", "activists"},
	"A12": {"units", "covered", "advisers", "listed", "listed_covered"},
	"B02": {"asked", "met"},
	"B03": {"general_required", "general_met", "committee_required", "committee_met", "group_required", "group_met",
		"lecture_required", "lecture_met", "theme_required", "theme_met"},
	"B04": {"open", "heads", "received"},
	"B06": {"open", "helpers", "received"},
	"B07": {"pairs", "received", "helpers", "helped"},
	"B10": {"weak"},
	"B11": {"regulations", "panels"},
	"C06": {"places"},
	"D02": {"all", "key_projects", "undertakings", "output", "employees", "households"},
	"D03": {"under_way"},
	"E01": {"in_force", "received"},
	"G01": {"asked", "kept", "by_ledger"},
}

// standing tells whether a figure is of what stands at the day.
var standing = func() map[string]bool {
	all := map[string]bool{}
	for code, keys := range atTheDay {
		for _, key := range keys {
			all[code+"."+key] = true
		}
	}
	return all
}()

// ended are the days on which organisations ended, by id.
type ended map[string]model.Date

// leavesOut tells whether a figure leaves an organisation out.
func (e ended) leavesOut(code, figure, org string) bool {
	return e[org] != "" && standing[code+"."+figure]
}

// ended gives the organisations that are no more at the day. They are read once.
func (c *counting) ended(ctx context.Context) (ended, error) {
	if c.gone != nil {
		return c.gone, nil
	}
	org := c.l.Home().Kind
	if org.Field("code") == nil {
		return nil, nil
	}
	rows, err := c.on.Query(ctx, "SELECT o.id, r.retired_on FROM main.unit_retired r JOIN main."+raw.Quote(org.Name)+
		" o ON o.code = r.code AND o.id = o.org_id WHERE r.retired_on <= ?", string(c.period.To))
	if err != nil {
		return nil, fmt.Errorf("retired units: %w", err)
	}
	defer rows.Close()
	all := ended{}
	for rows.Next() {
		var id string
		var day model.Date
		if err := rows.Scan(&id, &day); err != nil {
			return nil, fmt.Errorf("retired units: %w", err)
		}
		all[id] = day
	}
	c.gone = all
	return all, rows.Err()
}

// fillEnded fills the set of organisations that are no more, and finds the members of
// theirs who stand elsewhere by the day.
func (c *counting) fillEnded(ctx context.Context) error {
	gone, err := c.ended(ctx)
	if err != nil {
		return err
	}
	var rows []any
	for id, day := range gone {
		rows = append(rows, id, string(day))
	}
	if err := c.insert(ctx, "base_retired", 2, rows); err != nil {
		return err
	}
	if c.arrived != nil || len(rows) == 0 || c.lacks(personKind) || c.lacks(movementKind) {
		return nil
	}
	c.arrived = map[string]arrival{}
	return c.readArrivals(ctx)
}

// arrival is how a member of a unit that is no more came to stand in another.
type arrival struct {
	day   model.Date
	move  string // the id of the movement
	whole bool   // 整建制
}

// arrivals finds them by ID number. Their last coming by the day counts.
const arrivals = `SELECT p.id, m.id, max(m.happened_on), coalesce(m.whole_unit, 0) FROM main.person p JOIN temp.base_retired r ON r.org_id = p.org_id
JOIN main.person o ON o.id_number = p.id_number AND o.org_id <> p.org_id AND o.deleted_at IS NULL AND o.status IN ('正式党员', '预备党员')
  AND o.org_id NOT IN (SELECT org_id FROM temp.base_retired)
JOIN main.movement m ON m.person = o.id AND m.deleted_at IS NULL AND m.kind IN ('期初在册', '接收预备党员', '转入', '恢复党籍') AND m.happened_on <= ?
WHERE p.deleted_at IS NULL AND p.id_number IS NOT NULL GROUP BY p.id`

func (c *counting) readArrivals(ctx context.Context) error {
	rows, err := c.on.Query(ctx, arrivals, string(c.period.To))
	if err != nil {
		return fmt.Errorf("arrivals: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var a arrival
		if err := rows.Scan(&id, &a.move, &a.day, &a.whole); err != nil {
			return fmt.Errorf("arrivals: %w", err)
		}
		c.arrived[id] = a
	}
	return rows.Err()
}

// end cuts a membership off where its unit ended. waits tells that the member has not
// come to stand elsewhere; else from is how the membership ended, where it did.
func (c *counting) end(m *membership.Membership) (from *arrival, waits bool) {
	day, gone := c.gone[m.Person.OrgID]
	if !gone {
		return nil, false
	}
	open := false
	var stays []membership.Stay
	for _, s := range m.Stays {
		open = s.From <= c.period.To && (s.Until == "" || s.Until > c.period.To)
		if s.Until == "" || s.Until > day {
			s.Until = day
		}
		if s.From < day {
			stays = append(stays, s)
		}
	}
	if m.Stays = stays; !open {
		return nil, false
	}
	a, came := c.arrived[m.Person.ID]
	if !came {
		return nil, true
	}
	a.day = max(a.day, day)
	return &a, false
}
