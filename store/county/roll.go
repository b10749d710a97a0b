package county

import (
	"context"
	"fmt"
	"path/filepath"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
	"taizhang/store/sheet"
)

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
	notes := []string{fmt.Sprintf("配置文件升为第 %d 版:%s", p.Version, path), "请发给各村,在“设置”里取入;县里现在起照新规定办"}
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
