package membership

import (
	"slices"

	"taizhang/model"
)

// MovementKind is the kind of what makes and ends a membership.
const MovementKind = "movement"

// PersonKind is the kind of those whom most other records are about.
const PersonKind = "person"

// States are the two sorts of members; with standing 在册 one is a member.
var States = []string{"正式党员", "预备党员"}

// OnRolls is the standing of those whose membership is here.
const OnRolls = "在册"

// IsMember reports whether a person is a member on the rolls.
func IsMember(r *model.Record) bool {
	return r.Is("status", States...) && r.Is("standing", OnRolls)
}

// LeftStandings are those of persons who have gone; they have a left_on.
var LeftStandings = []string{"转出", "停止党籍", "出党", "去世"}

// HasLeft tells of a person that they have gone.
func HasLeft(r *model.Record) bool { return slices.Contains(LeftStandings, r.Str("standing")) }

// IsOrWasMember tells whether a person has a membership that movements carry.
func IsOrWasMember(r *model.Record) bool { return r.Is("status", States...) }
