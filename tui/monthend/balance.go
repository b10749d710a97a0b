package monthend

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/count"
	"taizhang/tui/ui"
)

// count reads the balance of the month chosen.
func (m *MonthEnd) count() tea.Cmd {
	month := m.chosen()
	m.month = month
	return func() tea.Msg {
		b, err := count.Balance(m.app.Ctx, m.app.Ledger, month)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return monthCounted{month, b}
	}
}

// recount reads the balance anew when another month has been chosen.
func (m *MonthEnd) recount() tea.Cmd {
	if m.chosen() == m.month {
		return nil
	}
	m.members = nil
	m.describe()
	return m.count()
}

// rollNote says in short how the month's balance stands.
func (m *MonthEnd) rollNote() string {
	b := m.members
	if b == nil {
		return "正在计算…"
	}
	text := fmt.Sprintf("上月底 %d,增 %d 减 %d,应有 %d,名册 %d", b.Opening, b.Added, b.Removed, b.Expected, b.Closing)
	switch {
	case !b.Closes():
		return fmt.Sprintf("%s:%d 个人对不上", text, max(len(b.Gaps), 1))
	case b.Closed == nil:
		return text + ",还没有结账"
	case len(b.Changed) > 0 || b.Closed.Members != b.Closing:
		return fmt.Sprintf("%s,结账 %d 名以后改过", text, b.Closed.Members)
	}
	return text + ",已结账"
}
