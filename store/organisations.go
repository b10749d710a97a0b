package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// OrganisationNames gives what the organisations whose record books this ledger holds
// are called in a table, by id: the short name, else the name without what stands
// before it: 中共, county and township.
func (l *Ledger) OrganisationNames(ctx context.Context) (map[string]string, error) {
	names, err := l.organisationNames(ctx, l.readers)
	return names, l.explain(err)
}

func (l *Ledger) organisationNames(ctx context.Context, q raw.Querier) (map[string]string, error) {
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(l.book.Org.Name)+", ''), "+l.orgText(l.book.Org.Short)+", "+l.orgText(l.book.Org.County)+", "+
		l.orgText(l.book.Org.Township)+" FROM "+raw.Quote(l.book.Org.Kind)+" WHERE id = org_id")
	if err != nil {
		return nil, fmt.Errorf("organisations: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var id, name, short, county, township string
		if err := rows.Scan(&id, &name, &short, &county, &township); err != nil {
			return nil, fmt.Errorf("organisations: %w", err)
		}
		if short == "" {
			short = model.BriefName(name, county, township)
		}
		all[id] = short
	}
	return all, rows.Err()
}

// Organisations gives the organisations whose record books this ledger holds, its
// own included, by id: name (the full one), township, domain and phone as they stand
// in their own records.
func (l *Ledger) Organisations(ctx context.Context) (map[string]Unit, error) {
	homes, err := l.homes(ctx, l.readers)
	return homes, l.explain(err)
}

func (l *Ledger) homes(ctx context.Context, q raw.Querier) (map[string]Unit, error) {
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(l.book.Org.Code)+", ''), coalesce("+raw.Quote(l.book.Org.Name)+", ''), "+
		l.orgText(l.book.Org.Township)+", "+l.orgText(l.book.Org.Domain)+", "+l.orgText(l.book.Org.Phone)+" FROM "+raw.Quote(l.book.Org.Kind)+" WHERE id = org_id")
	if err != nil {
		return nil, fmt.Errorf("organisations: %w", err)
	}
	defer rows.Close()
	all := map[string]Unit{}
	for rows.Next() {
		var id string
		u := Unit{OnFile: true}
		if err := rows.Scan(&id, &u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone); err != nil {
			return nil, fmt.Errorf("organisations: %w", err)
		}
		all[id] = u
	}
	return all, rows.Err()
}

// orgText is the expression of a field of organisations, which a catalog may lack.
func (l *Ledger) orgText(field string) string {
	if !l.book.has(field) {
		return "''"
	}
	return "coalesce(" + raw.Quote(field) + ", '')"
}

// Unit is an organisation that an org_code field offers.
type Unit struct {
	Code, Name, Township, Domain, Phone string
	OnFile                              bool // an organisation record, not only the county's list
}

// Roll gives the county's list of units that must report, by township, then name;
// nothing where there is no list.
func (l *Ledger) Roll(ctx context.Context) ([]Unit, error) {
	rows, err := l.readers.Query(ctx, `SELECT code, name, coalesce(township, ''), coalesce(domain, ''), coalesce(phone, '')
		FROM roll_unit ORDER BY coalesce(township, ''), sort, code`)
	if err != nil {
		return nil, l.explain(fmt.Errorf("list of units: %w", err))
	}
	defer rows.Close()
	var all []Unit
	for rows.Next() {
		var u Unit
		if err := rows.Scan(&u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone); err != nil {
			return nil, l.explain(fmt.Errorf("list of units: %w", err))
		}
		all = append(all, u)
	}
	return all, l.explain(rows.Err())
}

// Units gives the organisations that an org_code field offers and that find finds
// (code, name, pinyin), what fits best first: those on file and those of the county's list,
// each code once, those on file first, by name.
func (l *Ledger) Units(ctx context.Context, find string, limit int) ([]Unit, error) {
	all, err := l.units(ctx)
	if err != nil {
		return nil, l.explain(fmt.Errorf("units: %w", err))
	}
	found := model.Best(all, find, func(u Unit) string {
		return model.WithMore(model.SearchText(u.Name), u.Code, model.SearchText(u.Township))
	})
	if limit > 0 {
		found = found[:min(len(found), limit)]
	}
	return found, nil
}

func (l *Ledger) units(ctx context.Context) ([]Unit, error) {
	org := l.book.Org
	own := map[string]string{}
	for _, name := range []string{org.Township, org.Domain, org.Phone} {
		own[name] = "''"
		if l.book.has(name) {
			own[name] = "coalesce(t." + raw.Quote(name) + ", '')"
		}
	}
	rows, err := l.readers.Query(ctx, "SELECT t."+raw.Quote(org.Code)+" AS code, coalesce(t."+raw.Quote(org.Name)+", ''), "+own[org.Township]+", "+
		own[org.Domain]+", "+own[org.Phone]+", 1 AS on_file, s.sort AS sort FROM "+raw.Quote(org.Kind)+" t LEFT JOIN search s ON s.kind = '"+org.Kind+
		"' AND s.id = t.id WHERE t.deleted_at IS NULL AND t."+raw.Quote(org.Code)+` IS NOT NULL
		UNION ALL SELECT code, name, coalesce(township, ''), coalesce(domain, ''), coalesce(phone, ''), 0, sort FROM roll_unit
		ORDER BY on_file DESC, sort, code`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	seen := map[string]bool{}
	var all []Unit
	for rows.Next() {
		var u Unit
		var sort any
		if err := rows.Scan(&u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone, &u.OnFile, &sort); err != nil {
			return nil, err
		}
		if !seen[u.Code] {
			seen[u.Code] = true
			all = append(all, u)
		}
	}
	return all, rows.Err()
}

// SetUnits replaces the county's list of units; it is what org_code fields offer.
func (l *Ledger) SetUnits(ctx context.Context, units []Unit) error {
	return l.write(ctx, func(ctx context.Context, t *Tx) error { return t.SetUnits(ctx, units) })
}

// SetUnits replaces the county's list of units within the transaction.
func (t *Tx) SetUnits(ctx context.Context, units []Unit) error {
	if err := t.w.Exec(ctx, "DELETE FROM roll_unit"); err != nil {
		return fmt.Errorf("list of units: %w", err)
	}
	for _, u := range units {
		err := t.w.Exec(ctx, "INSERT OR REPLACE INTO roll_unit (code, name, township, domain, phone, text, sort) VALUES (?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)",
			u.Code, u.Name, u.Township, u.Domain, u.Phone, model.SearchText(u.Name), model.SortKey(u.Name))
		if err != nil {
			return fmt.Errorf("list of units: %w", err)
		}
	}
	return nil
}
