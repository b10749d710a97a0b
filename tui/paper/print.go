package paper

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper"
	"taizhang/tui/ui"
)

// job is how a paper is written.
type job struct {
	whole             bool
	purpose, receiver string
}

// written tells where a paper was written, and whether it was opened.
type written struct {
	path   string
	opened bool
	err    error // why it could not be opened
}

func (m written) text() []string {
	lines := []string{"已写成:" + m.path}
	switch {
	case m.opened:
		lines = append(lines, "已请电脑上的表格程序打开它,在那里打印。")
	case m.err != nil:
		var known *model.Error
		why := "这台电脑没有能打开它的程序"
		if errors.As(m.err, &known) {
			why = known.Message
		}
		lines = append(lines, "没能自动打开("+why+"),文件还在上面写的地方,可以拷到别的电脑上打印。")
	default:
		lines = append(lines, "U盘可以拿到能打印的电脑上用。")
	}
	return lines
}

// folderSetting keeps the folder that was chosen last.
const folderSetting = "paper.folder"

// print asks what there is to ask, and writes the paper.
func (p *preview) print() tea.Cmd {
	switch {
	case p.pages == nil:
		return nil
	case !p.paper.Whole || p.paper.Posting || p.of.blank:
		return p.askWhere(job{}, push)
	}
	hidden := func() tea.Cmd { return p.askWhere(job{}, replace) }
	whole := func() tea.Cmd {
		if p.app.Ledger.ReadOnly() {
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Status{Fault: true, Text: "台账是只读打开的,用途记不下来,不能写全号码;请正常打开台账再打印"}))
		}
		return p.askPurpose
	}
	b := ui.NewListBox(p.app, "身份证号、电话和住址", []ui.Item{
		{Key: "1", Label: "隐去一部分", Note: "传阅、张贴、自己看用", Run: hidden},
		{Key: "2", Label: "写全", Note: "要填用途和接收单位,记进修改记录", Run: whole},
	}, nil)
	return ui.Do(ui.Push{Screen: b})
}

func push(s ui.Screen) tea.Msg    { return ui.Push{Screen: s} }
func replace(s ui.Screen) tea.Msg { return ui.Replace{Screen: s} }

// leaveUnprinted is what Esc does to a slip of printing.
const leaveUnprinted = "不打印了"

// askPurpose asks for what and for whom the whole numbers are, and proposes what the
// paper says of itself, else what was said of it last. It runs as a command.
func (p *preview) askPurpose() tea.Msg {
	purpose, receiver, err := p.suggest()
	if err != nil {
		return ui.Failed{Err: err}
	}
	box := ui.NewSlip(p.app, ui.SlipAsk{Title: "写全号码的用途", Leave: leaveUnprinted, Help: []string{"身份证号、电话和住址会写全,页脚印“内部资料”。下面两项记进修改记录。"},
		Done: func(box *ui.Slip) tea.Cmd {
			j := job{whole: true, purpose: box.Value("purpose"), receiver: box.Value("receiver")}
			for _, name := range []string{"purpose", "receiver"} {
				if box.Value(name) == "" {
					box.Row(name).Fault = "写全号码一定要填这一项"
					box.Focus(name)
					return nil
				}
			}
			return p.askWhere(j, replace)
		}},
		ui.TextRow(p.app, "purpose", "用途", purpose, "例如:年底党员统计核对"),
		ui.TextRow(p.app, "receiver", "接收单位", receiver, "例如:柳河镇党委"))
	return replace(box)
}

func (p *preview) suggest() (purpose, receiver string, err error) {
	if p.paper.Suggest != nil {
		q, err := p.of.request(p.app, p.paper)
		if err != nil {
			return "", "", err
		}
		purpose, receiver = p.paper.Suggest(q)
		return purpose, receiver, nil
	}
	past, err := p.app.Ledger.HandedOut(p.app.Ctx, 0)
	if err != nil {
		return "", "", err
	}
	for _, h := range past {
		if strings.HasPrefix(h.Title, p.paper.Title) {
			return h.Purpose, h.Receiver, nil
		}
	}
	return "", "", nil
}

// askWhere offers the folders to write to; show opens the box.
func (p *preview) askWhere(j job, show func(ui.Screen) tea.Msg) tea.Cmd {
	return func() tea.Msg {
		places, last, err := places(p.app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		items := make([]ui.Item, 0, len(places)+1)
		for _, pl := range places {
			items = append(items, ui.Item{Key: pl.dir, Label: pl.label, Note: pl.dir, Run: func() tea.Cmd {
				return tea.Sequence(ui.Do(ui.Pop{}), p.write(j, pl))
			}})
		}
		items = append(items, ui.Item{Key: "other", Label: "别的文件夹…", Run: func() tea.Cmd {
			return ui.Do(ui.Replace{Screen: p.askFolder(j, last)})
		}})
		return show(ui.NewListBox(p.app, "写到哪里", items, nil))
	}
}

// askFolder asks for a folder's path.
func (p *preview) askFolder(j job, last string) ui.Screen {
	done := func(box *ui.Slip) tea.Cmd {
		dir := ui.TypedPath(box.Value("folder"))
		return func() tea.Msg {
			if err := store.CheckPlace(dir); err != nil {
				return ui.Failed{Err: err}
			}
			dir, err := filepath.Abs(dir)
			if err == nil && !p.app.Ledger.ReadOnly() {
				err = p.app.Ledger.SetSetting(p.app.Ctx, folderSetting, dir)
			}
			if err != nil {
				return ui.Failed{Err: err}
			}
			return tea.Sequence(ui.Do(ui.Pop{}), p.write(j, place{dir: dir, open: true}))()
		}
	}
	return ui.NewSlip(p.app, ui.SlipAsk{Title: "写到哪个文件夹", Leave: leaveUnprinted, Help: []string{"写文件夹的位置,或把文件夹拖进窗口。"}, Done: done},
		ui.TextRow(p.app, "folder", "文件夹", last, ""))
}

// write makes the paper anew, for what is on file may have changed, keeps for what whole
// numbers are written, writes the file and opens it. No older file is written over.
func (p *preview) write(j job, to place) tea.Cmd {
	of, app := p.of, p.app
	return func() tea.Msg {
		q, err := of.request(app, p.paper)
		if err != nil {
			return ui.Failed{Err: err}
		}
		q.Whole, q.Purpose, q.Receiver = j.whole, j.purpose, j.receiver
		made, err := paper.Make(app.Ctx, p.paper, q)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if to.make {
			if err := store.MakePlace(to.dir); err != nil {
				return ui.Failed{Err: err}
			}
		}
		path, err := freeName(to.dir, made.FileName())
		if err == nil {
			err = made.Note(app.Ctx, path)
		}
		if err == nil {
			err = made.WriteXLSX(app.Ctx, path)
		}
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := written{path: path}
		if to.open {
			m.err = openFile(app, path)
			m.opened = m.err == nil
		}
		return m
	}
}

// sameNames is how many files of one name a folder may hold.
const sameNames = 200

// freeName gives a path in a folder that no file has: NAME.xlsx, NAME(2).xlsx …
func freeName(dir, name string) (string, error) {
	stem := strings.TrimSuffix(name, ".xlsx")
	for n := 1; n < sameNames; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s(%d).xlsx", stem, n))
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return path, nil
		case err != nil:
			return "", model.Errorf("E-FOLDER", "打不开文件夹“%s”,请检查它还在不在、有没有权限", dir)
		}
	}
	return "", model.Errorf("E-WRITE", "文件夹“%s”里同名的文件太多了,请先清理", dir)
}
