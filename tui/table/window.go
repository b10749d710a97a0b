package table

import (
	"slices"

	"taizhang/model"
	"taizhang/store"
)

// row is one record with its derived values, computed when it was read.
type row struct {
	*model.Record
	derived map[string]string
}

// page is one keyset page of the window.
type page struct {
	rows       []row
	prev, next string // "" at the first and the last page
}

// maxPages bounds the window: pages far from the selection are let go, so that a
// table of any length takes the same memory.
const maxPages = 6

// window is the part of all rows that is held: pages that follow each other. The
// selection is a place in it, and at counts the rows before it.
type window struct {
	pages []page
	rows  []row // of all pages
	at    int   // rows before the window; with ends, less the number of all
	ends  bool  // at is reckoned from the end, since the number of all is not known
	total int   // rows in all, -1 while it is not known
	cur   int   // the selected row, in rows
	top   int   // the first row on the screen, in rows
	owed  int   // rows still to be moved when the next page comes
}

func (w *window) prev() string {
	if len(w.pages) == 0 {
		return ""
	}
	return w.pages[0].prev
}

func (w *window) next() string {
	if len(w.pages) == 0 {
		return ""
	}
	return w.pages[len(w.pages)-1].next
}

// selected gives the selected row, or nil in an empty table.
func (w *window) selected() *row {
	if w.cur < 0 || w.cur >= len(w.rows) {
		return nil
	}
	return &w.rows[w.cur]
}

// find gives the place of a record in the window, or -1.
func (w *window) find(id string) int {
	return slices.IndexFunc(w.rows, func(r row) bool { return r.ID == id })
}

// replace puts one page in the place of all.
func (w *window) replace(p page, at int) {
	*w = window{pages: []page{p}, rows: p.rows, at: at, total: -1}
}

// know takes the number of all rows, or -1, and settles which rows these are.
func (w *window) know(total int) {
	w.total = total
	if w.ends && total >= 0 {
		w.at, w.ends = max(w.at+total, 0), false
	}
	if w.prev() == "" {
		w.at, w.ends = 0, false
	}
	if total >= 0 {
		w.total = max(total, w.at+len(w.rows))
	}
}

// put adds a page after the last one, or before the first.
func (w *window) put(p page, before bool) {
	if before {
		w.pages = slices.Insert(w.pages, 0, p)
		w.at -= len(p.rows)
		if !w.ends {
			w.at = max(w.at, 0)
		}
		w.cur += len(p.rows)
		w.top += len(p.rows)
	} else {
		w.pages = append(w.pages, p)
	}
	for len(w.pages) > maxPages {
		if before {
			w.pages = w.pages[:len(w.pages)-1]
			continue
		}
		n := len(w.pages[0].rows)
		w.pages = w.pages[1:]
		w.at, w.cur, w.top = w.at+n, max(w.cur-n, 0), max(w.top-n, 0)
	}
	w.rows = nil
	for _, p := range w.pages {
		w.rows = append(w.rows, p.rows...)
	}
	w.know(w.total)
}

// move moves the selection by n rows. What the window does not hold yet is owed
// until its page comes.
func (w *window) move(n int) {
	to := w.cur + w.owed + n
	w.owed = 0
	switch last := len(w.rows) - 1; {
	case to > last:
		if w.next() != "" {
			w.owed = to - last
		}
		to = last
	case to < 0:
		if w.prev() != "" {
			w.owed = to
		}
		to = 0
	}
	w.cur = max(to, 0)
}

// show brings the selected row onto the screen of height rows.
func (w *window) show(height int) {
	height = max(height, 1)
	w.cur = max(min(w.cur, len(w.rows)-1), 0)
	w.top = min(w.top, w.cur)
	w.top = max(w.top, w.cur-height+1)
	if w.next() == "" {
		w.top = min(w.top, len(w.rows)-height)
	}
	w.top = max(w.top, 0)
}

// lacks tells which neighbouring page should be read now: +1 the next, -1 the
// previous, 0 none. One screen is kept ready on either side.
func (w *window) lacks(height int) int {
	switch {
	case w.next() != "" && (w.owed > 0 || len(w.rows)-w.top < 2*height):
		return 1
	case w.prev() != "" && (w.owed < 0 || w.top < height):
		return -1
	}
	return 0
}

// pageOf turns a page of the store into one of the window.
func pageOf(p store.Page, env *model.Env, derived []*model.Derived) page {
	rows := make([]row, len(p.Records))
	for i, r := range p.Records {
		rows[i] = rowOf(r, env, derived)
	}
	return page{rows: rows, prev: p.Prev, next: p.Next}
}

func rowOf(r *model.Record, env *model.Env, derived []*model.Derived) row {
	x := row{Record: r}
	if len(derived) > 0 {
		x.derived = make(map[string]string, len(derived))
	}
	for _, d := range derived {
		x.derived[d.Name] = d.Value(env, r)
	}
	return x
}
