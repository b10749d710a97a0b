package paper

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// shelfPapers are 迎检成册, the 24 ledgers of a year as one set (domain.md §8.10), and
// the list of what they lack.
var shelfPapers = []*page.Paper{
	{Name: "shelf", Title: "迎检成册", Group: "迎检与交接", Over: page.OverYear, Whole: true, Make: shelfSet},
	{Name: "shelf-missing", Title: "迎检缺项清单", Group: "迎检与交接", Over: page.OverYear, Make: shelfMissing},
}

// init adds the papers that are made of others, which All can't name where it is
// declared, and behind them the lists of every kind.
func init() { All = slices.Concat(All, shelfPapers, handoverPapers, generalLists) }

// ShelfLedger is one of the 24 as it stands in a year.
type ShelfLedger struct {
	No      int
	Title   string
	Parts   []ShelfPart // what answers it, in the order of count.Shelf
	Missing []Missing
}

// ShelfPart are the records of one kind that answer a ledger.
type ShelfPart struct {
	Kind    *model.Kind
	Records []*model.Record // the earliest first where they have a day
}

// Count is how many records a ledger has.
func (l *ShelfLedger) Count() int {
	n := 0
	for _, p := range l.Parts {
		n += len(p.Records)
	}
	return n
}

// Name is the ledger's number and title: 08 组织生活记录.
func (l *ShelfLedger) Name() string { return fmt.Sprintf("%02d %s", l.No, l.Title) }

// ReadShelf gives the 24 ledgers of the year of a request, with what each lacks.
// *model.Error E-MONTH for a year to come.
func ReadShelf(ctx context.Context, q *page.Request) ([]*ShelfLedger, error) {
	home := q.Ledger.Home()
	if home == nil {
		return nil, nil
	}
	period, err := count.YearPeriod(q.Ledger, q.Year)
	if err != nil {
		return nil, err
	}
	found, err := count.ReadShelf(ctx, q.Ledger, period, home.ID)
	if err != nil {
		return nil, err
	}
	var all []*ShelfLedger
	for _, f := range found {
		if n := len(all); n == 0 || all[n-1].No != f.No {
			all = append(all, &ShelfLedger{No: f.No, Title: f.Title})
		}
		part, err := readPart(ctx, q, f, home.ID)
		if err != nil {
			return nil, err
		}
		l := all[len(all)-1]
		l.Parts = append(l.Parts, part)
	}
	return all, findMissing(ctx, q, period, all)
}

// readPart reads the records that count found.
func readPart(ctx context.Context, q *page.Request, f count.OnShelf, home string) (ShelfPart, error) {
	k := q.Ledger.Kinds().Kind(f.Kind)
	part := ShelfPart{Kind: k}
	if len(f.IDs) == 0 {
		return part, nil
	}
	sort := k.Sort
	if day := dayField(k); day != "" {
		sort = []string{day}
	}
	err := q.Ledger.Each(ctx, store.Query{Kind: k.Name, Sort: sort, Conds: []model.Cond{model.Where("org_id", model.Eq, home)}}, func(r *model.Record) error {
		if _, on := slices.BinarySearch(f.IDs, r.ID); on {
			part.Records = append(part.Records, r)
		}
		return nil
	})
	return part, err
}

// dayField is the date or month by which a kind's records are in order; "" for those that
// are no events.
func dayField(k *model.Kind) string {
	for _, s := range k.Sort {
		name := strings.TrimPrefix(s, "-")
		if f := k.Field(name); f != nil && (f.Type == model.TypeDate || f.Type == model.TypeMonth) {
			return name
		}
	}
	for _, f := range k.Fields() {
		if f.Type == model.TypeDate && f.Required {
			return f.Name
		}
	}
	return ""
}

// shelfForms name the papers made for a ledger's part, by its number and kind: each in
// place of the general list. beside are those of single records, which follow the list.
var (
	shelfForms = map[string][]string{
		"3 person": {"roster"}, "4 admission": {"admission-schedule"}, "5 person": {"away-out", "away-in"},
		"9 appraisal": {"appraisal-summary"}, "10 talk": {"talk-year"}, "11 dues": {"dues-year"}, "12 training": {"trainings"},
		"17 pairing": {"pairings"}, "17 visit": {"visits"}, "22 honor": {"honors"}, "23 undertaking": {"undertakings"}, "24 assessment": {"five-good"},
	}
	shelfBeside = map[string]string{"21 election": "election-report"} // a year's hundred meetings, each with its roll, are printed by themselves
)

// dayOnly papers speak of now: of an earlier year they would say what was not so then.
func dayOnly(p *page.Paper, q *page.Request) bool {
	return p.Over == page.OverDay && q.Day < q.Ledger.Source().Today()
}

// shelfSet makes the whole set: cover, contents, what is missing, and the ledgers.
func shelfSet(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Blank {
		return nil, model.Errorf("E-PAPER-BLANK", "迎检成册是由各本台账组成的,没有空白表;要空白表,请到那一种记录的表里打印")
	}
	all, err := ReadShelf(ctx, q)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var body []page.Sheet
	tabs := map[int]string{}
	for _, l := range all {
		sheets, err := ledgerSheets(ctx, q, l)
		if err != nil {
			return nil, err
		}
		tabs[l.No] = sheets[0].Name
		if n := len(sheets); n > 1 {
			tabs[l.No] += fmt.Sprintf(" 等 %d 张", n)
		}
		body = append(body, sheets...)
	}
	return slices.Concat([]page.Sheet{shelfCover(q, all), shelfContents(q, all, tabs), missingSheet(q, all)}, body), nil
}

func shelfMissing(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Blank {
		return nil, model.Errorf("E-PAPER-BLANK", "缺项清单是从台账里查出来的,没有空白表")
	}
	all, err := ReadShelf(ctx, q)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return []page.Sheet{missingSheet(q, all)}, nil
}

// ledgerSheets makes the tabs of one ledger, numbered: 08 组织生活记录, 08-2, 08-3 ….
func ledgerSheets(ctx context.Context, q *page.Request, l *ShelfLedger) ([]page.Sheet, error) {
	var sheets []page.Sheet
	for _, part := range l.Parts {
		if len(part.Records) == 0 {
			continue
		}
		more, err := partSheets(ctx, q, l, part)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, more...)
	}
	if len(sheets) == 0 {
		none := page.Lines{Text: []string{fmt.Sprintf("%d年度没有这一类记录。", q.Year)}}
		sheets = append(sheets, listSheet(q, l.Title, none, listOf(q, l.Parts[0].Kind, nil)))
	}
	for i := range sheets {
		s := &sheets[i]
		s.Name = l.Name()
		if i > 0 {
			s.Name = fmt.Sprintf("%02d-%d", l.No, i+1)
		}
		s.Title = fmt.Sprintf("%d. %s", l.No, s.Title)
	}
	return sheets, nil
}

// partSheets makes the papers of a ledger's part: those made for it, where they are and
// say something, else the general list.
func partSheets(ctx context.Context, q *page.Request, l *ShelfLedger, part ShelfPart) ([]page.Sheet, error) {
	key := fmt.Sprintf("%d %s", l.No, part.Kind.Name)
	var sheets []page.Sheet
	for _, name := range shelfForms[key] {
		p := Find(name)
		if p == nil || dayOnly(p, q) {
			continue
		}
		more, err := sheetsOf(ctx, q, p, nil)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, more...)
	}
	if part.Kind.Name == "organization" {
		s := page.Sheet{Title: l.Title, Left: "党组织:" + q.Home(), Right: q.Day.Chinese()}
		for _, r := range part.Records {
			s.Blocks = append(s.Blocks, recordForm(q, r))
		}
		sheets = append(sheets, s)
	}
	if len(sheets) == 0 {
		sheets = append(sheets, listSheet(q, partTitle(l, part), listOf(masked(q), part.Kind, part.Records)))
	}
	p := Find(shelfBeside[key])
	if p == nil {
		return sheets, nil
	}
	for _, r := range part.Records {
		if p.Applies != nil && !p.Applies(r) {
			continue
		}
		more, err := sheetsOf(ctx, q, p, r)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, more...)
	}
	return sheets, nil
}

// masked is the request without whole numbers: general lists on the shelf need none.
func masked(q *page.Request) *page.Request {
	m := *q
	m.Whole = false
	return &m
}

// sheetsOf makes another paper of the same year; nothing where it has nothing to say.
func sheetsOf(ctx context.Context, q *page.Request, p *page.Paper, r *model.Record) ([]page.Sheet, error) {
	of := *q
	of.Record, of.Records = r, nil
	of.Whole = q.Whole && p.Whole && !p.Posting
	sheets, err := p.Make(ctx, &of)
	var known *model.Error
	if errors.As(err, &known) {
		return nil, nil
	}
	return sheets, err
}

func partTitle(l *ShelfLedger, part ShelfPart) string {
	if len(l.Parts) == 1 || strings.Contains(l.Title, part.Kind.Title) {
		return l.Title
	}
	return l.Title + "(" + part.Kind.Title + ")"
}

// kept counts the ledgers with a record, as G01 does.
func kept(all []*ShelfLedger) int {
	n := 0
	for _, l := range all {
		if l.Count() > 0 {
			n++
		}
	}
	return n
}

// State says how complete the ledgers are: 应有 24 本,已有 22 本(91.7%).
func State(all []*ShelfLedger) string {
	n := kept(all)
	return fmt.Sprintf("应有 %d 本,已有 %d 本(%.1f%%)", len(all), n, float64(n)*100/float64(max(len(all), 1)))
}

func shelfCover(q *page.Request, all []*ShelfLedger) page.Sheet {
	line := func(size, space float64, text ...string) page.Lines {
		return page.Lines{Text: text, Size: size, Bold: true, Align: page.Centre, Space: space}
	}
	return page.Sheet{Name: "封面", Blocks: []page.Block{
		line(22, 130, q.Home()), line(30, 40, fmt.Sprintf("%d年度基层党建台账", q.Year)), line(18, 16, "(迎 检 成 册)"),
		line(14, 190, State(all)), line(14, 6, "编 制 人:________________", "审 核 人:________________"), line(14, 20, q.Day.Chinese())}}
}

func shelfContents(q *page.Request, all []*ShelfLedger, tabs map[int]string) page.Sheet {
	t := &page.Table{Tall: 23, Columns: []page.Column{{Heading: []string{"编号"}, Align: page.Centre, Min: 4}, page.Head("台账", 20),
		{Heading: []string{"记录(条)"}, Format: page.Number, Align: page.Centre, Sum: true, Min: 8}, page.Head("工作表", 24), page.Head("情况", 14)}, Total: "合计"}
	for _, l := range all {
		state := "齐"
		switch {
		case l.Count() == 0:
			state = "没有记录"
		case len(l.Missing) > 0:
			state = fmt.Sprintf("有 %d 处要补", len(l.Missing))
		}
		t.Rows = append(t.Rows, []any{fmt.Sprint(l.No), l.Title, int64(l.Count()), tabs[l.No], state})
	}
	return page.Sheet{Name: "目录", Title: "目录", Left: "党组织:" + q.Home(), Right: fmt.Sprintf("%d年度", q.Year),
		Blocks: []page.Block{t, page.Lines{Text: []string{State(all) + "。一条记录可以归入几本台账,各本分别计数。"}, Size: page.MinSize, Space: 4}}}
}

// missingSheet lists what the ledgers lack, with the form that fills it.
func missingSheet(q *page.Request, all []*ShelfLedger) page.Sheet {
	t := &page.Table{Tall: 20, Columns: []page.Column{page.Serial(), page.Head("台账", 16), {Heading: []string{"缺什么"}, Min: 24, Max: 44},
		page.Head("在哪里补", 12), page.Head("补齐日期", 10)}}
	for _, l := range all {
		for _, m := range l.Missing {
			t.Rows = append(t.Rows, []any{int64(len(t.Rows) + 1), l.Name(), m.Text, q.Ledger.Kinds().Kind(m.Kind).Title, nil})
		}
	}
	s := page.Sheet{Name: "缺项清单", Title: "迎检缺项清单", Left: "党组织:" + q.Home(), Right: fmt.Sprintf("%d年度", q.Year), Blocks: []page.Block{t}}
	if len(t.Rows) == 0 {
		s.Blocks = []page.Block{page.Lines{Text: []string{"24 本台账都有记录,没有查出缺项。"}, Space: 8}}
	}
	return s
}
