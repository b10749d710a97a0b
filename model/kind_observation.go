package model

var kindObservation = &Kind{
	Name: "observation", Title: "考察", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "admission", Label: "发展党员", Type: TypeRef, Target: "admission", TargetView: "进行中", Required: true, Width: 10},
		{Name: "held_on", Label: "考察日期", Type: TypeDate, Required: true},
		{Name: "stage", Label: "阶段", Type: TypeChoice, Required: true, Choices: []string{"积极分子", "预备党员"}},
		{Name: "observers", Label: "考察人", Type: TypeText, Suggest: true, Width: 16},
		{Name: "opinion", Label: "考察意见", Type: TypeNote},
	}}},
	Label:   []string{"admission", "held_on"},
	Columns: []string{"held_on", "admission", "stage", "observers", "opinion"},
	Sort:    []string{"-held_on"},
	Views:   []View{viewAll, viewThisYear("held_on"), viewIs("积极分子", "stage", "积极分子"), viewIs("预备党员", "stage", "预备党员")},
}
