package table

import (
	"slices"

	"taizhang/model"
	"taizhang/tui/ui"
)

// gap is the space between two columns, in cells; lead is the space before the
// first one, for the pointer of the selected row and the mark.
const (
	gap  = 2
	lead = 3
)

// column is one column of the table: a field or a derived value.
type column struct {
	name    string
	label   string // a derived value's ends in *, since it is computed
	width   int    // the natural width in cells
	right   bool
	cuts    bool // a text that may be cut or grow
	title   bool // a sentence that names the record: it has the room that is left first
	field   *model.Field
	derived *model.Derived
}

// columnOf gives the column of a field or a derived value of the kind.
func columnOf(k *model.Kind, name string) (column, bool) {
	if f := k.Field(name); f != nil {
		w := f.Width
		if w == 0 {
			w = k.UsualWidth(f)
		}
		return column{
			name: name, label: f.Label, field: f, right: f.Type.Right(),
			width: max(w, ui.Width(f.Label)), cuts: cuts(f.Type),
			title: f.Type == model.TypeText && w >= leastTitle && slices.Contains(k.Label, name),
		}, true
	}
	if d := k.DerivedValue(name); d != nil {
		label := d.Label + "*"
		return column{name: name, label: label, derived: d, right: d.Type != nil && d.Type.Right(),
			width: max(d.Width, ui.Width(label)), cuts: d.Width > 12}, true
	}
	return column{}, false
}

// cuts tells the types whose values read well when they are cut: a name or a
// sentence does, a number or a date does not.
func cuts(t model.Type) bool {
	switch t {
	case model.TypeText, model.TypeNote, model.TypeRef, model.TypeRefs, model.TypeRoll, model.TypeChoices, model.TypeOrgCode:
		return true
	}
	return false
}

// allColumns gives every field and derived value that a table can show: the
// kind's own columns first, then the other derived values and fields as declared.
func allColumns(k *model.Kind) []column {
	names := slices.Clone(k.Columns)
	for _, d := range k.Derived {
		names = append(names, d.Name)
	}
	for _, f := range k.Fields() {
		names = append(names, f.Name)
	}
	var all []column
	for i, n := range names {
		if c, ok := columnOf(k, n); ok && !slices.Contains(names[:i], n) {
			all = append(all, c)
		}
	}
	return all
}

// columnsNamed gives the columns of those names, leaving out what the kind no
// longer has; the kind's own when nothing is left.
func columnsNamed(k *model.Kind, names []string) []column {
	cols := make([]column, 0, len(names))
	for i, n := range names {
		if c, ok := columnOf(k, n); ok && !slices.Contains(names[:i], n) {
			cols = append(cols, c)
		}
	}
	if len(cols) > 0 {
		return cols
	}
	for _, n := range k.Columns {
		if c, ok := columnOf(k, n); ok {
			cols = append(cols, c)
		}
	}
	return cols
}

// placed is a column where the screen shows it.
type placed struct {
	column
	x, w int // its first cell and its width
}

// Where the list is roomy cells wide, the first column, which names the record, has room
// for a name of six characters at least.
const roomy, wideName = 81, 12

// leastCut is the room that a text needs to be shown cut: less tells nothing.
const leastCut = 12

// layout places the columns in width cells: the first column always, then as
// many as fit from number skip on, the last text growing into what is left.
// hidden counts those that found no place.
func layout(cols []column, width, skip int) (shown []placed, hidden int) {
	if len(cols) == 0 {
		return nil, 0
	}
	x := lead
	free := func() int { return width - x }
	place := func(c column, w int) {
		shown = append(shown, placed{c, x, w})
		x += w + gap
	}
	first := cols[0].width
	if cols[0].cuts && width >= roomy {
		first = max(first, wideName)
	}
	place(cols[0], max(1, min(first, free())))
	rest := cols[min(len(cols), 1+skip):]
	for i, c := range rest {
		switch {
		case c.width <= free():
			place(c, c.width)
			continue
		case c.cuts && free() >= max(ui.Width(c.label), leastCut):
			place(c, free())
			i++
		}
		hidden = len(rest) - i
		break
	}
	grow(shown, width-(x-gap))
	return shown, hidden
}

// A title is this wide at least, and grows no wider than that.
const leastTitle, mostTitle = 16, 40

// grow gives the cells left over to the title first, which is cut elsewhere, then to
// the last text, and moves what follows them.
func grow(shown []placed, left int) {
	widen := func(i, by int) {
		if by <= 0 {
			return
		}
		left -= by
		shown[i].w += by
		for j := i + 1; j < len(shown); j++ {
			shown[j].x += by
		}
	}
	for i := range shown {
		if shown[i].title {
			widen(i, min(left, mostTitle-shown[i].w))
		}
	}
	for i := len(shown) - 1; i >= 0; i-- {
		if shown[i].cuts {
			widen(i, left)
			return
		}
	}
}

// text gives what a record shows in the column. Derived values are computed when
// the rows are read, since they may look things up.
func (c column) text(r row, showIDs bool) string {
	switch {
	case c.derived != nil:
		return r.derived[c.name]
	case showIDs:
		return r.Text(c.name)
	}
	return r.Masked(c.name)
}
