package county

import (
	"context"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// Changed is a bundle that was refused since another key than the known one signed it.
type Changed struct {
	Code, Name string
	Old, New   string // the check digits of the two keys, as "1234 5678"
	At, File   string // when it was refused, and its name

	key string
}

// ChangedKey gives the last bundle of an organisation that was refused for its key.
// *model.Error: E-UNKNOWN-UNIT when nothing was ever accepted of it, E-NOCHANGE when
// none was refused for its key, or that key is known by now.
func ChangedKey(ctx context.Context, l *store.Ledger, code string) (*Changed, error) {
	known, err := KnownKeyOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, model.Errorf("E-UNKNOWN-UNIT", "还没有接收过 %s 的报送包,不用认可密钥:第一个报送包的密钥自动记下;请核对代码", model.Clean(code, false))
	}
	book, err := IntakesOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	for i := len(book) - 1; i >= 0; i-- {
		why, err := readReasons(&book[i])
		if err != nil {
			return nil, err
		}
		if why.Code != "E-KEY-CHANGED" || why.Key == "" {
			continue
		}
		if why.Key == known.PublicKey {
			break
		}
		return &Changed{Code: code, Name: why.Name, Old: bundle.CheckDigits(known.PublicKey), New: bundle.CheckDigits(why.Key),
			At: book[i].At, File: book[i].File, key: why.Key}, nil
	}
	return nil, model.Errorf("E-NOCHANGE", "没有因为密钥不同而退回的 %s 的报送包,不用认可;台账是从旧备份恢复的,请加 --restored", model.Clean(code, false))
}

// Trust lets the next bundle under a changed key in, whatever its number and
// organisation id: it replaces what is on file, and from then on its key is the known
// one. digits are those that the other side has read out; others than the new key's
// are *model.Error E-DIGITS.
func Trust(ctx context.Context, l *store.Ledger, c *Changed, digits string) error {
	if !bundle.SameDigits(digits, c.New) {
		return model.Errorf("E-DIGITS", "写的校验数字与新密钥的(%s)不同,没有认可;请再打电话核对,对不上的不要认可", c.New)
	}
	return SetSuccessor(ctx, l, c.Code, c.key, true)
}

// Stopped is a unit whose last bundle was refused for a reason that the county can lift
// after a call to the village: another key, or an old backup.
type Stopped struct {
	Unit store.Unit // by the list; by the bundle where it is not on it
	At   string     // when it was refused, YYYY-MM-DDThh:mm:ssZ
	Code string     // of the fault, e.g. E-KEY-CHANGED
}

// liftable are the faults after which the county can let the next bundle in: another key,
// a ledger that did not make the last bundle accepted, a number that came before.
var liftable = []string{"E-KEY-CHANGED", "E-FORK", "E-REPEATED"}

// StoppedUnits gives the units that wait to be let in (认可、放行), by code.
func StoppedUnits(ctx context.Context, l *store.Ledger) ([]Stopped, error) {
	book, err := Intakes(ctx, l, "")
	if err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	last := map[string]*IntakeLine{}
	for i := range book {
		if book[i].Code != "" {
			last[book[i].Code] = &book[i]
		}
	}
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	var all []Stopped
	for _, k := range keys {
		line := last[k.Code]
		if line == nil || line.Verdict != Refused {
			continue
		}
		why, err := readReasons(line)
		if err != nil {
			return nil, err
		}
		// One that is let in already only has to be received again.
		if k.Restored || k.Successor != "" && k.Successor == why.Key || !slices.Contains(liftable, why.Code) {
			continue
		}
		s := Stopped{Unit: store.Unit{Code: k.Code, Name: why.Name}, At: line.At, Code: why.Code}
		if i := slices.IndexFunc(roll, func(u store.Unit) bool { return u.Code == k.Code }); i >= 0 {
			s.Unit = roll[i]
		}
		all = append(all, s)
	}
	return all, nil
}

// HeldUnits gives the units of which the county has accepted a bundle, in the order of the
// list, those not on it last: what can be given back to a village.
func HeldUnits(ctx context.Context, l *store.Ledger) ([]store.Unit, error) {
	keys, err := KnownKeys(ctx, l)
	if err != nil {
		return nil, err
	}
	held := map[string]bool{}
	for _, k := range keys {
		if k.OrgID != "" {
			held[k.Code] = true
		}
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	var all []store.Unit
	for _, u := range roll {
		if held[u.Code] {
			all = append(all, u)
			delete(held, u.Code)
		}
	}
	if len(held) == 0 {
		return all, nil
	}
	on, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if held[k.Code] {
			u := on[k.OrgID]
			u.Code, u.OnFile = k.Code, false
			all = append(all, u)
		}
	}
	return all, nil
}
