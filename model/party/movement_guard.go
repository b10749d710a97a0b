package party

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// throughMovement refuses a change of a person's form or sheet that only a
// movement may make (records.md, person).
func throughMovement(old, saved *model.Record) error {
	if old == nil {
		return nil
	}
	if !membership.IsMember(old) && membership.IsMember(saved) {
		return &model.Error{Code: "E-STS-FORM", Field: "status",
			Message: fmt.Sprintf("%s要成为在册党员,请按 F12 打开“党员变动”办理“接收预备党员”或“转入”,不能在这里直接改", saved.Str("name"))}
	}
	for _, f := range saved.Kind.Fields() {
		if f.Locked(old) && !f.Equal(old.Get(f.Name), saved.Get(f.Name)) {
			return &model.Error{Code: "E-STS-FORM", Field: f.Name,
				Message: fmt.Sprintf("%s只能通过办理变动来改(按 F12 打开“党员变动”),不能在这里直接改", f.Label)}
		}
	}
	return nil
}
