package tui

import (
	"errors"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/vault"
	"taizhang/tui/ui"
)

// forgotten is the way back to an encrypted ledger whose passphrase is forgotten: over the
// county, which answers with a file and four words.
type forgotten struct {
	app        *ui.App
	o          Options
	answerable bool // the county can answer
	rows       ui.ShortForm
	busy, said string
	w, h       int
}

var _ ui.Revealer = (*forgotten)(nil)

// carried tells where the file for the county was written; notReset that the county's
// answer didn't do.
type (
	carried  struct{ path string }
	notReset struct{ err error }
)

// answerFile asks for the county's answer.
var answerFile = ui.PathAsk{Title: "选县里给的开锁文件", Help: "县里给的文件(开锁_….age)在哪里,按 ↓ 从列表里选:", Exts: []string{".age"}, Stick: true}

func newForgotten(app *ui.App, o Options) *forgotten {
	f := &forgotten{app: app, o: o, answerable: vault.Answerable(o.Path)}
	f.rows.App = app
	if !f.answerable {
		f.rows.Rows = []*ui.ShortRow{{Name: "back", Label: "返回打口令", Act: func() tea.Cmd { return ui.Do(ui.Pop{}) }}}
		return f
	}
	file := ui.TextRow(app, "file", "县里给的文件", "", "按回车(或 F3)从列表里选")
	file.Browse, file.Needed = &answerFile, true
	secret := ui.TextRow(app, "secret", "新口令", "", "至少 6 个字,可以用汉字;写在纸上锁好")
	again := ui.TextRow(app, "again", "再打一遍", "", "两遍一样才算数")
	secret.Input.Secret, again.Input.Secret = true, true
	f.rows.Rows = []*ui.ShortRow{
		{Name: "carry", Label: "拷到U盘", Note: "第 1 步:一个小文件,交给县里", Act: f.carry},
		file,
		ui.TextRow(app, "words", "四个词", "", "县里在电话里念的,一个一个打上,中间空一格"),
		secret,
		again,
		{Name: "reset", Label: "换成新口令,打开台账", Act: f.reset},
	}
	return f
}

// Reveal implements ui.Revealer.
func (f *forgotten) Reveal() bool { return f.busy == "" && f.rows.Reveal() }

func (f *forgotten) Init() tea.Cmd    { return nil }
func (f *forgotten) Title() string    { return "忘记口令" }
func (f *forgotten) Unsaved() string  { return "" }
func (f *forgotten) SetSize(w, h int) { f.w, f.h = w, h }

func (f *forgotten) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回打口令"}
	switch {
	case f.busy != "":
		return nil
	case !f.answerable:
		return []ui.Hint{back}
	}
	return []ui.Hint{{Action: ui.Save, Label: "换成新口令"}, f.rows.RevealHint(), back}
}

func (f *forgotten) Help() []string {
	return []string{
		"忘了口令,程序自己没有后门,只有县里能开:加密的时候,台账的钥匙给县里锁了一份,只有县里的密钥打得开。",
		"第 1 步,把一个小文件拷到U盘交给县里(里面只有钥匙,没有记录;别人拿了也打不开)。",
		"第 2 步,打县里平时的电话,说是哪个村、忘了口令。县里核对是您本人,给您一个开锁文件,在电话里念四个词。",
		"第 3 步,回到这里选那个文件,打上四个词,再定一个新口令。台账和以前的加密备份都在,一条不少。",
		"四个词只在电话里念,不要和文件写在一起。",
	}
}

func (f *forgotten) above() []string {
	texts := []string{
		"这本台账加密的时候没有取入县里的配置文件,县里也开不了。请再想一想:是不是大写锁定开着、输入法没切好、中间有空格。",
		"实在想不起来,还有两个办法:用没有加密的旧备份恢复;或者打县里的电话,请县里用您最后一次上报的报送包给您恢复一本台账。",
	}
	if f.answerable {
		texts = []string{
			"县里能开,记录一条不少。三步:",
			"1. 插上U盘,在“拷到U盘”上按回车,把拷出的小文件交给县里(没有县里的密钥,谁也打不开它)。",
			"2. 打县里平时的电话,说忘了口令。县里给您一个开锁文件,在电话里念四个词。",
			"3. 在下面选那个文件,打四个词,定一个新口令。",
		}
	}
	lines := []string{""}
	for _, t := range texts {
		for i, l := range ui.Wrap(t, max(f.w-8, 20)) {
			if i > 0 && f.answerable {
				l = "   " + l
			}
			lines = append(lines, "  "+l)
		}
		if !f.answerable {
			lines = append(lines, "")
		}
	}
	if f.answerable {
		lines = append(lines, "")
	}
	return lines
}

func (f *forgotten) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case carried:
		f.busy, f.said = "", "已拷到 "+m.path+"。接着做第 2 步。"
		f.rows.Focus("file")
		return nil
	case notReset:
		return f.failed(m.err)
	case notOpened:
		f.busy = ""
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(m)) // the new passphrase holds
	}
	if f.busy != "" {
		return nil
	}
	return f.rows.Drive(msg, len(f.above()), f.reset)
}

func (f *forgotten) failed(err error) tea.Cmd {
	f.busy = ""
	var known *model.Error
	if !errors.As(err, &known) {
		return ui.Do(ui.Failed{Err: err})
	}
	row := map[string]string{"E-WORDS": "words", "E-SHORT": "secret", "E-KEY": "file", "E-KEYBOX": "file", "E-NOFILE": "file"}[known.Code]
	if row == "" {
		return ui.Do(ui.Failed{Err: err})
	}
	return f.fault(row, known.Message)
}

func (f *forgotten) fault(row, text string) tea.Cmd {
	f.rows.Row(row).Fault = text
	f.rows.Focus(row)
	return nil
}

// carry writes the small file to the stick.
func (f *forgotten) carry() tea.Cmd {
	drives, path := f.app.Drives(), f.o.Path
	if len(drives) == 0 {
		return f.fault("carry", "没有找到U盘,请插好再按一次。拷不了的,也可以自己把 "+filepath.Base(vault.CountyFile(path))+" 拷给县里,它和台账在一个文件夹里")
	}
	f.rows.Row("carry").Fault = ""
	f.busy = "正在拷到U盘…"
	return func() tea.Msg {
		to, err := vault.Carry(path, drives[0])
		if err != nil {
			return notReset{err}
		}
		return carried{to}
	}
}

// reset takes the county's answer in and opens the ledger.
func (f *forgotten) reset() tea.Cmd {
	if f.busy != "" || !f.answerable {
		return nil
	}
	for _, r := range f.rows.Rows {
		r.Fault = ""
	}
	file, words := f.rows.Value("file"), f.rows.Value("words")
	first, again := f.rows.Row("secret").Input.Value(), f.rows.Row("again").Input.Value()
	switch row, text := ui.NewSecret(first, again, vault.Shortest); {
	case file == "":
		return f.fault("file", "请选县里给的开锁文件;还没有的,先做第 1、2 步")
	case words == "":
		return f.fault("words", "请打县里在电话里念的四个词")
	case row != "":
		return f.fault(row, text)
	}
	f.busy, f.said = "正在核对,换成新口令,打开台账…", ""
	ctx, path, unseal := f.app.Ctx, f.o.Path, f.o.Unseal
	return func() tea.Msg {
		if err := vault.Reset(ctx, path, ui.CompletePath(file, answerFile), words, first); err != nil {
			return notReset{err}
		}
		return unsealed(ctx, unseal, first)
	}
}

func (f *forgotten) View() (string, *tea.Cursor) {
	lines, cursor := f.rows.Below(f.above(), f.w)
	switch {
	case f.busy != "":
		cursor = nil
		lines = append(lines, "", "  "+f.busy)
	case f.said != "":
		for _, l := range ui.Wrap(f.said, max(f.w-4, 20)) {
			lines = append(lines, "  "+f.app.Styles.Good.Render(l))
		}
	}
	return strings.Join(lines, "\n"), cursor
}
