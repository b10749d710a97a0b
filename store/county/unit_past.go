package county

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// PastEvent is one thing in a unit's past.
type PastEvent struct {
	At   string // when it was noted, YYYY-MM-DDThh:mm:ssZ
	What string // 收下 and other verdicts, 回执, 密钥, 代码, 撤销
	Text string // a clause: what happened
	More string // what else there is to say, "" for nothing
	Bad  bool   // a bundle that was not taken in
}

// PastOf gives the whole past of a unit by its present code, the newest first: its
// bundles with the receipts that answer them, its keys, its codes and its end.
func PastOf(ctx context.Context, l *store.Ledger, u Life) ([]PastEvent, error) {
	lines, err := IntakesOf(ctx, l, u.Code)
	if err != nil {
		return nil, err
	}
	var all []PastEvent
	key := ""
	for i := range lines {
		line := &lines[i]
		why, err := readReasons(line)
		if err != nil {
			return nil, err
		}
		e := PastEvent{At: line.At, What: line.Verdict, More: why.Reason, Bad: line.Verdict == Refused || line.Verdict == Waiting}
		e.Text = model.Clean(line.File, false)
		if line.Month != "" {
			e.Text = fmt.Sprintf("%s第 %d 号 %s", line.Month.Chinese(), line.Sequence, e.Text)
		}
		if n := len(why.Problems); n > 0 && e.More == "" {
			e.More = fmt.Sprintf("问题 %d 条", n)
		}
		if line.Receipt != "" {
			e.More += map[bool]string{true: ";"}[e.More != ""] + "回执 " + line.Receipt
		}
		if taken := line.Verdict == Accepted || line.Verdict == Partly; taken && why.Key != "" && why.Key != key {
			text := "校验数字 " + bundle.CheckDigits(why.Key)
			if key != "" {
				text = "换成 " + bundle.CheckDigits(why.Key) + "(原来 " + bundle.CheckDigits(key) + ")"
			}
			key = why.Key
			all = append(all, PastEvent{At: line.At, What: "密钥", Text: text})
		}
		all = append(all, e)
	}
	changed, err := codesPast(ctx, l, u)
	if err != nil {
		return nil, err
	}
	all = append(all, changed...)
	model.Sort(all, func(a, b PastEvent) int { return cmp.Compare(b.At, a.At) })
	return all, nil
}

// codesPast gives what was noted of a unit's codes and of its end.
func codesPast(ctx context.Context, l *store.Ledger, u Life) ([]PastEvent, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT noted_at, '代码', '从 ' || until_day || ' 起不再用 ' || code, '登记人 ' || noted_by FROM unit_code WHERE now = ?1 AND code <> ?1
		UNION ALL SELECT noted_at, reason, '从 ' || retired_on || ' 起' || reason || CASE into_code WHEN '' THEN '' ELSE '到 ' || into_code END, '登记人 ' || noted_by
		FROM unit_retired WHERE code = ?1
		UNION ALL SELECT noted_at, '并入', name || '(' || code || ')从 ' || retired_on || ' 起并入', '登记人 ' || noted_by FROM unit_retired WHERE into_code = ?1`, u.Code)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("past of %s: %w", u.Code, err))
	}
	defer rows.Close()
	var all []PastEvent
	for rows.Next() {
		var e PastEvent
		if err := rows.Scan(&e.At, &e.What, &e.Text, &e.More); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("past of %s: %w", u.Code, err))
		}
		all = append(all, e)
	}
	return all, inside(l).Explain(rows.Err())
}

// UnitState is a unit in the list of all.
type UnitState struct {
	Life
	Newest  model.Month // of the bundles accepted, "" for none
	Digits  string      // check digits of its key, "" where none is known
	Members int64       // 在册, as its last bundle says
}

// The states of a unit over the years.
const (
	UnitReports = "在报"  // on the list, and bundles of it were accepted
	UnitSilent  = "没报过" // on the list, and none was
	UnitOff     = "名单外" // not on the list, though it reported once
	UnitRetired = "已撤销" // no more
)

// State says how a unit stands: one of UnitReports … UnitRetired.
func (u UnitState) State() string {
	switch {
	case u.RetiredOn != "":
		return UnitRetired
	case !u.OnRoll:
		return UnitOff
	case u.Newest == "":
		return UnitSilent
	}
	return UnitReports
}

// Units gives all units, those that stand first, by township, then code.
func Units(ctx context.Context, l *store.Ledger) ([]UnitState, error) {
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, err
	}
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	newest, err := NewestMonths(ctx, l, Accepted, Partly)
	if err != nil {
		return nil, err
	}
	members, err := membersOf(ctx, l)
	if err != nil {
		return nil, err
	}
	digits := map[string]string{}
	for _, k := range keys {
		digits[k.Code] = bundle.CheckDigits(k.PublicKey)
	}
	var all []UnitState
	for _, code := range slices.Sorted(maps.Keys(lives)) {
		u := lives[code]
		all = append(all, UnitState{Life: u, Newest: newest[code], Digits: digits[code], Members: members[u.OrgID]})
	}
	model.Sort(all, func(a, b UnitState) int {
		return cmp.Or(cmp.Compare(model.OneIf(a.RetiredOn != ""), model.OneIf(b.RetiredOn != "")), cmp.Compare(a.Township, b.Township))
	})
	return all, nil
}

// membersOf counts the members 在册 by organisation.
func membersOf(ctx context.Context, l *store.Ledger) (map[string]int64, error) {
	all := map[string]int64{}
	if l.Kinds().Kind(personKind) == nil {
		return all, nil
	}
	rows, err := inside(l).Readers().Query(ctx, "SELECT org_id, count(*) FROM person p WHERE deleted_at IS NULL AND "+memberOnRolls+" GROUP BY org_id")
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("members: %w", err))
	}
	defer rows.Close()
	for rows.Next() {
		var org string
		var n int64
		if err := rows.Scan(&org, &n); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("members: %w", err))
		}
		all[org] = n
	}
	return all, inside(l).Explain(rows.Err())
}

// Called names a unit in full: the township, where the name lacks it, and the name.
func (u Life) Called() string {
	if strings.Contains(u.Name, u.Township) {
		return model.Clean(u.Name, false)
	}
	return model.Clean(u.Township+u.Name, false)
}

// called names a unit in a sentence: code, township and name.
func (u Life) called() string { return u.Code + " " + u.Called() }

// RetirePlan says in sentences what Retire will do. Errors as Retire.
func RetirePlan(ctx context.Context, l *store.Ledger, r Retirement) ([]string, error) {
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, err
	}
	u, err := checkRetirement(lives, l.Source().Today(), &r)
	if err != nil {
		return nil, err
	}
	members, err := membersOf(ctx, l)
	if err != nil {
		return nil, err
	}
	say := []string{fmt.Sprintf("%s 从 %s 起%s", u.called(), r.On.Chinese(), r.Reason)}
	if r.Into != "" {
		say[0] = fmt.Sprintf("%s 从 %s 起并入 %s", u.called(), r.On.Chinese(), lives[r.Into].called())
	}
	say = append(say, fmt.Sprintf("%s以前的数照旧算它;以后不再催报,它以后月份的报送包不再接收", r.On.Chinese()))
	if n := members[u.OrgID]; n > 0 {
		say = append(say, fmt.Sprintf("它的 %d 名在册党员记为“待转接”,在别的单位登记在册以后就不再另算", n))
	}
	return append(say, "单位名单去掉它,配置文件升一版;记错了可以撤回"), nil
}

// RecodePlan says in sentences what Recode will do. Errors as Recode.
func RecodePlan(ctx context.Context, l *store.Ledger, old, code string, on model.Date) ([]string, error) {
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, err
	}
	if err := CheckRecode(lives, l.Home().Str(fieldCode), old, code, on, l.Source().Today()); err != nil {
		return nil, err
	}
	u := lives[old]
	n := int64(0)
	for _, k := range l.Kinds().Kinds() {
		for _, f := range k.Fields() {
			if f.Type != model.TypeOrgCode {
				continue
			}
			more, err := raw.Number(ctx, inside(l).Readers(), "SELECT count(*) FROM "+raw.Quote(k.Name)+" WHERE "+raw.Quote(f.Name)+" = ?", old)
			if err != nil {
				return nil, inside(l).Explain(fmt.Errorf("read %s: %w", k.Name, err))
			}
			n += more
		}
	}
	say := []string{fmt.Sprintf("%s 的代码从 %s 起改为 %s", u.called(), on.Chinese(), code),
		fmt.Sprintf("记录、密钥、序号和以前的报送都跟着它;各单位记录里写着旧代码的 %d 处一起改", n),
		"村里还用旧代码报的照收;取入下一份回执或配置文件,村里的台账自动改用新代码"}
	if other, taken := lives[code]; taken && other.RetiredOn != "" {
		say = append(say, fmt.Sprintf("%s 原来是已撤销的 %s 的,那个单位改记为 %s", code, other.Called(), spareCode(lives, code)))
	}
	return append(say, "单位名单和配置文件一起改;记错了,用同样的办法改回去"), nil
}
