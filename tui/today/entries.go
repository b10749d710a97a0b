package today

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/dues"
	"taizhang/tui/ui"
)

// entry is something that happens in a village, in the words that people use for it, and
// what opens when it is chosen: a second choice, a screen made for it, or a form.
type entry struct {
	words  string
	search string // other words for it
	note   string // what stands behind it where nothing is taken over from last time

	kind   string            // of the record that the form makes
	preset map[string]string // as typed; 今天 and 本组织 stand for what they say
	// more gives further values of the form that is filled from last time; last is nil
	// where there is none.
	more  func(app *ui.App, last *model.Record) map[string]model.Value
	id    string // the record whose form it is, instead of a new one
	field string // of that form, for the focus

	open func(app *ui.App) tea.Cmd // a screen instead of a form
	// choices are asked after it; found gives more of them from the ledger, and is asked
	// in a command.
	choices []entry
	found   func(app *ui.App) ([]entry, error)
}

// group is a heading with what stands below it.
type group struct {
	title   string
	entries []entry
}

// groups are the entries of 今天办什么 (issue's list). What is asked for a second time
// stands where one key reaches it: first, last, on top of the second column, or alone
// with its first letter.
var groups = []group{
	{"会议活动", []entry{
		{words: "开会", search: "会议 三会一课 主题党日 党课 支部大会 支委会", note: "选哪一种会", choices: meetings()},
		{words: "党务公开", search: "公开栏 公示", kind: "activity", preset: map[string]string{"kind": "党务公开"}, more: monthTitle("党务公开")},
		{words: "培训", search: "学习班 技术课 听课", kind: "training", preset: map[string]string{"started_on": "今天"}},
		{words: "民主评议", search: "评议党员", note: "开会,或记等次", choices: []entry{
			{words: "开民主评议会", kind: "activity", preset: map[string]string{"kind": "民主评议"}, more: yearTitle("年度民主评议党员")},
			{words: "登记评议等次", kind: "appraisal", preset: map[string]string{"held_on": "今天"}, note: "一人一条"},
		}},
		{words: "换届", search: "选举 改选 公推直选", kind: "election", preset: map[string]string{"kind": "换届", "held_on": "今天"}, more: nextTerm},
	}},
	{"党费", []entry{
		{words: "收党费", search: "交党费 缴纳", note: "打开党费表", open: openDues},
		{words: "上缴党费", search: "党费上缴 交到镇里", kind: "remittance", more: lastMonth},
	}},
	{"党员进出", []entry{
		moved("党员转入", "转入", "转来 调入 来人"),
		moved("党员转出", "转出", "转走 调走 走人 介绍信"),
		moved("党员去世", "去世", "过世 死亡 老了"),
		{words: "收到入党申请书", search: "申请入党", kind: "admission", preset: map[string]string{"applied_on": "今天"}},
	}},
	{"上级来的", []entry{
		{words: "收到物资资金", search: "发东西 拨款 经费 电脑 图书 帮扶", note: "选是什么", choices: received},
		{words: "受表彰", search: "荣誉 先进 优秀党员 奖状", kind: "honor", preset: map[string]string{"granted_on": "今天", "kept_as": "参加或接受"}},
		{words: "上级挂联走访", search: "领导来村 包村 指导员", kind: "visit", preset: map[string]string{"kind": "挂联走访"}, more: onlyLinkage},
		{words: "上级要表", search: "报表 填表 空白表 花名册 登记表", note: "把空白表填好",
			open: func(app *ui.App) tea.Cmd { return ui.Do(ui.Push{Screen: app.Fill(app, ui.FillOf{})}) }},
		{words: "收文件", search: "通知 收文 上级要表 公文", kind: "circular",
			preset: map[string]string{"direction": "收文", "happened_on": "今天"}},
	}},
	{"走访谈话", []entry{
		{words: "谈心谈话", search: "谈话", kind: "talk"},
		{words: "走访慰问", search: "看望 慰问 入户", note: "选哪一种", choices: visits},
		{words: "联系流动党员", search: "外出党员 打电话", kind: "visit", preset: map[string]string{"kind": "联系流动党员", "means": "电话"}},
	}},
	{"村里的大事", []entry{
		{words: "四议两公开", search: "村级事务 决策", kind: "decision", preset: map[string]string{"proposed_on": "今天"}, found: decisions},
	}},
}

// meetings are the kinds of meetings that a village holds, the frequent ones first.
func meetings() []entry {
	kinds := []struct{ kind, search string }{
		{"支部党员大会", "大会"}, {"支部委员会", "支委会"}, {"党小组会", "小组会"}, {"党课", "上课"}, {"主题党日", "党日"},
		{"组织生活会", "生活会"}, {"集中学习", "学习"}, {"村两委会议", "两委会"}, {"村民代表会议", "代表会"}, {"联席例会", "例会"},
		{"选举大会", "换届大会"}, {"志愿服务", "义务劳动"}, {"述职", "述职评议"}, {"其他", "别的会"},
	}
	all := make([]entry, len(kinds))
	for i, k := range kinds {
		all[i] = entry{words: k.kind, search: k.search, kind: "activity", preset: map[string]string{"kind": k.kind}, more: monthTitle(k.kind)}
	}
	return all
}

var received = []entry{
	{words: "物资:电脑、图书、碟片等", kind: "supply", preset: map[string]string{"received_on": "今天", "kept_as": "参加或接受"}},
	{words: "办实事的资金", kind: "aid", preset: aid("办实事资金")},
	{words: "活动经费", kind: "aid", preset: aid("活动经费")},
	{words: "项目", kind: "aid", preset: aid("项目")},
	{words: "技术、信息", kind: "aid", preset: aid("技术")},
	{words: "送文艺、送医疗等下乡", kind: "aid", preset: aid("送文艺")},
}

func aid(kind string) map[string]string {
	return map[string]string{"kind": kind, "given_on": "今天", "kept_as": "参加或接受"}
}

var visits = []entry{
	{words: "慰问困难党员", kind: "visit", preset: map[string]string{"kind": "慰问困难党员"}},
	{words: "入户走访", kind: "visit", preset: map[string]string{"kind": "入户走访"}},
	{words: "结对走访", kind: "visit", preset: map[string]string{"kind": "结对走访"}},
}

func moved(words, kind, search string) entry {
	return entry{words: words, search: search, kind: "movement", preset: map[string]string{"kind": kind}}
}

// monthTitle proposes a title where that of last time names no month.
func monthTitle(what string) func(*ui.App, *model.Record) map[string]model.Value {
	return func(app *ui.App, _ *model.Record) map[string]model.Value {
		return map[string]model.Value{"title": fmt.Sprintf("%d月%s", app.Today().Time().Month(), what)}
	}
}

func yearTitle(what string) func(*ui.App, *model.Record) map[string]model.Value {
	return func(app *ui.App, _ *model.Record) map[string]model.Value {
		return map[string]model.Value{"title": fmt.Sprintf("%d%s", app.Today().Year(), what)}
	}
}

// nextTerm counts the term on from that of the last election.
func nextTerm(_ *ui.App, last *model.Record) map[string]model.Value {
	if last == nil || !last.Filled("term_no") {
		return nil
	}
	return map[string]model.Value{"term_no": last.Int("term_no") + 1}
}

// lastMonth is the period for which dues are remitted where nothing was remitted before.
func lastMonth(app *ui.App, _ *model.Record) map[string]model.Value {
	return map[string]model.Value{"period": string(app.Today().Month().Add(-1))}
}

// onlyLinkage is the linkage visited under, where the village has but one.
func onlyLinkage(app *ui.App, _ *model.Record) map[string]model.Value {
	p, err := app.Ledger.Page(app.Ctx, store.Query{Kind: "linkage", Conds: []model.Cond{model.Where("ended_on", model.Empty)}, Limit: 2})
	if err != nil || len(p.Records) != 1 { // the form asks for it then
		return nil
	}
	return map[string]model.Value{"linkage": p.Records[0].ID}
}

// steps of a decision in their order (records.md).
var steps = []string{"proposed_on", "consulted_on", "members_on", "villagers_on", "resolution_shown_on", "result_shown_on"}

// decisions gives the decisions that are not finished, each at its next step.
func decisions(app *ui.App) ([]entry, error) {
	conds := []model.Cond{model.Where("result_shown_on", model.Empty)}
	if home := app.Ledger.Home(); home != nil {
		conds = append(conds, model.Where("org_id", model.Eq, home.ID))
	}
	p, err := app.Ledger.Page(app.Ctx, store.Query{Kind: "decision", Conds: conds, Limit: mostFound})
	if err != nil || len(p.Records) == 0 {
		return nil, err
	}
	all := []entry{{words: "新提议一件事", kind: "decision", preset: map[string]string{"proposed_on": "今天"}}}
	for _, r := range p.Records {
		i := slices.IndexFunc(steps, func(f string) bool { return !r.Filled(f) })
		all = append(all, entry{words: r.Str("title"), note: "下一步:" + r.Kind.MustField(steps[i]).Label, kind: "decision", id: r.ID, field: steps[i]})
	}
	return all, nil
}

// mostFound bounds the records that a second choice lists.
const mostFound = 30

// openDues opens what dues are taken in with.
func openDues(app *ui.App) tea.Cmd { return ui.Do(ui.Push{Screen: dues.New(app)}) }
