package county

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// unitPick lists units, of which one is gone on with.
type unitPick struct {
	app   *ui.App
	title string
	head  string // says above the list what to choose
	label string // of Enter
	help  []string
	none  string // stands where there is no unit
	load  func() ([]ui.Item, error)
	open  func(store.Unit) ui.Screen
	list  ui.Chooser
}

var _ ui.Screen = (*unitPick)(nil)

// unitsFound are the units that a unitPick has loaded.
type unitsFound struct{ items []ui.Item }

func newUnitPick(p *unitPick) *unitPick {
	p.list.Typing, p.list.Hint, p.list.Empty = true, "打单位、乡镇、代码或拼音", "正在读取…"
	return p
}

// NewRescueList gives 给村里恢复台账: which unit.
func NewRescueList(app *ui.App) ui.Screen {
	return newUnitPick(&unitPick{app: app, title: "给村里恢复台账", head: "哪个单位的台账丢了?选中它按回车", label: "选这个单位",
		none: "没有这样的单位。还没有收过报送包的,县里没有它的记录,恢复不了",
		help: []string{"这里是收到过报送包的单位。打几个字就能找到;选中台账丢了的那个,按回车,再选写到哪个U盘。",
			"村里还有备份的,先用备份恢复,不用县里的。", "没有收到过报送包的单位不在这里:县里没有它的记录。"},
		load: func() ([]ui.Item, error) {
			units, err := county.HeldUnits(app.Ctx, app.Ledger)
			items := make([]ui.Item, len(units))
			for i, u := range units {
				items[i] = unitItemOf(app, u, ui.Fit(u.Phone, 12))
			}
			return items, err
		},
		open: func(u store.Unit) ui.Screen { return NewRescue(app, u.Code, briefName(app, u)) }})
}

// NewTrustList gives 核对后放行: the units whose last bundle was refused until the county
// has called them.
func NewTrustList(app *ui.App) ui.Screen {
	what := map[string]string{"E-KEY-CHANGED": "密钥变了:打电话核对八位数字", "E-FORK": "对不上上一次:两台电脑,或旧备份", "E-REPEATED": "序号重复:可能是旧备份"}
	return newUnitPick(&unitPick{app: app, title: "核对后放行", head: "这些单位的报送包被退回,要打电话核对:选中按回车", label: "看单位",
		none: "没有要核对的:没有因为密钥或旧备份退回、还没有放行的单位",
		help: []string{"报送包因为密钥变了、或者可能出自旧备份而被退回的单位,都列在这里。",
			"选中一个按回车,看它每次报送的经过;打电话核实以后,在那一页上按回车认可或放行。", "放行以后,请让" + app.Words().There + "重新导出,再收一次。"},
		load: func() ([]ui.Item, error) {
			stopped, err := county.StoppedUnits(app.Ctx, app.Ledger)
			items := make([]ui.Item, len(stopped))
			for i, s := range stopped {
				items[i] = unitItemOf(app, s.Unit, ui.LocalDay(s.At)+" "+what[s.Code])
				items[i].Style = app.Styles.Fault
			}
			return items, err
		},
		open: func(u store.Unit) ui.Screen {
			return newUnitPast(app, county.UnitReport{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone})
		}})
}

func unitItemOf(app *ui.App, u store.Unit, note string) ui.Item {
	return ui.Item{Key: u.Code, Label: ui.Fit(u.Township, 10) + ui.Fit(orCode(briefName(app, u), u.Code), 32), Note: note,
		Search: u.Township + " " + u.Name + " " + u.Code + " " + u.Phone, Value: u}
}

// briefName is what a unit is called in a list.
func briefName(app *ui.App, u store.Unit) string {
	return model.BriefName(u.Name, app.Ledger.Home().Text("county"), u.Township)
}

func (p *unitPick) Title() string   { return p.title }
func (p *unitPick) Unsaved() string { return "" }
func (p *unitPick) Help() []string  { return p.help }

func (p *unitPick) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: p.label}, {Action: ui.Back, Label: "返回"}}
}

func (p *unitPick) Init() tea.Cmd {
	load := p.load
	return func() tea.Msg {
		items, err := load()
		if err != nil {
			return ui.Failed{Err: err}
		}
		return unitsFound{items}
	}
}

// pickHead is the room above the list.
const pickHead = 1

func (p *unitPick) SetSize(w, h int) { p.list.SetSize(w, max(h-pickHead, 1)) }

func (p *unitPick) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case unitsFound:
		p.list.Empty = p.none
		p.list.Count = fmt.Sprintf("共 %d 个", len(m.items))
		p.list.SetItems(m.items)
		return nil
	case ui.Changed, ui.Shown:
		return p.Init()
	}
	return p.list.Drive(msg, pickHead, p.choose)
}

func (p *unitPick) choose() tea.Cmd {
	it, ok := p.list.Selected()
	u, isUnit := it.Value.(store.Unit)
	if !ok || !isUnit {
		return nil
	}
	return ui.Do(ui.Push{Screen: p.open(u)})
}

func (p *unitPick) View() (string, *tea.Cursor) {
	st := p.app.Styles
	list, cursor := p.list.View(st)
	if cursor != nil {
		cursor.Y += pickHead
	}
	return joinLines(append([]string{" " + st.Title.Render(p.head)}, list...)), cursor
}
