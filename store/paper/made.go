package paper

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// All are the papers that can be made, in the order of the list of papers.
var All = slices.Concat(rosters, awayPapers, cards, admissionPapers, electionPapers, trainingPapers, fiveGoodPapers, promisePapers, shelves, monthlyPapers)

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
}

// Make lays a paper out. Where whole numbers are on it, its footer says 内部资料; one that
// is hung up (公示) and would show an ID number or a phone is a fault of its declaration.
func Make(ctx context.Context, p *page.Paper, q *page.Request) (*Made, error) {
	if p.Posting {
		q.Whole = false
	}
	sheets, err := p.Make(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("paper %s: %w", p.Name, err)
	}
	if len(sheets) == 0 {
		return nil, model.Errorf("E-PAPER-EMPTY", "%s没有内容:台账里还没有这样的记录", p.Title)
	}
	m := &Made{Paper: p}
	for _, s := range sheets {
		s.Inside = s.Inside || q.Whole && p.Whole
		m.Pages = append(m.Pages, page.Lay(s))
	}
	if p.Posting {
		for _, l := range m.Lines() {
			if wholeNumber.MatchString(l) {
				return nil, fmt.Errorf("paper %s is hung up and shows a number: %q", p.Name, wholeNumber.FindString(l))
			}
		}
	}
	return m, nil
}

// wholeNumber is an ID number or a mobile phone's.
var wholeNumber = regexp.MustCompile(`\d{17}[\dXx]|(^|\D)1\d{10}($|\D)`)

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
func (m *Made) FileName(q *page.Request) string {
	name := m.Paper.Title
	switch m.Paper.Over {
	case page.OverMonth:
		name += " " + string(q.Month)
	case page.OverYear:
		name += fmt.Sprintf(" %d", q.Year)
	case page.OverRecord:
		name += " " + strings.Join(labelOf(q.Record), " ")
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, strings.TrimSpace(name)) + ".xlsx"
}

func labelOf(r *model.Record) []string {
	var parts []string
	if r == nil {
		return nil
	}
	for _, f := range r.Kind.Label {
		if t := r.Masked(f); t != "" {
			parts = append(parts, t)
		}
	}
	return parts
}
