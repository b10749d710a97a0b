package compare

import (
	"context"
	"errors"

	"taizhang/model"
	"taizhang/store"
)

// Taken is what became of taking the list's values.
type Taken struct {
	Fields, Persons int
	Left            []string // what was not taken, with why: 张三的性别:…
}

// Take writes the list's values of differences into their records, all in one save that
// one undo takes back. What can't be taken (Why), what was changed since the comparison
// and what the rules forbid is left and named. Errors are those of Ledger.Save.
func Take(ctx context.Context, l *store.Ledger, chosen []Difference) (Taken, error) {
	var t Taken
	home := l.Home()
	var order []string
	byID := map[string][]*Difference{}
	for i := range chosen {
		d := &chosen[i]
		switch {
		case d.Value == nil:
			t.leave(d, d.why())
		case home != nil && d.OrgID != home.ID:
			t.leave(d, "是别的单位的记录,由那个单位自己改")
		default:
			if byID[d.ID] == nil {
				order = append(order, d.ID)
			}
			byID[d.ID] = append(byID[d.ID], d)
		}
	}
	var save []*model.Record
	for _, id := range order {
		rec, err := t.record(ctx, l, byID[id])
		if err != nil {
			return t, err
		}
		if rec != nil {
			save = append(save, rec)
		}
	}
	if len(save) == 0 {
		return t, nil
	}
	t.Persons = len(save)
	_, err := l.Save(ctx, model.FromForm, save...)
	var refusal *store.Refusal
	if errors.As(err, &refusal) && refusal.Index < len(save) {
		return Taken{}, model.Errorf("E-COMPARE-TAKE", "%s:%s;一项都没有改", save[refusal.Index].Str("name"), refusal.Error())
	}
	return t, err
}

// record sets the values of one person; nil where nothing of his is taken.
func (t *Taken) record(ctx context.Context, l *store.Ledger, all []*Difference) (*model.Record, error) {
	rec, err := l.Get(ctx, all[0].Kind, all[0].ID)
	var known *model.Error
	if errors.As(err, &known) {
		for _, d := range all {
			t.leave(d, known.Message)
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var set []*Difference
	for _, d := range all {
		f := rec.Kind.Field(d.Field)
		switch {
		case !f.Equal(rec.Get(d.Field), d.now):
			t.leave(d, "比对以后台账里改过了,请重新比对")
		case f.Locked(rec):
			t.leave(d, throughMovement)
		default:
			rec.Set(d.Field, d.Value)
			set = append(set, d)
		}
	}
	if len(set) == 0 {
		return nil, nil
	}
	found, err := l.Check(ctx, rec)
	if err != nil {
		return nil, err
	}
	if faults := model.Faults(found); len(faults) > 0 {
		for _, d := range set {
			t.leave(d, faults[0].Message)
		}
		return nil, nil
	}
	t.Fields += len(set)
	return rec, nil
}

func (t *Taken) leave(d *Difference, why string) {
	t.Left = append(t.Left, d.Name+"的"+d.Label+":"+why)
}

func (d *Difference) why() string {
	switch {
	case d.Why != "":
		return d.Why
	case d.Sort == OnlyTheirs:
		return "台账里没有这个人,请按回车登记"
	}
	return "名单里没有这个人,没有可取的内容"
}
