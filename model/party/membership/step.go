package membership

import (
	"cmp"
	"slices"

	"taizhang/model"
)

// standingState is where a person stands after a movement (domain.md §6.3).
type standingState string

// The states. Of someone without movements nothing is known: persons may have
// been entered by hand, with a past that is in no ledger.
const (
	stateUnknown  standingState = ""
	stateMember   standingState = "在册党员" // opened, moved in or restored: probationary or full
	stateProbate  standingState = "预备党员"
	stateFull     standingState = "正式党员"
	stateOut      standingState = "已转出"
	stateStopped  standingState = "已停止党籍"
	stateExpelled standingState = "已出党"
	stateDead     standingState = "已去世"
)

// movementStep says from which states a movement can follow and where it leads;
// to is stateUnknown where the state stays. stateUnknown itself lets all follow.
type movementStep struct {
	from []standingState
	to   standingState
}

// Opening is the movement by which the ledger's first month is opened.
const Opening = "期初在册"

var (
	asMember    = []standingState{stateMember, stateProbate, stateFull}
	asProbate   = []standingState{stateMember, stateProbate}
	asOrStopped = []standingState{stateMember, stateProbate, stateFull, stateStopped}
)

var movementSteps = map[string]movementStep{
	Opening:    {asMember, stateMember}, // after a past entered later the state stays
	"接收预备党员":   {[]standingState{stateExpelled}, stateProbate},
	"转入":       {[]standingState{stateOut}, stateMember},
	"恢复党籍":     {[]standingState{stateStopped, stateExpelled}, stateMember},
	"转正":       {asProbate, stateFull},
	"延长预备期":    {asProbate, stateProbate},
	"取消预备党员资格": {asProbate, stateExpelled},
	"转出":       {asMember, stateOut},
	"去世":       {asOrStopped, stateDead},
	"停止党籍":     {asMember, stateStopped},
	"自行脱党除名":   {asOrStopped, stateExpelled},
	"劝其退党":     {asOrStopped, stateExpelled},
	"其他除名":     {asOrStopped, stateExpelled},
	"退党除名":     {asOrStopped, stateExpelled},
	"开除党籍":     {asOrStopped, stateExpelled},
	"外出流动":     {asMember, stateUnknown},
	"流动返回":     {asMember, stateUnknown},
	"失联":       {asMember, stateUnknown},
	"取得联系":     {asOrStopped, stateUnknown},
	"限期改正":     {asMember, stateUnknown},
	"处分":       {asMember, stateUnknown},
}

// follow gives the state after a movement; ok is false when it can't follow.
func (s standingState) follow(kind string) (after standingState, ok bool) {
	step, known := movementSteps[kind]
	if !known {
		return s, true // an unknown kind is the choice's own error
	}
	if s != stateUnknown && !slices.Contains(step.from, s) {
		return s, false
	}
	if step.to == stateUnknown || kind == Opening && s != stateUnknown {
		return s, true
	}
	return step.to, true
}

// CheckStep goes through the person's movements by date, this one among
// them. It speaks of this one, and of a later one that this one makes impossible.
func CheckStep(x *model.Exam) {
	me := x.Record
	if !me.Filled("person") || !me.Filled("kind") || !me.Filled("happened_on") {
		return
	}
	all := []*model.Record{me}
	for _, r := range x.Find("movement", model.Where("person", model.Eq, me.Str("person"))) {
		if r.ID != me.ID {
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), CompareIDs(a, b))
	})
	state, passed := stateUnknown, false
	for _, r := range all {
		if me.Is("kind", Opening) && r != me && r.Is("kind", Opening) {
			x.Say("这名党员在 %s 已有一条“期初在册”,不能再登记一条", r.Str("happened_on"))
			return
		}
		after, ok := state.follow(r.Str("kind"))
		switch {
		case !ok && r == me:
			x.Say("%s前这名党员的状态是“%s”,不能再办“%s”,请核对变动类别和日期", r.Str("happened_on"), state, r.Str("kind"))
			return
		case !ok && passed:
			x.Say("这样登记以后,%s 已有的“%s”就接不上了,请核对变动类别和日期", r.Str("happened_on"), r.Str("kind"))
			return
		}
		passed = passed || r == me
		state = after
	}
}

// CompareIDs orders by id, which is the order of entering; a new record has none
// yet and comes last.
func CompareIDs(a, b *model.Record) int {
	if a.ID == "" || b.ID == "" {
		return model.OneIf(a.ID == "") - model.OneIf(b.ID == "")
	}
	return cmp.Compare(a.ID, b.ID)
}
