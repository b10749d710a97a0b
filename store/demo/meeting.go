package demo

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// meeting is one activity before it becomes a record.
type meeting struct {
	kind, title, campaign string
	countsAs              []string
	on                    model.Date
	hours                 int
	room                  string // the place; "" for the members' room
	site                  string // id of a demonstration
	heldBy                string // "" for the branch
	host, recorder        *villager
	who                   []*villager // who should attend
	rate                  float64     // how likely one attends; 0 for the usual
	guests                int
	units                 string

	agenda, minutes, votes, decisions, responsible, follow string // phrases
	words                                                  words
	madeUp                                                 bool // who missed it hears of it afterwards
	there                                                  bool // held by others, this village took part
}

// usualRate is how likely a member in the village comes to a meeting.
const usualRate = 0.93

// hold writes a meeting down and gives its id and who came. Without a host of its
// own the secretary of that day presides and the organiser keeps the record.
func (v *village) hold(d *dice, m meeting) (id string, came []*villager) {
	body := v.committeeOn(m.on)
	if m.host == nil && !m.there && slices.Contains(m.who, body[0]) {
		m.host = body[0]
	}
	if m.recorder == nil && !m.there && slices.Contains(m.who, body[2]) {
		m.recorder = body[2]
	}
	marks, came, missed := v.roll(d, m)
	w := m.words
	if w == nil {
		w = v.wordsOn(m.on)
	}
	w = v.speakers(w, came, m).with("实到", fmt.Sprint(len(came)),
		"票", fmt.Sprint(len(where(came, func(p *villager) bool { return p.votes(m.on) }))),
		"有权", fmt.Sprint(len(where(m.who, func(p *villager) bool { return p.votes(m.on) }))),
		"月", fmt.Sprint(monthOf(m.on.Month())), "年", fmt.Sprint(m.on.Year()))
	f := fields{
		"kind": m.kind, "counts_as": m.countsAs, "campaign": m.campaign, "title": phrase(d, m.title, w), "held_on": m.on,
		"held_by": m.heldBy, "place": m.room, "site": m.site, "units": m.units, "attendance": marks,
		"agenda": phrase(d, m.agenda, w), "minutes": v.unsaid(d, m.minutes, w), "votes": phrase(d, m.votes, w),
		"decisions": phrase(d, m.decisions, w), "responsible": phrase(d, m.responsible, w), "follow_up": phrase(d, m.follow, w),
		"kept_as": model.KeptHere,
	}
	if m.hours > 0 {
		f["hours"] = m.hours
	}
	if m.guests > 0 {
		f["guests"] = m.guests
	}
	if m.heldBy == "" {
		f["held_by"] = v.home
	}
	if m.room == "" {
		f["place"] = v.place.Name + "党员活动室"
	}
	if m.there {
		f["kept_as"] = model.KeptThere
	}
	if m.host != nil {
		f["host"] = m.host.id
	}
	if m.recorder != nil {
		f["recorder"] = m.recorder.id
	}
	if m.madeUp {
		f["made_up"] = ids(where(missed, func(p *villager) bool { return p.home(m.on) && d.chance(0.8) }))
	}
	for _, p := range came {
		v.learned(p, m.on, m.hours)
	}
	return v.book.put(m.on, "activity", f), came
}

// speakers are those whom the minutes let speak: who came, but for the officers,
// who speak by their offices.
func (v *village) speakers(w words, came []*villager, m meeting) words {
	officers := map[string]bool{}
	for _, list := range w {
		if len(list) == 1 {
			officers[list[0]] = true
		}
	}
	w = w.with()
	if w["组员"] != nil {
		w["组员"] = names(where(came, func(p *villager) bool { return p != m.host }))
	}
	for name, fits := range speakerSorts {
		some := where(came, func(p *villager) bool { return p.group >= 0 && !officers[p.Name] && fits(p, m.on) })
		if len(some) > 0 {
			w[name] = names(some)
		}
	}
	return w
}

var speakerSorts = map[string]func(p *villager, on model.Date) bool{
	"党员":  func(*villager, model.Date) bool { return true },
	"能人":  func(p *villager, _ model.Date) bool { return p.bothLead },
	"青年":  func(p *villager, on model.Date) bool { return p.age(on) <= 38 },
	"老党员": func(p *villager, on model.Date) bool { return p.age(on) >= 68 },
}

// roll says who came. Those away are on leave, but for the weeks around Spring
// Festival when they come home; host, recorder and most of the others come.
func (v *village) roll(d *dice, m meeting) (marks []model.Mark, came, missed []*villager) {
	rate := m.rate
	if rate == 0 {
		rate = usualRate
	}
	for _, p := range m.who {
		state := "到会"
		switch {
		case p == m.host || p == m.recorder:
		case p.gone(m.on) && monthOf(m.on.Month()) == 2 && d.chance(0.6):
		case p.gone(m.on):
			state = "请假-外出"
		case !d.chance(rate):
			state = weigh(d, []share[string]{{"请假-其他", 72}, {"请假-公务", 12}, {"请假-外出", 12}, {"无故缺席", 4}})
		}
		marks = append(marks, model.Mark{Target: p.id, State: state})
		if state == "到会" {
			came = append(came, p)
		} else {
			missed = append(missed, p)
		}
	}
	return marks, came, missed
}

// unsaid gives a text that no record before has: two meetings with the same
// minutes are what an inspection looks for. In a very large village, where a text's
// own variety runs out, it says more.
func (v *village) unsaid(d *dice, text string, w words) string {
	if text == "" {
		return ""
	}
	for try := 1; ; try++ {
		s := phrase(d, text, w)
		if !v.said[s] {
			v.said[s] = true
			return s
		}
		if try%20 == 0 {
			text += "{另听取意见 {2-40} 条|记录 {2-30} 页,存档|{党员}在场|补充了上次的 {2-20} 点}。"
		}
	}
}
