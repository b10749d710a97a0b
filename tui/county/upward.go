package county

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/store/sums"
	"taizhang/tui/ui"
)

// upward is 上报上级: what goes up of a closed month is said, and then written to a stick.
type upward struct {
	outgoing
	month   model.Month
	detail  string
	whom    string        // the office above
	content *sums.Content // nil until it is gathered
}

var _ ui.Screen = (*upward)(nil)

// upwardRead tells what goes up.
type upwardRead struct {
	content *sums.Content
	err     error
}

// upwardFolder keeps the folder last taken.
const upwardFolder = "upward.folder"

func newUpward(app *ui.App, month model.Month, detail, whom string) ui.Screen {
	return &upward{month: month, detail: detail, whom: whom,
		outgoing: outgoing{app: app, to: places{app: app, setting: upwardFolder, what: "报送包"}, below: 8}}
}

// Title implements ui.Screen.
func (s *upward) Title() string { return "上报上级" }

// Unsaved implements ui.Screen.
func (s *upward) Unsaved() string {
	if s.work != nil {
		return "正在写报送包"
	}
	return ""
}

// Init implements ui.Screen.
func (s *upward) Init() tea.Cmd {
	app, o := s.app, sums.Options{Month: s.month, Detail: s.detail}
	return tea.Batch(s.to.lookAgain(), func() tea.Msg {
		c, err := sums.Read(app.Ctx, app.Ledger, o)
		return upwardRead{c, err}
	})
}

// Hints implements ui.Screen.
func (s *upward) Hints() []ui.Hint {
	if s.work != nil {
		return nil
	}
	return []ui.Hint{{Action: ui.Open, Label: "写报送包"}, {Action: ui.Find, Label: "重新找U盘"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (s *upward) Help() []string {
	return []string{
		"把封了账的一个月的汇总数字写成报送包(.tzs),加密给上级,只有上级打得开。选中U盘按回车写出来,把U盘交给上级。",
		"里面没有一个人:没有姓名、身份证号、电话、住址,也没有它们的校验值。有什么,写以前就列在下面。",
		"上级收了会写回执到U盘上,在“上报记录”里按 F2 取回来以后,上报的状态就变成“已接收”。报过以后再报一次,上级按差额看得出改了哪些数。",
	}
}

// Update implements ui.Screen.
func (s *upward) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(upwardRead); ok {
		s.content = m.content
		var cmd tea.Cmd
		s.fault, cmd = faultText(m.err)
		return cmd
	}
	return s.update(msg, s.begin)
}

// begin writes the bundle into a folder.
func (s *upward) begin(dir string) tea.Cmd {
	if s.content == nil {
		return nil
	}
	s.fault, s.notes = "", nil
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是只读打开的,不能上报;请关掉别的窗口,重新打开程序"
		return nil
	}
	app, c, whom := s.app, s.content, s.whom
	return s.run(func(ctx context.Context, work *receiving) written {
		work.tell(0, 1, "正在写报送包,请不要拔下U盘")
		sent, err := sums.Export(ctx, app.Ledger, c, sums.Options{Month: c.Month, Dir: dir})
		if err == nil {
			err = keepFolder(app, upwardFolder, dir)
		}
		if err != nil {
			return written{err: err}
		}
		return written{notes: []string{"已写出:" + ui.Clean(sent.Path),
			fmt.Sprintf("第 %d 号,%d 字节,校验码 %s", sent.Sequence, sent.Size, sent.FileHash[:min(len(sent.FileHash), 16)]),
			"可以安全弹出U盘了,把它交给“" + ui.Clean(whom) + "”"}}
	})
}

// View implements ui.Screen.
func (s *upward) View() (string, *tea.Cursor) {
	head, idle := "正在读取封账的数字…", []string{}
	switch {
	case s.work != nil:
		head = "正在写报送包…"
	case s.content != nil:
		head = fmt.Sprintf("%s的汇总报给“%s”:选中U盘按回车", s.month.Chinese(), ui.Clean(s.whom))
		idle = append(idle, s.content.Text()...)
		if len(s.content.Hidden) > 0 {
			idle = append(idle, "下面这些分项的名称里有人的姓名,不写出名称,数字照报:"+ui.Clean(strings.Join(s.content.Hidden, "、")))
		}
	case s.fault != "":
		head = s.month.Chinese() + "不能上报"
	}
	return s.view(head, s.app.Styles.Good.Render, idle...), nil
}

// askUpward offers to report a closed month to the office above, township by township or
// unit by unit. It runs as a command.
func askUpward(app *ui.App, month model.Month) tea.Msg {
	above, err := send.Above(app.Ctx, app.Ledger)
	var known *model.Error
	switch {
	case err != nil && !errors.As(err, &known):
		return ui.Failed{Err: err}
	case err != nil || above == nil:
		return ui.Ask{Title: month.Chinese() + "已封账", Text: "汇总照封账时的数字显示,在“汇总”里看。\n要把它报给上级(地市、省),先在“设置”里取入上级的配置文件。", Choices: []ui.Choice{{Label: "知道了"}}}
	}
	to := func(detail string) tea.Cmd {
		return ui.Do(ui.Push{Screen: newUpward(app, month, detail, above.Name)})
	}
	return ui.Ask{Title: "上报上级", Text: fmt.Sprintf("把%s封账的汇总数字报给“%s”吗?\n只报数字,没有一个人。细到哪一级,照上级的要求选。", month.Chinese(), ui.Clean(above.Name)),
		Choices: []ui.Choice{{Label: "返回,先不报"}, {Label: "报到乡镇", Cmd: to(bundle.DetailTownship)}, {Label: "报到每个单位", Cmd: to(bundle.DetailUnit)}}}
}
