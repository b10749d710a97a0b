package history

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// handedOutKey begins the keys of papers that were written with whole numbers, which
// stand in 修改记录 among the records.
const handedOutKey = "handed-out/"

// withHandedOut puts the papers written with whole numbers among the items by time, the
// newest first; neither loses its own order where a clock was set back; at most n are kept. at gives an item's moment.
func withHandedOut(app *ui.App, items []ui.Item, at func(i int) string, n int) ([]ui.Item, error) {
	papers, err := app.Ledger.HandedOut(app.Ctx, n)
	if err != nil || len(papers) == 0 {
		return items, err
	}
	merged := make([]ui.Item, 0, n)
	for i, j := 0, 0; len(merged) < n && (i < len(items) || j < len(papers)); {
		if j == len(papers) || i < len(items) && at(i) > papers[j].At {
			merged = append(merged, items[i])
			i++
			continue
		}
		h := papers[j]
		what := h.Title + ":" + h.Purpose + ",交" + h.Receiver
		merged = append(merged, ui.Item{Key: fmt.Sprint(handedOutKey, h.Seq), Search: store.ActionHandOut + " " + what,
			Label: changeRow(h.At, store.ActionHandOut, h.By, what), Value: h})
		j++
	}
	return merged, nil
}

// openHandedOut says all of a paper written with whole numbers; false for another item.
func openHandedOut(it ui.Item) (tea.Cmd, bool) {
	h, ok := it.Value.(store.HandedOut)
	if !ok {
		return nil, false
	}
	lines := []string{"身份证号、电话和住址写全的表:" + h.Title, "用途:" + h.Purpose, "接收单位:" + h.Receiver,
		"时间:" + ui.LocalTime(h.At) + ",经手:" + h.By}
	if h.File != "" {
		lines = append(lines, "文件:"+h.File)
	}
	return ui.Do(ui.Ask{Title: store.ActionHandOut, Text: strings.Join(lines, "\n"), Choices: []ui.Choice{{Label: "知道了"}}}), true
}
