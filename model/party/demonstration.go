package party

import "taizhang/model"

var kindDemonstration = &model.Kind{
	Name: "demonstration", Title: "示范典型", Group: model.GroupDemonstration,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Width: 16, Choices: []string{
			"双带示范村", "双带党员示范户", "党员科技示范户", "党员示范岗", "党员示范点", "红旗车间", "红旗班组",
			"科技骨干典型", "普通党员典型", "示范基地", "示范区", "非公企业示范党组织", "挂牌上岗"}},
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 24},
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Help: "示范户、示范岗等是个人的,填是谁"},
		{Name: "organization", Label: "党组织", Type: model.TypeRef, Target: "organization"},
		{Name: "feature", Label: "特色产业", Type: model.TypeText, Suggest: true},
		{Name: "adviser", Label: "技术指导", Type: model.TypeText, Suggest: true},
		{Name: "led_households", Label: "带动户数", Type: model.TypeInt, Width: 8},
		{Name: "level", Label: "级别", Type: model.TypeChoice, Required: true, Choices: []string{"村", "乡镇", "市县", "地市", "省"}},
		{Name: "designated_on", Label: "命名日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "checked_on", Label: "最近复查", Type: model.TypeDate},
		{Name: "revoked_on", Label: "撤销日期", Type: model.TypeDate},
		{Name: "plaque_no", Label: "牌号", Type: model.TypeText},
		{Name: "visitors", Label: "接待人次", Type: model.TypeInt, Width: 8},
		{Name: "story", Label: "事迹", Type: model.TypeNote},
		keptAs(namedAbove, "level"),
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "level", "designated_on", "person", "feature", "led_households", "checked_on", "revoked_on", "plaque_no", "visitors"},
	Sort:    []string{"-designated_on"},
	Views: []model.View{
		model.ViewOpen("现有典型", "revoked_on"),
		{Name: "党员科技示范户", Where: model.Fixed(model.Where("kind", model.Eq, "党员科技示范户"), model.Where("revoked_on", model.Empty))},
		model.ViewThisYear("designated_on"),
		model.ViewEnded("已撤销", "revoked_on"),
		model.ViewAll,
	},
	Order: [][]string{{"designated_on", "revoked_on"}},
}
