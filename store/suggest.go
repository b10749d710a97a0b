package store

import (
	"context"
	"fmt"

	"taizhang/model"
)

// Suggest gives texts that were used before in a field and that what was typed
// finds (pinyin too), the most used first, then the latest used; none for a field that
// is only asked for, which is stored nowhere. *model.Error: E-KIND.
func (l *Ledger) Suggest(ctx context.Context, kind, field, typed string, limit int) ([]string, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	if t.kind.Asked(field) != nil {
		return nil, nil
	}
	f := t.kind.MustField(field)
	if f.Linked() || f.Target != "" || f.Type.Storage() != model.StoreText {
		return nil, nil
	}
	column := quote(field)
	values, err := strings1(l.readers.query(ctx, "SELECT "+column+" FROM "+quote(kind)+" WHERE deleted_at IS NULL AND "+column+
		" IS NOT NULL GROUP BY "+column+" ORDER BY count(*) DESC, max(updated_at) DESC, "+column))
	if err != nil {
		return nil, l.explain(fmt.Errorf("values of %s.%s: %w", kind, field, err))
	}
	var found []string
	for _, v := range values {
		if limit > 0 && len(found) == limit {
			break
		}
		if model.Matches(v, typed) {
			found = append(found, v)
		}
	}
	return found, nil
}

// Units gives the organisations that an org_code field offers and that find finds
// (code, name, pinyin): those on file and those of the county's list, each code once,
// those on file first, by name.
func (l *Ledger) Units(ctx context.Context, find string, limit int) ([]Unit, error) {
	all, err := l.units(ctx)
	if err != nil {
		return nil, l.explain(fmt.Errorf("units: %w", err))
	}
	var found []Unit
	for _, u := range all {
		if limit > 0 && len(found) == limit {
			break
		}
		if model.Matches(u.Name, find) || model.Matches(u.Code, find) || model.Matches(u.Township, find) {
			found = append(found, u)
		}
	}
	return found, nil
}

func (l *Ledger) units(ctx context.Context) ([]Unit, error) {
	own := map[string]string{orgTownship: "", orgDomain: "", orgPhone: ""}
	for name := range own {
		own[name] = "''"
		if l.kinds.Kind(orgKind).Field(name) != nil {
			own[name] = "coalesce(t." + quote(name) + ", '')"
		}
	}
	rows, err := l.readers.query(ctx, "SELECT t."+quote(orgCode)+" AS code, coalesce(t."+quote(orgName)+", ''), "+own[orgTownship]+", "+
		own[orgDomain]+", "+own[orgPhone]+", 1 AS on_file, s.sort AS sort FROM "+quote(orgKind)+" t LEFT JOIN search s ON s.kind = '"+orgKind+
		"' AND s.id = t.id WHERE t.deleted_at IS NULL AND t."+quote(orgCode)+` IS NOT NULL
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
	return l.write(ctx, func(ctx context.Context, t *tx) error { return t.setUnits(ctx, units) })
}

func (t *tx) setUnits(ctx context.Context, units []Unit) error {
	if err := t.w.exec(ctx, "DELETE FROM roll_unit"); err != nil {
		return fmt.Errorf("list of units: %w", err)
	}
	for _, u := range units {
		err := t.w.exec(ctx, "INSERT OR REPLACE INTO roll_unit (code, name, township, domain, phone, text, sort) VALUES (?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)",
			u.Code, u.Name, u.Township, u.Domain, u.Phone, model.SearchText(u.Name), model.SortKey(u.Name))
		if err != nil {
			return fmt.Errorf("list of units: %w", err)
		}
	}
	return nil
}
