package membership

import (
	"taizhang/model"
)

// RuleOpeningLate says that only those who were there when the book began stand 期初在册:
// on the day before its first month. One who is written down afterwards was missed then
// (建账时漏登), or came later by 转入.
var RuleOpeningLate = model.Rule{Code: "W-OPENING-LATE", Field: "happened_on", Text: "期初在册在建账以前", Source: model.SourceOwn, Check: checkOpeningLate}

func checkOpeningLate(x *model.Exam) {
	me := x.Record
	if !me.Is("kind", Opening) || !me.Filled("happened_on") || x.Home == nil || me.OrgID != "" && me.OrgID != x.Home.ID {
		return
	}
	begun := model.Recall(x, "beginning of "+x.Home.ID, func() Begun {
		b, err := ReadFirst(x.Env)
		if err != nil {
			x.Fail(err)
		}
		return b
	})
	if x.Failed() || begun.First == "" || FirstOf(me.Date("happened_on")) <= begun.First {
		return
	}
	x.Say("台账从%s记起,期初在册只用于那以前就在这里的党员:建账时漏登的,日期请写 %s;后来才来的,请改选“转入”", begun.First.Chinese(), OpeningDay(begun, x.Today))
}
