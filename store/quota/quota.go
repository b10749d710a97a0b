// Package quota keeps the year's plan of new members (年度发展党员计划) and the numbers of
// 入党志愿书 that a county issues: at the county of all units, in a village its own part,
// which comes with the county's letters.
package quota

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// inside opens a ledger to this package.
func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }

// Plan is a line of a year's plan: of a unit, or with Code "" of all of a township.
type Plan struct {
	Year           int
	Township, Code string
	Quota          int
}

// Range is a run of form numbers as it was issued to a unit.
type Range struct {
	admission.FormRange
	Code string
	Year int
	At   string // YYYY-MM-DDThh:mm:ssZ
}

// Book is what a ledger holds of plans and forms.
type Book struct {
	Plans  []Plan
	Ranges []Range
	Void   map[string][]string // numbers by unit
}

// Read gives everything on file.
func Read(ctx context.Context, l *store.Ledger) (Book, error) {
	b, err := readBook(ctx, inside(l).Readers())
	return b, inside(l).Explain(err)
}

func readBook(ctx context.Context, q raw.Querier) (b Book, err error) {
	b.Void = map[string][]string{}
	each := func(text string, scan func(func(...any) error) error) {
		if err != nil {
			return
		}
		rows, fault := q.Query(ctx, text)
		if fault != nil {
			err = fmt.Errorf("plan of new members: %w", fault)
			return
		}
		defer rows.Close()
		for rows.Next() {
			if fault := scan(rows.Scan); fault != nil {
				err = fmt.Errorf("plan of new members: %w", fault)
				return
			}
		}
		err = rows.Err()
	}
	each("SELECT year, township, code, quota FROM admission_quota ORDER BY year, township, code", func(scan func(...any) error) error {
		var p Plan
		fault := scan(&p.Year, &p.Township, &p.Code, &p.Quota)
		b.Plans = append(b.Plans, p)
		return fault
	})
	each("SELECT code, first, last, year, at FROM admission_form ORDER BY code, first", func(scan func(...any) error) error {
		var r Range
		fault := scan(&r.Code, &r.First, &r.Last, &r.Year, &r.At)
		b.Ranges = append(b.Ranges, r)
		return fault
	})
	each("SELECT code, number FROM admission_form_void ORDER BY code, number", func(scan func(...any) error) error {
		var code, number string
		fault := scan(&code, &number)
		b.Void[code] = append(b.Void[code], number)
		return fault
	})
	return b, err
}

// Plan gives the line of a unit in a year; false where it has none.
func (b Book) Plan(year int, code string) (Plan, bool) {
	i := slices.IndexFunc(b.Plans, func(p Plan) bool { return p.Year == year && p.Code == code && code != "" })
	if i < 0 {
		return Plan{}, false
	}
	return b.Plans[i], true
}

// Forms gives the numbers issued to a unit, of all years.
func (b Book) Forms(code string) []admission.FormRange {
	var all []admission.FormRange
	for _, r := range b.Ranges {
		if r.Code == code {
			all = append(all, r.FormRange)
		}
	}
	return all
}

// Change is what a clerk asks for, all of it or nothing.
type Change struct {
	Plans  []Plan // a quota of -1 takes the line away
	Issue  []Range
	Void   []Range // spoilt and come back
	Recall []Range // issued by mistake: as if it had never been
}

// Apply writes a change. *model.Error: E-FORM-TWICE for a number that was issued before,
// E-FORM-NONE for one to be taken back or declared void that was not issued to the unit,
// E-QUOTA for units whose plans are more than their township's.
func Apply(ctx context.Context, l *store.Ledger, c Change) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, p := range c.Plans {
			if err := putPlan(ctx, t, p); err != nil {
				return err
			}
		}
		b, err := readBook(ctx, t)
		if err != nil {
			return err
		}
		if err := b.fits(c.Plans); err != nil {
			return err
		}
		for _, r := range c.Recall {
			if !slices.ContainsFunc(b.Ranges, func(have Range) bool { return have.Code == r.Code && have.FormRange == r.FormRange }) {
				return model.Errorf("E-FORM-NONE", "没有发给 %s 的志愿书 %s,不能收回;请写发出时的那一段", r.Code, r.Text())
			}
			if err := t.Exec(ctx, "DELETE FROM admission_form WHERE code = ? AND first = ?", r.Code, r.First); err != nil {
				return fmt.Errorf("forms: %w", err)
			}
		}
		if b, err = readBook(ctx, t); err != nil {
			return err
		}
		owner := b.owners()
		for _, r := range c.Issue {
			for _, no := range r.Numbers() {
				if code, twice := owner[no]; twice {
					return model.Errorf("E-FORM-TWICE", "志愿书 %s 已经发给 %s,没有再发;请核对编号", no, code)
				}
				owner[no] = r.Code
			}
			if err := t.Exec(ctx, "INSERT INTO admission_form (code, first, last, year, at) VALUES (?, ?, ?, ?, ?)", r.Code, r.First, r.Last, r.Year, t.Stamp()); err != nil {
				return fmt.Errorf("forms: %w", err)
			}
		}
		for _, r := range c.Void {
			for _, no := range r.Numbers() {
				if owner[no] != r.Code {
					return model.Errorf("E-FORM-NONE", "志愿书 %s 没有发给过 %s,不能作废;请核对编号", no, r.Code)
				}
				if err := t.Exec(ctx, "INSERT OR IGNORE INTO admission_form_void (code, number, at) VALUES (?, ?, ?)", r.Code, no, t.Stamp()); err != nil {
					return fmt.Errorf("forms: %w", err)
				}
			}
		}
		return nil
	})
}

func putPlan(ctx context.Context, t *store.Tx, p Plan) error {
	err := t.Exec(ctx, "DELETE FROM admission_quota WHERE year = ? AND code = ? AND (code <> '' OR township = ?)", p.Year, p.Code, p.Township)
	if err == nil && p.Quota >= 0 {
		err = t.Exec(ctx, "INSERT INTO admission_quota (year, township, code, quota, at) VALUES (?, ?, ?, ?, ?)", p.Year, p.Township, p.Code, p.Quota, t.Stamp())
	}
	if err != nil {
		return fmt.Errorf("plan of %d: %w", p.Year, err)
	}
	return nil
}

// fits refuses plans of units that are more than what their township has.
func (b Book) fits(changed []Plan) error {
	for _, c := range changed {
		whole, units := -1, 0
		for _, p := range b.Plans {
			switch {
			case p.Year != c.Year || p.Township != c.Township:
			case p.Code == "":
				whole = p.Quota
			default:
				units += p.Quota
			}
		}
		if whole >= 0 && units > whole {
			return model.Errorf("E-QUOTA", "%s%d年的计划是 %d 名,分到各单位的却有 %d 名,没有改;请核对", model.Clean(c.Township, false), c.Year, whole, units)
		}
	}
	return nil
}

// owners gives to whom each number was issued.
func (b Book) owners() map[string]string {
	owner := map[string]string{}
	for _, r := range b.Ranges {
		for _, no := range r.Numbers() {
			owner[no] = r.Code
		}
	}
	return owner
}

// Outgoing gives each unit's part, as it travels with the county's letters.
func Outgoing(ctx context.Context, l *store.Ledger) ([]bundle.MailQuota, error) {
	b, err := Read(ctx, l)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, p := range b.Plans {
		codes = append(codes, p.Code)
	}
	for _, r := range b.Ranges {
		codes = append(codes, r.Code)
	}
	slices.Sort(codes)
	var all []bundle.MailQuota
	for _, code := range slices.Compact(codes) {
		if code == "" {
			continue
		}
		m := bundle.MailQuota{Code: code, Plans: map[int]int{}, Forms: []bundle.MailForms{}, Void: append([]string{}, b.Void[code]...)}
		for _, p := range b.Plans {
			if p.Code == code {
				m.Plans[p.Year] = p.Quota
			}
		}
		for _, r := range b.Ranges {
			if r.Code == code {
				m.Forms = append(m.Forms, bundle.MailForms{First: r.First, Last: r.Last, Year: r.Year})
			}
		}
		all = append(all, m)
	}
	return all, nil
}

// settingWritten is when the list was written that was taken in last.
const settingWritten = "quota_written"

// TakeIn takes a village's own part in, in the place of what it has, and tells whether
// that changed anything. A list older than the last one, as sticks keep them, changes
// nothing. *model.Error E-FORM-NO for numbers that can't be.
func TakeIn(ctx context.Context, l *store.Ledger, all []bundle.MailQuota, written string) (changed bool, err error) {
	last, err := l.Setting(ctx, settingWritten)
	if err != nil || written < last {
		return false, err
	}
	home := l.Home()
	code := home.Str("code")
	i := slices.IndexFunc(all, func(m bundle.MailQuota) bool { return m.Code == code })
	var mine bundle.MailQuota
	if i >= 0 {
		mine = all[i]
	}
	for _, f := range mine.Forms {
		if _, err := admission.ParseFormRange(f.First + "-" + f.Last); err != nil {
			return false, err
		}
	}
	have, err := Outgoing(ctx, l)
	if err != nil {
		return false, err
	}
	if len(have) == 0 && i < 0 || len(have) == 1 && i >= 0 && have[0].Same(mine) {
		return false, nil
	}
	return true, inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, table := range []string{"admission_quota", "admission_form", "admission_form_void"} {
			if err := t.Exec(ctx, "DELETE FROM "+table); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		if err := t.SetSetting(ctx, settingWritten, written); err != nil {
			return err
		}
		for year, n := range mine.Plans {
			if err := putPlan(ctx, t, Plan{Year: year, Township: home.Str("township"), Code: code, Quota: n}); err != nil {
				return err
			}
		}
		for _, f := range mine.Forms {
			if err := t.Exec(ctx, "INSERT INTO admission_form (code, first, last, year, at) VALUES (?, ?, ?, ?, ?)", code, f.First, f.Last, f.Year, t.Stamp()); err != nil {
				return fmt.Errorf("forms: %w", err)
			}
		}
		for _, no := range mine.Void {
			if err := t.Exec(ctx, "INSERT INTO admission_form_void (code, number, at) VALUES (?, ?, ?)", code, no, t.Stamp()); err != nil {
				return fmt.Errorf("forms: %w", err)
			}
		}
		return nil
	})
}
