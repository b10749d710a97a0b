package party

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// ElectionStep is one step of an election as the regulations have it (domain.md §3.5),
// with what the record book holds of it.
type ElectionStep struct {
	Name   string
	On     string // the day, or days; "" where none is on file
	No     string // the document's number
	Holds  string // what else is on file: votes, names
	Lacks  string // what is missing, one line in Chinese; "" where nothing is
	Field  string // of the election, where it is filled in; "" where it stands elsewhere
	Needed bool   // the step belongs to this kind of election; others are only shown when on file
}

// Done tells that something of the step is on file and nothing is missing.
func (s ElectionStep) Done() bool { return s.Lacks == "" && s.On+s.No+s.Holds != "" }

// ElectionSteps gives the steps of an election in their order, those that its method asks
// for. The day of a document is that of the paper of this number in 文件收发. Errors are
// faults of reading.
func ElectionSteps(env *model.Env, r *model.Record) ([]ElectionStep, error) {
	w := &electionWalk{env: env, r: r, ballot: !r.Is("method", "任命") && !r.Is("kind", "任命")}
	w.prepared()
	w.voted()
	w.concluded()
	if w.err != nil {
		return nil, w.err
	}
	return slices.DeleteFunc(w.steps, func(s ElectionStep) bool { return !s.Needed && s.On+s.No+s.Holds == "" }), nil
}

// electionWalk collects the steps; the first fault of reading ends it.
type electionWalk struct {
	env    *model.Env
	r      *model.Record
	ballot bool
	steps  []ElectionStep
	err    error
}

func (w *electionWalk) add(s ElectionStep) { w.steps = append(w.steps, s) }

// paper is a step that is a document: its number, and the day from 文件收发.
func (w *electionWalk) paper(name, field, lacks string, needed bool) {
	s := ElectionStep{Name: name, Field: field, No: w.r.Str(field), Needed: needed}
	switch {
	case s.No == "" && needed:
		s.Lacks = lacks
	case s.No != "":
		found, err := w.env.Look.Find("circular", model.Where("document_no", model.Eq, s.No))
		if err != nil && w.err == nil {
			w.err = err
		}
		if len(found) > 0 {
			s.On = found[0].Str("happened_on")
		}
	}
	w.add(s)
}

func (w *electionWalk) prepared() {
	r := w.r
	w.paper("向上级党委请示", "request_no", "请示文号没有填", true)
	w.paper("上级党委批复", "reply_no", "批复文号没有填", true)
	if openlyRecommended(r) {
		s := ElectionStep{Name: "推荐提名候选人", Field: "recommended_members", Needed: true}
		var held, lacks []string
		for _, part := range [][2]string{{"recommended_members", "党员推荐"}, {"recommended_masses", "群众推荐"}} {
			if r.Filled(part[0]) {
				held = append(held, fmt.Sprintf("%s %d 票", part[1], r.Int(part[0])))
			} else {
				lacks = append(lacks, part[1]+"票数")
			}
		}
		s.Holds = strings.Join(held, ",")
		if len(lacks) > 0 {
			s.Lacks = strings.Join(lacks, "、") + "没有填"
		}
		w.add(s)
	}
	w.day("候选人资格审查", "screened_on", "资格审查日期没有填", w.ballot)
	notice := ElectionStep{Name: "候选人公示", Field: "notice_from", Needed: w.ballot}
	switch from, to := r.Str("notice_from"), r.Str("notice_to"); {
	case from != "" && to != "":
		notice.On = from + " 至 " + to
	case from != "":
		notice.On, notice.Lacks, notice.Field = from, "公示止没有填", "notice_to"
	case w.ballot:
		notice.Lacks = "公示日期没有填"
	}
	w.add(notice)
}

func (w *electionWalk) day(name, field, lacks string, needed bool) {
	s := ElectionStep{Name: name, Field: field, On: w.r.Str(field), Needed: needed}
	if s.On == "" && needed {
		s.Lacks = lacks
	}
	w.add(s)
}

// voted is the meeting with its ballot. The first meeting of the new committee that
// elects its secretary leaves no record of its own: its result stands under 结果.
func (w *electionWalk) voted() {
	r := w.r
	s := ElectionStep{Name: "选举大会", Field: "held_on", On: r.Str("held_on"), Needed: true}
	if !w.ballot {
		s.Name = "任命"
		w.add(s)
		return
	}
	var lacks []string
	lack := func(field string) {
		if !r.Filled(field) {
			lacks = append(lacks, r.Kind.MustField(field).Label)
			if len(lacks) == 1 {
				s.Field = field
			}
		}
	}
	for _, field := range []string{"eligible", "attended", "ballots_issued", "ballots_returned", "ballots_valid", "seats", "votes", "scrutineers", "tellers"} {
		lack(field)
	}
	if r.Filled("eligible") && r.Filled("attended") {
		s.Holds = fmt.Sprintf("应到 %d,实到 %d", r.Int("eligible"), r.Int("attended"))
	}
	if r.Filled("ballots_issued") && r.Filled("ballots_returned") && r.Filled("ballots_valid") {
		s.Holds += fmt.Sprintf(";发票 %d,收回 %d,有效 %d", r.Int("ballots_issued"), r.Int("ballots_returned"), r.Int("ballots_valid"))
	}
	s.Holds = strings.TrimPrefix(s.Holds, ";")
	if len(lacks) > 0 {
		s.Lacks = strings.Join(lacks, "、") + "没有填"
	}
	w.add(s)
}

// concluded is what comes after the meeting: who was elected, the report, the positions
// and the new term.
func (w *electionWalk) concluded() {
	r := w.r
	s := ElectionStep{Name: "当选结果", Field: "secretary", Needed: true}
	var held []string
	if r.Filled("secretary") {
		held = append(held, "书记 "+r.Name(r.Str("secretary")))
	}
	if r.Filled("elected") {
		held = append(held, "委员 "+r.Text("elected"))
	}
	s.Holds = strings.Join(held, ";")
	switch {
	case !r.Filled("secretary") && !r.Filled("elected"):
		s.Lacks = "当选书记、当选委员没有填"
	case !r.Filled("secretary") && r.Is("kind", "换届"):
		s.Lacks = "当选书记没有填"
	}
	w.add(s)
	w.paper("选举结果报批", "reported_no", "结果报批文号没有填", true)
	w.followed()
	if r.Is("kind", "换届") {
		w.day("下届到期", "next_due_on", "下届到期没有填", true)
	}
}

// followed is what saving offers to write: whatever of it has not been done is missing.
func (w *electionWalk) followed() {
	offers, err := offerElection(w.env, nil, w.r)
	if err != nil {
		if w.err == nil {
			w.err = err
		}
		return
	}
	if w.r.Str("secretary")+strings.Join(w.r.List("elected"), "") == "" {
		return
	}
	s := ElectionStep{Name: "任职和本届起始", Needed: true, Holds: "已经登记"}
	if len(offers) > 0 {
		s.Holds, s.Lacks = "", fmt.Sprintf("还有 %d 项没有登记:打开表单按 F2 保存,会列出来一起办", len(offers))
	}
	w.add(s)
}
