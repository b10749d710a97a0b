package page

import (
	"context"
	"time"

	"taizhang/store/sheet"
)

// Write lays sheets out and writes them to a workbook, a tab each; see WriteXLSX.
func Write(ctx context.Context, path, notice string, sheets ...Sheet) error {
	pages := make([]*Page, len(sheets))
	for i, s := range sheets {
		pages[i] = Lay(s)
	}
	return WriteXLSX(ctx, path, pages, notice)
}

// Signature is the line at the end of what is handed in: who made it, who checked it, who
// answers for it, and when.
func Signature() Lines {
	return Lines{Text: []string{"制表人:              审核人:              负责人:              日期:      年   月   日"}, Space: 12, Keep: true}
}

// FromGrid makes a report into a sheet to be handed in: its columns' widths by what
// stands in them, lying where it is wide. A float is money in yuan.
func FromGrid(g sheet.Grid) Sheet {
	t := &Table{Fixed: g.Fixed}
	for _, name := range g.Columns {
		t.Columns = append(t.Columns, Column{Heading: []string{name}})
	}
	for _, row := range g.Rows {
		line := make([]any, len(row))
		for i, v := range row {
			line[i] = v
			switch v.(type) {
			case int64:
				line[i] = In{v, Number}
			case float64:
				line[i] = In{v, Money}
			case time.Time:
				line[i] = In{v, Date}
			}
		}
		t.Rows = append(t.Rows, line)
	}
	s := Sheet{Name: g.Name, Title: g.Title, Right: g.Subtitle, Blocks: []Block{t, Signature()}}
	s.Landscape = t.within((a4Short-2*marginSide)*safety, BodySize) == nil
	return s
}
