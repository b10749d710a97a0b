package tui

import (
	"taizhang/model/party"
	"taizhang/tui/ui"
)

// noteFrom is the width from which the menu's columns have room for notes.
const noteFrom = 112

// menuColumns gives the menu's columns in w cells: as many as have room for the longest
// name and, where there is room, for a note beside it.
func menuColumns(w int) int {
	const noted, plain = 39, 20
	if w >= noteFrom {
		return min(w/noted, 4)
	}
	return min(max(w/plain, 1), 4)
}

// menuNotes say in at most ten characters what an entry is for, by its key. They stand
// where the window is wide.
var menuNotes = map[string]string{
	"work":                 "今天要办的和人数",
	"month-end":            "核对名册,导出报送包",
	"sent":                 "报过的和县里的回执",
	"summary":              "三级联创汇总表",
	"stats":                "指标和目标画成图",
	"papers":               "要打印的表、证、簿",
	"compare":              "同全国系统的名单对",
	"fill":                 "上级的空白表自动填",
	"inbox":                "通知、空白表、下发",
	"shelf":                "检查要看的24本台账",
	"recycle":              "删除的,可以恢复",
	"changes":              "谁在什么时候改过",
	"begin/movement":       "来人、走人、去世等",
	"transfer-in":          "带着材料转来的党员",
	party.ScreenHomecoming: "春节一次问齐、填齐",
	"organization":         "支部、党小组和上级",
	"unit":                 "村里的企业、合作社",
	"person":               "党员、申请人、能人",
	"movement":             "转接、流动、处分等",
	"position":             "两委班子,谁任何职",
	"reserve":              "培养、考察、使用",
	"admission":            "从申请到转正25步",
	"observation":          "积极分子的考察意见",
	"election":             "公推直选、海选结果",
	"dues":                 "一笔一笔的交费记录",
	"beside/dues":          "全支部一年一张表",
	"remittance":           "上交镇里的钱和收据",
	"appraisal":            "每年的评议等次",
	"talk":                 "和谁谈了、谈什么",
	"goal":                 "谁对什么负责",
	"panel":                "党建领导小组成员",
	"activity":             "三会一课、主题党日",
	"assessment":           "自评、听评、抽查",
	"linkage":              "挂联的领导和部门",
	"visit":                "走访、慰问、联系",
	"aid":                  "资金、物资、办的事",
	"pairing":              "党员同困难户结对",
	"regulation":           "现行的规章制度",
	"circular":             "收到和发出的文件",
	"plan":                 "年度计划、工作总结",
	"decision":             "村里的大事怎么定的",
	"pledge":               "承诺了什么、办没办",
	"duty":                 "无职党员的岗位",
	"place":                "活动室、会场、设备",
	"training":             "谁参加、学了什么",
	"skill":                "掌握了哪些技术",
	"undertaking":          "党员干部办的项目",
	"cultivation":          "能人、党员、村干部",
	"demonstration":        "示范村、户、岗",
	"supply":               "播放机、图书、光盘",
	"honor":                "受了什么表彰",
	"publicity":            "报纸、电视、网站上",
	"backups":              "到U盘,到别的电脑",
	"clear":                "离开多年的人的号码",
	"manual":               "从第一天到换电脑",
	"practice":             "编出来的村,随便改",
	"lock":                 "离开一会儿,要口令",
	"settings":             "本村、上报、本电脑",
}

// noted gives the entries with their notes, or without any where the window is narrow.
func noted(items []ui.Item, w int) []ui.Item {
	for i := range items {
		items[i].Note = ""
		if w >= noteFrom {
			items[i].Note = menuNotes[items[i].Key]
		}
	}
	return items
}
