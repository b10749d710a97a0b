package party

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// offerAblePerson offers to note of a person that the cultivation has made an able person
// of him, or began with one (records.md, cultivation).
func offerAblePerson(env *model.Env, _, saved *model.Record) ([]model.Offer, error) {
	if !saved.Is("state", "已成功") {
		return nil, nil
	}
	p, err := env.Look.Get("person", saved.Str("person"))
	if err != nil || p == nil || p.Bool("able_person") {
		return nil, err
	}
	p = p.Clone()
	p.Set("able_person", true)
	return []model.Offer{{Text: p.Str("name") + " 的“经济能人”改为 是", Records: []*model.Record{p}}}, nil
}

// handedToModels are the things that were handed to model households (domain.md §7.4).
var handedToModels = []string{"VCD机", "图书", "科技片"}

// offerModel offers a supply its model: one on file of whoever received it, else a new
// model household, ticked where the person is noted as one.
func offerModel(env *model.Env, _, saved *model.Record) ([]model.Offer, error) {
	if saved.Filled("demonstration") || !saved.Filled("recipient") {
		return nil, nil
	}
	p, err := env.Look.Get("person", saved.Str("recipient"))
	if err != nil || p == nil {
		return nil, err
	}
	open, err := env.Look.Find("demonstration", model.Where("person", model.Eq, p.ID), model.Where("revoked_on", model.Empty))
	if err != nil {
		return nil, err
	}
	supply := saved.Clone()
	if len(open) > 0 {
		supply.Set("demonstration", open[0].ID)
		return []model.Offer{{Text: fmt.Sprintf("“%s”记在示范典型“%s”名下", saved.Str("title"), open[0].Str("name")), Records: []*model.Record{supply}}}, nil
	}
	if !saved.Is("item", handedToModels...) || !p.Is("standing", "在册", "组织关系在外") {
		return nil, nil
	}
	d := model.New(env, env.Kinds.Kind("demonstration"))
	if d.ID, err = env.NewID(); err != nil {
		return nil, err
	}
	kind := "党员科技示范户"
	d.Set("kind", kind)
	d.Set("name", strings.TrimPrefix(kind, "党员")+p.Str("name"))
	d.Set("person", p.ID)
	d.Set("level", "村")
	d.Set("designated_on", saved.Str("received_on"))
	supply.Set("demonstration", d.ID)
	return []model.Offer{{Text: fmt.Sprintf("把 %s 登记为%s(村级,%s 起),“%s”记在名下", p.Str("name"), kind, saved.Str("received_on"), saved.Str("title")),
		Records: []*model.Record{d, supply}, Off: !p.Bool("tech_household")}}, nil
}
