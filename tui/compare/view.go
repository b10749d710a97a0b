package compare

import (
	"fmt"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store/compare"
	"taizhang/tui/ui"
)

// The cells of the columns that do not grow.
const (
	nameCells  = 8
	labelCells = 14
	placeCells = 24 // of a unit, at the county
	ourCells   = 20 // at least
)

// ourWidth is the room for our side; theirs has what is left.
func (p *page) ourWidth() int {
	left := p.w - 2 - 2 - nameCells - 1 - labelCells - 1
	if p.app.County {
		left -= placeCells + 1
	}
	return max(left/2, min(ourCells, left/2))
}

// fill puts the differences into the list, under a heading for each sort.
func (p *page) fill() {
	p.whole = p.app.ShowIDs
	if p.result == nil {
		p.list.SetItems(nil)
		return
	}
	p.list.Empty = "名单与台账没有不同的地方"
	all := p.result.Differences
	items := make([]ui.Item, 0, len(all)+3)
	last := compare.Sort("")
	for i := range all {
		d := &all[i]
		if d.Sort != last {
			last = d.Sort
			items = append(items, ui.Item{Heading: true, Label: p.sortTitle(d.Sort)})
		}
		items = append(items, p.entry(d))
	}
	p.list.SetItems(items)
}

func (p *page) sortTitle(s compare.Sort) string {
	n, persons := p.result.Count(s)
	if s == compare.Differs {
		return fmt.Sprintf("%s:%d 人 %d 项", s.Title(), persons, n)
	}
	return fmt.Sprintf("%s:%d 人", s.Title(), persons)
}

// entry is the line of a difference.
func (p *page) entry(d *compare.Difference) ui.Item {
	key := strings.Join([]string{string(d.Sort), d.Row, d.Name, d.ID, d.Kind, d.Field, d.Label}, "\n")
	mark := "  "
	if p.marked[key] {
		mark = "* "
	}
	ours, theirs := d.Texts(p.app.ShowIDs)
	text := mark + ui.Fit(d.Name, nameCells) + " "
	search := []string{d.Name, d.Label, d.Sort.Title()}
	if p.app.County {
		text += ui.Fit(p.place(d), placeCells) + " "
		search = append(search, d.Org, d.Township, d.Code)
	}
	switch d.Sort {
	case compare.Differs:
		text += ui.Fit(d.Label, labelCells) + " " + ui.Fit(blank(ours), p.ourWidth()) + blank(theirs)
	case compare.OnlyOurs:
		text += ours
	default:
		text += theirs
	}
	return ui.Item{Key: key, Label: text, Search: strings.Join(search, " "), Value: d}
}

// blank shows that a side has nothing.
func blank(text string) string {
	if text == "" {
		return "(没有填)"
	}
	return text
}

// place names a unit briefly, with its township.
func (p *page) place(d *compare.Difference) string {
	if d.Org == "" {
		return "(看不出是哪个单位)"
	}
	name := model.BriefName(d.Org, p.app.Ledger.Home().Text("county"), d.Township)
	if strings.Contains(name, d.Township) {
		return name
	}
	return d.Township + " " + name
}

// head is what stands above the list.
func (p *page) head() []string {
	st, r := p.app.Styles, p.result
	if r == nil {
		return []string{"", "", ""}
	}
	first := fmt.Sprintf(" %s:名单 %d 人,台账在册 %d 人;两边都有 %d 人,完全相同 %d 人", filepath.Base(p.path), r.Rows, r.Ours, r.Both, r.Same)
	second := ""
	if notes := p.notes(); notes != "" {
		second = " " + notes
	}
	columns := "    " + ui.Fit("姓名", nameCells) + " "
	if p.app.County {
		columns += ui.Fit("单位", placeCells) + " "
	}
	columns += ui.Fit("项目", labelCells) + " " + ui.Fit("台账", p.ourWidth()) + compare.Other
	return []string{st.Title.Render(ui.Cut(first, p.w-1)), st.Muted.Render(ui.Cut(second, p.w-1)), st.Label.Render(ui.Cut(columns, p.w))}
}

// notes says what was not compared, and what is to be said of the list.
func (p *page) notes() string {
	parts := p.result.Notes
	if len(p.result.Left) > 0 {
		parts = append(parts[:len(parts):len(parts)], "没有比对的列:"+strings.Join(p.result.Left, "、"))
	}
	return strings.Join(parts, ";")
}

// detail says the chosen difference in full.
func (p *page) detail() string {
	d := p.selected()
	if d == nil {
		if p.result != nil {
			return p.notes()
		}
		return ""
	}
	text := d.Name
	if d.Row != "" {
		text += "(名单" + d.Row + ")"
	}
	ours, theirs := d.Texts(p.app.ShowIDs)
	switch d.Sort {
	case compare.Differs:
		text += " " + d.Label + ":台账“" + blank(ours) + "”,全国系统“" + blank(theirs) + "”"
	case compare.OnlyTheirs:
		text += " " + theirs + ":" + d.Sort.Title()
	default:
		text += " " + ours + ":" + d.Sort.Title()
	}
	if more := d.Remark(); more != "" {
		text += "。" + more
	}
	return text
}
