// Package model says what a record book holds: field types, record kinds, rules
// and code lists. It has no input or output of its own.
package model

import (
	"cmp"
	"slices"
)

// Group is a heading of the menu; kinds stand under it in the order of kinds.go.
type Group string

// The groups of records.md.
const (
	GroupOrganisation  Group = "组织"
	GroupJointCreation Group = "联创"
	GroupTraining      Group = "培训"
	GroupBothLead      Group = "双带"
	GroupDemonstration Group = "示范"
)

// Kind declares one kind of record. From it come its database tables, its form,
// its table on the screen, its sheet columns, its place in the bundle and its
// checks. A Kind is a value and is not changed once a Catalog holds it.
type Kind struct {
	Name  string // e.g. "meeting": table, resource and command-line name
	Title string // e.g. 人员
	Group Group
	// ListName is what a list of such records is called (名册); "" takes the title.
	ListName string
	Sections []Section // the form's sections in order

	// Label lists the fields whose texts, joined by a space, name a record of
	// this kind wherever another refers to it. A ref gives its target's label.
	Label []string
	// LabelWidth is how wide a field is in a table that refers to one record of this
	// kind, in cells; 0 takes the type's.
	LabelWidth int
	// Columns are the table's columns in order; the first that fit are shown.
	// Names of fields and of derived values.
	Columns []string
	// Sort is the table's first order: field names, "-" in front for descending.
	Sort []string
	// Views are the ready-made views; the first is the default. A kind without
	// views has the one view 全部.
	Views []View
	// Unique sets hold within one organisation, over rows not deleted.
	Unique []Unique
	// Order lists chains of date fields that may not run backwards (error).
	// started_on before ended_on is always checked and need not be listed.
	Order [][]string
	// Asks are fields that a new record's form shows beside the kind's own and that
	// are not stored with it: Follow writes them to another record (where a member
	// who goes away goes to is the person's). They stand at the form's end.
	Asks []*Field
	// SheetAsks are asked once of a whole sheet and stand in each of its records for
	// Follow alone: whether the members of a list were there already or have come.
	SheetAsks []*Field
	// Begins are ways to begin a record, in plain words (去世了, 转走了); BeginTitle
	// is what the menu calls the screen that asks for one, e.g. 办理变动.
	BeginTitle string
	Begins     []Begin
	// Acts are what may be done to many of these records at once; Unit is how they are
	// counted (人), "" for 条.
	Acts []Act
	Unit string
	// Papers name what a record of this kind may give on paper, to be printed after
	// saving: a transfer's letter. They are declared where papers are.
	Papers []string
	// Travels, where set, says whose the records are and which go along when that one
	// moves to another organisation.
	Travels *Travel
	// Clearing, where set, says when what is private in a record is cleared away.
	Clearing *Clearing
	// HandsOver, where set, tells of a record just saved that what belongs to the one it
	// is about may be handed over: a transfer out.
	HandsOver func(r *Record) bool
	// Derived values are computed, never stored.
	Derived []Derived
	// Became, where set, says in a few words what became of a record that no view shows
	// any more: where a member who left went, and when. A table offers such a record
	// when it is looked for.
	Became func(env *Env, r *Record) string
	Rules  []Rule
	Due    []DueItem // what falls due, beside the rules
	// Kept are the rules that Unique, Follow, Protect or a field's type keep, for
	// the list of rules; they have no Check.
	Kept []Rule

	// Fill, where set, is called when a field of a form or a row of a sheet has
	// got a value; it may set other, empty fields and returns their names.
	Fill func(env *Env, r *Record, changed string) []string
	// Spread, where set, gives the records for which one that is new in a form stands,
	// at least one, before any rule sees them: dues of a quarter are three. The form
	// saves them as one act. Errors are *Error.
	Spread func(env *Env, r *Record) ([]*Record, error)
	// Follow, where set, gives the records that must be saved together with one
	// of this kind (a movement with its person). old is nil for a new record.
	Follow func(env *Env, old, saved *Record, how Origin) ([]*Record, error)
	// Turn, where set, is the date field by whose order the rows of a sheet are taken:
	// movements carry a person from one state to the next.
	Turn string
	// Retract, where set, gives the records that must be saved because one of this
	// kind was deleted: a movement's person as before. Restoring it follows again.
	Retract func(env *Env, deleted *Record) ([]*Record, error)
	// Infer, where set, completes a record read from a sheet in which whole
	// columns were missing (absent(field) tells); it returns a warning or an Error.
	Infer func(env *Env, r *Record, absent func(field string) bool) (warning string, err error)
	// Returns, where set, gives for a row of a sheet whose record is on file the records by
	// which it comes back, none where it does not: a member who left, on a list of those
	// transferred in. Such a row changes what is on file whatever becomes of duplicates,
	// but for what only another kind may change. Errors are *Error.
	Returns func(env *Env, read, onFile *Record) ([]*Record, error)
	// SheetField names the ref that a sheet's name stands for where the sheet has no
	// such column: a list of members has a sheet for each 党小组. "" for none.
	SheetField string
	// Match, where set, gives the records on file that are the same as r, for
	// import; without it the first Unique set decides.
	Match func(env *Env, r *Record) ([]*Record, error)
	// Again says what a new record takes over from an earlier one.
	Again Again
	// Offers, where set, gives what usually follows from a record that was saved and is
	// asked about: an election's positions. old is nil for a new record; both are as
	// the ledger holds them.
	Offers func(env *Env, old, saved *Record) ([]Offer, error)
	// Protect, where set, gives the reason why a record may not be deleted.
	Protect func(env *Env, r *Record) error

	names *nameIndex // made by the catalog
}

// Section is one titled part of a form.
type Section struct {
	Title  string
	Fields []*Field
}

// Unique names fields whose values together occur once. Rows in which a field of
// the set is empty don't count, nor rows in which Unless is filled.
type Unique struct {
	Fields []string
	Unless string // e.g. "ended_on", or ""
	Text   string // the Chinese message; "" gives a general one
	Code   string // the finding's code; "" is E-UNIQUE
}

// Begin is one way to begin a record: what happened, and what the form holds then,
// as typed.
type Begin struct {
	Words  string
	Preset map[string]string
}

// View is a ready-made choice of rows.
type View struct {
	Name  string
	Where func(today Date) []Cond
}

// Origin says by which way a record comes in.
type Origin int

// The ways in.
const (
	FromForm Origin = iota
	FromSheet
	FromFollow // written because another record was saved
	// AsRecorded is for records that bring along all that follows from them, as
	// the demo's do: nothing more is written.
	AsRecorded
)

// Field declares one field of a kind.
type Field struct {
	Name     string // e.g. "birth_date": column and JSON name
	Label    string // e.g. 出生日期
	Type     Type
	Required bool
	// Default is a new record's value as one would type it. "今天" stands for
	// the day, "本年", "本月" likewise, "本组织" for the home organisation.
	Default string
	Choices []string // of choice and choices, or the states of a roll
	Target  string   // of ref, refs and roll: the kind referred to
	// TargetView names the target's view that the picker offers first.
	TargetView string
	// Suggest offers the values used before in this field.
	Suggest bool
	Help    string   // one sentence, shown while the field has the focus
	Aliases []string // other headings in sheets
	Codes   []Code   // national codes and other spellings of the choices
	Bands   []Band   // groups of the values that people ask for by name
	// NoSum says of numbers that they don't add up: the number of a term, a share.
	NoSum bool
	// Tight is for names: it drops white space between Chinese characters (张 三 is
	// 张三) and writes the dot between a name's parts as ·.
	Tight bool
	// Shown, where set, tells whether a form shows the field, by what the record
	// holds so far: a movement asks only for what its kind needs.
	Shown func(r *Record) bool
	// After names the field of the section behind which this one stands in the form;
	// elsewhere the order of declaration holds.
	After string
	// Guess, where set, gives the value to be expected by other fields.
	Guess *Guess
	// Newcomers, where set, tells of which records the one referred to is usually not on
	// file yet: the form makes it by F2 while the field is empty. For other records it
	// makes none, and Help is not shown.
	Newcomers func(r *Record) bool
	// Through names the kind by which alone the field changes after the first save;
	// the form shows it read-only then and opens a new record of that kind.
	// ThroughWhen, where set, tells of which records that holds.
	Through     string
	ThroughWhen func(old *Record) bool
	// Roll says how a roll is kept; nil keeps it by the view of the target alone.
	Roll *Roll
	// Preset gives the values, as typed, of a new record made from a ref's picker.
	Preset map[string]string
	// Vital says that a row of a sheet can't do without a cell of the field that is not
	// read: other records follow from it.
	Vital bool
	// Later tells of a note that many records made at once may leave open: it stands as
	// Pending until it is written.
	Later bool
	// Ahead tells of a date that it may lie in the future: the end of a term or of a
	// notice, what is planned. All other dates are of what has happened.
	Ahead bool
	// Private fields stay at home when the county's profile says 不带.
	Private bool
	// Quarter says of a month that a quarter may be typed in a new record's form;
	// Kind.Spread makes records of it.
	Quarter bool
	Width   int // cells in a table; 0 takes the type's
	Min     int64
	Max     int64 // of int, year and money: bounds, both 0 for none
}

// Roll says how a roll is kept: who is to be on it, and which of its states are which.
type Roll struct {
	// Due gives, by what the record holds so far, those who are to be on it.
	Due func(env *Env, r *Record) ([]*Record, error)
	// Came is how many of the states, from the first on, are of those who came; 0 is one.
	Came int
	// Exception is the state that a name gets once everybody was written down with the
	// first; "" is the second.
	Exception string
}

// Came reports how many of a roll's states, from the first on, are of those who came.
func (f *Field) Came() int {
	if f.Roll == nil {
		return 1
	}
	return max(f.Roll.Came, 1)
}

// Exception gives the place, among a roll's states, of the one that a name gets once
// everybody was written down with the first.
func (f *Field) Exception() int {
	if f.Roll != nil && f.Roll.Exception != "" {
		return slices.Index(f.Choices, f.Roll.Exception)
	}
	return min(1, len(f.Choices)-1)
}

// Code is one entry of a national code list: its code, its name there, and the
// choice that stands for it here. An entry without a code is another spelling.
type Code struct{ Code, Name, Value string }

// Fields gives all fields in the order of the form.
//
//go:noinline
func (k *Kind) Fields() []*Field {
	n := 0
	for _, s := range k.Sections {
		n += len(s.Fields)
	}
	all := make([]*Field, 0, n)
	for _, s := range k.Sections {
		all = append(all, s.Fields...)
	}
	return all
}

// Locked reports whether a field of a record on file changes through another kind
// alone: a member's status, standing, left_on and away through a movement.
func (f *Field) Locked(old *Record) bool {
	return f.Through != "" && old != nil && old.Rev > 0 && (f.ThroughWhen == nil || f.ThroughWhen(old))
}

// DerivedValue gives the derived value of that name, or nil.
//
//go:noinline
func (k *Kind) DerivedValue(name string) *Derived {
	for i := range k.Derived {
		if k.Derived[i].Name == name {
			return &k.Derived[i]
		}
	}
	return nil
}

// View gives the ready-made view of that name, or the default one for "".
func (k *Kind) View(name string) (View, bool) {
	if len(k.Views) == 0 || name == "全部" {
		return View{Name: "全部"}, name == "" || name == "全部"
	}
	if name == "" {
		return k.Views[0], true
	}
	i := slices.IndexFunc(k.Views, func(v View) bool { return v.Name == name })
	if i < 0 {
		return View{}, false
	}
	return k.Views[i], true
}

// Conds gives the view's conditions on a day; none for 全部.
func (v View) Conds(today Date) []Cond {
	if v.Where == nil {
		return nil
	}
	return v.Where(today)
}

// Catalog is an ordered set of kinds.
type Catalog struct {
	kinds  []*Kind
	byName map[string]*Kind
}

// NewCatalog checks the declarations and panics on a wrong one: that is a fault
// of the program, found by the first test.
func NewCatalog(kinds ...*Kind) *Catalog {
	c := ProvenCatalog(kinds...)
	c.Prove()
	return c
}

// Prove checks the declarations and panics on a wrong one.
func (c *Catalog) Prove() {
	for _, k := range c.kinds {
		c.validate(k)
	}
}

// ProvenCatalog makes a catalog whose declarations a test proves (Prove), so that no start
// of the program has to.
func ProvenCatalog(kinds ...*Kind) *Catalog {
	c := &Catalog{kinds: kinds, byName: make(map[string]*Kind, len(kinds))}
	for _, k := range kinds {
		if c.byName[k.Name] != nil {
			panic("model: kind " + k.Name + " twice")
		}
		c.byName[k.Name] = k
	}
	for _, k := range kinds {
		k.index(c)
	}
	return c
}

// Kinds gives the kinds in menu order.
func (c *Catalog) Kinds() []*Kind { return c.kinds }

// Kind gives the kind of that name, or nil.
func (c *Catalog) Kind(name string) *Kind { return c.byName[name] }

// Find gives the kind of that name or title (人员), or an Error that lists them.
func (c *Catalog) Find(name string) (*Kind, error) {
	for _, k := range c.kinds {
		if k.Name == name || k.Title == name {
			return k, nil
		}
	}
	example := c.mostReferred()
	return nil, Errorf("E-KIND", "没有“%s”这种记录,请用记录的代号或名称,例如 %s 或 %s", Clean(name, false), example.Name, example.Title)
}

// mostReferred gives the kind to which the most fields refer: the one best known.
func (c *Catalog) mostReferred() *Kind {
	return slices.MaxFunc(c.kinds, func(a, b *Kind) int {
		return cmp.Compare(len(c.Referrers(a.Name)), len(c.Referrers(b.Name)))
	})
}

// SchemaVersion is the version of the database's schema and of the tables in a
// bundle. It goes up when a kind or a field is added, or a meaning changes: a
// program refuses what a newer one wrote.
const SchemaVersion = 2

// SearchForm is the form in which search texts are written. It goes up when Fold or the
// readings change: a ledger whose texts an earlier program wrote is then searched through
// once more, so that what was typed then is found as what is typed now.
const SearchForm = 3
