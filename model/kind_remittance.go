package model

var kindRemittance = &Kind{
	Name: "remittance", Title: "党费上缴", Group: GroupOrganisation,
	Sections: []Section{{Fields: []*Field{
		{Name: "period", Label: "所属月份或季度", Type: TypeText, Required: true, Suggest: true, Width: 14, Help: "例如 2026-09 或 2026年三季度"},
		{Name: "amount", Label: "金额", Type: TypeMoney, Required: true, Help: "单位:元"},
		{Name: "paid_on", Label: "上缴日期", Type: TypeDate, Required: true, Default: "今天"},
		{Name: "receiver", Label: "收款单位", Type: TypeText, Required: true, Suggest: true},
		{Name: "receipt_no", Label: "收据号", Type: TypeText, Width: 14},
		{Name: "handled_by", Label: "经办人", Type: TypeRef, Target: "person"},
		{Name: "note", Label: "备注", Type: TypeText},
	}}},
	Label:   []string{"period"},
	Columns: []string{"paid_on", "period", "amount", "receiver", "receipt_no", "handled_by", "note"},
	Sort:    []string{"-paid_on"},
	Due:     remittanceDue,
	Views:   []View{viewAll, viewThisYear("paid_on")},
	Rules:   remittanceRules,
}
