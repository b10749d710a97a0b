package table

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// written is a record that a form opened from this table has saved.
type written struct {
	t         *tableScreen
	id, label string
}

// savedHere is called with what a form opened here has saved. Whatever was saved
// elsewhere, a record of the same kind too, nobody expects in this table.
func (t *tableScreen) savedHere(r *model.Record) tea.Cmd {
	return ui.Do(written{t, r.ID, nameOf(r)})
}

// tookWritten asks whether the record is among the rows, and says why when it is not.
func (t *tableScreen) tookWritten(m written) tea.Cmd {
	l, ctx, q, why := t.app.Ledger, t.app.Ctx, t.query(), t.whyUnseen()
	q.Conds = append(q.Conds, model.Where("id", model.Eq, m.id))
	return func() tea.Msg {
		n, err := l.Count(ctx, q)
		switch {
		case err != nil:
			return ui.Failed{Err: fmt.Errorf("count %s: %w", q.Kind, err)}
		case n > 0:
			return nil
		}
		return ui.Status{Text: "已保存:" + ui.Cut(m.label, 24) + ";" + why}
	}
}

// whyUnseen says by what rows are kept out now, and how to see them.
func (t *tableScreen) whyUnseen() string {
	switch {
	case t.find != "":
		return "它不合打的“" + ui.Cut(t.find, 10) + "”,按 Esc 清除查找"
	case len(t.conds) > 0:
		return "它不合现在的筛选,按 Esc 去掉筛选"
	}
	return "它不在“" + t.view.Name + "”里,按 F5 换视图"
}
