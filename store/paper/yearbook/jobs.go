package yearbook

// What the field 工作岗位 says in the tree of domain.md §2.6. The tree tells public from
// other owners and managers from workers; the field tells some of it, and the unit's domain
// more. What neither tells is unclear.

func job(of ...string) func(*person) answer {
	return func(p *person) answer { return when(p.r.Is("occupation", of...)) }
}

var (
	staff    = job("企业经营者", "企业务工", "教师", "公务员事业编")
	farmers  = job("务农", "种养业大户", "农民经纪人", "乡村医生", "外出务工")
	migrants = job("外出务工")
	others   = job("个体工商户", "待业", "其他")
)

// owned is the answer for one on a staff whose unit's domain tells the owner.
func owned(p *person) (public, private answer) {
	switch {
	case staff(p) == no:
		return no, no
	case p.r.Is("occupation", "公务员事业编"):
		return yes, no
	}
	switch p.domain() {
	case "国有企业", "事业单位", "机关", "乡镇":
		return yes, no
	case "非公企业", "社会组织":
		return no, yes
	}
	return unclear, unclear
}

func public(p *person) answer {
	a, _ := owned(p)
	return a
}

func private(p *person) answer {
	_, a := owned(p)
	return a
}

// official is 公务员事业编 by where they serve: only the unit's domain tells.
func official(p *person) (organ, institution answer) {
	if !p.r.Is("occupation", "公务员事业编") {
		return no, no
	}
	switch p.domain() {
	case "机关", "乡镇":
		return yes, no
	case "事业单位":
		return no, yes
	}
	return unclear, unclear
}

func organ(p *person) answer {
	a, _ := official(p)
	return a
}

// administrator and specialist of an institution can't be told apart; a teacher of a
// public school is a specialist.
func administrator(p *person) answer {
	_, a := official(p)
	return both(a, unclear)
}

func specialist(p *person) answer {
	if p.r.Is("occupation", "教师") {
		return public(p)
	}
	_, a := official(p)
	return both(a, unclear)
}

// manager is one who runs an enterprise of the owner.
func manager(owner func(*person) answer) func(*person) answer {
	return func(p *person) answer { return both(job("企业经营者")(p), owner(p)) }
}

// worker is of an enterprise: specialist, workman or from a farm, who can't be told apart.
func worker(owner func(*person) answer) func(*person) answer {
	return func(p *person) answer { return both(both(job("企业务工")(p), owner(p)), unclear) }
}

// club is of a people-run unit that is no enterprise.
func club(of ...string) func(*person) answer {
	return func(p *person) answer {
		return both(both(job(of...)(p), private(p)), when(p.domain() == "社会组织"))
	}
}

// company is as manager of an owner who is no people-run unit.
func company(p *person) answer { return both(manager(private)(p), when(p.domain() != "社会组织")) }

func schoolmaster(p *person) answer { return both(job("教师")(p), private(p)) }

// jobRows are the rows of tables 2, 3 and 14.
func jobRows() []class[*person] {
	return []class[*person]{
		{label: "总计", is: all[*person]},
		{label: "一、在岗职工", is: staff},
		{label: "公有制单位合计", deep: 1, is: public},
		{label: "党政机关工作人员", deep: 2, is: organ},
		{label: "事业单位管理人员", deep: 2, is: administrator},
		{label: "事业单位专业技术人员", deep: 2, is: specialist},
		{label: "企业管理人员", deep: 2, is: manager(public)},
		{label: "企业专业技术人员", deep: 2, is: worker(public)},
		{label: "工勤技能人员", deep: 2, is: worker(public)},
		{label: "其中:农民工", deep: 3, is: worker(public)},
		{label: "非公有制单位合计", deep: 1, is: private},
		{label: "企业管理人员", deep: 2, is: company},
		{label: "企业专业技术人员", deep: 2, is: worker(private)},
		{label: "民办非企业单位管理人员", deep: 2, is: club("企业经营者")},
		{label: "民办非企业专业技术人员", deep: 2, is: schoolmaster},
		{label: "工勤技能人员", deep: 2, is: worker(private)},
		{label: "其中:农民工", deep: 3, is: worker(private)},
		{label: "二、农牧渔民", is: farmers},
		{label: "其中:外出务工经商人员", deep: 1, is: migrants},
		{label: "三、军人、武警", is: soldier},
		{label: "四、学生", is: job("学生")},
		{label: "五、离退休人员", is: job("离退休")},
		{label: "六、其他", is: others},
	}
}

// soldier: the field has no such value, so that one of 其他 may be one.
func soldier(p *person) answer { return both(job("其他")(p), unclear) }

// jobFormulas are the sums of the tree.
var jobFormulas = []formula{rowIs(1, 2, 18, 20, 21, 22, 23), rowIs(2, 3, 11), rowIs(3, 4, 5, 6, 7, 8, 9), rowHolds(9, 10),
	rowIs(11, 12, 13, 14, 15, 16), rowHolds(16, 17), rowHolds(18, 19)}

// jobNote says what the rows are told by.
const jobNote = "各行按人员的“工作岗位”:农牧渔民含务农、种养业大户、农民经纪人、乡村医生、外出务工,其他含个体工商户、待业、其他;公有、非公有按所在单位的领域。" +
	"村里的企业务工、企业经营者、教师分不清公有还是非公有,管理、技术、工勤也不分记,算不出的格留空,请补填。"
