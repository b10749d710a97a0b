package fill

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// This file says what the headings of offices' forms mean for the kinds of
// model/party, beside the names that reading knows.

// mainKind is the kind whose records a form's rows are most often about.
const mainKind = membership.PersonKind

// extra is a value that a form asks for and no field holds.
type extra struct {
	source *Source
	names  []string
}

// The bodies whose posts a person's row may be asked for.
var villageBodies = []string{"村民委员会", "居民委员会", "村务监督委员会", "村集体经济组织", "村民小组"}

// extras by kind.
var extras = map[string][]extra{
	"person": {
		{posts("post(党组织)", "党内职务", "党组织"), []string{"党内职务", "现任党内职务", "党组织职务", "党支部职务", "支部职务", "党内任职"}},
		{posts("post(村)", "村内职务", villageBodies...), []string{"村内职务", "村委职务", "村委会职务", "行政职务", "村务职务"}},
		{posts("post()", "现任职务"), []string{"职务", "现任职务", "担任职务", "任职情况", "工作职务", "村内任职"}},
		{home("branch", "所在党支部", "name"), branchNames},
		{home("township", "乡镇", "township"), []string{"乡镇", "所在乡镇", "所属乡镇", "镇", "街道", "乡镇(街道)"}},
		{&Source{Name: "birth_year", Label: "出生年份", get: func(_ *reading, r *model.Record) any { return year(r, "birth_date") }}, []string{"出生年份"}},
	},
}

// branchNames are the headings over the name of the organisation that fills the form in.
var branchNames = []string{"所在党支部", "所属党支部", "所在支部", "所属支部", "党支部", "支部", "支部名称", "党支部名称", "党组织名称",
	"所在党组织", "所属党组织", "组织关系所在支部", "组织关系所在党支部", "村党组织", "填报单位", "所在村", "村名", "村(社区)", "单位"}

// extrasOf gives what a form may ask for of a kind's records beside fields and derived
// values: what the home organisation is called stands beside the records of every kind.
func extrasOf(k *model.Kind) []extra {
	if all, ok := extras[k.Name]; ok {
		return all
	}
	return []extra{{home("branch", "本党组织", "name"), branchNames}, {home("township", "乡镇", "township"), []string{"乡镇", "所在乡镇", "所属乡镇", "镇"}}}
}

// posts gives the posts that a person holds today in the bodies, all of them for none.
func posts(name, label string, bodies ...string) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, p *model.Record) any {
		found, err := r.env.Look.Find("position", model.Where("person", model.Eq, p.ID), model.Where("ended_on", model.Empty))
		if err != nil && r.err == nil {
			r.err = err
		}
		var all []string
		for _, f := range found {
			if len(bodies) == 0 || slices.Contains(bodies, f.Str("body")) {
				if f.Date("started_on") <= r.env.Today && !slices.Contains(all, f.Str("post")) {
					all = append(all, f.Str("post"))
				}
			}
		}
		return strings.Join(all, "、")
	}}
}

// home gives a field of the organisation whose ledger it is.
func home(name, label, field string) *Source {
	return &Source{Name: name, Label: label, get: func(r *reading, _ *model.Record) any {
		if r.env.Home == nil {
			return nil
		}
		return r.env.Home.Str(field)
	}}
}

func year(r *model.Record, field string) any {
	if d := r.Date(field); d != "" {
		return int64(d.Year())
	}
	return nil
}

// scopeNames are other words for what a ref leads to.
var scopeNames = map[string][]string{
	"undertaking.owner": {"法人", "法定代表人", "业主", "户主", "带头人", "领办人", "项目负责人", "党员"},
	"pairing.helper":    {"帮扶责任人", "帮扶党员", "结对党员", "帮扶干部", "帮扶方"},
	"pairing.helped":    {"帮扶户", "结对户", "受助人", "受帮扶人", "被帮扶人", "结对对象", "帮扶户户主", "受助方"},
	"talk.person":       {"谈话对象", "被谈话人", "党员"},
	"talk.talker":       {"谈话人"},
	"visit.person":      {"走访对象", "慰问对象", "被走访人"},
	"admission.person":  {"发展对象", "申请人", "入党申请人", "个人"},
	"position.person":   {"个人", "任职人员", "干部"},
	"reserve.person":    {"个人", "后备干部"},
	"dues.person":       {"党员", "缴纳人", "交款人"},
}

// otherNames are other headings of fields and derived values, by kind and name. Those by
// which lists are read stand with the fields (Aliases).
var otherNames = map[string]map[string][]string{
	"person": {
		"party_years": {"党龄", "入党年限"}, "age": {"年龄", "周岁", "年纪", "实足年龄"},
		"status": {"党员类别", "类别", "党员身份", "是否预备党员类别", "党员性质"}, "party_group": {"所在党小组", "党小组", "所属党小组", "小组"},
		"away_card": {"持证", "持活动证", "流动党员活动证", "活动证编号", "证件编号"}, "away": {"流动党员", "外出", "流动类型", "外出范围"},
		"away_place": {"外出地点", "外出地", "流入地", "去向", "务工地点", "外出务工地点", "现居住地(外出)"}, "away_since": {"外出时间", "流出时间"},
		"monthly_dues": {"月缴党费", "月交党费", "月缴标准", "月交标准", "党费标准", "每月应缴党费", "应缴党费", "月应交党费", "核定标准"},
		"dues_basis":   {"交费类别", "缴费类别", "党费类别", "缴费基数类别", "交纳类别"},
		"both_leader":  {"双带型党员", "双带党员", "双带"}, "tech_household": {"科技示范户", "党员科技示范户"},
		"hardship": {"困难党员", "生活困难党员", "生活困难"}, "able_person": {"经济能人", "致富能人"},
		"address": {"住址", "家庭地址", "居住地址", "详细地址", "家庭详细住址", "户籍所在地", "居住地"},
		"phone":   {"联系方式", "电话", "手机", "联系手机", "手机号", "联系电话(手机)"}, "occupation": {"职业", "从事职业", "从业情况", "工作单位及职务", "工作情况", "原职业"},
		"native_place": {"籍贯", "出生地籍贯"}, "birth_date": {"出生年月", "出生时间", "出生"}, "able_bodied": {"有劳动能力", "劳动能力"},
	},
	"dues":        {"amount": {"实缴金额", "实交金额", "缴纳金额", "交纳金额", "实缴", "实交", "实缴党费", "缴费金额", "金额", "实收金额"}, "paid_on": {"缴纳时间", "交纳时间", "缴费时间", "交费日期"}, "method": {"缴纳方式", "交纳方式", "缴费方式", "交费方式"}, "month": {"缴纳月份", "所属月份"}},
	"pairing":     {"started_on": {"结对时间", "结对日期", "帮扶时间", "帮扶开始时间"}, "results": {"帮扶成效", "帮扶效果", "成果"}, "helps": {"帮扶方式", "帮扶内容"}, "giver": {"帮扶方", "帮扶人"}, "taker": {"受助方", "帮扶对象", "受助人"}, "measures": {"主要措施"}},
	"undertaking": {"name": {"项目", "主体名称", "经营主体", "企业名称", "实体名称"}, "started_on": {"创办时间", "成立时间", "兴办时间", "开办时间"}, "employees": {"用工人数", "从业人员", "吸纳就业"}, "led_households": {"带动农户", "辐射带动户数", "带动农户数"}, "output": {"产值", "年产值", "总产值", "年收入"}, "profit": {"利润", "年利润", "纯收入", "年纯利润"}, "industry": {"所属行业", "产业", "产业类型", "行业类别"}},
	"position":    {"pension": {"参加养老保险", "养老保险", "参保"}, "started_on": {"任职时间", "任现职时间", "任职年月"}, "post": {"职务", "村内职务", "现任职务", "任职"}, "duties": {"分工", "工作分工", "分管工作"}},
	"activity":    {"title": {"会议名称", "活动名称", "议题名称", "活动主题", "会议主题"}, "held_on": {"时间", "会议时间", "活动时间", "召开时间"}, "place": {"地点", "会议地点", "活动地点"}, "host": {"主持人", "主持"}, "recorder": {"记录人", "记录员", "记录"}, "due": {"应到", "应到人数", "应到会人数", "应到党员"}, "present": {"实到", "实到人数", "实到会人数", "到会人数"}, "absent": {"缺席人数", "未到人数"}, "agenda": {"会议议题", "活动内容"}, "guests": {"列席人员", "列席"}},
	"training":    {"title": {"培训班名称", "培训名称", "培训主题", "课程名称"}, "organizer": {"举办单位", "承办单位"}, "started_on": {"培训时间", "开班时间"}, "venue_name": {"培训地点", "地点"}, "topic": {"培训内容"}, "method": {"培训方式", "培训形式"}},
	"visit":       {"happened_on": {"走访时间", "慰问时间"}, "content": {"走访情况", "走访内容"}, "done": {"解决问题", "办理事项"}},
	"talk":        {"held_on": {"谈话时间", "谈心时间"}, "topic": {"谈话主题"}, "content": {"谈话内容", "谈话要点", "主要内容"}, "follow_up": {"落实情况", "整改情况"}},
	"honor":       {"title": {"荣誉名称", "奖项名称", "表彰名称", "获奖名称"}, "granted_by": {"表彰单位", "颁奖单位", "授奖单位", "表彰机关"}, "granted_on": {"表彰时间", "获奖时间", "授予时间"}, "level": {"表彰级别"}},
}

// scopedExtras are names below a ref's heading that mean something of the record itself:
// the helper's name is known also where he isn't on file.
func scopedExtras(k *model.Kind, f *model.Field) map[string]*Source {
	by := map[string]string{"pairing.helper": "giver", "pairing.helped": "taker"}[k.Name+"."+f.Name]
	if by == "" {
		return nil
	}
	d := k.DerivedValue(by)
	s := derived(*d, "", "", nil)
	return map[string]*Source{"姓名": s, "名称": s, "姓名或单位": s, "单位": s, "姓名(单位)": s}
}
