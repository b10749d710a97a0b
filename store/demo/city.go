package demo

import (
	"taizhang/model"
)

// cityOrg is one organisation of the made-up county with everything it has on
// file. Nothing keeps it after it was handed on: the whole county does not fit into
// memory at once.
type cityOrg struct {
	Code, Township, Domain string
	Own                    bool // the county's own organisation, not one of those that report
	// Home is the organisation itself; it stands in Records["organization"] too.
	Home *model.Record
	// Records are those of each kind, by id. None is deleted.
	Records map[string][]*model.Record
}

// counter takes every organisation of the county once, one at a time and in the
// order of their codes, the county's own first.
type counter interface{ add(cityOrg) error }

// CityFault is a fault that was put into the made-up county on purpose: what the
// rule finds at the record of that organisation.
type CityFault struct {
	Rule string `json:"rule"`
	Org  string `json:"org"` // the organisation's code
	Kind string `json:"kind"`
	ID   string `json:"id"`
}
