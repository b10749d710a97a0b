package profile

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/tui/ui"
)

// entry is one item of the card. Those that are long take a line of their own where the
// others stand two to a line.
type entry struct {
	label, value string
	blank        bool // it should be there and is not: 未填
	long         bool
}

// unfilled stands for an item that is not on file.
const unfilled = "未填"

// card gives the sixteen items of the national form on the member (domain.md §1.1), with
// the age and the years in the party where they are counted from.
func card(p person, full bool) []entry {
	text := func(name string) string {
		if full {
			return p.rec.Text(name)
		}
		return p.rec.Masked(name)
	}
	item := func(label, name string) entry { return filled(label, text(name)) }
	birth, confirmed := item("出生日期", "birth_date"), entry{label: "转正日期", value: "-"}
	if age := p.derived["age"]; age != "" {
		birth.value += "(" + age + " 岁)"
	}
	joined := entry{label: "入党日期", value: "-"}
	if membership.IsOrWasMember(p.rec) {
		joined = item("入党日期", "joined_on")
	}
	if p.rec.Is("status", "正式党员") {
		confirmed = item("转正日期", "confirmed_on")
		if years := p.derived["party_years"]; years != "" {
			confirmed.value += "(党龄 " + years + " 年)"
		}
	}
	branch := filled("所在党支部", strings.TrimSpace(p.branch+" "+text("party_group")))
	branch.long = true
	home := item("家庭住址", "address")
	home.long = true
	return []entry{
		item("姓名", "name"), item("人员类别", "status"),
		item("性别", "sex"), joined,
		item("公民身份号码", "id_number"), confirmed,
		birth, {label: "党籍状态", value: standing(p.rec)},
		item("民族", "ethnicity"), {label: "失联党员", value: lost(p.rec)},
		item("学历", "education"), {label: "流动党员", value: away(p.rec)},
		item("工作岗位", "occupation"), item("联系电话", "phone"),
		branch,
		home,
	}
}

// filled gives an item, marked where it is blank.
func filled(label, value string) entry {
	if value == "" {
		return entry{label: label, value: unfilled, blank: true}
	}
	return entry{label: label, value: value}
}

// standing says how the membership stands: 正常 of one on the rolls.
func standing(r *model.Record) string {
	switch {
	case !membership.IsOrWasMember(r):
		return "不是党员"
	case r.Is("standing", membership.OnRolls):
		if r.Bool("voting_suspended") {
			return "正常(权利中止)"
		}
		return "正常"
	}
	return strings.TrimSpace(r.Str("standing") + " " + r.Str("left_on"))
}

func lost(r *model.Record) string {
	if day := r.Str("lost_since"); day != "" {
		return "是," + day + " 起"
	}
	return "否"
}

func away(r *model.Record) string {
	if r.Filled("away") {
		return strings.TrimSpace("是," + r.Str("away") + " " + r.Str("away_place"))
	}
	return "否"
}

// others are what else the person's form holds and the card does not show.
func others(p person, full bool) []entry {
	var all []entry
	for _, f := range p.rec.Kind.Fields() {
		if onCard[f.Name] || !p.rec.Filled(f.Name) || f.Type == model.TypeBool && !p.rec.Bool(f.Name) {
			continue
		}
		text := p.rec.Masked(f.Name)
		if full {
			text = p.rec.Text(f.Name)
		}
		all = append(all, entry{label: f.Label, value: text})
	}
	return all
}

// onCard are the fields that the sixteen items show.
var onCard = map[string]bool{"name": true, "status": true, "sex": true, "joined_on": true, "id_number": true, "confirmed_on": true,
	"birth_date": true, "standing": true, "left_on": true, "voting_suspended": true, "ethnicity": true, "lost_since": true, "education": true,
	"away": true, "away_place": true, "occupation": true, "phone": true, "party_group": true, "address": true}

// labelCells is the room for an item's name.
const labelCells = 13

func (e entry) draw(s *ui.Styles, w int) string {
	value := ui.Cut(e.value, w-labelCells)
	if e.blank {
		value = s.Warning.Render(value)
	}
	return ui.FitStyled(s.Muted.Render(ui.Fit(e.label, labelCells))+value, w)
}

// compact draws the card over w cells, two items to a line.
func compact(s *ui.Styles, items []entry, w int) []string {
	var lines []string
	half := (w - 2) / 2
	left := ""
	for _, e := range items {
		switch {
		case e.long:
			lines = append(lines, " "+e.draw(s, w-2))
		case left == "":
			left = " " + e.draw(s, half)
		default:
			lines = append(lines, left+e.draw(s, w-1-half))
			left = ""
		}
	}
	return lines
}

// downwards gives the items as they are read one below the other: first those that stand
// at the left of two.
func downwards(items []entry) []entry {
	var left, right, long []entry
	for i, e := range items {
		switch {
		case e.long:
			long = append(long, e)
		case i%2 == 0:
			left = append(left, e)
		default:
			right = append(right, e)
		}
	}
	return slices.Concat(left, right, long)
}

// column draws the card and what else is filled in w cells, one item to a line, in at
// most h lines.
func column(s *ui.Styles, items, more []entry, w, h int) []string {
	var lines []string
	add := func(e entry) {
		parts := ui.Wrap(e.value, w-labelCells-1)
		for i, part := range parts {
			label := ""
			if i == 0 {
				label = e.label
			}
			lines = append(lines, " "+entry{label: label, value: part, blank: e.blank}.draw(s, w-1))
		}
	}
	for _, e := range downwards(items) {
		add(e)
	}
	if len(more) > 0 {
		lines = append(lines, ui.Rule(s, "其他", w))
	}
	for _, e := range more {
		add(e)
	}
	if len(lines) > h {
		lines = append(lines[:h-1], s.Muted.Render(" …其余的在表单里,按 F3"))
	}
	return lines
}
