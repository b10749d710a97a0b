package settings

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/store/send"
	"taizhang/tui/backups"
	"taizhang/tui/ui"
	"taizhang/tui/work"
)

// folderSetting keeps the folder in which sheets were last read or written.
const folderSetting = "sheet.folder"

// looksSettings are what is kept of how a kind's table looks.
func looksSettings(k *model.Kind) []string { return []string{"columns." + k.Name, "sort." + k.Name} }

// more reads what is kept of tables and forms. It runs in a command.
func (r *settingsRead) more(ctx context.Context, l *store.Ledger) (err error) {
	if r.first, err = l.Setting(ctx, store.SettingFirstMonth); err != nil {
		return err
	}
	var damaged *model.Error // then it is taken in anew
	if r.above, err = send.Above(ctx, l); err != nil && !errors.As(err, &damaged) {
		return err
	}
	if r.folder, err = l.Setting(ctx, folderSetting); err != nil {
		return err
	}
	if l.Kinds().Kind(membership.PersonKind) != nil {
		if r.persons, err = l.Count(ctx, store.Query{Kind: membership.PersonKind}); err != nil {
			return err
		}
	}
	if r.drafts, err = l.Drafts(ctx); err != nil {
		return err
	}
	if r.clear, err = clear.Find(ctx, l, clear.Options{}); err != nil {
		return err
	}
	for _, k := range l.Kinds().Kinds() {
		kept := ""
		for _, name := range looksSettings(k) {
			value, err := l.Setting(ctx, name)
			if err != nil {
				return err
			}
			kept += value
		}
		if kept != "" {
			r.looks = append(r.looks, k)
		}
		views, err := l.SavedViews(ctx, k.Name)
		if err != nil {
			return err
		}
		for _, v := range views {
			r.views = append(r.views, k.Title+"“"+v.Name+"”")
		}
	}
	return nil
}

func (s *settings) openDrafts() tea.Cmd {
	return ui.Do(ui.Push{Screen: work.NewDrafts(s.app, s.read.drafts)})
}

// askLooks asks before all tables look as the program has them.
func (s *settings) askLooks() tea.Cmd {
	l, ctx, kinds := s.app.Ledger, s.app.Ctx, s.read.looks
	reset := func() tea.Msg {
		for _, k := range kinds {
			for _, name := range looksSettings(k) {
				if err := l.SetSetting(ctx, name, ""); err != nil {
					return settingsFault{err}
				}
			}
		}
		return done{"表格的列和排序都改回了原来的样子;已经打开的表,关掉再打开就是"}
	}
	return ui.Do(ui.Ask{Title: "表格的列和排序", Text: fmt.Sprintf("把 %d 张表的列和排序都改回原来的样子吗?\n自存的视图和记录都不动。", len(kinds)),
		Choices: []ui.Choice{{Label: "不改"}, {Label: "都改回去", Cmd: reset}}})
}

// askFirst asks for the month from which the book is kept.
func (s *settings) askFirst() tea.Cmd {
	l, ctx, today := s.app.Ledger, s.app.Ctx, s.app.Today()
	return ui.Do(ui.Push{Screen: newLine(s.app, "从哪个月记起", "写月份,例如 "+string(today.Month())+";最晚是本月。以前就在册的党员,读入名册时算这个月以前在册。",
		s.read.first, func(typed string) (tea.Cmd, error) {
			m, err := model.ParseMonth(typed)
			if err != nil {
				return nil, model.Errorf("E-MONTH", "请写成 %s 这样的月份", today.Month())
			}
			if m > today.Month() {
				return nil, model.Errorf("E-MONTH", "最晚是本月(%s),请核对", today.Month().Chinese())
			}
			return func() tea.Msg {
				if err := l.SetSetting(ctx, store.SettingFirstMonth, string(m)); err != nil {
					return settingsFault{err}
				}
				return done{"台账从" + m.Chinese() + "记起"}
			}, nil
		})})
}

// askFolder asks for the folder of sheets.
func (s *settings) askFolder() tea.Cmd {
	l, ctx := s.app.Ledger, s.app.Ctx
	at := s.read.folder
	if at == "" {
		if home, err := os.UserHomeDir(); err == nil {
			at = home
		}
	}
	return ui.Do(ui.Push{Screen: newLine(s.app, "读写表格的文件夹", "写出文件夹的位置,也可以把文件夹拖进窗口;擦掉不写,就忘掉现在的。", at, func(typed string) (tea.Cmd, error) {
		dir := ui.TypedPath(typed)
		if info, err := os.Stat(dir); dir != "" && (err != nil || !info.IsDir()) {
			return nil, model.Errorf("E-FOLDER", "没有这个文件夹,请核对")
		}
		return func() tea.Msg {
			if err := l.SetSetting(ctx, folderSetting, dir); err != nil {
				return settingsFault{err}
			}
			if dir == "" {
				return done{"已忘掉原来的文件夹"}
			}
			return done{"以后先看这个文件夹:" + dir}
		}, nil
	})})
}

// openBackups opens the page on which backups are made and listed.
func (s *settings) openBackups() tea.Cmd { return ui.Do(ui.Push{Screen: backups.New(s.app)}) }
