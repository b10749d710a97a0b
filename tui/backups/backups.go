// Package backups is the screen 备份: the backups that were made by themselves, one made now,
// the passphrase of those that leave the house, and the second place.
package backups

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/vault"
	"taizhang/tui/county"
	"taizhang/tui/ui"
)

// page lists what can be done about backups, and below it those that were made.
type page struct {
	app   *ui.App
	read  *pageRead // nil until it has been read
	list  ui.Chooser
	busy  string // what is being done, "" for nothing
	said  string
	fault bool // what was said is one
	w, h  int
}

var _ ui.Screen = (*page)(nil)

type (
	pageRead struct {
		status *copies.Status
		drives []string
		sealed bool // the ledger itself is kept encrypted
	}
	// pageDone tells what came of an act.
	pageDone struct {
		text string
		err  error
	}
)

// LateDays is after how many days without a backup elsewhere one is asked for: the county's
// parameter backup.elsewhere.days.
func LateDays(app *ui.App) int {
	return int(app.Ledger.Env(app.Ctx).Packs.Limit("backup.elsewhere.days", app.Today()).Value)
}

// Title is what the page is called.
const Title = "备份"

// New gives 备份.
func New(app *ui.App) ui.Screen { return &page{app: app} }

// Init reads how the backups stand.
func (p *page) Init() tea.Cmd {
	app := p.app
	return func() tea.Msg {
		drives := app.Drives()
		status, err := copies.StatusOf(app.Ctx, app.Ledger, drives)
		if err != nil {
			return pageDone{err: err}
		}
		sealed, err := vault.Kept(app.Ledger.Path())
		if err != nil {
			return pageDone{err: err}
		}
		return pageRead{status, drives, sealed}
	}
}

func (p *page) Title() string   { return Title }
func (p *page) Unsaved() string { return "" }

func (p *page) Hints() []ui.Hint {
	if p.busy != "" {
		return nil
	}
	return []ui.Hint{{Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "返回"}}
}

func (p *page) Help() []string {
	return []string{
		"每天第一次打开程序,自己在台账旁边备份一份;读入名册、收转入、取县里的配置以前也各做一份。每份做好都打开查过。",
		"留多少:每天的留最近 7 天,每周第一份留 4 周,每月第一份留 12 个月,事前做的另留最近 7 份。磁盘小的少留几份,会写明。",
		"电脑会坏、会丢:最好再定一个“每天也备份到”的地方(U盘)。U盘没插不要紧,下次插上再做;工作台写着别处最后一次是哪天。",
		"U盘、移动硬盘和网络上的备份一定加密:打备份口令打得开;口令忘了,拿到县里用县里的密钥也打得开(取入过县里的配置文件才行)。",
		"恢复:在新电脑上第一次打开程序,选“从备份恢复”,选U盘上的备份文件,打备份口令。",
	}
}

func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.fill()
}

// fill writes the list from what is known.
func (p *page) fill() {
	p.list.SetSize(p.w, max(p.h-len(p.top())-3, 1))
	if p.read == nil {
		return
	}
	items := append([]ui.Item{{Heading: true, Label: "现在备份一份"}}, p.nowItems()...)
	items = append(items, ui.Item{Heading: true}, ui.Item{Heading: true, Label: "怎样备份"})
	items = append(items, p.setItems()...)
	items = append(items, ui.Item{Heading: true}, ui.Item{Heading: true, Label: fmt.Sprintf("台账旁边自己做的:%d 份", len(p.read.status.Beside))})
	items = append(items, made("beside", p.read.status.Beside)...)
	if s := p.read.status; s.Place != "" && s.Absent == "" {
		items = append(items, ui.Item{Heading: true}, ui.Item{Heading: true, Label: fmt.Sprintf("%s 上的:%d 份", ui.Cut(ui.Clean(s.Place), 40), len(s.There))})
		items = append(items, made("there", s.There)...)
	}
	p.list.SetItems(items)
}

// made lists backups, the newest first.
func made(where string, all []copies.Made) []ui.Item {
	items := make([]ui.Item, 0, len(all))
	for i := range all {
		b := &all[len(all)-1-i]
		kept := b.Kept()
		if b.Sealed {
			kept += ",加了密"
		}
		items = append(items, ui.Item{Key: where + b.Path, Label: b.At.Format("2006-01-02 15:04") + "  " + ui.FitRight(b.SizeText(), 9), Note: kept})
	}
	return items
}

// nowItems are the places to which one may be written now.
func (p *page) nowItems() []ui.Item {
	if p.app.County { // whose key goes along
		return []ui.Item{{Key: "keys", Label: "连密钥一起备份", Note: "在“" + county.KeysName(p.app) + "”里做", Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: county.NewKeys(p.app)}) }}}
	}
	var items []ui.Item
	for _, d := range p.read.drives {
		items = append(items, ui.Item{Key: "now" + d, Label: "备份到U盘 " + ui.Cut(ui.Clean(d), 40), Note: "加密", Run: func() tea.Cmd { return p.now(d) }})
	}
	if home, err := os.UserHomeDir(); err == nil {
		items = append(items, ui.Item{Key: "now" + home, Label: "备份到 " + ui.Cut(ui.Clean(home), 44), Run: func() tea.Cmd { return p.now(home) }})
	}
	return append(items, ui.Item{Key: "other", Label: "备份到别的文件夹…", Run: func() tea.Cmd {
		return p.askFolder("备份到哪里", "选一个文件夹,或者写出它的位置:", p.now)
	}})
}

// setItems are what is kept of backups.
func (p *page) setItems() []ui.Item {
	s := p.read.status
	secret := ui.Item{Key: "secret", Label: "备份口令", Note: "还没有定;U盘上的备份要用", Run: func() tea.Cmd { return p.askSecret(nil) }}
	if s.Locked {
		secret.Note = "已经定下,回车换一个"
	}
	if p.read.sealed {
		secret.Note, secret.Run = "台账加了密,备份都用台账的口令", nil
	}
	place := ui.Item{Key: "place", Label: "每天也备份到", Note: "还没有定,回车选U盘", Run: p.choosePlace}
	switch {
	case s.Absent != "":
		place.Note, place.Style = s.Absent, p.app.Styles.Warning
	case s.Place != "":
		place.Note = ui.Clean(s.Place)
	}
	return []ui.Item{secret, place}
}

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case pageRead:
		p.read = &m
		p.fill()
		return nil
	case pageDone:
		return p.done(m)
	case ui.BackedUp, ui.Shown:
		return p.Init()
	case placeChosen:
		return p.setPlace(m.dir)
	case folderChosen:
		return m.next(m.dir)
	case secretSet:
		p.read.status.Locked = true
		if m.next != nil {
			return m.next()
		}
		return p.done(pageDone{text: "备份口令已定下;以前做的备份还是打那时的口令"})
	}
	if p.busy != "" {
		return nil
	}
	if _, ok := msg.(tea.KeyPressMsg); ok {
		p.said = ""
	}
	return p.list.Drive(msg, len(p.top()), p.choose)
}

func (p *page) choose() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok || it.Run == nil {
		return nil
	}
	if p.app.Ledger.ReadOnly() && !strings.HasPrefix(it.Key, "now") && it.Key != "other" {
		return ui.Do(ui.Status{Text: "台账是用只读方式打开的,不能改", Fault: true})
	}
	return it.Run()
}

// done says what came of an act.
func (p *page) done(m pageDone) tea.Cmd {
	p.busy, p.said, p.fault = "", m.text, m.err != nil
	var known *model.Error
	switch {
	case errors.As(m.err, &known):
		p.said = known.Message
	case m.err != nil:
		p.said = ""
		return ui.Do(ui.Failed{Err: m.err})
	}
	p.fill()
	return p.Init()
}

// top gives the lines above the list.
func (p *page) top() []string {
	lines := []string{""}
	if p.read == nil {
		return append(lines, " 正在读取…", "")
	}
	line, late := p.read.status.Line(LateDays(p.app))
	style := p.app.Styles.Good
	if late {
		style = p.app.Styles.Warning
	}
	for _, l := range ui.Wrap(line, max(p.w-4, 20)) {
		lines = append(lines, " "+style.Render(l))
	}
	for _, note := range p.read.status.Notes() {
		for _, l := range ui.Wrap(note, max(p.w-4, 20)) {
			lines = append(lines, " "+p.app.Styles.Warning.Render(l))
		}
	}
	return append(lines, "")
}

// View implements ui.Screen.
func (p *page) View() (string, *tea.Cursor) {
	lines := p.top()
	if p.read != nil {
		list, _ := p.list.View(p.app.Styles)
		lines = append(lines, list...)
	}
	for len(lines) < p.h-3 {
		lines = append(lines, "")
	}
	switch {
	case p.busy != "":
		lines = append(lines, " "+p.busy)
	case p.said != "":
		style := p.app.Styles.Title
		if p.fault {
			style = p.app.Styles.Fault
		}
		for _, l := range ui.Wrap(p.said, max(p.w-4, 20)) {
			lines = append(lines, " "+style.Render(l))
		}
	}
	return strings.Join(lines, "\n"), nil
}

// work does an act in a command, the page saying so.
func (p *page) work(busy string, do func() (string, error)) tea.Cmd {
	p.busy, p.said = busy, ""
	return func() tea.Msg {
		text, err := do()
		return pageDone{text, err}
	}
}

// now writes a backup to a folder; where it can be carried away, encrypted. Without a
// passphrase one is asked for first.
func (p *page) now(dir string) tea.Cmd {
	app, l := p.app, p.app.Ledger
	portable := copies.Portable(dir, p.read.drives)
	if portable && !p.read.status.Locked && !p.read.sealed {
		return p.askSecret(func() tea.Cmd { return p.now(dir) })
	}
	drives, sealed := p.read.drives, p.read.sealed
	return p.work("正在备份,请不要拔U盘…", func() (string, error) {
		path, county, err := write(app, l, dir, portable)
		if err == nil {
			err = copies.NoteElsewhere(l, path, drives)
		}
		opens := "备份口令"
		if sealed {
			opens = "台账的口令"
		}
		switch {
		case err != nil:
			return "", err
		case !strings.HasSuffix(path, copies.SealedEnd):
			return "已备份:" + path, nil
		case !county:
			return "已备份:" + path + "(加了密;还没有取入县里的配置文件,只有" + opens + "打得开,请记牢)", nil
		}
		return "已备份:" + path + "(加了密,打" + opens + "或用县里的密钥打得开)", nil
	})
}

// write writes a backup now; county tells whether the county's key opens it.
func write(app *ui.App, l *store.Ledger, dir string, portable bool) (path string, county bool, err error) {
	path = filepath.Join(dir, l.BackupName())
	to, err := vault.Recipients(l.Path())
	county = vault.Answerable(l.Path())
	if err == nil && to == nil && portable {
		var key *copies.Key
		if key, err = copies.KeptKey(app.Ctx, l); err == nil {
			to, county, err = copies.Recipients(app.Ctx, l, key)
		}
	}
	if err != nil {
		return "", false, err
	}
	if to != nil {
		path = strings.TrimSuffix(path, ".db") + copies.SealedEnd
	}
	return path, county, copies.Write(app.Ctx, l, path, to)
}

// choosePlace offers where one is made every day.
func (p *page) choosePlace() tea.Cmd {
	var choices []ui.Choice
	for _, d := range p.read.drives {
		choices = append(choices, ui.Choice{Label: "U盘 " + ui.Cut(ui.Clean(d), 44), Cmd: ui.Do(placeChosen{p, d})})
	}
	choices = append(choices, ui.Choice{Label: "别的文件夹…", Cmd: p.askFolder("每天也备份到哪里", "选一个文件夹,或者写出它的位置:", p.setPlace)})
	if p.read.status.Place != "" {
		choices = append(choices, ui.Choice{Label: "不在别处备份了", Cmd: ui.Do(placeChosen{p, ""})})
	}
	return ui.Do(ui.Ask{Title: "每天也备份到", Text: "除了台账旁边,每天第一次打开程序时也在这里备份一份。\nU盘上的一定加密;哪天没插,下次插上再做。",
		Choices: append(choices, ui.Choice{Label: "先不改"})})
}
