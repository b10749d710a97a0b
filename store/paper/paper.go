// Package paper holds what is printed: what records give on paper, and the summary as
// sheets.
package paper

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// Paper is declared once: what it is called, and what a record gives on it.
type Paper struct {
	Name  string // by which a kind names it (model.Kind.Papers)
	Title string
	// Of writes the paper of a record; nil for a record that gives none.
	Of func(env *model.Env, r *model.Record) (*Text, error)
}

// Text is a paper in lines, to look at and to print as text.
type Text struct {
	Title string
	Lines []string
}

// Papers are all papers.
var Papers = []*Paper{letter}

// OfRecord gives the first paper of those that the record's kind names which this record
// gives, nil for none. A name that is no paper's is a fault of the program.
func OfRecord(env *model.Env, r *model.Record) (*Text, error) {
	for _, name := range r.Kind.Papers {
		i := slices.IndexFunc(Papers, func(p *Paper) bool { return p.Name == name })
		if i < 0 {
			panic("paper: " + r.Kind.Name + " names unknown paper " + name)
		}
		text, err := Papers[i].Of(env, r)
		if err != nil {
			return nil, fmt.Errorf("paper %s: %w", name, err)
		}
		if text != nil {
			return text, nil
		}
	}
	return nil, nil
}
