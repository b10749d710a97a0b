package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Again says what a new record of a kind takes over from the last one (照上次), and what
// the next one of a sitting takes over from the one just saved (接着填下一条).
type Again struct {
	// By names the fields in which two records must agree for one to be the last of
	// the other's sort: of meetings the kind.
	By []string
	// On is the date field by which the last one is known; "" where the kind has none
	// that fits, and nothing is taken over from last time then.
	On string
	// Fields repeat from one time to the next: place, host. Of a roll only those are
	// taken over who were marked otherwise than with its first state.
	Fields []string
	// Next are fields that only the next record of the same sitting repeats, beside By
	// and Fields: the day, the topic.
	Next []string
	// Title is a text that is taken over where it names a time (10月份主题党日), with
	// the time moved on to the new day.
	Title string
	// First is the field at which such a form begins; "" takes the first empty one.
	First string
}

// Any tells whether anything repeats from one time to the next.
func (a Again) Any() bool { return a.On != "" && (len(a.Fields) > 0 || a.Title != "") }

// names gives all fields that the declaration names.
func (a Again) names() []string {
	all := slices.Concat(a.By, a.Fields, a.Next)
	for _, n := range []string{a.On, a.Title, a.First} {
		if n != "" {
			all = append(all, n)
		}
	}
	return all
}

// validate panics on a day that is no date and a title that is no text.
func (a Again) validate(k *Kind) {
	mustKnow(k, "again", "date", a.On, a.On == "" || k.Field(a.On).Type == TypeDate)
	mustKnow(k, "again", "text", a.Title, a.Title == "" || k.Field(a.Title).Type == TypeText)
}

// Repeated is what a new record takes over from an earlier one.
type Repeated struct {
	Values map[string]Value
	// Usual are those of a roll who were marked otherwise than with its first state, by
	// field: they are no value before somebody has said that all others were there.
	Usual map[string][]Mark
}

// Repeat gives what a record of a later day takes over from the last one of its sort.
// With next it is the one entered after it in the same sitting. What names a time is
// moved on by Renew from the last one's day to the later one.
func (k *Kind) Repeat(last *Record, day Date, next bool) Repeated {
	a := k.Again
	out := Repeated{Values: map[string]Value{}, Usual: map[string][]Mark{}}
	names := slices.Concat(a.By, a.Fields)
	if next {
		names = append(names, a.Next...)
	}
	for _, n := range names {
		v := last.Get(n)
		marks, isRoll := v.([]Mark)
		switch {
		case v == nil:
		case isRoll && !next:
			f := k.MustField(n)
			marks = slices.DeleteFunc(slices.Clone(marks), func(m Mark) bool { return m.State == f.Choices[0] })
			if len(marks) > 0 {
				out.Usual[n] = marks
			}
		default:
			out.Values[n] = v
		}
	}
	if a.Title != "" && !next && a.On != "" {
		if text, moved := Renew(last.Str(a.Title), last.Date(a.On), day); moved {
			out.Values[a.Title] = text
		}
	}
	return out
}

// LastConds are the conditions of the records of the same sort as one that holds the
// values; ok is false where a field of By is not known yet.
func (k *Kind) LastConds(values map[string]Value) (conds []Cond, ok bool) {
	for _, n := range k.Again.By {
		f, v := k.MustField(n), values[n]
		if v == nil {
			return nil, false
		}
		conds = append(conds, Where(n, Eq, f.Type.CSV(f, v)))
	}
	if k.Again.On != "" {
		conds = append(conds, Where(k.Again.On, Filled))
	}
	return conds, true
}

// What names a time in a title: 2026-09, 2026年10月, 10月, 2026年三季度, 2026年, 第3次.
var timed = NewPattern(`(\d{4})-(\d{1,2})|(\d{4})年(\d{1,2})月|(\d{4})年?第?([一二三四1-4])季度|第?([一二三四1-4])季度|(\d{4})年|(\d{1,2})月|第(\d{1,3})([次期讲课])`)

// dayBehind is a month that a day follows: the date of a matter, which no later record
// repeats.
var dayBehind = NewPattern(`^\d{1,2}[日号]`)

// Renew moves the times that a text names on from one day to a later one: by the months
// between them 2026-09, 2026年10月 and 10月; by the quarters 三季度; by the years 2026年;
// and 第3次 by one. The subject behind a colon is not taken over. moved is false where the
// text names no time, or a day, and where it would be the same again.
func Renew(text string, from, to Date) (renewed string, moved bool) {
	if text == "" || from == "" || to == "" {
		return "", false
	}
	if head, _, ok := strings.Cut(strings.ReplaceAll(text, ":", ":"), ":"); ok && timed.MatchString(head) {
		text = head
	}
	months := (to.Year()-from.Year())*12 + monthOf(to) - monthOf(from)
	quarters := (to.Year()-from.Year())*4 + (monthOf(to)-1)/3 - (monthOf(from)-1)/3
	var b strings.Builder
	at := 0
	for _, m := range timed.FindAllStringSubmatchIndex(text, -1) {
		if dayBehind.MatchString(text[m[1]:]) || strings.HasPrefix(text[m[1]:], "-") {
			return "", false
		}
		b.WriteString(text[at:m[0]])
		b.WriteString(shifted(text, m, from, months, quarters, to.Year()-from.Year()))
		at, moved = m[1], true
	}
	b.WriteString(text[at:])
	return b.String(), moved && b.String() != text
}

func monthOf(d Date) int { return int(d.Time().Month()) }

// shifted writes one time of a text anew; m are the places of its parts as timed names
// them.
func shifted(text string, m []int, from Date, months, quarters, years int) string {
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	number := func(i int) int {
		n, err := strconv.Atoi(part(i))
		if err != nil {
			return 0
		}
		return n
	}
	whole := part(0)
	switch {
	case part(1) != "":
		y, mon := moveMonth(number(1), number(2), months)
		return fmt.Sprintf("%04d-%02d", y, mon)
	case part(3) != "":
		y, mon := moveMonth(number(3), number(4), months)
		return fmt.Sprintf("%d年%d月", y, mon)
	case part(5) != "":
		y, q := moveQuarter(number(5), part(6), quarters)
		return strings.Replace(strings.Replace(whole, part(5), strconv.Itoa(y), 1), part(6)+"季度", q+"季度", 1)
	case part(7) != "":
		_, q := moveQuarter(from.Year(), part(7), quarters)
		return strings.Replace(whole, part(7)+"季度", q+"季度", 1)
	case part(8) != "":
		return fmt.Sprintf("%d年", number(8)+years)
	case part(9) != "":
		_, mon := moveMonth(from.Year(), number(9), months)
		return fmt.Sprintf("%d月", mon)
	}
	return fmt.Sprintf("第%d%s", number(10)+1, part(11))
}

func moveMonth(year, month, by int) (y, m int) {
	n := year*12 + month - 1 + by
	return n / 12, n%12 + 1
}

// moveQuarter keeps the way in which the quarter is written: 三 or 3.
func moveQuarter(year int, quarter string, by int) (y int, q string) {
	const digits, words = "1234", "一二三四"
	written := strings.Split(digits, "")
	at := slices.Index(written, quarter)
	if at < 0 {
		written = strings.Split(words, "")
		at = slices.Index(written, quarter)
	}
	n := year*4 + at + by
	return n / 4, written[n%4]
}
