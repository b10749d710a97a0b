package store

import (
	"encoding/json"

	"taizhang/model"
)

// Options of opening a ledger.
type Options struct {
	Book     *Book         // what the ledger holds; must be given
	Source   *model.Source // nil: the system's clock and randomness
	ReadOnly bool          // take no lock and write nothing
	By       string        // who writes, for the history; "" takes the system's user
}

// Home is the organisation whose record book a ledger is.
type Home struct {
	Code, Name, Kind, Domain, Township, County string
}

// Query asks for records of one kind. A field that the kind lacks, in Conds or Sort, is
// a fault of the program and panics; a name that a person wrote goes through
// model.Kind.FindField first.
type Query struct {
	Kind    string
	Conds   []model.Cond
	Find    string   // search text: Chinese, pinyin, initials, digits; "" finds all
	Sort    []string // fields, "-" in front for descending; nil takes the kind's
	Limit   int      // records a page; 0 for all
	After   string   // a Page's Next: the page that follows it
	Before  string   // a Page's Prev: the page before it
	Last    bool     // the last page instead of the first
	Around  string   // an id: the page that begins with it, or, where it is not among the rows, the first
	Deleted bool     // only what is in the recycle bin, instead of only what is not
}

// Page is a keyset page. Records carry the labels of what they refer to.
type Page struct {
	Records    []*model.Record
	Next, Prev string // "" where there is no more
	At         int    // with Around: how many rows stand before the page's first
}

// Saved tells what a save wrote: the records given, in their order, then what
// followed from them.
type Saved struct {
	Records  []*model.Record
	Findings []model.Finding // the warnings of the first record
	Group    int64           // of the history; one undo takes the group back
}

// Refusal is the error of a save that rules forbid; nothing was written.
type Refusal struct {
	Index    int             // which of the records given, from 0
	Kind     *model.Kind     // of the record that is refused: it or one that follows from it
	Findings []model.Finding // at least one of severity Fault
}

// Error gives the first fault's message.
func (r *Refusal) Error() string {
	for _, f := range r.Findings {
		if f.Severity == model.Fault {
			return f.Message
		}
	}
	return "这条记录有错误,没有保存"
}

// Reference tells how many records of a kind refer to a record by a field.
type Reference struct {
	Kind   *model.Kind
	Field  *model.Field
	Count  int
	Labels []string // of the first few
}

// Event is one step of a record's past.
type Event struct {
	Seq, Group int64
	Kind, ID   string
	Rev        int64
	At         string // YYYY-MM-DDThh:mm:ssZ
	Action     string // 新建, 修改, 删除, 恢复
	Changes    []FieldChange
	By         string
}

// FieldChange is one field's part of an event, as text for people and as stored.
type FieldChange struct {
	Field, Label         string
	Old, New             string
	StoredOld, StoredNew string // "" when empty
}

// Draft is a form not yet saved. Texts holds what stands in each field as typed,
// so that half a date is kept too; the form alone knows its structure.
type Draft struct {
	ID       string // one per open form; UUIDv7
	Kind     string
	RecordID string // "" for a new record
	BaseRev  int64  // the record's rev when the form was opened
	Label    string // what it is, for the offer to go on
	Texts    json.RawMessage
	SavedAt  string
}

// Unit is an organisation that an org_code field offers.
type Unit struct {
	Code, Name, Township, Domain, Phone string
	OnFile                              bool // an organisation record, not only the county's list
}

// Problem is an open finding with the record it is about.
type Problem struct {
	Finding model.Finding
	Kind    *model.Kind
	ID      string
	OrgID   string // whose record it is
	Label   string
}
