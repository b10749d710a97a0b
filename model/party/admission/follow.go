package admission

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// Follow writes what an admission's steps mean elsewhere, in the same
// transaction: the superior's approvals (17, 24) write the movement with their
// date, and until then the person's status goes along with the stage.
func Follow(env *model.Env, old, saved *model.Record, how model.Origin) ([]*model.Record, error) {
	if how != model.FromForm && how != model.FromSheet {
		return nil, nil
	}
	p, err := env.Look.Get("person", saved.Str("person"))
	if err != nil || p == nil {
		return nil, err
	}
	var all []*model.Record
	if status := applicantStatus(saved); status != "" && !membership.IsOrWasMember(p) && !p.Is("status", status) {
		p = p.Clone()
		p.Set("status", status)
		all = append(all, p)
	}
	past := how == model.FromSheet && old == nil // what a list tells may be long done
	entered := newly(old, saved, "approved_on") && !membership.IsMember(p) && !(past && entryStands(p, saved))
	if entered {
		m := movementOf(env, saved, "接收预备党员", saved.Date("approved_on"))
		m.Set("document_no", saved.Get("approval_no"))
		all = append(all, m)
	}
	if newly(old, saved, "confirm_approved_on") || saved.Filled("confirm_approved_on") && newly(old, saved, "confirm_result") {
		if kind := confirmMovements[saved.Str("confirm_result")]; kind != "" && (entered || !past || !confirmStands(p)) {
			m := movementOf(env, saved, kind, saved.Date("confirm_approved_on"))
			if kind == "延长预备期" {
				m.Set("until", saved.Get("extended_to"))
			}
			all = append(all, m)
		}
	}
	return all, nil
}

// entryStands tells of one who is no member now that the entry of a list's admission
// has been and gone: they were a member, and left after it.
func entryStands(p, saved *model.Record) bool {
	return membership.IsOrWasMember(p) && membership.HasLeft(p) && p.Date("left_on") >= saved.Date("approved_on")
}

// confirmStands tells that what a list says of the end of a probation is on file with
// the person already: a full member, or one who has left.
func confirmStands(p *model.Record) bool {
	return p.Is("status", "正式党员") && p.Filled("confirmed_on") || membership.HasLeft(p)
}

// confirmMovements are the movements that step 24 writes, by the meeting's result.
var confirmMovements = map[string]string{"按期转正": "转正", "延长预备期": "延长预备期", "取消资格": "取消预备党员资格"}

// newly reports a field that is filled now with another value than before.
func newly(old, saved *model.Record, field string) bool {
	return saved.Filled(field) && (old == nil || !saved.Kind.Field(field).Equal(old.Get(field), saved.Get(field)))
}

// applicantStatus gives the status that goes with the stage before membership, ""
// where the stage gives none.
func applicantStatus(r *model.Record) string {
	switch {
	case r.Filled("ended_on") || r.Filled("approved_on"):
		return ""
	case r.Filled("candidate_on"):
		return "发展对象"
	case r.Filled("activist_on"):
		return "入党积极分子"
	}
	return "入党申请人"
}

func movementOf(env *model.Env, admission *model.Record, kind string, day model.Date) *model.Record {
	m := model.NewRecord(env.Kinds.Kind("movement"))
	m.OrgID = admission.OrgID
	m.Set("person", admission.Get("person"))
	m.Set("kind", kind)
	m.Set("happened_on", day)
	return m
}
