package party

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// exits are the movements by which a member leaves the rolls.
var exits = []string{"转出", "去世", "停止党籍", "取消预备党员资格", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍"}

// becameOfPerson says where someone is who is not among the members: 2024-05-03 转出至
// 青石镇党委. What no movement tells is told by what stands on file.
func becameOfPerson(env *model.Env, r *model.Record) string {
	switch {
	case r.Is("standing", "组织关系在外"):
		return joined("组织关系在外", r.Str("home_org"))
	case !membership.HasLeft(r):
		return joined(r.Str("status"), r.Str("standing"))
	}
	last := lastExit(env, r)
	if last == nil {
		return joined(r.Str("left_on"), r.Str("standing"))
	}
	what := last.Str("kind")
	if to := last.Text("to_org"); to != "" && what == "转出" {
		what += "至" + to
	} else if to := last.Text("to_code"); to != "" && what == "转出" {
		what += "至" + to
	}
	return joined(last.Str("happened_on"), what)
}

// lastExit gives the movement by which a person left last, or nil. A fault of reading
// shows as none: a line beside a name has no place for an error.
func lastExit(env *model.Env, r *model.Record) *model.Record {
	if env.Look == nil {
		return nil
	}
	all, err := env.Look.Find(membership.MovementKind, model.Where("person", model.Eq, r.ID), model.Where("kind", model.In, exits...))
	if err != nil || len(all) == 0 {
		return nil
	}
	return slices.MaxFunc(all, func(a, b *model.Record) int {
		return strings.Compare(a.Str("happened_on")+a.ID, b.Str("happened_on")+b.ID)
	})
}

// joined writes what there is of some texts, with spaces between.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), " ")
}
