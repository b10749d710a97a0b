package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// AskHandOver asks, once records were saved after which what belongs to those they are
// about may be handed over (model.Kind.HandsOver), whether a 移交包 is to be written; nil
// where there is nothing to ask.
func (a *App) AskHandOver(saved []*model.Record) tea.Cmd {
	var persons []string
	for _, r := range saved {
		if r.Kind.HandsOver != nil && r.Kind.HandsOver(r) && r.Rev == 1 {
			persons = append(persons, r.Str(r.Kind.Travels.Field))
		}
	}
	if a.HandOver == nil || a.County || len(persons) == 0 {
		return nil
	}
	who := "转出的人"
	if len(persons) > 1 {
		who = fmt.Sprintf("转出的这 %d 人", len(persons))
	}
	return Do(Ask{Title: "移交包", Text: "已保存。要把" + who + "连同材料写成移交包,交给对方支部吗?\n(发展党员、考察、党费、任职、评议、处分;以后在档案里按 F7 也能写)",
		Choices: []Choice{{Label: "写移交包", Cmd: Do(Push{a.HandOver(a, persons)})}, {Label: "不写"}}})
}

// HandsOver tells of a kind that 移交包 are written of its records: the kind that a
// transfer is about.
func (a *App) HandsOver(kind *model.Kind) bool {
	return a.HandOver != nil && !a.County && slices.ContainsFunc(a.Ledger.Kinds().Kinds(), func(k *model.Kind) bool {
		return k.HandsOver != nil && k.MustField(k.Travels.Field).Target == kind.Name
	})
}
