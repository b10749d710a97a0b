package party

import "taizhang/model"

var kindRemittance = &model.Kind{
	Name: "remittance", Title: "党费上缴", Group: model.GroupOrganisation,
	Sections: []model.Section{{Fields: []*model.Field{
		{Name: "period", Label: "所属月份或季度", Type: model.TypeText, Required: true, Suggest: true, Width: 14, Help: "例如 2026-09 或 2026年三季度"},
		{Name: "amount", Label: "金额", Type: model.TypeMoney, Required: true, Help: "单位:元"},
		{Name: "paid_on", Label: "上缴日期", Type: model.TypeDate, Required: true, Default: "今天"},
		{Name: "receiver", Label: "收款单位", Type: model.TypeText, Required: true, Suggest: true},
		{Name: "receipt_no", Label: "收据号", Type: model.TypeText, Width: 14},
		{Name: "handled_by", Label: "经办人", Type: model.TypeRef, Target: "person"},
		{Name: "note", Label: "备注", Type: model.TypeText},
	}}},
	Again:   model.Again{On: "paid_on", Fields: []string{"receiver", "handled_by"}, Next: []string{"paid_on"}, Title: "period", First: "amount"},
	Label:   []string{"period"},
	Columns: []string{"paid_on", "period", "amount", "receiver", "receipt_no", "handled_by", "note"},
	Sort:    []string{"-paid_on"},
	Due:     remittanceDue,
	Views:   []model.View{model.ViewAll, model.ViewThisYear("paid_on")},
	Rules:   remittanceRules,
}
