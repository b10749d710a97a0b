// Package page lays papers out on A4: a sheet of tables, forms and lines becomes rows of
// cells at fixed places, which are written as .xlsx (the form to print) or drawn as text
// (the form to look at). It names no kind.
package page

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// Over says what a paper is made of.
type Over int

// What a paper may be made of.
const (
	OverDay     Over = iota // what is on file, as of a day
	OverMonth               // a month
	OverYear                // a year
	OverRecord              // one record of Paper.Kind
	OverRecords             // records of Paper.Kind: those marked, or those of a view
)

// MostEach is how many records a paper that gives each a page of its own is made of at
// once: what is printed and signed in one go.
const MostEach = 500

// Paper is declared once, like a kind.
type Paper struct {
	Name  string // on the command line and in model.Kind.Papers: lower case, e.g. dues-year
	Title string // e.g. 党费收缴登记表
	Group string // the heading under which the list of papers has it, e.g. 党费
	Over  Over
	Kind  string // of OverRecord and OverRecords
	// Applies, where set, tells whether a record gives this paper: only a transfer out
	// has a letter.
	Applies func(*model.Record) bool
	// AfterSave shows the paper once such a record has been saved.
	AfterSave bool
	// Posting is hung up for all to read: never an ID number, a phone, or the reason why
	// somebody pays less.
	Posting bool
	// Whole needs ID numbers and phones whole: 用途 and 接收单位 are asked before it is
	// written, and kept in the history.
	Whole bool
	// Suggest, where set, gives the purpose and the receiver that a paper with whole
	// numbers usually has: of a letter whom it is addressed to.
	Suggest func(*Request) (purpose, receiver string)
	// Each, of OverRecords, gives every record a page of its own: of more than MostEach it
	// is not made.
	Each bool
	// General papers are made for no kind in particular: they stand behind those that are.
	General bool
	// Draft papers say 草稿,供核对: another system makes the valid ones.
	Draft bool
	// Make gives the sheets, in the order of the workbook's tabs.
	Make func(context.Context, *Request) ([]Sheet, error)
}

// Request says what of the ledger goes on a paper.
type Request struct {
	Ledger  *store.Ledger
	Env     *model.Env
	Day     model.Date  // the last day of what is asked for, today at the latest
	Month   model.Month // of OverMonth
	Year    int         // of OverYear
	Record  *model.Record
	Records []*model.Record
	// Whole gives ID numbers, phones and addresses in full; Purpose and Receiver say for
	// what and for whom.
	Whole             bool
	Purpose, Receiver string
	// Blank makes an empty form to be filled in by hand, where the paper knows one.
	Blank bool
}

// InMonth asks for a month; the day is its last one, today at the latest.
func (q *Request) InMonth(m model.Month) {
	q.Month, q.Year, q.Day = m, m.First().Year(), min(m.Last(), q.Ledger.Source().Today())
}

// InYear asks for a year; the day is its last one, today at the latest.
func (q *Request) InYear(year int) {
	q.Year, q.Day = year, min(model.Date(fmt.Sprintf("%04d-12-31", year)), q.Ledger.Source().Today())
}

// Home is the name of the organisation whose paper it is.
func (q *Request) Home() string {
	if h := q.Ledger.Home(); h != nil {
		return h.Text("name")
	}
	return ""
}

// Private gives a field's text, hidden in part unless the whole was asked for: the middle
// of ID numbers and phones, and all but the first characters of what is private besides,
// as of an address.
func (q *Request) Private(r *model.Record, field string) string {
	if r == nil {
		return ""
	}
	text := r.Text(field)
	if q.Whole {
		return text
	}
	f := r.Kind.Field(field)
	if _, masks := f.Type.(model.Masker); masks || !f.Private {
		return r.Masked(field)
	}
	const shown = 3
	if c := []rune(text); len(c) > shown {
		return string(c[:shown]) + "***"
	}
	return text
}
