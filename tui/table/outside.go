package table

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// outside is who or what fits what was typed where no row of the view does: a member who
// has left, say, with what became of him. One of them can be opened.
type outside struct {
	rows   []row
	became []string // what became of each
	more   bool     // there are others
	cur    int
}

// outsideMost bounds how many are offered.
const outsideMost = 5

// outsideFound is what was looked for outside of the view.
type outsideFound struct {
	t       *tableScreen
	gen     int
	outside outside
	err     error
}

func (o *outside) selected() *row {
	if o.cur < 0 || o.cur >= len(o.rows) {
		return nil
	}
	return &o.rows[o.cur]
}

func (o *outside) move(n int) { o.cur = max(min(o.cur+n, len(o.rows)-1), 0) }

// lookOutside looks for what was typed among all records of the kind, when the view has
// no row that fits.
func (t *tableScreen) lookOutside() tea.Cmd {
	if t.find == "" || len(t.win.rows) > 0 || !t.loaded || t.view.Where == nil && len(t.conds) == 0 {
		return nil
	}
	f, l, ctx := outsideFound{t: t, gen: t.gen}, t.app.Ledger, t.app.Ctx
	kind, find := t.kind, t.find
	return func() tea.Msg {
		p, err := l.Page(ctx, store.Query{Kind: kind.Name, Find: find, Best: true, Limit: outsideMost})
		if err != nil {
			f.err = fmt.Errorf("find %s everywhere: %w", kind.Name, err)
			return f
		}
		env := l.Env(ctx)
		for _, r := range p.Records {
			f.outside.rows = append(f.outside.rows, row{Record: r})
			f.outside.became = append(f.outside.became, becameOf(env, r))
		}
		f.outside.more = p.Next != ""
		return f
	}
}

// becameOf says what became of a record, or else what tells it from others.
func becameOf(env *model.Env, r *model.Record) string {
	if r.Kind.Became != nil {
		return r.Kind.Became(env, r)
	}
	return distinction(r)
}

// tookOutside takes in what was found. A fault of looking leaves the table as it is: it
// says already that the view has nothing.
func (t *tableScreen) tookOutside(f outsideFound) {
	if f.gen == t.gen && f.err == nil {
		t.outside = f.outside
	}
}

// The lines of drawOutside before the first record.
const outsideHead = 2

// drawOutside lists them, a line each.
func (t *tableScreen) drawOutside(width, height int) []string {
	indent := strings.Repeat(" ", lead)
	lines := []string{strings.Repeat(" ", width), ui.Fit(indent+fmt.Sprintf("“%s”里没有“%s”,台账里有:", t.shown(), t.find), width)}
	for i, r := range t.outside.rows {
		pointer := "   "
		if i == t.outside.cur {
			pointer = ">  "
		}
		line := ui.Fit(pointer+nameOf(r.Record)+":"+t.outside.became[i], width)
		if i == t.outside.cur {
			line = t.app.Styles.Selected.Render(line)
		}
		lines = append(lines, line)
	}
	say := "按回车打开这一条;按 Esc 清除查找,按 F5 换视图"
	if t.outside.more {
		say = "还有别的,按 F5 换成“全部”可以都看到。" + say
	}
	lines = append(lines, strings.Repeat(" ", width))
	for _, part := range ui.Wrap(say, width-2*lead) {
		lines = append(lines, ui.Fit(indent+part, width))
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", width))
	}
	return lines[:height]
}

// clickOutside chooses a line of drawOutside, or opens it when it is chosen already.
func (t *tableScreen) clickOutside(line int) tea.Cmd {
	i := line - outsideHead
	switch {
	case i < 0 || i >= len(t.outside.rows):
	case i == t.outside.cur:
		return t.open()
	default:
		t.outside.cur = i
	}
	return nil
}
