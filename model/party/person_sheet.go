package party

import "taizhang/model"

// fillPerson takes birth date and sex from the ID number where they are empty.
// The reader of sheets leaves out a birth date of which the sheet has only the
// month before it calls this, so that the number gives the day.
func fillPerson(_ *model.Env, r *model.Record, changed string) []string {
	if changed != "id_number" {
		return nil
	}
	id, err := model.ReadIDNumber(r.Str("id_number"))
	if err != nil {
		return nil // the type's check speaks of it
	}
	var filled []string
	if !r.Filled("birth_date") {
		r.Set("birth_date", id.Birth)
		filled = append(filled, "birth_date")
	}
	if !r.Filled("sex") {
		r.Set("sex", id.Sex)
		filled = append(filled, "sex")
	}
	return filled
}

// inferMembership completes a row of a list that has no column for the sort of
// person (design.md §5): a list of members often has only the two dates.
func inferMembership(env *model.Env, r *model.Record, absent func(string) bool) (warning string, err error) {
	if !absent("status") {
		return "", nil
	}
	joined, confirmed := r.Date("joined_on"), r.Date("confirmed_on")
	switch {
	case confirmed != "":
		r.Set("status", "正式党员")
	case joined == "":
		return "", &model.Error{Code: "E-STATUS-UNKNOWN", Field: "status",
			Message: "表里没有人员类别(政治面貌),这一行也没有入党日期和转正日期,不知道是不是党员;请加上“人员类别”一列再导入"}
	case joined > env.Today.AddYears(-2):
		r.Set("status", "预备党员")
	default:
		r.Set("status", "正式党员")
		return "表里没有人员类别,入党已满两年,按正式党员登记,转正日期待补", nil
	}
	return "", nil
}

// matchPerson gives the persons on file who are the same: the ID number is the
// same, or name and birth date are and one of the two has no ID number.
func matchPerson(env *model.Env, r *model.Record) ([]*model.Record, error) {
	own := model.OwnConds(env, r)
	id := r.Str("id_number")
	if id != "" {
		same, err := env.Look.Find("person", append(own, model.Where("id_number", model.Eq, id))...)
		if err != nil || len(same) > 0 {
			return same, err
		}
	}
	if !r.Filled("name") || !r.Filled("birth_date") {
		return nil, nil
	}
	conds := append(own, model.Where("name", model.Eq, r.Str("name")), model.Where("birth_date", model.Eq, r.Str("birth_date")))
	if id != "" {
		conds = append(conds, model.Where("id_number", model.Empty))
	}
	return env.Look.Find("person", conds...)
}
