package today

// Words gives all entries' words in their order.
func Words() []string {
	var all []string
	for _, g := range groups {
		for _, e := range g.entries {
			all = append(all, e.words)
		}
	}
	return all
}

// Form is what an entry's form is of, with its preset as typed.
type Form struct {
	Words, Kind string
	Preset      map[string]string
}

// Forms gives the forms that entries and their choices lead to.
func Forms() []Form {
	var all []Form
	for _, g := range groups {
		for _, e := range g.entries {
			for _, c := range append([]entry{e}, e.choices...) {
				if c.kind != "" {
					all = append(all, Form{e.words + "/" + c.words, c.kind, c.preset})
				}
			}
		}
	}
	return all
}
