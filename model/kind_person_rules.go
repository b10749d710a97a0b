package model

// personRules are those of the membership; those of the ID number follow.
var personRules = []Rule{
	{Code: "E-BIRTH", Severity: Fault, Field: "birth_date", Text: "在册党员要有出生日期", Source: "本台账",
		Check: func(x *Exam) {
			if isMember(x.Record) && !x.Record.Filled("birth_date") {
				x.Say("在册党员要有出生日期,请填写(填了身份证号会自动带出)")
			}
		}},
}
