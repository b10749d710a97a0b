// Package sheet reads records from .xlsx and .csv files and writes tables to them
// (design.md §5). A file is looked through whole before anything is written.
package sheet

import (
	"fmt"

	"filippo.io/age"

	"taizhang/model"
)

// Duplicate says what becomes of a row whose record is already on file.
type Duplicate int

// The ways with duplicates.
const (
	Skip   Duplicate = iota // leave the record on file as it is
	Update                  // let the row's filled cells replace what is on file
	Stop                    // take nothing from a file that holds a duplicate
)

// ReadOptions choose the sheet and what becomes of duplicates.
type ReadOptions struct {
	Sheet       string // name of the sheet; "" takes every one that holds the list
	OnDuplicate Duplicate
	Asked       map[string]string // what was asked of the sheet, as typed, by the kind's SheetAsks
}

// Verdict is what becomes of a row.
type Verdict int

// The verdicts.
const (
	Take       Verdict = iota // a new record
	Updated                   // changes a record on file
	Duplicated                // already on file and left alone
	Reject                    // not taken, see Reason
)

// String gives the verdict in Chinese.
func (v Verdict) String() string {
	return [...]string{"收入", "更新", "重复", "拒收"}[v]
}

// Column is one column of the header row.
type Column struct {
	Heading string       // as read
	Field   *model.Field // nil where the column is left out
	Why     string       // why it is left out (不认识, 不收集(个人隐私) …), or ""

	scale   int64 // by which money is multiplied: a heading may say 万元
	private bool  // not to be shown or copied either
}

// Row is one row of the sheet that stands for a record.
type Row struct {
	Number   int    // of the sheet, from 1
	Sheet    string // where several are read
	Verdict  Verdict
	Reason   string   // of a rejected or duplicate row, Chinese
	Warnings []string // what was taken differently, and what the rules warn of
	Gaps     []Gap    // what the row leaves open
	Record   *model.Record
	Cells    []string // as read, by column

	again bool // a duplicate of another sheet's row, not of the ledger
}

// Gap is what a row leaves open: to be filled in some day.
type Gap struct{ Field, Text string } // the field's label, and what to do

// Where names the row: 第 5 行, with its sheet where several are read.
func (r *Row) Where() string {
	mark := r.sheetMark()
	if mark != "" {
		return fmt.Sprintf("%s第 %d 行", mark, r.Number)
	}
	return fmt.Sprintf("第 %d 行", r.Number)
}

func (r *Row) sheetMark() string {
	if r.Sheet == "" {
		return ""
	}
	return "“" + r.Sheet + "”"
}

// Sheets gives the names of the sheets that are read, in order.
func (p *Plan) Sheets() []string {
	names := []string{p.Sheet}
	for i := range p.Rows {
		if s := p.Rows[i].Sheet; s != "" && s != names[len(names)-1] {
			names = append(names, s)
		}
	}
	return names
}

// Plan is what a file would bring. Nothing is written before Apply.
type Plan struct {
	Kind      *model.Kind
	File      string
	Sheet     string // the first that is read; "" of a .csv file
	HeaderRow int    // of that sheet, from 1
	Columns   []Column
	Rows      []Row    // in the sheets' order
	Notes     []string // what is to be said of the file: sheets and lines left out, columns read differently

	to          []age.Recipient // what rejected rows are encrypted to; nil: they are written in clear
	onDuplicate Duplicate
	save        []*model.Record // to be written, each after those it refers to
	saveRows    []string        // where they stand
}

// Counts gives the rows by verdict; read is their sum.
func (p *Plan) Counts() (read, taken, updated, duplicates, rejected int) {
	for i := range p.Rows {
		switch p.Rows[i].Verdict {
		case Take:
			taken++
		case Updated:
			updated++
		case Duplicated:
			duplicates++
		case Reject:
			rejected++
		}
	}
	return len(p.Rows), taken, updated, duplicates, rejected
}

// Gaps says in one line what the rows to be taken leave open, "" for nothing. A list has
// such gaps by the dozen: each for itself would hide what needs a look now.
func (p *Plan) Gaps() string {
	var t model.GapTally
	for i := range p.Rows {
		if v := p.Rows[i].Verdict; v == Take || v == Updated {
			for _, g := range p.Rows[i].Gaps {
				t.Add(g.Field)
			}
		}
	}
	return t.Text(p.Kind)
}
