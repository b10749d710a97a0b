package paper

import (
	"cmp"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
	"taizhang/store/send"
)

// admissions are those that go on, with the stage and the next step.
func (h *handover) admissions() ([]page.Block, error) {
	k := h.q.Ledger.Kinds().Kind("admission")
	view, _ := k.View("进行中")
	found, err := h.q.Ledger.Page(h.ctx, store.Query{Kind: k.Name, Conds: view.Conds(h.q.Day)})
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for i, r := range found.Records {
		rows = append(rows, []any{int64(i + 1), r.Text("person"), k.DerivedValue("stage").Value(h.q.Env, r), k.DerivedValue("next_step").Value(h.q.Env, r),
			k.DerivedValue("missing_steps").Value(h.q.Env, r), nil})
	}
	return table(rows, page.Serial(), page.Head("姓名", 8), page.Head("阶段", 10), wide("下一步", 22, 30), wide("漏填的步骤", 10, 24), page.Head("材料放在哪个盒", 12)), nil
}

// letters are the transfers whose receipt has not come, and those received that still
// have to be answered.
func (h *handover) letters() ([]page.Block, error) {
	found, err := h.q.Ledger.Page(h.ctx, store.Query{Kind: "movement", Sort: []string{"happened_on"}, Conds: []model.Cond{
		model.Where("kind", model.In, "转入", "转出"), model.Where("receipt_on", model.Empty), model.Where("letter_no", model.Filled)}})
	if err != nil {
		return nil, err
	}
	bare, err := h.q.Ledger.Page(h.ctx, store.Query{Kind: "movement", Sort: []string{"happened_on"}, Conds: []model.Cond{
		model.Where("kind", model.Eq, "转出"), model.Where("receipt_on", model.Empty), model.Where("letter_no", model.Empty)}})
	if err != nil {
		return nil, err
	}
	all := slices.Concat(found.Records, bare.Records)
	slices.SortStableFunc(all, func(a, b *model.Record) int { return cmp.Compare(a.Date("happened_on"), b.Date("happened_on")) })
	var rows [][]any
	for _, r := range all {
		rows = append(rows, []any{r.Text("letter_no"), r.Text("kind"), r.Text("person"), cmp.Or(r.Text("to_org"), r.Text("from_org")), date(r, "happened_on"), date(r, "valid_until"), "没有回执"})
	}
	return table(rows, page.Head("编号", 6), page.Head("类别", 6), page.Head("姓名", 8), wide("对方党组织", 16, 28), day("日期"), day("有效期到"), page.Head("情况", 8)), nil
}

// drafts are forms that were begun and not saved.
func (h *handover) drafts() ([]page.Block, error) {
	found, err := h.q.Ledger.Drafts(h.ctx)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, d := range found {
		k := h.q.Ledger.Kinds().Kind(d.Kind)
		if k == nil {
			continue
		}
		rows = append(rows, []any{k.Title, d.Label, savedOn(d.SavedAt)})
	}
	return table(rows, page.Head("记录", 10), wide("草稿", 24, 44), day("最后存下")), nil
}

// savedOn gives the day of a moment on file.
func savedOn(stamp string) any {
	if d := model.Date(stamp[:min(len(stamp), len("2026-10-31"))]); d.Valid() {
		return d.Time()
	}
	return nil
}

// placeFields are where records tell the place in which something is kept, and what they
// call it.
var placeFields = []struct{ kind, place, what string }{
	{"circular", "place", "title"}, {"supply", "location", "title"}, {"admission", "materials_place", "person"},
}

// places counts what is kept in each box, cupboard and room. Kinds that don't tell a
// place are left out.
func (h *handover) places() ([]page.Block, error) {
	type box struct {
		n     int
		first string
	}
	var rows [][]any
	for _, p := range placeFields {
		k := h.q.Ledger.Kinds().Kind(p.kind)
		if k == nil || k.Field(p.place) == nil {
			continue
		}
		boxes := map[string]*box{}
		var order []string
		err := h.q.Ledger.Each(h.ctx, store.Query{Kind: p.kind}, func(r *model.Record) error {
			at := cmp.Or(r.Text(p.place), "没有写存放的地方")
			if boxes[at] == nil {
				boxes[at] = &box{first: r.Text(p.what)}
				order = append(order, at)
			}
			boxes[at].n++
			return nil
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(order)
		for _, at := range order {
			text := boxes[at].first
			if boxes[at].n > 1 {
				text += "等"
			}
			rows = append(rows, []any{k.Title, at, int64(boxes[at].n), text, nil})
		}
	}
	return table(rows, page.Head("记录", 10), wide("存放的地方", 14, 24), number("件数"), wide("是什么", 22, 34), page.Head("点清", 6)), nil
}

// bundlesShown is how many of the bundles sent are listed: the newest.
const bundlesShown = 12

// sent are the bundles that went to the county, and what it answered.
func (h *handover) sent() ([]page.Block, error) {
	found, err := send.SentBundles(h.ctx, h.q.Ledger)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, b := range found[:min(len(found), bundlesShown)] {
		r, err := send.Receipt(h.ctx, h.q.Ledger, b.Sequence)
		if err != nil {
			return nil, err
		}
		answer := "没有取入回执"
		if r != nil {
			answer = "已取入回执"
		}
		rows = append(rows, []any{b.Month.Chinese(), int64(b.Sequence), b.File, savedOn(b.CreatedAt), b.State, answer})
	}
	blocks := table(rows, page.Head("月份", 10), number("号"), wide("文件", 20, 34), day("导出日期"), page.Head("状态", 8), page.Head("回执", 12))
	if n := len(found) - bundlesShown; n > 0 {
		blocks = append(blocks, page.Lines{Text: []string{fmt.Sprintf("    更早的还有 %d 个,见“上报记录”。", n)}, Size: page.MinSize})
	}
	return blocks, nil
}

// change is what the two have to change once the book is handed over.
func (h *handover) change() ([]page.Block, error) {
	phone := "没有填"
	if home := h.q.Ledger.Home(); home != nil && home.Filled("phone") {
		phone = home.Masked("phone")
	}
	return table([][]any{
		{int64(1), "电脑开机密码、U盘和备份的口令", "由接交人当场改成新的,只有接交人知道;旧备份的口令写下来封好交给接交人", nil},
		{int64(2), "党组织的电话(现在是 " + phone + ")", "在“党组织”里改成新书记的电话,同时打电话告诉县委组织部和乡镇,收报和催报都按它找人", nil},
		{int64(3), "任职", "给原书记的任职填免职日期,给新书记登记任职", nil},
		{int64(4), "备份", "交接当天备份一份,一份随台账交给接交人,一份存乡镇", nil},
		{int64(5), "U盘上的旧台账和报送包", "移交人电脑和U盘上的副本当面删掉", nil},
	}, page.Serial(), wide("改什么", 22, 30), wide("怎么改", 34, 50), page.Head("改好打勾", 6)), nil
}
