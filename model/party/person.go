package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

var kindPerson = &model.Kind{
	Name: membership.PersonKind, Title: "人员", ListName: "名册", Group: model.GroupOrganisation, LabelWidth: 8,
	Sections: []model.Section{
		{Title: "基本信息", Fields: personBasics},
		{Title: "党籍", Fields: personMembership},
		{Title: "联系", Fields: personContact},
		{Title: "从业与双带", Fields: personWork},
		{Title: "党费", Fields: personDues},
	},
	Label:   []string{"name"},
	Columns: []string{"name", "sex", "age", "birth_date", "status", "joined_on", "phone", "education", "party_group", "occupation", "confirmed_on", "party_years", "away", "standing", "ethnicity", "id_number", "monthly_dues", "both_leader", "hardship"},
	Sort:    []string{"name"},
	Views:   personViews,
	Unique: []model.Unique{{Fields: []string{"id_number"}, Code: "E-ID-07",
		Text: "这个身份证号已经登记给本组织的另一个人,请核对号码;如果是同一个人,请改原来那一条"}},
	Order: [][]string{{"birth_date", "joined_on", "confirmed_on"}, {"joined_on", "left_on"}},
	Derived: []model.Derived{
		model.YearsSince("age", "年龄", "birth_date", ages...),
		// Counted from the day of full membership (Party Constitution, Art. 7).
		model.YearsSince("party_years", "党龄", "confirmed_on",
			model.Band{Name: "10年以下", To: 9}, model.Band{Name: "10年至29年", From: 10, To: 29}, model.Band{Name: "30年至49年", From: 30, To: 49}, model.Band{Name: "50年以上", From: 50}),
		{Name: "voting", Label: "表决权", Width: 6, Type: model.TypeChoice, Choices: []string{"有", "无"}, Value: func(env *model.Env, r *model.Record) string {
			switch {
			case !membership.IsMember(r):
				return ""
			case mayVoteOn(r, env.Today):
				return "有"
			}
			return "无"
		}},
	},
	Became:   becameOfPerson,
	Clearing: &model.Clearing{Limit: "clear.years", Since: leftSince},
	Rules:    personRules,
	Kept: []model.Rule{
		{Code: "E-ID-01", Severity: model.Fault, Field: "id_number", Text: "身份证号是 18 位数字,末位可为 X", Source: sourceGB11643},
		{Code: "E-ID-07", Severity: model.Fault, Field: "id_number", Text: "一个身份证号只登记给本组织的一个人", Source: sourceGB11643},
		{Code: "E-STS-FORM", Severity: model.Fault, Field: "status", Text: "党员的人员类别、在册状态、离开日期、流动只能通过办理变动来改", Source: model.SourceOwn},
	},
	Due:        personDue,
	Acts:       personActs,
	Unit:       "人",
	SheetField: "party_group",
	Fill:       fillPerson,
	Follow:     openMembership,
	SheetAsks:  arrivalAsks,
	Infer:      inferMembership,
	Match:      matchPerson,
	Returns:    comesBack,
}

// schooling and ages are the groups that figures are asked for by (indicators.md, A02).
var schooling = []model.Band{
	{Name: "初中及以下", Values: []string{"小学", "初中"}},
	{Name: "高中及以上", Values: []string{"高中", "职高", "技校", "中专", "大专", "本科", "研究生"}},
	{Name: "大专及以上", Values: []string{"大专", "本科", "研究生"}},
}

var ages = []model.Band{
	{Name: "35岁及以下", To: 35}, {Name: "36岁至45岁", From: 36, To: 45}, {Name: "46岁至59岁", From: 46, To: 59}, {Name: "60岁以上", From: 60},
}

var personBasics = []*model.Field{
	{Name: "name", Label: "姓名", Type: model.TypeText, Required: true, Tight: true, Width: 8, Aliases: []string{"党员姓名", "名字"}},
	{Name: "sex", Label: "性别", Type: model.TypeChoice, Required: true, Choices: []string{"男", "女"}, Codes: sexCodes, After: "id_number"},
	{Name: "id_number", Label: "公民身份号码", Type: model.TypeIDNumber, Private: true,
		Help:    "18 位,填好后出生日期和性别自动填上",
		Aliases: []string{"身份证号", "身份证号码", "身份证", "公民身份证号码", "公民身份证号", "居民身份证号码", "证件号码"}},
	{Name: "id_checked", Label: "已核对证件", Type: model.TypeBool, Width: 10,
		Help: "号码与规则不符、但对着本人证件核对无误时选 是"},
	{Name: "birth_date", Label: "出生日期", Type: model.TypeDate, Help: "在册党员必填", Aliases: []string{"出生年月", "出生年月日", "出生时间", "生日"}},
	{Name: "ethnicity", Label: "民族", Type: model.TypeChoice, Default: "汉族", Choices: ethnicities, Codes: ethnicityCodes, Width: 8},
	{Name: "native_place", Label: "籍贯", Type: model.TypeText, Suggest: true, Width: 12},
	{Name: "education", Label: "学历", Type: model.TypeChoice, Codes: educationCodes, Aliases: []string{"文化程度", "文化", "学历层次"}, Width: 6,
		Choices: []string{"小学", "初中", "高中", "职高", "技校", "中专", "大专", "本科", "研究生", "其他"}, Bands: schooling},
}

var personMembership = []*model.Field{
	{Name: "status", Through: "movement", ThroughWhen: membership.IsOrWasMember, Label: "人员类别", Type: model.TypeChoice, Required: true, Codes: statusCodes, Width: 12,
		Choices: []string{"正式党员", "预备党员", "发展对象", "入党积极分子", "入党申请人", "群众"},
		Aliases: []string{"政治面貌", "党员类别", "党员类型"}},
	{Name: "standing", Through: "movement", ThroughWhen: membership.IsOrWasMember, Label: "在册状态", Type: model.TypeChoice, Required: true, Default: "在册", Codes: standingCodes, Width: 12,
		Choices: []string{"在册", "组织关系在外", "转出", "停止党籍", "出党", "去世"}, Aliases: []string{"党籍状态"}},
	{Name: "home_org", Label: "组织关系所在", Type: model.TypeText, Suggest: true, Aliases: []string{"组织关系所在地"},
		Help: "组织关系不在本村的(驻村第一书记、流入党员、帮扶干部等)填写"},
	{Name: "joined_on", Label: "入党日期", Type: model.TypeDate, Help: "支部大会通过为预备党员的日期",
		Aliases: []string{"入党时间", "加入党组织日期", "加入党组织时间", "入党年月"}},
	{Name: "confirmed_on", Label: "转正日期", Type: model.TypeDate, Help: "预备期(或延长的预备期)满的日期,不是批准的日期",
		Aliases: []string{"转正时间", "转为正式党员日期", "转为正式党员时间", "转正年月"}},
	{Name: "party_group", Label: "所在支部或小组", Type: model.TypeRef, Target: "organization", Width: 14,
		Aliases: []string{"所在党小组", "党小组", "所在党支部", "所属党支部", "所在支部"}},
	{Name: "voting_suspended", Label: "权利中止", Type: model.TypeBool, Width: 8, Help: "被依法留置、逮捕等期间中止党员权利的选 是"},
	{Name: "not_due", Label: "不计入应到会", Type: model.TypeChoice, Choices: []string{"1", "2", "3", "4", "5"}, Width: 12,
		Help: "只填序号,不写具体原因:1 无法表达意志 2 自费出国半年以上 3 在押未受留党察看以上处分 4 长期卧床不能自理 5 外出半年以上应转未转"},
	{Name: "left_on", Through: "movement", ThroughWhen: membership.IsOrWasMember, Label: "离开日期", Type: model.TypeDate, Help: "转出、停止党籍、出党或去世的日期"},
	{Name: "lost_since", Label: "失去联系日期", Type: model.TypeDate, Aliases: []string{"失联日期", "失去联系时间"}},
}

var personContact = []*model.Field{
	{Name: "phone", Label: "联系电话", Type: model.TypePhone, Private: true,
		Aliases: []string{"手机号码", "手机号", "手机", "移动电话", "电话", "电话号码", "联系方式", "固定电话"}},
	{Name: "address", Label: "家庭住址", Type: model.TypeText, Private: true, Aliases: []string{"住址", "家庭地址", "现住址", "居住地"}},
	{Name: "away", Through: "movement", ThroughWhen: membership.IsOrWasMember, Label: "流动", Type: model.TypeChoice, Choices: []string{"县内", "省内跨市", "跨省", "境外"}, Aliases: []string{"流动范围"}},
	{Name: "away_place", Label: "外出流向", Type: model.TypeText, Suggest: true, Help: "写到县(市)一级,不写门牌", Aliases: []string{"流动去向", "外出地点"}},
	{Name: "away_since", Label: "外出日期", Type: model.TypeDate, Aliases: []string{"外出时间", "流出时间"}},
	{Name: "away_card", Label: "活动证号", Type: model.TypeText, Aliases: []string{"流动党员活动证号"}},
}

var personWork = []*model.Field{
	{Name: "occupation", Label: "工作岗位", Type: model.TypeChoice, Codes: occupationCodes, Width: 12, Aliases: []string{"从业类别", "职业", "从业情况"},
		Choices: []string{"务农", "种养业大户", "农民经纪人", "个体工商户", "企业经营者", "企业务工", "外出务工", "乡村医生",
			"教师", "公务员事业编", "离退休", "学生", "待业", "其他"}},
	{Name: "able_bodied", Label: "有劳动能力", Type: model.TypeBool, Default: "是", Width: 10},
	{Name: "both_leader", Label: "双带型", Type: model.TypeBool, Width: 6, Help: "自己带头致富、又带领群众共同致富的党员", Aliases: []string{"双带型党员"}},
	{Name: "able_person", Label: "经济能人", Type: model.TypeBool, Width: 8},
	{Name: "talent", Label: "能人类型", Type: model.TypeChoice, Choices: []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"}},
	{Name: "tech_household", Label: "科技示范户", Type: model.TypeBool, Width: 10},
	{Name: "hardship", Label: "困难", Type: model.TypeBool, Help: "生活困难需要帮扶的选 是,不写原因", Aliases: []string{"困难党员"}},
}

var personDues = []*model.Field{
	{Name: "dues_basis", Label: "交费类别", Type: model.TypeChoice, Default: "农民", Width: 8,
		Choices: []string{"农民", "工资", "离退休", "0.2元档", "减交", "免交"},
		Help:    "学生、下岗失业、领救济或低保的党员选 0.2元档;减交、免交要支部大会讨论并报上级批准"},
	{Name: "monthly_dues", Label: "月缴党费", Type: model.TypeMoney, Help: "单位:元", Aliases: []string{"党费标准", "月交标准", "月缴标准", "每月党费"}},
	{Name: "dues_from", Label: "标准起始", Type: model.TypeMonth},
	{Name: "dues_approval", Label: "减免或低档批准", Type: model.TypeText, Suggest: true, Aliases: []string{"减免批准", "党费减免批准"},
		Help: "0.2元档、减交、免交的填写批准的文号或会议,例如“2026年1月支部大会”"},
	{Name: "training_need", Label: "培训需求", Type: model.TypeText, Suggest: true, Aliases: []string{"培训意愿", "想学的技术"},
		Help: "本人想学的技术或内容,排培训计划时用"},
	{Name: "note", Label: "备注", Type: model.TypeNote},
}

// ofMembers gives a view's conditions: on the rolls, and more.
func ofMembers(more ...model.Cond) []model.Cond {
	return append([]model.Cond{model.Where("status", model.In, membership.States...), model.Where("standing", model.Eq, membership.OnRolls)}, more...)
}

var personViews = []model.View{
	{Name: "在册党员", Where: model.Fixed(ofMembers()...)},
	{Name: "预备党员", Where: model.Fixed(model.Where("status", model.Eq, "预备党员"), model.Where("standing", model.Eq, membership.OnRolls))},
	{Name: "流动党员", Where: model.Fixed(ofMembers(model.Where("away", model.Filled))...)},
	{Name: "困难党员", Where: model.Fixed(ofMembers(model.Where("hardship", model.Eq, "1"))...)},
	{Name: "双带党员", Where: model.Fixed(ofMembers(model.Where("both_leader", model.Eq, "1"))...)},
	{Name: "35岁及以下", Where: func(today model.Date) []model.Cond {
		return ofMembers(model.Where("birth_date", model.Gt, string(today.AddYears(-36))))
	}},
	{Name: "60岁以上", Where: func(today model.Date) []model.Cond {
		return ofMembers(model.Where("birth_date", model.Le, string(today.AddYears(-60))))
	}},
	{Name: "积极分子与申请人", Where: model.Fixed(model.Where("status", model.In, "发展对象", "入党积极分子", "入党申请人"), model.Where("standing", model.Eq, membership.OnRolls))},
	{Name: "经济能人", Where: model.Fixed(model.Where("able_person", model.Eq, "1"), model.Where("standing", model.In, membership.OnRolls, "组织关系在外"))},
	{Name: "组织关系在外", Where: model.Fixed(model.Where("standing", model.Eq, "组织关系在外"))},
	{Name: "已离开", Where: model.Fixed(model.Where("standing", model.In, membership.LeftStandings...))},
	{Name: "全部人员"},
}
