package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// GapTally counts what lists left open, by the fields' labels.
type GapTally struct {
	Count   int
	byField map[string]int
	order   []string
}

// Add counts one gap in a field, by its label.
func (t *GapTally) Add(field string) {
	if t.byField == nil {
		t.byField = map[string]int{}
	}
	if t.byField[field] == 0 {
		t.order = append(t.order, field)
	}
	t.byField[field]++
	t.Count++
}

// Text says it in one line: 名册待补 70 处:转正日期 63、外出流向 7. "" for none.
func (t *GapTally) Text(k *Kind) string {
	if t.Count == 0 {
		return ""
	}
	fields := slices.Clone(t.order)
	slices.SortStableFunc(fields, func(a, b string) int { return t.byField[b] - t.byField[a] })
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = fmt.Sprintf("%s %d", f, t.byField[f])
	}
	return t.Short(k) + ":" + strings.Join(parts, "、")
}

// Short says it without the fields: 名册待补 70 处. "" for none.
func (t *GapTally) Short(k *Kind) string {
	if t.Count == 0 {
		return ""
	}
	return fmt.Sprintf("%s待补 %d 处", cmp.Or(k.ListName, k.Title), t.Count)
}
