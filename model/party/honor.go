package party

import "taizhang/model"

var kindHonor = &model.Kind{
	Name: "honor", Title: "表彰", Group: model.GroupDemonstration,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "title", Label: "荣誉称号", Type: model.TypeText, Required: true, Suggest: true, Width: 24},
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 16,
			Choices: []string{"优秀共产党员", "优秀党务工作者", "先进基层党组织", "光荣在党50年纪念章", "乡村科技人才", "其他"}},
		{Name: "level", Label: "级别", Type: model.TypeChoice, Required: true, Choices: []string{"村", "乡镇", "市县", "地市", "省", "国家"}},
		{Name: "granted_by", Label: "授予单位", Type: model.TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "granted_on", Label: "授予日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", TargetView: "全部人员", Help: "授予个人的填这里"},
		{Name: "organization", Label: "党组织", Type: model.TypeRef, Target: "organization", Help: "授予党组织的填这里"},
		{Name: "document_no", Label: "文号", Type: model.TypeText},
		{Name: "reward", Label: "奖励金额", Type: model.TypeMoney, Help: "单位:元"},
		keptAsBy("granted_by"),
	}}},
	Again:   model.Again{On: "granted_on", Fields: []string{"level", "granted_by", "kept_as"}, Next: []string{"title", "kind", "granted_on", "document_no", "reward"}},
	Label:   []string{"person", "organization", "title"},
	Columns: []string{"granted_on", "title", "person", "level", "granted_by", "kind", "organization", "document_no", "reward"},
	Sort:    []string{"-granted_on"},
	Views: []model.View{model.ViewAll, model.ViewThisYear("granted_on"), {Name: "个人", Where: model.Fixed(model.Where("person", model.Filled))},
		{Name: "党组织", Where: model.Fixed(model.Where("organization", model.Filled))}, model.ViewIs("在党50年", "kind", "光荣在党50年纪念章")},
	Rules: []model.Rule{model.NeedsOneOf("E-HONOR-WHO", "授予谁还没有写,请填人员或党组织", "person", "organization")},
}
