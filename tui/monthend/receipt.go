package monthend

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/tui/ui"
)

// receiptView lists what the county found wrong in a bundle; Enter opens the record
// with the county's words under the field.
type receiptView struct {
	app     *ui.App
	receipt *bundle.Receipt
	list    ui.Chooser
	w, h    int
}

var _ ui.Screen = (*receiptView)(nil)

func newReceiptView(app *ui.App, r *bundle.Receipt) *receiptView {
	v := &receiptView{app: app, receipt: r}
	v.list.Typing = len(r.Problems)+len(r.Differences) > 0
	v.list.Hint = "打姓名、记录名称或它们的拼音"
	v.list.Empty = "这个包没有问题"
	if r.Verdict == bundle.VerdictRefused {
		v.list.Empty = "整个包没有收下,原因在下面;改好后重新导出,再报一次"
	}
	if r.Verdict == bundle.VerdictWaiting {
		v.list.Empty = whom(app) + "还没有收下,要先问清楚,原因在下面"
	}
	items := make([]ui.Item, 0, len(r.Problems))
	for _, errors := range []bool{true, false} { // what must be mended first
		for i, p := range r.Problems {
			if (p.Severity == problemError) == errors {
				items = append(items, v.entry(i, p))
			}
		}
	}
	if len(r.Differences) > 0 {
		items = append(items, ui.Item{Heading: true, Label: fmt.Sprintf("县里用全国系统的名单比对,不同的 %d 项", len(r.Differences)+r.MoreDifferences)})
		for i, d := range r.Differences {
			items = append(items, ui.Item{Key: fmt.Sprint("d", i), Label: d.Label + ":" + d.Message, Search: d.Label + " " + d.Title, Value: d})
		}
	}
	v.list.SetItems(items)
	return v
}

// problemError is the severity of an error in a receipt.
const problemError = "error"

func (v *receiptView) entry(i int, p bundle.ReceiptProblem) ui.Item {
	kind := p.Kind
	if k := v.app.Ledger.Kinds().Kind(p.Kind); k != nil {
		kind = k.Title
	}
	severity, style := model.Warning, v.app.Styles.Warning
	if p.Severity == problemError {
		severity, style = model.Fault, v.app.Styles.Fault
	}
	words := []string{severity.String(), p.Effect, kind, p.Label}
	text := strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " ")
	return ui.Item{Key: fmt.Sprint(i), Label: text + ":" + p.Message, Search: text, Value: p, Style: style}
}

func (v *receiptView) Init() tea.Cmd   { return nil }
func (v *receiptView) Title() string   { return "回执" }
func (v *receiptView) Unsaved() string { return "" }

func (v *receiptView) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if len(v.receipt.Problems)+len(v.receipt.Differences) == 0 {
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Open, Label: "去改这条记录"}, back}
}

func (v *receiptView) Help() []string {
	return []string{
		"这里是" + whom(v.app) + "对一个报送包的回执:有哪些问题,在哪条记录的哪一项,错误在前。",
		"按回车打开那条记录,县里的话写在那一项下面;改好按 F2 保存,再导出一次。",
		"“与全国系统不同”的,请对着证件和档案核对:台账错的改台账,全国系统错的告诉县里。",
		"“未收入”是县里没有收下这条记录,“已清空”是收下了但清掉了这一项。",
	}
}

func (v *receiptView) SetSize(w, h int) {
	v.w, v.h = w, h
	below := ui.DetailRows
	if len(v.receipt.Problems)+len(v.receipt.Differences) == 0 { // the reason stands below, in full
		below = max(below, len(ui.Wrap(v.receipt.Reason, w-2)))
	}
	v.list.SetSize(w, max(h-headCells-below-1, 1))
}

// headCells is the number of rows above the list.
const headCells = 3

func (v *receiptView) Update(msg tea.Msg) tea.Cmd {
	return v.list.Drive(msg, headCells, v.open)
}

func (v *receiptView) open() tea.Cmd {
	it, ok := v.list.Selected()
	if !ok {
		return nil
	}
	if d, is := it.Value.(bundle.ReceiptDifference); is {
		return v.openDifference(d)
	}
	p, _ := it.Value.(bundle.ReceiptProblem)
	k := v.app.Ledger.Kinds().Kind(p.Kind)
	if k == nil || p.ID == "" {
		return ui.Do(ui.Status{Text: "回执没有写明是哪一条记录,请按上面的话去找", Fault: true})
	}
	return v.app.OpenForm(ui.FormOf{Kind: p.Kind, ID: p.ID, Field: p.Field, Message: "县里回执:" + p.Message})
}

// openDifference goes to the record that the national system's list has differently, or
// where the village has none begins one.
func (v *receiptView) openDifference(d bundle.ReceiptDifference) tea.Cmd {
	if v.app.Ledger.Kinds().Kind(d.Kind) == nil {
		return ui.Do(ui.Status{Text: "回执没有写明是哪一条记录,请按上面的话去找", Fault: true})
	}
	o := ui.FormOf{Kind: d.Kind, ID: d.ID, Field: d.Field, Message: "县里比对:" + d.Message}
	if d.ID == "" && d.Field == "name" {
		o.Preset = map[string]model.Value{"name": d.Label}
	}
	return v.app.OpenForm(o)
}

func (v *receiptView) View() (string, *tea.Cursor) {
	st, r := v.app.Styles, v.receipt
	head := fmt.Sprintf(" %s第 %d 号报送包  %s  ", r.Month.Chinese(), r.Sequence, r.Verdict)
	if n := len(r.Problems) + r.More; n > 0 {
		head += fmt.Sprintf("问题 %d 条  ", n)
	}
	if n := len(r.Differences) + r.MoreDifferences; n > 0 {
		head += fmt.Sprintf("与全国系统不同 %d 项  ", n)
	}
	head += r.County
	why := ""
	switch {
	case len(r.Problems) == 0: // then the reason stands below, in full
	case r.Reason != "":
		why = " " + r.Reason
	case r.More > 0:
		why = fmt.Sprintf(" 问题太多,这里是前 %d 条", len(r.Problems))
	}
	lines, cursor := v.list.View(st)
	if cursor != nil {
		cursor.Y += headCells
	}
	all := append([]string{st.Title.Render(ui.Cut(head, v.w-1)), ui.Cut(why, v.w-1), ui.Rule(st, "", v.w)}, lines...)
	whole := r.Reason
	if it, ok := v.list.Selected(); ok {
		whole = it.Label
	}
	if whole != "" {
		all = append(all, ui.Rule(st, "", v.w))
	}
	for _, l := range ui.Wrap(whole, v.w-2) {
		all = append(all, " "+l)
	}
	return strings.Join(all, "\n"), cursor
}
