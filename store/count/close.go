package count

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// CloseMonth confirms the roll of a month and keeps who the members were: the next
// month opens with them. by is who confirms; "" takes the one who writes the
// ledger. A month closed before is closed anew, and how it was closed is kept. The
// first month to be closed may be any; after it month follows month.
//
// *model.Error: E-MONTH for a month to come, E-CLOSE-ORDER while the month before
// is open, E-CLOSE-GAP while the balance doesn't close (the message names the
// persons); nothing is written then.
func CloseMonth(ctx context.Context, l *store.Ledger, month model.Month, by string) error {
	if err := pastMonth(l, month); err != nil {
		return err
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		closed, err := ClosedMonths(ctx, t)
		if err != nil {
			return err
		}
		again, err := inOrder(closed, month)
		if err != nil {
			return err
		}
		b, err := balance(ctx, l, t, t.Env(), month)
		if err != nil {
			return err
		}
		if !b.Closes() {
			return openGaps(month, b)
		}
		if err := keepClosed(ctx, t, month, again); err != nil {
			return err
		}
		err = t.Exec(ctx, `INSERT OR REPLACE INTO month_close (month, members, probationary, confirmed_by, confirmed_at, roll) VALUES (?, ?, ?, ?, ?, ?)`,
			string(month), b.Closing, b.Probationary, cmp.Or(by, inside(l).By()), t.Stamp(), raw.List(b.Members))
		if err != nil {
			return fmt.Errorf("close %s: %w", month, err)
		}
		if err := noteOwn(ctx, t, month); err != nil {
			return err
		}
		return reviewAll(ctx, t, month, b.Members)
	})
}

// inOrder refuses a month that has closed ones before it, but not the one just
// before, and tells whether the month was closed already.
func inOrder(closed []membership.ClosedMonth, month model.Month) (again bool, err error) {
	before := month.Add(-1)
	earlier, follows := false, false
	for _, c := range closed {
		earlier = earlier || c.Month < month
		follows = follows || c.Month == before
		again = again || c.Month == month
	}
	if earlier && !follows {
		return false, model.Errorf("E-CLOSE-ORDER", "%s还没有核对结账,%s要在它之后;请先选%s,核对名册并结账", before.Chinese(), month.Chinese(), before.Chinese())
	}
	return again, nil
}

// keepClosed puts how a month was closed aside.
func keepClosed(ctx context.Context, t *store.Tx, month model.Month, again bool) error {
	if !again {
		return nil
	}
	err := t.Exec(ctx, `INSERT INTO month_close_past (month, members, probationary, confirmed_by, confirmed_at, roll)
		SELECT month, members, probationary, confirmed_by, confirmed_at, roll FROM month_close WHERE month = ?`, string(month))
	if err != nil {
		return fmt.Errorf("close %s again: %w", month, err)
	}
	return nil
}

// reviewAll makes the members of a closed month all confirmed, and nobody else.
func reviewAll(ctx context.Context, t *store.Tx, month model.Month, ids []string) error {
	list := raw.List(ids)
	err := t.Exec(ctx, "DELETE FROM month_review WHERE month = ? AND person_id NOT IN (SELECT value FROM json_each(?))", string(month), list)
	if err != nil {
		return fmt.Errorf("review %s: %w", month, err)
	}
	return review(ctx, t, month, ids)
}

func review(ctx context.Context, t *store.Tx, month model.Month, ids []string) error {
	err := t.Exec(ctx, "INSERT OR IGNORE INTO month_review (month, person_id, confirmed_at) SELECT ?, value, ? FROM json_each(?)",
		string(month), t.Stamp(), raw.List(ids))
	if err != nil {
		return fmt.Errorf("review %s: %w", month, err)
	}
	return nil
}

// openGaps is the error while a month doesn't close.
func openGaps(month model.Month, b membership.Reckoning) *model.Error {
	var names []string
	for _, g := range b.Gaps {
		if len(names) == 5 {
			names = append(names, "等")
			break
		}
		names = append(names, g.Name)
	}
	text := fmt.Sprintf("%s的党员数对不上:应有 %d 名,名册上 %d 名,还不能结账", month.Chinese(), b.Expected, b.Closing)
	if len(b.Gaps) == 1 {
		return model.Errorf("E-CLOSE-GAP", "%s。%s:%s", text, names[0], b.Gaps[0].Text)
	}
	if len(names) > 0 {
		text += ",问题在 " + strings.Join(names, "、") + " 这几个人身上;请逐个核对,补办变动"
	}
	return model.Errorf("E-CLOSE-GAP", "%s", text)
}

// ReviewMembers confirms members of a month's roll, one by one, before the month is
// closed; confirmed false takes it back.
func ReviewMembers(ctx context.Context, l *store.Ledger, month model.Month, confirmed bool, ids ...string) error {
	if err := pastMonth(l, month); err != nil {
		return err
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if confirmed {
			return review(ctx, t, month, ids)
		}
		err := t.Exec(ctx, "DELETE FROM month_review WHERE month = ? AND person_id IN (SELECT value FROM json_each(?))", string(month), raw.List(ids))
		if err != nil {
			return fmt.Errorf("review %s: %w", month, err)
		}
		return nil
	})
}

// Reviewed gives when each member of a month's roll was confirmed, by id.
func Reviewed(ctx context.Context, l *store.Ledger, month model.Month) (map[string]string, error) {
	all, err := ReviewedAt(ctx, inside(l).Readers(), month)
	return all, inside(l).Explain(err)
}

// ReviewedAt gives what Reviewed does, by what q reads.
func ReviewedAt(ctx context.Context, q raw.Querier, month model.Month) (map[string]string, error) {
	rows, err := q.Query(ctx, "SELECT person_id, confirmed_at FROM month_review WHERE month = ?", string(month))
	if err != nil {
		return nil, fmt.Errorf("reviewed members: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var id, at string
		if err := rows.Scan(&id, &at); err != nil {
			return nil, fmt.Errorf("reviewed members: %w", err)
		}
		all[id] = at
	}
	return all, rows.Err()
}
