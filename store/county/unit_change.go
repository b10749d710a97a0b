package county

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/office"
)

// Why a unit is no more.
const (
	Abolished = "撤销"
	Merged    = "合并"
)

// Retirement is the end of a unit.
type Retirement struct {
	Code   string     // that it has now
	On     model.Date // the first day on which it is no more
	Into   string     // the code of the unit into which it is merged, "" for none
	Reason string     // Abolished, Merged; "" to go by Into
}

// FindUnit finds a unit by its code, one that it had, its name or a part of its name
// that only it has. *model.Error E-UNKNOWN-UNIT says what comes near.
func FindUnit(lives map[string]Life, text string) (Life, error) {
	code := strings.Join(strings.Fields(model.HalfWidth(model.Clean(text, false))), "")
	if u, there := lives[CurrentCode(lives, code)]; there {
		return u, nil
	}
	var exact, found []Life
	for _, u := range lives {
		switch name := u.Township + u.Name; {
		case code == "":
		case u.Name == code || name == code:
			exact = append(exact, u)
		case strings.Contains(name, code) || strings.Contains(plainName(name), plainName(code)) || alike(u.Code, code):
			found = append(found, u)
		}
	}
	if len(exact) > 0 {
		found = exact
	}
	model.Sort(found, func(a, b Life) int { return strings.Compare(a.Code, b.Code) })
	switch {
	case len(found) == 0:
		return Life{}, model.Errorf("E-UNKNOWN-UNIT", "没有代码或名称是“%s”的单位;请用 taizhang county unit list 查看", model.Shown(text))
	case len(found) == 1 && !alike(found[0].Code, code):
		return found[0], nil
	}
	var names []string
	for _, u := range found[:min(len(found), 5)] {
		names = append(names, u.Code+" "+u.Called())
	}
	return Life{}, model.Errorf("E-UNKNOWN-UNIT", "“%s”认不准是哪个单位,请写代码;相近的有:%s", model.Shown(text), strings.Join(names, "、"))
}

// alike tells whether a code was mistyped in one place.
func alike(a, b string) bool {
	if len(a) != len(b) || a == b {
		return false
	}
	n := 0
	for i := range len(a) {
		n += model.OneIf(a[i] != b[i])
	}
	return n == 1
}

// checkRetirement completes a retirement and tells what is wrong with it.
func checkRetirement(lives map[string]Life, today model.Date, r *Retirement) (Life, error) {
	u, there := lives[r.Code]
	into, known := lives[r.Into]
	switch {
	case !there:
		return u, model.Errorf("E-UNKNOWN-UNIT", "没有代码是 %s 的单位", model.Shown(r.Code))
	case u.RetiredOn != "":
		return u, model.Errorf("E-RETIRED", "%s(%s)已经在 %s %s了;记错了的,先撤回(taizhang county unit retire %s --undo)",
			u.Code, model.Clean(u.Name, false), u.RetiredOn, u.Reason, u.Code)
	case !r.On.Valid():
		return u, model.Errorf("E-DATE", "“%s”不是日期,请写成 2026-07-01", model.Shown(string(r.On)))
	case r.On > today:
		return u, model.Errorf("E-DATE", "%s 还没有到;请等到了这一天再登记", r.On)
	case r.Into != "" && (!known || into.RetiredOn != "" || r.Into == r.Code):
		return u, model.Errorf("E-INTO", "并入的单位 %s 不对:要是本县现有的另一个单位", model.Shown(r.Into))
	case r.Reason == Abolished && r.Into != "", r.Reason == Merged && r.Into == "", r.Reason != "" && r.Reason != Abolished && r.Reason != Merged:
		return u, model.Errorf("E-REASON", "原因是合并的要写并入哪个单位,是撤销的不写")
	}
	if r.Reason = Abolished; r.Into != "" {
		r.Reason = Merged
	}
	return u, nil
}

// Retire notes the end of a unit: it goes from the list, figures at a day count it until
// then, and what happened before stays where it happened. *model.Error: E-UNKNOWN-UNIT,
// E-RETIRED for one that is retired already, E-DATE, E-INTO, E-REASON, those of writing.
func Retire(ctx context.Context, l *store.Ledger, r Retirement) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return retire(ctx, t, r) })
}

func retire(ctx context.Context, t *store.Tx, r Retirement) error {
	lives, err := livesAt(ctx, t.Ledger(), t)
	if err != nil {
		return err
	}
	u, err := checkRetirement(lives, t.Ledger().Source().Today(), &r)
	if err != nil {
		return err
	}
	err = t.Exec(ctx, `INSERT INTO unit_retired (code, org_id, name, township, domain, phone, retired_on, into_code, reason, noted_by, noted_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, u.Code, u.OrgID, u.Name, u.Township, u.Domain, u.Phone, string(r.On), r.Into, r.Reason, inside(t.Ledger()).By(), t.Stamp())
	if err == nil {
		err = t.Exec(ctx, "DELETE FROM roll_unit WHERE code = ?", u.Code)
	}
	if err != nil {
		return fmt.Errorf("retire %s: %w", u.Code, err)
	}
	return nil
}

// Unretire takes a unit's end back: it stands on the list again. *model.Error
// E-NOTRETIRED for one that is not retired, those of writing.
func Unretire(ctx context.Context, l *store.Ledger, code string) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return unretire(ctx, t, code) })
}

func unretire(ctx context.Context, t *store.Tx, code string) error {
	lives, err := livesAt(ctx, t.Ledger(), t)
	if err != nil {
		return err
	}
	u := lives[code]
	if u.RetiredOn == "" {
		return model.Errorf("E-NOTRETIRED", "%s 没有登记过撤销,不用撤回", model.Shown(code))
	}
	if err := t.Exec(ctx, "DELETE FROM unit_retired WHERE code = ?", code); err != nil {
		return fmt.Errorf("take %s back: %w", code, err)
	}
	return t.Exec(ctx, `INSERT OR REPLACE INTO roll_unit (code, name, township, domain, phone, text, sort) VALUES (?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), ?, ?)`,
		u.Code, u.Name, u.Township, u.Domain, u.Phone, model.SearchText(u.Name), model.SortKey(u.Name))
}

// Recode gives a unit another code from a day on. Its records, key, numbers and past stay;
// every field that holds organisations' codes is rewritten, in the county's own records
// and in others' too. A retired unit that has the new code gives it up for one made of it.
// *model.Error: E-UNKNOWN-UNIT, E-RETIRED, E-DATE, E-CODE for a code that is none,
// E-TAKEN for one that another unit has, those of writing.
func Recode(ctx context.Context, l *store.Ledger, old, code string, on model.Date) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		lives, err := livesAt(ctx, l, t)
		if err != nil {
			return err
		}
		if err := CheckRecode(lives, l.Home().Str(fieldCode), old, code, on, l.Source().Today()); err != nil {
			return err
		}
		if other, taken := lives[code]; taken && other.RetiredOn != "" {
			if err := recode(ctx, t, other, spareCode(lives, code), on); err != nil {
				return err
			}
		}
		return recode(ctx, t, lives[old], code, on)
	})
}

// CheckRecode tells what is wrong with a new code. One on the list of which nothing has
// ever come may be the unit's own, where the list was taken in first.
func CheckRecode(lives map[string]Life, home, old, code string, on, today model.Date) error {
	u, there := lives[old]
	other, taken := lives[code]
	switch {
	case !there:
		return model.Errorf("E-UNKNOWN-UNIT", "没有代码是 %s 的单位", model.Shown(old))
	case u.RetiredOn != "":
		return model.Errorf("E-RETIRED", "%s 已在 %s %s,不能再换代码", old, u.RetiredOn, u.Reason)
	case model.CheckOrgCode("新代码", code) != nil:
		return model.Errorf("E-CODE", "新代码应是 6 到 24 位数字或字母,现在是“%s”", model.Shown(code))
	case !on.Valid():
		return model.Errorf("E-DATE", "“%s”不是日期,请写成 2026-07-01", model.Shown(string(on)))
	case on > today:
		return model.Errorf("E-DATE", "%s 还没有到;请等到了这一天再登记", on)
	case code == old:
		return model.Errorf("E-CODE", "新旧代码一样,不用换")
	case code == home || taken && other.RetiredOn == "" && (other.OrgID != "" || !other.OnRoll):
		return model.Errorf("E-TAKEN", "代码 %s 是“%s”的,不能给另一个单位;请核对", code, other.Called())
	}
	return nil
}

// spareCode makes a code for a retired unit whose code is given to another: its own with
// R and a number behind.
func spareCode(lives map[string]Life, code string) string {
	for n := 1; ; n++ {
		tail := fmt.Sprintf("R%d", n)
		spare := code[:min(len(code), 24-len(tail))] + tail
		if _, taken := lives[spare]; !taken {
			return spare
		}
	}
}

// recode renames a unit everywhere.
func recode(ctx context.Context, t *store.Tx, u Life, code string, on model.Date) error {
	if err := recodeRows(ctx, t, u.Code, code); err != nil {
		return err
	}
	if err := recodeHome(ctx, t, u, code); err != nil {
		return err
	}
	// What the list said under the new code holds, where it was taken in first.
	n, err := raw.Number(ctx, t, "SELECT count(*) FROM roll_unit WHERE code = ?", code)
	if err != nil {
		return fmt.Errorf("list of units: %w", err)
	}
	move := "UPDATE roll_unit SET code = ?2 WHERE code = ?1"
	if n > 0 {
		move = "DELETE FROM roll_unit WHERE code = ?1 AND ?2 <> ''"
	}
	for _, text := range []string{move, "UPDATE known_key SET code = ?2 WHERE code = ?1", "UPDATE intake SET code = ?2 WHERE code = ?1",
		"UPDATE intake_waiting SET code = ?2 WHERE code = ?1", "UPDATE unit_retired SET code = ?2 WHERE code = ?1",
		"UPDATE unit_retired SET into_code = ?2 WHERE into_code = ?1", "UPDATE unit_code SET now = ?2 WHERE now = ?1",
		"UPDATE OR REPLACE admission_quota SET code = ?2 WHERE code = ?1", "UPDATE OR REPLACE admission_form SET code = ?2 WHERE code = ?1",
		"UPDATE OR REPLACE admission_form_void SET code = ?2 WHERE code = ?1"} {
		if err := t.Exec(ctx, text, u.Code, code); err != nil {
			return fmt.Errorf("recode %s: %w", u.Code, err)
		}
	}
	if err := office.Recode(ctx, t, u.Code, code); err != nil {
		return err
	}
	err = t.Exec(ctx, "INSERT INTO unit_code (code, now, org_id, until_day, noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?)",
		u.Code, code, u.OrgID, string(on), inside(t.Ledger()).By(), t.Stamp())
	if err != nil {
		return fmt.Errorf("recode %s: %w", u.Code, err)
	}
	return nil
}

// recodeRows rewrites a code in every field that holds organisations' codes, of all
// record books: what they hold is a name of the unit, and no rule has anything to say.
func recodeRows(ctx context.Context, t *store.Tx, old, code string) error {
	for _, k := range t.Ledger().Kinds().Kinds() {
		for _, f := range k.Fields() {
			if f.Type != model.TypeOrgCode {
				continue
			}
			if err := recodeField(ctx, t, k, f.Name, raw.Quote(f.Name)+" = ?", old, code); err != nil {
				return err
			}
		}
	}
	return nil
}

// recodeHome rewrites the code in the unit's own record.
func recodeHome(ctx context.Context, t *store.Tx, u Life, code string) error {
	org := t.Ledger().Home().Kind
	other, err := raw.Texts(ctx, t, "SELECT coalesce(name, '') FROM "+raw.Quote(org.Name)+" WHERE code = ? AND id <> ? AND deleted_at IS NULL", code, u.OrgID)
	if err != nil {
		return fmt.Errorf("read %s: %w", org.Name, err)
	}
	if len(other) > 0 {
		return model.Errorf("E-TAKEN", "代码 %s 是“%s”的,不能给另一个单位;请核对", code, model.Clean(other[0], false))
	}
	if u.OrgID == "" {
		return nil
	}
	return recodeField(ctx, t, org, fieldCode, "id = org_id AND org_id = ?", u.OrgID, code)
}

// recodeField writes a code into a field of the rows that meet a condition, and what
// they are found by.
func recodeField(ctx context.Context, t *store.Tx, k *model.Kind, field, where, value, code string) error {
	rows, err := raw.Texts(ctx, t, "SELECT org_id || ' ' || id FROM "+raw.Quote(k.Name)+" WHERE "+where+" ORDER BY org_id, id", value)
	if err != nil {
		return fmt.Errorf("read %s: %w", k.Name, err)
	}
	changed, orgs := map[string]bool{}, []string{}
	for _, row := range rows {
		org, id, _ := strings.Cut(row, " ")
		changed[id] = true
		if !slices.Contains(orgs, org) {
			orgs = append(orgs, org)
		}
	}
	for _, org := range orgs {
		t.Touch(org)
		olds, err := t.RowsOf(ctx, k, org)
		if err != nil {
			return err
		}
		var put []store.Replaced
		for _, old := range olds {
			if changed[old.ID] {
				now := old.Clone()
				now.Set(field, code)
				put = append(put, store.Replaced{Old: old, Now: now})
				if err := t.Exec(ctx, "UPDATE "+raw.Quote(k.Name)+" SET "+raw.Quote(field)+" = ? WHERE id = ?", code, old.ID); err != nil {
					return fmt.Errorf("write %s %s: %w", k.Name, old.ID, err)
				}
			}
		}
		if err := t.IndexRows(ctx, put); err != nil {
			return err
		}
	}
	return nil
}
