package office

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Change is a number of the whole of a sender that another bundle of the month tells
// differently.
type Change struct {
	Figure string `json:"figure"` // CODE.key
	Title  string `json:"title"`
	Part   string `json:"part,omitempty"`
	Unit   string `json:"unit"`
	Before int64  `json:"before"`
	After  int64  `json:"after"`
}

// Text says it in a line: A02 党员数 在册:30 → 31 名. Money stands in yuan.
func (c Change) Text() string {
	code, _, _ := strings.Cut(c.Figure, ".")
	name := code + " " + c.Title
	if c.Part != "" {
		name += "(" + c.Part + ")"
	}
	if c.Unit == "元" {
		return fmt.Sprintf("%s:%s → %s 元", name, yuan(c.Before), yuan(c.After))
	}
	return fmt.Sprintf("%s:%d → %d %s", name, c.Before, c.After, c.Unit)
}

func yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}

// Changes compares the numbers of two bundles of a month, in the order of the figures and
// then of the parts.
func Changes(before, after Numbers, figures []Figure) []Change {
	var all []Change
	for _, f := range figures {
		was, is := before[f.Indicator][f.Key], after[f.Indicator][f.Key]
		parts := map[string]bool{}
		for part := range was {
			parts[part] = true
		}
		for part := range is {
			parts[part] = true
		}
		var changed []Change
		for part := range parts {
			if was[part] != is[part] {
				changed = append(changed, Change{Figure: f.Indicator + "." + f.Key, Title: f.Title, Part: part, Unit: f.Unit, Before: was[part], After: is[part]})
			}
		}
		model.Sort(changed, func(a, b Change) int { return cmp.Compare(a.Part, b.Part) })
		all = append(all, changed...)
	}
	return all
}

// Correction is what a sender's later bundle of a month changed in the numbers of the one
// before it.
type Correction struct {
	Code    string      `json:"code"`
	Name    string      `json:"name"`
	Month   model.Month `json:"month"`
	From    int64       `json:"from"` // the number of the bundle that was replaced
	To      int64       `json:"to"`   // of the one that replaced it
	At      string      `json:"at"`   // when that one was taken in
	Changes []Change    `json:"changes"`
	Closed  bool        `json:"closed,omitempty"` // it came after the office had closed the month
}

// shown is how many changes a sentence names.
const shown = 3

// Text says it in a line that goes on from another, "" of nil.
func (c *Correction) Text() string {
	if c == nil {
		return ""
	}
	if len(c.Changes) == 0 {
		return fmt.Sprintf(";与第 %d 号的数字相同", c.From)
	}
	var parts []string
	for _, change := range c.Changes[:min(len(c.Changes), shown)] {
		parts = append(parts, change.Text())
	}
	text := fmt.Sprintf(";更正第 %d 号的 %d 个数:%s", c.From, len(c.Changes), strings.Join(parts, "、"))
	if len(c.Changes) > shown {
		text += " 等"
	}
	if c.Closed {
		text += ";本级这个月已封账,封账的汇总不变,要算进去请更正封账"
	}
	return text
}

// Corrections gives what was corrected of a month, sender by sender, the first correction
// first; a bundle that tells the same numbers is none.
func Corrections(ctx context.Context, l *store.Ledger, month model.Month) ([]Correction, error) {
	all, err := Senders(ctx, l, month)
	if err != nil {
		return nil, err
	}
	whole := map[string]Numbers{}
	for g, err := range Groups(ctx, l, month, KindAll) {
		if err != nil {
			return nil, err
		}
		whole[g.Sender] = g.Values
	}
	list := []Correction{}
	for i := range all {
		s := &all[i]
		versions, err := Past(ctx, l, s.Code, month)
		if err != nil {
			return nil, err
		}
		if values, there := whole[s.Code]; there {
			versions = append(versions, Version{s.Sequence, s.Hash, s.At, values})
		}
		for n := 1; n < len(versions); n++ {
			if changed := Changes(versions[n-1].Values, versions[n].Values, s.Figures); len(changed) > 0 {
				list = append(list, Correction{Code: s.Code, Name: s.Name, Month: month, From: versions[n-1].Sequence, To: versions[n].Sequence, At: versions[n].At, Changes: changed})
			}
		}
	}
	return list, nil
}

// Standing is what stands of a sender for a month, nil for nothing: the number of its bundle,
// and the whole.
type Standing struct {
	Sequence int64
	Whole    Group
	Towns    int // how many townships there are
}

// StandingOf gives what stands of a sender for a month, nil for nothing.
func StandingOf(ctx context.Context, l *store.Ledger, code string, month model.Month) (*Standing, error) {
	var s *Standing
	err := inside(l).Moment(ctx, func(at store.Snapshot) error {
		q := at.Querier()
		n, err := raw.Number(ctx, q, "SELECT coalesce(max(sequence), 0) FROM sum_bundle WHERE month = ? AND code = ?", string(month), code)
		if err != nil || n == 0 {
			return err
		}
		towns, err := raw.Number(ctx, q, "SELECT count(*) FROM sum_group WHERE month = ? AND code = ? AND kind = ?", string(month), code, KindTownship)
		if err != nil {
			return err
		}
		s = &Standing{Sequence: n, Towns: int(towns)}
		return groupsWhere(ctx, q, "month = ? AND kind = ? AND code = ?", []any{string(month), KindAll, code}, func(g Group) bool {
			s.Whole = g
			return true
		})
	})
	return s, inside(l).Explain(err)
}

// NewestOf gives the newest month of which sums of a sender stand, "" for none.
func NewestOf(ctx context.Context, l *store.Ledger, code string) (model.Month, error) {
	months, err := raw.Texts(ctx, inside(l).Readers(), "SELECT coalesce(max(month), '') FROM sum_bundle WHERE code = ?", code)
	if err != nil {
		return "", inside(l).Explain(fmt.Errorf("newest sums of %s: %w", code, err))
	}
	return model.Month(months[0]), nil
}

// Recode gives what stands of a sender another code.
func Recode(ctx context.Context, t *store.Tx, old, code string) error {
	for _, text := range []string{
		"UPDATE sum_group SET grp = ?2 || substr(grp, length(?1) + 1) WHERE code = ?1 AND county = ?1 AND (kind = 'county' OR kind = 'township')",
		"UPDATE sum_group SET county = ?2 WHERE code = ?1 AND county = ?1", "UPDATE sum_unit SET county = ?2 WHERE code = ?1 AND county = ?1",
		"UPDATE sum_group SET code = ?2 WHERE code = ?1", "UPDATE sum_unit SET code = ?2 WHERE code = ?1",
		"UPDATE sum_bundle SET code = ?2 WHERE code = ?1", "UPDATE sum_past SET code = ?2 WHERE code = ?1",
	} {
		if err := t.Exec(ctx, text, old, code); err != nil {
			return fmt.Errorf("recode sums of %s: %w", old, err)
		}
	}
	return nil
}
