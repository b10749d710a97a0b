package form_test

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/tui/ui"
)

// TestKeptAsFollowsTheGiver finds that 记录身份 stood at 本级主办 whoever gave. It goes
// with the giver, there and back, until the person sets it.
func TestKeptAsFollowsTheGiver(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 120, 40, ui.FormOf{Kind: "aid", Field: "provider"})
	d.shows(party.KeptHere)
	d.Type("澄安县农业农村局")
	d.Press("tab")
	d.shows(party.KeptThere, "记录身份按提供单位填成“参加或接受”")
	for _, own := range []string{"清溪村村委会", "本村", "中共澄安县柳河镇清溪村支部委员会"} {
		d.Press("shift+tab")
		d.clear()
		d.Type(own)
		d.Press("tab")
		d.shows(party.KeptHere)
		d.hides("              " + party.KeptThere)
		d.Press("shift+tab")
		d.clear()
		d.Type("澄安县水利局")
		d.Press("tab")
		d.shows(party.KeptThere)
	}
	d.goTo("记录身份")
	d.Type("本级")
	d.Press("enter")
	d.Press("ctrl+home")
	d.goTo("提供单位")
	d.clear()
	d.Type("澄安县财政局")
	d.Press("tab")
	d.hides(party.KeptThere)
}

// clear takes away what stands in the text field with the focus.
func (d *desk) clear() {
	d.Press("end")
	for range 40 {
		d.Press("backspace")
	}
}

// TestAPresetGiverCounts: what another screen fills in counts like what is typed.
func TestAPresetGiverCounts(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 120, 40, ui.FormOf{Kind: "training", Preset: map[string]model.Value{"organizer": "中共澄安县委组织部"}})
	d.shows(party.KeptThere)
}

// TestARecordOnFileKeepsItsStanding does not touch what stands on file.
func TestARecordOnFileKeepsItsStanding(t *testing.T) {
	l := newLedger(t)
	r := add(t, l, "honor", map[string]string{"title": "先进", "kind": "其他", "level": "村", "granted_by": "本村", "granted_on": "2026-10-01",
		"person": member(t, l, "张三").ID, "kept_as": party.KeptHere})
	d := open(t, l, 120, 40, ui.FormOf{Kind: "honor", ID: r.ID, Field: "granted_by"})
	d.clear()
	d.Type("柳河镇党委")
	d.Press("tab")
	d.hides(party.KeptThere)
}

// TestWhereToFollowsTheCode fills in 转入党组织 from the code picked, until it is
// written by hand.
func TestWhereToFollowsTheCode(t *testing.T) {
	l := newLedger(t)
	zs := member(t, l, "张三")
	for code, name := range map[string]string{"990101777": "南塘村党支部", "990101778": "北塘村党支部"} {
		add(t, l, "organization", map[string]string{"code": code, "name": name, "kind": "党支部", "domain": "行政村"})
	}
	preset := map[string]model.Value{"person": zs.ID, "kind": "转出"}
	d := open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: preset, Field: "to_code"})
	d.Type("南塘")
	d.Press("enter")
	d.shows("转入党组织    南塘村党支部")
	d.Press("shift+tab", "backspace")
	d.Type("北塘")
	d.Press("enter")
	d.shows("转入党组织    北塘村党支部")
	d.Press("shift+tab", "shift+tab")
	d.clear()
	d.Type("外县某支部")
	d.Press("tab", "backspace")
	d.Type("南塘")
	d.Press("enter")
	d.shows("转入党组织    外县某支部")
}

// TestNewcomersOnly: who leaves is on file; only who comes is made by F2, where it says so.
func TestNewcomersOnly(t *testing.T) {
	l := newLedger(t)
	member(t, l, "张三")
	d := open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: map[string]model.Value{"kind": "转出"}, Field: "person"})
	d.hides("F2 先建", "F2 新建")
	d.Type("没有的人")
	d.shows("台账里没有")
	d.hides("F2 新建")
	d.Press("esc", "esc", "down", "enter")
	d = open(t, l, 80, 24, ui.FormOf{Kind: "movement", Preset: map[string]model.Value{"kind": "转入"}, Field: "person"})
	d.shows("新来的人按 F2 先建一条人员记录", "F2 新建人员")
	d.hides("故障") // drawn before the record was read
	d.Press("f2")
	d.shows("新增人员", "组织关系在外")
}

// TestF2MakesWhatIsMissingWhereItSaysSo: a name that is none's is said to be made by F2,
// and is, with the list closed too.
func TestF2MakesWhatIsMissingWhereItSaysSo(t *testing.T) {
	l := newLedger(t)
	d := open(t, l, 80, 24, ui.FormOf{Kind: "talk", Field: "person"})
	d.Type("钱七")
	d.Press("tab")
	d.shows("按 F2 新建")
	d.Press("shift+tab", "f2")
	d.shows("新增人员", "钱七")
}

// TestEventsBeginToday: the day of what is usually written down on its day stands there.
func TestEventsBeginToday(t *testing.T) {
	l := newLedger(t)
	for kind, field := range map[string]string{
		"activity": "held_on", "talk": "held_on", "visit": "happened_on", "movement": "happened_on", "dues": "paid_on", "remittance": "paid_on",
		"circular": "happened_on", "aid": "given_on", "supply": "received_on", "honor": "granted_on", "training": "started_on",
		"publicity": "published_on", "demonstration": "designated_on", "observation": "held_on", "election": "held_on", "appraisal": "held_on",
		"admission": "applied_on", "decision": "proposed_on",
	} {
		r, err := l.New(t.Context(), kind)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Date(field); got != l.Source().Today() {
			t.Errorf("%s.%s begins at %q", kind, field, got)
		}
	}
}
