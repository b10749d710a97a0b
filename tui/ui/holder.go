package ui

// Holder is a Screen that has one record at hand: the form its own, a table the chosen
// one. The key for 修改经过 and the menu lead from there to the record's past.
type Holder interface {
	// Holds gives the record's kind and id, and what it is called. id is "" where there
	// is none, as in the form of a new one.
	Holds() (kind, id, name string)
}
