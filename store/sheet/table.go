package sheet

import "taizhang/model"

// Table is what is written to a sheet.
type Table struct {
	Title   string // the organisation's name; stands above the table with the kind's title
	Kind    *model.Kind
	Columns []string // fields and derived values; nil for every field
	Records []*model.Record
	ShowIDs bool // write ID numbers and phones whole
	Env     *model.Env
}
