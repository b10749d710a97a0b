package count

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"taizhang/model"
	"taizhang/store"
)

// Ask says which summary is wanted: of a month, or with Month "" of a year.
type Ask struct {
	Month model.Month
	Year  int
	By    string // as SummaryQuery.By
	// Township counts the organisations of one township alone, "" all; in an extract it is
	// that of which it is.
	Township string
	// Indicators are the codes wanted; nil for all.
	Indicators []string
	// Reported counts those units alone that have reported for the month: at an office.
	Reported bool
	// Most bounds how many records a comparison names for a change, of each sort (those
	// that came, that went, that count otherwise); 0 for all.
	Most int
	// Closing is the number of the closing of a closed month that is shown, 0 for the last.
	Closing int
	// Returns, where set, tells who has reported for a month: at an office.
	Returns func(ctx context.Context, l *store.Ledger, month model.Month) (*Returns, error)
	// Received, where set, gives what other offices have sent of a month, in place of what
	// would be counted; nil where the ledger counts its own records.
	Received func(ctx context.Context, l *store.Ledger, month model.Month, by string) (*Received, error)

	anew bool // counted anew, also where the month is closed
}

// Report is the summary of a period, split in one way.
type Report struct {
	Organisation string // whose it is
	Period       Period
	By           string
	Returns      *Returns // nil in a village
	Indicators   []Line
	Columns      []Column // the first is for all
	Sealed       *Stamp   // nil while the month is open
	Reported     bool     // only those that have reported are counted
	Township     string   // the one of which it is alone; "" for all
	Said         []string // what the numbers are, where it must be said; for below the table

	outside map[string]bool // organisations, by id, that are not of Township
}

// Returns says how many units must report for the month and have.
type Returns struct {
	Due   int          `json:"due"`   // 应报
	In    int          `json:"in"`    // 实报
	Older []Unreported `json:"older"` // those whose records stand as of an older month
	// Those that are not asked for the month: their books had not begun, or they were
	// retired.
	NotBegun int `json:"not_begun,omitempty"` // 未建账
	Retired  int `json:"retired,omitempty"`   // 已撤销
	// Reported are the codes of those that have reported.
	Reported []string `json:"reported,omitempty"`
	// Towns say the same township by township.
	Towns []TownReturns `json:"townships,omitempty"`

	// By organisations' ids: those of which nothing is known for the month, so that they
	// are absent from the summary and not 0 in it; and those that have not reported.
	Absent, Silent map[string]bool `json:"-"`
}

// Unreported is an organisation that has not reported for the month.
type Unreported struct {
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Township string      `json:"township"`
	Newest   model.Month `json:"newest"` // the month its records stand at; "" where it never reported
}

// Stamp is when a month was closed and by whom.
type Stamp struct {
	At     string `json:"at"` // YYYY-MM-DDThh:mm:ssZ
	By     string `json:"by"`
	Number int    `json:"number"`           // 1, and more for a month that was closed again
	Reason string `json:"reason,omitempty"` // why it was
	Closed string `json:"-"`                // the moment by the clock on the wall
}

// Line is what is shown of an Indicator. It is kept with a closed month, so
// that a later program shows it by the headings and goals of then.
type Line struct {
	Code    string  `json:"code"`
	Group   string  `json:"group"`
	Title   string  `json:"title"`
	Figures []Entry `json:"figures"`
}

// Entry is one number of an indicator.
type Entry struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Unit  string `json:"unit"`
	Money bool   `json:"money,omitempty"` // counted in fen, shown in yuan
	Split bool   `json:"split,omitempty"`
	Of    string `json:"of,omitempty"`
	Goal  int    `json:"goal,omitempty"` // least percentage aimed at
	Low   int    `json:"low,omitempty"`  // the lesser goal
	// Summed tells that distinct heads were counted by each county for itself, and added up.
	Summed bool `json:"summed,omitempty"`
	// Undated and AsToday: it has no dated past, see Past.
	Undated bool `json:"undated,omitempty"`
	AsToday bool `json:"as_today,omitempty"`
}

// Column is one group of organisations; the first of a book is for all.
type Column struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	// Values by indicator, figure and part. What is not there is 0.
	Values map[string]map[string]map[string]int64 `json:"values"`
	// Absent tells that there is nobody in it to be counted: what its figures are is not
	// known, and they are shown as —.
	Absent bool `json:"absent,omitempty"`
	// Units, Lacks and Apart are as in SummaryGroup; a month that an older program closed
	// has none of them.
	Units int                                    `json:"units,omitempty"`
	Later bool                                   `json:"later,omitempty"`
	Lacks map[string]int                         `json:"lacks,omitempty"`
	Apart map[string]map[string]map[string]int64 `json:"apart,omitempty"`
}

// Value gives a figure's number; part is "" where it is not split.
func (c *Column) Value(indicator, figure, part string) int64 {
	return c.Values[indicator][figure][part]
}

// figure gives the figure of that key, or nil.
func (i *Line) figure(key string) *Entry {
	for n := range i.Figures {
		if i.Figures[n].Key == key {
			return &i.Figures[n]
		}
	}
	return nil
}

// PeriodOf gives the period that is asked for.
func (a Ask) PeriodOf(l *store.Ledger) (Period, error) {
	if a.Month != "" {
		return MonthPeriod(l, a.Month)
	}
	return YearPeriod(l, cmp.Or(a.Year, l.Source().Today().Year()))
}

// seal gives the closing that is asked for, nil for a month that is open.
func (a Ask) seal(ctx context.Context, l *store.Ledger) (*Seal, error) {
	if a.Closing > 0 {
		return SealOfNumber(ctx, l, a.Month, a.Closing)
	}
	return SealOf(ctx, l, a.Month)
}

// ReadReport gives a summary: of a closed month as it was closed, else counted now.
// *model.Error E-CLOSING for a number of a closing that there is not.
func ReadReport(ctx context.Context, l *store.Ledger, a Ask) (*Report, error) {
	town, outside, err := a.township(ctx, l)
	if err != nil {
		return nil, err
	}
	var codes map[string]bool
	if town != "" {
		if codes, err = CodesOf(ctx, l, town); err != nil {
			return nil, err
		}
	}
	if a.Month != "" && !a.anew {
		seal, err := a.seal(ctx, l)
		if err != nil {
			return nil, err
		}
		if seal != nil && a.Reported {
			return nil, model.Errorf("E-SEALED", "%s已在%s封账,汇总照封账时的数字出,不能只统计已报的单位;请去掉 --reported", a.Month.Chinese(), seal.Closed())
		}
		if seal != nil {
			b, err := unseal(seal, a, town, codes)
			if b != nil {
				b.outside = outside
			}
			return b, err
		}
	}
	period, err := a.PeriodOf(l)
	if err != nil {
		return nil, err
	}
	b := &Report{Organisation: l.Home().Text("name"), Period: period, By: a.By, Reported: a.Reported, Township: town, outside: outside}
	if a.Returns != nil {
		if b.Returns, err = a.Returns(ctx, l, period.To.Month()); err != nil {
			return nil, err
		}
	}
	if town != "" {
		b.Returns = b.Returns.only(town, codes)
	}
	if a.Reported && b.Returns == nil {
		return nil, model.Errorf("E-COUNTY", "这不是县里的台账,没有应报和实报;请去掉 --reported")
	}
	return b, b.count(ctx, l, a)
}

// count fills in the figures of a month that is not closed.
func (b *Report) count(ctx context.Context, l *store.Ledger, a Ask) error {
	goals, err := readGoals(ctx, l)
	if err != nil {
		return err
	}
	if done, err := b.received(ctx, l, a, goals); done || err != nil {
		return err
	}
	wanted := declared(a.Indicators)
	q := b.Query()
	q.Indicators = wanted
	if b.Columns, err = columnsOf(ctx, l, q); err != nil {
		return err
	}
	if b.Township != "" {
		if err := b.onlyTownship(ctx, l); err != nil {
			return err
		}
	}
	b.Indicators = b.lines(wanted, goals)
	return nil
}

// lines gives what is shown of indicators, without rare figures of which nothing was counted.
func (b *Report) lines(wanted []*Indicator, goals map[string]int) (all []Line) {
	for _, ind := range wanted {
		line := shownAs(ind, goals)
		line.Figures = slices.DeleteFunc(line.Figures, func(e Entry) bool { return ind.Figure(e.Key).Rare && !b.counts(ind.Code, e.Key) })
		all = append(all, line)
	}
	return all
}

// Query asks for what the summary is made of: its period, its split and those whom it
// counts.
func (b *Report) Query() SummaryQuery {
	q := SummaryQuery{Period: b.Period, By: b.By}
	switch {
	case b.Returns == nil || b.Sealed != nil:
	case b.Reported:
		q.Skip = b.Returns.Silent
	default:
		q.Skip = b.Returns.Absent
	}
	if b.Township == "" {
		return q
	}
	skip := map[string]bool{}
	for id := range b.outside {
		skip[id] = b.outside[id] || q.Skip[id]
	}
	q.Skip = skip
	return q
}

// counts tells whether anything was counted of a figure in any column.
func (b *Report) counts(code, key string) bool {
	return slices.ContainsFunc(b.Columns, func(c Column) bool { return len(c.Values[code][key]) > 0 })
}

// declared gives the indicators of these codes in the summary's order; nil for all.
func declared(codes []string) []*Indicator {
	all := Indicators()
	if codes == nil {
		return all
	}
	return slices.DeleteFunc(all, func(i *Indicator) bool { return !slices.Contains(codes, i.Code) })
}

func columnsOf(ctx context.Context, l *store.Ledger, q SummaryQuery) ([]Column, error) {
	s, err := Summarize(ctx, l, q)
	if err != nil {
		return nil, err
	}
	columns := make([]Column, len(s.Groups))
	for i, g := range s.Groups {
		columns[i] = Column{Key: g.Key, Title: g.Title, Values: withoutZeros(g.Values), Units: g.Units, Later: g.Later, Lacks: g.Lacks, Apart: withoutZeros(g.Apart), Absent: g.Absent}
	}
	return columns, nil
}

func withoutZeros(values map[string]map[string]map[string]int64) map[string]map[string]map[string]int64 {
	all := map[string]map[string]map[string]int64{}
	for code, figures := range values {
		for key, parts := range figures {
			for part, n := range parts {
				if n == 0 {
					continue
				}
				if all[code] == nil {
					all[code] = map[string]map[string]int64{}
				}
				if all[code][key] == nil {
					all[code][key] = map[string]int64{}
				}
				all[code][key][part] = n
			}
		}
	}
	return all
}

// readGoals gives the goals that the county's profile sets, by "CODE.KEY"; 0 where it
// wants none.
func readGoals(ctx context.Context, l *store.Ledger) (map[string]int, error) {
	text, err := l.Setting(ctx, store.SettingParams)
	if err != nil || text == "" {
		return nil, err
	}
	params, goals := map[string]string{}, map[string]int{}
	if json.Unmarshal([]byte(text), &params) != nil {
		return nil, nil // the ledger has said so when it was opened
	}
	for _, g := range Goals() {
		text, set := params[g.Name]
		if !set {
			continue
		}
		if n, err := strconv.Atoi(text); err == nil { // what is no number was refused when it was set
			goals[g.Indicator.Code+"."+g.Figure.Key] = n
		}
	}
	return goals, nil
}

func shownAs(ind *Indicator, goals map[string]int) Line {
	out := Line{Code: ind.Code, Group: ind.Group, Title: ind.Title}
	for _, f := range ind.Figures {
		goal, set := goals[ind.Code+"."+f.Key]
		if !set {
			goal = f.Goal
		}
		low := f.Low
		if low >= goal {
			low = 0
		}
		out.Figures = append(out.Figures, Entry{Key: f.Key, Title: f.Title, Unit: f.Unit, Money: f.Unit == "元",
			Split: f.Split, Of: f.Of, Goal: goal, Low: low, Undated: f.Past == Undated, AsToday: f.Past == AsToday})
	}
	return out
}

// Parts gives the parts of a split figure that stand in any column, those that
// count most first.
func (b *Report) Parts(ind *Line, f *Entry) []string {
	keys := []string{f.Key}
	if of := ind.figure(f.Of); of != nil && of.Split {
		keys = append(keys, of.Key)
	}
	most := map[string]int64{}
	for i := range b.Columns {
		for _, key := range keys {
			for part, n := range b.Columns[i].Values[ind.Code][key] {
				most[part] = max(most[part], n)
			}
		}
	}
	return slices.SortedFunc(maps.Keys(most), func(x, y string) int {
		return cmp.Or(cmp.Compare(most[y], most[x]), cmp.Compare(x, y))
	})
}
