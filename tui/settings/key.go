package settings

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/store/send"
	"taizhang/tui/ui"
)

// keyChanged tells that a profile stands under a key that nobody has announced: two people
// have to compare its check digits.
type keyChanged struct {
	path, pinned string // pinned: the check digits of the key on file
	before       int    // the version on file
}

// newKeyIn gives the check digits of the pinned key where a profile stands under another
// one that only digits can vouch for; "" else, also where the profile can't be read.
func newKeyIn(app *ui.App, l *store.Ledger, path string) string {
	data, err := readProfile(path)
	if err != nil {
		return ""
	}
	digits, pinned, err := send.NewKey(app.Ctx, l, data)
	if err != nil || digits == "" {
		return ""
	}
	return pinned
}

// askDigits asks for the eight digits that the county reads out.
func (s *settings) askDigits(m keyChanged) tea.Cmd {
	l, ctx := s.app.Ledger, s.app.Ctx
	help := fmt.Sprintf("这份文件的密钥与已取入的(校验数字 %s)不同:县里丢了密钥、换了新的才会这样。请打县里平时的电话,让他们念新的八位校验数字,打在这里;县里说没有换、或者数字对不上的,不要取。", m.pinned)
	return ui.Do(ui.Push{Screen: newLine(s.app, "县里换了密钥吗", help, "", func(typed string) (tea.Cmd, error) {
		code := l.Home().Str("code")
		data, err := readProfile(m.path)
		if err == nil {
			err = send.TrustProfile(ctx, l, data, typed)
		}
		if err != nil {
			return nil, err
		}
		return func() tea.Msg {
			p, err := send.Profile(ctx, l)
			if err != nil {
				return settingsFault{err}
			}
			return profileTaken{m.before, p.Version, code}
		}, nil
	})})
}
