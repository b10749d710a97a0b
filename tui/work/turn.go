package work

import tea "charm.land/bubbletea/v2"

// inTurn runs commands one after the other, each telling what it brings as it ends. All at
// once would be no sooner done on a machine of two cores, and would hold a connection to the
// ledger each.
func inTurn(steps []tea.Cmd) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(steps))
	var before chan struct{}
	for _, step := range steps {
		if step == nil {
			continue
		}
		wait, done := before, make(chan struct{})
		before = done
		cmds = append(cmds, func() tea.Msg {
			defer close(done)
			if wait != nil {
				<-wait
			}
			return step()
		})
	}
	return tea.Batch(cmds...)
}
