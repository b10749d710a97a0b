package model

import (
	"fmt"
	"strings"
)

// DueLine is all that is due by one item: a line of the work table.
type DueLine struct {
	Item    *DueItem
	Kind    *Kind // that declares the item
	Text    string
	Urgency Urgency // the highest of its records
	Due     []Due
}

// DueLines gathers what is due into one line an item, in the order of all: the most
// urgent first.
func DueLines(c *Catalog, all []Due) []DueLine {
	var lines []DueLine
	at := map[string]int{}
	for _, d := range all {
		i, ok := at[d.Code]
		if !ok {
			kind, item := c.dueItem(d.Code)
			if item == nil {
				continue
			}
			i = len(lines)
			at[d.Code] = i
			lines = append(lines, DueLine{Item: item, Kind: kind, Urgency: d.Urgency})
		}
		lines[i].Due = append(lines[i].Due, d)
		lines[i].Urgency = max(lines[i].Urgency, d.Urgency)
	}
	for i := range lines {
		n := 0
		for _, d := range lines[i].Due {
			n += OneIf(d.Waits == "")
		}
		if lines[i].Text = lines[i].Item.line(n); n == 0 {
			lines[i].Text = lines[i].Due[0].Waits
		}
	}
	return lines
}

// line gives the work table's line; not every one counts.
func (d *DueItem) line(n int) string {
	if strings.Contains(d.Line, "%d") {
		return fmt.Sprintf(d.Line, n)
	}
	return d.Line
}

// DueItemOf gives the declaration of a due code, or nil.
func (c *Catalog) DueItemOf(code string) *DueItem {
	_, item := c.dueItem(code)
	return item
}

func (c *Catalog) dueItem(code string) (*Kind, *DueItem) {
	for _, k := range c.kinds {
		for i := range k.Due {
			if k.Due[i].Code == code {
				return k, &k.Due[i]
			}
		}
	}
	return nil, nil
}

// Standing is how a duty that comes again and again stands this year, told by the same
// rule that says what is due of it: a bar drawn from it and the line about what is due
// can't disagree. A period is asked for once it is over, or once what is due speaks of
// it; one that was met counts at once.
type Standing struct {
	Code   string // the due item's
	Figure string // the figure of the summary that it stands for, e.g. "B03.lecture_met"
	Met    int64  // of what is asked for
	Asked  int64  // by what can be judged so far; 0 for nothing
	Gap    string // what is missing in the period that runs: 本季还差 1 次
	Wait   string // since when the book is kept, where a period can't be judged yet
	Paper  int64  // what was settled on paper and stands in neither number
}

// Stand adds to the standing of a figure. What several calls say of one figure is added
// up: of the party groups each has its own meetings.
func (x *DueExam) Stand(s Standing) {
	s.Code = x.item.Code
	for i := range x.read.standings {
		have := &x.read.standings[i]
		if have.Figure != s.Figure {
			continue
		}
		have.Met, have.Asked, have.Paper = have.Met+s.Met, have.Asked+s.Asked, have.Paper+s.Paper
		if have.Gap == "" {
			have.Gap = s.Gap
		}
		if have.Wait == "" {
			have.Wait = s.Wait
		}
		return
	}
	x.read.standings = append(x.read.standings, s)
}

// Settled says that a duty was done on paper for a period before the book began, and
// who said so: what is due of it is silent for that period and that record.
type Settled struct {
	Seq      int64
	Act      int64  // those written down together share it
	Code     string // the due item's
	Kind, ID string // of the record that was due
	Period   string // the period's key
	Day      Date   // when it was done
	Note     string // where it is written: the paper book and its page
	By, At   string // who wrote it down, and when: YYYY-MM-DDThh:mm:ssZ
}

// SettledLookup is a Lookup that knows what was done on paper.
type SettledLookup interface {
	// Settled gives what stands, the oldest first.
	Settled() ([]Settled, error)
}

// settledKey is what a settlement silences.
type settledKey struct{ code, kind, id, period string }

// Within says that what is added from now on is about a period, so that it may be
// settled on paper for it.
func (x *DueExam) Within(p Period) { x.period = p.Key }

// OnPaper reports whether the duty was settled on paper for the period that Within set.
func (x *DueExam) OnPaper(r *Record) bool {
	if x.period == "" {
		return false
	}
	all := Once(x, "settled on paper", func() map[settledKey]bool {
		keys := map[settledKey]bool{}
		look, ok := LookupAs[SettledLookup](x.Look)
		if !ok {
			return keys
		}
		settled, err := look.Settled()
		x.Fail(err)
		for _, s := range settled {
			keys[settledKey{s.Code, s.Kind, s.ID, s.Period}] = true
		}
		return keys
	})
	return all[settledKey{x.item.Code, r.Kind.Name, r.ID, x.period}]
}
