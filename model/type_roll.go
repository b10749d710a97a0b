package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

type rollType struct{ textual }

func (rollType) Name() string { return "roll" }

func (rollType) Storage() Storage { return StoreMarks }

func (rollType) Parse(_ *Field, typed string) (Value, error) { return parseNone(typed) }

// Format counts the marks by state, in the order of the field's states:
// 到会80 请假-公务3.
func (rollType) Format(f *Field, v Value, _ Namer) string {
	count := map[string]int{}
	marks, _ := v.([]Mark)
	for _, m := range marks {
		count[m.State]++
	}
	var parts []string
	for _, s := range f.Choices {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d", s, count[s]))
		}
	}
	return strings.Join(parts, " ")
}

func (rollType) Check(f *Field, v Value) error {
	marks, ok := v.([]Mark)
	if !ok {
		return Errorf("E-TYPE", "%s应是一份名单", f.Label)
	}
	for _, m := range marks {
		if !slices.Contains(f.Choices, m.State) {
			return choiceError(f, m.State)
		}
	}
	return checkTwice(f, Targets(v))
}

// Compare takes rolls as sets.
func (rollType) Compare(a, b Value) int {
	order := func(v Value) []Mark {
		return slices.SortedFunc(slices.Values(v.([]Mark)), compareMarks)
	}
	return slices.CompareFunc(order(a), order(b), compareMarks)
}

func compareMarks(a, b Mark) int {
	return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.State, b.State))
}

func (rollType) Encode(Value) any { return nil }

func (rollType) Decode(any) (Value, error) { return nil, nil }

func (rollType) CSV(_ *Field, v Value) string {
	marks, _ := v.([]Mark)
	parts := make([]string, len(marks))
	for i, m := range marks {
		parts[i] = m.Target + "=" + m.State
	}
	return strings.Join(parts, ";")
}

func (rollType) ParseCSV(f *Field, text string) (Value, error) {
	if text == "" {
		return nil, nil
	}
	var marks []Mark
	for p := range strings.SplitSeq(text, ";") {
		id, state, ok := strings.Cut(p, "=")
		if !ok {
			return nil, Errorf("E-TYPE", "%s“%s”看不懂", f.Label, Shown(p))
		}
		marks = append(marks, Mark{id, state})
	}
	return marks, nil
}

func (rollType) JSON(v Value, name Namer) any {
	type mark struct {
		refJSON
		State string `json:"state"`
	}
	list := []mark{}
	marks, _ := v.([]Mark)
	for _, m := range marks {
		list = append(list, mark{refJSON{m.Target, labelOf(m.Target, name)}, m.State})
	}
	return list
}

// Cell writes names by state: 到会:甲、乙;请假-公务:丙.
func (rollType) Cell(f *Field, v Value, name Namer) any {
	by := map[string][]string{}
	marks, _ := v.([]Mark)
	for _, m := range marks {
		by[m.State] = append(by[m.State], labelOf(m.Target, name))
	}
	var parts []string
	for _, s := range f.Choices {
		if len(by[s]) > 0 {
			parts = append(parts, s+":"+strings.Join(by[s], "、"))
		}
	}
	return strings.Join(parts, ";")
}

func (rollType) FromCell(_ *Field, c Cell) (Value, string, error) {
	v, err := parseNone(c.Text)
	return v, "", err
}

func (rollType) Width(*Field) int { return 16 }

// Examine asks whether those on the roll are on file.
func (rollType) Examine(x *Exam, f *Field, v Value) { x.refs(f, v) }
