package table_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/tui"
	"taizhang/tui/table"
	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

// TestEveryKind draws the table of each kind at both sizes: every column stands in
// its cells, and no label is cut without an ellipsis. The records are made from
// the kinds' declarations.
func TestEveryKind(t *testing.T) {
	l := create(t, nil)
	for _, k := range party.Kinds.Kinds() {
		for i := range 3 {
			add(t, l, k, i)
		}
		if count(t, l, k.Name) == 0 {
			t.Errorf("no %s was made", k.Name)
		}
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		r := tui.New(context.Background(), tui.Options{Ledger: l, Source: clock()})
		tm := tuitest.Start(t, r, size[0], size[1])
		for _, k := range party.Kinds.Kinds() {
			tm.Send(ui.Push{Screen: table.New(r.App(), ui.TableOf{Kind: k.Name, View: "全部"})})
			checkAligned(t, tm, k)
			tm.Golden(fmt.Sprintf("%s_%dx%d", k.Name, size[0], size[1]))
			tm.Press("esc")
		}
	}
}

// add saves a record of the kind with what it must have, and with what its rules
// ask for besides.
func add(t *testing.T, l *store.Ledger, k *model.Kind, i int) {
	t.Helper()
	ctx := context.Background()
	r, err := l.New(ctx, k.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range k.Fields() {
		if r.Get(f.Name) == nil && (f.Required || slices.Contains(k.Label, f.Name) || slices.Contains(k.Columns[:min(len(k.Columns), 5)], f.Name)) {
			r.Set(f.Name, sample(t, l, f, i))
		}
	}
	how := model.AsRecorded // what an admission's dates would change is not looked at here
	if k.Name == "person" {
		how = model.FromSheet // who are members, with their openings
	}
	for range 8 {
		_, err = l.Save(ctx, how, r)
		var refused *store.Refusal
		if !errors.As(err, &refused) {
			break
		}
		for _, x := range model.Faults(refused.Findings) {
			f := k.Field(x.Field)
			switch {
			case f == nil:
				t.Fatalf("%s: %s", k.Name, x.Message)
			case r.Filled(f.Name) && !f.Required:
				r.Set(f.Name, nil)
			default:
				r.Set(f.Name, sample(t, l, f, i+1))
			}
		}
	}
	if err != nil {
		t.Logf("%s %d: %v", k.Name, i, err) // the others of the kind do
	}
}

// certain values that are not to be guessed from a field's type.
var certain = map[string]string{"组织代码": "99010100%d", "出生日期": "1960-05-1%d"}

// sample makes up a value of a field.
func sample(t *testing.T, l *store.Ledger, f *model.Field, i int) model.Value {
	t.Helper()
	if form := certain[f.Label]; form != "" {
		return fmt.Sprintf(form, i+2)
	}
	switch f.Type {
	case model.TypeText:
		return f.Label + []string{"甲", "乙丙丁", "戊己庚辛壬癸,子丑寅卯辰巳午未"}[i%3]
	case model.TypeNote:
		return f.Label + "甲\n乙"
	case model.TypePhone:
		return fmt.Sprintf("1000000000%d", i)
	case model.TypeDate:
		return fmt.Sprintf("2026-05-1%d", i)
	case model.TypeMonth:
		return fmt.Sprintf("2026-0%d", 1+i)
	case model.TypeYear:
		return int64(2024 + i)
	case model.TypeInt:
		return max(f.Min, min(int64(3*i), max(f.Max, 9)))
	case model.TypeMoney:
		return []int64{20, 123456, 99999900}[i%3]
	case model.TypeBool:
		return i%2 == 0
	case model.TypeChoice:
		return f.Choices[i%len(f.Choices)]
	case model.TypeChoices:
		return f.Choices[:1+i%2]
	case model.TypeOrgCode:
		return village.Code
	}
	p, err := l.Page(context.Background(), store.Query{Kind: f.Target, Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Records) == 0 {
		return nil
	}
	id := p.Records[i%len(p.Records)].ID
	switch f.Type {
	case model.TypeRefs:
		return []string{id}
	case model.TypeRoll:
		return []model.Mark{{Target: id, State: f.Choices[0]}}
	}
	return id
}

// checkAligned finds the labels of the header and looks that the gap before each
// of them goes down through all rows.
func checkAligned(t *testing.T, tm *tuitest.Term, k *model.Kind) {
	t.Helper()
	head, _, _ := strings.Cut(tm.Row(3), "│")
	var starts []int
	for label := range strings.SplitSeq(strings.TrimSpace(head), "  ") {
		label = strings.TrimSpace(label)
		if label == "" {
			continue
		}
		if !strings.HasSuffix(label, "…") && !knows(k, label) {
			t.Errorf("%q in the header is the label of nothing", label)
		}
		before, _, _ := strings.Cut(head, label)
		starts = append(starts, ansi.StringWidth(before))
	}
	if len(starts) < 3 {
		t.Errorf("only %d columns:\n%s", len(starts), tm.Screen())
	}
	rights := rightAligned(k)
	for y := 4; y < 22; y++ {
		row := tm.Row(y)
		if row == "" || strings.Contains(row, "按 F") {
			continue
		}
		for i, x := range starts {
			if i == 0 || rights[i] {
				continue
			}
			if cells := ansi.Cut(row, x-2, x); strings.TrimSpace(cells) != "" {
				t.Errorf("%q stands before cell %d of row %d:\n%s", cells, x, y, tm.Screen())
				return
			}
		}
	}
}

// rightAligned tells by place which of the kind's columns stand to the right: their
// labels do not begin where the column does.
func rightAligned(k *model.Kind) map[int]bool {
	rights := map[int]bool{}
	for i, n := range k.Columns {
		if f := k.Field(n); f != nil && f.Type.Right() {
			rights[i] = true
		}
	}
	return rights
}

func knows(k *model.Kind, label string) bool {
	for _, f := range k.Fields() {
		if f.Label == label {
			return true
		}
	}
	for _, d := range k.Derived {
		if d.Label+"*" == label {
			return true
		}
	}
	return false
}
