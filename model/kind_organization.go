package model

var kindOrganization = &Kind{
	Name: "organization", Title: "党组织", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "code", Label: "组织代码", Type: TypeText, Required: true, Width: 14,
			Help: "6 到 24 位数字或字母,与县(市)委组织部下发的代码一致"},
		{Name: "name", Label: "名称", Type: TypeText, Required: true, Width: 24,
			Help: "与印章一致的全称", Aliases: []string{"党组织名称", "党组织全称", "组织名称", "所在党支部"}},
		{Name: "short_name", Label: "简称", Type: TypeText, Width: 14},
		{Name: "kind", Label: "组织类别", Type: TypeChoice, Required: true, Codes: organizationCodes,
			Choices: []string{"党委", "党总支", "党支部", "联合党支部", "临时党支部", "流动党员党支部", "党小组"}},
		{Name: "domain", Label: "所在领域", Type: TypeChoice, Required: true,
			Choices: []string{"行政村", "社区", "非公企业", "国有企业", "事业单位", "社会组织", "专业协会", "园区", "机关", "乡镇"}},
		{Name: "township", Label: "乡镇", Type: TypeText, Suggest: true, Width: 10, Aliases: []string{"所在乡镇"}},
		{Name: "county", Label: "县市", Type: TypeText, Suggest: true, Width: 10, Aliases: []string{"县(市)", "县"}},
		{Name: "parent", Label: "上级党组织", Type: TypeRef, Target: "organization", Width: 14,
			Help: "党小组要填所属的支部;本村的上级党委不在台账里的,可以不填"},
		{Name: "affiliated_to", Label: "挂靠单位", Type: TypeText, Suggest: true},
		{Name: "founded_on", Label: "成立日期", Type: TypeDate},
		{Name: "abolished_on", Label: "撤销日期", Type: TypeDate},
		{Name: "approval_no", Label: "批准文号", Type: TypeText},
		{Name: "term_started_on", Label: "本届起始", Type: TypeDate, Help: "本届委员会选举产生的日期,换届到期由此推算"},
		{Name: "term_years", Label: "任期年限", Type: TypeInt, Default: "5", Min: 1, Max: 10, Width: 8,
			Help: "村、社区一般 5 年,企业等其他党组织一般 3 年"},
		{Name: "rated", Label: "参评五好", Type: TypeBool, Default: "否", Width: 8},
		{Name: "five_good", Label: "五好状态", Type: TypeChoice, Default: "未申报", Choices: []string{"未申报", "已申报", "已达标"}, Width: 8},
		{Name: "five_good_on", Label: "命名日期", Type: TypeDate},
		{Name: "five_good_no", Label: "命名文号", Type: TypeText},
		{Name: "five_good_off_on", Label: "摘牌日期", Type: TypeDate},
		{Name: "weak", Label: "薄弱村", Type: TypeChoice, Choices: []string{"经济薄弱", "软弱涣散", "两者兼有"}},
		{Name: "weak_since", Label: "列入日期", Type: TypeDate},
		{Name: "weak_until", Label: "摘帽日期", Type: TypeDate},
		{Name: "industry", Label: "主导产业", Type: TypeText, Suggest: true},
		{Name: "address", Label: "地址", Type: TypeText},
		{Name: "phone", Label: "电话", Type: TypePhone, Aliases: []string{"联系电话"}},
		{Name: "note", Label: "备注", Type: TypeNote},
	}}},
	Label:   []string{"name"},
	Columns: []string{"name", "kind", "parent", "term_started_on", "five_good", "code", "domain", "township", "weak", "founded_on", "abolished_on", "phone"},
	Sort:    []string{"code"},
	Due:     organizationDue,
	Views: []View{
		viewOpen("现有组织", "abolished_on"),
		{Name: "支部与总支", Where: where(Where("kind", Ne, "党小组"), Where("abolished_on", Empty))},
		viewIs("党小组", "kind", "党小组"),
		{Name: "薄弱村", Where: where(Where("weak", Filled), Where("weak_until", Empty))},
		viewIs("五好达标", "five_good", "已达标"),
		viewEnded("已撤销", "abolished_on"),
		viewAll,
	},
	Unique: []Unique{{Fields: []string{"code"}, Text: "这个组织代码已经登记给另一个党组织,请核对代码"}},
	Order: [][]string{{"founded_on", "abolished_on"}, {"five_good_on", "five_good_off_on"},
		{"weak_since", "weak_until"}},
	Rules: []Rule{
		{Code: "E-ORG-CODE", Severity: Fault, Field: "code", Text: "组织代码是 6 到 24 位数字或字母", Source: "本台账",
			Check: func(x *Exam) {
				if s := x.Record.Str("code"); s != "" {
					if err := CheckOrgCode("组织代码", s); err != nil {
						x.Say("%s", err.Error())
					}
				}
			}},
		{Code: "E-ORG-PARENT", Severity: Fault, Field: "parent", Text: "党小组要有上级党组织", Source: "本台账",
			Check: func(x *Exam) {
				if x.Record.Is("kind", "党小组") && !x.Record.Filled("parent") {
					x.Say("党小组要归一个支部管,请填写上级党组织")
				}
			}},
		{Code: "E-ORG-CYCLE", Severity: Fault, Field: "parent", Text: "上级党组织不能绕回自己", Source: "本台账",
			Check: checkParentCycle},
	},
	Protect: func(env *Env, r *Record) error {
		if env.Home != nil && env.Home.ID == r.ID {
			return Errorf("E-HOME", "“%s”是本台账所属的党组织,不能删除;名称、代码有变动请修改这条记录", r.Str("name"))
		}
		return nil
	},
}

// checkParentCycle climbs from the parent upwards. A record not yet saved can't
// stand above anything.
func checkParentCycle(x *Exam) {
	seen := map[string]bool{}
	for id := x.Record.Str("parent"); id != "" && !seen[id]; {
		if id == x.Record.ID {
			x.Say("上级党组织绕回了本组织自己,请改选真正的上级")
			return
		}
		seen[id] = true
		above := x.Get("organization", id)
		if above == nil {
			return
		}
		id = above.Str("parent")
	}
}
