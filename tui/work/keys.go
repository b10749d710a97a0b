package work

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	storecounty "taizhang/store/county"
	"taizhang/tui/county"
	"taizhang/tui/ui"
)

// countyState is what the county's part of the work table says.
type countyState struct {
	key  *storecounty.KeyState // nil where it can't be told
	late map[model.Month]int   // of how many units bundles have come since, by closed month
}

// countyOf tells how the county's key stands, and what has come of months that are closed.
// What keeps the key from being told is no reason to show nothing else: the screen of the
// key says it.
func countyOf(app *ui.App) (s *countyState, err error) {
	s = &countyState{}
	if s.late, err = storecounty.ArrivedCounts(app.Ctx, app.Ledger); err != nil {
		return nil, err
	}
	s.key, err = storecounty.KeyStateOf(app.Ctx, app.Ledger)
	if known := (*model.Error)(nil); errors.As(err, &known) {
		s.key, err = nil, nil
	}
	return s, err
}

// keyItem leads to 县里的密钥, and reminds of the copy that is missing.
func (s *work) keyItem() ui.Item {
	it := ui.Item{Key: "keys", Label: "县里的密钥", Note: "备份、打印、换密钥", Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: county.NewKeys(s.app)}) }}
	if s.county != nil && s.county.key != nil && s.county.key.Backup == "" {
		it.Note, it.Style = "还没有备份!", s.app.Styles.Fault
	}
	return it
}

func (s *work) pane() *ui.Chooser {
	if s.inLeft {
		return &s.left
	}
	return &s.right
}

func (s *work) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Next), ui.Is(m, ui.Previous):
		s.inLeft = !s.inLeft
	case m.String() == "left", m.String() == "right":
		before, had := s.pane().Selected()
		s.pane().Update(m)
		if after, _ := s.pane().Selected(); had && after.Key != before.Key {
			return nil // another column of the same pane
		}
		s.inLeft = m.String() == "left"
	case ui.Is(m, ui.Open):
		return s.open()
	case ui.Is(m, ui.New) && !s.app.County:
		return s.openToday()
	default:
		s.chose = s.chose || !s.inLeft
		s.pane().Update(m)
		return nil
	}
	s.left.Muted, s.right.Muted = !s.inLeft, s.inLeft
	return nil
}

func (s *work) open() tea.Cmd {
	if it, ok := s.pane().Selected(); ok && it.Run != nil {
		return it.Run()
	}
	return nil
}
