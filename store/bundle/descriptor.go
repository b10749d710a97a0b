package bundle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/model"
)

// Package is datapackage.json. Its fields are written in this order.
type Package struct {
	Profile   string     `json:"profile"`
	Name      string     `json:"name"`
	Title     string     `json:"title"`
	Version   string     `json:"version"` // of the content: YYYY.M.0
	Created   string     `json:"created"` // YYYY-MM-DDThh:mm:ssZ
	Resources []Resource `json:"resources"`
	Taizhang  Meta       `json:"taizhang"`
}

// Meta is what a bundle says beyond a data package.
type Meta struct {
	Format       int            `json:"format"`
	Program      string         `json:"program"`
	Schema       int            `json:"schema"`
	Organization Organization   `json:"organization"`
	PublicKey    string         `json:"public_key"` // the base64 line that `minisign -P` takes
	Month        model.Month    `json:"month"`
	Sequence     int64          `json:"sequence"`
	Previous     string         `json:"previous"` // SHA-256 of the previous bundle's datapackage.json, or ""
	Counts       map[string]int `json:"counts"`   // records of each kind, without the deleted ones
	Problems     Problems       `json:"problems"`
	Reviewed     Reviewed       `json:"reviewed"`
	Balance      Balance        `json:"balance"`
	// FirstMonth is the month from which the ledger is kept, "" where nothing tells.
	FirstMonth model.Month `json:"first_month,omitempty"`

	Contents string   `json:"contents,omitempty"` // ContentsRecords, ContentsSums; "" in format 1
	Sums     *Sums    `json:"sums,omitempty"`     // of what the sums are; nil beside records
	Sent     []Before `json:"sent,omitzero"`      // earlier bundles of the ledger, newest first, at most MaxSent; nil in format 1
}

// What a bundle may hold.
const (
	ContentsRecords = "records" // the records of an organisation
	ContentsSums    = "sums"    // an office's sums without persons
)

// Before is an earlier bundle of the same ledger: every one whose hash was committed, also
// where it was then not written. By them the county tells the ledger from a copy of it.
type Before struct {
	Sequence int64  `json:"sequence"`
	Hash     string `json:"hash"` // SHA-256 of its datapackage.json, hex
}

// MaxSent bounds the list of earlier bundles.
const MaxSent = 120

// Follows tells whether a ledger made the bundle with a number and hash before this one.
// sure is false where the list does not reach back so far: then it may have.
func (m *Meta) Follows(sequence int64, hash string) (follows, sure bool) {
	for _, b := range m.Sent {
		if b.Hash == hash {
			return true, true
		}
	}
	n := len(m.Sent)
	return false, m.Format > 1 && (n < MaxSent || m.Sent[n-1].Sequence <= sequence)
}

// Organization is whose bundle it is.
type Organization struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

// Problems are the open findings of the ledger when the bundle was made.
type Problems struct {
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	List     []Problem `json:"list"` // errors first; at most MaxProblems
}

// MaxProblems bounds the list of problems, so that datapackage.json stays small.
const MaxProblems = 3000

// Problem is one open finding. Message is "" where the county wants no identity.
type Problem struct {
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Field    string `json:"field"`
	Code     string `json:"code"`
	Severity string `json:"severity"` // error, warning
	Message  string `json:"message"`
}

// Reviewed tells how many members were confirmed in the month's review.
type Reviewed struct {
	Confirmed int `json:"confirmed"`
	All       int `json:"all"`
}

// Resource describes one CSV file.
type Resource struct {
	Name      string  `json:"name"`
	Path      string  `json:"path"`
	Profile   string  `json:"profile"`
	Title     string  `json:"title"`
	Encoding  string  `json:"encoding"`
	Format    string  `json:"format"`
	Mediatype string  `json:"mediatype"`
	Dialect   Dialect `json:"dialect"`
	Bytes     int64   `json:"bytes"`
	Hash      string  `json:"hash"` // sha256:…
	Schema    Schema  `json:"schema"`
}

// Dialect names the delimiter. It is the default of the specification, but the npm
// package datapackage guesses one from the text when it is not named, and guesses
// wrong where values hold other marks.
type Dialect struct {
	Delimiter string `json:"delimiter"`
}

// Schema is a Frictionless table schema.
type Schema struct {
	Fields      []model.SchemaField `json:"fields"`
	PrimaryKey  []string            `json:"primaryKey"`
	ForeignKeys []ForeignKey        `json:"foreignKeys"`
}

// ForeignKey refers to another resource, or with Resource "" to the same.
type ForeignKey struct {
	Fields    []string  `json:"fields"`
	Reference Reference `json:"reference"`
}

// Reference is a foreign key's other end.
type Reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
}

// Header gives the names of the columns, in order.
func (r *Resource) Header() []string {
	names := make([]string, len(r.Schema.Fields))
	for i, f := range r.Schema.Fields {
		names[i] = f.Name
	}
	return names
}

// title names the home organisation and the month.
func title(o Organization, month model.Month) string {
	return o.Name + " " + month.Chinese() + "报送包"
}

// name is a Frictionless name: lower case, though codes may have capitals.
func name(o Organization, month model.Month, sequence int64) string {
	return strings.ToLower("taizhang_" + stem(o.Code, month, sequence))
}

// contentVersion makes a semantic version of the month.
func contentVersion(m model.Month) string {
	d := m.First().Time()
	return fmt.Sprintf("%d.%d.0", d.Year(), d.Month())
}

// describe completes the parts of a package that follow from its Meta, and puts
// empty lists where nothing stands, since null is never written.
func (p *Package) describe() {
	m := &p.Taizhang
	p.Profile = packageProfile
	p.Name = name(m.Organization, m.Month, m.Sequence)
	p.Title = title(m.Organization, m.Month)
	p.Version = contentVersion(m.Month)
	if m.Counts == nil {
		m.Counts = map[string]int{}
	}
	if m.Problems.List == nil {
		m.Problems.List = []Problem{}
	}
	if m.Balance.Movements == nil {
		m.Balance.Movements = map[string]int{}
	}
}

// delimiter stands between the values of a row.
const delimiter = ","

const (
	packageProfile  = "tabular-data-package"
	resourceProfile = "tabular-data-resource"
)

// marshal is JSON with two spaces of indent, without the escapes for HTML, and
// with a line end.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("marshal: %w", err)
	}
	return b.Bytes(), nil
}

// ofAnyKind are the columns that stand before a kind's own. The database allows
// NULL in deleted_at alone.
func ofAnyKind() []model.SchemaField {
	required := &model.Constraint{Required: true}
	return []model.SchemaField{
		{Name: "id", Type: "string", Title: "编号", Constraints: required},
		{Name: "org_id", Type: "string", Title: "所属党组织", Constraints: required},
		{Name: "created_at", Type: "datetime", Title: "登记时间", Constraints: required},
		{Name: "updated_at", Type: "datetime", Title: "修改时间", Constraints: required},
		{Name: "rev", Type: "integer", Title: "修订号", Constraints: required},
		{Name: "deleted_at", Type: "datetime", Title: "删除时间"},
	}
}

// Resources describes the tables of a catalog: for each kind, in menu order, its
// own and then those of its refs and roll fields. org is the kind of the organisations,
// to which org_id refers. Bytes and Hash stand open.
func Resources(kinds *model.Catalog, org string) []Resource {
	var all []Resource
	for _, k := range kinds.Kinds() {
		all = append(all, ofKind(k, org))
		for _, f := range k.Fields() {
			if f.Linked() {
				all = append(all, ofLink(k, f))
			}
		}
	}
	return all
}

func resource(name, title string, s Schema) Resource {
	return Resource{Name: name, Path: "data/" + name + ".csv", Profile: resourceProfile, Title: title,
		Encoding: "utf-8", Format: "csv", Mediatype: "text/csv",
		Dialect: Dialect{Delimiter: delimiter}, Schema: s}
}

func ofKind(k *model.Kind, org string) Resource {
	s := Schema{Fields: ofAnyKind(), PrimaryKey: []string{"id"}}
	s.ForeignKeys = append(s.ForeignKeys, foreignKey(k.Name, "org_id", org))
	for _, f := range k.Fields() {
		if f.Linked() {
			continue
		}
		s.Fields = append(s.Fields, f.Type.Schema(f))
		if f.Target != "" {
			s.ForeignKeys = append(s.ForeignKeys, foreignKey(k.Name, f.Name, f.Target))
		}
	}
	return resource(k.Name, k.Title, s)
}

func ofLink(k *model.Kind, f *model.Field) Resource {
	required := &model.Constraint{Required: true}
	table := k.Name + "_" + f.Name
	s := Schema{PrimaryKey: []string{"record_id", "target_id"}}
	s.Fields = []model.SchemaField{
		{Name: "record_id", Type: "string", Title: k.Title, Constraints: required},
		{Name: "target_id", Type: "string", Title: f.Label, Constraints: required},
	}
	if f.Type.Storage() == model.StoreMarks {
		s.Fields = append(s.Fields, model.SchemaField{Name: "state", Type: "string", Title: "状态", Constraints: required})
	}
	s.ForeignKeys = []ForeignKey{foreignKey(table, "record_id", k.Name), foreignKey(table, "target_id", f.Target)}
	return resource(table, k.Title+"-"+f.Label, s)
}

// foreignKey refers to a kind's id; a resource refers to itself by "".
func foreignKey(from, field, target string) ForeignKey {
	if target == from {
		target = ""
	}
	return ForeignKey{Fields: []string{field}, Reference: Reference{Resource: target, Fields: []string{"id"}}}
}
