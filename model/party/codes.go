package party

import (
	"strings"

	"taizhang/model"
)

// Sheets hold codes of national lists and names that differ from our choices;
// these lists lead from both to the choices. A sheet we write has the choices.

// code is a model.Code as it stands in these lists: its number, its name there and the
// choice that stands for it here.
type code struct{ number, name, value string }

func codes(list []code) []model.Code {
	all := make([]model.Code, len(list))
	for i, c := range list {
		all[i] = model.Code{Code: c.number, Name: c.name, Value: c.value}
	}
	return all
}

// sexCodes are GB/T 2261.1-2003; 0 and 9 (unknown, not stated) stand for nothing
// that a member list may hold.
var sexCodes = codes([]code{{"1", "男性", "男"}, {"2", "女性", "女"}, {"", "男士", "男"}, {"", "女士", "女"}})

// statusCodes are the party members of GB/T 4762-1984 (political status) and the
// other ways to write the sort of person.
var statusCodes = codes([]code{
	{"01", "中国共产党党员", "正式党员"}, {"", "中共党员", "正式党员"}, {"", "党员", "正式党员"}, {"", "正式", "正式党员"},
	{"02", "中国共产党预备党员", "预备党员"}, {"", "中共预备党员", "预备党员"}, {"", "预备", "预备党员"},
	{"03", "中国共产主义青年团团员", "群众"}, {"", "共青团员", "群众"}, {"", "团员", "群众"},
	{"12", "无党派民主人士", "群众"}, {"", "无党派人士", "群众"}, {"13", "群众", "群众"},
	{"", "积极分子", "入党积极分子"}, {"", "申请人", "入党申请人"}, {"", "入党申请者", "入党申请人"}, {"", "重点发展对象", "发展对象"},
})

// standingCodes lead from 党籍状态 of the national collection form of 2017.
var standingCodes = codes([]code{{"", "正常", "在册"}, {"", "在籍", "在册"}, {"", "死亡", "去世"}, {"", "已转出", "转出"}, {"", "流入", "组织关系在外"}})

// organizationCodes are the category codes of party organisations (domain.md §2.5).
var organizationCodes = codes([]code{
	{"611", "基层党委", "党委"}, {"", "基层委员会", "党委"}, {"", "党的基层委员会", "党委"},
	{"621", "总支部", "党总支"}, {"", "党总支部", "党总支"}, {"", "总支", "党总支"},
	{"631", "支部", "党支部"}, {"632", "联合支部", "联合党支部"},
	{"", "临时支部", "临时党支部"}, {"", "流动党员支部", "流动党员党支部"}, {"", "小组", "党小组"},
})

// educationCodes are GB/T 4658-2006, group codes too, on the short list of records.md.
var educationCodes = educationList(`
10 研究生教育 11 博士研究生毕业 12 博士研究生结业 13 博士研究生肄业 14 硕士研究生毕业 15 硕士研究生结业 16 硕士研究生肄业
17 研究生班毕业 18 研究生班结业 19 研究生班肄业 - 博士研究生 - 硕士研究生 - 博士 - 硕士 - 研究生班 - 中央党校研究生 - 党校研究生
- 省委党校研究生 - 省(区、市)委党校研究生 = 研究生
20 大学本科教育 21 大学本科毕业 22 大学本科结业 23 大学本科肄业 28 大学普通班毕业 - 大学 - 大学本科 - 全日制本科 - 大本 - 学士
- 大学普通班 - 本科毕业 - 大学毕业 - 中央党校大学 - 党校大学 - 党校本科 - 省委党校大学 - 省(区、市)委党校大学 = 本科
30 大学专科教育 31 大学专科毕业 32 大学专科结业 33 大学专科肄业 - 大学专科 - 专科 - 大专毕业 - 专科毕业 - 高职 - 中央党校大专 - 党校大专
- 省委党校大专 - 省(区、市)委党校大专 = 大专
40 中等职业教育 41 中等专科毕业 42 中等专科结业 43 中等专科肄业 - 中等专科 - 中等专业学校 - 中等职业学校 - 中职 - 中师 - 中专毕业 = 中专
44 职业高中毕业 45 职业高中结业 46 职业高中肄业 - 职业高中 - 职业中学 - 职中 = 职高
47 技工学校毕业 48 技工学校结业 49 技工学校肄业 - 技工学校 - 技工 = 技校
60 普通高级中学教育 61 普通高中毕业 62 普通高中结业 63 普通高中肄业 - 普通高中 - 高级中学 - 高中毕业 = 高中
70 初级中学教育 71 初中毕业 73 初中肄业 - 初级中学 - 初中毕业 - 中学 = 初中
80 小学教育 81 小学毕业 83 小学肄业 - 完小 - 初小 - 高小 = 小学
90 其他 - 文盲 - 半文盲 - 无 - 不详 = 其他`)

// educationList reads "code name code name … = choice", one choice a paragraph;
// "-" stands where a name has no code.
func educationList(text string) []model.Code {
	var codes []model.Code
	first := 0
	words := strings.Fields(text)
	for i := 0; i+1 < len(words); i += 2 {
		if words[i] == "=" {
			for j := first; j < len(codes); j++ {
				codes[j].Value = words[i+1]
			}
			first = len(codes)
			continue
		}
		codes = append(codes, model.Code{Code: strings.Trim(words[i], "-"), Name: words[i+1]})
	}
	return codes
}

// ethnicities are the 56 of GB/T 3304-1991 in the order of their codes, and 其他.
var ethnicities = append(strings.Fields(`
汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族
土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族
柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族
乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族`), "其他")

// ethnicityCodes have the names without 族 beside the codes; 97 and 98 are in use
// outside the standard.
var ethnicityCodes = func() []model.Code {
	codes := make([]model.Code, 0, len(ethnicities)+3)
	for i, name := range ethnicities[:56] {
		code := string([]byte{byte('0' + (i+1)/10), byte('0' + (i+1)%10)})
		codes = append(codes, model.Code{Code: code, Name: strings.TrimSuffix(name, "族"), Value: name})
	}
	return append(codes, model.Code{Code: "97", Name: "其他族", Value: "其他"}, model.Code{Code: "98", Name: "外国血统中国籍人士", Value: "其他"},
		model.Code{Name: "其它", Value: "其他"})
}()

// occupationCodes lead from the statistical tree and the usual drop-down lists of
// member systems (domain.md §2.6) to the village's short list. Posts for which
// the list has nothing nearer become 其他.
var occupationCodes = codes([]code{
	{"1", "农牧渔民", "务农"}, {"", "农牧渔业生产人员", "务农"}, {"", "其他农牧渔民", "务农"}, {"", "农民", "务农"}, {"", "种田", "务农"}, {"", "在家务农", "务农"},
	{"", "种植大户", "种养业大户"}, {"", "养殖大户", "种养业大户"}, {"", "种养大户", "种养业大户"}, {"", "经纪人", "农民经纪人"},
	{"113", "外出务工经商人员", "外出务工"}, {"", "外出务工经商", "外出务工"}, {"", "外出打工", "外出务工"}, {"", "打工", "外出务工"},
	{"", "个体工商户中的从业人员", "个体工商户"}, {"", "个体", "个体工商户"}, {"", "个体户", "个体工商户"}, {"", "个体经营", "个体工商户"},
	{"", "企业主", "企业经营者"}, {"", "私营企业主", "企业经营者"},
	{"014", "企业管理人员", "企业务工"}, {"015", "企业专业技术人员", "企业务工"}, {"021", "非公有经济控制企业管理岗位", "企业务工"},
	{"022", "非公有经济控制企业专业技术岗位", "企业务工"}, {"025", "非公有企业工勤岗位", "企业务工"}, {"0253", "企业职工", "企业务工"}, {"", "工人", "企业务工"},
	{"", "村医", "乡村医生"}, {"", "教职工", "教师"},
	{"011", "党政机关工作人员", "公务员事业编"}, {"", "公务员", "公务员事业编"}, {"", "参照公务员法管理的工作人员", "公务员事业编"},
	{"012", "事业单位管理人员", "公务员事业编"}, {"013", "事业单位专业技术人员", "公务员事业编"}, {"", "事业单位管理岗位", "公务员事业编"},
	{"", "事业单位专业技术岗位", "公务员事业编"},
	{"4", "离退休人员", "离退休"}, {"", "离休干部", "离退休"}, {"", "退休人员", "离退休"}, {"", "退休", "离退休"}, {"", "离休", "离退休"},
	{"", "退职人员", "离退休"}, {"", "内部退养职工", "离退休"},
	{"3", "在校学生", "学生"}, {"", "高中学生", "学生"}, {"", "大学生", "学生"}, {"", "中等专业学校学生", "学生"},
	{"", "其他无业人员", "待业"}, {"", "无业", "待业"}, {"", "失业", "待业"}, {"", "(转业)待安置、学生毕业未就业的人员", "待业"},
	{"2", "军人", "其他"}, {"", "解放军、武警", "其他"}, {"", "大学生村官", "其他"}, {"", "社区工作人员", "其他"}, {"", "自由职业人员", "其他"},
	{"", "自由职业", "其他"}, {"", "其他从业人员", "其他"}, {"5", "其他人员", "其他"}, {"", "其它", "其他"},
})
