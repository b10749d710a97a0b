package demo

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
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
	host, recorder        *folk.Villager
	who                   []*folk.Villager // who should attend
	rate                  float64          // how likely one attends; 0 for the usual
	guests                int
	units                 string

	agenda, minutes, votes, decisions, responsible, follow string // phrases
	words                                                  dice.Words
	madeUp                                                 bool // who missed it hears of it afterwards
	there                                                  bool // held by others, this village took part
}

// usualRate is how likely a member in the village comes to a meeting.
const usualRate = 0.93

// hold writes a meeting down and gives its id and who came. Without a host of its
// own the secretary of that day presides and the organiser keeps the record.
func (v *village) hold(d *dice.Dice, m meeting) (id string, came []*folk.Villager) {
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
	w = v.speakers(w, came, m).With("实到", fmt.Sprint(len(came)),
		"票", fmt.Sprint(len(folk.Where(came, func(p *folk.Villager) bool { return p.Votes(m.on) }))),
		"有权", fmt.Sprint(len(folk.Where(m.who, func(p *folk.Villager) bool { return p.Votes(m.on) }))),
		"月", fmt.Sprint(folk.MonthOf(m.on.Month())), "年", fmt.Sprint(m.on.Year()))
	f := fields{
		"kind": m.kind, "counts_as": m.countsAs, "campaign": m.campaign, "title": dice.Phrase(d, m.title, w), "held_on": m.on,
		"held_by": m.heldBy, "place": m.room, "site": m.site, "units": m.units, "attendance": marks,
		"agenda": dice.Phrase(d, m.agenda, w), "minutes": v.unsaid(d, m.minutes, w), "votes": dice.Phrase(d, m.votes, w),
		"decisions": dice.Phrase(d, m.decisions, w), "responsible": dice.Phrase(d, m.responsible, w), "follow_up": dice.Phrase(d, m.follow, w),
		"kept_as": party.KeptHere,
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
		f["kept_as"] = party.KeptThere
	}
	if m.host != nil {
		f["host"] = m.host.ID
	}
	if m.recorder != nil {
		f["recorder"] = m.recorder.ID
	}
	if m.madeUp {
		f["made_up"] = folk.IDs(folk.Where(missed, func(p *folk.Villager) bool { return p.Home(m.on) && d.Chance(0.8) }))
	}
	for _, p := range came {
		v.learned(p, m.on, m.hours)
	}
	return v.book.put(m.on, "activity", f), came
}

// speakers are those whom the minutes let speak: who came, but for the officers,
// who speak by their offices.
func (v *village) speakers(w dice.Words, came []*folk.Villager, m meeting) dice.Words {
	officers := map[string]bool{}
	for _, list := range w {
		if len(list) == 1 {
			officers[list[0]] = true
		}
	}
	w = w.With()
	if w["组员"] != nil {
		w["组员"] = folk.Names(folk.Where(came, func(p *folk.Villager) bool { return p != m.host }))
	}
	for name, fits := range speakerSorts {
		some := folk.Where(came, func(p *folk.Villager) bool { return p.Group >= 0 && !officers[p.Name] && fits(p, m.on) })
		if len(some) > 0 {
			w[name] = folk.Names(some)
		}
	}
	return w
}

var speakerSorts = map[string]func(p *folk.Villager, on model.Date) bool{
	"党员":  func(*folk.Villager, model.Date) bool { return true },
	"能人":  func(p *folk.Villager, _ model.Date) bool { return p.BothLead },
	"青年":  func(p *folk.Villager, on model.Date) bool { return p.Age(on) <= 38 },
	"老党员": func(p *folk.Villager, on model.Date) bool { return p.Age(on) >= 68 },
}

// roll says who came. Those away are on leave, but for the weeks around Spring
// Festival when they come home; host, recorder and most of the others come.
func (v *village) roll(d *dice.Dice, m meeting) (marks []model.Mark, came, missed []*folk.Villager) {
	rate := m.rate
	if rate == 0 {
		rate = usualRate
	}
	for _, p := range m.who {
		state := "到会"
		switch {
		case p == m.host || p == m.recorder:
		case p.Gone(m.on) && folk.MonthOf(m.on.Month()) == 2 && d.Chance(0.6):
		case p.Gone(m.on):
			state = "请假-外出"
		case !d.Chance(rate):
			state = dice.Weigh(d, dice.Shares("请假-其他72 请假-公务12 请假-外出12 无故缺席4"))
		}
		marks = append(marks, model.Mark{Target: p.ID, State: state})
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
func (v *village) unsaid(d *dice.Dice, text string, w dice.Words) string {
	if text == "" {
		return ""
	}
	for try := 1; ; try++ {
		s := dice.Phrase(d, text, w)
		if !v.said[s] {
			v.said[s] = true
			return s
		}
		if try%20 == 0 {
			text += "{另听取意见 {2-40} 条|记录 {2-30} 页,存档|{党员}在场|补充了上次的 {2-20} 点}。"
		}
	}
}
