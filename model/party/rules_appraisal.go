package party

import (
	"strconv"

	"taizhang/model"
	"taizhang/model/party/membership"
)

const sourceAppraisal = "民主评议党员工作要求"

const excellent, notGraded = "优秀", "不定等次"

var appraisalRules = []model.Rule{
	{Code: "W-REV-THIRD", Field: "grade", Text: "民主评议优秀的一般不超过正式党员的三分之一", Source: sourceAppraisal,
		Limits: []string{"appraisal.excellent", "appraisal.base"}, Check: checkExcellentShare},
	{Code: "W-REV-PROBATION", Field: "grade", Text: "预备党员参加民主评议,不评定等次", Source: sourceBranch + "第十八条", Check: checkGradedProbation},
	afterExit("person", func(r, p *model.Record) bool { return r.Int("year") > int64(p.Date("left_on").Year()) }),
}

// checkExcellentShare speaks while a grade is being given, once half of the members
// have one: before that no share can be told. Of what stands on file the
// organisation's rule speaks, once for a year and not once for every record.
func checkExcellentShare(x *model.Exam) {
	r := x.Record
	if x.Old == r || !r.Is("grade", excellent) || !r.Filled("year") {
		return
	}
	own := model.OwnConds(x.Env, r)
	c := countGraded(x, r.Int("year"), append(own, model.Where("id", model.Ne, r.ID)))
	c.best, c.graded = c.best+1, c.graded+1
	if c.begun(x, own) {
		sayExcellent(x, r.Int("year"), c)
	}
}

// checkExcellentShares looks at this year's and last year's appraisals of the
// organisation that keeps the ledger: older ones can't be put right any more.
func checkExcellentShares(x *model.Exam) {
	if !keepsLedger(x.Record) {
		return
	}
	own := []model.Cond{model.Where("org_id", model.Eq, x.Record.ID)}
	for back := range int64(2) {
		year := int64(x.Today.Year()) - back
		c := countGraded(x, year, own)
		if back > 0 || c.graded > 0 && c.begun(x, own) {
			sayExcellent(x, year, c)
		}
	}
}

// gradeCount counts the grades given in a year.
type gradeCount struct{ best, graded int64 }

func countGraded(x *model.Exam, year int64, own []model.Cond) gradeCount {
	of := append([]model.Cond{model.Where("year", model.Eq, strconv.FormatInt(year, 10))}, own...)
	return gradeCount{
		best:   int64(x.Count("appraisal", append(of, model.Where("grade", model.Eq, excellent))...)),
		graded: int64(x.Count("appraisal", append(of, model.Where("grade", model.Ne, notGraded))...)),
	}
}

// begun reports whether half of the members have a grade.
func (c gradeCount) begun(x *model.Exam, own []model.Cond) bool {
	return 2*c.graded >= int64(x.Count("person", ofMembers(own...)...))
}

// sayExcellent compares with the full members of the year's end, or of today, or with
// those who got a grade, as the county says.
func sayExcellent(x *model.Exam, year int64, c gradeCount) {
	on, ok := model.NewDate(int(year), 12, 31)
	if !ok {
		return
	}
	l := x.Packs.Limit("appraisal.excellent", on)
	if c.best == 0 {
		return
	}
	base, whom := c.graded, "评定等次的党员"
	if x.Packs.Limit("appraisal.base", on).Value == 1 {
		if n := membership.FullMembersOn(x, min(on, x.Today)); n > 0 {
			base, whom = max(n, c.graded), "正式党员"
		}
	}
	if l.MoreThan(c.best, base) {
		x.SayOf(l, "%d 年度民主评议优秀 %d 人,%s %d 人,超过 %s,优秀一般不超过 %d 人,请核对",
			year, c.best, whom, base, l.Number(), base*l.Value/max(l.Per, 1))
	}
}

func checkGradedProbation(x *model.Exam) {
	r := x.Record
	p := x.Get("person", r.Str("person"))
	if p == nil || !r.Filled("grade") || r.Is("grade", notGraded) {
		return
	}
	on := r.Date("held_on")
	if on == "" {
		on, _ = model.NewDate(int(r.Int("year")), 12, 31)
	}
	if p.Is("status", "预备党员") || p.Date("joined_on") <= on && p.Date("confirmed_on") > on {
		x.Say("%s当时是预备党员,参加评议但不评定等次,请改选“%s”", p.Str("name"), notGraded)
	}
}
