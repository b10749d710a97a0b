package admission

// Stages are the five of domain.md §3.1, with the first step of each.
var Stages = []struct {
	Title string
	First int
}{{"申请入党", 1}, {"积极分子", 3}, {"发展对象", 7}, {"接收预备党员", 12}, {"预备期与转正", 19}}

// stepDocuments are what a step leaves on file, by its number (domain.md §3.1).
var stepDocuments = map[int]string{
	1: "入党申请书", 2: "谈话记录", 3: "推荐表、会议记录", 4: "备案报告和批复", 5: "考察登记表", 6: "积极分子考察登记表",
	7: "公示材料、会议记录", 8: "备案表", 9: "志愿书介绍人意见", 10: "综合政审材料", 11: "培训结业证明",
	12: "会议记录", 13: "预审表和批复", 14: "入党志愿书", 15: "大会决议、票决情况", 16: "谈话记录", 17: "审批意见", 18: "备案材料",
	19: "编入小组的记录", 20: "宣誓记录", 21: "预备党员考察登记表", 22: "转正申请书", 23: "大会决议、票决情况", 24: "审批意见", 25: "档案目录",
}

// Document names what the step leaves on file.
func (s AdmissionStep) Document() string { return stepDocuments[s.No] }

// stepFields are what is written down together with a step's day, by its number.
var stepFields = map[int][]string{
	2: {"talked_by"}, 3: {"nominated_by"}, 7: {"notice_from", "notice_to"}, 10: {"vetted"}, 11: {"training_days", "training_hours"},
	15: {"votes_due", "votes_present", "votes_for", "votes_against", "votes_abstain"},
	17: {"approval_no"},
	23: {"confirm_due", "confirm_present", "confirm_for", "confirm_against", "confirm_abstain", "confirm_result", "extended_to"},
}

// Fields are the fields of kind admission that are filled in together with the step's
// own, in the order of the form.
func (s AdmissionStep) Fields() []string { return stepFields[s.No] }

// Material is one of the thirteen papers, or bundles of papers, that make the file of an
// admission, by the steps that leave them.
type Material struct {
	No    int
	Name  string
	Steps []int // it is there once the first of them has been taken
}

// Materials gives the thirteen materials of the file in their order: the documents of
// domain.md §3.1, those that are filed together as one.
func Materials() []Material { return materials }

var materials = []Material{
	{1, "入党申请书", []int{1}},
	{2, "与申请人的谈话记录", []int{2}},
	{3, "推荐和确定积极分子材料", []int{3, 4}},
	{4, "积极分子考察登记表", []int{5, 6}},
	{5, "公示、确定和备案材料", []int{7, 8}},
	{6, "政治审查材料", []int{10}},
	{7, "集中培训结业证明", []int{11}},
	{8, "支委会审查和上级预审材料", []int{12, 13}},
	{9, "入党志愿书", []int{14, 9}},
	{10, "接收大会决议和票决情况", []int{15}},
	{11, "上级谈话、审批和备案材料", []int{16, 17, 18}},
	{12, "预备党员考察和宣誓记录", []int{19, 20, 21}},
	{13, "转正申请、决议和审批", []int{22, 23, 24, 25}},
}
