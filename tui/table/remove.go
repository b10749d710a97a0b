package table

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// maxReferred bounds the records that are looked through for what refers to them
// before a question is put.
const maxReferred = 50

// references tell what refers to the records that are to be deleted.
type references struct {
	t     *tableScreen
	ids   []string
	label string
	found []string // 党费 12 条
	err   error
}

// done tells that a command has changed the ledger.
type done struct {
	t       *tableScreen
	text    string
	kind    string // whose records changed, "" for all
	deleted []string
	err     error
}

// chosen gives the marked records with their names, or the selected one.
func (t *tableScreen) chosen() map[string]string {
	if len(t.marked) > 0 {
		return maps.Clone(t.marked)
	}
	if r := t.win.selected(); r != nil {
		return map[string]string{r.ID: nameOf(r.Record)}
	}
	return nil
}

// spoken names the records that are to be deleted, at most five of them.
func spoken(ids []string, names map[string]string) string {
	if len(ids) == 1 {
		return names[ids[0]]
	}
	labels := make([]string, 0, 5)
	for _, id := range ids[:min(len(ids), 5)] {
		labels = append(labels, names[id])
	}
	etc := ""
	if len(ids) > len(labels) {
		etc = " 等"
	}
	return fmt.Sprintf("标记的 %d 条(%s%s)", len(ids), strings.Join(labels, "、"), etc)
}

// remove looks up what refers to the chosen records, then asks.
func (t *tableScreen) remove() tea.Cmd {
	names := t.chosen()
	if len(names) == 0 {
		return nil
	}
	l, ctx, kind, r := t.app.Ledger, t.app.Ctx, t.kind.Name, references{t: t}
	return func() tea.Msg {
		if r.ids, r.err = onFile(ctx, l, kind, names); r.err == nil {
			r.label = spoken(r.ids, names)
			r.found, r.err = referring(ctx, l, kind, r.ids)
		}
		return r
	}
}

// own tells whether a record is the home organisation's: a county's tables show those
// of the villages too.
func own(l *store.Ledger, r *model.Record) bool {
	home := l.Home()
	return home == nil || r.OrgID == "" || r.OrgID == home.ID
}

// onFile gives those of the records that have not been deleted meanwhile, as from
// a form after they were marked. Another organisation's record is an error.
func onFile(ctx context.Context, l *store.Ledger, kind string, names map[string]string) ([]string, error) {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(names)) {
		r, err := l.Get(ctx, kind, id)
		if err != nil {
			return nil, wrap("read "+kind, err)
		}
		if !own(l, r) {
			return nil, model.Errorf("E-OTHER-ORG", "“%s”是别的党组织的记录,这里只能看,不能删;请让那个单位在自己的台账里改正,重新上报", names[id])
		}
		if r.DeletedAt == "" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func referring(ctx context.Context, l *store.Ledger, kind string, ids []string) ([]string, error) {
	counts := map[string]int{}
	var order []string
	for _, id := range ids[:min(len(ids), maxReferred)] {
		refs, err := l.Referring(ctx, kind, id)
		if err != nil {
			return nil, fmt.Errorf("referring to %s: %w", kind, err)
		}
		for _, r := range refs {
			name := r.Kind.Title + "的" + r.Field.Label
			if counts[name] == 0 {
				order = append(order, name)
			}
			counts[name] += r.Count
		}
	}
	found := make([]string, len(order))
	for i, name := range order {
		found[i] = fmt.Sprintf("%s %d 条", name, counts[name])
	}
	return found, nil
}

func (t *tableScreen) askDelete(r references) tea.Cmd {
	if r.err != nil {
		return ui.Do(ui.Failed{Err: r.err})
	}
	if len(r.ids) == 0 {
		t.marked = map[string]string{}
		return ui.Do(ui.Status{Text: "标记的记录已经删除了"})
	}
	if n := len(r.ids); n > 1 {
		return ui.AskDeleteMany(t.app, t.kind.Title+":"+r.label, n, r.found, t.deleteNow(r.ids, r.label))
	}
	return ui.AskDelete(t.kind.Title+" "+r.label+" ", r.found, t.deleteNow(r.ids, r.label))
}

func (t *tableScreen) deleteNow(ids []string, label string) tea.Cmd {
	l, ctx, kind, d := t.app.Ledger, t.app.Ctx, t.kind.Name, done{t: t, kind: t.kind.Name, deleted: ids}
	return func() tea.Msg {
		if err := l.Delete(ctx, kind, ids...); err != nil {
			return done{t: t, err: wrap("delete "+kind, err)}
		}
		d.text = "已删除 " + label + ",放进了回收站;按 Ctrl+Z 撤销"
		return d
	}
}

// undo takes the last change of this sitting back.
func (t *tableScreen) undo() tea.Cmd {
	l, ctx, d := t.app.Ledger, t.app.Ctx, done{t: t}
	return func() tea.Msg {
		what, err := l.Undo(ctx)
		if err != nil {
			return done{t: t, err: wrap("undo", err)}
		}
		if what == "" {
			return ui.Status{Text: "没有可以撤销的:这次打开程序以后还没有保存或删除过"}
		}
		d.text = what
		return d
	}
}

// wrap says where a fault happened; what the person can mend stays as it is.
func wrap(what string, err error) error {
	var known *model.Error
	var refused *store.Refusal
	if errors.As(err, &known) || errors.As(err, &refused) {
		return err
	}
	return fmt.Errorf("%s: %w", what, err)
}

// tookDone says what was done and lets every screen read anew.
func (t *tableScreen) tookDone(d done) tea.Cmd {
	if d.err != nil {
		return ui.Do(ui.Failed{Err: d.err})
	}
	for _, id := range d.deleted {
		delete(t.marked, id)
	}
	return tea.Batch(ui.Do(ui.Status{Text: d.text}), ui.Do(ui.Changed{Kind: d.kind}))
}
