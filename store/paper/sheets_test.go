package paper_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/paper"
	"taizhang/store/paper/page"
)

// printed is a workbook read back.
type printed struct {
	t    *testing.T
	file *excelize.File
	tabs []string
}

// print writes sheets to a workbook and reads it back, with what every printed sheet has
// to have: A4, a print area, headings repeated, pages no wider than the paper, letters of
// 9 points at the least, page numbers.
func print(t *testing.T, sheets []page.Sheet) *printed {
	t.Helper()
	path := filepath.Join(t.TempDir(), "表.xlsx")
	must(t, page.Write(ctx, path, "", sheets...))
	f, err := excelize.OpenFile(path)
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	p := &printed{t, f, f.GetSheetList()}
	if len(p.tabs) != len(sheets) {
		t.Fatalf("%d tabs for %d sheets", len(p.tabs), len(sheets))
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+n.Name] = n.RefersTo
	}
	for _, tab := range p.tabs {
		if names[tab+"_xlnm.Print_Area"] == "" || !strings.Contains(names[tab+"_xlnm.Print_Titles"], "$") {
			t.Errorf("%s: print area %q, titles %q", tab, names[tab+"_xlnm.Print_Area"], names[tab+"_xlnm.Print_Titles"])
		}
		p.layout(tab, names[tab+"_xlnm.Print_Titles"])
		p.letters(tab)
	}
	return p
}

var columnsRepeated = regexp.MustCompile(`\$A:\$([A-Z]+)`)

// layout looks at a tab's paper, and that each page of columns has room on it.
func (p *printed) layout(tab, titles string) {
	l, err := p.file.GetPageLayout(tab)
	must(p.t, err)
	props, err := p.file.GetSheetProps(tab)
	must(p.t, err)
	foot, err := p.file.GetHeaderFooter(tab)
	must(p.t, err)
	if l.Size == nil || *l.Size != 9 || foot == nil || !strings.Contains(foot.OddFooter, "&P") {
		p.t.Errorf("%s: paper %v, footer %v", tab, l.Size, foot)
	}
	room := 210.0 - 24
	if *l.Orientation == "landscape" {
		room = 297 - 24
	}
	rows, err := p.file.GetRows(tab)
	must(p.t, err)
	last := 0
	for _, r := range rows {
		last = max(last, len(r))
	}
	fixed := 0
	if m := columnsRepeated.FindStringSubmatch(titles); m != nil {
		fixed, err = excelize.ColumnNameToNumber(m[1])
		must(p.t, err)
	}
	var breaks []int
	for _, b := range p.columnBreaks(tab) {
		breaks = append(breaks, b)
	}
	if fits := props.FitToPage != nil && *props.FitToPage; fits == (len(breaks) > 0) {
		p.t.Errorf("%s: fits %v, with breaks %v", tab, fits, breaks)
	}
	width, kept := 0.0, 0.0
	for col := 1; col <= last; col++ {
		name, err := excelize.ColumnNumberToName(col)
		must(p.t, err)
		w, err := p.file.GetColWidth(tab, name)
		must(p.t, err)
		mm := w * 7 * 25.4 / 96
		if col <= fixed {
			kept += mm
		}
		if slices.Contains(breaks, col-1) {
			width = kept
		}
		if width += mm; width > room {
			p.t.Errorf("%s: column %s ends at %.0f mm of %.0f", tab, name, width, room)
			return
		}
	}
}

// columnBreaks gives the columns behind which a page of columns ends.
func (p *printed) columnBreaks(tab string) []int {
	part, ok := p.file.Pkg.Load("xl/worksheets/sheet" + strconv.Itoa(slices.Index(p.tabs, tab)+1) + ".xml")
	if !ok {
		p.t.Fatalf("%s: no part", tab)
	}
	_, rest, ok := strings.Cut(string(part.([]byte)), "<colBreaks")
	if !ok {
		return nil
	}
	rest, _, _ = strings.Cut(rest, "</colBreaks>")
	var all []int
	for _, m := range regexp.MustCompile(`id="(\d+)"`).FindAllStringSubmatch(rest, -1) {
		n, err := strconv.Atoi(m[1])
		must(p.t, err)
		all = append(all, n)
	}
	return all
}

// letters looks at the size of what is written, and at its rows' heights.
func (p *printed) letters(tab string) {
	rows, err := p.file.GetRows(tab)
	must(p.t, err)
	seen := map[int]bool{}
	for y, r := range rows {
		for x, text := range r {
			if text == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			must(p.t, err)
			id, err := p.file.GetCellStyle(tab, cell)
			must(p.t, err)
			if seen[id] {
				continue
			}
			seen[id] = true
			style, err := p.file.GetStyle(id)
			must(p.t, err)
			if style.Font == nil || style.Font.Size < page.MinSize || !style.Alignment.WrapText {
				p.t.Fatalf("%s %s %q: %+v", tab, cell, text, style.Font)
			}
		}
	}
}

// raw gives a tab's cells as they are stored.
func (p *printed) raw(tab string) [][]string {
	rows, err := p.file.GetRows(tab, excelize.Options{RawCellValue: true})
	must(p.t, err)
	return rows
}

// madeUp is a summary of so many groups with numbers that differ, a share that is split,
// goals and money.
func madeUp(by string, groups int) *count.Report {
	b := &count.Report{Organisation: "澄安县委组织部", By: by, Period: count.Period{From: "2026-01-01", To: "2026-06-30", Month: "2026-06"}, Returns: &count.Returns{Due: groups, In: groups}}
	for i := range 12 {
		b.Indicators = append(b.Indicators, count.Line{Code: fmt.Sprintf("A%02d", i+1), Group: []string{"基础工程", "联创工程"}[i/6], Title: "一个名称不短的指标", Figures: []count.Entry{
			{Key: "all", Title: "全部", Unit: "人"}, {Key: "some", Title: "其中达到的", Unit: "人", Of: "all", Goal: 90, Low: 75},
			{Key: "paid", Title: "已交金额", Unit: "元", Money: true}, {Key: "kinds", Title: "按类别", Unit: "个", Split: true}}})
	}
	total := count.Column{Title: "合计", Values: map[string]map[string]map[string]int64{}}
	b.Columns = []count.Column{total}
	for g := range groups {
		c := count.Column{Key: fmt.Sprintf("990101%06d", g), Title: fmt.Sprintf("中共澄安县第%d镇委员会", g), Values: map[string]map[string]map[string]int64{}}
		for i, ind := range b.Indicators {
			c.Values[ind.Code] = map[string]map[string]int64{"all": {"": int64(100 + g + i)}, "some": {"": int64(g + 1)}, "paid": {"": int64(12345 * (g + 1))}, "kinds": {"甲": int64(g), "乙": 2}}
			for key, parts := range c.Values[ind.Code] {
				for part, n := range parts {
					if total.Values[ind.Code] == nil {
						total.Values[ind.Code] = map[string]map[string]int64{}
					}
					if total.Values[ind.Code][key] == nil {
						total.Values[ind.Code][key] = map[string]int64{}
					}
					total.Values[ind.Code][key][part] += n
				}
			}
		}
		b.Columns = append(b.Columns, c)
	}
	return b
}

// TestSummarySheets writes every split: the numbers of the sheets are those of the
// summary, shares are three numbers, and the groups' lines add up to the whole.
func TestSummarySheets(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, c := range []struct {
		by                   string
		groups, tabs, matrix int
	}{{"", 0, 1, 0}, {count.ByTownship, 25, 1 + 2 + 25, 1}, {count.ByDomain, 6, 1 + 2 + 6, 1}, {count.ByOrganisation, 536, 1 + 2, 2}} {
		b := madeUp(c.by, c.groups)
		if c.groups == 0 {
			b = madeUp("", 3)
			b.Columns = b.Columns[:1]
		}
		sheets, err := paper.SummarySheets(ctx, o.l, b)
		must(t, err)
		p := print(t, sheets)
		if len(p.tabs) != c.tabs {
			t.Errorf("%q: tabs %v", c.by, p.tabs)
		}
		sameFigures(t, p.raw(p.tabs[0]), b, 0)
		if c.by == count.ByTownship {
			for i := 1; i < len(b.Columns); i++ {
				sameFigures(t, p.raw(p.tabs[2+i]), b, i)
			}
		}
		if c.matrix > 0 {
			for _, tab := range p.tabs[1:3] {
				sumsUp(t, tab, p.raw(tab), c.matrix, c.groups)
			}
		}
	}
}

// sameFigures compares a list of figures with the summary, figure by figure.
func sameFigures(t *testing.T, rows [][]string, b *count.Report, group int) {
	t.Helper()
	c, n := &b.Columns[group], 0
	next := func() []string {
		for ; n < len(rows); n++ {
			if r := rows[n]; len(r) > 3 && r[3] != "" && r[0] != "指标" && !strings.HasPrefix(r[0], "填报") && r[2] != "" {
				n++
				return append(slices.Clone(r), make([]string, 8)...)
			}
		}
		return nil
	}
	for _, r := range b.Rows() {
		if !r.Counts() {
			continue
		}
		got := next()
		if got == nil {
			t.Fatalf("%s: no line for %s %s", c.Title, r.Indicator.Code, r.Full())
		}
		s := r.Share(c)
		want := []string{fmt.Sprint(s.N), "", ""}
		if r.Figure.Money {
			want[0] = strconv.FormatFloat(float64(s.N)/100, 'f', -1, 64)
		}
		if !s.Whole {
			want[1] = fmt.Sprint(s.Of)
			share, err := strconv.ParseFloat(got[5], 64)
			if err != nil || share-float64(s.N)/float64(s.Of) > 1e-9 || float64(s.N)/float64(s.Of)-share > 1e-9 {
				t.Errorf("%s %s: share %q", c.Title, r.Full(), got[5])
			}
			want[2] = got[5]
			if got[6] != "90%\n低线75%" || got[7] != r.Verdict(s) {
				t.Errorf("%s %s: goal %q", c.Title, r.Full(), got[6:8])
			}
		}
		if !slices.Equal(got[3:6], want) {
			t.Errorf("%s %s: %q, want %q", c.Title, r.Full(), got[3:6], want)
		}
	}
	if extra := next(); extra != nil {
		t.Errorf("%s: one line more: %q", c.Title, extra)
	}
	text := fmt.Sprint(rows[len(rows)-1])
	for _, word := range []string{"制表人", "审核人", "负责人", "日期"} {
		if !strings.Contains(text, word) {
			t.Errorf("%s: no %s in the last line %q", c.Title, word, text)
		}
	}
}

// sumsUp looks whether a list's lines add up to its first: numerators, denominators and
// money do.
func sumsUp(t *testing.T, tab string, rows [][]string, names, groups int) {
	t.Helper()
	first := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == "合计" })
	if first < 0 {
		t.Fatalf("%s: no line of the whole", tab)
	}
	heads := rows[first-1]
	if len(rows) < first+1+groups || len(rows[first+groups]) < len(rows[first]) {
		t.Fatalf("%s: %d lines for %d groups", tab, len(rows)-first, groups)
	}
	summed := 0
	for x := names; x < len(rows[first]); x++ {
		if heads[x] == "百分比" {
			continue
		}
		sum := 0.0
		for _, r := range rows[first+1 : first+1+groups] {
			v, err := strconv.ParseFloat(r[x], 64)
			if err != nil {
				t.Fatalf("%s: %q is no number", tab, r[x])
			}
			sum += v
		}
		want, err := strconv.ParseFloat(rows[first][x], 64)
		must(t, err)
		if diff := sum - want; diff > 0.001 || diff < -0.001 {
			t.Errorf("%s column %d: the lines make %v, the whole is %v", tab, x+1, sum, want)
		}
		summed++
	}
	if summed != 6*6 {
		t.Errorf("%s: %d columns of numbers", tab, summed)
	}
}

// TestChosenIndicators: a few figures stand on one tab for all units.
func TestChosenIndicators(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.hand(t)
	b, err := county.ReadReport(ctx, o.l, count.Ask{Month: "2026-10", By: count.ByOrganisation, Indicators: []string{"A06", "B05"}})
	must(t, err)
	sheets, err := paper.SummarySheets(ctx, o.l, b)
	must(t, err)
	p := print(t, sheets)
	if len(p.tabs) < 2 || p.tabs[1] != "各单位" {
		t.Fatalf("tabs %v", p.tabs)
	}
	text := fmt.Sprint(p.raw("各单位"))
	for _, want := range []string{"A06", "B05", "柳河镇", "石桥村党支部"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if strings.Contains(text, "A02") {
		t.Error("an indicator that was not chosen")
	}
}

// TestComparisonSheets: both periods as numbers, what has changed with its sign, and who
// is behind it.
func TestComparisonSheets(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	now, before := madeUp("", 3), madeUp("", 3)
	now.Columns, before.Columns, before.Period.Month = now.Columns[:1], before.Columns[:1], "2026-05"
	now.Columns[0].Values["A01"]["all"][""] += 5
	c := &count.Comparison{With: count.LastMonth, Now: now, Before: before}
	ch := count.Change{Row: c.Rows()[2], Now: 5}
	for i := range 130 {
		ch.Names = append(ch.Names, count.Cause{Kind: "person", ID: fmt.Sprint(i), Label: fmt.Sprintf("章%03d", i), Organisation: "石桥村党支部", Now: 1})
	}
	c.Changes = []count.Change{ch}
	p := print(t, paper.ComparisonSheets(c, o.l.Kinds()))
	var line []string
	for _, r := range p.raw(p.tabs[0]) {
		if len(r) > 9 && strings.HasPrefix(r[0], "A01") {
			line = r
			break
		}
	}
	if line == nil || line[3] != "308" || line[6] != "303" || line[9] != "5" {
		t.Errorf("the line is %q", line)
	}
	names := fmt.Sprint(p.raw(p.tabs[1]))
	if !strings.Contains(names, "章099") || strings.Contains(names, "章100") || !strings.Contains(names, "还有 30 条") || !strings.Contains(names, "每一项最多列 100 条") {
		t.Error("the names behind the change: " + names)
	}
}
