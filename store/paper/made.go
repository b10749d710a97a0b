// Package paper holds what is printed: forms and lists filled from the ledger, and the
// summary as sheets.
package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
	"taizhang/store/paper/yearbook"
)

// All are the papers that can be made, in the order of the list of papers.
var All = slices.Concat(rosters, cards, letters, awayPapers, meetingPapers, trainingPapers, duesPapers, admissionPapers, quotaPapers, electionPapers,
	appraisalPapers, talkPapers, promisePapers, carePapers, fiveGoodPapers, shelves, monthlyPapers, yearbook.Papers())

// Find gives the paper of a name or a title, nil for none.
func Find(name string) *page.Paper {
	for _, p := range All {
		if p.Name == name || p.Title == name {
			return p
		}
	}
	return nil
}

// Giving lists the papers that a record gives.
func Giving(r *model.Record) []*page.Paper {
	var all []*page.Paper
	for _, p := range All {
		if p.Over == page.OverRecord && p.Kind == r.Kind.Name && (p.Applies == nil || p.Applies(r)) {
			all = append(all, p)
		}
	}
	return all
}

// Made is a paper with what it says.
type Made struct {
	Paper *page.Paper
	Pages []*page.Page

	request page.Request
}

// Ask makes a request as of today, of the current month and year.
func Ask(ctx context.Context, l *store.Ledger) *page.Request {
	today := l.Source().Today()
	return &page.Request{Ledger: l, Env: l.Env(ctx), Day: today, Month: today.Month(), Year: today.Year()}
}

// Make lays a paper out. ID numbers, phones and addresses are hidden in part unless the
// paper is one that needs them and the request says for what and for whom (E-PURPOSE);
// one that gives each record a page is made of page.MostEach at most (E-MANY);
// where whole numbers stand on a sheet its footer says 内部资料. One that is hung up (公示)
// and would show an ID number or a phone is a fault of its declaration.
func Make(ctx context.Context, p *page.Paper, asked *page.Request) (*Made, error) {
	q := *asked
	q.Whole = q.Whole && p.Whole && !p.Posting
	if q.Whole && (strings.TrimSpace(q.Purpose) == "" || strings.TrimSpace(q.Receiver) == "") {
		return nil, model.Errorf("E-PURPOSE", "写全身份证号、电话和住址,要写明用途和接收单位")
	}
	if p.Each && len(q.Records) > page.MostEach {
		return nil, model.Errorf("E-MANY", "%s每人一张,选出了 %d 条,一次最多 %d 条;请先筛选或标记出要的人(命令里用 --where)", p.Title, len(q.Records), page.MostEach)
	}
	sheets, err := p.Make(ctx, &q)
	if err != nil {
		return nil, fmt.Errorf("paper %s: %w", p.Name, err)
	}
	if len(sheets) == 0 {
		return nil, model.Errorf("E-PAPER-EMPTY", "%s没有内容:台账里还没有这样的记录", p.Title)
	}
	m := &Made{Paper: p, request: q}
	for _, s := range sheets {
		laid := page.Lay(s)
		number := wholeNumberOn(laid)
		if p.Posting && number != "" {
			return nil, fmt.Errorf("paper %s is hung up and shows a number: %q", p.Name, number)
		}
		laid.Inside = laid.Inside || q.Whole || number != ""
		m.Pages = append(m.Pages, laid)
	}
	return m, nil
}

// wholeNumber is an ID number or a mobile phone's.
var wholeNumber = model.NewPattern(`\d{17}[\dXx]|(?:^|\D)1\d{10}(?:$|\D)`)

// wholeNumberOn finds an ID number or a phone in the cells of a page, "" for none.
func wholeNumberOn(p *page.Page) string {
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if number := wholeNumber.FindString(fmt.Sprint(c.Value)); number != "" {
				return number
			}
		}
	}
	return ""
}

// Note keeps in the history that the paper is written, where whole numbers were asked
// for; of other papers nothing is kept. It comes before the writing. file is where the
// paper goes, "" where it is only shown. Errors as of store.Ledger.NoteHandOut.
func (m *Made) Note(ctx context.Context, file string) error {
	q := &m.request
	if !q.Whole {
		return nil
	}
	return q.Ledger.NoteHandOut(ctx, store.HandedOut{Title: m.title(), Purpose: q.Purpose, Receiver: q.Receiver, File: file})
}

// Lines draws all pages as text.
func (m *Made) Lines() []string {
	var lines []string
	for i, p := range m.Pages {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, p.Lines()...)
	}
	return lines
}

// WriteXLSX writes the paper to a workbook that prints as it is.
func (m *Made) WriteXLSX(ctx context.Context, path string) error {
	notice := ""
	if m.Paper.Draft {
		notice = "草稿,供核对"
	}
	return page.WriteXLSX(ctx, path, m.Pages, notice)
}

// FileName is what the paper's file is called where nobody says: without what a file
// system doesn't take.
func (m *Made) FileName() string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, m.title()) + ".xlsx"
}

// title is the paper's title with what it is of: a day, a month, a year, a record.
func (m *Made) title() string {
	q, of := &m.request, ""
	switch {
	case q.Blank:
		of = "空白"
	case m.Paper.Over == page.OverDay:
		of = string(q.Day)
	case m.Paper.Over == page.OverMonth:
		of = string(q.Month)
	case m.Paper.Over == page.OverYear:
		of = fmt.Sprint(q.Year)
	case m.Paper.Over == page.OverRecord && q.Record != nil:
		of = q.Record.MaskedLabel()
	}
	return strings.TrimSpace(m.Paper.Title + " " + of)
}
