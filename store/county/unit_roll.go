package county

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

// What became of a unit that the new list of units lacks, and of a code of a retired unit
// that it has.
const (
	RollAbolished = "撤销"
	RollMerged    = "合并到"
	RollRecoded   = "换了代码"
	RollMissed    = "表里漏了"
	RollSame      = "改了名称"   // its code stands under another unit's name, and it is still this one
	RollBack      = "撤销记错了"  // the retired unit is there again
	RollReused    = "给了别的单位" // its code is another's from now on
)

// RollComparison is a new list of units beside what is on file.
type RollComparison struct {
	Units   []store.Unit // the new list
	Gone    []RollGone   // units on file that it lacks, or has under another's name, by code: each is to be answered
	Retired []Life       // retired units whose code it has, by code: each is to be answered
	New     []store.Unit // units that were not on file
	Renamed []RollRenamed
}

// RollGone is a unit that the new list lacks, or whose code stands on it under the name of
// another unit: then the code was given away, or written in the wrong row.
type RollGone struct {
	Life
	Likely string     // the code that has its name on the new list, "" for none
	Taken  store.Unit // who has its code on the new list; no code where the list lacks it
}

// RollRenamed is a unit whose name the new list changes.
type RollRenamed struct{ Code, Before, Now string }

// Open tells how many questions are to be answered before the list is taken in.
func (c RollComparison) Open() int { return len(c.Gone) + len(c.Retired) }

// RollAnswer is what the clerk says of one unit.
type RollAnswer struct {
	Code string     // as on file
	What string     // RollAbolished … RollReused
	To   string     // of RollMerged and RollRecoded: the other code
	On   model.Date // of all but RollMissed and RollBack: from which day
}

// CompareRoll compares a new list of units with the one on file and with the units of
// which bundles came. Nothing is changed.
func CompareRoll(ctx context.Context, l *store.Ledger, units []store.Unit) (RollComparison, error) {
	c := RollComparison{Units: units}
	lives, err := Lives(ctx, l)
	if err != nil {
		return c, err
	}
	listed := map[string]store.Unit{}
	for _, u := range units {
		listed[u.Code] = u
	}
	taken := map[string]store.Unit{}
	for _, u := range units {
		switch old, known := lives[u.Code]; {
		case !known:
			c.New = append(c.New, u)
		case old.RetiredOn != "":
			c.Retired = append(c.Retired, old)
		case givenAway(lives, listed, old):
			taken[u.Code] = u
		case old.OnRoll && old.Name != u.Name:
			c.Renamed = append(c.Renamed, RollRenamed{u.Code, old.Name, u.Name})
		}
	}
	for _, code := range slices.Sorted(maps.Keys(lives)) {
		u := lives[code]
		g := RollGone{Life: u, Taken: taken[code]}
		if _, there := listed[code]; there && g.Taken.Code == "" || u.RetiredOn != "" {
			continue
		}
		for _, n := range slices.Concat(c.New, slices.Collect(maps.Values(taken))) {
			if n.Code != code && sameName(n, u.Unit()) {
				g.Likely = n.Code
			}
		}
		c.Gone = append(c.Gone, g)
	}
	model.Sort(c.Retired, func(a, b Life) int { return cmp.Compare(a.Code, b.Code) })
	return c, nil
}

// sameName tells whether two units are called alike, in one township.
func sameName(a, b store.Unit) bool {
	return plainName(a.Name) == plainName(b.Name) && (a.Township == b.Township || a.Township == "" || b.Township == "")
}

// givenAway tells whether the new list has the code of a unit that has reported under
// another one's name: a name of the list on file, or beside its own name under another
// code. Taken as a new name, the other's records would follow this one's without a word.
func givenAway(lives map[string]Life, listed map[string]store.Unit, u Life) bool {
	now := listed[u.Code]
	if u.OrgID == "" || !u.OnRoll || sameName(now, u.Unit()) {
		return false
	}
	for code, other := range lives {
		if code != u.Code && other.OnRoll && sameName(now, other.Unit()) {
			return true
		}
	}
	for code, other := range listed {
		if code != u.Code && sameName(other, u.Unit()) {
			return true
		}
	}
	return false
}

// ApplyRoll takes the new list in, with what the clerk says of each unit that has gone, in
// one transaction; one that was left out by mistake stays on the list. *model.Error E-ROLL
// where a unit is not answered for, those of Retire and Recode.
func ApplyRoll(ctx context.Context, l *store.Ledger, c RollComparison, answers []RollAnswer) error {
	by := map[string]RollAnswer{}
	for _, a := range answers {
		by[a.Code] = a
	}
	units := slices.Clone(c.Units)
	var recoded, ended []RollAnswer
	for _, g := range c.Gone {
		a := by[g.Code]
		switch there := g.Taken.Code != ""; {
		case a.What == RollMissed && !there:
			units = append(units, g.Unit())
		case a.What == RollSame && there:
		case a.What == RollRecoded:
			recoded = append(recoded, a)
		case (a.What == RollAbolished || a.What == RollMerged) && !there:
			ended = append(ended, a)
		case there:
			return model.Errorf("E-ROLL", "新名单里 %s 成了“%s”,县里的是“%s”,请先说明是改了名称,还是换了代码;撤销了的,先登记撤销,再取入名单", g.Code, model.Clean(g.Taken.Name, false), model.Clean(g.Name, false))
		default:
			return model.Errorf("E-ROLL", "新名单里没有 %s(%s),请先说明是撤销、合并、换了代码,还是表里漏了", g.Code, model.Clean(g.Name, false))
		}
	}
	for _, u := range c.Retired {
		if what := by[u.Code].What; what != RollBack && what != RollReused {
			return model.Errorf("E-ROLL", "新名单里有已撤销的 %s(%s),请先说明是撤销记错了,还是代码给了别的单位", u.Code, model.Clean(u.Name, false))
		}
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, u := range c.Retired {
			if err := applyRetired(ctx, t, u, by[u.Code]); err != nil {
				return err
			}
		}
		if err := applyRecoded(ctx, t, recoded); err != nil {
			return err
		}
		if err := t.SetUnits(ctx, slices.Concat(units, leaving(c, ended))); err != nil {
			return err
		}
		for _, a := range ended {
			r := Retirement{Code: a.Code, On: a.On, Reason: Abolished}
			if a.What == RollMerged {
				r.Into, r.Reason = a.To, Merged
			}
			if err := retire(ctx, t, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// leaving gives the units that end, as they stand on the list until then.
func leaving(c RollComparison, ended []RollAnswer) []store.Unit {
	var all []store.Unit
	for _, g := range c.Gone {
		if slices.ContainsFunc(ended, func(a RollAnswer) bool { return a.Code == g.Code }) {
			all = append(all, g.Unit())
		}
	}
	return all
}

func applyRetired(ctx context.Context, t *store.Tx, u Life, a RollAnswer) error {
	if a.What == RollBack {
		return unretire(ctx, t, u.Code)
	}
	lives, err := livesAt(ctx, t.Ledger(), t)
	if err != nil {
		return err
	}
	return recode(ctx, t, u, spareCode(lives, u.Code), cmp.Or(a.On, t.Ledger().Source().Today()))
}

// applyRecoded changes codes, one after the other as they become free.
func applyRecoded(ctx context.Context, t *store.Tx, pending []RollAnswer) error {
	home, today := t.Ledger().Home().Str(fieldCode), t.Ledger().Source().Today()
	for len(pending) > 0 {
		at := slices.IndexFunc(pending, func(a RollAnswer) bool {
			return !slices.ContainsFunc(pending, func(b RollAnswer) bool { return b.Code == a.To })
		})
		a := pending[max(at, 0)]
		pending = slices.Delete(slices.Clone(pending), max(at, 0), max(at, 0)+1)
		a.To = strings.TrimSpace(a.To)
		lives, err := livesAt(ctx, t.Ledger(), t)
		if err != nil {
			return err
		}
		if err := CheckRecode(lives, home, a.Code, a.To, a.On, today); err != nil {
			return err
		}
		if err := recode(ctx, t, lives[a.Code], a.To, a.On); err != nil {
			return err
		}
	}
	return nil
}

// RollChanges is how a list of units differs from the one on file, each part in the order
// of its own list.
type RollChanges struct {
	Added   []store.Unit
	Changed []UnitChange
	Gone    []store.Unit
	Same    int
}

// UnitChange is a unit of both lists that is written otherwise.
type UnitChange struct{ Before, After store.Unit }

// None tells that the two lists are the same.
func (c *RollChanges) None() bool { return len(c.Added)+len(c.Changed)+len(c.Gone) == 0 }

// Text counts the changes in a sentence without its full stop.
func (c *RollChanges) Text() string {
	if c.None() {
		return fmt.Sprintf("与现在的名单相同,%d 个单位", c.Same)
	}
	return fmt.Sprintf("新的 %d 个,改了的 %d 个,没有了的 %d 个,不变的 %d 个", len(c.Added), len(c.Changed), len(c.Gone), c.Same)
}

// Text says what is written otherwise: 电话 10012345678 → 10012345679.
func (c *UnitChange) Text() string {
	text := ""
	for _, part := range []struct{ what, before, after string }{
		{"名称", c.Before.Name, c.After.Name}, {"乡镇", c.Before.Township, c.After.Township},
		{"领域", c.Before.Domain, c.After.Domain}, {"电话", c.Before.Phone, c.After.Phone},
	} {
		if part.before == part.after {
			continue
		}
		if text != "" {
			text += ";"
		}
		text += part.what + " " + orNone(part.before) + " → " + orNone(part.after)
	}
	return text
}

func orNone(s string) string {
	if s == "" {
		return "(没有)"
	}
	return s
}

// DiffRoll compares two lists of units by their codes.
func DiffRoll(have, next []store.Unit) RollChanges {
	var c RollChanges
	old := map[string]store.Unit{}
	for _, u := range have {
		old[u.Code] = u
	}
	stays := map[string]bool{}
	for _, u := range next {
		before, known := old[u.Code]
		stays[u.Code] = true
		u.OnFile, before.OnFile = false, false // whether a record stands beside the list is no matter here
		switch {
		case !known:
			c.Added = append(c.Added, u)
		case before != u:
			c.Changed = append(c.Changed, UnitChange{before, u})
		default:
			c.Same++
		}
	}
	for _, u := range have {
		if !stays[u.Code] {
			c.Gone = append(c.Gone, u)
		}
	}
	return c
}

// ReadRoll reads a list of units from a sheet and compares it with what is on file: what
// is to be answered for, and what changes otherwise. Nothing is written. *model.Error:
// those of sheet.Units.
func ReadRoll(ctx context.Context, l *store.Ledger, file string) (RollComparison, RollChanges, error) {
	next, err := sheet.Units(ctx, inside(l).Book(), file)
	if err != nil {
		return RollComparison{}, RollChanges{}, err
	}
	have, err := l.Roll(ctx)
	if err != nil {
		return RollComparison{}, RollChanges{}, err
	}
	compared, err := CompareRoll(ctx, l, next)
	return compared, DiffRoll(have, next), err
}

// TakeRoll takes the list of units in with what the clerk says of each that has gone, and
// with the key issues the profile anew to path: the list decides who is late with or
// without a new profile, so key may be nil. It gives what to say, sentence by sentence.
// *model.Error: E-NOTCOUNTY, E-KEY, those of ApplyRoll; and those of Reissue, before which
// the list has been taken in.
func TakeRoll(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, path string, c RollComparison, answers []RollAnswer) ([]string, error) {
	before, err := Own(ctx, l)
	if err == nil && key != nil {
		_, err = OwnWith(ctx, l, key)
	}
	if err != nil {
		return nil, err
	}
	if err := ApplyRoll(ctx, l, c, answers); err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	notes := []string{fmt.Sprintf("已取入单位名单:%d 个单位", len(roll))}
	if key == nil {
		return notes, nil
	}
	p, err := Reissue(ctx, l, key, path, nil)
	if err != nil {
		return notes, err
	}
	return append(notes, ReissueNotes(before, p, path)...), nil
}

// ReissueNotes says sentence by sentence what became of the profile after Reissue, Set or
// TakeRoll; before is the one that held before, nil for none.
func ReissueNotes(before, p *bundle.Profile, path string) []string {
	if before != nil && before.Version == p.Version {
		return []string{fmt.Sprintf("内容没有变,配置文件仍是第 %d 版:%s", p.Version, path)}
	}
	w := bundle.WordsOf(p.Level)
	notes := []string{fmt.Sprintf("配置文件升为第 %d 版:%s", p.Version, path), fmt.Sprintf("请发给%s,在“设置”里取入;%s现在起照新规定办", w.Each(), w.Here())}
	if p.Identity == bundle.IdentityNone && (before == nil || before.Identity != p.Identity) {
		notes = append(notes, "注意:身份证号、电话和住址以后不报送;县里不能再按身份证号核对,村里的台账丢了也恢复不出这几项")
	}
	return notes
}

// WriteProfile writes the county's profile as it stands to path, for a stick that goes to
// the villages. *model.Error: E-NOTCOUNTY, E-PERM, E-FULL.
func WriteProfile(ctx context.Context, l *store.Ledger, path string) error {
	if _, err := Own(ctx, l); err != nil {
		return err
	}
	text, err := send.ProfileText(ctx, l)
	if err != nil {
		return err
	}
	return explain(disk.WholeBytes(path, text), path)
}

// CanWrite finds out whether a folder takes a file, by writing one and taking it away
// again; the folder is made if it is not there. *model.Error: E-PERM, E-FULL, E-GONE and
// the others of store.FileFault.
func CanWrite(dir string) error {
	if err := disk.MakeFolders(dir); err != nil {
		return explain(err, dir)
	}
	probe, err := disk.PrepareBytes(filepath.Join(dir, bundle.CardName("probe")), make([]byte, 4096))
	if err != nil {
		return explain(err, dir)
	}
	return explain(probe.Drop(), dir)
}
