package county

import (
	"errors"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// askFolder asks for a folder with bundles that is no stick, and takes it in.
func (s *Receive) askFolder() tea.Cmd {
	ask := ui.PathAsk{Title: "其他文件夹", Help: "报送包在哪个文件夹,按 ↓ 从列表里选:", Path: ui.FolderPath(s.other), Folder: true,
		Done: func(path string) tea.Cmd {
			s.other = path
			return tea.Sequence(ui.Do(ui.Pop{}), s.begin(path))
		}}
	return ui.Do(ui.Push{Screen: ui.NewPathBox(s.app, ask)})
}

// keyMissing tells that there is no key where it was looked for.
func keyMissing(err error) bool {
	var known *model.Error
	return errors.As(err, &known) && known.Code == "E-NOKEY"
}

// askKey asks where the county's key is, when it is neither beside the ledger nor on
// a stick, and goes on with it.
func (s *Receive) askKey(why error) tea.Cmd {
	ask := ui.PathAsk{Title: KeysName(s.app), Help: why.Error() + "。放好以后按 Esc,再按一次回车;也可以在这里写出它的位置,或按 ↓ 从列表里选:",
		Path: ui.FolderPath(filepath.Dir(s.app.Ledger.Path())), Exts: []string{".key"},
		Done: func(path string) tea.Cmd {
			s.app.Key.Path, s.keyAsked = path, true
			return tea.Sequence(ui.Do(ui.Pop{}), s.openKey(""))
		}}
	return ui.Do(ui.Push{Screen: ui.NewPathBox(s.app, ask)})
}
