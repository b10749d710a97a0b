package party

import "taizhang/model"

var kindPublicity = &model.Kind{
	Name: "publicity", Title: "宣传事迹", Group: model.GroupDemonstration,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "title", Label: "标题", Type: model.TypeText, Required: true, Width: 28},
		{Name: "media", Label: "媒体", Type: model.TypeChoice, Required: true, Choices: []string{
			"报纸", "电台", "电视台", "网站", "公众号", "短视频", "事迹汇编", "事迹演讲", "橱窗展板", "向上推荐"}},
		{Name: "level", Label: "级别", Type: model.TypeChoice, Required: true, Choices: []string{"村", "乡镇", "市县", "地市", "省", "国家"}},
		{Name: "published_on", Label: "日期", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"发表日期", "刊播日期"}},
		{Name: "persons", Label: "宣传对象", Type: model.TypeRefs, Target: "person"},
		{Name: "organization", Label: "党组织", Type: model.TypeRef, Target: "organization"},
		{Name: "author", Label: "作者", Type: model.TypeText, Suggest: true, Width: 10},
		{Name: "copies", Label: "份数", Type: model.TypeInt},
		{Name: "content", Label: "内容", Type: model.TypeNote},
		keptAlways(),
	}}},
	Again:   model.Again{On: "published_on", Fields: []string{"media", "level"}, Next: []string{"published_on"}, First: "title"},
	Label:   []string{"title"},
	Columns: []string{"published_on", "title", "media", "level", "persons", "organization", "author", "copies"},
	Sort:    []string{"-published_on"},
	Views: []model.View{model.ViewAll, model.ViewThisYear("published_on"), model.ViewIs("报刊广电", "media", "报纸", "电台", "电视台"),
		model.ViewIs("网络", "media", "网站", "公众号", "短视频"), model.ViewIs("向上推荐", "media", "向上推荐")},
}
