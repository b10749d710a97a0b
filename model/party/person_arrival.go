package party

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// How the members of a list came to be here.
const (
	ArrivedBefore = "建账时在册"
	ArrivedMissed = "建账时漏登"
	ArrivedByMove = "新转入"
)

// What is asked of a list of persons, by name.
const (
	AskArrival      = "arrival"
	AskArrivedFrom  = "arrival_from"
	AskArrivedOn    = "arrival_on"
	AskArrivedWhole = "arrival_whole"
)

// arrivalAsks are asked once of a list of persons.
var arrivalAsks = []*model.Field{
	{Name: AskArrival, Label: "这些党员", Type: model.TypeChoice, Choices: []string{ArrivedBefore, ArrivedByMove, ArrivedMissed},
		Help: "建账以后才来的选 新转入;建账时就在、当时漏了的选 建账时漏登"},
	{Name: AskArrivedFrom, Label: "从哪里转来", Type: model.TypeText, Required: true, Shown: arrivedByMove, Help: "写党组织的全称"},
	{Name: AskArrivedOn, Label: "转入日期", Type: model.TypeDate, Required: true, Shown: arrivedByMove, Help: "组织关系转到的那一天"},
	{Name: AskArrivedWhole, Label: "整建制转入", Type: model.TypeBool, Shown: arrivedByMove, Help: "整个支部一起转来的选 是"},
}

func arrivedByMove(r *model.Record) bool { return r.Is(AskArrival, ArrivedByMove) }

// openMembership writes the movement by which a member of a list, or one typed in while
// the book begins, is here: 期初在册 on the day before the first month of those who were
// there when the book began, 转入 of those who have come. A member who has movements
// already needs none; one typed in later comes by 转入 or 接收预备党员.
func openMembership(env *model.Env, old, saved *model.Record, how model.Origin) ([]*model.Record, error) {
	if how == model.FromForm || how == model.FromSheet {
		if err := throughMovement(old, saved); err != nil {
			return nil, err
		}
	}
	if !membership.IsMember(saved) || how != model.FromForm && how != model.FromSheet || how == model.FromForm && old != nil {
		return nil, nil
	}
	if old != nil {
		moves, err := env.Look.Find("movement", model.Where("person", model.Eq, saved.ID))
		if err != nil || len(moves) > 0 {
			return nil, err
		}
	}
	begun, err := membership.ReadFirst(env)
	if err != nil {
		return nil, err
	}
	open, err := membership.Beginning(env, begun)
	if err != nil || how == model.FromForm && !open {
		return nil, err
	}
	m := model.NewRecord(env.Kinds.Kind("movement"))
	m.OrgID = saved.OrgID
	m.Set("person", saved.ID)
	if arrivedByMove(saved) {
		return moveIn(env, begun, m, saved)
	}
	missed := saved.Is(AskArrival, ArrivedMissed)
	if !open && !missed {
		return nil, &model.Error{Code: "E-ARRIVAL", Field: "standing", Message: fmt.Sprintf(
			"台账从%s记起,建账的时候已经过了:请先说明这些党员是新转入的,还是建账时漏登的(预览里按 F6,命令里用 --as 转入 或 --as 漏登)", begun.First.Chinese())}
	}
	m.Set("kind", membership.Opening)
	m.Set("happened_on", membership.OpeningDay(begun, env.Today))
	if missed {
		m.Set("note", ArrivedMissed)
	}
	return []*model.Record{m}, nil
}

// moveIn is the transfer by which one of a list has come. What happened before the book
// began is no movement in it.
func moveIn(env *model.Env, begun membership.Begun, m, saved *model.Record) ([]*model.Record, error) {
	on := saved.Date(AskArrivedOn)
	switch {
	case on > env.Today:
		return nil, &model.Error{Code: "E-ARRIVAL", Field: "standing", Message: fmt.Sprintf("转入日期 %s 还没有到,请核对", on)}
	case begun.First != "" && on < begun.First.First():
		return nil, &model.Error{Code: "E-ARRIVAL", Field: "standing", Message: fmt.Sprintf(
			"转入日期 %s 在建账(%s)以前,那时来的人按建账时在册或建账时漏登读入", on, begun.First.Chinese())}
	}
	m.Set("kind", "转入")
	m.Set("happened_on", on)
	m.Set("from_org", saved.Get(AskArrivedFrom))
	m.Set("whole_unit", saved.Bool(AskArrivedWhole))
	return []*model.Record{m}, nil
}

// comesBack gives the transfer by which one of a list comes back who is on file as gone by
// one, or as a member whose membership lies elsewhere: it is the same person.
func comesBack(env *model.Env, read, onFile *model.Record) ([]*model.Record, error) {
	if !arrivedByMove(read) || !membership.IsMember(read) || !membership.IsOrWasMember(onFile) || !onFile.Is("standing", "转出", "组织关系在外") {
		return nil, nil
	}
	begun, err := membership.ReadFirst(env)
	if err != nil {
		return nil, err
	}
	m := model.NewRecord(env.Kinds.Kind(membership.MovementKind))
	m.OrgID = onFile.OrgID
	m.Set("person", onFile.ID)
	return moveIn(env, begun, m, read)
}
