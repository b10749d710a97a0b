package transfer

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// values reads an item's own values into a record; fields that this program does not know
// are left out.
func (a *Arrival) values(r *model.Record, it Item) error {
	for name, text := range it.Values {
		f := r.Kind.Field(name)
		if f == nil || f.Target != "" {
			continue
		}
		v, err := f.Type.ParseCSV(f, text)
		if err == nil && v != nil {
			err = f.Type.Check(f, v)
		}
		if err != nil {
			return notPackage()
		}
		r.Set(name, v)
	}
	return nil
}

// arriving makes a person, the movement by which they come, and says what becomes of them.
func (a *Arrival) arriving(t Transfer) error {
	it, home := a.items[t.Person], a.l.Home()
	if it.Kind != personKind || a.owner[it.No] != nil || !t.Left.Valid() {
		return notPackage()
	}
	w := &Arriving{transfer: t}
	fresh := model.NewRecord(a.l.Kinds().Kind(personKind))
	fresh.OrgID = home.ID
	if err := a.values(fresh, it); err != nil {
		return err
	}
	w.Name = model.Clean(fresh.Text("name"), false)
	if !membership.IsOrWasMember(fresh) {
		return notPackage()
	}
	a.Persons, a.owner[it.No] = append(a.Persons, w), w
	if err := a.find(w, fresh); err != nil {
		return err
	}
	if !w.Can {
		return nil
	}
	w.person.Set("standing", membership.OnRolls)
	w.person.Set("left_on", nil)
	w.person.Set("home_org", nil)
	a.made[it.No], a.refs[it.No] = w.person, w.person.ID
	m := model.NewRecord(a.l.Kinds().Kind(moveKind))
	m.OrgID = home.ID
	for name, v := range map[string]model.Value{"person": w.person.ID, "kind": movedIn, "happened_on": a.On, "from_org": a.From.Name,
		"from_code": orNil(a.From.Code), "whole_unit": t.Whole, "letter_no": orNil(t.LetterNo)} {
		m.Set(name, v)
	}
	if t.DuesPaidTo.Valid() {
		m.Set("dues_paid_to", t.DuesPaidTo)
	}
	if t.ValidUntil.Valid() {
		m.Set("valid_until", t.ValidUntil)
	}
	w.move = m
	return nil
}

func orNil(s string) model.Value {
	if s == "" {
		return nil
	}
	return s
}

// find looks for the person in this ledger.
func (a *Arrival) find(w *Arriving, fresh *model.Record) error {
	same, err := fresh.Kind.Match(a.env, fresh)
	if err != nil {
		return err
	}
	switch {
	case len(same) > 1:
		w.Say = fmt.Sprintf("台账里有 %d 个人与他相符,不知道是哪一个,请先在名册里核对", len(same))
		return nil
	case len(same) == 0:
		w.person, w.Can, w.Take, w.Say = fresh, true, true, "新来的人"
		w.person.ID, err = a.l.Source().NewID()
		return err
	}
	known := same[0]
	switch {
	case membership.IsMember(known):
		w.Say = "台账里已经有这个人(" + hint(known) + "),在册,不能再转入"
		return nil
	case known.Is("standing", "去世", "停止党籍", "出党"):
		w.Say = "台账里这个人(" + hint(known) + ")是" + known.Str("standing") + ",不能转入,请核对"
		return nil
	case membership.HasLeft(known):
		w.Say = "以前在本台账," + known.Str("left_on") + " 转出;回来还用原来的那一条"
		if known.Date("left_on") > a.On {
			w.Say = "以前在本台账," + known.Str("left_on") + " 才转出,晚于转入日期,请核对"
			return nil
		}
	default:
		w.Say = "台账里有这个人(" + known.Str("status") + "、" + known.Str("standing") + "),转入后还是同一条"
	}
	w.known, w.Can, w.Take = known, true, true
	w.person = known.Clone()
	for _, f := range fresh.Kind.Fields() {
		if v := fresh.Get(f.Name); v != nil {
			w.person.Set(f.Name, v)
		}
	}
	return nil
}

// hint tells a person on file apart without the whole number.
func hint(r *model.Record) string {
	if d := r.Str("birth_date"); d != "" {
		return r.Str("status") + "," + d + " 生"
	}
	return r.Str("status")
}

// belonging makes a record that belongs to a person of the package.
func (a *Arrival) belonging(k *model.Kind, it Item) error {
	t := k.Travels
	owner := a.owner[it.Values[t.Field]]
	if owner == nil || a.items[it.Values[t.Field]].Kind != k.MustField(t.Field).Target {
		return notPackage()
	}
	a.owner[it.No] = owner
	if !owner.Can {
		return nil
	}
	r := model.NewRecord(k)
	r.OrgID = a.l.Home().ID
	if err := a.values(r, it); err != nil {
		return err
	}
	if t.Which != nil && !t.Which(r) {
		return notPackage()
	}
	r.Set(t.Field, a.refs[it.Values[t.Field]])
	if t.Arrive != nil {
		t.Arrive(r, model.Departure{From: a.From.Name, Left: owner.transfer.Left, On: a.On})
	}
	if same, err := a.onFile(owner, r); err != nil {
		return err
	} else if same != nil {
		a.refs[it.No] = same.ID
		owner.Skipped = append(owner.Skipped, k.Title+" "+r.Day()+":台账里已有")
		return nil
	}
	id, err := a.l.Source().NewID()
	if err != nil {
		return err
	}
	r.ID = id
	a.made[it.No], a.refs[it.No] = r, id
	owner.rest, owner.nos = append(owner.rest, r), append(owner.nos, it.No)
	return nil
}

// onFile gives the record of someone who was here before that says the same: what went
// away with them comes back.
func (a *Arrival) onFile(w *Arriving, r *model.Record) (*model.Record, error) {
	if w.known == nil {
		return nil, nil
	}
	var conds []model.Cond
	for _, f := range r.Kind.Fields() {
		if v := r.Get(f.Name); f.Required && v != nil && (f.Type != model.TypeMoney) {
			conds = append(conds, model.Where(f.Name, model.Eq, f.Type.CSV(f, v)))
		}
	}
	found, err := a.env.Look.Find(r.Kind.Name, conds...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}
