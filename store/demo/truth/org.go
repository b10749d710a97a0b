package truth

import "taizhang/model"

// Org is one organisation of a made-up county with everything it has on
// file. Nothing keeps it after it was handed on: the whole county does not fit into
// memory at once.
type Org struct {
	Code, Township, Domain string
	Own                    bool // the county's own organisation, not one of those that report
	// Home is the organisation itself; it stands in Records["organization"] too.
	Home *model.Record
	// Records are those of each kind, by id. None is deleted.
	Records map[string][]*model.Record
}
