package dues

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// filling is what is filled in for all who owe in a month or a quarter, and not yet
// written.
type filling struct {
	from, n int             // the first month, from 0, and how many
	off     map[string]bool // persons taken off
	cash    *ui.Input       // 实收现金; empty stands for the sum
	saving  bool
}

type (
	writeNow struct{}
	dropFill struct{}
)

// begin fills a month, or a quarter; those taken off before stay off.
func (g *grid) begin(from, n int) tea.Cmd {
	if g.app.Ledger.ReadOnly() {
		g.note = "这本台账是只读打开的,只能看、不能改"
		return nil
	}
	if last := g.app.Today().Month().Add(farthest); g.sheet.Month(from+n-1) > last {
		g.note = "党费最多预交十二个月,到" + last.Chinese() + "为止"
		return nil
	}
	f := &filling{from: from, n: n, off: map[string]bool{}, cash: ui.NewInput(g.app.Styles)}
	f.cash.Fold = money
	f.cash.SetWidth(12)
	if g.fill != nil {
		if g.fill.saving {
			return nil
		}
		f.off, f.cash = g.fill.off, g.fill.cash
	}
	if n, _ := f.count(g); n == 0 && len(f.off) == 0 {
		g.note = f.what(g) + "没有要填的:该交的都交了" + f.leftOut(g)
		return nil
	}
	g.search.SetValue("")
	g.search.Placeholder = "打没交的人的名字、拼音或首字母"
	g.fill = f
	g.follow()
	return nil
}

// what names the time filled: 2026年10月, 2026年第四季度.
func (f *filling) what(g *grid) string {
	if f.n == 1 {
		return g.sheet.Month(f.from).Chinese()
	}
	return fmt.Sprintf("%d年第%s季度", g.year, [...]string{"一", "二", "三", "四"}[f.from/3])
}

// fills tells whether a month of a member is filled, taken off or not: one that is owed
// and of which the amount is known. Who paid where he lives the last time will do so
// again, and is not filled.
func (f *filling) fills(r *count.DuesRow, month int) bool {
	if month < f.from || month >= f.from+f.n {
		return false
	}
	switch c := r.Months[month]; c.State {
	case count.DuesToPay, count.DuesArrears, count.DuesOnPaper:
		return c.Owed > 0 && !r.LastElsewhere(month)
	}
	return false
}

// holds tells of a member who has something to be filled and is not taken off.
func (f *filling) holds(r *count.DuesRow) bool { return !f.off[r.Person.ID] && f.has(r) }

func (f *filling) has(r *count.DuesRow) bool {
	for i := f.from; i < f.from+f.n; i++ {
		if f.fills(r, i) {
			return true
		}
	}
	return false
}

// payments are what is to be written.
func (f *filling) payments(g *grid) []payment {
	var all []payment
	for i := range g.sheet.Rows {
		r := &g.sheet.Rows[i]
		if f.off[r.Person.ID] {
			continue
		}
		for m := f.from; m < f.from+f.n; m++ {
			if f.fills(r, m) {
				all = append(all, payment{r, g.sheet.Month(m), r.Months[m].Owed, ""})
			}
		}
	}
	return all
}

// count gives the members filled and the sum, in fen.
func (f *filling) count(g *grid) (members int, fen int64) {
	last := ""
	for _, p := range f.payments(g) {
		members += model.OneIf(p.row.Person.ID != last)
		last = p.row.Person.ID
		fen += p.fen
	}
	return members, fen
}

// offNames are the names of those taken off, in the order of the rows.
func (f *filling) offNames(g *grid) []string {
	var all []string
	for i := range g.sheet.Rows {
		if r := &g.sheet.Rows[i]; f.off[r.Person.ID] && f.has(r) {
			all = append(all, r.Person.Str("name"))
		}
	}
	return all
}

// leftOut says who owes and is not filled, "" when nobody.
func (f *filling) leftOut(g *grid) string {
	elsewhere, unknown := 0, 0
	for i := range g.sheet.Rows {
		r := &g.sheet.Rows[i]
		away, none := false, false
		for m := f.from; m < f.from+f.n; m++ {
			switch c := r.Months[m]; c.State {
			case count.DuesToPay, count.DuesArrears, count.DuesOnPaper:
				away = away || c.Owed > 0 && !f.fills(r, m)
				none = none || c.Owed <= 0
			}
		}
		elsewhere += model.OneIf(away)
		unknown += model.OneIf(none)
	}
	var all []string
	if elsewhere > 0 {
		all = append(all, fmt.Sprintf("上次流入地交 %d 人", elsewhere))
	}
	if unknown > 0 {
		all = append(all, fmt.Sprintf("没有标准 %d 人", unknown))
	}
	if all == nil {
		return ""
	}
	return ";没填:" + strings.Join(all, "、")
}

// fillKey serves the keys that are other ones while something is filled.
func (g *grid) fillKey(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case g.fill.saving:
	case ui.Is(m, ui.Delete), ui.Is(m, ui.Mark), m.String() == "enter" && g.search.Value() != "":
		g.takeOff()
	case ui.Is(m, ui.Save), ui.Is(m, ui.Open):
		return g.ask()
	case ui.Is(m, ui.Undo):
		g.note = "填的还没有登记,没有可撤销的;不填了按 Esc"
	}
	return nil
}

// takeOff takes the member with the cursor off, or puts him back.
func (g *grid) takeOff() {
	r := g.at()
	g.search.SetValue("")
	switch {
	case r == nil:
	case !g.fill.has(r):
		g.note = r.Person.Str("name") + "这次本来就没有填"
	case g.fill.off[r.Person.ID]:
		delete(g.fill.off, r.Person.ID)
	default:
		g.fill.off[r.Person.ID] = true
	}
}

// difference gives the cash typed less the sum, in fen; the cash is the sum while none
// is typed.
func (f *filling) difference(g *grid) (fen int64, err error) {
	if strings.TrimSpace(f.cash.Value()) == "" {
		return 0, nil
	}
	cash, err := model.ParseYuan(f.cash.Value())
	_, sum := f.count(g)
	return cash - sum, err
}

// ask writes what is filled; where the cash is another it asks first.
func (g *grid) ask() tea.Cmd {
	n, sum := g.fill.count(g)
	d, err := g.fill.difference(g)
	switch {
	case n == 0:
		g.note = "一个人也没有,没有可登记的;放回再按一次回车或 Ctrl+B,不填了按 Esc"
		return nil
	case err != nil:
		g.note = "实收现金:" + err.Error()
		return nil
	case d == 0:
		return g.write()
	}
	more := "多"
	if d < 0 {
		more, d = "少", -d
	}
	return ui.Do(ui.Ask{Title: "实收现金对不上",
		Text: fmt.Sprintf("%d 人应收 %s 元,实收现金 %s 元,%s %s 元。登记的是每人照标准交的数;请先查清谁没有交、谁交得不一样。",
			n, yuan(sum), g.fill.cash.Value(), more, yuan(d)),
		Choices: []ui.Choice{{Label: "返回核对"}, {Label: "照样登记", Cmd: ui.Do(writeNow{})}}})
}

// write writes all that is filled as one act.
func (g *grid) write() tea.Cmd {
	if g.fill == nil || g.fill.saving {
		return nil
	}
	g.fill.saving = true
	all, what := g.fill.payments(g), g.fill.what(g)
	members, sum := g.fill.count(g)
	app, collector := g.app, g.sheet.Collector
	keys := make([]string, len(all))
	for i, p := range all {
		keys[i] = p.key()
		g.busy[keys[i]] = true
	}
	return func() tea.Msg {
		m := saved{keys: keys, all: true}
		recs := make([]*model.Record, len(all))
		for i, p := range all {
			if recs[i], m.err = p.record(app, collector); m.err != nil {
				return m
			}
		}
		if _, err := app.Ledger.Save(app.Ctx, model.FromForm, recs...); err != nil {
			m.err = err
			if refusal := (*store.Refusal)(nil); errors.As(err, &refusal) && refusal.Index < len(all) {
				m.err = named(err, all[refusal.Index])
			}
			return m
		}
		m.text = fmt.Sprintf("%s党费已登记:%d 人,共 %s 元;按 Ctrl+Z 一次全部撤销", what, members, yuan(sum))
		return m
	}
}

// askDrop asks before what is filled goes, when more went into it than a key.
func (g *grid) askDrop() tea.Cmd {
	if len(g.fill.off) == 0 && g.fill.cash.Value() == "" {
		return ui.Do(dropFill{})
	}
	return ui.Do(ui.Ask{Title: "不填了", Text: "填的还没有登记,去掉的人和实收现金也会一起取消。",
		Choices: []ui.Choice{{Label: "继续填"}, {Label: "不填了", Cmd: ui.Do(dropFill{})}}})
}

// names joins at most n names.
func names(all []string, n int) string {
	if len(all) <= n {
		return strings.Join(all, "、")
	}
	return strings.Join(slices.Clone(all[:n]), "、") + fmt.Sprintf("等 %d 人", len(all))
}

// unfill ends the filling.
func (g *grid) unfill() {
	g.fill = nil
	g.search.SetValue("")
	g.search.Placeholder = finds
}
