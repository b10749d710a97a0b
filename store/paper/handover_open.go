package paper

import (
	"cmp"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/send"
)

// admissions are those that go on, with the stage and the next step.
func (h *handover) admissions() ([]item, error) {
	k := h.q.Ledger.Kinds().Kind("admission")
	view, _ := k.View("进行中")
	found, err := h.q.Ledger.Page(h.ctx, h.own(k.Name, view.Conds(h.q.Day)...))
	if err != nil {
		return nil, err
	}
	var items []item
	for _, r := range found.Records {
		it := item{what: r.Text("person"), amount: k.DerivedValue("stage").Value(h.q.Env, r)}
		if next := k.DerivedValue("next_step").Value(h.q.Env, r); next != "" {
			it.text = "下一步 " + next
		}
		if missing := k.DerivedValue("missing_steps").Value(h.q.Env, r); missing != "" {
			it.text += ";漏填 " + missing
		}
		items = append(items, it)
	}
	return items, nil
}

// letters are the transfers whose receipt has not come, and those received that still
// have to be answered.
func (h *handover) letters() ([]item, error) {
	found, err := h.q.Ledger.Page(h.ctx, h.own("movement", model.Where("kind", model.In, "转入", "转出"), model.Where("receipt_on", model.Empty), model.Where("letter_no", model.Filled)))
	if err != nil {
		return nil, err
	}
	bare, err := h.q.Ledger.Page(h.ctx, h.own("movement", model.Where("kind", model.Eq, "转出"), model.Where("receipt_on", model.Empty), model.Where("letter_no", model.Empty)))
	if err != nil {
		return nil, err
	}
	all := slices.Concat(found.Records, bare.Records)
	slices.SortStableFunc(all, func(a, b *model.Record) int { return cmp.Compare(a.Date("happened_on"), b.Date("happened_on")) })
	var items []item
	for _, r := range all {
		it := item{what: r.Text("person"), text: string(r.Date("happened_on")) + " " + r.Text("kind") + ":" + cmp.Or(r.Text("to_org"), r.Text("from_org")), day: date(r, "valid_until")}
		if no := r.Text("letter_no"); no != "" {
			it.amount = letterNo(no)
		}
		items = append(items, it)
	}
	return items, nil
}

// drafts are forms that were begun and not saved.
func (h *handover) drafts() ([]item, error) {
	found, err := h.q.Ledger.Drafts(h.ctx)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, d := range found {
		k := h.q.Ledger.Kinds().Kind(d.Kind)
		if k == nil {
			continue
		}
		items = append(items, item{what: k.Title, text: cmp.Or(d.Label, "新的一条"), day: savedOn(d.SavedAt)})
	}
	return items, nil
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
func (h *handover) places() ([]item, error) {
	type box struct {
		n     int
		first string
	}
	var items []item
	for _, p := range placeFields {
		k := h.q.Ledger.Kinds().Kind(p.kind)
		if k == nil || k.Field(p.place) == nil {
			continue
		}
		boxes := map[string]*box{}
		var order []string
		err := h.q.Ledger.Each(h.ctx, h.own(p.kind), func(r *model.Record) error {
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
			text := k.Title + ":" + boxes[at].first
			if boxes[at].n > 1 {
				text += " 等"
			}
			items = append(items, item{what: at, text: text, amount: fmt.Sprintf("%d 件", boxes[at].n)})
		}
	}
	return items, nil
}

// bundlesShown is how many of the bundles sent are listed: the newest.
const bundlesShown = 12

// sent are the bundles that went to the county, and what it answered.
func (h *handover) sent() ([]item, error) {
	found, err := send.SentBundles(h.ctx, h.q.Ledger)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, b := range found[:min(len(found), bundlesShown)] {
		r, err := send.Receipt(h.ctx, h.q.Ledger, b.Sequence)
		if err != nil {
			return nil, err
		}
		text := b.State + ",没有取入回执"
		if r != nil {
			text = b.State + ",回执已取入"
		}
		items = append(items, item{what: b.Month.Chinese(), text: text + "(" + b.File + ")", amount: fmt.Sprintf("第 %d 号", b.Sequence), day: savedOn(b.CreatedAt)})
	}
	if n := len(found) - bundlesShown; n > 0 {
		items = append(items, item{what: "更早的", text: "见“上报记录”", amount: fmt.Sprintf("%d 个", n)})
	}
	return items, nil
}

// change is what the two have to change once the book is handed over.
func (h *handover) change() ([]item, error) {
	phone := "没有填"
	if home := h.q.Ledger.Home(); home != nil && home.Filled("phone") {
		phone = home.Masked("phone")
	}
	return []item{
		{what: "口令", text: "电脑开机、U盘和备份的口令,由接交人当场改成新的,只有接交人知道;旧备份的口令写下来封好,交给接交人"},
		{what: "联系电话", text: "现在登记的是 " + phone + ":在“党组织”里改成新书记的,同时打电话告诉县委组织部和乡镇,收报、催报都按它找人"},
		{what: "任职", text: "给原书记的任职填免职日期,给新书记登记任职"},
		{what: "备份", text: "交接当天备份,一份随台账交给接交人,一份存乡镇"},
		{what: "旧的副本", text: "移交人电脑和U盘上的台账、报送包副本,当面删掉"},
	}, nil
}
