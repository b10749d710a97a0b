package county

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// The states of a unit in a month.
const (
	Missing        = "未报"
	OnlyLater      = "本月未报(以后月份已报)" // none of the month itself was accepted, but one of a later month
	Rejected       = "拒收"           // what came was refused, and nothing else has been accepted
	Pending        = "待核实"          // what came waits for a decision (Decide), and nothing else has been accepted
	ReportedLate   = "逾期报"          // accepted after the deadline
	ReportedPartly = "已报有问题"        // accepted, with problems that the receipt names
	Reported       = "已报"
	// Those not asked for a month: they stand apart, with counts of their own.
	NotBegun = "未建账" // its book did not begin yet
	Gone     = "已撤销" // it was retired before the month's end
)

// States are those of the units that must report, the most urgent first.
var States = []string{Missing, OnlyLater, Rejected, Pending, ReportedLate, ReportedPartly, Reported}

// BriefState is what a state is called at the head of a column.
func BriefState(state string) string {
	if state == OnlyLater {
		return "后月已报"
	}
	return state
}

// Report says who has reported for a month.
type Report struct {
	Month    model.Month      `json:"month"`
	Deadline model.Date       `json:"deadline"` // the last day in time
	Passed   bool             `json:"passed"`   // today is after it
	Listed   bool             `json:"listed"`   // there is a list of units; without one those seen are due
	All      TownshipReport   `json:"all"`
	Towns    []TownshipReport `json:"townships"`       // as spelt in the list
	Units    []UnitReport     `json:"units"`           // by township, then name; those not on the list last
	Level    string           `json:"level,omitempty"` // of an office above counties: its units stand in no township
}

// Words are those of the level of the office whose report it is.
func (r Report) Words() bundle.Words { return bundle.WordsOf(r.Level) }

// TownshipReport counts the units of a township that must report, and those that
// have.
type TownshipReport struct {
	Township string         `json:"township"`  // "" for all
	Due      int            `json:"due"`       // 应报
	In       int            `json:"in"`        // 实报
	NotBegun int            `json:"not_begun"` // 未建账: not among those due
	Retired  int            `json:"retired"`   // 已撤销: not among those due
	States   map[string]int `json:"states"`    // of those due
}

// UnitReport is how one unit stands.
type UnitReport struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Township string `json:"township"`
	Domain   string `json:"domain"`
	Phone    string `json:"phone"`
	OnList   bool   `json:"on_list"`
	Due      bool   `json:"due"`     // must report: on the list, or seen where there is none
	State    string `json:"state"`   // one of States, NotBegun or Gone
	Overdue  bool   `json:"overdue"` // nothing accepted, and the deadline has passed
	// RetiredOn is the day from which the unit is no more, "" for one that stands.
	RetiredOn model.Date `json:"retired_on,omitempty"`

	Received string      `json:"received"` // when the first bundle for the month was accepted, YYYY-MM-DDThh:mm:ssZ
	Sequence int64       `json:"sequence"` // of the last one accepted for the month
	Newest   model.Month `json:"newest"`   // month of the newest bundle accepted
	First    model.Month `json:"first"`    // the earliest month of a bundle accepted, "" for none
	Problems int         `json:"problems"` // in the last one accepted for the month
	SetAside int         `json:"set_aside"`
	Gaps     string      `json:"gaps"` // numbers that never came, e.g. 2、4-6: normal, for information

	Digits     string    `json:"digits"`      // check digits of the key that is known
	FirstSeen  bool      `json:"first_seen"`  // its first bundle is this month's
	Waiting    string    `json:"waiting"`     // why the last bundle of the month waits for a decision, "" when none does
	KeyChanged bool      `json:"key_changed"` // a bundle under another key was refused since the last accepted
	Refusals   []Refusal `json:"refusals"`    // for the month, since the last accepted
}

// Refusal is a bundle that was refused.
type Refusal struct {
	At       string `json:"at"`
	File     string `json:"file"`
	Sequence int64  `json:"sequence"`
	Code     string `json:"code"` // e.g. E-KEY-CHANGED
	Reason   string `json:"reason"`
}

// Status tells for every unit of the list, and for those seen that are not on it,
// whether it has reported for the month: whether a bundle of that very month was
// accepted. One of a later month holds everything too, but nobody has said of it that
// this month was complete. A unit that was retired, or whose book had not begun, is not
// asked.
func Status(ctx context.Context, l *store.Ledger, month model.Month) (Report, error) {
	r := Report{Month: month, Towns: []TownshipReport{}, Units: []UnitReport{}}
	var err error
	if r.Deadline, err = DeadlineOf(ctx, l, month); err != nil {
		return r, err
	}
	if r.Level, err = Above(ctx, l); err != nil {
		return r, err
	}
	r.Passed = l.Source().Today() > r.Deadline
	s, err := readStanding(ctx, l, month)
	if err != nil {
		return r, err
	}
	r.Listed = len(s.roll) > 0
	for _, u := range s.units() {
		unit, err := s.unit(u, &r)
		if err != nil {
			return r, err
		}
		r.Units = append(r.Units, unit)
		r.count(&unit)
	}
	return r, nil
}

// count adds a unit to its township and to all.
func (r *Report) count(u *UnitReport) {
	apart := u.State == NotBegun || u.State == Gone
	if !u.Due && !apart {
		return
	}
	i := slices.IndexFunc(r.Towns, func(t TownshipReport) bool { return t.Township == u.Township })
	if i < 0 {
		i = len(r.Towns)
		r.Towns = append(r.Towns, TownshipReport{Township: u.Township})
	}
	for _, t := range []*TownshipReport{&r.All, &r.Towns[i]} {
		if t.States == nil {
			t.States = map[string]int{}
		}
		switch {
		case u.State == NotBegun:
			t.NotBegun++
			continue
		case u.State == Gone:
			t.Retired++
			continue
		}
		t.Due++
		t.States[u.State]++
		if u.In() {
			t.In++
		}
	}
}

// Of gives how many units of a state there are: of those due, NotBegun or Gone.
func (t *TownshipReport) Of(state string) int {
	switch state {
	case NotBegun:
		return t.NotBegun
	case Gone:
		return t.Retired
	}
	return t.States[state]
}

// In tells whether something was accepted for the month.
func (u *UnitReport) In() bool {
	return u.State == ReportedLate || u.State == ReportedPartly || u.State == Reported
}

// Only gives the report of one township, "" for all.
func (r Report) Only(township string) Report {
	if township == "" {
		return r
	}
	r.Towns = slices.DeleteFunc(slices.Clone(r.Towns), func(t TownshipReport) bool { return t.Township != township })
	r.Units = slices.DeleteFunc(slices.Clone(r.Units), func(u UnitReport) bool { return u.Township != township })
	r.All = TownshipReport{}
	if len(r.Towns) == 1 {
		r.All = r.Towns[0]
		r.All.Township = ""
	}
	return r
}

// Wanted gives the units that must report and have not.
func (r Report) Wanted() []UnitReport {
	var all []UnitReport
	for _, u := range r.Units {
		if u.Due && !u.In() {
			all = append(all, u)
		}
	}
	return all
}

func (s *standing) unit(u store.Unit, r *Report) (UnitReport, error) {
	out := UnitReport{Code: u.Code, Name: model.Clean(u.Name, false), Township: model.Clean(u.Township, false), Domain: u.Domain,
		Phone: model.Clean(u.Phone, false), OnList: u.OnFile,
		State: Missing, Refusals: []Refusal{}}
	key, known := s.keys[u.Code]
	if known {
		out.Digits = bundle.CheckDigits(key.PublicKey)
	}
	out.Due = u.OnFile || !r.Listed && known
	life := s.lives[u.Code]
	if life.RetiredOn != "" {
		out.OnList, out.Due, out.RetiredOn = false, life.AskedFor(s.month), life.RetiredOn
	}
	var first model.Month
	var sequences []int64
	for _, i := range s.lines[u.Code] {
		switch i.Verdict {
		case Accepted, Partly:
			sequences = append(sequences, i.Sequence)
			if first == "" {
				first = i.Month
			}
			out.Newest = max(out.Newest, i.Month)
			if out.First == "" || i.Month < out.First {
				out.First = i.Month
			}
			out.KeyChanged, out.Waiting = false, ""
			if i.Month >= s.month {
				out.Refusals = out.Refusals[:0]
			}
			if err := out.accept(&i, s.month, r.Deadline); err != nil {
				return out, err
			}
		case Waiting, Refused:
			if i.Month != s.month && (i.Month != "" || i.Verdict == Waiting) {
				continue
			}
			if err := out.keepOut(&i); err != nil {
				return out, err
			}
		}
	}
	switch {
	case !life.AskedFor(s.month):
		out.State, out.Due = Gone, false
	case out.In():
	case out.Waiting != "":
		out.State = Pending
	case len(out.Refusals) > 0:
		out.State = Rejected
	case out.Due && s.month < s.begun(u.Code):
		out.State, out.Due = NotBegun, false
	case out.Newest > s.month:
		out.State = OnlyLater
	}
	out.Overdue = out.Due && !out.In() && r.Passed
	out.FirstSeen = first == s.month && first != ""
	out.Gaps = gaps(sequences)
	return out, nil
}

// keepOut takes note of a bundle that waits or was refused.
func (u *UnitReport) keepOut(i *IntakeLine) error {
	why, err := readReasons(i)
	if err != nil {
		return err
	}
	if u.Name == "" {
		u.Name = model.Clean(why.Name, false)
	}
	switch {
	case i.Verdict == Waiting:
		u.Waiting = why.Reason
		return nil
	case why.Lost != nil: // it was decided on, or a later one has come
		u.Waiting = ""
	}
	if why.Code == codeOvertaken {
		return nil
	}
	u.KeyChanged = u.KeyChanged || why.Code == "E-KEY-CHANGED"
	u.Refusals = append(u.Refusals, Refusal{At: i.At, File: i.File, Sequence: i.Sequence, Code: why.Code, Reason: why.Reason})
	return nil
}

// accept takes note of a bundle accepted, if it is one of the month.
func (u *UnitReport) accept(i *IntakeLine, month model.Month, deadline model.Date) error {
	if i.Month != month {
		return nil
	}
	if u.Received == "" {
		u.Received, u.State = i.At, Reported
		if localDay(i.At) > deadline {
			u.State = ReportedLate
		}
	}
	why, err := readReasons(i)
	if err != nil {
		return err
	}
	u.Sequence, u.Problems, u.SetAside = i.Sequence, len(why.Problems), 0
	for _, p := range why.Problems {
		if p.Effect == SetAside {
			u.SetAside++
		}
	}
	switch {
	case u.State == ReportedLate:
	case i.Verdict == Partly:
		u.State = ReportedPartly
	default:
		u.State = Reported
	}
	return nil
}

func readReasons(i *IntakeLine) (reasons, error) {
	var why reasons
	if err := json.Unmarshal(i.Reasons, &why); err != nil {
		return why, fmt.Errorf("intake %d: %w", i.Seq, err)
	}
	return why, nil
}

// Missing gives how many records of the bundle are not in.
func (i *IntakeLine) Missing() (n int, err error) {
	why, err := readReasons(i)
	for _, p := range why.Problems {
		n += model.OneIf(p.Effect == SetAside)
	}
	return n, err
}

// localDay is the day of a stamp by the clock on the wall.
func localDay(stamp string) model.Date {
	t, err := time.Parse("2006-01-02T15:04:05Z", stamp)
	if err != nil {
		return ""
	}
	return model.DateOf(t.Local())
}

// gaps names the numbers missing between those that came.
func gaps(sequences []int64) string {
	sorted := slices.Compact(slices.Sorted(slices.Values(sequences)))
	text := ""
	for i := 1; i < len(sorted); i++ {
		from, to := sorted[i-1]+1, sorted[i]-1
		switch {
		case from > to:
			continue
		case text != "":
			text += "、"
		}
		text += fmt.Sprint(from)
		if to > from {
			text += fmt.Sprintf("-%d", to)
		}
	}
	return text
}
