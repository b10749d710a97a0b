package model

// Offer is something that usually follows from a record and is not written without being
// asked for: an election's new positions. The form shows a kind's offers after saving.
type Offer struct {
	Text    string    // what will be done, one line in Chinese
	Records []*Record // to be saved for it, in their order
	Off     bool      // not ticked at first
}

// Change is what a save made of one record.
type Change struct {
	Before, After *Record // Before is nil of a new one
}

// Words says in words which fields a change touched, in the order of the form: a choice
// by its value alone (去世), everything else with its label (离开日期 2026-11-03). "" where
// nothing did.
func (c Change) Words() string {
	if c.Before == nil {
		return ""
	}
	text := ""
	for _, name := range Diff(c.Before, c.After) {
		f := c.After.Kind.MustField(name)
		word := f.Label + " " + c.After.Masked(name)
		switch {
		case !c.After.Filled(name):
			word = f.Label + "已清空"
		case f.Type == TypeChoice:
			word = c.After.Str(name)
		}
		if text != "" {
			text += ","
		}
		text += word
	}
	return text
}
