package party

import (
	"fmt"
	"slices"

	"taizhang/model"
)

// offerElection gives what usually follows from an election of the home organisation: old
// positions ended, new ones begun, the new term (records.md, election). What stands on
// file already is not offered again.
func offerElection(env *model.Env, _, saved *model.Record) ([]model.Offer, error) {
	on := saved.Str("held_on")
	if on == "" || !saved.Filled("secretary") && !saved.Filled("elected") {
		return nil, nil
	}
	var offers []model.Offer
	if env.Home != nil && saved.Str("organization") == env.Home.ID {
		ended, begun, err := offerPositions(env, saved)
		if err != nil {
			return nil, err
		}
		offers = append(ended, begun...)
	}
	if !saved.Is("kind", "换届") {
		return offers, nil
	}
	org, err := env.Look.Get("organization", saved.Str("organization"))
	if err != nil || org == nil || org.Str("term_started_on") >= on {
		return offers, err
	}
	org = org.Clone()
	org.Set("term_started_on", on)
	return append(offers, model.Offer{Text: fmt.Sprintf("%s 的本届起始改为 %s", org.Str("name"), on), Records: []*model.Record{org}}), nil
}

// offerPositions gives the positions of the Party's committee to be ended and to be begun.
// A by-election ends the old secretary's alone.
func offerPositions(env *model.Env, saved *model.Record) (ended, begun []model.Offer, err error) {
	on := saved.Str("held_on")
	open, err := env.Look.Find("position", model.Where("org_id", model.Eq, env.Home.ID), model.Where("body", model.Eq, "党组织"),
		model.Where("post", model.In, committeePosts...), model.Where("ended_on", model.Empty))
	if err != nil {
		return nil, nil, err
	}
	holds := map[string]bool{} // who holds a post since this election
	for _, p := range open {
		name, err := nameOfPerson(env, p.Str("person"))
		if err != nil {
			return nil, nil, err
		}
		switch {
		case p.Str("started_on") >= on:
			holds[p.Str("person")] = true
		case saved.Is("kind", "换届") || p.Is("post", "书记") && saved.Filled("secretary"):
			ended = append(ended, endPosition(p, on, name))
		}
	}
	model.Sort(ended, func(a, b model.Offer) int {
		return slices.Index(committeePosts, a.Records[0].Str("post")) - slices.Index(committeePosts, b.Records[0].Str("post"))
	})
	secretary := saved.Str("secretary")
	for i, id := range append([]string{secretary}, saved.List("elected")...) {
		if id == "" || holds[id] || i > 0 && id == secretary {
			continue
		}
		post := "委员"
		if i == 0 {
			post = "书记"
		}
		one, err := newPosition(env, saved, id, post)
		if err != nil {
			return nil, nil, err
		}
		begun = append(begun, one)
	}
	return ended, begun, nil
}

func endPosition(p *model.Record, on, name string) model.Offer {
	p = p.Clone()
	p.Set("ended_on", on)
	text := fmt.Sprintf("%s 原任%s(%s 起)到 %s 为止", name, p.Str("post"), p.Str("started_on"), on)
	return model.Offer{Text: text, Records: []*model.Record{p}}
}

// newPosition begins a position on the day of the election, by its method and term.
func newPosition(env *model.Env, saved *model.Record, person, post string) (model.Offer, error) {
	name, err := nameOfPerson(env, person)
	if err != nil {
		return model.Offer{}, err
	}
	p := model.New(env, env.Kinds.Kind("position"))
	p.Set("person", person)
	p.Set("body", "党组织")
	p.Set("post", post)
	p.Set("started_on", saved.Str("held_on"))
	p.Set("method", positionMethod(saved.Str("method")))
	p.Set("term_no", saved.Get("term_no"))
	return model.Offer{Text: fmt.Sprintf("%s 任党组织%s,%s 起", name, post, saved.Str("held_on")), Records: []*model.Record{p}}, nil
}

// positionMethod says how an election's method is called of a position.
func positionMethod(method string) string {
	if slices.Contains([]string{"公推直选", "海选", "任命"}, method) {
		return method
	}
	return "选举"
}

func nameOfPerson(env *model.Env, id string) (string, error) {
	p, err := env.Look.Get("person", id)
	if err != nil || p == nil {
		return "(已删除)", err
	}
	return p.Str("name"), nil
}
