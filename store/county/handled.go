package county

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// handled is what was handled of an organisation before a bundle.
type handled int

const (
	handledNever handled = iota // a number higher than all accepted, or let in
	handledSame                 // this very bundle was accepted
	handledLater                // a later one was accepted, this number never
	handledOther                // this number was accepted with other content
)

// alreadyIn is said of what was accepted before.
const alreadyIn = "以前已接收过,这次跳过"

// knownFile passes over a file that was accepted before, to the last byte. Opening it
// would give the same answer.
func (r *reception) knownFile(ctx context.Context) (bool, error) {
	i, err := AcceptedFile(ctx, r.l, r.in.FileHash, Accepted, Partly)
	if i == nil || err != nil {
		return false, err
	}
	var why reasons
	if err := json.Unmarshal(i.Reasons, &why); err != nil {
		return false, fmt.Errorf("intake %d: %w", i.Seq, err)
	}
	r.in.Code, r.in.Name, r.in.Month, r.in.Sequence, r.in.Hash = i.Code, why.Name, i.Month, i.Sequence, i.Hash
	r.again(i, why)
	return true, nil
}

// again says of a bundle that was taken in before what became of it then.
func (r *reception) again(i *IntakeLine, why reasons) {
	r.in.Verdict, r.in.Reason = Already, alreadyIn
	r.in.Was, r.in.Problems = i.Verdict, append(r.in.Problems, why.Problems...)
	if day := localDay(i.At); day != "" {
		r.in.Reason = day.Chinese() + "已接收过,这次跳过"
	}
	for _, p := range why.Problems {
		r.in.SetAside += model.OneIf(p.Effect == SetAside)
	}
}

// acceptedBefore gives the line of the book under which this bundle was accepted, nil for
// none: its file may have been another, as one that was packed up is.
func (r *reception) acceptedBefore(ctx context.Context) (*IntakeLine, error) {
	rows, err := inside(r.l).Readers().Query(ctx, "SELECT "+intakeColumns+`, reasons FROM intake WHERE code = ? AND hash = ?
		AND verdict IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1`, r.in.Code, r.in.Hash, raw.List([]string{Accepted, Partly}))
	all, err := scanIntakes(rows, err)
	if len(all) == 0 || err != nil {
		return nil, inside(r.l).Explain(err)
	}
	return &all[0], nil
}

// handledBefore tells what was handled before; of the same it is said.
func (r *reception) handledBefore(ctx context.Context) (handled, error) {
	if r.known == nil || r.in.Sequence > r.known.Sequence {
		return handledNever, nil
	}
	hashes, err := AcceptedHashes(ctx, r.l, r.in.Code, r.in.Sequence, Accepted, Partly)
	if err != nil {
		return handledNever, err
	}
	if r.in.Sequence == r.known.Sequence {
		hashes = append(hashes, r.known.Hash)
	}
	switch {
	case slices.Contains(hashes, r.in.Hash):
		return handledSame, r.sameAgain(ctx)
	case r.let():
		return handledNever, nil
	case len(hashes) == 0:
		return handledLater, nil
	}
	return handledOther, nil
}

// sameAgain says that the bundle was taken in before, as far as the book tells with what.
func (r *reception) sameAgain(ctx context.Context) error {
	r.in.Verdict, r.in.Reason = Already, alreadyIn
	i, err := r.acceptedBefore(ctx)
	if i == nil || err != nil {
		return err
	}
	why, err := readReasons(i)
	if err != nil {
		return err
	}
	r.again(i, why)
	return nil
}

// sequence passes over what is older than the last accepted: old files stay on sticks.
// What is of another line was refused before (inLine).
func (r *reception) sequence(p handled) (done bool) {
	if p == handledNever {
		return false
	}
	r.in.Verdict, r.in.Reason = Already, "比已接收的旧,这次跳过"
	return true
}

// foreign refuses a bundle that has records of another organisation under its own
// name: its ledger began as a copy of a neighbour's. What stands on file as it is in the
// bundle is its own.
func (r *reception) foreign(ctx context.Context, w *bundleRows) error {
	var kept map[string]digests
	if r.known != nil && w.digests != nil && r.known.OrgID == w.org.ID {
		var err error
		if kept, err = keptDigests(ctx, inside(r.l).Readers(), w.org.ID); err != nil {
			return inside(r.l).Explain(err)
		}
	}
	for _, k := range w.kinds.Kinds() {
		same, _, _ := unchanged(kept, w.digests, k.Name, w.kept[k.Name])
		own := make(map[*model.Record]bool, len(same))
		for _, rec := range same {
			own[rec] = true
		}
		ids := make([]string, 0, len(w.all[k.Name])-len(same))
		for _, rec := range w.all[k.Name] {
			if !own[rec] {
				ids = append(ids, rec.ID)
			}
		}
		id, err := ForeignID(ctx, r.l, k.Name, w.org.ID, ids)
		if err != nil {
			return err
		}
		if id != "" {
			return r.refuse("E-FOREIGN-ID", func(v voice) string {
				return fmt.Sprintf("报送包里有别的党组织的%s记录(编号 %s),", k.Title, model.Shown(id)) + v.copied()
			})
		}
	}
	return nil
}

// dayOf gives the day of a moment as the ledger stores it.
func dayOf(stamp string, where *time.Location) model.Date {
	t, err := time.Parse(stampForm, stamp)
	if err != nil {
		return ""
	}
	return model.DateOf(t.In(where))
}
