package fill

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// keptSetting begins the name of the setting that keeps the corrected bindings of forms
// of the same headings.
const keptSetting = "fill.bind."

// Kept gives the bindings that a person corrected on forms of the same kind and headings:
// the names of sources by heading, "" for what is to stay blank. Form.Plan takes them.
func (p *Plan) Kept(ctx context.Context, l *store.Ledger) (map[string]string, error) {
	text, err := l.Setting(ctx, keptSetting+p.Headings())
	if err != nil || text == "" {
		return nil, err
	}
	var kept map[string]string
	if json.Unmarshal([]byte(text), &kept) != nil {
		return nil, nil // damaged: it is asked again
	}
	return kept, nil
}

// Keep keeps how a heading was corrected, for forms of the same kind and headings.
func (p *Plan) Keep(ctx context.Context, l *store.Ledger, heading, source string) error {
	kept, err := p.Kept(ctx, l)
	if err != nil {
		return err
	}
	if kept == nil {
		kept = map[string]string{}
	}
	kept[heading] = source
	text, err := json.Marshal(kept)
	if err != nil {
		return fmt.Errorf("keep bindings: %w", err)
	}
	return l.SetSetting(ctx, keptSetting+p.Headings(), string(text))
}

// Whole tells of values that are hidden in part on the screen and stand whole in forms:
// ID numbers and phones.
func (s *Source) Whole() bool { return private(s) }

// Whole tells of a form into which ID numbers or phones go.
func (p *Plan) Whole() bool {
	for _, b := range p.Bindings() {
		if b.Source != nil && b.Source.Whole() {
			return true
		}
	}
	return false
}

// titles are the texts above a form's headings, with the file's name.
func (p *Plan) titles() string {
	texts := filepath.Base(p.form.Path)
	for _, s := range p.sheets {
		texts += "\n" + s.grid.Name
		for row := range min(3, s.grid.rows) {
			for col := range s.grid.cols {
				if a := s.grid.area(row, col); a.Top == row && a.Left == col && len(s.grid.own(row, col)) < 200 {
					texts += "\n" + s.grid.own(row, col)
				}
			}
		}
	}
	return texts
}

var monthInTitle = model.NewPattern(`((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月|((?:19|20)\d{2})-(\d{2})`)

// Month gives the month that a form's title speaks of (2026年10月份党费收缴表), "" for none.
func (p *Plan) Month() model.Month {
	m := monthInTitle.FindStringSubmatch(p.titles())
	if m == nil {
		return ""
	}
	month, err := model.ParseMonth(m[1] + m[3] + "-" + m[2] + m[4])
	if err != nil {
		return ""
	}
	return month
}

// InMonth gives the conditions for the records of a month: by the kind's month, else by
// the date by which its records stand in order; ok is false for a kind that has neither.
func InMonth(k *model.Kind, month model.Month) (conds []model.Cond, ok bool) {
	for _, f := range k.Fields() {
		if f.Type == model.TypeMonth && f.Required {
			return []model.Cond{model.Where(f.Name, model.Eq, string(month))}, true
		}
	}
	if len(k.Sort) == 0 {
		return nil, false
	}
	f := k.Field(strings.TrimPrefix(k.Sort[0], "-"))
	if f == nil || f.Type != model.TypeDate {
		return nil, false
	}
	return []model.Cond{model.Where(f.Name, model.Ge, string(month.First())), model.Where(f.Name, model.Le, string(month.Last()))}, true
}
