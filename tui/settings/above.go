package settings

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/table"
	"taizhang/tui/ui"
)

// An office takes in the profile of the one above it, to which the sums of closed months go.

// aboveKey tells that the profile of the office above stands under another key than the one
// that is pinned: two people have to compare its check digits.
type aboveKey struct{ path string }

// upwards is what is set about the office above; none of a province's.
func (s *settings) upwards() []entry {
	p := s.read.profile
	if !s.read.county || p == nil || send.LevelOf(p) == bundle.LevelProvince {
		return nil
	}
	e := entry{key: "above", label: "上级配置文件", value: "还没有,封了账的汇总数字不能上报", enter: "取入上级(" + s.app.Words().Higher + ")发来的文件", run: s.askAbove,
		explain: "上级把收汇总的密钥写在它的配置文件里发下来;取入以后,在“封账”里把封了账的月份报给它。上报的只有数字,没有一个人。"}
	if a := s.read.above; a != nil {
		e.value = fmt.Sprintf("%s(%s),第 %d 版,校验数字 %s", ui.Clean(a.Name), send.LevelOf(a), a.Version, bundle.CheckDigits(a.PublicKey))
	}
	return []entry{e}
}

// askAbove asks where the profile of the office above is.
func (s *settings) askAbove() tea.Cmd {
	app := s.app
	box := table.AskPath(app, "取入上级配置文件", "上级发来的配置文件(county.json)在哪里,按 ↓ 从列表里选:", s.read.stick, []string{".json"}, func(path string) tea.Cmd {
		return tea.Sequence(ui.Do(ui.Pop{}), func() tea.Msg {
			return takeAbove(path, func(data []byte) (*bundle.Profile, error) { return send.SetAbove(app.Ctx, app.Ledger, data, "") })
		})
	})
	return ui.Do(ui.Push{Screen: box})
}

// takeAbove takes the profile in by one of the ways to do it. It runs as a command.
func takeAbove(path string, set func(data []byte) (*bundle.Profile, error)) tea.Msg {
	data, err := readProfile(path)
	if err != nil {
		return settingsFault{err}
	}
	p, err := set(data)
	var known *model.Error
	switch {
	case errors.As(err, &known) && known.Code == "E-PROFILE-KEY": // which nobody was asked about
		return aboveKey{path}
	case err != nil:
		return settingsFault{err}
	}
	return done{fmt.Sprintf("已取入上级“%s”的配置文件,校验数字 %s", ui.Clean(p.Name), bundle.CheckDigits(p.PublicKey))}
}

// askAboveDigits asks for the eight digits that the office above reads out.
func (s *settings) askAboveDigits(m aboveKey) tea.Cmd {
	app := s.app
	return ui.Do(ui.Push{Screen: newLine(app, "上级换了密钥吗", "这份文件的密钥与已取入的不同:上级丢了密钥、换了新的才会这样。请打上级平时的电话,让他们念新的八位校验数字,打在这里;上级说没有换、或者数字对不上的,不要取。",
		"", func(typed string) (tea.Cmd, error) {
			return func() tea.Msg {
				return takeAbove(m.path, func(data []byte) (*bundle.Profile, error) { return send.TrustAbove(app.Ctx, app.Ledger, data, typed) })
			}, nil
		})})
}
