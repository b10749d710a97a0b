package county

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/compare"
	"taizhang/store/internal/raw"
)

// keptDifference is a difference as the county keeps it until it goes out with a receipt.
type keptDifference struct {
	bundle.ReceiptDifference
	Was    string `json:"was"`    // the record's value when it was compared, as stored
	Value  string `json:"value"`  // the list's, as stored, "" where it is none of the field's
	Number string `json:"number"` // the ID number of a person whom the unit has not
}

// KeepCompared keeps what the national system's list says differently, unit by unit, in
// place of what an earlier list said of the same units; it goes out with their receipts.
// It gives how many units have differences and how many these are. *model.Error:
// E-COUNTY in a village's ledger, E-READONLY.
func KeepCompared(ctx context.Context, l *store.Ledger, r *compare.Result) (units, differences int, err error) {
	is, err := l.IsCounty(ctx)
	if err != nil {
		return 0, 0, err
	}
	if !is {
		return 0, 0, model.Errorf("E-COUNTY", "这不是县里的台账,没有可以带上比对结果的回执;村里请在“%s”里直接改", compare.Name)
	}
	byOrg := map[string][]keptDifference{}
	for i := range r.Differences {
		d := &r.Differences[i]
		if d.OrgID != "" && d.OrgID != l.Home().ID {
			byOrg[d.OrgID] = append(byOrg[d.OrgID], keep(l.Kinds(), d))
			differences++
		}
	}
	err = inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, org := range r.Covered {
			if err := t.Exec(ctx, "DELETE FROM compared WHERE org_id = ?", org); err != nil {
				return fmt.Errorf("compared: %w", err)
			}
			if len(byOrg[org]) == 0 {
				continue
			}
			content, err := json.Marshal(byOrg[org])
			if err != nil {
				return fmt.Errorf("compared: %w", err)
			}
			if err := t.Exec(ctx, "INSERT INTO compared (org_id, at, content) VALUES (?, ?, ?)", org, t.Stamp(), string(content)); err != nil {
				return fmt.Errorf("compared: %w", err)
			}
		}
		return nil
	})
	return len(byOrg), differences, err
}

// idNumber is the field whose note tells the places without telling the digits.
const idNumber = "id_number"

// keep leaves out what may not travel open.
func keep(kinds *model.Catalog, d *compare.Difference) keptDifference {
	k := keptDifference{Number: d.Number, ReceiptDifference: bundle.ReceiptDifference{Sort: string(d.Sort), Kind: d.Kind, ID: d.ID, Label: d.Name,
		Field: d.Field, Title: d.Label, Ours: d.Ours, Theirs: d.Theirs, Message: d.Message()}}
	f := kinds.Kind(d.Kind).Field(d.Field)
	k.Was, k.Value = d.Stored(f)
	if f.Private && d.Sort == compare.Differs {
		k.Ours, k.Theirs = "", ""
		advice := d.Note
		if d.Field != idNumber || advice == "" {
			advice = "请问本人核对"
		}
		k.Message = d.Label + "与" + compare.Other + "的不同;" + advice
		if d.Theirs == "" {
			k.Message = d.Label + ":" + compare.Other + "里没有填"
		}
	}
	return k
}

// comparedFor gives what the national system's list says differently to the organisations
// that are answered, by the line of the book: with the last accepted of each. What has
// been put right since is left out.
func comparedFor(ctx context.Context, l *store.Ledger, open []answer) (map[int64][]bundle.ReceiptDifference, error) {
	said := map[int64][]bundle.ReceiptDifference{}
	for _, a := range lastAccepted(open) {
		texts, err := raw.Texts(ctx, inside(l).Readers(), "SELECT content FROM compared WHERE org_id = ?", a.why.OrgID)
		if err != nil {
			return nil, inside(l).Explain(fmt.Errorf("compared: %w", err))
		}
		for _, text := range texts {
			var all []keptDifference
			if err := json.Unmarshal([]byte(text), &all); err != nil {
				return nil, fmt.Errorf("compared of %s: %w", a.Code, err)
			}
			for _, d := range all {
				stands, err := d.stands(ctx, l, a.why.OrgID)
				if err != nil {
					return nil, err
				}
				if stands {
					said[a.Seq] = append(said[a.Seq], d.ReceiptDifference)
				}
			}
		}
	}
	return said, nil
}

// stands reports whether a difference is still one, by what the unit has reported since.
func (d *keptDifference) stands(ctx context.Context, l *store.Ledger, orgID string) (bool, error) {
	if compare.Sort(d.Sort) == compare.OnlyTheirs {
		return d.stillMissing(ctx, l, orgID)
	}
	if d.ID == "" { // a post that is not on file
		return true, nil
	}
	k := l.Kinds().Kind(d.Kind)
	page, err := l.Page(ctx, store.Query{Kind: d.Kind, Conds: []model.Cond{model.Where("id", model.Eq, d.ID)}})
	if err != nil || len(page.Records) == 0 {
		return false, err
	}
	r := page.Records[0]
	if compare.Sort(d.Sort) == compare.OnlyOurs {
		return membership.IsMember(r), nil
	}
	f := k.Field(d.Field)
	now := f.Type.CSV(f, r.Get(d.Field))
	return now == d.Was || d.Value != "" && now != d.Value, nil
}

// stillMissing reports whether the unit has still nobody with the number, or, without
// one, with the name, on the rolls.
func (d *keptDifference) stillMissing(ctx context.Context, l *store.Ledger, orgID string) (bool, error) {
	who := model.Where(idNumber, model.Eq, d.Number)
	if d.Number == "" {
		who = model.Where("name", model.Eq, d.Label)
	}
	n, err := l.Count(ctx, store.Query{Kind: membership.PersonKind, Conds: []model.Cond{who, model.Where("org_id", model.Eq, orgID),
		model.Where("status", model.In, membership.States...), model.Where("standing", model.Eq, membership.OnRolls)}})
	return n == 0, err
}
