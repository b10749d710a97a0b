package table

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// way says which rows are asked for.
type way int

const (
	first  way = iota // the first page
	last              // the last page
	around            // the page that begins with one of ids
	after             // the page after the window
	before            // the page before the window
	best              // the page that begins with what fits best, where another order was asked for
)

// wish is a request for rows. Only one is under way at a time; of those that come
// meanwhile the newest is kept.
type wish struct {
	way   way
	token string   // of after and before
	ids   []string // of around: the first of them that is among the rows
	want  string   // the record to select
	off   int      // rows between the top of the screen and the selection
}

// answer is what came of a wish.
type answer struct {
	t     *tableScreen
	gen   int
	wish  wish
	page  page
	at    int
	found bool // around: one of ids was among the rows
	err   error
}

// counted is the number of rows of a question. It comes after the first rows, since
// counting many takes longer than reading a page.
type counted struct {
	t        *tableScreen
	question int
	plain    string // names a question in which nothing is looked for, "" another
	n        int
	sums     map[string]int64 // of the columns that add up
	err      error
}

// query gives the question that the table shows the answer to.
func (t *tableScreen) query() store.Query {
	conds := append([]model.Cond(nil), t.view.Conds(t.app.Ledger.Source().Today())...)
	return store.Query{Kind: t.kind.Name, Conds: append(conds, t.conds...), Find: t.find, Best: t.sort == nil, Sort: t.sort}
}

// renew forgets the rows held and asks for the first ones of a changed question.
func (t *tableScreen) renew() tea.Cmd {
	t.ask()
	t.goal = ""
	t.win.owed = 0
	if t.find != "" && t.sort != nil {
		return t.load(wish{way: best})
	}
	return t.load(wish{way: first})
}

// refresh reads the rows anew and keeps the selection; with an id it goes there.
// A save may write records of several kinds, one refresh each: none of the later
// ones forgets where the first was to go.
func (t *tableScreen) refresh(id string) tea.Cmd {
	if id == "" {
		id = t.goal
	}
	t.goal, t.plain = id, counted{}
	w := wish{way: around, want: id}
	if id != "" {
		w.ids = append(w.ids, id)
	}
	if r := t.win.selected(); r != nil {
		if id == "" {
			w.want = r.ID
		}
		w.off = t.win.cur - t.win.top
		for _, r := range t.win.rows[t.win.top:min(len(t.win.rows), t.win.top+t.listHeight())] {
			w.ids = append(w.ids, r.ID)
		}
	}
	t.ask()
	return t.load(w)
}

// ask begins a new question, or the old one on rows that have changed: answers on
// their way are of no use, and the rows must be counted again.
func (t *tableScreen) ask() {
	t.gen++
	t.question++
	t.uncounted = true
	t.totalling.stop()
	t.outside = outside{}
}

// more asks for the neighbouring page when the screen comes near the window's end.
func (t *tableScreen) more() tea.Cmd {
	if t.busy {
		return nil
	}
	switch t.win.lacks(t.listHeight()) {
	case 1:
		return t.load(wish{way: after, token: t.win.next()})
	case -1:
		return t.load(wish{way: before, token: t.win.prev()})
	}
	return nil
}

// load starts to read, or keeps the wish until the one under way has come.
func (t *tableScreen) load(w wish) tea.Cmd {
	if t.busy {
		if w.way != after && w.way != before {
			t.waiting = &w
			t.reading.stop() // a newer letter has overtaken it
		}
		return nil
	}
	t.busy = true
	q := t.query()
	q.Limit = max(2*t.listHeight(), 20)
	a := answer{t: t, gen: t.gen, wish: w}
	l, derived := t.app.Ledger, derivedOf(t.cols)
	ctx := t.reading.begin(t.app.Ctx)
	return func() tea.Msg {
		a.err = a.read(ctx, l, q, derived)
		return a
	}
}

// underWay is what is being read or counted, so that it can be stopped when nobody waits for
// it any more. The zero value is nothing.
type underWay struct{ cancel context.CancelFunc }

func (u *underWay) begin(ctx context.Context) context.Context {
	u.stop()
	ctx, u.cancel = context.WithCancel(ctx)
	return ctx
}

func (u *underWay) stop() {
	if u.cancel != nil {
		u.cancel()
	}
}

func (a *answer) read(ctx context.Context, l *store.Ledger, q store.Query, derived []*model.Derived) error {
	p, err := a.ask(ctx, l, q)
	if err != nil {
		return fmt.Errorf("read %s: %w", q.Kind, err)
	}
	a.page = pageOf(p, l.Env(ctx), derived)
	return nil
}

// A search in a table of many rows is counted once the keys rest for a moment: the next
// letter asks something else.
const (
	countManyRows = 2000
	countAfter    = 250 * time.Millisecond
)

// countNow tells that the keys have rested since a question was asked.
type countNow struct {
	t        *tableScreen
	question int
}

func (t *tableScreen) countSoon() tea.Cmd {
	if t.find == "" || t.most <= countManyRows {
		return t.count()
	}
	now := countNow{t, t.question}
	return tea.Tick(countAfter, func(time.Time) tea.Msg { return now })
}

// count counts the rows of the question, one count at a time; the newest is made
// when the one under way has come.
func (t *tableScreen) count() tea.Cmd {
	if t.counting {
		return nil
	}
	t.counting, t.uncounted = true, false
	l, q, c := t.app.Ledger, t.query(), counted{t: t, question: t.question}
	fields := sums(t.cols)
	if t.find == "" {
		c.plain = fmt.Sprint("rows", q.Conds, fields)
		if t.plain.plain == c.plain {
			c.n, c.sums = t.plain.n, t.plain.sums
			return ui.Do(c)
		}
	}
	ctx := t.totalling.begin(t.app.Ctx)
	return func() tea.Msg {
		if c.n, c.sums, c.err = l.Sum(ctx, q, fields...); c.err != nil {
			c.err = fmt.Errorf("count %s: %w", q.Kind, c.err)
		}
		return c
	}
}

func (t *tableScreen) tookCount(c counted) tea.Cmd {
	t.counting = false
	switch {
	case c.question != t.question:
		return t.countSoon()
	case c.err != nil:
		return ui.Do(ui.Failed{Err: c.err})
	}
	t.most = max(t.most, c.n)
	if c.plain != "" {
		t.plain = c
	}
	t.win.know(c.n)
	t.sums = c.sums
	return t.prepare()
}

// prepare has what many rows are found by read into memory: then a letter costs no more than
// among few. Where that can't be done they are looked for on file, as before.
func (t *tableScreen) prepare() tea.Cmd {
	if t.most <= countManyRows {
		return nil
	}
	l, ctx, kind := t.app.Ledger, t.app.Ctx, t.kind.Name
	return func() tea.Msg {
		if err := l.Prepare(ctx, kind); err != nil && ctx.Err() == nil {
			return ui.Failed{Err: err}
		}
		return nil
	}
}

func (a *answer) ask(ctx context.Context, l *store.Ledger, q store.Query) (store.Page, error) {
	switch a.wish.way {
	case last:
		q.Last = true
	case after:
		q.After = a.wish.token
	case before:
		q.Before = a.wish.token
	case best:
		return a.askBest(ctx, l, q)
	case around:
		for _, id := range a.wish.ids {
			q.Around = id
			p, err := l.Page(ctx, q)
			if err != nil {
				return p, err
			}
			if len(p.Records) > 0 && p.Records[0].ID == id {
				a.at, a.found = p.At, true
				return p, nil
			}
		}
		q.Around = ""
	}
	return l.Page(ctx, q)
}

// askBest reads the page that begins with what fits what was typed best.
func (a *answer) askBest(ctx context.Context, l *store.Ledger, q store.Query) (store.Page, error) {
	fits := q
	fits.Best, fits.Limit = true, 1
	p, err := l.Page(ctx, fits)
	if err != nil || len(p.Records) == 0 {
		return p, err
	}
	q.Around = p.Records[0].ID
	p, err = l.Page(ctx, q)
	a.at = p.At
	return p, err
}

func derivedOf(cols []column) []*model.Derived {
	var all []*model.Derived
	for _, c := range cols {
		if c.derived != nil {
			all = append(all, c.derived)
		}
	}
	return all
}

// took takes an answer in and asks on.
func (t *tableScreen) took(a answer) tea.Cmd {
	t.busy = false
	if w := t.waiting; w != nil {
		t.waiting = nil
		return t.load(*w)
	}
	if a.gen != t.gen {
		return t.more()
	}
	if a.err != nil {
		t.failed = a.err
		return ui.Do(ui.Failed{Err: a.err})
	}
	t.failed, t.loaded = nil, true
	var counting tea.Cmd
	switch a.wish.way {
	case after, before:
		t.win.put(a.page, a.wish.way == before)
		t.win.move(0) // by what is owed
	default:
		t.jump(a)
		if t.uncounted {
			counting = t.countSoon()
		}
	}
	t.win.show(t.listHeight())
	return tea.Batch(counting, t.more(), t.look(), t.lookOutside())
}

// jump puts the answer's page in the place of the window and selects what the
// wish wanted.
func (t *tableScreen) jump(a answer) {
	t.goal = ""
	total := t.win.total
	if t.uncounted {
		total = -1
	}
	t.win.replace(a.page, a.at)
	if a.wish.way == last {
		t.win.at, t.win.ends = -len(a.page.rows), true
	}
	t.win.know(total)
	switch a.wish.way {
	case last:
		t.win.cur = len(t.win.rows) - 1
	case around:
		t.win.cur = t.win.find(a.wish.want)
		if t.win.cur < 0 && a.found {
			t.win.cur = a.wish.off
		}
	}
}
