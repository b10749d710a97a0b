package party

import "taizhang/model"

var kindTraining = &model.Kind{
	Name: "training", Title: "培训", Group: model.GroupTraining,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "title", Label: "名称", Type: model.TypeText, Required: true, Width: 20, Aliases: []string{"培训名称", "培训班名称"}},
		{Name: "topic", Label: "内容", Type: model.TypeChoice, Required: true, Width: 14, Aliases: []string{"培训内容"}, Choices: []string{
			"党的发展史", "市场经济", "农村政策法规", "绿色农业新品种", "生产技术", "无公害农产品加工", "经营管理", "党性观念", "就业观念", "信息技术", "其他"}},
		{Name: "method", Label: "方式", Type: model.TypeChoice, Required: true, Aliases: []string{"培训方式"},
			Choices: []string{"集中培训", "送教下乡", "扶技到户", "专家挂钩", "现场观摩", "电化教育"}},
		{Name: "organizer", Label: "主办单位", Type: model.TypeText, Required: true, Suggest: true, Width: 16},
		{Name: "organizer_kind", Label: "主办单位类别", Type: model.TypeChoice, Width: 12,
			Choices: []string{"组织部门", "其他部门", "乡镇", "村", "党校农校", "其他"}},
		{Name: "venue", Label: "阵地", Type: model.TypeRef, Target: "place", Help: "在本村阵地举办的从这里选"},
		{Name: "venue_name", Label: "地点", Type: model.TypeText, Suggest: true, Help: "在别处举办的写地点"},
		{Name: "lecturer", Label: "授课人", Type: model.TypeText, Suggest: true, Width: 10},
		{Name: "materials", Label: "使用的电教片或图书", Type: model.TypeRefs, Target: "supply", Help: "从物资配发里选这次用到的片子和图书"},
		{Name: "started_on", Label: "开始日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"培训日期", "培训时间", "日期"}},
		{Name: "ended_on", Label: "结束日期", Type: model.TypeDate, Ahead: true},
		{Name: "hours", Label: "学时", Type: model.TypeInt, Max: 1000, Width: 4, Help: "计入每名党员全年的学时"},
		{Name: "audience", Label: "对象", Type: model.TypeChoices, Choices: []string{
			"村党组织书记", "村主任", "班子成员", "党员", "科技示范户", "种养业大户", "农民经纪人", "个体工商户", "企业经营者", "企业务工", "年龄较大党员", "群众"}},
		{Name: "attendance", Label: "参训登记", Type: model.TypeRoll, Target: "person", Choices: []string{"参加", "结业", "缺席"},
			Roll: &model.Roll{Due: dueOn("started_on"), Came: 2, Exception: "缺席"},
			Help: "先全体登记为参加,再逐个改缺席的人;结业的按 ← → 换成结业再打名字"},
		{Name: "guests", Label: "其他人次", Type: model.TypeInt, Width: 8, Help: "不在本台账里的参训人数"},
		{Name: "results", Label: "效果", Type: model.TypeNote},
		keptAsBy("organizer"),
	}}},
	Again:   model.Again{On: "started_on", Fields: []string{"method", "organizer", "organizer_kind", "venue", "venue_name", "audience", "attendance", "kept_as"}, Next: []string{"started_on", "ended_on"}, Title: "title", First: "title"},
	Label:   []string{"started_on", "title"},
	Columns: []string{"started_on", "title", "topic", "hours", "attendance", "method", "guests", "organizer", "organizer_kind", "lecturer", "audience", "ended_on"},
	Sort:    []string{"-started_on"},
	Views: []model.View{model.ViewThisYear("started_on"), model.ViewIs("集中培训", "method", "集中培训"),
		model.ViewIs("田间与到户", "method", "送教下乡", "扶技到户", "现场观摩"), model.ViewIs("电化教育", "method", "电化教育"),
		model.ViewIs("组织部门主办", "organizer_kind", "组织部门"), model.ViewAll},
	Rules: []model.Rule{afterExitOnRoll("started_on", "参加", "结业")},
}
