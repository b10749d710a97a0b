package count

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// settingWithin holds in an extract, as JSON, the passages of its organisations that are
// one side of a transfer within the county: the other side is in the book of another
// township, or can't be found without ID numbers.
const settingWithin = "extract_within"

// passageWithin is one side of a transfer within the county.
type passageWithin struct {
	ID    string     `json:"id"` // of the movement
	Org   string     `json:"org"`
	In    bool       `json:"in"`
	Whole bool       `json:"whole,omitempty"`
	Day   model.Date `json:"day"`
	Other model.Date `json:"other"` // the other side's day
}

// PutWithin keeps in an extract, in the transaction that makes it, which passages of its
// organisations are one side of a transfer within the county, as the county's ledger
// knows it; orgs are the organisations by id.
func PutWithin(ctx context.Context, from *store.Ledger, t *store.Tx, orgs map[string]bool) error {
	today := from.Source().Today()
	all := []passageWithin{}
	err := connected(ctx, from, SummaryQuery{Period: Period{From: firstDay, To: today}}, func(c *counting) error {
		homes, err := inside(from).OrganisationsAt(ctx, c.on)
		if err != nil || c.lacks(personKind) || c.lacks(movementKind) {
			return err
		}
		moves, err := c.withinMoves(ctx, firstDay, today)
		if err != nil {
			return err
		}
		for _, p := range pairMoves(moves, homes) {
			for _, side := range [][2]*move{{p.out, p.in}, {p.in, p.out}} {
				if m := side[0]; orgs[m.org] {
					all = append(all, passageWithin{ID: m.id, Org: m.org, In: m.in, Whole: m.whole, Day: m.day, Other: side[1].day})
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	text, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("transfers within: %w", err)
	}
	return t.SetSetting(ctx, settingWithin, string(text))
}

// firstDay lies before all that a ledger can tell.
const firstDay = model.Date("1921-01-01")

// keptWithin gives the transfers of a span in an extract. The side that is not in it has
// no organisation.
func (c *counting) keptWithin(ctx context.Context, from, to model.Date) ([]pair, error) {
	text, err := c.l.Setting(ctx, settingWithin)
	if err != nil || text == "" {
		return nil, err
	}
	var all []passageWithin
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, fmt.Errorf("transfers within: %w", err)
	}
	var pairs []pair
	for _, k := range all {
		if min(k.Day, k.Other) < from || max(k.Day, k.Other) > to {
			continue
		}
		m, other := &move{id: k.ID, org: k.Org, in: k.In, whole: k.Whole, day: k.Day}, &move{in: !k.In, day: k.Other}
		if k.In {
			pairs = append(pairs, pair{other, m})
		} else {
			pairs = append(pairs, pair{m, other})
		}
	}
	return pairs, nil
}
