package compare

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/sheet"
)

// The kinds that are looked at beside persons.
const (
	positionKind     = "position"
	organizationKind = "organization"
	partyBody        = "党组织" // of a position
)

// notCompared are fields of a person that are the record book's own.
var notCompared = []string{"id_checked", "note", "dues_from", "dues_approval", "training_need"}

var inBrackets = model.NewPattern(`\([^()]*\)`)

// The headings of columns that no field of a person goes by.
var (
	unitHeadings   = []string{"所在党组织", "党组织", "党组织名称", "党组织全称", "所在党组织名称", "所在党支部名称", "支部名称", "组织关系所在党支部", "所属党组织", "单位"}
	postHeadings   = []string{"党内职务", "党内职务名称", "现任党内职务", "党组织职务", "党务职务", "职务"}
	lostHeadings   = []string{"是否为失联党员", "是否失联党员", "是否失联", "失联党员"}
	mobileHeadings = []string{"是否为流动党员", "是否流动党员", "是否流动", "流动党员"}
)

// columns looks through the headings for what can be compared.
func (c *comparison) columns() {
	c.unit, c.post, c.lost, c.mobile = -1, -1, -1, -1
	c.cells = map[string][]int{}
	for i, col := range c.list.Columns {
		key := inBrackets.ReplaceAllString(sheet.HeadingKey(col.Heading), "")
		f := col.Field
		switch {
		case f != nil && f.Name == "party_group":
			c.unit = i
		case f != nil && (f.Target != "" || f.Type == model.TypeNote || slices.Contains(notCompared, f.Name)):
			c.result.Left = append(c.result.Left, col.Heading)
		case f != nil:
			c.cells[f.Name] = append(c.cells[f.Name], i)
		case c.unit < 0 && slices.Contains(unitHeadings, key):
			c.unit = i
		case c.post < 0 && slices.Contains(postHeadings, key):
			c.post = i
		case c.lost < 0 && slices.Contains(lostHeadings, key):
			c.lost = i
		case c.mobile < 0 && slices.Contains(mobileHeadings, key):
			c.mobile = i
		default:
			c.result.Left = append(c.result.Left, strings.TrimSpace(col.Heading+" "+col.Why))
		}
	}
	for _, f := range c.kind.Fields() {
		switch {
		case c.cells[f.Name] == nil:
		case slices.ContainsFunc(c.list.Rows, func(r sheet.Listed) bool { return r.Asks(f.Name) }):
			c.fields = append(c.fields, f)
			c.result.Compared = append(c.result.Compared, f.Label)
		default:
			c.result.Left = append(c.result.Left, f.Label+" 一列全空")
		}
	}
	for _, more := range []struct {
		column *int
		label  string
	}{{&c.unit, "所在党支部"}, {&c.post, "党内职务"}, {&c.lost, "失联"}, {&c.mobile, "流动"}} {
		switch {
		case *more.column < 0:
		case slices.ContainsFunc(c.list.Rows, func(r sheet.Listed) bool { return strings.TrimSpace(r.Cells[*more.column]) != "" }):
			c.result.Compared = append(c.result.Compared, more.label)
		default:
			c.result.Left = append(c.result.Left, more.label+" 一列全空")
			*more.column = -1
		}
	}
}

// compare holds one row against the person found for it.
func (c *comparison) compare(r *row) {
	if r.twice {
		return
	}
	p := r.person
	if p == nil {
		c.stranger(r)
		return
	}
	c.result.Both++
	before := len(c.result.Differences)
	c.standing(r)
	for _, f := range c.fields {
		if r.Asks(f.Name) && !r.Hidden[f.Name] && !c.same(f, r, p.Record) {
			c.differs(f, r)
		}
	}
	c.branch(r)
	c.posts(r)
	c.marks(r)
	if len(c.result.Differences) == before {
		c.result.Same++
	}
}

// stranger is for a row of whom nobody is on file.
func (c *comparison) stranger(r *row) {
	rec := r.Record.Clone()
	if c.kind.Fill != nil { // the ID number tells more
		for _, f := range c.kind.Fields() {
			if r.Given[f.Name] && rec.Filled(f.Name) {
				c.kind.Fill(c.env, rec, f.Name)
			}
		}
	}
	preset := map[string]model.Value{}
	for _, f := range c.kind.Fields() {
		if v := rec.Get(f.Name); v != nil && f.Type != model.TypeBool {
			preset[f.Name] = v
		}
	}
	c.add(r.unit, rec.Str("name"), r, Difference{Sort: OnlyTheirs, Kind: c.kind.Name, Field: "name", Label: "姓名", Theirs: about(rec), Preset: preset, Number: r.id,
		Note: "请核对:是不是新转来、新接收还没登记,还是已经转走"})
}

// about says of a person what tells him from others.
func about(rec *model.Record) string {
	var parts []string
	if sex := rec.Str("sex"); sex != "" {
		parts = append(parts, sex)
	}
	birth := rec.Date("birth_date")
	if id, err := model.ReadIDNumber(rec.Str("id_number")); err == nil && birth == "" {
		birth = id.Birth
	}
	if birth != "" {
		parts = append(parts, birth.Month().Chinese()+"生")
	}
	if joined := rec.Date("joined_on"); joined != "" {
		parts = append(parts, joined.Month().Chinese()+"入党")
	}
	return strings.Join(parts, ",")
}

// standing says that somebody of the list is no member on the rolls here, where the list
// has no column that says so by itself.
func (c *comparison) standing(r *row) {
	p := r.person
	if membership.IsMember(p.Record) {
		return
	}
	field, theirs := "standing", membership.OnRolls
	if !membership.IsOrWasMember(p.Record) {
		field, theirs = "status", "党员"
	}
	if r.Asks(field) && r.Given[field] || field == "standing" && p.Is("standing", "停止党籍") {
		return // compared as a field, or on such lists too
	}
	f := c.kind.Field(field)
	c.add(p.OrgID, p.Str("name"), r, Difference{Sort: Differs, Kind: c.kind.Name, ID: p.ID, Field: field, Label: f.Label,
		Ours: p.Text(field), Theirs: theirs, Note: Other + "的名单里还有这个人", Why: throughMovement})
}

// throughMovement is why a member's status is not taken from a list.
const throughMovement = "要通过办理变动来改,不能直接取"

// differs notes that a field differs.
func (c *comparison) differs(f *model.Field, r *row) {
	p := r.person
	d := Difference{Sort: Differs, Kind: c.kind.Name, ID: p.ID, Field: f.Name, Label: f.Label, Ours: p.Masked(f.Name)}
	theirs := r.Record.Text(f.Name)
	d.Theirs = r.Record.Masked(f.Name)
	unread := r.Unread[f.Name]
	month, rough := r.Months[f.Name]
	switch {
	case unread != "":
		theirs, d.Theirs = unread, unread
		if m, ok := f.Type.(model.Masker); ok {
			d.Theirs = m.Mask(model.TidyIDNumber(unread))
		}
		d.Why = Other + "的这一格不能照搬,请打开记录核对"
	case rough:
		theirs, d.Theirs = string(month), string(month)
		d.Why = Other + "只有年月,请打开记录补上日"
	case !r.Given[f.Name]:
		d.Why = Other + "没有填,不用改台账"
	case f.Locked(p.Record):
		d.Why = throughMovement
	case f.Type == model.TypeIDNumber && p.Bool("id_checked"):
		d.Why = "台账里的号码已核对过证件,不直接取;确实错了,请打开记录改"
	default:
		d.Value = r.Record.Get(f.Name)
	}
	d.whole = [2]string{p.Text(f.Name), theirs}
	if f.Type == model.TypeIDNumber && d.whole[0] != "" && theirs != "" {
		d.Note = places(d.whole[0], theirs)
	} else if d.Ours == d.Theirs {
		d.Note = "中间隐去的几位不同"
	}
	c.add(p.OrgID, p.Str("name"), r, d)
}
