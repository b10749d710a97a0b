package sheet

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
)

// selfRef is a cell that refers to a record of the kind being read. It may stand
// further down in the same file, so it is resolved when all rows are read.
type selfRef struct {
	column int
	field  *model.Field
	text   string
}

// refer reads a cell of a ref, refs or roll field.
func (r *reader) refer(ctx context.Context, d *draft, column int, f *model.Field, text string) (model.Value, bool) {
	if f.Target == r.kind.Name {
		d.self = append(d.self, selfRef{column, f, text})
		return nil, false
	}
	return r.resolve(ctx, d, column, f, text)
}

func (r *reader) resolve(ctx context.Context, d *draft, column int, f *model.Field, text string) (model.Value, bool) {
	t, err := r.targetsOf(ctx, f.Target)
	if err != nil {
		r.err = errors.Join(r.err, err)
		return nil, false
	}
	var v model.Value
	switch f.Type.Storage() {
	case model.StoreMarks:
		v, err = r.roll(d, f, t, text)
	case model.StoreLinks:
		v, err = r.list(d, t, text)
	default:
		var c *candidate
		if c, err = t.one(text); err == nil {
			v = r.name(d, c)
		}
	}
	if err == nil {
		return v, true
	}
	var coded *model.Error
	if !errors.As(err, &coded) {
		r.err = errors.Join(r.err, err)
		return nil, false
	}
	// An optional ref to a record that is not on file yet does not keep the row out.
	if coded.Code == "E-SHEET-REF" && !f.Linked() && !f.Required {
		d.warn("%s 格:%s,%s先空着", d.place(column), coded.Message, f.Label)
		d.row.Record.Set(f.Name, nil)
		d.given.set(f.Name, column)
		return nil, false
	}
	d.fault("%s 格:%s", d.place(column), coded.Message+advice(coded.Code))
	return nil, false
}

func advice(code string) string {
	if code == "E-SHEET-REF" {
		return ",请核对写法或先登记"
	}
	return ""
}

// name takes a candidate into the record: its id, and its label for the preview.
// A row of the same file gets its id now.
func (r *reader) name(d *draft, c *candidate) string {
	if c.record.ID == "" {
		id, err := r.ledger.Source().NewID()
		if err != nil {
			r.err = errors.Join(r.err, fmt.Errorf("id for row %d: %w", c.draft.source.number, err))
			return ""
		}
		c.record.ID = id
	}
	if c.draft != nil && c.draft != d {
		d.needs = append(d.needs, c.draft)
	}
	rec := d.row.Record
	if rec.Names == nil {
		rec.Names = map[string]string{}
	}
	rec.Names[c.record.ID] = c.label
	return c.record.ID
}

// The marks between names, between the groups of a roll and behind their states,
// the full-width ones too.
const (
	colons     = ":\uFF1A"
	nameMarks  = "、,\uFF0C;\uFF1B\n\t/|"
	groupMarks = ";\uFF1B\n"
)

// list reads several names. The whole text is tried as one name first, since a
// title may hold the marks that stand between names.
func (r *reader) list(d *draft, t *targets, text string) (model.Value, error) {
	ids, err := r.ids(d, t, text)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return ids, nil
}

func (r *reader) ids(d *draft, t *targets, text string) ([]string, error) {
	if found := t.find(text); len(found) == 1 {
		return []string{r.name(d, found[0])}, nil
	}
	var ids []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(nameMarks, c) }) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		found, err := r.spaced(t, part)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			if id := r.name(d, c); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids, nil
}

// spaced reads one name, or several with spaces between when each is known and the
// whole is no name: 张 三 is one person, 张三 李四 are two.
func (r *reader) spaced(t *targets, text string) ([]*candidate, error) {
	c, err := t.one(text)
	if err == nil {
		return []*candidate{c}, nil
	}
	words := strings.Fields(text)
	if len(t.find(text)) > 0 || len(words) < 2 {
		return nil, err
	}
	var all []*candidate
	for _, w := range words {
		c, werr := t.one(w)
		if werr != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// roll reads names by state, as the type writes them (到会:甲、乙;请假-公务:丙), or
// names alone, which have the first state.
func (r *reader) roll(d *draft, f *model.Field, t *targets, text string) (model.Value, error) {
	state := f.Choices[0]
	var marks []model.Mark
	for _, group := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(groupMarks, c) }) {
		names := group
		if before, after, ok := cutColon(group); ok {
			known, err := stateOf(f, before)
			if err != nil {
				return nil, err
			}
			state, names = known, after
		}
		ids, err := r.ids(d, t, names)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			marks = append(marks, model.Mark{Target: id, State: state})
		}
	}
	for i, m := range marks {
		if slices.ContainsFunc(marks[:i], func(o model.Mark) bool { return o.Target == m.Target }) {
			return nil, model.Errorf("E-TYPE", "“%s”在%s里出现两次,请去掉重复的", d.row.Record.Names[m.Target], f.Label)
		}
	}
	if len(marks) == 0 {
		return nil, nil
	}
	return marks, nil
}

func cutColon(s string) (before, after string, ok bool) {
	i := strings.IndexAny(s, colons)
	if i < 0 {
		return "", "", false
	}
	return s[:i], strings.TrimLeft(s[i:], colons), true
}

// stateOf finds a roll's state by its name; a count behind it (到会3) is passed over.
func stateOf(f *model.Field, text string) (string, error) {
	key := strings.TrimRight(model.Fold(text), "0123456789人")
	for _, s := range f.Choices {
		if model.Fold(s) == key {
			return s, nil
		}
	}
	return "", model.Errorf("E-CHOICE", "%s里没有“%s”这种情况,只有:%s", f.Label, model.Clean(text, false), strings.Join(f.Choices, "、"))
}

// orgCode reads an organisation's code, or its full name where that is on file or
// on the county's list.
func (r *reader) orgCode(ctx context.Context, d *draft, column int, f *model.Field, text string) (model.Value, bool) {
	v, err := f.Type.Parse(f, text)
	if err != nil {
		r.unread(d, column, f, plain(err))
		return nil, false
	}
	code, _ := v.(string)
	if model.CheckOrgCode(f.Label, code) == nil {
		return code, true
	}
	units, err := r.ledger.Units(ctx, strings.TrimSpace(text), 50)
	if err != nil {
		r.err = errors.Join(r.err, fmt.Errorf("organisation by name: %w", err))
		return nil, false
	}
	var codes []string
	for _, u := range units {
		if model.Fold(u.Name) == model.Fold(text) && !slices.Contains(codes, u.Code) {
			codes = append(codes, u.Code)
		}
	}
	if len(codes) != 1 {
		r.unread(d, column, f, f.Label+"应填组织代码或党组织全称,“"+model.Clean(text, false)+"”对不上")
		return nil, false
	}
	return codes[0], true
}
