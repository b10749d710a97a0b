package count

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// A summary of one township is that of the whole with all others left out. Of a closed
// month it is the township's column as it was closed.

// TownReturns says how many units of a township must report for a month and have.
type TownReturns struct {
	Township string `json:"township"`
	Due      int    `json:"due"`
	In       int    `json:"in"`
	NotBegun int    `json:"not_begun,omitempty"`
	Retired  int    `json:"retired,omitempty"`
}

// township finds the scope that is asked for: the township's name, "" for all, and the
// organisations, by id, that are outside it. An extract is of one township alone.
// *model.Error E-TOWNSHIP for one that is not there.
func (a Ask) township(ctx context.Context, l *store.Ledger) (name string, outside map[string]bool, err error) {
	name = strings.TrimSpace(a.Township)
	if x := l.Extract(); x != nil && name == "" {
		name = x.Township
	}
	if name == "" {
		return "", nil, nil
	}
	homes, err := l.Organisations(ctx)
	if err != nil {
		return "", nil, err
	}
	outside = map[string]bool{}
	var names []string
	for id := range homes {
		key, _ := groupOf(ByTownship, id, homes)
		outside[id] = key != name
		if !slices.Contains(names, key) {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	if !slices.Contains(names, name) {
		return "", nil, model.Errorf("E-TOWNSHIP", "没有“%s”这个乡镇,请写成其中的一个:%s", model.Clean(name, false), model.Clean(strings.Join(names, "、"), false))
	}
	return name, outside, nil
}

// Townships gives the townships of which organisations are on file, by name; what stands
// under none is 县本级.
func Townships(ctx context.Context, l *store.Ledger) ([]string, error) {
	homes, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for id := range homes {
		if key, _ := groupOf(ByTownship, id, homes); !slices.Contains(names, key) {
			names = append(names, key)
		}
	}
	slices.Sort(names)
	return names, nil
}

// only gives what a township's units have reported; codes are those of its units, former
// ones too. A month that an older program closed says it by the codes alone.
func (r *Returns) only(township string, codes map[string]bool) *Returns {
	if r == nil {
		return nil
	}
	one := &Returns{Older: []Unreported{}, Absent: r.Absent, Silent: r.Silent}
	for _, u := range r.Older {
		if u.Township == township || u.Township == "" && codes[u.Code] {
			one.Older = append(one.Older, u)
		}
	}
	for _, code := range r.Reported {
		if codes[code] {
			one.Reported = append(one.Reported, code)
		}
	}
	one.In = len(one.Reported)
	one.Due = one.In + len(one.Older)
	for _, t := range r.Towns {
		if t.Township == township {
			one.Due, one.In, one.NotBegun, one.Retired, one.Towns = t.Due, t.In, t.NotBegun, t.Retired, []TownReturns{t}
		}
	}
	return one
}

// CodesOf gives the codes of the units of a township, by present and former codes: those
// of its organisations, of the list and of those that are no more.
func CodesOf(ctx context.Context, l *store.Ledger, township string) (map[string]bool, error) {
	homes, err := l.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	for id, u := range homes {
		if key, _ := groupOf(ByTownship, id, homes); key == township {
			codes[u.Code] = true
		}
	}
	q := inside(l).Readers()
	for _, text := range []string{"SELECT code FROM roll_unit WHERE township = ?", "SELECT code FROM unit_retired WHERE township = ?"} {
		listed, err := raw.Texts(ctx, q, text, township)
		if err != nil {
			return nil, inside(l).Explain(fmt.Errorf("units of %s: %w", township, err))
		}
		for _, code := range listed {
			codes[code] = true
		}
	}
	for now := range codes {
		former, err := raw.Texts(ctx, q, "SELECT code FROM unit_code WHERE now = ?", now)
		if err != nil {
			return nil, inside(l).Explain(fmt.Errorf("former codes of %s: %w", now, err))
		}
		for _, code := range former {
			codes[code] = true
		}
	}
	return codes, nil
}

// narrow leaves of a closed month what is a township's: its column as the whole, and of
// the columns of units its own. How the domains stood in one township was not kept.
func (s *sealed) narrow(township string, codes map[string]bool) error {
	of := s.Splits[ByTownship]
	i := slices.IndexFunc(of, func(c Column) bool { return c.Key == township })
	if i < 0 {
		return model.Errorf("E-TOWNSHIP", "封账时还没有“%s”这个乡镇,没有它的数", model.Clean(township, false))
	}
	town := of[i]
	whole := town
	whole.Key = ""
	units := []Column{whole}
	for _, c := range s.Splits[ByOrganisation] {
		if c.Key != "" && codes[c.Key] {
			units = append(units, c)
		}
	}
	s.Returns, s.Upward = s.Returns.only(township, codes), nil // which names the units of all
	s.Splits = map[string][]Column{"": {whole}, ByTownship: {whole, town}, ByOrganisation: units}
	return nil
}

// SealOfTownship gives what an extract holds of a closed month: the content of its seal
// with the columns of one township alone; nil where the township was not there then.
func SealOfTownship(ctx context.Context, l *store.Ledger, month model.Month, township string) (*Seal, error) {
	s, err := SealOf(ctx, l, month)
	if err != nil || s == nil {
		return nil, err
	}
	var content sealed
	if err := json.Unmarshal(s.Content, &content); err != nil {
		return nil, fmt.Errorf("closed month %s: %w", month, err)
	}
	if !slices.ContainsFunc(content.Splits[ByTownship], func(c Column) bool { return c.Key == township }) {
		return nil, nil
	}
	codes, err := CodesOf(ctx, l, township)
	if err == nil {
		err = content.narrow(township, codes)
	}
	if err != nil {
		return nil, err
	}
	s.Content, err = json.Marshal(&content)
	return s, err
}

// onlyTownship makes the township's the columns: what lies outside it has none, and the
// whole is called by its name.
func (b *Report) onlyTownship(ctx context.Context, l *store.Ledger) error {
	homes, err := l.Organisations(ctx)
	if err != nil {
		return err
	}
	within := map[string]bool{}
	for id := range homes {
		if key, _ := groupOf(b.By, id, homes); !b.outside[id] {
			within[key] = true
		}
	}
	b.Columns[0].Title = b.Township
	if !b.outside[l.Home().ID] {
		b.Columns[0].Absent = false
	}
	columns := b.Columns[:1]
	for _, c := range b.Columns[1:] {
		if within[c.Key] {
			columns = append(columns, c)
		}
	}
	b.Columns = columns
	return nil
}
