package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// movementBegins asks in plain words what happened (records.md, 办理变动).
var movementBegins = []model.Begin{
	moved("来人:党员的组织关系转来了", "转入"),
	moved("走人:党员的组织关系转走了", "转出"),
	moved("党员去世了", "去世"),
	moved("党员外出半年以上(流动党员)", "外出流动"),
	moved("外出的党员回来了", "流动返回"),
	moved("党员联系不上了", "失联"),
	moved("又联系上了", "取得联系"),
	moved("批准为预备党员", "接收预备党员"),
	moved("预备党员转正", "转正"),
	moved("预备期要延长", "延长预备期"),
	moved("取消预备党员资格", "取消预备党员资格"),
	moved("受了党纪处分", "处分"),
	moved("被要求限期改正", "限期改正"),
	moved("停止党籍", "停止党籍"),
	moved("恢复党籍", "恢复党籍"),
	moved("自行脱党,予以除名", "自行脱党除名"),
	moved("劝其退党", "劝其退党"),
	moved("劝而不退等其他除名", "其他除名"),
	moved("本人要求退党", "退党除名"),
	moved("开除党籍", "开除党籍"),
	{Words: "补登:建账时漏登的党员", Preset: map[string]string{"kind": membership.Opening, "note": ArrivedMissed}},
}

func moved(words, kind string) model.Begin {
	return model.Begin{Words: words, Preset: map[string]string{"kind": kind}}
}
