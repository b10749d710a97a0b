package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// Missing is something that a ledger lacks, and the form that fills it: that of the
// record ID at Field, or of a new record of Kind that begins with Preset.
type Missing struct {
	Text      string
	Kind      string
	ID, Field string
	Preset    map[string]model.Value
}

// gaps looks for what the ledgers of a year lack.
type gaps struct {
	ctx    context.Context
	q      *page.Request
	period count.Period
	home   *model.Record
	all    []*ShelfLedger
	people []*model.Record // the members on file
	err    error           // the first fault; nothing is looked for after it
}

type preset = map[string]model.Value

// findMissing writes down what each ledger lacks: its parts by domain.md §8.10.
func findMissing(ctx context.Context, q *page.Request, period count.Period, all []*ShelfLedger) error {
	people, err := members(ctx, q)
	if err != nil {
		return err
	}
	g := &gaps{ctx: ctx, q: q, period: period, home: q.Ledger.Home(), all: all}
	for _, p := range people {
		if p.OrgID == g.home.ID {
			g.people = append(g.people, p)
		}
	}
	for _, look := range []func(*gaps){gapsOrganisation, gapsPeople, gapsPlans, gapsMeetings, gapsLife, gapsDues, gapsLead, gapsAid, gapsOpenness, gapsWhole} {
		if look(g); g.err != nil {
			return g.err
		}
	}
	return nil
}

func (g *gaps) ledger(no int) *ShelfLedger { return g.all[no-1] }

// add writes down what a ledger lacks. A new record's day is left open where the year is
// over: it was not today.
func (g *gaps) add(no int, m Missing) {
	k := g.q.Ledger.Kinds().Kind(m.Kind)
	if m.ID == "" {
		if m.Preset == nil {
			m.Preset = preset{}
		}
		for _, f := range k.Fields() {
			_, said := m.Preset[f.Name]
			switch {
			case said:
			case f.Type == model.TypeYear && f.Required:
				m.Preset[f.Name] = int64(g.q.Year)
			case f.Default == "今天" && g.q.Day < g.q.Ledger.Source().Today():
				m.Preset[f.Name] = nil
			}
		}
	}
	l := g.ledger(no)
	l.Missing = append(l.Missing, m)
}

// find gives the organisation's records of a kind that meet the conditions.
func (g *gaps) find(kind string, conds ...model.Cond) []*model.Record {
	if g.err != nil {
		return nil
	}
	conds = append(conds, model.Where("org_id", model.Eq, g.home.ID))
	found, err := g.q.Ledger.Page(g.ctx, store.Query{Kind: kind, Conds: conds})
	g.err = err
	return found.Records
}

// lacks adds a line where no record of a kind meets the conditions.
func (g *gaps) lacks(no int, text, kind string, begin preset, conds ...model.Cond) {
	if len(g.find(kind, conds...)) == 0 && g.err == nil {
		g.add(no, Missing{Text: text, Kind: kind, Preset: begin})
	}
}

// within bounds a date to the year of the request.
func (g *gaps) within(field string) []model.Cond {
	return []model.Cond{model.Where(field, model.Ge, string(g.period.From)), model.Where(field, model.Le, string(g.period.To))}
}

func (g *gaps) ofYear() model.Cond { return model.Where("year", model.Eq, fmt.Sprint(g.q.Year)) }

// unfilled adds one line for the records that lack a field, which leads to the first.
func (g *gaps) unfilled(no int, records []*model.Record, field, text string) {
	var first *model.Record
	n := 0
	for _, r := range records {
		if !r.Filled(field) {
			if n++; first == nil {
				first = r
			}
		}
	}
	if n > 0 {
		g.add(no, Missing{Text: fmt.Sprintf(text, n), Kind: first.Kind.Name, ID: first.ID, Field: field})
	}
}

// records gives a ledger's records of a kind.
func (g *gaps) records(no int, kind string) []*model.Record {
	for _, p := range g.ledger(no).Parts {
		if p.Kind.Name == kind {
			return p.Records
		}
	}
	return nil
}

func gapsOrganisation(g *gaps) {
	for _, f := range []string{"founded_on", "term_started_on", "address", "phone"} {
		if !g.home.Filled(f) {
			g.add(1, Missing{Text: "党支部的" + g.home.Kind.MustField(f).Label + "没有填", Kind: g.home.Kind.Name, ID: g.home.ID, Field: f})
		}
	}
	g.lacks(1, "没有党小组(人少不划分的,不用补)", "organization", preset{"kind": "党小组", "parent": g.home.ID}, model.Where("kind", model.Eq, "党小组"))
	from := g.q.Year - int(max(g.home.Int("term_years"), 1)) + 1
	g.lacks(1, "没有任期目标(任期规划)", "plan", preset{"kind": "任期规划"}, model.Where("kind", model.Eq, "任期规划"),
		model.Where("year", model.Ge, fmt.Sprint(from)), model.Where("year", model.Le, fmt.Sprint(g.q.Year)))
	g.unfilled(2, g.records(2, "position"), "duties", "%d 名两委成员没有写分工")
	g.lacks(2, "没有成立党建工作领导小组的文件", "circular", preset{"direction": "发文", "title": "关于成立党建工作领导小组的通知"},
		model.Where("title", model.Contains, "领导组", "领导小组"), model.Where("happened_on", model.Le, string(g.period.To)))
}

func gapsPeople(g *gaps) {
	for _, f := range []string{"id_number", "joined_on", "education"} {
		g.unfilled(3, g.people, f, "%d 名党员没有填"+g.q.Ledger.Kinds().Kind("person").MustField(f).Label)
	}
	for _, r := range g.records(4, "admission") {
		if missing := admission.AdmissionProgress(g.q.Env.Packs, r).Missing; len(missing) > 0 {
			names := make([]string, len(missing))
			for i, s := range missing {
				names[i] = fmt.Sprintf("%d %s", s.No, s.Name)
			}
			g.add(4, Missing{Text: r.Text("person") + "漏填:" + strings.Join(names, "、"), Kind: r.Kind.Name, ID: r.ID, Field: missing[0].Field})
		}
	}
	for _, r := range g.records(6, "movement") {
		if r.Is("kind", "转出") && !r.Filled("receipt_on") {
			g.add(6, Missing{Text: r.Text("person") + "转出,介绍信没有回执", Kind: r.Kind.Name, ID: r.ID, Field: "receipt_on"})
		}
	}
	g.unfilled(13, g.records(13, "reserve"), "measures", "%d 名后备干部没有写培养措施")
	g.unfilled(14, g.records(14, "cultivation"), "mentor", "%d 条培养没有写培养人(联系人)")
	g.unfilled(15, g.records(15, "duty"), "duties", "%d 个岗位没有写职责")
}

// later marks what the year may still bring.
func (g *gaps) later(text string) string {
	if g.period.To < model.Date(fmt.Sprintf("%04d-12-01", g.q.Year)) {
		return text + "(年底前要有)"
	}
	return text
}

func gapsPlans(g *gaps) {
	for _, kind := range []string{"年度工作计划", "争创五好计划", "培训计划", "年终总结"} {
		text := "没有" + kind
		if kind == "年终总结" {
			text = g.later(text)
		}
		g.lacks(7, text, "plan", preset{"kind": kind}, model.Where("kind", model.Eq, kind), g.ofYear())
	}
	g.lacks(18, g.later("没有半年述职的材料"), "plan", preset{"kind": "半年述职"}, model.Where("kind", model.Eq, "半年述职"), g.ofYear())
	g.lacks(18, g.later("没有述职会的记录"), "activity", preset{"kind": "述职"}, append(g.within("held_on"), model.Where("kind", model.Eq, "述职"))...)
}

func gapsLife(g *gaps) {
	for _, kind := range []string{"组织生活会", "民主评议"} {
		if len(g.held(kind, g.period.From, g.period.To)) == 0 {
			g.add(9, Missing{Text: g.later("没有" + kind + "的记录"), Kind: "activity", Preset: preset{"kind": kind}})
		}
	}
	g.without(9, "%d 名党员没有评议结果", "appraisal", "person", nil, g.ofYear())
	g.without(10, "%d 名党员没有谈心谈话的记录", "talk", "person", nil, g.within("held_on")...)
	g.without(16, "%d 名党员没有承诺", "pledge", "person", nil, g.ofYear())
	g.lacks(16, "没有党组织的承诺", "pledge", preset{"organization": g.home.ID}, g.ofYear(), model.Where("organization", model.Filled))
}

// without adds a line for the members of whom there is no record; it leads to that of the
// first, who is gone from it once it is saved.
func (g *gaps) without(no int, text, kind, field string, begin preset, conds ...model.Cond) {
	have := map[string]bool{}
	for _, r := range g.find(kind, conds...) {
		have[r.Str(field)] = true
	}
	first, n := "", 0
	for _, p := range g.people {
		if !have[p.ID] {
			if n++; first == "" {
				first = p.ID
			}
		}
	}
	if n == 0 || g.err != nil {
		return
	}
	if begin == nil {
		begin = preset{}
	}
	begin[field] = first
	g.add(no, Missing{Text: g.later(fmt.Sprintf(text, n)), Kind: kind, Preset: begin})
}

// gapsDues asks for the arrears as the reminders know them, and for what was handed up.
func gapsDues(g *gaps) {
	due, err := g.q.Ledger.Due(g.ctx, g.period.To)
	if err != nil {
		g.err = err
		return
	}
	first, n := "", 0
	for _, d := range due {
		if d.Code == "R-DUE-01" {
			if n++; first == "" {
				first = d.ID
			}
		}
	}
	if n > 0 {
		g.add(11, Missing{Text: fmt.Sprintf("%d 名党员欠交党费", n), Kind: "dues", Preset: preset{"person": first}})
	}
	g.lacks(11, "没有上缴党费的记录", "remittance", nil, g.within("paid_on")...)
}

func gapsLead(g *gaps) {
	g.lacks(17, "没有走访的记录", "visit", nil, g.within("happened_on")...)
	g.lacks(24, g.later("没有五好自评"), "assessment", preset{"level": "自评", "target_code": g.home.Str("code")}, g.ofYear(), model.Where("level", model.Eq, "自评"))
}

// gapsAid names members in hardship whom nobody visited.
func gapsAid(g *gaps) {
	seen := map[string]bool{}
	for _, v := range g.find("visit", g.within("happened_on")...) {
		seen[v.Str("person")] = true
	}
	for _, p := range g.people {
		if p.Bool("hardship") && !seen[p.ID] {
			g.add(17, Missing{Text: g.later("困难党员" + p.Text("name") + "没有走访记录"), Kind: "visit", Preset: preset{"kind": "慰问困难党员", "person": p.ID}})
		}
	}
}

func gapsOpenness(g *gaps) {
	for _, r := range g.records(19, "decision") {
		for _, f := range []struct{ after, field, text string }{
			{"villagers_on", "resolution_shown_on", "决议没有公开"}, {"result", "result_shown_on", "结果没有公开"}} {
			if r.Filled(f.after) && !r.Filled(f.field) {
				g.add(19, Missing{Text: "“" + r.Text("title") + "”" + f.text, Kind: r.Kind.Name, ID: r.ID, Field: f.field})
			}
		}
	}
	if len(g.held("党务公开", g.period.From, g.period.To)) == 0 {
		g.add(20, Missing{Text: "没有党务公开的记录", Kind: "activity", Preset: preset{"kind": "党务公开"}})
	}
}

// mayBeNone are the ledgers of what need not happen in a year.
var mayBeNone = []int{5, 6, 21, 22, 23}

// shelfBegins are what a new record of a ledger begins with, where the kind alone doesn't
// say it.
var shelfBegins = map[int]preset{2: {"body": "党组织"}, 4: nil, 5: {"kind": "外出流动"}, 6: {"kind": "转入"}}

// gapsWhole names the ledgers without any record, but for those of which a line that
// makes one stands there already.
func gapsWhole(g *gaps) {
	for _, l := range g.all {
		said := slices.ContainsFunc(l.Missing, func(m Missing) bool {
			return slices.ContainsFunc(l.Parts, func(p ShelfPart) bool { return p.Kind.Name == m.Kind })
		})
		if l.Count() > 0 || said {
			continue
		}
		text := "一条记录也没有"
		if slices.Contains(mayBeNone, l.No) {
			text += "(确实没有发生的,不用补)"
		}
		kind := l.Parts[0].Kind.Name
		if l.No == 5 {
			kind = membership.MovementKind // members go away by a movement
		}
		begin := preset{}
		for field, v := range shelfBegins[l.No] {
			begin[field] = v
		}
		g.add(l.No, Missing{Text: text, Kind: kind, Preset: begin})
	}
}
