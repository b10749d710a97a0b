package summary

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/store/paper"
	layout "taizhang/store/paper/page"
	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// What was chosen in a box.
type (
	chosenSplit      string
	chosenCompare    string
	chosenIndicators []string
	chosenPeriod     struct {
		month model.Month
		year  int
	}
	closed struct{}
)

// box offers entries; Enter gives the chosen one's Value as a message to the page.
// With marks, Enter sets or takes a mark and F2 gives them.
type box struct {
	app    *ui.App
	title  string
	list   ui.Chooser
	marks  map[string]bool // nil where one entry is chosen
	labels map[string]string
	h      int
}

var _ ui.Overlay = (*box)(nil)

func newBox(app *ui.App, title string, items []ui.Item) *box {
	b := &box{app: app, title: title}
	b.list.SetItems(items)
	return b
}

func (b *box) Init() tea.Cmd   { return nil }
func (b *box) Title() string   { return b.title }
func (b *box) Unsaved() string { return "" }

func (b *box) Hints() []ui.Hint {
	if b.marks != nil {
		return []ui.Hint{{Action: ui.Open, Label: "选上或去掉"}, {Action: ui.Save, Label: "看选定的"}, {Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "返回"}}
}

func (b *box) Help() []string {
	return []string{"用 ↑ ↓ 移动,按回车选;选指标时可以选几个,再按 F2。按 Esc 返回,什么也不变。"}
}

func (b *box) Box(width, height int) (w, h int) {
	w = 34
	for _, it := range b.list.Items() {
		w = max(w, ui.Width(it.Label)+ui.Width(it.Note)+8)
	}
	return min(w, width-4), min(len(b.list.Items())+2, height-2)
}

func (b *box) SetSize(w, h int) {
	b.h = h
	b.list.SetSize(w, h)
}

func (b *box) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case b.list.Update(m):
		case ui.Is(m, ui.Save) && b.marks != nil:
			return b.done()
		case ui.Is(m, ui.Open):
			return b.choose()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		if b.list.Click(m.X, m.Y) {
			return b.choose()
		}
	case tea.MouseWheelMsg:
		b.list.Wheel(m)
	}
	return nil
}

func (b *box) choose() tea.Cmd {
	it, ok := b.list.Selected()
	if !ok {
		return nil
	}
	if b.marks != nil && it.Key != "" {
		b.marks[it.Key] = !b.marks[it.Key]
		b.mark()
		return nil
	}
	if cmd, ok := it.Value.(tea.Cmd); ok {
		return tea.Sequence(ui.Do(ui.Pop{}), cmd)
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(it.Value))
}

// mark writes the marks before the entries.
func (b *box) mark() {
	items := slices.Clone(b.list.Items())
	for i := range items {
		if items[i].Key == "" {
			continue
		}
		sign := "[ ] "
		if b.marks[items[i].Key] {
			sign = "[√] "
		}
		items[i].Label = sign + b.labels[items[i].Key]
	}
	b.list.SetItems(items)
}

func (b *box) done() tea.Cmd {
	var codes chosenIndicators
	for _, it := range b.list.Items() {
		if b.marks[it.Key] {
			codes = append(codes, it.Key)
		}
	}
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(codes))
}

func (b *box) View() (string, *tea.Cursor) {
	lines, cursor := b.list.View(b.app.Styles)
	return strings.Join(lines, "\n"), cursor
}

func (p *page) show(b *box) tea.Cmd { return ui.Do(ui.Push{Screen: b}) }

func (p *page) askSplit() tea.Cmd {
	splits := count.Splits
	if p.above != "" {
		splits = office.Splits(p.above)
	}
	items := make([]ui.Item, 0, len(splits))
	for _, by := range splits {
		items = append(items, ui.Item{Key: "by" + by, Label: splitNames[by], Value: chosenSplit(by)})
	}
	b := newBox(p.app, "怎样分列", items)
	b.list.Select("by" + p.ask.By)
	return p.show(b)
}

func (p *page) askCompare() tea.Cmd {
	items := []ui.Item{{Key: "no", Label: "不比", Value: chosenCompare("")}}
	if p.ask.Month != "" {
		items = append(items, ui.Item{Key: count.LastMonth, Label: "比上月", Note: p.ask.Month.Add(-1).Chinese(), Value: chosenCompare(count.LastMonth)})
	}
	items = append(items, ui.Item{Key: count.LastYear, Label: "比去年", Value: chosenCompare(count.LastYear)})
	b := newBox(p.app, "比较", items)
	b.list.Select(p.compare)
	return p.show(b)
}

func (p *page) askIndicators() tea.Cmd {
	if p.book == nil {
		return nil
	}
	b := &box{app: p.app, title: "选指标(回车选,F2 看选定的)", marks: map[string]bool{}, labels: map[string]string{}}
	items := []ui.Item{{Label: "看全部指标", Value: chosenIndicators(nil)}}
	group := ""
	for i := range p.book.Indicators {
		ind := &p.book.Indicators[i]
		if ind.Group != group {
			group = ind.Group
			items = append(items, ui.Item{Heading: true, Label: group})
		}
		b.labels[ind.Code] = ind.Heading()
		b.marks[ind.Code] = slices.Contains(p.only, ind.Code)
		items = append(items, ui.Item{Key: ind.Code, Label: ind.Heading()})
	}
	b.list.SetItems(items)
	b.mark()
	return p.show(b)
}

const (
	monthsOffered = 24
	yearsOffered  = 5
)

// askPeriod offers months and years, the closed ones marked. It runs as a command.
func (p *page) askPeriod() tea.Msg {
	sealed, err := count.SealedMonths(p.app.Ctx, p.app.Ledger)
	if err != nil {
		return ui.Failed{Err: err}
	}
	today := p.app.Today()
	items := []ui.Item{{Heading: true, Label: "月份(年初到月底)"}}
	for n := range monthsOffered {
		month := today.Month().Add(-n)
		it := ui.Item{Key: string(month), Label: month.Chinese(), Value: chosenPeriod{month: month}}
		if slices.Contains(sealed, month) {
			it.Note = "已封账"
		}
		items = append(items, it)
	}
	items = append(items, ui.Item{Heading: true, Label: "全年"})
	for n := range yearsOffered {
		year := today.Year() - n
		items = append(items, ui.Item{Key: fmt.Sprint(year), Label: fmt.Sprintf("%d年", year), Value: chosenPeriod{year: year}})
	}
	b := newBox(p.app, "选月份", items)
	b.list.Select(string(p.ask.Month))
	if p.ask.Month == "" {
		b.list.Select(fmt.Sprint(p.ask.Year))
	}
	return ui.Push{Screen: b}
}

func (p *page) askSheet() tea.Cmd {
	if p.book == nil {
		return nil
	}
	items := []ui.Item{
		{Key: "xlsx", Label: "写成 Excel 文件", Value: tea.Cmd(func() tea.Msg { return p.write(".xlsx") })},
		{Key: "csv", Label: "写成 CSV 文件", Value: tea.Cmd(func() tea.Msg { return p.write(".csv") })},
	}
	if p.app.County && p.book.Period.Month != "" && p.book.Sealed == nil && !p.app.Ledger.ReadOnly() {
		items = append(items, ui.Item{Key: "close", Label: p.book.When() + "封账…", Value: p.askClose()})
	}
	return p.show(newBox(p.app, "写成表格", items))
}

// askClose asks before a month is closed for good.
func (p *page) askClose() tea.Cmd {
	month := p.book.Period.Month
	text := month.Chinese() + "的汇总从此不再变动,迟交的报送包也不改变它。封账不能撤销。"
	if month.Last() >= p.app.Today() {
		text += "\n这个月还没有过完。"
	}
	return ui.Do(ui.Ask{Title: "封账", Text: text, Choices: []ui.Choice{
		{Label: "返回,先不封"},
		{Label: "封账", Cmd: func() tea.Msg {
			if _, err := county.CloseMonth(p.app.Ctx, p.app.Ledger, month, true); err != nil {
				return ui.Failed{Err: err}
			}
			return closed{}
		}},
	}})
}

// write writes the table into the folder in which sheets were last written, or the
// person's own; no older file is written over. It runs as a command.
func (p *page) write(ext string) tea.Msg {
	ctx, l := p.app.Ctx, p.app.Ledger
	dir, err := l.Setting(ctx, "sheet.folder")
	if err != nil {
		return ui.Failed{Err: err}
	}
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		if dir, err = os.UserHomeDir(); err != nil {
			return ui.Failed{Err: model.Errorf("E-FOLDER", "不知道写到哪个文件夹,请用 report summary 命令写出")}
		}
	}
	path, err := freeName(dir, "三级联创汇总表_"+fileTownship(p.book.Township)+p.book.When(), ext)
	if err != nil {
		return ui.Failed{Err: err}
	}
	if err := p.writeTo(ctx, path, ext); err != nil {
		return ui.Failed{Err: err}
	}
	return ui.Status{Text: "已写成文件:" + path}
}

func freeName(dir, name, ext string) (string, error) {
	for n := 1; n < 100; n++ {
		path := filepath.Join(dir, name+ext)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s_%d%s", name, n, ext))
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
	}
	return "", model.Errorf("E-WRITE", "文件夹“%s”里同名的文件太多了,请先清理", dir)
}

func (p *page) writeTo(ctx context.Context, path, ext string) error {
	book, both := *p.book, p.both
	if p.only != nil {
		book.Indicators = slices.DeleteFunc(slices.Clone(book.Indicators), func(i count.Line) bool { return !slices.Contains(p.only, i.Code) })
	}
	if both != nil {
		var err error
		if both, err = county.CompareReports(ctx, p.app.Ledger, count.Ask{Month: p.ask.Month, Year: p.ask.Year, Township: p.ask.Township, Indicators: p.only}, p.compare, true); err != nil {
			return err
		}
	}
	if ext == ".csv" {
		if both != nil {
			return sheet.WriteGridCSV(path, paper.Comparison(both, true))
		}
		return sheet.WriteGridCSV(path, paper.Summary(&book, true))
	}
	var sheets []layout.Sheet
	if both != nil {
		sheets = paper.ComparisonSheets(both, p.app.Ledger.Kinds())
	} else {
		var err error
		if sheets, err = paper.SummarySheets(ctx, p.app.Ledger, &book); err != nil {
			return err
		}
	}
	return layout.Write(ctx, path, "", sheets...)
}
