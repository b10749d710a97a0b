package party

import "taizhang/model"

var kindSupply = &model.Kind{
	Name: "supply", Title: "物资配发", Group: model.GroupDemonstration,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "item", Label: "品类", Type: model.TypeChoice, Required: true, Choices: []string{"VCD机", "图书", "科技片", "电脑", "投影", "其他"}},
		{Name: "title", Label: "标题", Type: model.TypeText, Required: true, Width: 20, Help: "写明型号、书名或片名"},
		{Name: "quantity", Label: "数量", Type: model.TypeInt, Required: true},
		{Name: "unit", Label: "单位", Type: model.TypeText, Default: "套", Suggest: true, Width: 4},
		{Name: "value", Label: "价值", Type: model.TypeMoney, Help: "单位:元"},
		{Name: "provider", Label: "配发单位", Type: model.TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "received_on", Label: "配发日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "demonstration", Label: "示范典型", Type: model.TypeRef, Target: "demonstration"},
		{Name: "recipient", Label: "领用人", Type: model.TypeRef, Target: "person"},
		{Name: "location", Label: "存放地点", Type: model.TypeText, Suggest: true, Width: 12},
		{Name: "state", Label: "状态", Type: model.TypeChoice, Required: true, Default: "在用", Choices: []string{"在用", "损坏", "遗失", "已归还"}},
		keptAsBy("provider"),
	}}},
	Again:   model.Again{On: "received_on", Fields: []string{"provider", "unit", "location", "kept_as"}, Next: []string{"item", "received_on"}},
	Label:   []string{"title"},
	Columns: []string{"received_on", "item", "title", "quantity", "unit", "recipient", "state", "provider", "value", "demonstration", "location"},
	Sort:    []string{"-received_on"},
	Offers:  offerModel,
	Views: []model.View{model.ViewIs("在用", "state", "在用"), model.ViewThisYear("received_on"), model.ViewIs("图书与科技片", "item", "图书", "科技片"),
		model.ViewIs("损坏与遗失", "state", "损坏", "遗失"), model.ViewAll},
}
