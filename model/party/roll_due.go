package party

import (
	"cmp"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// dueOn gives who is to be on a roll of the day in a field: the members of this
// organisation on that day, of a committee's meeting its committee, of a group's the
// group. Those not counted as due (domain.md §3.6) are left out: who comes all the same
// is added by name. Without a day, or before the book was kept, it is today's.
func dueOn(dayField string) func(*model.Env, *model.Record) ([]*model.Record, error) {
	return func(env *model.Env, r *model.Record) ([]*model.Record, error) {
		day := r.Date(dayField)
		if day == "" || day > env.Today {
			day = env.Today
		}
		all, err := membersOn(env, r, day)
		if err != nil || len(all) == 0 && day == env.Today {
			return nil, err
		}
		if len(all) == 0 {
			if all, err = membersOn(env, r, env.Today); err != nil {
				return nil, err
			}
		}
		if all, err = ofBody(env, r, day, all); err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(p *model.Record) bool { return p.Filled("not_due") })
		slices.SortStableFunc(all, func(a, b *model.Record) int {
			return cmp.Compare(model.SortKey(a.Str("name")), model.SortKey(b.Str("name")))
		})
		return all, nil
	}
}

// membersOn gives the members on a day of the book that the record stands in.
func membersOn(env *model.Env, r *model.Record, day model.Date) ([]*model.Record, error) {
	ids, err := membership.MembersAt(env, day)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return env.Look.Find(membership.PersonKind, inBookOf(r, model.Where("id", model.In, ids...))...)
}

// ofBody keeps those of the committee, for its meetings, or of the group that meets;
// where the book names none of them it keeps all.
func ofBody(env *model.Env, r *model.Record, day model.Date, all []*model.Record) ([]*model.Record, error) {
	var keep func(*model.Record) bool
	switch {
	case r.Kind.Field("kind") != nil && r.Is("kind", "支部委员会"):
		posts, err := env.Look.Find("position", inBookOf(r, model.Where("body", model.Eq, "党组织"), model.Where("post", model.In, committeeOffices...),
			model.Where("started_on", model.Le, string(day)))...)
		if err != nil {
			return nil, err
		}
		holds := map[string]bool{}
		for _, p := range posts {
			if !p.Filled("ended_on") || p.Date("ended_on") > day {
				holds[p.Str("person")] = true
			}
		}
		keep = func(p *model.Record) bool { return holds[p.ID] }
	case r.Kind.Field("held_by") != nil && r.Filled("held_by") && (env.Home == nil || r.Str("held_by") != env.Home.ID):
		keep = func(p *model.Record) bool { return p.Str("party_group") == r.Str("held_by") }
	default:
		return all, nil
	}
	if !slices.ContainsFunc(all, keep) {
		return all, nil
	}
	return slices.DeleteFunc(all, func(p *model.Record) bool { return !keep(p) }), nil
}
