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

// handoverList says what is on file, the dues in hand, what is open, where things are,
// what was sent, and what the two have to change; three sign it.
func handoverList(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	h := &handover{ctx, q}
	var blocks []page.Block
	for i, part := range []struct {
		title string
		make  func() ([]page.Block, error)
	}{
		{"台账里登记的", h.onFile}, {"党费(元)", h.dues}, {"要办的事", h.due}, {"发展党员的进度", h.admissions},
		{"组织关系介绍信", h.letters}, {"没有填完的草稿", h.drafts}, {"文件和物资存放的地方", h.places}, {"报送包和回执", h.sent}, {"交接以后马上改", h.change},
	} {
		var more []page.Block
		var err error
		if q.Blank {
			more = []page.Block{&page.Table{Columns: []page.Column{page.Serial(), page.Head("内容", 40), page.Head("数量", 8), page.Head("备注", 12)}, Empty: 3, Tall: 22}}
		} else if more, err = part.make(); err != nil {
			return nil, err
		}
		heading := fmt.Sprintf("%s、%s", []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}[i], part.title)
		blocks = append(blocks, page.Lines{Text: []string{heading}, Bold: true, Space: 8})
		if len(more) == 0 {
			more = []page.Block{page.Lines{Text: []string{"    没有。"}}}
		}
		blocks = append(blocks, more...)
	}
	day := q.Day.Chinese()
	if q.Blank {
		day = "______年____月____日"
	}
	blocks = append(blocks, page.Lines{Space: 14, Text: []string{"    以上各项,移交人已当面交清,接交人已核对无误,监交人在场。本清单一式三份。"}},
		page.Lines{Space: 16, Size: 12, Text: []string{"移交人(签字):______________    接交人(签字):______________    监交人(签字):______________"}},
		page.Lines{Space: 12, Size: 12, Align: page.RightAlign, Text: []string{"交接日期:______年____月____日"}})
	return []page.Sheet{{Name: "交接清单", Title: "台账交接清单", Left: "党组织:" + q.Home(), Right: day, Blocks: blocks}}, nil
}

// table is a table of the list, nothing where it has no rows.
func table(rows [][]any, columns ...page.Column) []page.Block {
	if len(rows) == 0 {
		return nil
	}
	return []page.Block{&page.Table{Columns: columns, Rows: rows}}
}

func number(heading string) page.Column {
	return page.Column{Heading: []string{heading}, Format: page.Number, Align: page.Centre, Min: 6}
}

func day(heading string) page.Column {
	return page.Column{Heading: []string{heading}, Format: page.Date, Min: 10}
}

// wide is a column of sentences.
func wide(heading string, least, most int) page.Column {
	return page.Column{Heading: []string{heading}, Min: least, Max: most}
}

// onFile counts the records of each kind, from the first day on file to the last.
func (h *handover) onFile() ([]page.Block, error) {
	var rows [][]any
	for _, k := range h.q.Ledger.Kinds().Kinds() {
		n, err := h.q.Ledger.Count(h.ctx, store.Query{Kind: k.Name})
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
		rows = append(rows, []any{string(k.Group), k.Title, int64(n), span})
	}
	t := table(rows, page.Head("分组", 8), page.Head("记录", 16), number("条数"), wide("从何时到何时", 24, 30))
	for _, b := range t {
		b := b.(*page.Table)
		b.Columns[2].Sum, b.Total = true, "合计"
	}
	return t, nil
}

// edge gives the first value of a field in an order.
func (h *handover) edge(k *model.Kind, field, sort string) (string, error) {
	found, err := h.q.Ledger.Page(h.ctx, store.Query{Kind: k.Name, Sort: []string{sort}, Limit: 1, Conds: []model.Cond{model.Where(field, model.Filled)}})
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].Str(field), nil
}

// paidElsewhere is the way of paying by which no money comes into this branch's hands.
const paidElsewhere = "流入地交"

// dues adds up what was collected and handed up, by the year in which it was paid.
func (h *handover) dues() ([]page.Block, error) {
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
	upTo := []model.Cond{model.Where("paid_on", model.Le, string(h.q.Day))}
	err := h.q.Ledger.Each(h.ctx, store.Query{Kind: "dues", Conds: upTo}, func(r *model.Record) error {
		if !r.Is("method", paidElsewhere) {
			at(r.Date("paid_on")).in += r.Int("amount")
		}
		return nil
	})
	if err == nil {
		err = h.q.Ledger.Each(h.ctx, store.Query{Kind: "remittance", Conds: upTo}, func(r *model.Record) error {
			at(r.Date("paid_on")).out += r.Int("amount")
			return nil
		})
	}
	if err != nil || len(years) == 0 {
		return nil, err
	}
	money := func(heading string) page.Column {
		return page.Column{Heading: []string{heading}, Format: page.Money, Min: 12, Sum: true}
	}
	t := &page.Table{Total: "合计", Columns: []page.Column{page.Head("年度", 8), money("收缴"), money("上缴"), money("结余(收缴减上缴)")}}
	total := int64(0)
	for y := first; y <= last; y++ {
		if s := years[y]; s != nil {
			total += s.in - s.out
			t.Rows = append(t.Rows, []any{fmt.Sprintf("%d年", y), float64(s.in) / 100, float64(s.out) / 100, float64(s.in-s.out) / 100})
		}
	}
	note := fmt.Sprintf("    手里应有党费 %d.%02d 元。当面点清,实有:______________ 元(大写:________________________)。", total/100, total%100)
	if total < 0 {
		note = fmt.Sprintf("    上缴的比收缴的多 %d.%02d 元,请查对收缴和上缴的登记。", -total/100, -total%100)
	}
	return []page.Block{t, page.Lines{Space: 4, Text: []string{note}}, page.Lines{Text: []string{"    按缴纳和上缴的日期计算;“流入地交”的不在本支部手里,不算。"}, Size: page.MinSize}}, nil
}

// due is what the work table reminds of.
func (h *handover) due() ([]page.Block, error) {
	all, err := h.q.Ledger.Due(h.ctx, h.q.Day)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, l := range model.DueLines(h.q.Ledger.Kinds(), all) {
		var by any
		var names []string
		for _, d := range l.Due {
			if d.Day != "" && by == nil {
				by = d.Day.Time()
			}
			if len(names) < namesShown && d.Label != "" {
				names = append(names, d.Label)
			}
		}
		text := strings.Join(names, "、")
		if len(l.Due) > namesShown {
			text += fmt.Sprintf("等 %d 条", len(l.Due))
		}
		rows = append(rows, []any{l.Urgency.String(), l.Text, text, by})
	}
	return table(rows, page.Head("轻重", 8), wide("什么事", 22, 36), wide("谁、哪一条", 20, 34), day("最早期限")), nil
}

// namesShown is how many records a line of what is due names.
const namesShown = 6
