package paper

import (
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
)

// handoverPapers are what an outgoing secretary gives the new one.
var handoverPapers = []*page.Paper{
	{Name: "handover", Title: "台账交接清单", Group: "迎检与交接", Over: page.OverDay, Make: handoverList},
}

// handover gathers what is handed over.
type handover struct {
	ctx context.Context
	q   *page.Request
}

// item is a row of the list: what it is, what is said of it, how much, and a day (a
// time.Time or nil).
type item struct {
	what, text, amount string
	day                any
	plain              bool // without a number: a sum, 没有
}

// own asks for records of the book that is handed over: a county's ledger holds those of
// its villages too.
func (h *handover) own(kind string, conds ...model.Cond) store.Query {
	if home := h.q.Ledger.Home(); home != nil {
		conds = append(conds, model.Where("org_id", model.Eq, home.ID))
	}
	return store.Query{Kind: kind, Conds: conds}
}

// handoverList says what is on file, the dues in hand, what is open, where things are,
// what was sent, and what the two have to change; three sign it. All stands in one table,
// whose headings come again on every page.
func handoverList(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	h := &handover{ctx, q}
	t := &page.Table{Columns: []page.Column{page.Serial(), {Heading: []string{"项目"}, Min: 14, Max: 22}, {Heading: []string{"内容"}, Min: 34, Max: 48},
		{Heading: []string{"数量、情况"}, Align: page.Centre, Min: 12, Max: 16}, {Heading: []string{"日期、期限"}, Format: page.Date, Min: 10}, page.Head("点清", 6)}}
	for _, part := range []struct {
		title string
		make  func() ([]item, error)
	}{
		{"一、台账里登记的记录", h.onFile}, {"二、党费(按缴纳和上缴的日期算)", h.dues}, {"三、要办的事", h.due}, {"四、发展党员的进度", h.admissions},
		{"五、没有回执的组织关系介绍信", h.letters}, {"六、没有填完的草稿", h.drafts}, {"七、文件、物资和材料盒存放的地方", h.places},
		{"八、报送包和回执", h.sent}, {"九、交接以后马上改", h.change},
	} {
		t.Rows = append(t.Rows, []any{page.Span(part.title)})
		if q.Blank {
			for range blankItems {
				t.Rows = append(t.Rows, []any{nil, nil, nil, nil, nil, nil})
			}
			continue
		}
		items, err := part.make()
		if err != nil {
			return nil, err
		}
		if len(items) == 0 {
			items = []item{{what: "没有", plain: true}}
		}
		for i, it := range items {
			var no any
			if !it.plain {
				no = int64(i + 1)
			}
			t.Rows = append(t.Rows, []any{no, it.what, it.text, it.amount, it.day, nil})
		}
	}
	day := q.Day.Chinese()
	if q.Blank {
		day, t.Tall = "______年____月____日", 22
	}
	return []page.Sheet{{Name: "交接清单", Title: "台账交接清单", Left: "党组织:" + q.Home(), Right: day, Blocks: []page.Block{t,
		page.Lines{Space: 14, Text: []string{"    以上各项,移交人已当面交清,接交人已核对无误,监交人在场。本清单一式三份。"}},
		page.Lines{Space: 16, Size: 12, Keep: true, Text: []string{"移交人(签字):______________    接交人(签字):______________    监交人(签字):______________"}},
		page.Lines{Space: 12, Size: 12, Keep: true, Align: page.RightAlign, Text: []string{"交接日期:______年____月____日"}}}}}, nil
}

// blankItems is how many rows each part of a blank list has.
const blankItems = 4

// onFile counts the records of each kind, from the first day on file to the last.
func (h *handover) onFile() ([]item, error) {
	var items []item
	total := 0
	for _, k := range h.q.Ledger.Kinds().Kinds() {
		n, err := h.q.Ledger.Count(h.ctx, h.own(k.Name))
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		span := ""
		if field := dayField(k); field != "" {
			first, err := h.edge(k, field, field)
			if err != nil {
				return nil, err
			}
			last, err := h.edge(k, field, "-"+field)
			if err != nil {
				return nil, err
			}
			if span = first; first != last {
				span += " 至 " + last
			}
		}
		total += n
		items = append(items, item{what: k.Title, text: span, amount: fmt.Sprintf("%d 条", n)})
	}
	return append(items, item{what: "合计", amount: fmt.Sprintf("%d 条", total), plain: true}), nil
}

// edge gives the first value of a field in an order.
func (h *handover) edge(k *model.Kind, field, sort string) (string, error) {
	ask := h.own(k.Name, model.Where(field, model.Filled))
	ask.Sort, ask.Limit = []string{sort}, 1
	found, err := h.q.Ledger.Page(h.ctx, ask)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].Str(field), nil
}

// paidElsewhere is the way of paying by which no money comes into this branch's hands.
const paidElsewhere = "流入地交"

// dues adds up what was collected and handed up, by the year in which it was paid.
func (h *handover) dues() ([]item, error) {
	type sums struct{ in, out int64 }
	years := map[int]*sums{}
	first, last := 0, 0
	at := func(day model.Date) *sums {
		y := day.Year()
		if years[y] == nil {
			years[y] = &sums{}
		}
		if first == 0 || y < first {
			first = y
		}
		last = max(last, y)
		return years[y]
	}
	upTo := model.Where("paid_on", model.Le, string(h.q.Day))
	err := h.q.Ledger.Each(h.ctx, h.own("dues", upTo), func(r *model.Record) error {
		if !r.Is("method", paidElsewhere) {
			at(r.Date("paid_on")).in += r.Int("amount")
		}
		return nil
	})
	if err == nil {
		err = h.q.Ledger.Each(h.ctx, h.own("remittance", upTo), func(r *model.Record) error {
			at(r.Date("paid_on")).out += r.Int("amount")
			return nil
		})
	}
	if err != nil || len(years) == 0 {
		return nil, err
	}
	var items []item
	total := int64(0)
	for y := first; y <= last; y++ {
		if s := years[y]; s != nil {
			total += s.in - s.out
			items = append(items, item{what: fmt.Sprintf("%d年", y), text: "收缴 " + money(s.in) + ",上缴 " + money(s.out), amount: "结余 " + money(s.in-s.out)})
		}
	}
	if total < 0 {
		return append(items, item{what: "账上不符", text: "上缴的比收缴的多,请查对收缴和上缴的登记", amount: money(total)}), nil
	}
	return append(items, item{what: "手里应有的党费", text: "收缴减上缴;“流入地交”的不在手里,不算。当面点清,实有:______________元", amount: money(total)}), nil
}

// money writes an amount of fen: 291.30元.
func money(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d元", sign, fen/100, fen%100)
}

// due is what the work table reminds of.
func (h *handover) due() ([]item, error) {
	all, err := h.q.Ledger.Due(h.ctx, h.q.Day)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, l := range model.DueLines(h.q.Ledger.Kinds(), all) {
		it := item{what: l.Urgency.String(), amount: fmt.Sprintf("%d 件", len(l.Due))}
		var names []string
		first := model.Date("")
		for _, d := range l.Due {
			if d.Day != "" && (first == "" || d.Day < first) {
				first, it.day = d.Day, d.Day.Time()
			}
			if len(names) < namesShown && d.Label != "" && d.Label != h.q.Home() {
				names = append(names, d.Label)
			}
		}
		if it.text = l.Text; len(names) > 0 {
			it.text += ":" + strings.Join(names, "、")
		}
		if len(l.Due) > namesShown {
			it.text += "等"
		}
		items = append(items, it)
	}
	return items, nil
}

// namesShown is how many records a line of what is due names.
const namesShown = 6
