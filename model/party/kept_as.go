package party

import "taizhang/model"

// KeptHere and KeptThere are the choices of kept_as: the same course, aid or honour is written
// down by the county and by the village, and only the first counts in the
// county's sum; both count in a person's file.
const (
	KeptHere  = "本级主办"
	KeptThere = "参加或接受"
)

// keptAs gives the field of the kinds marked ◆ in records.md; it stands last. elsewhere
// tells from the fields by whether another organisation holds or gives what is recorded.
func keptAs(elsewhere func(env *model.Env, r *model.Record) (bool, error), by ...string) *model.Field {
	value := func(env *model.Env, r *model.Record) (model.Value, error) {
		there, err := elsewhere(env, r)
		if there {
			return KeptThere, err
		}
		return KeptHere, err
	}
	f := keptAlways()
	f.Guess = &model.Guess{By: by, Value: value}
	return f
}

// keptAsBy is keptAs where a text names the organisation that holds or gives.
func keptAsBy(field string) *model.Field {
	return keptAs(func(env *model.Env, r *model.Record) (bool, error) {
		return r.Filled(field) && !isHome(env, r.Str(field)), nil
	}, field)
}

// heldAbove tells that an activity was held by an organisation above the home one.
func heldAbove(env *model.Env, r *model.Record) (bool, error) {
	if env.Home == nil || !r.Filled("held_by") {
		return false, nil
	}
	above, seen := env.Home.Str("parent"), map[string]bool{}
	for above != "" && !seen[above] {
		if above == r.Str("held_by") {
			return true, nil
		}
		seen[above] = true
		o, err := env.Look.Get("organization", above)
		if err != nil || o == nil {
			return false, err
		}
		above = o.Str("parent")
	}
	return false, nil
}

// namedAbove tells that a model was named on another level than the home one's.
func namedAbove(env *model.Env, r *model.Record) (bool, error) {
	return r.Filled("level") && r.Str("level") != homeLevel(env), nil
}

// helpedByUnit tells that a department or firm from elsewhere helps.
func helpedByUnit(env *model.Env, r *model.Record) (bool, error) {
	return r.Is("kind", "部门帮村", "企业帮村") && !isHome(env, r.Str("helper_unit")), nil
}

// keptAlways is the field where nothing of the record tells.
func keptAlways() *model.Field {
	return &model.Field{Name: "kept_as", Label: "记录身份", Type: model.TypeChoice, Default: KeptHere,
		Choices: []string{KeptHere, KeptThere},
		Help:    "本村自己办的选“本级主办”;上级办、本村参加或受益的选“参加或接受”,上级汇总时不重复计数",
	}
}
