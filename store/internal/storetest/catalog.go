package storetest

import (
	"taizhang/model"
	"taizhang/store"
)

// Everything is a catalog of its own: a kind with every field type, people, what they
// are able to do, what they do together, and nothing of the thirty-six.
func Everything() *model.Catalog {
	return model.NewCatalog(organization(), thing(), loan(), remark(), villager(), craft(), outing())
}

// Book is a made-up record book of a catalog that has organisations as Everything has
// them: with limits, a table beside the kinds and no hooks.
func Book(kinds *model.Catalog) *store.Book {
	return &store.Book{
		Kinds: kinds,
		Packs: []model.Pack{
			{Name: "借用", Title: "《石桥村农具借用办法》(2020)", From: "2020-01-01", Limits: []model.Limit{
				{Name: "loan.days", Text: "借用的期限", Value: 30, Unit: "天", Article: "第三条"},
				{Name: "loan.age", Text: "借用人的最低年龄", Value: 16, Unit: "周岁", Article: "第二条", Fixed: true},
			}},
			{Name: "借用", Title: "《石桥村农具借用办法》(2025)", From: "2025-01-01", Limits: []model.Limit{
				{Name: "loan.days", Text: "借用的期限", Value: 15, Unit: "天", Article: "第三条"},
			}},
		},
		Org: store.Organisations{Kind: "organization", Code: "code", Name: "name", Short: "short_name", Class: "kind", Domain: "domain",
			Township: "township", Phone: "phone", Home: map[string]string{"rated": "是"}},
		Tables: []store.Table{
			{Name: "inventory", Options: "STRICT, WITHOUT ROWID", Columns: []store.Column{
				{"day", "TEXT NOT NULL PRIMARY KEY"}, {"counted", "INTEGER NOT NULL"}}},
			store.Index("inventory_counted", "inventory", "counted", ""),
		},
	}
}

// organization is the kind of those whose record books there are. Its home can't be
// deleted, and a code is one that the county's list can hold.
func organization() *model.Kind {
	return &model.Kind{Name: "organization", Title: "党组织", Label: []string{"name"}, Columns: []string{"code", "name"}, Sort: []string{"name"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "code", Label: "组织代码", Type: model.TypeText, Required: true},
			{Name: "name", Label: "名称", Type: model.TypeText, Required: true},
			{Name: "short_name", Label: "简称", Type: model.TypeText},
			{Name: "kind", Label: "组织类别", Type: model.TypeChoice, Choices: []string{"党委", "党支部"}},
			{Name: "domain", Label: "领域", Type: model.TypeChoice, Choices: []string{"行政村", "社区"}},
			{Name: "township", Label: "乡镇", Type: model.TypeText},
			{Name: "phone", Label: "电话", Type: model.TypePhone},
			{Name: "rated", Label: "参评", Type: model.TypeBool},
		}}},
		Unique: []model.Unique{{Fields: []string{"code"}}},
		Rules: []model.Rule{{Code: "E-ORG-CODE", Severity: model.Fault, Field: "code", Text: "组织代码要写对", Source: model.SourceOwn,
			Check: func(x *model.Exam) {
				if err := model.CheckOrgCode("组织代码", x.Record.Str("code")); err != nil {
					x.Say("%s", err)
				}
			}}},
		Protect: func(env *model.Env, r *model.Record) error {
			if env.Home != nil && env.Home.ID == r.ID {
				return model.Errorf("E-HOME", "“%s”是本台账所属的党组织,不能删除", r.Str("name"))
			}
			return nil
		},
	}
}

// thing has a field of every type; it refers to its like.
func thing() *model.Kind {
	return &model.Kind{Name: "thing", Title: "物品", Label: []string{"title"}, Columns: []string{"title"}, Sort: []string{"title"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "title", Label: "名称", Type: model.TypeText},
			{Name: "remark", Label: "备注", Type: model.TypeNote},
			{Name: "phone", Label: "电话", Type: model.TypePhone},
			{Name: "number", Label: "证号", Type: model.TypeIDNumber},
			{Name: "day", Label: "日期", Type: model.TypeDate},
			{Name: "month", Label: "月份", Type: model.TypeMonth},
			{Name: "year", Label: "年度", Type: model.TypeYear},
			{Name: "count", Label: "数量", Type: model.TypeInt},
			{Name: "price", Label: "金额", Type: model.TypeMoney},
			{Name: "good", Label: "完好", Type: model.TypeBool},
			{Name: "color", Label: "颜色", Type: model.TypeChoice, Choices: []string{"红", "黄", "绿"}},
			{Name: "uses", Label: "用途", Type: model.TypeChoices, Choices: []string{"甲", "乙", "丙"}},
			{Name: "part_of", Label: "属于", Type: model.TypeRef, Target: "thing"},
			{Name: "near", Label: "邻近", Type: model.TypeRefs, Target: "thing"},
			{Name: "roll", Label: "登记", Type: model.TypeRoll, Target: "thing", Choices: []string{"在", "缺"}},
			{Name: "unit", Label: "单位", Type: model.TypeOrgCode},
			{Name: "ended", Label: "结束", Type: model.TypeDate},
		}}},
		Unique: []model.Unique{{Fields: []string{"phone", "month"}, Unless: "ended", Text: "这个月这部电话已登记,请改那一条"}},
	}
}

// loan is named by the thing lent.
func loan() *model.Kind {
	return &model.Kind{Name: "loan", Title: "借用", Label: []string{"what", "day"}, Columns: []string{"what", "day"}, Sort: []string{"-day"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "what", Label: "物品", Type: model.TypeRef, Target: "thing", Required: true},
			{Name: "day", Label: "日期", Type: model.TypeDate},
			{Name: "back", Label: "归还", Type: model.TypeDate},
		}}},
		Order: [][]string{{"day", "back"}},
	}
}

// remark is named by the loan, whose name is a thing's: a label of a label.
func remark() *model.Kind {
	return &model.Kind{Name: "remark", Title: "评语", Label: []string{"loan"}, Columns: []string{"loan"}, Sort: []string{"loan"},
		Sections: []model.Section{{Fields: []*model.Field{
			{Name: "loan", Label: "借用", Type: model.TypeRef, Target: "loan"},
			{Name: "text", Label: "内容", Type: model.TypeText},
		}}},
	}
}
