package county

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// issue is 发启动卡: a card for every unit of the list is written to a stick, so that a
// village types nothing when it begins its ledger.
type issue struct {
	outgoing
	units int // of the list; -1 until it is known
}

var _ ui.Screen = (*issue)(nil)

type issueRead struct{ units int }

// cardsFolder is the folder for the cards below the place chosen.
const cardsFolder = "启动卡"

// NewIssue gives 发启动卡.
func NewIssue(app *ui.App) ui.Screen {
	return &issue{units: -1, outgoing: outgoing{app: app, to: places{app: app, setting: "issue.folder", what: "启动卡"}, below: 6, stops: true}}
}

func (s *issue) Title() string { return "发启动卡" }

func (s *issue) Unsaved() string {
	if s.work != nil {
		return "正在写启动卡"
	}
	return ""
}

func (s *issue) Init() tea.Cmd {
	return tea.Batch(s.to.lookAgain(), func() tea.Msg {
		roll, err := s.app.Ledger.Roll(s.app.Ctx)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return issueRead{len(roll)}
	})
}

func (s *issue) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	if s.work != nil {
		return []ui.Hint{{Action: ui.Back, Label: "停下"}}
	}
	return []ui.Hint{{Action: ui.Open, Label: "写启动卡"}, {Action: ui.Find, Label: "重新找U盘"}, back}
}

func (s *issue) Help() []string {
	return []string{
		"启动卡是给村里新建台账用的:一个单位一张(代码.card.json),里面有它的代码、名称、乡镇和县里的规定。村里在“新建本村台账”里选它,就不用打字。",
		"选中U盘按回车,名单上每个单位写一张,放在“启动卡”文件夹里,按乡镇分开;再写一次,同名的换成新的。",
		"名单改过、还没有重新签发的,先重新签发配置文件,所以要用县里的密钥;密钥加了口令的,打开程序后问一次。",
		"写到一半可以按 Esc 停下,已经写好的留着,再写一次就补齐。",
	}
}

func (s *issue) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case issueRead:
		s.units = m.units
		return nil
	case keyReady:
		return m.ready()
	}
	return s.update(msg, s.begin)
}

// begin writes the cards below a folder, once the key is open.
func (s *issue) begin(dir string) tea.Cmd {
	s.fault, s.notes = "", nil
	switch {
	case s.app.Ledger.ReadOnly():
		s.fault = "台账是只读打开的,不能签发;请关掉别的窗口,重新打开程序"
		return nil
	case s.units == 0:
		s.fault = "还没有单位名单,不知道给谁发启动卡;请先在菜单里选“取入单位名单”"
		return nil
	}
	return keyAsk{app: s.app, then: func(key *bundle.CountyKey) tea.Cmd { return s.write(key, dir) }}.open()
}

func (s *issue) write(key *bundle.CountyKey, dir string) tea.Cmd {
	app := s.app
	return s.run(func(ctx context.Context, work *receiving) written { return writeCards(ctx, app, key, dir, work) })
}

// writeCards runs as a command.
func writeCards(ctx context.Context, app *ui.App, key *bundle.CountyKey, dir string, work *receiving) written {
	out := dir
	if filepath.Base(filepath.Clean(dir)) != cardsFolder {
		out = filepath.Join(dir, cardsFolder)
	}
	paths, p, err := county.Issue(ctx, app.Ledger, key, county.ProfilePath(app.Ledger), out, func(done, all int) {
		work.tell(done, all, "正在写启动卡,请不要拔下U盘(按 Esc 停下)")
	})
	if errors.Is(err, context.Canceled) {
		return written{notes: []string{fmt.Sprintf("停下了:已写好 %d 张,在“%s”里;再写一次就补齐", len(paths), ui.Clean(out))}}
	}
	if err == nil {
		err = keepFolder(app, "issue.folder", dir)
	}
	var notes []string
	if len(paths) > 0 && err == nil {
		notes = []string{fmt.Sprintf("已写出启动卡 %d 张,在“%s”里按乡镇分放;卡里的配置文件是第 %d 版", len(paths), ui.Clean(out), p.Version),
			"可以安全弹出U盘了。村里在“新建本村台账”里选自己的卡,就不用打字"}
	}
	var known *model.Error
	if len(paths) > 0 && errors.As(err, &known) {
		err = &model.Error{Code: known.Code, Message: fmt.Sprintf("写好了 %d 张,没有写完:%s", len(paths), known.Message)}
	}
	return written{notes, err}
}

func (s *issue) View() (string, *tea.Cursor) {
	head := "正在读取单位名单…"
	switch {
	case s.work != nil:
		head = "正在写启动卡…"
	case s.units == 0:
		head = "还没有单位名单:请先在菜单里选“取入单位名单”"
	case s.units > 0:
		head = fmt.Sprintf("名单上 %d 个单位,每个写一张启动卡:选中U盘按回车", s.units)
	}
	return s.view(head, s.app.Styles.Good.Render, "启动卡写在“启动卡”文件夹里,按乡镇分开;同名的换成新的。没有列出U盘时按 F4 重新找。"), nil
}
