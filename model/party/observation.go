package party

import "taizhang/model"

var kindObservation = &model.Kind{
	Name: "observation", Title: "考察", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "admission", Label: "发展党员", Type: model.TypeRef, Target: "admission", TargetView: "进行中", Required: true, Width: 10},
		{Name: "held_on", Label: "考察日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "stage", Label: "阶段", Type: model.TypeChoice, Required: true, Choices: []string{"积极分子", "预备党员"}},
		{Name: "observers", Label: "考察人", Type: model.TypeText, Suggest: true, Width: 16},
		{Name: "opinion", Label: "考察意见", Type: model.TypeNote},
	}}},
	Again:   model.Again{By: []string{"stage"}, On: "held_on", Fields: []string{"observers"}, Next: []string{"held_on"}, First: "admission"},
	Label:   []string{"admission", "held_on"},
	Columns: []string{"held_on", "admission", "stage", "observers", "opinion"},
	Sort:    []string{"-held_on"},
	Travels: &model.Travel{Field: "admission"},
	Views:   []model.View{model.ViewAll, model.ViewThisYear("held_on"), model.ViewIs("积极分子", "stage", "积极分子"), model.ViewIs("预备党员", "stage", "预备党员")},
}
