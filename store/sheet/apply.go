package sheet

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// Apply writes all good rows in one transaction, which one undo takes back. It is
// an Error when duplicates were to stop the reading and there are any, and what
// Ledger.Save gives otherwise; nothing is written then.
func (p *Plan) Apply(ctx context.Context, l *store.Ledger) (store.Saved, error) {
	if p.onDuplicate == Stop {
		if rows := p.rowsOf(Duplicated); len(rows) > 0 {
			return store.Saved{}, model.Errorf("E-SHEET-DUPLICATE", "有 %d 行在台账里已有(第 %s 行),按要求停下,没有写入任何一行;可改用跳过或更新", len(rows), listRows(rows))
		}
	}
	if len(p.save) == 0 {
		return store.Saved{}, nil
	}
	saved, err := l.Save(ctx, model.FromSheet, p.save...)
	var refusal *store.Refusal
	if errors.As(err, &refusal) && refusal.Index < len(p.saveRows) {
		return saved, model.Errorf("E-SHEET-ROW", "%s:%s;整份表都没有写入,请重新读入一遍", p.saveRows[refusal.Index], refusal.Error())
	}
	return saved, err
}

func (p *Plan) rowsOf(v Verdict) []int {
	var numbers []int
	for _, r := range p.Rows {
		if r.Verdict == v && !r.again { // one listed twice in the file is not on file
			numbers = append(numbers, r.Number)
		}
	}
	return numbers
}

// RowsText names rows of the sheet: 第 3 行, 第 2、3、4、5、6 等 63 行.
func RowsText(numbers []int) string {
	if len(numbers) > 6 {
		return fmt.Sprintf("第 %s %d 行", listRows(numbers), len(numbers))
	}
	return "第 " + listRows(numbers) + " 行"
}

// listRows writes the first few row numbers.
func listRows(numbers []int) string {
	texts := make([]string, 0, 6)
	for i, n := range numbers {
		if i == 5 && len(numbers) > 6 {
			return strings.Join(texts, "、") + " 等"
		}
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, "、")
}
