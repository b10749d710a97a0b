package sheet

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// candidate is a record that a cell may refer to: on file, or a row of the same
// file that is not written yet.
type candidate struct {
	record *model.Record
	draft  *draft // nil of a record on file
	label  string
}

// targets finds the records of one kind by what a sheet may call them: the whole
// label, a text of the label (a name), an ID number or another number that is
// the record's alone.
type targets struct {
	kind   *model.Kind
	labels map[string][]*candidate
	parts  map[string][]*candidate
}

func newTargets(k *model.Kind) *targets {
	return &targets{kind: k, labels: map[string][]*candidate{}, parts: map[string][]*candidate{}}
}

func loadTargets(ctx context.Context, l *store.Ledger, k *model.Kind) (*targets, error) {
	t := newTargets(k)
	err := l.Each(ctx, store.Query{Kind: k.Name}, func(r *model.Record) error {
		t.add(&candidate{record: r})
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("names of %s: %w", k.Name, err)
	}
	return t, nil
}

func (t *targets) add(c *candidate) {
	c.label = c.record.Label()
	put := func(m map[string][]*candidate, text string) {
		if key := model.Fold(text); key != "" && !slices.Contains(m[key], c) {
			m[key] = append(m[key], c)
		}
	}
	put(t.labels, c.label)
	for _, f := range t.kind.Fields() {
		named := f.Type == model.TypeText && (slices.Contains(t.kind.Label, f.Name) || f.Name == "short_name")
		unique := slices.ContainsFunc(t.kind.Unique, func(u model.Unique) bool { return len(u.Fields) == 1 && u.Fields[0] == f.Name })
		switch {
		case named, f.Type == model.TypeIDNumber:
			put(t.parts, c.record.Str(f.Name))
		case unique && f.Target == "":
			put(t.parts, f.Type.CSV(f, c.record.Get(f.Name)))
		}
	}
}

var trailing = model.NewPattern(`^(.+?)\(([^()]+)\)$`)

// find gives the records that a text may mean. In brackets behind a name may stand
// what tells it from another: 张三(1960-05-01).
func (t *targets) find(text string) []*candidate {
	key := model.Fold(model.Clean(text, false))
	if found := t.exact(key); len(found) > 0 {
		return found
	}
	p := trailing.FindStringSubmatch(key)
	if p == nil {
		return nil
	}
	var told []*candidate
	for _, c := range t.exact(p[1]) {
		if slices.ContainsFunc(t.kind.Fields(), func(f *model.Field) bool { return tells(f, c.record, p[2]) }) {
			told = append(told, c)
		}
	}
	return told
}

func (t *targets) exact(key string) []*candidate {
	if found := t.labels[key]; len(found) > 0 {
		return found
	}
	return t.parts[key]
}

// tells reports whether a field of the record holds the remark: the whole value,
// a date in another spelling, or the end of a number.
func tells(f *model.Field, r *model.Record, remark string) bool {
	value := model.Fold(r.Text(f.Name))
	if value == "" || f.Type == model.TypeBool {
		return false
	}
	if _, number := f.Type.(model.Masker); number && len(remark) >= 4 && strings.HasSuffix(value, remark) {
		return true
	}
	if f.Type == model.TypeDate {
		if d, err := model.ParseDate(remark); err == nil {
			return r.Date(f.Name) == d
		}
		m, err := model.ParseMonth(remark)
		return err == nil && r.Date(f.Name).Month() == m
	}
	return value == remark
}

// remark gives what tells a record from others of the same name: the first date
// or other value in which they differ.
func remark(k *model.Kind, all []*model.Record) []string {
	remarks := make([]string, len(all))
	for _, dates := range []bool{true, false} {
		for _, f := range k.Fields() {
			if _, number := f.Type.(model.Masker); number || (f.Type == model.TypeDate) != dates || f.Linked() || f.Type == model.TypeNote || f.Type == model.TypeBool {
				continue
			}
			seen := map[string]bool{}
			for i, r := range all {
				remarks[i] = r.Text(f.Name)
				seen[remarks[i]] = true
			}
			if len(seen) == len(all) && !seen[""] && !strings.ContainsAny(strings.Join(remarks, ""), "()()、;;,,:\n") {
				return remarks
			}
		}
	}
	return make([]string, len(all))
}

// difference gives, where no value tells all of the records apart, the first in which
// some of them differ.
func difference(k *model.Kind, all []*model.Record) []string {
	texts := make([]string, len(all))
	for _, f := range k.Fields() {
		if _, number := f.Type.(model.Masker); number || f.Linked() || f.Type == model.TypeNote {
			continue
		}
		differ := false
		for i, r := range all {
			if texts[i] = r.Text(f.Name); texts[i] == "" {
				texts[i] = "未填"
			}
			texts[i] = f.Label + " " + texts[i]
			differ = differ || texts[i] != texts[0]
		}
		if differ {
			return texts
		}
	}
	return make([]string, len(all))
}

// names writes candidates so that each can be told from the others.
func (t *targets) names(found []*candidate) string {
	records := make([]*model.Record, len(found))
	for i, c := range found {
		records[i] = c.record
	}
	texts := make([]string, len(found))
	remarks := remark(t.kind, records)
	if remarks[0] == "" {
		remarks = difference(t.kind, records)
	}
	for i, rem := range remarks {
		texts[i] = model.Clean(found[i].label, false)
		if rem != "" {
			texts[i] += "(" + model.Clean(rem, false) + ")"
		}
		if found[i].draft != nil {
			texts[i] += "(本表" + found[i].draft.where() + ")"
		}
	}
	return strings.Join(texts, "、")
}

// one gives the record that a text stands for. *model.Error E-SHEET-REF for none,
// E-SHEET-AMBIGUOUS for several.
func (t *targets) one(text string) (*candidate, error) {
	found := t.find(text)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, model.Errorf("E-SHEET-REF", "台账的%s里没有“%s”", t.kind.Title, t.shown(text))
	}
	return nil, model.Errorf("E-SHEET-AMBIGUOUS", "“%s”有 %d 条:%s,请在名称后用括号注明是哪一个,或改填身份证号等号码", t.shown(text), len(found), t.names(found))
}

// shown keeps an ID number out of messages.
func (t *targets) shown(text string) string {
	text = model.Clean(text, false)
	if _, err := model.ReadIDNumber(model.TidyIDNumber(text)); err == nil {
		return model.TypeIDNumber.(model.Masker).Mask(text)
	}
	return text
}
