package compare

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/compare"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// shownLines is how many of the changes a question lists one by one.
const shownLines = 6

// take asks before the list's values are taken: of the marked differences, else of the
// chosen one. At the county it asks before the differences go out.
func (p *page) take() tea.Cmd {
	if p.result == nil {
		return nil
	}
	if p.app.Ledger.ReadOnly() {
		return ui.Do(ui.Status{Fault: true, Text: "这本台账是只读打开的,只能看、不能改"})
	}
	if p.app.County {
		return p.askSend()
	}
	var can, cannot []compare.Difference
	for _, d := range p.wanted() {
		if d.Value != nil {
			can = append(can, *d)
		} else {
			cannot = append(cannot, *d)
		}
	}
	if len(can) == 0 {
		if len(cannot) == 0 {
			return nil
		}
		d := cannot[0]
		return ui.Do(ui.Status{Fault: true, Text: d.Name + "的" + d.Label + "不能直接取:" + why(&d) + "。按回车打开记录"})
	}
	return ui.Do(ui.Ask{Title: "按全国系统改", Text: p.question(can, cannot), Choices: []ui.Choice{
		{Label: fmt.Sprintf("改这 %d 项", len(can)), Cmd: func() tea.Msg { return p.took(can) }},
		{Label: "返回,先不改"},
	}})
}

// wanted gives the marked differences, else the chosen one.
func (p *page) wanted() []*compare.Difference {
	var all []*compare.Difference
	for _, it := range p.list.Items() {
		if d, ok := it.Value.(*compare.Difference); ok && p.marked[it.Key] {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		if d := p.selected(); d != nil {
			all = append(all, d)
		}
	}
	return all
}

func why(d *compare.Difference) string {
	switch d.Sort {
	case compare.OnlyTheirs:
		return "台账里还没有这个人"
	case compare.OnlyOurs:
		return "名单里没有这个人"
	}
	return d.Why
}

func (p *page) question(can, cannot []compare.Difference) string {
	var lines []string
	for i := range can {
		if i == shownLines {
			lines = append(lines, fmt.Sprintf("…… 共 %d 项", len(can)))
			break
		}
		ours, theirs := can[i].Texts(p.app.ShowIDs)
		line := fmt.Sprintf("%s %s:%s → %s", can[i].Name, can[i].Label, blank(ours), blank(theirs))
		if can[i].Note != "" {
			line += "(" + can[i].Note + ")"
		}
		lines = append(lines, line)
	}
	for i := range cannot {
		if i == 2 {
			lines = append(lines, fmt.Sprintf("另外共 %d 项不能直接取", len(cannot)))
			break
		}
		lines = append(lines, "不能直接取:"+cannot[i].Name+"的"+cannot[i].Label+",因为"+why(&cannot[i]))
	}
	return strings.Join(lines, "\n")
}

// took takes the values; it runs as a command.
func (p *page) took(can []compare.Difference) tea.Msg {
	t, err := compare.Take(p.app.Ctx, p.app.Ledger, can)
	if err != nil {
		return ui.Failed{Err: err}
	}
	text := fmt.Sprintf("已按全国系统改好 %d 人 %d 项,按 Ctrl+Z 可以一次改回", t.Persons, t.Fields)
	if t.Fields == 0 {
		text = "一项也没有改"
	}
	if len(t.Left) > 0 {
		text += fmt.Sprintf(";%d 项没有改:%s", len(t.Left), t.Left[0])
	}
	return said{text: text, fault: len(t.Left) > 0, wrote: t.Fields > 0}
}

// undo takes the last save of this sitting back.
func (p *page) undo() tea.Cmd {
	if p.app.County {
		return nil
	}
	return func() tea.Msg {
		what, err := p.app.Ledger.Undo(p.app.Ctx)
		switch {
		case err != nil:
			return ui.Failed{Err: err}
		case what == "":
			return said{text: "没有可以撤销的:这次打开程序以后还没有保存或删除过"}
		}
		return said{text: what, wrote: true}
	}
}

// askSend asks before the differences are kept for the receipts.
func (p *page) askSend() tea.Cmd {
	r := p.result
	units := map[string]bool{}
	nobody := 0
	for i := range r.Differences {
		if id := r.Differences[i].OrgID; id != "" {
			units[id] = true
		} else {
			nobody++
		}
	}
	text := fmt.Sprintf("%d 个单位有 %d 处不同。记下以后,下次写回执时随回执发给各单位,由村里核对改正;村里改好并重新上报的不再发。", len(units), len(r.Differences)-nobody)
	if nobody > 0 {
		text += fmt.Sprintf("\n看不出是哪个单位的 %d 人不发,请县里自己核对。", nobody)
	}
	return ui.Do(ui.Ask{Title: "随回执发给各单位", Text: text, Choices: []ui.Choice{
		{Label: "记下,随回执发出", Cmd: func() tea.Msg {
			units, n, err := county.KeepCompared(p.app.Ctx, p.app.Ledger, r)
			if err != nil {
				return ui.Failed{Err: err}
			}
			return said{text: fmt.Sprintf("已记下 %d 个单位的 %d 处不同,随下次的回执发给各单位", units, n)}
		}},
		{Label: "返回,先不发"},
	}})
}

// write writes the differences to an .xlsx in the folder in which sheets were last written,
// or the person's own; no older file is written over.
func (p *page) write() tea.Cmd {
	r := p.result
	if r == nil {
		return nil
	}
	return func() tea.Msg {
		ctx, l := p.app.Ctx, p.app.Ledger
		dir, err := l.Setting(ctx, "sheet.folder")
		if err != nil {
			return ui.Failed{Err: err}
		}
		if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
			if dir, err = os.UserHomeDir(); err != nil {
				return ui.Failed{Err: model.Errorf("E-FOLDER", "不知道写到哪个文件夹,请用 compare 命令写出")}
			}
		}
		path, err := freeName(dir, compare.Name+"_"+string(l.Source().Today()))
		if err != nil {
			return ui.Failed{Err: err}
		}
		if err := r.WriteXLSX(ctx, l, path); err != nil {
			return ui.Failed{Err: err}
		}
		return said{text: "已写成文件:" + path}
	}
}

func freeName(dir, name string) (string, error) {
	for n := 1; n < 100; n++ {
		path := filepath.Join(dir, name+".xlsx")
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s_%d.xlsx", name, n))
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
	}
	return "", model.Errorf("E-WRITE", "文件夹“%s”里同名的文件太多了,请先清理", dir)
}
