package party

import "taizhang/model"

var kindOrganization = &model.Kind{
	Name: "organization", Title: "党组织", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "code", Label: "组织代码", Type: model.TypeText, Required: true, Width: 14,
			Help: "6 到 24 位数字或字母,与县(市)委组织部下发的代码一致"},
		{Name: "name", Label: "名称", Type: model.TypeText, Required: true, Width: 24,
			Help: "与印章一致的全称", Aliases: []string{"党组织名称", "党组织全称", "组织名称", "所在党支部"}},
		{Name: "short_name", Label: "简称", Type: model.TypeText, Width: 14},
		{Name: "kind", Label: "组织类别", Type: model.TypeChoice, Required: true, Codes: organizationCodes,
			Choices: []string{"党委", "党总支", "党支部", "联合党支部", "临时党支部", "流动党员党支部", "党小组"}},
		{Name: "domain", Label: "所在领域", Type: model.TypeChoice, Required: true,
			Choices: []string{"行政村", "社区", "非公企业", "国有企业", "事业单位", "社会组织", "专业协会", "园区", "产业链", "行业", "机关", "乡镇"}},
		{Name: "township", Label: "乡镇", Type: model.TypeText, Suggest: true, Width: 10, Aliases: []string{"所在乡镇"}},
		{Name: "county", Label: "县市", Type: model.TypeText, Suggest: true, Width: 10, Aliases: []string{"县(市)", "县"}},
		{Name: "parent", Label: "上级党组织", Type: model.TypeRef, Target: "organization", Width: 14,
			Help: "党小组要填所属的支部;本村的上级党委不在台账里的,可以不填"},
		{Name: "affiliated_to", Label: "挂靠单位", Type: model.TypeText, Suggest: true},
		{Name: "founded_on", Label: "成立日期", Type: model.TypeDate},
		{Name: "abolished_on", Label: "撤销日期", Type: model.TypeDate},
		{Name: "approval_no", Label: "批准文号", Type: model.TypeText},
		{Name: "term_started_on", Label: "本届起始", Type: model.TypeDate, Help: "本届委员会选举产生的日期,换届到期由此推算"},
		{Name: "term_years", Label: "任期年限", Type: model.TypeInt, NoSum: true, Default: "5", Min: 1, Max: 10, Width: 8,
			Help: "村、社区一般 5 年,企业等其他党组织一般 3 年"},
		{Name: "rated", Label: "参评五好", Type: model.TypeBool, Default: "否", Width: 8},
		{Name: "five_good", Label: "五好状态", Type: model.TypeChoice, Default: "未申报", Choices: []string{"未申报", "已申报", "已达标"}, Width: 8},
		{Name: "five_good_on", Label: "命名日期", Type: model.TypeDate},
		{Name: "five_good_no", Label: "命名文号", Type: model.TypeText},
		{Name: "five_good_off_on", Label: "摘牌日期", Type: model.TypeDate},
		{Name: "weak", Label: "薄弱村", Type: model.TypeChoice, Choices: []string{"经济薄弱", "软弱涣散", "两者兼有"}},
		{Name: "weak_since", Label: "列入日期", Type: model.TypeDate},
		{Name: "weak_until", Label: "摘帽日期", Type: model.TypeDate},
		{Name: "industry", Label: "主导产业", Type: model.TypeText, Suggest: true},
		{Name: "products", Label: "特色产品或品牌", Type: model.TypeText, Aliases: []string{"特色产品", "品牌"}},
		{Name: "address", Label: "地址", Type: model.TypeText},
		{Name: "phone", Label: "电话", Type: model.TypePhone, Aliases: []string{"联系电话"}},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "parent", "term_started_on", "five_good", "code", "domain", "township", "weak", "founded_on", "abolished_on", "phone"},
	Sort:    []string{"code"},
	Due:     organizationDue,
	Views: []model.View{
		model.ViewOpen("现有组织", "abolished_on"),
		{Name: "支部与总支", Where: model.Fixed(model.Where("kind", model.Ne, "党小组"), model.Where("abolished_on", model.Empty))},
		model.ViewIs("党小组", "kind", "党小组"),
		{Name: "薄弱村", Where: model.Fixed(model.Where("weak", model.Filled), model.Where("weak_until", model.Empty))},
		model.ViewIs("五好达标", "five_good", "已达标"),
		model.ViewEnded("已撤销", "abolished_on"),
		model.ViewAll,
	},
	Unique: []model.Unique{{Fields: []string{"code"}, Text: "这个组织代码已经登记给另一个党组织,请核对代码"}},
	Order: [][]string{{"founded_on", "abolished_on"}, {"five_good_on", "five_good_off_on"},
		{"weak_since", "weak_until"}},
	Rules: organizationRules,
	Kept:  []model.Rule{{Code: "E-HOME", Severity: model.Fault, Text: "本台账所属的党组织不能删除", Source: model.SourceOwn}},
	Protect: func(env *model.Env, r *model.Record) error {
		if env.Home != nil && env.Home.ID == r.ID {
			return model.Errorf("E-HOME", "“%s”是本台账所属的党组织,不能删除;名称、代码有变动请修改这条记录", r.Str("name"))
		}
		return nil
	},
}
