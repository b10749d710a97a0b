package backups

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/store/copies"
	"taizhang/tui/ui"
)

// placeChosen brings the choice of a second place, "" for none.
type placeChosen struct {
	page *page
	dir  string
}

// setPlace sets the second place, and makes today's there. Where backups there must be
// encrypted, a passphrase is asked for first.
func (p *page) setPlace(dir string) tea.Cmd {
	if dir != "" && copies.Portable(dir, p.read.drives) && !p.read.status.Locked && !p.read.sealed {
		return p.askSecret(func() tea.Cmd { return p.setPlace(dir) })
	}
	ctx, l, drives, sealed := p.app.Ctx, p.app.Ledger, p.read.drives, p.read.sealed
	return p.work("正在备份,请不要拔U盘…", func() (string, error) {
		note, err := copies.SetPlace(ctx, l, dir, drives, sealed)
		if err != nil {
			return "", err
		}
		if dir == "" {
			return "以后不在别处自己备份", nil
		}
		if k := copies.Of(l); k != nil {
			if err := k.Daily(ctx); err != nil {
				return "", err
			}
		}
		text := "以后每天也备份到 " + dir
		if note != "" {
			text += "。" + note
		}
		return text, nil
	})
}

// askFolder asks for a folder, and gives it to next.
func (p *page) askFolder(title, help string, next func(dir string) tea.Cmd) tea.Cmd {
	at := ""
	if len(p.read.drives) > 0 {
		at = p.read.drives[0]
	}
	return ui.Do(ui.Push{Screen: ui.NewPathBox(p.app, ui.PathAsk{Title: title, Help: help, Path: at, Folder: true, Near: true,
		Done: func(path string) tea.Cmd {
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(folderChosen{p, path, next}))
		}})})
}

// folderChosen brings a folder that was asked for.
type folderChosen struct {
	page *page
	dir  string
	next func(dir string) tea.Cmd
}

// askSecret asks for a new passphrase; next, where set, goes on once it is kept.
func (p *page) askSecret(next func() tea.Cmd) tea.Cmd {
	return ui.Do(ui.Push{Screen: newSecret(p, next)})
}
