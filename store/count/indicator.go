package count

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Indicator is one line of the summary (indicators.md). It is declared once: its
// statement counts in a village's ledger and in the county's, for all of it or for
// a part, and names the records behind each figure.
//
// SQL is one SELECT over the kinds' tables. It gives what each figure is made of,
// one row for one thing counted, with these columns in this order:
//
//	figure  TEXT     the key of one of Figures. Where Several is set: INTEGER, the sum of
//	                 the bits of all figures in which it counts by n, written {key}
//	part    TEXT     of a figure that is split: the part, as stored; else ''
//	org_id  TEXT     the organisation whose record it is
//	kind    TEXT     the record behind it: its kind …
//	id      TEXT     … and its id
//	who     TEXT     what is counted once, where Figure.Count is Heads; else ''
//	n       INTEGER  how much it adds, where Figure.Count is Sum (money in fen); else 1
//
// Names of kinds' and link tables in it stand for the rows in scope only: not
// deleted, of the organisations asked for, and at the county of the kinds marked ◆
// only those with kept_as 本级主办. It may use the base sets (member, committee,
// cadre, secretary: see counting) and these parameters, all TEXT:
//
//	:from, :to              the first and the last day, YYYY-MM-DD; :to is "the day"
//	:month_from, :month_to  the months of the report, YYYY-MM
//	:month                  the report's month, or '' for a year's
type Indicator struct {
	Code    string // A01 … G01, F01 … F38
	Group   string // as the summary's heading, e.g. 基础工程
	Title   string
	Figures []Figure
	SQL     string
	// Several says that a row may count in several figures: one row for a member in ten
	// figures is read ten times as fast as ten. None of the figures may count heads, and
	// those that stand together are not split.
	Several bool
}

// several puts the figures' bits into the statement.
func several(i *Indicator) *Indicator {
	var bits []string
	for n, f := range i.Figures {
		bits = append(bits, "{"+f.Key+"}", strconv.FormatInt(1<<n, 10))
	}
	i.Several, i.SQL = true, strings.NewReplacer(bits...).Replace(i.SQL)
	return i
}

// Figure is one number of an indicator.
type Figure struct {
	Key   string // lower_case, unique in its indicator: its name in JSON
	Title string
	Unit  string // 个, 人, 人次, 期, 元 (counted in fen), …
	Count Count
	// Rare says that the summary has no line of it where nothing was counted.
	Rare  bool
	Split bool // counted by parts: in JSON an object of numbers by part
	Past  Past // whether it can be counted at a past day
	// Of is the key of the figure that this one is a share of, "" for none. The
	// percentage is shown with both numbers, and — where Of is 0. Where both are
	// split, part goes with part.
	Of string
	// Goal is the least percentage aimed at, 0 for none. The county's profile can
	// override it by the parameter goal.CODE.KEY.
	Goal int
	// Aim is what the figure is called where goals of several indicators stand side by side,
	// "" where its title or its indicator's says of what it is.
	Aim string
	// Low is the lesser goal that indicators.md writes in brackets, 0 for none.
	Low int
	// Every tells that it is a share of the list of units, or of what each of them has to
	// have: while some have not reported it is not the county's yet.
	Every bool
	// Expect says what the source has, for the figures F01–F38; nil elsewhere.
	Expect *Expectation
}

// Count says how the rows of a figure make a number.
type Count int

// The ways to count.
const (
	Rows  Count = iota // the rows
	Heads              // the distinct values of who, over the whole group asked for
	Sum                // the sum of n
)

// Past says whether a figure can be counted at a day that is past.
type Past int

// Every figure says one of these (indicators.md's introduction).
const (
	_ Past = iota // not classified: no figure may be
	// Dated: all that it goes by has a day on file, or is what never changes of a person
	// or an organisation (sex, ethnicity, date of birth; kind and domain).
	Dated
	// Undated: it goes by what is on file without a day (困难, 无劳动能力, 双带, a skill's
	// mastery, a state). For a past month it is taken from what was noted with that
	// month's bundle; without that there is no number.
	Undated
	// AsToday: it goes by what is on file without a day, and who shows it says so.
	AsToday
)

// Expectation is what the source of the made-up county says of a figure: exactly
// Exact, or more than Above and less than Below where Exact is −1.
type Expectation struct{ Exact, Above, Below int64 }

// Meets tells whether a number is as expected.
func (e Expectation) Meets(n int64) bool {
	if e.Exact >= 0 {
		return n == e.Exact
	}
	return n > e.Above && n < e.Below
}

// Figure gives the figure with this key, or nil.
func (i *Indicator) Figure(key string) *Figure {
	for n := range i.Figures {
		if i.Figures[n].Key == key {
			return &i.Figures[n]
		}
	}
	return nil
}

// figuresOf gives the figures of a row by its first column.
func (i *Indicator) figuresOf(key string) (all []*Figure, err error) {
	if !i.Several {
		all = append(all, i.Figure(key))
	} else if bits, err := strconv.ParseUint(key, 10, 64); err == nil && bits < 1<<len(i.Figures) {
		for n := range i.Figures {
			if bits>>n&1 == 1 {
				all = append(all, &i.Figures[n])
			}
		}
	}
	if len(all) == 0 || all[0] == nil {
		return nil, fmt.Errorf("indicator %s gives figure %q, which it does not declare", i.Code, key)
	}
	return all, nil
}

// Validate tells what is wrong with a declaration, for tests.
func (i *Indicator) Validate() error {
	seen := map[string]bool{}
	for _, f := range i.Figures {
		switch {
		case f.Key == "" || f.Title == "" || f.Unit == "":
			return fmt.Errorf("%s: figure %q lacks a key, title or unit", i.Code, f.Key)
		case f.Past != Dated && f.Past != Undated && f.Past != AsToday:
			return fmt.Errorf("%s: figure %q does not say whether it has a dated past", i.Code, f.Key)
		case seen[f.Key]:
			return fmt.Errorf("%s: figure %q stands twice", i.Code, f.Key)
		case f.Of != "" && i.Figure(f.Of) == nil:
			return fmt.Errorf("%s: figure %q is a share of %q, which is none", i.Code, f.Key, f.Of)
		case i.Several && (f.Count == Heads || len(i.Figures) > 62):
			return fmt.Errorf("%s: figure %q can't stand with others in a row", i.Code, f.Key)
		case f.Goal > 0 && f.Of == "":
			return fmt.Errorf("%s: figure %q has a goal and is no share", i.Code, f.Key)
		}
		seen[f.Key] = true
	}
	return nil
}

// The groups of the summary, in its order.
const (
	GroupBase  = "基础工程"
	GroupJoint = "联创工程"
	GroupTrain = "培训工程"
	GroupLead  = "双带工程"
	GroupModel = "示范工程"
	groupShelf = "台账"
)

// Indicators gives the lines of the summary, in its order.
func Indicators() []*Indicator {
	return slices.Concat(indicatorsBase, indicatorsJoint, indicatorsTraining, indicatorsLead, indicatorsModel, indicatorsShelf)
}
