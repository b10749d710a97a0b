package summary

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/count"
	"taizhang/tui/ui"
)

// chosenTownship is the township that is looked at alone; "" for all.
type chosenTownship string

// canChooseTownship tells that there are several: at a county, and not in an extract, which
// is of one alone.
func (p *page) canChooseTownship() bool {
	return p.app.County && p.above == "" && p.app.Ledger.Extract() == nil
}

// askTownship offers the townships. It runs as a command.
func (p *page) askTownship() tea.Msg {
	names, err := count.Townships(p.app.Ctx, p.app.Ledger)
	if err != nil {
		return ui.Failed{Err: err}
	}
	items := []ui.Item{{Key: "all", Label: "全县", Value: chosenTownship("")}}
	for _, name := range names {
		items = append(items, ui.Item{Key: "t" + name, Label: name, Value: chosenTownship(name)})
	}
	b := newBox(p.app, "看哪个乡镇", items)
	b.list.Typing, b.list.Hint = true, "打汉字、拼音或首字母"
	b.list.Select("t" + p.ask.Township)
	return ui.Push{Screen: b}
}

// chooseTownship looks at a township alone, or at all again. The columns of units stay;
// those of townships and domains go.
func (p *page) chooseTownship(name string) tea.Cmd {
	p.ask.Township, p.col, p.leftCol = name, 0, 0
	if name != "" && p.ask.By != count.ByOrganisation {
		p.ask.By = ""
	}
	return p.Init()
}

// fileTownship is what a township puts into the name of a file.
func fileTownship(name string) string {
	if name == "" {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) {
			return -1
		}
		return r
	}, ui.Clean(name)) + "_"
}
