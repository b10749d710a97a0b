package send

import (
	"context"
	"errors"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// AnswerDays is after how many days without a receipt a bundle is reminded of.
const AnswerDays = 7

// Standing gives of the bundles that were exported (SentBundles: the last first) the last of
// each month, which the others of that month give way to. One without encryption went
// nowhere.
func Standing(all []Sent) []Sent {
	var last []Sent
	seen := map[model.Month]bool{}
	for _, b := range all {
		if !b.Plain && !seen[b.Month] {
			seen[b.Month] = true
			last = append(last, b)
		}
	}
	return last
}

// Unanswered tells for how many days the bundle has had no receipt, 0 for one that was
// answered. What can't be read as a moment has waited for no time.
func (b *Sent) Unanswered(now time.Time) int {
	if b.State != sentWaiting {
		return 0
	}
	made, err := time.Parse("2006-01-02T15:04:05Z", b.CreatedAt)
	if err != nil {
		return 0
	}
	return max(int(now.Sub(made)/(24*time.Hour)), 0)
}

// Answers gives of bundles that were not simply accepted the reason that stands in the
// receipt, by their numbers. Of a receipt that can't be opened any more it is why.
func Answers(ctx context.Context, l *store.Ledger, all []Sent) (map[int64]string, error) {
	reasons := map[int64]string{}
	for _, b := range all {
		if b.State == sentWaiting || b.State == bundle.VerdictAccepted {
			continue
		}
		r, err := Receipt(ctx, l, b.Sequence)
		var known *model.Error
		switch {
		case errors.As(err, &known):
			reasons[b.Sequence] = known.Message
		case err != nil:
			return nil, err
		case r != nil:
			reasons[b.Sequence] = r.Reason
		}
	}
	return reasons, nil
}
