// Package compare holds the list of members that the national system gives out
// (全国党员管理信息系统) against the record book, person by person and field by field, and
// names what differs, both ways. It is a room of its own since the county answers with it
// as the village prints it, and papers do not import the county's rooms.
package compare

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/sheet"
)

// Other is what the other side is called in a sentence.
const Other = "全国系统"

// Sort says on which side what is different stands.
type Sort string

// The sorts of differences.
const (
	Differs    Sort = "differs"     // a person of both, of whom a field differs
	OnlyTheirs Sort = "only_theirs" // a person of the list who is not on the rolls here
	OnlyOurs   Sort = "only_ours"   // a member on the rolls here who is not in the list
)

// Title says in a word what a sort is.
func (s Sort) Title() string {
	return map[Sort]string{Differs: "内容不同", OnlyTheirs: Other + "有、台账没有", OnlyOurs: "台账有、" + Other + "没有"}[s]
}

// Difference is one thing that the list and the record book say differently of a person.
type Difference struct {
	Sort     Sort   `json:"sort"`
	Name     string `json:"name"`
	Row      string `json:"row"` // 第 5 行 of the list, "" of OnlyOurs
	OrgID    string `json:"org_id"`
	Code     string `json:"code"`
	Org      string `json:"org"` // whose record it is or, of OnlyTheirs, whom the list gives it to
	Township string `json:"township"`

	Kind   string `json:"kind"` // of the record to be put right: person or position
	ID     string `json:"id"`   // "" where there is none yet
	Field  string `json:"field"`
	Label  string `json:"label"`
	Ours   string `json:"ours"`   // ID numbers and phones masked, "" for nothing
	Theirs string `json:"theirs"` // the same
	Note   string `json:"note"`   // what is to be seen that the masks hide, and what to do
	Why    string `json:"why"`    // why their value can't be taken, "" where it can

	// Value is theirs as it would be stored, nil where it can't be taken.
	Value model.Value `json:"-"`
	// Preset fills the form of a record that there is not yet.
	Preset map[string]model.Value `json:"-"`

	// Number is the ID number of a person of OnlyTheirs, whole.
	Number string `json:"-"`

	whole [2]string   // ours and theirs without masks
	at    int         // the row's place in the list
	now   model.Value // ours as stored
}

// Texts gives both sides, the numbers whole where show is set.
func (d *Difference) Texts(show bool) (ours, theirs string) {
	if show && d.whole != [2]string{} {
		return d.whole[0], d.whole[1]
	}
	return d.Ours, d.Theirs
}

// Message says in a sentence what the other side has, for the field that it is about.
func (d *Difference) Message() string {
	var text string
	switch {
	case d.Sort == OnlyTheirs:
		text = Other + "的名单里有“" + d.Name + "”,台账里没有:" + d.Theirs
	case d.Sort == OnlyOurs:
		text = Other + "的名单里没有“" + d.Name + "”"
	case d.Theirs == "":
		text = d.Label + ":" + Other + "里没有填,台账里是“" + d.Ours + "”"
	default:
		text = d.Label + ":" + Other + "里是“" + d.Theirs + "”"
	}
	if more := d.Remark(); more != "" {
		text += ";" + more
	}
	return text
}

// Result is what a list and the record book say differently.
type Result struct {
	File     string   `json:"file"`
	County   bool     `json:"county"`
	Rows     int      `json:"rows"`     // of the list
	Ours     int      `json:"ours"`     // members on the rolls of the units that the list is of
	Both     int      `json:"both"`     // persons found on both sides
	Same     int      `json:"same"`     // of them without a difference
	Compared []string `json:"compared"` // the labels of what was compared
	Left     []string `json:"left"`     // the columns that were not, with why
	Notes    []string `json:"notes"`

	// Covered are the organisations of whom the list has somebody, by id.
	Covered []string `json:"-"`
	// Differences stand by sort; at the county by township and unit; then as in the list.
	Differences []Difference `json:"differences"`
}

// Count gives the differences of a sort, and the persons that they are about.
func (r *Result) Count(s Sort) (differences, persons int) {
	seen := map[string]bool{}
	for i := range r.Differences {
		if d := &r.Differences[i]; d.Sort == s {
			differences++
			if key := d.Row + "\n" + d.Name + "\n" + d.ID; s == Differs {
				seen[d.Row+"\n"+d.Name] = true
			} else {
				seen[key] = true
			}
		}
	}
	return differences, len(seen)
}

// Read compares the list in a file, an .xlsx or .csv with its columns in any order, with
// the record book: at the county with all units at once. Nothing is written. Errors are
// those of sheet.Read about the file.
func Read(ctx context.Context, l *store.Ledger, path, sheetName string) (*Result, error) {
	kind := l.Kinds().Kind(membership.PersonKind)
	list, err := sheet.List(ctx, l, kind, path, sheet.ReadOptions{Sheet: sheetName})
	if err != nil {
		return nil, err
	}
	c := &comparison{kind: kind, list: list, env: l.Env(ctx), today: l.Source().Today(), result: &Result{File: path, Rows: len(list.Rows), Notes: list.Notes}}
	if c.result.County, err = l.IsCounty(ctx); err != nil {
		return nil, err
	}
	if err := c.load(ctx, l); err != nil {
		return nil, err
	}
	c.columns()
	c.match()
	for _, r := range c.rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c.compare(r)
	}
	c.missing()
	c.hidden()
	c.order()
	return c.result, nil
}

// comparison is one at work.
type comparison struct {
	kind   *model.Kind
	list   *sheet.Listing
	env    *model.Env
	today  model.Date
	result *Result

	units   map[string]store.Unit // by organisation's id
	home    string
	named   *names
	persons []*person
	rows    []*row

	fields []*model.Field
	cells  map[string][]int // the columns of a field
	unit   int              // the column of the party organisation, -1 for none
	post   int
	lost   int
	mobile int
	alias  string // what the list calls the home organisation
}

// person is one on file.
type person struct {
	*model.Record
	posts []*model.Record // in the party organisation, today
	row   *row            // that is of him
}

// row is one of the list.
type row struct {
	*sheet.Listed
	at     int
	unit   string // the organisation's id, "" where the list does not tell
	id     string
	birth  model.Date
	month  model.Month // of birth
	person *person
	twice  bool // a second row with the number of another
}

// load reads the persons and their posts.
func (c *comparison) load(ctx context.Context, l *store.Ledger) (err error) {
	if c.units, err = l.Organisations(ctx); err != nil {
		return err
	}
	if home := l.Home(); home != nil {
		c.home = home.ID
	}
	c.named, err = readNames(ctx, l, c.units)
	if err != nil {
		return err
	}
	byID := map[string]*person{}
	err = l.Each(ctx, store.Query{Kind: c.kind.Name}, func(r *model.Record) error {
		p := &person{Record: r}
		c.persons = append(c.persons, p)
		byID[r.ID] = p
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	held := []model.Cond{model.Where("body", model.Eq, partyBody)}
	return l.Each(ctx, store.Query{Kind: positionKind, Conds: held}, func(r *model.Record) error {
		ended := r.Date("ended_on")
		if p := byID[r.Str("person")]; p != nil && (ended == "" || ended > c.today) && r.Date("started_on") <= c.today {
			p.posts = append(p.posts, r)
		}
		return ctx.Err()
	})
}

// missing names the members on the rolls whom the list lacks. At the county a unit of
// which the list has nobody is said once: the list may be of a part of the county.
func (c *comparison) missing() {
	has := map[string]bool{}
	for _, r := range c.rows {
		has[r.unit] = true
		if r.person != nil {
			has[r.person.OrgID] = true
		}
	}
	delete(has, "")
	c.result.Covered = slices.Sorted(maps.Keys(has))
	without := map[string]bool{}
	for _, p := range c.persons {
		if !membership.IsMember(p.Record) {
			continue
		}
		if c.result.County && !has[p.OrgID] {
			without[p.OrgID] = true
			continue
		}
		c.result.Ours++
		if p.row == nil {
			d := Difference{Sort: OnlyOurs, Kind: c.kind.Name, ID: p.ID, Field: "standing", Ours: about(p.Record), Label: "在册状态",
				Note: "请核对:是不是已经转出,还是" + Other + "漏登"}
			c.add(p.OrgID, p.Str("name"), nil, d)
		}
	}
	if len(without) > 0 {
		var list []string
		for id := range without {
			list = append(list, c.units[id].Township+c.units[id].Name)
		}
		slices.Sort(list)
		c.result.Notes = append(c.result.Notes, "名单里一个人也没有的单位,没有比对:"+some(list))
	}
}

// hidden says of how many rows a number could not be compared.
func (c *comparison) hidden() {
	for _, f := range c.fields {
		n := 0
		for i := range c.list.Rows {
			if c.list.Rows[i].Hidden[f.Name] {
				n++
			}
		}
		if n > 0 {
			c.result.Notes = append(c.result.Notes, f.Label+"打了星号或被 Excel 改坏的有 "+decimal(n)+" 行,这一项没有比对")
		}
	}
}

// add notes a difference of an organisation.
func (c *comparison) add(orgID, name string, r *row, d Difference) {
	u := c.units[orgID]
	d.OrgID, d.Code, d.Org, d.Township, d.Name = orgID, u.Code, u.Name, u.Township, model.Clean(name, false)
	if r != nil {
		d.Row, d.at = r.Where(), r.at
		if r.person != nil && d.Kind == c.kind.Name {
			d.now = r.person.Get(d.Field)
		}
	}
	c.result.Differences = append(c.result.Differences, d)
}

var sortOrder = map[Sort]int{Differs: 1, OnlyTheirs: 2, OnlyOurs: 3}

func (c *comparison) order() {
	model.Sort(c.result.Differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(sortOrder[a.Sort], sortOrder[b.Sort]), cmp.Compare(a.Township, b.Township), cmp.Compare(a.Code, b.Code), cmp.Compare(a.at, b.at))
	})
}

// some names the first few of a list.
func some(list []string) string {
	const most = 6
	if len(list) <= most {
		return strings.Join(list, "、")
	}
	return strings.Join(list[:most], "、") + " 等 " + decimal(len(list)) + " 个"
}

// Stored gives both sides as a field is stored, theirs "" where it is no value of the
// field.
func (d *Difference) Stored(f *model.Field) (ours, theirs string) {
	return f.Type.CSV(f, d.now), f.Type.CSV(f, d.Value)
}
