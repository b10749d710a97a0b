package table

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// settings are what was kept of a table: the columns shown and the order of rows,
// as comma-separated names. Both may be "".
type settings struct {
	t             *tableScreen
	columns, sort string
	err           error
}

func (t *tableScreen) columnsSetting() string { return "columns." + t.kind.Name }
func (t *tableScreen) sortSetting() string    { return "sort." + t.kind.Name }

func (t *tableScreen) readSettings() tea.Cmd {
	l, ctx, s := t.app.Ledger, t.app.Ctx, settings{t: t}
	columns, sort := t.columnsSetting(), t.sortSetting()
	t.busy = true // the first rows wait for the columns and the order
	t.waiting = &wish{way: first}
	return func() tea.Msg {
		if s.columns, s.err = l.Setting(ctx, columns); s.err == nil {
			s.sort, s.err = l.Setting(ctx, sort)
		}
		if s.err == nil && s.t.app.County {
			s.err = s.t.orgs.read(ctx, l)
		}
		return s
	}
}

// tookSettings takes over what still fits the kind, and reads the first rows.
func (t *tableScreen) tookSettings(s settings) tea.Cmd {
	t.busy = false
	t.cols = t.withOrg(columnsNamed(t.kind, names(s.columns)))
	t.sort = nil
	for _, name := range names(s.sort) {
		if c, ok := columnOf(t.kind, strings.TrimPrefix(name, "-")); ok && sortable(c) {
			t.sort = append(t.sort, name)
		}
	}
	w := wish{way: first}
	if t.waiting != nil {
		w = *t.waiting
	}
	t.waiting = nil
	cmd := t.load(w)
	if s.err != nil {
		return tea.Batch(cmd, ui.Do(ui.Failed{Err: fmt.Errorf("read settings: %w", s.err)}))
	}
	return cmd
}

func names(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' })
}

// keep writes a setting. A ledger opened read-only keeps the choice for the
// sitting only.
func (t *tableScreen) keep(name string, values []string) tea.Cmd {
	if t.app.Ledger.ReadOnly() {
		return nil
	}
	l, ctx, value := t.app.Ledger, t.app.Ctx, strings.Join(values, ",")
	return func() tea.Msg {
		if err := l.SetSetting(ctx, name, value); err != nil {
			return ui.Failed{Err: fmt.Errorf("keep %s: %w", name, err)}
		}
		return nil
	}
}

// orderBy orders the rows by a field, or the other way round when they are
// already; "" gives the kind's own order back.
func (t *tableScreen) orderBy(name string) tea.Cmd {
	switch {
	case name == "":
		t.sort = nil
	case slices.Equal(t.sort, []string{name}):
		t.sort = []string{"-" + name}
	default:
		t.sort = []string{name}
	}
	return tea.Batch(t.keep(t.sortSetting(), t.sort), t.renew())
}

// sortable tells whether rows can be ordered by the column: lists have no order, and whose
// a record is, is no part of it.
func sortable(c column) bool {
	return c.name != orgColumn && (c.field == nil || !c.field.Linked() && c.field.Type != model.TypeChoices)
}

// showColumns shows the columns of those names.
func (t *tableScreen) showColumns(chosen []string) tea.Cmd {
	chosen = withoutOrg(chosen)
	t.cols = t.withOrg(columnsNamed(t.kind, chosen))
	t.skip = 0
	if slices.Equal(chosen, t.kind.Columns) {
		chosen = nil
	}
	return tea.Batch(t.keep(t.columnsSetting(), chosen), t.refresh(""))
}
