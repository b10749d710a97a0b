package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/vote"
	"taizhang/store/paper/page"
)

// electionPapers go with an election by ballot.
var electionPapers = []*page.Paper{
	{Name: "election-report", Title: "选举结果报告单", Group: "换届选举", Over: page.OverRecord, Kind: "election", Applies: byBallot, Make: electionReport},
	{Name: "election-ballots", Title: "选票", Group: "换届选举", Over: page.OverRecord, Kind: "election", Applies: byBallot, Make: electionBallots},
}

func byBallot(r *model.Record) bool { return !r.Is("kind", "任命") && !r.Is("method", "任命") }

// candidate is one line of an election's votes: 姓名、赞成、不赞成、弃权.
type candidate struct {
	name            string
	yes, no, silent any // int64, or nil where it is not written
}

var votesOf = model.NewPattern(`[0-9]+`)

// candidates reads the lines of the votes; what a line doesn't say stays blank.
func candidates(r *model.Record) []candidate {
	if r == nil {
		return nil
	}
	var all []candidate
	for line := range strings.FieldsFuncSeq(model.HalfWidth(r.Str("votes")), func(c rune) bool { return strings.ContainsRune("\r\n;", c) }) {
		line = strings.TrimSpace(line)
		name := strings.TrimRight(line, " ")
		if i := strings.IndexFunc(line, func(c rune) bool { return strings.ContainsRune(" \t,:、(0123456789", c) }); i >= 0 {
			name = line[:i]
		}
		if name == "" {
			continue
		}
		c := candidate{name: name}
		for i, digits := range votesOf.FindAllString(line, 3) {
			n, err := strconv.ParseInt(digits, 10, 64)
			if err != nil {
				continue
			}
			*[]*any{&c.yes, &c.no, &c.silent}[i] = n
		}
		all = append(all, c)
	}
	return all
}

// electionReport is form M of domain.md §8.9.
func electionReport(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	r := q.Record
	if r == nil && !q.Blank {
		return nil, nil
	}
	name := q.Home()
	if r != nil {
		name = cmp.Or(r.Text("organization"), name)
	}
	number := func(field string) page.Item {
		return page.Item{Value: valueOf(r, field), Weight: 1, Align: page.Centre, Format: page.Number}
	}
	labels := func(words ...string) page.FormRow {
		row := page.FormRow{}
		for _, w := range words {
			row.Items = append(row.Items, page.Label(w, 1))
		}
		return row
	}
	head := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("党组织", 1), page.Blank(name, 3), page.Label("选举日期", 1), {Value: date(r, "held_on"), Weight: 1, Format: page.Date}}},
		{Items: []page.Item{page.Label("选举类别", 1), page.Blank(textAt(r, "kind"), 1), page.Label("选举方式", 1), page.Blank(textAt(r, "method"), 1), page.Label("届次", 1), number("term_no")}},
		labels("应到会有选举权的党员", "实到会", "发出选票", "收回选票", "有效票", "无效票"),
		{Items: []page.Item{number("eligible"), number("attended"), number("ballots_issued"), number("ballots_returned"), number("ballots_valid"), {Value: invalid(r), Weight: 1, Align: page.Centre, Format: page.Number}}},
	}}
	t := &page.Table{Columns: []page.Column{page.Serial(), page.Head("候选人", 10), {Heading: []string{"得票", "赞成"}, Format: page.Number, Min: 8, Align: page.Centre}, {Heading: []string{"得票", "不赞成"}, Format: page.Number, Min: 8, Align: page.Centre},
		{Heading: []string{"得票", "弃权"}, Format: page.Number, Min: 8, Align: page.Centre}, {Heading: []string{"是否当选"}, Min: 12, Align: page.Centre}, page.Head("备注", 12)}, Tall: 22}
	elected, err := electedNames(q, r)
	if err != nil {
		return nil, err
	}
	for i, c := range candidates(r) {
		t.Rows = append(t.Rows, []any{int64(i + 1), c.name, c.yes, c.no, c.silent, elected[c.name], nil})
	}
	if q.Blank || len(t.Rows) == 0 {
		t.Empty = 8
	}
	foot := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("应选名额", 1), number("seats"), page.Label("当选书记", 1), page.Blank(textAt(r, "secretary"), 1), page.Label("当选人数", 1), {Value: electedCount(r), Weight: 1, Align: page.Centre, Format: page.Number}}},
		page.Long("当选委员", textAt(r, "elected"), 28),
	}}
	blocks := []page.Block{head, page.Lines{Text: []string{""}, Size: 4}, t, page.Lines{Text: []string{""}, Size: 4}, foot}
	if says := electionSays(q, r); len(says) > 0 {
		blocks = append(blocks, page.Lines{Text: says, Size: page.MinSize, Space: 4})
	}
	blocks = append(blocks, page.Lines{Text: []string{
		"监票人(签字):" + textAt(r, "scrutineers") + "                              计票人(签字):" + textAt(r, "tellers"), "",
		"会议主持人(签字):                                        日期:      年    月    日"}, Space: 12})
	return []page.Sheet{{Name: "选举结果报告单", Title: "选举结果报告单", Left: numberText(r, "批复文号:", "reply_no"), Right: numberText(r, "报批文号:", "reported_no"), Blocks: blocks}}, nil
}

func numberText(r *model.Record, label, field string) string {
	if v := textAt(r, field); v != "" {
		return label + v
	}
	return ""
}

func invalid(r *model.Record) any {
	if r == nil || !r.Filled("ballots_returned") || !r.Filled("ballots_valid") {
		return nil
	}
	return r.Int("ballots_returned") - r.Int("ballots_valid")
}

func electedCount(r *model.Record) any {
	if r == nil || !r.Filled("elected") && !r.Filled("secretary") {
		return nil
	}
	ids := r.List("elected")
	if s := r.Str("secretary"); s != "" && !slices.Contains(ids, s) {
		ids = append(slices.Clone(ids), s)
	}
	return int64(len(ids))
}

// electedNames gives what those were elected as, by name; the others of an election
// whose result is on file were not.
func electedNames(q *page.Request, r *model.Record) (map[string]string, error) {
	as := map[string]string{}
	if r == nil || !r.Filled("elected") && !r.Filled("secretary") {
		return as, nil
	}
	for _, c := range candidates(r) {
		as[c.name] = "未当选"
	}
	for i, id := range append([]string{r.Str("secretary")}, r.List("elected")...) {
		p, err := q.Env.Look.Get("person", id)
		if err != nil {
			return nil, err
		}
		switch {
		case p == nil:
		case i == 0:
			as[p.Str("name")] = "当选(书记)"
		case as[p.Str("name")] != "当选(书记)":
			as[p.Str("name")] = "当选"
		}
	}
	return as, nil
}

// electionSays holds the numbers to the rules of domain.md §3.6, in words that a report
// may carry.
func electionSays(q *page.Request, r *model.Record) []string {
	if r == nil {
		return nil
	}
	var says []string
	on := r.Date("held_on")
	if due, came := r.Int("eligible"), r.Int("attended"); r.Filled("eligible") && r.Filled("attended") && due > 0 {
		l := q.Env.Packs.Limit("election.quorum", on)
		word := "符合"
		if !vote.ElectionQuorum(q.Env.Packs, on, due, came) {
			word = "不符合"
		}
		says = append(says, fmt.Sprintf("实到会 %d 人,应到会 %d 人,%s到会不少于应到会 %d/%d 的规定。", came, due, word, l.Value, max(l.Per, 1)))
	}
	if r.Filled("ballots_issued") && r.Filled("ballots_returned") {
		word := "收回的选票不多于发出的选票,选举有效。"
		if !vote.BallotsValid(r.Int("ballots_issued"), r.Int("ballots_returned")) {
			word = "收回的选票多于发出的选票,选举无效,应重新选举。"
		}
		says = append(says, word)
	}
	return says
}

// electionBallots are the slips with the candidates, as many as are issued.
func electionBallots(_ context.Context, q *page.Request) ([]page.Sheet, error) {
	r := q.Record
	if r == nil && !q.Blank {
		return nil, nil
	}
	names, seats, n := []string{}, int64(0), 6
	home := q.Home()
	if r != nil {
		home = cmp.Or(r.Text("organization"), home)
		seats = r.Int("seats")
		for _, c := range candidates(r) {
			names = append(names, c.name)
		}
		if n = int(cmp.Or(r.Int("ballots_issued"), r.Int("attended"), r.Int("eligible"))); n == 0 {
			var err error
			if n, err = voters(q, r); err != nil {
				return nil, err
			}
		}
	}
	need := int(vote.CandidatesNeeded(q.Env.Packs, q.Day, max(seats, 3)))
	for len(names) == 0 || r == nil && len(names) < 6 || len(candidates(r)) == 0 && len(names) < need {
		names = append(names, "")
	}
	return []page.Sheet{{Name: "选票", Blocks: slips(electionBallot(home, seats, names), n)}}, nil
}

// electionBallot is one slip: rows for the candidates in their order, two for others.
func electionBallot(home string, seats int64, names []string) []page.Block {
	f := &page.Form{Rows: []page.FormRow{{Tall: 20, Items: []page.Item{page.Label("候选人", 3), page.Label("赞成", 1.4), page.Label("不赞成", 1.4), page.Label("弃权", 1.4), page.Label("另选他人", 3)}}}}
	for _, name := range names {
		f.Rows = append(f.Rows, page.FormRow{Tall: 20, Items: []page.Item{{Value: name, Weight: 3, Align: page.Centre}, page.Blank(nil, 1.4), page.Blank(nil, 1.4), page.Blank(nil, 1.4), page.Blank(nil, 3)}})
	}
	rule := "说明:同意的在“赞成”栏画“○”,不同意的在“不赞成”栏画“○”,不画的为弃权;另选他人的把姓名写在“另选他人”栏。"
	if seats > 0 {
		rule += fmt.Sprintf("应选 %d 名,所选人数等于或少于 %d 名的有效,多于的无效。", seats, seats)
	}
	return []page.Block{
		page.Lines{Text: []string{"选  票"}, Align: page.Centre, Size: 16, Bold: true},
		page.Lines{Text: []string{home}, Align: page.Centre}, f,
		page.Lines{Text: []string{rule + "加盖党组织印章后有效。"}, Size: page.MinSize},
	}
}
