package model

import "time"

// Storage says how the database keeps the values of a type.
type Storage int

// The storages. Linked types have a table KIND_FIELD of their own.
const (
	StoreText    Storage = iota // TEXT
	StoreInteger                // INTEGER
	StoreLinks                  // link table (record_id, target_id)
	StoreMarks                  // link table (record_id, target_id, state)
)

// Namer gives the label of a record by its id, "" when unknown.
type Namer func(id string) string

// Type is a field type: the one place that knows how a value is parsed, shown,
// checked, stored, compared, written to sheets and described in a data package.
type Type interface {
	// Name as records.md writes it, e.g. "date".
	Name() string
	Storage() Storage
	// Parse reads what a person typed ("" is empty, nil). Errors are *Error.
	Parse(f *Field, typed string) (Value, error)
	// Format shows a value to a person; of refs by label.
	Format(f *Field, v Value, name Namer) string
	// Check tells whether a value is of the type and within the field's bounds
	// and choices. Errors are *Error.
	Check(f *Field, v Value) error
	// Compare orders two values that are not nil.
	Compare(a, b Value) int
	// Encode gives the database's form (string or int64), Decode reads it back.
	// Linked types are written as rows instead and have none.
	Encode(v Value) any
	Decode(stored any) (Value, error)
	// CSV gives exactly the stored value as text (choices joined by ";"), "" for
	// nil; ParseCSV reads it back.
	CSV(f *Field, v Value) string
	ParseCSV(f *Field, text string) (Value, error)
	// JSON gives the value for `--json` and history.
	JSON(v Value, name Namer) any
	// Schema describes the column in a Frictionless table schema.
	Schema(f *Field) SchemaField
	// Cell gives the value for a sheet: string, time.Time, float64 or int64.
	Cell(f *Field, v Value, name Namer) any
	// FromCell reads a sheet's cell; warning says what was taken differently.
	FromCell(f *Field, c Cell) (v Value, warning string, err error)
	// Width is the usual width in a table, in cells; Right aligns to the right.
	Width(f *Field) int
	Right() bool
}

// Masker is a type whose values are hidden in part in tables.
type Masker interface{ Mask(s string) string }

// Emptier is a type of which a field always holds a value: that of one left untouched.
type Emptier interface{ Empty() Value }

// Examiner is a type that asks more of a value than Check can tell: what it is likely to
// be, or what must be on file. It is called with values that Check takes.
type Examiner interface {
	Examine(x *Exam, f *Field, v Value)
}

// HomeType is a type that can refer to an organisation, and gives the home organisation
// as the value of the default 本组织.
type HomeType interface{ OfHome(home *Record) Value }

// Cell is a sheet's cell as read. Number is set when the sheet holds a number;
// Date when it holds a number formatted as a date.
type Cell struct {
	Text   string // as shown, or the number in full without an exponent
	Number *float64
	Date   *time.Time
}

// SchemaField is a field of a Frictionless table schema.
type SchemaField struct {
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Format      string      `json:"format,omitempty"`
	Title       string      `json:"title,omitempty"`
	Constraints *Constraint `json:"constraints,omitempty"`
}

// Constraint holds what the database itself enforces.
type Constraint struct {
	Required bool `json:"required,omitempty"`
	Unique   bool `json:"unique,omitempty"`
}

// Linked reports whether a field's values stand in a table of their own.
func (f *Field) Linked() bool {
	s := f.Type.Storage()
	return s == StoreLinks || s == StoreMarks
}

// The field types.
var (
	TypeText     Type = textType{}
	TypeNote     Type = noteType{}
	TypePhone    Type = phoneType{}
	TypeIDNumber Type = idNumberType{}
	TypeDate     Type = dateType{}
	TypeMonth    Type = monthType{}
	TypeYear     Type = yearType{}
	TypeInt      Type = intType{}
	TypeMoney    Type = moneyType{}
	TypeBool     Type = boolType{}
	TypeChoice   Type = choiceType{}
	TypeChoices  Type = choicesType{}
	TypeRef      Type = refType{}
	TypeRefs     Type = refsType{}
	TypeRoll     Type = rollType{}
	TypeOrgCode  Type = orgCodeType{}
)

// Types gives all field types, for the contract test that each must pass.
func Types() []Type {
	return []Type{TypeText, TypeNote, TypePhone, TypeIDNumber, TypeDate, TypeMonth, TypeYear, TypeInt,
		TypeMoney, TypeBool, TypeChoice, TypeChoices, TypeRef, TypeRefs, TypeRoll, TypeOrgCode}
}
