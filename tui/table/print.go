package table

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// print opens what the selected record gives on paper, and the papers of many records:
// of the marked ones, else of all that the table shows.
func (t *tableScreen) print() tea.Cmd {
	o := ui.PrintOf{Kind: t.kind.Name}
	if r := t.win.selected(); r != nil {
		o.Record = r.Record
	}
	l, ctx, q := t.app.Ledger, t.app.Ctx, t.query()
	o.What = fmt.Sprintf("表上的 %d 条", max(t.win.total, 0))
	marked := map[string]bool{}
	for id := range t.marked {
		marked[id] = true
	}
	if len(marked) > 0 {
		o.What = fmt.Sprintf("标记的 %d 条", len(marked))
		q = store.Query{Kind: q.Kind, Sort: q.Sort} // one marked may not fit the filter any more
	}
	o.Records = func() ([]*model.Record, error) {
		var all []*model.Record
		err := l.Each(ctx, q, func(r *model.Record) error {
			if len(marked) == 0 || marked[r.ID] {
				all = append(all, r)
			}
			return nil
		})
		if err != nil {
			return nil, wrap("read "+q.Kind, err)
		}
		return all, nil
	}
	return t.app.OpenPapers(o)
}
