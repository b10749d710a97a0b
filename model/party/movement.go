package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

var kindMovement = &model.Kind{
	Name: membership.MovementKind, Title: "党员变动", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", Required: true, TargetView: "在册党员",
			Preset: map[string]string{"standing": "组织关系在外"}, Help: "新来的人按 F2 先建一条人员记录",
			Newcomers: forMovement("转入", "")},
		{Name: "kind", Label: "变动类别", Type: model.TypeChoice, Required: true, Width: 14, Choices: []string{
			"期初在册", "接收预备党员", "转入", "恢复党籍", "转正", "延长预备期", "取消预备党员资格", "转出", "去世",
			"停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍", "外出流动", "流动返回",
			"失联", "取得联系", "限期改正", "处分"},
			Help: "选“转出”要填转入党组织,选“转入”要填转出党组织"},
		{Name: "happened_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"变动日期", "变动时间"},
			Help: "变动生效的日期,当月的党员增减按这一天计算"},
		{Name: "whole_unit", Shown: forMovement("转入", "转出"), Label: "整建制", Type: model.TypeBool, Width: 6, Help: "整个支部一起转接时选 是"},
		{Name: "from_org", Shown: forMovement("转入"), Label: "转出党组织", Type: model.TypeText, Suggest: true, Width: 16, Help: "转入时填写:从哪个党组织转来;下面选了组织代码的自动填上", Guess: nameOfCode("from_code")},
		{Name: "from_code", Shown: forMovement("转入"), Label: "转出组织代码", Type: model.TypeOrgCode, Help: "从本县(市)其他党组织转来时填写,便于两边核对"},
		{Name: "to_org", Shown: forMovement("转出"), Label: "转入党组织", Type: model.TypeText, Suggest: true, Width: 16, Help: "转出时填写:转到哪个党组织;下面选了组织代码的自动填上", Guess: nameOfCode("to_code")},
		{Name: "to_code", Shown: forMovement("转出"), Label: "转入组织代码", Type: model.TypeOrgCode, Help: "转到本县(市)其他党组织时填写,便于两边核对"},
		{Name: "letter_no", Shown: forMovement("转入", "转出"), Label: "介绍信编号", Type: model.TypeText},
		{Name: "dues_paid_to", Shown: forMovement("转入", "转出"), Label: "党费交至", Type: model.TypeMonth},
		{Name: "valid_until", Shown: forMovement("转入", "转出"), Label: "介绍信有效期", Type: model.TypeDate, Ahead: true, Help: "介绍信上写明的最后一天"},
		{Name: "receipt_on", Shown: forMovement("转入", "转出"), Label: "回执日期", Type: model.TypeDate, Help: "收到对方回执的日期"},
		{Name: "until", Shown: forMovement("延长预备期", "限期改正", "处分"), Label: "期限", Type: model.TypeDate, Ahead: true, Help: "延长预备期、限期改正、留党察看到哪一天为止"},
		{Name: "penalty", Shown: forMovement("处分"), Label: "处分种类", Type: model.TypeChoice, Choices: []string{"警告", "严重警告", "撤销党内职务", "留党察看"}},
		{Name: "ground", Shown: forMovement("取消预备党员资格", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍", "限期改正", "处分"), Label: "依据条款", Type: model.TypeText, Help: "只写条款号,例如“第六条第二项”,不写事情经过"},
		{Name: "approved_by", Shown: forMovement("接收预备党员", "恢复党籍", "转正", "延长预备期", "取消预备党员资格", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍", "限期改正", "处分"), Label: "批准机关", Type: model.TypeText, Suggest: true},
		{Name: "document_no", Shown: forMovement("接收预备党员", "恢复党籍", "转正", "延长预备期", "取消预备党员资格", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍", "限期改正", "处分"), Label: "文号", Type: model.TypeText},
		{Name: "note", Label: "备注", Type: model.TypeNote},
	}}},
	Again:   model.Again{By: []string{"kind"}, On: "happened_on", Fields: []string{"approved_by"}, Next: []string{"happened_on", "from_org", "from_code", "to_org", "to_code"}, First: "person"},
	Label:   []string{"person", "kind"},
	Columns: []string{"happened_on", "person", "kind", "from_org", "to_org", "valid_until", "receipt_on", "until", "penalty", "approved_by", "document_no", "letter_no"},
	Sort:    []string{"-happened_on"},
	Due:     append(movementDue, standingDue...),
	Views: []model.View{
		{Name: "全部变动", Where: model.Fixed(model.Where("kind", model.Ne, "期初在册"))},
		model.ViewThisMonth("happened_on"),
		model.ViewThisYear("happened_on"),
		model.ViewIs("增加", "kind", "接收预备党员", "转入", "恢复党籍"),
		model.ViewIs("减少", "kind", "转出", "去世", "停止党籍", "取消预备党员资格", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍"),
		model.ViewIs("流动与失联", "kind", "外出流动", "流动返回", "失联", "取得联系"),
		model.ViewAll,
	},
	BeginTitle: "办理变动", Begins: movementBegins,
	Turn:   "happened_on",
	Follow: followMovement, Retract: retractMovement, Papers: []string{"letter"},
	Asks: movementAsks,
	// What binds the member wherever they are; what carried them from one state to the
	// next is told by the person and by the transfer.
	Travels:   &model.Travel{Field: "person", Which: func(r *model.Record) bool { return r.Is("kind", "处分", "限期改正") }},
	HandsOver: func(r *model.Record) bool { return r.Is("kind", "转出") },
	Order:     [][]string{{"happened_on", "until"}},
	Rules:     append(movementRules, membership.RuleClosedMonth, membership.RuleOpeningLate),
	Kept: append([]model.Rule{
		{Code: "E-STS-CHAIN", Severity: model.Fault, Field: "kind", Text: "变动要接得上台账里这个人现在的状态", Source: "《中国共产党章程》第五至九条"},
		{Code: "E-STS-EDIT", Severity: model.Fault, Field: "kind", Text: "已办好的变动不能改成另一类或另一个人", Source: model.SourceOwn},
	}, membership.BalanceRules...),
}

// forMovement shows a field for some kinds of movement, and wherever it is filled.
func forMovement(kinds ...string) func(*model.Record) bool {
	return func(r *model.Record) bool { return r.Is("kind", kinds...) }
}

// nameOfCode expects the name of the organisation whose code was chosen.
func nameOfCode(field string) *model.Guess {
	return &model.Guess{By: []string{field}, Value: func(env *model.Env, r *model.Record) (model.Value, error) {
		if !r.Filled(field) {
			return nil, nil
		}
		name, _, err := env.Look.OrgCode(r.Str(field))
		if err != nil || name == "" {
			return nil, err
		}
		return name, nil
	}}
}

// movementAsks are what a member's going away says of the person.
var movementAsks = []*model.Field{
	{Name: "away", Label: "流动", Type: model.TypeChoice, Choices: []string{"县内", "省内跨市", "跨省", "境外"}, Shown: forMovement("外出流动")},
	{Name: "away_place", Label: "外出流向", Type: model.TypeText, Suggest: true, Shown: forMovement("外出流动"), Help: "写到县(市)一级,不写门牌"},
	{Name: "away_card", Label: "活动证号", Type: model.TypeText, Shown: forMovement("外出流动")},
}
