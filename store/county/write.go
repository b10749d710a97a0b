package county

import (
	"context"
	"errors"

	"taizhang/model"
)

// write replaces the organisation's rows and notes the bundle, in one transaction.
func (r *reception) write(ctx context.Context, rows *bundleRows) error {
	known := r.in.signed
	r.in.signed = true // by the key that is remembered with this bundle
	r.in.Problems = rows.problems()
	r.in.Verdict = Accepted
	for _, p := range r.in.Problems {
		if p.Effect == SetAside {
			r.in.SetAside++
		}
		if p.Effect == SetAside || p.Effect == Emptied || p.Severity == severityError {
			r.in.Verdict = Partly
		}
	}
	m := &r.b.Package.Taizhang
	former := ""
	if r.anew() {
		former = r.known.OrgID
	}
	records, sums := rows.final()
	_, err := ReplaceOrganisation(ctx, r.l, Replacement{Records: records, Former: former, First: m.FirstMonth, digests: sums, found: rows.findable,
		Key: KnownKey{Code: r.in.Code, PublicKey: m.PublicKey, OrgID: m.Organization.ID, Sequence: r.in.Sequence, Hash: r.in.Hash, Sent: r.lineage()}},
		func(diff map[string]Difference, i *IntakeLine) (err error) {
			r.in.Changes = diff
			*i, err = r.line(r.in.Verdict)
			return err
		})
	if err == nil {
		return nil
	}
	r.in.signed = known
	r.in.Changes, r.in.SetAside = map[string]Difference{}, 0
	var fault *model.Error
	if errors.As(err, &fault) {
		switch fault.Code {
		case "E-FOREIGN-ID":
			return r.refuse(fault.Code, "报送包%s,没有接收;请让村里新建自己的台账", fault.Message)
		case "E-UNIQUE":
			return r.refuse(fault.Code, "报送包里有重复的记录(%s),没有接收", fault.Message)
		}
	}
	return err
}
