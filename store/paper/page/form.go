package page

// Form is a block of labels and blanks, as of one person or one record.
type Form struct {
	Rows []FormRow
}

// FormRow is one row of a form; its items share the width by their weights.
type FormRow struct {
	Items []Item
	Tall  float64 // the least height in points; 0 is that of two lines
}

// Item is one cell of a form.
type Item struct {
	Value  any
	Label  bool    // a heading: bold, shaded, in the middle
	Weight float64 // share of the row's width; 0 is 1
	Down   int     // rows that it reaches over; the items below leave its place out
	Top    bool    // text at the upper edge: of long texts and of blanks to write in
	Align  Align
	Format Format
	Skip   bool // an empty place below an item that reaches down
}

// Label is a heading in a form.
func Label(text string, weight float64) Item { return Item{Value: text, Label: true, Weight: weight} }

// Blank is a value in a form, or room to write one.
func Blank(v any, weight float64) Item { return Item{Value: v, Weight: weight} }

// Pair is a label and its value, 2 : 3 of the weight.
func Pair(label string, v any, weight float64) []Item {
	return []Item{Label(label, weight*2/5), Blank(v, weight*3/5)}
}

// Pairs is a form's row of labels and values of equal width.
//
//go:noinline
func Pairs(labelsAndValues ...any) FormRow {
	var r FormRow
	for i := 0; i+1 < len(labelsAndValues); i += 2 {
		label, _ := labelsAndValues[i].(string)
		r.Items = append(r.Items, Pair(label, labelsAndValues[i+1], 1)...)
	}
	return r
}

// Long is a label with a long text beside it, at least so many points high.
func Long(label string, v any, tall float64) FormRow {
	return FormRow{Tall: tall, Items: []Item{Label(label, 1.2), {Value: v, Weight: 8.8, Top: tall > 60}}}
}

func (f *Form) rows(p *paper) []Row {
	rows := make([]Row, len(f.Rows))
	for i, fr := range f.Rows {
		total := 0.0
		for _, it := range fr.Items {
			total += it.weight()
		}
		r := Row{Min: fr.Tall}
		if r.Min == 0 {
			r.Min = p.size * 2.2
		}
		at := 0.0
		for _, it := range fr.Items {
			to := at + p.width*it.weight()/total
			look := Look{Size: p.size, Box: true, Align: it.Align, Top: it.Top, Format: it.Format}
			if it.Label {
				look.Bold, look.Shade, look.Align = true, true, Centre
			}
			if !it.Skip {
				r.Cells = append(r.Cells, Cell{From: at, To: to, Down: it.Down, Value: it.Value, Look: look})
			}
			at = to
		}
		rows[i] = r
	}
	return rows
}

func (it *Item) weight() float64 {
	if it.Weight == 0 {
		return 1
	}
	return it.Weight
}
