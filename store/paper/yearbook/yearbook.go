// Package yearbook makes the tables of the Party's statistics of a year and a half-year
// (党内统计年报, 半年报) that a ledger's records can tell, as drafts to compare with what the
// national system gives (domain.md §8.2–§8.8). A cell that the records can't tell is
// blank, and a note below the table says why; 0 is only written where it is known.
package yearbook

import (
	"context"
	"fmt"
	"slices"

	"taizhang/store/paper/page"
)

// table is one of the statistics.
type table struct {
	name  string // of the paper
	no    string // 第一表
	title string
	wide  bool
	make  func(b *book) ([]page.Block, error)
}

// tables are those of domain.md §8.6 that records can fill, by the numbers of the
// year-book of 2012.
var tables = []table{
	{"yearbook-1", "第一表", "两年党员数综合比较", false, (*book).comparison},
	{"yearbook-2", "第二表", "党员基本情况", false, (*book).basics},
	{"yearbook-3", "第三表", "党员入党时间情况", false, (*book).joining},
	{"yearbook-5", "第五表", "乡(镇)、建制村党员情况", false, (*book).villages},
	{"yearbook-8", "第八表", "民主评议党员情况", true, (*book).reviews},
	{"yearbook-13", "第十三表", "预备党员转正情况", true, (*book).confirming},
	{"yearbook-14", "第十四表", "发展党员情况(一)", false, (*book).admitting},
	{"yearbook-24", "第二十四表", "党的基层组织数量情况和换届情况", false, (*book).bodies},
	{"yearbook-25", "第二十五表", "街道、社区、乡镇、建制村法人单位建立党的基层组织情况", false, (*book).units},
	{"yearbook-25-units", "第二十五表附", "企业、社会组织等单位建立党的基层组织情况", false, (*book).firms},
	{"yearbook-34", "第三十四表", "流动党员情况(二)", true, (*book).mobile},
}

// group is the heading of these papers in the list of papers.
const group = "党内统计(草稿)"

// Papers are the tables together, for a year and for its first half, each table of the
// year alone, and the lists of names that go with 恢复党籍 and 停止党籍.
func Papers() []*page.Paper {
	all := []*page.Paper{
		{Name: "yearbook", Title: "党内统计年报", Group: group, Over: page.OverYear, Draft: true, Make: whole(false)},
		{Name: "yearbook-half", Title: "党内统计半年报", Group: group, Over: page.OverYear, Draft: true, Make: whole(true)},
	}
	for _, t := range tables {
		all = append(all, &page.Paper{Name: t.name, Title: t.no + " " + t.title, Group: group, Over: page.OverYear, Draft: true,
			Make: func(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
				b, err := open(ctx, q, false)
				if err != nil {
					return nil, err
				}
				s, err := b.sheet(&t)
				return []page.Sheet{s}, err
			}})
	}
	for _, l := range lists {
		all = append(all, &page.Paper{Name: l.name, Title: l.title, Group: group, Over: page.OverYear, Draft: true, Whole: true,
			Make: func(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
				b, err := open(ctx, q, false)
				if err != nil {
					return nil, err
				}
				s, err := b.names(&l)
				return []page.Sheet{s}, err
			}})
	}
	return all
}

// whole makes all tables and the lists, one a sheet. Which lists there are does not depend
// on whether somebody is on them: an empty one says so.
func whole(half bool) func(context.Context, *page.Request) ([]page.Sheet, error) {
	return func(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
		b, err := open(ctx, q, half)
		if err != nil {
			return nil, err
		}
		var sheets []page.Sheet
		for i := range tables {
			s, err := b.sheet(&tables[i])
			if err != nil {
				return nil, err
			}
			sheets = append(sheets, s)
		}
		for i := range lists {
			s, err := b.names(&lists[i])
			if err != nil {
				return nil, err
			}
			sheets = append(sheets, s)
		}
		return sheets, nil
	}
}

func (b *book) sheet(t *table) (page.Sheet, error) {
	blocks, err := t.make(b)
	if err != nil {
		return page.Sheet{}, fmt.Errorf("%s: %w", t.name, err)
	}
	s := b.dressed(t.no, t.no+" "+t.title)
	if late := b.late(); late != nil && !b.q.Blank {
		blocks = append(blocks, notes(late))
	}
	s.Landscape, s.Blocks = t.wide, append(blocks, signatures)
	if len(page.Lay(s).Breaks) > 0 { // rather lying than broken between columns
		s.Landscape = true
	}
	return s, nil
}

// dressed is a sheet with its title and the line below it.
func (b *book) dressed(name, title string) page.Sheet {
	return page.Sheet{Name: name, Title: title, TitleSize: 15, Left: "填报单位:" + b.q.Home(), Right: b.name() + " 草稿,供核对 截至" + b.to.Chinese()}
}

var signatures = page.Lines{Text: []string{"单位负责人:                统计负责人:                填表人:                报出日期:      年    月    日"}, Space: 10}

// noteSize is that of what stands below a table, in points.
const noteSize = 9

func notes(groups ...[]string) page.Lines {
	return page.Lines{Text: slices.Concat(groups...), Size: noteSize, Space: 4}
}

// blocks gives a table of figures with what stands below it; an empty form has no notes.
func (b *book) blocks(g *grid, least int, below ...[]string) []page.Block {
	if b.q.Blank {
		g.clear()
		return []page.Block{g.table(least)}
	}
	return []page.Block{g.table(least), notes(below...)}
}

// asOfNow warns that what has no dated past is as on file today.
func (b *book) asOfNow(what string) []string {
	if b.to == b.q.Ledger.Source().Today() {
		return nil
	}
	return []string{what + "没有逐日的记录,按台账现在登记的计。"}
}
