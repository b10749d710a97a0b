package ui

import tea "charm.land/bubbletea/v2"

// Undo takes the last change of this sitting back, says what it was and lets every screen
// read anew.
func (a *App) Undo() tea.Cmd {
	if a.Ledger.ReadOnly() {
		return a.OnlyLooking()
	}
	return func() tea.Msg {
		what, err := a.Ledger.Undo(a.Ctx)
		switch {
		case err != nil:
			return Failed{Err: err}
		case what == "":
			return Status{Text: "没有可以撤销的:这次打开程序以后还没有保存或删除过"}
		}
		return tea.BatchMsg{Do(Changed{}), Do(Status{Text: what})}
	}
}

// OnlyLooking says why nothing can be changed in a ledger opened for reading.
func (a *App) OnlyLooking() tea.Cmd {
	return Do(Status{Fault: true, Text: "这本台账是只读打开的,只能看、不能改;要改,请关掉正在用它的那个程序,再重新打开"})
}

// Own reports whether a record of that organisation may be changed here: a county shows
// the villages' records and changes none of them.
func (a *App) Own(orgID string) bool {
	home := a.Ledger.Home()
	return orgID == "" || home == nil || orgID == home.ID
}
