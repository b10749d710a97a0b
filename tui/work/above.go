package work

import (
	"fmt"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/county"
	"taizhang/tui/monthend"
	"taizhang/tui/ui"
)

// aboveItems remind a county of what concerns its closed months: bundles that have come
// since, and what went to the office above without an answer, or came back.
func (s *work) aboveItems() []ui.Item {
	if s.county == nil || s.app.Ledger.Extract() != nil {
		return nil
	}
	var items []ui.Item
	if late := slices.Sorted(maps.Keys(s.county.late)); len(late) > 0 {
		month := late[len(late)-1]
		note := fmt.Sprintf("%s又收下 %d 个", month.Chinese(), s.county.late[month])
		if len(late) > 1 {
			note += fmt.Sprintf(",另 %d 个月也有", len(late)-1)
		}
		items = append(items, ui.Item{Key: "late", Label: "更正封账", Note: note, Style: s.app.Styles.Warning,
			Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: county.NewClosing(s.app)}) }})
	}
	if note, back := s.answerNote(); note != "" {
		it := ui.Item{Key: "sent", Label: "上级回执", Note: note, Style: s.app.Styles.Warning,
			Run: func() tea.Cmd { return ui.Do(ui.Push{Screen: monthend.NewSent(s.app)}) }}
		if back {
			it.Style = s.app.Styles.Fault
		}
		items = append(items, it)
	}
	return items
}

// answerNote says of the months that went up what is still to be done; back tells that one
// was refused.
func (s *work) answerNote() (note string, back bool) {
	more := 0
	say := func(text string) {
		if note == "" {
			note = text
			return
		}
		more++
	}
	all, now := send.Standing(s.sent), s.app.Ledger.Source().Now()
	for _, b := range all {
		switch b.State {
		case bundle.VerdictRefused, bundle.VerdictWaiting:
			say(fmt.Sprintf("%s%s", b.Month.Chinese(), b.State))
			back = back || b.State == bundle.VerdictRefused
		}
	}
	for _, b := range all {
		if days := b.Unanswered(now); days >= send.AnswerDays {
			say(fmt.Sprintf("%s报了 %d 天还没有", b.Month.Chinese(), days))
		}
	}
	if more > 0 {
		note += fmt.Sprintf(",另 %d 个月也要看", more)
	}
	return note, back
}
