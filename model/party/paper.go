package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// PaperUntil gives the last day of which something may be settled as done on paper: the
// day on which the book was made, or the one before its first month where that is later.
// What is done afterwards is written down as a record.
func PaperUntil(env *model.Env) (model.Date, error) {
	b, err := membership.ReadFirst(env)
	if err != nil {
		return "", err
	}
	last := env.Today
	if b.First != "" {
		last = b.First.First().AddDays(-1)
	}
	if env.Home != nil && len(env.Home.CreatedAt) >= len("2026-11-03") {
		last = max(last, model.Date(env.Home.CreatedAt[:len("2026-11-03")]))
	}
	return min(last, env.Today), nil
}

// CheckPaper judges whether what is due may be settled as done on paper on a day.
// *model.Error: E-PAPER-RECORD (it belongs to no period: only its record settles it),
// E-PAPER-DAY (the day lies outside the period), E-PAPER-LATE (the book was kept by
// then: it wants a record).
func CheckPaper(env *model.Env, due model.Due, day model.Date) error {
	p, ok := model.ParsePeriod(due.Period)
	if !ok {
		return model.Errorf("E-PAPER-RECORD", "这一项要登记成记录才算办了:请按回车打开去登记,日期写当时的日期")
	}
	if day < p.First || day > min(p.Last, env.Today) {
		return model.Errorf("E-PAPER-DAY", "%s不在%s以内,请写 %s 到 %s 之间的日期", day, p.Chinese(), p.First, min(p.Last, env.Today))
	}
	until, err := PaperUntil(env)
	if err != nil {
		return err
	}
	if day > until {
		return model.Errorf("E-PAPER-LATE", "台账在 %s 已经启用,%s办的请登记成记录,不能只记“已在纸质台账办理”", until, day)
	}
	return nil
}
