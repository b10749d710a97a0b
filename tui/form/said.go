package form

import (
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// mostNamed is how many records that followed from one are named; more are counted.
const mostNamed = 2

// savedText says in one sentence what was saved, what followed from it and what is still
// to mend. It fits the status line: what is longer would lie over the screen as a box.
func (f *Form) savedText(s store.Saved) string {
	text := saidOf(s)
	if several := f.spreadText(s); several != "" {
		text = "已保存:" + strings.TrimSpace(f.kind.Title+" "+s.Records[0].MaskedLabel()) + several
	}
	var warnings []string
	for _, g := range s.Findings {
		if g.Severity == model.Warning {
			warnings = append(warnings, g.Message)
		}
	}
	room := max(f.w-2, 20)
	if len(warnings) == 0 {
		return ui.Cut(text, room)
	}
	count := fmt.Sprintf("。有 %d 条提醒", len(warnings))
	if whole := text + count + ":" + warnings[0]; ui.Width(whole) <= room {
		return whole
	}
	return ui.Cut(text, room-ui.Width(count)) + count
}

// saidOf names the record saved and tells what followed: which fields of another record
// changed to what (张三已改为:去世,离开日期 2026-11-03), and which records are new.
func saidOf(s store.Saved) string {
	rec := s.Records[0]
	name := rec.MaskedLabel()
	text := "已保存:" + strings.TrimSpace(rec.Kind.Title+" "+name)
	var followed []string
	made := map[*model.Kind][]string{}
	changed := 0
	for i, r := range s.Records[1:] {
		words := model.Change{Before: s.Before[i+1], After: r}.Words()
		switch {
		case s.Before[i+1] == nil:
			made[r.Kind] = append(made[r.Kind], r.MaskedLabel())
		case words != "":
			if changed++; changed <= mostNamed {
				followed = append(followed, r.MaskedLabel()+"已改为:"+words)
			}
			if changed == 1 && strings.Contains(name, r.MaskedLabel()) {
				text = "已保存" // the record is named by whom it is about
			}
		}
	}
	if changed > mostNamed {
		followed = append(followed, fmt.Sprintf("共改了 %d 条", changed))
	}
	for _, r := range s.Records[1:] { // in the order in which they came
		labels := made[r.Kind]
		delete(made, r.Kind)
		switch n := len(labels); {
		case n > mostNamed:
			followed = append(followed, fmt.Sprintf("同时新增了%s %d 条", r.Kind.Title, n))
		case n > 0:
			followed = append(followed, "同时新增了"+r.Kind.Title+" "+strings.Join(labels, "、"))
		}
	}
	if len(followed) > 0 {
		text += ";" + strings.Join(followed, ";")
	}
	return text
}
