package model

var kindHonor = &Kind{
	Name: "honor", Title: "表彰", Group: GroupDemonstration,
	Sections: []Section{{Fields: []*Field{
		{Name: "title", Label: "荣誉称号", Type: TypeText, Required: true, Suggest: true, Width: 24},
		{Name: "kind", Label: "类别", Type: TypeChoice, Required: true, Width: 16,
			Choices: []string{"优秀共产党员", "优秀党务工作者", "先进基层党组织", "光荣在党50年纪念章", "乡村科技人才", "其他"}},
		{Name: "level", Label: "级别", Type: TypeChoice, Required: true, Choices: []string{"村", "乡镇", "市县", "地市", "省", "国家"}},
		{Name: "granted_by", Label: "授予单位", Type: TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "granted_on", Label: "授予日期", Type: TypeDate, Required: true},
		{Name: "person", Label: "人员", Type: TypeRef, Target: "person", TargetView: "全部人员", Help: "授予个人的填这里"},
		{Name: "organization", Label: "党组织", Type: TypeRef, Target: "organization", Help: "授予党组织的填这里"},
		{Name: "document_no", Label: "文号", Type: TypeText},
		keptAs(),
	}}},
	Label:   []string{"person", "organization", "title"},
	Columns: []string{"granted_on", "title", "person", "level", "granted_by", "kind", "organization", "document_no"},
	Sort:    []string{"-granted_on"},
	Views: []View{viewAll, viewThisYear("granted_on"), {Name: "个人", Where: where(Where("person", Filled))},
		{Name: "党组织", Where: where(Where("organization", Filled))}, viewIs("在党50年", "kind", "光荣在党50年纪念章")},
	Rules: []Rule{needsOneOf("E-HONOR-WHO", "授予谁还没有写,请填人员或党组织", "person", "organization")},
}
