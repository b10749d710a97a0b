package yearbook

import (
	"cmp"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// reviewed is one thing that table 8 counts: a branch, a person or a disposition, with the
// rows that it belongs into.
type reviewed struct {
	rows   map[int]answer // by number, from 1
	domain string
	prior  bool // begun in the year before, ended in this one
}

// reviewing gathers what table 8 counts.
type reviewing struct {
	b        *book
	branches map[string]*branchReview
	joined   map[string]map[string]bool // who came to a branch's review
	graded   map[string]*model.Record   // by person: what ended in the span
	honoured map[string]bool
}

// branchReview is a branch that reviewed its members in the span.
type branchReview struct {
	o       *model.Record
	current bool // something of it is of the span's own year
}

const reviewKind = "民主评议"

// reviews is table 8 (domain.md §8.3). A review counts in the span in which its result is
// dated; one without a date in its own year. What was brought along by one who came from
// another organisation is its.
func (b *book) reviews() ([]page.Block, error) {
	w, err := b.readReviews()
	if err != nil {
		return nil, err
	}
	items, err := w.items()
	if err != nil {
		return nil, err
	}
	rows := make([]class[*reviewed], 0, 12)
	for i, l := range []line{{"开展评议的支部", 0}, {"结束评议的支部", 1}, {"参加评议的党员", 0}, {"结束评议的党员", 1}, {"表彰党员", 0}, {"被评定为“不合格党员”", 0},
		{"组织处置情况:合计", 0}, {"限期改正", 1}, {"劝退", 1}, {"劝而不退除名", 1}, {"自行脱党除名", 1}, {"限期改正期满仍无转变予以劝退以及劝而不退除名", 0}} {
		rows = append(rows, class[*reviewed]{label: l.label, deep: l.deep, is: func(r *reviewed) answer { return r.rows[i+1] }})
	}
	columns := []class[*reviewed]{{above: []string{"总数"}, label: "总数", is: all[*reviewed]}, {above: []string{"其中"}, label: "上年开展本年结束评议", is: func(r *reviewed) answer { return when(r.prior) }}}
	domains := []struct {
		label string
		of    []string
	}{{"建制村", []string{villages}}, {"社区(居委会)", []string{"社区"}}, {"机关", []string{"机关", townships}}, {"事业单位", []string{"事业单位"}}, {"公有经济控制企业", []string{"国有企业"}},
		{"非公有经济控制企业", []string{"非公企业"}}, {"社会组织", []string{"社会组织", "专业协会"}}, {"其他", []string{"园区", "产业链", "行业", ""}}}
	for _, d := range domains {
		columns = append(columns, class[*reviewed]{label: d.label, is: func(r *reviewed) answer { return when(slices.Contains(d.of, r.domain)) }})
	}
	g := cross("项目", items, rows, columns)
	return b.blocks(g, 24, []string{"补充资料:本年民主评议党员中,发现党员违反党的纪律线索,通报纪检机关查实开除党籍的____名,给予其他党的纪律处分的____名(台账不记线索来自评议,留空)。"},
		check(g, rowHolds(1, 2), rowHolds(3, 4), rowIs(7, 8, 9, 10, 11), columnIs(1, to(3, 10)...), columnHolds(1, 2)), w.notes(items)), nil
}

func (b *book) readReviews() (*reviewing, error) {
	w := &reviewing{b: b, branches: map[string]*branchReview{}, joined: map[string]map[string]bool{}, graded: map[string]*model.Record{}, honoured: map[string]bool{}}
	everyone, err := b.everyone()
	if err != nil {
		return nil, err
	}
	by := map[string]*person{}
	for _, p := range everyone {
		by[p.r.ID] = p
	}
	held, err := b.heldReviews()
	if err != nil {
		return nil, err
	}
	for _, a := range held {
		at := b.branch(b.orgs[a.Str("held_by")], b.homes[a.OrgID])
		w.began(at, true)
		for _, m := range a.Roll("attendance") {
			if m.State == "到会" {
				w.came(at, by[m.Target])
			}
		}
		for _, id := range a.List("made_up") {
			w.came(at, by[id])
		}
	}
	grades, err := b.find("appraisal", model.Where("year", model.In, fmt.Sprint(b.year-1), fmt.Sprint(b.year)))
	if err != nil {
		return nil, err
	}
	for _, r := range grades {
		year, held, p := int(r.Int("year")), r.Date("held_on"), by[r.Str("person")]
		if p == nil || held != "" && !b.in(held) || held == "" && year != b.year || p.broughtAlong(cmp.Or(held, model.Date(fmt.Sprintf("%04d-01-01", year)))) {
			continue
		}
		if had := w.graded[p.r.ID]; had == nil || had.Int("year") < r.Int("year") {
			w.graded[p.r.ID] = r
		}
		w.began(b.branchOf(p), year == b.year)
		w.came(b.branchOf(p), p)
	}
	honours, err := b.find("honor", model.Where("person", model.Filled), model.Where("granted_on", model.Ge, string(b.from)), model.Where("granted_on", model.Le, string(b.to)),
		model.Where("kind", model.In, "优秀共产党员", "优秀党务工作者"))
	for _, r := range honours {
		w.honoured[r.Str("person")] = true
	}
	return w, err
}

// heldReviews gives the activities of the span that are a review, or count as one.
func (b *book) heldReviews() ([]*model.Record, error) {
	var all []*model.Record
	for _, is := range []model.Cond{model.Where("kind", model.Eq, reviewKind), model.Where("counts_as", model.Contains, reviewKind)} {
		found, err := b.q.Env.Look.Find("activity", is, model.Where("held_on", model.Ge, string(b.from)), model.Where("held_on", model.Le, string(b.to)))
		if err != nil {
			return nil, fmt.Errorf("statistics: %w", err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func (w *reviewing) began(o *model.Record, current bool) {
	if o == nil {
		return
	}
	r := w.branches[o.ID]
	if r == nil {
		r = &branchReview{o: o}
		w.branches[o.ID] = r
	}
	r.current = r.current || current
}

func (w *reviewing) came(o *model.Record, p *person) {
	if o == nil || p == nil || len(p.stays) == 0 {
		return
	}
	if w.joined[o.ID] == nil {
		w.joined[o.ID] = map[string]bool{}
	}
	w.joined[o.ID][p.r.ID] = true
}

// items makes what was gathered into what is counted.
func (w *reviewing) items() ([]*reviewed, error) {
	var items []*reviewed
	came := map[string]bool{}
	for id, r := range w.branches {
		ended := len(w.joined[id]) > 0
		for person := range w.joined[id] {
			came[person] = true
			ended = ended && w.graded[person] != nil
		}
		// A committee or general branch without its branches on file: how many, nobody knows.
		is := yes
		if r.o.Is("kind", "党委", "党总支") {
			is = unclear
		}
		items = append(items, &reviewed{rows: map[int]answer{1: is, 2: both(is, when(ended))}, domain: r.o.Str("domain"), prior: !r.current})
	}
	everyone, err := w.b.everyone()
	if err != nil {
		return nil, err
	}
	for _, p := range everyone {
		grade, domain := w.graded[p.r.ID], ""
		if at := w.b.branchOf(p); at != nil {
			domain = at.Str("domain")
		}
		one := &reviewed{rows: map[int]answer{3: when(came[p.r.ID]), 4: when(grade != nil), 5: when(w.honoured[p.r.ID] && len(p.stays) > 0)},
			domain: domain, prior: grade != nil && int(grade.Int("year")) < w.b.year}
		if grade != nil {
			one.rows[6] = when(grade.Is("grade", "不合格"))
		}
		items = append(items, one)
		items = append(items, w.dispositions(p, one)...)
	}
	return items, nil
}

// dispositions are what was decided of a person in the span (domain.md §6.3).
func (w *reviewing) dispositions(p *person, one *reviewed) []*reviewed {
	rows := map[string]int{"限期改正": 8, "劝其退党": 9, "其他除名": 10, "自行脱党除名": 11}
	var found []*reviewed
	for _, m := range p.moves {
		n, is := rows[m.Str("kind")]
		if !is || !w.b.in(m.Date("happened_on")) || p.broughtAlong(m.Date("happened_on")) {
			continue
		}
		d := &reviewed{rows: map[int]answer{7: yes, n: yes}, domain: one.domain, prior: one.prior}
		if n == 9 || n == 10 {
			given := p.last(m.Date("happened_on"), "限期改正")
			d.rows[12] = when(given != nil && given.Date("until") != "" && given.Date("until") <= m.Date("happened_on"))
		}
		found = append(found, d)
	}
	return found
}

func (w *reviewing) notes(items []*reviewed) []string {
	var lines []string
	above, removed, towns := 0, 0, 0
	for _, r := range w.branches {
		above += model.OneIf(r.o.Is("kind", "党委", "党总支"))
	}
	for _, r := range items {
		removed += model.OneIf(r.rows[10] == yes)
		towns += model.OneIf(r.domain == townships && len(r.rows) > 0 && (r.rows[1] != no || r.rows[3] == yes))
	}
	if above > 0 {
		lines = append(lines, fmt.Sprintf("有 %d 个党委、党总支没有登记下属支部,开展、结束评议的支部是几个说不出,所在的格留空。", above))
	}
	if removed > 0 {
		lines = append(lines, fmt.Sprintf("劝而不退除名按变动“其他除名”计(%d 人),其中属于别的除名的请减去。", removed))
	}
	if towns > 0 {
		lines = append(lines, "领域为乡镇的列在机关栏。")
	}
	return append(lines, "评议按评定日期计入本期,没有写日期的按年度;表彰是本期授予的优秀共产党员、优秀党务工作者。")
}
