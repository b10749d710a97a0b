package fill_test

import (
	"strings"
	"testing"
)

// TestNeverBound: a wrong name in a form is worse than a blank. What speaks of somebody
// else, or of what the ledger doesn't keep, stays blank.
func TestNeverBound(t *testing.T) {
	strange := []string{"配偶姓名", "父亲姓名", "母亲姓名", "子女姓名", "联系人", "联系人电话", "联系人及电话", "紧急联系人", "紧急联系电话", "入党介绍人", "入党介绍人姓名", "介绍人电话", "户主姓名", "户主", "与户主关系说明",
		"身份证复印件", "家庭人口", "家庭年收入", "收入", "年收入", "人均收入", "毕业院校", "专业", "工作单位", "职称", "健康状况", "婚姻状况", "宗教信仰", "银行卡号", "开户行", "微信号", "QQ号", "电子邮箱", "邮政编码", "车牌号",
		"退伍时间", "参军时间", "是否低保", "是否低保户", "是否脱贫户", "是否接种", "残疾证号", "党龄补贴", "误工补贴", "慰问金额", "领取金额", "接收单位", "接收党组织", "流入地党组织", "流入地联系人", "所学技术时间", "备注人", "审核意见", "支部意见",
		"监护人姓名", "监护人电话", "帮扶责任人", "帮扶责任人电话", "包联领导", "包联干部", "网格员姓名", "网格员电话", "第一书记", "住房面积", "土地面积", "照片", "二维码", "签到时间", "体温", "身高", "体重", "血型", "学号", "工号", "党员证号", "资格证", "年龄结构", "性别比例", "人员数量", "电话费", "入党志愿书", "出生地", "户口性质", "户籍类型"}
	t.Run("single headings", func(t *testing.T) {
		for _, h := range strange {
			b := blank{cells: columns(2, "序号", "姓名", "性别", "民族", "出生年月", h, "学历"), frames: []string{"A2:G6"}}
			if got := bound(plan(t, b.write(t), "person"))[strings.Join(strings.Fields(h), "")]; got != "" {
				t.Errorf("%s is bound to %s", h, got)
			}
		}
	})
	t.Run("labels of a card", func(t *testing.T) {
		for _, h := range strange {
			b := blank{cells: map[string]any{"A2": "姓名", "C2": "性别", "A3": "民族", "C3": h}, frames: []string{"A2:D3"}}
			if got := bound(plan(t, b.write(t), "person"))[h]; got != "" {
				t.Errorf("%s is bound to %s", h, got)
			}
		}
	})
	t.Run("groups", func(t *testing.T) {
		for _, group := range []string{"配偶", "父亲", "母亲", "配偶情况", "家庭成员", "家庭主要成员", "联系人", "紧急联系人", "入党介绍人", "培养联系人", "流入地党组织", "流入地", "监护人", "子女信息", "帮扶责任人", "包户干部", "所在单位", "户主", "村负责人", "证明人", "驻村工作队员", "法定代表人"} {
			b := blank{cells: map[string]any{"A2": "姓名", "B2": "性别", "C2": "学历", "D2": group, "D3": "姓名", "E3": "电话", "F3": "年龄", "G3": "性别", "H3": "地址", "I3": "身份证号码", "J3": "政治面貌"},
				merge: []string{"A2:A3", "B2:B3", "C2:C3", "D2:J2"}, frames: []string{"A2:J7"}}
			for h, s := range bound(plan(t, b.write(t), "person")) {
				if strings.Contains(h, "/") && s != "" {
					t.Errorf("%s is bound to %s", h, s)
				}
			}
		}
	})
}

// TestNeverBoundByContext: headings that would be known by themselves stay blank where what
// stands beside or above them speaks of somebody else.
func TestNeverBoundByContext(t *testing.T) {
	t.Run("vague headings under a group of their own", func(t *testing.T) {
		b := blank{cells: map[string]any{"A2": "会议名称", "B2": "会议时间", "C2": "上报情况", "C3": "时间", "D3": "地点", "E3": "内容", "F2": "整改落实", "F3": "时间", "G3": "记录"},
			merge: []string{"A2:A3", "B2:B3", "C2:E2", "F2:G2"}, frames: []string{"A2:G7"}}
		for h, s := range bound(plan(t, b.write(t), "activity")) {
			if strings.Contains(h, "/") && s != "" {
				t.Errorf("%s is bound to %s", h, s)
			}
		}
	})
	t.Run("a table of relatives", func(t *testing.T) {
		b := blank{cells: with(map[string]any{"A1": "党员登记表", "A2": "姓名", "C2": "民族", "A3": "学历", "C3": "籍贯", "A5": "称谓", "B5": "姓名", "C5": "出生年月", "D5": "政治面貌"}), frames: []string{"A2:D3", "A5:D8"}}
		got := map[string]int{}
		for _, x := range plan(t, b.write(t), "person").Bindings() {
			if x.Source != nil {
				got[x.Source.Name]++
			}
		}
		if got["name"] != 1 || got["birth_date"] != 0 || got["status"] != 0 || got["ethnicity"] != 1 {
			t.Errorf("bound: %v", got)
		}
	})
	t.Run("a contact's telephone", func(t *testing.T) {
		b := blank{cells: columns(2, "序号", "姓名", "性别", "联系人", "联系电话"), frames: []string{"A2:E6"}}
		if got := bound(plan(t, b.write(t), "person"))["联系电话"]; got != "" {
			t.Errorf("bound to %s", got)
		}
	})
	t.Run("of other kinds", func(t *testing.T) {
		for _, c := range []struct {
			kind, strange string
			known         []string
		}{
			{"undertaking", "技术员姓名", []string{"项目名称", "年产值", "负责人"}}, {"undertaking", "贷款银行", []string{"项目名称", "年产值", "负责人"}}, {"undertaking", "占地面积", []string{"项目名称", "年产值", "负责人"}},
			{"dues", "单位负责人", []string{"姓名", "缴费金额", "缴纳日期"}}, {"dues", "上缴金额", []string{"姓名", "缴费金额", "缴纳日期"}}, {"activity", "迟到人数", []string{"会议名称", "会议时间", "主持人"}},
			{"activity", "宣传报道情况", []string{"会议名称", "会议时间", "主持人"}}, {"position", "报酬", []string{"姓名", "职务", "任职时间"}}, {"pairing", "核查人", []string{"帮扶人", "帮扶对象", "结对时间"}},
		} {
			b := blank{cells: columns(2, append(c.known, c.strange)...), frames: []string{"A2:D5"}}
			if got := bound(plan(t, b.write(t), c.kind))[c.strange]; got != "" {
				t.Errorf("%s of %s is bound to %s", c.strange, c.kind, got)
			}
		}
	})
}
