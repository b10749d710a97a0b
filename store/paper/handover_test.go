package paper_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper"
)

// TestHandover: the dues in hand are those collected here less those handed up; a letter
// without a receipt, a draft, a box and the phone to be changed stand on the list.
func TestHandover(t *testing.T) {
	t.Parallel()
	l, m := transferOut(t)
	person := m.Str("person")
	put := func(kind string, set map[string]model.Value) {
		t.Helper()
		r, err := l.New(ctx, kind)
		must(t, err)
		for field, v := range set {
			r.Set(field, v)
		}
		_, err = l.Save(ctx, model.AsRecorded, r)
		must(t, err)
	}
	for _, d := range []struct {
		month, paid, method string
		fen                 int64
	}{{"2025-12", "2025-12-20", "现金", 1250}, {"2026-01", "2026-01-20", "转账", 1275}, {"2026-02", "2026-02-20", "流入地交", 9900}} {
		put("dues", map[string]model.Value{"person": person, "month": d.month, "amount": d.fen, "paid_on": d.paid, "method": d.method})
	}
	put("remittance", map[string]model.Value{"period": "2025年四季度", "amount": int64(1000), "paid_on": "2025-12-28", "receiver": "镇党委"})
	put("circular", map[string]model.Value{"direction": "收文", "title": "关于做好防汛的通知", "unit": "柳河镇", "happened_on": "2026-06-01", "place": "档案柜 2026-1"})
	must(t, l.SaveDraft(ctx, &store.Draft{Kind: "talk", Label: "与王五谈话"}))
	home, err := l.Get(ctx, "organization", l.Home().ID)
	must(t, err)
	home.Set("phone", "10012345678")
	_, err = l.Save(ctx, model.FromForm, home)
	must(t, err)
	made, err := paper.Make(ctx, paper.Find("handover"), paper.Ask(ctx, l))
	must(t, err)
	text := strings.ReplaceAll(cellsText(made), "\n", "|")
	for _, want := range []string{"2025年|收缴 12.50元,上缴 10.00元|结余 2.50元", "2026年|收缴 12.75元,上缴 0.00元|结余 12.75元", "手里应有的党费|", "|15.25元|",
		"南塘村党支部", "第 2026-7 号", "与王五谈话", "档案柜 2026-1|文件收发:关于做好防汛的通知|1 件", "100****5678", "八、报送包和回执", "移交人(签字)", "接交人(签字)", "监交人(签字)"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the list:\n%s", want, strings.ReplaceAll(text, "|", "\n"))
		}
	}
	if strings.Contains(text, "10012345678") {
		t.Error("the list shows a whole phone")
	}
	// Once the letter's receipt is in, it is open no more.
	m, err = l.Get(ctx, "movement", m.ID)
	must(t, err)
	m.Set("receipt_on", "2026-10-30")
	_, err = l.Save(ctx, model.FromForm, m)
	must(t, err)
	made, err = paper.Make(ctx, paper.Find("handover"), paper.Ask(ctx, l))
	must(t, err)
	if strings.Contains(cellsText(made), "第 2026-7 号") {
		t.Error("a letter with its receipt is still open")
	}
}

// TestHandoverSaysBundles: what was sent to the county stands on the list with its state.
func TestHandoverSaysBundles(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.handMonth(t, "2026-09")
	made, err := paper.Make(ctx, paper.Find("handover"), paper.Ask(ctx, o.village))
	must(t, err)
	if text := cellsText(made); !strings.Contains(text, "2026年9月") || !strings.Contains(text, "第 1 号") || !strings.Contains(text, "没有取入回执") {
		t.Errorf("the bundle is not on the list:\n%s", text)
	}
}
