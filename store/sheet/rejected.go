package sheet

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// RejectedPath gives the path of the file of rejected rows: roster.xlsx has
// roster.rejected.xlsx beside it.
func RejectedPath(file string) string {
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".rejected.xlsx"
}

// RejectedPath gives the path of the file of rejected rows as RejectedPath does. That of an
// encrypted ledger is encrypted, and its name says so; sealed tells that.
func (p *Plan) RejectedPath() (path string, sealed bool) {
	if p.to == nil {
		return RejectedPath(p.File), false
	}
	return RejectedPath(p.File) + store.SealedSuffix, true
}

// WriteRejected writes the rejected rows as they were read, each with its reason and
// its row number in front, so that it can be mended and read in again. Columns that
// may not be collected are left out here too. Without such rows nothing is written. Of a
// ledger that is kept encrypted it is an age file to that one's key, and nothing of it is
// ever on the disk in clear.
func (p *Plan) WriteRejected(path string) error {
	numbers := p.rowsOf(Reject)
	if len(numbers) == 0 {
		return nil
	}
	columns := []outColumn{{heading: headingReason}, {heading: headingRow}}
	for _, c := range p.Columns {
		if !c.private {
			columns = append(columns, outColumn{heading: c.Heading})
		}
	}
	b, err := newBook(path, headingReason)
	if err != nil {
		return err
	}
	lines := func(add func([]any) error) error {
		for _, r := range p.Rows {
			if r.Verdict != Reject {
				continue
			}
			line := []any{r.Reason, strconv.Itoa(r.Number)}
			for i, c := range p.Columns {
				if !c.private {
					line = append(line, model.Clean(r.Cells[i], true))
				}
			}
			if err := add(line); err != nil {
				return err
			}
		}
		return nil
	}
	title := fmt.Sprintf("%s:没有收入的行", p.Kind.Title)
	return b.save(path, p.to, b.fill(title, fmt.Sprintf("改好后可直接读入这份表  共 %d 行", len(numbers)), columns, lines))
}
