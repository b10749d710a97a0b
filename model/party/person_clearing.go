package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// stillHere are the records by which somebody who is no member is still needed: while one
// of them is open, nothing of theirs is cleared away.
var stillHere = []struct{ kind, person string }{
	{"position", "person"}, {"pairing", "helped"}, {"pairing", "helper"}, {"undertaking", "owner"},
}

// leftSince gives the day on which a person left, and how: a member by what the last
// movement says, somebody who was to become one by the end of the last admission.
func leftSince(env *model.Env, r *model.Record) (model.Date, string, error) {
	switch {
	case membership.HasLeft(r):
		return r.Date("left_on"), r.Str("standing"), nil
	case membership.IsOrWasMember(r), !r.Is("standing", membership.OnRolls), env.Look == nil:
		return "", "", nil
	}
	all, err := env.Look.Find("admission", model.Where("person", model.Eq, r.ID))
	if err != nil || len(all) == 0 {
		return "", "", err
	}
	last, why := model.Date(""), ""
	for _, a := range all {
		if !a.Filled("ended_on") {
			return "", "", nil
		}
		if day := a.Date("ended_on"); day > last {
			if last, why = day, a.Str("ended_why"); why == "" {
				why = "终止培养"
			}
		}
	}
	for _, x := range stillHere {
		open, err := env.Look.Find(x.kind, model.Where(x.person, model.Eq, r.ID), model.Where("ended_on", model.Empty))
		if err != nil || len(open) > 0 {
			return "", "", err
		}
	}
	return last, "培养结束:" + why, nil
}
