package party

import (
	"strconv"

	"taizhang/model"
)

// activityKinds are the choices of kind and of counts_as.
var activityKinds = []string{"支部党员大会", "支部委员会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议",
	"集中学习", "选举大会", "联席例会", "现场会", "现场观摩", "主题实践活动", "争创活动", "志愿服务", "党务公开",
	"述职", "村两委会议", "村民代表会议", "其他"}

var kindActivity = &model.Kind{
	Name: "activity", Title: "组织活动", Group: model.GroupJointCreation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "kind", Label: "类别", Type: model.TypeChoice, Required: true, Choices: activityKinds, Width: 12, Aliases: []string{"活动类别", "会议类型"}},
		{Name: "counts_as", Label: "同时计入", Type: model.TypeChoices, Choices: activityKinds,
			Help: "一次活动兼做两样的,例如党员大会又作主题党日,在这里选另一样"},
		{Name: "campaign", Label: "所属专项活动", Type: model.TypeText, Suggest: true, Help: "从用过的里面选,名称写得一样才能一起统计"},
		{Name: "title", Label: "主题", Type: model.TypeText, Required: true, Width: 24, Aliases: []string{"活动主题", "会议主题", "会议名称"}},
		{Name: "held_by", Label: "召开单位", Type: model.TypeRef, Target: "organization", Default: "本组织"},
		{Name: "held_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"时间", "活动日期", "会议时间", "活动时间"}},
		{Name: "hours", Label: "学时", Type: model.TypeInt, Min: 0, Max: 100, Width: 4, Help: "学习类活动填写,计入每名党员全年的学时"},
		{Name: "place", Label: "地点", Type: model.TypeText, Suggest: true},
		{Name: "site", Label: "现场", Type: model.TypeRef, Target: "demonstration", Help: "现场会、现场观摩在哪个示范典型"},
		{Name: "host", Label: "主持人", Type: model.TypeRef, Target: "person"},
		{Name: "recorder", Label: "记录人", Type: model.TypeRef, Target: "person"},
		{Name: "units", Label: "参加单位", Type: model.TypeText},
		{Name: "attendance", Label: "到会登记", Type: model.TypeRoll, Target: "person", Width: 20,
			Choices: []string{present, "请假-公务", "请假-外出", "请假-其他", "无故缺席"},
			Roll:    &model.Roll{Due: dueOn("held_on")},
			Help:    "先全体登记为到会,再逐个改请假和缺席的人;不计入应到会的来了,打名字加上"},
		{Name: "made_up", Label: "已补课", Type: model.TypeRefs, Target: "person"},
		{Name: "guests", Label: "列席人数", Type: model.TypeInt, Width: 8},
		{Name: "agenda", Label: "议题", Type: model.TypeNote},
		{Name: "minutes", Label: "记录", Type: model.TypeNote, Aliases: []string{"会议记录"}},
		{Name: "votes", Label: "表决情况", Type: model.TypeText, Help: "应到、实到、赞成、反对、弃权各多少"},
		{Name: "decisions", Label: "决定事项", Type: model.TypeNote},
		{Name: "responsible", Label: "责任分工与时限", Type: model.TypeNote},
		{Name: "follow_up", Label: "落实情况", Type: model.TypeNote},
		keptAs(heldAbove, "held_by"),
	}}},
	Again:   model.Again{By: []string{"kind"}, On: "held_on", Fields: []string{"counts_as", "held_by", "hours", "place", "host", "recorder", "units", "attendance", "kept_as"}, Next: []string{"held_on", "campaign"}, Title: "title", First: "title"},
	Label:   []string{"held_on", "title"},
	Columns: []string{"held_on", "kind", "title", "due", "present", "absent", "place", "host", "campaign", "hours", "guests", "held_by"},
	Sort:    []string{"-held_on"},
	Due:     activityDue,
	Views: []model.View{
		model.ViewThisYear("held_on"),
		model.ViewThisMonth("held_on"),
		model.ViewIs("三会一课与主题党日", "kind", "支部党员大会", "支部委员会", "党小组会", "党课", "主题党日"),
		model.ViewIs("联席例会", "kind", "联席例会"),
		model.ViewIs("现场会与观摩", "kind", "现场会", "现场观摩"),
		{Name: "专项活动", Where: model.Fixed(model.Where("campaign", model.Filled))},
		model.ViewAll,
	},
	Derived: []model.Derived{
		{Name: "due", Label: "应到", Width: 4, Type: model.TypeInt, Value: func(env *model.Env, r *model.Record) string {
			due, _ := dueAndAbsent(env, r)
			return due
		}},
		{Name: "present", Label: "实到", Width: 4, Type: model.TypeInt, Value: func(_ *model.Env, r *model.Record) string {
			return countMarks(r, func(state string) bool { return state == present })
		}},
		{Name: "absent", Label: "缺席", Width: 4, Type: model.TypeInt, Value: func(env *model.Env, r *model.Record) string {
			_, absent := dueAndAbsent(env, r)
			return absent
		}},
		{Name: "voters_due", Label: "表决应到", Width: 8, Type: model.TypeInt, Value: votersDue},
	},
	Rules: activityRules,
}

// present is the state of a roll that counts as having come.
const present = "到会"

// countMarks counts the marks of the attendance roll; "" where none was kept. The
// roll is made of those who should have come on that day, so it is also what the
// count of 应到 comes from: it costs no reading and stays right when members leave.
func countMarks(r *model.Record, counts func(state string) bool) string {
	marks := r.Roll("attendance")
	if len(marks) == 0 {
		return ""
	}
	n := 0
	for _, m := range marks {
		if counts(m.State) {
			n++
		}
	}
	return strconv.Itoa(n)
}
