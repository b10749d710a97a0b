package many

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// plan shows what is going to be written before it is: what all share, and the names,
// from which single ones are taken off. F2 writes it, as one group.
type plan struct {
	app     *ui.App
	job     *job
	list    ui.Chooser
	writing bool
	w, h    int
	top     int // the list's first row, as last drawn
}

var _ ui.Screen = (*plan)(nil)

// wrote answers the writing.
type wrote struct {
	n     int
	saved store.Saved
	err   error
}

// withoutRefused is the answer to go on with those that can be written.
type withoutRefused struct{}

func newPlan(j *job) *plan {
	p := &plan{app: j.app, job: j}
	p.list.Typing = true
	p.list.Hint = "打姓名、拼音或首字母"
	p.list.Empty = "名单里没有,按 Esc 清除打的字"
	p.fill()
	return p
}

// Init implements ui.Screen.
func (p *plan) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (p *plan) Title() string {
	return fmt.Sprintf("%s:要记 %d %s", p.job.title, p.job.good(), unit(p.job.batch.Kind))
}

// Unsaved implements ui.Screen.
func (p *plan) Unsaved() string { return p.job.title + ":还没有写进台账" }

// Hints implements ui.Screen.
func (p *plan) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Save, Label: "写进台账"}, {Action: ui.Delete, Label: "去掉、放回"}, {Action: ui.Back, Label: "回去改"}}
	return hints
}

// Help implements ui.Screen.
func (p *plan) Help() []string {
	help := []string{
		"上面是这些记录共同的内容,下面是名单。看一看,没有问题按 F2,一次全部写进台账;写完按 Ctrl+Z 一起撤销。",
		"个别的不记:打名字(拼音首字母就行)找到他,按 F8 或 Delete 去掉;再按一次放回来。",
	}
	if p.job.vary != nil {
		help = append(help, "个别的"+p.job.vary.Label+"不一样:选中他,按 ← → 换。")
	}
	return append(help,
		"写着“错误”的不能记,按 F2 时会问要不要只记其余的;写着“提醒”的可以先记,以后再核对。",
		"这里只去掉名单上的人,不会删除台账里已有的记录。Esc 回到上一屏改内容。")
}

// SetSize implements ui.Screen.
func (p *plan) SetSize(w, h int) { p.w, p.h = w, h }

// Update implements ui.Screen.
func (p *plan) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case wrote:
		return p.took(m)
	case withoutRefused:
		for i := range p.job.entries {
			if e := &p.job.entries[i]; e.refused() {
				e.off = true
			}
		}
		return p.write()
	case tea.KeyPressMsg:
		if p.writing {
			return nil
		}
		if cmd, ok := p.key(m); ok {
			return cmd
		}
	case tea.MouseClickMsg:
		p.list.Click(m.X, m.Y-p.top)
		return nil
	}
	return p.list.Drive(msg, p.top, func() tea.Cmd {
		return ui.Do(ui.Status{Text: "按 F2 全部写进台账;选中的这一个不记,就按 F8 或 Delete"})
	})
}

// key takes the keys that are not the list's.
func (p *plan) key(m tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case ui.Is(m, ui.Save):
		return p.save(), true
	case ui.Is(m, ui.Delete):
		return p.toggle(), true
	case m.String() == "left":
		return p.turn(-1), true
	case m.String() == "right":
		return p.turn(1), true
	}
	return nil, false
}

// selected gives the entry at hand, or nil.
func (p *plan) selected() *entry {
	it, ok := p.list.Selected()
	if !ok {
		return nil
	}
	i, _ := it.Value.(int)
	return &p.job.entries[i]
}

// toggle takes the entry at hand off, or puts it back. What was typed to find it is
// done with.
func (p *plan) toggle() tea.Cmd {
	e := p.selected()
	switch {
	case e == nil:
		return nil
	case e.why != "":
		return ui.Do(ui.Status{Text: nameOf(e.of) + ":" + e.why + ",本来就不记"})
	}
	e.off = !e.off
	found := p.list.Typed() != ""
	if found {
		p.list.SetTyped("")
	}
	p.fill()
	p.list.Select(e.of.ID)
	if !found {
		p.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	}
	said := ":去掉了,不记他;再按一次放回来"
	if !e.off {
		said = ":放回来了"
	}
	return ui.Do(ui.Status{Text: nameOf(e.of) + said})
}

// turn changes what may differ from one to the next.
func (p *plan) turn(d int) tea.Cmd {
	e, f := p.selected(), p.job.vary
	switch {
	case f == nil:
		return ui.Do(ui.Status{Text: "这里各人都一样;要改共同的内容,按 Esc 回去改"})
	case e == nil || !e.in():
		return nil
	}
	now := e.state
	if p.job.roll == nil {
		now = e.made.Str(f.Name)
	}
	n := len(f.Choices)
	next := f.Choices[(max(slices.Index(f.Choices, now), 0)+d+n)%n]
	if p.job.roll == nil {
		e.made.Set(f.Name, next)
		e.tried.Refused, e.tried.Warnings = nil, nil // of the choice before
	} else {
		e.state = next
	}
	p.fill()
	return nil
}

// save asks first where some can't be written, the answer that writes nothing first.
func (p *plan) save() tea.Cmd {
	var names []string
	var first string
	for i := range p.job.entries {
		if e := &p.job.entries[i]; e.refused() {
			if first == "" {
				first = nameOf(e.of) + ":" + e.tried.Refused[0].Message
			}
			names = append(names, nameOf(e.of))
		}
	}
	n, all := len(names), len(p.job.takes())
	switch {
	case len(p.job.tried.Refused) > 0:
		return ui.Do(ui.Status{Fault: true, Text: "不能记:" + p.job.tried.Refused[0].Message + " 请按 Esc 回去改"})
	case all == 0:
		return ui.Do(ui.Status{Fault: true, Text: "名单上没有要记的,没有写。按 Esc 回去"})
	case n == all:
		return ui.Do(ui.Status{Fault: true, Text: "都不能记:" + first + " 请按 Esc 回去改"})
	case n > 0:
		who := strings.Join(names[:min(n, 8)], "、")
		if n > 8 {
			who += " 等"
		}
		return ui.Do(ui.Ask{Title: "有不能记的", Text: fmt.Sprintf("有 %d %s不能记:%s。\n%s", n, unit(p.job.batch.Kind), who, first), Choices: []ui.Choice{
			{Label: "先不写,回去看看"},
			{Label: fmt.Sprintf("不记这 %d 个,写其余的 %d 个", n, all-n), Cmd: ui.Do(withoutRefused{})},
		}})
	}
	return p.write()
}

// write writes all that is left, in one transaction.
func (p *plan) write() tea.Cmd {
	recs := p.job.records()
	if len(recs) == 0 {
		return nil
	}
	p.writing = true
	n, l, ctx := len(p.job.takes()), p.app.Ledger, p.app.Ctx
	return func() tea.Msg {
		m := wrote{n: n}
		m.saved, m.err = l.Save(ctx, model.FromForm, recs...)
		return m
	}
}

// took closes this screen and the form below it, or shows what kept it from being written.
func (p *plan) took(m wrote) tea.Cmd {
	p.writing = false
	var refusal *store.Refusal
	switch {
	case errors.As(m.err, &refusal):
		p.refuse(refusal)
		p.fill()
		return ui.Do(ui.Status{Fault: true, Text: "没有写:" + refusal.Error()})
	case m.err != nil:
		return ui.Do(ui.Failed{Err: m.err})
	}
	if p.job.batch.Done != nil {
		p.job.batch.Done()
	}
	var cmds []tea.Cmd
	var followed []string
	seen := map[string]bool{}
	for _, r := range m.saved.Records {
		if k := r.Kind; !seen[k.Name] {
			seen[k.Name] = true
			cmds = append(cmds, ui.Do(ui.Changed{Kind: k.Name}))
			if k != p.job.kind {
				followed = append(followed, k.Title)
			}
		}
	}
	text := p.job.said(m.n)
	if len(followed) > 0 {
		text = strings.Replace(text, ";按", ",同时更新了"+strings.Join(followed, "、")+";按", 1)
	}
	cmds = append(cmds, ui.Do(ui.Pop{}), ui.Do(ui.Finished{}), ui.Do(ui.Status{Text: text}))
	if ask := p.app.AskHandOver(m.saved.Records[:min(m.n, len(m.saved.Records))]); ask != nil {
		cmds = append(cmds, ask)
	}
	return tea.Sequence(cmds...)
}

// refuse notes at its entry what the ledger refused when it came to writing: something
// has changed since the rules were asked.
func (p *plan) refuse(r *store.Refusal) {
	if p.job.roll != nil {
		p.job.tried.Refused = model.Faults(r.Findings)
		return
	}
	if at := p.job.takes(); r.Index < len(at) {
		p.job.entries[at[r.Index]].tried.Refused = model.Faults(r.Findings)
	}
}
