package extract

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// making is an extract while it is made.
type making struct {
	from    *store.Ledger
	is      store.Extract
	each    Step
	home    string          // the county's own organisation: its record alone goes along
	orgs    map[string]bool // by id, home among them
	codes   []string        // of the township's units, former ones too
	steps   int
	records int
}

// plan finds what an extract holds.
func plan(ctx context.Context, l *store.Ledger, o Options) (*making, error) {
	names, err := Townships(ctx, l)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(names, o.Township) {
		return nil, model.Errorf("E-TOWNSHIP", "没有“%s”这个乡镇的记录,请写成其中的一个:%s", model.Clean(o.Township, false), model.Clean(strings.Join(names, "、"), false))
	}
	c := &making{from: l, each: o.Each, home: l.Home().ID, orgs: map[string]bool{l.Home().ID: true}}
	homes, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for id, u := range homes {
		if u.Township == o.Township {
			c.orgs[id] = true
		}
	}
	codes, err := count.CodesOf(ctx, l, o.Township)
	if err != nil {
		return nil, err
	}
	for code := range codes {
		c.codes = append(c.codes, code)
	}
	slices.Sort(c.codes)
	c.is = store.Extract{Township: o.Township, Day: l.Source().Today(), Private: o.Private}
	newest, err := county.NewestMonths(ctx, l, county.Accepted, county.Partly)
	if err != nil {
		return nil, err
	}
	for _, m := range newest {
		c.is.Month = max(c.is.Month, m)
	}
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	c.is.Deadline = profile.DeadlineDay
	c.steps = len(l.Kinds().Kinds()) + 3
	// What is counted now goes along as it was counted: who left for which township can't be
	// found out in the extract.
	c.each.say(0, c.steps, "正在统计")
	if c.is.Month != "" {
		if _, err := county.ReadReport(ctx, l, count.Ask{Month: c.is.Month, Township: o.Township}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// build makes the clear ledger.
func (c *making) build(ctx context.Context, path string) (*store.Ledger, error) {
	seals, err := c.seals(ctx)
	if err != nil {
		return nil, err
	}
	params, err := c.from.Setting(ctx, store.SettingParams)
	if err != nil {
		return nil, err
	}
	o := store.Options{Book: inside(c.from).Book(), Source: c.from.Source(), By: inside(c.from).By()}
	return store.CreateFilled(ctx, raw.Pass{}, path, o, func(ctx context.Context, t *store.Tx) error {
		err := inside(c.from).Moment(ctx, func(s store.Snapshot) error { return c.fill(ctx, t, s.Querier()) })
		if err != nil {
			return err
		}
		for _, s := range seals {
			if err := t.Exec(ctx, "INSERT INTO month_seal (month, sealed_at, sealed_by, content, number) VALUES (?, ?, ?, ?, ?)", string(s.Month), s.At, s.By, string(s.Content), s.Number); err != nil {
				return fmt.Errorf("closed month %s: %w", s.Month, err)
			}
		}
		if err := count.PutWithin(ctx, c.from, t, c.orgs); err != nil {
			return err
		}
		for name, value := range map[string]string{store.SettingHome: c.home, store.SettingParams: params} {
			if err := t.SetSetting(ctx, name, value); err != nil {
				return err
			}
		}
		return t.SetExtract(ctx, c.is)
	})
}

// seals gives the closed months with the township's columns alone.
func (c *making) seals(ctx context.Context) ([]*count.Seal, error) {
	months, err := count.SealedMonths(ctx, c.from)
	if err != nil {
		return nil, err
	}
	var all []*count.Seal
	for _, m := range months {
		s, err := count.SealOfTownship(ctx, c.from, m, c.is.Township)
		if err != nil {
			return nil, err
		}
		if s != nil {
			all = append(all, s)
		}
	}
	return all, nil
}

// fill copies the rows.
func (c *making) fill(ctx context.Context, t *store.Tx, q raw.Querier) error {
	var units, all []string
	for id := range c.orgs {
		all = append(all, id)
		if id != c.home {
			units = append(units, id)
		}
	}
	slices.Sort(units)
	own, whole := raw.List(units), raw.List(all)
	org := c.from.Home().Kind
	for n, k := range c.from.Kinds().Kinds() {
		c.each.say(n+1, c.steps, "正在抄"+k.Title)
		if err := c.copyKind(ctx, t, q, k, own); err != nil {
			return err
		}
	}
	for _, table := range []string{org.Name, "search"} {
		if err := copyRows(ctx, t, q, table, "id = ?", nil, c.home); err != nil {
			return err
		}
	}
	if !c.is.Private {
		if err := c.findAnew(ctx, t, units); err != nil {
			return err
		}
	}
	c.each.say(c.steps-2, c.steps, "正在抄汇总")
	return c.copyBeside(ctx, t, q, whole)
}

// copyKind copies the rows of a kind with their links and what they are found by.
func (c *making) copyKind(ctx context.Context, t *store.Tx, q raw.Querier, k *model.Kind, orgs string) error {
	const of = "org_id IN (SELECT value FROM json_each(?))"
	empty := map[string]bool{}
	for _, f := range k.Fields() {
		if c.hides(f) {
			empty[f.Name] = true
		}
	}
	if err := copyRows(ctx, t, q, k.Name, of, empty, orgs); err != nil {
		return err
	}
	for _, f := range k.Fields() {
		if !f.Linked() {
			continue
		}
		where := "record_id IN (SELECT id FROM " + raw.Quote(k.Name) + " WHERE " + of + ")"
		if err := copyRows(ctx, t, q, raw.LinkTable(k, f), where, nil, orgs); err != nil {
			return err
		}
	}
	n, err := raw.NumberOnce(ctx, t, "SELECT count(*) FROM "+raw.Quote(k.Name)+" WHERE deleted_at IS NULL")
	if err != nil {
		return err
	}
	c.records += int(n)
	if len(empty) > 0 {
		return nil // see findAnew
	}
	return copyRows(ctx, t, q, "search", "kind = ? AND "+of, nil, k.Name, orgs)
}

// hides tells whether a field stays at the county: what is declared private, as in bundles
// without identity, and any other ID number or phone.
func (c *making) hides(f *model.Field) bool {
	return !c.is.Private && (f.Private || f.Type == model.TypeIDNumber || f.Type == model.TypePhone)
}

// findAnew writes what records are found by whose texts held private fields.
func (c *making) findAnew(ctx context.Context, t *store.Tx, orgs []string) error {
	for _, k := range c.from.Kinds().Kinds() {
		if !slices.ContainsFunc(k.Fields(), c.hides) {
			continue
		}
		for _, org := range orgs {
			rows, err := t.RowsOf(ctx, k, org)
			if err != nil {
				return err
			}
			put := make([]store.Replaced, len(rows))
			for i, r := range rows {
				put[i].Now = r
			}
			if err := t.IndexRows(ctx, put); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyBeside copies what stands beside the records: the list of units, what was counted,
// the book of bundles and what became of units.
func (c *making) copyBeside(ctx context.Context, t *store.Tx, q raw.Querier, orgs string) error {
	codes, town := raw.List(c.codes), c.is.Township
	const ofOrgs, ofCodes = "org_id IN (SELECT value FROM json_each(?))", "code IN (SELECT value FROM json_each(?))"
	phone := map[string]bool{"phone": !c.is.Private}
	for _, x := range []struct {
		table, where string
		empty        map[string]bool
		args         []any
	}{
		{"roll_unit", ofCodes, phone, []any{codes}},
		{"tally", ofOrgs, nil, []any{orgs}},
		{"indicator_month", ofOrgs, nil, []any{orgs}},
		{"month_who", ofOrgs, nil, []any{orgs}},
		{"unit_begun", ofOrgs, nil, []any{orgs}},
		{"unit_code", "now IN (SELECT value FROM json_each(?))", nil, []any{codes}},
		{"unit_retired", ofCodes, nil, []any{codes}},
		{"deadline_change", "true", nil, nil},
		{"admission_quota", "township = ?", nil, []any{town}},
		{"admission_form", ofCodes, nil, []any{codes}},
		{"admission_form_void", ofCodes, nil, []any{codes}},
	} {
		if err := copyRows(ctx, t, q, x.table, x.where, x.empty, x.args...); err != nil {
			return err
		}
	}
	if !c.is.Private {
		if err := t.Exec(ctx, "UPDATE unit_retired SET phone = ''"); err != nil {
			return err
		}
	}
	// A unit that went into one of another township does not say into which.
	if err := t.Exec(ctx, "UPDATE unit_retired SET into_code = '' WHERE into_code NOT IN (SELECT value FROM json_each(?))", codes); err != nil {
		return err
	}
	return c.copyIntake(ctx, t, q, codes)
}

// copyIntake copies the lines of the county's book about the units, with how many problems
// there were but not with their texts, which may name others.
func (c *making) copyIntake(ctx context.Context, t *store.Tx, q raw.Querier, codes string) error {
	if err := copyRows(ctx, t, q, "intake", "code IN (SELECT value FROM json_each(?))", nil, codes); err != nil {
		return err
	}
	if err := copyRows(ctx, t, q, "known_key", "code IN (SELECT value FROM json_each(?))",
		map[string]bool{"sent": true, "allowed": true, "successor": true}, codes); err != nil {
		return err
	}
	return county.BareReasons(ctx, t)
}

// copyRows copies the rows of a table as they stand, with some columns left empty. An
// older ledger may lack a column, and may have one that this program no longer knows.
func copyRows(ctx context.Context, t *store.Tx, q raw.Querier, table, where string, empty map[string]bool, args ...any) error {
	names, err := raw.TextsOnce(ctx, t, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	there, err := raw.TextsOnce(ctx, q, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	var columns, values []string
	for _, name := range names {
		if !slices.Contains(there, name) {
			continue
		}
		columns = append(columns, raw.Quote(name))
		if empty[name] {
			values = append(values, "NULL")
		} else {
			values = append(values, raw.Quote(name))
		}
	}
	rows, err := q.Once(ctx, "SELECT "+strings.Join(values, ", ")+" FROM "+raw.Quote(table)+" WHERE "+where, args...)
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	defer rows.Close()
	insert := "INSERT INTO " + raw.Quote(table) + " (" + strings.Join(columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
	row, at := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		at[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			return fmt.Errorf("copy %s: %w", table, err)
		}
		if err := t.Exec(ctx, insert, row...); err != nil {
			return fmt.Errorf("copy %s: %w", table, err)
		}
	}
	return rows.Err()
}
