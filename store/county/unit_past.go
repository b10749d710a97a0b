package county

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// PastEvent is one thing in a unit's past.
type PastEvent struct {
	At   string // when it was noted, YYYY-MM-DDThh:mm:ssZ
	What string // 收下 and other verdicts, 回执, 密钥, 代码, 撤销
	Text string // a clause: what happened
	More string // what else there is to say, "" for nothing
	Bad  bool   // a bundle that was not taken in
}

// PastOf gives the whole past of a unit by its present code, the newest first: its
// bundles with the receipts that answer them, its keys, its codes and its end.
func PastOf(ctx context.Context, l *store.Ledger, u Life) ([]PastEvent, error) {
	lines, err := IntakesOf(ctx, l, u.Code)
	if err != nil {
		return nil, err
	}
	var all []PastEvent
	key := ""
	for i := range lines {
		line := &lines[i]
		why, err := readReasons(line)
		if err != nil {
			return nil, err
		}
		e := PastEvent{At: line.At, What: line.Verdict, More: why.Reason, Bad: line.Verdict == Refused || line.Verdict == Waiting}
		e.Text = model.Clean(line.File, false)
		if line.Month != "" {
			e.Text = fmt.Sprintf("%s第 %d 号 %s", line.Month.Chinese(), line.Sequence, e.Text)
		}
		if n := len(why.Problems); n > 0 && e.More == "" {
			e.More = fmt.Sprintf("问题 %d 条", n)
		}
		if line.Receipt != "" {
			e.More += map[bool]string{true: ";"}[e.More != ""] + "回执 " + line.Receipt
		}
		if taken := line.Verdict == Accepted || line.Verdict == Partly; taken && why.Key != "" && why.Key != key {
			text := "校验数字 " + bundle.CheckDigits(why.Key)
			if key != "" {
				text = "换成 " + bundle.CheckDigits(why.Key) + "(原来 " + bundle.CheckDigits(key) + ")"
			}
			key = why.Key
			all = append(all, PastEvent{At: line.At, What: "密钥", Text: text})
		}
		all = append(all, e)
	}
	changed, err := codesPast(ctx, l, u)
	if err != nil {
		return nil, err
	}
	all = append(all, changed...)
	slices.SortStableFunc(all, func(a, b PastEvent) int { return -cmpText(a.At, b.At) })
	return all, nil
}

func cmpText(a, b string) int { return model.OneIf(a > b) - model.OneIf(a < b) }

// codesPast gives what was noted of a unit's codes and of its end.
func codesPast(ctx context.Context, l *store.Ledger, u Life) ([]PastEvent, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT noted_at, '代码', '从 ' || until_day || ' 起不再用 ' || code, '登记人 ' || noted_by FROM unit_code WHERE now = ?1 AND code <> ?1
		UNION ALL SELECT noted_at, reason, '从 ' || retired_on || ' 起' || reason || CASE into_code WHEN '' THEN '' ELSE '到 ' || into_code END, '登记人 ' || noted_by
		FROM unit_retired WHERE code = ?1
		UNION ALL SELECT noted_at, '并入', name || '(' || code || ')从 ' || retired_on || ' 起并入', '登记人 ' || noted_by FROM unit_retired WHERE into_code = ?1`, u.Code)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("past of %s: %w", u.Code, err))
	}
	defer rows.Close()
	var all []PastEvent
	for rows.Next() {
		var e PastEvent
		if err := rows.Scan(&e.At, &e.What, &e.Text, &e.More); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("past of %s: %w", u.Code, err))
		}
		all = append(all, e)
	}
	return all, inside(l).Explain(rows.Err())
}
