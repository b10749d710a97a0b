package model

// Travel says that the records of a kind belong to the one that a field of theirs names,
// and which of them go along when that one moves to another organisation (design.md §10,
// 移交包). What belongs to a record that goes along belongs to the person too: the
// observations of an admission.
type Travel struct {
	// Field is the ref that says whose the record is.
	Field string
	// Which tells of a record whether it goes along; nil takes all.
	Which func(r *Record) bool
	// Arrive, where set, changes a record for where it arrives: what was open ended with
	// the transfer, what was paid there is no money here.
	Arrive func(r *Record, d Departure)
	// End, where set, ends what is open of a record at the organisation that is left, and
	// reports whether it changed it.
	End func(r *Record, left Date) bool
}

// Departure is a transfer as the records that go along see it.
type Departure struct {
	From string // the organisation that is left
	Left Date   // the day of the transfer out
	On   Date   // the day of arrival
}

// Travelling gives the kinds whose records go along with one of the kind, each behind
// those that it belongs to.
func (c *Catalog) Travelling(kind string) []*Kind {
	var all []*Kind
	for _, k := range c.kinds {
		if k.Travels != nil && k.MustField(k.Travels.Field).Target == kind {
			all = append(append(all, k), c.Travelling(k.Name)...)
		}
	}
	return all
}

// validateTravel looks for what a kind that goes along names.
func (c *Catalog) validateTravel(k *Kind) {
	if k.Travels == nil {
		return
	}
	f := k.Field(k.Travels.Field)
	mustKnow(k, "travel", "ref", k.Travels.Field, f != nil && f.Type == TypeRef && f.Required && f.Target != k.Name)
}

// Clearing says of which records of a kind what is private is cleared away once they are
// of one who has left: the line stays, its Private fields go (domain.md §9.5).
type Clearing struct {
	// Limit names the limit of the packs that says after how many years; of 0 none is.
	Limit string
	// Since gives the day from which a record's time runs, "" for one who is still here,
	// and in a few words why: 转出. It must not depend on a Private field.
	Since func(env *Env, r *Record) (day Date, why string, err error)
}

// Day gives the day from which what is private in a record may be cleared and why, "" for
// never. What was in the recycle bin for that long may be too.
func (c *Clearing) Day(env *Env, r *Record) (day Date, why string, err error) {
	years := env.Packs.Limit(c.Limit, env.Today).Int()
	if years == 0 {
		return "", "", nil
	}
	from := Date("")
	if len(r.DeletedAt) >= len("2006-01-02") {
		from, why = Date(r.DeletedAt[:len("2006-01-02")]), "在回收站里"
	} else if from, why, err = c.Since(env, r); err != nil || from == "" {
		return "", "", err
	}
	return from.AddYears(years), why, nil
}

// PrivateFields gives the fields that are declared private.
func (k *Kind) PrivateFields() []*Field {
	var all []*Field
	for _, f := range k.Fields() {
		if f.Private {
			all = append(all, f)
		}
	}
	return all
}

// validateClearing looks for what a kind that is cleared must have.
func (k *Kind) validateClearing() {
	if k.Clearing != nil {
		mustKnow(k, "clearing", "private field", k.Name, len(k.PrivateFields()) > 0 && k.Clearing.Since != nil && k.Clearing.Limit != "")
	}
}
