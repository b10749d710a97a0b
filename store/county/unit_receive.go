package county

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// codeChange is one line of the book of codes: a code that a unit had.
type codeChange struct {
	old, now, orgID string
	until           model.Date // from it on another code holds
	taken           bool       // another unit has the old code today
}

// codeChanges reads the book of codes, the last change first; of most counties it is
// empty.
func codeChanges(ctx context.Context, q raw.Querier) ([]codeChange, error) {
	rows, err := q.Query(ctx, `SELECT code, now, org_id, until_day, EXISTS (SELECT 1 FROM roll_unit r WHERE r.code = u.code)
		OR EXISTS (SELECT 1 FROM known_key k WHERE k.code = u.code) FROM unit_code u WHERE code <> now ORDER BY seq DESC`)
	if err != nil {
		return nil, fmt.Errorf("codes of units: %w", err)
	}
	defer rows.Close()
	var all []codeChange
	for rows.Next() {
		var c codeChange
		if err := rows.Scan(&c.old, &c.now, &c.orgID, &c.until, &c.taken); err != nil {
			return nil, fmt.Errorf("codes of units: %w", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// rename finds out which unit a bundle is of that carries a code which a unit had
// before. It is told by the organisation's id and by its key; a code that nobody else has
// today is still its former unit's. From here on the bundle has the present code.
func (r *reception) rename(ctx context.Context) error {
	changes, err := codeChanges(ctx, inside(r.l).Readers())
	if err != nil || len(changes) == 0 {
		return inside(r.l).Explain(err)
	}
	r.changes = changes
	m := &r.b.Package.Taizhang
	for _, c := range changes {
		if c.old != m.Organization.Code {
			continue
		}
		known, err := KnownKeyOf(ctx, r.l, c.now)
		if err != nil {
			return err
		}
		same := c.orgID == m.Organization.ID || known != nil && (known.OrgID == m.Organization.ID || known.PublicKey == m.PublicKey)
		if !same && c.taken {
			continue
		}
		r.former, r.formerUntil = c.old, c.until
		m.Organization.Code = c.now
		return nil
	}
	return nil
}

// recode gives the rows of a bundle the codes that units have today, before anything is
// asked of them. A code that another unit has since is left alone in what was saved after
// it had changed hands.
func (w *bundleRows) recode(r *reception) {
	if len(r.changes) == 0 {
		return
	}
	if home := w.byID[w.home.Name][w.org.ID]; home != nil && r.former != "" && home.Str(fieldCode) == r.former {
		home.Set(fieldCode, w.org.Code)
		w.say(Problem{Kind: w.home.Name, ID: home.ID, Field: fieldCode, Code: "W-RECODED", Severity: severityWarning, Effect: Spelt,
			Message: fmt.Sprintf("本组织的代码从 %s 起改为 %s(原来是 %s),县里已按新代码记;取入这份回执,台账就改用新代码", r.formerUntil, w.org.Code, r.former)})
	}
	for _, k := range w.kinds.Kinds() {
		for _, f := range k.Fields() {
			if f.Type != model.TypeOrgCode {
				continue
			}
			for _, rec := range w.all[k.Name] {
				if now := presentCode(r.changes, rec.Str(f.Name), rec.UpdatedAt); now != "" {
					rec.Set(f.Name, now)
				}
			}
		}
	}
}

// presentCode gives the code in place of one that a record saved at a moment holds, ""
// where it stays.
func presentCode(changes []codeChange, code, saved string) string {
	if code == "" {
		return ""
	}
	for _, c := range changes {
		if c.old == code && (!c.taken || localDay(saved) < c.until) {
			return c.now
		}
	}
	return ""
}

// retiredUnit gives a unit that is no more, nil for one that stands.
func retiredUnit(ctx context.Context, l *store.Ledger, code string) (*Life, error) {
	rows, err := inside(l).Readers().Query(ctx, "SELECT code, org_id, name, township, domain, phone, retired_on, into_code, reason FROM unit_retired WHERE code = ?", code)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("retired units: %w", err))
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, inside(l).Explain(rows.Err())
	}
	var u Life
	if err := rows.Scan(&u.Code, &u.OrgID, &u.Name, &u.Township, &u.Domain, &u.Phone, &u.RetiredOn, &u.Into, &u.Reason); err != nil {
		return nil, inside(l).Explain(fmt.Errorf("retired units: %w", err))
	}
	return &u, inside(l).Explain(rows.Err())
}

// admitUnit asks whether the organisation is on the list, or was, at the bundle's month.
func (r *reception) admitUnit(ctx context.Context) error {
	m := &r.b.Package.Taizhang
	gone, err := retiredUnit(ctx, r.l, m.Organization.Code)
	if err != nil {
		return err
	}
	if gone != nil {
		if !gone.MayReport(m.Month) {
			return r.refuse("E-RETIRED", func(v voice) string {
				text := fmt.Sprintf("%s 已在 %s %s,以后的月份不用再报,%s的没有接收", model.Clean(gone.Name, false), gone.RetiredOn, gone.ended(), m.Month.Chinese())
				if v.Sums() { // whose members are no concern of the office
					return text
				}
				return text + gone.advice()
			})
		}
		unit := gone.Unit()
		r.unit, r.retired = &unit, true
		return nil
	}
	unit, listed, err := OnRoll(ctx, r.l, m.Organization.Code)
	if err != nil {
		return err
	}
	if r.unit = unit; listed && unit == nil {
		code, name := m.Organization.Code, model.Clean(m.Organization.Name, false)
		return r.refuse("E-NOT-LISTED", func(v voice) string {
			if v.sent {
				return "本组织的代码不在" + v.Here() + "的单位名单里,没有接收;请核对“设置”里的组织代码,代码没有错的,请打电话请" + v.Caller + "补进名单,再报一次"
			}
			return "组织代码 " + code + "(" + name + ")不在本" + v.Own + "的单位名单里,请核对代码,或先把它补进名单(taizhang county roll)"
		})
	}
	return nil
}

// ended says how a unit ended: 撤销, or 合并到 with the code.
func (u Life) ended() string {
	if u.Into != "" {
		return "合并到 " + u.Into
	}
	return u.Reason
}

// advice says what becomes of the members of a unit that is no more.
func (u Life) advice() string {
	if u.Into != "" {
		return ";党员请在并入的单位办理转入"
	}
	return ";党员请在接收的单位办理转入"
}

// recodings gives the codes that units had, the first change first: of the one that has
// a code now, or of all with "".
func recodings(changes []codeChange, now string) []bundle.Recoding {
	var all []bundle.Recoding
	for i := len(changes) - 1; i >= 0; i-- {
		if c := changes[i]; now == "" || c.now == now {
			all = append(all, bundle.Recoding{OrgID: c.orgID, Old: c.old, New: c.now, On: c.until})
		}
	}
	return all
}

// unitsPast gives what the profile says of the units' past.
func unitsPast(ctx context.Context, l *store.Ledger) ([]bundle.Recoding, []bundle.Unit, error) {
	changes, err := codeChanges(ctx, inside(l).Readers())
	if err != nil {
		return nil, nil, inside(l).Explain(err)
	}
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	var retired []bundle.Unit
	for _, code := range slices.Sorted(maps.Keys(lives)) {
		if u := lives[code]; u.RetiredOn != "" && u.Name != "" {
			retired = append(retired, bundle.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: ""})
		}
	}
	return recodings(changes, ""), retired, nil
}

// presentCodes gives a function that tells the present code of one that a file's name
// carries.
func presentCodes(ctx context.Context, l *store.Ledger) (func(string) string, error) {
	changes, err := codeChanges(ctx, inside(l).Readers())
	return func(code string) string {
		for _, c := range changes {
			if c.old == code && !c.taken {
				return c.now
			}
		}
		return code
	}, inside(l).Explain(err)
}
