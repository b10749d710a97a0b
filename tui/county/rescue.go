package county

import (
	"context"
	"errors"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	giveback "taizhang/store/county/rescue"
	"taizhang/tui/ui"
)

// rescue is 给村里恢复台账 of one unit: its ledger is written from its last bundle to a
// stick.
type rescue struct {
	outgoing
	unit rescued
}

var _ ui.Screen = (*rescue)(nil)

// rescued is a unit of which the county holds a bundle.
type rescued struct{ code, name string }

// NewRescue gives the page that writes a unit's ledger for the village, by the unit's
// code and what it is called in a list.
func NewRescue(app *ui.App, code, name string) ui.Screen {
	return &rescue{unit: rescued{code: code, name: name}, outgoing: outgoing{app: app, to: places{app: app, setting: "rescue.folder", what: "恢复的台账"}, below: 10}}
}

func (s *rescue) Title() string { return "恢复台账:" + orCode(s.unit.name, s.unit.code) }

func orCode(name, code string) string {
	if name == "" {
		return code
	}
	return name
}

func (s *rescue) Unsaved() string {
	if s.work != nil {
		return "正在恢复村里的台账"
	}
	return ""
}

func (s *rescue) Init() tea.Cmd { return s.to.lookAgain() }

func (s *rescue) Hints() []ui.Hint {
	if s.work != nil {
		return nil
	}
	return []ui.Hint{{Action: ui.Open, Label: "写台账"}, {Action: ui.Find, Label: "重新找U盘"}, {Action: ui.Back, Label: "返回"}}
}

func (s *rescue) Help() []string {
	return []string{
		"村里的电脑坏了、台账丢了又没有备份时,用县里收到的最后一个报送包给它恢复一份:记录和编号不变,下一个报送包照常接收。",
		"选中U盘按回车,写成一个 .db 文件。拿到村里,打开程序选“从备份恢复”,选这个文件。",
		"最后一次报送以后登记的、草稿和修改记录恢复不了,请村里照纸质材料补登。",
		"恢复的台账换了新的签名密钥,县里已经记下;原来的台账又找到了的,不要两份都用。",
	}
}

func (s *rescue) Update(msg tea.Msg) tea.Cmd { return s.update(msg, s.begin) }

func (s *rescue) begin(dir string) tea.Cmd {
	s.fault, s.notes = "", nil
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是只读打开的,新的密钥记不下来,不能恢复;请关掉别的窗口,重新打开程序"
		return nil
	}
	app, unit := s.app, s.unit
	return s.run(func(ctx context.Context, work *receiving) written { return writeRescued(ctx, app, unit, dir, work) })
}

// writeRescued runs as a command.
func writeRescued(ctx context.Context, app *ui.App, unit rescued, dir string, work *receiving) written {
	path := filepath.Join(dir, giveback.Name(unit.code, unit.name))
	r, err := giveback.Rescue(ctx, app.Ledger, unit.code, path, work.tell)
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-EXISTS" {
		return written{err: model.Errorf("E-EXISTS", "“%s”已经有了,没有再写:它就是上次恢复的,可以直接给村里;要重写,请先把它删掉或换一个地方", path)}
	}
	if err != nil {
		return written{err: err}
	}
	notes := append(r.Notes(), "请告诉村里:打开程序,选“从备份恢复”,选这个文件。恢复以后登记的照常报送;不要再用原来的台账")
	return written{notes, keepFolder(app, "rescue.folder", dir)}
}

func (s *rescue) View() (string, *tea.Cursor) {
	head := "写到哪里?选中U盘按回车,用它最后一个报送包恢复一份台账"
	switch {
	case s.work != nil:
		head = "正在恢复,请不要拔下U盘…"
	case s.notes != nil:
		head = "恢复好了,可以安全弹出U盘;下面的话请告诉村里"
	}
	plain := func(t ...string) string { return t[0] }
	return s.view(head, plain, "最后一次报送以后登记的恢复不了。村里还有备份的,先用备份恢复(在村里“从备份恢复”)。", "没有列出U盘时按 F4 重新找。"), nil
}
