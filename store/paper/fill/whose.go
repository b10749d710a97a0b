package fill

import (
	"strings"

	"taizhang/model"
)

// This file tells of whom a group of columns speaks: of the record, of somebody that it
// refers to, or of somebody else, of whom the ledger must not be asked. A wrong name in a
// form is worse than a blank.

// Words behind a group's own: 帮扶人信息, 基本情况.
var groupTails = []string{"基本信息", "基本情况", "有关情况", "主要情况", "信息", "情况", "资料", "简况", "状况", "概况", "栏"}

// stem folds a group's heading and takes off what every group may be called.
func stem(group string) string {
	t := bare(group)
	for _, tail := range groupTails {
		if rest, ok := strings.CutSuffix(t, tail); ok && rest != "" {
			return rest
		}
	}
	return t
}

// neutral are groups that say nothing of whose the columns are.
var neutral = map[string]bool{"": true, "基本": true, "个人": true, "本人": true, "党员": true, "人员": true, "党籍": true, "联系": true, "联系方式": true, "身份": true,
	"简要": true, "主要": true, "有关": true, "相关": true, "其他": true, "其它": true, "入党": true, "党内": true, "工作": true, "从业": true, "学习": true, "详细": true,
	"现实": true, "组织": true, "党务": true, "自然": true, "基础": true, "个人基本": true, "党员基本": true, "对应": true, "登记": true, "填报": true, "内容": true, "项目": true}

// selfWords are the groups that speak of the record itself.
func selfWords(k *model.Kind) map[string]bool {
	self := map[string]bool{}
	for _, n := range append([]string{k.Title, k.ListName}, selfNames(k.Name)...) {
		if n != "" {
			self[stem(n)] = true
		}
	}
	for _, s := range k.Sections {
		if s.Title != "" {
			self[stem(s.Title)] = true
		}
	}
	return self
}

// scopeOf gives the ref that a group's heading speaks of, nil for none.
func (w *words) scopeOf(group string) *scope {
	for _, t := range []string{bare(group), stem(group)} {
		if s := w.scopes[t]; s != nil {
			return s
		}
	}
	return nil
}

// What a word ends in or holds that names a person, a body or a place of its own.
var (
	strangeTails = []string{"党组织", "党委", "党支部", "支部", "单位", "机构", "企业", "部门", "人", "人员", "员", "对象", "主体", "户", "公司", "成员", "家庭", "一方", "地", "方",
		"干部", "领导", "书记", "主任", "组长", "校", "村", "社区", "医院", "银行", "儿童", "老人", "学生", "子", "女"}
	strangeParts = []string{"配偶", "父亲", "母亲", "父母", "子女", "亲属", "家属", "家庭成员", "社会关系", "丈夫", "妻子", "爱人", "儿子", "女儿", "岳父", "岳母", "监护", "紧急", "介绍人",
		"联系人", "证明人", "推荐人", "担保", "法定代表", "流入地", "流出地", "接收", "原单位", "银行", "账户", "存折", "户主", "家庭", "收入", "支出", "低保", "车辆", "房屋", "住房", "土地"}
)

// foreign tells of a group that speaks of somebody or something of its own: what stands
// below it isn't the record's.
func (w *words) foreign(group string) bool {
	t := stem(group)
	if neutral[t] || w.self[t] {
		return false
	}
	for _, part := range strangeParts {
		if strings.Contains(t, part) {
			return true
		}
	}
	for _, tail := range strangeTails {
		if strings.HasSuffix(t, tail) {
			return true
		}
	}
	return false
}

// kinSection tells of a section about the record's relatives.
var kinSection = model.NewPattern(`家庭(主要)?成员|社会关系|亲属|家属|配偶|子女|父母`)

// others tells whether one of the groups speaks of somebody else.
func (w *words) others(groups []string) bool {
	for _, g := range groups {
		if w.foreign(g) {
			return true
		}
	}
	return false
}

// vague are leaves that mean something only with their group.
var vague = map[string]bool{"时间": true, "日期": true, "地点": true, "名称": true, "内容": true, "方式": true, "级别": true, "金额": true, "编号": true, "号码": true, "类别": true, "类型": true,
	"单位": true, "职务": true, "状态": true, "结果": true, "情况": true, "主题": true, "标题": true, "事项": true, "措施": true, "成效": true, "数量": true, "对象": true, "记录": true,
	"起": true, "止": true, "年度": true, "月份": true, "文号": true, "地址": true, "学时": true, "职责": true, "电话": true, "期限": true, "效果": true, "等次": true}

// clear tells that a leaf says what it is, or that its groups leave no doubt.
func (w *words) clear(leaf string, groups []string) bool {
	if !vague[bare(leaf)] {
		return true
	}
	for _, g := range groups {
		if t := stem(g); !neutral[t] && !w.self[t] && !w.speaks(t) {
			return false
		}
	}
	return true
}

// speaks tells of a group whose word is a part of what the kind is called, or the other
// way round: 会议 and 活动 over the columns of an activity.
func (w *words) speaks(group string) bool {
	for self := range w.self {
		if len([]rune(group)) > 1 && strings.Contains(self, group) || len([]rune(self)) > 1 && strings.Contains(group, self) {
			return true
		}
	}
	return false
}
