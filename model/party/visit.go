package party

import "taizhang/model"

var kindVisit = &model.Kind{
	Name: "visit", Title: "走访联系", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "happened_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"走访日期", "走访时间"}},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 12,
			Choices: []string{"挂联走访", "结对走访", "联系流动党员", "慰问困难党员", "入户走访"}},
		{Name: "linkage", Label: "挂联", Type: model.TypeRef, Target: "linkage", Help: "挂联走访填是哪一条挂联"},
		{Name: "pairing", Label: "结对", Type: model.TypeRef, Target: "pairing", Help: "结对走访填是哪一对"},
		{Name: "person", Label: "走访对象", Type: model.TypeRef, Target: "person"},
		{Name: "visited_by", Label: "走访人", Type: model.TypeText, Required: true, Suggest: true, Width: 10},
		{Name: "means", Label: "方式", Type: model.TypeChoice, Default: "上门", Choices: []string{"上门", "电话", "微信", "来访"}},
		{Name: "content", Label: "情况", Type: model.TypeNote, Later: true},
		{Name: "done", Label: "办成的事", Type: model.TypeNote},
	}}},
	Again:   model.Again{By: []string{"kind"}, On: "happened_on", Fields: []string{"visited_by", "means", "linkage"}, Next: []string{"happened_on"}, First: "person"},
	Label:   []string{"happened_on", "kind", "visited_by"},
	Columns: []string{"happened_on", "kind", "person", "visited_by", "means", "content", "done", "linkage", "pairing"},
	Sort:    []string{"-happened_on"},
	Due:     visitDue,
	Views: []model.View{model.ViewThisYear("happened_on"), model.ViewThisMonth("happened_on"), model.ViewIs("挂联走访", "kind", "挂联走访"),
		model.ViewIs("联系流动党员", "kind", "联系流动党员"), model.ViewIs("慰问困难党员", "kind", "慰问困难党员"),
		model.ViewIs("情况待填", "content", model.Pending), model.ViewAll},
}
