package admission

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// FormRange is a run of numbers of 入党志愿书 that were issued together: the same letters
// before digits of the same length, e.g. A0001 to A0010.
type FormRange struct {
	First string `json:"first"`
	Last  string `json:"last"`
}

// maxFormRange bounds the numbers of one range.
const maxFormRange = 10000

// FormNumber gives a number in the form in which numbers are compared: half width, without
// blanks, capital letters.
func FormNumber(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(model.HalfWidth(s)), ""))
}

// ParseFormRange reads A0001-A0010, A0001-0010 or A0001. *model.Error E-FORM-NO says what
// is wrong.
func ParseFormRange(text string) (FormRange, error) {
	first, last, _ := strings.Cut(strings.NewReplacer("—", "-", "–", "-", "~", "-", "至", "-", "到", "-").Replace(FormNumber(text)), "-")
	last = cmp.Or(last, first)
	before, digits := splitNumber(first)
	if digits == "" {
		return FormRange{}, model.Errorf("E-FORM-NO", "“%s”不是志愿书编号,请写成 0001-0010 或 A0001-A0010", model.Clean(text, false))
	}
	if b, d := splitNumber(last); b == "" && len(d) <= len(digits) {
		last = before + digits[:len(digits)-len(d)] + d // only its end was written
	}
	r := FormRange{first, last}
	switch b, d := splitNumber(last); {
	case b != before || len(d) != len(digits):
		return FormRange{}, model.Errorf("E-FORM-NO", "“%s”两头的编号不是一种写法,请写成 0001-0010 或 A0001-A0010", model.Clean(text, false))
	case len(digits) > 15:
		return FormRange{}, model.Errorf("E-FORM-NO", "“%s”的编号太长,请核对", model.Clean(text, false))
	case r.Size() < 1:
		return FormRange{}, model.Errorf("E-FORM-NO", "“%s”后面的编号比前面的小,请核对", model.Clean(text, false))
	case r.Size() > maxFormRange:
		return FormRange{}, model.Errorf("E-FORM-NO", "“%s”有 %d 个编号,一次最多 %d 个,请核对", model.Clean(text, false), r.Size(), maxFormRange)
	}
	return r, nil
}

// splitNumber parts a number's letters from the digits at its end.
func splitNumber(s string) (before, digits string) {
	before = strings.TrimRight(s, "0123456789")
	return before, s[len(before):]
}

func (r FormRange) bounds() (before string, width int, from, to int64) {
	before, digits := splitNumber(r.First)
	_, end := splitNumber(r.Last)
	from, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return before, 0, 0, -1
	}
	if to, err = strconv.ParseInt(end, 10, 64); err != nil {
		return before, 0, 0, -1
	}
	return before, len(digits), from, to
}

// Size is how many numbers there are.
func (r FormRange) Size() int {
	_, _, from, to := r.bounds()
	return int(to - from + 1)
}

// Numbers gives them all, in order; none of a range that ParseFormRange refuses.
func (r FormRange) Numbers() []string {
	before, width, from, to := r.bounds()
	if to-from >= maxFormRange {
		return nil
	}
	all := make([]string, 0, max(r.Size(), 0))
	for n := from; n <= to; n++ {
		all = append(all, fmt.Sprintf("%s%0*d", before, width, n))
	}
	return all
}

// Text shows it: 0001-0010, a single number alone.
func (r FormRange) Text() string {
	if r.First == r.Last {
		return r.First
	}
	return r.First + "-" + r.Last
}

// Forms is what became of the forms of a unit.
type Forms struct {
	Issued int
	Used   []string // written on an admission, as FormNumber gives them, in order
	Void   []string // spoilt
	Left   []string // neither
	// Strange are numbers on file that were never issued to the unit.
	Strange []string
}

// CountForms holds the numbers issued to a unit, and those of them that were spoilt and
// given back, against the numbers (form_no) on its admissions.
func CountForms(issued []FormRange, void []string, admissions []*model.Record) Forms {
	var f Forms
	state := map[string]int{} // 0 left, 1 used, 2 void
	for _, r := range issued {
		for _, no := range r.Numbers() {
			if _, twice := state[no]; !twice {
				state[no] = 0
				f.Issued++
			}
		}
	}
	mark := func(no string, as int) {
		if no == "" {
			return
		}
		if _, known := state[no]; !known {
			if !slices.Contains(f.Strange, no) {
				f.Strange = append(f.Strange, no)
			}
			return
		}
		state[no] = max(state[no], as)
	}
	for _, a := range admissions {
		mark(FormNumber(a.Str("form_no")), 1)
	}
	for _, no := range void {
		mark(no, 2)
	}
	for no, as := range state {
		switch as {
		case 1:
			f.Used = append(f.Used, no)
		case 2:
			f.Void = append(f.Void, no)
		default:
			f.Left = append(f.Left, no)
		}
	}
	for _, list := range [][]string{f.Used, f.Void, f.Left, f.Strange} {
		slices.Sort(list)
	}
	return f
}

// Runs writes sorted numbers in short: 0003-0005、0008.
func Runs(numbers []string) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && follows(numbers[j], numbers[j+1]) {
			j++
		}
		parts = append(parts, FormRange{numbers[i], numbers[j]}.Text())
		i = j + 1
	}
	return strings.Join(parts, "、")
}

func follows(a, b string) bool {
	r := FormRange{a, b}
	before, digits := splitNumber(b)
	ours, own := splitNumber(a)
	return before == ours && len(digits) == len(own) && r.Size() == 2
}

// Quota is how far a year's plan is used: those approved in the year, and those under way
// who have their form already.
type Quota struct{ Approved, UnderWay int }

// CountQuota counts the admissions of a unit against a year's plan by a day.
func CountQuota(admissions []*model.Record, year int, day model.Date) Quota {
	var q Quota
	for _, a := range admissions {
		approved := a.Date("approved_on")
		switch {
		case approved != "" && approved <= day && approved.Year() == year:
			q.Approved++
		case approved == "" && a.Filled("form_no") && !a.Filled("ended_on"):
			q.UnderWay++
		}
	}
	return q
}
