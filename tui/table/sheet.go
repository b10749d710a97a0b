package table

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// output says what of the table is written, and how.
type output struct {
	path    string
	csv     bool
	columns []string // nil for every field
	showIDs bool
	orgs    bool // tell whose each record is
	// What whole numbers are for, and for whom.
	purpose, receiver string
}

// openSheet offers what can be done with sheets.
func (t *tableScreen) openSheet() tea.Cmd {
	return ui.Do(ui.Push{Screen: t.sheetBox()})
}

func (t *tableScreen) sheetBox() *ui.ListBox {
	shown := make([]string, len(t.cols))
	for i, c := range t.cols {
		shown[i] = c.name
	}
	shown = withoutOrg(shown)
	write := func(o output) func() tea.Cmd { return func() tea.Cmd { return t.askIDs(o) } }
	items := []ui.Item{
		{Label: "写成 Excel 文件,表上这些列", Key: "1", Run: write(output{columns: shown})},
		{Label: "写成 Excel 文件,全部各项", Key: "2", Run: write(output{})},
		{Label: "写成 CSV 文件,表上这些列", Key: "3", Run: write(output{columns: shown, csv: true})},
		{Label: "写成 CSV 文件,全部各项", Key: "4", Run: write(output{csv: true})},
		{Label: "从 Excel 或 CSV 文件读入…", Key: "5", Run: func() tea.Cmd {
			if t.app.Ledger.ReadOnly() {
				return tea.Batch(ui.Do(ui.Pop{}), t.write(nil))
			}
			return t.askPath(t.readBox)
		}},
		{Label: "做一张空白模板,填好后读入", Key: "6", Run: func() tea.Cmd { return t.askPath(t.templateBox) }},
	}
	b := ui.NewListBox(t.app, "表格文件", items, nil)
	_, what := t.written()
	b.Text = "写出的是" + what
	return b
}

// askIDs asks whether ID numbers and phones are to be written whole, where there
// are any: a sheet to hang up should not hold them.
func (t *tableScreen) askIDs(o output) tea.Cmd {
	next := func(o output) tea.Cmd {
		return t.askPath(func(folder string) ui.Screen { return t.writeBox(o, folder) })
	}
	if !t.masks(o.columns) {
		return next(o)
	}
	choose := func(whole bool) func() tea.Cmd {
		return func() tea.Cmd {
			if o.showIDs = whole; whole {
				return t.askPurpose(o, next)
			}
			return next(o)
		}
	}
	b := ui.NewListBox(t.app, "身份证号和电话", []ui.Item{
		{Label: "只写一部分", Note: "张贴、传阅用", Key: "1", Run: choose(false)},
		{Label: "写全", Note: "报送、存档用,文件要保管好", Key: "2", Run: choose(true)},
	}, nil)
	b.OnBack = func() tea.Cmd { return t.replace(t.sheetBox()) }
	return t.replace(b)
}

// masks tells whether any of the columns holds values that tables hide in part.
func (t *tableScreen) masks(columns []string) bool {
	for _, f := range t.kind.Fields() {
		if _, ok := f.Type.(model.Masker); ok && (columns == nil || contained(columns, f.Name)) {
			return true
		}
	}
	return false
}

func contained(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// askPath finds the folder used last, then puts the box made for it on the screen.
func (t *tableScreen) askPath(box func(folder string) ui.Screen) tea.Cmd {
	return func() tea.Msg {
		folder, err := ui.LastFolder(t.app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Replace{Screen: box(ui.FolderPath(folder))}
	}
}

// fileName proposes a name: kind, view and day.
func (t *tableScreen) fileName(ext string) string {
	name := t.kind.Title
	if len(t.kind.Views) > 0 && t.view.Name != "" {
		name += "_" + t.view.Name
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	return name + "_" + string(t.app.Ledger.Source().Today()) + ext
}

func (t *tableScreen) writeBox(o output, folder string) ui.Screen {
	ext := ".xlsx"
	if o.csv {
		ext = ".csv"
	}
	done := func(path string) tea.Cmd {
		o.path = withExt(path, ext)
		return t.asking(o.path, t.writeOut(o))
	}
	return ui.NewPathBox(t.app, ui.PathAsk{Title: "写成文件", Help: "写到哪里、叫什么名字:", Path: folder + t.fileName(ext), Exts: []string{ext},
		New: true, Done: done, Return: func() tea.Cmd { return t.replace(t.sheetBox()) }})
}

func withExt(path, ext string) string {
	if strings.EqualFold(filepath.Ext(path), ext) {
		return path
	}
	return path + ext
}

// asking runs the command that writes a file; where there is one already it asks
// first, and the box with the path stays open under the question.
func (t *tableScreen) asking(path string, cmd tea.Cmd) tea.Cmd {
	return func() tea.Msg {
		info, err := os.Stat(path)
		switch {
		case err == nil && info.IsDir():
			return ui.Failed{Err: model.Errorf("E-PATH", "%s 是一个文件夹,请在后面写上文件名", path)}
		case err == nil:
			return ui.Ask{Title: "已有这个文件", Text: path + "\n已经有这个文件。要用新的盖掉它吗?", Choices: []ui.Choice{
				{Label: "不盖掉,另起一个名字"},
				{Label: "盖掉", Cmd: tea.Sequence(ui.Do(ui.Pop{}), cmd)},
			}}
		case !errors.Is(err, os.ErrNotExist):
			return ui.Failed{Err: pathError(path, err)}
		}
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Status{Text: "正在写 " + filepath.Base(path) + " …"}), cmd)()
	}
}

// pathError says what the person can do about a file that can't be reached.
func pathError(path string, err error) error {
	return store.ReadFault(err, path)
}

func (t *tableScreen) writeOut(o output) tea.Cmd {
	l, ctx, kind := t.app.Ledger, t.app.Ctx, t.kind
	q, _ := t.written()
	o.orgs = t.app.County
	return func() tea.Msg {
		if o.showIDs { // before the writing: no such sheet leaves without a trace
			err := l.NoteHandOut(ctx, store.HandedOut{Title: "列表:" + kind.Title, Purpose: o.purpose, Receiver: o.receiver, File: o.path})
			if err != nil {
				return ui.Failed{Err: err}
			}
		}
		n, err := writeSheet(ctx, l, q, kind, o)
		if err != nil {
			return ui.Failed{Err: pathError(o.path, err)}
		}
		if err := ui.KeepFolder(t.app, o.path); err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Status{Text: fmt.Sprintf("已写成 %s,共 %d 条", filepath.Base(o.path), n)}
	}
}

func writeSheet(ctx context.Context, l *store.Ledger, q store.Query, kind *model.Kind, o output) (int, error) {
	table := sheet.Table{Kind: kind, Columns: o.columns, ShowIDs: o.showIDs, Env: l.Env(ctx)}
	if home := l.Home(); home != nil {
		table.Title = home.Str("name")
	}
	if o.orgs {
		names, err := l.OrganisationNames(ctx)
		if err != nil {
			return 0, wrap("names of organisations", err)
		}
		table.Orgs = names
	}
	err := l.Each(ctx, q, func(r *model.Record) error {
		table.Records = append(table.Records, r)
		return nil
	})
	if err != nil {
		return 0, wrap("read "+kind.Name, err)
	}
	if o.csv {
		err = sheet.WriteCSV(ctx, o.path, table, true)
	} else {
		err = sheet.WriteXLSX(ctx, o.path, table)
	}
	return len(table.Records), err
}

func (t *tableScreen) templateBox(folder string) ui.Screen {
	name := folder + t.kind.Title + "_模板.xlsx"
	done := func(path string) tea.Cmd {
		path = withExt(path, ".xlsx")
		ctx, kind := t.app.Ctx, t.kind
		return t.asking(path, func() tea.Msg {
			if err := sheet.Template(ctx, kind, path); err != nil {
				return ui.Failed{Err: pathError(path, err)}
			}
			if err := ui.KeepFolder(t.app, path); err != nil {
				return ui.Failed{Err: err}
			}
			return ui.Status{Text: "已写成 " + filepath.Base(path) + ";填好以后按 F7 读入"}
		})
	}
	return ui.NewPathBox(t.app, ui.PathAsk{Title: "空白模板", Help: "模板写到哪里、叫什么名字:", Path: name, Exts: []string{".xlsx"},
		New: true, Done: done, Return: func() tea.Cmd { return t.replace(t.sheetBox()) }})
}

func (t *tableScreen) readBox(folder string) ui.Screen {
	return ui.NewPathBox(t.app, ui.PathAsk{Title: "读入文件", Help: "读入哪个文件(.xlsx 或 .csv),按 ↓ 从列表里选:", Path: folder, Exts: []string{".xlsx", ".csv"},
		Done:   func(path string) tea.Cmd { return t.replace(newPreview(t.app, t.kind, path)) },
		Return: func() tea.Cmd { return t.replace(t.sheetBox()) }})
}
