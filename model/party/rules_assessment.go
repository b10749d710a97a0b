package party

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

const sourceAssessing = "县(市)五好考核办法"

// assessmentRules are those of the campaign's yearly assessment (domain.md §7.2, §7.3).
var assessmentRules = []model.Rule{
	{Code: "E-FG-SCORE", Severity: model.Fault, Text: "每一项得分不超过满分", Source: sourceAssessing,
		Limits: []string{"assess.full.leadership", "assess.full.team", "assess.full.mechanism", "assess.full.results", "assess.full.satisfaction"},
		Check:  checkScores},
	{Code: "W-FG-VETO-YEAR", Field: "vetoes", Text: "一票否决只用于规定的年度,计生用到 2021 年度", Source: sourceAssessing, Limits: vetoLimitNames(),
		Check: func(x *model.Exam) {
			for _, v := range x.Record.List("vetoes") {
				if last := vetoLast(x.Env, v, x.Record); last.Value != 0 && x.Record.Int("year") > last.Value {
					x.SayOf(last, "“%s”一票否决只用于 %d 年度及以前,请去掉", v, last.Value)
				}
			}
		}},
	{Code: "E-FG-VETO", Severity: model.Fault, Field: "vetoes", Text: "被一票否决的不能命名", Source: sourceAssessing, Check: checkNamedDespiteVeto},
	{Code: "E-FG-STEP", Field: "level", Text: "考核的环节依次为自评、乡镇考核、公示、市级过堂、命名,不能跳过", Source: sourceAssessing, Check: checkAssessmentStep},
	{Code: "W-FG-NOTICE", Field: "notice_to", Text: "公示不少于 7 天", Source: sourceAssessing, Limits: []string{"assess.notice.days"},
		Check: func(x *model.Exam) {
			from, to := x.Record.Date("held_on"), x.Record.Date("notice_to")
			l := x.Packs.Limit("assess.notice.days", from)
			if from == "" || to == "" || to < from {
				return
			}
			if n := from.DaysUntil(to) + 1; n < l.Int() {
				x.SayOf(l, "公示不少于 %d 天,从 %s 起应到 %s,现在到 %s 只有 %d 天,请核对或补足", l.Int(), from, from.AddDays(l.Int()-1), to, n)
			}
		}},
}

// vetoLimits name the last year of each veto in the rule packs; 0 there is none.
var vetoLimits = map[string]string{"综治": "assess.veto.order", "纪检监察": "assess.veto.discipline", "计生": "assess.veto.birth",
	"安全生产": "assess.veto.safety", "信访": "assess.veto.petition", "环保": "assess.veto.environment"}

func vetoLimitNames() []string {
	var names []string
	for _, n := range vetoLimits {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// vetoLast gives the last year in which a veto applies; a veto that a county added
// has none.
func vetoLast(e *model.Env, veto string, r *model.Record) model.Limit {
	name := vetoLimits[veto]
	if name == "" {
		return model.Limit{}
	}
	return e.Packs.Limit(name, assessedOn(r))
}

// vetoesOf gives those of an assessment that apply in its year.
func vetoesOf(e *model.Env, r *model.Record) []string {
	var all []string
	for _, v := range r.List("vetoes") {
		if last := vetoLast(e, v, r); last.Value == 0 || r.Int("year") <= last.Value {
			all = append(all, v)
		}
	}
	return all
}

func checkScores(x *model.Exam) {
	for _, f := range fiveGoods {
		full := x.Packs.Limit("assess.full."+f, assessedOn(x.Record))
		if n := x.Record.Int(f); n > full.Value {
			x.SayAtOf(f, full, "%s满分 %d 分,现在是 %d 分,请核对", x.Record.Kind.Field(f).Label, full.Value, n)
		}
	}
}

// sameCase gives the records of the same organisation and year, of some stages or
// of all: the index of the year keeps the search short.
func sameCase(x *model.Exam, conds ...model.Cond) []*model.Record {
	r := x.Record
	if !r.Filled("target_code") || !r.Filled("year") {
		return nil
	}
	all := x.Find("assessment", append([]model.Cond{model.Where("target_code", model.Eq, r.Str("target_code")),
		model.Where("year", model.Eq, strconv.FormatInt(r.Int("year"), 10))}, conds...)...)
	return slices.DeleteFunc(all, func(o *model.Record) bool { return o.ID == r.ID })
}

// checkNamedDespiteVeto looks at the vetoes of this record and at those of the
// same year's other stages.
func checkNamedDespiteVeto(x *model.Exam) {
	if !x.Record.Is("level", "命名") {
		return
	}
	vetoes := vetoesOf(x.Env, x.Record)
	for _, r := range sameCase(x, model.Where("vetoes", model.Filled)) {
		if len(vetoes) == 0 {
			vetoes = vetoesOf(x.Env, r)
		}
	}
	if len(vetoes) > 0 {
		x.Say("%d 年度被%s一票否决,不能命名;否决登记有误的请先改正", x.Record.Int("year"), strings.Join(vetoes, "、"))
	}
}

// stageBefore names the stage that has to come before each; 复查 looks at an
// earlier year's naming and 自评 is the first.
var stageBefore = map[string]string{"乡镇考核": "自评", "公示": "乡镇考核", "市级过堂": "公示", "抽查": "公示", "命名": "市级过堂"}

// checkAssessmentStep asks only for the stage just before, so that one that is
// missing is named once.
func checkAssessmentStep(x *model.Exam) {
	r := x.Record
	before := stageBefore[r.Str("level")]
	if before == "" || !r.Filled("target_code") || !r.Filled("year") {
		return
	}
	first := model.Date("")
	all := sameCase(x, model.Where("level", model.Eq, before))
	for _, o := range all {
		if d := o.Date("held_on"); first == "" || d < first {
			first = d
		}
	}
	switch {
	case len(all) == 0:
		x.Say("%d 年度没有“%s”的记录,不能跳过直接“%s”,请补登", r.Int("year"), before, r.Str("level"))
	case first != "" && r.Filled("held_on") && first > r.Date("held_on"):
		x.Say("“%s”(%s)在“%s”(%s)以前,环节颠倒了,请核对日期", r.Str("level"), r.Date("held_on"), before, first)
	}
}

// VetoesIn gives the vetoes that apply to the assessments of a year.
func VetoesIn(packs *model.Packs, year int) []string {
	var all []string
	for _, v := range kindAssessment.MustField("vetoes").Choices {
		last := packs.Limit(vetoLimits[v], model.Date(fmt.Sprintf("%04d-12-31", year))).Value
		if last == 0 || int64(year) <= last {
			all = append(all, v)
		}
	}
	return all
}
