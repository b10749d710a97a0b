package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Life is what a unit has been: it is known by its organisation's id, and codes are
// names that it has had (design.md §10).
type Life struct {
	OrgID                  string // "" for a unit of which nothing was ever accepted
	Code                   string // that it has now
	Name, Township, Domain string
	Phone                  string
	OnRoll                 bool         // on the county's list of units
	Former                 []FormerCode // the first one first
	RetiredOn              model.Date   // "" for one that stands
	Into                   string       // the present code of the unit into which it was merged, "" for none
	Reason                 string       // 撤销, 合并; "" for one that stands
}

// FormerCode is a code that a unit had until a day: on it another one held already.
type FormerCode struct {
	Code  string
	Until model.Date
}

// Unit gives the unit as a list of units has it.
func (u Life) Unit() store.Unit {
	return store.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
}

// Stands tells whether the unit is there on a day.
func (u Life) Stands(day model.Date) bool { return u.RetiredOn == "" || day < u.RetiredOn }

// AskedFor tells whether the unit must report for a month: it stands on its last day.
func (u Life) AskedFor(month model.Month) bool { return u.Stands(month.Last()) }

// MayReport tells whether a bundle of a month is taken: the unit stood on its first day.
func (u Life) MayReport(month model.Month) bool { return u.Stands(month.First()) }

// Lives gives every unit of the county by its present code: those of the list, those of
// which a bundle was accepted and those that are no more. The county's own organisation
// is none of them.
func Lives(ctx context.Context, l *store.Ledger) (map[string]Life, error) {
	var all map[string]Life
	err := inside(l).Moment(ctx, func(s store.Snapshot) (err error) {
		all, err = livesAt(ctx, l, s.Querier())
		return err
	})
	return all, inside(l).Explain(err)
}

// livesAt is Lives at the moment of q.
func livesAt(ctx context.Context, l *store.Ledger, q raw.Querier) (map[string]Life, error) {
	all := map[string]Life{}
	home := l.Home().Str(fieldCode)
	orgs, err := inside(l).OrganisationsAt(ctx, q)
	if err != nil {
		return nil, err
	}
	for id, u := range orgs {
		if u.Code != "" && u.Code != home {
			all[u.Code] = Life{OrgID: id, Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
		}
	}
	for _, read := range []struct {
		text string
		note func(*Life, [7]string)
	}{
		{"SELECT code, coalesce(org_id, ''), '', '', '', '', '' FROM known_key", func(u *Life, v [7]string) {
			if v[1] != "" {
				u.OrgID = v[1]
			}
		}},
		{"SELECT code, name, coalesce(township, ''), coalesce(domain, ''), coalesce(phone, ''), '', '' FROM roll_unit", func(u *Life, v [7]string) {
			u.Name, u.Township, u.Domain, u.Phone, u.OnRoll = v[1], v[2], v[3], v[4], true
		}},
		{"SELECT code, name, township, domain, phone, retired_on || reason, into_code FROM unit_retired", func(u *Life, v [7]string) {
			u.Name, u.Township, u.Domain, u.Phone = v[1], v[2], v[3], v[4]
			u.RetiredOn, u.Reason, u.Into = model.Date(v[5][:dayLength]), v[5][dayLength:], v[6]
		}},
		{"SELECT now, code, until_day, '', '', '', '' FROM unit_code WHERE code <> now ORDER BY seq", func(u *Life, v [7]string) {
			u.Former = append(u.Former, FormerCode{v[1], model.Date(v[2])})
		}},
	} {
		rows, err := q.Query(ctx, read.text)
		if err != nil {
			return nil, fmt.Errorf("units: %w", err)
		}
		for rows.Next() {
			var v [7]string
			if err = rows.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6]); err != nil {
				break
			}
			if v[0] == home {
				continue
			}
			u := all[v[0]]
			u.Code = v[0]
			read.note(&u, v)
			all[v[0]] = u
		}
		if err == nil {
			err = rows.Err()
		}
		if closing := rows.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return nil, fmt.Errorf("units: %w", err)
		}
	}
	return all, nil
}

// dayLength is the length of a day as it is stored, YYYY-MM-DD.
const dayLength = 10

// CurrentCode gives the code that a unit has now, of one that it has or had; a code
// that is no unit's comes back as it is. One that another unit has now is that unit's.
func CurrentCode(lives map[string]Life, code string) string {
	if _, there := lives[code]; there {
		return code
	}
	found, until := code, model.Date("")
	for now, u := range lives {
		for _, f := range u.Former {
			if f.Code == code && (f.Until > until || f.Until == until && now < found) { // the last that had it
				found, until = now, f.Until
			}
		}
	}
	return found
}
