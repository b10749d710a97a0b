package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// fail shows an error. What the person can mend is shown as it is; anything else
// is a fault of the program or the machine and is logged too.
func (r *Root) fail(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	if r.app.Ledger != nil {
		err = r.app.Ledger.Explained(err)
		if cmd := r.showDamage(); cmd != nil {
			return cmd
		}
		if r.app.Ledger.Damage() != nil && ofDamage(err) { // it was said on a screen of its own
			r.status = ui.Status{Text: "台账文件坏了:这里读不出来或不能改;退出再打开,可以从备份恢复", Fault: true}
			return nil
		}
	}
	return r.say(ui.Status{Text: r.explain(err), Fault: true})
}

// say shows a message in the status line; one that has no room there, in a box.
func (r *Root) say(s ui.Status) tea.Cmd {
	if w, _ := r.body(); ui.Width(s.Text) <= w-2 {
		r.status = s
		return nil
	}
	r.status = ui.Status{}
	title := "提示"
	if s.Fault {
		title = "出了问题"
	}
	return r.push(ui.NewQuestion(r.app, ui.Ask{Title: title, Text: s.Text, Choices: []ui.Choice{{Label: "知道了"}}}), 0)
}

// explain gives one Chinese line about an error, logging what is a fault.
func (r *Root) explain(err error) string {
	text, fault := store.Say(err)
	if !fault {
		return text
	}
	where, logErr := r.log(err.Error())
	if logErr != nil {
		return text + "。详情没能记进日志,请告诉技术人员"
	}
	return text + "。详情已记入 " + where + ",请告诉技术人员"
}

// log writes to taizhang.log beside the ledger and gives the file's name.
func (r *Root) log(text string) (string, error) {
	return store.LogFault(r.o.Path, r.app.Source.Stamp(), text)
}
